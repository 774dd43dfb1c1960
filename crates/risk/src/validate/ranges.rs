//! Ranges that are none.
use super::Found;
use crate::Range;
use lantu_calendar::Span;

/// No work is longer: 100 years by the clock, in seconds.
const LONGEST: i64 = 100 * 36_525 * 864;

/// Every range of a duration, and that no activity has two.
pub(super) fn check(found: &mut Found<'_>) {
    let model = found.model;
    let mut ranged = vec![false; model.network.activities.len()];
    for (at, one) in model.ranges.iter().enumerate() {
        let Some(uid) = found.uid(one.activity, &format!("range {}", at + 1)) else { continue };
        let place = || format!("range of activity {uid}");
        if std::mem::replace(&mut ranged[one.activity.at()], true) {
            found.push("duplicate_range", vec![uid], &place(), String::new());
        }
        if let Some(worst) = impossible(&one.range, false) {
            found.push(worst.0, vec![uid], &place(), worst.1);
        }
    }
}

/// What a risk adds; below zero it is an opportunity.
pub(super) fn impact(found: &mut Found<'_>, range: &Range, uid: i64, risk: &str) {
    if let Some((code, stands)) = impossible(range, true) {
        found.push(code, vec![uid], &format!("{risk}, activity {uid}"), stands);
    }
}

/// Why a range is none, and what stands there.
fn impossible(range: &Range, may_be_negative: bool) -> Option<(&'static str, String)> {
    match range {
        Range::Triangular { min, mode, max } => of_points(&[*min, *mode, *max], may_be_negative),
        Range::Uniform { min, max } => of_points(&[*min, *max], may_be_negative),
        Range::Lognormal { p50, p90 } => {
            let not_positive = p50.is_zero() || p50.is_negative() && may_be_negative;
            let refused = not_positive.then(|| ("lognormal_not_positive", said(&[*p50])));
            refused.or_else(|| of_points(&[*p50, *p90], false))
        }
        Range::Empirical { values } if values.is_empty() => Some(("empty_sample", String::new())),
        Range::Empirical { values } => values.iter().find_map(|value| of_points(&[*value], may_be_negative)),
    }
}

fn of_points(points: &[Span], may_be_negative: bool) -> Option<(&'static str, String)> {
    let any = |wrong: fn(&Span) -> bool| points.iter().any(wrong);
    let code = if !may_be_negative && any(|p| p.is_negative()) {
        "range_negative"
    } else if any(|p| !(-LONGEST..=LONGEST).contains(&p.as_seconds())) {
        "range_too_long"
    } else if any(|p| p.as_seconds() % 60 != 0) {
        "range_not_whole_minutes"
    } else if !points.is_sorted() {
        "range_out_of_order"
    } else {
        return None;
    };
    Some((code, said(points)))
}

/// In minutes, as files have it.
fn said(points: &[Span]) -> String {
    points.iter().map(|p| format!("{} min", p.as_minutes())).collect::<Vec<_>>().join(", ")
}
