//! Tasks: rows of an outline, in the order of the file.
use super::{calendars::Calendars, codes, fields::Fields, fields::Found, value};
use crate::{Label, Stored, xml::Node};
use lantu_calendar::{Instant, Span};
use lantu_schedule::{Activity, ActivityIx, CalendarIx, Constraint, ConstraintKind, Delay, Detail, FixedDates, Kind, Progress};
use std::collections::HashMap;

/// The rows of a file, with what is asked of them later.
#[derive(Default)]
pub(super) struct Rows<'a> {
    pub activities: Vec<Activity>,
    pub labels: Vec<Label>,
    pub stored: Vec<Stored>,
    /// The elements, in the same order.
    pub nodes: Vec<Node<'a>>,
    /// Where each UID stands.
    pub at: HashMap<i64, ActivityIx>,
    /// Outline levels of the rows above, outermost first.
    above: Vec<(i64, ActivityIx)>,
    has_rows_below: Vec<bool>,
}

impl<'a> Rows<'a> {
    pub(super) fn read(project: &Fields<'a>, calendars: &Calendars) -> Self {
        let mut rows = Self::default();
        for node in project.child("Tasks").into_iter().flat_map(|node| node.children("Task")) {
            rows.add(node, calendars, project.found());
        }
        rows.find_summaries();
        rows
    }

    /// Empty rows have a number and nothing else: they are no part of a plan.
    fn add(&mut self, node: Node<'a>, calendars: &Calendars, found: &Found) {
        let fields = Fields::of(node, found);
        let Some(uid) = fields.uid() else { return };
        if fields.flag("IsNull") == Some(true) {
            return;
        }
        let at = ActivityIx(self.activities.len() as u32);
        if self.at.insert(uid, at).is_some() {
            fields.refuse("uid_twice", "UID", &uid.to_string());
        }
        let parent = self.place(&fields, uid, at);
        let (mut activity, stored, label) = row(&fields, uid, calendars);
        activity.parent = parent;
        self.activities.push(activity);
        self.labels.push(label);
        self.stored.push(stored);
        self.nodes.push(node);
        self.has_rows_below.push(false);
    }

    /// The row that this one stands under: the last one above of a lower level, however far the level jumps.
    fn place(&mut self, fields: &Fields, uid: i64, at: ActivityIx) -> Option<ActivityIx> {
        let by_number = || fields.text("OutlineNumber").map(|n| if n == "0" { 0 } else { n.matches('.').count() as i64 + 1 });
        let level = fields.int("OutlineLevel").or_else(by_number).unwrap_or(i64::from(uid != 0));
        while self.above.last().is_some_and(|(above, _)| *above >= level) {
            self.above.pop();
        }
        let parent = self.above.last().map(|(_, at)| *at);
        if let Some(below) = parent.and_then(|at| self.has_rows_below.get_mut(at.at())) {
            *below = true;
        }
        self.above.push((level, at));
        parent
    }

    /// A row with rows below it sums them up, whatever it says of itself; so does the row of the whole project.
    fn find_summaries(&mut self) {
        let first = self.activities.first_mut();
        if let Some(whole) = first.filter(|a| a.uid == 0 && self.labels.first().is_some_and(|l| l.row.is_none_or(|row| row == 0))) {
            whole.kind = Kind::Summary;
        }
        for (activity, _) in self.activities.iter_mut().zip(&self.has_rows_below).filter(|(_, below)| **below) {
            activity.kind = Kind::Summary;
        }
    }

    /// The earliest start and the latest finish that the file says.
    pub(super) fn ends(&self) -> (Option<Instant>, Option<Instant>) {
        (self.stored.iter().filter_map(|s| s.start).min(), self.stored.iter().filter_map(|s| s.finish).max())
    }
}

fn row(fields: &Fields, uid: i64, calendars: &Calendars) -> (Activity, Stored, Label) {
    let (row, guid) = (fields.int("ID"), fields.text("GUID").map(Into::into));
    let (name, code) = (fields.string("Name"), fields.string("WBS"));
    let stored = stored(fields);
    let own = calendars.named(fields, "CalendarUID").map(CalendarIx);
    let calendar = own.unwrap_or(calendars.project);
    let elapsed = codes::measure(fields.int("DurationFormat").unwrap_or(codes::DAYS)).elapsed;
    let mut activity = Activity { elapsed, ..Activity::task(uid, calendar, Span::ZERO) };
    activity.duration = duration(fields, &activity, &stored, calendars);
    let mut detail = Detail { own_calendar: own.is_some(), ..Detail::default() };
    fill(fields, &mut detail, &activity, &stored);
    let milestone = fields.flag("Milestone") == Some(true);
    detail.milestone = milestone && !activity.duration.is_zero();
    // What is held when work changes decides no dates: it alone is nothing special.
    if detail != Detail::default() {
        detail.milestone = milestone;
        detail.task_type = fields.word("Type", &codes::TASK_TYPES).unwrap_or_default();
        activity.detail = Some(Box::new(detail));
    }
    (activity, stored, Label { row, code, name, guid })
}

