//! Dates, as computed and as the files say.
use super::{Differences, Field};
use crate::compare::{sides::Both, value::Value};

pub(super) fn compare(both: &Both<'_>, old: usize, new: usize, found: &mut Differences) {
    let summary = both.old.activity(old).is_summary() || both.new.activity(new).is_summary();
    // The late dates and floats of what is done mean nothing, and move with the data date.
    let done = both.old.is_done(old) || both.new.is_done(new);
    computed(both, old, new, summary || done, found);
    stored(both, old, new, summary || done, found);
}

fn computed(both: &Both<'_>, old: usize, new: usize, dates_alone: bool, found: &mut Differences) {
    let (Some(was), Some(is)) = (both.old.row(old), both.new.row(new)) else { return };
    found.hold(Field::Start, Value::Time(was.start), Value::Time(is.start));
    found.hold(Field::Finish, Value::Time(was.finish), Value::Time(is.finish));
    if dates_alone {
        return;
    }
    found.hold(Field::LateStart, Value::Time(was.late_start), Value::Time(is.late_start));
    found.hold(Field::LateFinish, Value::Time(was.late_finish), Value::Time(is.late_finish));
    found.hold(Field::TotalFloat, Value::Length(was.total_float), Value::Length(is.total_float));
    found.hold(Field::FreeFloat, Value::Length(was.free_float), Value::Length(is.free_float));
    found.hold(Field::Critical, Value::Flag(was.critical), Value::Flag(is.critical));
    found.hold(Field::LongestPath, Value::Flag(both.old.on_longest(old)), Value::Flag(both.new.on_longest(new)));
}

/// Only what both files say: a file without dates has moved none.
fn stored(both: &Both<'_>, old: usize, new: usize, dates_alone: bool, found: &mut Differences) {
    let (Some(was), Some(is)) = (both.old.plan.stored.get(old), both.new.plan.stored.get(new)) else { return };
    let dates = [
        (Field::StoredStart, was.start, is.start),
        (Field::StoredFinish, was.finish, is.finish),
        (Field::StoredLateStart, was.late_start, is.late_start),
        (Field::StoredLateFinish, was.late_finish, is.late_finish),
    ];
    for (field, before, after) in dates.into_iter().take(if dates_alone { 2 } else { 4 }) {
        if let (Some(before), Some(after)) = (before, after) {
            found.hold(field, Value::Time(before), Value::Time(after));
        }
    }
    if let (Some(before), Some(after), false) = (was.total_float, is.total_float, dates_alone) {
        found.hold(Field::StoredFloat, Value::Length(before), Value::Length(after));
    }
}
