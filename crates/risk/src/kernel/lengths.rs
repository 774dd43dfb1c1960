//! How long work may take, as the steps count it.
use crate::sample::Draws;
use lantu_calendar::Span;
use lantu_schedule::{Activity, ActivityIx, Network, Progress, Stepwise};

/// Lengths of what there is to do, in ticks: all of the work when it has not begun, what remains when it has.
#[derive(Clone, Debug)]
pub(crate) struct Lengths {
    /// Seconds of a tick.
    pub tick: i64,
    varies: Vec<bool>,
    bounds: Vec<(i32, i32)>,
    seldom_passed: Vec<i32>,
    planned: Vec<Span>,
    /// All of them are whole ticks.
    pub exact: bool,
}

impl Lengths {
    /// Of what is drawn, in ticks of so many seconds.
    pub fn of(network: &Network, tick: i64, draws: &Draws) -> Self {
        let planned: Vec<Span> = network.activities.iter().map(remaining).collect();
        let mut exact = true;
        let mut in_ticks = |at: usize| match draws.varies()[at] {
            true => draws.bounds(at),
            false => {
                let n = ticks(planned[at], tick);
                exact &= n.is_some();
                (n.unwrap_or(0), n.unwrap_or(0))
            }
        };
        let bounds = (0..planned.len()).map(&mut in_ticks).collect();
        let seldom_passed = (0..planned.len()).map(|at| draws.seldom_passed(at)).collect();
        Self { tick, varies: draws.varies().to_vec(), bounds, seldom_passed, planned, exact }
    }

    pub fn varies(&self, at: usize) -> bool {
        self.varies[at]
    }

    /// The least and the most.
    pub fn bounds(&self, at: usize) -> (i32, i32) {
        self.bounds[at]
    }

    pub fn longest(&self) -> i32 {
        self.bounds.iter().map(|b| b.1).max().unwrap_or(0)
    }

    /// What the plan says of each activity, in ticks.
    pub fn planned(&self) -> impl Iterator<Item = i32> + '_ {
        self.planned.iter().map(|span| self.ticks(*span).unwrap_or(0))
    }

    /// The activities that vary.
    pub fn varying(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.varies.len()).filter(|&at| self.varies[at])
    }

    pub fn ticks(&self, span: Span) -> Option<i32> {
        ticks(span, self.tick)
    }

    /// All of the work, less what remains.
    pub fn done_before(&self, activity: &Activity) -> Option<i32> {
        self.ticks(activity.duration - remaining(activity))
    }

    pub fn set_planned(&self, steps: &mut Stepwise) {
        self.set(steps, |at| self.planned[at]);
    }

    /// As long as work seldom is.
    pub fn set_long(&self, steps: &mut Stepwise) {
        self.set(steps, |at| Span::seconds(i64::from(self.seldom_passed[at]) * self.tick));
    }

    fn set(&self, steps: &mut Stepwise, work: impl Fn(usize) -> Span) {
        for at in self.varying() {
            steps.set_work(ActivityIx(at as u32), work(at));
        }
    }
}

fn remaining(activity: &Activity) -> Span {
    match activity.progress() {
        Progress::NotStarted => activity.duration,
        Progress::Started { remaining, .. } => remaining,
        Progress::Finished { .. } => Span::ZERO,
    }
}

fn ticks(span: Span, tick: i64) -> Option<i32> {
    if span.as_seconds() % tick == 0 { i32::try_from(span.as_seconds() / tick).ok() } else { None }
}
