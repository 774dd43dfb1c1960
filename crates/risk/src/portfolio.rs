//! Many networks sampled together: how many of them are done by their dates.
mod crew;
mod odds;
mod sums;

pub use odds::{MemberOdds, PortfolioOdds};

use crate::run::{Kernel, Progress, refused_count};
use crate::{Note, Problem, RiskModel};
use lantu_calendar::Instant;
use lantu_schedule::{ActivityIx, Tongue};
use std::fmt;

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

/// What is impossible about the members together and about the question.
fn refusals(members: &[Member<'_>], sampling: &PortfolioSampling) -> Vec<MemberProblem> {
    let of_question = refused_count(sampling.iterations).map(|problem| MemberProblem { member: None, problem });
    of_question.into_iter().chain(same_keys(members)).collect()
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
