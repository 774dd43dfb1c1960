//! A bureau's life from one seed, through the same use cases as everyone else's.
//!
//! Each project has a fate that no rule or forecast sees: when it will really start, how optimistic its plan is,
//! whether it stalls. Month by month the bureau records what has come true. The same seed gives the same books.
mod bureau;
mod chance;
mod fate;
mod names;

pub use bureau::{Life, LifeSummary, SimError, populate};
pub use chance::{Chance, IdSource};
