//! A plan as JSON: what was read and not used stands where it stood.
use super::{LINK_KINDS, Rest, calendars, resources, risk_out::Unsure, rows, settings};
use crate::{Format, Plan, PlanFile, Refused, Source, Written, digits, words};
use lantu_calendar::{Instant, Span};
use lantu_schedule::{Lag, Link};
use serde_json::{Map, Value, json};
use std::{borrow::Borrow, fmt::Write};

pub type Object = Map<String, Value>;

/// Writes the one project of a file.
pub fn write(file: &PlanFile) -> Result<Written, Refused> {
    let [plan] = file.plans.as_slice() else {
        let ids = file.plans.iter().map(|p| p.id.as_str()).collect::<Vec<_>>().join(", ");
        return Err(Refused::one(words::problem("one_project_only", "$".to_owned(), &ids)));
    };
    let nothing = Rest::default();
    let rest = match &file.source {
        Source::Json(rest) => rest,
        _ => &nothing,
    };
    let unsure = Unsure::of(plan, rest);
    let row = |at: usize| unsure.row(at, rows::write(plan, rest, at));
    let mut out = Layout(String::from("{\n"));
    out.part("key", &plan.id.as_str().into());
    out.part("project", &settings::write(plan, rest.project.clone()));
    out.part("calendars", &calendars::write(&plan.calendars, &rest.calendars));
    let (summaries, activities): (Vec<usize>, Vec<usize>) = (0..plan.activities.len()).partition(|at| plan.activities[*at].is_summary());
    out.list("summaries", summaries.into_iter().map(row));
    out.list("activities", activities.into_iter().map(row));
    out.list("links", plan.links.iter().enumerate().map(|(at, link)| self::link(plan, link, rest.links.get(&at))));
    out.part("resources", &resources::write(plan, &rest.resources));
    for (key, value) in unsure.document(&rest.document).iter() {
        out.part(key, value);
    }
    let text = out.0 + "\n}\n";
    debug_assert_eq!(Format::detect(text.as_bytes()), Some(Format::Json));
    Ok(Written { bytes: text.into_bytes(), losses: vec![] })
}

/// A document in the making. A list stands one element a line, so that two versions can be compared.
struct Layout(String);

impl Layout {
    fn part(&mut self, key: &str, value: &Value) {
        match value {
            Value::Array(list) => self.list(key, list.iter()),
            other => {
                self.key(key);
                self.value(other);
            }
        }
    }

    /// Elements are written as they are made: none waits for the others.
    fn list(&mut self, key: &str, elements: impl Iterator<Item = impl Borrow<Value>>) {
        self.key(key);
        self.0.push('[');
        for (i, element) in elements.enumerate() {
            self.0.push_str(if i > 0 { ",\n" } else { "\n" });
            self.value(element.borrow());
        }
        self.0.push(']');
    }

    fn key(&mut self, key: &str) {
        if self.0.len() > 2 {
            self.0.push_str(",\n");
        }
        self.value(&key.into());
        self.0.push_str(": ");
    }

    fn value(&mut self, value: &Value) {
        // A string takes all that is written to it.
        let _ = write!(self.0, "{value}");
    }
}

fn link(plan: &Plan, link: &Link, rest: Option<&Object>) -> Value {
    let mut object = rest.cloned().unwrap_or_default();
    let uid = |at: lantu_schedule::ActivityIx| plan.activities.get(at.at()).map_or(Value::Null, |a| a.uid.into());
    object.insert("pred".into(), uid(link.predecessor));
    object.insert("succ".into(), uid(link.successor));
    object.insert("type".into(), name(&LINK_KINDS, link.kind));
    let lag = match link.lag {
        Lag::Work(span) => length(span, false),
        Lag::Elapsed(span) => length(span, true),
        Lag::Percent(percent) => json!({"pct": percent}),
        Lag::ElapsedPercent(percent) => json!({"pct": percent, "elapsed": true}),
    };
    object.insert("lag".into(), lag);
    object.into()
}

/// A duration in minutes.
pub fn length(span: Span, elapsed: bool) -> Value {
    match elapsed {
        true => json!({"min": minutes(span), "u": "em", "elapsed": true}),
        false => json!({"min": minutes(span), "u": "m"}),
    }
}

/// Whole ones where they are.
pub fn minutes(span: Span) -> Value {
    match span.as_seconds() {
        whole if whole % 60 == 0 => (whole / 60).into(),
        _ => span.as_minutes().into(),
    }
}

/// A time, with seconds where it has any.
pub fn time(at: Instant) -> Value {
    digits::stamp(at, 'T', at.second_of_day() % 60 != 0).into()
}

/// The name of a choice.
pub fn name<T: Copy + PartialEq>(choices: &[(&str, T)], chosen: T) -> Value {
    choices.iter().find(|(_, value)| *value == chosen).map_or(Value::Null, |(name, _)| (*name).into())
}

/// Puts what there is; leaves out what there is not.
pub fn put(object: &mut Object, key: &str, value: Option<Value>) {
    if let Some(value) = value {
        object.insert(key.into(), value);
    }
}
