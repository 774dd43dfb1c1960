//! Projects with plans and facts, the same at every run: a third each barely begun, half way and far on.

use jiff::civil::{Date, date};
use lantu_model::{
    Formality, FormalityState, Level, Milestone, Plan, PlanActivity, Project, ProjectId,
    formality::{Pause, PauseKind},
    period::Period,
    plan::{Clock, Name, Predecessors, Progress},
};
use lantu_pack::Pack;

pub const TODAY: Date = date(2026, 11, 23);

/// Numbers without end, the same for the same seed (Steele and others' SplitMix64).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, n: u64) -> i64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % n.max(1)) as i64
    }
}

pub fn projects(pack: &Pack, projects: usize, activities: usize) -> Vec<Project> {
    (0..projects).filter_map(|at| project(pack, at as u64 + 1, activities)).collect()
}

fn project(pack: &Pack, seed: u64, activities: usize) -> Option<Project> {
    let mut numbers = Numbers(seed);
    let id: ProjectId = format!("00000000-0000-7000-8000-{seed:012x}").parse().ok()?;
    let mut project = Project::admit(id, Level::Project, &format!("样例{seed}")).ok()?;
    let start = date(2025, 1, 6).saturating_add(jiff::ToSpan::days(numbers.below(600)));
    let mut plan = Plan::from_day(start);
    for at in 0..activities {
        plan.activities.insert(format!("N{at:03}"), activity(&mut numbers, at, activities));
    }
    project.plan = Some(plan);
    for row in facts(pack, &mut numbers, &mut project, start) {
        project.formalities.push(row);
    }
    let promised = |days: i64| Some(Period::day(pack.calendar().add_working_days(start, days)));
    (project.start_planned, project.finish_planned) = (promised(200 + numbers.below(200)), promised(500 + numbers.below(300)));
    Some(project)
}

fn activity(numbers: &mut Numbers, at: usize, all: usize) -> PlanActivity {
    let back = |numbers: &mut Numbers| at.saturating_sub(1 + numbers.below(12) as usize);
    let before: Vec<String> = if at == 0 { vec![] } else { (0..=numbers.below(2)).map(|_| format!("N{:03}", back(numbers))).collect() };
    let mut after: Predecessors = before.join(";").parse().unwrap_or_default();
    after.0.dedup_by(|a, b| a.id == b.id);
    let milestone = [(all / 2, Milestone::Start), (all * 4 / 5, Milestone::Completion), (all - 1, Milestone::Capacity)];
    PlanActivity {
        name: Name { zh: format!("节点{at}"), en: None },
        place: at as u32,
        phase: 1,
        days: 3 + numbers.below(25),
        after,
        after_others: vec![],
        clock: if at.is_multiple_of(3) { Clock::Government } else { Clock::Contractor },
        department: vec!["nr".to_string()],
        org: None,
        party: None,
        formality: if at.is_multiple_of(3) { vec![format!("k{at}")] } else { vec![] },
        milestone: milestone.into_iter().filter(|(place, _)| *place == at).map(|(_, m)| m).collect(),
        limit: None,
        range: None,
        not_before: None,
        due: None,
        progress: Progress::default(),
        note: None,
    }
}

/// Everything goes its way, now and then some days late or paused, until today.
fn facts(pack: &Pack, numbers: &mut Numbers, project: &mut Project, start: Date) -> Vec<Formality> {
    let Some(plan) = project.plan.as_mut() else { return vec![] };
    let office = pack.calendar();
    let mut ends: Vec<i64> = vec![];
    let mut rows = vec![];
    for activity in plan.activities.values_mut() {
        let place = |id: &str| id.get(1..).and_then(|n| n.parse::<usize>().ok());
        let begin = activity.after.iter().filter_map(|p| ends.get(place(&p.id)?).copied()).max().unwrap_or(0) + numbers.below(6) / 4;
        let end = begin + activity.days + numbers.below(8) / 4;
        ends.push(end);
        let [accepted, first, last] = [begin, begin + 1, end].map(|n| office.add_working_days(start, n));
        let known = |day: Date| Some(day).filter(|day| *day <= TODAY);
        match activity.formality.first() {
            Some(kind) if accepted <= TODAY => rows.push(row(kind, accepted, known(last), numbers)),
            Some(_) => {}
            None => (activity.progress.started, activity.progress.finished) = (known(first), known(last)),
        }
    }
    rows
}

fn row(kind: &str, accepted: Date, decided: Option<Date>, numbers: &mut Numbers) -> Formality {
    let mut row = Formality::new(kind, FormalityState::Applied);
    row.applied = Some(Period::day(accepted));
    if let Some(day) = decided {
        (row.state, row.decided) = (FormalityState::Granted, Some(Period::day(day)));
    } else if numbers.below(4) == 0 {
        row.course.pauses = vec![Pause { kind: PauseKind::Hearing, from: accepted, until: None, reason: String::new() }];
    }
    row
}
