//! A simulation: blocks of iterations on several threads, until the answer stands still or a limit is reached.
mod blocks;
mod news;
mod rounds;
mod tally;

pub(crate) use blocks::{BlockDates, Engine, blocks_of, lanes_of};
pub(crate) use news::News;
pub(crate) use tally::Tally;

use crate::kernel::{Compiled, tick_of};
use crate::lanes::LANES;
use crate::sample::Draws;
use crate::validate::remarks;
use crate::{Distribution, Milestone, Note, Odds, Problem, RiskCost, RiskModel, validate};
use lantu_calendar::Span;
use lantu_schedule::{ActivityIx, Network};
use rounds::{Found, Order, run};
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

/// The odds of a model. `watch` is told ten times a second or more how far it has come and may break it off (of a network of
/// tens of thousands of rows whose iterations are scheduled whole: after each 64 of them); it is called from the calling
/// thread, which takes its part of the work.
///
/// # Errors
/// Every impossibility of the model and of the question at once, or that `watch` broke it off.
///
/// ```
/// use lantu_risk::*;
/// use lantu_schedule::*;
/// use std::ops::ControlFlow;
/// let options = Options::new(Dialect::P6, "2026-03-02".parse()?);
/// let activities = vec![Activity::task(7, CalendarIx(0), Span::hours(20))];
/// let network = Network { options, calendars: vec![Calendar::around_the_clock()], activities, links: vec![] };
/// let range = Range::Uniform { min: Span::hours(10), max: Span::hours(30) };
/// let ranges = vec![DurationRange { activity: ActivityIx(0), range }];
/// let model = RiskModel { network, ranges, risks: vec![], correlations: vec![], weather: vec![], key: 0 };
/// let sampling = Sampling { iterations: 4_000, threads: 2, ..Sampling::default() };
/// let odds = simulate(&model, &sampling, &mut |_| ControlFlow::Continue(())).map_err(|e| format!("{e:?}"))?;
/// assert_eq!(odds.planned_finish.to_string(), "2026-03-02T20:00");
/// assert!((odds.finish.chance_by(odds.planned_finish) - 0.5).abs() < 0.04);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn simulate(model: &RiskModel, sampling: &Sampling, watch: &mut dyn FnMut(Progress) -> ControlFlow<()>) -> Result<Odds, Stopped> {
    let problems = refusals(model, sampling);
    if !problems.is_empty() {
        return Err(Stopped::Refused(problems));
    }
    let (draws, notes) = drawn(model, sampling.seed);
    let compiled = Compiled::of(model, sampling, draws).map_err(Stopped::Refused)?;
    Simulation { model, sampling, compiled }.answer(notes, watch)
}

/// What a sound model draws, and what of it is not taken as it stands.
pub(crate) fn drawn(model: &RiskModel, seed: u64) -> (Draws, Vec<Note>) {
    let (draws, mut notes) = Draws::of(model, tick_of(&model.network), seed);
    notes.extend(remarks(model));
    (draws, notes)
}

/// A model that is ready, and what is asked about it.
struct Simulation<'a> {
    model: &'a RiskModel,
    sampling: &'a Sampling,
    compiled: Compiled,
}

