#![doc = include_str!("../README.md")]
mod answer;
mod detect;
mod file;
pub mod json;
mod leftover;
mod loss;
pub mod mspdi;
mod plan;
pub mod pmxml;
mod problem;
mod words;
pub mod xer;
mod xml;

pub use answer::answer;
pub use file::*;
pub use loss::Loss;
pub use plan::*;
pub use problem::{FileProblem, Refused};
