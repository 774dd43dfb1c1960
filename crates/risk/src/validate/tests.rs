use super::*;
use crate::{Correlation, DurationRange, Impact, Range, Weather};
use lantu_calendar::{Calendar, Span};
use lantu_schedule::{Activity, CalendarIx, Dialect, Network, Options};

/// Tasks of uids 10, 20, … on two calendars.
fn model(rows: usize) -> RiskModel {
    let options = Options::new(Dialect::MsProject, "2026-03-02T08:00".parse().unwrap());
    let activities = (1..=rows as i64).map(|n| Activity::task(10 * n, CalendarIx(0), Span::hours(8))).collect();
    let calendars = vec![Calendar::around_the_clock(), Calendar::around_the_clock()];
    let network = Network { options, calendars, activities, links: vec![] };
    RiskModel { network, ranges: vec![], risks: vec![], correlations: vec![], weather: vec![], key: 0 }
}

fn found(model: &RiskModel) -> Vec<(&'static str, String)> {
    validate(model).into_iter().map(|p| (p.code, p.place)).collect()
}

fn codes(model: &RiskModel) -> Vec<&'static str> {
    validate(model).iter().map(|p| p.code).collect()
}

fn minutes(n: i64) -> Span {
    Span::minutes(n)
}

fn three(min: i64, mode: i64, max: i64) -> Range {
    Range::Triangular { min: minutes(min), mode: minutes(mode), max: minutes(max) }
}

fn of(activity: u32, range: Range) -> DurationRange {
    DurationRange { activity: ActivityIx(activity), range }
}

fn group(id: &str, activities: &[u32], rho: f64) -> Correlation {
    Correlation { id: id.into(), activities: activities.iter().map(|a| ActivityIx(*a)).collect(), rho, shared: false }
}

fn risk(id: &str, probability: f64, impacts: Vec<(u32, Range)>) -> Risk {
    let impacts = impacts.into_iter().map(|(a, range)| Impact { activity: ActivityIx(a), range }).collect();
    Risk { id: id.into(), probability, impacts, shared: false }
}

#[test]
fn a_sound_model_has_no_problems() {
    let mut m = model(4);
    m.ranges = vec![of(0, three(0, 0, 0)), of(1, Range::Empirical { values: vec![minutes(9), minutes(3)] })];
    m.ranges.push(of(2, Range::Lognormal { p50: minutes(1), p90: minutes(1) }));
    m.risks = vec![risk("a", 0.0, vec![(0, three(-60, -30, 0))]), risk("b", 1.0, vec![])];
    m.correlations = vec![group("", &[0, 1, 2], 0.5), group("", &[1, 2], 0.5), group("x", &[0, 3], -1.0)];
    let mut lost = [1.0; 12];
    lost[6] = 0.99;
    let weather = |id: &str, calendar| Weather { id: id.into(), calendar: CalendarIx(calendar), lost };
    m.weather = vec![weather("site", 0), weather("site", 1), weather("sea", 0)];
    assert_eq!(found(&m), []);
}

#[test]
fn ranges_that_are_none_are_refused() {
    let values = |values: &[i64]| Range::Empirical { values: values.iter().map(|v| minutes(*v)).collect() };
    let century = 100 * 36_525 * 144 / 10;
    let cases = [
        (three(3, 2, 4), "range_out_of_order"),
        (three(1, 5, 4), "range_out_of_order"),
        (Range::Uniform { min: minutes(2), max: minutes(1) }, "range_out_of_order"),
        (Range::Lognormal { p50: minutes(2), p90: minutes(1) }, "range_out_of_order"),
        (three(-1, 2, 3), "range_negative"),
        (values(&[1, -1]), "range_negative"),
        (Range::Lognormal { p50: minutes(-2), p90: minutes(1) }, "range_negative"),
        (Range::Lognormal { p50: minutes(0), p90: minutes(1) }, "lognormal_not_positive"),
        (values(&[]), "empty_sample"),
        (three(1, 2, century + 1), "range_too_long"),
        (Range::Uniform { min: Span::ZERO, max: Span::seconds(i64::MAX) }, "range_too_long"),
        (Range::Uniform { min: Span::ZERO, max: Span::seconds(90) }, "range_not_whole_minutes"),
    ];
    for (range, code) in cases {
        let mut m = model(2);
        m.ranges = vec![of(1, range.clone())];
        assert_eq!(found(&m), [(code, "range of activity 20".to_owned())], "{range:?}");
    }
    let mut m = model(2);
    m.ranges = vec![of(0, three(1, 2, century)), of(0, three(1, 2, 3)), of(7, three(1, 2, 3))];
    assert_eq!(found(&m), [("duplicate_range", "range of activity 10".to_owned()), ("unknown_activity", "range 3".to_owned())]);
}

#[test]
fn risks_are_named_have_a_chance_and_hit_what_is_there() {
    let mut m = model(2);
    m.risks = vec![
        risk("a", f64::NAN, vec![(1, three(3, 2, 1)), (5, three(1, 2, 3))]),
        risk("a", -0.1, vec![]),
        risk("", 1.000_1, vec![(0, Range::Lognormal { p50: minutes(-2), p90: minutes(1) })]),
    ];
    let wanted = [
        ("probability_out_of_range", "risk a"),
        ("range_out_of_order", "risk a, activity 20"),
        ("unknown_activity", "risk a"),
        ("duplicate_risk", "risk a"),
        ("probability_out_of_range", "risk a"),
        ("name_missing", "risk 3"),
        ("probability_out_of_range", "risk 3"),
        ("lognormal_not_positive", "risk 3, activity 10"),
    ];
    assert_eq!(found(&m), wanted.map(|(code, place)| (code, place.to_owned())));
}

