//! Why a schedule may be another project's: its name and codes, and its rows beside the version before.
use super::likeness::{Pairs, likeness};
use crate::{
    desk::{Ask, Desk},
    error::Result,
};
use lantu_model::{Problem, Project, project::comparable_name};
use lantu_planfile::{Plan, Version, compare_versions};

/// From this likeness on a name is taken for the project's own.
const ALIKE: f64 = 0.4;
/// From this likeness on a name is taken for another project's.
const ANOTHERS: f64 = 0.7;

pub(super) fn doubts(here: &Project, plan: &Plan, before: Option<&Version<'_>>, now: &Version<'_>) -> Vec<Problem> {
    if let Some(old) = before {
        let differ = compare_versions(old, now).suspicions.iter().any(|s| s.code == "another_project");
        if !differ {
            return vec![];
        }
        let mut found = vec![Problem::block("plan_file_rows_differ").at(&plan.name).with("found", &plan.name)];
        found.extend(other_name(here, plan));
        return found;
    }
    other_name(here, plan).into_iter().collect()
}

fn other_name(here: &Project, plan: &Plan) -> Option<Problem> {
    let theirs = comparable_name(&plan.name);
    let names = here.former_names.iter().map(|f| f.name.as_str()).chain([here.name.as_str()]);
    let own: Vec<String> = names.map(comparable_name).collect();
    let coded = here.codes.iter().any(|c| theirs.contains(&comparable_name(c.code.as_str())));
    let within = |n: &str| (theirs.chars().count() >= 4 && n.contains(&theirs)) || theirs.contains(n);
    let near = own.iter().any(|n| likeness(n, &theirs) >= ALIKE || within(n));
    let problem = || Problem::block("plan_file_other_name").at(&plan.name).with("found", &plan.name).with("here", &here.name);
    (!coded && !near && !theirs.is_empty()).then(problem)
}

/// The project, of those that the asker may see, that a doubtful schedule is named after.
pub(super) async fn meant(desk: &Desk, ask: Ask<'_>, here: &Project, name: &str) -> Result<Option<Problem>> {
    let theirs = Pairs::of(&comparable_name(name));
    let mut best: Option<(f64, String)> = None;
    for other in desk.store.match_keys(&ask.signed.scope).await? {
        let like = theirs.likeness(&Pairs::of(&comparable_name(&other.name)));
        if other.id != here.id && like >= ANOTHERS && best.as_ref().is_none_or(|(most, _)| like > *most) {
            best = Some((like, other.name));
        }
    }
    Ok(best.map(|(_, other)| Problem::block("plan_file_of_other").at(name).with("found", name).with("other", other)))
}
