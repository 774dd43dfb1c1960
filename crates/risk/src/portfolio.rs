//! Many networks sampled together: how many of them are done by their dates.
mod crew;
mod odds;
mod sums;

pub use odds::{MemberOdds, PortfolioOdds};

use crate::kernel::{Compiled, Times};
use crate::run::{Kernel, News, Progress, Sampling, drawn, loops, refusals_of, refused_count};
use crate::{Note, Problem, RiskModel};
use crew::{Opened, Opener};
use lantu_calendar::Instant;
use lantu_schedule::{ActivityIx, Tongue};
use std::fmt;
use std::ops::ControlFlow;
use sums::Reading;

/// A network of a portfolio, and by when it counts.
#[derive(Clone, Copy, Debug)]
pub struct Member<'a> {
    /// The network. Two members may refer to one model, for two of its milestones; different models need different
    /// keys ([`RiskModel::key`]), or they would share all their luck.
    pub model: &'a RiskModel,
    /// Which activity has to be done; `None` for the project's finish.
    pub milestone: Option<ActivityIx>,
    /// By when.
    pub by: Instant,
}

/// How to sample a portfolio; as [`crate::Sampling`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PortfolioSampling {
    /// Where chance comes from.
    pub seed: u64,
    /// So many, the same for all members. From 1 to 100,000,000.
    pub iterations: u32,
    /// On so many; 0 is taken for 1. Each takes one network after another.
    pub threads: usize,
    /// By which path.
    pub kernel: Kernel,
}

impl Default for PortfolioSampling {
    /// 2,000 iterations of seed 1 on one thread.
    fn default() -> Self {
        Self { seed: 1, iterations: 2_000, threads: 1, kernel: Kernel::Fastest }
    }
}

/// An impossibility of a portfolio.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberProblem {
    /// The place among the members; `None` when it is about the question itself.
    pub member: Option<usize>,
    /// What is impossible.
    pub problem: Problem,
}

/// What was not taken as it stands of a member.
#[derive(Clone, Debug, PartialEq)]
pub struct MemberNote {
    /// The place among the members.
    pub member: usize,
    /// What.
    pub note: Note,
}

/// Why there is no answer about a portfolio.
#[derive(Clone, Debug, PartialEq)]
pub enum PortfolioStopped {
    /// It is impossible: every reason of every member, at most a thousand of each, in their order.
    Refused(Vec<MemberProblem>),
    /// `watch` said so.
    Cancelled,
}

impl MemberProblem {
    /// The member by its number from one, then the reason and the remedy, in words.
    pub fn say(&self, tongue: Tongue) -> String {
        let said = self.problem.say(tongue);
        self.member.map_or(said.clone(), |at| match tongue {
            Tongue::Chinese => format!("第 {} 个网络：{said}", at + 1),
            Tongue::English => format!("Network {}: {said}", at + 1),
        })
    }
}

impl fmt::Display for MemberProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}): {}", self.problem.code, self.problem.place, self.say(Tongue::English))
    }
}

impl std::error::Error for MemberProblem {}

