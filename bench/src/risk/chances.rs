//! Random networks with a range on all of their work.

use lantu_calendar::Span;
use lantu_risk::{DurationRange, Range, RiskModel};
use lantu_schedule::{Activity, ActivityIx, Dialect, Network};

use crate::schedule::network::{self, Dice};

/// The schedule engine's random network; each activity that lasts may take from 80 to 100 hundredths of its duration at
/// the least up to 100 to 150 at the most.
pub fn model(dialect: Dialect, activities: usize, seed: u64) -> RiskModel {
    of(network::random(dialect, activities, seed), seed)
}

fn of(network: Network, key: u64) -> RiskModel {
    let mut dice = Dice::of(key);
    let lasting = (0..).map(ActivityIx).zip(&network.activities).filter(|(_, activity)| !activity.duration.is_zero());
    let ranges = lasting.map(|(at, activity)| DurationRange { activity: at, range: range(activity, &mut dice) }).collect();
    RiskModel { network, ranges, risks: vec![], correlations: vec![], weather: vec![], key }
}

fn range(activity: &Activity, dice: &mut Dice) -> Range {
    let minutes = activity.duration.as_seconds() / 60;
    let mut share = |from: usize, to: usize| Span::minutes(minutes * (from + dice.below(to - from + 1)) as i64 / 100);
    Range::Triangular { min: share(80, 100), mode: activity.duration, max: share(100, 150) }
}
