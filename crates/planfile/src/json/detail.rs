//! What most activities do not have: constraints, manual dates, splits, assignments.
use super::{
    activities::Around,
    calendars::Calendars,
    fields::{Fields, Place},
    resources::Resources,
    write::Object,
};
use lantu_calendar::{Instant, Span};
use lantu_schedule::{
    Activity, Assignment, CalendarIx, Constraint, ConstraintKind, Contour, Delay, Detail, Dialect, FixedDates, Progress, TaskType,
};
use serde_json::Value;

pub const CONSTRAINTS: [(&str, Option<ConstraintKind>); 10] = [
    ("AS_SOON_AS_POSSIBLE", None),
    ("AS_LATE_AS_POSSIBLE", Some(ConstraintKind::AsLateAsPossible)),
    ("START_NO_EARLIER_THAN", Some(ConstraintKind::StartNoEarlierThan)),
    ("START_NO_LATER_THAN", Some(ConstraintKind::StartNoLaterThan)),
    ("FINISH_NO_EARLIER_THAN", Some(ConstraintKind::FinishNoEarlierThan)),
    ("FINISH_NO_LATER_THAN", Some(ConstraintKind::FinishNoLaterThan)),
    ("START_ON", Some(ConstraintKind::StartOn)),
    ("FINISH_ON", Some(ConstraintKind::FinishOn)),
    ("MUST_START_ON", Some(ConstraintKind::MustStartOn)),
    ("MUST_FINISH_ON", Some(ConstraintKind::MustFinishOn)),
];
pub const TASK_TYPES: [(&str, TaskType); 4] = [
    ("FIXED_UNITS", TaskType::FixedUnits),
    ("FIXED_DURATION", TaskType::FixedDuration),
    ("FIXED_WORK", TaskType::FixedWork),
    ("FIXED_DURATION_AND_UNITS", TaskType::FixedDurationAndUnits),
];
pub const CONTOURS: [(&str, Contour); 9] = [
    ("FLAT", Contour::Flat),
    ("BACK_LOADED", Contour::BackLoaded),
    ("FRONT_LOADED", Contour::FrontLoaded),
    ("DOUBLE_PEAK", Contour::DoublePeak),
    ("EARLY_PEAK", Contour::EarlyPeak),
    ("LATE_PEAK", Contour::LatePeak),
    ("BELL", Contour::Bell),
    ("TURTLE", Contour::Turtle),
    ("CONTOURED", Contour::Contoured),
];

/// Fills the activity's detail; leaves it out when the row says nothing special. Gives what goes through untouched of
/// each assignment.
pub fn read(
    fields: &mut Fields,
    activity: &mut Activity,
    progress: Progress,
    own_calendar: bool,
    around: &Around,
    resources: &mut Resources,
) -> Vec<Object> {
    let mut detail = Detail { progress, ..Detail::default() };
    detail.constraint = constraint(fields, "constraint", around);
    detail.secondary = constraint(fields, "constraint2", around);
    bounds(fields, &mut detail);
    flags(fields, &mut detail);
    let rest;
    (detail.assignments, rest) = assignments(fields, activity.calendar, around, resources);
    detail.fixed = fixed(fields, &detail, activity, around.calendars);
    let of_itself = around.options.dialect == Dialect::P6 || activity.duration.is_zero();
    let milestone = fields.flag("milestone") == Some(true);
    detail.milestone = milestone && !of_itself;
    detail.own_calendar = own_calendar && around.options.dialect == Dialect::MsProject;
    // What is held decides dates only where someone works; elsewhere it would cost every row its detail.
    if detail != Detail::default() {
        detail.own_calendar = own_calendar;
        detail.milestone = milestone;
        detail.task_type = fields.choice("task_type", &TASK_TYPES).unwrap_or_default();
        activity.detail = Some(Box::new(detail));
    }
    rest
}

fn constraint(fields: &mut Fields, key: &'static str, around: &Around) -> Option<Constraint> {
    let date = fields.instant(&format!("{key}_date"));
    let kind = fields.choice(key, &CONSTRAINTS)??;
    let missing = date.is_none() && kind != ConstraintKind::AsLateAsPossible;
    if missing {
        fields.refuse("constraint_without_date", key, "");
    }
    (!missing).then_some(Constraint { kind, date: date.unwrap_or(around.options.start) })
}

fn bounds(fields: &mut Fields, detail: &mut Detail) {
    detail.deadline = fields.instant("deadline");
    detail.expected_finish = fields.instant("expected_finish");
    let suspend = fields.instant("suspend");
    detail.stop = fields.instant("stop").or(suspend);
    detail.resume = fields.instant("resume");
    detail.external_early_start = fields.instant("external_early_start");
    detail.external_late_finish = fields.instant("external_late_finish");
    detail.leveling_delay = delay(fields, "leveling_delay");
    detail.splits = fields.spells("splits");
}

