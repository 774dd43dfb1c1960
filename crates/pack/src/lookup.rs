//! Finding what a sheet's words mean: by key, word, alias or heading.
use crate::{
    Pack,
    template::Template,
    text::{heading_key, plain},
    vocabulary::{Choice, FieldAliases, FormalityKind, Industry, ListType, MoneyUnit, RoleWords, Words},
};
use lantu_model::{Holding, IndustryCode, Level, Nature, Procedure, Role, StageKind, StatusKind};

impl Pack {
    pub fn formality(&self, key: &str) -> Option<&FormalityKind> {
        self.formalities.iter().find(|f| f.key == key)
    }
    /// The formality that a column of a matrix is about.
    pub fn formality_by_heading(&self, heading: &str) -> Option<&FormalityKind> {
        let wanted = heading_key(heading);
        self.formalities.iter().find(|f| {
            heading_key(&f.key) == wanted
                || [&f.words.zh, &f.words.en, &f.short.zh, &f.short.en].into_iter().chain(&f.aliases).any(|n| heading_key(n) == wanted)
        })
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
        let wanted = heading_key(heading);
        self.roles.iter().find(|r| answers(&r.words, &r.aliases, |n| heading_key(n) == wanted))
    }

    pub fn field(&self, key: &str) -> Option<&FieldAliases> {
        self.fields.iter().find(|f| f.field == key)
    }
    /// The field that a column's heading means.
    pub fn field_by_heading(&self, heading: &str) -> Option<&FieldAliases> {
        let wanted = heading_key(heading);
        if wanted.is_empty() {
            return None;
        }
        self.fields.iter().find(|f| f.aliases.iter().any(|a| heading_key(a) == wanted))
    }

    pub fn unit(&self, key: &str) -> Option<&MoneyUnit> {
        self.currency.units.iter().find(|u| u.key == key)
    }
    /// The unit of money that a heading's or a cell's text names.
    pub fn unit_by_text(&self, text: &str) -> Option<&MoneyUnit> {
        let wanted = plain(text);
        self.currency.units.iter().find(|u| plain(&u.key) == wanted || answers(&u.words, &u.aliases, |n| plain(n) == wanted))
    }

    pub fn stage_words(&self, stage: StageKind) -> Option<&Words> {
        words_of(&self.stages, stage)
    }
    pub fn status_words(&self, status: StatusKind) -> Option<&Words> {
        words_of(&self.statuses, status)
    }
    pub fn stage_by_text(&self, text: &str) -> Option<StageKind> {
        choice(&self.stages, text, StageKind::key)
    }
    pub fn status_by_text(&self, text: &str) -> Option<StatusKind> {
        choice(&self.statuses, text, StatusKind::key)
    }
    pub fn nature_by_text(&self, text: &str) -> Option<Nature> {
        choice(&self.natures, text, Nature::key)
    }
    pub fn procedure_by_text(&self, text: &str) -> Option<Procedure> {
        choice(&self.procedures, text, Procedure::key)
    }
    pub fn holding_by_text(&self, text: &str) -> Option<Holding> {
        choice(&self.holdings, text, Holding::key)
    }
    pub fn level_by_text(&self, text: &str) -> Option<Level> {
        choice(&self.levels, text, Level::key)
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
        let short = |n: &str| n.trim_end_matches('业').to_owned();
        let by_name = |i: &&Industry| [&i.words.zh, &i.words.en].into_iter().any(|n| plain(n) == wanted);
        self.industries.iter().find(by_name).or_else(|| {
            let mut near = self.industries.iter().filter(|i| short(&plain(&i.words.zh)) == short(&wanted) && !wanted.is_empty());
            near.next().filter(|_| near.next().is_none())
        })
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

fn answers(words: &Words, aliases: &[String], is: impl Fn(&str) -> bool) -> bool {
    [&words.zh, &words.en].into_iter().chain(aliases).any(|n| is(n))
}

fn words_of<K: PartialEq>(choices: &[Choice<K>], key: K) -> Option<&Words> {
    choices.iter().find(|c| c.key == key).map(|c| &c.words)
}

fn choice<K: Copy>(choices: &[Choice<K>], text: &str, key: impl Fn(K) -> &'static str) -> Option<K> {
    let wanted = plain(text);
    choices.iter().find(|c| key(c.key) == wanted || answers(&c.words, &c.aliases, |n| plain(n) == wanted)).map(|c| c.key)
}
