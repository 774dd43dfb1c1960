//! 明确责任: who, in which role, from when.
use crate::{
    AppError,
    change_project::{At, Outcome},
    desk::{Ask, Desk},
    error::Result,
    permission::Right,
    unit::Unit,
};
use jiff::civil::Date;
use lantu_model::{OrgId, Problem, Responsibility, Role};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct DutyDraft {
    pub role: Role,
    pub person_name: Option<String>,
    pub org: Option<OrgId>,
    #[schema(value_type = Option<String>, format = Date)]
    pub from: Option<Date>,
    #[schema(value_type = Option<String>, format = Date)]
    pub to: Option<Date>,
    #[serde(default)]
    pub basis: String,
}

pub async fn assign_responsibility(desk: &Desk, ask: Ask<'_>, at: At, duty: DutyDraft) -> Result<Outcome> {
    let mut unit = Unit::open(desk, ask).await?;
    assign_in(&mut unit, at, duty).await?;
    Ok(Outcome { feed: Some(unit.commit("assign", None).await?.feed), reminders: vec![] })
}

/// The same inside a larger unit of work.
pub async fn assign_in(unit: &mut Unit<'_>, at: At, duty: DutyDraft) -> Result<()> {
    unit.ask.require(Right::Decide)?;
    if let Some(org) = duty.org
        && !unit.register().await?.orgs.contains_key(&org)
    {
        return Err(AppError::refuse(Problem::block("unknown_org").at("org")));
    }
    let project = unit.project_at(at.id, at.seq).await?;
    let person = match duty.person_name.as_deref().map(str::trim).filter(|n| !n.is_empty()) {
        Some(name) => Some(unit.person_named(name, duty.org).await?),
        None => None,
    };
    let row = Responsibility { role: duty.role, person, org: duty.org, from: duty.from, to: duty.to };
    let (project, change) = project.assign(row, &duty.basis)?;
    unit.put_project(project, change)
}
