//! 批量办理: one sheet of facts about many permits and steps, all or none, with what it does to each project's dates.
use crate::{
    AppError, Books,
    change_project::{At, Mode},
    desk::{Ask, Desk},
    error::Result,
    forecast::{Chase, Lens},
    plan_within::edit_plan_in,
    record_cells::{CellEdit, CellSaid, prepare_cells},
    unit::Unit,
    view::work::{WorkEffect, WorkMoved},
};
use lantu_model::{
    ActivityId, Ahead, FormalityFact, Problem, Project, ProjectId, Severity,
    plan::{PlanEdit, ProgressPatch},
};
use lantu_store::{Forecast, Idempotency, Stored};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashMap};
use utoipa::ToSchema;

/// What is said of one line of a queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct WorkEdit {
    pub project: ProjectId,
    /// The version that was seen.
    pub seq: u64,
    pub said: WorkSaid,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WorkSaid {
    /// Of a permit.
    Fact(FormalityFact),
    /// Of a step that is none.
    Progress(ProgressPatch),
}

impl WorkSaid {
    fn item(&self) -> &str {
        match self {
            Self::Fact(fact) => &fact.kind,
            Self::Progress(patch) => &patch.id,
        }
    }
}

/// What one line came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkOutcome {
    pub project: ProjectId,
    /// Key of the formality, or id of the step.
    pub item: String,
    pub same: bool,
    pub problems: Vec<Problem>,
}

