use super::*;
use proptest::prelude::*;

fn day(day: i64) -> Instant {
    Instant::from_seconds(day * 86_400)
}

fn of(seconds: impl IntoIterator<Item = i64>) -> Distribution {
    Distribution::of(seconds.into_iter().map(Instant::from_seconds).collect()).unwrap()
}

#[test]
fn no_dates_are_no_distribution() {
    assert_eq!(Distribution::of(vec![]), None);
    let one = of([7]);
    assert_eq!(
        (one.quantile(0.0), one.quantile(1.0), one.mean()),
        (day(0) + Span::seconds(7), Instant::from_seconds(7), Instant::from_seconds(7))
    );
    assert_eq!(one.deviation(), Span::ZERO);
    assert_eq!(one.s_curve(0), [(Instant::from_seconds(7), 1.0)]);
}

#[test]
fn ranks_are_the_least_that_reach_the_share() {
    for n in 1..200_usize {
        for hundredth in 0..=100 {
            let p = f64::from(hundredth) / 100.0;
            let slowly = (1..=n).find(|&k| k as f64 / n as f64 >= p).unwrap();
            assert_eq!(rank(p, n), slowly, "{p} of {n}");
        }
    }
    assert_eq!((rank(f64::NAN, 5), rank(-1.0, 5), rank(9.0, 5), rank(f64::INFINITY, 5)), (1, 1, 5, 5));
}

#[test]
fn mean_and_deviation_are_those_of_the_sample() {
    let dates = of([0, 10, 20, 31]);
    assert_eq!(dates.mean(), Instant::from_seconds(15));
    // Squares about 15.25: 232.5625 + 27.5625 + 22.5625 + 248.0625 = 530.75, of three 176.9, its root 13.3.
    assert_eq!(dates.deviation(), Span::seconds(13));
    let ends = of([Instant::MIN.seconds(), Instant::MAX.seconds()]);
    assert!(ends.deviation().is_positive());
}

/// The ranks hold their promise against the binomial distribution itself, summed the slow way.
#[test]
fn ranks_of_an_interval_leave_a_fortieth_on_either_side() {
    for (p, n) in [(0.5, 10), (0.8, 17), (0.8, 64), (0.1, 200), (0.9, 1_000), (0.5, 1_000)] {
        let (low, high) = ranks(p, n).unwrap();
        let below = |k: usize| (0..k).map(|i| binomial(p, n, i)).sum::<f64>();
        assert!(below(low) <= 0.025 && below(low + 1) > 0.025, "{p} of {n}: {low}");
        assert!(below(high) >= 0.975 && below(high - 1) < 0.975, "{p} of {n}: {high}");
    }
    assert_eq!(ranks(0.8, 16), None, "0.8 to the 16th is above 2.5 %");
    assert_eq!((ranks(0.0, 100), ranks(1.0, 100), ranks(f64::NAN, 100), ranks(0.5, 0)), (None, None, None, None));
    // Of a million, 1.96 × √(n·p·q) = 784 to either side.
    assert_eq!(ranks(0.8, 1_000_000), Some((799_216, 800_785)));
}

fn binomial(p: f64, n: usize, k: usize) -> f64 {
    let ways: f64 = (0..k).map(|i| ((n - i) as f64 / (i + 1) as f64).ln()).sum();
    (ways + k as f64 * p.ln() + (n - k) as f64 * (1.0 - p).ln()).exp()
}

/// Wilson's own figures, as Newcombe (1998, "Two-sided confidence intervals for the single proportion", table I) prints them.
#[test]
fn chances_have_the_published_intervals() {
    for (hits, n, low, high) in [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)] {
        let (a, b) = chance_interval(f64::from(hits) / f64::from(n), n);
        assert!((a - low).abs() < 5e-5 && (b - high).abs() < 5e-5, "{hits} of {n}: {a} {b}");
    }
    assert_eq!(chance_interval(0.5, 0), (0.0, 1.0));
    assert_eq!(chance_interval(1.0, 50).1, 1.0);
}

