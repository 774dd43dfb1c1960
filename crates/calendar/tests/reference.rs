//! Every operation of a calendar against a reference that walks minute by minute.
use jiff::civil::{Date, date};
use lantu_calendar::{Calendar, CalendarSpec, DAY, Exception, Hours, Instant, Span, Week, WorkCalendar, WorkWeek, day_of, days_of};
use proptest::prelude::*;

/// The days that the reference walks over, and the days that exceptions stand in.
const WALKED: i64 = 70;
const EXCEPTED: i64 = 45;

fn first_day() -> i64 {
    days_of(date(2026, 2, 4))
}

/// The hours of a day by the words of the documentation, not by stretches.
fn hours_by_rule(specs: &[CalendarSpec], of: usize, day: i64) -> Hours {
    let weekday = (day + 3).rem_euclid(7) as usize;
    let mut at = Some(of);
    while let Some(i) = at {
        let spec = &specs[i];
        let covers = |from: Date, to: Date| (days_of(from)..=days_of(to)).contains(&day);
        if let Some(e) = spec.exceptions.iter().rfind(|e| covers(e.from, e.to)) {
            return e.hours.clone();
        }
        let own = spec.work_weeks.iter().find(|w| covers(w.from, w.to)).and_then(|w| w.week[weekday].clone());
        if let Some(hours) = own.or_else(|| spec.week[weekday].clone()) {
            return hours;
        }
        at = spec.parent.filter(|p| *p < specs.len() && !is_own_ancestor(specs, i));
    }
    Hours::none()
}

fn is_own_ancestor(specs: &[CalendarSpec], of: usize) -> bool {
    let mut at = specs[of].parent;
    for _ in 0..=specs.len() {
        match at {
            Some(i) if i == of => return true,
            Some(i) if i < specs.len() => at = specs[i].parent,
            _ => return false,
        }
    }
    false
}

/// Whether each minute of the walked days is worked.
struct Walker {
    worked: Vec<bool>,
}

/// What the walk finds: a minute, or that it left the walked days.
type Found = Option<usize>;

impl Walker {
    fn new(specs: &[CalendarSpec], of: usize) -> Self {
        let mut worked = vec![];
        for day in 0..WALKED {
            let hours = hours_by_rule(specs, of, first_day() + day);
            worked.extend((0..1440).map(|m| hours.spans().iter().any(|&(a, b)| a <= m * 60 && m * 60 < b)));
        }
        Self { worked }
    }

    /// The earliest minute with `work` minutes of work between, `work` > 0.
    fn forward(&self, from: usize, mut work: usize) -> Found {
        for at in from..self.worked.len() {
            work -= usize::from(self.worked[at]);
            if work == 0 {
                return Some(at + 1);
            }
        }
        None
    }

    /// The latest minute with `work` minutes of work between, `work` > 0.
    fn backward(&self, from: usize, mut work: usize) -> Found {
        for at in (0..from).rev() {
            work -= usize::from(self.worked[at]);
            if work == 0 {
                return Some(at);
            }
        }
        None
    }

    fn next_start(&self, from: usize) -> Found {
        (from..self.worked.len()).find(|at| self.worked[*at])
    }

    fn previous_finish(&self, from: usize) -> Found {
        (0..=from).rev().find(|at| *at > 0 && self.worked[at - 1])
    }
}

fn instant(minute: usize) -> Instant {
    Instant::from_seconds(first_day() * DAY + minute as i64 * 60)
}

/// `found` agrees, or the walk ended early: then the answer lies beyond the walked days, or is `none` when the week has
/// no work at all.
fn agrees(answer: Instant, found: Found, forward: bool, nothing_beyond: bool, none: Instant) -> Result<(), TestCaseError> {
    match found {
        Some(minute) => prop_assert_eq!(answer, instant(minute)),
        None if nothing_beyond => prop_assert_eq!(answer, none),
        None if forward => prop_assert!(answer >= instant((WALKED * 1440) as usize)),
        None => prop_assert!(answer <= instant(0)),
    }
    Ok(())
}

fn any_hours() -> impl Strategy<Value = Hours> {
    let quarter = |(a, b): (u32, u32)| (a * 15, b * 15);
    prop_oneof![
        3 => Just(Hours::none()),
        3 => Just(Hours::of_minutes([(480, 720), (780, 1020)])),
        1 => Just(Hours::all_day()),
        2 => Just(Hours::of_minutes([(0, 360), (1320, 1440)])),
        1 => Just(Hours::of_minutes([(1200, 1440)])),
        1 => Just(Hours::of_minutes((0..12).map(|h| (h * 120, h * 120 + 61)))),
        2 => prop::collection::vec((0u32..96, 1u32..97), 0..4).prop_map(move |s| Hours::of_minutes(s.into_iter().map(quarter))),
        2 => prop::collection::vec((0u32..1440, 1u32..1441), 0..7).prop_map(Hours::of_minutes),
    ]
}

