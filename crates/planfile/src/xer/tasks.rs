//! The table TASK.
use super::calendars::Working;
use super::cells::Reader;
use super::sheet::Row;
use super::words::{CONSTRAINTS, KINDS, PERCENTS, PercentKind, STATUSES, Status, TASK_TYPES};
use crate::{Label, Stored};
use lantu_calendar::{Instant, Span};
use lantu_schedule::{Activity, CalendarIx, Constraint, ConstraintKind, Critical, Detail, Kind, Options, Progress};
use std::collections::HashMap;

/// An activity read from its row; where it stands is still P6's number.
pub(super) struct Draft {
    pub activity: Activity,
    pub label: Label,
    pub stored: Stored,
    /// P6's number of its WBS element.
    pub wbs: Option<i64>,
}

/// What a task's row needs to know of its project.
pub(super) struct Around<'p> {
    pub options: &'p Options,
    pub calendars: &'p HashMap<i64, u32>,
    pub working: Working<'p>,
}

/// One row of TASK.
pub(super) fn read(reader: &mut Reader<'_>, row: &Row<'_>, around: &mut Around<'_>) -> Option<Draft> {
    let uid = reader.key(row, "task_id")?;
    let wbs = reader.id(row, "wbs_id");
    let own = calendar(reader, row, around);
    let calendar = own.unwrap_or(around.options.calendar);
    let kind = reader.word(row, "task_type", KINDS).unwrap_or_default();
    let planned = reader.duration(row, "target_drtn_hr_cnt");
    let remaining = reader.duration(row, "remain_drtn_hr_cnt").or(planned).unwrap_or_default();
    let stops = (reader.date(row, "suspend_date"), reader.date(row, "resume_date"));
    let progress = progress(reader, row, around, calendar, remaining, stops);
    let duration = match progress {
        Progress::NotStarted => remaining,
        Progress::Started { actual, remaining, .. } => actual + remaining,
        Progress::Finished { actual, .. } => actual,
    };
    let detail = detail(reader, row, progress, kind, stops, own.is_some_and(|c| c != around.options.calendar));
    let detail = (detail != Detail::default()).then(|| Box::new(detail));
    let activity = Activity { uid, parent: None, calendar, kind, elapsed: false, duration, detail };
    let label = Label { row: None, code: reader.text(row, "task_code"), name: reader.text(row, "task_name"), guid: row.text("guid") };
    let mut stored = stored(reader, row, progress, around.options);
    stored.planned_duration = planned.filter(|p| *p != duration || progress != Progress::NotStarted);
    stored.percent_complete = percent(reader, row, planned, remaining, progress);
    Some(Draft { activity, label, stored, wbs })
}

fn calendar(reader: &mut Reader<'_>, row: &Row<'_>, around: &Around<'_>) -> Option<CalendarIx> {
    let uid = reader.id(row, "clndr_id")?;
    let place = around.calendars.get(&uid);
    if place.is_none() {
        reader.findings.lose("unknown_calendar", || row.place("clndr_id"), &uid.to_string());
    }
    place.map(|c| CalendarIx(*c))
}

/// P6 keeps no actual duration: it is the work between the actual dates, up to the data date, less the time of
/// suspension.
fn progress(
    reader: &mut Reader<'_>,
    row: &Row<'_>,
    around: &mut Around<'_>,
    calendar: CalendarIx,
    remaining: Span,
    (suspended, resumed): (Option<Instant>, Option<Instant>),
) -> Progress {
    let (start, finish) = (reader.actual(row, "act_start_date"), reader.actual(row, "act_end_date"));
    let status = reader.word(row, "status_code", STATUSES).unwrap_or(match (start, finish) {
        (_, Some(_)) => Status::Complete,
        (Some(_), None) => Status::Active,
        (None, None) => Status::NotStarted,
    });
    let work = around.working.at(calendar.0);
    let worked = |from: Instant, to: Instant| {
        let away = match suspended {
            Some(stop) if stop >= from && stop < to => work.work_between(stop, resumed.unwrap_or(to).clamp(stop, to)),
            _ => Span::ZERO,
        };
        let whole = work.work_between(from, to) - away;
        if whole.is_negative() { Span::ZERO } else { whole }
    };
    let lost = |reader: &mut Reader<'_>| {
        reader.findings.lose("progress_without_date", || row.place("status_code"), &row.raw("status_code").unwrap_or_default());
    };
    match (status, start, finish) {
        (Status::Complete, Some(start), Some(finish)) => Progress::Finished { start, finish, actual: worked(start, finish) },
        (Status::Complete, None, Some(finish)) => Progress::Finished { start: finish, finish, actual: Span::ZERO },
        (Status::Complete | Status::Active, Some(start), _) => {
            if status == Status::Complete {
                lost(reader);
            }
            let until = around.options.data_date.unwrap_or(start).max(start);
            Progress::Started { start, actual: worked(start, until), remaining }
        }
        (Status::Complete | Status::Active, None, _) => {
            lost(reader);
            Progress::NotStarted
        }
        (Status::NotStarted, ..) => Progress::NotStarted,
    }
}

