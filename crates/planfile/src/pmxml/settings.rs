//! The settings of a project that decide its dates.
use super::field::Fields;
use super::words::{CRITICAL, FLOATS, LAG_CALENDARS, PROGRESS, Words};
use crate::Units;
use crate::xml::Node;
use lantu_calendar::{Instant, Span};
use lantu_schedule::{CalendarIx, Critical, Dialect, Options, TotalFloat};

/// Settings stand in the project's `ScheduleOptions`; older and other programs write them beside its dates.
struct Settings<'a> {
    own: Option<Fields<'a>>,
    project: Fields<'a>,
}

impl<'a> Settings<'a> {
    fn of(project: Fields<'a>) -> Self {
        Self { own: project.node.child("ScheduleOptions").map(|node| Fields::of(node, project.found)), project }
    }

    fn word<T: Copy>(&self, name: &str, words: Words<T>) -> Option<T> {
        self.own.and_then(|own| own.word(name, words)).or_else(|| self.project.word(name, words))
    }

    fn flag(&self, name: &str) -> Option<bool> {
        self.own.and_then(|own| own.flag(name)).or_else(|| self.project.flag(name))
    }

    fn hours(&self, name: &str) -> Option<Span> {
        self.own.and_then(|own| own.hours(name)).or_else(|| self.project.hours(name))
    }
}

/// The settings of a project; what the file does not say is as in a new project of P6, total float the smaller one.
pub(super) fn read(project: Fields<'_>, calendar: CalendarIx) -> Options {
    let settings = Settings::of(project);
    let data_date = project.date("DataDate");
    let mut options = Options::new(Dialect::P6, start(project, data_date));
    options.data_date = data_date;
    options.finish = project.date("MustFinishByDate");
    options.calendar = calendar;
    options.lag_calendar = settings.word("RelationshipLagCalendar", LAG_CALENDARS).unwrap_or_default();
    options.progress = settings.word("OutOfSequenceScheduleType", PROGRESS).unwrap_or_default();
    options.total_float = settings.word("ComputeTotalFloatType", FLOATS).unwrap_or(TotalFloat::Smallest);
    options.critical = critical(&settings);
    let set = |name: &str, to: &mut bool| *to = settings.flag(name).unwrap_or(*to);
    set("MakeOpenEndedActivitiesCritical", &mut options.open_ended_critical);
    set("UseExpectedFinishDates", &mut options.use_expected_finish);
    set("StartToStartLagCalculationType", &mut options.ss_lag_from_early_start);
    set("IgnoreOtherProjectRelationships", &mut options.ignore_external);
    options
}

fn critical(settings: &Settings<'_>) -> Critical {
    let project = || settings.project.word("CriticalActivityPathType", CRITICAL);
    let path = project().or_else(|| settings.own?.word("CriticalActivityPathType", CRITICAL));
    let limit = || settings.project.hours("CriticalActivityFloatLimit").or_else(|| settings.hours("CriticalActivityFloatThreshold"));
    if path == Some(true) { Critical::LongestPath } else { Critical::FloatAtMost(limit().unwrap_or_default()) }
}

/// The planned start; where a file has none, what comes nearest to it.
fn start(project: Fields<'_>, data_date: Option<Instant>) -> Instant {
    let first = project.date("PlannedStartDate").or_else(|| project.date("StartDate")).or(data_date);
    let of_activities = || {
        let starts = project.node.children("Activity").filter_map(|node| {
            let fields = Fields::of(node, project.found);
            fields.shown_date("PlannedStartDate").or_else(|| fields.shown_date("StartDate"))
        });
        starts.min()
    };
    first.or_else(of_activities).unwrap_or_else(|| {
        project.found.refuse("project_start_missing", || project.node.place(), "");
        Instant::default()
    })
}

/// From the file's preferences, else from the project's calendar.
pub(super) fn units(preferences: Option<Fields<'_>>, calendar: Option<Fields<'_>>) -> Units {
    let mut units = Units::default();
    let Some(from) = preferences.filter(|p| p.node.child("HoursPerDay").is_some()).or(calendar) else { return units };
    let minutes = |name: &str| from.number(name).filter(|h| (0.01..=10_000.0).contains(h)).map(|h| (h * 60.0).round() as u32);
    if let Some(day) = minutes("HoursPerDay") {
        units.minutes_per_day = day;
        units.minutes_per_week = minutes("HoursPerWeek").unwrap_or(day * 5);
        let days = |month: u32| (f64::from(month) / f64::from(day)).round().clamp(1.0, 31.0) as u32;
        units.days_per_month = minutes("HoursPerMonth").map_or(units.days_per_month, days);
    }
    units
}

/// The preferences of the file.
pub(super) fn preferences(root: Node<'_>) -> Option<Node<'_>> {
    root.child("GlobalPreferences")
}
