//! Our own checks of activities.
use super::scope::Scope;
use super::{Finding, Limit};
use crate::{ConstraintKind, Critical, Kind, LinkKind, Progress, Span};

pub(super) fn check(s: &Scope) -> Vec<Finding> {
    vec![
        open_ends(s),
        dangling(s, true),
        dangling(s, false),
        riding_data_date(s),
        idle_constraints(s),
        near_critical(s),
        milestones_with_duration(s),
        missing_baseline(s),
    ]
}

fn activities(s: &Scope, code: &'static str, is_found: impl Fn(usize) -> bool) -> Finding {
    let found = s.uids(s.open_activities().filter(|at| is_found(*at)));
    Finding::share(code, found, s.open_activities().count(), Limit::None)
}

/// Nothing before it, or nothing after it, milestones too; but for the project's first and last.
fn open_ends(s: &Scope) -> Finding {
    let first = s.open_activities().filter(|at| s.into[*at] == 0).min_by_key(|at| (s.row(*at).early_start, s.uid(*at)));
    let last = s.open_activities().filter(|at| s.out_of[*at] == 0).max_by_key(|at| (s.row(*at).early_finish, -s.uid(*at)));
    activities(s, "open_ends", |at| (s.into[at] == 0 && Some(at) != first) || (s.out_of[at] == 0 && Some(at) != last))
}

/// Predecessors hold only its finish, or successors only its start: longer or shorter work changes nothing.
fn dangling(s: &Scope, start: bool) -> Finding {
    let mut tied = vec![false; s.network.activities.len()];
    let mut linked = tied.clone();
    for link in s.open_links() {
        let at = if start { link.successor.at() } else { link.predecessor.at() };
        linked[at] = true;
        tied[at] |= match (start, link.kind) {
            (true, kind) => matches!(kind, LinkKind::FinishStart | LinkKind::StartStart),
            (false, kind) => matches!(kind, LinkKind::FinishStart | LinkKind::FinishFinish),
        };
    }
    let code = if start { "dangling_starts" } else { "dangling_finishes" };
    activities(s, code, |at| linked[at] && !tied[at] && s.is_task(at))
}

/// Unstarted work that begins at the data date because nothing that is still to do holds it: each update moves it on.
fn riding_data_date(s: &Scope) -> Finding {
    let Some(status) = s.status() else { return activities(s, "riding_data_date", |_| false) };
    let begins = |at: usize| {
        let hours = s.network.calendars.get(s.activity(at).calendar.at());
        hours.is_some_and(|h| s.row(at).early_start == h.next_start(status.max(s.network.options.start)))
    };
    let free = |at: usize| s.links_into(at).all(|l| s.is_done(l.predecessor.at()));
    let begun = s.network.activities.iter().any(|a| a.worked() != Progress::NotStarted);
    activities(s, "riding_data_date", |at| begun && s.progress(at) == Progress::NotStarted && begins(at) && free(at))
}

/// Dates that bound nothing: the logic is later than the earliest, or earlier than the latest date allowed.
fn idle_constraints(s: &Scope) -> Finding {
    use ConstraintKind::*;
    let is_idle = |at: usize| {
        let (row, Some(c)) = (s.row(at), s.activity(at).constraint()) else { return false };
        let hours = s.network.calendars.get(s.activity(at).calendar.at());
        let Some(hours) = hours.filter(|_| s.progress(at) == Progress::NotStarted) else { return false };
        match c.kind {
            StartNoEarlierThan => row.early_start > hours.next_start(c.date),
            FinishNoEarlierThan => hours.work_between(c.date, row.early_finish).is_positive(),
            StartNoLaterThan => hours.work_between(row.late_start, c.date).is_positive(),
            FinishNoLaterThan => hours.work_between(row.late_finish, c.date).is_positive(),
            _ => false,
        }
    };
    activities(s, "idle_constraints", is_idle)
}

/// How much hangs just below the critical path.
fn near_critical(s: &Scope) -> Finding {
    let limit = match s.network.options.critical {
        Critical::FloatAtMost(limit) => limit,
        Critical::LongestPath => Span::ZERO,
    };
    activities(s, "near_critical", |at| {
        let float = s.row(at).total_float;
        !s.row(at).critical && float > limit && float <= limit + s.options.near_critical
    })
}

/// What is called a milestone takes no time.
fn milestones_with_duration(s: &Scope) -> Finding {
    let is_milestone = |at: usize| {
        matches!(s.activity(at).kind, Kind::StartMilestone | Kind::FinishMilestone) || s.detail(at).is_some_and(|d| d.milestone)
    };
    activities(s, "milestones_with_duration", |at| is_milestone(at) && s.activity(at).duration.is_positive())
}

/// What nothing was agreed for.
fn missing_baseline(s: &Scope) -> Finding {
    let none = s.options.baseline.is_none();
    activities(s, "missing_baseline", |at| none || s.baseline(at).is_none())
}
