//! The assignments of a plan back into the document that it came from.
use super::{entry, fresh, numbers::Numbers, order, patch::Patch, people, spread};
use crate::xml::{Edits, Node, XmlBuilder};
use lantu_schedule::Assignment;
use std::collections::HashMap;

/// The assignments of both plans, by row.
pub(super) struct Assignments<'a, 'p, 'n> {
    patch: &'n Patch<'a, 'p>,
    /// Elements of the old plan's assignments by row and place in it, each with its identity.
    nodes: HashMap<(usize, usize), (Node<'a>, i64)>,
    next: i64,
}

impl<'a, 'p, 'n> Assignments<'a, 'p, 'n> {
    pub(super) fn of(patch: &'n Patch<'a, 'p>) -> Self {
        let uid = |node: Node| node.child_text("UID").and_then(|t| t.parse().ok()).unwrap_or(0);
        let spreads = &patch.before.assignments;
        let nodes: HashMap<_, _> = spreads.iter().map(|s| ((s.activity.at(), s.assignment), (s.node, uid(s.node)))).collect();
        let next = nodes.values().map(|(_, uid)| *uid).max().unwrap_or(0).clamp(0, i64::from(i32::MAX)) + 1;
        Self { patch, nodes, next }
    }

    pub(super) fn write(mut self, edits: &mut Edits<'a>) {
        let pairs = self.patch.pairs();
        let mut added = vec![];
        for &at in &self.patch.new.order {
            let Some(activity) = self.patch.new.plan.activities.get(at) else { continue };
            let new = activity.detail.as_deref().map_or(&[][..], |d| &d.assignments);
            let before = pairs.get(&at).copied();
            let mut old: Vec<usize> = (0..before.map_or(0, |b| self.count(b))).collect();
            for assignment in new {
                let found = before.and_then(|b| Some((b, self.alike(b, &mut old, assignment)?)));
                match found {
                    Some((b, place)) => self.change(edits, (b, place), at, assignment),
                    None => {
                        added.push((at, assignment, self.next));
                        self.next += 1;
                    }
                }
            }
        }
        let gone = self.nodes.values().map(|(node, _)| *node);
        gone.for_each(|node| edits.remove(node));
        let new = &self.patch.new;
        if !added.is_empty() {
            let put = |xml: &mut XmlBuilder| added.iter().for_each(|(at, a, uid)| fresh::put_assignment(xml, new, *at, a, *uid));
            self.patch.add(edits, "Assignments", put);
        }
    }

    fn count(&self, before: usize) -> usize {
        self.patch.old.plan.activities.get(before).and_then(|a| a.detail.as_deref()).map_or(0, |d| d.assignments.len())
    }

    fn resource(numbers: &Numbers, assignment: &Assignment) -> Option<i64> {
        assignment.resource.and_then(|r| numbers.resources.get(r as usize).copied())
    }

    /// The old assignment of the same resource, of several the first that is left.
    fn alike(&self, before: usize, old: &mut Vec<usize>, assignment: &Assignment) -> Option<usize> {
        let detail = self.patch.old.plan.activities.get(before)?.detail.as_deref()?;
        let wanted = Self::resource(&self.patch.new, assignment);
        let place = old.iter().position(|at| detail.assignments.get(*at).is_some_and(|a| Self::resource(&self.patch.old, a) == wanted))?;
        Some(old.remove(place))
    }

    fn change(&mut self, edits: &mut Edits<'a>, (before, place): (usize, usize), at: usize, assignment: &Assignment) {
        let Some((node, uid)) = self.nodes.remove(&(before, place)) else { return };
        let (old, new) = (&self.patch.old, &self.patch.new);
        let (Some(was), Some(is)) = (old.plan.activities.get(before), new.plan.activities.get(at)) else { return };
        let Some(earlier) = was.detail.as_deref().and_then(|d| d.assignments.get(place)) else { return };
        let texts = people::assignment(new, at, is, assignment, uid);
        entry::change(edits, node, &people::assignment(old, before, was, earlier, uid), &texts, order::ASSIGNMENT);
        let splits = |a: &lantu_schedule::Activity| a.detail.as_deref().map(|d| d.splits.clone()).unwrap_or_default();
        if splits(was) != splits(is) {
            let of_work = |node: &Node| node.child_text("Type").is_some_and(|t| t == "1" || t == "2");
            node.children("TimephasedData").filter(of_work).for_each(|node| edits.remove(node));
            let mut xml = XmlBuilder::fragment();
            spread::put(&mut xml, new, is, assignment, uid);
            let text = xml.finish();
            if !text.is_empty() {
                entry::insert(edits, node, "TimephasedData", &text, order::ASSIGNMENT);
            }
        }
    }
}
