//! Working calendars from their files: announced years exactly, later years provisionally.
use crate::{
    file::{CalendarHead, Weekday, YearEntry},
    problem::PackProblem,
    read::Entry,
    vocabulary::Words,
};
use jiff::civil::Date;
use lantu_calendar::{Calendar, CalendarSpec, Hours, HoursError, WorkCalendar};
use serde::Serialize;
use std::collections::BTreeMap;

/// Fixed holidays are assumed up to this year; a plan that reaches further counts weekends only.
const ASSUMED_UNTIL: i16 = 2100;

/// A year's announcement and where it was published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PublishedYear {
    pub year: i16,
    pub source: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarData {
    pub key: String,
    pub words: Words,
    /// In order.
    pub years: Vec<PublishedYear>,
    pub calendar: WorkCalendar,
    /// The hours of every working day.
    pub hours: Hours,
    /// The working days with their hours, ready to count with.
    pub working_time: Calendar,
}

impl CalendarData {
    /// The working days with their hours as an activity's calendar, for other calendars to change.
    pub fn spec(&self) -> CalendarSpec {
        CalendarSpec::of_office(&self.calendar, &self.hours)
    }

    pub fn published_from(&self) -> Option<Date> {
        self.years.first().and_then(|y| Date::new(y.year, 1, 1).ok())
    }
    pub fn published_through(&self) -> Option<Date> {
        self.years.last().and_then(|y| Date::new(y.year, 12, 31).ok())
    }
    /// Outside the years whose holidays are known.
    pub fn is_provisional(&self, day: Date) -> bool {
        self.published_from().is_none_or(|from| day < from) || self.published_through().is_none_or(|through| day > through)
    }
}

/// Builds a calendar; what does not fit is reported.
pub(crate) fn build(head: &Entry<CalendarHead>, years: &[Entry<YearEntry>], problems: &mut Vec<PackProblem>) -> CalendarData {
    use Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};
    let weekly = [Mon, Tue, Wed, Thu, Fri, Sat, Sun].map(|d| head.value.weekly.contains(&d));
    if !weekly.contains(&true) {
        problems.push(head.mark.problem("weekly", "pack_missing_key", &[("detail", "weekly".to_owned())]));
    }
    let mut days: BTreeMap<Date, bool> = BTreeMap::new();
    for year in years {
        for (key, texts, works) in [("off", &year.value.off, false), ("work", &year.value.work, true)] {
            for text in texts {
                exceptions_of(text, key, works, year, &mut days, problems);
            }
        }
    }
    let mut published: Vec<PublishedYear> = vec![];
    for year in years {
        if published.iter().any(|y| y.year == year.value.year) {
            problems.push(year.mark.problem("year", "pack_duplicate", &[("found", year.value.year.to_string())]));
        }
        published.push(PublishedYear { year: year.value.year, source: year.value.source.clone() });
    }
    published.sort_by_key(|y| y.year);
    let gap = published.windows(2).find(|w| w[1].year > w[0].year + 1);
    if let Some(gap) = gap {
        problems.push(head.mark.problem("year", "pack_year_gap", &[("found", (gap[0].year + 1).to_string())]));
    }
    let assumed = assumed_holidays(head, published.last().map(|y| y.year), problems);
    let through = published.last().and_then(|y| Date::new(y.year, 12, 31).ok());
    let calendar = WorkCalendar::new(weekly, assumed.into_iter().map(|d| (d, false)).chain(days), through);
    let hours = hours_of(head, problems);
    CalendarData {
        key: head.value.key.clone(),
        words: head.value.words.clone(),
        years: published,
        working_time: Calendar::of(&CalendarSpec::of_office(&calendar, &hours)),
        calendar,
        hours,
    }
}

/// The hours of a working day; eight to five where the pack does not say.
fn hours_of(head: &Entry<CalendarHead>, problems: &mut Vec<PackProblem>) -> Hours {
    let Some(spans) = &head.value.hours else { return Hours::eight_to_five() };
    let found = match Hours::of_clock(spans.iter().map(|(from, to)| (from.as_str(), to.as_str()))) {
        Ok(hours) if !hours.is_empty() => return hours,
        Ok(_) => "[]".to_owned(),
        Err(HoursError::NoTime(text) | HoursError::OutOfOrder(text)) => text,
    };
    problems.push(head.mark.problem("hours", "pack_bad_hours", &[("found", found)]));
    Hours::eight_to_five()
}

fn exceptions_of(
    text: &str,
    key: &str,
    works: bool,
    year: &Entry<YearEntry>,
    days: &mut BTreeMap<Date, bool>,
    problems: &mut Vec<PackProblem>,
) {
    let span = match text.split_once("..") {
        Some((first, last)) => first.parse::<Date>().ok().zip(last.parse::<Date>().ok()),
        None => text.parse::<Date>().ok().map(|d| (d, d)),
    };
    // An announcement may reach a few days over the year's ends, not further.
    let near = |d: Date| (year.value.year - 1..=year.value.year + 1).contains(&d.year());
    let Some((first, last)) = span.filter(|(a, b)| a <= b && near(*a) && near(*b)) else {
        problems.push(year.mark.problem(key, "pack_bad_day", &[("found", text.to_owned())]));
        return;
    };
    for day in first.series(jiff::ToSpan::day(1)).take_while(|d| *d <= last) {
        if days.insert(day, works).is_some() {
            problems.push(year.mark.problem(key, "pack_day_twice", &[("found", day.to_string())]));
        }
    }
}

fn assumed_holidays(head: &Entry<CalendarHead>, last_published: Option<i16>, problems: &mut Vec<PackProblem>) -> Vec<Date> {
    let mut days = vec![];
    for text in &head.value.fixed {
        let parts = text.split_once('-').and_then(|(m, d)| Some((m.parse::<i8>().ok()?, d.parse::<i8>().ok()?)));
        match parts.filter(|(m, d)| Date::new(2024, *m, *d).is_ok()) {
            Some((m, d)) => {
                let first = last_published.map_or(2000, |y| y.saturating_add(1));
                days.extend((first..=ASSUMED_UNTIL).filter_map(|y| Date::new(y, m, d).ok()));
            }
            None => problems.push(head.mark.problem("fixed", "pack_bad_day", &[("found", text.clone())])),
        }
    }
    days
}
