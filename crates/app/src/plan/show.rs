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
use lantu_model::{Project, ProjectId, Reach};

pub async fn show_plan(desk: &Desk, ask: Ask<'_>, id: ProjectId, day: Option<Date>) -> Result<PlanView> {
    read_plan(desk, ask, id, day, true).await
}

/// The same without odds, for those who only need its dates.
pub(crate) async fn dated_plan(desk: &Desk, ask: Ask<'_>, id: ProjectId, day: Option<Date>) -> Result<PlanView> {
    read_plan(desk, ask, id, day, false).await
}

async fn read_plan(desk: &Desk, ask: Ask<'_>, id: ProjectId, day: Option<Date>, drawn: bool) -> Result<PlanView> {
    ask.require(Right::ReadProjects)?;
    let then = crate::list_projects::as_of(desk, ask, day).await?;
    let found = desk.store.project(&ask.reach(), id, then).await?.ok_or(AppError::NotFound)?;
    let on = then.and(day).unwrap_or(ask.moment.day);
    let around = Around::of(desk, ask, &found.doc, then, on, &[]).await?;
    let version = Version { seq: found.seq, feed: found.feed, as_of: then.and(day) };
    Ok(draw::plan_view(&found.doc, version, may_edit(ask, &found.doc) && then.is_none(), &around, drawn))
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
    live && is_own(ask, project) && ask.signed.role.may(Right::EditProjects)
}

/// Whether the asker's lists show it; the others it only opens because of what it decides there.
fn is_own(ask: Ask<'_>, project: &Project) -> bool {
    let Reach::Only(orgs) = &ask.signed.scope.orgs else { return true };
    project.responsibilities.iter().any(|r| r.to.is_none() && r.org.is_some_and(|org| orgs.contains(&org)))
}
