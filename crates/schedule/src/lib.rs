#![doc = include_str!("../README.md")]
#![warn(missing_docs)]
mod aside;
mod cause;
mod check;
mod engine;
mod follow;
mod graph;
mod lag;
mod live;
mod longest;
mod msp;
mod network;
mod p6;
mod pass;
mod paths;
mod place;
mod problem;
mod quality;
mod schedule;
mod settle;
mod summary;
mod team;
mod tongue;
mod why;

pub use cause::Cause;
pub use check::{Breach, check};
pub use engine::schedule;
pub use lantu_calendar::{Calendar, Instant, Span};
pub use live::{Change, Live, Touched};
pub use longest::{driving, driving_links, longest_path};
pub use network::*;
pub use paths::{PathOrder, float_paths};
pub use problem::{Problem, validate};
pub use quality::{Baseline, Finding, Limit, QualityOptions, quality};
pub use schedule::{Row, Schedule};
pub use tongue::Tongue;
pub use why::{Bound, Considered, EarlyStep, LateCause, LateStep, Tie, Why, why};
