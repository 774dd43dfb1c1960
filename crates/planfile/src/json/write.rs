//! A plan as JSON: what was read and not used stands where it stood.
use super::{LINK_KINDS, Rest, calendars, resources, rows, settings};
use crate::{Format, Plan, PlanFile, Refused, Source, Written, words};
use lantu_calendar::{Instant, Span};
use lantu_schedule::{Lag, Link};
use serde_json::{Map, Value, json};

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
    let mut out = String::from("{\n");
    let mut part = |key: &str, value: Value| {
        if out.len() > 2 {
            out.push_str(",\n");
        }
        out.push_str(&format!("{}: ", Value::from(key)));
        lay_out(&mut out, &value);
    };
    part("key", plan.id.as_str().into());
    part("project", settings::write(plan, rest.project.clone()));
    part("calendars", calendars::write(&plan.calendars, &rest.calendars));
    let (summaries, activities) = rows::write(plan, rest);
    part("summaries", summaries);
    part("activities", activities);
    part("links", plan.links.iter().enumerate().map(|(at, link)| self::link(plan, link, rest.links.get(&at))).collect());
    part("resources", resources::write(plan, &rest.resources));
    for (key, value) in &rest.document {
        part(key, value.clone());
    }
    out.push_str("\n}\n");
    debug_assert_eq!(Format::detect(out.as_bytes()), Some(Format::Json));
    Ok(Written { bytes: out.into_bytes(), losses: vec![] })
}

/// A list stands one element a line, so that two versions can be compared.
fn lay_out(out: &mut String, value: &Value) {
    let Value::Array(list) = value else {
        out.push_str(&value.to_string());
        return;
    };
    out.push('[');
    for (i, element) in list.iter().enumerate() {
        out.push_str(if i > 0 { ",\n" } else { "\n" });
        out.push_str(&element.to_string());
    }
    out.push(']');
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

fn minutes(span: Span) -> Value {
    match span.as_seconds() {
        whole if whole % 60 == 0 => (whole / 60).into(),
        _ => span.as_minutes().into(),
    }
}

/// A time, with seconds where it has any.
pub fn time(at: Instant) -> Value {
    format!("{at:#}").into()
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
