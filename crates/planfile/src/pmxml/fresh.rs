//! New documents: all that P6 asks for of a project, made from plans.
use super::texts::Ids;
use super::week::{self, Plain};
use super::{fit, losses, notes, pieces};
use crate::xml::XmlBuilder;
use crate::{Loss, Plan, PlanCalendar, Resource, Written};
use lantu_schedule::{Activity, ActivityIx};
use std::collections::{HashMap, HashSet};

const SPACE: &str = "http://xmlns.oracle.com/Primavera/P6/V19.12/API/BusinessObjects";
const SCHEMA: &str =
    "http://xmlns.oracle.com/Primavera/P6/V19.12/API/BusinessObjects http://xmlns.oracle.com/Primavera/P6/V19.12/API/p6apibo.xsd";

/// Numbers that have been given to things of one sort.
#[derive(Default)]
pub(super) struct Numbers {
    taken: HashSet<i64>,
    last: i64,
}

impl Numbers {
    /// The number itself where P6 can have it and no other thing does.
    fn keep(&mut self, uid: i64) -> Option<i64> {
        let fits = uid > 0 && i32::try_from(uid).is_ok();
        let keeps = fits && self.taken.insert(uid);
        if keeps {
            self.last = self.last.max(uid);
        }
        keeps.then_some(uid)
    }

    fn keep_or_next(&mut self, uid: i64) -> i64 {
        self.keep(uid).unwrap_or_else(|| self.next())
    }

    /// Those that begin above a number.
    pub fn above(last: i64) -> Self {
        Self { taken: HashSet::new(), last }
    }

    pub fn next(&mut self) -> i64 {
        self.last = (self.last + 1..).find(|n| self.taken.insert(*n)).unwrap_or(self.last);
        self.last
    }
}

/// Calendars and resources that several plans have in common are written once.
#[derive(Default)]
struct Common {
    calendar_numbers: Numbers,
    calendars: Vec<(PlanCalendar, Plain, i64, String)>,
    calendars_by_uid: HashMap<i64, Vec<usize>>,
    resource_numbers: Numbers,
    resources: Vec<(Resource, i64, Vec<i64>)>,
    resources_by_uid: HashMap<i64, Vec<usize>>,
}

/// A document of these plans.
pub(super) fn write(plans: &[Plan]) -> Written {
    let mut lost = vec![];
    let mut common = Common::default();
    let mut rows = (Numbers::default(), Numbers::default());
    let mut fitted = vec![];
    for (at, plan) in plans.iter().enumerate() {
        let plain = week::plain(plan);
        lost.extend(losses::of_plan(plan, &plain));
        let plan = fit::for_p6(plan, &mut lost);
        let ids = number(&plan, at, plain, &mut common, &mut rows, &mut lost);
        fitted.push((plan, ids));
    }
    Written { bytes: document(&fitted, &common).into_bytes(), losses: lost }
}

fn number(plan: &Plan, at: usize, plain: Vec<Plain>, common: &mut Common, rows: &mut (Numbers, Numbers), lost: &mut Vec<Loss>) -> Ids {
    let project = (at + 1).to_string();
    let calendars: Vec<i64> =
        plan.calendars.iter().zip(plain).map(|(calendar, plain)| common.calendar(calendar, plain, &project)).collect();
    let resources = plan.resources.iter().map(|r| common.resource(r, &calendars)).collect();
    let of = |row: &Activity, rows: &mut (Numbers, Numbers), keeps: bool| {
        let numbers = if row.is_summary() { &mut rows.1 } else { &mut rows.0 };
        if keeps { numbers.keep(row.uid) } else { Some(numbers.next()) }
    };
    // Those that keep their numbers come first, so that no other is given one of theirs.
    let kept: Vec<Option<i64>> = plan.activities.iter().map(|row| of(row, rows, true)).collect();
    // Activities and WBS elements may have one number, but some programs take them for one then.
    let last = rows.0.last.max(rows.1.last);
    (rows.0.last, rows.1.last) = (last, last);
    let mut numbered = |(row, kept): (&Activity, Option<i64>)| {
        kept.or_else(|| of(row, rows, false).inspect(|uid| lost.push(renumbered(row, *uid)))).unwrap_or(row.uid)
    };
    let rows = plan.activities.iter().zip(kept).map(&mut numbered).collect();
    Ids { project, rows, calendars, resources }
}

fn renumbered(row: &Activity, uid: i64) -> Loss {
    Loss { code: "uid_changed", place: losses::place(row), found: format!("{} → {uid}", row.uid) }
}

