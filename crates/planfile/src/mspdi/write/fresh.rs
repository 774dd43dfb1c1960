//! A plan of any origin as a file made anew.
use super::{calendar, entry, held, numbers::Numbers, people, settings, spread, task};
use crate::xml::XmlBuilder;
use crate::{Plan, Written};
use lantu_calendar::Span;
use lantu_schedule::{Activity, Assignment, Contour, Link};

/// The file, and what of the plan it does not hold.
pub(super) fn write(plan: &Plan) -> Written {
    let numbers = Numbers::of(plan);
    let mut losses = held::losses(plan);
    numbers.losses(&mut losses);
    let mut xml = XmlBuilder::document();
    xml.open_with("Project", &[("xmlns", "http://schemas.microsoft.com/project")]);
    entry::put(&mut xml, &settings::entries(&numbers));
    let (sheets, of_resources) = calendar::sheets(&numbers, true, &mut losses);
    xml.open("Calendars");
    sheets.iter().for_each(|sheet| calendar::put(&mut xml, sheet, &mut losses));
    xml.close();
    tasks(&mut xml, &numbers);
    resources(&mut xml, &numbers, &of_resources);
    assignments(&mut xml, &numbers);
    Written { bytes: xml.finish().into_bytes(), losses: held::told(losses) }
}

/// The links of each row that waits, in the order of the plan.
pub(super) fn links_by_successor(plan: &Plan) -> Vec<Vec<&Link>> {
    let mut links = vec![vec![]; plan.activities.len()];
    for link in plan.links.iter().filter(|l| l.predecessor != l.successor) {
        if let Some(list) = links.get_mut(link.successor.at()) {
            list.push(link);
        }
    }
    links
}

fn tasks(xml: &mut XmlBuilder, numbers: &Numbers) {
    let links = links_by_successor(numbers.plan);
    xml.open("Tasks");
    for &at in &numbers.order {
        task::put(xml, numbers, at, &links[at]);
    }
    xml.close();
}

fn resources(xml: &mut XmlBuilder, numbers: &Numbers, calendars: &[Option<i64>]) {
    xml.open("Resources");
    for (at, resource) in numbers.plan.resources.iter().enumerate() {
        xml.open("Resource");
        entry::put(xml, &people::resource(numbers, at, resource, calendars.get(at).copied().flatten()));
        xml.close();
    }
    xml.close();
}

fn assignments(xml: &mut XmlBuilder, numbers: &Numbers) {
    xml.open("Assignments");
    let mut uid = 0;
    for &at in &numbers.order {
        let Some(activity) = numbers.plan.activities.get(at) else { continue };
        let no_one = no_one(activity);
        let assignments = activity.detail.iter().flat_map(|d| &d.assignments).chain(&no_one);
        for assignment in assignments {
            uid += 1;
            put_assignment(xml, numbers, at, assignment, uid);
        }
    }
    xml.close();
}

/// A new assignment, with the spread of its work where that is not in one piece.
pub(super) fn put_assignment(xml: &mut XmlBuilder, numbers: &Numbers, at: usize, assignment: &Assignment, uid: i64) {
    let Some(activity) = numbers.plan.activities.get(at) else { return };
    xml.open("Assignment");
    entry::put(xml, &people::assignment(numbers, at, activity, assignment, uid));
    spread::put(xml, numbers, activity, assignment, uid);
    xml.close();
}

/// Work in pieces that no one is named for: only an assignment can tell of the pieces.
fn no_one(activity: &Activity) -> Option<Assignment> {
    let detail = activity.detail.as_deref()?;
    (detail.splits.len() > 1 && !detail.assignments.iter().any(|a| a.drives)).then_some(Assignment {
        resource: None,
        calendar: activity.calendar,
        drives: true,
        units: 100.0,
        work: activity.duration,
        remaining_work: activity.duration,
        actual_work: Span::ZERO,
        overtime: Span::ZERO,
        delay: None,
        leveling_delay: None,
        contour: Contour::Flat,
    })
}
