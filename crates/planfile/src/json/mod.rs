//! One project as JSON: times naive local, lengths in minutes. What this does not know passes through untouched.
mod activities;
mod calendars;
mod detail;
mod fields;
mod resources;
mod risk;
mod risk_out;
mod rows;
mod settings;
mod write;

pub use write::write;

use crate::{FileProblem, Format, Plan, PlanFile, Refused, Source, Uncertainty, words};
use activities::{Around, Rows};
use calendars::Calendars;
use fields::{Fields, Found, Length, Place, shown};
use lantu_schedule::{Lag, Link, LinkKind};
use resources::Resources;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

const LINK_KINDS: [(&str, LinkKind); 4] =
    [("FS", LinkKind::FinishStart), ("SS", LinkKind::StartStart), ("FF", LinkKind::FinishFinish), ("SF", LinkKind::StartFinish)];

/// A document of more values is not read: 2 GB of memory.
const MOST_VALUES: usize = 50_000_000;

/// A document of more objects is not read: 6 GB of memory where each holds one key.
const MOST_OBJECTS: usize = 10_000_000;

/// What a document holds besides its plan.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rest {
    document: Map<String, Value>,
    project: Map<String, Value>,
    resources: Vec<Value>,
    /// One for each calendar.
    calendars: Vec<Map<String, Value>>,
    /// By the link's place, where there is any.
    links: BTreeMap<usize, Map<String, Value>>,
    /// One for each activity, in the plan's order.
    rows: Vec<Map<String, Value>>,
    /// By the activity's place, where any of its assignments has more than a plan carries: one for each.
    assignments: BTreeMap<usize, Vec<Map<String, Value>>>,
    /// As it was read; it stands in `document` and `rows` as well, as it was written.
    uncertainty: Uncertainty,
}

impl Rest {
    /// Every key that no plan carries, with the list it stands in.
    pub(crate) fn keys(&self, mut each: impl FnMut(&str, &str)) {
        self.document.keys().filter(|key| !risk::LISTS.contains(&key.as_str())).for_each(|key| each("", key));
        self.rows.iter().flat_map(Map::keys).filter(|key| *key != risk::RANGE).for_each(|key| each("activities/", key));
        self.assignments.values().flatten().flat_map(Map::keys).for_each(|key| each("assignments/", key));
    }
}

/// Reads one project; refused with every problem found, each with its place in the document.
pub fn read(bytes: &[u8]) -> Result<PlanFile, Refused> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    bounded(bytes).map_err(Refused::one)?;
    let document: Value = serde_json::from_slice(bytes).map_err(|e| {
        let place = format!("line {}, column {}", e.line(), e.column());
        // The parser ends with the place once more.
        let said = e.to_string();
        let reason = said.rsplit_once(" at line ").map_or(said.as_str(), |(reason, _)| reason);
        Refused::one(words::problem("json_broken", place, reason))
    })?;
    let found = Found::default();
    let (plan, rest) = plan(document, &found);
    let problems = found.into_problems();
    match problems.is_empty() {
        true => Ok(PlanFile { format: Format::Json, plans: vec![plan], source: Source::Json(Box::new(rest)) }),
        false => Err(Refused { problems }),
    }
}

/// Values take more memory than their bytes: they are counted before they are made.
fn bounded(bytes: &[u8]) -> Result<(), FileProblem> {
    let (mut values, mut objects) = (0, 0);
    for byte in bytes {
        values += usize::from(matches!(byte, b',' | b'[' | b'{'));
        objects += usize::from(*byte == b'{');
    }
    match (values > MOST_VALUES, objects > MOST_OBJECTS) {
        (true, _) => Err(words::problem("json_too_many", "$".to_owned(), &MOST_VALUES.to_string())),
        (_, true) => Err(words::problem("json_too_many", "$".to_owned(), &MOST_OBJECTS.to_string())),
        _ => Ok(()),
    }
}

fn plan(document: Value, found: &Found) -> (Plan, Rest) {
    let mut top = Fields::of(document, Place::of("$"), found);
    let calendars = Calendars::read(top.list("calendars"), found);
    if !top.has("project") {
        found.refuse("missing_json_key", "project".to_owned(), "");
    }
    let mut project = Fields::of(top.take("project").unwrap_or_else(|| Map::new().into()), Place::of("project"), found);
    let (options, units) = settings::read(&mut project, &calendars);
    let own_resources = top.list("resources");
    let mut resources = Resources::read(&own_resources, &calendars, found);
    let around = Around { options: &options, calendars: &calendars, found };
    let rows = Rows::read(top.list("activities"), top.list("summaries"), &around, &mut resources);
    let (links, link_rest) = links(top.list("links"), &rows, found);
    let key = top.name("key").unwrap_or_default();
    let document = top.rest();
    let uncertainty = risk::read(&document, &rows, &calendars, found);
    let id = project.name("id").unwrap_or_else(|| key.clone());
    let name = project.name("name").unwrap_or(key);
    let last_scheduled = project.instant("last_scheduled");
    let mut plan = Plan {
        id,
        name,
        options,
        units,
        calendars: calendars.list,
        activities: Vec::with_capacity(rows.list.len()),
        labels: Vec::with_capacity(rows.list.len()),
        stored: Vec::with_capacity(rows.list.len()),
        links,
        resources: resources.list,
        uncertainty: uncertainty.clone(),
        last_scheduled,
        losses: vec![],
    };
    let mut rest = Rest {
        document,
        project: project.rest(),
        resources: own_resources,
        calendars: calendars.rest,
        links: link_rest,
        rows: vec![],
        assignments: BTreeMap::new(),
        uncertainty,
    };
    for (at, row) in rows.list.into_iter().enumerate() {
        if row.assignments.iter().any(|rest| !rest.is_empty()) {
            rest.assignments.insert(at, row.assignments);
        }
        plan.activities.push(row.activity);
        plan.labels.push(row.label);
        plan.stored.push(row.stored);
        rest.rows.push(row.rest);
    }
    (plan, rest)
}

fn links(values: Vec<Value>, rows: &Rows, found: &Found) -> (Vec<Link>, BTreeMap<usize, Map<String, Value>>) {
    let mut links = Vec::with_capacity(values.len());
    let mut rest = BTreeMap::new();
    for (i, value) in values.into_iter().enumerate() {
        let mut fields = Fields::of(value, Place::nth("links", i), found);
        let mut end = |key: &str| {
            let Some(value) = fields.take(key) else {
                fields.refuse("missing_json_key", key, "");
                return None;
            };
            let end = fields::whole(&value).and_then(|uid| rows.find(uid));
            if end.is_none() {
                fields.refuse("unknown_activity", key, &shown(&value));
            }
            end
        };
        let (predecessor, successor) = (end("pred"), end("succ"));
        let kind = fields.choice("type", &LINK_KINDS).unwrap_or_default();
        let lag = fields.length("lag").map_or(Lag::NONE, lag);
        if let (Some(predecessor), Some(successor)) = (predecessor, successor) {
            let left = fields.rest();
            if !left.is_empty() {
                rest.insert(links.len(), left);
            }
            links.push(Link { predecessor, successor, kind, lag });
        }
    }
    (links, rest)
}

fn lag(length: Length) -> Lag {
    match length {
        Length::Fixed { span, elapsed: false } => Lag::Work(span),
        Length::Fixed { span, elapsed: true } => Lag::Elapsed(span),
        Length::Percent { percent, elapsed: false } => Lag::Percent(percent as f32),
        Length::Percent { percent, elapsed: true } => Lag::ElapsedPercent(percent as f32),
    }
}
