//! One project: its settings, calendars, rows and assignments.
use super::calendars::FileCalendar;
use super::field::Fields;
use super::read::{Places, Shared, identity};
use super::{calendars, notes, rows, settings};
use crate::xml::Node;
use crate::{CalendarKind, Label, Plan, PlanCalendar, Stored, Units};
use lantu_calendar::Instant;
use lantu_schedule::{Activity, ActivityIx, CalendarIx, Dialect, Options};
use std::collections::{HashMap, HashSet};

/// A project half-way read.
pub(super) struct Reading<'a> {
    pub node: Node<'a>,
    pub plan: Plan,
    pub places: Places,
    /// Activities by their identities.
    pub activities: HashMap<i64, ActivityIx>,
    /// WBS elements by theirs.
    summaries: HashMap<i64, ActivityIx>,
    /// Calendars of the plan by theirs.
    calendars: HashMap<i64, CalendarIx>,
}

pub(super) fn read<'a>(shared: &Shared<'a>, node: Node<'a>, budget: &mut usize) -> Reading<'a> {
    let fields = Fields::of(node, shared.found);
    let activities = shared.members(node, "Activity");
    let assignments = shared.members(node, "ResourceAssignment");
    let people: Vec<Option<usize>> = assignments.iter().map(|a| shared.people.assigned(*a)).collect();
    let mut reading = empty(fields);
    let default = default_calendar(shared, fields);
    let wanted = wanted_calendars(shared, node, default, &activities, &people);
    reading.take_calendars(shared, &wanted, budget);
    let default = reading.calendars.get(&default).copied().unwrap_or(CalendarIx(0));
    reading.plan.options = settings::read(fields, default);
    reading.plan.units = units(shared, &reading.plan, default);
    reading.read_summaries(shared, default);
    reading.read_activities(&activities, default);
    reading.read_assignments(shared, &assignments, &people);
    notes::read(shared, &mut reading);
    reading.plan.losses = shared.found.take_losses();
    reading
}

