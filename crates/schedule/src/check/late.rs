//! Late dates: what bounds a finish from above, and what explains it.
use super::Breaches;
use super::frame::{Frame, later, same};
use super::links::Bound;
use crate::{ConstraintKind, Detail, Instant, LinkKind, Progress};
use ConstraintKind::*;

pub(super) fn check(f: &Frame, at: usize, out: &mut Breaches) {
    if !f.is_in_network(at) {
        return;
    }
    let row = f.row(at);
    if f.is_finished(at) {
        return finished(f, at, out);
    }
    let mut bounds = f.bounds_backward(at);
    ends(f, at, &mut bounds);
    constraints(f, at, &mut bounds);
    // What is fixed, or must be on a date, keeps its late dates there whatever waits for it.
    let pinned = f.fixed(at).is_some() || is_mandatory(f, at) || f.is_external(at);
    if f.fixed(at).is_some() || f.is_external(at) {
        bounds.push(Bound::may(row.early_finish));
    }
    if pinned {
        bounds.iter_mut().for_each(|b| b.must = false);
    }
    if kept(f, at, &bounds, out) {
        explained(f, at, &bounds, out);
    }
    late_start(f, at, &bounds, out);
}

/// Finished work has no lateness: MS Project shows the actual dates; P6 leads late dates through it for the eye only.
fn finished(f: &Frame, at: usize, out: &mut Breaches) {
    let row = f.row(at);
    let Progress::Finished { start, finish, .. } = f.activity(at).worked() else { return };
    if f.is_p6() {
        return;
    }
    for (found, wanted) in [(row.late_start, start), (row.late_finish, finish)] {
        if found != wanted {
            out.instant("actual_moved", vec![f.uid(at)], found, &[wanted]);
        }
    }
}

fn is_mandatory(f: &Frame, at: usize) -> bool {
    let wins = f.is_p6() || f.options().honor_constraints;
    // P6's mandatory finish still holds for what remains of begun work.
    let starts = !f.is_started(at) && f.constraint_is(at, MustStartOn);
    let ends = (f.is_p6() || !f.is_started(at)) && f.constraint_is(at, MustFinishOn);
    wins && (starts || ends)
}

/// The end of the project.
fn ends(f: &Frame, at: usize, bounds: &mut Vec<Bound>) {
    let (o, row) = (f.options(), f.row(at));
    let open = bounds.is_empty();
    let may_be_open = bounds.iter().all(|b| !b.must);
    let to_own = if f.is_p6() { o.open_ended_critical } else { o.multiple_critical_paths };
    let mut ends = vec![match o.finish {
        Some(finish) if f.is_p6() || f.is_from_finish() => finish,
        _ => f.schedule.finish,
    }];
    if !f.is_p6() && f.has_alap() {
        // Work as late as possible may have pushed the end out after the late dates were found.
        ends.extend(f.late_ends());
    }
    // A date to finish by that is later than the end of the project becomes the late finish itself (MS Project).
    let beyond = !f.is_p6() && f.constraint_is(at, FinishNoLaterThan);
    if !(open && to_own) || f.is_p6() {
        ends.extend(ends.clone().iter().map(|end| f.hours(at).next_start(*end)));
        bounds.push(Bound { values: ends, must: !beyond, other: None });
    }
    if open && to_own {
        bounds.push(Bound { values: vec![row.early_finish], must: !f.has_alap(), other: None });
    }
    // Where work as late as possible pushed an open end out, its late finish is where it ended before that.
    if open && to_own && f.has_alap() {
        bounds.push(Bound::may(row.late_finish));
    }
    // Links from the start of begun work, or of a summary above, may not count: then it is open after all.
    if to_own && may_be_open {
        bounds.push(Bound::may(row.early_finish));
    }
    external_finish(f, at, bounds);
}

/// What another project lets it finish by (P6).
fn external_finish(f: &Frame, at: usize, bounds: &mut Vec<Bound>) {
    let date = f.detail(at).and_then(|d| d.external_late_finish).filter(|_| f.is_p6() && !f.options().ignore_external);
    bounds.extend(date.map(Bound::must));
}

fn constraints(f: &Frame, at: usize, bounds: &mut Vec<Bound>) {
    for summary in f.above(at) {
        if let Some(c) = f.activity(summary).constraint().filter(|c| matches!(c.kind, FinishNoLaterThan | MustFinishOn)) {
            bounds.push(Bound::may(c.date));
        }
        bounds.extend(f.fixed(summary).map(|x| x.finish).map(Bound::may));
    }
    if let Some(d) = f.detail(at) {
        own_constraints(f, at, d, bounds);
    }
}

