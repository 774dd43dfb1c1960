//! Acts on plans inside a larger unit of work: a batch applies patterns, reports what was done, keeps baselines.
use crate::{
    AppError,
    change_project::{At, act_in},
    desk::Books,
    error::Result,
    permission::Right,
    plan::drafted,
    unit::Unit,
};
use jiff::civil::Date;
use lantu_model::{
    ActivityId, Plan, Problem, Project, ProjectId, Refusal,
    plan::{Activities, Applied, Baseline, BaselineDates, Facts, Ground, PlanEdit},
};
use lantu_pack::FactKind;
use lantu_rules::outlook::{Elsewhere, Outlook, Sight};
use std::collections::{BTreeMap, BTreeSet};

/// Gives a project the plan of a pattern from a day.
pub async fn apply_pattern_in(unit: &mut Unit<'_>, at: At, pattern: &str, start: Date, facts: Facts) -> Result<()> {
    let today = unit.ask.moment.day;
    act_in(unit, at, Right::EditProjects, |project, books| {
        let unknown = || Refusal::one(Problem::block("unknown_pattern").at("pattern").with("found", pattern));
        let found = books.pack.pattern(pattern).ok_or_else(unknown)?;
        let applied = Some(Applied { pattern: found.key.clone(), pack: books.pack.hash().to_owned(), on: today });
        let activities = drafted::drafted(found, &facts, &BTreeSet::new());
        let plan = Plan { applied, facts, activities, ..Plan::from_day(start) };
        project.apply_plan(plan, None, &ground(books, today, BTreeSet::new(), None))
    })
    .await?;
    Ok(())
}

/// Edits of a plan that was made from a pattern of the pack in force; `others` are activities elsewhere that may be waited for.
pub async fn edit_plan_in(
    unit: &mut Unit<'_>,
    at: At,
    edits: &[PlanEdit],
    reason: &str,
    others: BTreeSet<(ProjectId, ActivityId)>,
) -> Result<()> {
    let today = unit.ask.moment.day;
    act_in(unit, at, Right::EditProjects, |project, books| {
        let pattern = project.plan.as_ref().and_then(|p| books.pack.pattern(&p.applied.as_ref()?.pattern));
        let draft =
            pattern.map(|p| move |facts: &Facts, left_out: &BTreeSet<ActivityId>| -> Activities { drafted::drafted(p, facts, left_out) });
        let draft = draft.as_ref().map(|d| d as &lantu_model::plan::Drafted<'_>);
        project.edit_plan(edits, reason, &ground(books, today, others, draft))
    })
    .await?;
    Ok(())
}

/// Keeps the dates as they were seen on a day.
pub async fn keep_baseline_in(unit: &mut Unit<'_>, at: At, name: &str, on: Date, reason: &str, approver: &str) -> Result<()> {
    let today = unit.ask.moment.day;
    act_in(unit, at, Right::Decide, |project, books| {
        let dates = seen_on(&project, books, on).map_err(|unmet| Refusal { unmet })?;
        let said = |text: &str| text.to_owned();
        project.set_baseline(Baseline { name: said(name), on, reason: said(reason), approver: said(approver), dates }, today)
    })
    .await?;
    Ok(())
}

fn seen_on(project: &Project, books: &Books, day: Date) -> std::result::Result<BTreeMap<ActivityId, BaselineDates>, Vec<Problem>> {
    let (Some(plan), elsewhere) = (&project.plan, Elsewhere::new()) else { return Ok(BTreeMap::new()) };
    let Some(outlook) = Outlook::of(project, &Sight { pack: &books.pack, today: day, elsewhere: &elsewhere }) else {
        return Ok(BTreeMap::new());
    };
    let dated = |line: lantu_rules::outlook::Line| {
        let name = plan.activities.get(&line.id)?.name.clone();
        Some((line.id, BaselineDates { name, start: line.start, finish: line.finish }))
    };
    Ok(outlook?.lines.into_iter().filter_map(dated).collect())
}

fn ground<'a>(
    books: &'a Books,
    today: Date,
    others: BTreeSet<(ProjectId, ActivityId)>,
    drafted: Option<&'a lantu_model::plan::Drafted<'a>>,
) -> Ground<'a> {
    let pack = &books.pack;
    let places = pack.places.iter().flat_map(|place| &place.orgs).map(|org| org.key.as_str());
    Ground {
        today,
        departments: places.chain(pack.roles.iter().map(|role| role.key.key())).collect(),
        formalities: pack.formalities.iter().map(|kind| kind.key.as_str()).collect(),
        phases: pack.phases.iter().map(|phase| phase.number).collect(),
        facts: pack.facts.iter().map(|fact| (fact.key.as_str(), fact.kind == FactKind::YesNo)).collect(),
        orgs: BTreeSet::new(),
        others,
        behind: BTreeSet::new(),
        evidence: BTreeSet::new(),
        drafted,
    }
}

/// The step of another project's plan that reaches a milestone, for those that wait for it.
pub async fn reaching_in(unit: &mut Unit<'_>, id: ProjectId, milestone: lantu_model::plan::Milestone) -> Result<Option<ActivityId>> {
    match unit.project(id).await {
        Ok((project, _)) => Ok(project.plan.as_ref().and_then(|plan| plan.reaching(milestone)).cloned()),
        Err(AppError::NotFound) => Ok(None),
        Err(other) => Err(other),
    }
}
