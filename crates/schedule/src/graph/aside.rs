//! Rows beside the network, and in which order they are computed.
use super::{conducts, lists::Lists};
use crate::{ActivityIx, Kind, Link, Network};
use std::collections::HashMap;

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
    pub fn of(network: &Network) -> Self {
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
        if between.is_empty() {
            return;
        }
        let place: HashMap<u32, u32> = self.order.iter().zip(0..).map(|(&row, k)| (row, k)).collect();
        let pairs = between.iter().map(|(first, second)| (place[second], place[first]));
        let waits_for: Lists<u32> = Lists::of(self.order.len(), pairs.collect::<Vec<_>>().into_iter());
        let (mut met, mut order, mut stack) = (vec![false; self.order.len()], vec![], vec![]);
        for first in 0..self.order.len() as u32 {
            stack.push((first, false));
            while let Some((k, waited)) = stack.pop() {
                if waited {
                    order.push(self.order[k as usize]);
                } else if !std::mem::replace(&mut met[k as usize], true) {
                    stack.push((k, true));
                    stack.extend(waits_for.get(k as usize).iter().rev().map(|&before| (before, false)));
                }
            }
        }
        self.order = order;
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
