//! Calendars: a week, and days that differ from it.
use super::field::{Fields, time_of_day};
use super::found::Found;
use super::words::{CALENDARS, DAYS, meaning};
use crate::xml::Node;
use crate::{CalendarKind, PlanCalendar};
use jiff::civil::Date;
use lantu_calendar::{CalendarSpec, Exception, Hours, Week};
use std::collections::{BTreeMap, HashMap};

/// A calendar of the file, with the project it belongs to.
pub(super) struct FileCalendar<'a> {
    /// `None` for the one that is made when a file has none.
    pub node: Option<Node<'a>>,
    pub calendar: PlanCalendar,
    pub project: Option<String>,
    pub is_default: bool,
}

/// So many exceptions are handed from calendar to calendar and from file to plan at most.
pub(super) const MOST_EXCEPTIONS: usize = crate::bounds::MOST_STRETCHES / 2;

type Days = BTreeMap<Date, Hours>;

/// All calendars of the file, each complete in itself.
pub(super) fn read<'a>(nodes: impl Iterator<Item = (Node<'a>, Option<String>)>, found: &'a Found) -> Vec<FileCalendar<'a>> {
    let (mut list, mut days, mut bases, mut at) = (vec![], vec![], vec![], HashMap::new());
    for (node, project) in nodes {
        let fields = Fields::of(node, found);
        let Some(uid) = fields.key() else { continue };
        if at.contains_key(&uid) {
            found.lose("id_twice", || node.place(), &uid.to_string());
            continue;
        }
        at.insert(uid, list.len());
        list.push(one(fields, uid, project));
        days.push(exceptions(fields));
        bases.push(fields.id("BaseCalendarObjectId"));
    }
    let parents: Vec<Option<usize>> = bases.iter().map(|base| at.get(&(*base)?).copied()).collect();
    for (i, base) in bases.iter().enumerate().filter(|(i, base)| base.is_some() && parents[*i].is_none()) {
        found.lose("unknown_calendar", || place(&list[i]), &base.unwrap_or_default().to_string());
    }
    inherit(&mut list, &days, &parents, found);
    list
}

fn one<'a>(fields: Fields<'a>, uid: i64, project: Option<String>) -> FileCalendar<'a> {
    let kind = fields.shown_word("Type", CALENDARS).unwrap_or_default();
    let in_a_day = |hours: f64| (0.01..=24.0).contains(&hours).then_some((hours * 60.0).round() as u32);
    let minutes_per_day = fields.number("HoursPerDay").and_then(in_a_day);
    let spec = CalendarSpec { week: week(fields), ..CalendarSpec::default() };
    let project = fields.node.child_text("ProjectObjectId").map(|id| id.into_owned()).or(project);
    let calendar = PlanCalendar { uid, name: fields.text("Name"), kind, minutes_per_day, spec };
    FileCalendar { node: Some(fields.node), calendar, project, is_default: fields.flag("IsDefault") == Some(true) }
}

/// P6 writes all seven days; where other programs leave one out, it is an office's.
fn week(fields: Fields<'_>) -> Week {
    let office = CalendarSpec::weekdays(&Hours::of_minutes([(480, 720), (780, 1020)])).week;
    let mut week: Week = Default::default();
    for day in fields.node.children("StandardWorkWeek").flat_map(|week| week.children("StandardWorkHours")) {
        let name = day.child_text("DayOfWeek").unwrap_or_default();
        match meaning(DAYS, &name) {
            Some(at) => week[at] = Some(hours(day, fields.found)),
            None => fields.found.lose("unknown_word", || day.place(), &name),
        }
    }
    if week.iter().any(Option::is_none) {
        fields.found.lose("calendar_without_week", || fields.node.place(), "");
    }
    let mut days = week.into_iter().zip(office);
    std::array::from_fn(|_| days.next().and_then(|(own, office)| own.or(office)))
}

