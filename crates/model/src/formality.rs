//! Formalities (手续): permits, approvals, filings as dated rows, with the course that each application took.
//!
//! A row's own dates are the application in hand: planned, accepted (受理, in `applied`), decided. What else happened to
//! it (pauses, a return, a promise, rounds before this one) stands in its [`Course`], which only acts change.
mod act;
mod course;
mod precedence;

pub use act::{FormalityAct, FormalityFact, Promise};
pub use course::{Commitment, Course, Ended, Pause, PauseKind, Round};
pub use precedence::{Follows, Precedence};

use crate::period::{Period, Precision};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum FormalityState {
    /// Does not apply to this project (a dash in the matrix).
    NotNeeded,
    Planned,
    /// 办理中
    Applied,
    /// 退回补正: back with the owner, to be handed in again.
    Returned,
    Granted,
    Refused,
    Lapsed,
}

/// One permit, approval or filing of a project. `kind` is a key of the pack (`eia`, `land_planning`, `construction`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Formality {
    pub kind: String,
    pub state: FormalityState,
    pub planned: Option<Period>,
    /// 受理: the clock runs from the day after, where a day is known.
    pub applied: Option<Period>,
    pub decided: Option<Period>,
    pub valid_until: Option<Date>,
    pub number: Option<String>,
    /// Absent in what was written before acts on formalities were recorded, and in rows that no act has touched.
    #[serde(default, skip_serializing_if = "Course::is_empty")]
    pub course: Course,
}

/// How long whoever decides may take, as a document promises it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum Limit {
    /// Working days of the office's calendar; 0 for what is decided on the spot (即办).
    #[serde(rename = "wd")]
    WorkingDays(u16),
    /// Days as they come.
    #[serde(rename = "cd")]
    CalendarDays(u16),
}

impl Limit {
    /// The number, in its own unit.
    pub fn days(self) -> u16 {
        match self {
            Self::WorkingDays(n) | Self::CalendarDays(n) => n,
        }
    }
}

/// Whose time a formality takes. Only the first three count against a limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum ClockOwner {
    /// 政府
    #[default]
    Gov,
    /// 政府委托中介
    GovAgent,
    /// 公用事业
    Utility,
    /// 业主
    Owner,
    /// 业主委托中介
    OwnerAgent,
    Contractor,
}

impl ClockOwner {
    /// Whether its days are counted against a limit.
    pub fn is_counted(self) -> bool {
        matches!(self, Self::Gov | Self::GovAgent | Self::Utility)
    }
}

impl Formality {
    pub fn new(kind: &str, state: FormalityState) -> Self {
        Self {
            kind: kind.to_owned(),
            state,
            planned: None,
            applied: None,
            decided: None,
            valid_until: None,
            number: None,
            course: Course::default(),
        }
    }

    /// Granted and not past its validity on `day`.
    pub fn holds_on(&self, day: Date) -> bool {
        self.state == FormalityState::Granted && self.valid_until.is_none_or(|until| day <= until)
    }

    /// Granted once, and past its validity on `day`: what waits on it waits again.
    pub fn is_expired_on(&self, day: Date) -> bool {
        self.state == FormalityState::Granted && !self.holds_on(day)
    }

    /// The day of acceptance, when it is known to the day: what a clock can run from.
    pub fn accepted_on(&self) -> Option<Date> {
        self.applied.filter(|p| p.precision() == Precision::Day).map(Period::first_day)
    }

    /// The day of the decision, when it is known to the day.
    pub fn decided_on(&self) -> Option<Date> {
        self.decided.filter(|p| p.precision() == Precision::Day).map(Period::first_day)
    }

    /// The pause that stops the clock on `day`.
    pub fn pause_on(&self, day: Date) -> Option<&Pause> {
        self.course.pauses.iter().find(|p| p.covers(day))
    }

    /// What can be recorded of it on `day`, by the keys of [`FormalityAct`]: what a menu offers. The acts judge again.
    pub fn open_acts(&self, day: Date) -> Vec<&'static str> {
        match self.state {
            FormalityState::NotNeeded => vec![],
            FormalityState::Planned | FormalityState::Returned | FormalityState::Refused | FormalityState::Lapsed => vec!["accept"],
            FormalityState::Applied if self.accepted_on().is_none() => vec!["accept"],
            FormalityState::Applied if self.pause_on(day).is_some() => vec!["resume", "return"],
            FormalityState::Applied => vec!["grant", "commit", "pause", "return", "refuse"],
            FormalityState::Granted => {
                let mut acts = if self.is_expired_on(day) { vec!["accept"] } else { vec![] };
                acts.extend(self.course.commitment.as_ref().filter(|c| c.fulfilled.is_none()).map(|_| "fulfil"));
                acts.extend(["extend", "lapse"]);
                acts
            }
        }
    }
}
