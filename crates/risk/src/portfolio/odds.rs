//! What is asked of a portfolio's answer.
use super::MemberNote;
use crate::chance_interval;
use crate::odds::rank;
use lantu_calendar::Instant;

/// How many members of a portfolio are done by their dates.
#[derive(Clone, Debug, PartialEq)]
pub struct PortfolioOdds {
    /// Iterations that were run.
    pub iterations: u32,
    /// In how many iterations just so many members are done by their dates: none, one, … all.
    pub counts: Vec<u32>,
    /// In the order of the members.
    pub members: Vec<MemberOdds>,
    /// What was not taken as it stands, in the order of the members.
    pub notes: Vec<MemberNote>,
}

/// One member of a portfolio.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MemberOdds {
    /// When the plan says it is done.
    pub planned: Instant,
    /// The chance that it is done by its date.
    pub chance: f64,
    /// In which share of the iterations it alone is late and all others are done: how often all hangs on it.
    pub alone_late: f64,
    /// Its dates by nearest rank, as [`crate::Distribution::quantile`].
    pub p10: Instant,
    /// The median.
    pub p50: Instant,
    /// Four of five iterations are done by then.
    pub p80: Instant,
    /// Nine of ten.
    pub p90: Instant,
}

impl PortfolioOdds {
    /// How many are done by their dates in the mean; the sum of their chances.
    pub fn expected(&self) -> f64 {
        let sum: u64 = (0..).zip(&self.counts).map(|(count, &iterations): (u64, _)| count * u64::from(iterations)).sum();
        sum as f64 / f64::from(self.iterations)
    }

    /// The count by nearest rank, as [`crate::Distribution::quantile`]: of the P10 one is 90 % sure that at least so
    /// many are done by their dates.
    pub fn quantile(&self, p: f64) -> usize {
        let rank = rank(p, self.iterations as usize);
        let mut so_far = 0;
        let reaches = |&iterations: &u32| {
            so_far += iterations as usize;
            so_far >= rank
        };
        self.counts.iter().position(reaches).unwrap_or(self.members.len())
    }

    /// The chance that at least so many are done by their dates; for the number of members the joint chance of all.
    pub fn at_least(&self, count: usize) -> f64 {
        let iterations: u64 = self.counts.iter().skip(count).map(|&iterations| u64::from(iterations)).sum();
        iterations as f64 / f64::from(self.iterations)
    }

    /// Between which bounds [`Self::at_least`] lies with 95 % confidence, see [`chance_interval`].
    pub fn at_least_interval(&self, count: usize) -> (f64, f64) {
        chance_interval(self.at_least(count), self.iterations)
    }

    /// The joint chance: that all are done by their dates.
    pub fn all(&self) -> f64 {
        self.at_least(self.members.len())
    }

    /// The member that is most often the missing one: late most often, of equals the first. `None` when none ever is.
    pub fn most_often_late(&self) -> Option<usize> {
        let late = self.members.iter().enumerate().filter(|(_, member)| member.chance < 1.0);
        late.min_by(|(_, a), (_, b)| a.chance.total_cmp(&b.chance)).map(|(at, _)| at)
    }
}
