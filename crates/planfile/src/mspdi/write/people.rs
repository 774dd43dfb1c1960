//! The elements of resources and assignments.
use super::{
    entry::{Entry, derived, entry, flag, maybe},
    numbers::Numbers,
};
use crate::mspdi::{
    codes, resources,
    value::{date_text, duration_text, number_text, tenths_text},
};
use crate::{Resource, ResourceKind};
use lantu_calendar::{Instant, Span};
use lantu_schedule::{Activity, Assignment, Progress};

/// The texts of a resource. `calendar` is the identity of its calendar.
pub(super) fn resource(numbers: &Numbers, at: usize, resource: &Resource, calendar: Option<i64>) -> Vec<Entry> {
    let uid = numbers.resources.get(at).copied().unwrap_or_default();
    let (kind, works) = match resource.kind {
        ResourceKind::Labor | ResourceKind::Nonlabor => ("1", true),
        ResourceKind::Material | ResourceKind::Cost => ("0", false),
    };
    let max_units = (works || resource.max_units != 100.0).then(|| number_text(resource.max_units / 100.0));
    vec![
        entry("UID", uid.to_string()),
        entry("ID", (at + 1).to_string()),
        maybe("Name", Some(resource.name.clone()).filter(|n| !n.is_empty())),
        entry("Type", kind),
        flag("IsNull", false),
        maybe("Initials", Some(resource.code.clone()).filter(|c| !c.is_empty())),
        maybe("MaxUnits", max_units),
        maybe("CalendarUID", calendar.map(|uid| uid.to_string())),
        flag("IsCostResource", resource.kind == ResourceKind::Cost),
    ]
}

/// The texts of an assignment; `uid` is its own identity.
pub(super) fn assignment(numbers: &Numbers, at: usize, activity: &Activity, assignment: &Assignment, uid: i64) -> Vec<Entry> {
    let resource = assignment.resource.and_then(|r| numbers.resources.get(r as usize).copied()).unwrap_or(resources::NO_ONE);
    let (start, finish) = ends(numbers, at, activity, assignment);
    let delay = assignment.leveling_delay;
    let format = if delay.is_some_and(|d| d.elapsed) { codes::ELAPSED_DAYS } else { codes::DAYS };
    let begun = !matches!(activity.progress(), Progress::NotStarted) && assignment.actual_work.is_positive();
    vec![
        entry("UID", uid.to_string()),
        entry("TaskUID", numbers.uids.get(at).copied().unwrap_or_default().to_string()),
        entry("ResourceUID", resource.to_string()),
        maybe("ActualStart", begun.then(|| date_text(start))),
        entry("ActualWork", duration_text(assignment.actual_work)),
        entry("Delay", tenths_text(assignment.delay.map_or(Span::ZERO, |d| d.span))),
        derived("Finish", date_text(finish)),
        entry("LevelingDelay", tenths_text(delay.map_or(Span::ZERO, |d| d.span))),
        entry("LevelingDelayFormat", format.to_string()),
        entry("OvertimeWork", duration_text(assignment.overtime)),
        derived("RegularWork", duration_text(assignment.work - assignment.overtime)),
        entry("RemainingWork", duration_text(assignment.remaining_work)),
        derived("Start", date_text(start)),
        entry("Units", number_text(assignment.units / 100.0)),
        entry("Work", duration_text(assignment.work)),
        entry("WorkContour", codes::code(&codes::CONTOURS, &assignment.contour).to_string()),
    ]
}

/// With its task, later by its delay.
pub(super) fn ends(numbers: &Numbers, at: usize, activity: &Activity, assignment: &Assignment) -> (Instant, Instant) {
    let (start, finish) = numbers.ends(at);
    let later = |from: Instant, delay: Option<lantu_schedule::Delay>| match delay {
        None => from,
        Some(delay) if delay.elapsed => from + delay.span,
        Some(delay) => numbers.working(assignment.calendar.at()).map_or(from, |c| c.next_start(c.add(from, delay.span))),
    };
    let start = if activity.is_summary() { start } else { later(later(start, assignment.leveling_delay), assignment.delay) };
    (start.min(finish), finish)
}
