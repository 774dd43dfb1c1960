//! Microsoft Project's rules on networks small enough to count by hand. The office works Monday to Friday 8–12 and
//! 13–17; 2026-03-02 is a Monday.
use lantu_calendar::{Calendar, CalendarSpec, Hours, Instant, Span};
use lantu_schedule::{
    Activity, ActivityIx, CalendarIx, Constraint, ConstraintKind, Dialect, FixedDates, Kind, Lag, Link, LinkKind, Network, Options,
    Progress, Row, ScheduleFrom, check, schedule,
};

fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

fn days(n: i64) -> Span {
    Span::hours(8 * n)
}

/// Tasks of so many days each, with uids from 1 on.
fn network(lengths: &[i64]) -> Network {
    let office = Calendar::of(&CalendarSpec::weekdays(&Hours::of_minutes([(480, 720), (780, 1020)])));
    let task = |(k, n): (usize, &i64)| Activity::task(k as i64 + 1, CalendarIx(0), days(*n));
    let activities = lengths.iter().enumerate().map(task).collect();
    Network { options: Options::new(Dialect::MsProject, at("2026-03-02T08:00")), calendars: vec![office], activities, links: vec![] }
}

fn link(n: &mut Network, p: u32, kind: LinkKind, s: u32, lag: Lag) {
    n.links.push(Link { predecessor: ActivityIx(p), successor: ActivityIx(s), kind, lag });
}

fn hold(n: &mut Network, k: usize, kind: ConstraintKind, date: &str) {
    n.activities[k].detail_mut().constraint = Some(Constraint { kind, date: at(date) });
}

fn rows(n: &Network) -> Vec<Row> {
    let dates = schedule(n).unwrap();
    assert_eq!(check(n, &dates), []);
    dates.rows
}

#[test]
fn a_date_to_start_on_out_of_working_time_is_the_next_start_of_work() {
    // Saturday the 7th; midnight of Thursday the 5th.
    for (date, start) in [("2026-03-07T09:00", "2026-03-09T08:00"), ("2026-03-05T00:00", "2026-03-05T08:00")] {
        let mut n = network(&[2, 10]);
        hold(&mut n, 0, ConstraintKind::MustStartOn, date);
        assert_eq!(rows(&n)[0].early_start, at(start));
    }
    // No later than Tuesday's midnight, behind five days of work: Tuesday morning.
    let mut n = network(&[5, 1]);
    link(&mut n, 0, LinkKind::FinishStart, 1, Lag::NONE);
    hold(&mut n, 1, ConstraintKind::StartNoLaterThan, "2026-03-03T00:00");
    let rows = rows(&n);
    assert_eq!((rows[1].early_start, rows[1].early_finish), (at("2026-03-03T08:00"), at("2026-03-03T17:00")));
    assert_eq!(rows[0].total_float, -days(4));
}

#[test]
fn work_that_was_stopped_goes_on_at_its_resume_date() {
    // Two of five days done from Monday, the rest from the Monday after: three days from there.
    let mut n = network(&[5]);
    let detail = n.activities[0].detail_mut();
    detail.progress = Progress::Started { start: at("2026-03-02T08:00"), actual: days(2), remaining: days(3) };
    detail.resume = Some(at("2026-03-09T08:00"));
    assert_eq!(rows(&n)[0].finish, at("2026-03-11T17:00"));
    // Resuming at once, after the night, is no gap.
    n.activities[0].detail_mut().resume = Some(at("2026-03-04T08:00"));
    assert_eq!(rows(&n)[0].finish, at("2026-03-06T17:00"));
}

#[test]
fn negative_slack_runs_back_along_a_chain_and_is_never_free() {
    // Five and three days end on Wednesday the 11th; the deadline is Monday the 9th.
    let mut n = network(&[5, 3]);
    link(&mut n, 0, LinkKind::FinishStart, 1, Lag::NONE);
    n.activities[1].detail_mut().deadline = Some(at("2026-03-09T17:00"));
    let rows = rows(&n);
    assert_eq!((rows[0].total_float, rows[1].total_float), (-days(2), -days(2)));
    assert_eq!((rows[0].free_float, rows[1].free_float), (Span::ZERO, Span::ZERO));
    assert!(rows[0].critical && rows[1].critical);
}

