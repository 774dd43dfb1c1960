//! Small models for tests.
use crate::{DurationRange, Impact, Range, Risk, RiskModel};
use lantu_calendar::{Calendar, Span};
use lantu_schedule::{Activity, ActivityIx, CalendarIx, Dialect, Lag, Link, LinkKind, Network, Options};

/// Two chains of work from the start, one of three and one of two activities, and a last activity after both. Around the
/// clock, so that the finish is the sum of the longer chain. Each takes 10 to 30 hours, 20 by the plan.
pub(crate) fn two_chains(key: u64) -> RiskModel {
    let options = Options::new(Dialect::P6, "2026-03-02".parse().unwrap());
    let activities: Vec<_> = (0..6).map(|at| Activity::task(at + 1, CalendarIx(0), Span::hours(20))).collect();
    let links = [(0, 1), (1, 2), (3, 4), (2, 5), (4, 5)].map(|(a, b)| after(a, b)).to_vec();
    let network = Network { options, calendars: vec![Calendar::around_the_clock()], activities, links };
    let ranges = (0..6).map(|at| DurationRange { activity: ActivityIx(at), range: uniform(10, 30) }).collect();
    RiskModel { network, ranges, risks: vec![], correlations: vec![], weather: vec![], key }
}

/// A risk that adds so many hours to an activity.
pub(crate) fn risk(id: &str, probability: f64, at: u32, hours: i64, shared: bool) -> Risk {
    let impacts = vec![Impact { activity: ActivityIx(at), range: uniform(hours, hours) }];
    Risk { id: id.into(), probability, impacts, shared }
}

/// Between so many hours and so many.
pub(crate) fn uniform(min: i64, max: i64) -> Range {
    Range::Uniform { min: Span::hours(min), max: Span::hours(max) }
}

fn after(predecessor: u32, successor: u32) -> Link {
    Link { predecessor: ActivityIx(predecessor), successor: ActivityIx(successor), kind: LinkKind::FinishStart, lag: Lag::NONE }
}
