//! All paths must give the same answers to the bit: what does not is no measurement.

use lantu_risk::{Kernel, Odds, RiskModel, Sampling};

use super::{Timed, run, sampling};
use crate::table::Row;

/// One block of lanes.
const ITERATIONS: u32 = 64;

/// Whether the widest lanes, the portable path and the scheduling engine itself agree on the first iterations, with
/// criticality and sensitivity. An error when they do not.
pub fn check(model: &RiskModel, what: &str) -> Result<Row, String> {
    let by = |kernel| run(model, &Sampling { kernel, sensitivity: true, ..sampling(ITERATIONS) });
    let (fastest, portable, exact) = match (by(Kernel::Fastest), by(Kernel::Portable), by(Kernel::Exact)) {
        (Ok(fastest), Ok(portable), Ok(exact)) => (fastest, portable, exact),
        (Err(why), ..) | (_, Err(why), _) | (.., Err(why)) => return Ok(Row::missing(what.to_string(), "%", Some(100.0), why)),
    };
    same(&fastest, &portable).map_err(|why| format!("{what}: portable path: {why}"))?;
    same(&fastest, &exact).map_err(|why| format!("{what}: scheduling engine: {why}"))?;
    let from = format!("{ITERATIONS} iterations by lanes, portable path and scheduling engine, to the bit");
    Ok(Row { what: what.to_string(), value: 100.0, unit: "%", peer: None, limit: Some(100.0), from })
}

fn same(ours: &Odds, theirs: &Odds) -> Result<(), String> {
    same_dates(ours, theirs)?;
    let apart = ours.activities.iter().zip(&theirs.activities).position(|(a, b)| a != b);
    match apart {
        Some(at) => Err(format!("activity {at}: {:?} instead of {:?}", theirs.activities[at], ours.activities[at])),
        None if ours != theirs => Err("the dates agree, the rest does not".to_string()),
        None => Ok(()),
    }
}

fn same_dates(ours: &Odds, theirs: &Odds) -> Result<(), String> {
    let (ours, theirs) = (ours.finish.dates(), theirs.finish.dates());
    match ours.iter().zip(theirs).position(|(a, b)| a != b) {
        Some(at) => Err(format!("iteration {at} ends {} instead of {}", theirs[at], ours[at])),
        None if ours.len() != theirs.len() => Err(format!("{} iterations instead of {}", theirs.len(), ours.len())),
        None => Ok(()),
    }
}

/// Whether all that were measured end on the same dates.
pub fn same_finish(timed: &[&Result<Timed, String>]) -> Result<(), String> {
    let answers: Vec<&Odds> = timed.iter().filter_map(|timed| timed.as_ref().ok()).map(|timed| &timed.odds).collect();
    answers.windows(2).try_for_each(|pair| same_dates(pair[0], pair[1]))
}
