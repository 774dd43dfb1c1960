//! Plans of a few activities.
use crate::days::{Days, origin};
use lantu_risk::*;
use lantu_schedule::*;
use std::ops::ControlFlow;

pub const MANY: u32 = 400_000;

pub fn mins(n: i64) -> Span {
    Span::minutes(n)
}

pub fn three(min: i64, mode: i64, max: i64) -> Range {
    Range::Triangular { min: mins(min), mode: mins(mode), max: mins(max) }
}

pub fn even(min: i64, max: i64) -> Range {
    Range::Uniform { min: mins(min), max: mins(max) }
}

pub fn skewed(p50: i64, p90: i64) -> Range {
    Range::Lognormal { p50: mins(p50), p90: mins(p90) }
}

pub fn one_of(values: &[i64]) -> Range {
    Range::Empirical { values: values.iter().map(|value| mins(*value)).collect() }
}

/// Every sort of range.
pub fn every_range() -> Vec<Range> {
    let triangles = [three(300, 480, 960), three(480, 480, 1_440), three(60, 1_440, 1_440), three(477, 480, 481)];
    let others = [even(240, 900), even(7, 8), skewed(600, 900), skewed(400, 1_000), one_of(&[480, 60, 480, 1_200, 90])];
    triangles.into_iter().chain(others).collect()
}

/// Activities of a day on the calendars of these numbers, with these ranges.
pub fn model(dialect: Dialect, days: &[&Days], rows: &[(u32, Range)]) -> RiskModel {
    let options = Options::new(dialect, origin());
    let row = |(uid, row): (i64, &(u32, Range))| Activity::task(uid, CalendarIx(row.0), mins(480));
    let activities = (1..).zip(rows).map(row).collect();
    let network = Network { options, calendars: days.iter().map(|d| d.calendar()).collect(), activities, links: vec![] };
    let range = |(at, row): (u32, &(u32, Range))| DurationRange { activity: ActivityIx(at), range: row.1.clone() };
    let ranges = (0..).zip(rows).map(range).collect();
    RiskModel { network, ranges, risks: vec![], correlations: vec![], weather: vec![], key: 0 }
}

pub trait Linked {
    fn link(self, predecessor: u32, successor: u32) -> Self;
    fn link_of(self, predecessor: u32, successor: u32, kind: LinkKind, lag: i64) -> Self;
    fn chain(self) -> Self;
    fn risk(self, probability: f64, impacts: &[(u32, Range)]) -> Self;
    fn together(self, activities: &[u32], rho: f64) -> Self;
}

impl Linked for RiskModel {
    fn link(self, predecessor: u32, successor: u32) -> Self {
        self.link_of(predecessor, successor, LinkKind::FinishStart, 0)
    }

    fn link_of(mut self, predecessor: u32, successor: u32, kind: LinkKind, lag: i64) -> Self {
        let (predecessor, successor) = (ActivityIx(predecessor), ActivityIx(successor));
        self.network.links.push(Link { predecessor, successor, kind, lag: Lag::Work(mins(lag)) });
        self
    }

    /// One after the other.
    fn chain(self) -> Self {
        let last = self.network.activities.len() as u32 - 1;
        (0..last).fold(self, |model, at| model.link(at, at + 1))
    }

    fn risk(mut self, probability: f64, impacts: &[(u32, Range)]) -> Self {
        let impact = |(at, range): &(u32, Range)| Impact { activity: ActivityIx(*at), range: range.clone() };
        let (id, impacts) = (format!("R{}", self.risks.len()), impacts.iter().map(impact).collect());
        self.risks.push(Risk { id, probability, impacts, shared: false });
        self
    }

    fn together(mut self, activities: &[u32], rho: f64) -> Self {
        let activities = activities.iter().map(|at| ActivityIx(*at)).collect();
        self.correlations.push(Correlation { id: String::new(), activities, rho, shared: false });
        self
    }
}

/// The odds with every activity watched, and criticality where it is asked for.
pub fn odds_of(model: &RiskModel, sampling: Sampling) -> Odds {
    let watch = (0..model.network.activities.len() as u32).map(ActivityIx).collect();
    simulate(model, &Sampling { watch, threads: 2, ..sampling }, &mut |_| ControlFlow::Continue(())).unwrap()
}

pub fn odds(model: &RiskModel, seed: u64) -> Odds {
    odds_of(model, Sampling { seed, iterations: MANY, ..Sampling::default() })
}
