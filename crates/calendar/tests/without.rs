//! Calendars that lose days, against calendars that have those days as exceptions and against a walk over minutes.
use jiff::civil::date;
use lantu_calendar::{Calendar, CalendarSpec, DAY, Hours, Instant, Span, day_of, days_of};
use proptest::prelude::*;

/// Days that are walked over; those that are lost lie in the midst of them.
const WALKED: i64 = 60;

fn first_day() -> i64 {
    days_of(date(2026, 2, 4))
}

fn instant(minute: usize) -> Instant {
    Instant::from_seconds(first_day() * DAY + minute as i64 * 60)
}

fn any_hours() -> impl Strategy<Value = Hours> {
    prop_oneof![
        2 => Just(Hours::none()),
        3 => Just(Hours::eight_to_five()),
        2 => Just(Hours::of_minutes([(0, 360), (1320, 1440)])),
        1 => Just(Hours::all_day()),
        2 => prop::collection::vec((0u32..1440, 1u32..1441), 1..5).prop_map(Hours::of_minutes),
    ]
}

/// Weeks of every sort, and exceptions of their own: a parent's and the calendar's.
fn any_calendar() -> impl Strategy<Value = Vec<CalendarSpec>> {
    let week = || prop::array::uniform7(prop::option::weighted(0.9, any_hours()));
    let exceptions = || prop::collection::vec((0..WALKED, 0i64..9, any_hours()), 0..6);
    let spec = |(week, said, parent): (_, Vec<(i64, i64, Hours)>, _)| {
        let day = |n| day_of(first_day() + n);
        let plain = CalendarSpec { week, parent, ..CalendarSpec::default() };
        said.into_iter().fold(plain, |spec, (from, length, hours)| spec.except(day(from), day(from + length), hours))
    };
    (week(), exceptions(), week(), exceptions(), any::<bool>()).prop_map(move |(first, of_first, second, of_second, child)| {
        vec![spec((first, of_first, child.then_some(1))), spec((second, of_second, None))]
    })
}

/// Runs of days and single ones, in any order, some twice, some where no calendar reaches.
fn any_lost() -> impl Strategy<Value = Vec<i64>> {
    let near = (5..WALKED - 15, 1i64..9).prop_map(|(from, length)| (from..from + length).map(|day| first_day() + day).collect());
    let far = prop_oneof![
        Just(i64::MIN),
        Just(i64::MAX),
        Just(Instant::MIN.day_number()),
        Just(Instant::MAX.day_number()),
        -700_000i64..2_900_000
    ];
    prop::collection::vec(prop_oneof![6 => near, 1 => far.prop_map(|day| vec![day])], 0..12).prop_map(|runs| runs.concat()).prop_shuffle()
}

/// The calendar with the days as exceptions, the last of the list and so the ones that hold.
fn with_exceptions(mut specs: Vec<CalendarSpec>, lost: &[i64]) -> Calendar {
    let known = Instant::MIN.day_number()..=Instant::MAX.day_number();
    for day in lost.iter().filter(|day| known.contains(day)) {
        specs[0] = std::mem::take(&mut specs[0]).except(day_of(*day), day_of(*day), Hours::none());
    }
    Calendar::resolve(&specs).swap_remove(0)
}

/// The minute by which so much work is done, walking on from `from`; none when the walked days end before.
fn walk(worked: &[bool], from: usize, work: usize) -> Option<usize> {
    (from..worked.len()).filter(|at| worked[*at]).nth(work - 1).map(|at| at + 1)
}

