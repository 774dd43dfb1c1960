//! 施工单位进度计划: schedules that contractors send, version by version, beside the project's own plan.
mod reading;
mod rows;
mod view;

pub use rows::plan_file_rows;
pub use view::*;

use crate::{
    AppError,
    desk::{Ask, Desk},
    error::Result,
    evidence::{self, Incoming, Told},
    view::ProblemView,
};
use lantu_model::{FileTie, PlanFile, Problem, Project, ProjectId};
use lantu_planfile::{Format, Version};
use lantu_store::StoreError;

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
    let bytes = bytes.unwrap_or_default();
    let before = match project.plan_files.last() {
        Some(last) => Some((last.clone(), bytes_of(desk, &project, last).await?)),
        None => None,
    };
    // What is computed needs no waiting for, but others wait for the thread it is computed on.
    let (mut received, version) = tokio::task::block_in_place(|| look(&kept.name, &bytes, &project, before.as_ref(), sent, ask, &kept.id))?;
    let Some(version) = version.filter(|_| !sent.preview) else { return received.said(desk, ask).await };
    received.received.feed = evidence::change_anyway(desk, ask, id, |p| Ok(p.add_plan_file(kept.clone(), version.clone()))).await?;
    received.received.file = Some(version);
    received.said(desk, ask).await
}

/// A look with its doubts not yet in words.
struct Looked {
    received: Received,
    doubts: Vec<Problem>,
}

impl Looked {
    async fn said(mut self, desk: &Desk, ask: Ask<'_>) -> Result<Received> {
        let books = desk.books(ask.office()).await?;
        self.received.doubts = self.doubts.iter().map(|p| ProblemView::say(p, ask.lang, &books)).collect();
        Ok(self.received)
    }
}

type Before = (PlanFile, bytes::Bytes);

fn look(
    name: &str,
    bytes: &[u8],
    project: &Project,
    before: Option<&Before>,
    sent: &Sent,
    ask: Ask<'_>,
    evidence: &str,
) -> Result<(Looked, Option<PlanFile>)> {
    let file = reading::read(name, bytes, ask.lang)?;
    let choices = reading::choices(&file);
    let wanted = sent.project.clone().or_else(|| before.map(|(b, _)| b.project.clone()).filter(|p| choices.iter().any(|c| &c.id == p)));
    let only = choices.first().filter(|_| choices.len() == 1).map(|c| c.id.clone());
    let plan = wanted.or(only).and_then(|id| file.plans.iter().find(|p| p.id == id));
    let Some(plan) = plan else {
        let received = Received { feed: None, file: None, choose: choices, doubts: vec![], reading: None };
        return Ok((Looked { received, doubts: vec![] }, None));
    };
    let now = reading::dated(name, plan, ask.lang)?;
    // The version before was read once; should it not be read any more, the new one is told without it.
    let old_file = before.and_then(|(b, bytes)| Some((b, reading::read(&b.name, bytes, ask.lang).ok()?)));
    let old_plan = old_file.as_ref().and_then(|(b, f)| Some((b, f.plans.iter().find(|p| p.id == b.project)?)));
    let old = old_plan.and_then(|(b, p)| Some((b, Version::of(p).ok()?)));
    let doubts = reading::doubts(project, plan, old.as_ref().map(|(_, v)| v), &now);
    let format = file.format.name();
    let read = reading::reading(&now, format, old.as_ref().map(|(b, v)| (b.id.as_str(), v)), ask);
    let settled = doubts.is_empty() || sent.confirmed;
    let version = PlanFile {
        id: (ask.ids)().simple().to_string(),
        evidence: evidence.to_owned(),
        name: name.to_owned(),
        format: format.to_owned(),
        project: plan.id.clone(),
        read_on: ask.moment.day,
        data_date: read.data_date.as_deref().and_then(|d| d.parse().ok()),
        finish: read.finish.parse().map_err(|_| AppError::refuse(Problem::block("bad_value").with("found", &read.finish)))?,
        activities: u32::try_from(read.activities).unwrap_or(u32::MAX),
        ties: old.as_ref().map(|(b, v)| carried(&b.ties, v, &now)).unwrap_or_default(),
    };
    let received = Received { feed: None, file: None, choose: vec![], doubts: vec![], reading: Some(read) };
    Ok((Looked { received, doubts: if settled { vec![] } else { doubts } }, settled.then_some(version)))
}

