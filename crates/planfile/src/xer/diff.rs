//! A file that was read, with what has changed in its plans since.
use super::charset::Charset;
use super::constants::{PROJWBS, RSRC, SCHEDOPTIONS, TASK, TASKRSRC, constants};
use super::findings::Findings;
use super::forms::Forms;
use super::held::Holder;
use super::numbers::Pool;
use super::patch::{Cells, Patch};
use super::plans::{self, Placed};
use super::render::{Numbers, Render};
use super::sheet::{RowAt, Sheet};
use super::{notes, outline};
use crate::{Loss, Plan, Written};
use lantu_schedule::{ActivityIx, Assignment, Link, Progress};
use std::collections::{HashMap, HashSet};

/// The bytes as they came, with the cells and rows that the plans have otherwise. `None` when the bytes cannot be read.
pub(super) fn write(bytes: &[u8], plans: &[Plan]) -> Option<Written> {
    let mut findings = Findings::default();
    let sheet = Sheet::read(bytes, &mut findings)?;
    let (placed, forms) = plans::read(&sheet, findings).ok()?;
    let mut patch = Patch::new(&sheet);
    let mut pools = Pools::new(&sheet);
    for (at, plan) in plans.iter().enumerate() {
        let by_id = placed.iter().find(|p| p.plan.id == plan.id);
        let by_place = || placed.get(at).filter(|p| placed.len() == plans.len() && plans.iter().all(|q| q.id != p.plan.id));
        match by_id.or_else(by_place) {
            Some(old) => Change::new(&sheet, old, plan, forms, &mut pools).run(&mut patch, &mut pools),
            None => {
                let loss = Loss { code: "project_not_in_file", place: format!("project {}", plan.id), found: plan.name.clone() };
                patch.losses.push(loss);
            }
        }
    }
    let (mut bytes, mut losses) = patch.finish();
    if Charset::of(&bytes) != sheet.charset {
        // Few and unlike letters can make a code page look like another; UTF-8 cannot be mistaken.
        losses.push(Loss { code: "written_as_utf8", place: String::new(), found: String::new() });
        bytes = sheet.charset.decode(&bytes).0.into_owned().into_bytes();
    }
    Some(Written { bytes, losses })
}

/// Numbers for what is new, by table; each is made when it is first asked for.
struct Pools<'s> {
    sheet: &'s Sheet<'s>,
    pools: HashMap<&'static str, Pool>,
    /// The notebook that was made for new entries.
    topic: Option<i64>,
}

impl<'s> Pools<'s> {
    fn new(sheet: &'s Sheet<'s>) -> Self {
        Self { sheet, pools: HashMap::new(), topic: None }
    }

    fn give(&mut self, table: &'static str, column: &'static str, wanted: i64) -> i64 {
        let sheet = self.sheet;
        self.pools.entry(table).or_insert_with(|| Pool::of(sheet, table, column)).give(wanted)
    }
}

/// One plan before and after, and where its parts stood before.
struct Change<'p> {
    sheet: &'p Sheet<'p>,
    placed: &'p Placed,
    old: Render<'p>,
    new: Render<'p>,
    /// For each row of the new plan its place in the old one.
    rows: Vec<Option<usize>>,
    /// Nothing has moved: what is equal in both lists says the same.
    steady: bool,
    calendars: Vec<Option<usize>>,
    resources: Vec<Option<usize>>,
}

impl<'p> Change<'p> {
    fn new(sheet: &'p Sheet<'p>, placed: &'p Placed, plan: &'p Plan, forms: Forms, pools: &mut Pools<'_>) -> Self {
        let was = &placed.plan;
        let rows = matched(&was.activities, &plan.activities, |a| (a.uid, a.is_summary()));
        let calendars = matched(&was.calendars, &plan.calendars, |c| c.uid);
        let resources = matched(&was.resources, &plan.resources, |r| r.uid);
        let root = outline::root(was);
        let old = Numbers {
            project: placed.number,
            root,
            rows: was.activities.iter().map(|a| a.uid).collect(),
            calendars: was.calendars.iter().map(|c| c.uid).collect(),
            resources: was.resources.iter().map(|r| r.uid).collect(),
        };
        let mut new = Numbers { project: placed.number, root, ..Numbers::default() };
        for (activity, known) in plan.activities.iter().zip(&rows) {
            let (table, column) = if activity.is_summary() { ("PROJWBS", "wbs_id") } else { ("TASK", "task_id") };
            new.rows.push(if known.is_some() { activity.uid } else { pools.give(table, column, activity.uid) });
        }
        for (calendar, known) in plan.calendars.iter().zip(&calendars) {
            new.calendars.push(if known.is_some() { calendar.uid } else { pools.give("CALENDAR", "clndr_id", calendar.uid) });
        }
        for (resource, known) in plan.resources.iter().zip(&resources) {
            new.resources.push(if known.is_some() { resource.uid } else { pools.give("RSRC", "rsrc_id", resource.uid) });
        }
        let old = Render { plan: was, numbers: old, forms };
        let still =
            |places: &[Option<usize>], count: usize| places.iter().enumerate().all(|(at, p)| *p == Some(at)) && places.len() == count;
        let steady = still(&rows, was.activities.len())
            && still(&calendars, was.calendars.len())
            && still(&resources, was.resources.len())
            && (was.options.critical, was.calendars.as_slice()) == (plan.options.critical, plan.calendars.as_slice());
        Self { steady, sheet, placed, old, new: Render { plan, numbers: new, forms }, rows, calendars, resources }
    }

