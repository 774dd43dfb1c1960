//! Reasons on networks whose answers are known, and what holds of reasons on any network.
use lantu_calendar::{Calendar, CalendarSpec, Hours, Instant, Span};
use lantu_schedule::{
    Activity, ActivityIx, CalendarIx, Cause, Constraint, ConstraintKind, Critical, Delay, Dialect, FixedDates, Kind, Lag, LateCause, Link,
    LinkKind, Network, Options, PathOrder, Progress, Tongue, Why, driving, driving_links, float_paths, longest_path, schedule, why,
};
use proptest::prelude::*;

/// Monday 2026-03-02 at eight.
const MONDAY: &str = "2026-03-02T08:00";

fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

fn office() -> Calendar {
    Calendar::of(&CalendarSpec::weekdays(&Hours::of_minutes([(480, 720), (780, 1020)])))
}

fn days(uid: i64, days: i64) -> Activity {
    Activity::task(uid, CalendarIx(0), Span::hours(8 * days))
}

fn fs(predecessor: u32, successor: u32) -> Link {
    link(predecessor, LinkKind::FinishStart, successor, Lag::NONE)
}

fn link(predecessor: u32, kind: LinkKind, successor: u32, lag: Lag) -> Link {
    Link { predecessor: ActivityIx(predecessor), successor: ActivityIx(successor), kind, lag }
}

fn network(dialect: Dialect, activities: Vec<Activity>, links: Vec<Link>) -> Network {
    Network { options: Options::new(dialect, at(MONDAY)), calendars: vec![office()], activities, links }
}

fn reasons(network: &Network, row: u32) -> Why {
    why(network, &schedule(network).unwrap(), ActivityIx(row))
}

/// Who decided the first step, and who each step of the chain is about.
fn told(network: &Network, row: u32) -> (Vec<Cause>, Vec<u32>) {
    let why = reasons(network, row);
    let decided = why.early[0].considered.iter().filter(|c| c.decides).map(|c| c.cause).collect();
    (decided, why.early.iter().map(|s| s.row.0).collect())
}

fn constrained(mut activity: Activity, kind: ConstraintKind, date: &str) -> Activity {
    activity.detail_mut().constraint = Some(Constraint { kind, date: at(date) });
    activity
}

const BOTH: [Dialect; 2] = [Dialect::MsProject, Dialect::P6];

#[test]
fn a_chain_goes_back_over_links_to_the_project_start() {
    for dialect in BOTH {
        let network = network(dialect, vec![days(1, 5), days(2, 2), days(3, 1)], vec![fs(0, 1), fs(1, 2), fs(0, 2)]);
        let (decided, chain) = told(&network, 2);
        assert_eq!(chain, [2, 1, 0]);
        assert_eq!(decided[0], Cause::Link(1));
        let why = reasons(&network, 2);
        let tie = why.early[0].considered.iter().find(|c| c.cause == Cause::Link(1)).and_then(|c| c.tie.clone()).unwrap();
        assert_eq!((tie.other, tie.date), (ActivityIx(1), at("2026-03-10T17:00")));
        assert!(why.early[0].considered.iter().any(|c| c.cause == Cause::Link(2) && !c.decides), "{why:?}");
        assert!(why.early[2].considered.iter().any(|c| c.cause == Cause::ProjectStart && c.decides));
        assert_eq!(why.early[2].follows, None);
    }
}

#[test]
fn a_calendar_moves_a_date_to_working_time() {
    let network = network(Dialect::MsProject, vec![days(1, 5), days(2, 1)], vec![fs(0, 1)]);
    let why = reasons(&network, 1);
    let calendar = why.early[0].considered.iter().find(|c| c.cause == Cause::Calendar).unwrap();
    assert_eq!((calendar.date, calendar.start), (at("2026-03-06T17:00"), at("2026-03-09T08:00")));
}

