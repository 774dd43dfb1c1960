//! Resources and roles, and who of them works on what.
use super::field::Fields;
use super::found::Found;
use super::words::{CURVES, RESOURCES, meaning};
use crate::xml::Node;
use crate::{Resource, ResourceKind};
use lantu_calendar::Span;
use lantu_schedule::{Assignment, CalendarIx, Contour, Delay};
use std::collections::HashMap;

/// A resource or role of the file.
pub(super) struct Person<'a> {
    pub node: Node<'a>,
    pub resource: Resource,
    pub calendar: Option<i64>,
}

/// Resources and roles of the file.
#[derive(Default)]
pub(super) struct People<'a> {
    pub list: Vec<Person<'a>>,
    resources: HashMap<i64, usize>,
    roles: HashMap<i64, usize>,
    curves: HashMap<i64, Contour>,
}

impl<'a> People<'a> {
    pub fn read(root: Node<'a>, found: &'a Found) -> Self {
        let mut people = Self::default();
        let limits = limits(root, "ResourceRate", "ResourceObjectId", found);
        for node in root.children("Resource") {
            people.add_resource(Fields::of(node, found), &limits);
        }
        let limits = limits_of_roles(root, found);
        for node in root.children("Role") {
            people.add_role(Fields::of(node, found), &limits);
        }
        for node in root.children("ResourceCurve") {
            if let Some(id) = Fields::of(node, found).key() {
                let name = node.child_text("Name").unwrap_or_default();
                people.curves.insert(id, meaning(CURVES, &name).unwrap_or(Contour::Contoured));
            }
        }
        people
    }

    fn add_resource(&mut self, fields: Fields<'a>, limits: &HashMap<i64, f64>) {
        let Some(uid) = fields.key() else { return };
        if self.resources.contains_key(&uid) {
            return fields.found.lose("id_twice", || fields.node.place(), &uid.to_string());
        }
        let own = || fields.number("MaxUnitsPerTime").or_else(|| fields.number("DefaultUnitsPerTime"));
        let max_units = percent(limits.get(&uid).copied().or_else(own).unwrap_or(1.0));
        let kind = fields.shown_word("ResourceType", RESOURCES).unwrap_or_default();
        let resource = Resource { uid, code: fields.text("Id"), name: fields.text("Name"), kind, calendar: None, max_units };
        self.resources.insert(uid, self.list.len());
        self.list.push(Person { node: fields.node, resource, calendar: fields.id("CalendarObjectId") });
    }

    /// Roles have numbers of their own; one that a resource has too counts as its negative.
    fn add_role(&mut self, fields: Fields<'a>, limits: &HashMap<i64, f64>) {
        let Some(id) = fields.key() else { return };
        if self.roles.contains_key(&id) {
            return fields.found.lose("id_twice", || fields.node.place(), &id.to_string());
        }
        let uid = if self.resources.contains_key(&id) { id.saturating_neg() } else { id };
        let max_units = percent(limits.get(&id).copied().unwrap_or(1.0));
        let resource =
            Resource { uid, code: fields.text("Id"), name: fields.text("Name"), kind: ResourceKind::Labor, calendar: None, max_units };
        self.roles.insert(id, self.list.len());
        self.list.push(Person { node: fields.node, resource, calendar: fields.id("CalendarObjectId") });
    }

    /// Who an assignment is for: a resource, else a role; by place in the list.
    pub fn assigned(&self, fields: Fields<'_>) -> Option<usize> {
        let by = |name: &str, of: &HashMap<i64, usize>| Some((fields.node.child_text(name)?, of.get(&fields.id(name)?).copied()));
        let (id, person) = by("ResourceObjectId", &self.resources).or_else(|| by("RoleObjectId", &self.roles))?;
        if person.is_none() {
            fields.found.lose("unknown_resource", || fields.node.place(), &id);
        }
        person
    }

    /// An assignment; `person` is in the list of the file, `resource` in that of the plan.
    pub fn assignment(&self, fields: Fields<'_>, person: Option<usize>, resource: Option<u32>, calendar: CalendarIx) -> Assignment {
        let kind = person.and_then(|at| self.list.get(at)).map(|p| p.resource.kind);
        let kind = kind.or_else(|| fields.shown_word("ResourceType", RESOURCES)).unwrap_or_default();
        let takes_time = matches!(kind, ResourceKind::Labor | ResourceKind::Nonlabor);
        let drives = takes_time && fields.flag("DrivingActivityDatesFlag") != Some(false);
        let per_time = fields.number("RemainingUnitsPerTime").filter(|n| *n > 0.0).or_else(|| fields.number("PlannedUnitsPerTime"));
        let actual_work = fields.shown_hours("ActualUnits").unwrap_or_default();
        let left = || fields.shown_hours("PlannedUnits").filter(|_| actual_work.is_zero());
        let remaining_work = fields.shown_hours("RemainingUnits").or_else(left).unwrap_or_default();
        let lag = fields.shown_hours("RemainingLag").or_else(|| fields.shown_hours("PlannedLag")).filter(|lag| !lag.is_zero());
        Assignment {
            resource,
            calendar,
            drives,
            units: percent(per_time.unwrap_or(1.0)),
            work: actual_work + remaining_work,
            remaining_work,
            actual_work,
            overtime: fields.shown_hours("ActualOvertimeUnits").unwrap_or(Span::ZERO),
            delay: lag.map(|span| Delay { span, elapsed: false }),
            leveling_delay: None,
            contour: fields
                .id("ResourceCurveObjectId")
                .map_or(Contour::Flat, |id| self.curves.get(&id).copied().unwrap_or(Contour::Contoured)),
        }
    }
}

fn limits_of_roles(root: Node<'_>, found: &Found) -> HashMap<i64, f64> {
    let mut limits = limits(root, "RoleRate", "RoleObjectId", found);
    limits.extend(self::limits(root, "RoleLimit", "RoleObjectId", found));
    limits
}

/// The units that there are of each, where rates or limits say: of several in time the first.
fn limits(root: Node<'_>, element: &str, owner: &str, found: &Found) -> HashMap<i64, f64> {
    let mut limits = HashMap::new();
    for node in root.children(element) {
        let fields = Fields::of(node, found);
        if let Some((owner, units)) = fields.id(owner).zip(fields.number("MaxUnitsPerTime")) {
            limits.entry(owner).or_insert(units);
        }
    }
    limits
}

/// Units per time to hundredths, without the dust of the multiplication.
fn percent(units: f64) -> f64 {
    (units * 1e8).round() / 1e6
}
