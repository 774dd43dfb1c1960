//! Groups that cannot hold, alone or together.
use super::{Found, named};
use crate::Correlation;
use lantu_schedule::ActivityIx;
use std::collections::{BTreeMap, BTreeSet};

/// So many activities may hang together by groups that overlap: their correlation is a matrix, whose root is taken.
const MOST_TOGETHER: usize = 400;

/// Every group by itself, then those that overlap.
pub(super) fn check(found: &mut Found<'_>) {
    let model = found.model;
    let mut seen = BTreeSet::new();
    let mut sound = true;
    for (at, group) in model.correlations.iter().enumerate() {
        let place = named("correlation", &group.id, at);
        if group.shared || !group.id.is_empty() {
            found.name(&group.id, "duplicate_correlation", &place, &mut seen);
        }
        sound &= members(found, group, &place);
        // Not a number is in no range.
        if !(-1.0..=1.0).contains(&group.rho) {
            found.push("correlation_out_of_range", vec![], &place, group.rho.to_string());
            sound = false;
        } else if group.shared && group.rho < 0.0 {
            found.push("correlation_shared_negative", vec![], &place, group.rho.to_string());
        }
    }
    if sound {
        overlaps(found);
    }
}

/// At least two, each there, none twice; whether it is so.
fn members(found: &mut Found<'_>, group: &Correlation, place: &str) -> bool {
    let mut members = BTreeSet::new();
    let mut repeated = BTreeSet::new();
    let mut there = true;
    for &at in &group.activities {
        let Some(uid) = found.uid(at, place) else {
            there = false;
            continue;
        };
        if !members.insert(at) {
            repeated.insert(uid);
        }
    }
    let sound = there && repeated.is_empty();
    if members.len() < 2 && sound {
        found.push("correlation_too_few", vec![], place, members.len().to_string());
    }
    for uid in repeated {
        found.push("correlation_repeats_activity", vec![uid], place, uid.to_string());
    }
    sound
}

/// Groups that have activities in common, each lot of them by itself.
fn overlaps(found: &mut Found<'_>) {
    let groups = &found.model.correlations;
    let mut lots = Lots((0..groups.len()).collect());
    let mut first: Vec<Option<usize>> = vec![None; found.model.network.activities.len()];
    for (at, group) in groups.iter().enumerate() {
        for activity in &group.activities {
            match first[activity.at()] {
                Some(other) => lots.join(at, other),
                None => first[activity.at()] = Some(at),
            }
        }
    }
    let mut together: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    (0..groups.len()).for_each(|at| together.entry(lots.of(at)).or_default().push(at));
    for lot in together.values().filter(|lot| lot.len() > 1) {
        one_lot(found, lot);
    }
}

/// Groups that hang together.
fn one_lot(found: &mut Found<'_>, lot: &[usize]) {
    let model = found.model;
    let groups = || lot.iter().map(|at| (*at, &model.correlations[*at]));
    let members: BTreeSet<ActivityIx> = groups().flat_map(|(_, group)| group.activities.iter().copied()).collect();
    let uid = |at: &ActivityIx| model.network.activities[at.at()].uid;
    if members.len() > MOST_TOGETHER {
        let place = groups().next().map(|(at, group)| named("correlation", &group.id, at)).unwrap_or_default();
        let first = members.iter().take(1).map(uid).collect();
        found.push("correlation_too_large", first, &place, members.len().to_string());
        return;
    }
    // Which group was the first to speak of a pair.
    let number: BTreeMap<ActivityIx, usize> = members.iter().copied().zip(0..).collect();
    let n = members.len();
    let mut said: Vec<Option<usize>> = vec![None; n * n];
    let mut told = BTreeSet::new();
    for (at, group) in groups() {
        for (i, a) in group.activities.iter().enumerate() {
            for b in &group.activities[i + 1..] {
                let (low, high) = (number[a].min(number[b]), number[a].max(number[b]));
                let cell = &mut said[low * n + high];
                let other = *cell.get_or_insert(at);
                let (rho, before) = (group.rho, model.correlations[other].rho);
                if rho != before && told.insert((other, at)) {
                    let place = named("correlation", &group.id, at);
                    found.push("correlation_contradicts", vec![uid(a), uid(b)], &place, format!("{before}, {rho}"));
                }
            }
        }
    }
}

/// Which groups hang together, as a forest: each points at another of its lot, one at itself.
struct Lots(Vec<usize>);

impl Lots {
    fn of(&mut self, mut at: usize) -> usize {
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    /// The smaller number leads.
    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.of(a), self.of(b));
        let (first, other) = (a.min(b), a.max(b));
        self.0[other] = first;
    }
}
