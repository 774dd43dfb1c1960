//! Patterns: the network of activities that projects of one kind go through, from the first paper to the last account.
//!
//! A pattern names activities, what each waits for, who answers for it and whose clock runs meanwhile. It has no dates:
//! `lantu-rules` turns it into a network. The dates of a formality that an activity is stay with the project.
mod draft;
mod fact;
mod file;
mod many;
mod when;
mod write;

pub use draft::{ActivityDraft, AppliesDraft, LimitDraft, PatternDraft, WhenDraft, step_at};
pub use fact::{Fact, FactKind, FactValue, Facts};
pub use file::{pattern_path, put_pattern, with_version};
pub use many::Many;
pub use when::{FactTest, When};

use crate::{Pack, vocabulary::Words};
pub use lantu_model::plan::{Clock, DurationRange, Ends, Limit, LimitMark, LimitUnit, Milestone, Predecessor, Predecessors};
use lantu_model::{IndustryCode, Nature, Procedure};
use serde::{Deserialize, Serialize};

/// One kind of project as a network without dates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Pattern {
    pub key: String,
    pub words: Words,
    /// Which projects it suits.
    pub applies: Applies,
    /// In the order of the file; ids are unique, predecessors exist and form no loop.
    pub activities: Vec<PatternActivity>,
}

/// Which projects a pattern is suggested for; what is empty suits all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Applies {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub procedures: Vec<Procedure>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub natures: Vec<Nature>,
    /// Beginnings of industry codes: `C`, `P83`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub industries: Vec<String>,
}

/// A step of a pattern.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PatternActivity {
    /// Letters and digits, unique in the pattern and kept for good: projects refer to it.
    pub id: String,
    /// Number of a phase in `patterns.toml`.
    pub phase: i64,
    pub words: Words,
    /// What it waits for: `A03:SS+5;A20:FF+20`.
    #[serde(default, skip_serializing_if = "Predecessors::is_empty")]
    pub after: Predecessors,
    /// How long it takes as a rule, in working days.
    pub days: i64,
    /// How long it may take by law or promise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<Limit>,
    /// Who answers for it, the leading one first: keys of organisations of the pack's places, or of roles.
    pub department: Many<String>,
    /// Who does the work, where that is someone whom the departments answer for: a designer, a contractor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub party: Option<Words>,
    /// Whose time it takes.
    pub clock: Clock,
    /// The formalities that it is: when they are granted it is done, so that nothing is entered twice.
    #[serde(default, skip_serializing_if = "Many::is_empty")]
    pub formality: Many<String>,
    /// What is reached with its end.
    #[serde(default, skip_serializing_if = "Many::is_empty")]
    pub milestone: Many<Milestone>,
    /// When it is needed; absent: always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<When>,
    /// What holds while the facts that `when` asks for are not known.
    #[serde(default, skip_serializing_if = "Unknown::is_keep")]
    pub unknown: Unknown,
    /// How short and how long it may become, where it is not as its clock says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub range: Option<DurationRange>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Words>,
}

/// What holds while the facts of a condition are not known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unknown {
    /// The activity is planned: a permit that turns out not to be needed harms less than one that was forgotten.
    #[default]
    Keep,
    /// It is not: it stands in for another one that is.
    LeaveOut,
}

impl Unknown {
    fn is_keep(&self) -> bool {
        *self == Self::Keep
    }
}

/// The range of the activities on one clock: `[[range]]` of `patterns.toml`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClockRange {
    pub clock: Clock,
    pub min: i64,
    pub max: i64,
}

/// A part of a project's way that its activities are grouped by: `[[phase]]` of `patterns.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phase {
    pub number: i64,
    pub words: Words,
}

impl Pattern {
    pub fn activity(&self, id: &str) -> Option<&PatternActivity> {
        self.activities.iter().find(|a| a.id == id)
    }

    /// As a file of `patterns/`; reading it gives this pattern again.
    pub fn to_toml(&self) -> String {
        write::pattern(self)
    }
}

impl Applies {
    /// How many of its three tests a project passes; `None` when it fails one. What a project does not say fails no test.
    fn fits(&self, procedure: Option<Procedure>, nature: Option<Nature>, industry: Option<&IndustryCode>) -> Option<usize> {
        let begins = |code: &IndustryCode| self.industries.iter().any(|start| code.as_str().starts_with(start.as_str()));
        let tests = [
            procedure.filter(|_| !self.procedures.is_empty()).map(|p| self.procedures.contains(&p)),
            nature.filter(|_| !self.natures.is_empty()).map(|n| self.natures.contains(&n)),
            industry.filter(|_| !self.industries.is_empty()).map(begins),
        ];
        let said = || tests.iter().flatten();
        said().all(|passed| *passed).then(|| said().count())
    }
}

impl Pack {
    /// A pattern by its key, in capitals or not.
    pub fn pattern(&self, key: &str) -> Option<&Pattern> {
        self.patterns.iter().find(|p| p.key.eq_ignore_ascii_case(key))
    }

    /// The patterns to suggest for a project, the closest first. Those that nothing known of the project speaks for are not suggested.
    pub fn patterns_for(&self, procedure: Option<Procedure>, nature: Option<Nature>, industry: Option<&IndustryCode>) -> Vec<&Pattern> {
        let fit = |pattern: &'_ Pattern| pattern.applies.fits(procedure, nature, industry).filter(|passed| *passed > 0);
        let mut found: Vec<(usize, &Pattern)> = self.patterns.iter().filter_map(|p| fit(p).map(|passed| (passed, p))).collect();
        found.sort_by_key(|(passed, _)| std::cmp::Reverse(*passed));
        found.into_iter().map(|(_, pattern)| pattern).collect()
    }

    pub fn phase(&self, number: i64) -> Option<&Phase> {
        self.phases.iter().find(|p| p.number == number)
    }

    /// A fact that conditions may ask for.
    pub fn fact(&self, key: &str) -> Option<&Fact> {
        self.facts.iter().find(|f| f.key == key)
    }

    /// How short and how long an activity may become: its own range, else its clock's; none for a milestone.
    pub fn range_of(&self, activity: &PatternActivity) -> Option<DurationRange> {
        let of_clock = || self.ranges.iter().find(|r| r.clock == activity.clock).map(|r| DurationRange { min: r.min, max: r.max });
        activity.range.or_else(of_clock)
    }

    /// The words of a department of a pattern: of an organisation of the first place that has it, else of a role.
    pub fn department_words(&self, key: &str) -> Option<&Words> {
        let org = self.places.iter().flat_map(|p| &p.orgs).find(|o| o.key == key).map(|o| &o.words);
        org.or_else(|| self.roles.iter().find(|r| r.key.key() == key).map(|r| &r.words))
    }
}