fn any_days() -> impl Strategy<Value = (Date, Date)> {
    let length = prop_oneof![4 => 0i64..1, 2 => 0i64..9, 1 => -2i64..30];
    (10..10 + EXCEPTED, length).prop_map(|(from, length)| {
        let last = (from + length).min(10 + EXCEPTED);
        (day_of(first_day() + from), day_of(first_day() + last))
    })
}

fn any_week(said: f64) -> impl Strategy<Value = Week> {
    prop::array::uniform7(prop::option::weighted(said, any_hours()))
}

fn any_spec() -> impl Strategy<Value = CalendarSpec> {
    let plain = || Hours::of_minutes([(480, 720), (780, 1020)]);
    let week = prop_oneof![
        2 => any_week(0.97),
        2 => any_week(0.5),
        1 => Just(CalendarSpec::default().week),
        1 => Just(CalendarSpec::daily(&Hours::none()).week),
        1 => Just(CalendarSpec::around_the_clock().week),
        2 => Just(CalendarSpec::weekdays(&plain()).week),
    ];
    let exceptions = prop::collection::vec((any_days(), any_hours()), 0..12);
    let work_weeks = prop::collection::vec((any_days(), any_week(0.6)), 0..4);
    (week, exceptions, work_weeks, prop::option::weighted(0.7, 0usize..6)).prop_map(|(week, exceptions, work_weeks, parent)| CalendarSpec {
        week,
        exceptions: exceptions.into_iter().map(|((from, to), hours)| Exception { from, to, hours }).collect(),
        work_weeks: work_weeks.into_iter().map(|((from, to), week)| WorkWeek { from, to, week }).collect(),
        parent,
    })
}

/// Up to five, whose parents may be missing, themselves, or one another.
fn any_specs() -> impl Strategy<Value = Vec<CalendarSpec>> {
    prop::collection::vec(any_spec(), 1..6)
}

