//! What is unsure about a plan, as JSON: `range` of an activity, `risks`, `correlations`, `weather`. Lengths are whole minutes.
use super::{
    activities::Rows,
    calendars::Calendars,
    fields::{Fields, Found, Place, shown, whole},
};
use crate::{Uncertainty, bounds::LARGEST};
use lantu_calendar::Span;
use lantu_risk::{Correlation, DurationRange, Impact, Range, Risk, Weather};
use lantu_schedule::{ActivityIx, CalendarIx};
use serde_json::{Map, Value};

/// The keys of a document that are read here.
pub const LISTS: [&str; 3] = ["risks", "correlations", "weather"];
/// The key of an activity that is read here.
pub const RANGE: &str = "range";

/// Reads what is unsure. Everything stays where it stands as well, so that what is not changed goes back as it came.
pub fn read(document: &Map<String, Value>, rows: &Rows, calendars: &Calendars, found: &Found) -> Uncertainty {
    let reader = Reader { rows, calendars, found };
    Uncertainty {
        ranges: reader.ranges(),
        risks: reader.list(document, LISTS[0], Reader::risk),
        correlations: reader.list(document, LISTS[1], Reader::correlation),
        weather: reader.list(document, LISTS[2], Reader::weather),
    }
}

struct Reader<'a> {
    rows: &'a Rows,
    calendars: &'a Calendars,
    found: &'a Found,
}

impl Reader<'_> {
    /// A list of the document, without what could not be read of it.
    fn list<T>(&self, document: &Map<String, Value>, key: &str, read: fn(&Self, Fields) -> Option<T>) -> Vec<T> {
        let Some(value) = document.get(key).filter(|v| !v.is_null()) else { return vec![] };
        let Some(list) = value.as_array() else {
            self.found.refuse("wrong_json_type", key.to_owned(), &shown(value));
            return vec![];
        };
        let each = list.iter().enumerate();
        each.filter_map(|(i, value)| read(self, self.object(value.clone(), Place::nth(key, i))?)).collect()
    }

    fn object<'p>(&'p self, value: Value, place: Place<'p>) -> Option<Fields<'p>> {
        let is_object = value.is_object();
        let fields = Fields::of(value, place, self.found);
        is_object.then_some(fields)
    }

    fn ranges(&self) -> Vec<DurationRange> {
        let mut ranges = vec![];
        for (at, row) in self.rows.list.iter().enumerate() {
            let Some(value) = row.rest.get(RANGE).filter(|v| !v.is_null()) else { continue };
            let range = self.range(value.clone(), &row.place());
            ranges.extend(range.map(|range| DurationRange { activity: ActivityIx(at as u32), range }));
        }
        ranges
    }

    fn range(&self, value: Value, outer: &Place) -> Option<Range> {
        let mut fields = self.object(value, Place { within: Some(outer), name: RANGE, index: None })?;
        let kinds = [("triangular", 0), ("uniform", 1), ("lognormal", 2), ("empirical", 3)];
        let kind = needed(&mut fields, "kind", |f, key| f.choice(key, &kinds))?;
        let mut point = |key| needed(&mut fields, key, minutes);
        match kind {
            0 => {
                let (min, mode, max) = (point("min"), point("mode"), point("max"));
                Some(Range::Triangular { min: min?, mode: mode?, max: max? })
            }
            1 => {
                let (min, max) = (point("min"), point("max"));
                Some(Range::Uniform { min: min?, max: max? })
            }
            2 => {
                let (p50, p90) = (point("p50"), point("p90"));
                Some(Range::Lognormal { p50: p50?, p90: p90? })
            }
            _ => Some(Range::Empirical { values: needed(&mut fields, "values", sample)? }),
        }
    }

    fn risk(&self, mut fields: Fields) -> Option<Risk> {
        let id = needed(&mut fields, "id", Fields::name);
        let probability = needed(&mut fields, "probability", Fields::number);
        let shared = fields.flag("shared").unwrap_or_default();
        let values = needed(&mut fields, "impacts", |f, key| Some(f.list(key)));
        let outer = fields.place();
        let impact = |(i, value)| self.impact(value, Place { within: Some(&outer), name: "impacts", index: Some(i) });
        let impacts = values?.into_iter().enumerate().filter_map(impact).collect();
        Some(Risk { id: id?, probability: probability?, impacts, shared })
    }

    fn impact(&self, value: Value, place: Place) -> Option<Impact> {
        let mut fields = self.object(value, place)?;
        let activity = needed(&mut fields, "uid", |f, key| f.take(key)).and_then(|uid| self.activity(&uid, &fields, "uid"));
        let range = needed(&mut fields, RANGE, |f, key| f.take(key)).and_then(|value| self.range(value, &fields.place()));
        Some(Impact { activity: activity?, range: range? })
    }

    fn correlation(&self, mut fields: Fields) -> Option<Correlation> {
        let id = fields.name("id").unwrap_or_default();
        let rho = needed(&mut fields, "rho", Fields::number);
        let shared = fields.flag("shared").unwrap_or_default();
        let uids = needed(&mut fields, "uids", |f, key| Some(f.list(key)))?;
        let one = |(i, uid): (usize, &Value)| self.activity(uid, &fields, &format!("uids[{i}]"));
        let activities = uids.iter().enumerate().filter_map(one).collect();
        Some(Correlation { id, activities, rho: rho?, shared })
    }

    fn weather(&self, mut fields: Fields) -> Option<Weather> {
        let id = needed(&mut fields, "id", Fields::name);
        let calendar = needed(&mut fields, "calendar", |f, key| self.calendars.named(f, key));
        let lost = needed(&mut fields, "lost", |f, key| f.parsed(key, twelve));
        Some(Weather { id: id?, calendar: CalendarIx(calendar?), lost: lost? })
    }

    /// The activity of a uid, else the summary row; an unknown one is noted.
    fn activity(&self, uid: &Value, fields: &Fields, key: &str) -> Option<ActivityIx> {
        let at = whole(uid).and_then(|uid| self.rows.find(uid));
        if at.is_none() {
            fields.refuse("unknown_activity", key, &shown(uid));
        }
        at
    }
}

