//! Ends of time, midnights, loops and hostile sizes.
use jiff::civil::{Date, date};
use lantu_calendar::{Calendar, CalendarSpec, Hours, Instant, Span, TooManyPieces, day_of, days_of};
use std::time::Instant as Stopwatch;

fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

fn office() -> Hours {
    Hours::of_minutes([(480, 720), (780, 1020)])
}

#[test]
fn hours_that_meet_at_midnight_are_one_period() {
    let nights = Calendar::of(&CalendarSpec::daily(&Hours::of_minutes([(0, 360), (1320, 1440)])));
    let midnight = at("2026-03-04");
    assert_eq!(nights.next_start(midnight), midnight);
    assert_eq!(nights.previous_finish(midnight), midnight);
    assert!(nights.is_working(midnight));
    assert_eq!(nights.add(at("2026-03-03T22:00"), Span::hours(2)), midnight);
    assert_eq!(nights.add(at("2026-03-03T22:00"), Span::hours(8)), at("2026-03-04T06:00"));
    assert_eq!(nights.add(at("2026-03-04T06:00"), Span::hours(-8)), at("2026-03-03T22:00"));
    let evenings = Calendar::of(&CalendarSpec::daily(&Hours::of_minutes([(1200, 1440)])));
    assert_eq!(evenings.previous_finish(at("2026-03-04T05:00")), midnight);
    assert_eq!(evenings.next_start(midnight), at("2026-03-04T20:00"));
}

#[test]
fn the_ends_of_time() {
    let clock = Calendar::around_the_clock();
    assert_eq!(clock.add(Instant::MAX, Span::hours(1)), Instant::MAX);
    assert_eq!(clock.add(Instant::MIN, Span::hours(-1)), Instant::MIN);
    assert_eq!(clock.add(Instant::MIN, Span::hours(24)), at("0001-01-02"));
    assert_eq!(clock.work_between(Instant::MIN, Instant::MAX), Instant::MAX - Instant::MIN);
    assert_eq!(clock.next_start(Instant::MIN), Instant::MIN);
    let week = Calendar::of(&CalendarSpec::weekdays(&office()));
    for (instant, span) in [(Instant::MAX, i64::MAX), (Instant::MIN, i64::MAX), (Instant::from_seconds(i64::MAX), 1)] {
        assert_eq!(week.add(instant, Span::seconds(span)), Instant::MAX);
    }
    for (instant, span) in [(Instant::MAX, i64::MIN), (Instant::MIN, i64::MIN), (Instant::from_seconds(i64::MIN), -1)] {
        assert_eq!(week.add(instant, Span::seconds(span)), Instant::MIN);
    }
    assert_eq!(week.next_start(Instant::MIN), at("0001-01-01T08:00"));
    assert_eq!(week.previous_finish(Instant::MAX), at("9998-12-31T17:00"));
    assert!(week.hours(i64::MIN).work() == Span::hours(8) && week.hours(i64::MAX).work() == Span::hours(8));
}

#[test]
fn exceptions_may_be_the_only_work() {
    let only = |from: Date, to: Date| Calendar::of(&CalendarSpec::default().except(from, to, office()));
    let two = only(date(2026, 3, 5), date(2026, 3, 6));
    assert!(two.has_work());
    assert_eq!(two.add(at("2026-01-01"), Span::hours(16)), at("2026-03-06T17:00"));
    assert_eq!(two.add(at("2026-01-01"), Span::hours(17)), Instant::MAX);
    assert_eq!(two.add(at("2027-01-01"), Span::hours(-16)), at("2026-03-05T08:00"));
    assert_eq!(two.add(at("2027-01-01"), Span::hours(-17)), Instant::MIN);
    assert_eq!(two.next_start(at("2026-03-06T17:00")), Instant::MAX);
    assert_eq!(two.equivalent_start(at("2026-03-06T18:00")), at("2026-03-06T18:00"));
    assert_eq!(two.previous_finish(at("2026-03-05T08:00")), Instant::MIN);
    assert!(!only(date(9999, 1, 1), date(9999, 12, 31)).has_work(), "no instant reaches there");
    assert!(!only(Date::MIN, date(0, 12, 31)).has_work(), "nor there");
    assert!(!only(date(2026, 3, 6), date(2026, 3, 5)).has_work(), "backward spans have no day");
    assert_eq!(only(Date::MIN, Date::MAX), Calendar::of(&CalendarSpec::daily(&office())));
}

#[test]
fn loops_and_missing_parents_count_as_none() {
    let monday = |parent| CalendarSpec { week: std::array::from_fn(|d| (d == 0).then(office)), parent, ..CalendarSpec::default() };
    let week = CalendarSpec { parent: Some(7), ..CalendarSpec::weekdays(&Hours::all_day()) };
    let specs = [monday(Some(0)), monday(Some(2)), monday(Some(1)), CalendarSpec::child_of(1), monday(Some(99)), monday(Some(6)), week];
    let calendars = Calendar::resolve(&specs);
    let alone = Calendar::of(&monday(None));
    for (i, calendar) in calendars.iter().enumerate().take(5) {
        assert_eq!(calendar, &alone, "{i}");
    }
    assert_eq!(calendars[5].hours(days_of(date(2026, 3, 2))), &office());
    assert_eq!(calendars[5].hours(days_of(date(2026, 3, 3))), &Hours::all_day());
}

#[test]
fn a_long_chain_of_parents_that_say_nothing_costs_nothing() {
    let mut specs: Vec<CalendarSpec> = (0..100_000).map(|i| CalendarSpec::child_of(i + 1)).collect();
    specs.push(CalendarSpec::weekdays(&office()));
    let calendars = Calendar::try_resolve(&specs, 1).unwrap();
    assert_eq!(calendars[0], calendars[100_000]);
    specs.pop();
    specs.push(CalendarSpec::child_of(0));
    assert!(Calendar::resolve(&specs).iter().all(|c| !c.has_work()));
}

/// Days over all the years there are, some of them over one another.
fn hostile(count: i64, step: i64) -> CalendarSpec {
    let mut spec = CalendarSpec::weekdays(&office());
    for i in 0..count {
        let from = Instant::MIN.day_number() + (i * step * 31) % 3_652_000;
        let hours = Hours::of_minutes([(i as u32 % 700, 720 + i as u32 % 600)]);
        spec = spec.except(day_of(from), day_of(from + i % 40), hours);
    }
    spec
}

#[test]
fn a_hundred_thousand_exceptions_take_less_than_a_second() {
    let child = |i: i64| CalendarSpec { week: Default::default(), parent: Some(0), ..hostile(1000, 11 + i) };
    let specs: Vec<CalendarSpec> = std::iter::once(hostile(100_000, 7)).chain((0..3).map(child)).collect();
    // The best of three: other work on the machine is not ours.
    let resolved = (0..3).map(|_| {
        let begun = Stopwatch::now();
        let calendars = Calendar::resolve(&specs);
        (begun.elapsed(), calendars)
    });
    let (took, calendars) = resolved.min_by_key(|(took, _)| *took).unwrap();
    println!("100,000 exceptions and three children of 1,000: {took:?}");
    assert!(took.as_millis() < 1000, "{took:?}");
    assert!(calendars.iter().all(Calendar::has_work));
    assert_eq!(Calendar::try_resolve(&specs, 10_000), Err(TooManyPieces { at: 0 }));
}
