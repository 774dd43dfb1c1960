//! What is unsure about a plan, written: as it came where nothing of it was changed, else anew.
use super::{
    Rest,
    risk::{LISTS, RANGE},
    write::{Object, minutes, put},
};
use crate::{Plan, Uncertainty};
use lantu_calendar::Span;
use lantu_risk::{Correlation, Impact, Range, Risk, Weather};
use lantu_schedule::ActivityIx;
use serde_json::{Map, Value, json};
use std::{borrow::Cow, collections::HashMap};

/// How what is unsure goes into a document.
pub struct Unsure<'a> {
    plan: &'a Plan,
    /// By the activity's place; `None` when everything goes back as it came.
    ranges: Option<HashMap<usize, &'a Range>>,
}

impl<'a> Unsure<'a> {
    pub fn of(plan: &'a Plan, rest: &Rest) -> Self {
        let changed = plan.uncertainty != rest.uncertainty;
        let ranges = changed.then(|| plan.uncertainty.ranges.iter().map(|r| (r.activity.at(), &r.range)).collect());
        Self { plan, ranges }
    }

    /// A row with its range.
    pub fn row(&self, at: usize, mut row: Value) -> Value {
        if let (Some(ranges), Some(object)) = (&self.ranges, row.as_object_mut()) {
            object.remove(RANGE);
            put(object, RANGE, ranges.get(&at).map(|r| range(r)));
        }
        row
    }

    /// The keys of the document that went through, with the lists in place of what they were.
    pub fn document<'d>(&self, document: &'d Object) -> Cow<'d, Object> {
        let mut document = Cow::Borrowed(document);
        if self.ranges.is_some() {
            let document = document.to_mut();
            let Uncertainty { risks, correlations, weather, .. } = &self.plan.uncertainty;
            let lists = [self.each(risks, Self::risk), self.each(correlations, Self::correlation), self.each(weather, Self::weather)];
            for (key, list) in LISTS.iter().zip(lists) {
                document.remove(*key);
                put(document, key, (!list.is_empty()).then(|| list.into()));
            }
        }
        document
    }

    fn each<T>(&self, list: &[T], one: fn(&Self, &T) -> Value) -> Vec<Value> {
        list.iter().map(|item| one(self, item)).collect()
    }

    fn uid(&self, at: ActivityIx) -> Value {
        self.plan.activities.get(at.at()).map_or(Value::Null, |a| a.uid.into())
    }

    fn risk(&self, risk: &Risk) -> Value {
        let impact = |i: &Impact| json!({"uid": self.uid(i.activity), RANGE: range(&i.range)});
        let impacts: Vec<Value> = risk.impacts.iter().map(impact).collect();
        shared(json!({"id": risk.id, "probability": number(risk.probability), "impacts": impacts}), risk.shared)
    }

    fn correlation(&self, group: &Correlation) -> Value {
        let uids: Vec<Value> = group.activities.iter().map(|a| self.uid(*a)).collect();
        let mut object = Map::from_iter([("uids".to_owned(), uids.into()), ("rho".to_owned(), number(group.rho))]);
        put(&mut object, "id", (!group.id.is_empty()).then(|| group.id.as_str().into()));
        shared(object.into(), group.shared)
    }

    fn weather(&self, weather: &Weather) -> Value {
        let calendar = self.plan.calendars.get(weather.calendar.at()).map(|c| c.uid);
        json!({"id": weather.id, "calendar": calendar, "lost": weather.lost.map(number)})
    }
}

fn shared(mut value: Value, is_shared: bool) -> Value {
    if let Some(object) = value.as_object_mut().filter(|_| is_shared) {
        object.insert("shared".into(), true.into());
    }
    value
}

fn range(range: &Range) -> Value {
    match range {
        Range::Triangular { min, mode, max } => {
            json!({"kind": "triangular", "min": minutes(*min), "mode": minutes(*mode), "max": minutes(*max)})
        }
        Range::Uniform { min, max } => json!({"kind": "uniform", "min": minutes(*min), "max": minutes(*max)}),
        Range::Lognormal { p50, p90 } => json!({"kind": "lognormal", "p50": minutes(*p50), "p90": minutes(*p90)}),
        Range::Empirical { values } => {
            json!({"kind": "empirical", "values": values.iter().map(|v: &Span| minutes(*v)).collect::<Vec<_>>()})
        }
    }
}

/// A whole number without a point.
fn number(value: f64) -> Value {
    if value.fract() == 0.0 && value.abs() < 1e15 { (value as i64).into() } else { value.into() }
}
