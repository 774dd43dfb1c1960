//! The kinds of thing that a pack names: words, stages, formalities, lists, roles, choices, fields, units.
use lantu_model::{ClockOwner, Holding, Level, Limit, Nature, Procedure, Role, StageKind, StatusKind, words::Lang};
use serde::{Deserialize, Serialize};

/// A name in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Words {
    pub zh: String,
    pub en: String,
}

impl Words {
    pub fn new(zh: &str, en: &str) -> Self {
        Self { zh: zh.to_owned(), en: en.to_owned() }
    }
    pub fn in_lang(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

/// One choice of a closed vocabulary, as the place says it. `K` is the model's own type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice<K> {
    pub key: K,
    pub words: Words,
    /// Other ways in which it is written in sheets.
    #[serde(default)]
    pub aliases: Vec<String>,
}

pub type StageWords = Choice<StageKind>;
pub type StatusWords = Choice<StatusKind>;
pub type NatureWords = Choice<Nature>;
pub type ProcedureWords = Choice<Procedure>;
pub type HoldingWords = Choice<Holding>;
pub type LevelWords = Choice<Level>;
/// A source of money: keys are the pack's.
pub type FundWords = Choice<String>;

/// Whether a role's column names a person, an organisation, or either.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Holder {
    Person,
    Org,
    #[default]
    Either,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoleWords {
    pub key: Role,
    pub words: Words,
    #[serde(default)]
    pub holder: Holder,
    /// Column headings under which a sheet names who holds it.
    #[serde(default)]
    pub aliases: Vec<String>,
}

/// A permit, approval or filing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormalityKind {
    pub key: String,
    pub words: Words,
    /// As in the heading of a matrix.
    pub short: Words,
    /// Other headings under which sheets have it.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Key of the organisation that decides it.
    #[serde(default)]
    pub dept: Option<String>,
    /// Needed only by projects of these procedures; empty: by all.
    #[serde(default)]
    pub procedures: Vec<Procedure>,
    /// Needed only where the circumstances call for it (floods, energy); such a column counts when it is filled in.
    #[serde(default)]
    pub occasional: bool,
    /// How long the decision may take.
    #[serde(default)]
    pub limit: Option<Limit>,
    /// Where the limit is written, for those who are held to it.
    #[serde(default)]
    pub limit_source: Option<String>,
    /// Whose time it takes.
    #[serde(default)]
    pub clock: ClockOwner,
    /// Keys of those that must be granted before it.
    #[serde(default)]
    pub after: Vec<String>,
    /// Keys of those that should be granted before it: a reminder only.
    #[serde(default)]
    pub after_reminder: Vec<String>,
}

/// A kind of yearly list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListType {
    pub key: String,
    pub words: Words,
    /// Words that betray the list in a sheet's title or a column heading.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// A plan of a higher level of government.
    #[serde(default)]
    pub higher: bool,
}

/// Column headings by which a field is recognised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldAliases {
    /// A field key of the import (`total_investment`, `start_planned`, `person:sponsor_leader`, …).
    pub field: String,
    pub aliases: Vec<String>,
}

/// A unit in which sheets give money.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MoneyUnit {
    pub key: String,
    pub words: Words,
    /// How many of the smallest coin (分, cents) make one.
    pub minor: i64,
    /// How headings and cells write it: `万元`, `USD thousands`, `£m`.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Currency code, where it is not the pack's own.
    #[serde(default)]
    pub currency: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Currency {
    /// ISO 4217.
    pub code: String,
    pub units: Vec<MoneyUnit>,
}

/// A class of the place's industry classification.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Industry {
    pub code: String,
    pub words: Words,
}
