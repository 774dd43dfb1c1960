//! Early dates, and the dates shown: what bounds a start, and what explains it.
use super::Breaches;
use super::frame::{Frame, earlier, later, same};
use super::links::Bound;
use crate::{Constraint, ConstraintKind, Instant, Kind, Progress, ProgressLogic, Span};
use ConstraintKind::*;

pub(super) fn check(f: &Frame, at: usize, out: &mut Breaches) {
    if !f.is_in_network(at) {
        return;
    }
    if f.fixed(at).is_some() {
        return fixed(f, at, out);
    }
    match f.activity(at).worked() {
        Progress::Finished { start, finish, .. } => finished(f, at, (start, finish), out),
        Progress::Started { start, .. } => started(f, at, start, out),
        Progress::NotStarted => {
            start_of_work(f, at, out);
            finish_of_work(f, at, out);
            shown(f, at, out);
        }
    }
}

/// Dates that hold whatever the network says; what has happened holds even more.
fn fixed(f: &Frame, at: usize, out: &mut Breaches) {
    let (Some(fixed), row) = (f.fixed(at), f.row(at)) else { return };
    let (mut starts, mut finishes) = (vec![fixed.start], vec![fixed.finish]);
    match f.activity(at).worked() {
        Progress::NotStarted => {}
        Progress::Started { start, .. } => {
            starts.push(start);
            finishes.extend(finishes_of_begun(f, at, start));
        }
        Progress::Finished { start, finish, .. } => {
            starts.push(start);
            finishes.push(finish);
        }
    }
    for (found, wanted) in [(row.early_start, &starts), (row.start, &starts), (row.early_finish, &finishes), (row.finish, &finishes)] {
        if !wanted.contains(&found) {
            out.instant("fixed_moved", vec![f.uid(at)], found, wanted);
        }
    }
}

fn actual(f: &Frame, at: usize, found: Instant, wanted: Instant, out: &mut Breaches) {
    if found != wanted {
        out.instant("actual_moved", vec![f.uid(at)], found, &[wanted]);
    }
}

fn finished(f: &Frame, at: usize, (start, finish): (Instant, Instant), out: &mut Breaches) {
    let row = f.row(at);
    actual(f, at, row.start, start, out);
    actual(f, at, row.finish, finish, out);
    if !f.is_p6() {
        actual(f, at, row.early_start, start, out);
        actual(f, at, row.early_finish, finish, out);
        return;
    }
    // P6 puts the early dates of finished work on the data date, or where its logic leads after that.
    let mut bounds = f.bounds_forward(at);
    bounds.extend(f.data_date().map(Bound::must));
    bounds.extend([start, finish].map(Bound::may));
    for p in f.into(at).map(|l| l.predecessor.at()) {
        bounds.extend([f.row(p).early_start, f.row(p).early_finish].map(Bound::may));
    }
    let stands = bounds.iter().any(|b| b.values.contains(&row.early_start));
    let past = stands && f.data_date().is_none_or(|d| row.early_start >= d || f.options().progress == ProgressLogic::ActualDates);
    explain(f, at, &bounds, past, out);
    if row.early_finish != row.early_start && row.early_finish != finish {
        out.instant("finish_wrong", vec![f.uid(at)], row.early_finish, &[row.early_start]);
    }
}

fn started(f: &Frame, at: usize, start: Instant, out: &mut Breaches) {
    let row = f.row(at);
    actual(f, at, row.start, start, out);
    if row.finish != row.early_finish {
        out.instant("shown_dates_wrong", vec![f.uid(at)], row.finish, &[row.early_finish]);
    }
    if f.is_p6() {
        start_of_work(f, at, out);
        return finish_of_work(f, at, out);
    }
    actual(f, at, row.early_start, start, out);
    if !f.is_plain(at) && f.detail(at).is_none_or(|d| d.splits.is_empty()) {
        return ordered(f, at, out);
    }
    let finishes = finishes_of_begun(f, at, start);
    if !finishes.iter().any(|v| same(row.early_finish, *v)) {
        out.instant("finish_wrong", vec![f.uid(at)], row.early_finish, &finishes);
    }
}

