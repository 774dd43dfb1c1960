//! One binary for the crate's integration tests.
mod foreign;
mod patterns;
mod shipped;
mod wrong;