impl WorkOutcome {
    pub fn is_blocked(&self) -> bool {
        self.problems.iter().any(|p| p.severity == Severity::Block)
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WorkDone {
    /// Where it was recorded; none in a preview and when a line is blocked.
    pub feed: Option<u64>,
    pub lines: Vec<WorkOutcome>,
    /// In a preview: what the lines that can be recorded do.
    pub effects: Vec<WorkEffect>,
}

/// Records every line or none; each line's problems are listed under it.
pub async fn act_on_work(
    desk: &Desk,
    ask: Ask<'_>,
    edits: Vec<WorkEdit>,
    mode: Mode,
    idempotency: Option<Idempotency>,
) -> Result<WorkDone> {
    let (unit, lines) = prepare(desk, ask, &edits).await?;
    if mode == Mode::Preview || lines.iter().any(WorkOutcome::is_blocked) {
        let effects = if unit.is_empty() { vec![] } else { effects(&unit).await? };
        return Ok(WorkDone { feed: None, lines, effects });
    }
    let permits = edits.iter().any(|e| matches!(e.said, WorkSaid::Fact(_)));
    let act = match (permits, unit.len()) {
        (false, _) => "edit_plan",
        (true, 1) => "record_formality",
        (true, _) => "record_formalities",
    };
    let feed = unit.commit(act, idempotency).await?.feed;
    Ok(WorkDone { feed: Some(feed), lines, effects: vec![] })
}

/// Permits first, by the way that the matrix records them; then the steps, on the same projects.
async fn prepare<'a>(desk: &'a Desk, ask: Ask<'a>, edits: &[WorkEdit]) -> Result<(Unit<'a>, Vec<WorkOutcome>)> {
    let cell = |e: &WorkEdit| match &e.said {
        WorkSaid::Fact(fact) => {
            Some(CellEdit { project: e.project, seq: e.seq, kind: fact.kind.clone(), said: CellSaid::Fact(fact.clone()) })
        }
        WorkSaid::Progress(_) => None,
    };
    let cells: Vec<CellEdit> = edits.iter().filter_map(cell).collect();
    let (mut unit, found) = prepare_cells(desk, ask, &cells).await?;
    let mut found = found.into_iter();
    let mut lines = vec![];
    for edit in edits {
        let (project, item) = (edit.project, edit.said.item().to_owned());
        let (same, problems) = match &edit.said {
            WorkSaid::Fact(_) => found.next().map(|c| (c.same, c.problems)).unwrap_or_default(),
            WorkSaid::Progress(patch) => step(&mut unit, edit, patch).await?,
        };
        lines.push(WorkOutcome { project, item, same, problems });
    }
    Ok((unit, lines))
}

async fn step(unit: &mut Unit<'_>, edit: &WorkEdit, patch: &ProgressPatch) -> Result<(bool, Vec<Problem>)> {
    let at = At { id: edit.project, seq: edit.seq };
    let before = match unit.project(edit.project).await {
        Ok((project, _)) => project,
        Err(AppError::NotFound) => return Ok((false, vec![Problem::block("not_found")])),
        Err(e) => return Err(e),
    };
    let others = awaited(&before);
    match edit_plan_in(unit, at, &[PlanEdit::Progress(patch.clone())], "", others).await {
        Ok(()) => Ok((unit.loaded(edit.project) == Some(&before), vec![])),
        Err(AppError::Refused(refusal)) => Ok((false, refusal.unmet)),
        Err(e) => Err(e),
    }
}

/// What the plan waits for elsewhere already: a report changes nothing about that.
fn awaited(project: &Project) -> BTreeSet<(ProjectId, ActivityId)> {
    let steps = project.plan.iter().flat_map(|p| p.activities.values());
    steps.flat_map(|a| &a.after_others).map(|o| (o.project, o.activity.clone())).collect()
}

/// What the unit would do to the dates of its projects, and of those that wait for them as far as the asker sees them.
async fn effects(unit: &Unit<'_>) -> Result<Vec<WorkEffect>> {
    let (desk, ask) = (unit.desk, unit.ask);
    let followed = unit.ahead().await?.rows;
    let ids: Vec<ProjectId> = followed.iter().map(|f| f.row.id).collect();
    let seen = desk.store.projects_by_ids(&ask.reach(), &ids, None).await?;
    // What is kept may be of an earlier day: before and after are of the same one.
    let mut before = Chase::new(desk, ask.office(), Lens { pack: &unit.books.pack, today: ask.moment.day, history: None });
    for Stored { doc, seq, .. } in &seen {
        before.add(doc.clone(), *seq);
    }
    let kept: HashMap<ProjectId, Forecast> = before.run(0).await?.rows.into_iter().map(|f| (f.row.id, f)).collect();
    let seen: HashMap<ProjectId, Project> = seen.into_iter().map(|p| (p.doc.id, p.doc)).collect();
    let mut all = vec![];
    for after in &followed {
        let (Some(before), Some(project)) = (kept.get(&after.row.id), seen.get(&after.row.id)) else { continue };
        let acted = unit.loaded(after.row.id).is_some();
        let milestones = moved(&before.row.ahead, &after.row.ahead, &unit.books, ask);
        if acted || milestones.iter().any(|m| m.before != m.after) {
            let next = after.row.ahead.iter().find(|a| a.done.is_none()).and_then(|a| a.blocking.as_ref());
            let next = next.map(|b| step_name(project, &b.activity, ask));
            all.push(WorkEffect { project: project.id, name: project.name.clone(), acted, milestones, next });
        }
    }
    all.sort_by_cached_key(|e| (!e.acted, lantu_rules::name_key(&e.name)));
    Ok(all)
}

fn step_name(project: &Project, id: &str, ask: Ask<'_>) -> String {
    let step = project.plan.as_ref().and_then(|plan| plan.activities.get(id));
    step.map_or_else(|| id.to_owned(), |a| a.name.in_lang(ask.lang).to_owned())
}

/// Those still ahead before it, with their days then and now.
fn moved(before: &[Ahead], after: &[Ahead], books: &Books, ask: Ask<'_>) -> Vec<WorkMoved> {
    let pair = |was: &Ahead| {
        let is = after.iter().find(|a| a.milestone == was.milestone)?;
        Some(WorkMoved {
            milestone: was.milestone,
            name: books.word(&format!("milestone.{}", was.milestone.key()), ask.lang),
            due: is.due,
            before: was.expected,
            after: is.expected,
            light_before: was.light,
            light_after: is.light,
        })
    };
    before.iter().filter(|a| a.done.is_none()).filter_map(pair).collect()
}