#[test]
fn links_win_over_dates_that_are_not_honored_on_the_row_above_too() {
    // The summary waits for five days; under it a task must start on Tuesday, which holds only where dates are honored.
    let mut n = network(&[5, 0, 1]);
    n.activities[1].kind = Kind::Summary;
    n.activities[2].parent = Some(ActivityIx(1));
    link(&mut n, 0, LinkKind::FinishStart, 1, Lag::NONE);
    hold(&mut n, 2, ConstraintKind::MustStartOn, "2026-03-03T08:00");
    assert_eq!(schedule(&n).unwrap().rows[2].early_start, at("2026-03-03T08:00"));
    n.options.honor_constraints = false;
    assert_eq!(schedule(&n).unwrap().rows[2].early_start, at("2026-03-09T08:00"));
}

#[test]
fn a_lead_and_a_share_of_an_elapsed_duration_count_by_the_clock() {
    // Two elapsed days from Monday 8:00 end on Wednesday 8:00; half of them later is Thursday 8:00, half of them sooner
    // Tuesday 8:00.
    for (percent, start) in [(50.0, "2026-03-05T08:00"), (-50.0, "2026-03-03T08:00")] {
        let mut n = network(&[6, 1]);
        n.activities[0].elapsed = true;
        assert_eq!(n.activities[0].duration, Span::hours(48));
        link(&mut n, 0, LinkKind::FinishStart, 1, Lag::Percent(percent));
        assert_eq!(rows(&n)[1].early_start, at(start));
    }
}

#[test]
fn a_manual_task_bounds_who_comes_before_it() {
    // Two days, then a manual task from Thursday to Friday, then a day: the manual task may be as late as Monday's end.
    let mut n = network(&[2, 2, 1]);
    n.activities[1].detail_mut().fixed = Some(FixedDates { start: at("2026-03-05T08:00"), finish: at("2026-03-06T17:00") });
    link(&mut n, 0, LinkKind::FinishStart, 1, Lag::NONE);
    link(&mut n, 1, LinkKind::FinishStart, 2, Lag::NONE);
    let rows = rows(&n);
    assert_eq!((rows[2].early_start, rows[2].total_float), (at("2026-03-09T08:00"), Span::ZERO));
    assert_eq!((rows[0].late_finish, rows[0].total_float, rows[0].free_float), (at("2026-03-04T17:00"), days(1), days(1)));
}

#[test]
fn back_from_the_finish_dates_leave_work_as_late_as_they_allow() {
    // Two days each, the project ends on Friday the 13th; ten days beside.
    let dates = [
        (ConstraintKind::FinishNoLaterThan, "2026-03-10T17:00", "2026-03-09T08:00"),
        (ConstraintKind::StartNoLaterThan, "2026-03-10T08:00", "2026-03-10T08:00"),
        (ConstraintKind::FinishNoLaterThan, "2026-03-20T17:00", "2026-03-12T08:00"),
        (ConstraintKind::StartNoEarlierThan, "2026-03-04T08:00", "2026-03-12T08:00"),
        (ConstraintKind::FinishNoEarlierThan, "2026-03-04T17:00", "2026-03-12T08:00"),
    ];
    let mut n = network(&[2, 2, 2, 2, 2, 10]);
    (n.options.from, n.options.finish) = (ScheduleFrom::Finish, Some(at("2026-03-13T17:00")));
    for (k, (kind, date, _)) in dates.iter().enumerate() {
        hold(&mut n, k, *kind, date);
    }
    let rows = schedule(&n).unwrap().rows;
    for (k, (kind, _, start)) in dates.iter().enumerate() {
        assert_eq!((rows[k].start, rows[k].total_float), (at(start), Span::ZERO), "{kind:?}");
    }
}
