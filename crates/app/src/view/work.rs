//! 待办: what waits for a department, ready to show. Its numbers are those of the forecasts beside which they are kept.
use super::ProblemView;
use jiff::civil::Date;
use lantu_model::{ActivityId, DivisionCode, Light, Limit, Milestone, PauseKind, ProjectId, WorkMover, WorkState, plan::Name};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// In the order in which a department works them off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WorkGroup {
    /// Past its limit.
    Overdue,
    /// The limit is near.
    Soon,
    InHand,
    /// Nothing holds it back: to be accepted, or begun.
    Ready,
    /// The clock stands still, or it is the owner's move.
    Waiting,
}

impl WorkGroup {
    pub const ALL: [Self; 5] = [Self::Overdue, Self::Soon, Self::InHand, Self::Ready, Self::Waiting];

    pub fn key(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::Soon => "soon",
            Self::InHand => "in_hand",
            Self::Ready => "ready",
            Self::Waiting => "waiting",
        }
    }
}

/// A department or organisation at whose desk something waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct WorkDesk {
    pub key: String,
    pub name: String,
    /// All that waits there.
    pub rows: u64,
    /// Of these in hand, and past their limit.
    pub in_hand: u64,
    pub overdue: u64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct WorkChoice {
    pub key: String,
    pub name: String,
    pub rows: u64,
}

/// What the queue comes to, whatever page is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct WorkSums {
    /// In the hands of these desks.
    pub in_hand: u64,
    /// The longest that one of these has been there, in days as they come.
    pub longest: i64,
    pub overdue: u64,
    /// The most days that one of these is past its limit.
    pub most_overdue: i64,
    pub soon: u64,
    pub ready: u64,
    pub waiting: u64,
    /// Projects whose start is held up, and the working days that it cost them; of several permits of one project the most.
    pub starts: u64,
    pub start_days: i64,
}

/// A milestone that it holds up, by the project's own forecast.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct WorkHeld {
    pub milestone: Milestone,
    pub name: String,
    /// Working days that it has cost so far.
    pub days: i64,
    /// The project's page names it as what is holding the milestone up.
    pub blocks: bool,
    pub due: Option<Date>,
    pub expected: Date,
    pub days_late: Option<i32>,
    pub light: Light,
}

/// One line of the queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct WorkRow {
    /// Unlike any other's.
    pub key: String,
    pub project: ProjectId,
    pub seq: u64,
    pub project_name: String,
    pub code: String,
    pub division: Option<DivisionCode>,
    pub group: WorkGroup,
    /// Key of the formality; none of a step.
    pub formality: Option<String>,
    /// The step of the plan that it is.
    pub activity: Option<ActivityId>,
    /// The permit's name, or the step's.
    pub name: String,
    /// Who decides it, the leading one first.
    pub desks: Vec<String>,
    pub state: WorkState,
    pub pause: Option<PauseKind>,
    pub mover: WorkMover,
    pub since: Option<Date>,
    pub begun: Option<Date>,
    pub limit: Option<Limit>,
    pub run: Option<i64>,
    pub paused: i64,
    pub left: Option<i64>,
    pub limit_day: Option<Date>,
    /// Holidays up to the limit day are assumed, not announced.
    pub provisional: bool,
    pub overdue: i64,
    /// The last day by the plan's usual time, or a step's own promise.
    pub promised: Option<Date>,
    pub pauses: Vec<super::plan::Days>,
    /// When the network expects it done.
    pub finish: Option<Date>,
    pub float: Option<i64>,
    pub holds: Vec<WorkHeld>,
    /// The worst light of these.
    pub light: Light,
    pub acts: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct WorkPage {
    pub today: Date,
    /// The earliest day that a line was computed for, where that is not today: a refresh is on its way.
    pub behind: bool,
    /// The asker's own desks; none for the office itself.
    pub mine: Vec<String>,
    /// The desks that are shown; empty: all.
    pub chosen: Vec<String>,
    /// Desks with something on them, by name.
    pub desks: Vec<WorkDesk>,
    pub kinds: Vec<WorkChoice>,
    pub divisions: Vec<WorkChoice>,
    /// Of what the filters leave.
    pub sums: WorkSums,
    pub rows: u64,
    pub items: Vec<WorkRow>,
    /// Where the next page begins.
    pub next: Option<u64>,
}

/// How much waits, for the shell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct WorkWaiting {
    /// The asker has desks of its own: `in_hand` is its own.
    pub own: bool,
    pub in_hand: u64,
    pub overdue: u64,
}

/// What came of one line of a bulk act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct WorkResult {
    pub project: ProjectId,
    /// As [`WorkRow::formality`] or [`WorkRow::activity`] names it.
    pub item: String,
    pub ok: bool,
    pub same: bool,
    pub problems: Vec<ProblemView>,
}

/// A milestone's day before and after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct WorkMoved {
    pub milestone: Milestone,
    pub name: String,
    pub due: Option<Date>,
    pub before: Date,
    pub after: Date,
    pub light_before: Light,
    pub light_after: Light,
}

/// What a bulk act does to one project's dates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct WorkEffect {
    pub project: ProjectId,
    pub name: String,
    /// One of the lines is of this project; otherwise it waits for one that is.
    pub acted: bool,
    pub milestones: Vec<WorkMoved>,
    /// What holds its next milestone up afterwards.
    pub next: Option<String>,
}

/// The step's name, in the asker's language.
pub(crate) fn said(name: Option<&Name>, lang: lantu_model::words::Lang) -> String {
    name.map(|n| n.in_lang(lang).to_owned()).unwrap_or_default()
}