/// The minute from which so much work is left until `from`.
fn walk_back(worked: &[bool], from: usize, work: usize) -> Option<usize> {
    (0..from).rev().filter(|at| worked[*at]).nth(work - 1)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn days_lost_are_days_excepted(specs in any_calendar(), lost in any_lost()) {
        let calendar = Calendar::resolve(&specs).swap_remove(0);
        let without = calendar.without_days(lost.iter().copied());
        for day in first_day() - 9..first_day() + WALKED + 9 {
            let expected = if lost.contains(&day) { &Hours::none() } else { calendar.hours(day) };
            prop_assert_eq!(without.hours(day), expected);
        }
        prop_assert_eq!(&without, &with_exceptions(specs, &lost));
        prop_assert_eq!(without.without_days(lost.into_iter()), without);
    }

    #[test]
    fn every_operation_agrees_with_walking(
        specs in any_calendar(),
        lost in any_lost(),
        asked in prop::collection::vec((0..WALKED as usize * 1440, prop_oneof![1usize..300, 1usize..9_000]), 8),
    ) {
        let calendar = Calendar::resolve(&specs).swap_remove(0);
        let without = calendar.without_days(lost.iter().copied());
        let kept = |at: Instant| calendar.is_working(at) && !lost.contains(&at.day_number());
        let worked: Vec<bool> = (0..WALKED as usize * 1440).map(|minute| kept(instant(minute))).collect();
        for (from, work) in asked {
            let (at, span) = (instant(from), Span::minutes(work as i64));
            prop_assert_eq!(without.is_working(at), worked[from]);
            if let Some(minute) = walk(&worked, from, work) {
                prop_assert_eq!(without.add(at, span), instant(minute));
                prop_assert_eq!(without.work_between(at, instant(minute)), span);
            }
            if let Some(minute) = walk_back(&worked, from, work) {
                prop_assert_eq!(without.add(at, -span), instant(minute));
            }
            if let Some(minute) = walk(&worked, from, 1) {
                prop_assert_eq!(without.next_start(at), instant(minute - 1));
            }
        }
    }

    /// Lost days of ten years and more, by seconds: what is counted is what was there, less what the lost days had.
    #[test]
    fn work_before_a_moment_falls_by_what_is_lost(
        specs in any_calendar(),
        lost in prop::collection::btree_set(0i64..4_000, 1..400),
        asked in prop::collection::vec(-100_000i64..400_000_000, 20),
    ) {
        let calendar = Calendar::resolve(&specs).swap_remove(0);
        let lost: Vec<i64> = lost.into_iter().map(|day| first_day() + day).collect();
        let without = calendar.without_days(lost.iter().rev().copied());
        for at in asked.into_iter().map(|second| Instant::from_seconds(first_day() * DAY + second)) {
            let gone = |day: &i64| calendar.position(at.min(Instant::from_seconds((day + 1) * DAY))) - calendar.position(Instant::from_seconds(day * DAY));
            let expected = calendar.position(at) - lost.iter().map(|day| gone(day).max(0)).sum::<i64>();
            prop_assert_eq!(without.position(at), expected);
            if without.is_working(at) {
                prop_assert_eq!(without.next_start(at), at);
                prop_assert_eq!(without.add(at, Span::seconds(1)), at + Span::seconds(1));
            }
        }
    }

    /// Equality is of the days' hours, however the calendar came about.
    #[test]
    fn calendars_differ_by_a_day(specs in any_calendar(), day in 0..WALKED) {
        let calendar = Calendar::resolve(&specs).swap_remove(0);
        let day = first_day() + day;
        prop_assert_eq!(calendar.without_days([day].into_iter()) == calendar, calendar.hours(day).is_empty());
        prop_assert_eq!(&calendar.without_days(std::iter::empty()), &calendar);
    }
}

#[test]
fn a_night_shift_loses_the_hours_of_the_lost_day_only() {
    // From 22:00 to 06:00, every day.
    let nights = Calendar::of(&CalendarSpec::daily(&Hours::of_minutes([(0, 360), (1320, 1440)])));
    let evening: Instant = "2026-03-03T22:00".parse().unwrap();
    let without = nights.without_days([evening.day_number()].into_iter());
    assert_eq!(without.next_start(evening - Span::hours(22)).to_string(), "2026-03-04T00:00");
    assert_eq!(without.previous_finish(evening).to_string(), "2026-03-03T00:00");
    assert_eq!(without.work_between(evening - Span::hours(23), evening + Span::hours(8)), Span::hours(7));
}

#[test]
fn a_calendar_may_lose_all_that_it_has() {
    let day = date(2026, 3, 6);
    let once = Calendar::of(&CalendarSpec::default().except(day, day, Hours::eight_to_five()));
    let never = once.without_days([days_of(day)].into_iter());
    assert!(!never.has_work());
    assert_eq!(never.add("2026-03-01".parse().unwrap(), Span::hours(1)), Instant::MAX);
}
