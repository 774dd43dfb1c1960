//! 基线: the dates of today kept under a name, with a reason and who approved them.
use super::{Around, PlanAnswer, answer};
use crate::{
    AppError,
    change_project::{At, Mode},
    desk::{Ask, Desk},
    error::Result,
    permission::Right,
    unit::Unit,
};
use jiff::civil::Date;
use lantu_model::{
    Problem, Refusal,
    plan::{Baseline, BaselineDates},
};
use serde::Deserialize;

/// What a baseline is called, when and why it was approved, by whom.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
pub struct BaselineDraft {
    pub name: String,
    /// The day of the approval.
    #[schema(value_type = String, format = Date)]
    pub on: Date,
    pub reason: String,
    pub approver: String,
}

pub async fn set_baseline(desk: &Desk, ask: Ask<'_>, at: At, draft: &BaselineDraft) -> Result<PlanAnswer> {
    ask.require(Right::Decide)?;
    let mut unit = Unit::open(desk, ask).await?;
    let project = unit.project_at(at.id, at.seq).await?;
    let around = Around::of(desk, ask, &project, None, ask.moment.day, &[]).await?;
    let outlook = match around.outlook(&project, &around.elsewhere(&project)) {
        Some(Ok(outlook)) => outlook,
        Some(Err(unmet)) => return Err(AppError::Refused(around.refusal_named(Refusal { unmet }, &[project.plan.as_ref()]))),
        None => return Err(AppError::refuse(Problem::block("plan_missing"))),
    };
    let name = |id: &str| project.plan.as_ref().and_then(|p| p.activities.get(id)).map(|a| a.name.clone()).unwrap_or_default();
    let dates = outlook.lines.iter().map(|l| (l.id.clone(), BaselineDates { name: name(&l.id), start: l.start, finish: l.finish }));
    let BaselineDraft { name, on, reason, approver } = draft.clone();
    let baseline = Baseline { name, on, reason, approver, dates: dates.collect() };
    let (after, change, reminders) = project.clone().set_baseline(baseline, ask.moment.day)?;
    answer::done(unit, after, change, reminders, Mode::Commit).await
}
