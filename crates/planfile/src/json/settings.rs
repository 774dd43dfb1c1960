//! The `project` object: settings that decide dates.
use super::{calendars::Calendars, fields::Fields};
use crate::Units;
use jiff::civil::Time;
use lantu_calendar::Instant;
use lantu_schedule::{CalendarIx, Critical, Dialect, LagCalendar, Options, ProgressLogic, ScheduleFrom, TotalFloat};

pub const ENGINES: [(&str, Dialect); 2] = [("MSP", Dialect::MsProject), ("P6", Dialect::P6)];
pub const LAG_CALENDARS: [(&str, LagCalendar); 4] = [
    ("PREDECESSOR", LagCalendar::Predecessor),
    ("SUCCESSOR", LagCalendar::Successor),
    ("PROJECT_DEFAULT", LagCalendar::Project),
    ("TWENTY_FOUR_HOUR", LagCalendar::TwentyFourHour),
];
pub const PROGRESS: [(&str, ProgressLogic); 3] = [
    ("RETAINED_LOGIC", ProgressLogic::RetainedLogic),
    ("PROGRESS_OVERRIDE", ProgressLogic::ProgressOverride),
    ("ACTUAL_DATES", ProgressLogic::ActualDates),
];
pub const FLOATS: [(&str, TotalFloat); 3] =
    [("START_SLACK", TotalFloat::Start), ("FINISH_SLACK", TotalFloat::Finish), ("SMALLEST_SLACK", TotalFloat::Smallest)];

/// Which rules decide dates, and how days and weeks are counted.
pub fn read(fields: &mut Fields, calendars: &Calendars) -> (Options, Units) {
    let dialect = fields.choice("engine", &ENGINES).unwrap_or_default();
    let data_date = fields.instant("status_date");
    let mut options = Options::new(dialect, start(fields, dialect, data_date));
    options.data_date = data_date;
    let must_finish = fields.instant("must_finish_by");
    options.finish = fields.instant("finish").or(must_finish);
    options.from = from(fields);
    options.calendar = CalendarIx(calendars.named(fields, "default_calendar").unwrap_or(0));
    options.critical = critical(fields);
    policies(fields, &mut options);
    (options, units(fields))
}

/// P6 counts from the planned start; where a file has none, the data date is the only floor.
fn start(fields: &mut Fields, dialect: Dialect, data_date: Option<Instant>) -> Instant {
    let (start, planned) = (fields.instant("start"), fields.instant("planned_start"));
    let given = match dialect {
        Dialect::MsProject => start.or(planned),
        Dialect::P6 => planned.or(data_date).or(start),
    };
    given.unwrap_or_else(|| {
        fields.refuse("missing_json_key", "start", "");
        Instant::default()
    })
}

/// `0` from the start, `1` from the finish; words are read too.
fn from(fields: &mut Fields) -> ScheduleFrom {
    match fields.name("schedule_from").as_deref() {
        Some("1" | "FINISH") => ScheduleFrom::Finish,
        Some("0" | "START") | None => ScheduleFrom::Start,
        Some(other) => {
            fields.refuse("unknown_json_name", "schedule_from", other);
            ScheduleFrom::Start
        }
    }
}

fn critical(fields: &mut Fields) -> Critical {
    let limit = fields.span("critical_slack_limit").map(|(span, _)| span).unwrap_or_default();
    match fields.choice("critical_activity_type", &[("TOTAL_FLOAT", false), ("LONGEST_PATH", true)]) {
        Some(true) => Critical::LongestPath,
        _ => Critical::FloatAtMost(limit),
    }
}

fn policies(fields: &mut Fields, options: &mut Options) {
    // MPX has no such setting, and MS Project writes "no" into MSPDI for projects that it keeps as "yes" in its own files.
    let stated = !fields.says("file_type", "MPX") && !fields.says("file_type", "MSPDI");
    let mut set = |key: &str, to: &mut bool| *to = fields.flag(key).unwrap_or(*to);
    let mut honor = options.honor_constraints;
    set("honor_constraints", &mut honor);
    options.honor_constraints = honor || !stated;
    set("split_in_progress", &mut options.split_in_progress);
    set("multiple_critical_paths", &mut options.multiple_critical_paths);
    set("open_ended_critical", &mut options.open_ended_critical);
    set("use_expected_finish", &mut options.use_expected_finish);
    set("ss_lag_from_early_start", &mut options.ss_lag_from_early_start);
    set("ignore_external_relationships", &mut options.ignore_external);
    options.lag_calendar = fields.choice("lag_calendar", &LAG_CALENDARS).unwrap_or(options.lag_calendar);
    options.progress = fields.choice("progressed_activities", &PROGRESS).unwrap_or(options.progress);
    options.total_float = fields.choice("total_slack_calc", &FLOATS).unwrap_or(options.total_float);
}

fn units(fields: &mut Fields) -> Units {
    let mut units = Units::default();
    let mut set = |key: &str, to: &mut u32| {
        if let Some(n) = fields.whole(key).and_then(|n| u32::try_from(n).ok()).filter(|n| *n > 0) {
            *to = n;
        }
    };
    set("min_per_day", &mut units.minutes_per_day);
    set("min_per_week", &mut units.minutes_per_week);
    set("days_per_month", &mut units.days_per_month);
    if let Some(time) = time(fields, "default_start_time") {
        units.start_of_day = time;
    }
    if let Some(time) = time(fields, "default_end_time") {
        units.end_of_day = time;
    }
    units
}

fn time(fields: &mut Fields, key: &str) -> Option<Time> {
    let text = fields.text(key)?;
    let parsed = text.parse().ok();
    if parsed.is_none() {
        fields.refuse("not_a_time", key, &text);
    }
    parsed
}
