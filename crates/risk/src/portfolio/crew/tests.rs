//! The machinery, on members whose dates come from a hash.
use super::*;
use crate::Progress;
use crate::lanes::{LANES, Lanes};
use lantu_calendar::{Instant, Span};
use std::ops::ControlFlow;

/// Member m is done on a minute from 0 to 999 that the iteration decides, each on its own; `wrong` ones are impossible.
struct Hashed {
    members: usize,
    wrong: Vec<usize>,
}

struct Dice(u64);

fn minute(member: u64, iteration: u64) -> i32 {
    let mut hash = (iteration + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ (member + 1).wrapping_mul(0xD1B5_4A32_D192_ED03);
    hash = (hash ^ (hash >> 31)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    ((hash >> 33) % 1_000) as i32
}

impl Engine for Dice {
    type Scratch = ();

    fn scratch(&self) {}

    fn block(&self, _: &mut (), block: u32, _: usize, _: &mut Tally, out: &mut BlockDates) {
        let lanes = std::array::from_fn(|lane| minute(self.0, u64::from(block) * LANES as u64 + lane as u64));
        // Of even members the watched activity counts, and the finish is far away.
        if let Some(watched) = out.watched.first_mut() {
            *watched = Lanes(lanes);
            out.finish = Lanes::all(9_999);
        } else {
            out.finish = Lanes(lanes);
        }
    }
}

/// Member m has to be done by minute 100 + 37 m.
fn by(member: usize) -> i32 {
    (100 + 37 * member as i32) % 1_000
}

impl Opener for Hashed {
    type Engine = Dice;

    fn members(&self) -> usize {
        self.members
    }

    fn open(&self, member: usize) -> Result<Opened<Dice>, Vec<Problem>> {
        if self.wrong.contains(&member) {
            let problem = |code| Problem { code, activities: vec![], place: "project".into(), found: String::new() };
            return Err(vec![problem("cycle"), problem("finish_missing")]);
        }
        let base: Instant = "2026-03-02".parse().unwrap();
        // Half a minute more: the dates are whole minutes, the limit need not be.
        let by = base + Span::minutes(by(member).into()) + Span::seconds(30);
        let reading = Reading { member, planned: base, by, base, tick: 60 };
        Ok(Opened { engine: Dice(member as u64), is_watched: member.is_multiple_of(2), reading, notes: vec![] })
    }
}

fn sample(members: usize, iterations: u32, threads: usize) -> PortfolioOdds {
    let sampling = PortfolioSampling { iterations, threads, ..PortfolioSampling::default() };
    let mut go_on = |_: Progress| ControlFlow::Continue(());
    run(&Hashed { members, wrong: vec![] }, &sampling, &mut News::of(&mut go_on, 1, 1)).unwrap()
}

#[test]
fn counts_are_those_of_the_dates() {
    let (members, iterations) = (9, 1_000);
    let odds = sample(members, iterations, 1);
    let mut counts = vec![0; members + 1];
    let mut alone = vec![0.0; members];
    for i in 0..u64::from(iterations) {
        let late: Vec<usize> = (0..members).filter(|&m| minute(m as u64, i) > by(m)).collect();
        counts[members - late.len()] += 1;
        if let [one] = late[..] {
            alone[one] += 0.001;
        }
    }
    assert_eq!(odds.counts, counts);
    for (at, member) in odds.members.iter().enumerate() {
        let mut dates: Vec<i32> = (0..u64::from(iterations)).map(|i| minute(at as u64, i)).collect();
        dates.sort_unstable();
        assert_eq!(member.chance, dates.partition_point(|&d| d <= by(at)) as f64 / 1_000.0);
        let minutes = |at: Instant| (at - member.planned).as_seconds() as i32 / 60;
        assert_eq!([member.p10, member.p50, member.p80, member.p90].map(minutes), [99, 499, 799, 899].map(|rank| dates[rank]));
        assert!((member.alone_late - alone[at]).abs() < 1e-9);
    }
    let chances: f64 = odds.members.iter().map(|member| member.chance).sum();
    assert!((odds.expected() - chances).abs() < 1e-9);
    assert_eq!(odds.most_often_late(), Some(0));
    assert_eq!((odds.at_least(0), odds.all()), (1.0, f64::from(counts[members]) / 1_000.0));
    assert!(odds.at_least(odds.quantile(0.1)) >= 0.9 && odds.quantile(0.1) <= odds.quantile(0.5));
}

/// Members that are done independently of each other: their count is Poisson-binomial.
#[test]
fn independent_members_add_up_to_the_poisson_binomial() {
    let (members, iterations) = (40, 20_000);
    let odds = sample(members, iterations, 2);
    let mut exact = vec![1.0];
    for m in 0..members {
        let p = f64::from(by(m) + 1) / 1_000.0;
        let before = |k: usize| if k == 0 { 0.0 } else { exact[k - 1] * p };
        exact = (0..=exact.len()).map(|k| exact.get(k).unwrap_or(&0.0) * (1.0 - p) + before(k)).collect();
    }
    let (mut found, mut wanted) = (0.0, 0.0);
    for (count, exact) in odds.counts.iter().zip(exact) {
        found += f64::from(*count) / f64::from(iterations);
        wanted += exact;
        // Four standard errors of each share.
        let reach = 4.0 * (wanted * (1.0 - wanted) / f64::from(iterations)).max(0.0).sqrt() + 1e-9;
        assert!((found - wanted).abs() <= reach, "{found} {wanted}");
    }
}

#[test]
fn threads_do_not_decide_the_answer() {
    let alone = sample(23, 333, 1);
    for threads in [0, 2, 3, 7, 1_000] {
        assert_eq!(sample(23, 333, threads), alone);
    }
    assert_eq!(sample(0, 333, 2).counts, [333], "of no members none are done, always");
    assert_eq!(sample(0, 333, 2).most_often_late(), None);
}

#[test]
fn all_members_problems_are_listed() {
    let sampling = PortfolioSampling { threads: 3, ..PortfolioSampling::default() };
    let mut go_on = |_: Progress| ControlFlow::Continue(());
    let stopped = run(&Hashed { members: 30, wrong: vec![4, 29] }, &sampling, &mut News::of(&mut go_on, 1, 1));
    let Err(PortfolioStopped::Refused(problems)) = stopped else { panic!("not refused") };
    let listed: Vec<_> = problems.iter().map(|p| (p.member, p.problem.code)).collect();
    assert_eq!(listed, [(Some(4), "cycle"), (Some(4), "finish_missing"), (Some(29), "cycle"), (Some(29), "finish_missing")]);
}

#[test]
fn the_caller_hears_and_may_break_off() {
    let sampling = PortfolioSampling { iterations: 640, ..PortfolioSampling::default() };
    let mut heard = vec![];
    let mut stop = |progress: Progress| {
        heard.push(progress.done);
        if heard.len() == 3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let stopped = run(&Hashed { members: 10_000, wrong: vec![] }, &sampling, &mut News::of(&mut stop, 6_400_000, 1_000_000));
    assert_eq!(stopped, Err(PortfolioStopped::Cancelled));
    assert!(heard.len() == 3 && heard.is_sorted());
}
