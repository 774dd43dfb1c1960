//! 模式更新: what the pack's present pattern has otherwise than the one that a plan was made from; offered, never forced.
use super::{Around, PlanAnswer, answer, drafted};
use crate::{
    AppError,
    change_project::{At, Mode},
    desk::{Ask, Desk},
    error::Result,
    permission::Right,
    unit::Unit,
};
use lantu_model::{
    ActivityId, PlanActivity, Problem, Project, ProjectId,
    plan::{Activities, Applied, Differs, Following, Taking},
    words,
};
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeSet;

#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct PatternDifference {
    pub seq: u64,
    pub pattern: Option<String>,
    /// In the pattern's order.
    pub steps: Vec<StepDifference>,
}

#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct StepDifference {
    pub id: ActivityId,
    pub name: String,
    /// `added`, `changed`, `gone`
    pub what: &'static str,
    /// Of a changed one.
    pub fields: Vec<FieldDifference>,
    /// Something was recorded of it: taken over, it stays.
    pub begun: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct FieldDifference {
    pub field: String,
    pub label: String,
    /// In the pattern as it was applied.
    pub was: Value,
    /// In the pattern of the pack in force.
    pub now: Value,
    /// In this plan.
    pub mine: Value,
    /// The office has its own value, which taking over replaces.
    pub own: bool,
}

pub async fn show_difference(desk: &Desk, ask: Ask<'_>, id: ProjectId) -> Result<PatternDifference> {
    ask.require(Right::ReadProjects)?;
    let found = desk.store.project(&ask.reach(), id, None).await?.ok_or(AppError::NotFound)?;
    let around = Around::of(desk, ask, &found.doc, None, ask.moment.day, &[]).await?;
    let steps = around.states(&found.doc).map(|(from, to)| around.open_steps(&found.doc, &from, &to)).unwrap_or_default();
    Ok(PatternDifference { seq: found.seq, pattern: around.pattern(&found.doc).map(|p| p.key.clone()), steps })
}

/// Takes chosen differences over. With `settle`, those that were not chosen are declined and offered no more.
pub async fn take_difference(desk: &Desk, ask: Ask<'_>, at: At, ids: &[ActivityId], settle: bool, mode: Mode) -> Result<PlanAnswer> {
    ask.require(Right::EditProjects)?;
    let mut unit = Unit::open(desk, ask).await?;
    let project = unit.project_at(at.id, at.seq).await?;
    let around = Around::of(desk, ask, &project, None, ask.moment.day, &[]).await?;
    let Some((from, to)) = around.states(&project) else { return Err(AppError::refuse(Problem::block("plan_no_pattern"))) };
    let chosen: BTreeSet<ActivityId> = ids.iter().cloned().collect();
    let open = around.open_steps(&project, &from, &to);
    let all = settle || open.iter().all(|step| chosen.contains(&step.id));
    let before = project.plan.as_ref().and_then(|p| p.applied.clone());
    let Some(before) = before else { return Err(AppError::refuse(Problem::block("plan_no_pattern"))) };
    // What is left open is offered again: then the plan still stands on the pattern that it was made from.
    let applied = if all { Applied { pack: around.books.pack.hash().to_owned(), on: around.day, ..before } } else { before };
    let way = Following { from: &from, to: &to, only: Some(&chosen), firmly: true };
    match around.judge(&project, |ground| project.clone().take_pattern(Taking { applied, way }, ground)) {
        Ok((after, change, reminders)) => {
            let reminders = around.named(reminders, &[project.plan.as_ref(), after.plan.as_ref()]);
            answer::done(unit, after, change, reminders, mode).await
        }
        Err(refusal) => answer::refused(unit, around.refusal_named(refusal, &[project.plan.as_ref()]), project, mode).await,
    }
}

impl Around {
    /// The steps of a plan's pattern as it was applied, and as the pack in force has it.
    fn states(&self, project: &Project) -> Option<(Activities, Activities)> {
        let plan = project.plan.as_ref()?;
        let (then, now) = (self.pattern(project)?, self.books.pack.pattern(&plan.applied.as_ref()?.pattern)?);
        let of = |pattern| drafted::drafted(pattern, &plan.facts, &plan.left_out);
        Some((of(then), of(now)))
    }

    /// What differs and has not been taken over yet.
    fn open_steps(&self, project: &Project, from: &Activities, to: &Activities) -> Vec<StepDifference> {
        let Some(plan) = &project.plan else { return vec![] };
        let way = Following { from, to, only: None, firmly: true };
        let mut found: Vec<(u32, StepDifference)> = vec![];
        for (id, differs) in way.differing() {
            let (then, now, mine) = (from.get(id), to.get(id), plan.activities.get(id));
            let Some(step) = now.or(then) else { continue };
            let fields = match (then, now, mine) {
                (Some(then), Some(now), Some(mine)) => self.fields(then, now, mine),
                _ => vec![],
            };
            let open = match differs {
                Differs::Added => mine.is_none(),
                Differs::Gone => mine.is_some(),
                Differs::Changed => !fields.is_empty(),
            };
            let what = match differs {
                Differs::Added => "added",
                Differs::Gone => "gone",
                Differs::Changed => "changed",
            };
            if open {
                let name = step.name.in_lang(self.lang).to_owned();
                let begun = mine.is_some_and(|mine| project.happened(mine) != lantu_model::plan::Happened::default());
                found.push((step.place, StepDifference { id: id.clone(), name, what, fields, begun }));
            }
        }
        found.sort_by_key(|(place, _)| *place);
        found.into_iter().map(|(_, step)| step).collect()
    }

    fn fields(&self, then: &PlanActivity, now: &PlanActivity, mine: &PlanActivity) -> Vec<FieldDifference> {
        let differs = mine.differing_fields(now);
        // The office's own links stand beside the pattern's.
        let tied = now.after.iter().filter(|p| !then.after.contains(p)).all(|p| mine.after.contains(p))
            && !then.after.iter().any(|p| !now.after.contains(p) && mine.after.contains(p));
        let settled = |field: &str| if field == "after" { tied } else { !differs.contains(&field) };
        let own = mine.differing_fields(then);
        let value = |activity: &PlanActivity, field: &str| {
            let value = serde_json::to_value(activity).ok().and_then(|mut v| v.get_mut(field).map(Value::take)).unwrap_or_default();
            match value.get(self.lang.tag()).or_else(|| value.get("zh")) {
                Some(text) => text.clone(),
                None => value,
            }
        };
        let open = then.differing_fields(now).into_iter().filter(|field| !settled(field));
        let difference = |field: &str| FieldDifference {
            field: field.to_owned(),
            label: words::field(&format!("plan.{field}"), self.lang),
            was: value(then, field),
            now: value(now, field),
            mine: value(mine, field),
            own: own.contains(&field),
        };
        open.map(difference).collect()
    }
}
