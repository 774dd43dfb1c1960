//! A year's targets: many small networks sampled together, and how many of them are done by their dates.

use std::ops::ControlFlow;
use std::time::Instant;

use lantu_calendar::Span;
use lantu_risk::{Member, PortfolioOdds, PortfolioSampling, RiskModel, simulate_portfolio};
use lantu_schedule::{Dialect, schedule};

use super::bare::Bare;
use super::{SEED, THREADS, Work, chances};
use crate::schedule::{count, name};
use crate::table::{Row, median};

const NETWORKS: usize = 1_000;
const ACTIVITIES: usize = 150;
const ITERATIONS: u32 = 2_000;
const RUNS: usize = 3;
/// Milliseconds to reach.
const LIMIT: f64 = 2_000.0;

pub fn measure(dialect: Dialect, bare: &Bare) -> Result<Row, String> {
    let models: Vec<RiskModel> = (0..NETWORKS as u64).map(|at| chances::model(dialect, ACTIVITIES, SEED + at)).collect();
    let members = models.iter().map(member).collect::<Result<Vec<_>, String>>()?;
    let work = Work { activities: NETWORKS * ACTIVITIES, iterations: ITERATIONS };
    let what = format!("{} networks of {ACTIVITIES} × {}, {}", count(NETWORKS), count(ITERATIONS as usize), name(dialect));
    Ok(match time(&members) {
        Ok((odds, milliseconds)) => {
            let mut row = work.row(what, Some(LIMIT), milliseconds, RUNS, bare);
            row.from += &format!("; {:.0} of {NETWORKS} expected by their dates", odds.expected());
            row
        }
        Err(why) => Row::missing(what, "ms", Some(LIMIT), why),
    })
}

/// By a date a little later than planned, which some meet and some do not.
fn member(model: &RiskModel) -> Result<Member<'_>, String> {
    let plan = schedule(&model.network).map_err(|problems| format!("refused: {:?}", problems.first()))?;
    let length = (plan.finish - plan.start).as_seconds();
    Ok(Member { model, milestone: None, by: plan.finish + Span::seconds(length / 40) })
}

fn time(members: &[Member<'_>]) -> Result<(PortfolioOdds, f64), String> {
    let mut odds = run(members)?;
    let mut times = Vec::new();
    for _ in 0..RUNS {
        let began = Instant::now();
        odds = run(members)?;
        times.push(began.elapsed().as_secs_f64() * 1e3);
    }
    Ok((odds, median(&times)))
}

fn run(members: &[Member<'_>]) -> Result<PortfolioOdds, String> {
    let sampling = PortfolioSampling { seed: SEED, iterations: ITERATIONS, threads: THREADS, ..PortfolioSampling::default() };
    let mut onward = |_| ControlFlow::Continue(());
    simulate_portfolio(members, &sampling, &mut onward).map_err(|stopped| format!("{stopped:?}").chars().take(200).collect())
}
