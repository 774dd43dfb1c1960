//! Calendars of the JSON format: minute intervals by weekday, exceptions by day.
use super::fields::{Fields, Found, Place, shown, whole};
use crate::{CalendarKind, PlanCalendar};
use jiff::civil::Date;
use lantu_calendar::{Calendar, CalendarSpec, Exception, Hours, Week};
use lantu_schedule::CalendarIx;
use serde_json::Value;
use std::{cell::OnceCell, collections::HashMap};

const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// Calendars and where each stands; a project without any gets the clock.
pub struct Calendars {
    pub list: Vec<PlanCalendar>,
    at: HashMap<i64, usize>,
    working: OnceCell<Vec<Calendar>>,
}

impl Calendars {
    pub fn read(values: Vec<Value>, found: &Found) -> Self {
        let (mut list, mut parents) = (Vec::with_capacity(values.len()), vec![]);
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
            list.push(calendar(uid.unwrap_or_default(), fields, found));
        }
        let mut calendars = Self { list, at, working: OnceCell::new() };
        for (i, parent) in parents.into_iter().enumerate() {
            let Some(uid) = parent else { continue };
            let parent = calendars.at.get(&uid).copied();
            if parent.is_none() {
                found.refuse("unknown_calendar", format!("calendars[{i}]/parent"), &uid.to_string());
            }
            calendars.list[i].spec.parent = parent;
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

fn calendar(uid: i64, mut fields: Fields, found: &Found) -> PlanCalendar {
    let kinds = [("GLOBAL", CalendarKind::Global), ("PROJECT", CalendarKind::Project), ("RESOURCE", CalendarKind::Resource)];
    let kind = fields.choice("type", &kinds).unwrap_or_default();
    let name = fields.name("name").unwrap_or_default();
    let minutes_per_day = fields.whole("min_per_day").and_then(|m| u32::try_from(m).ok());
    let spec = CalendarSpec { week: week(&mut fields, found), exceptions: exceptions(&mut fields), ..CalendarSpec::default() };
    PlanCalendar { uid, name, kind, minutes_per_day, spec }
}

fn week(fields: &mut Fields, found: &Found) -> Week {
    let outer = fields.place();
    let Some(value) = fields.take("week") else { return Week::default() };
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

fn exception(value: &Value) -> Option<Exception> {
    let day = |i: usize| value.get(i)?.as_str()?.parse::<Date>().ok();
    let (from, to) = (day(0)?, day(1)?);
    (from <= to).then_some(Exception { from, to, hours: hours(value.get(2)?)? })
}

/// Intervals in minutes after midnight; 1440 is the midnight that ends the day.
fn hours(value: &Value) -> Option<Hours> {
    let minute = |v: &Value| whole(v).and_then(|m| u32::try_from(m).ok()).filter(|m| *m <= 1440);
    let spans = value.as_array()?.iter().map(|v| Some((minute(v.get(0)?)?, minute(v.get(1)?)?)));
    let spans: Option<Vec<_>> = spans.collect();
    spans.filter(|spans| spans.iter().all(|(a, b)| a <= b)).map(Hours::of_minutes)
}
