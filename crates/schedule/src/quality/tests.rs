use super::*;
use crate::*;

fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

fn link(p: u32, s: u32) -> Link {
    Link { predecessor: ActivityIx(p), successor: ActivityIx(s), kind: LinkKind::FinishStart, lag: Lag::NONE }
}

/// A chain of `n` days of work, by the clock.
fn chain(n: u32) -> Network {
    let options = Options::new(Dialect::P6, at("2026-03-02T00:00"));
    let activities = (1..=n).map(|uid| Activity::task(uid.into(), CalendarIx(0), Span::hours(24))).collect();
    let links = (1..n).map(|s| link(s - 1, s)).collect();
    Network { options, calendars: vec![Calendar::around_the_clock()], activities, links }
}

fn day() -> QualityOptions<'static> {
    QualityOptions { day: Span::hours(24), near_critical: Span::hours(240), long_lag: Span::hours(480), ..QualityOptions::default() }
}

fn find(n: &Network, options: &QualityOptions, code: &str) -> Finding {
    let dates = schedule(n).unwrap();
    quality(n, &dates, options).into_iter().find(|f| f.code == code).unwrap()
}

fn uids(n: &Network, code: &str) -> Vec<i64> {
    find(n, &day(), code).activities
}

#[test]
fn a_sound_chain_passes_all_points_that_can_be_judged() {
    let n = chain(50);
    let findings = quality(&n, &schedule(&n).unwrap(), &day());
    assert_eq!(findings.iter().filter_map(|f| f.point).collect::<Vec<_>>(), (1..=14).collect::<Vec<_>>());
    assert!(findings.iter().all(|f| f.passed != Some(false)), "{findings:?}");
    let logic = &findings[0];
    assert_eq!((logic.count, logic.population, logic.value, logic.activities.as_slice()), (2, 50, 4.0, &[1, 50][..]));
    assert_eq!(findings.iter().filter(|f| f.point.is_some() && f.passed.is_none()).count(), 4, "no baseline, no resources");
}

#[test]
fn links_are_counted_by_kind_and_lag() {
    let mut n = chain(4);
    n.links[0].lag = Lag::Work(Span::hours(-5));
    n.links[1].lag = Lag::Elapsed(Span::hours(500));
    n.links[2].kind = LinkKind::StartStart;
    assert_eq!((uids(&n, "leads"), uids(&n, "lags"), uids(&n, "long_lags")), (vec![2], vec![3], vec![3]));
    let kinds = find(&n, &day(), "relationship_types");
    assert_eq!((kinds.count, kinds.population, kinds.passed, kinds.activities), (2, 3, Some(false), vec![4]));
    assert_eq!(uids(&n, "dangling_finishes"), [3]);
}

#[test]
fn float_durations_and_constraints_are_measured_in_days() {
    let mut n = chain(2);
    n.activities.push(Activity::task(3, CalendarIx(0), Span::hours(24 * 45)));
    n.activities[1].detail_mut().constraint = Some(Constraint { kind: ConstraintKind::FinishNoLaterThan, date: at("2026-03-03") });
    assert_eq!(uids(&n, "high_duration"), [3]);
    assert_eq!((uids(&n, "hard_constraints"), uids(&n, "negative_float")), (vec![2], vec![1, 2]));
    n.activities[1].detail = None;
    n.activities[2].duration = Span::hours(24 * 47);
    assert_eq!(uids(&n, "high_float"), [1, 2]);
}

#[test]
fn the_end_moves_with_a_critical_task_unless_something_holds_it() {
    let mut n = chain(3);
    assert_eq!(find(&n, &day(), "critical_path_test").passed, Some(true));
    n.activities[2].detail_mut().constraint = Some(Constraint { kind: ConstraintKind::MustStartOn, date: at("2026-03-04") });
    let found = find(&n, &day(), "critical_path_test");
    assert_eq!((found.passed, found.activities), (Some(false), vec![1]));
}

#[test]
fn a_baseline_gives_misses_and_indexes() {
    let mut n = chain(4);
    n.options.data_date = Some(at("2026-03-05"));
    let done = |start: &str, finish: &str| Progress::Finished { start: at(start), finish: at(finish), actual: Span::hours(24) };
    n.activities[0].detail_mut().progress = done("2026-03-02", "2026-03-03");
    n.activities[1].detail_mut().progress = done("2026-03-03", "2026-03-05");
    let finish = |text: &str| Baseline { start: None, finish: Some(at(text)) };
    let baseline = [finish("2026-03-03"), finish("2026-03-04"), finish("2026-03-05"), finish("2026-03-06")];
    let options = QualityOptions { baseline: Some(&baseline), ..day() };
    let missed = find(&n, &options, "missed_tasks");
    assert_eq!((missed.count, missed.population, missed.activities), (2, 3, vec![2, 3]));
    let index = find(&n, &options, "baseline_execution_index");
    assert_eq!((index.count, index.population, index.passed), (2, 3, Some(false)));
    let length = find(&n, &options, "critical_path_length_index");
    assert_eq!((length.value, length.passed), (0.5, Some(false)), "two days to go, one too many");
    assert_eq!(find(&n, &options, "missing_baseline").count, 0);
    assert_eq!(uids(&n, "riding_data_date"), [3]);
    assert_eq!(find(&n, &options, "invalid_dates").count, 0);
}

#[test]
fn progress_against_the_links_is_named() {
    let mut n = chain(3);
    n.options.data_date = Some(at("2026-03-04"));
    let start = at("2026-03-05");
    n.activities[1].detail_mut().progress = Progress::Started { start, actual: Span::ZERO, remaining: Span::hours(24) };
    assert_eq!((uids(&n, "out_of_sequence"), uids(&n, "invalid_dates")), (vec![2], vec![2]));
}

#[test]
fn links_that_say_nothing_new_are_named() {
    let mut n = chain(4);
    n.links.extend([link(0, 3), link(1, 2)]);
    assert_eq!((uids(&n, "redundant_links"), uids(&n, "duplicated_links")), (vec![4], vec![3]));
}

#[test]
fn dates_that_bound_nothing_are_named() {
    let mut n = chain(3);
    n.activities[2].detail_mut().constraint = Some(Constraint { kind: ConstraintKind::StartNoEarlierThan, date: at("2026-03-03") });
    assert_eq!(uids(&n, "idle_constraints"), [3]);
    n.activities[2].detail_mut().constraint = Some(Constraint { kind: ConstraintKind::StartNoEarlierThan, date: at("2026-03-06") });
    assert_eq!(uids(&n, "idle_constraints"), [0; 0]);
}

#[test]
fn every_check_has_words_in_both_languages() {
    let n = chain(3);
    for finding in quality(&n, &schedule(&n).unwrap(), &day()) {
        let (zh, en) = (finding.say(Tongue::Chinese), finding.say(Tongue::English));
        assert!(zh.ends_with('。') && en.ends_with('.'), "{zh} {en}");
        assert!(finding.name(Tongue::English) != "Check", "{}", finding.code);
    }
}
