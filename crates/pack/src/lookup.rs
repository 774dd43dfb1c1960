//! Finding what a sheet's words mean: by key, word, alias or heading.
use crate::{
    Pack,
    names::{Names, said, spoken},
    template::Template,
    text::{heading_key, plain},
    vocabulary::{Choice, FieldAliases, FormalityKind, Industry, ListType, MoneyUnit, RoleWords, Words},
};
use lantu_model::{Holding, IndustryCode, Level, Nature, Procedure, Role, StageKind, StatusKind};

/// Everything that a sheet may name, ready to look up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PackNames {
    stages: Names,
    statuses: Names,
    natures: Names,
    procedures: Names,
    holdings: Names,
    levels: Names,
    units: Names,
    industries: Names,
    /// Without 业 at the end.
    industries_short: Names,
    fields: Names,
    formalities: Names,
    roles: Names,
}

impl PackNames {
    pub(crate) fn of(pack: &Pack) -> Self {
        Self {
            stages: choices(&pack.stages, |k| k.key()),
            statuses: choices(&pack.statuses, |k| k.key()),
            natures: choices(&pack.natures, |k| k.key()),
            procedures: choices(&pack.procedures, |k| k.key()),
            holdings: choices(&pack.holdings, |k| k.key()),
            levels: choices(&pack.levels, |k| k.key()),
            units: Names::first(spoken(&pack.currency.units, |u| said(&u.key, &u.words, &u.aliases), plain)),
            industries: Names::first(spoken(&pack.industries, |i| vec![&i.words.zh, &i.words.en], plain)),
            industries_short: Names::first(spoken(&pack.industries, |i| vec![&i.words.zh], |n| without_trade(&plain(n)).to_owned())),
            fields: Names::first(spoken(&pack.fields, |f| f.aliases.iter().map(String::as_str).collect(), heading_key)),
            formalities: Names::first(spoken(&pack.formalities, formality_said, heading_key)),
            roles: Names::first(spoken(&pack.roles, |r| said(r.key.key(), &r.words, &r.aliases), heading_key)),
        }
    }
}

fn formality_said(f: &FormalityKind) -> Vec<&str> {
    let mut names = said(&f.key, &f.words, &f.aliases);
    names.extend([f.short.zh.as_str(), f.short.en.as_str()]);
    names
}

fn without_trade(name: &str) -> &str {
    name.strip_suffix('业').unwrap_or(name)
}

fn choices<K: Copy>(choices: &[Choice<K>], key: impl Fn(K) -> &'static str) -> Names {
    Names::first(spoken(choices, |c| said(key(c.key), &c.words, &c.aliases), plain))
}

impl Pack {
    pub fn formality(&self, key: &str) -> Option<&FormalityKind> {
        self.formalities.iter().find(|f| f.key == key)
    }
    /// The formality that a column of a matrix is about.
    pub fn formality_by_heading(&self, heading: &str) -> Option<&FormalityKind> {
        self.index.formalities.find(&heading_key(heading)).map(|at| &self.formalities[at])
    }

    pub fn list(&self, key: &str) -> Option<&ListType> {
        self.lists.iter().find(|l| l.key == key)
    }
    /// The list that a text names: exactly, else the one whose longest word the text contains (a sheet's title).
    pub fn list_by_text(&self, text: &str) -> Option<&ListType> {
        let wanted = plain(text);
        let words = |l: &ListType| -> Vec<String> {
            [&l.words.zh, &l.words.en].into_iter().chain(&l.aliases).map(|n| plain(n)).filter(|n| !n.is_empty()).collect()
        };
        let exact = self.lists.iter().find(|l| words(l).contains(&wanted));
        exact.or_else(|| {
            let longest = |l: &ListType| words(l).iter().filter(|n| wanted.contains(n.as_str())).map(String::len).max();
            self.lists.iter().filter_map(|l| longest(l).map(|n| (n, l))).max_by_key(|(n, _)| *n).map(|(_, l)| l)
        })
    }

    pub fn role(&self, role: Role) -> Option<&RoleWords> {
        self.roles.iter().find(|r| r.key == role)
    }
    /// The role that a column of people or organisations is about.
    pub fn role_by_heading(&self, heading: &str) -> Option<&RoleWords> {
        self.index.roles.find(&heading_key(heading)).map(|at| &self.roles[at])
    }