/// The odds of a portfolio: all members sampled for the same iterations, with what they share drawn once for all (risks and
/// correlations that are shared, weather of one name). `watch` is as in [`crate::simulate`].
///
/// ```
/// use lantu_risk::*;
/// use lantu_schedule::*;
/// use std::ops::ControlFlow;
/// let start: Instant = "2026-03-02".parse()?;
/// let model = |key| {
///     let activities = vec![Activity::task(7, CalendarIx(0), Span::hours(20))];
///     let calendars = vec![Calendar::around_the_clock()];
///     let network = Network { options: Options::new(Dialect::P6, start), calendars, activities, links: vec![] };
///     let range = Range::Uniform { min: Span::hours(10), max: Span::hours(30) };
///     let ranges = vec![DurationRange { activity: ActivityIx(0), range }];
///     RiskModel { network, ranges, risks: vec![], correlations: vec![], weather: vec![], key }
/// };
/// let models: Vec<RiskModel> = (0..10).map(model).collect();
/// let member = |model| Member { model, milestone: None, by: start + Span::hours(20) };
/// let members: Vec<Member> = models.iter().map(member).collect();
/// let odds = simulate_portfolio(&members, &PortfolioSampling::default(), &mut |_| ControlFlow::Continue(()))
///     .map_err(|e| format!("{e:?}"))?;
/// // Each has an even chance, and they have nothing in common: five in the mean, nearly always two at least.
/// assert!((odds.expected() - 5.0).abs() < 0.2 && odds.at_least(2) > 0.97);
/// assert_eq!(odds.quantile(0.5), 5);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn simulate_portfolio(
    members: &[Member<'_>],
    sampling: &PortfolioSampling,
    watch: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<PortfolioOdds, PortfolioStopped> {
    let portfolio = Portfolio { members, sampling, times: Times::default() };
    let problems = portfolio.refusals();
    if !problems.is_empty() {
        return Err(PortfolioStopped::Refused(problems));
    }
    let networks = members.iter().map(|member| &member.model.network);
    let size: usize = networks.map(|network| network.activities.len() + network.links.len()).sum();
    let of = u64::from(sampling.iterations) * members.len() as u64;
    crew::run(&portfolio, sampling, &mut News::of(watch, of, size / members.len().max(1)))
}

struct Portfolio<'a> {
    members: &'a [Member<'a>],
    sampling: &'a PortfolioSampling,
    /// Calendars that networks have in common.
    times: Times,
}

impl Opener for Portfolio<'_> {
    type Engine = Compiled;

    fn members(&self) -> usize {
        self.members.len()
    }

    fn open(&self, member: usize) -> Result<Opened<Compiled>, Vec<Problem>> {
        let Member { model, milestone, by } = self.members[member];
        let (draws, notes) = drawn(model, self.sampling.seed);
        let PortfolioSampling { seed, iterations, kernel, .. } = *self.sampling;
        let sampling = Sampling { seed, iterations, kernel, watch: milestone.into_iter().collect(), ..Sampling::default() };
        let engine = Compiled::sharing(model, &sampling, draws, &self.times)?;
        let planned = milestone.map_or(engine.planned_finish(), |at| engine.planned(at));
        let reading = Reading { member, planned, by, base: engine.date(0), tick: engine.tick() };
        Ok(Opened { engine, is_watched: milestone.is_some(), reading, notes })
    }
}

impl Portfolio<'_> {
    /// What shows without scheduling: of the question, of the members together, of each.
    fn refusals(&self) -> Vec<MemberProblem> {
        let of_question = refused_count(self.sampling.iterations).map(|problem| MemberProblem { member: None, problem });
        let mut problems = same_keys(self.members);
        for (at, member) in self.members.iter().enumerate() {
            problems.extend(of_member(at, refusals_of(member.model, &member.milestone.into_iter().collect::<Vec<_>>())));
        }
        problems.splice(0..0, of_question);
        if !problems.is_empty() {
            let of_walk = self.members.iter().enumerate().flat_map(|(at, member)| of_member(at, loops(&member.model.network)));
            problems.extend(of_walk);
        }
        problems.sort_by_key(|problem| problem.member);
        problems
    }
}

fn of_member(member: usize, problems: Vec<Problem>) -> impl Iterator<Item = MemberProblem> {
    problems.into_iter().map(move |problem| MemberProblem { member: Some(member), problem })
}

/// Different models of one key.
fn same_keys(members: &[Member<'_>]) -> Vec<MemberProblem> {
    let mut models = std::collections::BTreeMap::<u64, &RiskModel>::new();
    let mut problems = vec![];
    for (at, member) in members.iter().enumerate() {
        let model = member.model;
        if !std::ptr::eq(*models.entry(model.key).or_insert(model), model) {
            let (place, found) = ("key".to_owned(), model.key.to_string());
            let problem = Problem { code: "duplicate_key", activities: vec![], place, found };
            problems.push(MemberProblem { member: Some(at), problem });
        }
    }
    problems
}

#[cfg(test)]
mod tests;
