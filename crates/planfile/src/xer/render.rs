//! A plan's rows as cells of P6's tables. The same function gives a row anew and, asked before and after, what of it changed.
use super::forms::Forms;
use super::held::Held;
use super::patch::{Cell, Cells};
use super::settings::resource_word;
use super::tasks::percent_of_duration;
use super::words::{CONSTRAINTS, KINDS, LINKS, TASK_TYPES, word};
use crate::{Plan, ResourceKind, lag};
use lantu_calendar::{Instant, Span};
use lantu_schedule::{Activity, ActivityIx, Assignment, Constraint, ConstraintKind, Critical, Detail, Link, Progress};

/// P6's numbers for the parts of one plan, by their places in it.
#[derive(Clone, Debug, Default)]
pub(super) struct Numbers {
    pub project: i64,
    /// Of the element that is the project itself.
    pub root: i64,
    /// Of activities, and of WBS elements where the row is a summary.
    pub rows: Vec<i64>,
    pub calendars: Vec<i64>,
    pub resources: Vec<i64>,
}

/// A plan about to be written.
pub(super) struct Render<'p> {
    pub plan: &'p Plan,
    pub numbers: Numbers,
    pub forms: Forms,
}

impl Render<'_> {
    pub fn date(&self, at: Option<Instant>) -> Cell {
        at.map(|at| self.forms.write_date(at)).unwrap_or_default().into()
    }

    pub fn hours(&self, span: Option<Span>) -> Cell {
        span.map(|span| self.forms.write_hours(span)).unwrap_or_default().into()
    }

    pub fn number(&self, number: f64) -> Cell {
        self.forms.write_number(number).into()
    }

    pub fn calendar(&self, at: u32) -> Cell {
        self.numbers.calendars.get(at as usize).map(i64::to_string).unwrap_or_default().into()
    }

    fn number_of(&self, at: ActivityIx) -> Cell {
        self.numbers.rows.get(at.at()).map(i64::to_string).unwrap_or_default().into()
    }

    fn parent(&self, activity: &Activity) -> Cell {
        activity.parent.map_or_else(|| self.numbers.root.to_string().into(), |p| self.number_of(p))
    }

    /// A row of TASK.
    pub fn task(&self, at: usize, held: Held) -> Cells {
        let (activity, label) = (&self.plan.activities[at], &self.plan.labels[at]);
        let number = self.numbers.rows[at];
        let code = if label.code.is_empty() { format!("A{number}") } else { label.code.clone() };
        let mut cells: Cells = vec![
            ("task_id", number.to_string().into()),
            ("proj_id", self.numbers.project.to_string().into()),
            ("wbs_id", self.parent(activity)),
            ("clndr_id", self.calendar(activity.calendar.0)),
            ("task_type", word(KINDS, &held.kind).into()),
            ("duration_type", word(TASK_TYPES, &activity.detail.as_ref().map(|d| d.task_type).unwrap_or_default()).into()),
            ("task_code", code.into()),
            ("task_name", label.name.clone().into()),
            ("guid", label.guid.clone().unwrap_or_default().into()),
        ];
        self.push_progress(&mut cells, at, held);
        self.push_limits(&mut cells, activity, held);
        self.push_dates(&mut cells, at);
        cells
    }

    fn push_progress(&self, cells: &mut Cells, at: usize, held: Held) {
        let (activity, stored) = (&self.plan.activities[at], &self.plan.stored[at]);
        let (status, start, finish, remaining) = match activity.progress() {
            Progress::NotStarted => ("TK_NotStart", None, None, held.duration),
            Progress::Started { start, remaining, .. } => ("TK_Active", Some(start), None, remaining),
            Progress::Finished { start, finish, .. } => ("TK_Complete", Some(start), Some(finish), Span::ZERO),
        };
        let planned = stored.planned_duration.unwrap_or(held.duration);
        cells.extend([
            ("status_code", status.into()),
            ("act_start_date", self.date(start)),
            ("act_end_date", self.date(finish)),
            ("remain_drtn_hr_cnt", self.hours(Some(remaining))),
            ("target_drtn_hr_cnt", self.hours(Some(planned))),
        ]);
        let (kind, physical) = match stored.percent_complete {
            Some(p) if (p - percent_of_duration(planned, remaining, activity.progress())).abs() > 1e-4 => ("CP_Phys", p),
            _ => ("CP_Drtn", 0.0),
        };
        cells.extend([("complete_pct_type", kind.into()), ("phys_complete_pct", self.number(physical))]);
    }

    fn push_limits(&self, cells: &mut Cells, activity: &Activity, held: Held) {
        let detail = activity.detail.as_deref();
        let date = |of: fn(&Detail) -> Option<Instant>| self.date(detail.and_then(of));
        let (kind, day) = self.constraint(held.constraint);
        let (second_kind, second_day) = self.constraint(detail.and_then(|d| d.secondary));
        cells.extend([
            ("cstr_type", kind),
            ("cstr_date", day),
            ("cstr_type2", second_kind),
            ("cstr_date2", second_day),
            ("expect_end_date", date(|d| d.expected_finish)),
            ("suspend_date", date(|d| d.stop)),
            ("resume_date", date(|d| d.resume)),
            ("external_early_start_date", date(|d| d.external_early_start)),
            ("external_late_end_date", date(|d| d.external_late_finish)),
        ]);
    }

    fn constraint(&self, constraint: Option<Constraint>) -> (Cell, Cell) {
        let Some(c) = constraint else { return Default::default() };
        let date = (c.kind != ConstraintKind::AsLateAsPossible).then_some(c.date);
        (word(CONSTRAINTS, &c.kind).into(), self.date(date))
    }

    /// The remaining early dates of started work are its early dates; of work to come, when it is scheduled.
    fn push_dates(&self, cells: &mut Cells, at: usize) {
        let stored = &self.plan.stored[at];
        let (restart, reend) = match self.plan.activities[at].progress() {
            Progress::NotStarted => (stored.start, stored.finish),
            Progress::Started { .. } => (stored.early_start, stored.finish),
            Progress::Finished { .. } => (None, None),
        };
        // P6 leaves the float of finished work empty.
        let finished = matches!(self.plan.activities[at].progress(), Progress::Finished { .. });
        let says = |float: &Span| !finished || !float.is_zero();
        let longest = self.plan.options.critical == Critical::LongestPath && stored.critical == Some(true);
        cells.extend([
            ("early_start_date", self.date(stored.early_start)),
            ("early_end_date", self.date(stored.early_finish)),
            ("late_start_date", self.date(stored.late_start)),
            ("late_end_date", self.date(stored.late_finish)),
            ("restart_date", self.date(restart)),
            ("reend_date", self.date(reend)),
            ("rem_late_start_date", self.date(stored.late_start)),
            ("rem_late_end_date", self.date(stored.late_finish)),
            ("target_start_date", self.date(stored.planned_start.or(stored.start))),
            ("target_end_date", self.date(stored.planned_finish.or(stored.finish))),
            ("total_float_hr_cnt", self.hours(stored.total_float.filter(says))),
            ("free_float_hr_cnt", self.hours(stored.free_float.filter(says))),
            ("driving_path_flag", if longest { "Y" } else { "N" }.into()),
        ]);
    }

    /// A row of PROJWBS.
    pub fn element(&self, at: usize, sequence: usize) -> Cells {
        let (activity, label) = (&self.plan.activities[at], &self.plan.labels[at]);
        let number = self.numbers.rows[at];
        let is_root = number == self.numbers.root;
        let code = if label.code.is_empty() { format!("W{number}") } else { label.code.clone() };
        vec![
            ("wbs_id", number.to_string().into()),
            ("proj_id", self.numbers.project.to_string().into()),
            ("seq_num", sequence.to_string().into()),
            ("proj_node_flag", if is_root { "Y" } else { "N" }.into()),
            ("status_code", "WS_Open".into()),
            ("wbs_short_name", code.into()),
            ("wbs_name", label.name.clone().into()),
            ("parent_wbs_id", if is_root { Cell::default() } else { self.parent(activity) }),
            ("guid", label.guid.clone().unwrap_or_default().into()),
        ]
    }

    /// A row of TASKPRED.
    pub fn link(&self, number: i64, link: &Link) -> Cells {
        let project = Cell::from(self.numbers.project.to_string());
        vec![
            ("task_pred_id", number.to_string().into()),
            ("task_id", self.number_of(link.successor)),
            ("pred_task_id", self.number_of(link.predecessor)),
            ("proj_id", project.clone()),
            ("pred_proj_id", project),
            ("pred_type", word(LINKS, &link.kind).into()),
            ("lag_hr_cnt", self.hours(Some(lag::as_work(self.plan, link)))),
        ]
    }

    /// A row of TASKRSRC.
    pub fn assignment(&self, number: i64, at: usize, assignment: &Assignment) -> Cells {
        let resource = assignment.resource.map(|r| r as usize);
        let kind = resource.and_then(|r| self.plan.resources.get(r)).map_or(ResourceKind::Labor, |r| r.kind);
        let overtime = assignment.overtime.min(assignment.actual_work);
        let rate = self.number(assignment.units / 100.0);
        vec![
            ("taskrsrc_id", number.to_string().into()),
            ("task_id", self.numbers.rows[at].to_string().into()),
            ("proj_id", self.numbers.project.to_string().into()),
            ("rsrc_id", resource.and_then(|r| self.numbers.resources.get(r)).map(i64::to_string).unwrap_or_default().into()),
            ("remain_qty", self.hours(Some(assignment.remaining_work))),
            ("target_qty", self.hours(Some(assignment.work))),
            ("remain_qty_per_hr", rate.clone()),
            ("target_qty_per_hr", rate),
            ("target_lag_drtn_hr_cnt", self.hours(Some(assignment.delay.map(|d| d.span).unwrap_or_default()))),
            ("act_reg_qty", self.hours(Some(assignment.actual_work - overtime))),
            ("act_ot_qty", self.hours(Some(overtime))),
            ("rsrc_type", resource_word(kind).into()),
        ]
    }
}
