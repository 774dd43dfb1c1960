//! 作战图: the plan of a project with its dates, now or as it was known on a past day.
use super::{Around, draw};
use crate::{
    AppError,
    desk::{Ask, Desk},
    error::Result,
    permission::Right,
    view::PlanView,
};
use jiff::civil::Date;
use lantu_model::{Project, ProjectId};

pub async fn show_plan(desk: &Desk, ask: Ask<'_>, id: ProjectId, day: Option<Date>) -> Result<PlanView> {
    ask.require(Right::ReadProjects)?;
    let then = crate::list_projects::as_of(desk, ask, day).await?;
    let found = desk.store.project(&ask.signed.scope, id, then).await?.ok_or(AppError::NotFound)?;
    let on = then.and(day).unwrap_or(ask.moment.day);
    let around = Around::of(desk, ask, &found.doc, then, on, &[]).await?;
    let version = Version { seq: found.seq, feed: found.feed, as_of: then.and(day) };
    Ok(draw::plan_view(&found.doc, version, may_edit(ask, &found.doc) && then.is_none(), &around))
}

/// Which version of a project is shown.
#[derive(Clone, Copy, Debug)]
pub struct Version {
    pub seq: u64,
    pub feed: u64,
    pub as_of: Option<Date>,
}

pub fn may_edit(ask: Ask<'_>, project: &Project) -> bool {
    let live = project.superseded.is_none() && !project.withdrawn && project.lifecycle.status.kind() != lantu_model::StatusKind::Closed;
    live && ask.signed.role.may(Right::EditProjects)
}
