//! The elements of calendars. Only resources' calendars may have a base, and a base none: what stands on more is
//! written out in full.
use super::{
    entry::{Entry, entry, flag},
    numbers::Numbers,
};
use crate::mspdi::value::time_text;
use crate::xml::XmlBuilder;
use crate::{CalendarKind, Loss};
use jiff::civil::Date;
use lantu_calendar::{CalendarSpec, Exception, Hours, Week, WorkWeek, day_of, days_of};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// So many days of exceptions are written out for a calendar that stands on another.
const MOST_DAYS: usize = 40_000;

/// The schema has room for so many stretches of work on a day.
const SHIFTS: usize = 5;

/// A calendar as it is written.
pub(super) struct Sheet {
    pub uid: i64,
    pub name: String,
    pub is_base: bool,
    /// -1 for none.
    pub base: i64,
    pub spec: CalendarSpec,
}

/// The calendars of a plan, and for each of its resources the identity of its calendar. In a file made anew every
/// resource gets a calendar of its own over the one that it shares.
pub(super) fn sheets(numbers: &Numbers, anew: bool, losses: &mut Vec<Loss>) -> (Vec<Sheet>, Vec<Option<i64>>) {
    let plan = numbers.plan;
    let bases = bases(numbers);
    let mut sheets: Vec<Sheet> = (0..plan.calendars.len()).map(|at| sheet(numbers, at, bases.contains(&at), losses)).collect();
    let mut next = sheets.iter().map(|s| s.uid).max().unwrap_or(0);
    let mut given = HashSet::new();
    let mut of_resources = vec![];
    for resource in &plan.resources {
        let at = resource.calendar.map(|c| c as usize).filter(|at| *at < plan.calendars.len());
        let own = at.filter(|at| !anew || !bases.contains(at) && given.insert(*at));
        let uid = match (at, own) {
            (None, _) => None,
            (_, Some(own)) => numbers.calendars.get(own).copied(),
            (Some(at), None) => {
                next += 1;
                sheets.push(over(numbers, at, bases.contains(&at), next, &resource.name, &plan.calendars[at].spec));
                Some(next)
            }
        };
        of_resources.push(uid);
    }
    (sheets, of_resources)
}

/// Calendars that the project, a task or another calendar stands on.
fn bases(numbers: &Numbers) -> HashSet<usize> {
    let plan = numbers.plan;
    let project = plan.options.calendar.at();
    let tasks = plan.activities.iter().map(|a| a.calendar.at());
    let parents = plan.calendars.iter().filter_map(|c| c.spec.parent);
    let shared = plan.calendars.iter().enumerate().filter(|(_, c)| c.kind != CalendarKind::Resource).map(|(at, _)| at);
    std::iter::once(project).chain(tasks).chain(parents).chain(shared).collect()
}

/// A resource's own calendar with the hours of another.
fn over(numbers: &Numbers, at: usize, is_base: bool, uid: i64, name: &str, spec: &CalendarSpec) -> Sheet {
    let number = |at: usize| numbers.calendars.get(at).copied().unwrap_or(-1);
    match is_base {
        true => Sheet { uid, name: name.to_owned(), is_base: false, base: number(at), spec: CalendarSpec::default() },
        false => {
            let base = spec.parent.map_or(number(numbers.plan.options.calendar.at()), number);
            Sheet { uid, name: name.to_owned(), is_base: false, base, spec: spec.clone() }
        }
    }
}

fn sheet(numbers: &Numbers, at: usize, is_base: bool, losses: &mut Vec<Loss>) -> Sheet {
    let calendar = &numbers.plan.calendars[at];
    let number = |at: usize| numbers.calendars.get(at).copied().unwrap_or(-1);
    let (uid, name) = (number(at), calendar.name.clone());
    match (is_base, calendar.spec.parent) {
        (false, Some(parent)) => Sheet { uid, name, is_base, base: number(parent), spec: calendar.spec.clone() },
        (false, None) => {
            let spec = CalendarSpec { week: said(&calendar.spec.week), ..calendar.spec.clone() };
            Sheet { uid, name, is_base, base: number(numbers.plan.options.calendar.at()), spec }
        }
        (true, None) => {
            let spec = CalendarSpec { week: said(&calendar.spec.week), ..calendar.spec.clone() };
            Sheet { uid, name, is_base, base: -1, spec }
        }
        (true, Some(_)) => {
            losses.push(Loss { code: "calendar_base_written_out", place: format!("Calendar {uid}"), found: calendar.name.clone() });
            Sheet { uid, name, is_base, base: -1, spec: written_out(numbers, at, losses) }
        }
    }
}

