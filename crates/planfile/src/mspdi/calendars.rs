//! Calendars: weeks, exceptions of both generations, work weeks, bases.
use super::fields::{Fields, Found};
use super::recurrence::Rule;
use crate::bounds::{self, MOST_STRETCHES};
use crate::{CalendarKind, PlanCalendar, xml::Node};
use jiff::civil::Date;
use lantu_calendar::{Calendar, CalendarSpec, Exception, Hours, Week, WorkWeek};
use lantu_schedule::CalendarIx;
use std::{cell::OnceCell, collections::HashMap};

/// So many stretches of exceptions one calendar has at the most.
const MOST_EXCEPTIONS: usize = 20_000;

/// A calendar stands on so many others at the most; Microsoft Project's stand on one.
const DEEPEST: usize = 20;

/// The calendars of a file, and where each stands.
pub(super) struct Calendars<'a> {
    pub list: Vec<PlanCalendar>,
    /// The elements, in the same order; none for a calendar that the file does not have.
    pub nodes: Vec<Node<'a>>,
    /// Ready to count with, once that is asked for.
    working: OnceCell<Vec<Calendar>>,
    /// The project's.
    pub project: CalendarIx,
    at: HashMap<i64, usize>,
}

impl<'a> Calendars<'a> {
    /// `project` is the element of the file.
    pub(super) fn read(project: &Fields<'a>) -> Self {
        let found = project.found();
        let (mut list, mut nodes, mut at, mut bases) = (vec![], vec![], HashMap::new(), vec![]);
        for node in project.child("Calendars").into_iter().flat_map(|node| node.children("Calendar")) {
            let fields = Fields::of(node, found);
            let Some(uid) = fields.uid() else { continue };
            if at.insert(uid, list.len()).is_some() {
                fields.refuse("uid_twice", "UID", &uid.to_string());
            }
            let base = fields.int("BaseCalendarUID").filter(|_| fields.flag("IsBaseCalendar") != Some(true));
            bases.push((base, node));
            list.push(calendar(uid, &fields));
            nodes.push(node);
        }
        if list.is_empty() {
            project.lose("no_calendar", "Calendars", "");
            list.push(standard());
        }
        let own = project.int("CalendarUID");
        let first_base = || list.iter().position(|c| c.kind == CalendarKind::Global).unwrap_or(0);
        let at_own = own.and_then(|uid| at.get(&uid).copied());
        if at_own.is_none() && !at.is_empty() {
            project.lose("unknown_calendar", "CalendarUID", own.unwrap_or_default().to_string());
        }
        let project = CalendarIx(at_own.unwrap_or_else(first_base) as u32);
        let mut calendars = Self { list, nodes, working: OnceCell::new(), project, at };
        calendars.find_bases(&bases, found);
        if bounds::stretches(calendars.list.iter()) > MOST_STRETCHES {
            found.refuse("calendars_too_large", "Project/Calendars".to_owned(), &MOST_STRETCHES.to_string());
            bounds::clear(&mut calendars.list);
        }
        calendars
    }

    /// A base that is not there is the project's calendar; `-1` and the like are none, save where nothing else says hours.
    fn find_bases(&mut self, bases: &[(Option<i64>, Node)], found: &Found) {
        for (i, (base, node)) in bases.iter().enumerate() {
            let known = base.and_then(|uid| self.at.get(&uid).copied());
            let missing = base.filter(|uid| known.is_none() && *uid > 0);
            if let Some(uid) = missing {
                Fields::of(*node, found).lose("unknown_calendar", "BaseCalendarUID", uid.to_string());
            }
            let calendar = &mut self.list[i];
            let idle = calendar.kind == CalendarKind::Resource && calendar.spec.week.iter().all(Option::is_none);
            let project = Some(self.project.at()).filter(|at| *at != i && (missing.is_some() || idle));
            calendar.spec.parent = known.or(project);
        }
        let nodes = |i: usize| bases.get(i).map(|(_, node)| Fields::of(*node, found));
        for i in self.on_circles() {
            let name = self.list[i].name.clone();
            nodes(i).inspect(|fields| fields.refuse("calendar_cycle", "BaseCalendarUID", &name));
        }
        for i in self.cut_long_chains() {
            let name = self.list[i].name.clone();
            nodes(i).inspect(|fields| fields.lose("calendars_too_deep", "BaseCalendarUID", name));
        }
    }

