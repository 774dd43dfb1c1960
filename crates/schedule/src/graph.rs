//! The network's links by activity, and an order in which everyone comes after what they wait for.
//!
//! Nodes are the activities, by their own index, and behind them two sorts of nodes for summary rows with links or dates:
//! for a row that others wait for, its whole, which comes after all that is under it; for a row that waits, or under one
//! that does, its gate, which comes before all that is under it. So links on summary rows cost one edge for each row
//! below instead of a product of both sides.
use crate::{Activity, ActivityIx, Kind, Link, Network};
use std::collections::HashMap;

/// Who waits for whom, by node.
#[derive(Clone, Debug)]
pub(crate) struct Graph {
    /// Links into each activity: places in `Network::links`.
    incoming: Lists,
    /// Links out of each activity.
    outgoing: Lists,
    /// Rows under each summary row.
    children: Lists,
    /// Summary rows that others wait for, and the node of each: `whole[k]` has node `activities + k`.
    whole: Vec<u32>,
    /// For a row in `whole`, its place there plus one; empty when there is none.
    whole_of: Vec<u32>,
    /// Summary rows through which a link, a date or a row above reaches down: `gates[k]` has node
    /// `activities + whole + k`.
    gates: Vec<u32>,
    /// For a row in `gates`, its place there plus one; empty when there is none.
    gate_of: Vec<u32>,
    /// Every node that takes part, what is waited for first.
    pub order: Vec<u32>,
    /// Summary rows, each after the one it stands under.
    pub tree: Vec<u32>,
    /// Rows beside the network.
    pub aside: Aside,
    activities: usize,
}

/// What a node behind the activities stands for: a summary row's place.
pub(crate) enum Summary {
    /// All that is under it, for those who wait for it.
    Whole(usize),
    /// What it asks of all that is under it.
    Gate(usize),
}

/// Rows beside the network: level of effort, WBS summaries, inactive work.
#[derive(Clone, Debug, Default)]
pub(crate) struct Aside {
    /// Level of effort after the level of effort that it is tied to; then the others.
    pub order: Vec<u32>,
    /// Links of each level of effort, both ways, in the order of `order`.
    links: Lists,
    place: Vec<(u32, u32)>,
}

impl Aside {
    fn of(network: &Network) -> Self {
        let rows = &network.activities;
        let order = (0..rows.len() as u32).filter(|&i| !conducts(&rows[i as usize])).collect();
        let mut aside = Self { order, ..Self::default() };
        if aside.order.is_empty() {
            return aside;
        }
        let effort = |i: ActivityIx| rows[i.at()].kind == Kind::LevelOfEffort;
        let inactive = |i: ActivityIx| rows[i.at()].detail.as_ref().is_some_and(|d| d.inactive);
        let live: Vec<(u32, &Link)> =
            (0u32..).zip(&network.links).filter(|(_, l)| !inactive(l.predecessor) && !inactive(l.successor)).collect();
        let between: Vec<(u32, u32)> = live
            .iter()
            .filter(|(_, l)| effort(l.predecessor) && effort(l.successor))
            .map(|(_, l)| (l.predecessor.0, l.successor.0))
            .collect();
        aside.sort(&between);
        aside.place = (0u32..).zip(&aside.order).map(|(k, &row)| (row, k)).collect();
        aside.place.sort_unstable();
        let place = |i: ActivityIx| aside.place_of(i.0).filter(|_| effort(i));
        let pairs: Vec<(u32, u32)> = live
            .iter()
            .flat_map(|(at, l)| [place(l.predecessor), place(l.successor)].into_iter().flatten().map(move |k| (k, *at)))
            .collect();
        aside.links = Lists::of(aside.order.len(), pairs.iter().copied());
        aside
    }

    /// Who is tied to another comes after it; in a ring the order of the rows holds.
    fn sort(&mut self, between: &[(u32, u32)]) {
        for _ in 0..between.len().min(64) {
            let place: HashMap<u32, usize> = self.order.iter().zip(0..).map(|(&row, k)| (row, k)).collect();
            let Some(&(first, second)) = between.iter().find(|(a, b)| place[a] > place[b]) else { return };
            let (from, to) = (place[&second], place[&first]);
            self.order[from..=to].rotate_left(1);
        }
    }