/// Ties go on to the rows that are the same in the new version.
fn carried(ties: &[FileTie], old: &Version<'_>, new: &Version<'_>) -> Vec<FileTie> {
    if ties.is_empty() {
        return vec![];
    }
    let pairs = lantu_planfile::compare_versions(old, new).pairs;
    let uid = |plan: &lantu_planfile::Plan, at: usize| plan.activities.get(at).map(|a| a.uid);
    let now = |before: i64| {
        let pair = pairs.iter().find(|p| uid(old.plan, p.old.at()) == Some(before))?;
        uid(new.plan, pair.new.at())
    };
    ties.iter().filter_map(|t| Some(FileTie { uid: now(t.uid)?, activity: t.activity.clone() })).collect()
}

async fn bytes_of(desk: &Desk, project: &Project, file: &PlanFile) -> Result<bytes::Bytes> {
    let missing = || AppError::Store(StoreError::Damaged(format!("schedule {} has no bytes", file.id)));
    let kept = project.evidence_of(&file.evidence).ok_or_else(missing)?;
    desk.shelf.bytes(&kept.hash).await?.ok_or_else(missing)
}

/// A version within reach, with its bytes.
async fn version_of(desk: &Desk, ask: Ask<'_>, id: ProjectId, file: &str) -> Result<(Project, PlanFile, bytes::Bytes)> {
    let project = evidence::seen(desk, ask, id, None).await?;
    let found = project.plan_file(file).ok_or(AppError::NotFound)?.clone();
    let bytes = bytes_of(desk, &project, &found).await?;
    Ok((project, found, bytes))
}

/// What a kept version says, held against the one before it or another.
pub async fn show_reading(desk: &Desk, ask: Ask<'_>, id: ProjectId, file: &str, against: Option<&str>) -> Result<Reading> {
    let (project, found, bytes) = version_of(desk, ask, id, file).await?;
    let at = project.plan_files.iter().position(|f| f.id == found.id).unwrap_or_default();
    let before = match against {
        Some(other) => Some(project.plan_file(other).ok_or(AppError::NotFound)?),
        None => at.checked_sub(1).and_then(|at| project.plan_files.get(at)),
    };
    let before = match before {
        Some(b) => Some((b.clone(), bytes_of(desk, &project, b).await?)),
        None => None,
    };
    let sent = Sent { project: Some(found.project.clone()), confirmed: true, preview: true };
    let (looked, _) = tokio::task::block_in_place(|| look(&found.name, &bytes, &project, before.as_ref(), &sent, ask, &found.evidence))?;
    looked.received.reading.ok_or(AppError::NotFound)
}

/// The file as it came, or in another format with what that cannot hold.
pub async fn export(
    desk: &Desk,
    ask: Ask<'_>,
    id: ProjectId,
    file: &str,
    format: Option<&str>,
) -> Result<(String, bytes::Bytes, Vec<Said>)> {
    let (_, found, bytes) = version_of(desk, ask, id, file).await?;
    let unknown = |f: &str| AppError::refuse(Problem::block("bad_value").at("format").with("found", f));
    let to = format.unwrap_or(&found.format);
    if to == found.format {
        return Ok((found.name, bytes, vec![]));
    }
    let to = Format::ALL.into_iter().find(|f| f.name() == to).ok_or_else(|| unknown(to))?;
    let mut read = reading::read(&found.name, &bytes, ask.lang)?;
    let at = read.plans.iter().position(|p| p.id == found.project).ok_or(AppError::NotFound)?;
    read.keep_only(at);
    let written = lantu_planfile::write(&read, to).map_err(|_| unknown(to.name()))?;
    let stem = found.name.rsplit_once('.').map_or(found.name.as_str(), |(stem, _)| stem);
    Ok((format!("{stem}.{}", to.extension()), written.bytes.into(), reading::losses(&written.losses, ask.lang)))
}

/// Says which rows are which steps of the plan.
pub async fn tie(desk: &Desk, ask: Ask<'_>, id: ProjectId, file: &str, tie: &[FileTie], untie: &[i64]) -> Result<Option<u64>> {
    evidence::change_anyway(desk, ask, id, |p| p.tie_file(file, tie, untie)).await
}

pub async fn remove_plan_file(desk: &Desk, ask: Ask<'_>, id: ProjectId, file: &str) -> Result<Option<u64>> {
    evidence::change_anyway(desk, ask, id, |p| p.remove_plan_file(file)).await
}
