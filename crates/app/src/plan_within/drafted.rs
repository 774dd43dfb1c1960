//! A pack's pattern as the activities of a plan.
use lantu_model::{
    ActivityId, PlanActivity,
    plan::{Activities, Facts, Name, Predecessor, Predecessors},
};
use lantu_pack::{Pattern, PatternActivity, Words};
use lantu_rules::pattern::{Steps, steps};
use std::collections::BTreeSet;

/// The steps that a pattern gives a project with these facts, without those left out by decision.
pub fn drafted(pattern: &Pattern, facts: &Facts, left_out: &BTreeSet<ActivityId>) -> Activities {
    let without: Vec<&str> = left_out.iter().map(String::as_str).collect();
    let found = steps(pattern, facts, &without);
    let place = |id: &str| pattern.activities.iter().position(|a| a.id == id).and_then(|at| u32::try_from(at).ok());
    let activities = found.needed.iter().enumerate();
    activities.map(|(at, step)| (step.id.clone(), activity(step, place(&step.id).unwrap_or(u32::MAX), links(&found, at)))).collect()
}

fn links(found: &Steps<'_>, at: usize) -> Predecessors {
    let ties = found.ties.iter().filter(|tie| tie.to == at);
    let link = |tie: &lantu_rules::pattern::Tie| {
        let id = found.needed.get(tie.from)?.id.clone();
        Some(Predecessor { id, ends: tie.ends, lag: tie.lag })
    };
    Predecessors(ties.filter_map(link).collect())
}

fn activity(step: &PatternActivity, place: u32, after: Predecessors) -> PlanActivity {
    PlanActivity {
        place,
        after,
        department: step.department.to_vec(),
        party: step.party.as_ref().map(name),
        formality: step.formality.to_vec(),
        milestone: step.milestone.to_vec(),
        limit: step.limit,
        range: step.range,
        note: step.note.as_ref().map(|note| note.zh.clone()),
        ..PlanActivity::named(name(&step.words), step.phase, step.days, step.clock)
    }
}

fn name(words: &Words) -> Name {
    Name { zh: words.zh.clone(), en: Some(words.en.clone()) }
}
