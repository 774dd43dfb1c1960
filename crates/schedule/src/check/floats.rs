//! Floats and what is critical, measured between the dates that the schedule itself gives.
use super::Breaches;
use super::early::placed;
use super::frame::{Frame, same};
use crate::{Calendar, Critical, Instant, Kind, LinkKind, Progress, ProgressLogic, Span, TotalFloat};

/// Spans that differ by less count as one; dates are rounded to the minute, floats are taken from dates.
const ROUNDING: i64 = 60;

pub(super) fn check(f: &Frame, at: usize, out: &mut Breaches) {
    if !f.is_in_network(at) {
        return;
    }
    total(f, at, out);
    sign(f, at, out);
    free(f, at, out);
    critical(f, at, out);
}

fn near(a: Span, b: Span) -> bool {
    // Whole minutes on both sides leave nothing to round.
    let whole = a.as_seconds() % 60 == 0 && b.as_seconds() % 60 == 0;
    a == b || (!whole && (a - b).as_seconds().abs() < ROUNDING)
}

/// The calendars that an activity's floats may be counted on.
fn calendars<'b>(f: &'b Frame, at: usize) -> Vec<&'b Calendar> {
    let mut calendars = vec![f.calendar(at)];
    if f.activity(at).elapsed {
        calendars.push(f.hours(at));
    }
    if !f.is_plain(at)
        && let Some(d) = f.detail(at)
    {
        calendars.extend(d.assignments.iter().map(|s| &f.network.calendars[s.calendar.at()]));
    }
    calendars
}

fn total(f: &Frame, at: usize, out: &mut Breaches) {
    let row = f.row(at);
    let mut allowed = vec![];
    for calendar in calendars(f, at) {
        let start = calendar.work_between(row.early_start, row.late_start);
        let finish = calendar.work_between(row.early_finish, row.late_finish);
        match f.activity(at).worked() {
            Progress::Finished { .. } => allowed.push(Span::ZERO),
            Progress::Started { .. } => allowed.push(finish),
            Progress::NotStarted => allowed.push(match f.options().total_float {
                TotalFloat::Start => start,
                TotalFloat::Finish => finish,
                TotalFloat::Smallest => start.min(finish),
            }),
        }
        if f.fixed(at).is_some() {
            allowed.extend([start, finish, Span::ZERO]);
        }
    }
    if f.is_alap(at) && !f.is_p6() {
        allowed.push(Span::ZERO);
    }
    if !allowed.iter().any(|v| near(row.total_float, *v)) {
        out.span("total_float_wrong", f.uid(at), row.total_float, &allowed);
    }
}

/// No float is negative unless a late date is before its early date, and the other way about.
fn sign(f: &Frame, at: usize, out: &mut Breaches) {
    let row = f.row(at);
    if f.is_finished(at) || f.fixed(at).is_some() || (f.is_alap(at) && !f.is_p6()) {
        return;
    }
    let before = |late: Instant, early: Instant| late < early && calendars(f, at).iter().any(|c| c.work_between(late, early).is_positive());
    let (start, finish) = (before(row.late_start, row.early_start), before(row.late_finish, row.early_finish));
    let negative = match f.options().total_float {
        _ if f.is_started(at) => finish,
        TotalFloat::Start => start,
        TotalFloat::Finish => finish,
        TotalFloat::Smallest => start || finish,
    };
    if negative != row.total_float.is_negative() {
        let expected = if negative { -Span::minutes(1) } else { Span::ZERO };
        out.span("float_sign_wrong", f.uid(at), row.total_float, &[expected]);
    }
}

/// Free float is the smallest gap to those that wait, and never negative.
fn free(f: &Frame, at: usize, out: &mut Breaches) {
    let row = f.row(at);
    let found = row.free_float;
    let mut allowed = vec![];
    let mut most: Option<Span> = None;
    let mut waits = false;
    let overridden = |s: usize| f.is_p6() && f.options().progress != ProgressLogic::RetainedLogic && (f.is_started(s) || f.is_finished(s));
    for link in f.out_of(at).filter(|l| f.waits(l.successor.at()) && !overridden(l.successor.at())) {
        waits = true;
        let gaps = gaps(f, link, at);
        let widest = gaps.iter().max().copied().unwrap_or(Span::ZERO).max(Span::ZERO);
        let s = link.successor.at();
        if !f.activity(s).is_summary() && matches!(f.activity(s).worked(), Progress::NotStarted) {
            most = Some(most.map_or(widest, |m| m.min(widest)));
        }
        allowed.extend(gaps.into_iter().map(|g| g.max(Span::ZERO)));
    }
    open_end(f, at, waits, &mut allowed);
    let beyond = most.is_some_and(|m| found > m && !near(found, m));
    if beyond || !allowed.iter().any(|v| near(found, *v)) {
        match most.filter(|_| beyond) {
            Some(most) => out.span("free_float_wrong", f.uid(at), found, &[most]),
            None => out.span("free_float_wrong", f.uid(at), found, &allowed),
        }
    }
}

