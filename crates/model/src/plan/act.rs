//! Acts on a project's plan. Each gives the new project and its change, or everything that stands against it.
use super::{ActivityId, Applied, Baseline, Following, Ground, Plan, PlanEdit, apply::Editing, check::about, happened};
use crate::{
    formality::{Formality, FormalityState},
    problem::{Problem, Refusal},
    project::{Change, Project},
};
use jiff::civil::Date;
use std::collections::BTreeSet;

const MOST_EDITS: usize = 500;

/// Differences of a pattern that a running project takes over.
pub struct Taking<'a> {
    /// The pattern as it will have been applied.
    pub applied: Applied,
    pub way: Following<'a>,
}

type Done = Result<(Project, Change, Vec<Problem>), Refusal>;

impl Project {
    /// Gives a project its plan. One that has a plan keeps it unless `replace` says why it is to go; then baselines stay, and so does
    /// what has been done of steps that the new plan has, too.
    pub fn apply_plan(mut self, mut plan: Plan, replace: Option<&str>, ground: &Ground<'_>) -> Done {
        let mut problems = self.must_be_live();
        let mut change = Change::new("apply_plan").on(plan.start);
        if let Some(before) = &self.plan {
            match replace {
                None => problems.push(Problem::block("plan_exists")),
                Some(reason) => {
                    problems.extend(no_basis(reason));
                    problems.extend(lost_facts(before, &plan));
                    change = Change::new("replace_plan").on(plan.start).because(reason.trim());
                    plan.baselines.clone_from(&before.baselines);
                    for (id, activity) in &mut plan.activities {
                        if let Some(old) = before.activities.get(id) {
                            activity.progress = old.progress.clone();
                        }
                    }
                }
            }
        }
        plan.number();
        problems.extend(plan.network_problems());
        for (id, activity) in plan.lines() {
            problems.extend(activity.problems(id, ground));
        }
        let reminders = Refusal::unless_clear(problems)?;
        self.keep_plan(plan);
        Ok((self, change, reminders))
    }

    /// Edits a plan: every edit or none.
    pub fn edit_plan(mut self, edits: &[PlanEdit], reason: &str, ground: &Ground<'_>) -> Done {
        let mut problems = self.must_be_live();
        if edits.len() > MOST_EDITS {
            problems.push(Problem::block("too_many_edits").with("limit", MOST_EDITS));
        }
        let Some(plan) = self.plan.clone().filter(|_| edits.len() <= MOST_EDITS) else {
            problems.extend(self.plan.is_none().then(|| Problem::block("plan_missing")));
            return Err(Refusal { unmet: problems });
        };
        let mut editing = Editing { project: &self, plan, ground, found: problems, content: BTreeSet::new(), facts: BTreeSet::new() };
        edits.iter().for_each(|edit| editing.apply(edit));
        let Editing { plan, mut found, content, facts, .. } = editing;
        found.extend(plan.network_problems());
        for (id, activity) in plan.lines().into_iter().filter(|(id, _)| content.contains(*id)) {
            found.extend(activity.problems(id, ground));
        }
        found.extend(happened::problems(&self, &plan, &facts, ground.today));
        let reminders = Refusal::unless_clear(found)?;
        let change = change_of(edits).because(reason.trim());
        self.keep_plan(plan);
        Ok((self, change, reminders))
    }

    /// Keeps the dates of a day to be measured against.
    pub fn set_baseline(mut self, baseline: Baseline, today: Date) -> Done {
        let mut problems = self.must_be_live();
        problems.extend(no_basis(&baseline.reason));
        for (field, text) in [("plan.baseline_name", &baseline.name), ("plan.approver", &baseline.approver)] {
            if text.trim().is_empty() {
                problems.push(Problem::block("field_missing").at(field));
            } else if text.chars().count() > 100 {
                problems.push(Problem::block("too_long").at(field).with("limit", 100));
            }
        }
        if baseline.on > today {
            problems.push(Problem::block("fact_in_future").at("on").with("found", baseline.on));
        }
        let Some(plan) = &mut self.plan else {
            problems.push(Problem::block("plan_missing"));
            return Err(Refusal { unmet: problems });
        };
        if plan.baselines.iter().any(|b| b.name.trim() == baseline.name.trim()) {
            problems.push(Problem::block("plan_baseline_named").at("plan.baseline_name").with("found", baseline.name.trim()));
        }
        let reminders = Refusal::unless_clear(problems)?;
        let change = Change::new("set_baseline").on(baseline.on).because(baseline.reason.trim());
        let Baseline { name, on, reason, approver, dates } = baseline;
        let said = |text: String| text.trim().to_owned();
        plan.baselines.push(Baseline { name: said(name), on, reason: said(reason), approver: said(approver), dates });
        Ok((self, change, reminders))
    }

