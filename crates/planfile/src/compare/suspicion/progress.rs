//! What was reported before is another thing now, or came out of its order.
use super::{Case, Doubts};
use crate::compare::{Comparison, Concern, Field, FieldChange, RowChange, Value, fields::actual_dates, sides::Side, value::At};
use lantu_calendar::{Instant, Span};
use lantu_schedule::{Lag, Link, LinkKind};
use std::collections::HashSet;

pub(super) fn look(doubts: &mut Doubts<'_>, found: &Comparison) {
    for change in &found.changed {
        change.fields.iter().for_each(|field| reported(doubts, change, field));
    }
    out_of_sequence(doubts);
}

fn reported(doubts: &mut Doubts<'_>, change: &RowChange, field: &FieldChange) {
    let data_date = doubts.both.old.plan.options.data_date;
    // A date in the future of its own report had to be corrected.
    let was_history = |at: Instant| data_date.is_none_or(|d| at <= d);
    let code = match (field.concern, &field.before, &field.after) {
        (Some(Concern::ActualMoved | Concern::ActualTakenBack), Value::Time(at), _) if was_history(*at) => "actual_changed",
        (Some(Concern::Backwards), _, _) => "progress_backwards",
        (None, Value::None, Value::Time(at)) if is_actual(field.field) && data_date.is_some_and(|d| *at < d) => "actual_backdated",
        _ => return,
    };
    doubts.add(code, Case::of_row(change.at(), field.before.clone(), field.after.clone()));
}

fn is_actual(field: Field) -> bool {
    matches!(field, Field::ActualStart | Field::ActualFinish)
}

/// Work that began, or ended, before its links let it, where it had not in the old version.
fn out_of_sequence(doubts: &mut Doubts<'_>) {
    let both = doubts.both;
    let known: HashSet<(usize, usize)> =
        early_links(&both.old).filter_map(|l| Some((both.rows.new_of(l.predecessor.at())?, both.rows.new_of(l.successor.at())?))).collect();
    let mut seen = HashSet::new();
    for link in early_links(&both.new) {
        let ends = (link.predecessor.at(), link.successor.at());
        if !known.contains(&ends) && seen.insert(ends) {
            let case = Case { at: Some(At::new(ends.1)), other: Some(At::new(ends.0)), ..Case::default() };
            doubts.add("out_of_sequence", case);
        }
    }
}

/// Links that what has happened did not wait for. A lead lets work begin early by any amount.
fn early_links<'a>(side: &'a Side<'_>) -> impl Iterator<Item = &'a Link> {
    side.plan.links.iter().filter(|link| {
        let rows = [link.predecessor.at(), link.successor.at()].map(|at| side.plan.activities.get(at));
        let [Some(before), Some(after)] = rows else { return false };
        if before.is_summary() || after.is_summary() || is_lead(link.lag) {
            return false;
        }
        let ((p_start, p_finish), (start, finish)) = (actual_dates(before.progress()), actual_dates(after.progress()));
        let early = |happened: Option<Instant>, awaited: Option<Instant>| happened.is_some_and(|h| awaited.is_none_or(|a| a > h));
        match link.kind {
            LinkKind::FinishStart => early(start, p_finish),
            LinkKind::StartStart => early(start, p_start),
            LinkKind::FinishFinish => early(finish, p_finish),
            LinkKind::StartFinish => early(finish, p_start),
        }
    })
}

pub(super) fn is_lead(lag: Lag) -> bool {
    match lag {
        Lag::Work(span) | Lag::Elapsed(span) => span < Span::ZERO,
        Lag::Percent(percent) | Lag::ElapsedPercent(percent) => percent < 0.0,
    }
}
