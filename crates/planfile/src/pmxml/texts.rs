//! What a plan says, as the texts of P6's elements. Reading, both the patching of a document and the making of a new one
//! use these names; a document is patched where the texts of the plan that was read and of the one to write differ.
use super::words::{CONSTRAINTS, CRITICAL, FLOATS, KINDS, LAG_CALENDARS, LINKS, PROGRESS, RESOURCES, STATUSES, Status, TASK_TYPES, word};
use crate::{Plan, Resource, ResourceKind, Stored, digits, lag};
use lantu_calendar::{Instant, Span};
use lantu_schedule::{Activity, ActivityIx, Assignment, CalendarIx, Constraint, ConstraintKind, Critical, Detail, Link, Options, Progress};
use std::borrow::Cow;

/// Names of elements with their texts; `None` for an element that is empty or not there.
pub(super) type Texts = Vec<(&'static str, Option<Text>)>;

/// One of them.
pub(super) type Text = Cow<'static, str>;

/// The identities that a plan's things have in a document.
#[derive(PartialEq)]
pub(super) struct Ids {
    pub project: String,
    pub rows: Vec<i64>,
    pub calendars: Vec<i64>,
    pub resources: Vec<i64>,
}

impl Ids {
    /// Those of the plan itself.
    pub fn of(plan: &Plan, project: String) -> Self {
        Self {
            project,
            rows: plan.activities.iter().map(|a| a.uid).collect(),
            calendars: plan.calendars.iter().map(|c| c.uid).collect(),
            resources: plan.resources.iter().map(|r| r.uid).collect(),
        }
    }

    pub fn row(&self, ix: ActivityIx) -> Text {
        self.rows.get(ix.at()).copied().unwrap_or_default().to_string().into()
    }

    pub fn calendar(&self, ix: CalendarIx) -> Option<Text> {
        self.calendars.get(ix.at()).map(|uid| uid.to_string().into())
    }
}

pub(super) fn project(plan: &Plan, ids: &Ids) -> Texts {
    let o = &plan.options;
    vec![
        ("ActivityDefaultCalendarObjectId", ids.calendar(o.calendar)),
        ("CriticalActivityFloatLimit", float_limit(o)),
        ("CriticalActivityPathType", Some(word(CRITICAL, &(o.critical == Critical::LongestPath)).into())),
        ("DataDate", o.data_date.map(date)),
        ("Id", Some(plan.id.clone().into())),
        ("LastScheduleDate", plan.last_scheduled.map(date)),
        ("MustFinishByDate", o.finish.map(date)),
        ("Name", Some(plan.name.clone().into())),
        ("PlannedStartDate", Some(date(o.start))),
    ]
}

pub(super) fn settings(o: &Options) -> Texts {
    vec![
        ("ComputeTotalFloatType", Some(word(FLOATS, &o.total_float).into())),
        ("CriticalActivityFloatThreshold", float_limit(o)),
        ("CriticalActivityPathType", Some(word(CRITICAL, &(o.critical == Critical::LongestPath)).into())),
        ("IgnoreOtherProjectRelationships", Some(flag(o.ignore_external))),
        ("MakeOpenEndedActivitiesCritical", Some(flag(o.open_ended_critical))),
        ("OutOfSequenceScheduleType", Some(word(PROGRESS, &o.progress).into())),
        ("RelationshipLagCalendar", Some(word(LAG_CALENDARS, &o.lag_calendar).into())),
        ("StartToStartLagCalculationType", Some(flag(o.ss_lag_from_early_start))),
        ("UseExpectedFinishDates", Some(flag(o.use_expected_finish))),
    ]
}

fn float_limit(o: &Options) -> Option<Text> {
    match o.critical {
        Critical::FloatAtMost(limit) => Some(hours(limit)),
        Critical::LongestPath => None,
    }
}

pub(super) fn wbs(plan: &Plan, ix: ActivityIx, ids: &Ids) -> Texts {
    let (row, label) = (&plan.activities[ix.at()], &plan.labels[ix.at()]);
    vec![
        ("Code", Some(label.code.clone().into())),
        ("GUID", label.guid.clone().map(Text::from)),
        ("Name", Some(label.name.clone().into())),
        ("ObjectId", Some(ids.row(ix))),
        ("ParentObjectId", row.parent.map(|p| ids.row(p))),
        ("ProjectObjectId", Some(ids.project.clone().into())),
    ]
}

pub(super) fn activity(plan: &Plan, ix: ActivityIx, ids: &Ids) -> Texts {
    let (row, label, stored) = (&plan.activities[ix.at()], &plan.labels[ix.at()], &plan.stored[ix.at()]);
    let plain = Detail::default();
    let detail = row.detail.as_deref().unwrap_or(&plain);
    let mut texts = vec![
        ("CalendarObjectId", ids.calendar(row.calendar)),
        ("DurationType", Some(word(TASK_TYPES, &detail.task_type).into())),
        ("GUID", label.guid.clone().map(Text::from)),
        ("Id", Some(label.code.clone().into())),
        ("Name", Some(label.name.clone().into())),
        ("ObjectId", Some(ids.row(ix))),
        ("ProjectObjectId", Some(ids.project.clone().into())),
        ("Type", Some(word(KINDS, &row.kind).into())),
        ("WBSObjectId", row.parent.map(|p| ids.row(p))),
    ];
    texts.extend(work(row, stored));
    texts.extend(held(detail));
    texts.extend(dates(row, stored));
    texts
}

/// How long, and how far.
fn work(row: &Activity, stored: &Stored) -> Texts {
    let (status, start, finish, done, left) = match row.progress() {
        Progress::NotStarted => (Status::NotStarted, None, None, Span::ZERO, row.duration),
        Progress::Started { start, actual, remaining } => (Status::InProgress, Some(start), None, actual, remaining),
        Progress::Finished { start, finish, actual } => (Status::Completed, Some(start), Some(finish), actual, Span::ZERO),
    };
    let planned = stored.planned_duration.unwrap_or(row.duration);
    let share = |_| {
        let share = (planned - left).as_minutes() / planned.as_minutes();
        decimal(if finish.is_some() {
            1.0
        } else if share.is_finite() {
            share.clamp(0.0, 1.0)
        } else {
            0.0
        })
    };
    vec![
        ("ActualDuration", Some(hours(done))),
        ("ActualFinishDate", finish.map(date)),
        ("ActualStartDate", start.map(date)),
        ("AtCompletionDuration", Some(hours(done + left))),
        ("DurationPercentComplete", stored.percent_complete.map(share)),
        ("PercentComplete", stored.percent_complete.map(|p| decimal(p / 100.0))),
        ("PlannedDuration", Some(hours(planned))),
        ("RemainingDuration", Some(hours(left))),
        ("Status", Some(word(STATUSES, &status).into())),
    ]
}

/// What holds it to dates.
fn held(detail: &Detail) -> Texts {
    let kind = |c: Option<Constraint>| c.map(|c| Text::from(word(CONSTRAINTS, &c.kind)));
    let at = |c: Option<Constraint>| c.filter(|c| c.kind != ConstraintKind::AsLateAsPossible).map(|c| date(c.date));
    vec![
        ("ExpectedFinishDate", detail.expected_finish.map(date)),
        ("ExternalEarlyStartDate", detail.external_early_start.map(date)),
        ("ExternalLateFinishDate", detail.external_late_finish.map(date)),
        ("PrimaryConstraintDate", at(detail.constraint)),
        ("PrimaryConstraintType", kind(detail.constraint)),
        ("ResumeDate", detail.resume.map(date)),
        ("SecondaryConstraintDate", at(detail.secondary)),
        ("SecondaryConstraintType", kind(detail.secondary)),
        ("SuspendDate", detail.stop.map(date)),
    ]
}

/// Computed dates: of finished work P6 has no remaining ones.
fn dates(row: &Activity, stored: &Stored) -> Texts {
    let names = match row.progress() {
        Progress::Finished { .. } => ["EarlyStartDate", "EarlyFinishDate", "LateStartDate", "LateFinishDate"],
        _ => ["RemainingEarlyStartDate", "RemainingEarlyFinishDate", "RemainingLateStartDate", "RemainingLateFinishDate"],
    };
    let early_and_late = [stored.early_start, stored.early_finish, stored.late_start, stored.late_finish];
    let mut texts: Texts = names.into_iter().zip(early_and_late.map(|at| at.map(date))).collect();
    texts.extend([
        ("FinishDate", stored.finish.map(date)),
        ("PlannedFinishDate", stored.planned_finish.map(date)),
        ("PlannedStartDate", stored.planned_start.map(date)),
        ("StartDate", stored.start.map(date)),
    ]);
    texts
}

/// What the schema has and P6 reckons for itself: it is written into new documents, and where a document has it.
pub(super) fn reckoned(plan: &Plan, ix: ActivityIx) -> Texts {
    let stored = &plan.stored[ix.at()];
    if plan.activities[ix.at()].is_summary() {
        return vec![("FinishDate", stored.finish.map(date)), ("StartDate", stored.start.map(date))];
    }
    vec![
        ("FreeFloat", stored.free_float.map(hours)),
        ("IsCritical", stored.critical.map(flag)),
        ("TotalFloat", stored.total_float.map(hours)),
    ]
}

/// A lag that P6 cannot say is written as the working time nearest to it; `losses` tells of it.
pub(super) fn link(plan: &Plan, link: &Link, ids: &Ids) -> Texts {
    vec![
        ("Lag", Some(hours(lag::as_work(plan, link)))),
        ("PredecessorActivityObjectId", Some(ids.row(link.predecessor))),
        ("PredecessorProjectObjectId", Some(ids.project.clone().into())),
        ("SuccessorActivityObjectId", Some(ids.row(link.successor))),
        ("SuccessorProjectObjectId", Some(ids.project.clone().into())),
        ("Type", Some(word(LINKS, &link.kind).into())),
    ]
}

pub(super) fn assignment(plan: &Plan, ix: ActivityIx, a: &Assignment, ids: &Ids) -> Texts {
    let row = &plan.activities[ix.at()];
    let lag = a.delay.map(|d| hours(d.span));
    vec![
        ("ActivityObjectId", Some(ids.row(ix))),
        ("ActualOvertimeUnits", Some(hours(a.overtime))),
        ("ActualUnits", Some(hours(a.actual_work))),
        ("AtCompletionUnits", Some(hours(a.work))),
        ("DrivingActivityDatesFlag", Some(flag(a.drives))),
        ("RemainingLag", lag),
        ("RemainingUnits", Some(hours(a.remaining_work))),
        ("RemainingUnitsPerTime", Some(decimal(a.units / 100.0))),
        ("WBSObjectId", row.parent.map(|p| ids.row(p))),
    ]
}

pub(super) fn resource(r: &Resource, ids: &Ids) -> Texts {
    vec![
        ("CalendarObjectId", r.calendar.and_then(|at| ids.calendar(CalendarIx(at)))),
        ("Id", Some(r.code.clone().into())),
        ("Name", Some(r.name.clone().into())),
        ("ResourceType", Some(word(RESOURCES, &kind_of(r)).into())),
    ]
}

/// P6 has no cost resources; material comes nearest, for neither takes time.
pub(super) fn kind_of(r: &Resource) -> ResourceKind {
    if r.kind == ResourceKind::Cost { ResourceKind::Material } else { r.kind }
}

/// `2026-03-02T08:00:00`.
pub(super) fn date(at: Instant) -> Text {
    digits::stamp(at, 'T', true).into()
}

/// Exact to the second.
pub(super) fn hours(span: Span) -> Text {
    digits::hours(span).into()
}

/// Six places at most, without trailing zeros.
pub(super) fn decimal(number: f64) -> Text {
    digits::decimal(number).into()
}

pub(super) fn flag(on: bool) -> Text {
    if on { "1".into() } else { "0".into() }
}
