//! Problems of a plan name activities by their ids; people know them by name.
use super::Around;
use lantu_model::{Plan, Problem, Refusal};
use std::collections::BTreeMap;

/// Values that hold ids of activities, with what stands between several.
const NAMED: [(&str, &str); 4] = [("activity", "、"), ("other", "、"), ("others", "、"), ("ring", " → ")];

impl Around {
    /// A refusal with activities by name, from the newest plan that has them.
    pub fn refusal_named(&self, refusal: Refusal, plans: &[Option<&Plan>]) -> Refusal {
        Refusal { unmet: self.named(refusal.unmet, plans) }
    }

    pub fn named(&self, problems: Vec<Problem>, plans: &[Option<&Plan>]) -> Vec<Problem> {
        let mut names: BTreeMap<&str, &str> = BTreeMap::new();
        for plan in plans.iter().flatten() {
            names.extend(
                plan.activities.iter().map(|(id, a)| (id.as_str(), a.name.in_lang(self.lang))).filter(|(_, name)| !name.is_empty()),
            );
        }
        problems.into_iter().map(|problem| said(problem, &names)).collect()
    }
}

fn said(mut problem: Problem, names: &BTreeMap<&str, &str>) -> Problem {
    for (key, between) in NAMED {
        if let Some(ids) = problem.values.get_mut(key) {
            let each: Vec<&str> = ids.split(between).map(|id| names.get(id).copied().unwrap_or(id)).collect();
            *ids = each.join(between);
        }
    }
    problem
}
