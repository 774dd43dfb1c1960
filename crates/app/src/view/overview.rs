//! The office at a glance: counts that open, and three watches.
use jiff::civil::Date;
use lantu_model::{DivisionCode, Light, Milestone, Money, OrgId, ProjectId};
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Count {
    /// `null`: not filled in.
    pub key: Option<String>,
    pub rows: u64,
    pub counted: u64,
    pub investment: Money,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct DivisionCount {
    pub key: Option<String>,
    pub rows: u64,
    pub counted: u64,
    pub investment: Money,
    pub by_stage: BTreeMap<String, u64>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct WatchMonth {
    pub month: i8,
    pub planned: u64,
    pub done: u64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct WatchItem {
    pub id: ProjectId,
    pub name: String,
    pub division: Option<DivisionCode>,
    pub due: Date,
    /// Days overdue; negative: days left.
    pub days: i32,
    pub lead_org: Option<OrgId>,
    pub lead_org_name: Option<String>,
    /// The network's date; absent without a plan.
    pub expected: Option<Date>,
    pub light: Option<Light>,
    pub blocking: Option<BlockedAt>,
}

/// What holds a project up, and whose move it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct BlockedAt {
    pub activity: String,
    pub activity_name: String,
    pub mover: Option<String>,
    pub since: Option<Date>,
    /// Working days beyond its usual time, or in pauses.
    pub days_lost: i64,
}

/// How many will have done it by the end of the year: those that have, and every other with a plan by its own chance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct WatchForecast {
    pub p10: u64,
    pub p50: u64,
    pub p90: u64,
    /// That the target is reached, in hundredths of a percent; absent without a target.
    pub chance: Option<u16>,
    /// Projects that lie ahead with a plan of their own.
    pub of: u64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct RedItem {
    pub id: ProjectId,
    pub name: String,
    pub division: Option<DivisionCode>,
    pub milestone: Milestone,
    /// The rule: red from so many days late on.
    pub red_from: i32,
    pub rule: Option<String>,
    pub document: Option<String>,
    pub due: Option<Date>,
    pub expected: Date,
    pub days_late: i32,
    pub since: Option<Date>,
    pub blocking: Option<BlockedAt>,
}

/// Projects by the worst of their milestones' lights.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Reds {
    pub red: u64,
    pub amber: u64,
    /// The latest first.
    pub items: Vec<RedItem>,
}

/// 抓开工, 抓竣工, 抓达产.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct WatchView {
    /// `start`, `finish` or `ramp`.
    pub key: String,
    pub target: Option<i64>,
    /// Done in the year, whenever planned.
    pub done: u64,
    /// Planned for this year up to today, done or not.
    pub due_by_now: u64,
    pub done_of_due: u64,
    pub overdue: u64,
    /// Done this year though planned for later.
    pub early: u64,
    /// Planned for the whole year.
    pub planned: u64,
    pub this_month: u64,
    pub by_month: Vec<WatchMonth>,
    /// Absent while no project has a plan.
    pub forecast: Option<WatchForecast>,
    pub overdue_items: Vec<WatchItem>,
    pub this_month_items: Vec<WatchItem>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Invest {
    pub annual_plan: Money,
    pub ytd: Money,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Overview {
    pub today: Date,
    pub as_of: Option<Date>,
    pub year: i16,
    pub feed: u64,
    pub total: Count,
    pub by_stage: Vec<Count>,
    pub by_status: Vec<Count>,
    pub by_division: Vec<DivisionCount>,
    pub by_industry: Vec<Count>,
    pub by_nature: Vec<Count>,
    pub by_holding: Vec<Count>,
    pub watches: Vec<WatchView>,
    pub reds: Reds,
    /// The day that forecasts are of, where some are not yet of the day looked at.
    pub forecast_day: Option<Date>,
    /// 开工未入统
    pub not_in_statistics: u64,
    pub suggested_differs: u64,
    pub invest: Invest,
    pub changed_since_visit: u64,
}
