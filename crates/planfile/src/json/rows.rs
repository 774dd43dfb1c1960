//! Rows as JSON.
use super::{
    Rest,
    activities::KINDS,
    detail::{CONSTRAINTS, CONTOURS, TASK_TYPES},
    resources,
    write::{Object, length, name, put, time},
};
use crate::{Label, Plan, Stored};
use lantu_calendar::{Instant, Span};
use lantu_schedule::{Activity, Assignment, Constraint, Delay, Detail, Dialect, Progress};
use serde_json::{Value, json};

/// One row.
pub fn write(plan: &Plan, rest: &Rest, at: usize) -> Value {
    let activity = &plan.activities[at];
    let mut object = rest.rows.get(at).cloned().unwrap_or_default();
    if let Some(label) = plan.labels.get(at) {
        self::label(&mut object, label);
    }
    place(&mut object, plan, activity);
    work(&mut object, plan.options.dialect, activity);
    if let Some(detail) = &activity.detail {
        self::detail(&mut object, detail);
        assignments(&mut object, plan, activity, rest.assignments.get(&at).map(Vec::as_slice).unwrap_or_default());
    }
    if let Some(stored) = plan.stored.get(at) {
        put(&mut object, "planned_duration", stored.planned_duration.map(|d| length(d, false)));
        put(&mut object, "pct", stored.percent_complete.map(Into::into));
        put(&mut object, "stored", self::stored(stored));
    }
    object.into()
}

fn label(object: &mut Object, label: &Label) {
    let text = |text: &str| (!text.is_empty()).then(|| text.into());
    put(object, "id", label.row.map(Into::into));
    put(object, "name", text(&label.name));
    put(object, "code", text(&label.code));
    put(object, "guid", label.guid.as_deref().map(Into::into));
}

/// What the row is and where it belongs.
fn place(object: &mut Object, plan: &Plan, activity: &Activity) {
    let calendar = plan.calendars.get(activity.calendar.at()).map(|c| Value::from(c.uid));
    let of_project = activity.calendar == plan.options.calendar;
    let own = match &activity.detail {
        Some(detail) => detail.own_calendar,
        None => plan.options.dialect == Dialect::P6 || !of_project,
    };
    object.insert("uid".into(), activity.uid.into());
    put(object, "parent", activity.parent.and_then(|p| plan.activities.get(p.at())).map(|p| p.uid.into()));
    put(object, "calendar", calendar.clone().filter(|_| own));
    put(object, "effective_calendar", calendar);
    if plan.options.dialect == Dialect::P6 && !activity.is_summary() {
        object.insert("activity_type".into(), name(&KINDS, activity.kind));
    }
}

fn work(object: &mut Object, dialect: Dialect, activity: &Activity) {
    let span = |span: Span| length(span, activity.elapsed);
    let (status, start, finish, done, left) = match activity.progress() {
        Progress::NotStarted => ("NOT_STARTED", None, None, Span::ZERO, activity.duration),
        Progress::Started { start, actual, remaining } => ("IN_PROGRESS", Some(start), None, actual, remaining),
        Progress::Finished { start, finish, actual } => ("COMPLETED", Some(start), Some(finish), actual, Span::ZERO),
    };
    put(object, "status", (dialect == Dialect::P6 && !activity.is_summary()).then(|| status.into()));
    put(object, "actual_start", start.map(time));
    put(object, "actual_finish", finish.map(time));
    object.insert("duration".into(), span(activity.duration));
    object.insert("actual_duration".into(), span(done));
    object.insert("remaining_duration".into(), span(left));
}

