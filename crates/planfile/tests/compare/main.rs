//! Two versions of a plan beside one another.
mod cases;
mod random;
mod real;
#[path = "../shared/mod.rs"]
mod shared;
