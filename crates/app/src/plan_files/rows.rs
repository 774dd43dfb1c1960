//! The rows of a schedule, paged for the map.
use super::{
    kept::Dated,
    view::{FileLink, FileRow, FileRows},
};
use crate::{
    desk::{Ask, Desk},
    error::Result,
};
use lantu_model::{PlanFile, ProjectId};
use lantu_planfile::Plan;
use lantu_schedule::{Instant, Kind, LinkKind};

const PAGE: usize = 2000;
/// Deeper rows say the first of those above them.
const DEPTH: usize = 32;

pub async fn plan_file_rows(desk: &Desk, ask: Ask<'_>, id: ProjectId, file: &str, from: usize, limit: usize) -> Result<FileRows> {
    let (project, found) = super::version_of(desk, ask, id, file).await?;
    let dated = super::dated(desk, ask, &project, &found).await?;
    let total = dated.plan.activities.len();
    let last = total.min(from.saturating_add(limit.min(PAGE)));
    let rows = (from..last).filter_map(|at| row(&dated, at, &found)).collect();
    let links = if from == 0 { links(&dated.plan) } else { vec![] };
    Ok(FileRows { file: found, total, rows, links })
}

fn row(dated: &Dated, at: usize, file: &PlanFile) -> Option<FileRow> {
    let plan = &dated.plan;
    let (activity, label, stored, dates) =
        (plan.activities.get(at)?, plan.labels.get(at)?, plan.stored.get(at)?, dated.schedule.rows.get(at)?);
    let said = |i: Option<Instant>| i.map(|i| format!("{i:#}"));
    let milestone = matches!(activity.kind, Kind::StartMilestone | Kind::FinishMilestone)
        || (activity.kind == Kind::Task && activity.duration.as_seconds() == 0);
    Some(FileRow {
        uid: activity.uid,
        code: label.code.clone(),
        name: label.name.clone(),
        path: path(plan, at),
        summary: activity.is_summary(),
        milestone,
        start: format!("{:#}", dates.start),
        finish: format!("{:#}", dates.finish),
        baseline_start: said(stored.baseline_start),
        baseline_finish: said(stored.baseline_finish),
        float: dates.total_float.as_seconds() / 60,
        critical: dates.critical,
        percent: stored.percent_complete,
        activity: file.ties.iter().find(|t| t.uid == activity.uid && !activity.is_summary()).map(|t| t.activity.clone()),
    })
}

fn path(plan: &Plan, at: usize) -> Vec<String> {
    let above = |at: usize| plan.activities.get(at).and_then(|a| a.parent).map(|p| p.at());
    let mut path: Vec<String> = std::iter::successors(above(at), |at| above(*at))
        .take(DEPTH)
        .filter_map(|at| plan.labels.get(at).map(|l| l.name.clone()))
        .collect();
    path.reverse();
    path
}

fn links(plan: &Plan) -> Vec<FileLink> {
    let uid = |at: usize| plan.activities.get(at).map(|a| a.uid);
    let ends = |kind| match kind {
        LinkKind::FinishStart => "FS",
        LinkKind::StartStart => "SS",
        LinkKind::FinishFinish => "FF",
        LinkKind::StartFinish => "SF",
    };
    let link = |l: &lantu_schedule::Link| {
        Some(FileLink { from: uid(l.predecessor.at())?, to: uid(l.successor.at())?, ends: ends(l.kind).to_owned() })
    };
    plan.links.iter().filter_map(link).collect()
}
