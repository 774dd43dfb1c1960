//! The forms of a pack's files, as they are written. See `docs/PACKS.md`.
use crate::{pattern::Applies, place::Targets, vocabulary::Words};
use lantu_model::{Condition, Procedure, StageKind};
use serde::Deserialize;

/// `pack.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Head {
    pub name: String,
    pub title: Words,
    pub version: String,
    pub zone: String,
    pub currency: String,
    pub default_unit: String,
    pub calendar: String,
    #[serde(default)]
    pub industry_scheme: Option<String>,
}

/// A file that holds entries only.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Nothing {}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct GateEntry {
    pub to: StageKind,
    #[serde(default)]
    pub procedures: Vec<Procedure>,
    pub condition: Condition,
    #[serde(default)]
    pub advisory: bool,
    /// Why, for those who maintain the pack.
    #[serde(default)]
    #[expect(dead_code, reason = "read by people")]
    pub why: Option<String>,
}

/// The head of `places/*.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlaceHead {
    pub key: String,
    pub words: Words,
    #[serde(default)]
    pub fictional: bool,
    #[serde(default)]
    pub default_unit: Option<String>,
    #[serde(default)]
    pub targets: Targets,
}

/// The head of `calendars/*.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CalendarHead {
    pub key: String,
    pub words: Words,
    /// `["mon", …]`
    pub weekly: Vec<Weekday>,
    /// `[["08:30", "12:00"], …]`: the hours of every working day.
    #[serde(default)]
    pub hours: Option<Vec<(String, String)>>,
    /// `["01-01", …]`: holidays of years for which nothing is published yet.
    #[serde(default)]
    pub fixed: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Weekday {
    Mon,
    Tue,
    Wed,
    Thu,
    Fri,
    Sat,
    Sun,
}

/// `[[year]]` of a calendar: one year's announcement.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct YearEntry {
    pub year: i16,
    /// Where it was published.
    pub source: String,
    /// Days off: `2026-01-01` or `2026-01-01..2026-01-03`.
    #[serde(default)]
    pub off: Vec<String>,
    /// Days worked although the week says no.
    #[serde(default)]
    pub work: Vec<String>,
}

/// The head of `patterns/*.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PatternHead {
    pub key: String,
    pub words: Words,
    #[serde(default)]
    pub applies: Applies,
}

/// The head of `templates/*.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TemplateHead {
    pub key: String,
    pub words: Words,
    #[serde(default)]
    pub place: Option<String>,
    /// Headings that must all be there for the template to be proposed.
    pub requires: Vec<String>,
    #[serde(default)]
    pub stage: Option<StageKind>,
    #[serde(default)]
    pub procedure: Option<Procedure>,
}