fn own_constraints(f: &Frame, at: usize, d: &Detail, bounds: &mut Vec<Bound>) {
    let unstarted = !f.is_started(at);
    for c in [d.constraint, d.secondary].into_iter().flatten() {
        let values = match c.kind {
            StartNoLaterThan | StartOn | MustStartOn => vec![f.forth(at, c.date), f.forth(at, f.hours(at).next_start(c.date))],
            FinishNoLaterThan | FinishOn | MustFinishOn => vec![c.date],
            _ => continue,
        };
        let must = match c.kind {
            StartNoLaterThan => unstarted && (f.is_p6() || f.options().honor_constraints),
            FinishNoLaterThan => f.is_p6() || (unstarted && f.options().honor_constraints),
            StartOn => unstarted && f.is_p6(),
            FinishOn => f.is_p6(),
            _ => false,
        };
        bounds.push(Bound { values, must: must && f.is_plain(at), other: None });
    }
    bounds.extend(d.deadline.filter(|_| !f.is_p6()).map(Bound::must));
}

fn kept(f: &Frame, at: usize, bounds: &[Bound], out: &mut Breaches) -> bool {
    let found = f.row(at).late_finish;
    let mut kept = true;
    for bound in bounds.iter().filter(|b| b.must) {
        let Some(highest) = bound.highest().filter(|highest| later(found, *highest)) else { continue };
        kept = false;
        let mut uids = vec![f.uid(at)];
        let code = match bound.other {
            Some(s) => {
                uids.push(f.uid(s));
                "late_link_broken"
            }
            None if found > f.schedule.finish && f.options().finish.is_none_or(|d| found > d) => "late_beyond_finish",
            None => "late_bound_broken",
        };
        out.instant(code, uids, found, &[highest]);
    }
    kept
}

fn explained(f: &Frame, at: usize, bounds: &[Bound], out: &mut Breaches) {
    let found = f.row(at).late_finish;
    let hours = f.hours(at);
    let places = |v: Instant| [v, hours.previous_finish(v), if f.work(at).is_zero() { hours.next_start(v) } else { v }];
    if bounds.iter().flat_map(|b| &b.values).any(|v| places(*v).iter().any(|p| same(found, *p))) || !f.is_plain(at) {
        return;
    }
    let allowed: Vec<Instant> = bounds.iter().flat_map(|b| &b.values).map(|v| hours.previous_finish(*v)).collect();
    out.instant("late_finish_unexplained", vec![f.uid(at)], found, &allowed);
}

/// The late start: as much earlier as there is work; the actual start once there is one (MS Project).
fn late_start(f: &Frame, at: usize, bounds: &[Bound], out: &mut Breaches) {
    let (row, calendar) = (f.row(at), f.calendar(at));
    if !f.is_plain(at) {
        if row.late_start > row.late_finish {
            out.instant("late_start_wrong", vec![f.uid(at)], row.late_start, &[row.late_finish]);
        }
        return;
    }
    let back = calendar.add(row.late_finish, -f.work(at));
    let mut allowed = vec![back, f.hours(at).next_start(back)];
    if let Progress::Started { start, actual, remaining } = f.activity(at).worked()
        && !f.is_p6()
    {
        allowed.extend([start, calendar.add(row.late_finish, -remaining), calendar.add(row.late_finish, -(actual + remaining))]);
    }
    if f.fixed(at).is_some() {
        allowed.extend([row.early_start, row.late_finish - (row.early_finish - row.early_start)]);
        allowed.push(calendar.add(row.late_finish, -calendar.work_between(row.early_start, row.early_finish)));
    }
    if is_mandatory(f, at) {
        allowed.extend(f.activity(at).constraint().map(|c| c.date));
        allowed.push(row.early_start);
    }
    allowed.extend(starts_kept(f, at, bounds).into_iter().filter(|v| calendar.work_between(*v, back).as_seconds().abs() < 60));
    if !allowed.iter().any(|v| same(row.late_start, *v)) {
        out.instant("late_start_wrong", vec![f.uid(at)], row.late_start, &allowed);
    }
}

/// Late starts that links from the start gave; they are kept as they are, not counted back from the finish.
fn starts_kept(f: &Frame, at: usize, bounds: &[Bound]) -> Vec<Instant> {
    let from_start = f.out_of(at).filter(|l| matches!(l.kind, LinkKind::StartStart | LinkKind::StartFinish));
    let mut starts = vec![];
    for link in from_start {
        let (lag, calendar) = f.lag(link, link.successor.at());
        for tied in f.late_dates_of_successor(link) {
            for lag in f.lags_left(link, lag, calendar) {
                let value = calendar.add(tied, -lag);
                starts.extend([value, f.hours(at).next_start(value), f.hours(at).previous_finish(value)]);
            }
        }
    }
    if f.work(at).is_zero() {
        starts.extend(bounds.iter().flat_map(|b| &b.values).copied());
    }
    starts
}