#[test]
fn links_that_agree_drive_together() {
    for dialect in BOTH {
        let network = network(dialect, vec![days(1, 3), days(2, 3), days(3, 1)], vec![fs(0, 2), fs(1, 2)]);
        let dates = schedule(&network).unwrap();
        assert_eq!(driving(&network, &dates, ActivityIx(2)), [0, 1]);
        assert_eq!(driving_links(&network, &dates), [true, true]);
        assert_eq!(longest_path(&network, &dates), [true, true, true]);
    }
}

#[test]
fn a_constraint_that_decides_alone_ends_the_chain_and_the_longest_path() {
    for dialect in BOTH {
        let later = constrained(days(2, 1), ConstraintKind::StartNoEarlierThan, "2026-03-16T08:00");
        let network = network(dialect, vec![days(1, 5), later, days(3, 1)], vec![fs(0, 1), fs(1, 2)]);
        let (decided, chain) = told(&network, 2);
        assert_eq!((decided[0], chain), (Cause::Link(1), vec![2, 1]));
        assert_eq!(told(&network, 1).0, [Cause::Constraint(ConstraintKind::StartNoEarlierThan)]);
        let dates = schedule(&network).unwrap();
        assert_eq!(driving(&network, &dates, ActivityIx(1)), []);
        assert_eq!(longest_path(&network, &dates), [false, true, true]);
    }
}

#[test]
fn a_constraint_that_agrees_with_a_link_leaves_it_driving() {
    for dialect in BOTH {
        let same = constrained(days(2, 1), ConstraintKind::StartNoEarlierThan, "2026-03-09T08:00");
        let network = network(dialect, vec![days(1, 5), same], vec![fs(0, 1)]);
        let dates = schedule(&network).unwrap();
        assert_eq!(driving(&network, &dates, ActivityIx(1)), [0]);
        assert!(told(&network, 1).0.contains(&Cause::Constraint(ConstraintKind::StartNoEarlierThan)));
    }
}

#[test]
fn dates_that_must_hold_are_said_to() {
    for dialect in BOTH {
        let held = constrained(days(2, 1), ConstraintKind::MustStartOn, "2026-03-04T08:00");
        let network = network(dialect, vec![days(1, 5), held], vec![fs(0, 1)]);
        assert_eq!(told(&network, 1), (vec![Cause::Constraint(ConstraintKind::MustStartOn)], vec![1]));
        let late: Vec<LateCause> = reasons(&network, 1).late[0].considered.iter().filter(|b| b.decides).map(|b| b.cause).collect();
        assert_eq!(late, [LateCause::Constraint(ConstraintKind::MustStartOn)]);
    }
}

#[test]
fn progress_is_where_a_chain_begins() {
    let begun = Progress::Started { start: at("2026-03-03T08:00"), actual: Span::hours(8), remaining: Span::hours(32) };
    for dialect in BOTH {
        let mut first = days(1, 5);
        first.detail_mut().progress = begun;
        let mut network = network(dialect, vec![first, days(2, 1)], vec![fs(0, 1)]);
        network.options.data_date = Some(at("2026-03-05T08:00"));
        let why = reasons(&network, 1);
        assert_eq!(why.early.len(), 2);
        assert_eq!(why.early[1].begun, Some(at("2026-03-03T08:00")));
        let decided: Vec<Cause> = why.early[1].considered.iter().filter(|c| c.decides).map(|c| c.cause).collect();
        assert_eq!(decided, [if dialect == Dialect::P6 { Cause::ProjectStart } else { Cause::Actual }]);
        let done = Progress::Finished { start: at("2026-03-03T08:00"), finish: at("2026-03-04T17:00"), actual: Span::hours(16) };
        network.activities[0].detail_mut().progress = done;
        let why = reasons(&network, 0);
        assert_eq!((why.early[0].start, why.early[0].finish, why.early[0].done), (at("2026-03-03T08:00"), at("2026-03-04T17:00"), true));
        assert_eq!(why.early[0].considered[0].cause, Cause::Actual);
    }
}

#[test]
fn interrupted_work_goes_on_when_it_resumes() {
    let mut first = days(1, 5);
    let detail = first.detail_mut();
    detail.progress = Progress::Started { start: at(MONDAY), actual: Span::hours(8), remaining: Span::hours(32) };
    detail.resume = Some(at("2026-03-14T08:00"));
    let network = network(Dialect::P6, vec![first], vec![]);
    assert_eq!(told(&network, 0).0, [Cause::Resume, Cause::Calendar]);
}

