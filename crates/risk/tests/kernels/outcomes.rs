//! Every iteration is a schedule of the scheduler's: what may strike is so little that all outcomes can be scheduled, and
//! each iteration must be one of them in every date of every row at once. The chances of the outcomes are known too.
use crate::{
    features::any_network,
    networks::Dice,
    same::{every_row, how_many, odds},
    shrink::{shrunk, written},
};
use lantu_risk::*;
use lantu_schedule::{Progress, *};
use std::collections::BTreeMap;

const ITERATIONS: u32 = 320;

/// A model of risks alone, at most four of them, whose impacts are certain once they strike.
fn any_model(network: Network, dice: &mut Dice) -> RiskModel {
    let rows: Vec<u32> = (0..network.activities.len()).filter(|at| has_length(&network, *at)).map(|at| at as u32).collect();
    let risk = |number: usize, dice: &mut Dice| {
        let values = vec![Span::minutes(dice.one_of(&[60, 480, 95, 2_400, 9_600, -60, -480, -60_000]))];
        let hit = |dice: &mut Dice| Impact { activity: ActivityIx(dice.one_of(&rows)), range: Range::Empirical { values: values.clone() } };
        let impacts = (0..1 + dice.below(3)).map(|_| hit(dice)).collect();
        Risk { id: format!("R{number}"), probability: dice.one_of(&[0.5, 0.5, 0.25, 0.0, 1.0]), impacts, shared: false }
    };
    let count = if rows.is_empty() { 0 } else { 1 + dice.below(4) };
    let risks = (0..count).map(|number| risk(number, dice)).collect();
    RiskModel { network, ranges: vec![], risks, correlations: vec![], weather: vec![], key: 0 }
}

/// Work that is not done, nor of no account, nor by hand; in MS Project a milestone may become work.
fn has_length(n: &Network, at: usize) -> bool {
    let a = &n.activities[at];
    let sort = matches!(a.kind, Kind::Task | Kind::ResourceDependent) && !matches!(a.progress(), Progress::Finished { .. });
    let aside = a.detail.as_ref().is_some_and(|d| d.inactive || d.fixed.is_some());
    sort && !aside && (a.duration.is_positive() || n.options.dialect == Dialect::MsProject)
}

/// The network in which these risks have struck: all lengths are added, and then nothing is below zero.
fn struck(model: &RiskModel, set: usize) -> Network {
    let mut n = model.network.clone();
    let mut added: BTreeMap<usize, Span> = BTreeMap::new();
    for (_, risk) in model.risks.iter().enumerate().filter(|(bit, _)| set & (1 << bit) != 0) {
        for impact in &risk.impacts {
            let Range::Empirical { values } = &impact.range else { panic!("it is not certain") };
            *added.entry(impact.activity.at()).or_default() += values[0];
        }
    }
    for (row, length) in added {
        let a = &mut n.activities[row];
        let planned = match a.progress() {
            Progress::Started { remaining, .. } => remaining,
            _ => a.duration,
        };
        let left = (planned + length).max(Span::ZERO);
        a.duration += left - planned;
        if let Progress::Started { start, actual, .. } = a.progress() {
            a.detail_mut().progress = Progress::Started { start, actual, remaining: left };
        }
        if a.kind == Kind::ResourceDependent {
            share_out(a, planned, left);
        }
    }
    n
}

/// Where the resources decide how long the work takes, what remains to each changes in proportion.
fn share_out(a: &mut Activity, planned: Span, left: Span) {
    let scale = if planned.is_positive() { left.as_minutes() / planned.as_minutes() } else { 1.0 };
    for assignment in a.detail_mut().assignments.iter_mut().filter(|_| left != planned) {
        assignment.remaining_work = Span::from_minutes(assignment.remaining_work.as_minutes() * scale);
    }
}

/// What follows others decides nothing: sums of rows and work beside the network are never critical.
fn decides(a: &Activity) -> bool {
    let inactive = a.detail.as_ref().is_some_and(|d| d.inactive);
    !inactive && !matches!(a.kind, Kind::Summary | Kind::LevelOfEffort | Kind::WbsSummary)
}

