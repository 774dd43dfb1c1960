//! Resources, and who works on what.
use super::{calendars::Calendars, codes, fields::Fields, splits::Spread, tasks, tasks::Rows, value};
use crate::{Resource, ResourceKind, xml::Node};
use lantu_calendar::Span;
use lantu_schedule::{Assignment, CalendarIx, Contour, Delay};
use std::collections::HashMap;

/// Stands for no one.
pub(super) const NO_ONE: i64 = -65_535;

/// The resources of a file, and where each stands.
pub(super) struct Resources<'a> {
    pub list: Vec<Resource>,
    /// The elements, in the same order.
    pub nodes: Vec<Node<'a>>,
    at: HashMap<i64, u32>,
}

impl<'a> Resources<'a> {
    pub(super) fn read(project: &Fields<'a>, calendars: &Calendars) -> Self {
        let mut resources = Self { list: vec![], nodes: vec![], at: HashMap::new() };
        for node in project.child("Resources").into_iter().flat_map(|node| node.children("Resource")) {
            let fields = Fields::of(node, project.found());
            let Some(uid) = fields.uid() else { continue };
            // Empty rows, and the row that stands for no one.
            if fields.text("Name").is_none() && (uid == 0 || fields.flag("IsNull") == Some(true)) {
                continue;
            }
            if resources.at.insert(uid, resources.list.len() as u32).is_some() {
                fields.refuse("uid_twice", "UID", &uid.to_string());
            }
            let (name, kind) = (fields.string("Name"), kind(&fields));
            let code = fields.string("Initials");
            let max_units = hundredths(fields.number("MaxUnits").unwrap_or(1.0));
            let calendar = calendars.named(&fields, "CalendarUID");
            resources.nodes.push(node);
            resources.list.push(Resource { uid, code, name, kind, calendar, max_units });
        }
        resources
    }

    /// Adds every assignment to its activity, and tells how its work is spread where the file says.
    pub(super) fn assign(&self, project: &Fields<'a>, rows: &mut Rows<'a>) -> Vec<Spread<'a>> {
        let mut spreads = vec![];
        for node in project.child("Assignments").into_iter().flat_map(|node| node.children("Assignment")) {
            let fields = Fields::of(node, project.found());
            fields.uid();
            let task = fields.int("TaskUID");
            let Some(at) = task.and_then(|uid| rows.at.get(&uid).copied()) else {
                fields.lose("unknown_task", "TaskUID", task.unwrap_or_default().to_string());
                continue;
            };
            let Some(activity) = rows.activities.get_mut(at.at()) else { continue };
            let uid = fields.int("ResourceUID").filter(|uid| *uid > 0 || self.at.contains_key(uid));
            let resource = uid.and_then(|uid| self.at.get(&uid).copied());
            if let Some(uid) = uid.filter(|_| resource.is_none()) {
                fields.lose("unknown_resource", "ResourceUID", uid.to_string());
            }
            let ignores = activity.detail.as_ref().is_some_and(|d| d.ignores_resource_calendars && d.own_calendar);
            let own = resource.and_then(|r| self.list.get(r as usize)?.calendar).map(CalendarIx).filter(|_| !ignores);
            let assignment = self.assignment(&fields, resource, own.unwrap_or(activity.calendar));
            spreads.push(Spread { node, activity: at, assignment: activity.detail.as_ref().map_or(0, |d| d.assignments.len()) });
            let type_of = activity.detail.is_none().then(|| rows.nodes.get(at.at())).flatten();
            let detail = activity.detail_mut();
            if let Some(task) = type_of {
                let task = Fields::of(*task, project.found());
                detail.task_type = task.word("Type", &codes::TASK_TYPES).unwrap_or_default();
                detail.milestone = task.flag("Milestone") == Some(true);
            }
            detail.assignments.push(assignment);
        }
        spreads
    }

    fn assignment(&self, fields: &Fields, resource: Option<u32>, calendar: CalendarIx) -> Assignment {
        let kind = resource.and_then(|r| self.list.get(r as usize)).map_or(ResourceKind::Labor, |r| r.kind);
        let drives = matches!(kind, ResourceKind::Labor | ResourceKind::Nonlabor);
        let actual_work = fields.span("ActualWork").unwrap_or_default();
        let delay = fields.number("Delay").map(value::tenths).filter(|span| !span.is_zero());
        let leveling_delay = tasks::delay(fields, codes::DAYS);
        let overtime = fields.span("OvertimeWork").unwrap_or_default();
        let left = fields.span("RemainingWork");
        let units = fields.number("Units").map_or(if drives { 100.0 } else { 0.0 }, hundredths);
        let work = fields.span("Work").or(left.map(|left| left + actual_work)).unwrap_or_default();
        let contour = fields.word("WorkContour", &codes::CONTOURS).unwrap_or(Contour::Flat);
        Assignment {
            resource,
            calendar,
            drives,
            units,
            work,
            remaining_work: left.unwrap_or((work - actual_work).max(Span::ZERO)),
            actual_work,
            overtime,
            delay: delay.map(|span| Delay { span, elapsed: false }),
            leveling_delay,
            contour,
        }
    }
}

/// Shares in hundredths, without the noise of the binary.
fn hundredths(share: f64) -> f64 {
    (share * 1e8).round() / 1e6
}

/// `Type` is 0 for material and 1 for work; costs have a mark of their own since 2007.
fn kind(fields: &Fields) -> ResourceKind {
    let kind = fields.int("Type").unwrap_or(1);
    match kind {
        _ if fields.flag("IsCostResource") == Some(true) => ResourceKind::Cost,
        0 => ResourceKind::Material,
        2 => ResourceKind::Cost,
        _ => ResourceKind::Labor,
    }
}
