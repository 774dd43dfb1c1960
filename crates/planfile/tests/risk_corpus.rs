//! Odds over the corpus of real schedules: without width every iteration is the schedule, in every date and in what is
//! critical; with it all kernels give the same to the bit.
mod shared;

use lantu_planfile::json;
use lantu_risk::{DurationRange, Kernel, Odds, Range, RiskModel, Sampling, simulate};
use lantu_schedule::{Activity, ActivityIx, Kind, Schedule, schedule};
use std::{
    ops::ControlFlow,
    path::{Path, PathBuf},
};

/// Every plan of a folder that has links, with what is unsure about it: a fifth more and less.
fn models(folder: &Path) -> Vec<(PathBuf, RiskModel)> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|f| f.unwrap().path()).collect();
    files.retain(|f| f.to_string_lossy().ends_with(".input.json"));
    files.sort();
    let read = |file: PathBuf| {
        let plan = json::read(&std::fs::read(&file).unwrap()).unwrap().plans.remove(0);
        let model = plan.risk_model(20.0).0;
        (!model.network.links.is_empty()).then_some((file, model))
    };
    files.into_iter().filter_map(read).collect()
}

fn all_models() -> Option<Vec<(PathBuf, RiskModel)>> {
    let [real, synthetic] = ["schedule/json", "schedule/synth_peer"].map(shared::folder);
    Some(models(&real?).into_iter().chain(models(&synthetic?)).collect())
}

fn odds(model: &RiskModel, kernel: Kernel, threads: usize, iterations: u32) -> Odds {
    let watch = (0..model.network.activities.len() as u32).map(ActivityIx).collect();
    let sampling = Sampling { kernel, threads, iterations, watch, sensitivity: true, ..Sampling::default() };
    simulate(model, &sampling, &mut |_| ControlFlow::Continue(())).unwrap()
}

/// What follows others decides nothing: sums of rows and work beside the network are never critical.
fn decides(a: &Activity) -> bool {
    let inactive = a.detail.as_ref().is_some_and(|d| d.inactive);
    !inactive && !matches!(a.kind, Kind::Summary | Kind::LevelOfEffort | Kind::WbsSummary)
}

/// Whether every iteration is the schedule; where not, the row.
fn other_row(model: &RiskModel, plan: &Schedule, odds: &Odds) -> Option<String> {
    if odds.finish.dates().iter().any(|date| *date != plan.finish) {
        return Some(format!("done {}, not {}", odds.finish.dates()[0], plan.finish));
    }
    let other = |(at, row): (usize, &lantu_schedule::Row)| {
        let (activity, found) = (&model.network.activities[at], &odds.milestones[at]);
        let dates = found.planned == row.finish && found.finish.dates().iter().all(|date| *date == row.finish);
        let critical = f64::from(u8::from(row.critical && decides(activity)));
        let same = dates && odds.activities[at].criticality == critical;
        (!same).then(|| format!("{activity:?}: {} and {:?}, not {row:?}", found.finish.dates()[0], odds.activities[at]))
    };
    plan.rows.iter().enumerate().find_map(other)
}

#[test]
fn without_width_every_iteration_is_the_schedule() {
    let Some(models) = all_models() else { return };
    let (mut rows, mut wrong) = (0, vec![]);
    for (file, mut model) in models {
        let whole = |a: &&Activity| a.duration.as_seconds() % 60 == 0;
        let one = |a: &Activity| Range::Triangular { min: a.duration, mode: a.duration, max: a.duration };
        let work = (0..).map(ActivityIx).zip(&model.network.activities).filter(|(_, a)| whole(a));
        model.ranges = work.map(|(activity, a)| DurationRange { activity, range: one(a) }).collect();
        let plan = schedule(&model.network).unwrap_or_else(|p| panic!("{}: {}", file.display(), p[0]));
        rows += plan.rows.len();
        for kernel in [Kernel::Exact, Kernel::Fastest] {
            let other = other_row(&model, &plan, &odds(&model, kernel, 1, 2));
            wrong.extend(other.map(|other| format!("{}, {kernel:?}: {other}", file.display())));
        }
    }
    eprintln!("{rows} rows");
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn kernels_agree_on_real_schedules() {
    let Some(models) = all_models() else { return };
    let (mut varying, mut wrong) = (0, vec![]);
    for (file, model) in models {
        let exact = odds(&model, Kernel::Exact, 2, 65);
        varying += usize::from(exact.finish.sorted().first() != exact.finish.sorted().last());
        for kernel in [Kernel::Fastest, Kernel::Portable] {
            wrong.extend((odds(&model, kernel, 1, 65) != exact).then(|| format!("{}, {kernel:?}", file.display())));
        }
    }
    eprintln!("the finish varies in {varying} plans");
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
    assert!(varying > 100, "{varying}");
}
