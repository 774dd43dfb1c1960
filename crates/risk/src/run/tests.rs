//! The machinery of blocks, rounds and threads, on a kernel that takes its dates from a hash.
mod answers;

use super::blocks::{BlockDates, Engine};
use super::news::News;
use super::rounds::{Found, Order, run};
use super::tally::Tally;
use super::*;
use crate::lanes::{LANES, Lanes};

/// Iteration i is done at a tick below `most` that i decides.
struct Hashed {
    most: u64,
}

impl Hashed {
    fn tick(&self, iteration: usize, salt: u64) -> i32 {
        let mut hash = (iteration as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ salt.wrapping_mul(0xD1B5_4A32_D192_ED03);
        hash = (hash ^ (hash >> 31)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        ((hash >> 33) % self.most) as i32
    }

    fn lanes(&self, block: u32, salt: u64) -> Lanes {
        let mut lanes = Lanes::ZERO;
        (0..LANES).for_each(|lane| lanes.0[lane] = self.tick(block as usize * LANES + lane, salt));
        lanes
    }
}

impl Engine for Hashed {
    type Scratch = u32;

    fn scratch(&self) -> u32 {
        0
    }

    fn block(&self, blocks: &mut u32, block: u32, lanes: usize, tally: &mut Tally, out: &mut BlockDates) {
        *blocks += 1;
        out.finish = self.lanes(block, 0);
        for (salt, watched) in (1..).zip(&mut out.watched) {
            *watched = self.lanes(block, salt);
        }
        tally.begin(&out.finish, lanes);
        let duration = self.lanes(block, 9);
        let critical = (0..lanes).fold(0, |mask, lane| mask | u64::from(duration.0[lane] % 3 == 0) << lane);
        tally.add(0, &duration, critical);
    }
}

fn order(tally: &Tally, iterations: u32, threads: usize) -> Order<'_> {
    Order { iterations, until: None, threads, watched: 2, tick: 60, tally }
}

fn go(order: &Order<'_>) -> Found {
    let mut go_on = |_: Progress| ControlFlow::Continue(());
    run(&Hashed { most: 10_000 }, order, &mut News::of(&mut go_on, u64::from(order.iterations), 1)).ok().unwrap()
}

#[test]
fn threads_do_not_decide_the_answer() {
    let tally = Tally::of(vec![5_000], 5_000);
    for iterations in [1, 63, 64, 65, 1_000, 6_401] {
        let alone = go(&order(&tally, iterations, 1));
        assert_eq!(alone.columns.len(), 3);
        let dates: Vec<i32> = (0..iterations as usize).map(|i| Hashed { most: 10_000 }.tick(i, 0)).collect();
        assert_eq!(alone.columns[0], dates, "the dates in the order of the iterations, and no more");
        for threads in [0, 2, 3, 7, usize::MAX] {
            let found = go(&order(&tally, iterations, threads));
            assert_eq!((found.iterations, &found.columns), (iterations, &alone.columns), "{threads} threads");
            assert_eq!(found.tally.sensitivities(60), alone.tally.sensitivities(60), "{threads} threads");
        }
    }
}

#[test]
fn unused_lanes_are_in_no_sum() {
    let tally = Tally::of(vec![5_000], 5_000);
    let found = go(&order(&tally, 100, 2)).tally.sensitivities(60)[0];
    let of_100 = |salt| (0..100).map(move |i| Hashed { most: 10_000 }.tick(i, salt));
    assert_eq!(found.criticality, of_100(9).filter(|d| d % 3 == 0).count() as f64 / 100.0);
    let mean = f64::from(of_100(9).sum::<i32>()) / 100.0 * 60.0;
    assert!((found.mean.as_seconds() as f64 - mean).abs() <= 0.5);
}

fn converging(within: Span, at_least: u32, iterations: u32, threads: usize) -> Found {
    let tally = Tally::none();
    go(&Order { until: Some(Convergence { within, at_least }), ..order(&tally, iterations, threads) })
}

#[test]
fn it_stops_when_the_answer_stands_still() {
    // Uniform on 10,000 minutes: the interval is about 2 × 1.96 × 0.4 × 10,000 ÷ √n minutes wide, 250 at n = 3,934.
    let found = converging(Span::minutes(250), 500, 1_000_000, 1);
    assert!(found.converged && (2_000..8_000).contains(&found.iterations), "{}", found.iterations);
    let again = converging(Span::minutes(250), 500, 1_000_000, 5);
    assert_eq!((again.iterations, again.columns), (found.iterations, found.columns));
}

#[test]
fn it_stops_at_the_limit_and_not_before_the_least() {
    let limited = converging(Span::ZERO, 100, 1_001, 2);
    assert_eq!((limited.iterations, limited.converged), (1_001, false));
    let least = converging(Span::hours(100_000), 1_000, 1_000_000, 2);
    assert_eq!((least.iterations, least.converged), (1_024, true));
    let none_at_all = converging(Span::hours(100_000), 0, 10, 2);
    assert_eq!((none_at_all.iterations, none_at_all.converged), (10, false), "ten iterations have no interval");
}

#[test]
fn the_caller_hears_and_may_break_off() {
    let tally = Tally::none();
    for threads in [1, 3] {
        let mut heard = vec![];
        let mut watch = |progress: Progress| {
            heard.push(progress);
            if progress.done >= 64 * 200 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let stopped = run(&Hashed { most: 10_000 }, &order(&tally, 6_400_000, threads), &mut News::of(&mut watch, 6_400_000, 1_000_000));
        assert!(matches!(stopped, Err(Stopped::Cancelled)));
        assert!(!heard.is_empty() && heard.windows(2).all(|pair| pair[0].done <= pair[1].done));
        let last = heard.last().unwrap();
        // Other threads may have come far before the calling one had its turn.
        assert!(last.of == 6_400_000 && (threads > 1 || last.done == 64 * 200), "{last:?}");
    }
    let mut last = None;
    let mut watch = |progress: Progress| {
        last = Some(progress);
        ControlFlow::Continue(())
    };
    run(&Hashed { most: 10 }, &order(&tally, 777, 3), &mut News::of(&mut watch, 777, 1)).ok().unwrap();
    assert_eq!(last, Some(Progress { done: 777, of: 777 }));
}
