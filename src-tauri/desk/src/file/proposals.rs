//! Writes `ordo-proposals/1`.
