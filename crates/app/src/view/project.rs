//! A project, and a line of the list.
use super::{ClockView, ProblemView, overview::BlockedAt};
use crate::movers::Movers;
use jiff::civil::Date;
use lantu_model::{
    Area, DivisionCode, ForecastRow, Holding, Level, Light, Membership, Milestone, Money, Nature, OrgId, Procedure, Project, ProjectId,
    ProjectRow, StageKind, StatusKind, YearMonth,
};
use serde::Serialize;
use std::collections::BTreeMap;

/// A line of the pipeline: the derived row with its version and the names that its ids stand for.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Row {
    pub id: ProjectId,
    pub seq: u64,
    pub feed: u64,
    pub name: String,
    pub code: String,
    pub codes: Vec<String>,
    pub level: Level,
    pub parent: Option<ProjectId>,
    pub counts: bool,
    pub stage: StageKind,
    pub status: StatusKind,
    pub suggested: Option<StageKind>,
    pub division: Option<DivisionCode>,
    pub platform: Option<String>,
    pub industry: Option<String>,
    pub nature: Option<Nature>,
    pub procedure: Option<Procedure>,
    pub holding: Option<Holding>,
    pub owner: Option<String>,
    pub lead_org: Option<OrgId>,
    pub lead_org_name: Option<String>,
    pub investment: Option<Money>,
    pub land: Option<Area>,
    pub start_due: Option<Date>,
    pub finish_due: Option<Date>,
    pub operate_due: Option<Date>,
    pub ramp_due: Option<Date>,
    pub start_planned: Option<String>,
    pub finish_planned: Option<String>,
    pub operate_planned: Option<String>,
    pub ramp_planned: Option<String>,
    pub ceremony_on: Option<Date>,
    pub permit_on: Option<Date>,
    pub started_on: Option<Date>,
    pub completed_on: Option<Date>,
    pub operating_on: Option<Date>,
    pub ramped_on: Option<Date>,
    pub stat_entry_on: Option<Date>,
    pub formalities_granted: u16,
    pub formalities_needed: u16,
    pub memberships: Vec<Membership>,
    pub ytd_month: Option<YearMonth>,
    pub ytd_done: Option<Money>,
    pub annual_plan: Option<Money>,
    /// The group it stands under on the list asked for, else on its latest list.
    pub group: Option<String>,
    /// Its milestones by the network; absent without a plan, and of past days.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ahead: Option<RowAhead>,
}

/// What a project's plan says of its milestones, as lists show it.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct RowAhead {
    /// The worst of them.
    pub light: Light,
    /// The most of those that are not reached.
    pub days_late: Option<i32>,
    pub milestones: Vec<RowMilestone>,
}

#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct RowMilestone {
    pub milestone: Milestone,
    pub due: Option<Date>,
    pub done: Option<Date>,
    pub expected: Date,
    pub days_late: Option<i32>,
    pub light: Light,
    pub blocking: Option<BlockedAt>,
}

impl Row {
    pub fn new(row: ProjectRow, seq: u64, feed: u64, lead_org_name: Option<String>, list: Option<&lantu_model::ListKey>) -> Self {
        let on_list =
            list.and_then(|l| row.memberships.iter().find(|m| &m.list == l)).or_else(|| row.memberships.iter().max_by_key(|m| m.list.year));
        let group = on_list.and_then(|m| m.group.clone());
        Self {
            id: row.id,
            seq,
            feed,
            name: row.name,
            code: row.code,
            codes: row.codes,
            level: row.level,
            parent: row.parent,
            counts: row.counts,
            stage: row.stage,
            status: row.status,
            suggested: row.suggested,
            division: row.division,
            platform: row.platform,
            industry: row.industry,
            nature: row.nature,
            procedure: row.procedure,
            holding: row.holding,
            owner: row.owner,
            lead_org: row.lead_org,
            lead_org_name,
            investment: row.investment,
            land: row.land,
            start_due: row.start_due,
            finish_due: row.finish_due,
            operate_due: row.operate_due,
            ramp_due: row.ramp_due,
            start_planned: row.start_planned,
            finish_planned: row.finish_planned,
            operate_planned: row.operate_planned,
            ramp_planned: row.ramp_planned,
            ceremony_on: row.ceremony_on,
            permit_on: row.permit_on,
            started_on: row.started_on,
            completed_on: row.completed_on,
            operating_on: row.operating_on,
            ramped_on: row.ramped_on,
            stat_entry_on: row.stat_entry_on,
            formalities_granted: row.formalities_granted,
            formalities_needed: row.formalities_needed,
            memberships: row.memberships,
            ytd_month: row.ytd_month,
            ytd_done: row.ytd_done,
            annual_plan: row.annual_plan,
            group,
            ahead: None,
        }
    }

    pub(crate) fn with_ahead(mut self, row: &ForecastRow, movers: &Movers<'_>) -> Self {
        let milestones = row.ahead.iter().map(|a| RowMilestone {
            milestone: a.milestone,
            due: a.due,
            done: a.done,
            expected: a.expected,
            days_late: a.days_late,
            light: a.light,
            blocking: a.blocking.as_ref().map(|b| movers.blocked(b, self.owner.as_deref())),
        });
        self.ahead = Some(RowAhead { light: row.light(), days_late: row.days_late(), milestones: milestones.collect() });
        self
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct RowPage {
    pub items: Vec<Row>,
    pub next: Option<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Totals {
    pub rows: u64,
    pub counted: u64,
    pub investment: Money,
    pub annual_plan: Money,
    pub ytd: Money,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Named {
    pub id: ProjectId,
    pub name: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Names {
    /// Person id → name.
    pub people: BTreeMap<String, String>,
    /// Organisation id → name.
    pub orgs: BTreeMap<String, String>,
}

/// What stands between the project and its next stage.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct GateView {
    pub next: Option<StageKind>,
    pub unmet: Vec<ProblemView>,
}

#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct ProjectView {
    pub project: Project,
    pub seq: u64,
    pub feed: u64,
    pub row: Row,
    pub names: Names,
    pub reminders: Vec<ProblemView>,
    pub parent: Option<Named>,
    pub children: Vec<Row>,
    pub predecessors: Vec<Named>,
    pub successors: Vec<Named>,
    pub gate: GateView,
    /// One a formality, in the order of the project's.
    pub clocks: Vec<ClockView>,
    /// Set when this is what was known on a past day.
    pub as_of: Option<Date>,
}