fn stored(fields: &Fields) -> Stored {
    let baseline = fields.children("Baseline").map(|node| Fields::of(node, fields.found())).find(|b| b.int("Number").unwrap_or(0) == 0);
    let slack = |name: &str| fields.number(name).map(value::tenths);
    Stored {
        start: fields.date("Start"),
        finish: fields.date("Finish"),
        critical: fields.flag("Critical"),
        early_start: fields.date("EarlyStart"),
        early_finish: fields.date("EarlyFinish"),
        late_start: fields.date("LateStart"),
        late_finish: fields.date("LateFinish"),
        free_float: slack("FreeSlack"),
        total_float: slack("TotalSlack"),
        percent_complete: fields.number("PercentComplete"),
        notes: fields.text("Notes").map(Into::into),
        baseline_start: baseline.as_ref().and_then(|b| b.date("Start")),
        baseline_finish: baseline.as_ref().and_then(|b| b.date("Finish")),
        ..Stored::default()
    }
}

/// A duration that is not given follows from what is done and to do, else from the dates.
fn duration(fields: &Fields, activity: &Activity, stored: &Stored, calendars: &Calendars) -> Span {
    let given = fields.span("Duration").or_else(|| fields.span("ManualDuration"));
    let both = || Some(fields.span("ActualDuration").unwrap_or_default() + fields.span("RemainingDuration")?);
    given.or_else(both).unwrap_or_else(|| {
        let (Some(start), Some(finish)) = (stored.start, stored.finish) else {
            fields.lose("duration_missing", "Duration", "");
            return Span::ZERO;
        };
        let counted = calendars.of(activity.calendar).filter(|_| !activity.elapsed).map(|c| c.work_between(start, finish));
        counted.unwrap_or(finish - start).max(Span::ZERO)
    })
}

fn fill(fields: &Fields, detail: &mut Detail, activity: &Activity, stored: &Stored) {
    let on = |name: &str| fields.flag(name) == Some(true);
    detail.inactive = fields.flag("Active") == Some(false);
    let manual = on("Manual");
    detail.recurring = on("Recurring");
    let subproject = on("IsSubproject");
    detail.external = on("ExternalTask") || subproject;
    detail.fixed = fixed(fields, stored, manual, detail.external);
    (detail.stop, detail.resume) = (fields.date("Stop"), fields.date("Resume"));
    detail.progress = progress(fields, activity, stored);
    detail.constraint = constraint(fields, stored);
    detail.deadline = fields.date("Deadline");
    detail.leveling_delay = delay(fields, codes::ELAPSED_DAYS);
    detail.ignores_resource_calendars = on("IgnoreResourceCalendar");
}

/// Manual tasks and tasks of other files keep the dates they are given. A manual task whose dates are words has none.
fn fixed(fields: &Fields, stored: &Stored, manual: bool, external: bool) -> Option<FixedDates> {
    let (own_start, own_finish) = (fields.date("ManualStart"), fields.date("ManualFinish"));
    let (start, finish) = match (manual, external) {
        (true, _) => (own_start.or(stored.start)?, own_finish.or(stored.finish)?),
        (false, true) => (stored.start?, stored.finish?),
        (false, false) => return None,
    };
    Some(FixedDates { start, finish })
}

/// By the actual dates; a file that gives only a share has begun and ended as its dates say.
fn progress(fields: &Fields, activity: &Activity, stored: &Stored) -> Progress {
    let percent = stored.percent_complete.unwrap_or(0.0);
    let (start, finish) = (fields.date("ActualStart"), fields.date("ActualFinish"));
    let finish = finish.or(stored.finish.filter(|_| percent >= 100.0));
    let start = start.or(stored.start.filter(|_| percent > 0.0 || finish.is_some())).or(finish);
    let Some(start) = start else { return Progress::NotStarted };
    let done = fields.span("ActualDuration");
    if let Some(finish) = finish {
        return Progress::Finished { start, finish, actual: done.unwrap_or(activity.duration) };
    }
    let left = fields.span("RemainingDuration");
    let by_rest = || left.map(|left| (activity.duration - left).max(Span::ZERO));
    let actual = done.or_else(by_rest).unwrap_or_else(|| activity.duration.percent(percent));
    Progress::Started { start, actual, remaining: left.unwrap_or((activity.duration - actual).max(Span::ZERO)) }
}

fn constraint(fields: &Fields, stored: &Stored) -> Option<Constraint> {
    if fields.int("ConstraintType")? == 0 {
        return None;
    }
    let kind = fields.word("ConstraintType", &codes::CONSTRAINTS)?;
    let late = kind == ConstraintKind::AsLateAsPossible;
    let date = fields.date("ConstraintDate").or(stored.start.filter(|_| late)).or(late.then_some(Instant::default()));
    if date.is_none() {
        fields.lose("constraint_without_date", "ConstraintDate", "");
    }
    Some(Constraint { kind, date: date? })
}

/// Delay by levelling, in tenths of a minute, of the unit's sort.
pub(super) fn delay(fields: &Fields, usual: i64) -> Option<Delay> {
    let span = fields.number("LevelingDelay").map(value::tenths).filter(|span| !span.is_zero())?;
    let elapsed = codes::measure(fields.int("LevelingDelayFormat").unwrap_or(usual)).elapsed;
    Some(Delay { span, elapsed })
}
