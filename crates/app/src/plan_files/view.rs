//! What is shown of a contractor's schedule.
use crate::view::ProblemView;
use jiff::civil::Date;
use lantu_model::{
    ActivityId, PlanFile,
    plan::{Progress, ProgressPatch},
};
use serde::Serialize;
use utoipa::ToSchema;

/// One of several projects of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Choice {
    pub id: String,
    pub name: String,
    pub activities: usize,
}

/// What came of a file: kept, or why not yet.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub struct Received {
    pub feed: Option<u64>,
    /// Set when it was kept, or was there already.
    pub file: Option<PlanFile>,
    /// The very same bytes are a version already: nothing was done.
    pub same: bool,
    /// Several projects, of which one is to be chosen first.
    pub choose: Vec<Choice>,
    /// Why it may belong to another project; it is kept once that is confirmed.
    pub doubts: Vec<ProblemView>,
    pub reading: Option<Reading>,
}

/// What a version says of itself, and how it differs from another.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Reading {
    pub format: String,
    pub project: String,
    pub project_name: String,
    pub data_date: Option<String>,
    pub start: String,
    pub finish: String,
    pub activities: usize,
    pub links: usize,
    pub agreement: Agreement,
    pub losses: Vec<Said>,
    pub quality: Vec<Quality>,
    pub difference: Option<Difference>,
}

/// Our dates beside those that the file stores.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub struct Agreement {
    /// Rows with stored dates.
    pub compared: usize,
    /// Of these all dates are ours, as moments of work.
    pub equal: usize,
    /// The first of the others.
    pub misses: Vec<Miss>,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Miss {
    pub uid: i64,
    pub name: String,
    pub field: String,
    pub file: String,
    pub ours: String,
}

/// What could not be read, or could not be written, as it stands.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Said {
    pub code: String,
    pub said: String,
    pub count: usize,
    pub places: Vec<String>,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Quality {
    pub code: String,
    /// Its number among the fourteen points.
    pub point: Option<u8>,
    pub name: String,
    pub said: String,
    pub passed: Option<bool>,
    pub count: usize,
    pub population: usize,
    pub activities: Vec<i64>,
    /// Their codes and names, in the same order.
    pub names: Vec<String>,
}

/// A version held against another.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ScheduleDifference)]
pub struct Difference {
    /// The version that it is held against.
    pub against: String,
    /// By how many days the finish is later.
    pub days: i64,
    /// Rows, links, calendars and settings that differ, those that matter most first among their kind.
    pub rows: Vec<ChangedRow>,
    /// What is to be asked about, the gravest first.
    pub doubts: Vec<Doubt>,
    /// What decides the end now, in the order of dates.
    pub path: Vec<PathStep>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    Added,
    Deleted,
    Changed,
    LinkAdded,
    LinkDeleted,
    LinkChanged,
    Calendar,
    Setting,
}

/// What a change is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ChangeTopic)]
pub enum Topic {
    Dates,
    Durations,
    Links,
    Progress,
    Float,
    Other,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ChangedRow {
    pub kind: ChangeKind,
    pub uid: Option<i64>,
    pub code: String,
    pub name: String,
    pub summary: bool,
    pub milestone: bool,
    /// On the longest path of either version.
    pub critical: bool,
    /// By how many days it ends later; rows that both versions have.
    pub days: Option<i64>,
    pub fields: Vec<FieldSaid>,
}

impl ChangedRow {
    pub(super) fn of(kind: ChangeKind) -> Self {
        let none = String::new;
        Self { kind, uid: None, code: none(), name: none(), summary: false, milestone: false, critical: false, days: None, fields: vec![] }
    }
}

/// One field of a change, in words.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FieldSaid {
    pub topic: Topic,
    pub name: String,
    pub before: String,
    pub after: String,
}

/// What in a new version is to be asked about.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ScheduleDoubt)]
pub struct Doubt {
    pub code: String,
    pub title: String,
    pub advice: String,
    pub count: usize,
    pub cases: Vec<String>,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PathStep {
    pub name: String,
    #[schema(value_type = String, format = Date)]
    pub finish: Date,
    /// By how many days it ends later; `None` when the version before does not have it.
    pub days: Option<i64>,
    /// It decided the end before, too.
    pub both: bool,
}

/// A page of a schedule's rows.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FileRows {
    pub file: PlanFile,
    pub total: usize,
    pub rows: Vec<FileRow>,
    /// Of the whole schedule, with the first page.
    pub links: Vec<FileLink>,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FileRow {
    pub uid: i64,
    pub code: String,
    pub name: String,
    /// The rows above it, outermost first.
    pub path: Vec<String>,
    pub summary: bool,
    pub milestone: bool,
    pub start: String,
    pub finish: String,
    pub baseline_start: Option<String>,
    pub baseline_finish: Option<String>,
    /// In minutes of work.
    pub float: i64,
    pub critical: bool,
    pub percent: Option<f64>,
    /// The step of the plan that it is tied to.
    pub activity: Option<String>,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FileLink {
    pub from: i64,
    pub to: i64,
    /// FS, SS, FF or SF
    pub ends: String,
}

/// The rows of a schedule that are tied, each beside its step: what the contractor says and what the office knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Beside {
    pub file: String,
    pub name: String,
    /// Its place among the versions, from 1.
    pub number: usize,
    /// The last day that it tells facts of.
    #[schema(value_type = String, format = Date)]
    pub seen: Date,
    /// The version of the project that taking is written on.
    pub seq: u64,
    /// From this many days on a difference of the ends is a warning.
    pub warn_from: i64,
    pub rows: Vec<BesideRow>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct BesideRow {
    pub uid: i64,
    pub row_name: String,
    pub activity: ActivityId,
    pub activity_name: String,
    /// Of the plan.
    #[schema(value_type = String, format = Date)]
    pub start: Date,
    #[schema(value_type = String, format = Date)]
    pub finish: Date,
    pub done: bool,
    /// Of the file.
    #[schema(value_type = String, format = Date)]
    pub file_start: Date,
    #[schema(value_type = String, format = Date)]
    pub file_finish: Date,
    /// By how many days the file's end is later than the plan's; earlier when negative.
    pub days: i64,
    pub now: Progress,
    /// What the file says was done of it; nothing has begun when empty.
    pub told: Progress,
    /// What taking it over would write; `None` when nothing differs, or the step is a permit.
    pub offer: Option<ProgressPatch>,
    /// The step is a permit: what was done of it is recorded there.
    pub permit: bool,
}

/// Rows that a step may be, the likeliest first.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct TieChoice {
    pub activity: ActivityId,
    pub activity_name: String,
    /// The row that it is tied to.
    pub tied: Option<i64>,
    pub likely: Vec<LikelyRow>,
}

#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct LikelyRow {
    pub uid: i64,
    /// From 0 to 1.
    pub likeness: f64,
}
