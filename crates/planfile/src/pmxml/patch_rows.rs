//! Rows, assignments and links in the document that a file was read from.
use super::patch::{Change, Patch};
use super::{losses, pieces, texts};
use crate::xml::{Node, XmlBuilder};
use crate::{Loss, Plan};
use lantu_schedule::{Activity, ActivityIx, Assignment, Link, LinkKind};
use std::collections::{HashMap, HashSet};

/// Summaries apart from the others, for their numbers may be the same.
type Key = (bool, i64);

/// What makes two links the same one.
type Ends = (i64, i64, LinkKind);

fn key(row: &Activity) -> Key {
    (row.is_summary(), row.uid)
}

fn ix(at: usize) -> ActivityIx {
    ActivityIx(at as u32)
}

impl<'a> Patch<'a> {
    pub(super) fn rows(&mut self, change: &Change<'a>) {
        let mut old: HashMap<Key, usize> = change.old.activities.iter().enumerate().map(|(at, row)| (key(row), at)).collect();
        for (at, row) in change.new.activities.iter().enumerate() {
            match old.remove(&key(row)) {
                Some(was) if change.is_unchanged(was, at) => {}
                Some(was) => self.row(change, was, at),
                None => self.new_row(change, at),
            }
        }
        let gone: HashSet<Key> = old.into_keys().collect();
        if !gone.is_empty() {
            self.remove_rows(change, &gone);
        }
    }

    fn row(&mut self, change: &Change<'a>, was: usize, is: usize) {
        let node = self.document.node(change.places.rows[was]);
        let of_row = |of: fn(&Plan, ActivityIx, &texts::Ids) -> texts::Texts| {
            (of(change.old, ix(was), &change.old_ids), of(change.new, ix(is), &change.new_ids))
        };
        let is_summary = change.new.activities[is].is_summary();
        let (old, new) = if is_summary { of_row(texts::wbs) } else { of_row(texts::activity) };
        self.fields(node, old, new);
        self.fields_there(node, texts::reckoned(change.old, ix(was)), texts::reckoned(change.new, ix(is)));
        let (old, new) = (&change.old.activities[was], &change.new.activities[is]);
        self.new_losses(|losses| losses::of_row(old, losses), |losses| losses::of_row(new, losses));
        if change.old.stored[was].notes != change.new.stored[is].notes {
            self.lose("notes_not_rewritten", losses::place(new), change.new.stored[is].notes.as_deref().unwrap_or_default());
        }
        if !is_summary {
            self.assignments(change, was, is);
        }
    }

    /// What is lost now and was not before.
    fn new_losses(&mut self, old: impl Fn(&mut Vec<Loss>), new: impl Fn(&mut Vec<Loss>)) {
        let (mut before, mut after) = (vec![], vec![]);
        new(&mut after);
        if !after.is_empty() {
            old(&mut before);
            self.losses.extend(after.into_iter().filter(|loss| !before.contains(loss)));
        }
    }

    fn new_row(&mut self, change: &Change<'a>, at: usize) {
        let mut xml = XmlBuilder::fragment();
        let row = &change.new.activities[at];
        losses::of_row(row, &mut self.losses);
        if row.is_summary() {
            pieces::wbs(&mut xml, change.new, ix(at), &change.new_ids);
            return self.put_element(change.node, "WBS", &xml.finish());
        }
        pieces::activity(&mut xml, change.new, ix(at), &change.new_ids);
        self.put_element(change.node, "Activity", &xml.finish());
        for a in row.detail.iter().flat_map(|d| &d.assignments).filter(|a| a.resource.is_some()) {
            self.new_assignment(change, at, a);
        }
    }

