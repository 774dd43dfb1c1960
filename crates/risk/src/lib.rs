#![doc = include_str!("../README.md")]
#![warn(missing_docs)]
mod kernel;
mod lanes;
mod model;
mod odds;
mod portfolio;
mod problem;
mod run;
mod sample;
#[cfg(test)]
mod sketch;
mod validate;

pub use model::*;
pub use odds::*;
pub use portfolio::*;
pub use problem::Problem;
pub use run::{Convergence, Kernel, Progress, Sampling, Stopped, simulate};
pub use validate::validate;
