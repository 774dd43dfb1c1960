//! Impossibilities between rows: parents that form loops, links to rows that are not there or cannot be linked.
use super::{Problems, rows};
use crate::{Activity, ActivityIx, Lag, Link, Network};

/// Who stands under whom. Empty when the network has no summaries, or when their parents form a loop.
#[derive(Default)]
pub(super) struct Family {
    /// One bit a row: whether it is a summary.
    summaries: Vec<u64>,
    /// For every summary, when a walk through the tree enters and leaves it; empty when no link touches a summary.
    walk: Vec<(u32, u32)>,
}

impl Family {
    fn is_summary(&self, at: usize) -> bool {
        self.summaries.get(at / 64).is_some_and(|word| word >> (at % 64) & 1 == 1)
    }
}

/// Parents that are there, are summaries, and form no loop.
pub(super) fn parents(network: &Network, problems: &mut Problems) -> Family {
    let rows = &network.activities;
    let mut family = Family::default();
    if rows.iter().any(Activity::is_summary) {
        family.summaries = vec![0; rows.len().div_ceil(64)];
        for (at, _) in rows.iter().enumerate().filter(|(_, a)| a.is_summary()) {
            family.summaries[at / 64] |= 1 << (at % 64);
        }
    }
    for a in rows {
        match a.parent.map(ActivityIx::at) {
            Some(parent) if parent >= rows.len() => problems.of_row("unknown_activity", a.uid, format!("parent {parent}")),
            Some(parent) if !family.is_summary(parent) => {
                problems.push("parent_not_summary", vec![a.uid, rows[parent].uid], place(a.uid), rows[parent].uid.to_string());
            }
            _ => {}
        }
    }
    if !family.summaries.is_empty() && !loops(network, &family, problems) && links_summaries(network, &family) {
        family.walk = walk(network, &family);
    }
    family
}

fn links_summaries(network: &Network, family: &Family) -> bool {
    network.links.iter().any(|l| family.is_summary(l.predecessor.at()) || family.is_summary(l.successor.at()))
}

fn place(uid: i64) -> String {
    format!("activity {uid}")
}

/// The summary that a row stands under, if it is there.
fn parent_of(rows: &[Activity], family: &Family, at: usize) -> Option<usize> {
    rows[at].parent.map(ActivityIx::at).filter(|p| *p < rows.len() && family.is_summary(*p))
}

/// Names every loop of parents once; says whether there is one.
fn loops(network: &Network, family: &Family, problems: &mut Problems) -> bool {
    let rows = &network.activities;
    // 0: not seen; n: seen on the walk that began at row n - 1.
    let mut seen = vec![0_u32; rows.len()];
    let mut any = false;
    for from in (0..rows.len()).filter(|at| family.is_summary(*at)) {
        let walk = from as u32 + 1;
        let mut at = Some(from);
        while let Some(row) = at.filter(|row| seen[*row] == 0) {
            seen[row] = walk;
            at = parent_of(rows, family, row);
        }
        let Some(first) = at.filter(|row| seen[*row] == walk) else { continue };
        any = true;
        let mut uids = vec![rows[first].uid];
        let mut next = parent_of(rows, family, first);
        while let Some(row) = next.filter(|row| *row != first) {
            uids.push(rows[row].uid);
            next = parent_of(rows, family, row);
        }
        let found = uids.iter().take(super::LOOP_SHOWN).map(i64::to_string).collect::<Vec<_>>().join(" < ");
        problems.push("parent_cycle", uids, place(rows[first].uid), found);
    }
    any
}

/// Enters and leaves every summary in a walk through their tree, without recursion: files may be a million deep.
fn walk(network: &Network, family: &Family) -> Vec<(u32, u32)> {
    let rows = &network.activities;
    let summaries = || (0..rows.len()).filter(|at| family.is_summary(*at));
    let none = u32::MAX;
    let (mut first_child, mut sibling) = (vec![none; rows.len()], vec![none; rows.len()]);
    for at in summaries() {
        if let Some(parent) = parent_of(rows, family, at) {
            sibling[at] = first_child[parent];
            first_child[parent] = at as u32;
        }
    }
    let mut times = vec![(0, 0); rows.len()];
    let mut clock = 0;
    for root in summaries().filter(|at| parent_of(rows, family, *at).is_none()) {
        let mut at = root;
        times[at].0 = clock;
        loop {
            clock += 1;
            if first_child[at] != none {
                at = first_child[at] as usize;
                times[at].0 = clock;
                continue;
            }
            times[at].1 = clock;
            while at != root && sibling[at] == none {
                at = parent_of(rows, family, at).unwrap_or(root);
                clock += 1;
                times[at].1 = clock;
            }
            if at == root {
                break;
            }
            at = sibling[at] as usize;
            clock += 1;
            times[at].0 = clock;
        }
        clock += 1;
    }
    times
}

/// Links to rows that are there, are not the same and not one within the other, with lags that are numbers.
pub(super) fn links(network: &Network, family: &Family, problems: &mut Problems) {
    let rows = &network.activities;
    for link in &network.links {
        let (p, s) = (link.predecessor.at(), link.successor.at());
        if p >= rows.len() || s >= rows.len() {
            let found = if p >= rows.len() { p } else { s };
            let there = rows.get(p).or(rows.get(s)).map(|a| a.uid);
            let uid = |at: usize| rows.get(at).map_or_else(|| "?".to_owned(), |a| a.uid.to_string());
            let place = format!("link {} -> {}", uid(p), uid(s));
            problems.push("unknown_activity", there.into_iter().collect(), place, format!("row {found}"));
            continue;
        }
        if p == s {
            of_link(network, link, "link_to_itself", rows[p].uid.to_string(), problems);
        } else if is_within(rows, family, p, s) || is_within(rows, family, s, p) {
            of_link(network, link, "link_to_own_summary", format!("{} -> {}", rows[p].uid, rows[s].uid), problems);
        }
        lag(network, link, problems);
    }
}

/// The lag of one link by itself.
pub(super) fn one_lag(network: &Network, link: &Link, problems: &mut Problems) {
    lag(network, link, problems);
}

/// Whether `inner` stands under the summary `outer`.
fn is_within(rows: &[Activity], family: &Family, outer: usize, inner: usize) -> bool {
    if family.walk.is_empty() || !family.is_summary(outer) {
        return false;
    }
    let Some(parent) = parent_of(rows, family, inner) else { return false };
    let (outer, inner) = (family.walk[outer], family.walk[parent]);
    outer.0 <= inner.0 && inner.1 <= outer.1
}

fn lag(network: &Network, link: &Link, problems: &mut Problems) {
    match link.lag {
        Lag::Percent(percent) | Lag::ElapsedPercent(percent) if !percent.is_finite() => {
            of_link(network, link, "lag_not_finite", format!("{percent} %"), problems);
        }
        Lag::Work(span) | Lag::Elapsed(span) if rows::is_too_long(span) => {
            of_link(network, link, "date_out_of_range", format!("{} min", span.as_minutes()), problems);
        }
        _ => {}
    }
}

#[cold]
fn of_link(network: &Network, link: &Link, code: &'static str, found: String, problems: &mut Problems) {
    let uid = |ix: ActivityIx| network.activities[ix.at()].uid;
    let (p, s) = (uid(link.predecessor), uid(link.successor));
    problems.push(code, vec![s, p], format!("link {p} -> {s}"), found);
}
