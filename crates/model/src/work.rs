//! What waits for whom: permits to be decided and steps to be done, with their limits and what they hold up; the shape of the
//! queues of departments. Computed by the rules with the forecast of the same project, and kept by the store beside it.
use crate::{
    ahead::Light,
    formality::{Limit, PauseKind},
    id::ProjectId,
    plan::{ActivityId, Milestone, Name},
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Where a piece of work stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum WorkState {
    /// Nothing holds it back, and it has not been accepted or begun.
    Ready,
    /// Was granted and has lapsed or expired: to be accepted again.
    Reopened,
    /// In hand, and nobody knows since which day.
    Undated,
    Running,
    Paused,
    /// Back with the owner.
    Returned,
    Refused,
    /// Granted on a promise whose papers have not come.
    Promised,
}

/// Whose move it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum WorkMover {
    Department,
    Owner,
    Nobody,
}

/// A permit of a project, or a step of its plan that is none, while it waits for somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct WorkItem {
    /// Key of the formality; none of a step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub formality: Option<String>,
    /// The step of the plan that it is, where the plan has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub activity: Option<ActivityId>,
    /// Name of the step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Name>,
    /// Who decides it or answers for it, the leading one first: keys of departments or roles, ids of organisations.
    pub desks: Vec<String>,
    pub state: WorkState,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pause: Option<PauseKind>,
    pub mover: WorkMover,
    /// Since when it has been theirs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = Date))]
    pub since: Option<Date>,
    /// The day of acceptance, or on which a step began.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = Date))]
    pub begun: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<Limit>,
    /// Days that counted so far, in the limit's unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub run: Option<i64>,
    /// Days that a pause took off.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub paused: i64,
    /// Days left until the limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left: Option<i64>,
    /// The last day in time by the limit; none while a pause has no end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = Date))]
    pub limit_day: Option<Date>,
    #[serde(default, skip_serializing_if = "is_zero")]
    pub overdue: i64,
    /// The last day by the usual days of the plan, which the project's promises are made from; of a step its own promise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = Date))]
    pub promised: Option<Date>,
    /// First and last days of the pauses; the last of an open one is the day looked at.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schema(value_type = Vec<Vec<String>>))]
    pub pauses: Vec<(Date, Date)>,
    /// The day on which the network expects it done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = Date))]
    pub finish: Option<Date>,
    /// Working days by which it may be later without delaying the end of the plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub float: Option<i64>,
    /// Milestones whose days it drives.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub holds: Vec<Held>,
    /// What can be recorded now: of a permit the keys of its acts; of a step `start`, `progress`, `finish`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub acts: Vec<String>,
}

fn is_zero(days: &i64) -> bool {
    *days == 0
}

/// A milestone that a piece of work holds up, as the same forecast has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Held {
    pub milestone: Milestone,
    /// Working days that it has cost so far: beyond its usual time, or in pauses.
    pub days: i64,
    /// The milestone's forecast names it as what is holding it up today.
    pub blocks: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = Date))]
    pub due: Option<Date>,
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub expected: Date,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days_late: Option<i32>,
    pub light: Light,
}

impl WorkItem {
    /// Its name within a project: a permit's kind, else its step.
    pub fn key(&self) -> String {
        let step = || self.activity.as_ref().map(|id| format!("step:{id}"));
        self.formality.clone().or_else(step).unwrap_or_default()
    }

    /// The worst light of what it holds up.
    pub fn light(&self) -> Light {
        self.holds.iter().map(|held| held.light).max().unwrap_or_default()
    }

    /// The most days that it has cost a milestone.
    pub fn cost(&self) -> i64 {
        self.holds.iter().map(|held| held.days).max().unwrap_or(0)
    }

    /// Begun and in the hands of those who decide it.
    pub fn is_in_hand(&self) -> bool {
        self.mover == WorkMover::Department && matches!(self.state, WorkState::Undated | WorkState::Running | WorkState::Paused)
    }
}

/// What waits in one project on a day, and who has something to decide there at all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectWork {
    pub id: ProjectId,
    pub day: Date,
    /// Pack and engine that computed it, as of the forecast.
    pub stamp: String,
    /// Everyone who decides one of its permits or answers for one of its steps, waiting or done.
    pub desks: BTreeSet<String>,
    pub items: Vec<WorkItem>,
}
