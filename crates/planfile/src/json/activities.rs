//! Activities and summaries of the JSON format.
use super::{
    calendars::Calendars,
    detail,
    fields::{Fields, Found, Place},
    resources::Resources,
};
use crate::{Label, Stored};
use lantu_calendar::Span;
use lantu_schedule::{Activity, ActivityIx, CalendarIx, Dialect, Kind, Options, Progress};
use serde_json::{Map, Value};
use std::collections::{HashMap, HashSet};

pub const KINDS: [(&str, Kind); 6] = [
    ("TASK_DEPENDENT", Kind::Task),
    ("RESOURCE_DEPENDENT", Kind::ResourceDependent),
    ("START_MILESTONE", Kind::StartMilestone),
    ("FINISH_MILESTONE", Kind::FinishMilestone),
    ("LEVEL_OF_EFFORT", Kind::LevelOfEffort),
    ("WBS_SUMMARY", Kind::WbsSummary),
];

/// What the rows refer to.
pub struct Around<'a> {
    pub options: &'a Options,
    pub calendars: &'a Calendars,
    pub found: &'a Found,
}

/// One row, with what of it goes through untouched.
pub struct Row {
    pub activity: Activity,
    pub label: Label,
    pub stored: Stored,
    pub rest: Map<String, Value>,
    /// The same of each of its assignments.
    pub assignments: Vec<Map<String, Value>>,
    /// The uid of its summary row, until all rows are known.
    parent: Option<i64>,
    list: &'static str,
    index: usize,
}

/// All rows in the order of their numbers, and where each uid stands.
#[derive(Default)]
pub struct Rows {
    pub list: Vec<Row>,
    activities: HashMap<i64, ActivityIx>,
    summaries: HashMap<i64, ActivityIx>,
}

impl Rows {
    pub fn read(activities: Vec<Value>, summaries: Vec<Value>, around: &Around, resources: &mut Resources) -> Self {
        activities.iter().chain(&summaries).for_each(|value| resources.learn(value, around.calendars));
        let mut list = Vec::with_capacity(activities.len() + summaries.len());
        for (name, values) in [("summaries", summaries), ("activities", activities)] {
            for (index, value) in values.into_iter().enumerate() {
                let fields = Fields::of(value, Place::nth(name, index), around.found);
                list.push(row(fields, name, index, around, resources));
            }
        }
        // Rows without numbers stay as they are, summaries first: a parent stands before its children.
        list.sort_by_key(|row| row.label.row);
        let mut rows = Self { list, ..Self::default() };
        if around.options.dialect == Dialect::MsProject {
            rows.take_inserted_projects_as_work();
        }
        rows.number(around.found);
        rows.find_parents(around.found);
        rows
    }

    /// A row that sums up nothing is a project inserted into this one: work of the length that the file gives.
    fn take_inserted_projects_as_work(&mut self) {
        let parents: HashSet<i64> = self.list.iter().filter_map(|row| row.parent).collect();
        for row in self.list.iter_mut().filter(|row| row.activity.is_summary() && !parents.contains(&row.activity.uid)) {
            row.activity.kind = Kind::Task;
        }
    }

    fn number(&mut self, found: &Found) {
        for (at, row) in self.list.iter().enumerate() {
            let map = if row.activity.is_summary() { &mut self.summaries } else { &mut self.activities };
            if map.insert(row.activity.uid, ActivityIx(at as u32)).is_some() {
                found.refuse("uid_twice", row.key("uid"), &row.activity.uid.to_string());
            }
        }
    }

    fn find_parents(&mut self, found: &Found) {
        for row in &mut self.list {
            let Some(uid) = row.parent else { continue };
            row.activity.parent = self.summaries.get(&uid).copied();
            if row.activity.parent.is_none() {
                found.refuse("unknown_parent", row.key("parent"), &uid.to_string());
            }
        }
    }

    /// The activity with this uid, else the summary row.
    pub fn find(&self, uid: i64) -> Option<ActivityIx> {
        self.activities.get(&uid).or_else(|| self.summaries.get(&uid)).copied()
    }
}

impl Row {
    pub fn place(&self) -> Place<'static> {
        Place::nth(self.list, self.index)
    }

    fn key(&self, key: &str) -> String {
        format!("{}/{key}", self.place())
    }
}

