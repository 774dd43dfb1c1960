//! Edits applied to a plan, one after another, with all that stands against them.
use super::{
    ActivityId, Following, Ground, Happened, Name, NewActivity, OtherProject, Plan, PlanActivity, PlanEdit, Predecessors, ProgressPatch,
    check::about, follow, is_id, links::LONGEST_LAG,
};
use crate::{id::ProjectId, problem::Problem, project::Project};
use std::collections::{BTreeMap, BTreeSet};

/// A plan under edit.
pub(super) struct Editing<'a> {
    pub project: &'a Project,
    pub plan: Plan,
    pub ground: &'a Ground<'a>,
    pub found: Vec<Problem>,
    /// Whose content was touched, and of whom facts were.
    pub content: BTreeSet<ActivityId>,
    pub facts: BTreeSet<ActivityId>,
}

impl Editing<'_> {
    pub fn apply(&mut self, edit: &PlanEdit) {
        if let Some(id) = edit.activity()
            && !matches!(edit, PlanEdit::Add(_) | PlanEdit::Restore { .. })
            && !self.plan.activities.contains_key(id)
        {
            self.found.push(about("plan_unknown_activity", id).with("found", id));
            return;
        }
        match edit {
            PlanEdit::Add(new) => self.add(new),
            PlanEdit::Set(patch) => self.set(&patch.id, &patch.fields),
            PlanEdit::Progress(patch) => self.progress(patch),
            PlanEdit::Remove { id, bridge } => self.remove(id, *bridge),
            PlanEdit::Move { id, place } => self.move_to(id, *place),
            PlanEdit::Start { start } => self.plan.start = *start,
            PlanEdit::Facts(patch) => self.learn(&patch.facts),
            PlanEdit::Restore { id } => self.restore(id),
            PlanEdit::Tie { id, project, activity, lag } => self.tie(id, *project, activity, *lag),
            PlanEdit::Untie { id, project, activity } => self.untie(id, *project, activity),
        }
    }

    fn add(&mut self, new: &NewActivity) {
        let id = new.id.clone().unwrap_or_else(|| self.plan.free_id());
        if !is_id(&id) || id.len() > 40 {
            self.found.push(about("plan_bad_id", &id).with("found", &id));
            return;
        }
        if self.plan.activities.contains_key(&id) {
            self.found.push(about("plan_id_taken", &id).with("found", &id));
            return;
        }
        let after = new.after.parse::<Predecessors>().unwrap_or_else(|found| {
            self.found.push(about("plan_bad_link", &id).with("found", found.split('"').nth(1).unwrap_or(&new.after)));
            Predecessors::default()
        });
        let name = Name { zh: new.name.trim().to_owned(), en: None };
        let mut activity = PlanActivity::named(name, new.phase, new.days, new.clock);
        (activity.after, activity.department) = (after, new.department.clone());
        activity.place = u32::MAX;
        self.plan.activities.insert(id.clone(), activity);
        self.plan.number();
        if let Some(place) = new.place {
            self.move_to(&id, place);
        }
        self.content.insert(id);
    }

    fn set(&mut self, id: &str, fields: &BTreeMap<String, serde_json::Value>) {
        let Some(activity) = self.plan.activities.get_mut(id) else { return };
        for (field, value) in fields {
            let bad_link = || about("plan_bad_link", id).with("found", value.as_str().unwrap_or_default());
            let set = activity.set_field(id, field, value);
            self.found.extend(set.err().map(|problem| if field == "after" && value.is_string() { bad_link() } else { problem }));
        }
        if fields.contains_key("formality") && !activity.formality.is_empty() && !activity.progress.is_none() {
            let choices = activity.formality.join("、");
            self.found.push(about("plan_progress_of_formality", id).with("choices", choices));
        }
        self.content.insert(id.to_owned());
    }

    fn progress(&mut self, patch: &ProgressPatch) {
        let (id, today) = (&patch.id, self.ground.today);
        let Some(activity) = self.plan.activities.get_mut(id) else { return };
        if !activity.formality.is_empty() {
            let choices = activity.formality.join("、");
            self.found.push(about("plan_progress_of_formality", id).with("choices", choices));
            return;
        }
        let p = &mut activity.progress;
        p.started = patch.started.unwrap_or(p.started);
        p.finished = patch.finished.unwrap_or(p.finished);
        p.remaining = patch.remaining.unwrap_or(p.remaining);
        match patch.percent.flatten().map(u8::try_from) {
            Some(Ok(percent)) => p.percent = Some(percent),
            Some(Err(_)) => self.found.push(about("plan_bad_percent", id).with("found", patch.percent.flatten().unwrap_or_default())),
            None if patch.percent.is_some() => p.percent = None,
            None => {}
        }
        let reported = patch.remaining.flatten().is_some() || patch.percent.flatten().is_some();
        p.seen = patch.seen.unwrap_or(if reported { Some(today) } else { p.seen });
        // Finished work has nothing left, and an event has no beginning of its own.
        if patch.finished.flatten().is_some() {
            p.remaining = p.remaining.filter(|_| patch.remaining.is_some());
            p.percent = p.percent.filter(|_| patch.percent.is_some());
        }
        if p.remaining.is_none() && p.percent.is_none() && patch.seen.is_none_or(|seen| seen.is_none()) {
            p.seen = None;
        }
        self.facts.insert(id.clone());
    }

    fn remove(&mut self, id: &str, bridge: bool) {
        let Some(activity) = self.plan.activities.get(id) else { return };
        if !matches!(self.project.happened(activity), Happened { started: None, finished: None }) {
            self.found.push(about("plan_has_facts", id));
        }
        if self.ground.evidence.contains(id) {
            self.found.push(about("plan_has_evidence", id));
        }
        let waiting = self.plan.waiting_for(id);
        if !bridge && !waiting.is_empty() {
            let waiting: Vec<&str> = waiting.into_iter().map(String::as_str).collect();
            self.found.push(about("plan_still_waited_for", id).with("others", waiting.join("、")));
            return;
        }
        self.plan.bridge(id);
        if self.of_pattern().is_some_and(|steps| steps.contains_key(id)) {
            self.plan.left_out.insert(id.to_owned());
        }
        self.plan.number();
    }

    fn move_to(&mut self, id: &str, place: u32) {
        let mut order: Vec<ActivityId> = self.plan.lines().into_iter().map(|(id, _)| id.clone()).filter(|other| other != id).collect();
        let at = usize::try_from(place).unwrap_or(usize::MAX).min(order.len());
        order.insert(at, id.to_owned());
        for (line, id) in (0..).zip(order) {
            if let Some(activity) = self.plan.activities.get_mut(&id) {
                activity.place = line;
            }
        }
    }

    fn learn(&mut self, changes: &BTreeMap<String, Option<super::FactValue>>) {
        for (key, value) in changes {
            let yes_no = value.map(|value| matches!(value, super::FactValue::YesNo(_)));
            match (self.ground.facts.get(key.as_str()), yes_no) {
                (None, _) => self.found.push(Problem::block("plan_unknown_fact").at(key.as_str()).with("found", key)),
                (Some(asked), Some(given)) if *asked != given => {
                    self.found.push(Problem::block("plan_fact_kind").at(key.as_str()).with("field", key));
                }
                _ => {}
            }
            if let Some(super::FactValue::Number(n)) = value
                && *n < 0
            {
                self.found.push(Problem::block("plan_fact_negative").at(key.as_str()).with("field", key).with("found", n));
            }
        }
        let facts = self.plan.facts.with(changes);
        let left_out = self.plan.left_out.clone();
        self.follow_to(facts, left_out);
    }

    fn restore(&mut self, id: &str) {
        if self.plan.activities.contains_key(id) {
            self.found.push(about("plan_id_taken", id).with("found", id));
            return;
        }
        let mut left_out = self.plan.left_out.clone();
        left_out.remove(id);
        let Some(drafted) = self.ground.drafted else { return self.found.push(follow::unknown(id)) };
        if !drafted(&self.plan.facts, &left_out).contains_key(id) {
            return self.found.push(follow::unknown(id));
        }
        let facts = self.plan.facts.clone();
        self.follow_to(facts, left_out);
        self.content.insert(id.to_owned());
    }

    /// The plan with what the pattern says for other facts.
    fn follow_to(&mut self, facts: super::Facts, left_out: BTreeSet<ActivityId>) {
        if let Some(drafted) = self.ground.drafted {
            let from = drafted(&self.plan.facts, &self.plan.left_out);
            let to = drafted(&facts, &left_out);
            let (project, ground) = (self.project, self.ground);
            let leans = |id: &str, a: &PlanActivity| project.leans_on(id, a, ground);
            let way = Following { from: &from, to: &to, only: None, firmly: false };
            self.found.extend(self.plan.follow(&way, &leans));
        }
        (self.plan.facts, self.plan.left_out) = (facts, left_out);
    }

    fn of_pattern(&self) -> Option<super::Activities> {
        self.ground.drafted.map(|drafted| drafted(&self.plan.facts, &self.plan.left_out))
    }

    fn tie(&mut self, id: &str, project: ProjectId, activity: &str, lag: i64) {
        let named = |code: &str| about(code, id).with("found", activity);
        if project == self.project.id {
            self.found.push(named("plan_tie_within"));
        } else if !self.ground.others.contains(&(project, activity.to_owned())) {
            self.found.push(named("plan_unknown_other"));
        } else if self.ground.behind.contains(&(project, activity.to_owned(), id.to_owned())) {
            self.found.push(named("plan_cycle_across"));
        }
        if !(-LONGEST_LAG..=LONGEST_LAG).contains(&lag) {
            self.found.push(about("plan_bad_lag", id).with("found", lag).with("limit", LONGEST_LAG));
        }
        let Some(own) = self.plan.activities.get_mut(id) else { return };
        let other = OtherProject { project, activity: activity.to_owned(), lag };
        match own.after_others.iter_mut().find(|o| o.project == project && o.activity == activity) {
            Some(known) => *known = other,
            None => own.after_others.push(other),
        }
    }

    fn untie(&mut self, id: &str, project: ProjectId, activity: &str) {
        let Some(own) = self.plan.activities.get_mut(id) else { return };
        let before = own.after_others.len();
        own.after_others.retain(|o| o.project != project || o.activity != activity);
        if own.after_others.len() == before {
            self.found.push(about("plan_not_tied", id).with("found", activity));
        }
    }
}

impl Plan {
    fn free_id(&self) -> ActivityId {
        (1..).map(|n: u32| format!("U{n}")).find(|id| !self.activities.contains_key(id) && !self.left_out.contains(id)).unwrap_or_default()
    }
}
