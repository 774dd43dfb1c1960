//! The settings of the project.
use super::{calendars::Calendars, fields::Fields, value};
use crate::Units;
use jiff::civil::Time;
use lantu_calendar::{Instant, Span};
use lantu_schedule::{Critical, Dialect, Options, ScheduleFrom};

/// How days, weeks and months count.
pub(super) fn units(project: &Fields) -> Units {
    let mut units = Units::default();
    let set = |name: &str, to: &mut u32, most: u32| {
        let Some(n) = project.int(name) else { return };
        match u32::try_from(n).ok().filter(|n| (1..=most).contains(n)) {
            Some(n) => *to = n,
            None => project.lose("wrong_unit", name, n.to_string()),
        }
    };
    set("MinutesPerDay", &mut units.minutes_per_day, 1_440);
    set("MinutesPerWeek", &mut units.minutes_per_week, 10_080);
    set("DaysPerMonth", &mut units.days_per_month, 31);
    for (name, to) in [("DefaultStartTime", &mut units.start_of_day), ("DefaultFinishTime", &mut units.end_of_day)] {
        if let Some(time) = project.time(name).and_then(time_of) {
            *to = time;
        }
    }
    units
}

fn time_of(second: u32) -> Option<Time> {
    let part = |n: u32| i8::try_from(n).ok();
    Time::new(part(second / 3600 % 24)?, part(second / 60 % 60)?, part(second % 60)?, 0).ok()
}

/// What decides dates. `starts` are those of the tasks, for a project that says none; `finishes` likewise.
pub(super) fn options(
    project: &Fields,
    calendars: &Calendars,
    units: &Units,
    starts: Option<Instant>,
    finishes: Option<Instant>,
) -> Options {
    let start = project.date("StartDate").or_else(|| {
        project.lose("project_start_missing", "StartDate", starts.map(value::date_text).unwrap_or_default());
        starts
    });
    if start.is_none() {
        project.refuse("project_start_missing", "StartDate", "");
    }
    let mut options = Options::new(Dialect::MsProject, start.unwrap_or_default());
    options.calendar = calendars.project;
    options.data_date = project.date("StatusDate");
    if project.flag("ScheduleFromStart") == Some(false) {
        options.from = ScheduleFrom::Finish;
        options.finish = project.date("FinishDate").or(finishes);
    }
    let days = project.number("CriticalSlackLimit").unwrap_or(0.0);
    options.critical = Critical::FloatAtMost(Span::from_minutes(days * f64::from(units.minutes_per_day)));
    let set = |name: &str, to: &mut bool| *to = project.flag(name).unwrap_or(*to);
    set("MultipleCriticalPaths", &mut options.multiple_critical_paths);
    set("SplitsInProgressTasks", &mut options.split_in_progress);
    // `HonorConstraints` tells nothing: Microsoft Project writes 0 for projects whose own files say that constraints win
    // (as they do in every new project), other programs write 1 for the same.
    options
}
