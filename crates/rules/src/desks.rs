//! Whose desk something lies on: who decides a permit, who answers for a step.
//!
//! A permit is decided by the department that the pack names, else by the plan's; a project may name another organisation for a
//! step, which then decides beside it. A step that is no permit is the leading department's. Roles stand for themselves and for
//! the organisations that hold them in the project.
use lantu_model::{PlanActivity, Project, Role};
use lantu_pack::Pack;
use std::collections::{BTreeMap, BTreeSet};

/// Who decides what in a project.
pub struct Desks<'a> {
    project: &'a Project,
    pack: &'a Pack,
    /// The step of each permit that the plan has.
    steps: BTreeMap<&'a str, &'a PlanActivity>,
}

impl<'a> Desks<'a> {
    pub fn of(project: &'a Project, pack: &'a Pack) -> Self {
        let mut steps: BTreeMap<&str, &PlanActivity> = BTreeMap::new();
        for step in project.plan.iter().flat_map(|plan| plan.activities.values()) {
            for kind in &step.formality {
                let first = steps.entry(kind).or_insert(step);
                if step.place < first.place {
                    *first = step;
                }
            }
        }
        Self { project, pack, steps }
    }

    /// Who decides a permit, the leading one first.
    pub fn permit(&self, kind: &str) -> Vec<String> {
        let step = self.steps.get(kind);
        let mut desks: Vec<String> = step.and_then(|s| s.org).map(|org| org.to_string()).into_iter().collect();
        match self.pack.formality(kind).and_then(|k| k.dept.clone()) {
            Some(dept) => desks.push(dept),
            None => desks.extend(step.into_iter().flat_map(|s| &s.department).flat_map(|key| stands_for(self.project, key))),
        }
        once_each(desks)
    }

    /// Who answers for a step.
    pub fn step(&self, step: &PlanActivity) -> Vec<String> {
        match step.org {
            Some(org) => vec![org.to_string()],
            None => once_each(step.department.first().into_iter().flat_map(|key| stands_for(self.project, key)).collect()),
        }
    }

    /// Everyone who has something to decide or to do.
    pub fn all(&self) -> BTreeSet<String> {
        let kinds: BTreeSet<&str> = self.project.formalities.iter().map(|f| f.kind.as_str()).chain(self.steps.keys().copied()).collect();
        let steps = self.project.plan.iter().flat_map(|plan| plan.activities.values()).filter(|s| s.formality.is_empty());
        kinds.into_iter().flat_map(|kind| self.permit(kind)).chain(steps.flat_map(|s| self.step(s))).collect()
    }
}

/// Whether everything that differs between two versions of a project is for these desks to record: the course of their permits,
/// the progress of their steps.
pub fn may_record(desks: &[String], pack: &Pack, before: &Project, after: &Project) -> bool {
    let known = Desks::of(before, pack);
    let theirs = |all: Vec<String>| all.iter().any(|desk| desks.contains(desk));
    let (mut was, mut is) = (before.clone(), after.clone());
    for project in [&mut was, &mut is] {
        project.formalities.retain(|f| !theirs(known.permit(&f.kind)));
    }
    let steps = before.plan.iter().flat_map(|plan| &plan.activities);
    for (id, step) in steps.filter(|(_, step)| step.formality.is_empty() && theirs(known.step(step))) {
        if let Some(reported) = is.plan.as_mut().and_then(|plan| plan.activities.get_mut(id)) {
            reported.progress.clone_from(&step.progress);
        }
    }
    was == is
}

/// A department by its key; of a role also those who hold it.
fn stands_for(project: &Project, key: &str) -> Vec<String> {
    let Some(role) = Role::parse(key) else { return vec![key.to_owned()] };
    let held = project.responsibilities.iter().filter(|r| r.role == role && r.to.is_none()).filter_map(|r| r.org);
    held.map(|org| org.to_string()).chain([key.to_owned()]).collect()
}

fn once_each(desks: Vec<String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    desks.into_iter().filter(|desk| seen.insert(desk.clone())).collect()
}
