//! What is drawn, against what it should be. Chance is of fixed seeds; tolerances are said in standard errors of the sample.
mod marginals;
mod named;
mod risks;
mod together;

use super::Draws;
use crate::lanes::{LANES, Lanes};
use crate::model::{Correlation, DurationRange, Impact, Range, Risk, RiskModel, Weather};
use lantu_calendar::{Calendar, Span};
use lantu_schedule::{Activity, ActivityIx, CalendarIx, Dialect, Network, Options};

/// What the plan says of every activity of [`plan`], in minutes.
const PLANNED: i64 = 4_800;

/// A model of so many activities with uids from 100 on, none of which vary.
fn plan(activities: u32) -> RiskModel {
    let options = Options::new(Dialect::P6, "2026-03-02T08:00".parse().expect("a date"));
    let activities = (0..activities).map(|at| Activity::task(100 + i64::from(at), CalendarIx(0), Span::minutes(PLANNED))).collect();
    let network = Network { options, calendars: vec![Calendar::around_the_clock()], activities, links: vec![] };
    RiskModel { network, ranges: vec![], risks: vec![], correlations: vec![], weather: vec![], key: 0 }
}

/// The same with a range for each.
fn unsure(activities: u32, range: &Range) -> RiskModel {
    let mut model = plan(activities);
    model.ranges = (0..activities).map(|at| DurationRange { activity: ActivityIx(at), range: range.clone() }).collect();
    model
}

fn triangular(min: i64, mode: i64, max: i64) -> Range {
    let [min, mode, max] = [min, mode, max].map(Span::minutes);
    Range::Triangular { min, mode, max }
}

fn uniform(min: i64, max: i64) -> Range {
    Range::Uniform { min: Span::minutes(min), max: Span::minutes(max) }
}

fn lognormal(p50: i64, p90: i64) -> Range {
    Range::Lognormal { p50: Span::minutes(p50), p90: Span::minutes(p90) }
}

fn risk(id: &str, probability: f64, impacts: &[(u32, Range)]) -> Risk {
    let impacts = impacts.iter().map(|(at, range)| Impact { activity: ActivityIx(*at), range: range.clone() }).collect();
    Risk { id: id.into(), probability, impacts, shared: false }
}

fn correlation(activities: &[u32], rho: f64) -> Correlation {
    Correlation { id: String::new(), activities: activities.iter().copied().map(ActivityIx).collect(), rho, shared: false }
}

/// Draws `blocks` blocks in minutes, by activity; -7 stands where nothing was written.
fn drawn(draws: &Draws, activities: usize, blocks: u32) -> Vec<Vec<i32>> {
    let mut out = vec![Lanes::all(-7); activities];
    let mut all = vec![vec![]; activities];
    for block in 0..blocks {
        draws.fill(block, &mut out);
        all.iter_mut().zip(&out).for_each(|(all, out)| all.extend(out.0));
    }
    all
}

fn drawn_of(model: &RiskModel, seed: u64, blocks: u32) -> Vec<Vec<i32>> {
    drawn(&Draws::of(model, 60, seed).0, model.network.activities.len(), blocks)
}

fn mean(values: &[i32]) -> f64 {
    values.iter().map(|value| f64::from(*value)).sum::<f64>() / values.len() as f64
}

fn deviation(values: &[i32]) -> f64 {
    let mean = mean(values);
    (values.iter().map(|value| (f64::from(*value) - mean).powi(2)).sum::<f64>() / values.len() as f64).sqrt()
}

/// Pearson's.
fn correlated(a: &[f64], b: &[f64]) -> f64 {
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let (of_a, of_b) = (mean(a), mean(b));
    let moment = |x: &[f64], of_x: f64, y: &[f64], of_y: f64| x.iter().zip(y).map(|(x, y)| (x - of_x) * (y - of_y)).sum::<f64>();
    moment(a, of_a, b, of_b) / (moment(a, of_a, a, of_a) * moment(b, of_b, b, of_b)).sqrt()
}

/// Spearman's: Pearson's of the ranks, equal values sharing theirs.
fn spearman(a: &[i32], b: &[i32]) -> f64 {
    correlated(&ranks(a), &ranks(b))
}

fn ranks(values: &[i32]) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    let rank = |value: &i32| sorted.partition_point(|other| other < value) + sorted.partition_point(|other| other <= value);
    values.iter().map(|value| rank(value) as f64).collect()
}

