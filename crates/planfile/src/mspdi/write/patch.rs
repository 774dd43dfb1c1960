//! A plan back into the document that it came from: what differs from what the document says is written anew, and
//! nothing else.
use super::{
    assigned::Assignments,
    calendar,
    entry::{self, Entry},
    fresh, held,
    numbers::Numbers,
    order, people, settings, task,
};
use crate::mspdi::{Reading, fields::Found, reading, value};
use crate::xml::{Edits, Node, XmlBuilder, XmlDocument};
use crate::{Loss, Plan, Written};
use lantu_calendar::Span;
use lantu_schedule::Link;
use std::collections::{HashMap, HashSet};

/// `None` where the document cannot be read again, which is not to be expected.
pub(super) fn write(document: &XmlDocument, plan: &Plan) -> Option<Written> {
    let found = Found::default();
    let before = reading(document, &found).ok()?;
    let patch = Patch::of(document, &before, plan);
    match patch.reordered(document) {
        Some(bytes) => in_order(&XmlDocument::read(&bytes).ok()?, plan),
        None => patch.written(document),
    }
}

fn in_order(document: &XmlDocument, plan: &Plan) -> Option<Written> {
    let found = Found::default();
    let before = reading(document, &found).ok()?;
    Patch::of(document, &before, plan).written(document)
}

/// Spreads the work anew of what would otherwise be read as work in other pieces than the plan's.
fn respread(document: &XmlDocument, plan: &Plan) -> Option<Vec<u8>> {
    let found = Found::default();
    let before = reading(document, &found).ok()?;
    let patch = Patch::of(document, &before, plan);
    let mut edits = Edits::new(document);
    Assignments::of(&patch).write(&mut edits);
    Some(edits.finish())
}

/// A document beside the plan that it is to say.
pub(super) struct Patch<'a, 'p> {
    root: Node<'a>,
    pub before: &'p Reading<'a>,
    pub old: Numbers<'p>,
    pub new: Numbers<'p>,
    /// What every row's texts depend on is as it was.
    same_frame: bool,
}

impl<'a, 'p> Patch<'a, 'p> {
    fn of(document: &'a XmlDocument, before: &'p Reading<'a>, plan: &'p Plan) -> Self {
        let (old, new) = (Numbers::of(&before.plan), Numbers::of(plan));
        let frame = |plan: &Plan| (plan.options.calendar, plan.options.start);
        let calendars = before.plan.calendars == plan.calendars && old.calendars == new.calendars;
        let same_frame = calendars && frame(&before.plan) == frame(plan) && before.plan.resources == plan.resources;
        Self { root: document.root(), before, old, new, same_frame }
    }

    fn written(&self, document: &'a XmlDocument) -> Option<Written> {
        let mut losses = vec![];
        let mut bytes = self.changed(document, &mut losses);
        if !self.spreads_hold() {
            bytes = respread(&XmlDocument::read(&bytes).ok()?, self.new.plan)?;
        }
        Some(Written { bytes, losses: held::told(losses) })
    }

    /// Whether what decides in how many pieces work is read is as it was: calendars, and who works.
    fn spreads_hold(&self) -> bool {
        let (old, new) = (self.old.plan, self.new.plan);
        let works = |plan: &Plan| plan.activities.iter().any(|a| a.detail.as_deref().is_some_and(|d| !d.assignments.is_empty()));
        let of = |a: &lantu_schedule::Activity| {
            a.detail.as_deref().map(|d| (d.assignments.clone(), d.own_calendar, d.ignores_resource_calendars))
        };
        let same = |(a, b): (&lantu_schedule::Activity, &lantu_schedule::Activity)| {
            a.calendar == b.calendar && a.elapsed == b.elapsed && of(a) == of(b)
        };
        let rows = old.activities.len() == new.activities.len() && old.activities.iter().zip(&new.activities).all(same);
        !works(new) || rows && old.calendars == new.calendars
    }

