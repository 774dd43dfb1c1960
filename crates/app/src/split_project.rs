//! 拆分与合并: what a project becomes, linked to what it was; no figure counts twice.
use crate::{
    change_project::{At, Outcome},
    desk::{Ask, Desk},
    error::Result,
    permission::Right,
    unit::Unit,
};
use jiff::civil::Date;
use lantu_model::{Change, Money, Project, ProjectId};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Part {
    pub name: String,
    pub total_investment: Option<Money>,
}

/// Ends the project in favour of parts that start with its facts, each with its own name and investment.
pub async fn split_project(
    desk: &Desk,
    ask: Ask<'_>,
    at: At,
    parts: Vec<Part>,
    on: Date,
    basis: &str,
) -> Result<(Outcome, Vec<ProjectId>)> {
    ask.require(Right::Decide)?;
    let mut unit = Unit::open(desk, ask).await?;
    let whole = unit.project_at(at.id, at.seq).await?;
    let drafts = parts.iter().map(|p| part_of(&whole, p, ProjectId::new((ask.ids)()))).collect::<std::result::Result<Vec<_>, _>>()?;
    let (ended, parts, change) = whole.split(drafts, on, basis)?;
    let ids: Vec<ProjectId> = parts.iter().map(|p| p.id).collect();
    unit.put_project(ended, change)?;
    for part in parts {
        unit.put_project(part, Change::new("create_by_split").on(on).because(basis))?;
    }
    Ok((Outcome { feed: Some(unit.commit("split", None).await?.feed), reminders: vec![] }, ids))
}

fn part_of(whole: &Project, part: &Part, id: ProjectId) -> std::result::Result<Project, lantu_model::Refusal> {
    let fresh = Project::admit(id, whole.level, &part.name)?;
    Ok(Project {
        owner: whole.owner.clone(),
        lifecycle: whole.lifecycle.clone(),
        division: whole.division.clone(),
        platform: whole.platform.clone(),
        location: whole.location.clone(),
        industry: whole.industry.clone(),
        nature: whole.nature,
        procedure: whole.procedure,
        start_planned: whole.start_planned,
        finish_planned: whole.finish_planned,
        operate_planned: whole.operate_planned,
        ramp_planned: whole.ramp_planned,
        responsibilities: whole.responsibilities.clone(),
        total_investment: part.total_investment,
        ..fresh
    })
}

/// Ends the sources in favour of one project that carries their sums.
pub async fn merge_projects(
    desk: &Desk,
    ask: Ask<'_>,
    sources: Vec<At>,
    name: &str,
    on: Date,
    basis: &str,
) -> Result<(Outcome, ProjectId)> {
    ask.require(Right::Decide)?;
    let mut unit = Unit::open(desk, ask).await?;
    let mut found = vec![];
    for at in &sources {
        found.push(unit.project_at(at.id, at.seq).await?);
    }
    let into = merged(&found, name, ProjectId::new((ask.ids)()))?;
    let (ended, into, change) = Project::merge(found, into, on, basis)?;
    let id = into.id;
    unit.put_project(into, Change { act: "create_by_merger".into(), ..change.clone() })?;
    for source in ended {
        unit.put_project(source, change.clone())?;
    }
    Ok((Outcome { feed: Some(unit.commit("merge", None).await?.feed), reminders: vec![] }, id))
}

/// The facts of the largest source, the sums of all.
fn merged(sources: &[Project], name: &str, id: ProjectId) -> std::result::Result<Project, lantu_model::Refusal> {
    let level = sources.first().map_or(lantu_model::Level::Project, |p| p.level);
    let fresh = Project::admit(id, level, name)?;
    let Some(largest) = sources.iter().max_by_key(|p| (p.total_investment, p.id)) else { return Ok(fresh) };
    let sum = |of: fn(&Project) -> Option<Money>| sources.iter().any(|p| of(p).is_some()).then(|| sources.iter().filter_map(of).sum());
    Ok(Project {
        total_investment: sum(|p| p.total_investment),
        ..part_of(largest, &Part { name: name.to_owned(), total_investment: None }, fresh.id)?
    })
}
