//! Names, places, and what a row is held to.
use super::{Differences, Field};
use crate::compare::{sides::Both, value::Value};
use lantu_schedule::{Activity, Detail, Kind};

pub(super) fn compare(both: &Both<'_>, old: usize, new: usize, found: &mut Differences) {
    let (was, is) = (both.old.activity(old), both.new.activity(new));
    found.text(Field::Name, both.old.name(old), both.new.name(new));
    found.text(Field::Code, both.old.code(old), both.new.code(new));
    parent(both, was, is, found);
    if both.one_dialect().is_some() {
        found.hold(Field::Kind, Value::Word(kind(was.kind)), Value::Word(kind(is.kind)));
    }
    let active = |a: &Activity| Value::Flag(a.detail.as_ref().is_none_or(|d| !d.inactive));
    found.hold(Field::Active, active(was), active(is));
    if !is.is_summary() {
        calendar(both, was, is, found);
    }
    let none = Detail::default();
    held_to(was.detail.as_deref().unwrap_or(&none), is.detail.as_deref().unwrap_or(&none), found);
}

/// Another element, not the same one with another name.
fn parent(both: &Both<'_>, was: &Activity, is: &Activity, found: &mut Differences) {
    let (before, after) = (was.parent.map(|p| p.at()), is.parent.map(|p| p.at()));
    let same = match (before, after) {
        (Some(before), Some(after)) => both.rows.new_of(before) == Some(after),
        (before, after) => before == after,
    };
    if !same {
        let text = |code: &str, name: &str| Value::Text(format!("{code} {name}").trim().to_owned());
        let before = before.map_or(Value::None, |at| text(both.old.code(at), both.old.name(at)));
        let after = after.map_or(Value::None, |at| text(both.new.code(at), both.new.name(at)));
        found.0.push(super::FieldChange { field: Field::Parent, of: None, before, after, concern: None });
    }
}

/// Another calendar than the one it had; the project's own calendar is a setting of the project.
fn calendar(both: &Both<'_>, was: &Activity, is: &Activity, found: &mut Differences) {
    let by_project = was.calendar == both.old.plan.options.calendar && is.calendar == both.new.plan.options.calendar;
    if by_project || both.calendars.new_of(was.calendar.at()) == Some(is.calendar.at()) {
        return;
    }
    let name = |plan: &crate::Plan, a: &Activity| plan.calendars.get(a.calendar.at()).map_or(Value::None, |c| Value::Text(c.name.clone()));
    let (before, after) = (name(both.old.plan, was), name(both.new.plan, is));
    found.0.push(super::FieldChange { field: Field::Calendar, of: None, before, after, concern: None });
}

fn held_to(was: &Detail, is: &Detail, found: &mut Differences) {
    let dated = |c: Option<_>| c.map_or(Value::None, Value::Dated);
    found.hold(Field::Constraint, dated(was.constraint), dated(is.constraint));
    found.hold(Field::Secondary, dated(was.secondary), dated(is.secondary));
    let manual = |d: &Detail| d.fixed.map_or((None, None), |f| (Some(f.start), Some(f.finish)));
    let delay = |d: &Detail| Value::length(d.leveling_delay.map(|d| d.span));
    let times = [
        (Field::Deadline, was.deadline, is.deadline),
        (Field::ExpectedFinish, was.expected_finish, is.expected_finish),
        (Field::Resume, was.resume, is.resume),
        (Field::ManualStart, manual(was).0, manual(is).0),
        (Field::ManualFinish, manual(was).1, manual(is).1),
    ];
    for (field, before, after) in times {
        found.hold(field, Value::time(before), Value::time(after));
    }
    found.hold(Field::LevelingDelay, delay(was), delay(is));
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Task => "task",
        Kind::ResourceDependent => "resource_dependent",
        Kind::StartMilestone => "start_milestone",
        Kind::FinishMilestone => "finish_milestone",
        Kind::LevelOfEffort => "level_of_effort",
        Kind::WbsSummary => "wbs_summary",
        Kind::Summary => "summary",
    }
}
