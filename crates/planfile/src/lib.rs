//! Schedule files to plans and back.
mod file;
mod loss;
mod plan;
mod problem;

pub use file::*;
pub use loss::Loss;
pub use plan::*;
pub use problem::{FileProblem, Refused};
