//! How long, and how far.
use super::{Concern, Differences, Field};
use crate::compare::{
    sides::{Both, Side},
    value::Value,
};
use lantu_calendar::Instant;
use lantu_schedule::Progress;

pub(super) fn compare(both: &Both<'_>, old: usize, new: usize, found: &mut Differences) {
    let (was, is) = (both.old.activity(old), both.new.activity(new));
    // What a summary row sums up stands in its rows.
    if was.is_summary() || is.is_summary() {
        return;
    }
    let (before, after) = (was.progress(), is.progress());
    lengths(both, old, new, found);
    let percent = |side: &Side<'_>, at: usize| side.plan.stored.get(at).and_then(|s| s.percent_complete);
    if let (Some(a), Some(b)) = (percent(&both.old, old), percent(&both.new, new)) {
        let concern = if b < a { Some(Concern::Backwards) } else { None };
        found.hold_with(Field::Percent, Value::Number(a), Value::Number(b), concern);
    }
    let (a, b) = (actual_dates(before), actual_dates(after));
    found.hold_with(Field::ActualStart, Value::time(a.0), Value::time(b.0), revised(a.0, b.0));
    found.hold_with(Field::ActualFinish, Value::time(a.1), Value::time(b.1), revised(a.1, b.1));
}

fn lengths(both: &Both<'_>, old: usize, new: usize, found: &mut Differences) {
    let (was, is) = (both.old.activity(old), both.new.activity(new));
    found.hold(Field::Duration, Value::Length(was.duration), Value::Length(is.duration));
    let planned = |side: &Side<'_>, at: usize| side.plan.stored.get(at).and_then(|s| s.planned_duration);
    let (a, b) = (planned(&both.old, old), planned(&both.new, new));
    if a.is_some() || b.is_some() {
        let (a, b) = (a.unwrap_or(was.duration), b.unwrap_or(is.duration));
        found.hold(Field::OriginalDuration, Value::Length(a), Value::Length(b));
    }
    // All of the work of what has not begun remains.
    let begun = was.progress() != Progress::NotStarted || is.progress() != Progress::NotStarted;
    if begun {
        found.hold(Field::Remaining, Value::Length(both.old.remaining(old)), Value::Length(both.new.remaining(new)));
    }
}

fn revised(before: Option<Instant>, after: Option<Instant>) -> Option<Concern> {
    match (before, after) {
        (Some(_), None) => Some(Concern::ActualTakenBack),
        (Some(_), Some(_)) => Some(Concern::ActualMoved),
        (None, _) => None,
    }
}

/// When it began and when it ended, as far as it did.
pub(in crate::compare) fn actual_dates(progress: Progress) -> (Option<Instant>, Option<Instant>) {
    match progress {
        Progress::NotStarted => (None, None),
        Progress::Started { start, .. } => (Some(start), None),
        Progress::Finished { start, finish, .. } => (Some(start), Some(finish)),
    }
}
