//! 套用模式: a pattern of the pack becomes the plan of a project.
use super::{Around, PlanAnswer, answer, drafted};
use crate::{
    change_project::{At, Mode},
    desk::{Ask, Desk},
    error::Result,
    permission::Right,
    unit::Unit,
};
use jiff::civil::Date;
use lantu_model::{
    ActivityId, FormalityState, Plan, Problem, Project, Refusal,
    plan::{Applied, FactValue, Facts},
};
use lantu_pack::Pattern;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// Which pattern, from when, with what is known.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
pub struct Application {
    pub pattern: String,
    /// The day of acceptance.
    #[schema(value_type = String, format = Date)]
    pub start: Date,
    #[serde(default)]
    pub facts: BTreeMap<String, FactValue>,
    /// Steps to leave out.
    #[serde(default)]
    pub without: BTreeSet<ActivityId>,
    /// Puts it in the place of the plan that there is, for this reason.
    #[serde(default)]
    pub replace: Option<String>,
}

pub async fn apply_pattern(desk: &Desk, ask: Ask<'_>, at: At, wanted: &Application, mode: Mode) -> Result<PlanAnswer> {
    ask.require(Right::EditProjects)?;
    let mut unit = Unit::open(desk, ask).await?;
    let project = unit.project_at(at.id, at.seq).await?;
    let around = Around::of(desk, ask, &project, None, ask.moment.day, &[]).await?;
    let (after, change, reminders) = match decide(&project, wanted, &around) {
        Ok(done) => done,
        Err(refusal) => return answer::refused(unit, around.refusal_named(refusal, &[project.plan.as_ref()]), project, mode).await,
    };
    let reminders = around.named(reminders, &[after.plan.as_ref()]);
    answer::done(unit, after, change, reminders, mode).await
}

fn decide(
    project: &Project,
    wanted: &Application,
    around: &Around,
) -> std::result::Result<(Project, lantu_model::Change, Vec<Problem>), Refusal> {
    let pack = &around.books.pack;
    let Some(pattern) = pack.pattern(&wanted.pattern) else {
        return Err(Refusal::one(Problem::block("unknown_pattern").at("pattern").with("found", &wanted.pattern)));
    };
    let mut found = fact_problems(wanted, around);
    let unknown = wanted.without.iter().filter(|id| pattern.activity(id).is_none());
    found.extend(unknown.map(|id| Problem::block("plan_not_in_pattern").at(id.as_str()).with("activity", id)));
    Refusal::unless_clear(found)?;
    let applied = Some(Applied { pattern: pattern.key.clone(), pack: pack.hash().to_owned(), on: around.day });
    let mut left_out = wanted.without.clone();
    left_out.extend(not_needed(project, pattern));
    let facts = Facts(wanted.facts.clone());
    let activities = drafted::drafted(pattern, &facts, &left_out);
    let plan = Plan { applied, facts, left_out, activities, ..Plan::from_day(wanted.start) };
    around.judge(project, |ground| project.clone().apply_plan(plan, wanted.replace.as_deref(), ground))
}

/// Steps that are formalities which the project is known not to need: that is entered already.
fn not_needed<'a>(project: &'a Project, pattern: &'a Pattern) -> impl Iterator<Item = ActivityId> + 'a {
    let needless = |kind: &String| project.formalities.iter().any(|f| f.kind == *kind && f.state == FormalityState::NotNeeded);
    let steps = pattern.activities.iter().filter(move |a| !a.formality.is_empty() && a.formality.iter().all(needless));
    steps.map(|a| a.id.clone())
}

fn fact_problems(wanted: &Application, around: &Around) -> Vec<Problem> {
    let mut found = vec![];
    for (key, value) in &wanted.facts {
        match around.books.pack.fact(key) {
            None => found.push(Problem::block("plan_unknown_fact").at(key.as_str()).with("found", key)),
            Some(fact) if matches!(value, FactValue::YesNo(_)) != (fact.kind == lantu_pack::FactKind::YesNo) => {
                found.push(Problem::block("plan_fact_kind").at(key.as_str()).with("field", key));
            }
            Some(_) => {}
        }
        if let FactValue::Number(n) = value
            && *n < 0
        {
            found.push(Problem::block("plan_fact_negative").at(key.as_str()).with("field", key).with("found", n));
        }
    }
    found
}
