//! The answers, and what is asked of them.
mod distribution;
mod histogram;
mod interval;
mod width;

pub use distribution::Distribution;
pub(crate) use distribution::rank;
pub use histogram::Bin;
pub use interval::chance_interval;
pub(crate) use interval::ranks;

use lantu_calendar::{Instant, Span};
use lantu_schedule::ActivityIx;

/// What a simulation found.
#[derive(Clone, Debug, PartialEq)]
pub struct Odds {
    /// Iterations that were run.
    pub iterations: u32,
    /// Whether it stopped because the answer stood still, not at the limit; `false` when no convergence was asked for.
    pub converged: bool,
    /// When the plan says it is done: the network scheduled with its own durations.
    pub planned_finish: Instant,
    /// When the project is done, one date for each iteration.
    pub finish: Distribution,
    /// When each watched activity is done (a milestone: when it stands), in the order of [`crate::Sampling::watch`].
    pub milestones: Vec<Milestone>,
    /// One for each activity in the network's order; empty unless asked for.
    pub activities: Vec<Sensitivity>,
    /// One for each risk in the model's order; empty unless asked for.
    pub risks: Vec<RiskCost>,
    /// What was not taken as it stands: correlations that were repaired, impacts on finished work.
    pub notes: Vec<Note>,
}

/// Something that was not taken as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// For machines.
    pub code: &'static str,
    /// As [`crate::Problem::activities`].
    pub activities: Vec<i64>,
    /// As [`crate::Problem::place`].
    pub place: String,
    /// As [`crate::Problem::found`].
    pub found: String,
}

/// Dates that an activity was done on.
#[derive(Clone, Debug, PartialEq)]
pub struct Milestone {
    /// Which.
    pub activity: ActivityIx,
    /// When the plan says.
    pub planned: Instant,
    /// One date for each iteration.
    pub finish: Distribution,
}

/// How much an activity decides about the project's finish; nothing where the row has no work of its own (summary rows, level
/// of effort, inactive work).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sensitivity {
    /// In which share of the iterations it was critical, from 0 to 1.
    pub criticality: f64,
    /// Pearson's correlation of its duration (of what remains of it) with the project's finish, from -1 to 1; 0 where
    /// either does not vary.
    pub sensitivity: f64,
    /// How much later the project ends, by the clock, when it takes long (its P90) instead of short (its P10): the slope of
    /// the regression of finish on duration, times 2.56 deviations of the duration, which is from P10 to P90 of a normal
    /// distribution. Taken of the deviation and not of the two dates, so that a rare and heavy risk shows too.
    pub swing: Span,
    /// Mean of its duration.
    pub mean: Span,
    /// Standard deviation of its duration.
    pub deviation: Span,
}

/// What a risk costs: the finish with it, less the finish without it, all other chances the same.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RiskCost {
    /// In which share of the iterations it struck.
    pub struck: f64,
    /// Of the mean.
    pub mean: Span,
    /// Of the median.
    pub p50: Span,
    /// Of the P80.
    pub p80: Span,
    /// Of the P90.
    pub p90: Span,
}

/// Whose date is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Node {
    /// The project.
    Finish,
    /// A watched activity.
    Activity(ActivityIx),
}

impl Odds {
    /// The dates of the project or of a watched activity; `None` for one that was not watched.
    pub fn of(&self, node: Node) -> Option<&Distribution> {
        match node {
            Node::Finish => Some(&self.finish),
            Node::Activity(at) => self.milestones.iter().find(|m| m.activity == at).map(|m| &m.finish),
        }
    }

    /// The chance that all are done by their dates: the share of iterations in which they are. This is not the product
    /// of their chances, because they share work and causes. `None` when one was not watched; 1 of none.
    ///
    /// ```
    /// use lantu_risk::{Distribution, Milestone, Node, Odds};
    /// use lantu_schedule::{ActivityIx, Instant};
    /// let day = |d: i64| Instant::from_seconds(d * 86_400);
    /// let of = |days: [i64; 4]| Distribution::of(days.map(day).to_vec()).ok_or("empty");
    /// let milestone = Milestone { activity: ActivityIx(3), planned: day(1), finish: of([1, 1, 2, 2])? };
    /// let odds = Odds {
    ///     iterations: 4,
    ///     converged: false,
    ///     planned_finish: day(5),
    ///     finish: of([5, 6, 5, 7])?,
    ///     milestones: vec![milestone],
    ///     activities: vec![],
    ///     risks: vec![],
    ///     notes: vec![],
    /// };
    /// let both = [(Node::Activity(ActivityIx(3)), day(1)), (Node::Finish, day(5))];
    /// assert_eq!(odds.joint(&both), Some(0.25));
    /// assert_eq!(odds.joint(&[(Node::Activity(ActivityIx(4)), day(1))]), None);
    /// # Ok::<(), &str>(())
    /// ```
    pub fn joint(&self, nodes: &[(Node, Instant)]) -> Option<f64> {
        let dates = nodes.iter().map(|&(node, by)| Some((self.of(node)?.dates(), by))).collect::<Option<Vec<_>>>()?;
        let on_time = |at: usize| dates.iter().all(|(dates, by)| dates.get(at).is_some_and(|date| date <= by));
        let iterations = self.finish.dates().len();
        Some((0..iterations).filter(|&at| on_time(at)).count() as f64 / iterations as f64)
    }

    /// The activities whose length moves the finish, most first: by the size of their swing, of equals in the network's
    /// order. Empty unless sensitivity was asked for.
    pub fn tornado(&self) -> Vec<(ActivityIx, Sensitivity)> {
        let moves = |(_, s): &(ActivityIx, Sensitivity)| !s.swing.is_zero();
        let mut bars: Vec<_> = (0..).map(ActivityIx).zip(self.activities.iter().copied()).filter(moves).collect();
        bars.sort_by_key(|(at, s)| (std::cmp::Reverse(s.swing.as_seconds().unsigned_abs()), *at));
        bars
    }
}

impl RiskCost {
    /// Of two simulations of the same iterations, with the risk and without.
    pub(crate) fn between(struck: f64, with: &Distribution, without: &Distribution) -> Self {
        let at = |p| with.quantile(p) - without.quantile(p);
        Self { struck, mean: with.mean() - without.mean(), p50: at(0.5), p80: at(0.8), p90: at(0.9) }
    }
}

#[cfg(test)]
mod tests;
