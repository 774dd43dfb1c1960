//! The `project` object: settings that decide dates.
use super::{
    calendars::Calendars,
    fields::Fields,
    write::{Object, length, name, put, time as instant},
};
use crate::{Plan, Units};
use jiff::civil::Time;
use lantu_calendar::Instant;
use lantu_schedule::{CalendarIx, Critical, Dialect, LagCalendar, Options, ProgressLogic, ScheduleFrom, TotalFloat};
use serde_json::Value;

const ENGINES: [(&str, Dialect); 2] = [("MSP", Dialect::MsProject), ("P6", Dialect::P6)];
const LAG_CALENDARS: [(&str, LagCalendar); 4] = [
    ("PREDECESSOR", LagCalendar::Predecessor),
    ("SUCCESSOR", LagCalendar::Successor),
    ("PROJECT_DEFAULT", LagCalendar::Project),
    ("TWENTY_FOUR_HOUR", LagCalendar::TwentyFourHour),
];
const PROGRESS: [(&str, ProgressLogic); 3] = [
    ("RETAINED_LOGIC", ProgressLogic::RetainedLogic),
    ("PROGRESS_OVERRIDE", ProgressLogic::ProgressOverride),
    ("ACTUAL_DATES", ProgressLogic::ActualDates),
];
const FLOATS: [(&str, TotalFloat); 3] =
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

/// The `project` object, around what went through untouched.
pub fn write(plan: &Plan, mut object: Object) -> Value {
    let options = &plan.options;
    put(&mut object, "id", (!plan.id.is_empty()).then(|| plan.id.as_str().into()));
    put(&mut object, "name", (!plan.name.is_empty()).then(|| plan.name.as_str().into()));
    put(&mut object, "last_scheduled", plan.last_scheduled.map(instant));
    object.insert("engine".into(), name(&ENGINES, options.dialect));
    object.insert("start".into(), instant(options.start));
    put(&mut object, "planned_start", (options.dialect == Dialect::P6).then(|| instant(options.start)));
    put(&mut object, "status_date", options.data_date.map(instant));
    let finish = if options.dialect == Dialect::P6 { "must_finish_by" } else { "finish" };
    put(&mut object, finish, options.finish.map(instant));
    object.insert("schedule_from".into(), if options.from == ScheduleFrom::Finish { "1" } else { "0" }.into());
    put(&mut object, "default_calendar", plan.calendars.get(options.calendar.at()).map(|c| c.uid.into()));
    write_policies(options, &mut object);
    write_units(&plan.units, &mut object);
    object.into()
}

fn write_policies(options: &Options, object: &mut Object) {
    let (kind, limit) = match options.critical {
        Critical::LongestPath => ("LONGEST_PATH", None),
        Critical::FloatAtMost(limit) => ("TOTAL_FLOAT", Some(length(limit, false))),
    };
    object.insert("critical_activity_type".into(), kind.into());
    put(object, "critical_slack_limit", limit);
    object.insert("lag_calendar".into(), name(&LAG_CALENDARS, options.lag_calendar));
    object.insert("progressed_activities".into(), name(&PROGRESS, options.progress));
    object.insert("total_slack_calc".into(), name(&FLOATS, options.total_float));
    let flags = [
        ("honor_constraints", options.honor_constraints),
        ("split_in_progress", options.split_in_progress),
        ("multiple_critical_paths", options.multiple_critical_paths),
        ("open_ended_critical", options.open_ended_critical),
        ("use_expected_finish", options.use_expected_finish),
        ("ss_lag_from_early_start", options.ss_lag_from_early_start),
        ("ignore_external_relationships", options.ignore_external),
    ];
    for (key, flag) in flags {
        object.insert(key.into(), flag.into());
    }
}

fn write_units(units: &Units, object: &mut Object) {
    let time = |t: Time| Value::from(format!("{:02}:{:02}", t.hour(), t.minute()));
    object.insert("min_per_day".into(), units.minutes_per_day.into());
    object.insert("min_per_week".into(), units.minutes_per_week.into());
    object.insert("days_per_month".into(), units.days_per_month.into());
    object.insert("default_start_time".into(), time(units.start_of_day));
    object.insert("default_end_time".into(), time(units.end_of_day));
}