    fn run(&self, patch: &mut Patch<'_>, pools: &mut Pools<'_>) {
        self.settings(patch, pools);
        self.calendars(patch);
        self.resources(patch);
        let (mut was, mut holder) = (Holder::new(self.old.plan), Holder::new(self.new.plan));
        for at in (0..self.new.plan.activities.len()).filter(|at| !self.is_unchanged(*at)) {
            self.row(patch, pools, at, (&mut was, &mut holder));
        }
        self.deleted(patch);
        self.links(patch, pools, &mut holder);
        // What P6 could not hold before stands in the file in its own way.
        let known: HashSet<(&str, &str)> = was.losses.iter().map(|l| (l.code, l.place.as_str())).collect();
        patch.losses.extend(holder.losses.into_iter().filter(|l| !known.contains(&(l.code, l.place.as_str()))));
    }

    fn is_unchanged(&self, at: usize) -> bool {
        let (old, new) = (self.old.plan, self.new.plan);
        self.steady && (&old.activities[at], &old.labels[at], &old.stored[at]) == (&new.activities[at], &new.labels[at], &new.stored[at])
    }

    fn settings(&self, patch: &mut Patch<'_>, pools: &mut Pools<'_>) {
        patch.set_changed(self.placed.project, &self.old.project(), self.new.project());
        let (old, mut new) = (self.old.options(), self.new.options());
        match self.placed.options {
            Some(row) => patch.set_changed(row, &old, new),
            None if old != new => {
                new.push(("schedoptions_id", pools.give("SCHEDOPTIONS", "schedoptions_id", 1).to_string().into()));
                new.extend(constants(SCHEDOPTIONS));
                patch.add("SCHEDOPTIONS", new);
            }
            None => {}
        }
    }

    fn calendars(&self, patch: &mut Patch<'_>) {
        for (at, known) in self.calendars.iter().enumerate() {
            let calendar = &self.new.plan.calendars[at];
            if known.is_some_and(|k| self.old.plan.calendars[k] == *calendar && self.same_parent(k, at)) {
                continue;
            }
            let (row, cut) = self.new.calendar_row(at);
            if cut {
                let loss = Loss { code: "calendar_cut", place: format!("calendar {}", calendar.uid), found: calendar.name.clone() };
                patch.losses.push(loss);
            }
            match known.and_then(|k| Some((k, self.placed.calendars[k].row?))) {
                Some((k, place)) => patch.set_changed(place, &self.old.calendar_row(k).0, row),
                None => patch.add("CALENDAR", row),
            }
        }
    }

    /// Places of parents may move when calendars are added or taken away.
    fn same_parent(&self, old: usize, new: usize) -> bool {
        let uid = |plan: &Plan, at: usize| plan.calendars[at].spec.parent.and_then(|p| plan.calendars.get(p)).map(|c| c.uid);
        uid(self.old.plan, old) == uid(self.new.plan, new)
    }

    fn resources(&self, patch: &mut Patch<'_>) {
        for (at, known) in self.resources.iter().enumerate() {
            let resource = &self.new.plan.resources[at];
            match known {
                Some(k) => {
                    patch.set_changed(self.placed.resources[*k], &self.old.resource(*k), self.new.resource(at));
                    if self.old.plan.resources[*k].max_units != resource.max_units {
                        let found = resource.max_units.to_string();
                        patch.losses.push(Loss { code: "max_units_not_written", place: format!("resource {}", resource.uid), found });
                    }
                }
                None => {
                    let mut row = self.new.resource(at);
                    row.extend(constants(RSRC));
                    patch.add("RSRC", row);
                }
            }
        }
    }

