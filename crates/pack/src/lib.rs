//! A place's data: stages and words, gates, divisions, industries, lists, calendars, patterns of projects.
//!
//! The mechanism is code, the place is a *pack*: a folder of TOML and CSV files, described in `docs/PACKS.md`.
//! [`Pack::load`] reads a pack from bytes and finds every problem at once; [`Pack::hash`] names its exact content,
//! so that a figure can say which words and gates it was made with. Pure: it reads only the bytes it is given.
mod calendar;
mod check;
mod embedded;
mod file;
mod light;
mod load;
mod lookup;
mod names;
mod pattern;
mod place;
mod problem;
mod read;
mod template;
pub mod text;
mod vocabulary;

pub use calendar::{CalendarData, PublishedYear};
pub use check::{FIELD_KEYS, is_field_key};
pub use embedded::{embedded, embedded_names};
pub use light::LightRule;
pub use pattern::{
    ActivityDraft, Applies, AppliesDraft, Clock, ClockRange, DurationRange, Ends, Fact, FactKind, FactTest, FactValue, Facts, Limit,
    LimitDraft, LimitMark, LimitUnit, Many, Milestone, Pattern, PatternActivity, PatternDraft, Phase, Predecessor, Predecessors, Unknown,
    When, WhenDraft, pattern_path, put_pattern, step_at, with_version,
};
pub use place::{Division, DivisionKind, Org, OrgKind, Place, Platform, Targets};
pub use problem::{PackProblem, pretty};
pub use template::{Template, TemplateColumn};
pub use vocabulary::{
    Choice, Currency, FieldAliases, FormalityKind, FundWords, Holder, HoldingWords, Industry, LevelWords, ListType, MoneyUnit, NatureWords,
    ProcedureWords, RoleWords, StageWords, StatusWords, Words,
};

use jiff::civil::Date;
use lantu_calendar::{Calendar, WorkCalendar};
use lantu_model::{GateSet, Precedence};
use std::{collections::BTreeMap, fmt::Write as _};

/// A pack in memory: checked, so that whatever names something in it has been resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pack {
    pub name: String,
    pub title: Words,
    pub version: String,
    /// IANA time zone of the office.
    pub zone: String,
    pub currency: Currency,
    /// Key of the unit that sheets use where they do not say.
    pub default_unit: String,
    /// Name of the industry classification, where the pack has one.
    pub industry_scheme: Option<String>,
    pub stages: Vec<StageWords>,
    pub statuses: Vec<StatusWords>,
    pub gates: GateSet,
    pub formalities: Vec<FormalityKind>,
    /// Which formality comes after which, as the formalities say.
    pub precedence: Precedence,
    pub lists: Vec<ListType>,
    pub roles: Vec<RoleWords>,
    pub natures: Vec<NatureWords>,
    pub procedures: Vec<ProcedureWords>,
    pub holdings: Vec<HoldingWords>,
    pub levels: Vec<LevelWords>,
    pub funds: Vec<FundWords>,
    /// In order of code.
    pub industries: Vec<Industry>,
    pub fields: Vec<FieldAliases>,
    pub calendars: Vec<CalendarData>,
    pub places: Vec<Place>,
    pub templates: Vec<Template>,
    /// Networks of whole projects, in order of their files.
    pub patterns: Vec<Pattern>,
    /// What patterns group their activities by.
    pub phases: Vec<Phase>,
    /// What conditions of patterns ask for.
    pub facts: Vec<Fact>,
    /// How short and how long durations may become, by clock.
    pub ranges: Vec<ClockRange>,
    /// When milestones' lateness turns their lights, where the pack says so.
    pub lights: Vec<LightRule>,
    calendar_at: usize,
    hash: String,
    index: lookup::PackNames,
}

impl Pack {
    /// Reads a pack from its files by relative path, or lists everything that is wrong with them.
    pub fn load(files: &BTreeMap<String, Vec<u8>>) -> Result<Self, Vec<PackProblem>> {
        load::load(files)
    }

    /// SHA-256 of the files, each with its path and length, as hexadecimal digits.
    pub fn hash(&self) -> &str {
        &self.hash
    }

    pub fn place(&self, key: &str) -> Option<&Place> {
        self.places.iter().find(|p| p.key == key)
    }

    /// The office's working calendar.
    pub fn calendar(&self) -> &WorkCalendar {
        &self.calendar_data().calendar
    }

    /// The office's working time to the minute: the working days with their hours.
    pub fn working_time(&self) -> &Calendar {
        &self.calendar_data().working_time
    }

    pub fn calendar_data(&self) -> &CalendarData {
        // The position was found among the calendars when the pack was loaded.
        &self.calendars[self.calendar_at]
    }

    /// When this milestone's lateness turns its light.
    pub fn light(&self, milestone: Milestone) -> LightRule {
        self.lights.iter().find(|l| l.milestone == milestone).cloned().unwrap_or_else(|| LightRule::usual(milestone))
    }

    /// Whether the holidays around `day` are assumed rather than announced.
    pub fn calendar_is_provisional(&self, day: Date) -> bool {
        self.calendar_data().is_provisional(day)
    }
}

/// Every problem of a pack's files: what `lantu pack check` prints.
pub fn check_dir(files: &BTreeMap<String, Vec<u8>>) -> Vec<PackProblem> {
    Pack::load(files).err().unwrap_or_default()
}

fn hash_of<'a>(files: impl Iterator<Item = (&'a String, &'a Vec<u8>)>) -> String {
    use sha2::{Digest, Sha256};
    let mut hasher = Sha256::new();
    for (path, bytes) in files {
        hasher.update(format!("{}:{path}:{}:", path.len(), bytes.len()));
        hasher.update(bytes);
    }
    hasher.finalize().iter().fold(String::new(), |mut hex, byte| {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
