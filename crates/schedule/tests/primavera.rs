//! P6's rules on networks small enough to count by hand. The office works Monday to Friday 8–12 and 13–17, the nights
//! are from 20:00 to 24:00; 2026-03-02 is a Monday.
use lantu_calendar::{Calendar, CalendarSpec, Hours, Instant, Span};
use lantu_schedule::{
    Activity, ActivityIx, Assignment, CalendarIx, Constraint, ConstraintKind, Contour, Dialect, Kind, Lag, Link, LinkKind, Network,
    Options, Progress, ProgressLogic, Row, TotalFloat, check, longest_path, schedule,
};

fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

fn days(n: i64) -> Span {
    Span::hours(8 * n)
}

/// Activities of so many days each, with uids from 1 on; the data date is the start.
fn network(lengths: &[i64]) -> Network {
    let office = Calendar::of(&CalendarSpec::weekdays(&Hours::of_minutes([(480, 720), (780, 1020)])));
    let nights = Calendar::of(&CalendarSpec::daily(&Hours::of_minutes([(1200, 1440)])));
    let mut options = Options::new(Dialect::P6, at("2026-03-02T08:00"));
    options.data_date = Some(options.start);
    let task = |(k, n): (usize, &i64)| Activity::task(k as i64 + 1, CalendarIx(0), days(*n));
    let activities = lengths.iter().enumerate().map(task).collect();
    Network { options, calendars: vec![office, nights], activities, links: vec![] }
}

fn link(n: &mut Network, p: u32, kind: LinkKind, s: u32, lag_days: i64) {
    n.links.push(Link { predecessor: ActivityIx(p), successor: ActivityIx(s), kind, lag: Lag::Work(days(lag_days)) });
}

fn rows(n: &Network) -> Vec<Row> {
    let dates = schedule(n).unwrap();
    assert_eq!(check(n, &dates), []);
    dates.rows
}

fn started(start: &str, actual: i64, remaining: i64) -> Progress {
    Progress::Started { start: at(start), actual: days(actual), remaining: days(remaining) }
}

fn work(calendar: u32, hours: i64, units: f64) -> Assignment {
    let work = Span::hours(hours);
    Assignment {
        resource: Some(calendar),
        calendar: CalendarIx(calendar),
        drives: true,
        units,
        work,
        remaining_work: work,
        actual_work: Span::ZERO,
        overtime: Span::ZERO,
        delay: None,
        leveling_delay: None,
        contour: Contour::Flat,
    }
}

#[test]
fn dates_counted_back_are_whole_minutes() {
    // 10 hours at 3 of 10 units take 33 h 20 min; back from Friday 17:00 of five days that is Monday 14:40. At 7 of 10
    // units 14 h 17 min 8.57 s: the finish and, counted back, the late start are whole minutes.
    let mut n = network(&[1, 5]);
    n.activities[0].kind = Kind::ResourceDependent;
    n.activities[0].detail_mut().assignments = vec![work(0, 10, 70.0)];
    let row = rows(&n)[0];
    assert_eq!(row.early_finish, at("2026-03-03T15:17"));
    assert_eq!(row.late_finish, at("2026-03-06T17:00"));
    assert_eq!(row.late_start, at("2026-03-05T09:43"));
}

#[test]
fn resource_dependent_work_begins_with_the_first_who_can() {
    // The night shift alone: from 20:00, eight hours are two nights.
    let mut n = network(&[1]);
    n.activities[0].kind = Kind::ResourceDependent;
    n.activities[0].detail_mut().assignments = vec![work(1, 8, 100.0)];
    let row = rows(&n)[0];
    assert_eq!((row.early_start, row.early_finish), (at("2026-03-02T20:00"), at("2026-03-04T00:00")));
    // With the office beside, work begins in the morning and ends with the later of both.
    n.activities[0].detail_mut().assignments.push(work(0, 8, 100.0));
    let row = rows(&n)[0];
    assert_eq!((row.early_start, row.early_finish), (at("2026-03-02T08:00"), at("2026-03-04T00:00")));
    // Who has no units does not work: the activity's own calendar and duration hold.
    n.activities[0].detail_mut().assignments = vec![work(1, 8, 0.0)];
    let row = rows(&n)[0];
    assert_eq!((row.early_start, row.early_finish), (at("2026-03-02T08:00"), at("2026-03-02T17:00")));
}

#[test]
fn a_start_to_finish_lag_after_begun_work_has_partly_passed() {
    // Three days' lag, two of them worked: the successor may end one day after the data date, so its one day fits at once.
    let mut n = network(&[5, 1]);
    n.options.data_date = Some(at("2026-03-04T08:00"));
    n.activities[0].detail_mut().progress = started("2026-03-02T08:00", 2, 3);
    link(&mut n, 0, LinkKind::StartFinish, 1, 3);
    let rows = rows(&n);
    assert_eq!((rows[1].early_start, rows[1].early_finish), (at("2026-03-04T08:00"), at("2026-03-04T17:00")));
}

#[test]
fn free_float_counts_what_is_left_of_a_lag() {
    // Lag of three days, two worked: the successor may begin on Thursday the 5th but waits until Monday the 9th.
    let mut n = network(&[5, 1]);
    n.options.data_date = Some(at("2026-03-04T08:00"));
    n.activities[0].detail_mut().progress = started("2026-03-02T08:00", 2, 3);
    link(&mut n, 0, LinkKind::StartStart, 1, 3);
    let held = Constraint { kind: ConstraintKind::StartNoEarlierThan, date: at("2026-03-09T08:00") };
    n.activities[1].detail_mut().constraint = Some(held);
    assert_eq!(rows(&n)[0].free_float, days(2));
}

