//! The network's links by activity, and an order in which everyone comes after what they wait for.
//!
//! Nodes are the activities, by their own index, and behind them two sorts of nodes for summary rows with links or dates:
//! for a row that others wait for, its whole, which comes after all that is under it; for a row that waits, or under one
//! that does, its gate, which comes before all that is under it. So links on summary rows cost one edge for each row
//! below instead of a product of both sides.
use crate::{Activity, ActivityIx, Kind, Lag, Link, LinkKind, Network};
use std::collections::HashMap;

/// Who waits for whom, by node.
#[derive(Clone, Debug)]
pub(crate) struct Graph {
    /// Links into each row.
    incoming: Lists<Arc>,
    /// Links out of each row.
    outgoing: Lists<Arc>,
    /// Rows under each summary row.
    children: Lists<u32>,
    /// Which activities have facts beyond work and calendar: the others need no look.
    detailed: Vec<bool>,
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

/// A link as one of its ends has it. It holds what the passes ask first, so that a plain link costs no look at the
/// network.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Arc {
    /// The node at the other end in the low bits, then whether there is a lag, then the kind.
    packed: u32,
    link: u32,
}

/// Room for 500 million rows: more than a machine holds.
const NODE_BITS: u32 = 29;
const HAS_LAG: u32 = 1 << NODE_BITS;

impl Arc {
    fn new(node: usize, at: u32, link: &Link) -> Self {
        let kind = match link.kind {
            LinkKind::FinishStart => 0,
            LinkKind::StartStart => 1,
            LinkKind::FinishFinish => 2,
            LinkKind::StartFinish => 3,
        };
        let lag = if link.lag == Lag::NONE { 0 } else { HAS_LAG };
        Self { packed: node as u32 | lag | kind << (NODE_BITS + 1), link: at }
    }

    /// The node at the other end.
    pub fn node(self) -> usize {
        (self.packed & (HAS_LAG - 1)) as usize
    }

    pub fn has_lag(self) -> bool {
        self.packed & HAS_LAG != 0
    }

    pub fn kind(self) -> LinkKind {
        match self.packed >> (NODE_BITS + 1) {
            0 => LinkKind::FinishStart,
            1 => LinkKind::StartStart,
            2 => LinkKind::FinishFinish,
            _ => LinkKind::StartFinish,
        }
    }

    /// Its place in the network.
    pub fn link(self) -> u32 {
        self.link
    }
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
    links: Lists<u32>,
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

    /// Whether a row has its dates before `row` is placed: all of the network, and what stands earlier beside it.
    pub fn is_placed_before(&self, other: usize, row: usize) -> bool {
        let (other, row) = (self.place_of(other as u32), self.place_of(row as u32));
        other.is_none_or(|o| row.is_none_or(|r| o < r))
    }

    /// Links of a level of effort, either way: places in `Network::links`.
    pub fn links_of(&self, row: usize) -> &[u32] {
        self.place_of(row as u32).map_or(&[], |k| self.links.get(k as usize))
    }
}

/// For each row a list, all in one.
#[derive(Clone, Debug)]
struct Lists<T> {
    first: Vec<u32>,
    items: Vec<T>,
}

impl<T> Default for Lists<T> {
    fn default() -> Self {
        Self { first: vec![], items: vec![] }
    }
}

impl<T: Copy + Default> Lists<T> {
    fn of(rows: usize, pairs: impl Iterator<Item = (u32, T)> + Clone) -> Self {
        let mut first = vec![0u32; rows + 2];
        for (at, _) in pairs.clone() {
            first[at as usize + 2] += 1;
        }
        for i in 2..rows + 2 {
            first[i] += first[i - 1];
        }
        // Each list's place moves from where it begins to where it ends, which is where the next one begins.
        let mut items = vec![T::default(); first[rows + 1] as usize];
        for (at, item) in pairs {
            let next = &mut first[at as usize + 1];
            items[*next as usize] = item;
            *next += 1;
        }
        first.truncate(rows + 1);
        Self { first, items }
    }

    fn get(&self, at: usize) -> &[T] {
        match self.first.get(at + 1) {
            Some(end) => &self.items[self.first[at] as usize..*end as usize],
            None => &[],
        }
    }
}

impl Lists<Arc> {
    fn insert(&mut self, at: usize, arc: Arc) {
        self.items.insert(self.first[at + 1] as usize, arc);
        self.first[at + 1..].iter_mut().for_each(|first| *first += 1);
    }

    fn change(&mut self, at: usize, arc: Arc) {
        let (from, to) = (self.first[at] as usize, self.first[at + 1] as usize);
        self.items[from..to].iter_mut().filter(|a| a.link == arc.link).for_each(|a| *a = arc);
    }

    /// Takes a link out of one list, and numbers those after it in all lists anew.
    fn remove(&mut self, at: usize, link: u32) {
        let (from, to) = (self.first[at] as usize, self.first[at + 1] as usize);
        if let Some(k) = self.items[from..to].iter().position(|a| a.link == link) {
            self.items.remove(from + k);
            self.first[at + 1..].iter_mut().for_each(|first| *first -= 1);
        }
        self.items.iter_mut().filter(|a| a.link > link).for_each(|a| a.link -= 1);
    }
}

/// How far a node has come while the order is found.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Met {
    Not,
    Waits,
    Placed,
}

/// Whether dates move through an activity: level of effort, WBS summaries and inactive work are computed aside.
pub(crate) fn conducts(activity: &Activity) -> bool {
    !matches!(activity.kind, Kind::LevelOfEffort | Kind::WbsSummary) && !activity.detail.as_ref().is_some_and(|d| d.inactive)
}

