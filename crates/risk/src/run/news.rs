//! Tells the caller how far a simulation has come.
use crate::{Progress, Stopped};
use std::ops::ControlFlow;

/// Whom to tell, and how often.
pub(crate) struct News<'a> {
    watch: &'a mut dyn FnMut(Progress) -> ControlFlow<()>,
    /// Iterations of all rounds that are done.
    done: u64,
    of: u64,
    /// Blocks of the calling thread from one telling to the next, and until the next.
    every: u32,
    left: u32,
}

impl<'a> News<'a> {
    /// Of `of` iterations in all, of a network of so many activities and links.
    pub fn of(watch: &'a mut dyn FnMut(Progress) -> ControlFlow<()>, of: u64, size: usize) -> Self {
        // A block of a large network is told of at once, of a small one after some of them: telling costs too. There is no
        // clock here, so the size stands for the time: this many rows take half a millisecond in lanes, and less than a
        // tenth of a second where every iteration is scheduled whole.
        const ROWS: usize = 2_000;
        let every = u32::try_from(ROWS / size.max(1)).unwrap_or(1).max(1);
        Self { watch, done: 0, of, every, left: every }
    }

    /// After a block of the calling thread, when all threads have done so many iterations of this round.
    pub fn tell_after_block(&mut self, of_round: u64) -> ControlFlow<()> {
        self.left -= 1;
        if self.left > 0 {
            return ControlFlow::Continue(());
        }
        self.left = self.every;
        (self.watch)(Progress { done: self.done + of_round, of: self.of })
    }

    /// After a round of so many iterations.
    pub fn finish_round(&mut self, of_round: u64) -> Result<(), Stopped> {
        self.done += of_round;
        self.tell()
    }

    /// There is less to do than was thought: so many iterations in all.
    pub fn shorten(&mut self, of: u64) {
        self.of = of.clamp(self.done, self.of);
    }

    /// As it stands.
    pub fn tell(&mut self) -> Result<(), Stopped> {
        match (self.watch)(Progress { done: self.done, of: self.of }) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(Stopped::Cancelled),
        }
    }
}
