//! Calendars of the JSON format: minute intervals by weekday, exceptions by day.
use super::{
    fields::{Fields, Found, Place, shown},
    write::{Object, name, put},
};
use crate::bounds::{self, MOST_STRETCHES};
use crate::{CalendarKind, PlanCalendar};
use jiff::civil::Date;
use lantu_calendar::{Calendar, CalendarSpec, Exception, Hours, Week, WorkWeek};
use lantu_schedule::CalendarIx;
use serde_json::{Value, json};
use std::{cell::OnceCell, collections::HashMap};

const KINDS: [(&str, CalendarKind); 3] =
    [("GLOBAL", CalendarKind::Global), ("PROJECT", CalendarKind::Project), ("RESOURCE", CalendarKind::Resource)];
const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// Calendars and where each stands; a project without any gets the clock.
pub struct Calendars {
    pub list: Vec<PlanCalendar>,
    at: HashMap<i64, usize>,
    working: OnceCell<Vec<Calendar>>,
    /// What goes through untouched, one for each calendar.
    pub rest: Vec<Object>,
}

impl Calendars {
    pub fn read(values: Vec<Value>, found: &Found) -> Self {
        let (mut list, mut parents, mut rest) = (Vec::with_capacity(values.len()), vec![], vec![]);
        let mut at = HashMap::new();
        for (i, value) in values.into_iter().enumerate() {
            let mut fields = Fields::of(value, Place::nth("calendars", i), found);
            let uid = fields.whole("uid");
            parents.push(fields.whole("parent"));
            match uid {
                None => fields.refuse("missing_json_key", "uid", ""),
                Some(uid) if at.insert(uid, i).is_some() => fields.refuse("uid_twice", "uid", &uid.to_string()),
                Some(_) => {}
            }
            list.push(calendar(uid.unwrap_or_default(), &mut fields, found));
            rest.push(fields.rest());
        }
        let mut calendars = Self { list, at, working: OnceCell::new(), rest };
        for (i, parent) in parents.into_iter().enumerate() {
            let Some(uid) = parent else { continue };
            let parent = calendars.at.get(&uid).copied();
            if parent.is_none() {
                found.refuse("unknown_calendar", format!("calendars[{i}]/parent"), &uid.to_string());
            }
            calendars.list[i].spec.parent = parent;
        }
        if bounds::stretches(calendars.list.iter()) > MOST_STRETCHES {
            found.refuse("calendars_too_large", "calendars".to_owned(), &MOST_STRETCHES.to_string());
            bounds::clear(&mut calendars.list);
        }
        calendars.never_empty()
    }

    fn never_empty(mut self) -> Self {
        if self.list.is_empty() {
            let spec = CalendarSpec::around_the_clock();
            self.list.push(PlanCalendar { uid: 0, name: String::new(), kind: CalendarKind::Global, minutes_per_day: Some(1440), spec });
        }
        self
    }

    /// A calendar ready to count with.
    pub fn working(&self, at: CalendarIx) -> Option<&Calendar> {
        let resolve = || Calendar::resolve(&self.list.iter().map(|c| c.spec.clone()).collect::<Vec<_>>());
        self.working.get_or_init(resolve).get(at.at())
    }

    /// The place of a calendar.
    pub fn find(&self, uid: i64) -> Option<u32> {
        self.at.get(&uid).map(|at| *at as u32)
    }

    /// The place of a calendar that a field names; an unknown one is noted.
    pub fn named(&self, fields: &mut Fields, key: &str) -> Option<u32> {
        let uid = fields.whole(key)?;
        let at = self.find(uid);
        if at.is_none() {
            fields.refuse("unknown_calendar", key, &uid.to_string());
        }
        at
    }
}

fn calendar(uid: i64, fields: &mut Fields, found: &Found) -> PlanCalendar {
    let kind = fields.choice("type", &KINDS).unwrap_or_default();
    let name = fields.name("name").unwrap_or_default();
    let minutes_per_day = fields.whole("min_per_day").and_then(|m| u32::try_from(m).ok());
    let week = read_week(fields.take("week"), fields.place(), found);
    let spec = CalendarSpec { week, exceptions: exceptions(fields), work_weeks: work_weeks(fields, found), parent: None };
    PlanCalendar { uid, name, kind, minutes_per_day, spec }
}

