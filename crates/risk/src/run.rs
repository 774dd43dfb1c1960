//! A simulation: blocks of iterations on several threads, until the answer stands still or a limit is reached.
mod blocks;
mod news;
mod rounds;
mod tally;

pub(crate) use blocks::{BlockDates, Engine, blocks_of, lanes_of};
pub(crate) use news::News;
pub(crate) use tally::Tally;

use crate::{Odds, Problem, RiskModel, validate};
use lantu_calendar::Span;
use lantu_schedule::ActivityIx;
use std::ops::ControlFlow;

/// How to simulate.
#[derive(Clone, Debug, PartialEq)]
pub struct Sampling {
    /// Where chance comes from: the same seed gives the same answer, on any number of threads and any kernel.
    pub seed: u64,
    /// At most so many; exactly so many when no convergence is asked for. From 1 to 100,000,000.
    pub iterations: u32,
    /// When to stop earlier.
    pub until: Option<Convergence>,
    /// On so many; 0 is taken for 1.
    pub threads: usize,
    /// By which path; all give the same answers to the bit.
    pub kernel: Kernel,
    /// Whose dates to keep.
    pub watch: Vec<ActivityIx>,
    /// Find criticality and sensitivity of all activities.
    pub sensitivity: bool,
    /// Find what each risk costs: one more simulation a risk.
    pub risk_costs: bool,
}

impl Default for Sampling {
    /// 10,000 iterations of seed 1 on one thread, for the finish alone.
    fn default() -> Self {
        Self {
            seed: 1,
            iterations: 10_000,
            until: None,
            threads: 1,
            kernel: Kernel::Fastest,
            watch: vec![],
            sensitivity: false,
            risk_costs: false,
        }
    }
}

/// When the answer stands still.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Convergence {
    /// The 95 % confidence interval of the finish's P80 is at most so wide, by the clock.
    pub within: Span,
    /// Not before so many.
    pub at_least: u32,
}

/// By which path to compute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Kernel {
    /// The widest lanes that this processor has.
    #[default]
    Fastest,
    /// The same lanes without any of the processor's extensions.
    Portable,
    /// One whole schedule after another, by the scheduling engine itself.
    Exact,
}

/// How far a simulation has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Iterations run, all parts of the answer together.
    pub done: u64,
    /// Iterations at most.
    pub of: u64,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Stopped {
    /// The model is impossible: every reason.
    Refused(Vec<Problem>),
    /// `watch` said so.
    Cancelled,
}

/// The odds of a model. `watch` is told now and then how far it has come and may break it off.
pub fn simulate(model: &RiskModel, sampling: &Sampling, watch: &mut dyn FnMut(Progress) -> ControlFlow<()>) -> Result<Odds, Stopped> {
    let problems = refusals(model, sampling);
    if !problems.is_empty() {
        return Err(Stopped::Refused(problems));
    }
    let _ = watch;
    Err(Stopped::Cancelled)
}

/// More iterations than this are refused.
const MOST_ITERATIONS: u32 = 100_000_000;

/// What is impossible about the model, and about the question.
fn refusals(model: &RiskModel, sampling: &Sampling) -> Vec<Problem> {
    let mut problems = validate(model);
    problems.extend(refused_count(sampling.iterations));
    for (at, watched) in sampling.watch.iter().enumerate() {
        if watched.at() >= model.network.activities.len() {
            let (place, found) = (format!("watch {}", at + 1), format!("row {}", watched.at()));
            problems.push(Problem { code: "unknown_activity", activities: vec![], place, found });
        }
    }
    problems
}

/// Iterations must be a number that there can be.
pub(crate) fn refused_count(iterations: u32) -> Option<Problem> {
    let refused =
        || Problem { code: "iterations_out_of_range", activities: vec![], place: "sampling".to_owned(), found: iterations.to_string() };
    (!(1..=MOST_ITERATIONS).contains(&iterations)).then(refused)
}

#[cfg(test)]
mod tests;