impl Common {
    fn calendar(&mut self, calendar: &PlanCalendar, plain: Plain, project: &str) -> i64 {
        let says = |c: &PlanCalendar| (c.uid, c.name.clone(), c.kind, c.minutes_per_day);
        let same = self.calendars_by_uid.entry(calendar.uid).or_default();
        let mut known = same.iter().map(|at| &self.calendars[*at]);
        if let Some((.., uid, _)) = known.find(|(c, p, ..)| says(c) == says(calendar) && *p == plain) {
            return *uid;
        }
        same.push(self.calendars.len());
        let uid = self.calendar_numbers.keep_or_next(calendar.uid);
        self.calendars.push((calendar.clone(), plain, uid, project.to_owned()));
        uid
    }

    fn resource(&mut self, resource: &Resource, calendars: &[i64]) -> i64 {
        let calendar = |r: &Resource, of: &[i64]| r.calendar.and_then(|at| of.get(at as usize).copied());
        let says = |r: &Resource, of: &[i64]| (r.uid, r.code.clone(), r.name.clone(), r.kind, calendar(r, of), r.max_units.to_bits());
        let same = self.resources_by_uid.entry(resource.uid).or_default();
        let mut known = same.iter().map(|at| &self.resources[*at]);
        if let Some((_, uid, _)) = known.find(|(r, _, of)| says(r, of) == says(resource, calendars)) {
            return *uid;
        }
        same.push(self.resources.len());
        let uid = self.resource_numbers.keep_or_next(resource.uid);
        self.resources.push((resource.clone(), uid, calendars.to_vec()));
        uid
    }
}

fn document(plans: &[(Plan, Ids)], common: &Common) -> String {
    let mut xml = XmlBuilder::document();
    let schema = "http://www.w3.org/2001/XMLSchema-instance";
    xml.open_with("APIBusinessObjects", &[("xmlns", SPACE), ("xmlns:xsi", schema), ("xsi:schemaLocation", SCHEMA)]);
    write_currency(&mut xml);
    if plans.iter().any(|(plan, _)| plan.stored.iter().any(|s| s.notes.is_some())) {
        notes::write_topic(&mut xml);
    }
    let default = plans.first().and_then(|(plan, ids)| ids.calendars.get(plan.options.calendar.at()).copied());
    for (calendar, plain, uid, project) in &common.calendars {
        pieces::calendar(&mut xml, calendar, *uid, plain, project, default == Some(*uid));
    }
    for (resource, uid, calendars) in &common.resources {
        let ids = Ids { project: String::new(), rows: vec![], calendars: calendars.clone(), resources: vec![] };
        pieces::resource(&mut xml, resource, *uid, &ids);
    }
    let mut numbers = Numbers::default();
    for (plan, ids) in plans {
        project(&mut xml, plan, ids, &mut numbers);
    }
    xml.finish()
}

/// A currency that resources may name.
fn write_currency(xml: &mut XmlBuilder) {
    xml.open("Currency");
    for (name, text) in [
        ("DecimalPlaces", "2"),
        ("DecimalSymbol", "Period"),
        ("DigitGroupingSymbol", "Comma"),
        ("ExchangeRate", "1"),
        ("Id", "CNY"),
        ("Name", "Chinese Yuan"),
        ("NegativeSymbol", "(#1.1)"),
        ("ObjectId", "1"),
        ("PositiveSymbol", "#1.1"),
        ("Symbol", "¥"),
    ] {
        xml.leaf(name, text);
    }
    xml.close();
}

/// A project with all that is in it.
pub(super) fn project(xml: &mut XmlBuilder, plan: &Plan, ids: &Ids, numbers: &mut Numbers) {
    pieces::project(xml, plan, ids);
    let rows = || (0..plan.activities.len() as u32).map(ActivityIx);
    let is_summary = |ix: &ActivityIx| plan.activities[ix.at()].is_summary();
    for ix in rows().filter(is_summary) {
        pieces::wbs(xml, plan, ix, ids);
    }
    for ix in rows().filter(|ix| !is_summary(ix)) {
        pieces::activity(xml, plan, ix, ids);
    }
    for ix in rows() {
        for a in plan.activities[ix.at()].detail.iter().flat_map(|d| &d.assignments) {
            pieces::assignment(xml, plan, ix, a, ids, numbers.next());
        }
    }
    for ix in rows().filter(|ix| !is_summary(ix)) {
        if let Some(text) = &plan.stored[ix.at()].notes {
            notes::write(xml, &ids.row(ix), text, &ids.project, numbers.next());
        }
    }
    for link in &plan.links {
        pieces::link(xml, plan, link, ids, numbers.next());
    }
    pieces::settings(xml, plan, ids);
    xml.close();
}
