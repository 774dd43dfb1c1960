//! The shape of a project's derived row: what lists filter, sort and count by. Computed by the rules, kept by the store.
use crate::{
    code::DivisionCode,
    id::{OrgId, ProjectId},
    list::Membership,
    measure::{Area, Money},
    stage::{StageKind, StatusKind},
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// One line of the pipeline. Every date is the day on which it falls due or happened; periods give their last day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ProjectRow {
    pub id: ProjectId,
    pub name: String,
    /// Sorts Chinese names by pronunciation, others by case-folded text; ties are broken by id.
    pub name_key: String,
    /// The valid code in front, or empty.
    pub code: String,
    /// All codes, for search.
    pub codes: Vec<String>,
    pub level: crate::project::Level,
    pub parent: Option<ProjectId>,
    /// Whether its figures count in totals: a live project, not a programme, a section or a superseded one.
    pub counts: bool,
    pub stage: StageKind,
    pub status: StatusKind,
    /// The stage that the facts suggest, where it differs.
    pub suggested: Option<StageKind>,
    pub division: Option<DivisionCode>,
    pub platform: Option<String>,
    pub industry: Option<String>,
    pub nature: Option<crate::project::Nature>,
    pub procedure: Option<crate::project::Procedure>,
    pub holding: Option<crate::project::Holding>,
    pub owner: Option<String>,
    pub lead_org: Option<OrgId>,
    /// Every organisation with a current duty, for scope.
    pub orgs: Vec<OrgId>,
    pub investment: Option<Money>,
    pub land: Option<Area>,
    pub start_due: Option<Date>,
    pub finish_due: Option<Date>,
    pub operate_due: Option<Date>,
    pub ramp_due: Option<Date>,
    /// The same plans as written, with their precision.
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
    /// Formalities granted / needed.
    pub formalities_granted: u16,
    pub formalities_needed: u16,
    pub memberships: Vec<Membership>,
    /// Latest reported year-to-date investment, with its month.
    pub ytd_month: Option<crate::period::YearMonth>,
    pub ytd_done: Option<Money>,
    /// The plan of the year of `ytd_month` or, without one, of the latest membership: the largest list's plan.
    pub annual_plan: Option<Money>,
}