fn detail(
    reader: &mut Reader<'_>,
    row: &Row<'_>,
    progress: Progress,
    kind: Kind,
    (stop, resume): (Option<Instant>, Option<Instant>),
    own_calendar: bool,
) -> Detail {
    Detail {
        progress,
        constraint: constraint(reader, row, "cstr_type", "cstr_date"),
        secondary: constraint(reader, row, "cstr_type2", "cstr_date2"),
        expected_finish: reader.date(row, "expect_end_date"),
        stop,
        resume,
        external_early_start: reader.date(row, "external_early_start_date"),
        external_late_finish: reader.date(row, "external_late_end_date"),
        own_calendar,
        task_type: reader.word(row, "duration_type", TASK_TYPES).unwrap_or_default(),
        milestone: matches!(kind, Kind::StartMilestone | Kind::FinishMilestone),
        ..Detail::default()
    }
}

fn constraint(reader: &mut Reader<'_>, row: &Row<'_>, kind: &str, date: &str) -> Option<Constraint> {
    let kind_read = reader.word(row, kind, CONSTRAINTS)?;
    let date_read = reader.date(row, date);
    match (kind_read, date_read) {
        (ConstraintKind::AsLateAsPossible, _) => Some(Constraint { kind: kind_read, date: Instant::default() }),
        (_, Some(date)) => Some(Constraint { kind: kind_read, date }),
        (_, None) => {
            reader.findings.lose("constraint_without_date", || row.place(date), &row.raw(kind).unwrap_or_default());
            None
        }
    }
}

/// The dates as they were stored. Where P6 has not scheduled, the planned dates are all there is.
fn stored(reader: &mut Reader<'_>, row: &Row<'_>, progress: Progress, options: &Options) -> Stored {
    let mut date = |column| reader.date(row, column);
    let (planned_start, planned_finish) = (date("target_start_date"), date("target_end_date"));
    let (early_start, early_finish) = (date("early_start_date"), date("early_end_date"));
    let (start, finish) = (date("restart_date").or(early_start), date("reend_date").or(early_finish));
    let (began, ended) = match progress {
        Progress::NotStarted => (None, None),
        Progress::Started { start, .. } => (Some(start), None),
        Progress::Finished { start, finish, .. } => (Some(start), Some(finish)),
    };
    let mut stored = Stored {
        early_start,
        early_finish,
        late_start: date("late_start_date").or_else(|| date("rem_late_start_date")),
        late_finish: date("late_end_date").or_else(|| date("rem_late_end_date")),
        start: began.or(start).or(planned_start),
        finish: ended.or(finish).or(planned_finish),
        planned_start,
        planned_finish,
        total_float: reader.hours(row, "total_float_hr_cnt"),
        free_float: reader.hours(row, "free_float_hr_cnt"),
        ..Stored::default()
    };
    stored.critical = match options.critical {
        Critical::LongestPath => reader.flag(row, "driving_path_flag"),
        Critical::FloatAtMost(limit) => stored.total_float.map(|float| float <= limit),
    };
    stored
}

/// By the measure that the activity names.
fn percent(reader: &mut Reader<'_>, row: &Row<'_>, planned: Option<Span>, remaining: Span, progress: Progress) -> Option<f64> {
    match reader.word(row, "complete_pct_type", PERCENTS)? {
        PercentKind::Physical => reader.number(row, "phys_complete_pct"),
        PercentKind::Duration => Some(percent_of_duration(planned?, remaining, progress)),
        PercentKind::Units => {
            let mut number = |column| reader.number(row, column).unwrap_or_default();
            let done = number("act_work_qty") + number("act_equip_qty");
            let all = done + number("remain_work_qty") + number("remain_equip_qty");
            Some(if all == 0.0 { 0.0 } else { done / all * 100.0 })
        }
    }
}

/// How much of the planned duration no longer remains.
pub(super) fn percent_of_duration(planned: Span, remaining: Span, progress: Progress) -> f64 {
    match progress {
        Progress::NotStarted => 0.0,
        Progress::Finished { .. } => 100.0,
        Progress::Started { .. } if !planned.is_positive() || remaining >= planned => 0.0,
        Progress::Started { .. } => (planned - remaining).as_seconds() as f64 / planned.as_seconds() as f64 * 100.0,
    }
}
