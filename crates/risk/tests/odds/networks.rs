//! Small networks in which predecessors are shared: every combination of lengths, each as likely as the others, walked
//! forward and back by a reference of its own.
use crate::{agree::*, days::Days, exact::minutes, plans::*};
use lantu_risk::*;
use lantu_schedule::{ActivityIx, Dialect, LinkKind, LinkKind::*};

type Tie = (u32, u32, LinkKind, i64);

struct Case {
    values: &'static [&'static [i64]],
    /// In an order in which predecessors come before successors.
    ties: &'static [Tie],
}

const CASES: [Case; 3] = [
    // Two paths that share their first and their last work.
    Case {
        values: &[&[60, 120, 300], &[200, 240, 500], &[100, 300, 420], &[30, 90], &[10, 50, 400]],
        ties: &[(0, 1, FinishStart, 0), (0, 2, FinishStart, 0), (1, 3, FinishStart, 0), (2, 3, FinishStart, 30), (2, 4, FinishStart, 0)],
    },
    // All four sorts of links, leads and lags.
    Case {
        values: &[&[100, 400, 410], &[60, 300], &[200, 240, 500], &[100, 700], &[30, 90, 600], &[50, 800]],
        ties: &[
            (0, 2, FinishStart, 0),
            (1, 2, FinishStart, -40),
            (1, 3, StartStart, 120),
            (2, 4, FinishStart, 0),
            (3, 4, FinishFinish, 60),
            (0, 5, StartFinish, 900),
            (3, 5, FinishStart, 15),
        ],
    },
    // A bridge: the middle work is on one of three paths.
    Case {
        values: &[&[90, 200], &[120, 180, 240], &[30, 60, 200], &[100, 150, 300], &[80, 90, 260]],
        ties: &[(0, 2, FinishStart, 0), (0, 3, FinishStart, 0), (1, 4, FinishStart, 0), (2, 4, FinishStart, 0), (2, 3, StartStart, 10)],
    },
];

/// What one combination of lengths gives.
struct Walked {
    finishes: Vec<i64>,
    finish: i64,
    critical: Vec<bool>,
}

fn walk(ties: &[Tie], lengths: &[i64]) -> Walked {
    let mut starts = vec![0; lengths.len()];
    for at in 0..lengths.len() {
        for &(from, to, kind, lag) in ties.iter().filter(|tie| tie.1 as usize == at) {
            let (begun, done) = (starts[from as usize], starts[from as usize] + lengths[from as usize]);
            let start = match kind {
                FinishStart => done + lag,
                StartStart => begun + lag,
                FinishFinish => done + lag - lengths[to as usize],
                StartFinish => begun + lag - lengths[to as usize],
            };
            starts[at] = starts[at].max(start);
        }
    }
    let finishes: Vec<i64> = starts.iter().zip(lengths).map(|(start, length)| start + length).collect();
    let finish = finishes.iter().copied().max().unwrap();
    let mut late = vec![finish; lengths.len()];
    for at in (0..lengths.len()).rev() {
        for &(_, to, kind, lag) in ties.iter().filter(|tie| tie.0 as usize == at) {
            let (done, begun) = (late[to as usize], late[to as usize] - lengths[to as usize]);
            let latest = match kind {
                FinishStart => begun - lag,
                FinishFinish => done - lag,
                StartStart => begun - lag + lengths[at],
                StartFinish => done - lag + lengths[at],
            };
            late[at] = late[at].min(latest);
        }
    }
    let critical = late.iter().zip(&finishes).map(|(late, early)| late <= early).collect();
    Walked { finishes, finish, critical }
}

/// All combinations, each with its lengths.
fn combinations(values: &[&[i64]]) -> Vec<Vec<i64>> {
    values.iter().fold(vec![vec![]], |all, of_one| {
        all.iter().flat_map(|lengths| of_one.iter().map(|value| [lengths.as_slice(), &[*value]].concat())).collect()
    })
}

fn model_of(case: &Case, dialect: Dialect) -> RiskModel {
    let rows: Vec<(u32, Range)> = case.values.iter().map(|values| (0, one_of(values))).collect();
    case.ties.iter().fold(model(dialect, &[&Days::clock()], &rows), |model, &(from, to, kind, lag)| model.link_of(from, to, kind, lag))
}

#[test]
fn every_date_and_criticality() {
    for (seed, case) in (41..).zip(&CASES) {
        let all: Vec<(Vec<i64>, Walked)> =
            combinations(case.values).into_iter().map(|lengths| (lengths.clone(), walk(case.ties, &lengths))).collect();
        let share = 1.0 / all.len() as f64;
        let dates = |of: &dyn Fn(&Walked) -> i64| {
            let mut dates = Dates::default();
            all.iter().for_each(|(_, walked)| dates.add(of(walked), share));
            dates
        };
        for dialect in [Dialect::MsProject, Dialect::P6] {
            let model = model_of(case, dialect);
            let odds = odds_of(&model, Sampling { seed, iterations: MANY, sensitivity: true, ..Sampling::default() });
            agree(&dates(&|walked| walked.finish), &odds.finish);
            for (at, milestone) in odds.milestones.iter().enumerate() {
                agree(&dates(&|walked| walked.finishes[at]), &milestone.finish);
                let critical = all.iter().filter(|(_, walked)| walked.critical[at]).count() as f64 * share;
                let found = odds.activities[at].criticality;
                assert!((found - critical).abs() <= hoeffding(MANY as usize), "{at}: critical in {found}, exactly in {critical}");
                sensitivity(&odds.activities[at], &all, at);
            }
            joint(&odds, &all);
        }
    }
}

