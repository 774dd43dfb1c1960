//! A formality as a day could know it: without what is dated later.
use jiff::civil::Date;
use lantu_model::{Formality, FormalityState, formality::Course, formality::Round, period::Period};
use std::borrow::Cow;

/// The round that was in hand, decided or ended on a day, as far as it had come; `None` before the first.
pub(super) fn seen(row: &Formality, day: Date) -> Option<Cow<'_, Formality>> {
    if row.state == FormalityState::NotNeeded || is_past(row, day) {
        return Some(Cow::Borrowed(row));
    }
    let rounds = row.course.earlier.iter().rev().map(|round| as_row(row, round));
    std::iter::once(row.clone()).chain(rounds).find_map(|round| undone(round, day)).map(Cow::Owned)
}

/// Nothing of it is dated after the day.
fn is_past(row: &Formality, day: Date) -> bool {
    let past = |period: Option<Period>| period.is_none_or(|p| p.first_day() <= day);
    let course = &row.course;
    past(row.applied)
        && past(row.decided)
        && course.ended.as_ref().is_none_or(|e| e.on <= day)
        && course.pauses.iter().all(|p| p.from <= day)
        && course.commitment.as_ref().and_then(|c| c.fulfilled).is_none_or(|on| on <= day)
}

fn as_row(row: &Formality, round: &Round) -> Formality {
    let course = Course { pauses: round.pauses.clone(), ended: round.ended.clone(), commitment: round.commitment.clone(), earlier: vec![] };
    Formality {
        applied: round.applied,
        decided: round.decided,
        valid_until: round.valid_until,
        number: round.number.clone(),
        course,
        ..Formality::new(&row.kind, round.outcome)
    }
}

/// A round without what came later; `None` when all of it did.
fn undone(mut round: Formality, day: Date) -> Option<Formality> {
    let later = |period: Option<Period>| period.is_some_and(|p| p.first_day() > day);
    let undecided = later(round.decided);
    if later(round.applied) || round.applied.is_none() && (undecided || round.decided.is_none()) {
        return None;
    }
    if round.course.ended.as_ref().is_some_and(|e| e.on > day) {
        round.course.ended = None;
        let granted = round.state == FormalityState::Lapsed && round.decided.is_some();
        round.state = if granted { FormalityState::Granted } else { FormalityState::Applied };
    }
    if undecided {
        round.state = FormalityState::Applied;
        (round.decided, round.valid_until, round.course.commitment) = (None, None, None);
    }
    round.course.pauses.retain(|p| p.from <= day);
    if let Some(promise) = round.course.commitment.as_mut().filter(|c| c.fulfilled.is_some_and(|on| on > day)) {
        promise.fulfilled = None;
    }
    Some(round)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use lantu_model::formality::{Ended, Pause, PauseKind};

    fn day(d: i8) -> Date {
        date(2026, 5, d)
    }

    #[test]
    fn each_day_sees_its_own_round() {
        let mut row = Formality::new("eia", FormalityState::Granted);
        (row.applied, row.decided) = (Some(Period::day(day(18))), Some(Period::day(day(25))));
        row.course.pauses = vec![Pause { kind: PauseKind::Hearing, from: day(20), until: Some(day(21)), reason: String::new() }];
        row.course.earlier = vec![Round {
            outcome: FormalityState::Returned,
            applied: Some(Period::day(day(4))),
            decided: None,
            valid_until: None,
            number: None,
            pauses: vec![],
            ended: Some(Ended { on: day(11), reason: "papers".to_owned() }),
            commitment: None,
        }];
        let state = |on: i8| seen(&row, day(on)).map(|f| (f.state, f.course.pauses.len()));
        use FormalityState::{Applied, Granted, Returned};
        assert_eq!(state(3), None);
        assert_eq!(state(4), Some((Applied, 0)));
        assert_eq!(state(12), Some((Returned, 0)));
        assert_eq!(state(19), Some((Applied, 0)));
        assert_eq!(state(24), Some((Applied, 1)));
        assert_eq!(state(25), Some((Granted, 1)));
        assert!(matches!(seen(&row, day(25)), Some(Cow::Borrowed(_))));
    }

    #[test]
    fn a_lapse_is_seen_from_its_day() {
        let mut row = Formality::new("eia", FormalityState::Lapsed);
        row.decided = Some(Period::day(day(4)));
        row.course.ended = Some(Ended { on: day(20), reason: "unused".to_owned() });
        assert_eq!(seen(&row, day(19)).map(|f| f.state), Some(FormalityState::Granted));
        assert_eq!(seen(&row, day(20)).map(|f| f.state), Some(FormalityState::Lapsed));
        assert!(seen(&row, day(3)).is_none());
    }
}
