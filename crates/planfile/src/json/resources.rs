//! Who and what works: named by the document, or known from assignments alone.
use super::{
    calendars::Calendars,
    fields::{Fields, Found, Place},
};
use crate::{Resource, ResourceKind};
use serde_json::Value;
use std::collections::HashMap;

pub const KINDS: [(&str, ResourceKind); 4] = [
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
            let Some(uid) = fields.take("id").as_ref().and_then(super::fields::whole) else { continue };
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
