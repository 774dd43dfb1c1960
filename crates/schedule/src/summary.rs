//! Summary rows that take part in the passes: gates in front of what is under a row, and rows as a whole behind it.
use crate::{ConstraintKind, LinkKind};
use crate::{
    Instant, Progress, Span,
    cause::{Cause, Told},
    graph::Summary,
    pass::Pass,
};
use std::collections::HashMap;

/// Dates of summary rows that many wait for, by node: found once, however many ask.
#[derive(Default)]
pub(crate) struct Wholes(HashMap<usize, (Instant, Instant)>);

impl Pass<'_> {
    /// What a summary row asks of everything under it: not to start before the date that this gives.
    pub fn gate(&self, at: usize, told: &mut impl Told) -> (Instant, Instant) {
        let mut start = self.gate_above(at, told);
        for &arc in self.graph.incoming(at) {
            let from = &self.rows[arc.node()];
            let date = match arc.kind() {
                LinkKind::FinishStart | LinkKind::FinishFinish => from.early_finish,
                LinkKind::StartStart | LinkKind::StartFinish => from.early_start,
            };
            let date = self.lag_in(at, arc).after(date);
            told.offer(Cause::Link(self.graph.link_of(arc)), date);
            start = start.max(date);
        }
        if let Some(c) = self.activity(at).constraint()
            && c.kind == ConstraintKind::StartNoEarlierThan
        {
            told.offer(Cause::Constraint(c.kind), c.date);
            start = start.max(c.date);
        }
        (start, start)
    }

    /// The bound of the nearest row above; [`Instant::MIN`] when there is none.
    pub fn gate_above(&self, at: usize, told: &mut impl Told) -> Instant {
        let Some(above) = self.activity(at).parent else { return Instant::MIN };
        let Some(gate) = self.graph.gate(above.at()) else { return Instant::MIN };
        let bound = self.rows[gate].early_start;
        told.offer(Cause::Summary(above.0), bound);
        bound
    }

    /// The latest finish that the rows above are held to. A deadline of theirs is for the eye: it asks nothing of the rows
    /// below.
    pub fn finish_bound_above(&self, at: usize) -> Instant {
        let mut bound = Instant::MAX;
        let mut above = self.activity(at).parent;
        while let Some(p) = above.filter(|p| self.graph.gate(p.at()).is_some()) {
            let row = self.activity(p.at());
            let held = row.constraint().filter(|c| c.kind == ConstraintKind::FinishNoLaterThan);
            bound = held.map_or(bound, |c| bound.min(c.date));
            above = row.parent;
        }
        bound
    }

    /// The earliest late start under a gate: what waits in front of the gate must be done by then.
    pub fn late_gate(&self, at: usize) -> (Instant, Instant) {
        let mut start = Instant::MAX;
        for &child in self.graph.children(at) {
            let node = self.graph.arriving(child as usize);
            if node >= self.graph.activities() || self.works(node) {
                start = start.min(self.rows[node].late_start);
            }
        }
        (start, start)
    }

    /// First start and last finish of everything under a row.
    pub fn whole(&self, row: usize) -> (Instant, Instant) {
        let (mut start, mut finish) = (Instant::MAX, Instant::MIN);
        self.each_below(row, |r| {
            start = start.min(self.rows[r].early_start);
            finish = finish.max(self.rows[r].early_finish);
        });
        if start > finish { (self.ends.start, self.ends.start) } else { (start, finish) }
    }

    /// Early dates of a row; those of everything below a summary row.
    pub fn early_dates(&self, node: usize) -> (Instant, Instant) {
        let row = &self.rows[node];
        self.dates_of_whole(node).unwrap_or((row.early_start, row.early_finish))
    }

    /// What is under a summary row or behind its gate, for those who ask for its dates.
    fn dates_of_whole(&self, node: usize) -> Option<(Instant, Instant)> {
        match node.checked_sub(self.graph.activities()) {
            None => None,
            Some(_) => match self.graph.summary(node) {
                Summary::Whole(row) | Summary::Gate(row) => Some(self.whole(row)),
            },
        }
    }

    /// Start and finish of a row; early dates of everything below a summary row, which stand while floats are measured.
    pub fn dates(&self, node: usize, wholes: &mut Wholes) -> (Instant, Instant) {
        if node < self.graph.activities() {
            let row = &self.rows[node];
            return (row.start, row.finish);
        }
        *wholes.0.entry(node).or_insert_with(|| self.early_dates(node))
    }

    pub(crate) fn each_below(&self, row: usize, mut then: impl FnMut(usize)) {
        let mut stack: Vec<u32> = self.graph.children(row).to_vec();
        while let Some(at) = stack.pop() {
            let at = at as usize;
            if self.works(at) {
                then(at);
            } else {
                stack.extend(self.graph.children(at));
            }
        }
    }

    /// When the whole row must be done and, for links from its start, begun at the latest.
    pub fn late_whole(&self, node: usize, row: usize) -> (Instant, Instant) {
        let (mut start, mut finish) = (Instant::MAX, Instant::MAX);
        for &arc in self.graph.outgoing(row) {
            // What is done waits for no one.
            if matches!(self.worked(arc.node()), Progress::Finished { .. }) {
                continue;
            }
            let to = &self.rows[arc.node()];
            let distance = self.lag_out(row, arc);
            match arc.kind() {
                LinkKind::FinishStart => finish = finish.min(distance.before(to.late_start)),
                LinkKind::FinishFinish => finish = finish.min(distance.before(to.late_finish)),
                LinkKind::StartStart => start = start.min(distance.before(to.late_start)),
                LinkKind::StartFinish => start = start.min(distance.before(to.late_finish)),
            }
        }
        let (above_start, above_finish) = self.bounds_of_whole_above(row, self.rows[node].early_start);
        (start.min(above_start), finish.min(above_finish))
    }

    /// Late bounds that come down from the nearest row above that others wait for; the one on the start holds for who
    /// begins first.
    pub fn bounds_of_whole_above(&self, at: usize, early_start: Instant) -> (Instant, Instant) {
        match self.graph.whole_above(self.network, at) {
            None => (Instant::MAX, Instant::MAX),
            Some(node) => {
                let whole = &self.rows[node];
                let start = if whole.early_start == early_start { whole.late_start } else { Instant::MAX };
                (start, whole.late_finish)
            }
        }
    }

    /// Working time between two dates on an activity's calendar; by the clock for elapsed durations.
    pub fn span_between(&self, at: usize, a: Instant, b: Instant) -> Span {
        if self.activity(at).elapsed { b - a } else { self.calendar(at).work_between(a, b) }
    }
}