    /// Where a row of the new plan stands in the old one.
    pub(super) fn pairs(&self) -> HashMap<usize, usize> {
        let old: HashMap<i64, usize> = self.old.uids.iter().enumerate().map(|(at, uid)| (*uid, at)).collect();
        self.new.uids.iter().enumerate().filter_map(|(at, uid)| Some((at, *old.get(uid)?))).collect()
    }

    /// The document with its rows in the order of the plan, where that is another one.
    fn reordered(&self, document: &XmlDocument) -> Option<Vec<u8>> {
        let pairs = self.pairs();
        let mut edits = Edits::new(document);
        let (mut last, mut moved) = (None, false);
        for at in self.new.order.iter().filter_map(|at| pairs.get(at)).copied() {
            match (last, self.before.tasks.get(at)) {
                (Some(stays), Some(node)) if stays > at => {
                    moved = true;
                    edits.copy_after(*self.before.tasks.get(stays)?, *node);
                    edits.remove(*node);
                }
                _ => last = Some(at),
            }
        }
        moved.then(|| edits.finish())
    }

    fn changed(&self, document: &'a XmlDocument, losses: &mut Vec<Loss>) -> Vec<u8> {
        let mut edits = Edits::new(document);
        entry::change(&mut edits, self.root, &settings::entries(&self.old), &settings::entries(&self.new), order::PROJECT);
        let of_resources = self.calendars(&mut edits, losses);
        self.tasks(&mut edits);
        self.resources(&mut edits, &of_resources);
        Assignments::of(self).write(&mut edits);
        edits.finish()
    }

    /// Puts new elements into a list, which is made where there is none.
    pub(super) fn add(&self, edits: &mut Edits<'a>, list: &'static str, put: impl FnOnce(&mut XmlBuilder)) {
        let mut xml = XmlBuilder::fragment();
        match self.root.child(list) {
            Some(node) => {
                put(&mut xml);
                edits.append(node, &xml.finish());
            }
            None => {
                xml.open(list);
                put(&mut xml);
                entry::insert(edits, self.root, list, &xml.finish(), order::PROJECT);
            }
        }
    }

    /// The identities of the resources' calendars before and after.
    fn calendars(&self, edits: &mut Edits<'a>, losses: &mut Vec<Loss>) -> [Vec<Option<i64>>; 2] {
        let (old, was) = calendar::sheets(&self.old, false, &mut vec![]);
        let (new, is) = calendar::sheets(&self.new, false, &mut vec![]);
        let mut added = vec![];
        let places: HashMap<i64, usize> = old.iter().enumerate().map(|(at, s)| (s.uid, at)).collect();
        let kept: HashSet<i64> = new.iter().map(|s| s.uid).collect();
        for sheet in &new {
            let Some(&at) = places.get(&sheet.uid) else {
                added.push(sheet);
                continue;
            };
            let Some(&node) = self.before.calendars.get(at) else {
                // A calendar that the file left to be guessed.
                let same = old[at].spec == sheet.spec && old[at].name == sheet.name;
                added.extend((!same).then_some(sheet));
                continue;
            };
            entry::change(edits, node, &calendar::entries(&old[at]), &calendar::entries(sheet), order::CALENDAR);
            for name in calendar::PARTS {
                let part = calendar::part(name, &sheet.spec);
                if part != calendar::part(name, &old[at].spec) {
                    node.children(name).for_each(|node| edits.remove(node));
                    if let Some(part) = part {
                        entry::insert(edits, node, name, &part, order::CALENDAR);
                    }
                }
            }
        }
        for (sheet, node) in old.iter().zip(&self.before.calendars) {
            if !kept.contains(&sheet.uid) {
                edits.remove(*node);
            }
        }
        if !added.is_empty() {
            self.add(edits, "Calendars", |xml| added.iter().for_each(|sheet| calendar::put(xml, sheet, losses)));
        }
        [was, is]
    }