impl Graph {
    /// Indexes the links of a network whose indexes have been validated. `Err` is a loop: each waits for the one before,
    /// the first for the last.
    pub fn of(network: &Network) -> Result<Self, Vec<ActivityIx>> {
        let rows = &network.activities;
        let parents = rows.iter().enumerate().filter_map(|(i, a)| a.parent.map(|p| (p.0, i as u32)));
        let mut graph = Self {
            incoming: Lists::default(),
            outgoing: Lists::default(),
            children: if parents.clone().next().is_some() { Lists::of(rows.len(), parents) } else { Lists::default() },
            detailed: rows.iter().map(|a| a.detail.is_some() || a.is_summary()).collect(),
            whole: vec![],
            whole_of: vec![],
            gates: vec![],
            gate_of: vec![],
            order: vec![],
            tree: vec![],
            aside: Aside::of(network),
            activities: rows.len(),
        };
        graph.grow_tree(network);
        graph.find_gates(network);
        graph.tie(network);
        graph.sort(network)?;
        Ok(graph)
    }

    /// Both ends of every link that dates move through.
    fn tie(&mut self, network: &Network) {
        let rows = &network.activities;
        let all = self.aside.order.is_empty();
        let from = |l: &Link| all || conducts(&rows[l.predecessor.at()]);
        let into = |l: &Link| all || conducts(&rows[l.successor.at()]);
        // Inactive work still follows its predecessors, and no one follows it.
        let follows = |l: &Link| into(l) || rows[l.successor.at()].kind == Kind::Task;
        let links = || (0u32..).zip(&network.links).filter(|(_, l)| from(l) && into(l));
        let incoming = (0u32..)
            .zip(&network.links)
            .filter(|(_, l)| from(l) && follows(l))
            .map(|(i, l)| (l.successor.0, Arc::new(self.leaving(l.predecessor.at()), i, l)));
        let outgoing = links().map(|(i, l)| (l.predecessor.0, Arc::new(self.arriving(l.successor.at()), i, l)));
        let (incoming, outgoing) = (Lists::of(rows.len(), incoming), Lists::of(rows.len(), outgoing));
        (self.incoming, self.outgoing) = (incoming, outgoing);
    }

    /// Links into a row.
    pub fn incoming(&self, at: usize) -> &[Arc] {
        self.incoming.get(at)
    }

    /// Links out of a row.
    pub fn outgoing(&self, at: usize) -> &[Arc] {
        self.outgoing.get(at)
    }

    /// Whether a node is an activity with facts beyond work and calendar.
    pub fn is_detailed(&self, node: usize) -> bool {
        self.detailed.get(node).copied().unwrap_or(false)
    }

    /// Learns that the facts of an activity have changed.
    pub fn look_again(&mut self, at: usize, activity: &Activity) {
        self.detailed[at] = activity.detail.is_some() || activity.is_summary();
    }

    /// Learns that the lag of a link has changed.
    pub fn look_again_at_link(&mut self, at: u32, link: &Link) {
        let (from, to) = (link.predecessor.at(), link.successor.at());
        self.incoming.change(to, Arc::new(self.leaving(from), at, link));
        self.outgoing.change(from, Arc::new(self.arriving(to), at, link));
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
        if self.tree.is_empty() {
            return;
        }
        let mut waits = vec![false; rows.len()];
        network.links.iter().filter(|l| summary(l.successor)).for_each(|l| waits[l.successor.at()] = true);
        let linked = network.links.iter().any(|l| summary(l.predecessor)) || waits.contains(&true);
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
            if below_gate || held(&rows[row]) || waits[row] {
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
        self.incoming(row).iter().for_each(|arc| then(arc.node()));
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
        let (from, to) = (link.predecessor.at(), link.successor.at());
        self.incoming.insert(to, Arc::new(self.leaving(from), at, link));
        self.outgoing.insert(from, Arc::new(self.arriving(to), at, link));
        self.order.clear();
        self.sort(network)
    }

    /// Forgets a link that the network has just lost; the order still holds.
    pub fn remove_link(&mut self, at: u32, link: &Link) {
        self.incoming.remove(link.successor.at(), at);
        self.outgoing.remove(link.predecessor.at(), at);
    }

    /// Everyone who comes after `node`, by any kind of edge.
    pub fn each_after(&self, network: &Network, node: usize, mut then: impl FnMut(usize)) {
        let row = match node < self.activities {
            true => node,
            false => match self.summary(node) {
                Summary::Whole(row) => row,
                Summary::Gate(row) => {
                    let below = self.children(row).iter().map(|&c| c as usize).filter(|&c| conducts(&network.activities[c]));
                    return below.for_each(|c| then(self.arriving(c)));
                }
            },
        };
        // Rows beside the network have no part in the order, under a summary or not.
        if row == node && (network.activities[row].is_summary() || !conducts(&network.activities[row])) {
            return;
        }
        self.outgoing(row).iter().for_each(|arc| then(arc.node()));
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

    /// Puts everyone behind what they wait for, and otherwise leaves the network's order: what stands together in a file
    /// stands together here.
    fn sort(&mut self, network: &Network) -> Result<(), Vec<ActivityIx>> {
        let rows = &network.activities;
        let in_order = |n: usize| rows.get(n).is_none_or(|a| conducts(a) && !a.is_summary());
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
                            return Err(self.find_loop(network));
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
    fn find_loop(&self, network: &Network) -> Vec<ActivityIx> {
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
