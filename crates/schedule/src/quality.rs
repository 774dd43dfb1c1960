//! How sound a schedule is: the fourteen points of the DCMA and checks of our own, each naming its activities.
//!
//! The fourteen points and their thresholds are those of the Defense Contract Management Agency's *Earned Value
//! Management System Program Analysis Pamphlet* (DCMA-EA PAM 200.1, October 2012, section 4, "14 point schedule
//! metrics"). Counted are tasks that are not complete; summary rows, levels of effort, inactive rows, rows of other
//! files and milestones are not. Our own checks are marked as such; they have no published limits.
mod fourteen;
mod links;
mod own;
mod scope;
mod words;

use crate::{Instant, Network, Schedule, Span, Tongue};
use scope::Scope;

/// One check's answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Which check, for machines: `logic`, `leads`, …, `out_of_sequence`.
    pub code: &'static str,
    /// Its number among the fourteen points; `None` for a check of our own.
    pub point: Option<u8>,
    /// How many were found.
    pub count: usize,
    /// Of how many that were looked at.
    pub population: usize,
    /// What is held against the limit: the share found in hundredths, or an index.
    pub value: f64,
    /// What the value has to keep.
    pub limit: Limit,
    /// Whether it does; `None` when there is no limit, or what it takes is not known (no baseline, no data date).
    pub passed: Option<bool>,
    /// The uids of the activities that were found, in the network's order; for links their successors.
    pub activities: Vec<i64>,
}

/// What a value has to keep.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Limit {
    /// At most so many hundredths.
    AtMost(f64),
    /// At least so many hundredths.
    AtLeast(f64),
    /// An index of at least so much.
    Index(f64),
    /// None: the finding is for the eye.
    None,
}

/// The dates that were agreed on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    /// When it was to begin.
    pub start: Option<Instant>,
    /// When it was to end.
    pub finish: Option<Instant>,
}

/// How to look.
#[derive(Clone, Copy, Debug)]
pub struct QualityOptions<'a> {
    /// The work of one day: limits in days count in it.
    pub day: Span,
    /// Agreed dates, one for each activity in the network's order; what lacks a row has none.
    pub baseline: Option<&'a [Baseline]>,
    /// Up to so much float above critical counts as nearly critical.
    pub near_critical: Span,
    /// Lags above this are long.
    pub long_lag: Span,
}

impl Default for QualityOptions<'_> {
    /// Days of eight hours, no baseline, ten days of float as nearly critical, lags long above twenty days.
    fn default() -> Self {
        let day = Span::hours(8);
        Self { day, baseline: None, near_critical: Span::hours(80), long_lag: Span::hours(160) }
    }
}

impl Finding {
    /// The check's name.
    pub fn name(&self, tongue: Tongue) -> &'static str {
        words::name(self.code, tongue)
    }

    /// What was found, why it matters and what to do, in words.
    pub fn say(&self, tongue: Tongue) -> String {
        words::say(self, tongue)
    }
}

/// Every check's answer: the fourteen points in their order, then our own checks. The critical path test schedules the
/// network once more; all else is linear in its size.
///
/// ```
/// use lantu_schedule::*;
/// let options = Options::new(Dialect::P6, "2026-03-02T08:00".parse()?);
/// let activities = vec![Activity::task(1, CalendarIx(0), Span::hours(8)), Activity::task(2, CalendarIx(0), Span::hours(8))];
/// let network = Network { options, calendars: vec![Calendar::around_the_clock()], activities, links: vec![] };
/// let dates = schedule(&network).map_err(|p| format!("{p:?}"))?;
/// let findings = quality(&network, &dates, &QualityOptions::default());
/// assert_eq!((findings[0].code, findings[0].count, findings[0].passed), ("logic", 2, Some(false)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn quality(network: &Network, schedule: &Schedule, options: &QualityOptions) -> Vec<Finding> {
    if network.activities.len() != schedule.rows.len() {
        return vec![];
    }
    let scope = Scope::new(network, schedule, options);
    let mut findings = fourteen::check(&scope);
    findings.extend(own::check(&scope));
    findings.extend(links::check(&scope));
    findings
}

impl Finding {
    /// A share of activities.
    fn share(code: &'static str, found: Vec<i64>, population: usize, limit: Limit) -> Self {
        let count = found.len();
        Self::counted(code, count, found, population, limit)
    }

    /// A share where `count` is not the number of the activities: several links of one.
    fn counted(code: &'static str, count: usize, mut activities: Vec<i64>, population: usize, limit: Limit) -> Self {
        let value = if population == 0 { 0.0 } else { count as f64 * 100.0 / population as f64 };
        let passed = match limit {
            Limit::AtMost(most) => Some(value <= most),
            Limit::AtLeast(least) => Some(population == 0 || value >= least),
            Limit::Index(_) | Limit::None => None,
        };
        activities.dedup();
        Self { code, point: None, count, population, value, limit, passed, activities }
    }

    /// An index; `None` when it cannot be formed.
    fn index(code: &'static str, value: Option<f64>, count: usize, population: usize, least: f64) -> Self {
        let passed = value.map(|v| v >= least);
        let value = value.unwrap_or(0.0);
        Self { code, point: None, count, population, value, limit: Limit::Index(least), passed, activities: vec![] }
    }

    /// What it takes is not known.
    fn unknown(mut self, unknown: bool) -> Self {
        if unknown {
            self.passed = None;
        }
        self
    }
}

#[cfg(test)]
mod tests;
