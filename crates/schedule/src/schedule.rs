//! What comes out: dates and floats, row by row as the network has them.
use crate::ActivityIx;
use lantu_calendar::{Instant, Span};

/// The dates of a network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// One for each activity of the network, in its order.
    pub rows: Vec<Row>,
    /// The earliest start.
    pub start: Instant,
    /// The latest early finish.
    pub finish: Instant,
}

/// The dates of one activity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// Earliest start of what remains (P6), of all (MS Project).
    pub early_start: Instant,
    /// Earliest finish.
    pub early_finish: Instant,
    /// Latest start that does not delay the end.
    pub late_start: Instant,
    /// Latest finish that does not delay the end.
    pub late_finish: Instant,
    /// When it begins: actual, else as scheduled.
    pub start: Instant,
    /// When it ends: actual, else as scheduled.
    pub finish: Instant,
    /// How much later it may be without delaying the end.
    pub total_float: Span,
    /// How much later it may be without delaying anyone.
    pub free_float: Span,
    /// By the options' rule.
    pub critical: bool,
}

impl Schedule {
    /// The dates of an activity.
    pub fn of(&self, activity: ActivityIx) -> &Row {
        &self.rows[activity.at()]
    }
}