#[test]
fn dates_of_other_projects_and_dates_by_hand() {
    let mut external = days(1, 5);
    external.detail_mut().external_early_start = Some(at("2026-03-12T08:00"));
    external.detail_mut().external_late_finish = Some(at("2026-03-27T17:00"));
    let network_p6 = network(Dialect::P6, vec![external, days(2, 30)], vec![]);
    assert_eq!(told(&network_p6, 0).0, [Cause::External]);
    let late = reasons(&network_p6, 0).late[0].considered.iter().find(|b| b.decides).map(|b| b.cause);
    assert_eq!(late, Some(LateCause::External));
    let mut fixed = days(1, 1);
    fixed.detail_mut().fixed = Some(FixedDates { start: at("2026-03-05T08:00"), finish: at("2026-03-05T17:00") });
    assert_eq!(told(&network(Dialect::MsProject, vec![fixed], vec![]), 0).0, [Cause::Fixed]);
}

#[test]
fn levelling_decides_and_what_it_delays_leads_on() {
    let mut second = days(2, 1);
    second.detail_mut().leveling_delay = Some(Delay { span: Span::hours(48), elapsed: true });
    let network = network(Dialect::MsProject, vec![days(1, 2), second], vec![fs(0, 1)]);
    assert_eq!(told(&network, 1), (vec![Cause::Leveling], vec![1, 0]));
    assert_eq!(driving(&network, &schedule(&network).unwrap(), ActivityIx(1)), []);
}

#[test]
fn work_as_late_as_possible_is_put_there_by_who_waits() {
    for dialect in BOTH {
        let late = constrained(days(1, 1), ConstraintKind::AsLateAsPossible, MONDAY);
        let network = network(dialect, vec![late, days(2, 5), days(3, 1)], vec![fs(0, 2), fs(1, 2)]);
        assert_eq!(told(&network, 0), (vec![Cause::AsLateAsPossible], vec![0]));
        let why = reasons(&network, 0);
        assert_eq!(why.late.iter().map(|s| s.row.0).collect::<Vec<_>>(), [0, 2]);
    }
}

/// A summary row with two rows under it waits for the first row; the last row waits for the summary row.
fn with_summary() -> Network {
    let summary = Activity { kind: Kind::Summary, ..days(10, 0) };
    let mut below = [days(2, 2), days(3, 4)];
    below.iter_mut().for_each(|a| a.parent = Some(ActivityIx(1)));
    let [b, c] = below;
    network(Dialect::MsProject, vec![days(1, 5), summary, b, c, days(4, 1)], vec![fs(0, 1), fs(1, 4)])
}

#[test]
fn summary_rows_are_part_of_the_chain() {
    let network = with_summary();
    assert_eq!(told(&network, 4), (vec![Cause::Link(1), Cause::Calendar], vec![4, 3, 1, 0]));
    assert_eq!(told(&network, 3).0, [Cause::Summary(1), Cause::Calendar]);
    assert_eq!(told(&network, 1), (vec![Cause::Below(2)], vec![1, 2, 1, 0]));
    let why = reasons(&network, 3);
    let late: Vec<(u32, LateCause)> = why.late.iter().map(|s| (s.row.0, s.considered.iter().find(|b| b.decides).unwrap().cause)).collect();
    assert_eq!(late, [(3, LateCause::Summary(1)), (1, LateCause::Link(1)), (4, LateCause::ProjectFinish)]);
    assert_eq!(reasons(&network, 0).late[1].row, ActivityIx(3), "who has to begin first under the row");
    assert_eq!(longest_path(&network, &schedule(&network).unwrap()), [true, true, false, true, true]);
}

