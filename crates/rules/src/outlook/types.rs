//! The shapes of an outlook.
use jiff::civil::Date;
use lantu_model::{ActivityId, Ahead, Milestone, ProjectId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The dates of a plan on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outlook {
    pub today: Date,
    /// In the order of the plan's lines.
    pub lines: Vec<Line>,
    pub links: Vec<TiedLines>,
    /// In the order of a project's life; those that some activity reaches.
    pub milestones: Vec<Ahead>,
    pub finish: Date,
    /// The holidays of some of these days have not been announced.
    pub provisional: bool,
}

/// One activity with its dates. Days of work, both ends included; an event starts and finishes on its day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub id: ActivityId,
    pub state: State,
    /// Actual where it has happened, else the earliest.
    pub start: Date,
    pub finish: Date,
    pub actual_start: Option<Date>,
    pub actual_finish: Option<Date>,
    /// Latest dates that do not delay the end of the network.
    pub late_start: Date,
    pub late_finish: Date,
    /// Working days by which it may be later without delaying the end; negative never.
    pub total_float: i64,
    /// Working days by which it may be later without delaying anything.
    pub free_float: i64,
    /// Working days left from `today` on; 0 when done.
    pub remaining: i64,
    pub percent: u8,
    /// Milestones whose dates it drives.
    pub drives: Vec<Milestone>,
    /// Of a permit: the days of its clock.
    pub clock: Option<LineClock>,
}

/// Where an activity stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Something that it waits for is not done.
    Waiting,
    /// Nothing holds it back, and it has not begun.
    Ready,
    Running,
    /// Its clock stands still.
    Paused,
    /// Back with the owner.
    Returned,
    Done,
    /// Was done and has lapsed or expired: to be done again.
    Reopened,
}

/// The statutory clock of a permit, as a bracket over its bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineClock {
    pub accepted: Date,
    /// The last day on which a decision is in time.
    pub limit_day: Option<Date>,
    /// First and last days of the pauses; the last of an open one is `today`.
    pub pauses: Vec<(Date, Date)>,
    pub overdue: i64,
}

/// A link between two lines, by their places in [`Outlook::lines`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TiedLines {
    pub from: usize,
    pub to: usize,
    pub ends: lantu_model::plan::Ends,
    pub lag: i64,
    /// The successor's date comes from it.
    pub driving: bool,
}

/// The days of activities in other projects that this one waits for.
pub type Elsewhere = BTreeMap<(ProjectId, ActivityId), Date>;