fn row(mut fields: Fields, list: &'static str, index: usize, around: &Around, resources: &mut Resources) -> Row {
    let uid = fields.whole("uid").unwrap_or_else(|| {
        fields.refuse("missing_json_key", "uid", "");
        0
    });
    let label = label(&mut fields);
    let parent = fields.whole("parent");
    let own = around.calendars.named(&mut fields, "calendar");
    let effective = around.calendars.named(&mut fields, "effective_calendar");
    let calendar = effective.or(own).map_or(around.options.calendar, CalendarIx);
    let kind = match list {
        "summaries" => Kind::Summary,
        _ => fields.choice("activity_type", &KINDS).unwrap_or_default(),
    };
    let percent = fields.number("pct");
    let work = work(&mut fields, around, percent);
    let mut activity = Activity { uid, parent: None, calendar, kind, elapsed: work.elapsed, duration: work.duration, detail: None };
    let mut stored = stored(&mut fields, around.found);
    stored.percent_complete = percent;
    stored.planned_duration = work.planned.filter(|planned| *planned != work.duration);
    let assignments = detail::read(&mut fields, &mut activity, work.progress, own.is_some(), around, resources);
    Row { activity, label, stored, rest: fields.rest(), assignments, parent, list, index }
}

fn label(fields: &mut Fields) -> Label {
    let row = fields.whole("id");
    let code = fields.name("code").unwrap_or_default();
    Label { row, code, name: fields.name("name").unwrap_or_default(), guid: fields.text("guid") }
}

/// How long, and how far.
struct Work {
    duration: Span,
    elapsed: bool,
    planned: Option<Span>,
    progress: Progress,
}

/// The lengths of a row, as far as they are given.
struct Lengths {
    whole: Option<Span>,
    done: Option<Span>,
    left: Option<Span>,
    planned: Option<Span>,
}

impl Lengths {
    /// Done and to do.
    fn all(&self) -> Span {
        let both = self.done.zip(self.left).map(|(done, left)| done + left);
        self.whole.or(both).or(self.left).or(self.planned).or(self.done).unwrap_or_default()
    }

    fn done_of(&self, percent: Option<f64>) -> Span {
        let by_rest = self.left.map(|left| (self.all() - left).max(Span::ZERO));
        self.done.or(by_rest).or(percent.map(|p| self.all().percent(p))).unwrap_or_default()
    }
}

/// A length that is not given follows from the others: nothing done, everything to do.
fn work(fields: &mut Fields, around: &Around, percent: Option<f64>) -> Work {
    let whole = fields.duration("duration");
    let mut span = |key: &str| fields.duration(key).map(|(span, _)| span);
    let (done, left, planned) = (span("actual_duration"), span("remaining_duration"), span("planned_duration"));
    let lengths = Lengths { whole: whole.map(|(span, _)| span), done, left, planned };
    let progress = progress(fields, &lengths, percent);
    let duration = match (around.options.dialect, progress) {
        (Dialect::P6, Progress::NotStarted) => left.unwrap_or_else(|| lengths.all()),
        _ => lengths.all(),
    };
    Work { duration, elapsed: whole.is_some_and(|(_, elapsed)| elapsed), planned, progress }
}

/// By the status where there is one (P6), else by the actual dates.
fn progress(fields: &mut Fields, lengths: &Lengths, percent: Option<f64>) -> Progress {
    let (start, finish) = (fields.instant("actual_start"), fields.instant("actual_finish"));
    let status = fields.choice("status", &[("NOT_STARTED", 0), ("IN_PROGRESS", 1), ("COMPLETED", 2)]);
    let (start, finish) = match status {
        Some(0) => (None, None),
        Some(1) => (start, None),
        _ => (start, finish),
    };
    let actual = lengths.done_of(percent);
    match (start.or(finish), finish) {
        (Some(start), Some(finish)) => Progress::Finished { start, finish, actual: lengths.done.unwrap_or_else(|| lengths.all()) },
        (Some(start), None) => {
            let remaining = lengths.left.unwrap_or_else(|| (lengths.all() - actual).max(Span::ZERO));
            Progress::Started { start, actual, remaining }
        }
        (None, _) => Progress::NotStarted,
    }
}

/// Dates as they were last computed: of the format's own additions.
fn stored(fields: &mut Fields, found: &Found) -> Stored {
    let outer = fields.place();
    let Some(value) = fields.take("stored") else { return Stored::default() };
    let mut given = Fields::of(value, Place { within: Some(&outer), name: "stored", index: None }, found);
    let (early_start, early_finish) = (given.instant("es"), given.instant("ef"));
    let (late_start, late_finish) = (given.instant("ls"), given.instant("lf"));
    let (start, finish) = (given.instant("start"), given.instant("finish"));
    let (planned_start, planned_finish) = (given.instant("planned_start"), given.instant("planned_finish"));
    let (baseline_start, baseline_finish) = (given.instant("baseline_start"), given.instant("baseline_finish"));
    let mut float = |key: &str| given.span(key).map(|(span, _)| span);
    let (total_float, free_float) = (float("tf"), float("ff"));
    let (critical, notes) = (given.flag("critical"), given.text("notes"));
    let (planned_duration, percent_complete) = (None, None);
    Stored {
        early_start,
        early_finish,
        late_start,
        late_finish,
        start,
        finish,
        total_float,
        free_float,
        critical,
        planned_start,
        planned_finish,
        planned_duration,
        percent_complete,
        baseline_start,
        baseline_finish,
        notes,
    }
}