#[test]
fn level_of_effort_goes_along_with_what_it_is_tied_to() {
    let effort = Activity { kind: Kind::LevelOfEffort, ..days(3, 0) };
    let links = vec![fs(0, 1), link(0, LinkKind::StartStart, 2, Lag::NONE), link(2, LinkKind::FinishFinish, 1, Lag::NONE)];
    let network = network(Dialect::P6, vec![days(1, 5), days(2, 5), effort], links);
    assert_eq!(told(&network, 2), (vec![Cause::Alongside(0)], vec![2, 0]));
    let late: Vec<(u32, LateCause)> = reasons(&network, 2).late.iter().map(|s| (s.row.0, s.considered[0].cause)).collect();
    assert_eq!(late, [(2, LateCause::Alongside(1)), (1, LateCause::ProjectFinish)]);
    assert_eq!(longest_path(&network, &schedule(&network).unwrap()), [true, true, false]);
}

#[test]
fn a_late_finish_is_bounded_by_who_waits_by_dates_and_by_the_end() {
    let mut due = days(2, 1);
    due.detail_mut().deadline = Some(at("2026-03-11T17:00"));
    let network = network(Dialect::MsProject, vec![days(1, 5), due, days(3, 20)], vec![fs(0, 1)]);
    let why = reasons(&network, 0);
    let decided: Vec<LateCause> = why.late.iter().map(|s| s.considered.iter().find(|b| b.decides).unwrap().cause).collect();
    assert_eq!(decided, [LateCause::Link(0), LateCause::Deadline]);
    assert_eq!(
        reasons(&network, 2).late[0].considered,
        [lantu_schedule::Bound { cause: LateCause::ProjectFinish, tie: None, date: at("2026-03-27T17:00"), decides: true }]
    );
    let mut p6 = network.clone();
    p6.options = Options { finish: Some(at("2026-04-30T17:00")), ..Options::new(Dialect::P6, at(MONDAY)) };
    assert_eq!(reasons(&p6, 2).late[0].considered[0].cause, LateCause::MustFinishBy);
    p6.options.open_ended_critical = true;
    assert_eq!(reasons(&p6, 2).late[0].considered[0].cause, LateCause::OwnFinish);
}

#[test]
fn reasons_are_said_in_both_languages() {
    let names = ["支模", "混凝土浇筑"];
    let name = |row: ActivityIx| names[row.at()].to_owned();
    let network =
        network(Dialect::MsProject, vec![days(1, 5), days(2, 2)], vec![link(0, LinkKind::FinishStart, 1, Lag::Work(Span::hours(16)))]);
    let why = reasons(&network, 1);
    let chinese = "为什么此时开始：\n\
        1. “混凝土浇筑”最早 2026年3月11日 08:00 开始：紧前“支模”3月6日 17:00 完成，完成-开始，时距 16 小时；3月10日 17:00 之后无工作时间，按日历顺延到 3月11日 08:00。\n\
        2. “支模”最早 2026年3月2日 08:00 开始：项目 3月2日 08:00 开始。\n\
        为什么最晚此时完成：\n\
        1. “混凝土浇筑”最晚 2026年3月12日 17:00 完成：项目 3月12日 17:00 完成。";
    assert_eq!(why.say(Tongue::Chinese, &name), chinese);
    let english = "Why it starts then:\n\
        1. “混凝土浇筑” starts 2026-03-11 08:00 at the earliest: “支模” finishes 2026-03-06 17:00 (finish to start, lag 16 h); there is no work at 2026-03-10 17:00 on its calendar, so it moves to 2026-03-11 08:00.\n\
        2. “支模” starts 2026-03-02 08:00 at the earliest: the project starts 2026-03-02 08:00.\n\
        Why it must finish by then:\n\
        1. “混凝土浇筑” must finish by 2026-03-12 17:00: the project finishes 2026-03-12 17:00.";
    assert_eq!(why.say(Tongue::English, &name), english);
}

#[test]
fn a_chain_ends_before_it_fills_the_screen() {
    let n = Why::MOST_STEPS as u32 + 50;
    let activities = (0..n).map(|uid| days(i64::from(uid), 1)).collect();
    let network = network(Dialect::P6, activities, (1..n).map(|k| fs(k - 1, k)).collect());
    let why = reasons(&network, n - 1);
    assert_eq!((why.early.len(), why.cut), (Why::MOST_STEPS, true));
    assert!(why.say(Tongue::English, &|row| row.0.to_string()).ends_with("… and so on."));
}

