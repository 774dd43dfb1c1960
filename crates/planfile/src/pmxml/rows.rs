//! WBS elements and activities.
use super::field::Fields;
use super::words::{CONSTRAINTS, KINDS, STATUSES, Status, TASK_TYPES};
use crate::{Label, Stored};
use lantu_calendar::Span;
use lantu_schedule::{Activity, CalendarIx, Constraint, ConstraintKind, Detail, Kind, Progress};

/// A WBS element; its parent is set by the caller.
pub(super) fn summary(fields: Fields<'_>, uid: i64, calendar: CalendarIx) -> (Activity, Label, Stored) {
    let mut activity = Activity::task(uid, calendar, Span::ZERO);
    activity.kind = Kind::Summary;
    let stored = Stored { start: fields.shown_date("StartDate"), finish: fields.shown_date("FinishDate"), ..Stored::default() };
    (activity, label(fields, "Code"), stored)
}

fn label(fields: Fields<'_>, code: &str) -> Label {
    Label { row: None, code: fields.text(code), name: fields.text("Name"), guid: fields.node.child_text("GUID").map(|g| g.into_owned()) }
}

/// An activity without its assignments; `calendar` is that of the file or the project's.
pub(super) fn activity(fields: Fields<'_>, uid: i64, calendar: CalendarIx, project: CalendarIx) -> (Activity, Label, Stored) {
    let mut activity = Activity::task(uid, calendar, Span::ZERO);
    activity.kind = fields.word("Type", KINDS).unwrap_or_default();
    let mut detail = Detail { progress: progress(fields), own_calendar: calendar != project, ..Detail::default() };
    detail.task_type = fields.shown_word("DurationType", TASK_TYPES).unwrap_or_default();
    activity.duration = duration(fields, detail.progress);
    held(fields, &mut detail);
    if detail != Detail::default() {
        activity.detail = Some(Box::new(detail));
    }
    let mut stored = stored(fields);
    stored.planned_duration = fields.duration("PlannedDuration").filter(|planned| *planned != activity.duration);
    (activity, label(fields, "Id"), stored)
}

fn remaining(fields: Fields<'_>) -> Option<Span> {
    fields.duration("RemainingDuration")
}

/// Done and to do; of work that has not begun, what is to do.
fn duration(fields: Fields<'_>, progress: Progress) -> Span {
    match progress {
        Progress::Started { actual, remaining, .. } => actual + remaining,
        Progress::Finished { actual, .. } => actual,
        Progress::NotStarted => {
            let whole = || fields.duration("PlannedDuration").or_else(|| fields.duration("AtCompletionDuration"));
            remaining(fields).or_else(whole).unwrap_or_default()
        }
    }
}

/// By the actual dates; by the status where a date is missing.
fn progress(fields: Fields<'_>) -> Progress {
    let status = fields.word("Status", STATUSES);
    let (start, finish) = match status {
        Some(Status::NotStarted) => (None, None),
        Some(Status::InProgress) => (fields.date("ActualStartDate").or_else(|| fields.date("StartDate")), None),
        Some(Status::Completed) => (
            fields.date("ActualStartDate").or_else(|| fields.date("StartDate")),
            fields.date("ActualFinishDate").or_else(|| fields.date("FinishDate")),
        ),
        None => (fields.date("ActualStartDate"), fields.date("ActualFinishDate")),
    };
    let done = || fields.duration("ActualDuration");
    let whole = || fields.duration("AtCompletionDuration").or_else(|| fields.duration("PlannedDuration")).unwrap_or_default();
    match (start.or(finish), finish) {
        (Some(start), Some(finish)) => Progress::Finished { start, finish, actual: done().unwrap_or_else(whole) },
        (Some(start), None) => {
            let actual = done().unwrap_or_default();
            let remaining = remaining(fields).unwrap_or_else(|| (whole() - actual).max(Span::ZERO));
            Progress::Started { start, actual, remaining }
        }
        (None, _) => Progress::NotStarted,
    }
}

/// What holds it to dates.
fn held(fields: Fields<'_>, detail: &mut Detail) {
    detail.constraint = constraint(fields, "PrimaryConstraintType", "PrimaryConstraintDate");
    detail.secondary = constraint(fields, "SecondaryConstraintType", "SecondaryConstraintDate");
    detail.expected_finish = fields.date("ExpectedFinishDate");
    detail.stop = fields.date("SuspendDate");
    detail.resume = fields.date("ResumeDate");
    detail.external_early_start = fields.date("ExternalEarlyStartDate");
    detail.external_late_finish = fields.date("ExternalLateFinishDate");
}

fn constraint(fields: Fields<'_>, kind: &str, date: &str) -> Option<Constraint> {
    let kind = fields.word(kind, CONSTRAINTS)?;
    let date = fields.date(date);
    if kind == ConstraintKind::AsLateAsPossible {
        return Some(Constraint { kind, date: date.unwrap_or_default() });
    }
    if date.is_none() {
        fields.found.lose("constraint_without_date", || fields.node.place(), &format!("{kind:?}"));
    }
    Some(Constraint { kind, date: date? })
}

/// P6 writes the dates of what remains; other programs, and for what is finished, the early and late ones.
fn stored(fields: Fields<'_>) -> Stored {
    let date = |remaining: &str, plain: &str| fields.shown_date(remaining).or_else(|| fields.shown_date(plain));
    let percent = fields.number("PercentComplete").or_else(|| fields.number("DurationPercentComplete"));
    Stored {
        early_start: date("RemainingEarlyStartDate", "EarlyStartDate"),
        early_finish: date("RemainingEarlyFinishDate", "EarlyFinishDate"),
        late_start: date("RemainingLateStartDate", "LateStartDate"),
        late_finish: date("RemainingLateFinishDate", "LateFinishDate"),
        start: fields.shown_date("StartDate"),
        finish: fields.shown_date("FinishDate"),
        total_float: fields.shown_hours("TotalFloat"),
        free_float: fields.shown_hours("FreeFloat"),
        critical: fields.flag("IsCritical"),
        planned_start: fields.shown_date("PlannedStartDate"),
        planned_finish: fields.shown_date("PlannedFinishDate"),
        percent_complete: percent.map(|share| (share * 1e8).round() / 1e6),
        ..Stored::default()
    }
}
