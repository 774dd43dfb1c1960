//! 施工单位进度计划: schedules that contractors send, version by version, beside the project's own plan.
mod beside;
mod difference;
mod doubts;
mod export;
mod kept;
mod likeness;
mod ours;
mod reading;
mod rows;
mod suggest;
mod view;

pub use beside::beside;
pub use export::{Facts, export};
pub use ours::export_plan;
pub use rows::plan_file_rows;
pub use suggest::suggest_ties;
pub use view::*;

pub(crate) use kept::Kept;

use crate::{
    AppError,
    desk::{Ask, Desk},
    error::Result,
    evidence::{self, Incoming, Told},
    view::ProblemView,
};
use kept::{Dated, Key};
use lantu_model::{FileTie, PlanFile, Problem, Project, ProjectId};
use lantu_planfile::Version;
use lantu_store::StoreError;
use std::sync::Arc;

/// What the sender says of a schedule.
#[derive(Clone, Debug, Default)]
pub struct Sent {
    /// Which of the file's projects.
    pub project: Option<String>,
    /// Someone looked: it is this project's, whatever it looks like.
    pub confirmed: bool,
    /// Only look; nothing is kept.
    pub preview: bool,
}

/// Reads a schedule, holds it against the version before, and keeps both file and version unless something is to be settled first.
pub async fn receive(desk: &Desk, ask: Ask<'_>, id: ProjectId, file: Incoming, limit: u64, sent: &Sent) -> Result<Received> {
    evidence::may_change(desk, ask, id).await?;
    let project = evidence::seen(desk, ask, id, None).await?;
    let bytes = file.bytes.clone();
    let kept = evidence::shelve(desk, ask, file, limit, &Told::default()).await?;
    if let Some(same) = same_bytes(&project, &kept.hash, sent) {
        let read = show_reading(desk, ask, id, &same.id, None).await?;
        return Ok(Received { file: Some(same.clone()), same: true, reading: Some(read), ..Received::default() });
    }
    let before = before_last(desk, ask, &project).await?;
    let bytes = bytes.unwrap_or_default();
    // What is computed needs no waiting for, but others wait for the thread it is computed on.
    let read = tokio::task::block_in_place(|| chosen(&kept.name, &bytes, before.as_ref().map(|(b, _)| b), sent, ask))?;
    let new = match read {
        Chosen::One(dated) => desk.schedules.keep((kept.hash.clone(), dated.plan.id.clone()), *dated),
        Chosen::Several(choose) => return Ok(Received { choose, ..Received::default() }),
    };
    let old = before.as_ref().map(|(b, old)| (b, old.as_ref()));
    let (doubts, ties) = tokio::task::block_in_place(|| held_against(&project, &new, old));
    let read = read_of(desk, ask, (&kept.hash, &new), old.and_then(|(b, d)| Some((hash(&project, b)?, b, d))));
    let mut received = Received { reading: Some(read), ..Received::default() };
    if !doubts.is_empty() && !sent.confirmed {
        received.doubts = said(desk, ask, &project, doubts, &new.plan.name).await?;
        return Ok(received);
    }
    if sent.preview {
        return Ok(received);
    }
    let version = version(&new, &kept, ties, ask)?;
    received.feed = evidence::change_anyway(desk, ask, id, |p| Ok(p.add_plan_file(kept.clone(), version.clone()))).await?;
    received.file = Some(version);
    Ok(received)
}

/// The version that was read from the same bytes.
fn same_bytes<'a>(project: &'a Project, hash: &str, sent: &Sent) -> Option<&'a PlanFile> {
    let same = |f: &&PlanFile| self::hash(project, f) == Some(hash) && sent.project.as_ref().is_none_or(|p| *p == f.project);
    project.plan_files.iter().rev().find(same)
}

fn hash<'a>(project: &'a Project, file: &PlanFile) -> Option<&'a str> {
    project.evidence_of(&file.evidence).map(|e| e.hash.as_str())
}

