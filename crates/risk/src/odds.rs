//! The answers.
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

/// One date for each iteration.
#[derive(Clone, Debug, PartialEq)]
pub struct Distribution {
    /// In the order of the iterations, so that those of two distributions belong together.
    pub dates: Vec<Instant>,
}

/// How much an activity decides about the project's finish.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sensitivity {
    /// In which share of the iterations it was critical, from 0 to 1.
    pub criticality: f64,
    /// Pearson's correlation of its duration (of what remains of it) with the project's finish, from -1 to 1; 0 where
    /// either does not vary.
    pub sensitivity: f64,
    /// How much later the project ends when it takes as long as in the worst tenth instead of as little as in the best
    /// tenth: the slope of the regression of finish on duration, times the distance of its P10 to its P90, by the clock.
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