/// The value of a key that has to be there.
fn needed<'a, T>(fields: &mut Fields<'a>, key: &str, take: impl FnOnce(&mut Fields<'a>, &str) -> Option<T>) -> Option<T> {
    if !fields.has(key) {
        fields.refuse("missing_json_key", key, "");
        return None;
    }
    take(fields, key)
}

fn minutes(fields: &mut Fields, key: &str) -> Option<Span> {
    let value = fields.take(key)?;
    as_minutes(&value, fields, key)
}

fn sample(fields: &mut Fields, key: &str) -> Option<Vec<Span>> {
    let values = fields.list(key);
    let each = values.iter().enumerate();
    Some(each.filter_map(|(i, value)| as_minutes(value, fields, &format!("{key}[{i}]"))).collect())
}

/// A fraction of a minute is refused, not rounded: whoever wrote it may have meant hours or days.
fn as_minutes(value: &Value, fields: &Fields, key: &str) -> Option<Span> {
    let sensible = value.as_f64().filter(|n| n.abs() <= LARGEST);
    let minutes = sensible.and_then(|_| whole(value));
    if minutes.is_none() {
        fields.refuse(if sensible.is_some() { "not_whole_minutes" } else { "wrong_json_type" }, key, &shown(value));
    }
    minutes.map(Span::minutes)
}

/// One number for each month.
fn twelve(value: &Value) -> Option<[f64; 12]> {
    let numbers: Option<Vec<f64>> = value.as_array()?.iter().map(Value::as_f64).collect();
    numbers?.try_into().ok()
}
