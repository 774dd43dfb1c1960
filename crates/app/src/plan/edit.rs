//! 改计划: edits in a batch, previewed or kept. An edit of an older version lands as long as nobody changed the same thing since.
use super::{
    Around, PlanAnswer, answer,
    since::{self, Since},
};
use crate::{
    AppError,
    change_project::{At, Mode},
    desk::{Ask, Desk},
    error::Result,
    permission::Right,
    unit::Unit,
};
use lantu_model::{Project, ProjectId, plan::PlanEdit};

/// How often an edit is tried anew on what somebody else has just written.
const TRIES: usize = 4;
/// Among how many versions it is looked for who changed what an editor no longer sees.
const LOOK_BACK: u64 = 100;

pub async fn edit_plan(desk: &Desk, ask: Ask<'_>, at: At, edits: &[PlanEdit], reason: &str, mode: Mode) -> Result<PlanAnswer> {
    ask.require(Right::EditProjects)?;
    let mut left = TRIES;
    loop {
        let mut unit = Unit::open(desk, ask).await?;
        let (project, now) = unit.project(at.id).await?;
        if now != at.seq {
            Since::read(desk, ask, at).await?.refuse_conflicts(&project, edits, now, ask.lang)?;
        }
        // A page may know the newest version while its editor types over what an older one showed.
        let unseen = since::no_longer_seen(&project, edits);
        if !unseen.is_empty() {
            let before = At { seq: at.seq.min(now).saturating_sub(LOOK_BACK), ..at };
            return Since::read(desk, ask, before).await?.refuse_unseen(&project, &unseen, now, ask.lang);
        }
        left -= 1;
        match write(unit, project, edits, reason, mode).await {
            // Lost the race for the version it was written on: the next round tells whether the same thing was changed.
            Err(AppError::Stale(_)) if left > 0 => {}
            done => return done,
        }
    }
}

async fn write(unit: Unit<'_>, project: Project, edits: &[PlanEdit], reason: &str, mode: Mode) -> Result<PlanAnswer> {
    let (desk, ask) = (unit.desk, unit.ask);
    let tied = |edit: &PlanEdit| if let PlanEdit::Tie { project, .. } = edit { Some(*project) } else { None };
    let tied: Vec<ProjectId> = edits.iter().filter_map(tied).collect();
    let around = Around::of(desk, ask, &project, None, ask.moment.day, &tied).await?;
    match around.judge(&project, |ground| project.clone().edit_plan(edits, reason, ground)) {
        Ok((after, change, reminders)) => {
            let reminders = around.named(reminders, &[project.plan.as_ref(), after.plan.as_ref()]);
            answer::done(unit, after, change, reminders, mode).await
        }
        Err(refusal) => answer::refused(unit, around.refusal_named(refusal, &[project.plan.as_ref()]), project, mode).await,
    }
}
