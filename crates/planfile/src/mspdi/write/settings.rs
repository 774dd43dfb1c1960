//! The elements of the project itself.
use super::{
    entry::{Entry, entry, flag, maybe},
    numbers::Numbers,
};
use crate::mspdi::value::{date_text, number_text};
use jiff::civil::Time;
use lantu_schedule::{Critical, ScheduleFrom};

/// The settings, in the schema's order; what a plan does not say is as in a new project.
pub(super) fn entries(numbers: &Numbers) -> Vec<Entry> {
    let plan = numbers.plan;
    let (options, units) = (&plan.options, &plan.units);
    let finishes = plan.stored.iter().filter_map(|s| s.finish).max();
    let finish = if options.from == ScheduleFrom::Finish { options.finish } else { finishes };
    let time = |t: Time| format!("{:02}:{:02}:{:02}", t.hour(), t.minute(), t.second());
    let calendar = numbers.calendars.get(options.calendar.at()).copied();
    let title = (plan.name != plan.id).then(|| plan.name.clone());
    let slack = match options.critical {
        Critical::FloatAtMost(span) => span.as_minutes() / f64::from(units.minutes_per_day.max(1)),
        Critical::LongestPath => 0.0,
    };
    let mut list = vec![entry("SaveVersion", "14"), entry("Name", plan.id.as_str()), maybe("Title", title)];
    list.extend([flag("ScheduleFromStart", options.from == ScheduleFrom::Start), entry("StartDate", date_text(options.start))]);
    list.extend([maybe("FinishDate", finish.map(date_text)), entry("CriticalSlackLimit", number_text(slack.round()))]);
    list.extend([maybe("CalendarUID", calendar.map(|uid| uid.to_string())), entry("DefaultStartTime", time(units.start_of_day))]);
    list.extend([entry("DefaultFinishTime", time(units.end_of_day)), entry("MinutesPerDay", units.minutes_per_day.to_string())]);
    list.extend([entry("MinutesPerWeek", units.minutes_per_week.to_string()), entry("DaysPerMonth", units.days_per_month.to_string())]);
    list.extend([entry("DefaultTaskType", "0"), entry("DurationFormat", "7"), entry("WorkFormat", "2")]);
    // As Microsoft Project writes it: see where it is read.
    list.extend([flag("HonorConstraints", !options.honor_constraints), flag("MultipleCriticalPaths", options.multiple_critical_paths)]);
    list.extend([entry("NewTasksEffortDriven", "0"), flag("SplitsInProgressTasks", options.split_in_progress)]);
    list.extend([maybe("StatusDate", options.data_date.map(date_text)), entry("NewTasksAreManual", "0")]);
    list
}