fn flags(fields: &mut Fields, detail: &mut Detail) {
    let mut on = |key: &str| fields.flag(key) == Some(true);
    detail.ignores_resource_calendars = on("ignore_resource_calendar");
    detail.inactive = on("inactive");
    detail.external = on("external_task");
    detail.recurring = on("recurring");
    detail.inactive |= fields.flag("active") == Some(false);
}

fn delay(fields: &mut Fields, key: &str) -> Option<Delay> {
    fields.span(key).filter(|(span, _)| !span.is_zero()).map(|(span, elapsed)| Delay { span, elapsed })
}

/// Manual tasks and tasks of other files keep the dates they are given; a missing end follows from the length. Without
/// any date there is nothing to hold them to.
fn fixed(fields: &mut Fields, detail: &Detail, activity: &Activity, calendars: &Calendars) -> Option<FixedDates> {
    let (start, finish) = (fields.instant("manual_start"), fields.instant("manual_finish"));
    let length = fields.span("manual_duration").map_or(activity.duration, |(span, _)| span);
    let manual = fields.flag("manual") == Some(true);
    if !(manual || detail.external) {
        return None;
    }
    let move_by = |from: Instant, span: Span| match activity.elapsed {
        true => from + span,
        false => calendars.working(activity.calendar).map_or(from, |c| c.add(from, span)),
    };
    match (start, finish) {
        (Some(start), Some(finish)) => Some(FixedDates { start, finish }),
        (Some(start), None) => Some(FixedDates { start, finish: move_by(start, length) }),
        (None, Some(finish)) => Some(FixedDates { start: move_by(finish, -length), finish }),
        (None, None) => None,
    }
}

fn assignments(fields: &mut Fields, calendar: CalendarIx, around: &Around, resources: &mut Resources) -> (Vec<Assignment>, Vec<Object>) {
    let outer = fields.place();
    let values = fields.list("assignments");
    let each = |(i, value): (usize, Value)| {
        let place = Place { within: Some(&outer), name: "assignments", index: Some(i) };
        assignment(Fields::of(value, place, around.found), calendar, around, resources)
    };
    values.into_iter().enumerate().map(each).unzip()
}

fn assignment(mut fields: Fields, calendar: CalendarIx, around: &Around, resources: &mut Resources) -> (Assignment, Object) {
    let own = around.calendars.named(&mut fields, "calendar");
    let (resource, drives) = resources.assigned(&mut fields, own);
    // In MS Project a resource of no calendar of its own works by the project's.
    let usual = if around.options.dialect == Dialect::P6 || resource.is_none() { calendar } else { around.options.calendar };
    let known = resource.and_then(|at| resources.list.get_mut(at as usize)).map(|r| &mut r.calendar);
    let calendar = match (own, known) {
        (Some(own), _) => CalendarIx(own),
        (None, Some(known)) if around.options.dialect == Dialect::MsProject => CalendarIx(*known.get_or_insert(usual.0)),
        (None, Some(Some(known))) => CalendarIx(*known),
        (None, _) => usual,
    };
    let mut work = |key: &str| fields.span(key).map(|(span, _)| span);
    let (all, done, left) = (work("work"), work("actual_work").unwrap_or_default(), work("remaining_work"));
    let overtime = work("overtime_work").unwrap_or_default();
    let all = all.or(left.map(|left| left + done)).unwrap_or_default();
    let (units, remaining_units) = (fields.number("units"), fields.number("remaining_units"));
    let units = if around.options.dialect == Dialect::P6 { remaining_units.or(units) } else { units };
    let assignment = Assignment {
        resource,
        calendar,
        drives,
        units: units.unwrap_or(if drives { 100.0 } else { 0.0 }),
        work: all,
        remaining_work: left.unwrap_or_else(|| (all - done).max(Span::ZERO)),
        actual_work: done,
        overtime,
        delay: delay(&mut fields, "delay"),
        leveling_delay: delay(&mut fields, "leveling_delay"),
        contour: contour(&mut fields),
    };
    (assignment, fields.rest())
}

/// By name, or `true` for one that is not told.
fn contour(fields: &mut Fields) -> Contour {
    match fields.take("contour") {
        None | Some(Value::Bool(false)) => Contour::Flat,
        Some(Value::Bool(true)) => Contour::Contoured,
        Some(other) => {
            let known = CONTOURS.iter().find(|(name, _)| other.as_str() == Some(name));
            if known.is_none() {
                fields.refuse("unknown_json_name", "contour", &other.to_string());
            }
            known.map_or(Contour::Flat, |(_, contour)| *contour)
        }
    }
}