fn empty(fields: Fields<'_>) -> Reading<'_> {
    let id = fields.node.child_text("Id").map_or_else(|| identity(fields.node), |id| id.into_owned());
    let plan = Plan {
        id,
        name: fields.text("Name"),
        options: Options::new(Dialect::P6, Instant::default()),
        units: Units::default(),
        calendars: vec![],
        activities: vec![],
        labels: vec![],
        stored: vec![],
        links: vec![],
        resources: vec![],
        uncertainty: Default::default(),
        last_scheduled: fields.shown_date("LastScheduleDate"),
        losses: vec![],
    };
    let places = Places { project: fields.node.id(), ..Places::default() };
    Reading { node: fields.node, plan, places, activities: HashMap::new(), summaries: HashMap::new(), calendars: HashMap::new() }
}

/// What the project names; else the file's default, else the first that is there for all.
fn default_calendar(shared: &Shared<'_>, fields: Fields<'_>) -> i64 {
    let named = fields.id("ActivityDefaultCalendarObjectId");
    let known = named.filter(|uid| shared.calendars.iter().any(|c| c.calendar.uid == *uid));
    if let Some((uid, None)) = named.map(|uid| (uid, known)) {
        fields.found.lose("unknown_calendar", || fields.node.place(), &uid.to_string());
    }
    let by_flag = || shared.calendars.iter().find(|c| c.is_default);
    let for_all = || shared.calendars.iter().find(|c| c.calendar.kind == CalendarKind::Global);
    let other = || by_flag().or_else(for_all).or(shared.calendars.first()).map_or(0, |c| c.calendar.uid);
    known.unwrap_or_else(other)
}

/// The calendars that the project's activities and resources work by; of a file with one project, all but other
/// resources' own.
fn wanted_calendars<'a>(
    shared: &Shared<'a>,
    project: Node<'a>,
    default: i64,
    activities: &[Fields<'a>],
    people: &[Option<usize>],
) -> HashSet<i64> {
    let named = |a: &Fields<'a>| a.node.child_text("CalendarObjectId").and_then(|id| super::field::whole(&id));
    let mut wanted: HashSet<i64> = activities.iter().filter_map(named).collect();
    wanted.extend(people.iter().flatten().filter_map(|at| shared.people.list.get(*at)?.calendar));
    wanted.insert(default);
    let identity = identity(project);
    let own = |c: &FileCalendar<'_>| c.calendar.kind == CalendarKind::Project && c.project.as_ref() == Some(&identity);
    let shown = |c: &&FileCalendar<'_>| own(c) || (shared.alone && c.calendar.kind == CalendarKind::Global);
    wanted.extend(shared.calendars.iter().filter(shown).map(|c| c.calendar.uid));
    wanted
}

fn units(shared: &Shared<'_>, plan: &Plan, default: CalendarIx) -> Units {
    let uid = plan.calendars.get(default.at()).map(|c: &PlanCalendar| c.uid);
    let calendar = shared.calendars.iter().find(|c| Some(c.calendar.uid) == uid).and_then(|c| c.node);
    let fields = |node| Fields::of(node, shared.found);
    settings::units(settings::preferences(shared.root).map(fields), calendar.map(fields))
}

impl<'a> Reading<'a> {
    fn take_calendars(&mut self, shared: &Shared<'a>, wanted: &HashSet<i64>, budget: &mut usize) {
        for calendar in shared.calendars.iter().filter(|c| wanted.contains(&c.calendar.uid)) {
            let exceptions = calendar.calendar.spec.exceptions.len();
            if exceptions > *budget {
                shared.found.refuse("calendars_too_large", || self.node.place(), &calendars::MOST_EXCEPTIONS.to_string());
                break;
            }
            *budget -= exceptions;
            self.calendars.insert(calendar.calendar.uid, CalendarIx(self.plan.calendars.len() as u32));
            self.plan.calendars.push(calendar.calendar.clone());
            self.places.calendars.push(calendar.node.map(Node::id));
        }
    }

    fn push(&mut self, node: Node<'a>, (activity, label, stored): (Activity, Label, Stored)) -> ActivityIx {
        let ix = ActivityIx(self.plan.activities.len() as u32);
        self.plan.activities.push(activity);
        self.plan.labels.push(label);
        self.plan.stored.push(stored);
        self.places.rows.push(node.id());
        self.places.assignments.push(vec![]);
        ix
    }

    fn read_summaries(&mut self, shared: &Shared<'a>, calendar: CalendarIx) {
        let mut parents = vec![];
        for fields in shared.members(self.node, "WBS") {
            let Some(uid) = fields.key() else { continue };
            if self.summaries.contains_key(&uid) {
                shared.found.refuse("id_twice", || fields.node.place(), &uid.to_string());
                continue;
            }
            let ix = self.push(fields.node, rows::summary(fields, uid, calendar));
            self.summaries.insert(uid, ix);
            parents.push((ix, fields.id("ParentObjectId"), fields));
        }
        // The project's own WBS element is seldom in the file: a parent that is not there is the project.
        for (ix, parent, _) in &parents {
            self.plan.activities[ix.at()].parent = parent.and_then(|uid| self.summaries.get(&uid).copied());
        }
        for (ix, _, fields) in parents.iter().filter(|(ix, ..)| self.stands_in_itself(*ix)) {
            let uid = self.plan.activities[ix.at()].uid;
            shared.found.refuse("wbs_cycle", || fields.node.place(), &format!("{uid} → … → {uid}"));
        }
    }

    /// Steps of one and of two meet only on a circle.
    fn stands_in_itself(&self, row: ActivityIx) -> bool {
        let up = |ix: Option<ActivityIx>| ix.and_then(|ix| self.plan.activities[ix.at()].parent);
        let (mut slow, mut fast) = (up(Some(row)), up(up(Some(row))));
        while fast.is_some() {
            if slow == fast || slow == Some(row) {
                return true;
            }
            (slow, fast) = (up(slow), up(up(fast)));
        }
        false
    }

    fn read_activities(&mut self, activities: &[Fields<'a>], default: CalendarIx) {
        let project = self.node.child_text("WBSObjectId").and_then(|id| super::field::whole(&id));
        for &fields in activities {
            let key = fields.key();
            let calendar = self.calendar_of(fields).unwrap_or(default);
            // What else is wrong with a row without a number is told too.
            let mut row = rows::activity(fields, key.unwrap_or_default(), calendar, default);
            let Some(uid) = key else { continue };
            if self.activities.contains_key(&uid) {
                fields.found.refuse("id_twice", || fields.node.place(), &uid.to_string());
                continue;
            }
            if let Some(wbs) = fields.id("WBSObjectId") {
                row.0.parent = self.summaries.get(&wbs).copied();
                if row.0.parent.is_none() && project != Some(wbs) {
                    fields.found.lose("unknown_wbs", || fields.node.place(), &wbs.to_string());
                }
            }
            let ix = self.push(fields.node, row);
            self.activities.insert(uid, ix);
        }
    }

    fn calendar_of(&self, fields: Fields<'_>) -> Option<CalendarIx> {
        let uid = fields.id("CalendarObjectId")?;
        let calendar = self.calendars.get(&uid).copied();
        if calendar.is_none() {
            fields.found.lose("unknown_calendar", || fields.node.place(), &uid.to_string());
        }
        calendar
    }

    fn read_assignments(&mut self, shared: &Shared<'a>, assignments: &[Fields<'a>], people: &[Option<usize>]) {
        let resources = self.take_resources(shared, people);
        for (&fields, person) in assignments.iter().zip(people) {
            let activity = fields.id("ActivityObjectId");
            let Some(ix) = activity.and_then(|uid| self.activities.get(&uid).copied()) else {
                shared.found.lose("unknown_activity", || fields.node.place(), &fields.text("ActivityObjectId"));
                continue;
            };
            let row = &mut self.plan.activities[ix.at()];
            let resource = person.and_then(|at| resources.get(&at).copied());
            let own = resource.and_then(|at| self.plan.resources[at as usize].calendar).map(CalendarIx);
            let assignment = shared.people.assignment(fields, *person, resource, own.unwrap_or(row.calendar));
            row.detail_mut().assignments.push(assignment);
            self.places.assignments[ix.at()].push(fields.node.id());
        }
    }

    /// The resources at work here, in the file's order; their places in the plan by their places in the file.
    fn take_resources(&mut self, shared: &Shared<'a>, people: &[Option<usize>]) -> HashMap<usize, u32> {
        let mut used: Vec<usize> = people.iter().flatten().copied().collect();
        used.sort_unstable();
        used.dedup();
        for &at in &used {
            let person = &shared.people.list[at];
            let calendar = person.calendar.and_then(|uid| self.calendars.get(&uid).copied());
            if calendar.is_none() && person.calendar.is_some() {
                shared.found.lose("unknown_calendar", || person.node.place(), &person.calendar.unwrap_or_default().to_string());
            }
            let mut resource = person.resource.clone();
            resource.calendar = calendar.map(|ix| ix.0);
            self.plan.resources.push(resource);
            self.places.resources.push(person.node.id());
        }
        used.into_iter().zip(0..).collect()
    }
}