    pub fn field(&self, key: &str) -> Option<&FieldAliases> {
        self.fields.iter().find(|f| f.field == key)
    }
    /// The field that a column's heading means.
    pub fn field_by_heading(&self, heading: &str) -> Option<&FieldAliases> {
        self.index.fields.find(&heading_key(heading)).map(|at| &self.fields[at])
    }

    pub fn unit(&self, key: &str) -> Option<&MoneyUnit> {
        self.currency.units.iter().find(|u| u.key == key)
    }
    /// The unit of money that a heading's or a cell's text names.
    pub fn unit_by_text(&self, text: &str) -> Option<&MoneyUnit> {
        self.index.units.find(&plain(text)).map(|at| &self.currency.units[at])
    }

    pub fn stage_words(&self, stage: StageKind) -> Option<&Words> {
        words_of(&self.stages, stage)
    }
    pub fn status_words(&self, status: StatusKind) -> Option<&Words> {
        words_of(&self.statuses, status)
    }
    pub fn stage_by_text(&self, text: &str) -> Option<StageKind> {
        self.index.stages.find(&plain(text)).map(|at| self.stages[at].key)
    }
    pub fn status_by_text(&self, text: &str) -> Option<StatusKind> {
        self.index.statuses.find(&plain(text)).map(|at| self.statuses[at].key)
    }
    pub fn nature_by_text(&self, text: &str) -> Option<Nature> {
        self.index.natures.find(&plain(text)).map(|at| self.natures[at].key)
    }
    pub fn procedure_by_text(&self, text: &str) -> Option<Procedure> {
        self.index.procedures.find(&plain(text)).map(|at| self.procedures[at].key)
    }
    pub fn holding_by_text(&self, text: &str) -> Option<Holding> {
        self.index.holdings.find(&plain(text)).map(|at| self.holdings[at].key)
    }
    pub fn level_by_text(&self, text: &str) -> Option<Level> {
        self.index.levels.find(&plain(text)).map(|at| self.levels[at].key)
    }

    pub fn industry(&self, code: &str) -> Option<&Industry> {
        self.industries.binary_search_by(|i| i.code.as_str().cmp(code)).ok().map(|at| &self.industries[at])
    }
    /// The class of the register that a text names, by code (`C3441`, `3441`, `C34 通用设备制造业`) or by name.
    /// A finer code than the register knows gives the class it lies in.
    pub fn industry_by_text(&self, text: &str) -> Option<&Industry> {
        if let Some(code) = code_in(text) {
            let full = code.as_str();
            return (1..=full.len()).rev().find_map(|n| self.industry(full.get(..n)?));
        }
        let wanted = plain(text);
        let found = self.index.industries.find(&wanted).or_else(|| self.index.industries_short.find(without_trade(&wanted)));
        found.map(|at| &self.industries[at])
    }
    /// The code that a text means, as fine as it was written, if the register knows the class it lies in.
    pub fn industry_code_by_text(&self, text: &str) -> Option<IndustryCode> {
        let class = self.industry_by_text(text)?;
        code_in(text).or_else(|| class.code.parse().ok())
    }

    /// The shipped mapping made for a sheet with these headings: the one that asks for most.
    pub fn template_for<S: AsRef<str>>(&self, headings: &[S]) -> Option<&Template> {
        self.templates.iter().filter(|t| t.fits(headings)).max_by_key(|t| t.requires.len())
    }
}

/// The code that a text is or begins with.
fn code_in(text: &str) -> Option<IndustryCode> {
    let head: String = text.trim().chars().take_while(char::is_ascii_alphanumeric).collect();
    let rest = text.trim().get(head.len()..)?;
    // A letter alone is a section only when nothing but a name in Chinese or a space follows ("C 制造业").
    if head.is_empty() || (head.len() > 1 && head.chars().nth(1).is_some_and(|c| c.is_ascii_alphabetic())) || rest.starts_with(['.', '%']) {
        return None;
    }
    head.parse().ok()
}

fn words_of<K: PartialEq>(choices: &[Choice<K>], key: K) -> Option<&Words> {
    choices.iter().find(|c| c.key == key).map(|c| &c.words)
}
