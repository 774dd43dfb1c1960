use super::*;
use jiff::{ToSpan, civil::date};
use lantu_calendar::MONDAY_TO_FRIDAY;
use lantu_model::{
    FormalityState, Period,
    formality::{Commitment, Ended, Pause},
};
use proptest::prelude::*;

const WD: fn(u16) -> Promised = |n| Promised { limit: Some(Limit::WorkingDays(n)), owner: ClockOwner::Gov };
const CD: fn(u16) -> Promised = |n| Promised { limit: Some(Limit::CalendarDays(n)), owner: ClockOwner::Gov };

/// 2026 as the State Council published it: the spans that touch the vectors.
fn office() -> WorkCalendar {
    let spans = [((2, 15), 9), ((4, 4), 3), ((5, 1), 5), ((6, 19), 3), ((9, 25), 3), ((10, 1), 7)];
    let off = spans.into_iter().flat_map(|((m, d), n)| (0..n).map(move |i| (date(2026, m, d).saturating_add(i.days()), false)));
    let work = [(1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10)].map(|(m, d)| (date(2026, m, d), true));
    WorkCalendar::new(MONDAY_TO_FRIDAY, off.chain(work), Some(date(2026, 12, 31)))
}

fn accepted(day: Date) -> Formality {
    Formality { applied: Some(Period::day(day)), ..Formality::new("eia", FormalityState::Applied) }
}

fn paused(mut f: Formality, kind: PauseKind, from: Date, until: Option<Date>) -> Formality {
    f.course.pauses.push(Pause { kind, from, until, reason: "材料不齐".into() });
    f
}

fn read(f: &Formality, promised: Promised, today: Date) -> Clock {
    Clock::read(f, promised, &office(), today)
}

#[test]
fn make_up_days_count_and_holidays_do_not() {
    for (from, limit, due) in
        [(date(2026, 2, 12), 5, date(2026, 2, 26)), (date(2026, 9, 18), 10, date(2026, 10, 9)), (date(2026, 3, 2), 75, date(2026, 6, 18))]
    {
        let clock = read(&accepted(from), WD(limit), due);
        assert_eq!((clock.limit_day, clock.run, clock.left, clock.overdue), (Some(due), Some(i64::from(limit)), Some(0), 0), "{from}");
        assert_eq!((clock.standing, clock.mover, clock.since), (Standing::Running, Mover::Department, Some(from)));
    }
    // 14 and 28 February are Saturdays that are worked.
    assert_eq!(read(&accepted(date(2026, 2, 13)), WD(5), date(2026, 2, 14)).run, Some(1));
    assert_eq!(read(&accepted(date(2026, 2, 27)), WD(5), date(2026, 3, 1)).run, Some(1));
}

#[test]
fn calendar_days_run_through_weekends() {
    let clock = read(&accepted(date(2026, 4, 1)), CD(30), date(2026, 5, 4));
    assert_eq!((clock.run, clock.limit_day, clock.left, clock.overdue), (Some(33), Some(date(2026, 5, 1)), Some(0), 3));
}

#[test]
fn a_pause_stops_the_clock_and_moves_the_limit_day() {
    let open = paused(accepted(date(2026, 3, 2)), PauseKind::Correction, date(2026, 3, 5), None);
    let clock = read(&open, WD(5), date(2026, 3, 20));
    assert_eq!((clock.run, clock.paused, clock.left, clock.limit_day), (Some(2), 12, Some(3), None));
    assert_eq!((clock.standing, clock.mover, clock.since), (Standing::Paused(PauseKind::Correction), Mover::Owner, Some(date(2026, 3, 5))));
    let resumed = paused(accepted(date(2026, 3, 2)), PauseKind::Correction, date(2026, 3, 5), Some(date(2026, 3, 15)));
    let clock = read(&resumed, WD(5), date(2026, 3, 20));
    assert_eq!((clock.run, clock.paused, clock.overdue, clock.limit_day), (Some(7), 7, 2, Some(date(2026, 3, 18))));
    assert_eq!((clock.standing, clock.since), (Standing::Running, Some(date(2026, 3, 16))));
    for (kind, mover) in [(PauseKind::Publicity, Mover::Nobody), (PauseKind::Hearing, Mover::Department)] {
        assert_eq!(read(&paused(accepted(date(2026, 3, 2)), kind, date(2026, 3, 5), None), WD(5), date(2026, 3, 6)).mover, mover);
    }
}

#[test]
fn the_decision_ends_it_and_an_owners_time_is_nobodys_delay() {
    let mut f = accepted(date(2026, 3, 2));
    f.state = FormalityState::Granted;
    f.decided = Some(Period::day(date(2026, 3, 10)));
    let clock = read(&f, WD(5), date(2026, 8, 1));
    assert_eq!((clock.standing, clock.mover, clock.run, clock.left, clock.overdue), (Standing::Granted, Mover::Nobody, Some(6), None, 1));
    let own =
        read(&accepted(date(2026, 3, 2)), Promised { limit: Some(Limit::WorkingDays(5)), owner: ClockOwner::Owner }, date(2026, 3, 31));
    assert_eq!((own.mover, own.run, own.limit, own.overdue), (Mover::Owner, Some(21), None, 0));
}

