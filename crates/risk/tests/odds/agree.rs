//! Whether what was sampled agrees with what is exact.
use crate::{days::date, exact::Exact};
use lantu_risk::Distribution;
use lantu_schedule::Instant;
use std::collections::BTreeMap;

/// A wrong refusal once in a million tests.
const LEVEL: f64 = 1e-6;

/// The exact distribution of a date.
#[derive(Clone, Debug, Default)]
pub struct Dates(pub BTreeMap<Instant, f64>);

impl Dates {
    /// Of lengths, each with its date in minutes after the origin.
    pub fn of(lengths: &Exact, finish: impl Fn(i64) -> i64) -> Self {
        let mut dates = Self::default();
        lengths.parts().for_each(|(length, share)| dates.add(finish(length), share));
        dates
    }

    pub fn add(&mut self, minutes: i64, share: f64) {
        *self.0.entry(date(minutes)).or_default() += share;
    }

    /// Each date with the probability of at most that.
    fn steps(&self) -> impl Iterator<Item = (Instant, f64)> {
        self.0.iter().scan(0.0, |sum, (date, share)| {
            *sum += share;
            Some((*date, *sum))
        })
    }

    /// The first date whose probability is at least `p`.
    pub fn quantile(&self, p: f64) -> Instant {
        let reached = self.steps().find(|(_, sum)| *sum >= p);
        reached.unwrap_or_else(|| (*self.0.last_key_value().unwrap().0, 1.0)).0
    }

    /// What is wrong with a sample, if anything is.
    pub fn disagrees(&self, sample: &Distribution) -> Option<String> {
        let sorted = sample.sorted();
        let error = dkw(sorted.len());
        let share = |date: Instant| sorted.partition_point(|d| *d <= date) as f64 / sorted.len() as f64;
        if let Some(stranger) = sorted.iter().find(|date| !self.0.contains_key(*date)) {
            return Some(format!("{stranger} can not be"));
        }
        let (date, exact) = self.steps().max_by(|a, b| (share(a.0) - a.1).abs().total_cmp(&(share(b.0) - b.1).abs()))?;
        if (share(date) - exact).abs() > error {
            return Some(format!("{date}: a share of {} and not of {exact}, more than {error} off", share(date)));
        }
        // Within the band of the distribution functions lie those of the quantiles.
        [0.1, 0.5, 0.8, 0.9].into_iter().find_map(|p| {
            let (low, found, high) = (self.quantile(p - error), sample.quantile(p), self.quantile(p + error));
            (!(low..=high).contains(&found)).then(|| format!("P{}: {found} and not from {low} to {high}", p * 100.0))
        })
    }
}

/// The bound on the distance of the distribution functions.
pub fn dkw(n: usize) -> f64 {
    ((2.0 / LEVEL).ln() / (2.0 * n as f64)).sqrt()
}

/// The bound on a share of `n` (Hoeffding, "Probability inequalities for sums of bounded random variables", 1963), which
/// is the same.
pub fn hoeffding(n: usize) -> f64 {
    dkw(n)
}

#[track_caller]
pub fn agree(exact: &Dates, sample: &Distribution) {
    let total: f64 = exact.0.values().sum();
    assert!((total - 1.0).abs() < 1e-6, "the reference itself: {total}");
    if let Some(wrong) = exact.disagrees(sample) {
        panic!("{wrong}");
    }
}
