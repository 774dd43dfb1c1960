//! One binary for the crate's integration tests.
mod foreign;
mod shipped;
mod wrong;