/// One outcome, or several that no date tells apart.
#[derive(Default)]
struct Outcome {
    probability: f64,
    seen: u32,
    /// For each row in how many of those that have a chance it is critical, and how many there are.
    critical: Vec<u32>,
    sets: u32,
}

/// All outcomes by the dates of all rows and the project's finish.
fn outcomes(model: &RiskModel) -> BTreeMap<Vec<Instant>, Outcome> {
    let mut all: BTreeMap<Vec<Instant>, Outcome> = BTreeMap::new();
    for set in 0..1_usize << model.risks.len() {
        let of = |(bit, risk): (usize, &Risk)| if set & (1 << bit) != 0 { risk.probability } else { 1.0 - risk.probability };
        let probability: f64 = model.risks.iter().enumerate().map(of).product();
        if probability == 0.0 {
            continue;
        }
        let schedule = schedule(&struck(model, set)).unwrap_or_else(|problems| panic!("{}", problems[0]));
        let dates = schedule.rows.iter().map(|row| row.finish).chain([schedule.finish]).collect();
        let outcome = all.entry(dates).or_default();
        outcome.probability += probability;
        outcome.sets += 1;
        outcome.critical.resize(schedule.rows.len(), 0);
        for (at, row) in schedule.rows.iter().enumerate() {
            outcome.critical[at] += u32::from(row.critical && decides(&model.network.activities[at]));
        }
    }
    all
}

/// Half the width of an interval that holds a share of `n` in all but one of a thousand million cases (Hoeffding, 1963).
fn sampling_error(n: u32) -> f64 {
    ((2.0_f64 / 1e-9).ln() / (2.0 * f64::from(n))).sqrt()
}

/// Holds one simulation against all outcomes; what is wrong.
fn wrong(model: &RiskModel, odds: &Odds, outcomes: &mut BTreeMap<Vec<Instant>, Outcome>) -> Option<String> {
    outcomes.values_mut().for_each(|outcome| outcome.seen = 0);
    for iteration in 0..odds.iterations as usize {
        let date = |m: &Milestone| m.finish.dates()[iteration];
        let dates: Vec<Instant> = odds.milestones.iter().map(date).chain([odds.finish.dates()[iteration]]).collect();
        let Some(outcome) = outcomes.get_mut(&dates) else {
            // The nearest outcome tells where to look.
            let off = |known: &&Vec<Instant>| known.iter().zip(&dates).filter(|(a, b)| a != b).count();
            let nearest = outcomes.keys().min_by_key(off)?;
            let row = nearest.iter().zip(&dates).position(|(a, b)| a != b)?;
            return Some(format!(
                "iteration {iteration} is no outcome: row {row} of {} is done {}, not {}",
                dates.len() - 1,
                dates[row],
                nearest[row]
            ));
        };
        outcome.seen += 1;
    }
    let error = sampling_error(odds.iterations);
    for outcome in outcomes.values() {
        let share = f64::from(outcome.seen) / f64::from(odds.iterations);
        if (share - outcome.probability).abs() > error {
            return Some(format!("an outcome of chance {} came in a share of {share}", outcome.probability));
        }
    }
    // Exactly so often, as far as the dates tell the outcomes apart.
    for at in 0..model.network.activities.len() {
        let sum = |of: fn(&Outcome, usize) -> bool| outcomes.values().filter(|o| of(o, at)).map(|o| o.seen).sum::<u32>();
        let (least, most) = (sum(|o, at| o.critical[at] == o.sets), sum(|o, at| o.critical[at] > 0));
        let count = odds.activities[at].criticality * f64::from(odds.iterations);
        if count < f64::from(least) - 1e-6 || count > f64::from(most) + 1e-6 {
            return Some(format!("row {at} is critical in {count} iterations, not in {least} to {most}"));
        }
    }
    None
}

/// What is wrong with a simulation by a kernel.
fn failure(model: &RiskModel, kernel: Kernel, seed: u64) -> Option<String> {
    let sampling = Sampling { seed, iterations: ITERATIONS, kernel, watch: every_row(model), sensitivity: true, ..Sampling::default() };
    match odds(model, &sampling) {
        Ok(odds) => wrong(model, &odds, &mut outcomes(model)),
        Err(problems) => Some(problems[0].to_string()),
    }
}