    fn row(&self, patch: &mut Patch<'_>, pools: &mut Pools<'_>, at: usize, (was, holder): (&mut Holder<'_>, &mut Holder<'_>)) {
        let summary = self.new.plan.activities[at].is_summary();
        match (self.rows[at], summary) {
            (Some(known), true) => {
                patch.set_changed(self.placed.activities[known], &self.old.element(known, 0), self.new.element(at, 0));
            }
            (None, true) => {
                holder.hold_summary(at);
                let mut row = self.new.element(at, at + 1);
                row.extend(constants(PROJWBS).filter(|(c, _)| *c != "obs_id"));
                patch.add("PROJWBS", row);
            }
            (Some(known), false) => {
                let (old, mut new) = (self.old.task(known, was.hold(known)), self.new.task(at, holder.hold(at)));
                if self.old.plan.stored[known].percent_complete == self.new.plan.stored[at].percent_complete {
                    keep(&old, &mut new, &["complete_pct_type", "phys_complete_pct"]);
                }
                patch.set_changed(self.placed.activities[known], &old, new);
                self.assignments(patch, pools, Some(known), at);
                self.notes(patch, pools, Some(known), at);
            }
            (None, false) if holder.leaves_out(at) => {}
            (None, false) => {
                let mut row = self.new.task(at, holder.hold(at));
                row.extend(constants(TASK));
                patch.add("TASK", row);
                self.assignments(patch, pools, None, at);
                self.notes(patch, pools, None, at);
            }
        }
    }

    fn assignments(&self, patch: &mut Patch<'_>, pools: &mut Pools<'_>, known: Option<usize>, at: usize) {
        let of = |plan: &'p Plan, at: usize| -> &'p [Assignment] {
            plan.activities[at].detail.as_ref().map(|d| d.assignments.as_slice()).unwrap_or_default()
        };
        let (old, new) = (known.map(|k| of(self.old.plan, k)).unwrap_or_default(), of(self.new.plan, at));
        let places = known.and_then(|k| self.placed.assignments.get(&(k as u32))).map(Vec::as_slice).unwrap_or_default();
        let uid = |plan: &Plan, a: &Assignment| a.resource.and_then(|r| plan.resources.get(r as usize)).map(|r| r.uid);
        let mut left: HashMap<Option<i64>, Vec<usize>> = HashMap::new();
        for (o, assignment) in old.iter().enumerate().rev() {
            left.entry(uid(self.old.plan, assignment)).or_default().push(o);
        }
        for assignment in new {
            let same = left.get_mut(&uid(self.new.plan, assignment)).and_then(Vec::pop);
            match same.and_then(|o| Some((o, places.get(o)?))) {
                Some((o, place)) => {
                    let was = self.old.assignment(0, known.unwrap_or_default(), &old[o]);
                    let mut now = self.new.assignment(0, at, assignment);
                    if self.new.plan.activities[at].progress() != Progress::NotStarted {
                        // The budget stays what it was when the work began.
                        keep(&was, &mut now, &["target_qty"]);
                    }
                    patch.set_changed(*place, &was, now);
                }
                None if assignment.resource.is_some() => {
                    let number = pools.give("TASKRSRC", "taskrsrc_id", 0);
                    let mut row = self.new.assignment(number, at, assignment);
                    row.extend(constants(TASKRSRC));
                    patch.add("TASKRSRC", row);
                }
                None => {}
            }
        }
        left.into_values().flatten().filter_map(|o| places.get(o)).for_each(|place| patch.delete(*place));
    }

    /// Changed notes become one entry in place of those there were, under the same heading.
    fn notes(&self, patch: &mut Patch<'_>, pools: &mut Pools<'_>, known: Option<usize>, at: usize) {
        let (was, is) = (known.and_then(|k| self.old.plan.stored[k].notes.as_ref()), self.new.plan.stored[at].notes.as_ref());
        if was == is {
            return;
        }
        let places = known.and_then(|k| self.placed.notes.get(&(k as u32))).map(Vec::as_slice).unwrap_or_default();
        places.iter().for_each(|place| patch.delete(*place));
        let Some(text) = is else { return };
        let before = places.first().and_then(|place| self.sheet.row(*place).raw("memo_type_id"));
        let any = || self.sheet.rows("MEMOTYPE").next().and_then(|row| row.raw("memo_type_id"));
        let topic = match before.or_else(any) {
            Some(topic) => topic.into_owned(),
            None => self.new_topic(patch, pools),
        };
        let number = pools.give("TASKMEMO", "memo_id", 0);
        patch.add("TASKMEMO", notes::row(number, &topic, (self.new.numbers.rows[at], self.new.numbers.project), text));
    }

    fn new_topic(&self, patch: &mut Patch<'_>, pools: &mut Pools<'_>) -> String {
        let number = *pools.topic.get_or_insert_with(|| {
            patch.add("MEMOTYPE", notes::topic(1));
            1
        });
        number.to_string()
    }

