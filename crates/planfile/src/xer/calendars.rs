//! The table CALENDAR.
use super::blob;
use super::cells::Reader;
use super::sheet::RowAt;
use super::words::CALENDARS;
use crate::bounds::MOST_STRETCHES;
use crate::{CalendarKind, PlanCalendar};
use lantu_calendar::{Calendar, CalendarSpec, Exception, Hours, Week};
use std::collections::HashMap;

/// A calendar with its row and the project it belongs to.
#[derive(Clone, Debug)]
pub(super) struct FileCalendar {
    pub calendar: PlanCalendar,
    /// `None` for the one that is made when a file has none.
    pub row: Option<RowAt>,
    pub project: Option<i64>,
    pub is_default: bool,
    /// How many of the exceptions are its parents'.
    pub inherited: usize,
}

/// P6's calendars stand on one another once; more steps than this are not followed.
const DEEPEST: usize = 8;
/// So many exceptions are handed down in one file at most.
const MOST_INHERITED: usize = MOST_STRETCHES / 4;

/// All calendars of the file, parents as places in the list.
pub(super) fn read(reader: &mut Reader<'_>) -> Vec<FileCalendar> {
    let sheet = reader.sheet;
    let (mut list, mut bases, mut at) = (vec![], vec![], HashMap::new());
    for row in sheet.rows("CALENDAR") {
        let Some(uid) = reader.key(&row, "clndr_id") else { continue };
        if at.contains_key(&uid) {
            reader.findings.lose("id_twice", || row.place("clndr_id"), &uid.to_string());
            continue;
        }
        at.insert(uid, list.len());
        bases.push((reader.id(&row, "base_clndr_id"), row.at));
        let kind = reader.word(&row, "clndr_type", CALENDARS).unwrap_or_default();
        let minutes_per_day =
            reader.number(&row, "day_hr_cnt").map(|h| (h * 60.0).round()).filter(|m| (1.0..=1440.0).contains(m)).map(|m| m as u32);
        let has_base = bases.last().is_some_and(|(base, _)| base.is_some());
        let spec = own_spec(reader, &row, has_base);
        list.push(FileCalendar {
            calendar: PlanCalendar { uid, name: reader.text(&row, "clndr_name"), kind, minutes_per_day, spec },
            row: Some(row.at),
            project: reader.id(&row, "proj_id"),
            is_default: reader.flag(&row, "default_flag") == Some(true),
            inherited: 0,
        });
    }
    for (i, (base, row)) in bases.iter().enumerate() {
        let Some(base) = base else { continue };
        match at.get(base) {
            Some(parent) => list[i].calendar.spec.parent = Some(*parent),
            None => reader.findings.lose("unknown_calendar", || sheet.row(*row).place("base_clndr_id"), &base.to_string()),
        }
    }
    inherit(reader, &mut list);
    for file in list.iter_mut().filter(|c| c.calendar.spec.parent.is_none()) {
        let week = &mut file.calendar.spec.week;
        *week =
            if week.iter().all(Option::is_none) { office_week() } else { std::mem::take(week).map(|day| Some(day.unwrap_or_default())) };
    }
    list
}

fn own_spec(reader: &mut Reader<'_>, row: &super::sheet::Row<'_>, has_base: bool) -> CalendarSpec {
    let text = row.raw("clndr_data").unwrap_or_default();
    let blob = blob::read(&text);
    if let Some(fault) = blob.fault {
        reader.findings.lose("calendar_unreadable", || row.place("clndr_data"), fault);
    }
    if !has_base && blob.week.iter().all(Option::is_none) {
        reader.findings.lose("calendar_without_week", || row.place("clndr_data"), &text);
    }
    CalendarSpec { week: blob.week, exceptions: blob.exceptions, ..CalendarSpec::default() }
}

/// Monday to Friday, 08:00 to 16:00: what P6 takes for a calendar without a week.
fn office_week() -> Week {
    CalendarSpec::weekdays(&Hours::of_minutes([(480, 960)])).week
}

/// The calendar of a file that has none.
pub(super) fn made() -> FileCalendar {
    let spec = CalendarSpec { week: office_week(), ..CalendarSpec::default() };
    let calendar = PlanCalendar { uid: 1, name: "Standard".into(), kind: CalendarKind::Global, minutes_per_day: Some(480), spec };
    FileCalendar { calendar, row: None, project: None, is_default: true, inherited: 0 }
}

/// P6 hands down holidays and other exceptions, never the week, and they hold against the week of the one that
/// inherits; so they are set before its own.
fn inherit(reader: &mut Reader<'_>, list: &mut [FileCalendar]) {
    let own: Vec<Vec<Exception>> = list.iter().map(|c| c.calendar.spec.exceptions.clone()).collect();
    let parents: Vec<Option<usize>> = list.iter().map(|c| c.calendar.spec.parent).collect();
    let mut left = MOST_INHERITED;
    for (i, file) in list.iter_mut().enumerate() {
        let chain = match chain_of(&parents, i) {
            Ok(chain) => chain,
            Err(code) => {
                reader.findings.lose(code, || format!("CALENDAR {}, base_clndr_id", file.calendar.uid), "");
                file.calendar.spec.parent = None;
                continue;
            }
        };
        let inherited: usize = chain.iter().map(|p| own[*p].len()).sum();
        if inherited > left {
            reader.findings.lose("too_many_exceptions", || format!("CALENDAR {}, base_clndr_id", file.calendar.uid), "");
            continue;
        }
        left -= inherited;
        file.inherited = inherited;
        let handed = chain.iter().rev().flat_map(|p| own[*p].iter().cloned());
        file.calendar.spec.exceptions = handed.chain(own[i].iter().cloned()).collect();
    }
}

/// Calendars ready to count with, each made when it is first asked for.
pub(super) struct Working<'c> {
    list: &'c [PlanCalendar],
    made: HashMap<u32, Calendar>,
}

impl<'c> Working<'c> {
    pub fn new(list: &'c [PlanCalendar]) -> Self {
        Self { list, made: HashMap::new() }
    }

    /// The calendar at this place; around the clock where there is none.
    pub fn at(&mut self, place: u32) -> &Calendar {
        let list = self.list;
        self.made.entry(place).or_insert_with(|| {
            let (mut chain, mut next) = (vec![], Some(place as usize));
            while let Some(calendar) = next.and_then(|n| list.get(n)).filter(|_| chain.len() <= DEEPEST) {
                next = calendar.spec.parent;
                let parent = next.map(|_| chain.len() + 1);
                chain.push(CalendarSpec { parent, ..calendar.spec.clone() });
            }
            Calendar::resolve(&chain).into_iter().next().unwrap_or_else(Calendar::around_the_clock)
        })
    }
}

/// The parents of a calendar, nearest first.
fn chain_of(parents: &[Option<usize>], from: usize) -> Result<Vec<usize>, &'static str> {
    let (mut chain, mut at) = (vec![], from);
    while let Some(parent) = parents[at] {
        if parent == from || chain.contains(&parent) {
            return Err("calendar_cycle");
        }
        if chain.len() == DEEPEST {
            return Err("calendars_too_deep");
        }
        chain.push(parent);
        at = parent;
    }
    Ok(chain)
}
