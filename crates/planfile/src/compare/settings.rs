//! The settings of the project.
use super::{sides::Both, value::Value};
use crate::Plan;
use lantu_schedule::{Critical, Dialect, LagCalendar, Options, ProgressLogic, ScheduleFrom, TotalFloat};

/// A setting of the project.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Setting {
    /// The data date (status date).
    DataDate,
    /// Must Finish By; the finish that a schedule from finish counts back from.
    MustFinish,
    /// The project's start.
    Start,
    /// The project's id.
    Id,
    /// The project's name.
    Name,
    /// Whose rules.
    Dialect,
    /// From the start or the finish.
    From,
    /// The project's calendar.
    Calendar,
    /// On which calendar lags count.
    LagCalendar,
    /// How links into started work hold.
    Progress,
    /// Where total float is measured.
    TotalFloat,
    /// What is critical.
    Critical,
    /// Up to which float work is critical.
    CriticalFloat,
    /// Constraints win over links.
    HonorConstraints,
    /// Started work is split.
    SplitInProgress,
    /// Each chain has its own critical path.
    MultipleCriticalPaths,
    /// Open ends are critical.
    OpenEndedCritical,
    /// Expected finishes set durations.
    UseExpectedFinish,
    /// Lags after a start count from the early start.
    SsLagFromEarlyStart,
    /// Dates of other projects do not hold.
    IgnoreExternal,
    /// A day's minutes.
    MinutesPerDay,
    /// A week's minutes.
    MinutesPerWeek,
}

/// A setting that differs.
#[derive(Clone, Debug, PartialEq)]
pub struct SettingChange {
    /// Which.
    pub setting: Setting,
    /// What it was.
    pub before: Value,
    /// What it is.
    pub after: Value,
}

pub(super) fn changes(both: &Both<'_>) -> Vec<SettingChange> {
    let (old, new) = (both.old.plan, both.new.plan);
    let mut sides = vec![general(old), general(new)];
    // Each program has settings that the other lacks.
    if let Some(dialect) = both.one_dialect() {
        sides[0].extend(of_dialect(&old.options, dialect));
        sides[1].extend(of_dialect(&new.options, dialect));
    }
    let (after, before) = (sides.pop().unwrap_or_default(), sides.pop().unwrap_or_default());
    let pairs = before.into_iter().zip(after);
    let mut changes: Vec<SettingChange> = pairs
        .filter(|((_, before), (_, after))| !before.is_same(after))
        .map(|((setting, before), (_, after))| SettingChange { setting, before, after })
        .collect();
    changes.extend(calendar(both));
    changes.sort_by_key(|c| c.setting);
    changes
}

/// Another calendar, not the same one with another name.
fn calendar(both: &Both<'_>) -> Option<SettingChange> {
    let (old, new) = (both.old.plan, both.new.plan);
    let (was, is) = (old.options.calendar.at(), new.options.calendar.at());
    let name = |plan: &Plan, at: usize| plan.calendars.get(at).map_or(Value::None, |c| Value::Text(c.name.clone()));
    let same = both.calendars.new_of(was) == Some(is) || (was >= old.calendars.len() && is >= new.calendars.len());
    (!same).then(|| SettingChange { setting: Setting::Calendar, before: name(old, was), after: name(new, is) })
}

type Settings = Vec<(Setting, Value)>;

fn general(plan: &Plan) -> Settings {
    let o = &plan.options;
    let minutes = |n: u32| Value::Number(f64::from(n));
    vec![
        (Setting::Id, Value::Text(plan.id.clone())),
        (Setting::Name, Value::Text(plan.name.clone())),
        (Setting::Dialect, Value::Word(if o.dialect == Dialect::P6 { "p6" } else { "msp" })),
        (Setting::Start, Value::Time(o.start)),
        (Setting::DataDate, Value::time(o.data_date)),
        (Setting::MustFinish, Value::time(o.finish)),
        (Setting::From, Value::Word(if o.from == ScheduleFrom::Start { "from_start" } else { "from_finish" })),
        (Setting::TotalFloat, Value::Word(float(o.total_float))),
        (Setting::Critical, Value::Word(if o.critical == Critical::LongestPath { "longest_path" } else { "float" })),
        (Setting::CriticalFloat, if let Critical::FloatAtMost(span) = o.critical { Value::Length(span) } else { Value::None }),
        (Setting::MinutesPerDay, minutes(plan.units.minutes_per_day)),
        (Setting::MinutesPerWeek, minutes(plan.units.minutes_per_week)),
    ]
}

fn of_dialect(o: &Options, dialect: Dialect) -> Settings {
    match dialect {
        Dialect::P6 => vec![
            (Setting::LagCalendar, Value::Word(lag_calendar(o.lag_calendar))),
            (Setting::Progress, Value::Word(progress(o.progress))),
            (Setting::OpenEndedCritical, Value::Flag(o.open_ended_critical)),
            (Setting::UseExpectedFinish, Value::Flag(o.use_expected_finish)),
            (Setting::SsLagFromEarlyStart, Value::Flag(o.ss_lag_from_early_start)),
            (Setting::IgnoreExternal, Value::Flag(o.ignore_external)),
        ],
        Dialect::MsProject => vec![
            (Setting::HonorConstraints, Value::Flag(o.honor_constraints)),
            (Setting::SplitInProgress, Value::Flag(o.split_in_progress)),
            (Setting::MultipleCriticalPaths, Value::Flag(o.multiple_critical_paths)),
        ],
    }
}

fn float(by: TotalFloat) -> &'static str {
    match by {
        TotalFloat::Start => "start_float",
        TotalFloat::Finish => "finish_float",
        TotalFloat::Smallest => "smallest_float",
    }
}

fn lag_calendar(of: LagCalendar) -> &'static str {
    match of {
        LagCalendar::Predecessor => "of_predecessor",
        LagCalendar::Successor => "of_successor",
        LagCalendar::Project => "of_project",
        LagCalendar::TwentyFourHour => "by_the_clock",
    }
}

fn progress(logic: ProgressLogic) -> &'static str {
    match logic {
        ProgressLogic::RetainedLogic => "retained_logic",
        ProgressLogic::ProgressOverride => "progress_override",
        ProgressLogic::ActualDates => "actual_dates",
    }
}
