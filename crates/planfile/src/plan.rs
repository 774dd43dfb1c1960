//! What a schedule file says, whatever its format: a network, with the names, resources and stored dates around it.
use crate::{Uncertainty, loss::Loss};
use jiff::civil::Time;
use lantu_calendar::{Calendar, CalendarSpec, Instant, Span};
use lantu_schedule::{Activity, ActivityIx, Link, Network, Options, Row};

/// One project of a file. Indexes of activities, calendars and resources are places in its lists.
#[derive(Clone, Debug)]
pub struct Plan {
    /// What `--project` names: P6's project id (short name), else the file's own number or name of the project.
    pub id: String,
    /// For people.
    pub name: String,
    /// The settings that decide dates.
    pub options: Options,
    /// How the file counts days, weeks and months.
    pub units: Units,
    /// Working times; `CalendarSpec::parent` is a place in this list.
    pub calendars: Vec<PlanCalendar>,
    /// All rows in the order of the file: work, milestones, summary rows.
    pub activities: Vec<Activity>,
    /// Names and codes, one for each activity, in the same order.
    pub labels: Vec<Label>,
    /// What the file says the dates are, one for each activity, in the same order.
    pub stored: Vec<Stored>,
    /// What waits for what.
    pub links: Vec<Link>,
    /// Who and what works.
    pub resources: Vec<Resource>,
    /// What is unsure about it, as far as the file says.
    pub uncertainty: Uncertainty,
    /// When the dates were last computed, as the file says.
    pub last_scheduled: Option<Instant>,
    /// What could not be read as it stands, each with its place; empty for a clean file.
    pub losses: Vec<Loss>,
}

/// How a file counts days, weeks and months.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Units {
    /// A day is so many minutes.
    pub minutes_per_day: u32,
    /// A week is so many minutes.
    pub minutes_per_week: u32,
    /// A month is so many days.
    pub days_per_month: u32,
    /// When a day's work begins, for dates given without a time.
    pub start_of_day: Time,
    /// When a day's work ends.
    pub end_of_day: Time,
}

impl Default for Units {
    fn default() -> Self {
        let (start_of_day, end_of_day) = (Time::constant(8, 0, 0, 0), Time::constant(17, 0, 0, 0));
        Self { minutes_per_day: 480, minutes_per_week: 2400, days_per_month: 20, start_of_day, end_of_day }
    }
}

/// A calendar with its name.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanCalendar {
    /// The file's identity of it.
    pub uid: i64,
    /// For people.
    pub name: String,
    /// For whom it is.
    pub kind: CalendarKind,
    /// Minutes that count as a day on it, where the file says (P6).
    pub minutes_per_day: Option<u32>,
    /// Its hours.
    pub spec: CalendarSpec,
}

/// For whom a calendar is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum CalendarKind {
    /// All projects (P6), a base calendar (MS Project).
    #[default]
    Global,
    /// One project.
    Project,
    /// One resource.
    Resource,
}

/// Names and codes of an activity.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Label {
    /// The number of its row (MS Project's ID).
    pub row: Option<i64>,
    /// P6's activity id or WBS code, MS Project's WBS.
    pub code: String,
    /// For people.
    pub name: String,
    /// The stable identity across copies of the file, as the file writes it.
    pub guid: Option<String>,
}

/// The dates a file says, as they were last computed by the program that wrote it. A date that the file leaves out is `None`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stored {
    /// See [`Row::early_start`].
    pub early_start: Option<Instant>,
    /// See [`Row::early_finish`].
    pub early_finish: Option<Instant>,
    /// See [`Row::late_start`].
    pub late_start: Option<Instant>,
    /// See [`Row::late_finish`].
    pub late_finish: Option<Instant>,
    /// See [`Row::start`].
    pub start: Option<Instant>,
    /// See [`Row::finish`].
    pub finish: Option<Instant>,
    /// See [`Row::total_float`].
    pub total_float: Option<Span>,
    /// See [`Row::free_float`].
    pub free_float: Option<Span>,
    /// See [`Row::critical`].
    pub critical: Option<bool>,
    /// P6's planned (target) dates.
    pub planned_start: Option<Instant>,
    /// P6's planned (target) dates.
    pub planned_finish: Option<Instant>,
    /// P6's planned (original) duration, where it differs from what is scheduled.
    pub planned_duration: Option<Span>,
    /// How much is done, in hundredths, as the file says.
    pub percent_complete: Option<f64>,
    /// The dates of the first baseline (MS Project).
    pub baseline_start: Option<Instant>,
    /// The dates of the first baseline (MS Project).
    pub baseline_finish: Option<Instant>,
    /// Notes in plain words.
    pub notes: Option<String>,
}

/// Who or what works.
#[derive(Clone, Debug, PartialEq)]
pub struct Resource {
    /// The file's identity of it.
    pub uid: i64,
    /// Its short code.
    pub code: String,
    /// For people.
    pub name: String,
    /// What sort.
    pub kind: ResourceKind,
    /// Its working time, by place in [`Plan::calendars`].
    pub calendar: Option<u32>,
    /// How many units there are at once, in hundredths.
    pub max_units: f64,
}

/// What sort of resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum ResourceKind {
    /// People.
    #[default]
    Labor,
    /// Machines (P6's nonlabor).
    Nonlabor,
    /// Material.
    Material,
    /// Money alone.
    Cost,
}

impl Plan {
    /// The network, with its calendars resolved.
    pub fn network(&self) -> Network {
        let specs: Vec<CalendarSpec> = self.calendars.iter().map(|c| c.spec.clone()).collect();
        let calendars = Calendar::resolve(&specs);
        Network { options: self.options.clone(), calendars, activities: self.activities.clone(), links: self.links.clone() }
    }

    /// Whether the file says when its activities are.
    pub fn has_dates(&self) -> bool {
        self.stored.iter().any(|s| s.start.is_some() || s.early_start.is_some())
    }

    /// The place of the activity, or the summary row, with this identity.
    pub fn find(&self, uid: i64, summary: bool) -> Option<ActivityIx> {
        let at = self.activities.iter().position(|a| a.uid == uid && a.is_summary() == summary)?;
        Some(ActivityIx(at as u32))
    }
}

impl Stored {
    /// Takes the computed dates in place of what the file said.
    pub fn take(&mut self, row: &Row) {
        self.early_start = Some(row.early_start);
        self.early_finish = Some(row.early_finish);
        self.late_start = Some(row.late_start);
        self.late_finish = Some(row.late_finish);
        self.start = Some(row.start);
        self.finish = Some(row.finish);
        self.total_float = Some(row.total_float);
        self.free_float = Some(row.free_float);
        self.critical = Some(row.critical);
    }
}
