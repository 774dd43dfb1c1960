//! One act on one project: the shape that most use cases share.
use crate::{
    desk::{Ask, Books, Desk},
    error::Result,
    permission::Right,
    unit::Unit,
};
use lantu_model::{Change, Problem, Project, ProjectId, Refusal};
use serde::{Deserialize, Serialize};

/// Preview runs the same code and writes nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    Preview,
    #[default]
    Commit,
}

/// What came of an act: where it was recorded (nowhere, in a preview) and what should be remembered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    pub feed: Option<u64>,
    pub reminders: Vec<Problem>,
}

/// Which project, at which version the asker saw it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct At {
    pub id: ProjectId,
    pub seq: u64,
}

pub(crate) type Decided = std::result::Result<(Project, Change, Vec<Problem>), Refusal>;

/// Runs `decide` on the project as the asker saw it and writes the result.
pub(crate) async fn change_project(
    desk: &Desk,
    ask: Ask<'_>,
    at: At,
    right: Right,
    mode: Mode,
    decide: impl FnOnce(Project, &Books) -> Decided,
) -> Result<Outcome> {
    let mut unit = Unit::open(desk, ask).await?;
    let (act, reminders) = act_in(&mut unit, at, right, decide).await?;
    let feed = match mode {
        Mode::Preview => None,
        Mode::Commit => Some(unit.commit(&act, None).await?.feed),
    };
    Ok(Outcome { feed, reminders })
}

/// One act inside a larger unit of work: its name and what should be remembered.
pub(crate) async fn act_in(
    unit: &mut Unit<'_>,
    at: At,
    right: Right,
    decide: impl FnOnce(Project, &Books) -> Decided,
) -> Result<(String, Vec<Problem>)> {
    unit.ask.require(right)?;
    let project = unit.project_at(at.id, at.seq).await?;
    let books = unit.books.clone();
    let (project, change, reminders) = decide(project, &books)?;
    let act = change.act.clone();
    unit.put_project(project, change)?;
    Ok((act, reminders))
}
