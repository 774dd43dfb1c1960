//! The links of a pattern: predecessors exist, nothing waits for itself, everything leads to a milestone.
use crate::{load::PatternDraft, problem::PackProblem};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn check(pattern: &PatternDraft, found: &mut Vec<PackProblem>) {
    let places: BTreeMap<&str, usize> = pattern.activities.iter().enumerate().map(|(at, e)| (e.value.id.as_str(), at)).collect();
    let mut behind: Vec<Vec<usize>> = vec![vec![]; pattern.activities.len()];
    for (at, entry) in pattern.activities.iter().enumerate() {
        for predecessor in entry.value.after.iter() {
            match places.get(predecessor.id.as_str()) {
                Some(other) => behind[at].push(*other),
                None => found.push(entry.mark.problem("after", "pack_unknown_predecessor", &[("found", predecessor.id.clone())])),
            }
        }
    }
    if places.len() < pattern.activities.len() {
        // Where two have one id, which of them is waited for cannot be told.
        return;
    }
    for ring in rings(&behind) {
        let Some(first) = ring.first().map(|at| &pattern.activities[*at]) else { continue };
        let named: Vec<&str> = ring.iter().chain(ring.first()).map(|at| pattern.activities[*at].value.id.as_str()).collect();
        found.push(first.mark.problem("after", "pack_cycle", &[("found", named.join(" → "))]));
    }
    ends(pattern, &behind, found);
}

/// Rings of activities that wait for one another, each in the order of its links, the first in the file first.
fn rings(behind: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut gone = vec![false; behind.len()];
    let mut rings = vec![];
    loop {
        // Who waits for no one that is left goes, until only rings and those that wait for them are left.
        while let Some(at) = (0..behind.len()).find(|at| !gone[*at] && behind[*at].iter().all(|b| gone[*b])) {
            gone[at] = true;
        }
        let Some(mut at) = gone.iter().position(|gone| !gone) else { return rings };
        let mut walked = vec![];
        while !walked.contains(&at) {
            walked.push(at);
            // Whoever is left waits for someone who is left.
            at = behind[at].iter().copied().find(|b| !gone[*b]).unwrap_or(at);
        }
        let begins = walked.iter().position(|w| *w == at).unwrap_or(0);
        let mut ring = walked.split_off(begins);
        // Walked back along the links: from the one waited for to the one that waits is the other way round.
        ring.reverse();
        let least = ring.iter().enumerate().min_by_key(|(_, at)| **at).map_or(0, |(place, _)| place);
        ring.rotate_left(least);
        ring.iter().for_each(|at| gone[*at] = true);
        rings.push(ring);
    }
}

/// An activity that no milestone waits for would never hold anything up.
fn ends(pattern: &PatternDraft, behind: &[Vec<usize>], found: &mut Vec<PackProblem>) {
    let mut reached: BTreeSet<usize> = BTreeSet::new();
    let mut next: Vec<usize> = (0..behind.len()).filter(|at| !pattern.activities[*at].value.milestone.is_empty()).collect();
    if next.is_empty() && !behind.is_empty() {
        let key = pattern.head.value.key.clone();
        found.push(pattern.head.mark.problem("key", "pack_no_end", &[("found", key)]));
        return;
    }
    while let Some(at) = next.pop() {
        if reached.insert(at) {
            next.extend(&behind[at]);
        }
    }
    for entry in pattern.activities.iter().enumerate().filter(|(at, _)| !reached.contains(at)).map(|(_, entry)| entry) {
        found.push(entry.mark.problem("id", "pack_no_end", &[("found", entry.value.id.clone())]));
    }
}