#[test]
fn expired_promised_returned_and_undated() {
    let mut f = accepted(date(2026, 1, 5));
    f.state = FormalityState::Granted;
    f.decided = Some(Period::day(date(2026, 1, 9)));
    f.valid_until = Some(date(2026, 3, 31));
    let expired = read(&f, WD(20), date(2026, 4, 1));
    assert_eq!((expired.standing, expired.mover, expired.since), (Standing::Expired, Mover::Owner, Some(date(2026, 4, 1))));
    assert_eq!(read(&f, WD(20), date(2026, 3, 31)).standing, Standing::Granted);
    f.valid_until = None;
    f.course.commitment = Some(Commitment { due: date(2026, 2, 1), missing: "水保方案".into(), fulfilled: None });
    let promised = read(&f, WD(20), date(2026, 2, 4));
    assert_eq!((promised.standing, promised.mover, promised.promise_overdue), (Standing::Promised, Mover::Owner, 3));
    let mut returned = accepted(date(2026, 3, 2));
    returned.state = FormalityState::Returned;
    returned.course.ended = Some(Ended { on: date(2026, 3, 6), reason: "缺图纸".into() });
    let clock = read(&returned, WD(20), date(2026, 6, 1));
    assert_eq!((clock.mover, clock.since, clock.run, clock.left), (Mover::Owner, Some(date(2026, 3, 6)), Some(4), None));
    let undated = Formality { applied: "2026-03".parse().ok(), ..Formality::new("eia", FormalityState::Applied) };
    let clock = read(&undated, WD(20), date(2026, 6, 1));
    assert_eq!((clock.standing, clock.run, clock.limit_day, clock.overdue), (Standing::Undated, None, None, 0));
}

/// The rule itself, one day after another.
fn walked(f: &Formality, c: &WorkCalendar, working: bool, from: Date, to: Date) -> i64 {
    let days = from.series(1.day()).skip(1).take_while(|d| *d <= to);
    i64::try_from(days.filter(|d| (!working || c.is_working(*d)) && f.pause_on(*d).is_none()).count()).unwrap()
}

/// Pauses one after another from gaps and lengths; the last may be open.
fn any_pauses(start: Date) -> impl Strategy<Value = Vec<Pause>> {
    (prop::collection::vec((0i64..20, 0i64..15), 0..4), any::<bool>()).prop_map(move |(spans, open)| {
        let mut day = start;
        let count = spans.len();
        let mut pauses = vec![];
        for (i, (gap, length)) in spans.into_iter().enumerate() {
            let from = day.saturating_add(gap.days());
            let until = from.saturating_add(length.days());
            let until = (!(open && i + 1 == count)).then_some(until);
            pauses.push(Pause { kind: PauseKind::Publicity, from, until, reason: String::new() });
            day = from.saturating_add((length + 1).days());
        }
        pauses
    })
}

proptest! {
    #[test]
    fn counting_agrees_with_walking(
        pauses in any_pauses(date(2026, 1, 20)), offset in 0i64..12, length in -5i64..250, limit in 0u16..80, working in any::<bool>(),
    ) {
        let office = office();
        let from = date(2026, 1, 20).saturating_add((-offset).days());
        let today = from.saturating_add(length.days());
        let mut f = accepted(from);
        f.course.pauses = pauses;
        let promised = if working { WD(limit) } else { CD(limit) };
        let clock = Clock::read(&f, promised, &office, today);
        let run = walked(&f, &office, working, from, today);
        prop_assert_eq!(clock.run, Some(run));
        prop_assert_eq!(clock.left, Some((i64::from(limit) - run).max(0)));
        prop_assert_eq!(clock.overdue, (run - i64::from(limit)).max(0));
        f.course.pauses.retain(|p| p.until.is_some() || p.from <= today);
        match clock.limit_day {
            // The first day on which the limit is used up: that many have counted, the day itself among them.
            Some(day) if limit > 0 => {
                prop_assert_eq!(walked(&f, &office, working, from, day), i64::from(limit));
                prop_assert_eq!(walked(&f, &office, working, from, day.yesterday().unwrap()), i64::from(limit) - 1);
                prop_assert_eq!(clock.overdue > 0, walked(&f, &office, working, day, today) > 0 && today > day);
            }
            Some(day) => prop_assert_eq!(day, from),
            None => prop_assert!(f.course.pauses.iter().any(|p| p.until.is_none()) || length < 400),
        }
    }
}
