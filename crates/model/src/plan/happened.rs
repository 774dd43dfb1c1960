//! What has happened of a plan's activities, and whether it can have happened in that order.
use super::{ActivityId, Ends, Ground, Plan, PlanActivity, Predecessor, check::about};
use crate::{
    formality::{Formality, FormalityState},
    problem::{Problem, Severity},
    project::Project,
    stage::Status,
};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// The days of an activity as recorded: with itself, or with the formalities that it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Happened {
    pub started: Option<Date>,
    pub finished: Option<Date>,
}

impl Happened {
    /// The first day that is known of it.
    fn began(self) -> Option<Date> {
        self.started.or(self.finished)
    }
}

impl Project {
    /// Whether something happened of an activity, or evidence was filed for it: it is not taken away then.
    pub(super) fn leans_on(&self, id: &str, activity: &PlanActivity, ground: &Ground<'_>) -> bool {
        self.happened(activity) != Happened::default() || ground.evidence.contains(id)
    }

    /// What is recorded of an activity, wherever it is recorded.
    pub fn happened(&self, activity: &PlanActivity) -> Happened {
        if activity.formality.is_empty() {
            return Happened { started: activity.progress.started, finished: activity.progress.finished };
        }
        let rows: Vec<Option<&Formality>> =
            activity.formality.iter().map(|kind| self.formalities.iter().find(|f| f.kind == *kind)).collect();
        let needed: Vec<&Formality> = rows.iter().flatten().copied().filter(|f| f.state != FormalityState::NotNeeded).collect();
        let granted = !needed.is_empty() && rows.iter().all(Option::is_some) && needed.iter().all(|f| f.state == FormalityState::Granted);
        Happened {
            started: needed.iter().filter_map(|f| f.accepted_on()).min(),
            finished: if granted { needed.iter().filter_map(|f| f.decided_on()).max() } else { None },
        }
    }
}

/// Everything against the facts of the activities that were touched: their own order, their predecessors' and successors', the
/// end of the project. What lies outside the plan's order but can happen on a site is a reminder.
pub(super) fn problems(project: &Project, plan: &Plan, touched: &BTreeSet<ActivityId>, today: Date) -> Vec<Problem> {
    let mut found = vec![];
    for (id, activity) in plan.activities.iter().filter(|(id, _)| touched.contains(*id)) {
        found.extend(activity.progress_problems(id, today));
        found.extend(after_the_end(project, id, activity));
        found.extend(activity.after.iter().filter_map(|link| in_order(project, plan, id, link)));
    }
    for (id, activity) in plan.activities.iter().filter(|(id, _)| !touched.contains(*id)) {
        let links = activity.after.iter().filter(|link| touched.contains(&link.id));
        found.extend(links.filter_map(|link| in_order(project, plan, id, link)).filter(|p| p.severity == Severity::Block));
    }
    found
}

fn after_the_end(project: &Project, id: &str, activity: &PlanActivity) -> Option<Problem> {
    let Status::Terminated { on, .. } = &project.lifecycle.status else { return None };
    let p = &activity.progress;
    let last = [p.started, p.finished, p.seen].into_iter().flatten().max()?;
    (last > *on).then(|| about("plan_fact_after_end", id).with("found", last).with("on", on))
}

/// The two days that a link ties, when the later one is known: blocked when they are the wrong way round, a reminder when the
/// earlier one is not known at all.
fn in_order(project: &Project, plan: &Plan, id: &str, link: &Predecessor) -> Option<Problem> {
    let (before, after) = (plan.activities.get(&link.id)?, plan.activities.get(id)?);
    let (before_days, after_days) = (project.happened(before), project.happened(after));
    // With a lead the two overlap: then only the beginnings can be told to be the wrong way round.
    let of_finish = matches!(link.ends, Ends::FinishStart | Ends::FinishFinish) && link.lag >= 0;
    let to_finish = matches!(link.ends, Ends::FinishFinish | Ends::StartFinish);
    let second = if to_finish { after_days.finished } else { after_days.began() }?;
    let first = if of_finish { before_days.finished } else { before_days.began() };
    match first {
        Some(first) if first > second => {
            Some(about("plan_before_predecessor", id).with("other", &link.id).with("first", first).with("second", second))
        }
        Some(_) => None,
        None => Some(Problem::warn("plan_predecessor_open").at(id).with("activity", id).with("other", &link.id).with("found", second)),
    }
}
