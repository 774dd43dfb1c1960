//! Impossibilities within one row, and in the options.
use super::Problems;
use crate::{Activity, Assignment, CalendarIx, Constraint, ConstraintKind, Detail, Instant, Kind, Network, Progress, ScheduleFrom, Span};

/// Longer than any plan: 2,000 years.
const LONGEST: i64 = 2_000 * 366 * 86_400;

/// The project's own settings.
pub(super) fn options(network: &Network, problems: &mut Problems) {
    let o = &network.options;
    if o.calendar.at() >= network.calendars.len() {
        problems.push("unknown_calendar", vec![], "project".into(), format!("calendar {}", o.calendar.0));
    }
    if o.from == ScheduleFrom::Finish && o.finish.is_none() {
        problems.push("finish_missing", vec![], "project".into(), "-".into());
    }
    for date in [Some(o.start), o.data_date, o.finish].into_iter().flatten().filter(|d| out_of_range(*d)) {
        problems.push("date_out_of_range", vec![], "project".into(), seconds(date));
    }
}

/// Every row by itself, and that no two share a uid.
pub(super) fn activities(network: &Network, problems: &mut Problems) {
    let idle: Vec<bool> = network.calendars.iter().map(|c| !c.has_work()).collect();
    let some_idle = idle.contains(&true);
    let mut last = [i64::MIN; 2];
    let mut in_order = true;
    for a in &network.activities {
        let last = &mut last[usize::from(a.is_summary())];
        in_order &= a.uid > *last;
        *last = a.uid;
        activity(a, &idle, some_idle, problems);
    }
    if !in_order {
        duplicates(network, problems);
    }
}

/// One row by itself.
pub(super) fn one(network: &Network, a: &Activity, problems: &mut Problems) {
    let idle: Vec<bool> = network.calendars.iter().map(|c| !c.has_work()).collect();
    activity(a, &idle, idle.contains(&true), problems);
}

fn activity(a: &Activity, idle: &[bool], some_idle: bool, problems: &mut Problems) {
    if a.calendar.at() >= idle.len() {
        problems.of_row("unknown_calendar", a.uid, format!("calendar {}", a.calendar.0));
    }
    span(a.uid, a.duration, problems);
    if let Some(d) = &a.detail {
        detail(a, d, idle.len(), problems);
    }
    if some_idle {
        work_on_idle(a, idle, problems);
    }
}

fn duplicates(network: &Network, problems: &mut Problems) {
    let mut uids: Vec<(bool, i64)> = network.activities.iter().map(|a| (a.is_summary(), a.uid)).collect();
    uids.sort_unstable();
    let mut said = None;
    for pair in uids.windows(2).filter(|p| p[0] == p[1]) {
        if said != Some(pair[0]) {
            problems.of_row("duplicate_uid", pair[0].1, pair[0].1.to_string());
            said = Some(pair[0]);
        }
    }
}

/// Work that waits for a calendar that never works.
fn work_on_idle(a: &Activity, idle: &[bool], problems: &mut Problems) {
    let is_idle = |c: CalendarIx| idle.get(c.at()).copied().unwrap_or(false);
    let works = match a.kind {
        Kind::Task | Kind::ResourceDependent => a.duration.is_positive() && !a.elapsed,
        _ => false,
    };
    let inactive = a.detail.as_ref().is_some_and(|d| d.inactive || d.fixed.is_some() || matches!(d.progress, Progress::Finished { .. }));
    if works && !inactive && is_idle(a.calendar) {
        problems.of_row("calendar_without_work", a.uid, format!("calendar {}", a.calendar.0));
    }
}

