#![doc = include_str!("../README.md")]
#![warn(missing_docs)]
mod answer;
mod bounds;
mod compare;
mod detect;
mod digits;
mod file;
pub mod json;
mod lag;
mod leftover;
mod loss;
pub mod mspdi;
mod plan;
pub mod pmxml;
mod problem;
mod uncertainty;
mod words;
pub mod xer;
mod xml;

pub use answer::answer;
pub use compare::*;
pub use file::*;
pub use loss::Loss;
pub use plan::*;
pub use problem::{FileProblem, Refused};
pub use uncertainty::Uncertainty;
