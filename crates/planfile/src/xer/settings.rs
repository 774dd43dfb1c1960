//! A plan's settings, calendars and resources as cells of P6's tables.
use super::blob;
use super::patch::{Cell, Cells};
use super::render::Render;
use super::words::{CALENDARS, FLOATS, LAG_CALENDARS, RESOURCES, word};
use crate::{CalendarKind, Plan, ResourceKind};
use jiff::civil::Date;
use lantu_calendar::{Calendar, CalendarSpec, Hours, day_of, days_of};
use lantu_schedule::{Critical, Dialect, LagCalendar, ProgressLogic};

/// No calendar is written with more days that differ.
const MOST_DAYS: usize = 36_000;

impl Render<'_> {
    /// A row of PROJECT, without what is the same for all.
    pub fn project(&self) -> Cells {
        let options = &self.plan.options;
        let (kind, limit) = match options.critical {
            Critical::FloatAtMost(limit) => ("CT_TotFloat", limit),
            Critical::LongestPath => ("CT_DrivPath", Default::default()),
        };
        vec![
            ("proj_id", self.numbers.project.to_string().into()),
            ("proj_short_name", self.plan.id.clone().into()),
            ("clndr_id", self.calendar(options.calendar.0)),
            ("critical_path_type", kind.into()),
            ("critical_drtn_hr_cnt", self.hours(Some(limit))),
            ("last_recalc_date", self.date(Some(options.data_date.unwrap_or(options.start)))),
            ("plan_start_date", self.date(Some(options.start))),
            ("plan_end_date", self.date(options.finish)),
            ("last_schedule_date", self.date(self.plan.last_scheduled)),
        ]
    }

    /// A row of SCHEDOPTIONS, without what is the same for all.
    pub fn options(&self) -> Cells {
        let options = &self.plan.options;
        let flag = |on: bool| Cell::from(if on { "Y" } else { "N" });
        let lag = match options.dialect {
            Dialect::MsProject => LagCalendar::Successor,
            Dialect::P6 => options.lag_calendar,
        };
        vec![
            ("proj_id", self.numbers.project.to_string().into()),
            ("sched_outer_depend_type", if options.ignore_external { "SD_None" } else { "SD_Both" }.into()),
            ("sched_open_critical_flag", flag(options.open_ended_critical)),
            ("sched_lag_early_start_flag", flag(options.ss_lag_from_early_start)),
            ("sched_retained_logic", flag(options.progress == ProgressLogic::RetainedLogic)),
            ("sched_progress_override", flag(options.progress == ProgressLogic::ProgressOverride)),
            ("sched_float_type", word(FLOATS, &options.total_float).into()),
            ("sched_calendar_on_relationship_lag", word(LAG_CALENDARS, &lag).into()),
            ("sched_use_expect_end_flag", flag(options.use_expected_finish)),
        ]
    }

    /// A row of CALENDAR; the flag says that not all of it could be held.
    pub fn calendar_row(&self, at: usize) -> (Cells, bool) {
        let calendar = &self.plan.calendars[at];
        let (parent, data, whole) = calendar_data(self.plan, at);
        let day = f64::from(calendar.minutes_per_day.unwrap_or(self.plan.units.minutes_per_day)) / 60.0;
        let cells = vec![
            ("clndr_id", self.calendar(at as u32)),
            ("clndr_name", calendar.name.clone().into()),
            ("proj_id", if calendar.kind == CalendarKind::Project { self.numbers.project.to_string().into() } else { Cell::default() }),
            ("base_clndr_id", parent.map(|p| self.calendar(p as u32)).unwrap_or_default()),
            ("clndr_type", word(CALENDARS, &calendar.kind).into()),
            ("day_hr_cnt", self.number(day)),
            ("clndr_data", data.into()),
        ];
        (cells, !whole)
    }

    /// A row of RSRC, without what is the same for all.
    pub fn resource(&self, at: usize) -> Cells {
        let resource = &self.plan.resources[at];
        let number = self.numbers.resources[at];
        vec![
            ("rsrc_id", number.to_string().into()),
            ("clndr_id", resource.calendar.map(|c| self.calendar(c)).unwrap_or_default()),
            ("rsrc_short_name", if resource.code.is_empty() { format!("R{number}").into() } else { resource.code.clone().into() }),
            ("rsrc_name", resource.name.clone().into()),
            ("rsrc_type", resource_word(resource.kind).into()),
        ]
    }
}

