//! Rounds of iterations until the answer stands still.
use super::blocks::{Crew, Engine, blocks_of};
use super::news::News;
use super::tally::Tally;
use crate::lanes::LANES;
use crate::odds::ranks;
use crate::{Convergence, Stopped};

/// How many iterations, whose dates, and when to stop.
pub(crate) struct Order<'a> {
    pub iterations: u32,
    pub until: Option<Convergence>,
    pub threads: usize,
    /// How many activities are watched.
    pub watched: usize,
    /// Seconds of a tick.
    pub tick: i64,
    /// What to sum up: an empty tally.
    pub tally: &'a Tally,
}

/// What was found.
pub(crate) struct Found {
    pub iterations: u32,
    pub converged: bool,
    /// The finish and then each watched activity, by iteration, in ticks.
    pub columns: Vec<Vec<i32>>,
    pub tally: Tally,
}

/// Runs rounds of iterations: the counts after which it looks whether to stop depend on the order alone, so that
/// neither threads nor speed decide how many there are.
pub(crate) fn run<E: Engine>(engine: &E, order: &Order<'_>, news: &mut News<'_>) -> Result<Found, Stopped> {
    let mut crew = Crew::of(engine, order.threads, blocks_of(order.iterations), order.watched, order.tally);
    let mut converged = false;
    while crew.iterations() < order.iterations && !converged {
        crew.run_to(next_count(crew.iterations(), order), news)?;
        converged = order.until.is_some_and(|until| stands_still(crew.finish(), until, order.tick));
    }
    let iterations = crew.iterations();
    let (columns, tally) = crew.into_found();
    Ok(Found { iterations, converged, columns, tally })
}

/// The least and then half as many more each time, in whole blocks; all at once when nothing can end it earlier.
fn next_count(so_far: u32, order: &Order<'_>) -> u32 {
    let Some(until) = order.until else { return order.iterations };
    let wished = if so_far == 0 { until.at_least } else { so_far.saturating_add(so_far / 2) };
    wished.max(1).checked_next_multiple_of(LANES as u32).map_or(order.iterations, |count| count.min(order.iterations))
}

/// Whether the interval of the P80 is as narrow as asked for.
fn stands_still(finish: &[i32], until: Convergence, tick: i64) -> bool {
    let Some((low, high)) = ranks(0.8, finish.len()) else { return false };
    let mut finish = finish.to_vec();
    let (_, &mut high, _) = finish.select_nth_unstable(high - 1);
    let (_, &mut low, _) = finish.select_nth_unstable(low - 1);
    (i64::from(high) - i64::from(low)).saturating_mul(tick) <= until.within.as_seconds()
}