/// MS Project: begun work goes on from its start, or goes on in one piece after its stop, its resume date, its last
/// split or a late predecessor.
fn finishes_of_begun(f: &Frame, at: usize, start: Instant) -> Vec<Instant> {
    let (a, calendar) = (f.activity(at), f.calendar(at));
    let Progress::Started { remaining, actual, .. } = a.worked() else { return vec![] };
    let mut finishes = vec![calendar.add(start, a.duration), calendar.add(start, actual + remaining)];
    let mut goes_on = |from: Instant| finishes.push(calendar.add(f.hours(at).next_start(from), remaining));
    if let Some(d) = f.detail(at) {
        d.resume.iter().chain(&d.stop).for_each(|from| goes_on(*from));
        if let Some((from, to)) = d.splits.last() {
            goes_on(*from);
            finishes.push(*to);
        }
    }
    if f.options().split_in_progress {
        f.bounds_forward(at)
            .iter()
            .flat_map(|b| &b.values)
            .for_each(|v| finishes.push(calendar.add(f.hours(at).next_start(*v), remaining)));
    }
    if let Some(Constraint { kind: FinishNoEarlierThan | MustFinishOn, date }) = a.constraint() {
        finishes.extend([date, f.hours(at).previous_finish(date)]);
    }
    finishes
}

fn ordered(f: &Frame, at: usize, out: &mut Breaches) {
    let row = f.row(at);
    if row.early_finish < row.early_start {
        out.instant("finish_wrong", vec![f.uid(at)], row.early_finish, &[row.early_start]);
    }
}

/// Where a start may be put that is bounded by `value`: at the next work, or, without work, where it is.
pub(super) fn placed(f: &Frame, at: usize, value: Instant) -> Vec<Instant> {
    let mut places = vec![f.hours(at).next_start(value)];
    let a = f.activity(at);
    if a.elapsed || (f.work(at).is_zero() && a.kind != Kind::StartMilestone) {
        places.push(value);
    }
    if let Some(d) = f.detail(at) {
        for s in d.assignments.iter().filter(|s| s.drives) {
            let hours = &f.network.calendars[s.calendar.at()];
            places.extend([hours.next_start(value), hours.next_start(places[0])]);
        }
        for delay in d.leveling_delay.iter() {
            let delayed: Vec<_> =
                places.iter().map(|p| if delay.elapsed { *p + delay.span } else { f.hours(at).add(*p, delay.span) }).collect();
            places.extend(delayed.into_iter().flat_map(|p| [p, f.hours(at).next_start(p)]));
        }
    }
    places
}

fn is_placed(f: &Frame, at: usize, found: Instant, values: &[Instant]) -> bool {
    values.iter().any(|v| placed(f, at, *v).iter().any(|p| same(found, *p)))
}

/// The early start of unstarted work, or of what P6 has left to do.
fn start_of_work(f: &Frame, at: usize, out: &mut Breaches) {
    let begun = f.is_started(at);
    let mut bounds = f.bounds_forward(at);
    let tied = !bounds.is_empty();
    let floor = if begun { f.data_date().unwrap_or(f.options().start) } else { f.floor() };
    let asked_before = f.activity(at).constraint().is_some_and(|c| earlier(c.date, floor) || by_finish(c.kind));
    bounds.push(Bound { values: vec![floor], must: f.is_p6() || !(tied || asked_before), other: None });
    constraints(f, at, &mut bounds);
    let pinned = pin(f, at, out);
    let past = f.is_p6() && begun && f.options().progress == ProgressLogic::ActualDates;
    if past {
        if let Progress::Started { start, .. } = f.activity(at).worked() {
            bounds.push(Bound::may(start));
        }
        for bound in &mut bounds {
            bound.must = false;
        }
    }
    explain(f, at, &bounds, pinned, out);
}