    /// Takes rows out, with what hangs on them: links, assignments, notes, steps, expenses.
    fn remove_rows(&mut self, change: &Change<'a>, gone: &HashSet<Key>) {
        for (row, id) in change.old.activities.iter().zip(&change.places.rows).filter(|(row, _)| gone.contains(&key(row))) {
            self.lose("row_taken_out", losses::place(row), "");
            self.edits.remove(self.document.node(*id));
        }
        let names = |node: Node<'a>, field: &str, summary: bool| {
            let uid = node.child_text(field).and_then(|id| super::field::whole(&id));
            uid.is_some_and(|uid| gone.contains(&(summary, uid)))
        };
        for node in change.node.elements() {
            let hangs_on_it = match node.name() {
                "Activity" | "WBS" => false,
                "Relationship" => names(node, "PredecessorActivityObjectId", false) || names(node, "SuccessorActivityObjectId", false),
                "ProjectNote" | "WBSMilestone" => names(node, "WBSObjectId", true),
                _ => names(node, "ActivityObjectId", false),
            };
            if hangs_on_it {
                self.edits.remove(node);
            }
        }
    }

    fn assignments(&mut self, change: &Change<'a>, was: usize, is: usize) {
        let of = |row: &'a Activity| row.detail.iter().flat_map(|d| &d.assignments);
        let who = |plan: &Plan, a: &Assignment| a.resource.and_then(|at| plan.resources.get(at as usize)).map(|r| r.uid);
        let mut left: Vec<(&Assignment, u32)> =
            of(&change.old.activities[was]).zip(change.places.assignments[was].iter().copied()).collect();
        let new: Vec<&Assignment> = change.new.activities[is].detail.iter().flat_map(|d| &d.assignments).collect();
        for a in new {
            match left.iter().position(|(old, _)| who(change.old, old) == who(change.new, a)) {
                Some(at) => {
                    let (old, id) = left.remove(at);
                    let old = texts::assignment(change.old, ix(was), old, &change.old_ids);
                    self.fields(self.document.node(id), old, texts::assignment(change.new, ix(is), a, &change.new_ids));
                }
                None if a.resource.is_some() => self.new_assignment(change, is, a),
                None => {}
            }
        }
        for (_, id) in left {
            self.edits.remove(self.document.node(id));
        }
    }

    fn new_assignment(&mut self, change: &Change<'a>, at: usize, a: &Assignment) {
        let mut xml = XmlBuilder::fragment();
        let uid = self.numbers.next();
        pieces::assignment(&mut xml, change.new, ix(at), a, &change.new_ids, uid);
        self.put_element(change.node, "ResourceAssignment", &xml.finish());
    }

    pub(super) fn links(&mut self, change: &Change<'a>) {
        let mut left: HashMap<Ends, Vec<(&Link, u32)>> = HashMap::new();
        for (link, id) in change.old.links.iter().zip(&change.places.links).rev() {
            left.entry(ends(change.old, link)).or_default().push((link, *id));
        }
        for link in &change.new.links {
            match left.get_mut(&ends(change.new, link)).and_then(Vec::pop) {
                Some((old, _)) if change.steady && old == link => {}
                Some((old, id)) => {
                    let old_texts = texts::link(change.old, old, &change.old_ids);
                    self.fields(self.document.node(id), old_texts, texts::link(change.new, link, &change.new_ids));
                    self.new_losses(|l| losses::of_link(change.old, old, l), |l| losses::of_link(change.new, link, l));
                }
                None => self.new_link(change, link),
            }
        }
        for (_, id) in left.into_values().flatten() {
            self.edits.remove(self.document.node(id));
        }
    }

    fn new_link(&mut self, change: &Change<'a>, link: &Link) {
        losses::of_link(change.new, link, &mut self.losses);
        if losses::is_held(change.new, link) {
            let mut xml = XmlBuilder::fragment();
            let uid = self.numbers.next();
            pieces::link(&mut xml, change.new, link, &change.new_ids, uid);
            self.put_element(change.node, "Relationship", &xml.finish());
        }
    }
}

impl Change<'_> {
    fn is_unchanged(&self, was: usize, is: usize) -> bool {
        let (old, new) = (self.old, self.new);
        self.steady && (&old.activities[was], &old.labels[was], &old.stored[was]) == (&new.activities[is], &new.labels[is], &new.stored[is])
    }
}

fn ends(plan: &Plan, link: &Link) -> Ends {
    let uid = |ix: ActivityIx| plan.activities.get(ix.at()).map_or(0, |a| a.uid);
    (uid(link.predecessor), uid(link.successor), link.kind)
}
