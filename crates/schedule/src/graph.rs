//! The network's links by activity, and an order in which everyone comes after what they wait for.
//!
//! Nodes are the activities, by their own index, and behind them two sorts of nodes for summary rows with links or dates:
//! for a row that others wait for, its whole, which comes after all that is under it; for a row that waits, or under one
//! that does, its gate, which comes before all that is under it. So links on summary rows cost one edge for each row
//! below instead of a product of both sides.
mod arc;
mod aside;
mod lists;
mod order;

pub(crate) use arc::{Arc, Lagged};
pub(crate) use aside::Aside;

use crate::{Activity, ActivityIx, Critical, Kind, Lag, Link, Network, ScheduleFrom, msp::is_as_late_as_possible};
use lists::{Filling, Lists};
use order::InLoop;

/// Who waits for whom, by node.
#[derive(Clone, Debug)]
pub(crate) struct Graph {
    /// Links into each row.
    incoming: Lists<Arc>,
    /// Links out of each row.
    outgoing: Lists<Arc>,
    /// The links with lags.
    lags: Vec<Lagged>,
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

/// What a node behind the activities stands for: a summary row's place.
pub(crate) enum Summary {
    /// All that is under it, for those who wait for it.
    Whole(usize),
    /// What it asks of all that is under it.
    Gate(usize),
}

/// Whether dates move through an activity: level of effort, WBS summaries and inactive work are computed aside.
pub(crate) fn conducts(activity: &Activity) -> bool {
    !matches!(activity.kind, Kind::LevelOfEffort | Kind::WbsSummary) && !activity.detail.as_ref().is_some_and(|d| d.inactive)
}

/// Whether the passes place an activity: it conducts, and is no sum of others.
pub(crate) fn is_placed(activity: &Activity) -> bool {
    conducts(activity) && !activity.is_summary()
}

/// The links that dates move through.
struct Ties<'a> {
    network: &'a Network,
    /// Nothing stands beside the network.
    all: bool,
}

impl<'a> Ties<'a> {
    fn of(graph: &Graph, network: &'a Network) -> Self {
        Self { network, all: graph.aside.order.is_empty() }
    }

    fn conducts(&self, at: ActivityIx) -> bool {
        self.all || conducts(&self.network.activities[at.at()])
    }

    /// Inactive work still follows its predecessors, and no one follows it.
    fn links(&self) -> impl Iterator<Item = (u32, &'a Link)> + '_ {
        let follows = |at: ActivityIx| self.conducts(at) || self.network.activities[at.at()].kind == Kind::Task;
        (0u32..).zip(&self.network.links).filter(move |(_, l)| self.conducts(l.predecessor) && follows(l.successor))
    }
}

/// Where an arc finds its link: by its place in the network; with a lag among the lags, where it is entered.
fn place(lags: &mut Vec<Lagged>, at: u32, link: &Link) -> u32 {
    if link.lag == Lag::NONE {
        return at;
    }
    lags.push(Lagged { link: at, lag: link.lag });
    lags.len() as u32 - 1
}

fn link_in(lags: &[Lagged], arc: Arc) -> u32 {
    match lags.get(arc.place as usize) {
        Some(lagged) if arc.has_lag() => lagged.link,
        _ => arc.place,
    }
}

impl Graph {
    /// Indexes the links of a network whose indexes have been validated. `Err` is a loop: each waits for the one before,
    /// the first for the last.
    pub fn of(network: &Network) -> Result<Self, Vec<ActivityIx>> {
        let mut graph = Self::forward_of(network)?;
        graph.tie_both(network);
        Ok(graph)
    }

    /// Both directions, after the way forward alone.
    pub fn tie_both(&mut self, network: &Network) {
        self.outgoing = self.tie_outgoing(network);
    }