#[test]
fn another_networks_dates_have_no_reasons() {
    let one = network(Dialect::P6, vec![days(1, 1)], vec![]);
    let two = network(Dialect::P6, vec![days(1, 1), days(2, 1)], vec![fs(0, 1)]);
    let dates = schedule(&one).unwrap();
    assert!(why(&two, &dates, ActivityIx(0)).early.is_empty());
    assert!(why(&one, &dates, ActivityIx(7)).early.is_empty());
    assert!(driving(&two, &dates, ActivityIx(1)).is_empty());
    assert_eq!(longest_path(&two, &dates), [false, false]);
    assert!(float_paths(&two, &dates, ActivityIx(1), PathOrder::FreeFloat, 5).is_empty());
}

#[test]
fn what_is_critical_by_the_longest_path_is_on_it() {
    for dialect in BOTH {
        let mut network = network(dialect, vec![days(1, 5), days(2, 3), days(3, 1)], vec![fs(0, 2), fs(1, 2)]);
        network.options.critical = Critical::LongestPath;
        network.activities[1].detail_mut().deadline = Some(at(MONDAY));
        let dates = schedule(&network).unwrap();
        let critical: Vec<bool> = dates.rows.iter().map(|r| r.critical).collect();
        assert_eq!(critical, [true, false, true]);
        assert_eq!(critical, longest_path(&network, &dates));
    }
}

/// A 3 and B 5 and C 1 into D; E 4 into C; F 2 beside, and into nothing.
fn tree() -> Network {
    let activities = vec![days(1, 3), days(2, 5), days(3, 1), days(4, 1), days(5, 3), days(6, 20)];
    network(Dialect::P6, activities, vec![fs(0, 3), fs(1, 3), fs(2, 3), fs(4, 2)])
}

fn paths(network: &Network, end: u32, by: PathOrder, most: usize) -> Vec<Vec<u32>> {
    let paths = float_paths(network, &schedule(network).unwrap(), ActivityIx(end), by, most);
    paths.into_iter().map(|path| path.into_iter().map(|row| row.0).collect()).collect()
}

#[test]
fn chains_into_an_activity_come_by_their_float() {
    for by in [PathOrder::FreeFloat, PathOrder::TotalFloat] {
        assert_eq!(paths(&tree(), 3, by, 10), [vec![1, 3], vec![4, 2], vec![0]]);
        assert_eq!(paths(&tree(), 3, by, 1), [vec![1, 3]]);
        assert_eq!(paths(&tree(), 5, by, 10), [[5]]);
    }
}

/// T. Boyle's example, with durations of our own: A to E is critical; C1 waits for A1, B1 and C, and B1 drives it.
#[test]
fn total_float_keeps_to_who_is_critical_and_free_float_finds_who_drives() {
    let [a, b, c, d, e, a1, b1, c1, c2, c3] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
    let length = [5, 5, 5, 20, 20, 3, 8, 2, 2, 2];
    let activities = (1..).zip(length).map(|(uid, length)| days(uid, length)).collect();
    let links = [(a, b), (b, c), (c, d), (d, e), (a, a1), (b, b1), (a1, c1), (b1, c1), (c, c1), (c1, c2), (c2, c3)];
    let network = network(Dialect::P6, activities, links.iter().map(|&(from, to)| fs(from, to)).collect());
    assert_eq!(paths(&network, c3, PathOrder::FreeFloat, 9), [vec![a, b, b1, c1, c2, c3], vec![c], vec![a1]]);
    assert_eq!(paths(&network, c3, PathOrder::TotalFloat, 9), [vec![a, b, c, c1, c2, c3], vec![b1], vec![a1]]);
}

