//! One binary for the crate's integration tests.
mod shipped;
mod wrong;