    fn place_of(&self, row: u32) -> Option<u32> {
        self.place.binary_search_by_key(&row, |p| p.0).ok().map(|k| self.place[k].1)
    }

    /// Links of a level of effort, either way: places in `Network::links`.
    pub fn links_of(&self, row: usize) -> &[u32] {
        self.place_of(row as u32).map_or(&[], |k| self.links.get(k as usize))
    }
}

/// For each node a list, all in one.
#[derive(Clone, Debug, Default)]
struct Lists {
    first: Vec<u32>,
    items: Vec<u32>,
}

impl Lists {
    fn of(nodes: usize, pairs: impl Iterator<Item = (u32, u32)> + Clone) -> Self {
        let mut first = vec![0u32; nodes + 1];
        for (at, _) in pairs.clone() {
            first[at as usize + 1] += 1;
        }
        for i in 0..nodes {
            first[i + 1] += first[i];
        }
        let mut next = first.clone();
        let mut items = vec![0; first[nodes] as usize];
        for (at, item) in pairs {
            items[next[at as usize] as usize] = item;
            next[at as usize] += 1;
        }
        Self { first, items }
    }

    fn get(&self, at: usize) -> &[u32] {
        match self.first.get(at + 1) {
            Some(end) => &self.items[self.first[at] as usize..*end as usize],
            None => &[],
        }
    }
}

impl Lists {
    fn insert(&mut self, at: usize, item: u32) {
        self.items.insert(self.first[at + 1] as usize, item);
        self.first[at + 1..].iter_mut().for_each(|first| *first += 1);
    }

    /// Takes an item out of one list, and numbers those after it in all lists anew.
    fn remove(&mut self, at: usize, item: u32) {
        let (from, to) = (self.first[at] as usize, self.first[at + 1] as usize);
        if let Some(k) = self.items[from..to].iter().position(|&i| i == item) {
            self.items.remove(from + k);
            self.first[at + 1..].iter_mut().for_each(|first| *first -= 1);
        }
        self.items.iter_mut().filter(|i| **i > item).for_each(|i| *i -= 1);
    }
}

/// Whether dates move through an activity: level of effort, WBS summaries and inactive work are computed aside.
pub(crate) fn conducts(activity: &Activity) -> bool {
    !matches!(activity.kind, Kind::LevelOfEffort | Kind::WbsSummary) && !activity.detail.as_ref().is_some_and(|d| d.inactive)
}

impl Graph {
    /// Indexes the links of a network whose indexes have been validated. `Err` is a loop: each waits for the one before,
    /// the first for the last.
    pub fn of(network: &Network) -> Result<Self, Vec<ActivityIx>> {
        let n = network.activities.len();
        let rows = &network.activities;
        let live = |l: &Link| conducts(&rows[l.predecessor.at()]) && conducts(&rows[l.successor.at()]);
        let links = || network.links.iter().enumerate().filter(|(_, l)| live(l));
        let incoming = Lists::of(n, links().map(|(i, l)| (l.successor.0, i as u32)));
        let outgoing = Lists::of(n, links().map(|(i, l)| (l.predecessor.0, i as u32)));
        let parents = rows.iter().enumerate();
        let children = match rows.iter().any(|a| a.parent.is_some()) {
            true => Lists::of(n, parents.filter_map(|(i, a)| a.parent.map(|p| (p.0, i as u32)))),
            false => Lists::default(),
        };
        let mut graph = Self {
            incoming,
            outgoing,
            children,
            whole: vec![],
            whole_of: vec![],
            gates: vec![],
            gate_of: vec![],
            order: vec![],
            tree: vec![],
            aside: Aside::of(network),
            activities: n,
        };
        graph.grow_tree(network);
        graph.find_gates(network);
        graph.sort(network)?;
        Ok(graph)
    }