fn detail(object: &mut Object, detail: &Detail) {
    constraint(object, "constraint", detail.constraint);
    constraint(object, "constraint2", detail.secondary);
    let times: [(&str, Option<Instant>); 8] = [
        ("deadline", detail.deadline),
        ("expected_finish", detail.expected_finish),
        ("stop", detail.stop),
        ("resume", detail.resume),
        ("external_early_start", detail.external_early_start),
        ("external_late_finish", detail.external_late_finish),
        ("manual_start", detail.fixed.map(|f| f.start)),
        ("manual_finish", detail.fixed.map(|f| f.finish)),
    ];
    for (key, at) in times {
        put(object, key, at.map(time));
    }
    let flags = [
        ("manual", detail.fixed.is_some() && !detail.external),
        ("ignore_resource_calendar", detail.ignores_resource_calendars),
        ("inactive", detail.inactive),
        ("external_task", detail.external),
        ("milestone", detail.milestone),
        ("recurring", detail.recurring),
    ];
    for (key, flag) in flags {
        put(object, key, flag.then_some(Value::Bool(true)));
    }
    object.insert("task_type".into(), name(&TASK_TYPES, detail.task_type));
    put(object, "leveling_delay", detail.leveling_delay.map(delay));
    let splits = detail.splits.iter().map(|(a, b)| json!([time(*a), time(*b)])).collect::<Vec<_>>();
    put(object, "splits", (!splits.is_empty()).then(|| splits.into()));
}

/// Each around what of it went through untouched, as long as there are as many as there were.
fn assignments(object: &mut Object, plan: &Plan, activity: &Activity, rest: &[Object]) {
    let list = activity.detail.as_ref().map(|d| d.assignments.as_slice()).unwrap_or_default();
    let rest = |at: usize| rest.get(at).filter(|_| rest.len() == list.len()).cloned().unwrap_or_default();
    let values: Vec<Value> = list.iter().enumerate().map(|(at, a)| assignment(plan, activity, a, rest(at))).collect();
    put(object, "assignments", (!values.is_empty()).then(|| values.into()));
}

fn constraint(object: &mut Object, key: &str, constraint: Option<Constraint>) {
    let Some(constraint) = constraint else { return };
    object.insert(key.into(), name(&CONSTRAINTS, Some(constraint.kind)));
    object.insert(format!("{key}_date"), time(constraint.date));
}

fn delay(delay: Delay) -> Value {
    length(delay.span, delay.elapsed)
}

fn assignment(plan: &Plan, activity: &Activity, a: &Assignment, mut object: Object) -> Value {
    let resource = a.resource.and_then(|r| plan.resources.get(r as usize));
    put(&mut object, "res", resource.map(|r| r.uid.into()));
    object.insert("rtype".into(), resources::rtype(resource, a.drives));
    object.insert("units".into(), a.units.into());
    object.insert("work".into(), length(a.work, false));
    object.insert("actual_work".into(), length(a.actual_work, false));
    object.insert("remaining_work".into(), length(a.remaining_work, false));
    put(&mut object, "overtime_work", (!a.overtime.is_zero()).then(|| length(a.overtime, false)));
    let calendar = plan.calendars.get(a.calendar.at()).filter(|_| a.calendar != activity.calendar);
    put(&mut object, "calendar", calendar.map(|c| c.uid.into()));
    put(&mut object, "delay", a.delay.map(delay));
    put(&mut object, "leveling_delay", a.leveling_delay.map(delay));
    put(&mut object, "contour", (a.contour != Default::default()).then(|| name(&CONTOURS, a.contour)));
    object.into()
}

/// Stored dates are an addition of ours to the format.
fn stored(stored: &Stored) -> Option<Value> {
    let mut object = Object::new();
    let times = [
        ("es", stored.early_start),
        ("ef", stored.early_finish),
        ("ls", stored.late_start),
        ("lf", stored.late_finish),
        ("start", stored.start),
        ("finish", stored.finish),
        ("planned_start", stored.planned_start),
        ("planned_finish", stored.planned_finish),
        ("baseline_start", stored.baseline_start),
        ("baseline_finish", stored.baseline_finish),
    ];
    for (key, at) in times {
        put(&mut object, key, at.map(time));
    }
    put(&mut object, "tf", stored.total_float.map(|f| length(f, false)));
    put(&mut object, "ff", stored.free_float.map(|f| length(f, false)));
    put(&mut object, "critical", stored.critical.map(Into::into));
    put(&mut object, "notes", stored.notes.as_deref().map(Into::into));
    (!object.is_empty()).then(|| object.into())
}