    /// Takes chosen differences of its pattern over.
    pub fn take_pattern(mut self, taking: Taking<'_>, ground: &Ground<'_>) -> Done {
        let mut found = self.must_be_live();
        let Some(mut plan) = self.plan.clone() else {
            found.push(Problem::block("plan_missing"));
            return Err(Refusal { unmet: found });
        };
        let differing: BTreeSet<&ActivityId> = taking.way.differing().into_iter().map(|(id, _)| id).collect();
        let asked = taking.way.only.into_iter().flatten();
        found.extend(asked.filter(|id| !differing.contains(id)).map(|id| about("plan_no_difference", id)));
        found.extend(plan.follow(&taking.way, &|id, activity| self.leans_on(id, activity, ground)));
        plan.applied = Some(taking.applied);
        found.extend(plan.network_problems());
        for (id, activity) in plan.lines().into_iter().filter(|(id, _)| differing.contains(id)) {
            found.extend(activity.problems(id, ground));
        }
        let reminders = Refusal::unless_clear(found)?;
        self.keep_plan(plan);
        Ok((self, Change::new("take_pattern"), reminders))
    }

    /// Keeps a plan, and a planned row for each formality that it needs: the matrix shows what is ahead. Rows that only a step
    /// which is gone had needed, and of which nothing is known, go with it.
    fn keep_plan(&mut self, plan: Plan) {
        let kinds = |plan: &Plan| -> BTreeSet<String> { plan.activities.values().flat_map(|a| a.formality.iter().cloned()).collect() };
        let (needed, before) = (kinds(&plan), self.plan.as_ref().map(kinds).unwrap_or_default());
        let untouched = |f: &Formality| *f == Formality::new(&f.kind, FormalityState::Planned);
        self.formalities.retain(|f| needed.contains(&f.kind) || !before.contains(&f.kind) || !untouched(f));
        let known: BTreeSet<&str> = self.formalities.iter().map(|f| f.kind.as_str()).collect();
        let missing = needed.iter().filter(|kind| !known.contains(kind.as_str()));
        let rows: Vec<Formality> = missing.map(|kind| Formality::new(kind, FormalityState::Planned)).collect();
        self.formalities.extend(rows);
        self.formalities.sort_by(|a, b| a.kind.cmp(&b.kind));
        self.plan = Some(plan);
    }
}

fn no_basis(reason: &str) -> Option<Problem> {
    reason.trim().is_empty().then(|| Problem::block("basis_missing").at("basis"))
}

/// Steps of which something was done and which a new plan does not have.
fn lost_facts(before: &Plan, after: &Plan) -> Option<Problem> {
    let done = before.lines().into_iter().filter(|(id, a)| !a.progress.is_none() && !after.activities.contains_key(*id));
    let lost: Vec<&str> = done.map(|(id, _)| id.as_str()).collect();
    (!lost.is_empty()).then(|| Problem::block("plan_facts_lost").with("others", lost.join("、")))
}

/// Called by what the edits are; facts of one activity by the day they tell.
fn change_of(edits: &[PlanEdit]) -> Change {
    let progress: Option<Vec<_>> = edits.iter().map(|e| if let PlanEdit::Progress(p) = e { Some(p) } else { None }).collect();
    match progress.as_deref() {
        Some([one]) => {
            let day = one.finished.flatten().or(one.started.flatten()).or(one.seen.flatten());
            let change = Change::new("plan_progress");
            day.map_or(change.clone(), |day| change.on(day))
        }
        Some([_, ..]) => Change::new("plan_progress"),
        _ if edits.iter().all(|e| matches!(e, PlanEdit::Tie { .. } | PlanEdit::Untie { .. })) => Change::new("tie_plan"),
        _ => Change::new("edit_plan"),
    }
}