#[test]
fn bins_begin_where_people_count_from() {
    let widths = |last: i64, bins| {
        let found = of([1, last]).histogram(bins);
        (found.len(), found[0].from.to_string(), found[0].to.to_string())
    };
    let text = |n: usize, from: &str, to: &str| (n, from.to_owned(), to.to_owned());
    assert_eq!(widths(86_400 * 10, 10), text(10, "1970-01-01T00:00", "1970-01-02T00:00"));
    assert_eq!(widths(86_400 * 10 + 1, 10), text(2, "1969-12-29T00:00", "1970-01-05T00:00"), "an eleventh day");
    assert_eq!(widths(86_400 * 300, 12), text(10, "1970-01-01T00:00", "1970-02-01T00:00"));
    assert_eq!(widths(86_400 * 900, 12), text(10, "1970-01-01T00:00", "1970-04-01T00:00"));
    assert_eq!(widths(86_400 * 3_000, 12), text(9, "1970-01-01T00:00", "1971-01-01T00:00"));
    assert_eq!(widths(3_600, 60), text(60, "1970-01-01T00:00", "1970-01-01T00:01"));
}

fn one_activity(swing: i64) -> Sensitivity {
    Sensitivity { criticality: 0.5, sensitivity: 0.0, swing: Span::seconds(swing), mean: Span::ZERO, deviation: Span::ZERO }
}

#[test]
fn the_tornado_begins_with_the_widest() {
    let activities = [0, -5, 3, 5].map(one_activity).to_vec();
    let finish = of([1]);
    let odds = Odds {
        iterations: 1,
        converged: false,
        planned_finish: day(0),
        finish,
        milestones: vec![],
        activities,
        risks: vec![],
        notes: vec![],
    };
    let order: Vec<u32> = odds.tornado().iter().map(|(at, _)| at.0).collect();
    assert_eq!(order, [1, 3, 2]);
}

#[test]
fn a_risk_costs_the_difference() {
    let cost = RiskCost::between(0.25, &of([10, 20, 30, 40]), &of([10, 20, 30, 20]));
    let s = Span::seconds;
    assert_eq!(cost, RiskCost { struck: 0.25, mean: s(5), p50: s(0), p80: s(10), p90: s(10) });
}

fn dates() -> impl Strategy<Value = Vec<i64>> {
    let (least, most) = (Instant::MIN.seconds(), Instant::MAX.seconds());
    let scale = prop_oneof![Just(60_i64), Just(86_400), Just(30 * 86_400), Just(most / 2)];
    (scale, least..most, prop::collection::vec(0.0..1.0, 1..200)).prop_map(move |(scale, first, parts)| {
        parts.iter().map(|part| first.saturating_add((part * scale as f64) as i64).clamp(least, most)).collect()
    })
}

proptest! {
    #[test]
    fn quantiles_rise_and_reach_their_share(dates in dates(), a in 0.0..=1.0, b in 0.0..=1.0) {
        let odds = of(dates);
        let (low, high) = if a < b { (a, b) } else { (b, a) };
        prop_assert!(odds.quantile(low) <= odds.quantile(high));
        prop_assert!(odds.chance_by(odds.quantile(a)) >= a);
        prop_assert!(odds.chance_by(odds.quantile(a) - Span::seconds(1)) < a.max(f64::MIN_POSITIVE) || odds.quantile(a) == Instant::MIN);
        if let Some((from, to)) = odds.interval_of_quantile(a) {
            prop_assert!(from <= odds.quantile(a) && odds.quantile(a) <= to);
        }
        let (from, to) = odds.chance_interval(odds.quantile(b));
        prop_assert!(0.0 <= from && from <= odds.chance_by(odds.quantile(b)) && odds.chance_by(odds.quantile(b)) <= to && to <= 1.0);
    }

    #[test]
    fn histograms_hold_every_date_once(dates in dates(), bins in 0_usize..80) {
        let odds = of(dates);
        let found = odds.histogram(bins);
        prop_assert_eq!(found.iter().map(|bin| bin.count as usize).sum::<usize>(), odds.dates().len());
        prop_assert!(found.len() <= bins.max(1));
        prop_assert!(found.windows(2).all(|pair| pair[0].to == pair[1].from));
        prop_assert!(found.iter().all(|bin| bin.from < bin.to));
        prop_assert!(found.first().unwrap().count > 0 && found.last().unwrap().count > 0);
    }

    #[test]
    fn s_curves_rise_to_one(dates in dates(), points in 0_usize..60) {
        let odds = of(dates);
        let curve = odds.s_curve(points);
        prop_assert!(curve.len() <= points.max(2));
        prop_assert!(curve.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[0].1 < pair[1].1));
        prop_assert_eq!(curve.last().unwrap().1, 1.0);
        prop_assert_eq!(curve[0].0, odds.quantile(0.0));
    }
}