fn read_week(value: Option<Value>, outer: Place, found: &Found) -> Week {
    let Some(value) = value else { return Week::default() };
    let mut days = Fields::of(value, Place { within: Some(&outer), name: "week", index: None }, found);
    WEEKDAYS.map(|day| {
        let value = days.take(day)?;
        let hours = hours(&value);
        if hours.is_none() {
            days.refuse("wrong_hours", day, &shown(&value));
        }
        hours
    })
}

/// `[[from,to,week]…]`: an addition of ours to the format.
fn work_weeks(fields: &mut Fields, found: &Found) -> Vec<WorkWeek> {
    let mut weeks = vec![];
    for (i, value) in fields.list("work_weeks").into_iter().enumerate() {
        match (day(&value, 0), day(&value, 1), value.get(2)) {
            (Some(from), Some(to), Some(week)) => {
                weeks.push(WorkWeek { from, to, week: read_week(Some(week.clone()), fields.place(), found) });
            }
            _ => fields.refuse("wrong_exception", &format!("work_weeks[{i}]"), &shown(&value)),
        }
    }
    weeks
}

fn exceptions(fields: &mut Fields) -> Vec<Exception> {
    let mut exceptions = vec![];
    for (i, value) in fields.list("exceptions").into_iter().enumerate() {
        match exception(&value) {
            Some(exception) => exceptions.push(exception),
            None => fields.refuse("wrong_exception", &format!("exceptions[{i}]"), &shown(&value)),
        }
    }
    exceptions
}

fn day(value: &Value, at: usize) -> Option<Date> {
    value.get(at)?.as_str()?.parse().ok()
}

fn exception(value: &Value) -> Option<Exception> {
    let (from, to) = (day(value, 0)?, day(value, 1)?);
    (from <= to).then_some(Exception { from, to, hours: hours(value.get(2)?)? })
}

/// Intervals in minutes after midnight; 1440 is the midnight that ends the day.
fn hours(value: &Value) -> Option<Hours> {
    let second = |v: &Value| v.as_f64().filter(|m| (0.0..=1440.0).contains(m)).map(|m| (m * 60.0).round() as u32);
    let spans = value.as_array()?.iter().map(|v| Some((second(v.get(0)?)?, second(v.get(1)?)?)));
    let spans: Option<Vec<_>> = spans.collect();
    spans.filter(|spans| spans.iter().all(|(a, b)| a <= b)).map(Hours::of_seconds)
}

/// All calendars, around what went through untouched.
pub fn write(calendars: &[PlanCalendar], rest: &[Object]) -> Value {
    let each = calendars.iter().enumerate().map(|(at, c)| {
        let mut object = rest.get(at).cloned().unwrap_or_default();
        object.insert("uid".into(), c.uid.into());
        put(&mut object, "name", (!c.name.is_empty()).then(|| c.name.as_str().into()));
        object.insert("type".into(), name(&KINDS, c.kind));
        put(&mut object, "parent", c.spec.parent.and_then(|p| calendars.get(p)).map(|p| p.uid.into()));
        put(&mut object, "min_per_day", c.minutes_per_day.map(Into::into));
        object.insert("week".into(), write_week(&c.spec.week));
        let exceptions = c.spec.exceptions.iter().map(|e| json!([e.from.to_string(), e.to.to_string(), write_hours(&e.hours)]));
        object.insert("exceptions".into(), exceptions.collect());
        let weeks = c.spec.work_weeks.iter().map(|w| json!([w.from.to_string(), w.to.to_string(), write_week(&w.week)]));
        put(&mut object, "work_weeks", (!c.spec.work_weeks.is_empty()).then(|| weeks.collect()));
        Value::from(object)
    });
    each.collect()
}

fn write_week(week: &Week) -> Value {
    let day = |(name, hours): (&str, &Option<Hours>)| (name.to_owned(), hours.as_ref().map_or(Value::Null, write_hours));
    Value::Object(WEEKDAYS.into_iter().zip(week).map(day).collect())
}

fn write_hours(hours: &Hours) -> Value {
    let minute = |s: u32| if s.is_multiple_of(60) { Value::from(s / 60) } else { Value::from(f64::from(s) / 60.0) };
    hours.spans().iter().map(|(a, b)| json!([minute(*a), minute(*b)])).collect()
}
