//! One answer, whatever the kernel and the number of threads.
use crate::{
    chances::{any_model, over},
    features::{any_network, far_out},
    networks::Dice,
    shrink::{shrunk, written},
};
use lantu_risk::{Problem, *};
use lantu_schedule::*;
use std::ops::ControlFlow;

/// How many networks: what the environment says, else some.
pub fn how_many(usually: u64) -> u64 {
    std::env::var("LANTU_RISK_NETWORKS").ok().and_then(|text| text.parse().ok()).unwrap_or(usually)
}

pub fn odds(model: &RiskModel, sampling: &Sampling) -> Result<Odds, Vec<Problem>> {
    match simulate(model, sampling, &mut |_| ControlFlow::Continue(())) {
        Ok(odds) => Ok(odds),
        Err(Stopped::Refused(problems)) => Err(problems),
        Err(Stopped::Cancelled) => panic!("no one cancelled it"),
    }
}

pub fn every_row(model: &RiskModel) -> Vec<ActivityIx> {
    (0..model.network.activities.len() as u32).map(ActivityIx).collect()
}

/// Where two answers differ, the first place in words; `None` where they do not.
fn difference(one: &Odds, two: &Odds) -> Option<String> {
    if one == two {
        return None;
    }
    let dates = |name: String, one: &Distribution, two: &Distribution| {
        let at = one.dates().iter().zip(two.dates()).position(|(a, b)| a != b)?;
        Some(format!("{name}, iteration {at}: {} or {}", one.dates()[at], two.dates()[at]))
    };
    let rows = || one.milestones.iter().zip(&two.milestones).filter(|(a, b)| a != b);
    let row = rows().find_map(|(a, b)| dates(format!("row {}", a.activity.0), &a.finish, &b.finish));
    let all: Vec<u32> = rows().map(|(a, _)| a.activity.0).collect();
    let share = one.activities.iter().zip(&two.activities).enumerate().find(|(_, (a, b))| a != b);
    let risk = one.risks.iter().zip(&two.risks).enumerate().find(|(_, (a, b))| a != b);
    let found = [
        dates("the finish".into(), &one.finish, &two.finish),
        row.map(|row| format!("{row} (rows {all:?})")),
        share.map(|(at, (a, b))| format!("row {at}: {a:?} or {b:?}")),
        risk.map(|(at, (a, b))| format!("risk {at}: {a:?} or {b:?}")),
    ];
    let found: Vec<String> = found.into_iter().flatten().collect();
    Some(if found.is_empty() { "notes, plans or counts".to_owned() } else { found.join("; ") })
}

/// Where two kernels or numbers of threads answer differently.
fn disagreement(model: &RiskModel, sampling: &Sampling) -> Option<String> {
    let exact = odds(model, &Sampling { kernel: Kernel::Exact, threads: 1, ..sampling.clone() });
    for (kernel, threads) in [(Kernel::Portable, 1), (Kernel::Fastest, 2), (Kernel::Fastest, 1), (Kernel::Exact, 3)] {
        let other = odds(model, &Sampling { kernel, threads, ..sampling.clone() });
        let found = match (&exact, &other) {
            (Ok(one), Ok(two)) => difference(one, two),
            (one, two) => (one.is_ok() != two.is_ok()).then(|| "only one of them answers".to_owned()),
        };
        if let Some(found) = found {
            return Some(format!("Exact or {kernel:?} on {threads}: {found}"));
        }
    }
    None
}

/// The smallest model on which they differ, and how.
fn smallest(model: RiskModel, sampling: &Sampling) -> String {
    let found = |model: &RiskModel| disagreement(model, &Sampling { watch: every_row(model), ..sampling.clone() });
    let small = shrunk(model, |model| found(model).is_some());
    format!("{:?}\n{sampling:?}\n{}", found(&small), written(&small))
}

fn sampling(model: &RiskModel, dice: &mut Dice) -> Sampling {
    let until = dice.happens(10).then(|| Convergence { within: Span::hours(20), at_least: 64 });
    Sampling {
        seed: dice.below(1_000) as u64,
        // The last block whole, begun or a single iteration.
        iterations: dice.one_of(&[64, 65, 100, 128, 1]),
        until,
        watch: every_row(model),
        sensitivity: true,
        risk_costs: dice.happens(30),
        ..Sampling::default()
    }
}

#[test]
fn kernels_and_threads_agree_to_the_bit() {
    let mut varying = 0;
    let networks = how_many(1_200);
    // The last found weather over a resource's calendar to be forgotten.
    for seed in (0..networks).chain([2_108]) {
        let model = any_model(seed);
        let sampling = sampling(&model, &mut Dice::new(seed));
        if let Some(found) = disagreement(&model, &sampling) {
            panic!("seed {seed}: {found}\n{}", smallest(model, &sampling));
        }
        let odds = odds(&model, &sampling).unwrap_or_else(|problems| panic!("seed {seed}: {}", problems[0]));
        varying += u64::from(odds.finish.sorted().first() != odds.finish.sorted().last());
    }
    assert!(varying * 2 > networks, "the finish varies in {varying} of {networks} only: the chances are too tame to tell");
}

/// At the ends of time too, where there is no sense in any answer but that it is one.
#[test]
fn kernels_agree_on_nonsense() {
    let mut answered = 0;
    let networks = how_many(60);
    for seed in 0..networks {
        let mut dice = Dice::new(seed ^ 0xFA2);
        let mut network = any_network(seed ^ 0xFA2_0000);
        far_out(&mut network, &mut dice);
        let model = over(network, &mut dice);
        let sampling = Sampling { iterations: 66, seed, watch: every_row(&model), sensitivity: true, ..Sampling::default() };
        if let Some(found) = disagreement(&model, &sampling) {
            panic!("seed {seed}: {found}\n{}", smallest(model, &sampling));
        }
        answered += u64::from(odds(&model, &sampling).is_ok());
    }
    assert!(answered * 2 > networks, "{answered} of {networks}");
}

/// A subset of the watched, in another order, gives the same dates of those.
#[test]
fn what_is_watched_changes_no_date() {
    for seed in 0..how_many(60) {
        let model = any_model(seed);
        let mut watch = every_row(&model);
        let all = odds(&model, &Sampling { iterations: 100, watch: watch.clone(), ..Sampling::default() });
        let Ok(all) = all else { panic!("seed {seed} is refused") };
        let mut dice = Dice::new(seed);
        dice.shuffle(&mut watch);
        watch.truncate(3);
        for kernel in [Kernel::Fastest, Kernel::Exact] {
            let some = odds(&model, &Sampling { iterations: 100, watch: watch.clone(), kernel, ..Sampling::default() });
            let some = some.unwrap_or_else(|problems| panic!("seed {seed}: {}", problems[0]));
            assert_eq!(some.milestones.iter().map(|m| m.activity).collect::<Vec<_>>(), watch);
            assert!(some.milestones.iter().all(|m| *m == all.milestones[m.activity.at()]), "seed {seed}");
            assert!(some.finish == all.finish, "seed {seed}");
        }
    }
}