fn mean(of: impl Iterator<Item = f64>) -> f64 {
    let (sum, n) = of.fold((0.0, 0.0), |(sum, n), x| (sum + x, n + 1.0));
    sum / n
}

/// Mean, deviation, correlation and swing from all combinations.
fn sensitivity(found: &Sensitivity, all: &[(Vec<i64>, Walked)], at: usize) {
    let (length, finish) = (|i: usize| all[i].0[at] as f64, |i: usize| all[i].1.finish as f64);
    let over = |of: &dyn Fn(usize) -> f64| mean((0..all.len()).map(of));
    let (mean_length, mean_finish) = (over(&length), over(&finish));
    let deviation = over(&|i| (length(i) - mean_length).powi(2)).sqrt();
    let of_finish = over(&|i| (finish(i) - mean_finish).powi(2)).sqrt();
    let covariance = over(&|i| (length(i) - mean_length) * (finish(i) - mean_finish));
    let root = f64::from(MANY).sqrt();
    // Of these bounded numbers a correlation has a deviation of less than two roots of the count, a deviation one of less
    // than itself by the root: five of those, and half a second for the rounding.
    let near = |found: f64, exact: f64, error: f64, what| assert!((found - exact).abs() <= error, "{at}: {what} {found}, exactly {exact}");
    near(found.sensitivity, covariance / (deviation * of_finish), 10.0 / root, "sensitivity");
    near(found.mean.as_minutes(), mean_length, 5.0 * deviation / root + 0.01, "mean");
    near(found.deviation.as_minutes(), deviation, 5.0 * deviation / root + 0.01, "deviation");
    // From the tenth to the ninetieth hundredth of a normal distribution.
    let width = 2.0 * 1.281_551_565_544_600_4;
    near(found.swing.as_minutes(), width * covariance / deviation, width * of_finish * 10.0 / root + 0.01, "swing");
}

/// The chance that the first and the last work are done by a date each, and the project too.
fn joint(odds: &Odds, all: &[(Vec<i64>, Walked)]) {
    let last = odds.milestones.len() - 1;
    let of = |pick: &dyn Fn(&Walked) -> i64| {
        let mut all: Vec<i64> = all.iter().map(|(_, walked)| pick(walked)).collect();
        all.sort_unstable();
        all[all.len() * 3 / 5]
    };
    let by = [of(&|w| w.finishes[0]), of(&|w| w.finishes[last]), of(&|w| w.finish)];
    let on_time = |w: &Walked| w.finishes[0] <= by[0] && w.finishes[last] <= by[1] && w.finish <= by[2];
    let exact = all.iter().filter(|(_, walked)| on_time(walked)).count() as f64 / all.len() as f64;
    let nodes = [Node::Activity(ActivityIx(0)), Node::Activity(ActivityIx(last as u32)), Node::Finish];
    let nodes: Vec<_> = nodes.into_iter().zip(by.map(crate::days::date)).collect();
    let found = odds.joint(&nodes).unwrap();
    assert!((found - exact).abs() <= hoeffding(MANY as usize), "{found}, exactly {exact}");
}

/// The lanes and the scheduler itself give the same; the reference is held against the latter too, on fewer iterations.
#[test]
fn by_the_scheduler_itself() {
    for case in &CASES {
        let model = model_of(case, Dialect::P6);
        let run = |kernel| odds_of(&model, Sampling { seed: 7, iterations: 5_000, kernel, sensitivity: true, ..Sampling::default() });
        let exact = run(Kernel::Exact);
        assert!(exact == run(Kernel::Fastest) && exact == run(Kernel::Portable));
        // Every iteration is one of the combinations, in all dates at once.
        let known: std::collections::BTreeSet<Vec<i64>> =
            combinations(case.values).iter().map(|lengths| walk(case.ties, lengths).finishes).collect();
        for at in 0..5_000 {
            let finish = |m: &Milestone| minutes(m.finish.dates()[at] - crate::days::origin());
            assert!(known.contains(&exact.milestones.iter().map(finish).collect::<Vec<_>>()));
        }
    }
}

/// The walk itself against the scheduler, combination by combination.
#[test]
fn the_walk_is_right() {
    for case in &CASES {
        for dialect in [Dialect::MsProject, Dialect::P6] {
            let mut network = model_of(case, dialect).network;
            for lengths in combinations(case.values) {
                network.activities.iter_mut().zip(&lengths).for_each(|(a, length)| a.duration = mins(*length));
                let (dates, walked) = (lantu_schedule::schedule(&network).unwrap(), walk(case.ties, &lengths));
                let finishes: Vec<i64> = dates.rows.iter().map(|row| minutes(row.finish - crate::days::origin())).collect();
                assert_eq!(finishes, walked.finishes);
                assert_eq!(dates.rows.iter().map(|row| row.critical).collect::<Vec<_>>(), walked.critical);
            }
        }
    }
}