fn detail(a: &Activity, d: &Detail, calendars: usize, problems: &mut Problems) {
    progress(a, d, problems);
    if let Some(f) = d.fixed.filter(|f| f.finish < f.start) {
        problems.of_row("fixed_finish_before_start", a.uid, format!("{} > {}", f.start, f.finish));
    }
    if let Some(found) = contradiction(d.constraint, d.secondary) {
        problems.of_row("constraints_contradict", a.uid, found);
    }
    if let Some(bad) = splits_out_of_order(&d.splits) {
        problems.of_row("splits_out_of_order", a.uid, format!("{} - {}", bad.0, bad.1));
    }
    for s in &d.assignments {
        assignment(a.uid, s, calendars, problems);
    }
    for delay in d.leveling_delay.iter() {
        length(a.uid, delay.span, problems);
    }
    let dates = [d.deadline, d.expected_finish, d.stop, d.resume, d.external_early_start, d.external_late_finish];
    let held = [d.constraint, d.secondary].into_iter().flatten();
    let held = held.filter(|c| c.kind != ConstraintKind::AsLateAsPossible).map(|c| c.date);
    let fixed = d.fixed.iter().flat_map(|f| [f.start, f.finish]);
    let splits = d.splits.iter().flat_map(|s| [s.0, s.1]);
    for date in dates.into_iter().flatten().chain(held).chain(fixed).chain(splits).filter(|d| out_of_range(*d)) {
        problems.of_row("date_out_of_range", a.uid, seconds(date));
    }
}

fn progress(a: &Activity, d: &Detail, problems: &mut Problems) {
    let (start, finish) = match d.progress {
        Progress::NotStarted => return,
        Progress::Started { start, actual, remaining } => {
            span(a.uid, actual, problems);
            span(a.uid, remaining, problems);
            (start, start)
        }
        Progress::Finished { start, finish, actual } => {
            span(a.uid, actual, problems);
            (start, finish)
        }
    };
    if finish < start {
        problems.of_row("finish_before_start", a.uid, format!("{start} > {finish}"));
    }
    for date in [start, finish].into_iter().filter(|d| out_of_range(*d)) {
        problems.of_row("date_out_of_range", a.uid, seconds(date));
    }
}

/// Two dates that hold whatever the network says cannot hold both when the finish is before the start.
fn contradiction(a: Option<Constraint>, b: Option<Constraint>) -> Option<String> {
    let (a, b) = (a?, b?);
    let (start, finish) = match (a.kind, b.kind) {
        (ConstraintKind::MustStartOn, ConstraintKind::MustFinishOn) => (a.date, b.date),
        (ConstraintKind::MustFinishOn, ConstraintKind::MustStartOn) => (b.date, a.date),
        _ => return None,
    };
    (finish < start).then(|| format!("{start} > {finish}"))
}

fn splits_out_of_order(splits: &[(Instant, Instant)]) -> Option<(Instant, Instant)> {
    let mut last = Instant::MIN;
    for &(from, to) in splits {
        if from < last || to < from {
            return Some((from, to));
        }
        last = to;
    }
    None
}

fn assignment(uid: i64, s: &Assignment, calendars: usize, problems: &mut Problems) {
    if s.calendar.at() >= calendars {
        problems.of_row("unknown_calendar", uid, format!("calendar {}", s.calendar.0));
    }
    if !s.units.is_finite() {
        problems.of_row("assignment_not_finite", uid, s.units.to_string());
    }
    for work in [s.work, s.remaining_work, s.actual_work, s.overtime] {
        span(uid, work, problems);
    }
    for delay in s.delay.iter().chain(&s.leveling_delay) {
        length(uid, delay.span, problems);
    }
}

/// A length of work: from nothing to as long as time is.
fn span(uid: i64, span: Span, problems: &mut Problems) {
    if span.is_negative() {
        problems.of_row("negative_duration", uid, format!("{} min", span.as_minutes()));
    } else if span.as_seconds() > LONGEST {
        length(uid, span, problems);
    }
}

/// A length of time in either direction.
pub(super) fn length(uid: i64, span: Span, problems: &mut Problems) {
    if is_too_long(span) {
        problems.of_row("date_out_of_range", uid, format!("{} min", span.as_minutes()));
    }
}

pub(super) fn is_too_long(span: Span) -> bool {
    !(-LONGEST..=LONGEST).contains(&span.as_seconds())
}

fn out_of_range(date: Instant) -> bool {
    date != date.clamped()
}

fn seconds(date: Instant) -> String {
    format!("{} s", date.seconds())
}