impl Simulation<'_> {
    fn answer(&self, notes: Vec<Note>, watch: &mut dyn FnMut(Progress) -> ControlFlow<()>) -> Result<Odds, Stopped> {
        let size = self.model.network.activities.len() + self.model.network.links.len();
        let parts = 1 + self.costs() as u64;
        let mut news = News::of(watch, u64::from(self.sampling.iterations) * parts, size);
        let found = self.run(&mut news)?;
        news.shorten(u64::from(found.iterations) * parts);
        let mut columns = found.columns.into_iter().map(|ticks| self.distribution(ticks));
        let Some(finish) = columns.next().flatten() else { return Err(Stopped::Cancelled) };
        let milestones = self.sampling.watch.iter().zip(columns);
        Ok(Odds {
            iterations: found.iterations,
            converged: found.converged,
            planned_finish: self.compiled.planned_finish(),
            milestones: milestones.filter_map(|(&at, dates)| self.milestone(at, dates)).collect(),
            activities: found.tally.sensitivities(self.compiled.tick()),
            risks: self.risks(&finish, &mut news)?,
            finish,
            notes,
        })
    }

    /// How many risks' costs are asked for.
    fn costs(&self) -> usize {
        if self.sampling.risk_costs { self.model.risks.len() } else { 0 }
    }

    fn run(&self, news: &mut News<'_>) -> Result<Found, Stopped> {
        let &Sampling { iterations, until, threads, ref watch, sensitivity, .. } = self.sampling;
        let tally = if sensitivity { self.compiled.tally() } else { Tally::none() };
        let order = Order { iterations, until, threads, watched: watch.len(), tick: self.compiled.tick(), tally: &tally };
        run(&self.compiled, &order, news)
    }

    fn distribution(&self, ticks: Vec<i32>) -> Option<Distribution> {
        Distribution::of(ticks.into_iter().map(|ticks| self.compiled.date(ticks)).collect())
    }

    fn milestone(&self, activity: ActivityIx, finish: Option<Distribution>) -> Option<Milestone> {
        Some(Milestone { activity, planned: self.compiled.planned(activity), finish: finish? })
    }

    fn risks(&self, finish: &Distribution, news: &mut News<'_>) -> Result<Vec<RiskCost>, Stopped> {
        (0..self.costs()).map(|risk| self.risk(risk, finish, news)).collect()
    }

    /// The same iterations once more without the risk, for the finish alone.
    fn risk(&self, risk: usize, finish: &Distribution, news: &mut News<'_>) -> Result<RiskCost, Stopped> {
        let (draws, iterations) = (self.compiled.draws(), finish.dates().len() as u32);
        let struck = struck(iterations, |block| draws.struck(risk, block));
        if struck == 0 {
            news.finish_round(iterations.into())?;
            return Ok(RiskCost::between(0.0, finish, finish));
        }
        let (without, tally) = (self.compiled.with_draws(draws.without(risk)), Tally::none());
        let order = Order { iterations, until: None, threads: self.sampling.threads, watched: 0, tick: without.tick(), tally: &tally };
        let ticks = run(&without, &order, news)?.columns.into_iter().next().unwrap_or_default();
        let dates = self.distribution(ticks);
        Ok(RiskCost::between(f64::from(struck) / f64::from(iterations), finish, dates.as_ref().unwrap_or(finish)))
    }
}

/// In how many iterations a risk strikes; `mask` tells it of a block.
fn struck(iterations: u32, mask: impl Fn(u32) -> u64) -> u32 {
    let used = |block| u64::MAX >> (LANES - lanes_of(block, iterations));
    (0..blocks_of(iterations)).map(|block| (mask(block) & used(block)).count_ones()).sum()
}

/// More iterations than this are refused.
const MOST_ITERATIONS: u32 = 100_000_000;

/// What is impossible about the model, and about the question.
fn refusals(model: &RiskModel, sampling: &Sampling) -> Vec<Problem> {
    let mut problems = refusals_of(model, &sampling.watch);
    problems.extend(refused_count(sampling.iterations));
    if !problems.is_empty() {
        problems.splice(0..0, loops(&model.network));
    }
    problems
}

/// What shows of a network only when it is walked: loops of links. Not known while something else is wrong with it.
pub(crate) fn loops(network: &Network) -> Vec<Problem> {
    let walked = if lantu_schedule::validate(network).is_empty() { lantu_schedule::schedule(network).err() } else { None };
    walked.unwrap_or_default().into_iter().map(Problem::from).collect()
}

/// What is impossible about the model, and watched rows that are not there.
pub(crate) fn refusals_of(model: &RiskModel, watch: &[ActivityIx]) -> Vec<Problem> {
    let mut problems = validate(model);
    for (at, watched) in watch.iter().enumerate() {
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
