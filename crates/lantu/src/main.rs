//! The lantu command.
fn main() {}
