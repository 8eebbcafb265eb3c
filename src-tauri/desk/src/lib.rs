//! Use cases of Ordo, host-neutral.