/// P6 has no resources of money alone.
pub(super) fn resource_word(kind: ResourceKind) -> &'static str {
    word(RESOURCES, if kind == ResourceKind::Cost { &ResourceKind::Material } else { &kind })
}

/// The calendar to inherit from, the calendar's text, and whether that is all of it.
///
/// In P6 a parent hands down its exceptions and not its week. A calendar that stands on its parent in another way is
/// written whole, by what it says of each day on which anyone speaks.
fn calendar_data(plan: &Plan, at: usize) -> (Option<usize>, String, bool) {
    let spec = &plan.calendars[at].spec;
    let parent = spec.parent.filter(|p| *p != at).and_then(|p| Some((p, plan.calendars.get(p)?)));
    let own = match parent {
        Some((p, parent)) => spec.exceptions.strip_prefix(parent.spec.exceptions.as_slice()).map(|own| (Some(p), own)),
        None => Some((None, spec.exceptions.as_slice())),
    };
    let week: Option<Vec<Hours>> = spec.week.iter().cloned().collect();
    match (own, week.map(<[Hours; 7]>::try_from)) {
        (Some((parent, own)), Some(Ok(week))) if spec.work_weeks.is_empty() => {
            let (days, whole) = listed(own.iter().map(|e| (e.from, e.to)), |day| {
                own.iter().rev().find(|e| e.from <= day && day <= e.to).map(|e| e.hours.clone())
            });
            (parent, blob::write(&week, &days), whole && minutes_alone(week.iter().chain(days.iter().map(|d| &d.1))))
        }
        _ => flat(plan, at),
    }
}

/// A calendar without its parents and work weeks, day by day where they make a difference.
fn flat(plan: &Plan, at: usize) -> (Option<usize>, String, bool) {
    let chain = chain_of(plan, at);
    let calendar = Calendar::resolve(&chain).into_iter().next().unwrap_or_else(Calendar::around_the_clock);
    let plain: Vec<CalendarSpec> =
        chain.iter().map(|s| CalendarSpec { week: s.week.clone(), parent: s.parent, ..CalendarSpec::default() }).collect();
    let plain = Calendar::resolve(&plain).into_iter().next().unwrap_or_else(Calendar::around_the_clock);
    let week: [Hours; 7] = std::array::from_fn(|weekday| plain.hours(4 + weekday as i64).clone());
    let runs = chain.iter().flat_map(|s| {
        let exceptions = s.exceptions.iter().map(|e| (e.from, e.to));
        exceptions.chain(s.work_weeks.iter().map(|w| (w.from, w.to)))
    });
    let (days, whole) = listed(runs, |day| {
        let hours = calendar.hours(days_of(day));
        (*hours != week[(days_of(day) + 3).rem_euclid(7) as usize]).then(|| hours.clone())
    });
    let exact = minutes_alone(week.iter().chain(days.iter().map(|d| &d.1)));
    (None, blob::write(&week, &days), whole && exact)
}

/// A calendar with its parents, itself first.
fn chain_of(plan: &Plan, at: usize) -> Vec<CalendarSpec> {
    let (mut chain, mut seen, mut next) = (vec![], vec![], Some(at));
    while let Some((place, calendar)) = next.filter(|n| !seen.contains(n)).and_then(|n| Some((n, plan.calendars.get(n)?))) {
        seen.push(place);
        next = calendar.spec.parent;
        chain.push(CalendarSpec { parent: next.map(|_| chain.len() + 1), ..calendar.spec.clone() });
    }
    chain
}

/// Each day of these runs that `hours` has an answer for, once and in order; whether there were not too many.
fn listed(runs: impl Iterator<Item = (Date, Date)>, hours: impl Fn(Date) -> Option<Hours>) -> (Vec<(Date, Hours)>, bool) {
    let (mut days, mut whole) = (std::collections::BTreeSet::new(), true);
    for (from, to) in runs {
        let (first, last) = (days_of(from), days_of(to));
        for day in first..=last {
            if days.len() >= MOST_DAYS {
                whole = false;
                break;
            }
            days.insert(day);
        }
    }
    let listed = days.into_iter().map(day_of).filter_map(|day| Some((day, hours(day)?)));
    (listed.collect(), whole)
}

fn minutes_alone<'h>(mut hours: impl Iterator<Item = &'h Hours>) -> bool {
    hours.all(|h| h.spans().iter().all(|(a, b)| a % 60 == 0 && b % 60 == 0))
}
