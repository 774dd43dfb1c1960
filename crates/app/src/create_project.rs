//! 新建项目: one project entered by hand.
use crate::{
    AppError,
    change_owner::OwnerDraft,
    desk::{Ask, Desk},
    error::Result,
    permission::Right,
    unit::Unit,
};
use jiff::civil::Date;
use lantu_model::{Change, CodeState, Level, Problem, Project, ProjectCodeEntry, ProjectId, Stage, StageKind};
use lantu_store::Idempotency;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ProjectDraft {
    pub name: String,
    #[serde(default = "project_level")]
    pub level: Level,
    pub parent: Option<ProjectId>,
    pub code: Option<String>,
    pub owner: Option<OwnerDraft>,
    /// 谋划 unless said; later stages are reached by decisions.
    pub stage: Option<StageKind>,
    /// Since when it stands there; today unless said.
    #[serde(default)]
    pub since: Option<Date>,
    /// 涉密: refused, with the reason.
    #[serde(default)]
    pub classified: bool,
    #[serde(default)]
    pub facts: BTreeMap<String, Value>,
}

fn project_level() -> Level {
    Level::Project
}

pub async fn create_project(desk: &Desk, ask: Ask<'_>, draft: ProjectDraft, idempotency: Option<Idempotency>) -> Result<(ProjectId, u64)> {
    ask.require(Right::Import)?;
    if let Some(before) = created_before(desk, ask, idempotency.as_ref()).await? {
        return Ok(before);
    }
    let mut unit = Unit::open(desk, ask).await?;
    let id = create_in(&mut unit, draft).await?;
    let feed = unit.commit("create", idempotency).await?.feed;
    Ok((id, feed))
}

/// The project that the same request made the first time: a second attempt draws another id.
async fn created_before(desk: &Desk, ask: Ask<'_>, asked: Option<&Idempotency>) -> Result<Option<(ProjectId, u64)>> {
    let Some(asked) = asked else { return Ok(None) };
    let Some(done) = desk.store.earlier(ask.office(), asked).await? else { return Ok(None) };
    let transaction = desk.store.transaction(&ask.signed.scope, done.feed).await?;
    let made = transaction.and_then(|t| t.touched.into_iter().find_map(|t| t.stream.id.parse().ok()));
    made.map(|id| Some((id, done.feed))).ok_or(AppError::NotFound)
}

/// The same inside a larger unit of work.
pub async fn create_in(unit: &mut Unit<'_>, draft: ProjectDraft) -> Result<ProjectId> {
    if draft.classified {
        return Err(Project::classified_refusal().into());
    }
    let mut problems = crate::edit_projects::unknown_references(unit, &draft.facts);
    let today = unit.ask.moment.day;
    let id = ProjectId::new((unit.ask.ids)());
    let mut project = Project::admit(id, draft.level, &draft.name).unwrap_or_else(|r| {
        problems.extend(r.unmet);
        // Only to collect what else is wrong: with a problem found nothing of it is kept.
        Project { name: String::new(), ..Project::admit(id, draft.level, "-").expect("a dash is a name") }
    });
    if let Some(parent) = draft.parent {
        let above = unit.project(parent).await.map(|(p, _)| p.level).ok();
        match above {
            Some(level) if level < draft.level => project.parent = Some(parent),
            _ => problems.push(Problem::block("unknown_parent").at("parent")),
        }
    }
    let since = Some(draft.since.unwrap_or(today));
    if since > Some(today) {
        problems.push(Problem::block("fact_in_future").at("since").with("found", today));
    }
    match draft.stage.unwrap_or(StageKind::Scouting) {
        StageKind::Scouting => {}
        StageKind::Reserve => project.lifecycle.stage = Stage::Reserve { since },
        StageKind::Prelim => project.lifecycle.stage = Stage::Prelim { since },
        later => problems.push(Problem::block("stage_by_decision").at("stage").with("to", later.key())),
    }
    if let Some(code) = draft.code.as_deref().map(str::trim).filter(|c| !c.is_empty()) {
        let code = code.parse::<lantu_model::ProjectCode>().map_or_else(|_| code.to_owned(), |c| c.to_string());
        if let Some((_, name)) = crate::list_projects::code_holder(unit.desk, unit.ask, &code).await? {
            problems.push(Problem::block("code_taken").at("code").with("name", name));
        }
        project.codes.push(ProjectCodeEntry { code, state: CodeState::Valid, issued: None });
    }
    if let Some(owner) = &draft.owner {
        match owner.parse() {
            Ok(o) => project.owner = Some(o),
            Err(r) => problems.extend(r.unmet),
        }
    }
    match project.clone().edit(&draft.facts, today) {
        Ok((p, _)) => project = p,
        Err(r) => problems.extend(r.unmet),
    }
    lantu_model::Refusal::unless_clear(problems).map_err(AppError::from)?;
    unit.put_project(project, Change::new("create"))?;
    Ok(id)
}
