//! A plan of any program as P6 can have it.
use super::losses::{is_held, place};
use crate::{Loss, Plan};
use lantu_schedule::{Dialect, Kind};
use std::collections::HashSet;

/// The lengths that P6 has for names and codes.
const ACTIVITY_NAME: usize = 120;
const WBS_NAME: usize = 100;
const CODE: usize = 40;

/// The plan with codes that P6 takes, without what it has no place for. What is told as lost by `losses` is not told again.
pub(super) fn for_p6(plan: &Plan, losses: &mut Vec<Loss>) -> Plan {
    let mut plan = plan.clone();
    let links = std::mem::take(&mut plan.links);
    plan.links = links.into_iter().filter(|link| is_held(&plan, link)).collect();
    for row in &mut plan.activities {
        let is_summary = row.is_summary();
        if let Some(detail) = &mut row.detail {
            detail.assignments.retain(|a| a.resource.is_some() && !is_summary);
        }
    }
    if plan.options.dialect == Dialect::MsProject {
        as_p6_would(&mut plan);
    }
    name_rows(&mut plan, losses);
    plan
}

/// A data date, planned dates, and milestones by their kind: a task of no length is one to MS Project.
fn as_p6_would(plan: &mut Plan) {
    plan.options.data_date = plan.options.data_date.or(Some(plan.options.start));
    for (row, stored) in plan.activities.iter_mut().zip(&mut plan.stored) {
        stored.planned_start = stored.planned_start.or(stored.start);
        stored.planned_finish = stored.planned_finish.or(stored.finish);
        if row.kind == Kind::Task && row.duration.is_zero() {
            row.kind = Kind::FinishMilestone;
        }
    }
}

/// Activity ids are unique and not empty; names are not longer than P6 has room for.
fn name_rows(plan: &mut Plan, losses: &mut Vec<Loss>) {
    let mut taken = HashSet::new();
    for (row, label) in plan.activities.iter().zip(&mut plan.labels) {
        let room = if row.is_summary() { WBS_NAME } else { ACTIVITY_NAME };
        if let Some(cut) = cut(&label.name, room) {
            losses.push(Loss { code: "name_cut", place: place(row), found: crate::xml::shortened(&label.name) });
            label.name = cut;
        }
        if let Some(cut) = cut(&label.code, CODE) {
            label.code = cut;
        }
        if row.is_summary() {
            if label.code.is_empty() {
                label.code = row.uid.to_string();
            }
        } else if label.code.is_empty() || !taken.insert(label.code.clone()) {
            let was = std::mem::replace(&mut label.code, free_code(row.uid, &taken));
            taken.insert(label.code.clone());
            losses.push(Loss { code: "activity_id_made", place: place(row), found: was });
        }
    }
}

fn cut(text: &str, room: usize) -> Option<String> {
    text.char_indices().nth(room).and_then(|(at, _)| text.get(..at)).map(str::to_owned)
}

fn free_code(uid: i64, taken: &HashSet<String>) -> String {
    let first = format!("A{uid}");
    if !taken.contains(&first) {
        return first;
    }
    (1..).map(|n| format!("A{uid}-{n}")).find(|code| !taken.contains(code)).unwrap_or(first)
}