fn exceptions(fields: Fields<'_>) -> Days {
    let mut days = Days::new();
    for day in fields.node.children("HolidayOrExceptions").flat_map(|list| list.children("HolidayOrException")) {
        let Some(date) = Fields::of(day, fields.found).shown_date("Date") else {
            fields.found.lose("exception_without_date", || day.place(), "");
            continue;
        };
        let whole_day_alone = day.children("WorkTime").count() == 1 && hours(day, fields.found) == Hours::all_day();
        // P6 writes a day off as one period from 00:00 to 23:59.
        let hours = if whole_day_alone { Hours::none() } else { hours(day, fields.found) };
        days.insert(date.day(), hours);
    }
    days
}

/// The working periods of a day.
fn hours(day: Node<'_>, found: &Found) -> Hours {
    Hours::of_seconds(day.children("WorkTime").filter_map(|period| {
        let (start, finish) = (period.child_text("Start")?, period.child_text("Finish")?);
        let spell = time_of_day(&start).zip(time_of_day(&finish).map(end_of));
        if spell.is_none_or(|(start, end)| start >= end) {
            found.lose("working_period_unreadable", || period.place(), &format!("{start}–{finish}"));
        }
        spell
    }))
}

/// P6 names the last minute of a period: 11:59 is noon. An end on a quarter of an hour was written by another program
/// and means itself; midnight is the end of the day.
fn end_of(finish: u32) -> u32 {
    match finish {
        0 => 86_400,
        on_the_mark if on_the_mark.is_multiple_of(900) => on_the_mark,
        last_minute => (last_minute / 60 + 1) * 60,
    }
}

/// P6 hands down holidays and other exceptions, never the week, and they hold against the week of the one that inherits.
fn inherit(list: &mut [FileCalendar<'_>], days: &[Days], parents: &[Option<usize>], found: &Found) {
    let mut left = MOST_EXCEPTIONS;
    for (i, file) in list.iter_mut().enumerate() {
        let Some(chain) = chain_of(parents, i) else {
            found.refuse("calendar_cycle", || place(file), &format!("{} → … → {0}", file.calendar.uid));
            continue;
        };
        let count: usize = chain.iter().map(|at| days[*at].len()).sum();
        if count > left {
            found.refuse("calendars_too_large", || place(file), &MOST_EXCEPTIONS.to_string());
            return;
        }
        left -= count;
        let mut all = Days::new();
        for at in chain.iter().rev() {
            all.extend(days[*at].iter().map(|(day, hours)| (*day, hours.clone())));
        }
        file.calendar.spec.exceptions = spans_of(all);
    }
}

/// A calendar and what it stands on, nearest first; none when it stands on itself.
fn chain_of(parents: &[Option<usize>], from: usize) -> Option<Vec<usize>> {
    let (mut chain, mut at) = (vec![from], from);
    while let Some(parent) = parents[at] {
        if chain.contains(&parent) || chain.len() > 100 {
            return None;
        }
        chain.push(parent);
        at = parent;
    }
    Some(chain)
}

/// Days that follow one another with the same hours become one exception.
fn spans_of(days: Days) -> Vec<Exception> {
    let mut spans: Vec<Exception> = vec![];
    for (day, hours) in days {
        match spans.last_mut() {
            Some(last) if last.to.tomorrow().is_ok_and(|next| next == day) && last.hours == hours => last.to = day,
            _ => spans.push(Exception { from: day, to: day, hours }),
        }
    }
    spans
}

/// The calendar of a file that has none.
pub(super) fn made<'a>() -> FileCalendar<'a> {
    let spec = CalendarSpec::weekdays(&Hours::of_minutes([(480, 720), (780, 1020)]));
    let calendar = PlanCalendar { uid: 1, name: "Standard".into(), kind: CalendarKind::Global, minutes_per_day: Some(480), spec };
    FileCalendar { node: None, calendar, project: None, is_default: true }
}

fn place(calendar: &FileCalendar<'_>) -> String {
    calendar.node.map(|n| n.place()).unwrap_or_default()
}
