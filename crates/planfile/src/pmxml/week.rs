//! A plan's calendars as P6 has them: complete in themselves, a week and single days that differ from it.
use crate::Plan;
use crate::xml::XmlBuilder;
use jiff::civil::Date;
use lantu_calendar::{Calendar, CalendarSpec, Hours, day_of, days_of};

/// So many days of exceptions are written for one calendar.
const MOST_DAYS: usize = 40_000;
/// So many days are looked at.
const MOST_LOOKED_AT: usize = 400_000;
/// 1970-01-05, a Monday.
const MONDAY: i64 = 4;
const NAMES: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// Days and weeks of a calendar, whatever it stands on.
#[derive(PartialEq)]
pub(super) struct Plain {
    week: [Hours; 7],
    days: Vec<(Date, Hours)>,
    /// There were more days than are written.
    pub cut: bool,
}

/// The calendars of a plan, in its order.
pub(super) fn plain(plan: &Plan) -> Vec<Plain> {
    let specs: Vec<CalendarSpec> = plan.calendars.iter().map(|c| c.spec.clone()).collect();
    let bare = |spec: &CalendarSpec| CalendarSpec { week: spec.week.clone(), parent: spec.parent, ..CalendarSpec::default() };
    let weeks = Calendar::resolve(&specs.iter().map(bare).collect::<Vec<_>>());
    let whole = Calendar::resolve(&specs);
    let each = specs.iter().enumerate().zip(weeks.iter().zip(&whole));
    each.map(|((at, _), (week, whole))| one(&specs, at, week, whole)).collect()
}

fn one(specs: &[CalendarSpec], at: usize, week: &Calendar, whole: &Calendar) -> Plain {
    let (mut days, mut cut) = (vec![], false);
    for (looked_at, day) in days_that_may_differ(specs, at).enumerate() {
        let hours = whole.hours(day);
        if hours == week.hours(day) && looked_at < MOST_LOOKED_AT {
            continue;
        }
        if days.len() == MOST_DAYS || looked_at == MOST_LOOKED_AT {
            cut = true;
            break;
        }
        days.push((day_of(day), hours.clone()));
    }
    Plain { week: std::array::from_fn(|i| week.hours(MONDAY + i as i64).clone()), days, cut }
}

/// Days since 1970 of which an exception or a week of their own speaks, here or in what the calendar stands on; in order.
fn days_that_may_differ(specs: &[CalendarSpec], at: usize) -> impl Iterator<Item = i64> {
    let (mut spans, mut seen, mut next) = (vec![], vec![], Some(at));
    while let Some(spec) = next.filter(|at| !seen.contains(at)).and_then(|at| specs.get(at)) {
        seen.extend(next);
        spans.extend(spec.exceptions.iter().map(|e| (days_of(e.from), days_of(e.to))));
        spans.extend(spec.work_weeks.iter().map(|w| (days_of(w.from), days_of(w.to))));
        next = spec.parent;
    }
    spans.sort_unstable();
    let mut after = i64::MIN;
    spans.into_iter().flat_map(move |(from, to)| {
        let from = from.max(after);
        after = after.max(to.saturating_add(1));
        from..=to
    })
}

impl Plain {
    /// `StandardWorkWeek`.
    pub fn write_week(&self, xml: &mut XmlBuilder) {
        xml.open("StandardWorkWeek");
        // P6's week begins on Sunday.
        for at in [6, 0, 1, 2, 3, 4, 5] {
            xml.open("StandardWorkHours");
            xml.leaf("DayOfWeek", NAMES[at]);
            write_hours(xml, self.week[at].spans());
            xml.close();
        }
        xml.close();
    }

    /// `HolidayOrExceptions`.
    pub fn write_days(&self, xml: &mut XmlBuilder) {
        if self.days.is_empty() {
            return xml.empty("HolidayOrExceptions", &[]);
        }
        xml.open("HolidayOrExceptions");
        for (day, hours) in &self.days {
            xml.open("HolidayOrException");
            xml.leaf("Date", &format!("{day}T00:00:00"));
            // One period from 00:00 to 23:59 would be a day off to P6.
            let all_day = *hours == Hours::all_day();
            write_hours(xml, if all_day { &[(0, 43_200), (43_200, 86_400)] } else { hours.spans() });
            xml.close();
        }
        xml.close();
    }

    /// Whether the week is the same.
    pub fn same_week(&self, other: &Self) -> bool {
        self.week == other.week
    }

    /// Hours of a week.
    pub fn week_hours(&self) -> f64 {
        self.week.iter().map(|day| day.work().as_minutes() / 60.0).sum()
    }
}

fn write_hours(xml: &mut XmlBuilder, spans: &[(u32, u32)]) {
    for (start, end) in spans {
        xml.open("WorkTime");
        xml.leaf("Start", &clock(*start));
        xml.leaf("Finish", &clock(last_minute(*end)));
        xml.close();
    }
}

/// P6 names the last minute of a period; its seconds say so where the minute alone would be read as the end itself.
fn last_minute(end: u32) -> u32 {
    let minute = end.saturating_sub(60) / 60 * 60;
    if minute.is_multiple_of(900) { minute + 59 } else { minute }
}

fn clock(second: u32) -> String {
    format!("{:02}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60)
}
