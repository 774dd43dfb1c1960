//! 改项目资料: one field or a pasted block, all or nothing.
use crate::{
    AppError,
    change_project::{At, Mode},
    desk::{Ask, Desk},
    error::Result,
    permission::Right,
    unit::Unit,
};
use lantu_model::{Change, DivisionCode, Problem, Project, ProjectId, Refusal, Severity};
use lantu_store::Idempotency;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

const MAX_EDITS: usize = 5_000;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Edit {
    pub id: ProjectId,
    /// The version that the editor saw.
    pub seq: u64,
    /// Field → new value; `null` clears. Two decisions may come with it: `lead_org` names a department of the register,
    /// `membership` (`{list: {kind, year}, state, plan…}`) puts the project on a list, keeping there what it leaves out.
    pub patch: BTreeMap<String, Value>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditResult {
    pub id: ProjectId,
    pub problems: Vec<Problem>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edited {
    pub feed: Option<u64>,
    pub results: Vec<EditResult>,
}

/// Applies every edit or none; each project's problems are listed under it.
pub async fn edit_projects(desk: &Desk, ask: Ask<'_>, edits: Vec<Edit>, mode: Mode, idempotency: Option<Idempotency>) -> Result<Edited> {
    ask.require(Right::EditProjects)?;
    if edits.len() > MAX_EDITS {
        return Err(AppError::refuse(Problem::block("too_many_edits").with("limit", MAX_EDITS)));
    }
    let act = if edits.len() == 1 { "edit" } else { "bulk_edit" };
    let mut unit = Unit::open(desk, ask).await?;
    unit.load(&edits.iter().map(|e| e.id).collect::<Vec<_>>()).await?;
    let mut results = vec![];
    for edit in edits {
        let problems = match edit_in(&mut unit, At { id: edit.id, seq: edit.seq }, &edit.patch).await {
            Ok(reminders) => reminders,
            Err(AppError::Refused(r)) => r.unmet,
            Err(AppError::NotFound) => vec![Problem::block("not_found")],
            Err(e) => return Err(e),
        };
        results.push(EditResult { id: edit.id, problems });
    }
    let blocked = results.iter().any(|r| r.problems.iter().any(|p| p.severity == Severity::Block));
    let feed = match mode {
        Mode::Commit if blocked => return Err(Refusal { unmet: results.into_iter().flat_map(|r| r.problems).collect() }.into()),
        Mode::Commit => Some(unit.commit(act, idempotency).await?.feed),
        Mode::Preview => None,
    };
    Ok(Edited { feed, results })
}

/// One project's facts inside a larger unit of work.
pub async fn edit_in(unit: &mut Unit<'_>, at: At, patch: &BTreeMap<String, Value>) -> Result<Vec<Problem>> {
    let project = unit.project_at(at.id, at.seq).await?;
    let mut facts = patch.clone();
    let lead = facts.remove("lead_org");
    let membership = facts.remove("membership");
    let unknown = unknown_references(unit, &facts);
    if !unknown.is_empty() {
        return Err(Refusal { unmet: unknown }.into());
    }
    let today = unit.ask.moment.day;
    let mut project = project;
    let mut change = Change::new("edit");
    if !facts.is_empty() {
        (project, change) = project.edit(&facts, today)?;
    }
    if let Some(lead) = lead {
        project = assign_lead(unit, project, &lead).await?;
    }
    let reminders =
        project.inconsistencies(today).into_iter().filter(|p| p.place.as_ref().is_some_and(|f| patch.contains_key(f))).collect();
    unit.put_project(project, change)?;
    if let Some(given) = membership {
        crate::set_membership::complete_membership_in(unit, at, given).await?;
    }
    Ok(reminders)
}

/// A bulk edit may name the lead department by its name in the register.
async fn assign_lead(unit: &mut Unit<'_>, project: Project, lead: &Value) -> Result<Project> {
    unit.ask.require(Right::Decide)?;
    let text = lead.as_str().unwrap_or_default().trim();
    let register = unit.register().await?;
    let org = text.parse().ok().filter(|id| register.orgs.contains_key(id)).or_else(|| register.org_named(text).map(|o| o.id));
    let Some(org) = org else { return Err(AppError::refuse(Problem::block("unknown_org").at("lead_dept").with("found", text))) };
    let duty = lantu_model::Responsibility {
        role: lantu_model::Role::LeadDept,
        person: None,
        org: Some(org),
        from: Some(unit.ask.moment.day),
        to: None,
    };
    Ok(project.assign(duty, "")?.0)
}

/// Divisions and industries that the pack does not know.
pub(crate) fn unknown_references(unit: &Unit<'_>, patch: &BTreeMap<String, Value>) -> Vec<Problem> {
    let mut found = vec![];
    if let Some(text) = patch.get("division").and_then(Value::as_str).filter(|t| !t.is_empty()) {
        let known = text.parse::<DivisionCode>().is_ok_and(|d| unit.books.place.divisions.iter().any(|k| k.code == d.as_str()));
        if !known {
            let nearest = unit.books.place.nearest_division(text).map_or("known_place", |d| d.code.as_str());
            found.push(Problem::block("unknown_town").at("division").with("found", text).with("nearest", nearest));
        }
    }
    if let Some(text) = patch.get("industry").and_then(Value::as_str).filter(|t| !t.is_empty())
        && unit.books.pack.industry_by_text(text).is_none()
    {
        found.push(Problem::block("unknown_industry").at("industry").with("found", text));
    }
    found
}
