//! The odds of dates: whole simulations, beside a bare kernel in the same run and a peer on a network of its size.
//!
//! Like the schedule engine's, these measurements call the library itself and say little when built without optimisation.

mod agree;
mod bare;
mod chances;
mod many;
mod trueppm;

use std::ops::ControlFlow;
use std::time::Instant;

use lantu_risk::{Kernel, Odds, RiskModel, Sampling, simulate};
use lantu_schedule::Dialect;

use crate::Bench;
use crate::schedule::{DIALECTS, count, name};
use crate::table::{Row, median};
use bare::Bare;

/// Activities of the large network, which has two links each; its iterations.
const LARGE: (usize, u32) = (10_000, 10_000);
/// Of the network that the peer is asked too.
const SMALL: (usize, u32) = (1_000, 1_000);
const THREADS: usize = 2;
const SEED: u64 = 20_260_302;

pub fn measure(bench: &Bench) -> Result<Vec<Row>, String> {
    if cfg!(debug_assertions) {
        eprintln!("risk: built without optimisation; the numbers mean nothing");
    }
    let bare = Bare::measure(LARGE.0, LARGE.1);
    let mut rows = vec![bare.row()];
    for dialect in DIALECTS {
        let model = chances::model(dialect, LARGE.0, SEED);
        rows.push(agree::check(&model, &format!("same answers, {}", name(dialect)))?);
        rows.extend(large(&model, dialect, &bare)?);
    }
    for dialect in DIALECTS {
        rows.push(many::measure(dialect, &bare)?);
    }
    rows.push(beside(bench, &bare));
    Ok(rows)
}

/// Finish alone, with criticality and tornado, and finish alone by the portable path, which must give the same dates.
fn large(model: &RiskModel, dialect: Dialect, bare: &Bare) -> Result<[Row; 3], String> {
    let of = format!("{} × {}, {}", count(LARGE.0), count(LARGE.1 as usize), name(dialect));
    let sampling = sampling(LARGE.1);
    let finish = Timed::of(model, &sampling, 5);
    let all = Timed::of(model, &Sampling { sensitivity: true, ..sampling.clone() }, 5);
    let portable = Timed::of(model, &Sampling { kernel: Kernel::Portable, ..sampling }, 3);
    agree::same_finish(&[&finish, &all, &portable]).map_err(|why| format!("{of}: {why}"))?;
    let bound = finish.as_ref().ok().map(|timed| 4.0 * timed.milliseconds);
    let work = Work { activities: LARGE.0, iterations: LARGE.1 };
    Ok([
        work.told(format!("finish {of}"), Some(500.0), finish, bare),
        work.told(format!("with tornado {of}"), Some(1_200.0), all, bare),
        work.told(format!("finish, portable {of}"), bound, portable, bare),
    ])
}

/// With criticality and tornado, as the peer's own answer has a tornado.
fn beside(bench: &Bench, bare: &Bare) -> Row {
    let model = chances::model(Dialect::MsProject, SMALL.0, SEED);
    let work = Work { activities: SMALL.0, iterations: SMALL.1 };
    let what = format!("with tornado {} × {}", count(SMALL.0), count(SMALL.1 as usize));
    let timed = Timed::of(&model, &Sampling { sensitivity: true, ..sampling(SMALL.1) }, 11);
    let p50 = timed.as_ref().ok().map(|timed| day(timed.odds.finish.quantile(0.5)));
    let mut row = work.told(what, None, timed, bare);
    match trueppm::ask(&bench.dir, &model, SMALL.1) {
        Ok(answer) => {
            row.from += &format!("; ×{:.1} of the bare kernel", row.value / work.bare(bare));
            row.from += &format!("; P50 {}, theirs in whole days {}", p50.unwrap_or_default(), answer.p50);
            row.peer = Some(("trueppm-scheduler".to_string(), answer.milliseconds));
        }
        Err(why) => row.from += &format!("; trueppm-scheduler is not asked: {why}"),
    }
    row
}

fn day(at: lantu_calendar::Instant) -> String {
    at.to_string().chars().take(10).collect()
}

fn sampling(iterations: u32) -> Sampling {
    Sampling { seed: SEED, iterations, threads: THREADS, ..Sampling::default() }
}

/// The answer, and the median of several runs.
struct Timed {
    odds: Odds,
    milliseconds: f64,
    runs: usize,
}

impl Timed {
    fn of(model: &RiskModel, sampling: &Sampling, runs: usize) -> Result<Self, String> {
        let mut odds = run(model, sampling)?;
        let mut times = Vec::new();
        for _ in 0..runs {
            let began = Instant::now();
            odds = run(model, sampling)?;
            times.push(began.elapsed().as_secs_f64() * 1e3);
        }
        Ok(Self { odds, milliseconds: median(&times), runs })
    }
}

fn run(model: &RiskModel, sampling: &Sampling) -> Result<Odds, String> {
    let mut onward = |_| ControlFlow::Continue(());
    simulate(model, sampling, &mut onward).map_err(|stopped| format!("{stopped:?}").chars().take(200).collect())
}

/// How much was asked for.
struct Work {
    activities: usize,
    iterations: u32,
}

impl Work {
    fn size(&self) -> f64 {
        self.activities as f64 * f64::from(self.iterations)
    }

    /// What the bare kernel would take for as much, in milliseconds.
    fn bare(&self, bare: &Bare) -> f64 {
        bare.nanoseconds * self.size() / 1e6
    }

    fn row(&self, what: String, limit: Option<f64>, milliseconds: f64, runs: usize, bare: &Bare) -> Row {
        Row {
            what,
            value: milliseconds,
            unit: "ms",
            peer: Some(("bare kernel".to_string(), self.bare(bare))),
            limit,
            from: format!("median of {runs}, {THREADS} threads; {:.2} ns an activity and iteration", milliseconds * 1e6 / self.size()),
        }
    }

    fn told(&self, what: String, limit: Option<f64>, timed: Result<Timed, String>, bare: &Bare) -> Row {
        match timed {
            Ok(Timed { milliseconds, runs, .. }) => self.row(what, limit, milliseconds, runs, bare),
            Err(why) => Row::missing(what, "ms", limit, why),
        }
    }
}