/// A day that nothing says hours for has none.
fn said(week: &Week) -> Week {
    std::array::from_fn(|day| Some(week[day].clone().unwrap_or_default()))
}

/// Without its base: its week, and every day that differs from it.
fn written_out(numbers: &Numbers, at: usize, losses: &mut Vec<Loss>) -> CalendarSpec {
    let mut chain = vec![];
    let mut next = Some(at);
    while let Some(spec) = next.filter(|at| !chain.contains(at)).and_then(|at| {
        chain.push(at);
        numbers.plan.calendars.get(at).map(|c| &c.spec)
    }) {
        next = spec.parent;
    }
    let specs: Vec<&CalendarSpec> = chain.iter().filter_map(|at| numbers.plan.calendars.get(*at)).map(|c| &c.spec).collect();
    let week: Week = std::array::from_fn(|day| Some(specs.iter().find_map(|s| s.week[day].clone()).unwrap_or_default()));
    let mut days = BTreeSet::new();
    let stretches =
        specs.iter().flat_map(|s| s.exceptions.iter().map(|e| (e.from, e.to)).chain(s.work_weeks.iter().map(|w| (w.from, w.to))));
    for (from, to) in stretches {
        let room = MOST_DAYS.saturating_sub(days.len());
        if days_of(to) - days_of(from) >= room as i64 {
            losses.push(Loss { code: "calendar_cut", place: format!("Calendar {at}"), found: numbers.plan.calendars[at].name.clone() });
        }
        days.extend((days_of(from)..=days_of(to)).take(room));
    }
    let mut exceptions: Vec<Exception> = vec![];
    for day in days {
        let Some(hours) = numbers.working(at).map(|c| c.hours(day).clone()) else { continue };
        let usual = week[(day + 3).rem_euclid(7) as usize].as_ref() == Some(&hours);
        match exceptions.last_mut() {
            _ if usual => {}
            Some(last) if days_of(last.to) == day - 1 && last.hours == hours => last.to = day_of(day),
            _ => exceptions.push(Exception { from: day_of(day), to: day_of(day), hours }),
        }
    }
    CalendarSpec { week, exceptions, ..CalendarSpec::default() }
}

/// The texts of a calendar.
pub(super) fn entries(sheet: &Sheet) -> Vec<Entry> {
    // Microsoft Project tells calendars apart by their names.
    let name = if sheet.name.is_empty() { format!("Calendar {}", sheet.uid) } else { sheet.name.clone() };
    let base = sheet.base.to_string();
    vec![entry("UID", sheet.uid.to_string()), entry("Name", name), flag("IsBaseCalendar", sheet.is_base), entry("BaseCalendarUID", base)]
}

/// The elements of a calendar that hold others, in the schema's order.
pub(super) const PARTS: [&str; 3] = ["WeekDays", "Exceptions", "WorkWeeks"];

/// One of [`PARTS`] by itself; `None` where it holds nothing.
pub(super) fn part(name: &str, spec: &CalendarSpec) -> Option<String> {
    let mut xml = XmlBuilder::fragment();
    put_part(&mut xml, name, spec).then(|| xml.finish())
}

fn put_part(xml: &mut XmlBuilder, name: &str, spec: &CalendarSpec) -> bool {
    match name {
        "WeekDays" => week_days(xml, &spec.week, &apart(&spec.exceptions)),
        "Exceptions" => list(xml, "Exceptions", &apart(&spec.exceptions), exception),
        _ => list(xml, "WorkWeeks", &spec.work_weeks, work_week),
    }
}

fn list<T>(xml: &mut XmlBuilder, name: &'static str, items: &[T], put: fn(&mut XmlBuilder, &T)) -> bool {
    if items.is_empty() {
        return false;
    }
    xml.open(name);
    items.iter().for_each(|item| put(xml, item));
    xml.close();
    true
}

