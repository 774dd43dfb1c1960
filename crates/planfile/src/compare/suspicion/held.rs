//! What keeps lateness from being seen: dates that win over logic, limits that went, more working time.
use super::{Case, Doubts};
use crate::compare::{
    Comparison, Field, FieldChange, RowChange, Setting, Value,
    sides::{Both, Side},
};
use lantu_calendar::Instant;
use lantu_schedule::{Constraint, ConstraintKind, Dialect, LinkKind, Row};
use std::collections::HashSet;

pub(super) fn look(doubts: &mut Doubts<'_>, found: &Comparison) {
    hidden(doubts, found);
    for change in &found.changed {
        change.fields.iter().filter(|f| is_loosened(doubts.both, change, f)).for_each(|f| {
            doubts.add("limit_loosened", Case::of_row(change.at(), f.before.clone(), f.after.clone()));
        });
    }
    must_finish(doubts, found);
    for calendar in found.calendars.iter().filter(|c| c.gains_time()) {
        let (before, after) = (Value::Length(calendar.week_before), Value::Length(calendar.week_after));
        doubts.add("calendar_gains_time", Case { name: Some(calendar.name.clone()), before, after, ..Case::default() });
    }
}

/// New dates that hold work earlier than what it waits for allows.
fn hidden(doubts: &mut Doubts<'_>, found: &Comparison) {
    let both = doubts.both;
    let winning = |f: &&FieldChange| {
        matches!(f.field, Field::Constraint | Field::Secondary) && matches!(&f.after, Value::Dated(c) if wins_over_links(&both.new, c))
    };
    let candidates: Vec<(&RowChange, &FieldChange)> =
        found.changed.iter().filter_map(|c| Some((c, c.fields.iter().find(winning)?))).collect();
    if candidates.is_empty() {
        return;
    }
    let too_early: HashSet<usize> = rows_before_their_links(&both.new);
    for (change, field) in candidates.into_iter().filter(|(c, _)| too_early.contains(&c.new.at())) {
        doubts.add("constraint_hides_lateness", Case::of_row(change.at(), field.before.clone(), field.after.clone()));
    }
}

/// In P6 mandatory dates alone, in MS Project every limit as long as constraints are honoured.
fn wins_over_links(side: &Side<'_>, c: &Constraint) -> bool {
    use ConstraintKind::*;
    match side.plan.options.dialect {
        Dialect::P6 => matches!(c.kind, MustStartOn | MustFinishOn),
        Dialect::MsProject => {
            let limits = matches!(c.kind, MustStartOn | MustFinishOn | StartOn | FinishOn | StartNoLaterThan | FinishNoLaterThan);
            limits && side.plan.options.honor_constraints
        }
    }
}

/// Unstarted rows that stand before the rows that they wait for. Leads may allow that, and are passed over.
fn rows_before_their_links(side: &Side<'_>) -> HashSet<usize> {
    let broken = |link: &&lantu_schedule::Link| {
        let (Some(before), Some(after)) = (side.row(link.predecessor.at()), side.row(link.successor.at())) else { return false };
        let (awaited, stands) = ends(link.kind, before, after);
        let hours = side.network.calendars.get(side.activity(link.successor.at()).calendar.at());
        let overlap = hours.map_or(awaited - stands, |c| c.work_between(stands, awaited));
        !super::progress::is_lead(link.lag) && overlap.is_positive()
    };
    side.plan.links.iter().filter(broken).map(|l| l.successor.at()).filter(|at| !side.is_done(*at)).collect()
}

fn ends(kind: LinkKind, before: &Row, after: &Row) -> (Instant, Instant) {
    match kind {
        LinkKind::FinishStart => (before.finish, after.start),
        LinkKind::StartStart => (before.start, after.start),
        LinkKind::FinishFinish => (before.finish, after.finish),
        LinkKind::StartFinish => (before.start, after.finish),
    }
}

/// A limit is gone or later, and the row is now later than it allowed.
fn is_loosened(both: &Both<'_>, change: &RowChange, field: &FieldChange) -> bool {
    let (Some(row), false) = (both.new.row(change.new.at()), both.new.is_done(change.new.at())) else { return false };
    let Some((limit, of_start)) = limit(field.field, &field.before) else { return false };
    let later = self::limit(field.field, &field.after).is_none_or(|(after, _)| after > limit);
    later && if of_start { row.start > limit } else { row.finish > limit }
}

/// The latest date that a value allows, and whether of the start.
fn limit(field: Field, value: &Value) -> Option<(Instant, bool)> {
    use ConstraintKind::*;
    match (field, value) {
        (Field::Deadline, Value::Time(at)) => Some((*at, false)),
        (Field::Constraint | Field::Secondary, Value::Dated(c)) => match c.kind {
            StartNoLaterThan | StartOn | MustStartOn => Some((c.date, true)),
            FinishNoLaterThan | FinishOn | MustFinishOn => Some((c.date, false)),
            _ => None,
        },
        _ => None,
    }
}

fn must_finish(doubts: &mut Doubts<'_>, found: &Comparison) {
    let Some(change) = found.settings.iter().find(|c| c.setting == Setting::MustFinish) else { return };
    let Value::Time(before) = change.before else { return };
    let later = !matches!(change.after, Value::Time(after) if after < before);
    if later && found.finish.after > before {
        doubts.add("must_finish_loosened", Case::of_project(change.before.clone(), change.after.clone()));
    }
}