    fn tasks(&self, edits: &mut Edits<'a>) {
        let pairs = self.pairs();
        let (old_links, new_links) = (fresh::links_by_successor(self.old.plan), fresh::links_by_successor(self.new.plan));
        let mut added: Vec<(Option<Node<'a>>, Vec<usize>)> = vec![];
        let mut last: Option<Node<'a>> = None;
        let known: HashSet<i64> = self.old.uids.iter().copied().collect();
        let same_places = self.old.uids == self.new.uids;
        for &at in &self.new.order {
            let Some((&before, &node)) = pairs.get(&at).and_then(|b| Some((b, self.before.tasks.get(*b)?))) else {
                match added.last_mut().filter(|(after, _)| after.map(Node::id) == last.map(Node::id)) {
                    Some((_, list)) => list.push(at),
                    None => added.push((last, vec![at])),
                }
                continue;
            };
            last = Some(node);
            if !self.same_row(before, at) {
                self.task(edits, node, before, at);
            }
            if old_links[before] != new_links[at] || !same_places {
                links(edits, self, node, (&old_links[before], &new_links[at]), &known);
            }
        }
        let mut kept: Vec<bool> = vec![false; self.before.tasks.len()];
        pairs.values().for_each(|at| kept[*at] = true);
        let first = self.before.tasks.iter().zip(&kept).find(|(_, kept)| **kept).map(|(node, _)| *node);
        self.new_tasks(edits, &added, first, &new_links);
        let gone = self.before.tasks.iter().zip(kept).filter(|(_, kept)| !kept);
        gone.for_each(|(node, _)| edits.remove(*node));
    }

    fn same_row(&self, before: usize, at: usize) -> bool {
        let (old, new) = (&self.old, &self.new);
        let numbers = |n: &Numbers, at: usize| (n.uids[at], n.rows[at], n.levels[at]);
        self.same_frame
            && old.plan.activities[before] == new.plan.activities[at]
            && old.plan.labels.get(before) == new.plan.labels.get(at)
            && old.plan.stored.get(before) == new.plan.stored.get(at)
            && numbers(old, before) == numbers(new, at)
            && old.outline[before] == new.outline[at]
    }

    /// Each group after the row it follows; the first rows of all before the first that stays.
    fn new_tasks(&self, edits: &mut Edits<'a>, added: &[(Option<Node<'a>>, Vec<usize>)], first: Option<Node<'a>>, links: &[Vec<&Link>]) {
        for (after, list) in added {
            let put = |xml: &mut XmlBuilder| list.iter().for_each(|at| task::put(xml, &self.new, *at, &links[*at]));
            let mut xml = XmlBuilder::fragment();
            match (after, first) {
                (Some(node), _) => {
                    put(&mut xml);
                    edits.insert_after(*node, &xml.finish());
                }
                (None, Some(first)) => {
                    put(&mut xml);
                    edits.insert_before(first, &xml.finish());
                }
                (None, None) => self.add(edits, "Tasks", put),
            }
        }
    }

    fn task(&self, edits: &mut Edits<'a>, node: Node<'a>, before: usize, at: usize) {
        let was = task::entries(&self.old, before);
        let mut is = task::entries(&self.new, at);
        self.roll_up(&mut is, before, at);
        entry::change(edits, node, &was, &is, order::TASK);
        let baseline = |numbers: &Numbers, at: usize| numbers.plan.stored.get(at).and_then(task::baseline);
        let (was, is) = (baseline(&self.old, before), baseline(&self.new, at));
        if was == is {
            return;
        }
        let first = node.children("Baseline").find(|b| b.child_text("Number").is_none_or(|n| n == "0"));
        let empty = || vec![entry::entry("Number", "0"), entry::maybe("Start", None), entry::maybe("Finish", None)];
        let (was, is) = (was.unwrap_or_else(empty), is.unwrap_or_else(empty));
        match first {
            Some(first) => entry::change(edits, first, &was, &is, order::BASELINE),
            None => {
                let mut xml = XmlBuilder::fragment();
                xml.open("Baseline");
                entry::put(&mut xml, &is);
                entry::insert(edits, node, "Baseline", &xml.finish(), order::TASK);
            }
        }
    }

    /// A summary row whose dates have changed is as long as the work between them.
    fn roll_up(&self, entries: &mut [Entry], before: usize, at: usize) {
        let (Some(was), Some(is)) = (self.old.plan.activities.get(before), self.new.plan.activities.get(at)) else { return };
        let dates = (self.old.ends(before), self.new.ends(at));
        if !is.is_summary() || was.duration != is.duration || dates.0 == dates.1 {
            return;
        }
        let (start, finish) = dates.1;
        let Some(work) = self.new.working(is.calendar.at()).map(|c| c.work_between(start, finish)) else { return };
        for entry in entries.iter_mut().filter(|e| e.name == "Duration") {
            entry.text = Some(value::duration_text(work.max(Span::ZERO)));
        }
    }

    fn resources(&self, edits: &mut Edits<'a>, [was, is]: &[Vec<Option<i64>>; 2]) {
        let mut added = vec![];
        let texts = |numbers: &Numbers, at: usize, calendars: &[Option<i64>]| {
            let resource = numbers.plan.resources.get(at)?;
            Some(people::resource(numbers, at, resource, calendars.get(at).copied().flatten()))
        };
        let places: HashMap<i64, usize> = self.old.resources.iter().enumerate().map(|(at, uid)| (*uid, at)).collect();
        let kept: HashSet<i64> = self.new.resources.iter().copied().collect();
        for (at, uid) in self.new.resources.iter().enumerate() {
            let Some(mut after) = texts(&self.new, at, is) else { continue };
            let place = places.get(uid).copied();
            match place.and_then(|p| Some((texts(&self.old, p, was)?, *self.before.resources.get(p)?))) {
                None => added.push(after),
                Some((mut before, node)) => {
                    // Its number in the list stays as long as it does.
                    [&mut before, &mut after].into_iter().for_each(|list| list.retain(|e| e.name != "ID"));
                    entry::change(edits, node, &before, &after, order::RESOURCE);
                }
            }
        }
        for (uid, node) in self.old.resources.iter().zip(&self.before.resources) {
            if !kept.contains(uid) {
                edits.remove(*node);
            }
        }
        if !added.is_empty() {
            self.add(edits, "Resources", |xml| {
                for entries in &added {
                    xml.open("Resource");
                    entry::put(xml, entries);
                    xml.close();
                }
            });
        }
    }
}