/// Exceptions too: programs before 2007 look for them here.
fn week_days(xml: &mut XmlBuilder, week: &Week, exceptions: &[Exception]) -> bool {
    if week.iter().all(Option::is_none) && exceptions.is_empty() {
        return false;
    }
    xml.open("WeekDays");
    days(xml, week);
    for exception in exceptions {
        xml.open("WeekDay");
        xml.leaf("DayType", "0");
        flag_of(xml, &exception.hours);
        period(xml, exception.from, exception.to);
        times(xml, &exception.hours);
        xml.close();
    }
    xml.close();
    true
}

/// Sunday is the first day.
fn days(xml: &mut XmlBuilder, week: &Week) {
    for (kind, at) in [6, 0, 1, 2, 3, 4, 5].into_iter().enumerate() {
        let Some(hours) = &week[at] else { continue };
        xml.open("WeekDay");
        xml.leaf("DayType", &(kind + 1).to_string());
        flag_of(xml, hours);
        times(xml, hours);
        xml.close();
    }
}

fn flag_of(xml: &mut XmlBuilder, hours: &Hours) {
    xml.leaf("DayWorking", if hours.is_empty() { "0" } else { "1" });
}

fn times(xml: &mut XmlBuilder, hours: &Hours) {
    if hours.is_empty() {
        return;
    }
    xml.open("WorkingTimes");
    for (from, to) in hours.spans().iter().take(SHIFTS) {
        xml.open("WorkingTime");
        xml.leaf("FromTime", &time_text(*from));
        xml.leaf("ToTime", &time_text(*to));
        xml.close();
    }
    xml.close();
}

fn period(xml: &mut XmlBuilder, from: Date, to: Date) {
    xml.open("TimePeriod");
    xml.leaf("FromDate", &format!("{from}T00:00:00"));
    xml.leaf("ToDate", &format!("{to}T23:59:00"));
    xml.close();
}

fn exception(xml: &mut XmlBuilder, exception: &Exception) {
    xml.open("Exception");
    xml.leaf("EnteredByOccurrences", "0");
    period(xml, exception.from, exception.to);
    xml.leaf("Occurrences", &(days_of(exception.to) - days_of(exception.from) + 1).to_string());
    xml.leaf("Name", "");
    xml.leaf("Type", "1");
    flag_of(xml, &exception.hours);
    times(xml, &exception.hours);
    xml.close();
}

fn work_week(xml: &mut XmlBuilder, week: &WorkWeek) {
    xml.open("WorkWeek");
    period(xml, week.from, week.to);
    xml.leaf("Name", "");
    xml.open("WeekDays");
    days(xml, &week.week);
    xml.close();
    xml.close();
}

/// In the order of time, none over another: of two on one day the later in the list holds.
fn apart(exceptions: &[Exception]) -> Vec<Exception> {
    let mut taken: BTreeMap<i64, (i64, &Hours)> = BTreeMap::new();
    for exception in exceptions.iter().rev() {
        let (mut from, to) = (days_of(exception.from), days_of(exception.to));
        let before = taken.range(..from).next_back().map(|(_, (end, _))| *end + 1);
        from = from.max(before.unwrap_or(from));
        if from > to {
            continue;
        }
        let over: Vec<(i64, i64)> = taken.range(from..=to).map(|(start, (end, _))| (*start, *end)).collect();
        for (start, end) in over {
            if from < start {
                taken.insert(from, (start - 1, &exception.hours));
            }
            from = end + 1;
        }
        if from <= to {
            taken.insert(from, (to, &exception.hours));
        }
    }
    let day = |(from, (to, hours)): (i64, (i64, &Hours))| Exception { from: day_of(from), to: day_of(to), hours: hours.clone() };
    taken.into_iter().map(day).collect()
}

/// A whole calendar.
pub(super) fn put(xml: &mut XmlBuilder, sheet: &Sheet, losses: &mut Vec<Loss>) {
    let shifts = |h: &Hours| h.spans().len();
    let hours = sheet.spec.week.iter().flatten().chain(sheet.spec.exceptions.iter().map(|e| &e.hours));
    if let Some(most) = hours.map(shifts).max().filter(|n| *n > SHIFTS) {
        losses.push(Loss { code: "sixth_shift", place: format!("Calendar {}", sheet.uid), found: most.to_string() });
    }
    xml.open("Calendar");
    super::entry::put(xml, &entries(sheet));
    for name in PARTS {
        put_part(xml, name, &sheet.spec);
    }
    xml.close();
}