#[test]
fn groups_that_cannot_hold_are_refused() {
    let one = |group: Correlation| {
        let mut m = model(3);
        m.correlations = vec![group];
        codes(&m)
    };
    assert_eq!(one(group("", &[0, 1], f64::NAN)), ["correlation_out_of_range"]);
    assert_eq!(one(group("", &[0, 1], -1.1)), ["correlation_out_of_range"]);
    assert_eq!(one(group("", &[0], 0.5)), ["correlation_too_few"]);
    assert_eq!(one(group("", &[1, 0, 1, 1], 0.5)), ["correlation_repeats_activity"]);
    assert_eq!(one(group("", &[1, 9], 0.5)), ["unknown_activity"]);
    let shared = |id: &str, rho| Correlation { shared: true, ..group(id, &[0, 1], rho) };
    assert_eq!(one(shared("", 0.5)), ["name_missing"]);
    assert_eq!(one(shared("bureau", -0.5)), ["correlation_shared_negative"]);
    assert_eq!(one(shared("bureau", 0.0)), [""; 0]);
    let mut m = model(3);
    m.correlations = vec![group("x", &[0, 1], 0.5), group("x", &[1, 2], 0.5)];
    assert_eq!(found(&m), [("duplicate_correlation", "correlation x".to_owned())]);
}

#[test]
fn groups_that_contradict_each_other_are_named_with_the_pair() {
    let mut m = model(5);
    m.correlations = vec![group("", &[3, 4], 0.1), group("", &[0, 1, 2], 0.5), group("", &[2, 3, 1], 0.4)];
    let problems = validate(&m);
    assert_eq!(problems.len(), 1);
    let p = &problems[0];
    assert_eq!((p.code, p.place.as_str(), p.found.as_str()), ("correlation_contradicts", "correlation 3", "0.5, 0.4"));
    assert_eq!(p.activities, [30, 20]);
}

#[test]
fn a_lot_of_overlapping_groups_has_its_limit_and_a_single_group_has_none() {
    let chain = |rows: u32| {
        let mut m = model(rows as usize);
        m.correlations = (1..rows).map(|at| group("", &[at - 1, at], 0.1)).collect();
        m
    };
    assert_eq!(codes(&chain(400)), [""; 0]);
    let problems = validate(&chain(401));
    assert_eq!((problems[0].code, problems[0].found.as_str(), problems.len()), ("correlation_too_large", "401", 1));
    let mut m = model(5_000);
    m.correlations = vec![group("", &(0..5_000).collect::<Vec<_>>(), 0.3)];
    assert_eq!(codes(&m), [""; 0]);
}

#[test]
fn weather_leaves_some_work() {
    let weather = |id: &str, calendar, lost| Weather { id: id.into(), calendar: CalendarIx(calendar), lost };
    let (mut winter, mut summer) = ([0.0; 12], [1.0; 12]);
    winter[0] = 1.0;
    summer[0] = 0.5;
    let mut m = model(1);
    m.weather = vec![weather("ice", 0, winter), weather("heat", 1, summer)];
    assert_eq!(found(&m), []);
    m.weather[1].calendar = CalendarIx(0);
    assert_eq!(found(&m), [("weather_takes_all", "weather heat".to_owned())]);
    winter[3] = f64::INFINITY;
    m.weather = vec![weather("ice", 7, winter), weather("", 0, [0.0; 12]), weather("sea", 1, [0.1; 12]), weather("sea", 1, [0.1; 12])];
    assert_eq!(codes(&m), ["unknown_calendar", "weather_out_of_range", "name_missing", "duplicate_weather"]);
}

#[test]
fn the_networks_own_problems_come_first_and_all_are_at_most_a_thousand() {
    let mut m = model(2_000);
    m.network.activities[0].duration = minutes(-1);
    m.ranges = (0..2_000).map(|at| of(at, three(3, 2, 1))).collect();
    let problems = validate(&m);
    assert_eq!((problems.len(), problems[0].code, problems[1].code), (1_000, "negative_duration", "range_out_of_order"));
    assert_eq!(
        problems[0].say(lantu_schedule::Tongue::English),
        lantu_schedule::validate(&m.network)[0].say(lantu_schedule::Tongue::English)
    );
}

#[test]
fn what_has_no_effect_is_remarked() {
    let mut m = model(2);
    m.risks = vec![risk("paper", 0.5, vec![]), risk("strike", 0.5, vec![(0, three(1, 2, 3))])];
    let weather = |id: &str, calendar| Weather { id: id.into(), calendar: CalendarIx(calendar), lost: [0.1; 12] };
    m.weather = vec![weather("site", 0), weather("sea", 1)];
    let said = |m: &RiskModel| remarks(m).into_iter().map(|n| (n.code, n.place)).collect::<Vec<_>>();
    let wanted = [("risk_without_impact", "risk paper"), ("weather_on_unused_calendar", "weather sea")];
    assert_eq!(said(&m), wanted.map(|(code, place)| (code, place.to_owned())));
    m.network.activities[1].calendar = CalendarIx(1);
    assert_eq!(said(&m).len(), 1);
    let start = m.network.options.start;
    m.network.activities[1].detail_mut().progress = Progress::Finished { start, finish: start, actual: Span::ZERO };
    assert_eq!(said(&m).len(), 2, "who is done is not delayed");
    (m.risks, m.weather) = (vec![], vec![]);
    m.ranges = vec![of(0, three(1, 2, 3)), of(1, three(1, 2, 3))];
    m.correlations = vec![group("", &[0, 1], 0.5)];
    assert_eq!(
        (said(&m), remarks(&m)[0].activities.as_slice()),
        (vec![("correlation_on_fixed", "correlation 1".to_owned())], [20].as_slice())
    );
    m.network.activities[1].detail = None;
    assert_eq!(said(&m), []);
}
