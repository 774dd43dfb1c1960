//! Dates of all iterations, and what they say.
use super::interval::{chance_interval, ranks};
use lantu_calendar::{Instant, Span};

/// One date for each iteration, at least one.
///
/// ```
/// use lantu_risk::Distribution;
/// use lantu_schedule::{Instant, Span};
/// let first: Instant = "2026-03-02T17:00".parse()?;
/// let dates = (0..100).map(|day| first + Span::hours(24 * day)).collect();
/// let odds = Distribution::of(dates).ok_or("empty")?;
/// assert_eq!(odds.quantile(0.8).to_string(), "2026-05-20T17:00");
/// assert_eq!(odds.chance_by("2026-03-31".parse()?), 0.29);
/// assert_eq!(odds.mean().to_string(), "2026-04-21T05:00");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq)]
pub struct Distribution {
    dates: Vec<Instant>,
    sorted: Vec<Instant>,
}

impl Distribution {
    /// Of the dates of the iterations, in their order; `None` of no dates.
    pub fn of(dates: Vec<Instant>) -> Option<Self> {
        let mut sorted = dates.clone();
        sorted.sort_unstable();
        (!dates.is_empty()).then_some(Self { dates, sorted })
    }

    /// In the order of the iterations, so that those of two distributions belong together.
    pub fn dates(&self) -> &[Instant] {
        &self.dates
    }

    /// The earliest first.
    pub fn sorted(&self) -> &[Instant] {
        &self.sorted
    }

    /// The first date by which at least a share `p` of the iterations is done (the nearest rank; definition 1 of Hyndman
    /// and Fan, "Sample quantiles in statistical packages", 1996): always a date that an iteration had, never one
    /// between two. `p` below 0 is taken for 0, which is the earliest date, above 1 for 1; not-a-number for 0.
    pub fn quantile(&self, p: f64) -> Instant {
        self.ranked(rank(p, self.sorted.len()))
    }

    /// The mean, rounded to the second.
    pub fn mean(&self) -> Instant {
        let sum: i128 = self.dates.iter().map(|date| i128::from(date.seconds())).sum();
        let n = self.dates.len() as i128;
        // Floor of the sum plus half of one: to the nearest, halves up.
        Instant::from_seconds((2 * sum + n).div_euclid(2 * n) as i64)
    }

    /// The standard deviation of the sample, by the clock; zero of one date.
    pub fn deviation(&self) -> Span {
        let mean = self.mean();
        let (mut sum, mut squares) = (0_i128, 0_i128);
        for &date in &self.dates {
            let off = i128::from((date - mean).as_seconds());
            sum += off;
            squares += off * off;
        }
        let n = self.dates.len() as f64;
        let variance = (squares as f64 - sum as f64 * sum as f64 / n) / (n - 1.0).max(1.0);
        Span::seconds(variance.max(0.0).sqrt().round() as i64)
    }

    /// The chance to be done by `date`: the share of iterations that are done then or earlier.
    pub fn chance_by(&self, date: Instant) -> f64 {
        self.done_by(date) as f64 / self.sorted.len() as f64
    }

    /// Between which bounds [`Self::chance_by`] lies with 95 % confidence, see [`chance_interval`]: how far this many
    /// iterations may have missed the chance that endless iterations would find.
    ///
    /// ```
    /// use lantu_risk::Distribution;
    /// use lantu_schedule::Instant;
    /// let odds = Distribution::of((1..=400).map(Instant::from_seconds).collect()).ok_or("empty")?;
    /// let (low, high) = odds.chance_interval(Instant::from_seconds(320));
    /// assert!((0.757..0.759).contains(&low) && (0.836..0.837).contains(&high));
    /// # Ok::<(), &str>(())
    /// ```
    pub fn chance_interval(&self, date: Instant) -> (f64, f64) {
        chance_interval(self.chance_by(date), self.sorted.len() as u32)
    }

    /// Between which dates [`Self::quantile`] lies with at least 95 % confidence, whatever the shape of the
    /// distribution: two order statistics whose ranks are the 2.5 % points of the binomial distribution (David and
    /// Nagaraja, *Order Statistics*, 2003, 7.1). `None` where so few iterations can not tell.
    ///
    /// ```
    /// use lantu_risk::Distribution;
    /// use lantu_schedule::Instant;
    /// let odds = Distribution::of((1..=100).map(Instant::from_seconds).collect()).ok_or("empty")?;
    /// assert_eq!(odds.interval_of_quantile(0.5), Some((Instant::from_seconds(40), Instant::from_seconds(61))));
    /// assert_eq!(odds.interval_of_quantile(0.99), None);
    /// # Ok::<(), &str>(())
    /// ```
    pub fn interval_of_quantile(&self, p: f64) -> Option<(Instant, Instant)> {
        let (low, high) = ranks(p, self.sorted.len())?;
        Some((self.ranked(low), self.ranked(high)))
    }

    /// The S-curve: at most `points` dates, at least two, with the chance to be done by then, the last of which is 1. The
    /// chances lie about evenly between 0 and 1, so that the curve is finest where most dates are.
    ///
    /// ```
    /// use lantu_risk::Distribution;
    /// use lantu_schedule::Instant;
    /// let odds = Distribution::of((1..=100).map(Instant::from_seconds).collect()).ok_or("empty")?;
    /// let at = |second| Instant::from_seconds(second);
    /// assert_eq!(odds.s_curve(3), [(at(1), 0.01), (at(50), 0.5), (at(100), 1.0)]);
    /// # Ok::<(), &str>(())
    /// ```
    pub fn s_curve(&self, points: usize) -> Vec<(Instant, f64)> {
        let steps = points.clamp(2, self.sorted.len().max(2)) - 1;
        let mut curve: Vec<_> = (0..=steps).map(|step| self.quantile(step as f64 / steps as f64)).collect();
        curve.dedup();
        curve.into_iter().map(|date| (date, self.chance_by(date))).collect()
    }

    /// How many iterations are done by then.
    pub(super) fn done_by(&self, date: Instant) -> usize {
        self.sorted.partition_point(|&done| done <= date)
    }

    /// The earliest and the latest.
    pub(super) fn ends(&self) -> (Instant, Instant) {
        (self.ranked(1), self.ranked(self.sorted.len()))
    }

    /// The date of a rank, 1 for the earliest. There is one, since there is a date.
    fn ranked(&self, rank: usize) -> Instant {
        self.sorted.get(rank.saturating_sub(1)).copied().unwrap_or(Instant::MAX)
    }
}

/// The least rank k, from 1, with k ÷ n ≥ p.
pub(crate) fn rank(p: f64, n: usize) -> usize {
    let share = |k: usize| k as f64 / n as f64;
    let k = ((p * n as f64).ceil() as usize).clamp(1, n.max(1));
    // The product may have been rounded up past a whole number: 0.07 × 100 is 7.000000000000001.
    if k > 1 && share(k - 1) >= p { k - 1 } else { k }
}

impl std::fmt::Debug for Distribution {
    /// Its quantiles: the dates themselves are too many to read.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let p = |share| self.quantile(share).to_string();
        f.debug_struct("Distribution")
            .field("iterations", &self.dates.len())
            .field("p10", &p(0.1))
            .field("p50", &p(0.5))
            .field("p80", &p(0.8))
            .field("p90", &p(0.9))
            .finish_non_exhaustive()
    }
}
