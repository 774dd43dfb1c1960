//! Networks to dates: the critical path method as Microsoft Project and Primavera P6 compute it.
mod aside;
mod cause;
mod check;
mod engine;
mod graph;
mod lag;
mod msp;
mod network;
mod p6;
mod pass;
mod place;
mod problem;
mod schedule;
mod settle;
mod summary;
mod team;
mod tongue;

pub use cause::Cause;
pub use check::{Breach, check};
pub use engine::schedule;
pub use lantu_calendar::{Calendar, Instant, Span};
pub use network::*;
pub use problem::{Problem, validate};
pub use schedule::{Row, Schedule};
pub use tongue::Tongue;