/// Adding `work` seconds on both sides of `at`, and counting them again.
fn counts_to_the_second(calendar: &Calendar, at: Instant, work: i64) -> Result<(), TestCaseError> {
    let (second, span) = (Span::seconds(1), Span::seconds(work));
    let later = calendar.add(at, span);
    if later == Instant::MAX {
        prop_assert!(calendar.work_between(at, Instant::MAX) <= span);
    } else {
        prop_assert_eq!(calendar.work_between(at, later), span);
        prop_assert!(calendar.is_working(later - second));
    }
    let earlier = calendar.add(at, -span);
    if earlier == Instant::MIN {
        prop_assert!(calendar.work_between(Instant::MIN, at) <= span);
    } else {
        prop_assert_eq!(calendar.work_between(earlier, at), span);
        prop_assert!(calendar.is_working(earlier));
    }
    let gained = calendar.work_between(at, at + second);
    prop_assert_eq!(gained, Span::seconds(i64::from(calendar.is_working(at) && at < Instant::MAX)));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 160, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_operation_agrees_with_walking(
        specs in any_specs(),
        minutes in prop::collection::vec(prop_oneof![0..WALKED * 1440, (0..WALKED).prop_map(|d| d * 1440), (0..WALKED * 24).prop_map(|h| h * 60)], 6),
        works in prop::collection::vec(prop_oneof![1usize..300, 1usize..20_000], 3),
    ) {
        let calendars = Calendar::resolve(&specs);
        prop_assert_eq!(calendars.len(), specs.len());
        for (of, calendar) in calendars.iter().enumerate() {
            let walker = Walker::new(&specs, of);
            let nothing_beyond = (0..7).all(|d| hours_by_rule(&specs, of, first_day() - 700 + d).is_empty());
            prop_assert_eq!(calendar.has_work(), !nothing_beyond || walker.worked.contains(&true));
            for minute in minutes.iter().map(|m| *m as usize) {
                let at = instant(minute);
                prop_assert_eq!(calendar.is_working(at), walker.worked[minute]);
                let (start, finish) = (walker.next_start(minute), walker.previous_finish(minute));
                agrees(calendar.next_start(at), start, true, nothing_beyond, Instant::MAX)?;
                agrees(calendar.previous_finish(at), finish, false, nothing_beyond, Instant::MIN)?;
                agrees(calendar.equivalent_start(at), start, true, nothing_beyond, at)?;
                agrees(calendar.equivalent_finish(at), finish, false, nothing_beyond, at)?;
                prop_assert_eq!(calendar.add(at, Span::ZERO), at);
                for work in &works {
                    let span = Span::minutes(*work as i64);
                    agrees(calendar.add(at, span), walker.forward(minute, *work), true, nothing_beyond, Instant::MAX)?;
                    agrees(calendar.add(at, -span), walker.backward(minute, *work), false, nothing_beyond, Instant::MIN)?;
                }
                let other = minutes[0] as usize;
                let counted = walker.worked[minute.min(other)..minute.max(other)].iter().filter(|w| **w).count() as i64;
                let signed = if minute < other { counted } else { -counted };
                prop_assert_eq!(calendar.work_between(at, instant(other)), Span::minutes(signed));
            }
        }
    }

    #[test]
    fn the_hours_of_every_day_follow_the_rule(specs in any_specs()) {
        let calendars = Calendar::resolve(&specs);
        let bounded = Calendar::try_resolve(&specs, Calendar::stretches_at_most(&specs));
        prop_assert_eq!(bounded.as_ref(), Ok(&calendars));
        for (of, calendar) in calendars.iter().enumerate() {
            for day in (first_day() - 9..first_day() + WALKED + 9).chain([-700_000, 2_900_000]) {
                prop_assert_eq!(calendar.hours(day), &hours_by_rule(&specs, of, day));
            }
        }
    }

    /// To the second, and far from the exceptions: adding is the inverse of counting, and lands on the right side.
    #[test]
    fn adding_and_counting_agree_to_the_second(
        specs in any_specs(),
        at in prop_oneof![Instant::MIN.seconds()..Instant::MAX.seconds(), 1_770_000_000i64..1_780_000_000],
        work in prop_oneof![1i64..100_000, 1i64..10_000_000_000],
    ) {
        for calendar in Calendar::resolve(&specs) {
            counts_to_the_second(&calendar, Instant::from_seconds(at), work)?;
        }
    }

    #[test]
    fn an_offices_days_get_their_hours(
        weekly in prop::array::uniform7(any::<bool>()),
        said in prop::collection::vec((0..WALKED, any::<bool>()), 0..40),
        hours in any_hours(),
    ) {
        let office = WorkCalendar::new(weekly, said.into_iter().map(|(day, works)| (day_of(first_day() + day), works)), None);
        let calendar = Calendar::of(&CalendarSpec::of_office(&office, &hours));
        for day in first_day() - 9..first_day() + WALKED + 9 {
            let expected = if office.is_working(day_of(day)) { hours.clone() } else { Hours::none() };
            prop_assert_eq!(calendar.hours(day), &expected);
        }
    }

    #[test]
    fn common_and_joined_time_hold_every_day(specs in any_specs()) {
        let calendars = Calendar::resolve(&specs);
        let all: Vec<&Calendar> = calendars.iter().collect();
        let (common, joined) = (Calendar::intersection(&all), Calendar::union(&all));
        for day in first_day() - 9..first_day() + WALKED + 9 {
            let hours = || calendars.iter().map(|c| c.hours(day));
            prop_assert_eq!(common.hours(day), &hours().fold(Hours::all_day(), |a, b| a.common(b)));
            prop_assert_eq!(joined.hours(day), &hours().fold(Hours::none(), |a, b| a.joined(b)));
            for minute in (0..1440).step_by(7) {
                let at = Instant::from_seconds(day * DAY + minute * 60);
                prop_assert_eq!(common.is_working(at), calendars.iter().all(|c| c.is_working(at)));
                prop_assert_eq!(joined.is_working(at), calendars.iter().any(|c| c.is_working(at)));
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    /// Exceptions over all years, with so many kinds of days that the tables take their other form.
    #[test]
    fn exceptions_of_all_years_and_kinds(
        week in any_week(0.9),
        said in prop::collection::vec((-900_000i64..3_000_000, 0i64..4000, 0u32..86_000, 1u32..400), 250..400),
        asked in prop::collection::vec((Instant::MIN.seconds()..Instant::MAX.seconds(), 1i64..10_000_000_000), 20),
    ) {
        let mut spec = CalendarSpec { week, ..CalendarSpec::default() };
        for (day, length, start, spans) in said {
            let hours = Hours::of_seconds((0..spans).map(|i| (start + i * 90, start + i * 90 + 45)));
            spec = spec.except(day_of(day), day_of(day + length % 40 * (length % 3)), hours);
        }
        let calendar = Calendar::of(&spec);
        for day in spec.exceptions.iter().flat_map(|e| [days_of(e.from) - 1, days_of(e.from), days_of(e.to)]) {
            let reached = (Instant::MIN.day_number()..=Instant::MAX.day_number()).contains(&day);
            if reached {
                let hours = hours_by_rule(std::slice::from_ref(&spec), 0, day);
                prop_assert_eq!(calendar.hours(day), &hours);
                let midnight = Instant::from_seconds(day * DAY);
                prop_assert_eq!(calendar.work_between(midnight, midnight + Span::hours(24)), hours.work());
            }
        }
        for (at, work) in asked {
            counts_to_the_second(&calendar, Instant::from_seconds(at), work)?;
        }
    }
}
