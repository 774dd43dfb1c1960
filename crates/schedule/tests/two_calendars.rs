//! Links between work on different calendars: no date may break its link in the time that only one of both works.
use lantu_calendar::{Calendar, CalendarSpec, Hours, Instant, Span};
use lantu_schedule::{
    Activity, ActivityIx, CalendarIx, Constraint, ConstraintKind, Dialect, Lag, LagCalendar, Link, LinkKind, Network, Options, Row, check,
    schedule,
};

const OFFICE: CalendarIx = CalendarIx(0);
const SITE: CalendarIx = CalendarIx(1);

/// Monday to Friday 8–12 and 13–17; every day but Sunday 7–15.
fn calendars() -> Vec<Calendar> {
    let office = Hours::of_minutes([(480, 720), (780, 1020)]);
    let site = Hours::of_minutes([(420, 900)]);
    let mut six_days = CalendarSpec::daily(&site);
    six_days.week[6] = Some(Hours::none());
    vec![Calendar::of(&CalendarSpec::weekdays(&office)), Calendar::of(&six_days)]
}

fn rows(dialect: Dialect, activities: Vec<Activity>, links: &[(u32, LinkKind, u32)]) -> Vec<Row> {
    let link = |&(p, kind, s): &(u32, LinkKind, u32)| Link { predecessor: ActivityIx(p), successor: ActivityIx(s), kind, lag: Lag::NONE };
    let mut options = Options::new(dialect, at("2026-03-02T08:00"));
    options.lag_calendar = LagCalendar::Successor;
    let network = Network { options, calendars: calendars(), activities, links: links.iter().map(link).collect() };
    let dates = schedule(&network).unwrap();
    assert_eq!(check(&network, &dates), []);
    dates.rows
}

fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

fn hours(uid: i64, calendar: CalendarIx, hours: i64) -> Activity {
    Activity::task(uid, calendar, Span::hours(hours))
}

#[test]
fn a_finish_waits_for_a_finish_in_time_that_only_the_other_works() {
    // Ends on Saturday at 15:00, which the office knows as Monday morning; who follows on site may not begin before.
    let rows = rows(
        Dialect::P6,
        vec![hours(1, SITE, 47), hours(2, OFFICE, 8), hours(3, SITE, 8)],
        &[(0, LinkKind::FinishFinish, 1), (1, LinkKind::FinishStart, 2)],
    );
    assert_eq!(rows[0].early_finish, at("2026-03-07T15:00"));
    assert_eq!(rows[1].early_finish, at("2026-03-09T08:00"));
    assert_eq!(rows[2].early_start, at("2026-03-09T08:00"));
}

#[test]
fn a_late_start_stays_in_working_time() {
    // The third has to begin on Saturday at 7:00 at the latest; for the office that is Friday's end of work.
    let mut held = hours(3, SITE, 8);
    held.detail_mut().constraint = Some(Constraint { kind: ConstraintKind::FinishNoLaterThan, date: at("2026-03-07T15:00") });
    let rows = rows(
        Dialect::P6,
        vec![hours(1, SITE, 4), hours(2, OFFICE, 4), held, hours(4, SITE, 80)],
        &[(0, LinkKind::FinishStart, 1), (1, LinkKind::StartStart, 2)],
    );
    assert_eq!(rows[2].late_start, at("2026-03-07T07:00"));
    assert_eq!(rows[1].late_start, at("2026-03-06T17:00"));
    assert_eq!(rows[0].late_finish, at("2026-03-06T15:00"));
}

#[test]
fn a_milestone_is_not_late_after_the_project() {
    // The office's last day ends at 17:00; a milestone of the site knows no such hour.
    let rows = rows(Dialect::MsProject, vec![hours(1, OFFICE, 40), hours(2, SITE, 0)], &[]);
    assert_eq!(rows[0].early_finish, at("2026-03-06T17:00"));
    assert_eq!(rows[1].late_finish, at("2026-03-06T15:00"));
}
