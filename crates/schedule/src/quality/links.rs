//! Our own checks of links.
use super::scope::Scope;
use super::{Finding, Limit};
use crate::{Lag, Link, LinkKind, Progress};

pub(super) fn check(s: &Scope) -> Vec<Finding> {
    vec![
        of_links(s, "links_to_summaries", |l| s.activity(l.predecessor.at()).is_summary() || s.activity(l.successor.at()).is_summary()),
        duplicated(s),
        redundant(s),
        out_of_sequence(s),
        of_links(s, "lags_between_calendars", |l| lags_between_calendars(s, l)),
        of_links(s, "long_lags", |l| s.lag(l) > s.options.long_lag),
    ]
}

fn of_links(s: &Scope, code: &'static str, is_found: impl Fn(&Link) -> bool) -> Finding {
    named(s, code, s.open_links().filter(|l| is_found(l)).map(|l| l.successor.at()).collect())
}

fn named(s: &Scope, code: &'static str, mut rows: Vec<usize>) -> Finding {
    let count = rows.len();
    rows.sort_unstable();
    Finding::counted(code, count, s.uids(rows.into_iter()), s.open_links().count(), Limit::None)
}

/// A lag of work between two calendars means another length on each.
fn lags_between_calendars(s: &Scope, link: &Link) -> bool {
    let of_work = matches!(link.lag, Lag::Work(_) | Lag::Percent(_)) && !s.lag(link).is_zero();
    of_work && s.activity(link.predecessor.at()).calendar != s.activity(link.successor.at()).calendar
}

/// The same ends of the same two activities, tied more than once.
fn duplicated(s: &Scope) -> Finding {
    let mut ties: Vec<(u32, u32, u8)> = s.open_links().map(|l| (l.successor.0, l.predecessor.0, l.kind as u8)).collect();
    ties.sort_unstable();
    let found = ties.windows(2).filter(|p| p[0] == p[1]).map(|p| p[0].0 as usize).collect();
    named(s, "duplicated_links", found)
}

/// So many rows are looked at behind each predecessor.
const LOOKED_AT: usize = 200;

/// Finish to start, where other predecessors wait for the same one: the link says nothing that they do not.
fn redundant(s: &Scope) -> Finding {
    let mut found = vec![];
    for at in s.open_activities() {
        let plain: Vec<usize> = s.links_into(at).filter(|l| is_plain(l)).map(|l| l.predecessor.at()).collect();
        if plain.len() < 2 {
            continue;
        }
        for p in &plain {
            let others = plain.iter().filter(|q| *q != p);
            if others.into_iter().any(|q| waits_for(s, *q, *p)) {
                found.push(at);
            }
        }
    }
    named(s, "redundant_links", found)
}

fn is_plain(link: &Link) -> bool {
    link.kind == LinkKind::FinishStart && link.lag == Lag::NONE
}

/// Whether `late` waits for `early` through plain links, as far as is looked.
fn waits_for(s: &Scope, late: usize, early: usize) -> bool {
    let (mut open, mut looked) = (vec![late], 0);
    while let Some(at) = open.pop() {
        for p in s.links_into(at).filter(|l| is_plain(l)).map(|l| l.predecessor.at()) {
            looked += 1;
            if p == early {
                return true;
            }
            // Whoever ends before `early` does cannot wait for it.
            if looked < LOOKED_AT && s.row(p).early_finish >= s.row(early).early_finish {
                open.push(p);
            }
        }
        if looked >= LOOKED_AT {
            return false;
        }
    }
    false
}

/// Work that began, or ended, before its links let it.
fn out_of_sequence(s: &Scope) -> Finding {
    let is_found = |l: &&Link| {
        let (p, to) = (s.progress(l.predecessor.at()), s.progress(l.successor.at()));
        let started = |x: Progress| !matches!(x, Progress::NotStarted);
        let done = |x: Progress| matches!(x, Progress::Finished { .. });
        let (begun_at, done_at) = match p {
            Progress::NotStarted => (None, None),
            Progress::Started { start, .. } => (Some(start), None),
            Progress::Finished { start, finish, .. } => (Some(start), Some(finish)),
        };
        let (start, finish) = match to {
            Progress::NotStarted => return false,
            Progress::Started { start, .. } => (start, None),
            Progress::Finished { start, finish, .. } => (start, Some(finish)),
        };
        let lead = s.lag(l).is_negative();
        match l.kind {
            LinkKind::FinishStart => !lead && (!done(p) || done_at.is_some_and(|f| f > start)),
            LinkKind::StartStart => !lead && (!started(p) || begun_at.is_some_and(|b| b > start)),
            LinkKind::FinishFinish => !lead && done(to) && (!done(p) || done_at > finish),
            LinkKind::StartFinish => !lead && done(to) && (!started(p) || begun_at > finish),
        }
    };
    let known = |l: &&Link| l.predecessor.at() < s.into.len() && l.successor.at() < s.into.len();
    let all = || s.network.links.iter().filter(known).filter(|l| s.is_activity(l.predecessor.at()) && s.is_activity(l.successor.at()));
    let mut rows: Vec<usize> = all().filter(is_found).map(|l| l.successor.at()).collect();
    let count = rows.len();
    rows.sort_unstable();
    Finding::counted("out_of_sequence", count, s.uids(rows.into_iter()), all().count(), Limit::None)
}