#[test]
fn every_iteration_is_an_outcome() {
    let mut told_apart = 0;
    // The last found the seconds of a team's work to be lost.
    for seed in (0..how_many(500)).chain([3_767]) {
        let model = any_model(any_network(seed ^ 0xABCD_0000), &mut Dice::new(seed ^ 0x0DD5));
        told_apart += u64::from(outcomes(&model).len() > 1);
        for kernel in [Kernel::Exact, Kernel::Fastest] {
            if let Some(wrong) = failure(&model, kernel, seed).filter(|_| !is_far(&model)) {
                let small = shrunk(model, |model| failure(model, kernel, seed).is_some());
                panic!("seed {seed}, {kernel:?}: {wrong}\n{:?}\n{}", failure(&small, kernel, seed), written(&small));
            }
        }
    }
    assert!(told_apart * 3 > how_many(500), "{told_apart}");
}

/// Whether the scheduler itself runs out of the time that there is: then iterations stop at other ends of it.
fn is_far(model: &RiskModel) -> bool {
    let far = |date: &Instant| (*date - model.network.options.start).as_seconds().abs() > 40 * 366 * 86_400;
    outcomes(model).keys().flatten().any(far)
}

/// The network with ranges that have no width, of all that may have one.
fn without_width(network: Network) -> RiskModel {
    let whole = |a: &Activity| a.duration.as_seconds() % 60 == 0;
    let rows = (0..).map(ActivityIx).zip(&network.activities).filter(|(_, a)| whole(a));
    let range = |a: &Activity| Range::Triangular { min: a.duration, mode: a.duration, max: a.duration };
    let ranges = rows.map(|(activity, a)| DurationRange { activity, range: range(a) }).collect();
    RiskModel { network, ranges, risks: vec![], correlations: vec![], weather: vec![], key: 0 }
}

/// Where an iteration is not the plan, in any date or in what is critical.
fn not_the_plan(model: &RiskModel, kernel: Kernel) -> Option<String> {
    let plan = schedule(&model.network).ok()?;
    let sampling = Sampling { iterations: 70, kernel, watch: every_row(model), sensitivity: true, ..Sampling::default() };
    let odds = odds(model, &sampling).ok()?;
    let other = |dates: &Distribution, planned: Instant| dates.dates().iter().find(|date| **date != planned).copied();
    if odds.planned_finish != plan.finish || other(&odds.finish, plan.finish).is_some() {
        return Some(format!(
            "{:?}: planned {}, done {:?}, not {}",
            kernel,
            odds.planned_finish,
            other(&odds.finish, plan.finish),
            plan.finish
        ));
    }
    for (at, row) in plan.rows.iter().enumerate() {
        let Milestone { planned, finish, .. } = &odds.milestones[at];
        if *planned != row.finish || other(finish, row.finish).is_some() {
            return Some(format!("{kernel:?}, row {at}: planned {planned}, done {:?}, not {}", other(finish, row.finish), row.finish));
        }
        let critical = row.critical && decides(&model.network.activities[at]);
        let found = odds.activities[at];
        if found.criticality != f64::from(u8::from(critical)) || !found.deviation.is_zero() {
            return Some(format!("{kernel:?}, row {at}: {found:?}, critical in the plan: {critical}"));
        }
    }
    None
}

/// When every range is degenerate, every iteration is the plan: dates, criticality and all.
#[test]
fn without_width_every_iteration_is_the_plan() {
    for seed in 0..how_many(500) {
        let model = without_width(any_network(seed ^ 0x7777_0000));
        for kernel in [Kernel::Exact, Kernel::Fastest] {
            if let Some(wrong) = not_the_plan(&model, kernel).filter(|_| !is_far(&model)) {
                let small = shrunk(model, |model| not_the_plan(model, kernel).is_some());
                panic!("seed {seed}: {wrong}\n{:?}\n{}", not_the_plan(&small, kernel), written(&small));
            }
        }
    }
}
