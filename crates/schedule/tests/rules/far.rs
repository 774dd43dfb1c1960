//! Nonsense at the ends of time: dates, lengths and calendars that no project has are answered, never a panic or a loop
//! without end, and edits still give what a full run gives.
use crate::networks::*;
use lantu_calendar::{CalendarSpec, Exception, Hours as Day};
use lantu_schedule::*;
use proptest::prelude::*;

const LONGEST: Span = Span::hours(8_000 * 365 * 24);

/// One minute of work on each New Year's Day of ten years, and never again.
fn a_minute_a_year() -> Calendar {
    let mut spec = CalendarSpec::default();
    for year in 2020..2030 {
        let day = format!("{year}-01-01").parse().unwrap();
        spec.exceptions.push(Exception { from: day, to: day, hours: Day::of_minutes([(0, 1)]) });
    }
    Calendar::of(&spec)
}

fn a_date(dice: &mut Dice) -> Instant {
    let near = some_day(dice);
    dice.one_of(&[Instant::MIN, Instant::MAX, at("0001-01-01T08:00"), at("9998-12-31T17:00"), near])
}

fn a_length(dice: &mut Dice) -> Span {
    dice.one_of(&[Span::ZERO, Span::seconds(1), Span::hours(8), Span::seconds(31), LONGEST])
}

fn a_lag(dice: &mut Dice) -> Lag {
    let far = a_length(dice);
    let all =
        [Lag::Work(far), Lag::Work(-far), Lag::Elapsed(far), Lag::Elapsed(-far), Lag::Percent(f32::MAX), Lag::ElapsedPercent(f32::MIN)];
    dice.one_of(&all)
}

fn a_progress(dice: &mut Dice) -> Progress {
    let (one, two) = (a_date(dice), a_date(dice));
    match dice.below(3) {
        0 => Progress::NotStarted,
        1 => Progress::Started { start: one, actual: a_length(dice), remaining: a_length(dice) },
        _ => Progress::Finished { start: one.min(two), finish: one.max(two), actual: a_length(dice) },
    }
}

fn an_assignment(n: &Network, dice: &mut Dice) -> Assignment {
    let delay = Some(Delay { span: a_length(dice), elapsed: dice.happens(50) });
    Assignment {
        resource: dice.happens(70).then_some(1),
        calendar: CalendarIx(dice.below(n.calendars.len()) as u32),
        drives: dice.happens(80),
        units: dice.one_of(&[0.0, -1.0, 1e-9, 0.01, 100.0, 1e300]),
        work: a_length(dice),
        remaining_work: a_length(dice),
        actual_work: a_length(dice),
        overtime: a_length(dice),
        delay,
        leveling_delay: delay,
        contour: Contour::Flat,
    }
}

fn far_out(n: &mut Network, dice: &mut Dice) {
    n.calendars.push(a_minute_a_year());
    let calendars = n.calendars.len();
    for at in 0..n.activities.len() {
        let assignment = an_assignment(n, dice);
        let a = &mut n.activities[at];
        match dice.below(12) {
            0 => a.duration = LONGEST,
            1 => a.calendar = CalendarIx(calendars as u32 - 1),
            2 => a.detail_mut().progress = a_progress(dice),
            3 => a.detail_mut().constraint = Some(Constraint { date: a_date(dice), ..constraint(n.options.dialect, dice) }),
            4 => a.detail_mut().deadline = Some(a_date(dice)),
            5 => a.detail_mut().resume = Some(a_date(dice)),
            6 => a.detail_mut().leveling_delay = Some(Delay { span: LONGEST, elapsed: dice.happens(50) }),
            7 => a.detail_mut().assignments = vec![assignment.clone(), Assignment { calendar: CalendarIx(0), ..assignment }],
            8 => (a.elapsed, a.duration) = (true, LONGEST),
            9 => a.detail_mut().external_late_finish = Some(a_date(dice)),
            10 if n.options.dialect == Dialect::P6 && !a.is_summary() => a.kind = Kind::ResourceDependent,
            _ => {}
        }
    }
    for link in &mut n.links {
        if dice.happens(20) {
            link.lag = a_lag(dice);
        }
    }
    match dice.below(6) {
        0 => n.options.start = a_date(dice),
        1 => n.options.data_date = Some(a_date(dice)),
        2 => n.options.finish = Some(a_date(dice)),
        3 if n.options.dialect == Dialect::MsProject => (n.options.from, n.options.finish) = (ScheduleFrom::Finish, Some(a_date(dice))),
        4 => n.options.critical = Critical::LongestPath,
        _ => {}
    }
}

fn an_edit(n: &Network, dice: &mut Dice) -> Change {
    let at = ActivityIx(dice.below(n.activities.len()) as u32);
    match dice.below(4) {
        0 => Change::Duration(at, a_length(dice)),
        1 => Change::Progress(at, a_progress(dice)),
        2 => Change::Constraint(at, Some(Constraint { date: a_date(dice), ..constraint(n.options.dialect, dice) })),
        _ => Change::Lag(dice.below(n.links.len()), a_lag(dice)),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nonsense_is_answered(seed: u64, size in 2..30_usize, p6: bool) {
        let mut dice = Dice::new(seed);
        let mut n = network(&Recipe::full(BOTH[usize::from(p6)]), size, seed);
        far_out(&mut n, &mut dice);
        let Ok(mut live) = Live::new(n) else { return Ok(()) };
        for _ in 0..4 {
            let whole = schedule(live.network()).unwrap();
            let in_range = |d: Instant| d == d.clamped();
            prop_assert!(whole.rows.iter().all(|r| in_range(r.start) && in_range(r.finish) && in_range(r.late_finish)));
            prop_assert_eq!(&live.schedule(), &whole);
            check(live.network(), &whole);
            driving_links(live.network(), &whole);
            longest_path(live.network(), &whole);
            let edit = an_edit(live.network(), &mut dice);
            let _ = live.apply(edit);
        }
    }
}
