//! The desktop shell of Ordo.