    /// Links into an activity: places in `Network::links`.
    pub fn incoming(&self, at: usize) -> &[u32] {
        self.incoming.get(at)
    }

    /// Links out of an activity.
    pub fn outgoing(&self, at: usize) -> &[u32] {
        self.outgoing.get(at)
    }

    /// Rows directly under a summary row.
    pub fn children(&self, at: usize) -> &[u32] {
        self.children.get(at)
    }

    /// How many activities there are; nodes from here on stand for summary rows.
    pub fn activities(&self) -> usize {
        self.activities
    }

    /// How many nodes there are.
    pub fn nodes(&self) -> usize {
        self.activities + self.whole.len() + self.gates.len()
    }

    /// What a node behind the activities stands for.
    pub fn summary(&self, node: usize) -> Summary {
        let k = node - self.activities;
        match self.whole.get(k) {
            Some(&row) => Summary::Whole(row as usize),
            None => Summary::Gate(self.gates[k - self.whole.len()] as usize),
        }
    }

    /// The node whose dates a link out of this row leaves from.
    pub fn leaving(&self, row: usize) -> usize {
        match self.whole_of.get(row) {
            Some(&k) if k > 0 => self.activities + k as usize - 1,
            _ => row,
        }
    }

    /// The node that a link into this row arrives at.
    pub fn arriving(&self, row: usize) -> usize {
        self.gate(row).unwrap_or(row)
    }

    /// The gate in front of what is under a summary row.
    pub fn gate(&self, row: usize) -> Option<usize> {
        let k = self.gate_of.get(row).copied().filter(|&k| k > 0)?;
        Some(self.activities + self.whole.len() + k as usize - 1)
    }

    fn grow_tree(&mut self, network: &Network) {
        let rows = &network.activities;
        self.tree = (0u32..).zip(rows).filter(|(_, a)| a.is_summary() && a.parent.is_none()).map(|(i, _)| i).collect();
        let mut next = 0;
        while next < self.tree.len() {
            let at = self.tree[next] as usize;
            next += 1;
            let below = self.children.get(at).iter().filter(|&&c| rows[c as usize].is_summary());
            self.tree.extend(below);
        }
    }

    fn find_gates(&mut self, network: &Network) {
        let rows = &network.activities;
        let summary = |at: ActivityIx| rows[at.at()].is_summary();
        let held = |a: &Activity| a.is_summary() && a.detail.as_ref().is_some_and(|d| d.constraint.is_some());
        let linked = network.links.iter().any(|l| summary(l.predecessor) || summary(l.successor));
        if !linked && !rows.iter().any(held) {
            return;
        }
        self.whole_of = vec![0; rows.len()];
        for link in &network.links {
            let at = link.predecessor.at();
            if summary(link.predecessor) && self.whole_of[at] == 0 {
                self.whole.push(at as u32);
                self.whole_of[at] = self.whole.len() as u32;
            }
        }
        self.gate_of = vec![0; rows.len()];
        for k in 0..self.tree.len() {
            let row = self.tree[k] as usize;
            let below_gate = rows[row].parent.is_some_and(|p| self.gate_of[p.at()] > 0);
            if below_gate || held(&rows[row]) || !self.incoming(row).is_empty() {
                self.gates.push(row as u32);
                self.gate_of[row] = self.gates.len() as u32;
            }
        }
    }

    /// Everyone whom `node` comes after, by any kind of edge.
    pub fn each_before(&self, network: &Network, node: usize, mut then: impl FnMut(usize)) {
        let row = match node < self.activities {
            true => node,
            false => match self.summary(node) {
                Summary::Whole(row) => return self.each_in_whole(row, then),
                Summary::Gate(row) => row,
            },
        };
        if row == node && network.activities[row].is_summary() {
            return;
        }
        self.incoming(row).iter().for_each(|&l| then(self.leaving(network.links[l as usize].predecessor.at())));
        network.activities[row].parent.and_then(|p| self.gate(p.at())).into_iter().for_each(then);
    }

