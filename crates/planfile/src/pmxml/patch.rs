//! Writing into the document that a file was read from. The document is read again; where the texts of a plan as it was
//! and as it is differ, that element is changed, and nothing else.
use super::fresh::{self, Numbers};
use super::read::{self, Places};
use super::texts::{self, Ids, Texts};
use super::week::{self, Plain};
use super::{fit, losses, pieces};
use crate::xml::{Edits, Node, XmlBuilder, XmlDocument};
use crate::{CalendarKind, Loss, Plan, PlanFile, Written};
use std::collections::{HashMap, HashSet};

/// The order of a project's lists in the schema, and of the file's, as far as things are put into them.
const IN_PROJECT: [&str; 10] =
    ["Code", "UDF", "Calendar", "WBS", "WBSMilestone", "ProjectNote", "Activity", "ResourceAssignment", "Relationship", "ScheduleOptions"];
const IN_FILE: [&str; 6] = ["Currency", "UDFType", "NotebookTopic", "Calendar", "Resource", "Project"];

/// A document being patched.
pub(super) struct Patch<'a> {
    pub edits: Edits<'a>,
    pub document: &'a XmlDocument,
    pub losses: Vec<Loss>,
    /// Numbers for new links and assignments.
    pub numbers: Numbers,
    /// Calendars and resources that are new in this document.
    added: HashSet<(&'static str, i64)>,
    /// Where new elements of a sort go.
    anchors: HashMap<(u32, &'static str), Anchor<'a>>,
}

#[derive(Clone, Copy)]
enum Anchor<'a> {
    After(Node<'a>),
    Before(Node<'a>),
    Inside,
}

/// A project as it was and as it is.
pub(super) struct Change<'a> {
    pub node: Node<'a>,
    pub old: &'a Plan,
    pub places: &'a Places,
    pub new: &'a Plan,
    pub old_ids: Ids,
    pub new_ids: Ids,
    /// Rows, calendars and resources are those there were, in the same places: what is equal says the same.
    pub steady: bool,
}

/// The document with what changed in its plans. Projects of the document that `file` does not hold stay as they are.
pub(super) fn write(document: &XmlDocument, file: &PlanFile) -> Written {
    let Ok(originals) = read::plans(document) else { return fresh::write(&file.plans) };
    let (numbers, losses) = (Numbers::above(highest_number(document.root())), vec![]);
    let mut patch = Patch { edits: Edits::new(document), document, losses, numbers, added: HashSet::new(), anchors: HashMap::new() };
    let mut left: Vec<&(Plan, Places)> = originals.iter().collect();
    for plan in &file.plans {
        match left.iter().position(|(old, _)| old.id == plan.id) {
            Some(at) => {
                let (old, places) = left.remove(at);
                patch.project(old, places, plan);
            }
            None => patch.new_project(plan),
        }
    }
    let Patch { edits, losses, .. } = patch;
    Written { bytes: edits.finish(), losses }
}

/// The highest `ObjectId` of the document.
fn highest_number(root: Node<'_>) -> i64 {
    let (mut highest, mut open) = (0, vec![root]);
    while let Some(node) = open.pop() {
        let own = node.child_text("ObjectId").and_then(|id| id.parse().ok());
        highest = highest.max(own.unwrap_or(0));
        open.extend(node.elements());
    }
    highest
}

impl<'a> Patch<'a> {
    fn project(&mut self, old: &'a Plan, places: &'a Places, new: &'a Plan) {
        let node = self.document.node(places.project);
        let id = read::identity(node);
        let (old_ids, new_ids) = (Ids::of(old, id.clone()), Ids::of(new, id));
        let steady = old_ids == new_ids;
        let change = Change { node, old, places, new, old_ids, new_ids, steady };
        self.fields(node, texts::project(old, &change.old_ids), texts::project(new, &change.new_ids));
        self.settings(&change);
        self.calendars(&change);
        self.resources(&change);
        self.rows(&change);
        self.links(&change);
    }

    /// A project that the document does not have, with its calendars and resources; all get new numbers.
    fn new_project(&mut self, plan: &Plan) {
        let plain = week::plain(plan);
        self.losses.extend(losses::of_plan(plan, &plain));
        let plan = &fit::for_p6(plan, &mut self.losses);
        let mut some = |count: usize| (0..count).map(|_| self.numbers.next()).collect::<Vec<i64>>();
        let (calendars, resources, rows) = (some(plan.calendars.len()), some(plan.resources.len()), some(plan.activities.len()));
        let ids = Ids { project: self.numbers.next().to_string(), rows, calendars, resources };
        if !plan.activities.is_empty() {
            self.lose("uids_changed", format!("project {}", plan.id), &plan.activities.len().to_string());
        }
        let root = self.document.root();
        let mut xml = XmlBuilder::fragment();
        for ((calendar, uid), plain) in plan.calendars.iter().zip(&ids.calendars).zip(&plain) {
            pieces::calendar(&mut xml, calendar, *uid, plain, &ids.project, false);
        }
        self.put_element(root, "Calendar", &std::mem::take(&mut xml).finish());
        for (resource, uid) in plan.resources.iter().zip(&ids.resources) {
            pieces::resource(&mut xml, resource, *uid, &ids);
        }
        self.put_element(root, "Resource", &std::mem::take(&mut xml).finish());
        fresh::project(&mut xml, plan, &ids, &mut self.numbers);
        self.put_element(root, "Project", &xml.finish());
    }

    /// Changes the fields whose texts differ.
    pub fn fields(&mut self, node: Node<'a>, old: Texts, new: Texts) {
        let of = |texts: &'_ Texts, name: &str| texts.iter().position(|(other, _)| *other == name);
        // Both mostly name the same fields in the same order.
        let was = |at: usize, name: &str| match old.get(at) {
            Some((same, text)) if *same == name => text.as_deref(),
            _ => of(&old, name).and_then(|at| old[at].1.as_deref()),
        };
        let mut changed: Vec<(&'static str, Option<&str>)> = vec![];
        for (at, (name, text)) in new.iter().enumerate() {
            if was(at, name) != text.as_deref() {
                changed.push((*name, text.as_deref()));
            }
        }
        let gone = old
            .iter()
            .enumerate()
            .filter(|(at, (name, text))| text.is_some() && new.get(*at).is_none_or(|(same, _)| same != name) && of(&new, name).is_none());
        changed.extend(gone.map(|(_, (name, _))| (*name, None)));
        changed.sort_unstable();
        for (name, text) in changed {
            self.put(node, name, text);
        }
    }

    /// Changes those of the fields that the element has.
    pub fn fields_there(&mut self, node: Node<'a>, old: Texts, new: Texts) {
        let there = |fields: Texts| fields.into_iter().filter(|(name, _)| node.child(name).is_some()).collect();
        self.fields(node, there(old), there(new));
    }

    fn put(&mut self, node: Node<'a>, name: &'static str, text: Option<&str>) {
        let fields: Vec<Node<'a>> = node.children(name).collect();
        for field in &fields {
            match text {
                Some(text) => self.edits.set_text(*field, text),
                None if name.ends_with("Type") => self.edits.set_text(*field, ""),
                None => self.edits.clear(*field),
            }
        }
        // Other programs write early dates beside those of the remaining work.
        if let Some(plain) = name.strip_prefix("Remaining").filter(|plain| plain.starts_with("Early") || plain.starts_with("Late")) {
            for field in node.children(plain) {
                text.into_iter().for_each(|text| self.edits.set_text(field, text));
            }
        }
        if let (true, Some(text)) = (fields.is_empty(), text) {
            self.put_new(node, name, text);
        }
    }

    /// A new field goes where the alphabet, which is the schema's order, has it.
    fn put_new(&mut self, node: Node<'a>, name: &'static str, text: &str) {
        let mut xml = XmlBuilder::fragment();
        xml.leaf(name, text);
        let fields = || node.elements().take_while(|e| e.elements().next().is_none());
        match (fields().take_while(|e| e.name() < name).last(), node.elements().next()) {
            (Some(before), _) => self.edits.insert_after(before, &xml.finish()),
            (None, Some(first)) => self.edits.insert_before(first, &xml.finish()),
            (None, None) => self.edits.append(node, &xml.finish()),
        }
    }

    /// A new element goes after the last of its sort, else after what the schema has before it.
    pub fn put_element(&mut self, parent: Node<'a>, name: &'static str, fragment: &str) {
        match *self.anchors.entry((parent.id(), name)).or_insert_with(|| anchor(parent, name)) {
            Anchor::After(node) => self.edits.insert_after(node, fragment),
            Anchor::Before(node) => self.edits.insert_before(node, fragment),
            Anchor::Inside => self.edits.append(parent, fragment),
        }
    }

    /// Settings stand in `ScheduleOptions`, or beside the project's dates; where they stand nowhere they get a place.
    fn settings(&mut self, change: &Change<'a>) {
        let (old, new) = (texts::settings(&change.old.options), texts::settings(&change.new.options));
        if let Some(options) = change.node.child("ScheduleOptions") {
            return self.fields(options, old, new);
        }
        let beside = |name: &str| change.node.child(name).is_some();
        let missing = old.iter().zip(&new).any(|(old, new)| old.1 != new.1 && !beside(new.0));
        self.fields_there(change.node, old, new);
        if missing {
            let mut xml = XmlBuilder::fragment();
            pieces::settings(&mut xml, change.new, &change.new_ids);
            self.put_element(change.node, "ScheduleOptions", &xml.finish());
        }
    }

    fn calendars(&mut self, change: &Change<'a>) {
        let (old, new) = (week::plain(change.old), week::plain(change.new));
        for (at, calendar) in change.new.calendars.iter().enumerate() {
            let was = change.old.calendars.iter().position(|c| c.uid == calendar.uid);
            let node = was.and_then(|was| change.places.calendars.get(was).copied().flatten()).map(|id| self.document.node(id));
            if new[at].cut {
                self.losses.push(Loss { code: "calendar_cut", place: format!("calendar {}", calendar.uid), found: calendar.name.clone() });
            }
            let Some((was, node)) = was.zip(node) else {
                self.new_calendar(change, at, &new[at], was.is_some());
                continue;
            };
            let old_fields = pieces::calendar_fields(&change.old.calendars[was], &change.old_ids.project);
            self.fields(node, old_fields, pieces::calendar_fields(calendar, &change.new_ids.project));
            self.calendar_hours(node, &old[was], &new[at]);
        }
    }

    fn calendar_hours(&mut self, node: Node<'a>, old: &Plain, new: &Plain) {
        if old == new {
            return;
        }
        // Its days are written whole, those of its base with them.
        node.children("BaseCalendarObjectId").for_each(|base| self.edits.clear(base));
        let mut replace = |name: &'static str, write: &dyn Fn(&mut XmlBuilder)| {
            let mut xml = XmlBuilder::fragment();
            write(&mut xml);
            match node.child(name) {
                Some(there) => self.edits.replace(there, &xml.finish()),
                None => self.edits.append(node, &xml.finish()),
            }
        };
        if !old.same_week(new) {
            replace("StandardWorkWeek", &|xml| new.write_week(xml));
        }
        replace("HolidayOrExceptions", &|xml| new.write_days(xml));
    }

    /// A calendar that is made for a file without any (`made`) is written only when it is changed.
    fn new_calendar(&mut self, change: &Change<'a>, at: usize, plain: &Plain, made: bool) {
        let calendar = &change.new.calendars[at];
        if made || !self.added.insert(("Calendar", calendar.uid)) {
            return;
        }
        let mut xml = XmlBuilder::fragment();
        pieces::calendar(&mut xml, calendar, calendar.uid, plain, &change.new_ids.project, false);
        let parent = if calendar.kind == CalendarKind::Project { change.node } else { self.document.root() };
        self.put_element(parent, "Calendar", &xml.finish());
    }

    fn resources(&mut self, change: &Change<'a>) {
        for resource in &change.new.resources {
            let was = change.old.resources.iter().position(|r| r.uid == resource.uid);
            if let Some((old, id)) = was.and_then(|at| Some((&change.old.resources[at], *change.places.resources.get(at)?))) {
                self.fields(self.document.node(id), texts::resource(old, &change.old_ids), texts::resource(resource, &change.new_ids));
                if old.max_units != resource.max_units {
                    self.lose("resource_units_not_rewritten", format!("resource {}", resource.uid), &resource.max_units.to_string());
                }
            } else if self.added.insert(("Resource", resource.uid)) {
                let mut xml = XmlBuilder::fragment();
                pieces::resource(&mut xml, resource, resource.uid, &change.new_ids);
                self.put_element(self.document.root(), "Resource", &xml.finish());
            }
        }
    }

    pub fn lose(&mut self, code: &'static str, place: String, found: &str) {
        self.losses.push(Loss { code, place, found: crate::xml::shortened(found) });
    }
}

fn anchor<'a>(parent: Node<'a>, name: &str) -> Anchor<'a> {
    let order: &[&str] = if parent.id() == 0 { &IN_FILE } else { &IN_PROJECT };
    let rank = |name: &str| order.iter().position(|n| *n == name);
    let own = rank(name);
    let is_field = |e: &Node<'_>| parent.id() > 0 && rank(e.name()).is_none() && e.elements().next().is_none();
    let comes_before = |e: &Node<'_>| e.name() == name || is_field(e) || rank(e.name()).is_some_and(|r| Some(r) < own);
    match (parent.elements().filter(comes_before).last(), parent.elements().next()) {
        (Some(before), _) => Anchor::After(before),
        (None, Some(first)) => Anchor::Before(first),
        (None, None) => Anchor::Inside,
    }
}