/// The newest version. It was read once; should it not be read any more, the new one is told without it.
async fn before_last(desk: &Desk, ask: Ask<'_>, project: &Project) -> Result<Option<(PlanFile, Arc<Dated>)>> {
    let Some(last) = project.plan_files.last() else { return Ok(None) };
    match dated(desk, ask, project, last).await {
        Ok(old) => Ok(Some((last.clone(), old))),
        Err(AppError::Refused(_)) => Ok(None),
        Err(e) => Err(e),
    }
}

enum Chosen {
    One(Box<Dated>),
    Several(Vec<Choice>),
}

/// The project of a file that is meant: the one named, the one of the version before, the only one.
fn chosen(name: &str, bytes: &[u8], before: Option<&PlanFile>, sent: &Sent, ask: Ask<'_>) -> Result<Chosen> {
    let mut file = reading::read(name, bytes, ask.lang)?;
    let choices = reading::choices(&file);
    let wanted = sent.project.clone().or_else(|| before.map(|b| b.project.clone()).filter(|p| choices.iter().any(|c| &c.id == p)));
    let only = choices.first().filter(|_| choices.len() == 1).map(|c| c.id.clone());
    let at = wanted.or(only).and_then(|id| file.plans.iter().position(|p| p.id == id));
    match at {
        Some(at) => Ok(Chosen::One(Box::new(Dated::of(name, file.format, file.plans.swap_remove(at), ask.lang)?))),
        None => Ok(Chosen::Several(choices)),
    }
}

/// What speaks against a new version, and the ties that go on to it.
fn held_against(project: &Project, new: &Dated, old: Option<(&PlanFile, &Dated)>) -> (Vec<Problem>, Vec<FileTie>) {
    let now = new.version();
    let before = old.map(|(file, dated)| (file, dated.version()));
    let doubts = doubts::doubts(project, &new.plan, before.as_ref().map(|(_, v)| v), &now);
    (doubts, before.map(|(file, v)| carried(&file.ties, &v, &now)).unwrap_or_default())
}

/// Ties go on to the rows that are the same in the new version.
fn carried(ties: &[FileTie], old: &Version<'_>, new: &Version<'_>) -> Vec<FileTie> {
    if ties.is_empty() {
        return vec![];
    }
    let pairs = lantu_planfile::compare_versions(old, new).pairs;
    let uid = |plan: &lantu_planfile::Plan, at: usize| plan.activities.get(at).filter(|a| !a.is_summary()).map(|a| a.uid);
    let now = |before: i64| {
        let pair = pairs.iter().find(|p| uid(old.plan, p.old.at()) == Some(before))?;
        uid(new.plan, pair.new.at())
    };
    ties.iter().filter_map(|t| Some(FileTie { uid: now(t.uid)?, activity: t.activity.clone() })).collect()
}

async fn said(desk: &Desk, ask: Ask<'_>, project: &Project, mut doubts: Vec<Problem>, name: &str) -> Result<Vec<ProblemView>> {
    doubts.extend(doubts::meant(desk, ask, project, name).await?);
    let books = desk.books(ask.office()).await?;
    Ok(doubts.iter().map(|p| ProblemView::say(p, ask.lang, &books)).collect())
}

fn version(new: &Dated, kept: &lantu_model::Evidence, ties: Vec<FileTie>, ask: Ask<'_>) -> Result<PlanFile> {
    let finish = format!("{:#}", new.schedule.finish);
    let activities = new.plan.activities.iter().filter(|a| !a.is_summary()).count();
    Ok(PlanFile {
        id: (ask.ids)().simple().to_string(),
        evidence: kept.id.clone(),
        name: kept.name.clone(),
        format: new.format.name().to_owned(),
        project: new.plan.id.clone(),
        read_on: ask.moment.day,
        data_date: new.plan.options.data_date.and_then(|d| format!("{d:#}").parse().ok()),
        finish: finish.parse().map_err(|_| AppError::refuse(Problem::block("bad_value").with("found", &finish)))?,
        activities: u32::try_from(activities).unwrap_or(u32::MAX),
        ties,
    })
}