#[test]
fn where_nothing_drives_what_would_do_so_first_comes_first() {
    let held = constrained(days(3, 1), ConstraintKind::StartNoEarlierThan, "2026-03-30T08:00");
    let network = network(Dialect::P6, vec![days(1, 4), days(2, 6), held], vec![fs(0, 2), fs(1, 2)]);
    assert_eq!(paths(&network, 2, PathOrder::FreeFloat, 5), [vec![1, 2], vec![0]]);
}

#[test]
fn free_float_adds_up_along_a_chain() {
    // 0 → 1 → 4 with room of 2 days behind 0 and none behind 1; 2 → 4 with room of 1 day; 3 drives 1.
    let activities = vec![days(1, 1), days(2, 2), days(3, 4), days(4, 3), days(5, 1)];
    let network = network(Dialect::P6, activities, vec![fs(0, 1), fs(1, 4), fs(2, 4), fs(3, 1)]);
    assert_eq!(paths(&network, 4, PathOrder::FreeFloat, 9), [vec![3, 1, 4], vec![2], vec![0]]);
}

fn kinds() -> impl Strategy<Value = LinkKind> {
    prop_oneof![Just(LinkKind::FinishStart), Just(LinkKind::StartStart), Just(LinkKind::FinishFinish), Just(LinkKind::StartFinish)]
}

fn lags() -> impl Strategy<Value = Lag> {
    prop_oneof![
        3 => Just(Lag::NONE),
        2 => (-40i64..80).prop_map(|h| Lag::Work(Span::hours(h))),
        1 => (0i64..80).prop_map(|h| Lag::Elapsed(Span::hours(h))),
        1 => Just(Lag::Percent(50.0)),
    ]
}

fn constraints() -> impl Strategy<Value = Option<ConstraintKind>> {
    prop_oneof![
        6 => Just(None),
        1 => Just(Some(ConstraintKind::StartNoEarlierThan)),
        1 => Just(Some(ConstraintKind::FinishNoEarlierThan)),
        1 => Just(Some(ConstraintKind::StartNoLaterThan)),
        1 => Just(Some(ConstraintKind::FinishNoLaterThan)),
        1 => Just(Some(ConstraintKind::MustStartOn)),
        1 => Just(Some(ConstraintKind::MustFinishOn)),
    ]
}

type Drawn = (i64, Option<ConstraintKind>, i64, u8, u32);

fn activity(uid: i64, &(hours, constraint, day, state, calendar): &Drawn) -> Activity {
    let mut activity = Activity::task(uid, CalendarIx(calendar), Span::hours(hours));
    let date = at(MONDAY) + Span::hours(24 * day);
    if let Some(kind) = constraint {
        activity.detail_mut().constraint = Some(Constraint { kind, date });
    }
    let work = Span::hours(hours);
    match state {
        0 => activity.detail_mut().progress = Progress::Started { start: at(MONDAY), actual: Span::hours(1), remaining: work },
        1 => activity.detail_mut().progress = Progress::Finished { start: at(MONDAY), finish: at(MONDAY) + work, actual: work },
        _ => {}
    }
    activity
}

fn networks() -> impl Strategy<Value = Network> {
    let rows = prop::collection::vec((0i64..60, constraints(), 0i64..40, 0u8..12, 0u32..2), 2..16);
    let links = prop::collection::vec((any::<u32>(), any::<u32>(), kinds(), lags()), 0..30);
    let dialect = prop_oneof![Just(Dialect::MsProject), Just(Dialect::P6)];
    (rows, links, dialect).prop_map(|(rows, links, dialect)| {
        let n = rows.len() as u32;
        let activities = rows.iter().zip(1..).map(|(row, uid)| activity(uid, row)).collect();
        let forward = |(a, b, kind, lag): (u32, u32, LinkKind, Lag)| {
            let (a, b) = (a % n, b % n);
            (a != b).then(|| link(a.min(b), kind, a.max(b), lag))
        };
        let mut network = network(dialect, activities, links.into_iter().filter_map(forward).collect());
        network.calendars.push(Calendar::of(&CalendarSpec::daily(&Hours::of_minutes([(420, 900)]))));
        network
    })
}

