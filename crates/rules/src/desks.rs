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

/// Each once, where it stands first.
pub fn once_each(desks: Vec<String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    desks.into_iter().filter(|desk| seen.insert(desk.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use lantu_model::{Formality, FormalityState, Plan, plan::Clock, plan::Name};

    fn county() -> Pack {
        Pack::load(&lantu_pack::embedded("cn-county").unwrap()).unwrap()
    }

    fn step(department: &[&str], formality: &[&str]) -> PlanActivity {
        let mut step = PlanActivity::named(Name { zh: "示例".into(), en: None }, 1, 5, Clock::Government);
        step.department = department.iter().map(|key| (*key).to_owned()).collect();
        step.formality = formality.iter().map(|key| (*key).to_owned()).collect();
        step
    }

    fn project() -> Project {
        let id = "00000000-0000-7000-8000-000000000001".parse().unwrap();
        let mut plan = Plan::from_day(date(2026, 3, 2));
        plan.activities.insert("A".into(), step(&["nrb", "drb"], &[]));
        plan.activities.insert("B".into(), step(&["owner_contact", "eeb"], &["eia"]));
        let formalities = vec![Formality::new("eia", FormalityState::Planned), Formality::new("filing", FormalityState::Planned)];
        Project { plan: Some(plan), formalities, ..Project::admit(id, lantu_model::Level::Project, "示例厂").unwrap() }
    }

    #[test]
    fn a_permit_is_the_packs_department_and_a_step_the_leading_one() {
        let (pack, project) = (county(), project());
        let desks = Desks::of(&project, &pack);
        assert_eq!((desks.permit("eia"), desks.permit("filing")), (vec!["eeb".to_owned()], vec!["drb".to_owned()]));
        let plan = project.plan.as_ref().unwrap();
        assert_eq!(desks.step(&plan.activities["A"]), ["nrb"], "who only takes part has nothing to do first");
        assert_eq!(desks.all().into_iter().collect::<Vec<_>>(), ["drb", "eeb", "nrb"]);
    }

    #[test]
    fn a_department_records_its_permits_and_steps_and_nothing_beside() {
        let (pack, before) = (county(), project());
        let may = |desk: &str, change: &dyn Fn(&mut Project)| {
            let mut after = before.clone();
            change(&mut after);
            may_record(&[desk.to_owned()], &pack, &before, &after)
        };
        let grant = |p: &mut Project| p.formalities[0].state = FormalityState::Granted;
        let report = |p: &mut Project| p.plan.as_mut().unwrap().activities.get_mut("A").unwrap().progress.finished = Some(date(2026, 5, 4));
        let longer = |p: &mut Project| p.plan.as_mut().unwrap().activities.get_mut("A").unwrap().days = 9;
        assert!(may("eeb", &grant) && !may("nrb", &grant) && !may("drb", &grant));
        assert!(may("nrb", &report) && !may("drb", &report) && !may("nrb", &longer));
        let new_row = |p: &mut Project| p.formalities.push(Formality::new("soil_water", FormalityState::Applied));
        assert!(may("wrb", &new_row) && !may("eeb", &new_row));
        assert!(!may("eeb", &|p| p.name.push('改')) && !may("eeb", &|p| p.plan = None));
        assert!(!may("eeb", &|p: &mut Project| {
            grant(p);
            p.remark = Some("x".into());
        }));
    }
}