#[test]
fn a_link_that_progress_overrides_takes_no_free_float() {
    // The second began out of sequence; nobody else waits for the first, which ends three days before the project.
    let mut n = network(&[2, 2, 5]);
    n.options.data_date = Some(at("2026-03-03T08:00"));
    n.activities[1].detail_mut().progress = started("2026-03-02T08:00", 1, 1);
    link(&mut n, 0, LinkKind::FinishStart, 1, 0);
    assert_eq!(rows(&n)[0].free_float, Span::ZERO);
    n.options.progress = ProgressLogic::ProgressOverride;
    assert_eq!(rows(&n)[0].free_float, days(3));
}

#[test]
fn begun_work_ends_by_its_mandatory_finish_at_the_latest() {
    let mut n = network(&[4, 10]);
    n.options.data_date = Some(at("2026-03-03T08:00"));
    n.activities[0].detail_mut().progress = started("2026-03-02T08:00", 1, 3);
    let held = Constraint { kind: ConstraintKind::MustFinishOn, date: at("2026-03-06T17:00") };
    n.activities[0].detail_mut().constraint = Some(held);
    let row = rows(&n)[0];
    assert_eq!((row.late_start, row.late_finish, row.total_float), (at("2026-03-04T08:00"), at("2026-03-06T17:00"), days(1)));
}

/// Two days, then three; beside them a level of effort from the start of the first to the finish of the second, and
/// eight days of other work.
fn with_effort() -> Network {
    let mut n = network(&[2, 3, 0, 8]);
    n.activities[2].kind = Kind::LevelOfEffort;
    link(&mut n, 0, LinkKind::FinishStart, 1, 0);
    link(&mut n, 0, LinkKind::StartStart, 2, 0);
    link(&mut n, 1, LinkKind::FinishFinish, 2, 0);
    n
}

#[test]
fn effort_spans_what_it_is_tied_to() {
    let row = rows(&with_effort())[2];
    assert_eq!((row.start, row.finish), (at("2026-03-02T08:00"), at("2026-03-06T17:00")));
    assert_eq!((row.late_start, row.late_finish), (at("2026-03-05T08:00"), at("2026-03-11T17:00")));
    assert_eq!((row.total_float, row.critical), (days(3), false));
}

#[test]
fn effort_has_begun_with_what_it_is_tied_to() {
    let mut n = with_effort();
    n.options.data_date = Some(at("2026-03-03T08:00"));
    n.activities[0].detail_mut().progress = started("2026-03-02T08:00", 1, 1);
    let row = rows(&n)[2];
    assert_eq!((row.start, row.early_start, row.finish), (at("2026-03-02T08:00"), at("2026-03-03T08:00"), at("2026-03-06T17:00")));
    assert_eq!(row.total_float, days(4));
}

#[test]
fn a_lead_before_the_data_date_is_no_beginning() {
    // The level of effort would begin two days before its successor, and so before the data date; nothing has begun.
    let mut n = network(&[1, 0]);
    n.activities[1].kind = Kind::LevelOfEffort;
    link(&mut n, 1, LinkKind::StartStart, 0, 2);
    let row = rows(&n)[1];
    assert_eq!((row.start, row.early_start), (at("2026-03-02T08:00"), at("2026-03-02T08:00")));
}

#[test]
fn effort_has_float_by_the_option() {
    // All five days are critical. The level of effort would begin a day before the first, which the project's start does
    // not allow early but late: a day less than nothing at its start, nothing at its finish.
    let mut n = with_effort();
    n.activities[3].duration = days(5);
    n.links[1].lag = Lag::Work(-days(1));
    for (option, float) in [(TotalFloat::Finish, 0), (TotalFloat::Start, -1), (TotalFloat::Smallest, -1)] {
        n.options.total_float = option;
        assert_eq!(rows(&n)[2].total_float, days(float));
    }
}

#[test]
fn effort_after_effort_follows_along_a_long_chain() {
    // A hundred levels of effort in a row, listed backward: each begins and ends with the one that it is tied to.
    let mut n = network(&[3]);
    for uid in 2..=101 {
        let mut effort = Activity::task(uid, CalendarIx(0), Span::ZERO);
        effort.kind = Kind::LevelOfEffort;
        n.activities.push(effort);
    }
    for k in 1..=100 {
        let before = if k == 100 { 0 } else { k + 1 };
        link(&mut n, before, LinkKind::StartStart, k, 0);
        link(&mut n, before, LinkKind::FinishFinish, k, 0);
    }
    assert!(rows(&n).iter().all(|row| row.finish == at("2026-03-04T17:00")));
}

#[test]
fn what_is_all_done_has_no_longest_path() {
    // The data date is the finish of both, the end of the project; with a day still to do the path comes back.
    let mut n = network(&[1, 1]);
    n.options.data_date = Some(at("2026-03-04T08:00"));
    link(&mut n, 0, LinkKind::FinishStart, 1, 0);
    for (k, day) in [(0, "2026-03-02"), (1, "2026-03-03")] {
        let (start, finish) = (at(&format!("{day}T08:00")), at(&format!("{day}T17:00")));
        n.activities[k].detail_mut().progress = Progress::Finished { start, finish, actual: days(1) };
    }
    assert_eq!(longest_path(&n, &schedule(&n).unwrap()), [false, false]);
    n.activities[1].detail_mut().progress = started("2026-03-03T08:00", 1, 1);
    assert!(longest_path(&n, &schedule(&n).unwrap())[1]);
}