    /// Takes the base from calendars that stand on too many, and says which.
    fn cut_long_chains(&mut self) -> Vec<usize> {
        let mut cut = vec![];
        let mut depths = vec![0_usize; self.list.len()];
        for start in 0..self.list.len() {
            let mut path = vec![];
            let mut next = Some(start);
            while let Some(at) = next.filter(|at| depths[*at] == 0 && path.len() <= DEEPEST) {
                path.push(at);
                next = self.list[at].spec.parent;
            }
            let mut depth = next.map_or(0, |at| depths[at]);
            for at in path.into_iter().rev() {
                depth += 1;
                if depth > DEEPEST {
                    self.list[at].spec.parent = None;
                    cut.push(at);
                    depth = 1;
                }
                depths[at] = depth;
            }
        }
        cut
    }

    /// Calendars that stand on themselves, by way of others or not.
    fn on_circles(&self) -> Vec<usize> {
        let comes_back = |start: &usize| {
            let mut at = *start;
            (0..=DEEPEST).any(|_| match self.list[at].spec.parent {
                Some(parent) => {
                    at = parent;
                    at == *start
                }
                None => false,
            })
        };
        (0..self.list.len()).filter(comes_back).collect()
    }

    /// The calendar that a field names; `-1`, 0 where there is no such calendar, and nothing are none.
    pub(super) fn named(&self, fields: &Fields, name: &str) -> Option<u32> {
        let uid = fields.int(name)?;
        let at = self.at.get(&uid).map(|at| *at as u32);
        if at.is_none() && uid > 0 {
            fields.lose("unknown_calendar", name, uid.to_string());
        }
        at
    }

    /// A calendar to count with.
    pub(super) fn of(&self, at: CalendarIx) -> Option<&Calendar> {
        let resolve = || Calendar::resolve(&self.list.iter().map(|c| c.spec.clone()).collect::<Vec<_>>());
        self.working.get_or_init(resolve).get(at.at())
    }
}

/// Monday to Friday, as Microsoft Project has it.
pub(super) fn standard() -> PlanCalendar {
    let spec = CalendarSpec::weekdays(&office_hours());
    PlanCalendar { uid: 1, name: "Standard".into(), kind: CalendarKind::Global, minutes_per_day: None, spec }
}

fn office_hours() -> Hours {
    Hours::of_minutes([(480, 720), (780, 1020)])
}

fn calendar(uid: i64, fields: &Fields) -> PlanCalendar {
    let is_base = fields.flag("IsBaseCalendar") == Some(true);
    let kind = if is_base { CalendarKind::Global } else { CalendarKind::Resource };
    let mut spec = CalendarSpec::default();
    let mut dated = vec![];
    let days = fields.child("WeekDays").into_iter().flat_map(|days| days.children("WeekDay"));
    for day in days.map(|day| Fields::of(day, fields.found())) {
        match day.int("DayType") {
            Some(0) => dated.push(day),
            Some(kind) => set_day(&mut spec.week, kind, &day, !is_base),
            None => {}
        }
    }
    let newer = fields.child("Exceptions").is_some_and(|node| node.child("Exception").is_some());
    spec.exceptions = if newer { exceptions(fields) } else { dated.iter().filter_map(dated_day).collect() };
    spec.work_weeks = work_weeks(fields, !is_base);
    // Newer files hold the same exceptions twice; the older form is for older programs.
    PlanCalendar { uid, name: fields.string("Name"), kind, minutes_per_day: None, spec }
}