/// Changes the links of a row. A link to a task that is not in the file is none of the plan's, and stays.
fn links<'a>(edits: &mut Edits<'a>, patch: &Patch<'a, '_>, node: Node<'a>, (before, after): (&[&Link], &[&Link]), known: &HashSet<i64>) {
    let was: Vec<_> = before.iter().map(|l| task::link(&patch.old, l)).collect();
    let is: Vec<_> = after.iter().map(|l| task::link(&patch.new, l)).collect();
    if was == is {
        return;
    }
    let known = |link: &Node| link.child_text("PredecessorUID").and_then(|t| t.parse().ok()).is_some_and(|uid: i64| known.contains(&uid));
    let nodes: Vec<Node<'a>> = node.children("PredecessorLink").filter(known).collect();
    let mut free: Vec<usize> = (0..was.len().min(nodes.len())).collect();
    for link in &is {
        let alike = |n: usize| free.iter().position(|at| was[*at].iter().zip(link).take(n).all(|(a, b)| a == b));
        match alike(5).or_else(|| alike(2)).or_else(|| alike(1)) {
            Some(place) => {
                let at = free.remove(place);
                entry::change(edits, nodes[at], &was[at], link, order::LINK);
            }
            None => {
                let mut xml = XmlBuilder::fragment();
                xml.open("PredecessorLink");
                entry::put(&mut xml, link);
                entry::insert(edits, node, "PredecessorLink", &xml.finish(), order::TASK);
            }
        }
    }
    free.into_iter().for_each(|at| edits.remove(nodes[at]));
}