/// What other than links bounds a start.
fn constraints(f: &Frame, at: usize, bounds: &mut Vec<Bound>) {
    let unstarted = !f.is_started(at);
    let row = f.row(at);
    let d = f.detail(at);
    let own = d.iter().flat_map(|d| d.constraint.map(|c| (c, true)).into_iter().chain(d.secondary.map(|c| (c, false))));
    for (c, primary) in own {
        let later_of = match c.kind {
            StartNoEarlierThan => true,
            FinishNoEarlierThan => f.is_plain(at),
            StartOn => f.is_p6(),
            FinishOn => f.is_p6() && f.is_plain(at),
            _ => false,
        };
        let value = if by_finish(c.kind) { f.back(at, c.date) } else { c.date };
        let mut values = vec![value];
        if by_finish(c.kind) {
            values.extend([f.back(at, f.hours(at).previous_finish(c.date)), f.hours(at).next_start(value)]);
        }
        if c.kind != AsLateAsPossible {
            bounds.push(Bound { values, must: later_of && primary && unstarted, other: None });
        }
    }
    for summary in f.above(at) {
        if let Some(Constraint { kind: StartNoEarlierThan | MustStartOn, date }) = f.activity(summary).constraint() {
            bounds.push(Bound::may(date));
        }
        if let Some(fixed) = f.fixed(summary) {
            bounds.push(Bound::may(fixed.start));
        }
    }
    if let Some(d) = d {
        if let Some(date) = d.external_early_start {
            bounds.push(Bound { values: vec![date], must: unstarted && f.is_p6() && !f.options().ignore_external, other: None });
        }
        if let Some(date) = d.resume.filter(|_| f.is_p6() && !unstarted) {
            bounds.push(Bound::must(date));
        }
    }
    if f.is_alap(at) && f.is_p6() {
        bounds.extend(before_successors(f, at).into_iter().map(Bound::may));
    } else if f.is_alap(at) || f.is_from_finish() {
        bounds.push(Bound::may(row.late_start));
    }
}

fn by_finish(kind: ConstraintKind) -> bool {
    matches!(kind, FinishNoEarlierThan | FinishNoLaterThan | FinishOn | MustFinishOn)
}

/// P6's work as late as possible ends just before the first that waits for it.
fn before_successors(f: &Frame, at: usize) -> Vec<Instant> {
    use crate::LinkKind::*;
    let mut starts = vec![];
    for link in f.out_of(at) {
        let s = link.successor.at();
        let (lag, calendar) = f.lag(link, s);
        let to_start = matches!(link.kind, FinishStart | StartStart);
        let row = f.row(s);
        for tied in [if to_start { row.early_start } else { row.early_finish }, if to_start { row.late_start } else { row.late_finish }] {
            let value = calendar.add(tied, -lag);
            match link.kind {
                FinishStart | FinishFinish => starts.extend([f.back(at, value), f.back(at, f.hours(at).previous_finish(value))]),
                StartStart | StartFinish => starts.extend([value, f.hours(at).next_start(value), f.hours(at).previous_finish(value)]),
            }
        }
    }
    for finish in [Some(f.schedule.finish), f.options().finish, Some(f.row(at).late_finish)].into_iter().flatten() {
        starts.extend([f.back(at, finish), f.back(at, f.hours(at).previous_finish(finish))]);
    }
    starts.push(f.row(at).late_start);
    starts
}

/// Whether a constraint that wins over links decides the start; reports it when it should and does not.
fn pin(f: &Frame, at: usize, out: &mut Breaches) -> bool {
    let (row, Some(c)) = (f.row(at), f.activity(at).constraint()) else { return false };
    let wins = match c.kind {
        MustStartOn | MustFinishOn => f.is_p6() || f.options().honor_constraints,
        StartNoLaterThan | FinishNoLaterThan => !f.is_p6() && f.options().honor_constraints,
        _ => false,
    };
    if !wins || f.is_started(at) {
        return false;
    }
    let mut values = vec![c.date];
    if by_finish(c.kind) {
        values = vec![f.back(at, c.date), f.back(at, f.hours(at).previous_finish(c.date))];
    }
    if !f.is_plain(at) {
        // Work shaped by resources: the date itself is held, its other end is not known.
        let (held, start) = if by_finish(c.kind) { (row.early_finish, false) } else { (row.early_start, true) };
        let moved = if start { f.hours(at).next_start(c.date) } else { f.hours(at).previous_finish(c.date) };
        return held == c.date || held == moved;
    }
    let pinned = is_placed(f, at, row.early_start, &values) || values.contains(&row.early_start);
    let latest = values.iter().flat_map(|v| placed(f, at, *v)).max().unwrap_or(c.date);
    let broken = match c.kind {
        MustStartOn | MustFinishOn => !pinned,
        _ => later(row.early_start, latest),
    };
    if broken {
        out.instant("constraint_broken", vec![f.uid(at)], row.early_start, &values);
    }
    pinned || broken
}

