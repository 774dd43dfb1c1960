//! What is ahead of a project: milestones with their promises, forecasts and lights; the shape that boards and lists read.
use crate::{
    id::{OrgId, ProjectId},
    plan::{ActivityId, Milestone, Name},
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A milestone ahead, or behind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Ahead {
    pub milestone: Milestone,
    /// The activity that reaches it.
    pub activity: ActivityId,
    /// What was promised: the plan of the project's card, its last day.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = Date))]
    pub due: Option<Date>,
    /// The day that it happened.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = Date))]
    pub done: Option<Date>,
    /// The network's date.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub expected: Date,
    /// Present once ranges were drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub odds: Option<MilestoneOdds>,
    /// Calendar days that `expected` (or `done`) lies after `due`; negative when before; absent without a promise.
    pub days_late: Option<i32>,
    pub light: Light,
    /// The first day from which on it has had this light without a break, as far as the facts' own days tell.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = Date))]
    pub since: Option<Date>,
    /// What drives its date, in the order of dates, itself last.
    pub path: Vec<ActivityId>,
    /// What is holding it up today; none when it is done.
    pub blocking: Option<Blocking>,
}

/// P10, P50, P80 and P90 of a milestone's day, and the chance of its promise, in hundredths of a percent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct MilestoneOdds {
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub p10: Date,
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub p50: Date,
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub p80: Date,
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub p90: Date,
    pub in_time: Option<u16>,
}

/// How a milestone stands against its promise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum Light {
    /// In time, done, or without a promise to be measured by.
    #[default]
    Green,
    Amber,
    Red,
}

/// The first unfinished activity on a milestone's driving path, and whose move it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Blocking {
    pub activity: ActivityId,
    /// What the plan calls it.
    #[serde(default)]
    pub name: Name,
    pub mover: MoverOf,
    /// Since when it has been theirs.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = Date))]
    pub since: Option<Date>,
    /// Working days that it has cost so far: beyond its usual time, or in pauses.
    pub days_lost: i64,
}

/// Whose move it is, as the plan names them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum MoverOf {
    /// Keys of departments or roles, the leading one first.
    Departments(Vec<String>),
    Org(OrgId),
    Owner,
    Nobody,
}

/// What lists, boards and other projects need of a project's outlook on a day: computed by the rules, kept by the store beside
/// the project, and computed again when the day, the pack or the program changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForecastRow {
    pub id: ProjectId,
    /// The day that it was computed for.
    pub day: Date,
    /// Pack and engine that computed it.
    pub stamp: String,
    pub ahead: Vec<Ahead>,
    /// The last day of each activity: what other projects wait for.
    pub finishes: BTreeMap<ActivityId, Date>,
}

impl ForecastRow {
    pub fn of(&self, milestone: Milestone) -> Option<&Ahead> {
        self.ahead.iter().find(|a| a.milestone == milestone)
    }

    /// The worst of its milestones' lights.
    pub fn light(&self) -> Light {
        self.ahead.iter().map(|a| a.light).max().unwrap_or_default()
    }

    /// Calendar days that the worst of those not yet reached is late; negative when all are before their promises.
    pub fn days_late(&self) -> Option<i32> {
        self.ahead.iter().filter(|a| a.done.is_none()).filter_map(|a| a.days_late).max()
    }
}
