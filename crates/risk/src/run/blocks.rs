//! Blocks of iterations on several threads.
//!
//! Threads take blocks off a counter and keep what they find; it is put in the order of the iterations when all are
//! done, so the answer does not know how many threads there were. The calling thread works too, and between its blocks
//! tells its caller how far all are: no clock is needed, and no thread waits.
use super::news::News;
use super::tally::Tally;
use crate::Stopped;
use crate::lanes::{LANES, Lanes};
use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering::Relaxed};
use std::thread;

/// What computes a block of iterations.
pub(crate) trait Engine: Sync {
    /// What one thread writes on while it computes.
    type Scratch: Send;

    /// For one thread.
    fn scratch(&self) -> Self::Scratch;

    /// Block number `block`, whose first `lanes` iterations count: the finish of the project and of the watched
    /// activities, and what the tally wants.
    fn block(&self, scratch: &mut Self::Scratch, block: u32, lanes: usize, tally: &mut Tally, out: &mut BlockDates);
}

/// The dates that are kept of a block, in ticks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BlockDates {
    /// Of the project.
    pub finish: Lanes,
    /// Of each watched activity, in the order they were asked for.
    pub watched: Vec<Lanes>,
}

impl BlockDates {
    /// Of so many watched activities.
    pub fn of(watched: usize) -> Self {
        Self { finish: Lanes::ZERO, watched: vec![Lanes::ZERO; watched] }
    }
}

/// All threads with what they found, from one round to the next.
pub(crate) struct Crew<'a, E: Engine> {
    engine: &'a E,
    hands: Vec<Hand<E::Scratch>>,
    /// The finish first, then each watched activity; by iteration.
    columns: Vec<Vec<i32>>,
}

/// What one thread has.
struct Hand<S> {
    /// Made by the thread itself, with its first block.
    scratch: Option<S>,
    tally: Tally,
    out: BlockDates,
    found: Vec<(u32, BlockDates)>,
}

/// What a round shares: which block is next, and what has been done.
struct Round<'a> {
    next: AtomicU32,
    end: u32,
    iterations: u32,
    done: AtomicU64,
    stop: &'a AtomicBool,
}

/// More threads than this bring nothing and may be refused.
const MOST_THREADS: usize = 256;

impl<'a, E: Engine> Crew<'a, E> {
    /// Of at most so many threads for so many blocks. `watched` activities are kept, and `tally`, which is empty, is
    /// filled.
    pub fn of(engine: &'a E, threads: usize, blocks: u32, watched: usize, tally: &Tally) -> Self {
        let threads = threads.clamp(1, MOST_THREADS).min(blocks.max(1) as usize);
        let hand = || Hand { scratch: None, tally: tally.clone(), out: BlockDates::of(watched), found: vec![] };
        Self { engine, hands: (0..threads).map(|_| hand()).collect(), columns: vec![vec![]; watched + 1] }
    }

    /// Computes the iterations from those that are there up to `iterations`. All before are whole blocks.
    pub fn run_to(&mut self, iterations: u32, news: &mut News<'_>) -> Result<(), Stopped> {
        let blocks = blocks_of(self.iterations())..blocks_of(iterations);
        let stop = AtomicBool::new(false);
        let round = Round::of(blocks, iterations, &stop);
        let engine = self.engine;
        if let Some((own, others)) = self.hands.split_first_mut() {
            thread::scope(|scope| {
                for hand in others {
                    // Without a thread more the others do its blocks.
                    let work = || while hand.take_one(engine, &round) {};
                    if thread::Builder::new().spawn_scoped(scope, work).is_err() {
                        break;
                    }
                }
                while own.take_one(engine, &round) {
                    if news.tell_after_block(round.done.load(Relaxed)).is_break() {
                        stop.store(true, Relaxed);
                    }
                }
            });
        }
        if stop.load(Relaxed) {
            return Err(Stopped::Cancelled);
        }
        self.gather(iterations);
        news.finish_round(round.done.into_inner())
    }

    /// How many iterations are there.
    pub fn iterations(&self) -> u32 {
        self.finish().len() as u32
    }

    /// The project's finish of each iteration, in ticks.
    pub fn finish(&self) -> &[i32] {
        self.columns.first().map_or(&[], Vec::as_slice)
    }

    /// The finish and then each watched activity, and all sums.
    pub fn into_found(self) -> (Vec<Vec<i32>>, Tally) {
        let mut tallies = self.hands.into_iter().map(|hand| hand.tally);
        let mut whole = tallies.next().unwrap_or_else(Tally::none);
        tallies.for_each(|tally| whole.merge(&tally));
        (self.columns, whole)
    }

    /// Puts what the threads found in the order of the iterations.
    fn gather(&mut self, iterations: u32) {
        for column in &mut self.columns {
            column.resize(iterations as usize, 0);
        }
        for (block, dates) in self.hands.iter_mut().flat_map(|hand| hand.found.drain(..)) {
            for (column, lanes) in self.columns.iter_mut().zip(std::iter::once(&dates.finish).chain(&dates.watched)) {
                let place = column.iter_mut().skip(block as usize * LANES);
                place.zip(&lanes.0).for_each(|(place, &ticks)| *place = ticks);
            }
        }
    }
}

impl<S> Hand<S> {
    /// Computes the next block; `false` when there is none.
    fn take_one(&mut self, engine: &impl Engine<Scratch = S>, round: &Round<'_>) -> bool {
        let Some((block, lanes)) = round.take() else { return false };
        let scratch = self.scratch.get_or_insert_with(|| engine.scratch());
        engine.block(scratch, block, lanes, &mut self.tally, &mut self.out);
        self.found.push((block, self.out.clone()));
        round.done.fetch_add(lanes as u64, Relaxed);
        true
    }
}

impl<'a> Round<'a> {
    fn of(blocks: Range<u32>, iterations: u32, stop: &'a AtomicBool) -> Self {
        Self { next: AtomicU32::new(blocks.start), end: blocks.end, iterations, done: AtomicU64::new(0), stop }
    }

    /// The next block, and how many of its lanes count.
    fn take(&self) -> Option<(u32, usize)> {
        let block = self.next.fetch_add(1, Relaxed);
        let go_on = block < self.end && !self.stop.load(Relaxed);
        go_on.then(|| (block, lanes_of(block, self.iterations)))
    }
}

/// How many blocks hold so many iterations.
pub(crate) fn blocks_of(iterations: u32) -> u32 {
    iterations.div_ceil(LANES as u32)
}

/// How many lanes of a block count when there are so many iterations.
pub(crate) fn lanes_of(block: u32, iterations: u32) -> usize {
    (iterations as usize).saturating_sub(block as usize * LANES).min(LANES)
}
