//! When a milestone's lateness turns its light: `lights.toml`.
use crate::{load::Draft, problem::PackProblem, vocabulary::Words};
use lantu_model::{Light, Milestone};
use serde::{Deserialize, Serialize};

/// How many calendar days after its promise a milestone's date turns its light.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LightRule {
    pub milestone: Milestone,
    pub amber_from: i32,
    pub red_from: i32,
    /// The document that says so.
    #[serde(default)]
    pub document: Option<String>,
    /// How the office says the rule.
    #[serde(default)]
    pub words: Option<Words>,
}

impl LightRule {
    /// Where a pack says nothing: any lateness is amber, more than a month's is red.
    pub(crate) const fn usual(milestone: Milestone) -> Self {
        Self { milestone, amber_from: 1, red_from: 31, document: None, words: None }
    }

    /// The light of something not yet done.
    pub fn of(&self, days_late: Option<i32>) -> Light {
        match days_late {
            Some(days) if days >= self.red_from => Light::Red,
            Some(days) if days >= self.amber_from => Light::Amber,
            _ => Light::Green,
        }
    }
}

/// Each milestone once, red after amber, words in both languages.
pub(crate) fn check(d: &Draft, found: &mut Vec<PackProblem>) {
    for (at, light) in d.lights.iter().enumerate() {
        let rule = &light.value;
        if d.lights.iter().take(at).any(|earlier| earlier.value.milestone == rule.milestone) {
            found.push(light.mark.problem("milestone", "pack_duplicate", &[("found", rule.milestone.key().to_owned())]));
        }
        if rule.red_from <= rule.amber_from {
            let values = [("amber", rule.amber_from.to_string()), ("red", rule.red_from.to_string())];
            found.push(light.mark.problem("red_from", "pack_bad_light", &values));
        }
        for (lang, text) in rule.words.iter().flat_map(|w| [("zh", &w.zh), ("en", &w.en)]) {
            if text.trim().is_empty() {
                found.push(light.mark.problem("words", "pack_missing_words", &[("lang", lang.to_owned())]));
            }
        }
    }
}
