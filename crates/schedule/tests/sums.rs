//! Rows that sum up others: their floats and whether they are critical, counted by hand.
use lantu_calendar::{Calendar, CalendarSpec, Hours, Instant, Span};
use lantu_schedule::{
    Activity, ActivityIx, CalendarIx, Dialect, FixedDates, Kind, Lag, Link, LinkKind, Network, Options, Progress, Row, check, schedule,
};

fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

/// A summary row and, from uid 2 on, tasks of so many days; the first `under` of them stand under it.
fn network(dialect: Dialect, days: &[i64], under: usize) -> Network {
    let office = Calendar::of(&CalendarSpec::weekdays(&Hours::of_minutes([(480, 720), (780, 1020)])));
    let mut summary = Activity::task(1, CalendarIx(0), Span::ZERO);
    summary.kind = Kind::Summary;
    let mut activities = vec![summary];
    for (k, days) in days.iter().enumerate() {
        let mut task = Activity::task(k as i64 + 2, CalendarIx(0), Span::hours(8 * days));
        task.parent = (k < under).then_some(ActivityIx(0));
        activities.push(task);
    }
    Network { options: Options::new(dialect, at("2026-03-02T08:00")), calendars: vec![office], activities, links: vec![] }
}

fn rows(network: &Network) -> Vec<Row> {
    let dates = schedule(network).unwrap();
    assert_eq!(check(network, &dates), []);
    dates.rows
}

fn link(p: u32, s: u32) -> Link {
    Link { predecessor: ActivityIx(p), successor: ActivityIx(s), kind: LinkKind::FinishStart, lag: Lag::NONE }
}

fn started(start: &str, actual: i64, remaining: i64) -> Progress {
    Progress::Started { start: at(start), actual: Span::hours(8 * actual), remaining: Span::hours(8 * remaining) }
}

fn finished(start: &str, finish: &str) -> Progress {
    Progress::Finished { start: at(start), finish: at(finish), actual: Span::hours(8) }
}

#[test]
fn a_summary_that_has_begun_is_judged_by_its_finish() {
    // Two days of which one is done, beside five days: three days of slack at the finish, none at the pinned start.
    let mut n = network(Dialect::MsProject, &[2, 5], 1);
    n.activities[1].detail_mut().progress = started("2026-03-02T08:00", 1, 1);
    let row = rows(&n)[0];
    assert_eq!((row.total_float, row.free_float, row.critical), (Span::hours(24), Span::hours(24), false));
}

#[test]
fn a_summary_has_the_free_slack_of_its_own_links_only() {
    // One day, then the row waits for nobody: its last task ends on Monday, the project on Friday.
    let mut n = network(Dialect::MsProject, &[1, 1, 5], 2);
    n.links.push(link(2, 3));
    n.activities[3].duration = Span::hours(8 * 4);
    n.activities.push(Activity::task(9, CalendarIx(0), Span::hours(8 * 7)));
    // The second task waits for nothing and is followed at once; the row itself has all of its total slack.
    let without = rows(&n);
    assert_eq!((without[2].free_float, without[0].total_float, without[0].free_float), (Span::ZERO, Span::hours(16), Span::hours(16)));
    n.links.push(link(0, 3));
    assert_eq!(rows(&n)[0].free_float, Span::ZERO);
}

#[test]
fn a_summary_is_critical_by_its_own_slack() {
    // A manual task that stands alone is not critical, the row above it is.
    let mut n = network(Dialect::MsProject, &[1], 1);
    n.activities[1].detail_mut().fixed = Some(FixedDates { start: at("2026-03-02T08:00"), finish: at("2026-03-02T17:00") });
    let rows = rows(&n);
    assert!(rows[0].critical && !rows[1].critical);
}

#[test]
fn what_is_all_done_has_no_float_and_is_not_critical() {
    for dialect in [Dialect::MsProject, Dialect::P6] {
        let mut n = network(dialect, &[1, 1, 5], 2);
        n.options.data_date = Some(at("2026-03-04T08:00"));
        for k in 1..3 {
            n.activities[k].detail_mut().progress = finished("2026-03-02T08:00", "2026-03-02T17:00");
        }
        let row = rows(&n)[0];
        assert_eq!((row.total_float, row.free_float, row.critical), (Span::ZERO, Span::ZERO, false));
        assert_eq!((row.start, row.finish), (at("2026-03-02T08:00"), at("2026-03-02T17:00")));
    }
}

#[test]
fn an_element_of_the_wbs_has_no_free_float() {
    // One day of five: four days of float, and a WBS element ties to no one.
    let row = rows(&network(Dialect::P6, &[1, 5], 1))[0];
    assert_eq!((row.total_float, row.free_float), (Span::hours(32), Span::ZERO));
}
