//! An order in which everyone comes after what they wait for, or the loop that forbids it.
use super::{Graph, Summary, is_placed};
use crate::{ActivityIx, Network};

/// How far a node has come while the order is found.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Met {
    Not,
    Waits,
    Placed,
}

/// Some wait for one another.
pub(super) struct InLoop;

impl Graph {
    /// Puts everyone behind what they wait for, and otherwise leaves the network's order: what stands together in a file
    /// stands together here.
    pub(super) fn sort(&mut self, network: &Network) -> Result<(), InLoop> {
        let rows = &network.activities;
        let in_order = |n: usize| rows.get(n).is_none_or(is_placed);
        let mut order: Vec<u32> = Vec::with_capacity(self.nodes());
        let mut met = vec![Met::Not; self.nodes()];
        let mut stack: Vec<u32> = vec![];
        for first in (0..self.nodes()).filter(|&n| in_order(n)) {
            if met[first] == Met::Not {
                stack.push(first as u32);
            }
            while let Some(&node) = stack.last() {
                match met[node as usize] {
                    Met::Not => {
                        met[node as usize] = Met::Waits;
                        let mut in_loop = false;
                        self.each_before(network, node as usize, |before| match met[before] {
                            Met::Not => stack.push(before as u32),
                            Met::Waits => in_loop = true,
                            Met::Placed => {}
                        });
                        if in_loop {
                            return Err(InLoop);
                        }
                    }
                    Met::Waits => {
                        met[node as usize] = Met::Placed;
                        order.push(node);
                        stack.pop();
                    }
                    Met::Placed => {
                        stack.pop();
                    }
                }
            }
        }
        self.order = order;
        Ok(())
    }

    /// How many each node still waits for when everyone who waits for no one has been taken out, again and again.
    fn waits_left(&self, network: &Network) -> Vec<u32> {
        let nodes = self.nodes();
        let mut waits = vec![0u32; nodes];
        for node in 0..nodes {
            self.each_after(network, node, |next| waits[next] += 1);
        }
        let mut free: Vec<usize> = (0..nodes).filter(|&n| waits[n] == 0).collect();
        while let Some(node) = free.pop() {
            self.each_after(network, node, |next| {
                waits[next] -= 1;
                if waits[next] == 0 {
                    free.push(next);
                }
            });
        }
        waits
    }

    /// Walks back among the nodes that wait for one another until one comes up again.
    pub(super) fn find_loop(&self, network: &Network) -> Vec<ActivityIx> {
        let nodes = self.nodes();
        let waits = self.waits_left(network);
        let mut before = vec![u32::MAX; nodes];
        for node in (0..nodes).filter(|&n| waits[n] > 0) {
            self.each_after(network, node, |next| before[next] = node as u32);
        }
        let Some(first) = (0..nodes).find(|&n| waits[n] > 0 && before[n] != u32::MAX) else { return vec![] };
        let mut seen = vec![false; nodes];
        let mut node = first;
        while !seen[node] {
            seen[node] = true;
            node = before[node] as usize;
        }
        let (start, mut found) = (node, vec![]);
        loop {
            let row = match node < self.activities {
                true => node,
                false => match self.summary(node) {
                    Summary::Whole(row) | Summary::Gate(row) => row,
                },
            };
            if found.last() != Some(&ActivityIx(row as u32)) {
                found.push(ActivityIx(row as u32));
            }
            node = before[node] as usize;
            if node == start {
                break;
            }
        }
        found.reverse();
        found
    }
}
