//! Weather that cannot be.
use super::{Found, is_chance, named};
use std::collections::{BTreeMap, BTreeSet};

/// Every weather by itself, that none takes a calendar twice, and that together they leave some work.
pub(super) fn check(found: &mut Found<'_>) {
    let model = found.model;
    let mut seen = BTreeSet::new();
    // The months in which each calendar may work.
    let mut left: BTreeMap<u32, (u16, String)> = BTreeMap::new();
    for (at, weather) in model.weather.iter().enumerate() {
        let place = named("weather", &weather.id, at);
        if weather.id.is_empty() {
            found.push("name_missing", vec![], &place, String::new());
        }
        let calendar = weather.calendar;
        if calendar.at() >= model.network.calendars.len() {
            found.push("unknown_calendar", vec![], &place, format!("calendar {}", calendar.0));
        } else if !weather.id.is_empty() && !seen.insert((&weather.id, calendar.0)) {
            found.push("duplicate_weather", vec![], &place, format!("calendar {}", calendar.0));
        }
        for (month, chance) in (1..).zip(weather.lost).filter(|(_, chance)| !is_chance(*chance)) {
            found.push("weather_out_of_range", vec![], &place, format!("{chance}, month {month}"));
        }
        let (months, last) = left.entry(calendar.0).or_insert((0xfff, String::new()));
        (0..).zip(weather.lost).filter(|(_, chance)| *chance == 1.0).for_each(|(month, _): (u16, _)| *months &= !(1 << month));
        *last = place;
    }
    for (calendar, (_, place)) in left.iter().filter(|(_, (months, _))| *months == 0) {
        found.push("weather_takes_all", vec![], place, format!("calendar {calendar}"));
    }
}
