//! What moves together: wholly, not at all, and between.
use crate::{agree::*, days::Days, exact::Exact, plans::*};
use lantu_risk::*;
use lantu_schedule::{Dialect, Instant};
use std::collections::BTreeMap;

/// The sum of two lengths that rise and fall together, or against one another: cut the probabilities at the steps of both.
fn sum_along(a: &Exact, b: &Exact, against: bool) -> Exact {
    let mut second: Vec<(i64, f64)> = b.parts().collect();
    if against {
        second.reverse();
    }
    let mut second = second.into_iter();
    let (mut other, mut left) = second.next().unwrap();
    let mut parts = vec![];
    for (length, mut share) in a.parts() {
        while share > 1e-15 {
            let taken = share.min(left);
            parts.push((length + other, taken));
            (share, left) = (share - taken, left - taken);
            if left <= 1e-15 {
                // The last step ends where both end, but for rounding.
                let Some(next) = second.next() else { break };
                (other, left) = next;
            }
        }
    }
    Exact::collected(parts.into_iter())
}

fn pair() -> [Range; 2] {
    [three(300, 480, 960), skewed(600, 900)]
}

#[test]
fn a_pair_in_series() {
    let days = Days::office();
    let [a, b] = pair().each_ref().map(Exact::of);
    let cases = [(1.0, sum_along(&a, &b, false)), (0.0, a.then(&b)), (-1.0, sum_along(&a, &b, true))];
    for (seed, (rho, exact)) in (21..).zip(cases) {
        let model = model(Dialect::P6, &[&days], &pair().map(|range| (0, range))).chain().together(&[0, 1], rho);
        let odds = odds(&model, seed);
        agree(&Dates::of(&a, |length| days.finish(0, length)), &odds.milestones[0].finish);
        agree(&Dates::of(&exact, |length| days.finish(0, length)), &odds.finish);
    }
}

/// Ranges of all sorts that move together wholly: the later of them is the later at each step of chance.
#[test]
fn a_group_that_moves_as_one() {
    let days = Days::clock();
    let ranges = [three(300, 480, 960), three(300, 480, 960), three(300, 480, 960)];
    let model = model(Dialect::P6, &[&days], &ranges.clone().map(|range| (0, range))).together(&[0, 1, 2], 1.0);
    let odds = odds(&model, 24);
    assert!(odds.finish == odds.milestones[0].finish, "three that are alike and move as one are one");
    agree(&Dates::of(&Exact::of(&ranges[0]), |length| length), &odds.finish);
}

/// The ranks of a sample's dates, equal ones in the middle of theirs.
fn ranks(sample: &Distribution) -> Vec<f64> {
    let sorted = sample.sorted();
    let rank = |date| (sorted.partition_point(|other| *other < date) + sorted.partition_point(|other| *other <= date)) as f64 / 2.0;
    let known: BTreeMap<Instant, f64> = sorted.chunk_by(|a, b| a == b).map(|same| (same[0], rank(same[0]))).collect();
    sample.dates().iter().map(|date| known[date]).collect()
}

/// The correlation of ranks (Spearman), or of parts of them.
fn correlation(a: &[f64], b: &[f64]) -> f64 {
    let mean = |x: &[f64]| x.iter().sum::<f64>() / x.len() as f64;
    let (of_a, of_b) = (mean(a), mean(b));
    let sum = |of: &dyn Fn(f64, f64) -> f64| a.iter().zip(b).map(|(x, y)| of(x - of_a, y - of_b)).sum::<f64>();
    sum(&|x, y| x * y) / (sum(&|x, _| x * x) * sum(&|_, y| y * y)).sqrt()
}

/// Every pair of a group has the rank correlation that was asked for, whatever the ranges; and each keeps its own range.
#[test]
fn a_group_between() {
    let days = Days::clock();
    let ranges = [three(3_000, 4_800, 9_600), skewed(6_000, 9_000), even(2_400, 9_000), three(4_800, 4_800, 14_400)];
    for (seed, rho) in [(31, 0.5), (32, 0.9), (33, -0.2), (34, 0.0)] {
        let model = model(Dialect::MsProject, &[&days], &ranges.clone().map(|range| (0, range))).together(&[0, 1, 2, 3], rho);
        let odds = odds(&model, seed);
        for (range, milestone) in ranges.iter().zip(&odds.milestones) {
            agree(&Dates::of(&Exact::of(range), |length| length), &milestone.finish);
        }
        let all: Vec<Vec<f64>> = odds.milestones.iter().map(|m| ranks(&m.finish)).collect();
        for i in 0..all.len() {
            for j in 0..i {
                let found = correlation(&all[i], &all[j]);
                // Five deviations of a rank correlation of independent numbers, which is the widest.
                assert!((found - rho).abs() < 5.0 / f64::from(MANY).sqrt(), "{i} and {j}: {found} for {rho}");
            }
        }
    }
}

/// Who is in no group is independent of all, and of himself in another iteration.
#[test]
fn the_others_are_independent() {
    let rows: Vec<(u32, Range)> = (0..6).map(|_| (0, even(1_000, 9_000))).collect();
    let odds = odds(&model(Dialect::P6, &[&Days::clock()], &rows).together(&[0, 1], 0.8), 35);
    let error = 5.0 / f64::from(MANY).sqrt();
    let all: Vec<Vec<f64>> = odds.milestones.iter().map(|m| ranks(&m.finish)).collect();
    for (i, own) in all.iter().enumerate() {
        for (j, other) in all[..i].iter().enumerate() {
            let found = correlation(own, other);
            let wanted = if (i, j) == (1, 0) { 0.8 } else { 0.0 };
            assert!((found - wanted).abs() < error, "{i} and {j}: {found}");
        }
        for step in [1, 2, 63, 64, 65] {
            assert!(correlation(&own[step..], &own[..own.len() - step]).abs() < error, "activity {i}, {step} iterations apart");
        }
    }
}