    /// What a whole is made of: rows below it, and the wholes of summary rows among them.
    fn each_in_whole(&self, row: usize, mut then: impl FnMut(usize)) {
        let mut stack: Vec<u32> = self.children(row).to_vec();
        while let Some(at) = stack.pop() {
            let at = at as usize;
            match (self.whole_of[at] > 0, self.children(at)) {
                (true, _) => then(self.leaving(at)),
                (false, []) => then(at),
                (false, children) => stack.extend(children),
            }
        }
    }

    /// Takes in a link that the network has just got. `Err` is the loop that it closes; the graph is then of no more use.
    pub fn add_link(&mut self, network: &Network, at: u32) -> Result<(), Vec<ActivityIx>> {
        let link = &network.links[at as usize];
        let rows = &network.activities;
        if !conducts(&rows[link.predecessor.at()]) || !conducts(&rows[link.successor.at()]) {
            self.aside = Aside::of(network);
            return Ok(());
        }
        self.incoming.insert(link.successor.at(), at);
        self.outgoing.insert(link.predecessor.at(), at);
        self.order.clear();
        self.sort(network)
    }

    /// Forgets a link that the network has just lost; the order still holds.
    pub fn remove_link(&mut self, network: &Network, at: u32, link: &Link) {
        self.incoming.remove(link.successor.at(), at);
        self.outgoing.remove(link.predecessor.at(), at);
        if !self.aside.order.is_empty() {
            self.aside = Aside::of(network);
        }
    }

    /// Everyone who comes after `node`, by any kind of edge.
    pub fn each_after(&self, network: &Network, node: usize, mut then: impl FnMut(usize)) {
        let row = match node < self.activities {
            true => node,
            false => match self.summary(node) {
                Summary::Whole(row) => row,
                Summary::Gate(row) => return self.children(row).iter().for_each(|&c| then(self.arriving(c as usize))),
            },
        };
        if row == node && network.activities[row].is_summary() {
            return;
        }
        self.outgoing(row).iter().for_each(|&l| then(self.arriving(network.links[l as usize].successor.at())));
        self.whole_above(network, row).into_iter().for_each(then);
    }

    /// The node of the nearest row above that others wait for.
    pub fn whole_above(&self, network: &Network, row: usize) -> Option<usize> {
        if self.whole.is_empty() {
            return None;
        }
        let mut above = network.activities[row].parent;
        while let Some(p) = above {
            if self.whole_of[p.at()] > 0 {
                return Some(self.leaving(p.at()));
            }
            above = network.activities[p.at()].parent;
        }
        None
    }

    /// Sorts by what is waited for (Kahn). The order among equals is that of the network, so results do not hang on chance.
    fn sort(&mut self, network: &Network) -> Result<(), Vec<ActivityIx>> {
        let nodes = self.nodes();
        let mut waits = vec![0u32; nodes];
        for node in 0..nodes {
            self.each_after(network, node, |next| waits[next] += 1);
        }
        let mut order: Vec<u32> = Vec::with_capacity(nodes);
        let rows = &network.activities;
        let in_order = |n: usize| rows.get(n).is_none_or(|a| conducts(a) && !a.is_summary());
        let taking_part = (0..nodes).filter(|&n| in_order(n)).count();
        order.extend((0..nodes as u32).filter(|&n| waits[n as usize] == 0 && in_order(n as usize)));
        let mut done = 0;
        while done < order.len() {
            let node = order[done] as usize;
            done += 1;
            self.each_after(network, node, |next| {
                waits[next] -= 1;
                if waits[next] == 0 {
                    order.push(next as u32);
                }
            });
        }
        if order.len() < taking_part {
            return Err(self.find_loop(network, &waits));
        }
        self.order = order;
        Ok(())
    }

    /// Walks back among the nodes that wait for one another until one comes up again.
    fn find_loop(&self, network: &Network, waits: &[u32]) -> Vec<ActivityIx> {
        let nodes = self.nodes();
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