/// What a version says, from memory where it was said before.
fn read_of(desk: &Desk, ask: Ask<'_>, (hash, new): (&str, &Dated), old: Option<(&str, &PlanFile, &Dated)>) -> Reading {
    let key = |hash: &str, plan: &str| -> Key { (hash.to_owned(), plan.to_owned()) };
    let key = (key(hash, &new.plan.id), old.map(|(hash, file, _)| key(hash, &file.project)), ask.lang);
    let read = desk.schedules.reading(&key).unwrap_or_else(|| {
        let read = tokio::task::block_in_place(|| {
            let before = old.map(|(_, _, dated)| dated.version());
            reading::reading(&new.version(), new.format, before.as_ref(), ask.lang)
        });
        desk.schedules.keep_reading(key, read)
    });
    let mut read = Reading::clone(&read);
    if let (Some(difference), Some((_, file, _))) = (&mut read.difference, old) {
        difference.against.clone_from(&file.id);
    }
    read
}

async fn bytes_of(desk: &Desk, project: &Project, file: &PlanFile) -> Result<bytes::Bytes> {
    let missing = || AppError::Store(StoreError::Damaged(format!("schedule {} has no bytes", file.id)));
    let kept = project.evidence_of(&file.evidence).ok_or_else(missing)?;
    desk.shelf.bytes(&kept.hash).await?.ok_or_else(missing)
}

/// A version of a project with its dates, from memory where it was read before.
async fn dated(desk: &Desk, ask: Ask<'_>, project: &Project, file: &PlanFile) -> Result<Arc<Dated>> {
    let key = (hash(project, file).unwrap_or_default().to_owned(), file.project.clone());
    if let Some(found) = desk.schedules.dated(&key) {
        return Ok(found);
    }
    let bytes = bytes_of(desk, project, file).await?;
    let read = tokio::task::block_in_place(|| -> Result<Dated> {
        let mut read = reading::read(&file.name, &bytes, ask.lang)?;
        let at = read.plans.iter().position(|p| p.id == file.project).ok_or(AppError::NotFound)?;
        Dated::of(&file.name, read.format, read.plans.swap_remove(at), ask.lang)
    })?;
    Ok(desk.schedules.keep(key, read))
}

/// A version within reach, with its project.
async fn version_of(desk: &Desk, ask: Ask<'_>, id: ProjectId, file: &str) -> Result<(Project, PlanFile)> {
    let project = evidence::seen(desk, ask, id, None).await?;
    let found = project.plan_file(file).ok_or(AppError::NotFound)?.clone();
    Ok((project, found))
}

/// What a kept version says, held against the one before it or another.
pub async fn show_reading(desk: &Desk, ask: Ask<'_>, id: ProjectId, file: &str, against: Option<&str>) -> Result<Reading> {
    let (project, found) = version_of(desk, ask, id, file).await?;
    let at = project.plan_files.iter().position(|f| f.id == found.id).unwrap_or_default();
    let before = match against {
        Some(other) => Some(project.plan_file(other).ok_or(AppError::NotFound)?),
        None => at.checked_sub(1).and_then(|at| project.plan_files.get(at)),
    };
    let new = dated(desk, ask, &project, &found).await?;
    let old = match before {
        Some(before) => Some((before, dated(desk, ask, &project, before).await?)),
        None => None,
    };
    let old = old.as_ref().and_then(|(b, d)| Some((hash(&project, b)?, *b, d.as_ref())));
    Ok(read_of(desk, ask, (hash(&project, &found).unwrap_or_default(), &new), old))
}

/// Says which rows are which steps of the plan.
pub async fn tie(desk: &Desk, ask: Ask<'_>, id: ProjectId, file: &str, tie: &[FileTie], untie: &[i64]) -> Result<Option<u64>> {
    evidence::change_anyway(desk, ask, id, |p| p.tie_file(file, tie, untie)).await
}

pub async fn remove_plan_file(desk: &Desk, ask: Ask<'_>, id: ProjectId, file: &str) -> Result<Option<u64>> {
    evidence::change_anyway(desk, ask, id, |p| p.remove_plan_file(file)).await
}