/// All bounds are kept, unless something that wins over them decides, and one of them explains the start.
fn explain(f: &Frame, at: usize, bounds: &[Bound], pinned: bool, out: &mut Breaches) {
    if pinned {
        return;
    }
    let found = f.row(at).early_start;
    let mut kept = true;
    for bound in bounds.iter().filter(|b| b.must) {
        let Some(lowest) = bound.lowest().filter(|lowest| earlier(found, *lowest)) else { continue };
        kept = false;
        let mut uids = vec![f.uid(at)];
        let code = match bound.other {
            Some(p) => {
                uids.push(f.uid(p));
                "link_broken"
            }
            None if f.data_date().is_some_and(|d| found < d) => "remaining_before_data_date",
            None if found < f.floor() => "start_too_early",
            None => "constraint_broken",
        };
        out.instant(code, uids, found, &[lowest]);
    }
    // P6 moves as-late-as-possible work up to its successors after they were placed: it no longer shows where they come from.
    let moved = |b: &Bound| f.is_p6() && b.other.is_some_and(|p| f.is_alap(p));
    if !kept || !f.is_plain(at) || bounds.iter().any(moved) {
        return;
    }
    // A date that is set is taken as it is, working time or not.
    let set = |b: &Bound| b.other.is_none() && !b.must && b.values.contains(&found);
    if !bounds.iter().any(|b| set(b) || is_placed(f, at, found, &b.values)) {
        let allowed: Vec<Instant> = bounds.iter().flat_map(|b| &b.values).map(|v| f.hours(at).next_start(*v)).collect();
        out.instant("start_unexplained", vec![f.uid(at)], found, &allowed);
    }
}

/// The early finish: as much later as there is work.
fn finish_of_work(f: &Frame, at: usize, out: &mut Breaches) {
    let (row, calendar) = (f.row(at), f.calendar(at));
    let work = f.work(at);
    let mut allowed = vec![calendar.add(row.early_start, work)];
    if let Some(d) = f.detail(at) {
        if f.is_p6() && f.options().use_expected_finish {
            allowed.extend(d.expected_finish.iter().flat_map(|e| [*e, f.hours(at).previous_finish(*e)]));
        }
        if let Some((_, end)) = d.splits.last() {
            allowed.push(*end);
            if calendar.work_between(row.early_start, row.early_finish) >= work {
                return;
            }
        }
        if !f.is_plain(at) && d.splits.is_empty() && d.expected_finish.is_none() {
            return ordered(f, at, out);
        }
    }
    if let Some(c) = f.activity(at).constraint().filter(|c| c.kind == MustFinishOn)
        && calendar.work_between(allowed[0], c.date).is_zero()
    {
        allowed.push(c.date);
    }
    if !work.is_zero() || f.is_p6() {
        let kept = f.finishes_asked(at).into_iter().filter(|v| *v >= row.early_start);
        // Work as late as possible may have left the date that it lent.
        let lent = f.into(at).any(|l| f.is_p6() && f.is_alap(l.predecessor.at()));
        let kept = kept.chain(Some(row.early_finish).filter(|_| lent));
        let same_work: Vec<_> = kept.filter(|v| calendar.work_between(allowed[0], *v) == Span::ZERO).collect();
        // One in no one's working time may show as the next that is.
        allowed.extend(same_work.into_iter().flat_map(|v| [v, f.hours(at).next_start(v)]));
    }
    if !allowed.iter().any(|v| same(row.early_finish, *v)) {
        let code = if work.is_zero() { "milestone_has_length" } else { "finish_wrong" };
        out.instant(code, vec![f.uid(at)], row.early_finish, &allowed);
    }
}

/// The dates that people see are the early ones; the late ones where work is as late as possible.
fn shown(f: &Frame, at: usize, out: &mut Breaches) {
    let row = f.row(at);
    let mut allowed = vec![(row.early_start, row.early_finish)];
    if f.is_alap(at) || f.is_from_finish() {
        allowed.push((row.late_start, row.late_finish));
    }
    if f.detail(at).is_some_and(|d| d.leveling_delay.is_some()) {
        allowed.extend(placed(f, at, row.early_start).into_iter().map(|start| (start, f.forth(at, start))));
    }
    if !allowed.contains(&(row.start, row.finish)) {
        let wrong_start = !allowed.iter().any(|d| d.0 == row.start);
        let (found, wanted): (_, Vec<Instant>) = if wrong_start {
            (row.start, allowed.iter().map(|d| d.0).collect())
        } else {
            (row.finish, allowed.iter().map(|d| d.1).collect())
        };
        out.instant("shown_dates_wrong", vec![f.uid(at)], found, &wanted);
    }
}
