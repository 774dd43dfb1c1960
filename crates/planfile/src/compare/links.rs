//! Links added, deleted, and tied in another way.
use super::{
    sides::Both,
    value::{At, Tie, Which},
};
use lantu_schedule::{ActivityIx, Link};
use std::collections::HashMap;

/// A link that differs. Rows that are in both versions are named by their place in the new one.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkChange {
    /// Who is waited for.
    pub predecessor: At,
    /// Who waits.
    pub successor: At,
    /// How it tied; `None` for a link added.
    pub before: Option<Tie>,
    /// How it ties; `None` for a link deleted.
    pub after: Option<Tie>,
    /// It decided a date on the longest path of the old version.
    pub drove: bool,
    /// It decides a date on the longest path of the new version.
    pub drives: bool,
}

impl LinkChange {
    /// Whether it came or went with one of its rows, and says nothing of its own.
    pub fn with_row(&self, both_versions: impl Fn(At) -> bool) -> bool {
        !(both_versions(self.predecessor) && both_versions(self.successor))
    }
}

/// A link by the rows it ties.
type Ends = (At, At);

/// A link of one version: how it ties, and whether it decides dates on the longest path.
#[derive(Clone, Copy)]
struct Found {
    tie: Tie,
    drives: bool,
}

/// The links between the same two rows, before and after.
#[derive(Default)]
struct Between {
    before: Vec<Found>,
    after: Vec<Found>,
}

pub(super) fn changes(both: &Both<'_>) -> Vec<LinkChange> {
    let mut between: HashMap<Ends, Between> = HashMap::with_capacity(both.new.plan.links.len());
    let found = |side: &super::sides::Side<'_>, at: usize, link: &Link| Found {
        tie: Tie { kind: link.kind, lag: link.lag },
        drives: side.drives_the_end(at, link),
    };
    for (at, link) in both.old.plan.links.iter().enumerate() {
        let row = |at: ActivityIx| both.rows.new_of(at.at()).map_or(At::old(at.at()), At::new);
        between.entry((row(link.predecessor), row(link.successor))).or_default().before.push(found(&both.old, at, link));
    }
    for (at, link) in both.new.plan.links.iter().enumerate() {
        let row = |at: ActivityIx| At { which: Which::New, row: at };
        between.entry((row(link.predecessor), row(link.successor))).or_default().after.push(found(&both.new, at, link));
    }
    let mut changes: Vec<LinkChange> = between.into_iter().flat_map(|(ends, between)| differing(ends, between)).collect();
    changes.sort_by_key(|c| (!(c.drove || c.drives), c.successor, c.predecessor, c.after.is_some(), c.before.is_some()));
    changes
}

/// What is left when the same links are taken out: of one kind first, then of any.
fn differing(ends: Ends, mut between: Between) -> Vec<LinkChange> {
    take_pairs(&mut between, |a, b| a.is_same(b));
    let mut pairs = take_pairs(&mut between, |a, b| a.kind == b.kind);
    pairs.extend(take_pairs(&mut between, |_, _| true));
    let change = |before: Option<Found>, after: Option<Found>| LinkChange {
        predecessor: ends.0,
        successor: ends.1,
        before: before.map(|f| f.tie),
        after: after.map(|f| f.tie),
        drove: before.is_some_and(|f| f.drives),
        drives: after.is_some_and(|f| f.drives),
    };
    let pairs = pairs.into_iter().map(|(before, after)| change(Some(before), Some(after)));
    let deleted = between.before.iter().map(|f| change(Some(*f), None));
    let added = between.after.iter().map(|f| change(None, Some(*f)));
    pairs.chain(deleted).chain(added).collect()
}

fn take_pairs(between: &mut Between, alike: impl Fn(&Tie, &Tie) -> bool) -> Vec<(Found, Found)> {
    let mut pairs = vec![];
    let after = &mut between.after;
    between.before.retain(|b| match after.iter().position(|a| alike(&b.tie, &a.tie)) {
        Some(at) => {
            pairs.push((*b, after.swap_remove(at)));
            false
        }
        None => true,
    });
    pairs
}