/// Kolmogorov's and Smirnov's distance, in units of 1/√n: above 1.95 by chance in one of a thousand samples. `below` gives
/// the probability of a value or less; a value of whole minutes stands for the half minute on either side.
fn ks(values: &[i32], below: impl Fn(f64) -> f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    let n = sorted.len() as f64;
    let distance = |value: i32| (sorted.partition_point(|other| *other <= value) as f64 / n - below(f64::from(value) + 0.5)).abs();
    sorted.iter().map(|value| distance(*value)).fold(0.0, f64::max) * n.sqrt()
}

/// Of two samples, in units of √(1/n + 1/m).
fn ks_of_two(a: &[i32], b: &[i32]) -> f64 {
    let sorted = |values: &[i32]| {
        let mut sorted = values.to_vec();
        sorted.sort_unstable();
        sorted
    };
    let (a, b) = (sorted(a), sorted(b));
    let share = |values: &[i32], at: i32| values.partition_point(|other| *other <= at) as f64 / values.len() as f64;
    let distance = a.iter().chain(&b).map(|at| (share(&a, *at) - share(&b, *at)).abs()).fold(0.0, f64::max);
    distance / (1.0 / a.len() as f64 + 1.0 / b.len() as f64).sqrt()
}

/// A model with everything that draws.
fn of_all_sorts() -> RiskModel {
    let mut model = unsure(12, &triangular(2_400, 4_800, 9_600));
    model.ranges[1].range = triangular(0, 4_000_000, 20_000_000);
    model.ranges[2].range = uniform(1_000, 9_000);
    model.ranges[3].range = lognormal(4_000, 9_000);
    model.ranges[4].range = Range::Empirical { values: [300, 100, 200, 100].map(Span::minutes).to_vec() };
    model.correlations =
        vec![correlation(&[5, 6], 0.6), correlation(&[7, 8, 9], -0.7), correlation(&[3, 10], 0.5), correlation(&[10, 11], 0.4)];
    model.risks = vec![risk("flood", 0.3, &[(0, lognormal(500, 900)), (5, uniform(-6_000, 600))])];
    model.weather = vec![Weather { id: "site".into(), calendar: CalendarIx(0), lost: [0.5; 12] }];
    model
}

#[multiversion::multiversion(targets(
    "x86_64+avx512f+avx512bw+avx512dq+avx512vl+avx512cd+avx2+bmi2+lzcnt+popcnt",
    "x86_64+avx2+bmi2+lzcnt+popcnt"
))]
fn fill_fastest(draws: &Draws, block: u32, out: &mut [Lanes]) {
    draws.fill(block, out);
}

#[multiversion::multiversion(targets("x86_64+avx2+bmi2+lzcnt+popcnt"))]
fn fill_by_256(draws: &Draws, block: u32, out: &mut [Lanes]) {
    draws.fill(block, out);
}

#[test]
fn every_processor_draws_the_same_bits() {
    let draws = Draws::of(&of_all_sorts(), 60, 20).0;
    for block in 0..300 {
        let mut portable = vec![Lanes::ZERO; 12];
        draws.fill(block, &mut portable);
        for fill in [fill_fastest as fn(&Draws, u32, &mut [Lanes]), fill_by_256] {
            let mut out = vec![Lanes::ZERO; 12];
            fill(&draws, block, &mut out);
            assert!(out == portable, "block {block}");
        }
    }
}

/// What a build for any machine draws: a sum over all that the model draws, as it was when this was written.
#[test]
fn draws_are_as_they_were() {
    let draws = Draws::of(&of_all_sorts(), 60, 20).0;
    let mut sum = 0_u64;
    for values in drawn(&draws, 12, 100) {
        sum = values.iter().fold(sum, |sum, value| super::stream::mixed(sum ^ u64::from(value.cast_unsigned())));
    }
    assert_eq!(sum, 6_346_586_572_691_422_423);
}

#[test]
fn bounds_hold_all_draws() {
    let model = of_all_sorts();
    let draws = Draws::of(&model, 60, 3).0;
    for (at, values) in drawn(&draws, 12, 300).iter().enumerate() {
        let (least, most) = draws.bounds(at);
        assert!(values.iter().all(|value| (least..=most).contains(value)), "activity {at}");
        assert!(draws.varies()[at]);
    }
    assert_eq!(draws.bounds(2), (1_000, 9_000));
    assert_eq!(draws.bounds(5), (0, 10_200));
}

/// Ten thousand activities with three points each stay well below a megabyte.
#[test]
fn draws_are_small() {
    let draws = Draws::of(&unsure(10_000, &triangular(2_400, 4_800, 9_600)), 60, 1).0;
    let bytes = draws.own.capacity() * size_of::<super::Own>() + draws.bounds.capacity() * 8 + draws.varies.capacity();
    assert!(bytes < 900_000, "{bytes} bytes");
    assert_eq!(size_of::<Lanes>(), LANES * 4);
}
