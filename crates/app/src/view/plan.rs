//! A project's plan with its dates on a day: what the battle map draws.
use super::ProblemView;
use jiff::civil::Date;
use lantu_model::{
    ActivityId, Light, Milestone, MilestoneOdds, MoverOf, OrgId, ProjectId,
    plan::{Clock, DurationRange, FactValue, LimitUnit, Progress},
};
use serde::Serialize;

/// The plan of a project as it stands, or as it was known on a past day. Without activities when it has none.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct PlanView {
    pub project: ProjectId,
    pub name: String,
    pub seq: u64,
    pub feed: u64,
    /// The day that the dates are computed for.
    pub today: Date,
    /// Set when this is what was known on a past day.
    pub as_of: Option<Date>,
    pub can_edit: bool,
    /// The day of acceptance.
    pub start: Option<Date>,
    pub applied: Option<AppliedView>,
    /// All patterns of the pack, those that fit the project first.
    pub suggestions: Vec<PatternChoice>,
    /// What decides which steps are needed: of the plan's own pattern, or of all patterns while there is no plan.
    pub facts: Vec<PlanFact>,
    /// Steps of the pattern that were left out by decision.
    pub left_out: Vec<StepName>,
    pub phases: Vec<PhaseView>,
    /// In the order of their lines.
    pub activities: Vec<ActivityView>,
    pub links: Vec<LinkView>,
    pub milestones: Vec<MilestoneView>,
    /// Oldest first.
    pub baselines: Vec<BaselineView>,
    /// Days without work between the first and the last date shown, weekends among them.
    pub off_days: Vec<Days>,
    /// Holidays from this day on are assumed, not announced.
    pub provisional_from: Option<Date>,
    pub finish: Option<Date>,
    /// Why there are no dates.
    pub problems: Vec<ProblemView>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct AppliedView {
    pub pattern: String,
    pub name: String,
    pub on: Date,
    /// The pack in force has another version of it.
    pub newer: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct PatternChoice {
    pub key: String,
    pub name: String,
    pub activities: usize,
    /// Something known of the project speaks for it.
    pub fits: bool,
    /// Keys of the facts that it asks for.
    pub facts: Vec<String>,
    /// What can be left out of it; only told while there is no plan.
    pub steps: Vec<StepName>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct StepName {
    pub id: ActivityId,
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct PlanFact {
    pub key: String,
    pub name: String,
    /// `number` or `yes_no`
    pub kind: &'static str,
    pub unit: Option<String>,
    pub value: Option<FactValue>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct PhaseView {
    pub number: i64,
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct KeyName {
    pub kind: String,
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct OrgName {
    pub id: OrgId,
    pub name: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct LimitView {
    pub days: Option<i64>,
    pub unit: LimitUnit,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Days {
    pub from: Date,
    pub until: Date,
}

/// An activity of another project that is waited for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct OtherView {
    pub project: ProjectId,
    pub project_name: String,
    pub activity: ActivityId,
    pub activity_name: String,
    pub lag: i64,
    /// When it is expected to be done; none when it is not to be had.
    pub day: Option<Date>,
}

#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct ActivityView {
    pub id: ActivityId,
    pub place: u32,
    pub phase: i64,
    pub name: String,
    /// Added by the office, not by the pattern.
    pub own: bool,
    pub days: i64,
    /// What it waits for: `A03:SS+5;A07`.
    pub after: String,
    pub after_others: Vec<OtherView>,
    pub clock: Clock,
    /// Names, the leading one first.
    pub departments: Vec<String>,
    /// Their keys.
    pub department: Vec<String>,
    pub org: Option<OrgName>,
    pub party: Option<String>,
    pub formality: Vec<KeyName>,
    pub milestone: Vec<Milestone>,
    pub limit: Option<LimitView>,
    pub range: Option<DurationRange>,
    pub not_before: Option<Date>,
    pub due: Option<Date>,
    pub note: Option<String>,
    /// As reported; empty for what is a formality.
    pub progress: Progress,
    /// What is known does not decide whether it is needed.
    pub undecided: bool,
    /// `waiting`, `ready`, `running`, `paused`, `returned`, `done`, `reopened`
    pub state: &'static str,
    pub start: Date,
    pub finish: Date,
    pub actual_start: Option<Date>,
    pub actual_finish: Option<Date>,
    pub late_start: Date,
    pub late_finish: Date,
    pub total_float: i64,
    pub free_float: i64,
    pub remaining: i64,
    pub percent: u8,
    /// Milestones whose days it drives.
    pub drives: Vec<Milestone>,
    pub clock_run: Option<ClockRun>,
    pub odds: Option<ActivityOdds>,
}

/// The statutory clock of a permit, as a bracket over its bar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct ClockRun {
    pub accepted: Date,
    pub limit_day: Option<Date>,
    pub pauses: Vec<Days>,
    pub overdue: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct ActivityOdds {
    pub p10: Date,
    pub p50: Date,
    pub p80: Date,
    pub p90: Date,
    /// How often it drives the end, in hundredths of a percent.
    pub criticality: u16,
    /// Recorded durations of the office's own that its range leans on.
    pub samples: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct LinkView {
    pub from: ActivityId,
    pub to: ActivityId,
    /// `FS`, `SS`, `FF`, `SF`
    pub ends: &'static str,
    pub lag: i64,
    pub driving: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct MilestoneView {
    pub milestone: Milestone,
    pub name: String,
    pub activity: ActivityId,
    pub activity_name: String,
    /// What was promised on the project's card.
    pub due: Option<Date>,
    pub done: Option<Date>,
    pub expected: Date,
    pub odds: Option<MilestoneOdds>,
    pub days_late: Option<i32>,
    pub light: Light,
    pub since: Option<Date>,
    /// What drives its date, in the order of dates, itself last.
    pub path: Vec<ActivityId>,
    pub blocking: Option<BlockingView>,
}

#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct BlockingView {
    pub activity: ActivityId,
    pub activity_name: String,
    pub mover: MoverOf,
    pub mover_name: String,
    pub since: Option<Date>,
    pub days_lost: i64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct BaselineView {
    pub name: String,
    pub on: Date,
    pub reason: String,
    pub approver: String,
    pub dates: Vec<BaselineLine>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct BaselineLine {
    pub id: ActivityId,
    /// As it was called then.
    pub name: String,
    pub start: Date,
    pub finish: Date,
}