/// What free float is where nothing waits, or nothing counts.
fn open_end(f: &Frame, at: usize, waits: bool, allowed: &mut Vec<Span>) {
    let row = f.row(at);
    let tied_above = f.above(at).any(|s| f.out_of(s).next().is_some());
    if f.is_finished(at) {
        *allowed = vec![Span::ZERO];
        return;
    }
    let expects = f.detail(at).is_some_and(|d| d.expected_finish.is_some());
    if f.is_alap(at) || f.is_from_finish() || expects || f.fixed(at).is_some() || f.constraint_is(at, crate::ConstraintKind::MustFinishOn) {
        allowed.push(Span::ZERO);
    }
    if !waits || tied_above {
        allowed.extend([row.total_float, row.total_float.max(Span::ZERO)]);
        for calendar in calendars(f, at) {
            let ends = [Some(f.schedule.finish), f.options().finish].into_iter().flatten();
            allowed.extend(ends.map(|end| calendar.work_between(row.early_finish, end).max(Span::ZERO)));
        }
    }
    if row.total_float.is_negative() {
        allowed.push(Span::ZERO);
    }
}

/// How far apart the two ends of a link are beyond its lag, on each calendar that may count.
fn gaps(f: &Frame, link: &crate::Link, at: usize) -> Vec<Span> {
    let s = link.successor.at();
    let (lag, lag_calendar) = f.lag(link, s);
    let (mine, theirs) = (f.row(at), f.row(s));
    let (from_start, to_start) = match link.kind {
        LinkKind::FinishStart => (false, true),
        LinkKind::StartStart => (true, true),
        LinkKind::FinishFinish => (false, false),
        LinkKind::StartFinish => (true, false),
    };
    let pick = |dates: (Instant, Instant), start: bool| if start { dates.0 } else { dates.1 };
    let seen = |row: &crate::Row| [(row.early_start, row.early_finish), (row.start, row.finish)];
    let mut counted = calendars(f, at);
    counted.extend([f.calendar(s), f.hours(s), lag_calendar]);
    let mut gaps = vec![];
    for mine in seen(mine) {
        for theirs in seen(theirs) {
            let (from, to) = (pick(mine, from_start), pick(theirs, to_start));
            for calendar in &counted {
                gaps.push(calendar.work_between(lag_calendar.add(from, lag), to));
                gaps.push(calendar.work_between(from, lag_calendar.add(to, -lag)));
                gaps.push(calendar.work_between(from, to) - lag);
                if let Progress::Started { actual, .. } = f.activity(at).worked()
                    && f.is_p6()
                {
                    // What has been worked counts against the lag.
                    let left = (lag - actual).max(Span::ZERO);
                    let no_earlier = lag_calendar.add(from, lag).max(f.data_date().unwrap_or(from));
                    let starts = [from, lag_calendar.add(from, left), no_earlier];
                    gaps.extend(starts.map(|start| calendar.work_between(start, to)));
                }
            }
        }
    }
    gaps
}

fn critical(f: &Frame, at: usize, out: &mut Breaches) {
    let Critical::FloatAtMost(limit) = f.options().critical else { return };
    let row = f.row(at);
    if f.fixed(at).is_some() && !f.is_p6() {
        return;
    }
    let wanted = !f.is_finished(at) && row.total_float <= limit;
    if row.critical != wanted {
        out.push("critical_wrong", vec![f.uid(at)], row.critical.to_string(), wanted.to_string());
    }
}

/// The longest path: what ends last, and what drove it there. A link that surely drives makes its predecessor
/// critical; without a link that may drive, nothing is.
pub(super) fn longest_path(f: &Frame, out: &mut Breaches) {
    if f.options().critical != Critical::LongestPath {
        return;
    }
    let sure = driven(f, true);
    let likely = driven(f, false);
    for at in (0..f.network.activities.len()).filter(|at| f.is_in_network(*at) && !f.is_finished(*at)) {
        let critical = f.row(at).critical;
        // The row's own mark goes by its float; the path is asked for apart.
        if critical == (f.row(at).total_float <= Span::ZERO) {
            continue;
        }
        if (critical && !likely[at]) || (!critical && sure[at]) {
            out.push("critical_wrong", vec![f.uid(at)], critical.to_string(), (!critical).to_string());
        }
    }
}

fn driven(f: &Frame, sure: bool) -> Vec<bool> {
    let mut on = vec![false; f.network.activities.len()];
    let ends_last = |at: &usize| f.is_in_network(*at) && f.row(*at).early_finish == f.schedule.finish && !f.is_finished(*at);
    let mut open: Vec<usize> = (0..on.len()).filter(ends_last).collect();
    while let Some(s) = open.pop() {
        if std::mem::replace(&mut on[s], true) {
            continue;
        }
        let free = f.detail(s).is_none();
        for bound in f.bounds_forward(s).into_iter().filter(|b| !sure || (free && b.values.len() == 1)) {
            let Some(p) = bound.other.filter(|p| {
                matches!(f.activity(*p).kind, Kind::Task | Kind::StartMilestone | Kind::FinishMilestone | Kind::ResourceDependent)
            }) else {
                continue;
            };
            let found = f.row(s).early_start;
            let drives = bound.values.iter().any(|v| placed(f, s, *v).iter().any(|place| same(found, *place)));
            if drives && !on[p] {
                open.push(p);
            }
        }
    }
    on
}
