//! Networks to dates: the critical path method as Microsoft Project and Primavera P6 compute it.
mod network;
mod problem;
mod schedule;
mod tongue;

pub use lantu_calendar::{Calendar, Instant, Span};
pub use network::*;
pub use problem::{Problem, validate};
pub use schedule::{Row, Schedule};
pub use tongue::Tongue;
