//! Who and what works: named by the document, or known from assignments alone.
use super::{
    calendars::Calendars,
    fields::{Fields, Found, Place, whole},
    write::{name, put},
};
use crate::{Plan, Resource, ResourceKind};
use serde_json::Value;
use std::collections::HashMap;

const KINDS: [(&str, ResourceKind); 4] = [
    ("WORK", ResourceKind::Labor),
    ("NON_LABOR", ResourceKind::Nonlabor),
    ("MATERIAL", ResourceKind::Material),
    ("COST", ResourceKind::Cost),
];

/// Resources in the order of their first mention.
#[derive(Default)]
pub struct Resources {
    pub list: Vec<Resource>,
    at: HashMap<i64, u32>,
}

impl Resources {
    /// The document's own list. One whose id is a text takes part in levelling alone, and passes through.
    pub fn read(values: &[Value], calendars: &Calendars, found: &Found) -> Self {
        let mut resources = Self::default();
        for (i, value) in values.iter().enumerate() {
            let mut fields = Fields::of(value.clone(), Place::nth("resources", i), found);
            let Some(uid) = fields.take("id").as_ref().and_then(whole) else { continue };
            let calendar = calendars.named(&mut fields, "calendar");
            let kind = fields.choice("rtype", &KINDS).unwrap_or_default();
            let at = resources.add(uid, kind, calendar);
            let Some(resource) = resources.list.get_mut(at as usize) else { continue };
            resource.name = fields.name("name").unwrap_or_default();
            resource.code = fields.name("code").unwrap_or_default();
            resource.max_units = fields.number("max_units").unwrap_or(100.0);
        }
        resources
    }

    /// The calendars of resources that only the assignments name: where one of them gives it, it holds for all.
    pub fn learn(&mut self, activity: &Value, calendars: &Calendars) {
        let assignments = activity.get("assignments").and_then(Value::as_array);
        for assignment in assignments.into_iter().flatten() {
            let whole = |key: &str| assignment.get(key).and_then(super::fields::whole);
            let (Some(uid), Some(calendar)) = (whole("res"), whole("calendar").and_then(|uid| calendars.find(uid))) else { continue };
            let kind = assignment.get("rtype").and_then(Value::as_str).and_then(|t| KINDS.iter().find(|(name, _)| *name == t));
            if !self.at.contains_key(&uid) {
                self.add(uid, kind.map(|(_, kind)| *kind).unwrap_or_default(), None);
            }
            if let Some(resource) = self.at.get(&uid).and_then(|at| self.list.get_mut(*at as usize)) {
                resource.calendar = resource.calendar.or(Some(calendar));
            }
        }
    }

    /// The resource of an assignment, and whether its work takes time.
    pub fn assigned(&mut self, fields: &mut Fields, calendar: Option<u32>) -> (Option<u32>, bool) {
        let kind = fields.choice("rtype", &KINDS);
        let at = fields.whole("res").map(|uid| match self.at.get(&uid) {
            Some(at) => *at,
            None => self.add(uid, kind.unwrap_or_default(), calendar),
        });
        let kind = kind.or_else(|| at.and_then(|at| self.list.get(at as usize)).map(|r| r.kind)).unwrap_or_default();
        (at, matches!(kind, ResourceKind::Labor | ResourceKind::Nonlabor))
    }

    fn add(&mut self, uid: i64, kind: ResourceKind, calendar: Option<u32>) -> u32 {
        let at = self.list.len() as u32;
        self.at.insert(uid, at);
        self.list.push(Resource { uid, code: String::new(), name: String::new(), kind, calendar, max_units: 100.0 });
        at
    }
}

/// Work, material or cost, as the assignment itself has it.
pub fn rtype(resource: Option<&Resource>, drives: bool) -> Value {
    let own = resource.map(|r| r.kind).filter(|k| drives == matches!(k, ResourceKind::Labor | ResourceKind::Nonlabor));
    name(&KINDS, own.unwrap_or(if drives { ResourceKind::Labor } else { ResourceKind::Material }))
}

/// The plan's resources around what went through of each, then those that take no part in the plan.
pub fn write(plan: &Plan, rest: &[Value]) -> Value {
    let uid = |value: &Value| value.get("id").and_then(whole);
    let known = plan.resources.iter().map(|r| {
        let mut object = rest.iter().find(|v| uid(v) == Some(r.uid)).and_then(|v| v.as_object().cloned()).unwrap_or_default();
        object.insert("id".into(), r.uid.into());
        put(&mut object, "name", (!r.name.is_empty()).then(|| r.name.as_str().into()));
        put(&mut object, "code", (!r.code.is_empty()).then(|| r.code.as_str().into()));
        object.insert("rtype".into(), name(&KINDS, r.kind));
        put(&mut object, "calendar", r.calendar.and_then(|c| plan.calendars.get(c as usize)).map(|c| c.uid.into()));
        object.insert("max_units".into(), r.max_units.into());
        Value::from(object)
    });
    known.chain(rest.iter().filter(|v| uid(v).is_none()).cloned()).collect()
}