/// 1 is Sunday.
fn set_day(week: &mut Week, kind: i64, day: &Fields, derived: bool) {
    let place = match kind {
        1 => 6,
        2..=7 => kind - 2,
        _ => return day.lose("unknown_code", "DayType", kind.to_string()),
    };
    if let Some(slot) = usize::try_from(place).ok().and_then(|at| week.get_mut(at)) {
        *slot = hours(day, derived);
    }
}

/// The hours of a day; `None` where those of the base hold, which is what a working day without hours means.
fn hours(day: &Fields, derived: bool) -> Option<Hours> {
    if day.flag("DayWorking") != Some(true) {
        return Some(Hours::none());
    }
    let times: Vec<Node> = day.child("WorkingTimes").into_iter().flat_map(|times| times.children("WorkingTime")).collect();
    let mut spans = vec![];
    for time in times.iter().map(|time| Fields::of(*time, day.found())) {
        let (Some(from), Some(to)) = (time.time("FromTime"), time.time("ToTime")) else { continue };
        spans.push((from, if to == 0 { 86_400 } else { to }));
    }
    match (spans.is_empty(), derived) {
        (true, true) => None,
        (true, false) => Some(office_hours()),
        _ => Some(Hours::of_seconds(spans)),
    }
}

fn period(fields: &Fields) -> Option<(Date, Date)> {
    let period = Fields::of(fields.child("TimePeriod")?, fields.found());
    let (from, to) = (period.date("FromDate")?, period.date("ToDate"));
    let (from, to) = (from.day(), to.map_or(from.day(), |to| to.day()));
    if to < from {
        period.lose("period_reversed", "ToDate", to.to_string());
        return None;
    }
    Some((from, to))
}

/// The form before 2007: a day without a place in the week.
fn dated_day(day: &Fields) -> Option<Exception> {
    let (from, to) = period(day)?;
    Some(Exception { from, to, hours: hours(day, false)? })
}

/// The form since 2007. Of two on one day the plain one holds before one that comes again, and of those the one that
/// comes more seldom; the last in the list holds.
fn exceptions(calendar: &Fields) -> Vec<Exception> {
    let mut ranked: Vec<(i64, Exception)> = vec![];
    let nodes = calendar.child("Exceptions").into_iter().flat_map(|node| node.children("Exception"));
    for exception in nodes.map(|node| Fields::of(node, calendar.found())) {
        let Some((from, to)) = period(&exception) else { continue };
        let Some(hours) = hours(&exception, false) else { continue };
        let rule = Rule::read(&exception, from, to);
        let (days, cut) = rule.days();
        if cut || ranked.len() + days.len() > MOST_EXCEPTIONS {
            exception.lose("exception_cut", "Occurrences", exception.string("Name"));
        }
        let rank = if rule.is_plain() { 9 } else { [0, 0, 4, 4, 3, 3, 2, 1].get(rule.kind as usize).copied().unwrap_or(0) };
        let room = MOST_EXCEPTIONS.saturating_sub(ranked.len());
        ranked.extend(days.into_iter().take(room).map(|(from, to)| (rank, Exception { from, to, hours: hours.clone() })));
    }
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().map(|(_, exception)| exception).collect()
}

fn work_weeks(calendar: &Fields, derived: bool) -> Vec<WorkWeek> {
    let nodes = calendar.child("WorkWeeks").into_iter().flat_map(|node| node.children("WorkWeek"));
    let mut weeks = vec![];
    for fields in nodes.map(|node| Fields::of(node, calendar.found())) {
        let Some((from, to)) = period(&fields) else { continue };
        let mut week = Week::default();
        let own = fields.child("WeekDays").into_iter().flat_map(|days| days.children("WeekDay"));
        let days: Vec<Node> = fields.children("WeekDay").chain(own).collect();
        for day in days.into_iter().map(|day| Fields::of(day, calendar.found())) {
            if let Some(kind) = day.int("DayType") {
                set_day(&mut week, kind, &day, derived);
            }
        }
        weeks.push(WorkWeek { from, to, week });
    }
    weeks
}
