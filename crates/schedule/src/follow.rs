//! One edit on its way through a network: forward, backward, floats, sums, each as far as it makes a difference.
use crate::{
    ActivityIx, Row,
    graph::Summary,
    live::Touched,
    pass::{Ends, Pass},
    summary::Wholes,
};
use std::{cmp::Reverse, collections::BinaryHeap};

/// The passes, limited to what an edit touches.
pub(crate) struct Following<'a> {
    pass: Pass<'a>,
    position: &'a [u32],
    before: Ends,
    /// Nodes that were computed again, with the rows they had.
    old: Vec<(usize, Row)>,
    seen: Vec<bool>,
    /// Summary rows that others wait for, before something that was touched.
    sums_before: Vec<usize>,
    wholes: Wholes,
}

/// Nodes to compute, the first in order first, each once at a time.
struct Queue {
    heap: BinaryHeap<Reverse<(u32, u32)>>,
    waiting: Vec<bool>,
}

impl Queue {
    fn new(nodes: usize) -> Self {
        Self { heap: BinaryHeap::new(), waiting: vec![false; nodes] }
    }

    fn push(&mut self, place: u32, node: usize) {
        if !std::mem::replace(&mut self.waiting[node], true) {
            self.heap.push(Reverse((place, node as u32)));
        }
    }

    fn pop(&mut self) -> Option<usize> {
        let Reverse((_, node)) = self.heap.pop()?;
        self.waiting[node as usize] = false;
        Some(node as usize)
    }
}

impl<'a> Following<'a> {
    pub fn new(pass: Pass<'a>, position: &'a [u32]) -> Self {
        let seen = vec![false; pass.graph.nodes()];
        Self { before: pass.ends, pass, position, old: vec![], seen, sums_before: vec![], wholes: Wholes::default() }
    }

    /// Computes again what the changed nodes reach.
    pub fn run(mut self, changed: &[usize]) -> (Touched, Ends) {
        self.forward(changed);
        self.backward(changed);
        self.floats();
        self.sums();
        let Self { pass, before, old, .. } = self;
        let own = |node: &usize| *node < pass.graph.activities();
        let differing = old.into_iter().filter(|(node, row)| pass.rows[*node] != *row).map(|(node, _)| node).filter(own);
        let mut activities: Vec<ActivityIx> = differing.map(|node| ActivityIx(node as u32)).collect();
        activities.sort_unstable();
        (Touched { activities, finish_moved: pass.ends.early_finish != before.early_finish }, pass.ends)
    }

    fn keep(&mut self, node: usize) {
        if !std::mem::replace(&mut self.seen[node], true) {
            self.old.push((node, self.pass.rows[node]));
        }
    }

    /// Early dates, from what is waited for to who waits.
    fn forward(&mut self, changed: &[usize]) {
        let (graph, network) = (self.pass.graph, self.pass.network);
        let mut queue = Queue::new(graph.nodes());
        for &node in changed {
            queue.push(self.position[node], node);
            graph.each_after(network, node, |next| queue.push(self.position[next], next));
        }
        let mut end_may_move = false;
        while let Some(node) = queue.pop() {
            let dates = self.pass.early(node, &mut ());
            let row = self.pass.rows[node];
            self.keep(node);
            if (row.early_start, row.early_finish) != dates {
                let end = self.pass.ends.early_finish;
                end_may_move |= row.early_finish >= end || dates.1 > end;
                (self.pass.rows[node].early_start, self.pass.rows[node].early_finish) = dates;
                graph.each_after(network, node, |next| queue.push(self.position[next], next));
            }
        }
        if end_may_move {
            self.pass.ends.early_finish = self.pass.latest_early_finish();
            self.pass.ends.late_finish = self.pass.late_end();
        }
    }

    fn end_moved(&self) -> bool {
        self.pass.ends != self.before
    }

    /// Late dates, from who waits to what is waited for; all of them when the end has moved, since it bounds all.
    fn backward(&mut self, changed: &[usize]) {
        if self.end_moved() {
            return self.backward_whole();
        }
        let (graph, network) = (self.pass.graph, self.pass.network);
        let last = graph.order.len() as u32;
        let mut queue = Queue::new(graph.nodes());
        let reached: Vec<usize> = self.old.iter().map(|(node, _)| *node).chain(changed.iter().copied()).collect();
        for node in reached {
            queue.push(last - self.position[node], node);
            graph.each_before(network, node, |next| queue.push(last - self.position[next], next));
        }
        while let Some(node) = queue.pop() {
            if self.late_differs(node) {
                graph.each_before(network, node, |next| queue.push(last - self.position[next], next));
            }
        }
    }

    fn backward_whole(&mut self) {
        let graph = self.pass.graph;
        for &node in graph.order.iter().rev() {
            self.late_differs(node as usize);
        }
    }

    fn late_differs(&mut self, node: usize) -> bool {
        let dates = self.pass.late(node);
        let row = self.pass.rows[node];
        let differs = (row.late_start, row.late_finish) != dates;
        if differs {
            self.keep(node);
            (self.pass.rows[node].late_start, self.pass.rows[node].late_finish) = dates;
        }
        differs
    }

    /// Dates for the eye and floats of all that was computed again, and of those who come right before them.
    fn floats(&mut self) {
        let (graph, network) = (self.pass.graph, self.pass.network);
        let mut reached: Vec<usize> = self.old.iter().map(|(node, _)| *node).collect();
        reached.iter().for_each(|&node| self.pass.settle(node));
        if self.end_moved() {
            reached = (0..graph.activities()).collect();
        }
        let mut done = vec![false; graph.nodes()];
        let mut stack = vec![];
        for node in reached {
            self.float(node, &mut done);
            graph.each_before(network, node, |before| stack.push(before));
            while let Some(before) = stack.pop() {
                let passes_on = !self.pass.works(before) && !done[before];
                self.float(before, &mut done);
                if passes_on {
                    graph.each_before(network, before, |further| stack.push(further));
                }
            }
        }
    }

    fn float(&mut self, node: usize, done: &mut [bool]) {
        if std::mem::replace(&mut done[node], true) {
            return;
        }
        if self.pass.works(node) {
            self.keep(node);
            self.pass.settle_float(node, &mut self.wholes);
        } else if node >= self.pass.graph.activities()
            && let Summary::Whole(row) = self.pass.graph.summary(node)
        {
            self.sums_before.push(row);
        }
    }

    /// Rows beside the network, and the sums above all rows that were touched.
    fn sums(&mut self) {
        let aside = &self.pass.graph.aside;
        for &node in &aside.order {
            self.keep(node as usize);
        }
        self.pass.place_aside(aside);
        let (network, mut above) = (self.pass.network, vec![]);
        let mut marked = vec![false; self.pass.graph.activities()];
        for &(node, _) in &self.old {
            let mut parent = network.activities.get(node).and_then(|a| a.parent);
            while let Some(p) = parent.filter(|p| !std::mem::replace(&mut marked[p.at()], true)) {
                above.push(p.at());
                parent = network.activities[p.at()].parent;
            }
        }
        above.extend(self.sums_before.iter().filter(|&&row| !std::mem::replace(&mut marked[row], true)));
        above.iter().for_each(|&row| self.keep(row));
        self.pass.roll_up_only(&marked);
        self.pass.place_wbs_summaries();
    }
}