    /// Rows that are gone, with all rows of other tables that belong to them.
    fn deleted(&self, patch: &mut Patch<'_>) {
        let kept: HashSet<usize> = self.rows.iter().flatten().copied().collect();
        let (mut tasks, mut elements) = (HashSet::new(), HashSet::new());
        for at in (0..self.old.plan.activities.len()).filter(|at| !kept.contains(at)) {
            let activity = &self.old.plan.activities[at];
            patch.delete(self.placed.activities[at]);
            if activity.is_summary() { &mut elements } else { &mut tasks }.insert(activity.uid.to_string());
        }
        if tasks.is_empty() && elements.is_empty() {
            return;
        }
        let udf_types = self.udf_types();
        for (at, table) in self.sheet.tables.iter().enumerate() {
            let columns: &[&str] = match table.name.as_str() {
                "TASK" | "PROJWBS" => continue,
                "UDFVALUE" => &["fk_id"],
                name if name.starts_with("WBS") => &["wbs_id"],
                _ => &["task_id", "pred_task_id"],
            };
            if !columns.iter().any(|c| table.column(c).is_some()) {
                continue;
            }
            for row in (0..table.row_count()).map(|row| self.sheet.row(RowAt { table: at as u32, row: row as u32 })) {
                let of_element = match table.name.as_str() {
                    "UDFVALUE" => row.raw("udf_type_id").is_some_and(|t| udf_types.get(t.as_ref()) == Some(&true)),
                    name => name.starts_with("WBS"),
                };
                let gone = if of_element { &elements } else { &tasks };
                if columns.iter().any(|c| row.raw(c).is_some_and(|v| gone.contains(v.as_ref()))) {
                    patch.delete(row.at);
                }
            }
        }
    }

    /// Which user-defined fields are of activities (`false`) and which of WBS elements (`true`).
    fn udf_types(&self) -> HashMap<String, bool> {
        let of = |row: super::sheet::Row<'_>| {
            let element = match row.raw("table_name")?.as_ref() {
                "TASK" => false,
                "PROJWBS" => true,
                _ => return None,
            };
            Some((row.raw("udf_type_id")?.into_owned(), element))
        };
        self.sheet.rows("UDFTYPE").filter_map(of).collect()
    }

    /// Links of one sort between the same two find each other first; what is left between the two has changed its sort.
    fn links(&self, patch: &mut Patch<'_>, pools: &mut Pools<'_>, holder: &mut Holder<'_>) {
        let mut old: Vec<usize> = (0..self.old.plan.links.len()).collect();
        let mut new: Vec<&Link> = self.new.plan.links.iter().collect();
        for by_kind in [true, false] {
            let key = |render: &Render<'_>, l: &Link| {
                let number = |at: ActivityIx| render.numbers.rows.get(at.at()).copied();
                (number(l.predecessor), number(l.successor), by_kind.then_some(l.kind))
            };
            let mut left: HashMap<_, Vec<usize>> = HashMap::new();
            for o in old.into_iter().rev() {
                left.entry(key(&self.old, &self.old.plan.links[o])).or_default().push(o);
            }
            new.retain(|link| match left.get_mut(&key(&self.new, link)).and_then(Vec::pop) {
                Some(o) => {
                    let was = self.old.link(0, &self.old.plan.links[o]);
                    patch.set_changed(self.placed.links[o], &was, self.new.link(0, link));
                    false
                }
                None => true,
            });
            old = left.into_values().flatten().collect();
            old.sort_unstable();
        }
        old.into_iter().for_each(|o| patch.delete(self.placed.links[o]));
        for link in new.into_iter().filter(|l| holder.holds_link(l)) {
            let number = pools.give("TASKPRED", "task_pred_id", 0);
            patch.add("TASKPRED", self.new.link(number, link));
        }
    }
}

/// For each of `new` the place of what has the same key in `old`, each of those once.
fn matched<T, K: std::hash::Hash + Eq>(old: &[T], new: &[T], key: impl Fn(&T) -> K) -> Vec<Option<usize>> {
    let mut places: HashMap<K, usize> = HashMap::with_capacity(old.len());
    for (at, thing) in old.iter().enumerate() {
        places.entry(key(thing)).or_insert(at);
    }
    new.iter().map(|thing| places.remove(&key(thing))).collect()
}

/// Leaves some cells as they were.
fn keep(old: &Cells, new: &mut Cells, columns: &[&str]) {
    for ((column, value), (_, was)) in new.iter_mut().zip(old) {
        if columns.contains(column) {
            value.clone_from(was);
        }
    }
}