proptest! {
    #[test]
    fn what_decides_gives_the_start_that_it_explains(network in networks()) {
        let dates = schedule(&network).unwrap();
        for (row, dates_of) in (0u32..).zip(&dates.rows) {
            let why = why(&network, &dates, ActivityIx(row));
            let first = &why.early[0];
            if !first.done {
                prop_assert_eq!(first.start, dates_of.early_start);
            }
            for step in &why.early {
                let decided: Vec<_> = step.considered.iter().filter(|c| c.decides).collect();
                prop_assert!(!decided.is_empty(), "{step:?}");
                prop_assert!(decided.iter().all(|c| c.start == step.start), "{step:?}");
            }
            prop_assert!(why.early.len() <= network.activities.len());
        }
    }

    #[test]
    fn what_bounds_gives_the_late_finish(network in networks()) {
        let dates = schedule(&network).unwrap();
        for (row, dates_of) in (0u32..).zip(&dates.rows) {
            let why = why(&network, &dates, ActivityIx(row));
            for step in &why.late {
                let calendar = &network.calendars[network.activities[step.row.at()].calendar.at()];
                let decided: Vec<_> = step.considered.iter().filter(|b| b.decides).collect();
                prop_assert!(!decided.is_empty(), "{step:?}");
                let near = |b: &&lantu_schedule::Bound| calendar.work_between(step.finish, b.date).is_zero();
                prop_assert!(decided.iter().all(near), "{step:?}");
            }
            prop_assert_eq!(why.late[0].finish, if why.early[0].done { why.early[0].finish } else { dates_of.late_finish });
        }
    }

    #[test]
    fn a_links_date_is_the_other_ends_with_the_lag(network in networks()) {
        let dates = schedule(&network).unwrap();
        for row in 0..network.activities.len() as u32 {
            let why = why(&network, &dates, ActivityIx(row));
            for step in why.early.iter().filter(|s| s.begun.is_none()) {
                for c in &step.considered {
                    let Some(tie) = &c.tie else { continue };
                    let unstarted = network.activities[tie.other.at()].progress() == Progress::NotStarted;
                    if tie.kind == LinkKind::FinishStart && tie.lag == Lag::NONE && unstarted {
                        prop_assert_eq!(c.date, tie.date);
                    }
                }
            }
        }
    }

    #[test]
    fn everyone_on_the_longest_path_drives_someone_on_it(network in networks()) {
        let dates = schedule(&network).unwrap();
        let (path, drives) = (longest_path(&network, &dates), driving_links(&network, &dates));
        let last = dates.rows.iter().map(|r| r.early_finish).max().unwrap();
        for (at, _) in path.iter().enumerate().filter(|(_, on)| **on) {
            let leads = |(link, drives): (&Link, &bool)| *drives && link.predecessor.at() == at && path[link.successor.at()];
            prop_assert!(dates.rows[at].early_finish == last || network.links.iter().zip(&drives).any(leads));
        }
        for (link, _) in network.links.iter().zip(&drives).filter(|(_, drives)| **drives) {
            prop_assert!(!path[link.successor.at()] || path[link.predecessor.at()]);
        }
    }

    #[test]
    fn float_paths_take_everyone_before_the_end_once(network in networks(), total in any::<bool>()) {
        let dates = schedule(&network).unwrap();
        let end = ActivityIx(network.activities.len() as u32 - 1);
        let by = if total { PathOrder::TotalFloat } else { PathOrder::FreeFloat };
        let mut met: Vec<u32> = float_paths(&network, &dates, end, by, usize::MAX).concat().iter().map(|a| a.0).collect();
        met.sort_unstable();
        let mut before = vec![false; network.activities.len()];
        before[end.at()] = true;
        for at in (0..network.activities.len()).rev() {
            if before[at] {
                network.links.iter().filter(|l| l.successor.at() == at).for_each(|l| before[l.predecessor.at()] = true);
            }
        }
        let wanted: Vec<u32> = (0u32..).zip(&before).filter(|(_, b)| **b).map(|(at, _)| at).collect();
        prop_assert_eq!(met, wanted);
    }
}