    /// The same without the links out of each row, which only the way back asks for.
    pub fn forward_of(network: &Network) -> Result<Self, Vec<ActivityIx>> {
        let rows = &network.activities;
        let parents = rows.iter().enumerate().filter_map(|(i, a)| a.parent.map(|p| (p.0, i as u32)));
        let mut graph = Self {
            incoming: Lists::default(),
            outgoing: Lists::default(),
            lags: vec![],
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
        graph.tie_incoming(network);
        if graph.sort(network).is_err() {
            graph.outgoing = graph.tie_outgoing(network);
            return Err(graph.find_loop(network));
        }
        Ok(graph)
    }

    /// From the way forward to the way back, which asks for the links out of each row alone.
    pub fn turn(&mut self, network: &Network) {
        self.incoming = Lists::default();
        self.outgoing = self.tie_outgoing(network);
    }

    /// The links into each row that dates move through.
    fn tie_incoming(&mut self, network: &Network) {
        let ties = Ties::of(self, network);
        let mut counts = vec![0u32; network.activities.len() + 2];
        ties.links().for_each(|(_, l)| counts[l.successor.at() + 2] += 1);
        let mut incoming = Filling::of(counts);
        let mut lags = vec![];
        for (at, l) in ties.links() {
            incoming.put(l.successor.at(), Arc::new(self.leaving(l.predecessor.at()), place(&mut lags, at, l), l));
        }
        (self.incoming, self.lags) = (incoming.done(), lags);
    }

    /// The same links out of each row. Their lags are those that the way in has entered, in the same order.
    fn tie_outgoing(&self, network: &Network) -> Lists<Arc> {
        let ties = Ties::of(self, network);
        let mut counts = vec![0u32; network.activities.len() + 2];
        ties.links().filter(|(_, l)| ties.conducts(l.successor)).for_each(|(_, l)| counts[l.predecessor.at() + 2] += 1);
        let mut outgoing = Filling::of(counts);
        let mut lagged = 0;
        for (at, l) in ties.links() {
            let place = if l.lag == Lag::NONE { at } else { lagged };
            lagged += u32::from(l.lag != Lag::NONE);
            if ties.conducts(l.successor) {
                outgoing.put(l.predecessor.at(), Arc::new(self.arriving(l.successor.at()), place, l));
            }
        }
        outgoing.done()
    }

    /// The lag of an arc that has one.
    pub fn lagged(&self, arc: Arc) -> Option<&Lagged> {
        if arc.has_lag() { self.lags.get(arc.place as usize) } else { None }
    }

    /// The place of an arc's link in the network.
    pub fn link_of(&self, arc: Arc) -> u32 {
        link_in(&self.lags, arc)
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
        let place = place(&mut self.lags, at, link);
        let (into, out) = (Arc::new(self.leaving(from), place, link), Arc::new(self.arriving(to), place, link));
        let Self { incoming, outgoing, lags, .. } = self;
        let old = |a: &Arc| link_in(lags, *a) == at;
        incoming.change(to, old, into);
        outgoing.change(from, old, out);
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

    /// The row of the network that a node is, or stands for.
    pub fn row_of(&self, node: usize) -> usize {
        if node < self.activities {
            return node;
        }
        match self.summary(node) {
            Summary::Whole(row) | Summary::Gate(row) => row,
        }
    }

    /// Whether the way back asks nothing of the links into a row: no summary row takes part, nothing stands beside the
    /// network, and no date of work hangs on whether it waits for someone.
    pub fn can_turn(&self, network: &Network) -> bool {
        let o = &network.options;
        let looks_back =
            |a: &Activity| is_as_late_as_possible(a) || a.detail.as_ref().is_some_and(|d| d.fixed.is_some() || d.expected_finish.is_some());
        self.aside.order.is_empty()
            && self.whole.is_empty()
            && self.gates.is_empty()
            && o.from == ScheduleFrom::Start
            && o.critical != Critical::LongestPath
            && !network.activities.iter().any(looks_back)
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
                Summary::Whole(row) => return self.each_in_whole(network, row, then),
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
    fn each_in_whole(&self, network: &Network, row: usize, mut then: impl FnMut(usize)) {
        let mut stack: Vec<u32> = self.children(row).to_vec();
        while let Some(at) = stack.pop() {
            let at = at as usize;
            match (self.whole_of[at] > 0, self.children(at)) {
                (true, _) => then(self.leaving(at)),
                (false, []) if !is_placed(&network.activities[at]) => {}
                (false, []) => then(at),
                (false, children) => stack.extend(children),
            }
        }
    }

    /// Takes in a link that the network has just got. `Err` is the loop that it closes; the graph is then of no more use.
    pub fn add_link(&mut self, network: &Network, at: u32) -> Result<(), Vec<ActivityIx>> {
        let link = &network.links[at as usize];
        let (from, to) = (link.predecessor.at(), link.successor.at());
        let place = place(&mut self.lags, at, link);
        self.incoming.insert(to, Arc::new(self.leaving(from), place, link));
        self.outgoing.insert(from, Arc::new(self.arriving(to), place, link));
        self.order.clear();
        self.sort(network).map_err(|InLoop| self.find_loop(network))
    }

    /// Forgets a link that the network has just lost; the order still holds.
    pub fn remove_link(&mut self, at: u32, link: &Link) {
        let Self { incoming, outgoing, lags, .. } = self;
        let old = |a: &Arc| link_in(lags, *a) == at;
        incoming.remove(link.successor.at(), old);
        outgoing.remove(link.predecessor.at(), old);
        incoming.close_up(at);
        outgoing.close_up(at);
        lags.iter_mut().filter(|l| l.link > at).for_each(|l| l.link -= 1);
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
}
