//! `lantu risk`: how sure the dates of a schedule file are.
mod answer;
mod ask;
mod figures;
mod picture;
mod words;

use super::schedule::Rules;
use crate::{
    outcome::{self, Outcome, Stop},
    plans::{self, Said, Unread},
    progress,
    tongue::Tongue,
};
use ask::{Asked, By, Closeness};
use clap::Args;
use lantu_planfile::Plan;
use lantu_risk::{Convergence, Odds, RiskModel, Sampling, Stopped, simulate, validate};
use std::{ops::ControlFlow, path::PathBuf};

/// The answer is not taken to stand still before so many iterations.
const AT_LEAST: u32 = 1_000;

#[derive(Args)]
pub struct RiskFile {
    /// The schedule: .xer or .xml of P6, .xml of MS Project, .json
    #[arg(id = "schedule_file", value_name = "FILE")]
    file: PathBuf,
    /// How often to simulate, from 1 to 100,000,000
    #[arg(long, value_name = "N", default_value_t = 10_000, value_parser = clap::value_parser!(u32).range(1..=100_000_000))]
    iterations: u32,
    /// Seed: the same one gives the same answer, on any number of threads
    #[arg(id = "chance_seed", long = "seed", value_name = "S", default_value_t = 1)]
    seed: u64,
    /// On so many threads [default: as many as the machine has]
    #[arg(long, value_name = "T", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Which of the file's projects, by its id
    #[arg(long, value_name = "ID")]
    project: Option<String>,
    /// Whose rules decide [default: those of the program that made the file]
    #[arg(long)]
    dialect: Option<Rules>,
    /// Work without a range takes up to so many per cent less or more; 0 for none
    #[arg(long, value_name = "PERCENT", default_value_t = 20.0, allow_negative_numbers = true, value_parser = ask::spread)]
    spread: f64,
    /// How likely a day is: of the project (2026-12-31), or of an activity (2026-06-30=17, by its uid or id); of several also
    /// how likely all together are
    #[arg(long, value_name = "DATE[=UID]", value_parser = ask::by)]
    by: Vec<By>,
    /// Stop earlier, as soon as the P80 is known this closely: 1d, 8h or 30m
    #[arg(long, value_name = "SPAN", value_parser = ask::closeness)]
    until: Option<Closeness>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// What was simulated, and what came of it.
struct Simulated<'a> {
    plan: &'a Plan,
    model: RiskModel,
    asked: Asked,
    odds: Odds,
    seed: u64,
    spread: f64,
    until: Option<Closeness>,
    /// So many ranges were assumed.
    assumed: usize,
}

impl RiskFile {
    pub fn run(&self, tongue: Tongue) -> Result<Outcome, Stop> {
        match self.answered(tongue) {
            Ok(()) => Ok(Outcome::Done),
            Err(unread) => unread.tell(&self.file, self.json, tongue),
        }
    }

    fn answered(&self, tongue: Tongue) -> Result<(), Unread> {
        let mut file = plans::read(&self.file, tongue)?;
        let at = plans::choose(&file, self.project.as_deref(), tongue)?;
        if let (Some(rules), Some(plan)) = (self.dialect, file.plans.get_mut(at)) {
            plan.options.dialect = rules.into();
        }
        let simulated = self.simulated(&file.plans[at], tongue)?;
        if self.json {
            outcome::print(&format!("{}\n", simulated.as_json(tongue)));
        } else {
            outcome::print(&simulated.in_words(tongue));
            plans::tell_losses(simulated.plan, tongue);
        }
        Ok(())
    }

    fn simulated<'a>(&self, plan: &'a Plan, tongue: Tongue) -> Result<Simulated<'a>, Unread> {
        let (model, assumed) = plan.risk_model(self.spread);
        let refused = |problems: Vec<_>| Unread::Refused(problems.iter().map(|p| Said::of_risk(p, plan, tongue)).collect());
        let problems = validate(&model);
        if !problems.is_empty() {
            return Err(refused(problems));
        }
        // Circles show only when they are walked.
        plans::dates(plan, tongue)?;
        let asked = Asked::of(plan, &self.by, tongue)?;
        let sampling = self.sampling(&model, &asked);
        let bar = progress::bar(u64::from(self.iterations), tongue.say("正在模拟", "simulating"));
        let odds = simulate(&model, &sampling, &mut |progress| {
            bar.set_length(progress.of);
            bar.set_position(progress.done);
            ControlFlow::Continue(())
        });
        bar.finish_and_clear();
        match odds {
            Ok(odds) => Ok(Simulated { plan, model, asked, odds, seed: self.seed, spread: self.spread, until: self.until, assumed }),
            Err(Stopped::Refused(problems)) => Err(refused(problems)),
            Err(Stopped::Cancelled) => Err(Unread::Stop(Stop::broken("模拟被中断", "the simulation was broken off"))),
        }
    }

    fn sampling(&self, model: &RiskModel, asked: &Asked) -> Sampling {
        let own = || std::thread::available_parallelism().map_or(1, usize::from);
        Sampling {
            seed: self.seed,
            iterations: self.iterations,
            until: self.until.map(|Closeness(within)| Convergence { within, at_least: AT_LEAST.min(self.iterations) }),
            threads: self.threads.map_or_else(own, usize::from),
            watch: asked.watch.clone(),
            sensitivity: true,
            risk_costs: !model.risks.is_empty(),
            ..Sampling::default()
        }
    }
}
