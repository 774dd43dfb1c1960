//! Networks on several threads: each thread opens one network after another and runs all its iterations.
use super::odds::MemberOdds;
use super::sums::{Dates, Lateness, Reading};
use super::{MemberNote, MemberProblem, PortfolioOdds, PortfolioSampling, PortfolioStopped};
use crate::run::{BlockDates, Engine, News, Tally, blocks_of, lanes_of};
use crate::{Note, Problem};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering::Relaxed};
use std::thread;

/// Opens the members of a portfolio.
pub(super) trait Opener: Sync {
    /// What computes a member's blocks.
    type Engine: Engine;

    /// How many there are.
    fn members(&self) -> usize;

    /// One of them, or all that is impossible about it.
    fn open(&self, member: usize) -> Result<Opened<Self::Engine>, Vec<Problem>>;
}

/// A member that is ready to be sampled.
pub(super) struct Opened<E> {
    pub engine: E,
    /// Whether the date that counts is that of the one watched activity, not the project's finish.
    pub is_watched: bool,
    pub reading: Reading,
    pub notes: Vec<Note>,
}

/// What the threads share.
struct Shared<'a, O> {
    opener: &'a O,
    iterations: u32,
    next: AtomicUsize,
    /// Iterations of all members that are done.
    done: AtomicU64,
    refused: AtomicBool,
    stop: AtomicBool,
}

/// What one thread has found.
struct Hand {
    lateness: Lateness,
    dates: Dates,
    members: Vec<(usize, MemberOdds)>,
    notes: Vec<MemberNote>,
    problems: Vec<MemberProblem>,
}

/// More threads than this bring nothing and may be refused.
const MOST_THREADS: usize = 256;

/// Opens and runs all members.
pub(super) fn run<O: Opener>(opener: &O, sampling: &PortfolioSampling, news: &mut News<'_>) -> Result<PortfolioOdds, PortfolioStopped> {
    let shared = Shared {
        opener,
        iterations: sampling.iterations,
        next: AtomicUsize::new(0),
        done: AtomicU64::new(0),
        refused: AtomicBool::new(false),
        stop: AtomicBool::new(false),
    };
    let threads = sampling.threads.clamp(1, MOST_THREADS).min(opener.members().max(1));
    let mut hands: Vec<Hand> = (0..threads).map(|_| Hand::of(sampling.iterations as usize)).collect();
    if let Some((own, others)) = hands.split_first_mut() {
        thread::scope(|scope| {
            for hand in others {
                // Without a thread more the others do its members.
                if thread::Builder::new().spawn_scoped(scope, || hand.work(&shared, &mut |_| {})).is_err() {
                    break;
                }
            }
            own.work(&shared, &mut |done| {
                if news.tell_after_block(done).is_break() {
                    shared.stop.store(true, Relaxed);
                }
            });
        });
    }
    if shared.stop.load(Relaxed) || news.finish_round(shared.done.into_inner()).is_err() {
        return Err(PortfolioStopped::Cancelled);
    }
    gather(hands, opener.members(), sampling.iterations)
}

/// Puts what the threads found in the order of the members.
fn gather(hands: Vec<Hand>, members: usize, iterations: u32) -> Result<PortfolioOdds, PortfolioStopped> {
    let mut whole = Hand::of(iterations as usize);
    for hand in hands {
        whole.lateness.merge(&hand.lateness);
        whole.members.extend(hand.members);
        whole.notes.extend(hand.notes);
        whole.problems.extend(hand.problems);
    }
    if !whole.problems.is_empty() {
        whole.problems.sort_by_key(|problem| problem.member);
        return Err(PortfolioStopped::Refused(whole.problems));
    }
    whole.members.sort_by_key(|(at, _)| *at);
    whole.notes.sort_by_key(|note| note.member);
    let alone = whole.lateness.alone(members);
    let share = |alone| f64::from(alone) / f64::from(iterations);
    let odds = whole.members.into_iter().zip(alone).map(|((_, odds), alone)| MemberOdds { alone_late: share(alone), ..odds });
    Ok(PortfolioOdds { iterations, counts: whole.lateness.counts(members), members: odds.collect(), notes: whole.notes })
}

impl Hand {
    fn of(iterations: usize) -> Self {
        Self { lateness: Lateness::of(iterations), dates: Dates::of(iterations), members: vec![], notes: vec![], problems: vec![] }
    }

    /// Takes members until there are none. `tell` hears after each block how many iterations of all members are done.
    fn work<O: Opener>(&mut self, shared: &Shared<'_, O>, tell: &mut dyn FnMut(u64)) {
        loop {
            let member = shared.next.fetch_add(1, Relaxed);
            if member >= shared.opener.members() || shared.stop.load(Relaxed) {
                return;
            }
            match shared.opener.open(member) {
                Ok(opened) => self.run(member, opened, shared, tell),
                Err(problems) => {
                    shared.refused.store(true, Relaxed);
                    self.problems.extend(problems.into_iter().map(|problem| MemberProblem { member: Some(member), problem }));
                }
            }
        }
    }

    /// All iterations of a member; none of them when another is impossible, since then there will be no answer.
    fn run<O: Opener>(&mut self, member: usize, opened: Opened<O::Engine>, shared: &Shared<'_, O>, tell: &mut dyn FnMut(u64)) {
        let (mut scratch, mut tally) = (opened.engine.scratch(), Tally::none());
        let mut out = BlockDates::of(usize::from(opened.is_watched));
        for block in 0..blocks_of(shared.iterations) {
            if shared.stop.load(Relaxed) || shared.refused.load(Relaxed) {
                return;
            }
            let lanes = lanes_of(block, shared.iterations);
            opened.engine.block(&mut scratch, block, lanes, &mut tally, &mut out);
            self.dates.keep(block, out.watched.first().unwrap_or(&out.finish));
            tell(shared.done.fetch_add(lanes as u64, Relaxed) + lanes as u64);
        }
        self.members.push((member, self.dates.tell(&opened.reading, &mut self.lateness)));
        self.notes.extend(opened.notes.into_iter().map(|note| MemberNote { member, note }));
    }
}

#[cfg(test)]
mod tests;
