//! How an act on a plan is answered: with the plan as it is now, or as it would be.
use super::{Around, PlanAnswer, draw, show};
use crate::{AppError, change_project::Mode, error::Result, unit::Unit, view::ProblemView};
use lantu_model::{Change, Problem, Project, Refusal};

/// Writes the new value unless it is a preview.
pub async fn done(mut unit: Unit<'_>, after: Project, change: Change, reminders: Vec<Problem>, mode: Mode) -> Result<PlanAnswer> {
    let (desk, ask) = (unit.desk, unit.ask);
    let act = change.act.clone();
    unit.put_project(after.clone(), change)?;
    let feed = match mode {
        Mode::Preview => None,
        Mode::Commit => Some(unit.commit(&act, None).await?.feed),
    };
    Ok(PlanAnswer { feed, unmet: vec![], reminders: views(desk, ask, &reminders).await?, plan: drawn(desk, ask, &after).await? })
}

/// In a preview a refusal is an answer, not an error; the plan is the one that there is.
pub async fn refused(unit: Unit<'_>, refusal: Refusal, project: Project, mode: Mode) -> Result<PlanAnswer> {
    let (desk, ask) = (unit.desk, unit.ask);
    if mode == Mode::Commit {
        return Err(AppError::Refused(refusal));
    }
    let unmet = views(desk, ask, &refusal.unmet).await?;
    Ok(PlanAnswer { feed: None, unmet, reminders: vec![], plan: drawn(desk, ask, &project).await? })
}

async fn views(desk: &crate::Desk, ask: crate::Ask<'_>, problems: &[Problem]) -> Result<Vec<ProblemView>> {
    let books = desk.books(ask.office()).await?;
    Ok(problems.iter().map(|p| ProblemView::say(p, ask.lang, &books)).collect())
}

/// A value of a project, kept or not, at the version that is kept.
async fn drawn(desk: &crate::Desk, ask: crate::Ask<'_>, project: &Project) -> Result<crate::view::PlanView> {
    let kept = desk.store.project(&ask.reach(), project.id, None).await?.ok_or(AppError::NotFound)?;
    let around = Around::of(desk, ask, project, None, ask.moment.day, &[]).await?;
    let version = show::Version { seq: kept.seq, feed: kept.feed, as_of: None };
    Ok(draw::plan_view(project, version, show::may_edit(ask, project), &around, true))
}
