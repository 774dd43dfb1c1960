//! Random models of the sorts that the properties are about.
use crate::networks::{Dice, Hours, Lags, Recipe, network};
use lantu_risk::*;
use lantu_schedule::{Progress, *};
use proptest::{prelude::ProptestConfig, test_runner::RngSeed};
use std::ops::ControlFlow;

/// The same cases in every run.
pub fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, rng_seed: RngSeed::Fixed(4), ..ProptestConfig::default() }
}

/// Networks in which nothing ends or begins earlier because something takes longer: work waits for starts and finishes
/// by its own start alone, and no date pulls it back.
pub fn monotone(dialect: Dialect) -> Recipe {
    let (constraints, summaries, progress, odd) = (false, true, true, false);
    let links = &[LinkKind::FinishStart, LinkKind::StartStart];
    Recipe { dialect, calendars: Hours::Many, links, lags: Lags::Work, constraints, summaries, progress, odd }
}

/// Ranges about what the plan says, of most of the work.
pub fn model(recipe: &Recipe, size: usize, seed: u64) -> RiskModel {
    let network = network(recipe, size, seed);
    let mut dice = Dice::new(seed ^ 0x9A9);
    let mut ranges = vec![];
    for (at, a) in network.activities.iter().enumerate() {
        let mode = Span::minutes(a.duration.as_seconds() / 60);
        let range = match dice.below(5) {
            0 => continue,
            1 => Range::Uniform { min: Span::ZERO, max: mode + mode },
            2 => Range::Empirical { values: vec![mode, mode + Span::hours(5), Span::minutes(7)] },
            3 => Range::Lognormal { p50: mode.max(Span::minutes(1)), p90: mode + Span::hours(10) },
            _ => Range::Triangular { min: Span::ZERO, mode, max: mode + mode + Span::hours(1) },
        };
        if a.kind == Kind::Task && !a.is_summary() && a.duration.is_positive() {
            ranges.push(DurationRange { activity: ActivityIx(at as u32), range });
        }
    }
    RiskModel { network, ranges, risks: vec![], correlations: vec![], weather: vec![], key: 0 }
}

pub fn is_done(a: &Activity) -> bool {
    matches!(a.progress(), Progress::Finished { .. })
}

/// Every row watched.
pub fn odds(model: &RiskModel, sampling: &Sampling) -> Odds {
    let watch = (0..model.network.activities.len() as u32).map(ActivityIx).collect();
    let answer = simulate(model, &Sampling { watch, ..sampling.clone() }, &mut |_| ControlFlow::Continue(()));
    answer.unwrap_or_else(|stopped| panic!("{stopped:?}"))
}

/// Of so many iterations.
pub fn some(seed: u64, iterations: u32) -> Sampling {
    Sampling { seed, iterations, ..Sampling::default() }
}
