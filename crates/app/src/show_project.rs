//! 项目卡: everything about one project, now or as it was known on a past day.
use crate::{
    AppError,
    desk::{Ask, Desk},
    error::Result,
    permission::Right,
    view::{ClockView, GateView, Named, ProblemView, ProjectView, Row, project::Names},
};
use jiff::civil::Date;
use lantu_model::{Level, Project, ProjectId, StageKind};
use lantu_store::{Filter, PageAsk, Sort};

pub async fn show_project(desk: &Desk, ask: Ask<'_>, id: ProjectId, day: Option<Date>) -> Result<ProjectView> {
    ask.require(Right::ReadProjects)?;
    let then = crate::list_projects::as_of(desk, ask, day).await?;
    let found = desk.store.project(&ask.reach(), id, then).await?.ok_or(AppError::NotFound)?;
    let (project, seq, feed) = (found.doc, found.seq, found.feed);
    let books = desk.books(ask.office()).await?;
    let on = day.unwrap_or(ask.moment.day);
    let register = crate::unit::read_register(desk, ask.office()).await?;
    let row = lantu_rules::derive_row(&project);
    let lead = row.lead_org.and_then(|o| register.orgs.get(&o)).map(|o| o.name.clone());
    let filter = Filter { parent: Some(id), levels: Level::ALL.to_vec(), ..Filter::default() };
    let children =
        crate::list_projects::list_projects(desk, ask, &filter, Sort::default(), &PageAsk { limit: 200, after: None }, day).await?.items;
    let successors = project.superseded.as_ref().map(|s| s.by.clone()).unwrap_or_default();
    Ok(ProjectView {
        row: Row::new(row, seq, feed, lead, None),
        names: names_of(&project, &register),
        reminders: project
            .inconsistencies(on)
            .iter()
            .chain(&lantu_rules::works::work_doubts(&project, on))
            .map(|p| ProblemView::say(p, ask.lang, &books))
            .collect(),
        parent: named(desk, ask, &project.parent.into_iter().collect::<Vec<_>>(), then).await?.into_iter().next(),
        children,
        predecessors: named(desk, ask, &project.predecessors, then).await?,
        successors: named(desk, ask, &successors, then).await?,
        gate: gate_of(&project, &books, on, ask),
        clocks: project.formalities.iter().map(|f| ClockView::of(f, &project, &books, ask.lang, on)).collect(),
        project,
        seq,
        feed,
        as_of: then.and(day),
    })
}

fn gate_of(project: &Project, books: &crate::Books, on: Date, ask: Ask<'_>) -> GateView {
    let here = project.lifecycle.stage.kind();
    let Some(next) = StageKind::ALL.into_iter().find(|s| *s > here) else { return GateView::default() };
    let unmet = books.pack.gates.unmet(project, next, on).iter().map(|p| ProblemView::say(p, ask.lang, books)).collect();
    GateView { next: Some(next), unmet }
}

fn names_of(project: &Project, register: &crate::unit::Register) -> Names {
    let mut names = Names::default();
    for duty in &project.responsibilities {
        if let Some(p) = duty.person.and_then(|id| register.people.get(&id)) {
            names.people.insert(p.id.to_string(), p.name.clone());
        }
        if let Some(o) = duty.org.and_then(|id| register.orgs.get(&id)) {
            names.orgs.insert(o.id.to_string(), o.name.clone());
        }
    }
    names
}

async fn named(desk: &Desk, ask: Ask<'_>, ids: &[ProjectId], then: Option<u64>) -> Result<Vec<Named>> {
    if ids.is_empty() {
        return Ok(vec![]);
    }
    let found = desk.store.projects_by_ids(&ask.signed.scope, ids, then).await?;
    Ok(found.into_iter().map(|p| Named { id: p.doc.id, name: p.doc.name }).collect())
}
