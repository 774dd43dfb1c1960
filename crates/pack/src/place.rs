//! A place: its divisions, functional zones, organisations and targets.
use crate::{
    text::{edit_distance, plain},
    vocabulary::Words,
};
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DivisionKind {
    County,
    Town,
    Street,
    Other,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Division {
    pub code: String,
    pub words: Words,
    #[serde(default)]
    pub parent: Option<String>,
    pub kind: DivisionKind,
    #[serde(default)]
    pub aliases: Vec<String>,
}

/// A functional zone: not a division.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Platform {
    pub key: String,
    pub words: Words,
    #[serde(default)]
    pub aliases: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrgKind {
    Department,
    Town,
    Platform,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Org {
    pub key: String,
    pub words: Words,
    #[serde(default)]
    pub aliases: Vec<String>,
    pub kind: OrgKind,
    /// The division of a town's or a zone's own office.
    #[serde(default)]
    pub division: Option<String>,
}

/// What the place has promised for a year. Shares and growth are whole percent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Targets {
    pub year: Option<i64>,
    pub starts: Option<i64>,
    pub completions: Option<i64>,
    pub ramps: Option<i64>,
    pub private_share_percent: Option<i64>,
    pub private_growth_percent: Option<i64>,
    pub investment_growth_percent: Option<i64>,
    pub major_prelim_projects: Option<i64>,
    pub major_new_projects: Option<i64>,
    /// In the smallest coin.
    pub prelim_fund: Option<i64>,
}

impl Targets {
    /// Every target that is set, by its key.
    pub fn entries(&self) -> Vec<(&'static str, i64)> {
        [
            ("starts", self.starts),
            ("completions", self.completions),
            ("ramps", self.ramps),
            ("private_share_percent", self.private_share_percent),
            ("private_growth_percent", self.private_growth_percent),
            ("investment_growth_percent", self.investment_growth_percent),
            ("major_prelim_projects", self.major_prelim_projects),
            ("major_new_projects", self.major_new_projects),
            ("prelim_fund", self.prelim_fund),
        ]
        .into_iter()
        .filter_map(|(key, value)| value.map(|v| (key, v)))
        .collect()
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    pub key: String,
    pub words: Words,
    /// Made up for demonstration.
    pub fictional: bool,
    /// Unit of money that its sheets use where they do not say; the pack's where absent.
    pub default_unit: Option<String>,
    pub divisions: Vec<Division>,
    pub platforms: Vec<Platform>,
    pub orgs: Vec<Org>,
    pub targets: Targets,
}

impl Place {
    /// The division that has no parent.
    pub fn root(&self) -> Option<&Division> {
        self.divisions.iter().find(|d| d.parent.is_none())
    }

    pub fn division(&self, code: &str) -> Option<&Division> {
        self.divisions.iter().find(|d| d.code == code)
    }
    pub fn platform(&self, key: &str) -> Option<&Platform> {
        self.platforms.iter().find(|p| p.key == key)
    }
    pub fn org(&self, key: &str) -> Option<&Org> {
        self.orgs.iter().find(|o| o.key == key)
    }

    /// A division by code, name or alias; then by name without 镇, 街道 and the like, unless two would answer.
    pub fn division_by_name(&self, text: &str) -> Option<&Division> {
        let wanted = self.without_place(text);
        let exact = self.divisions.iter().find(|d| plain(&d.code) == wanted || division_names(d).any(|n| n == wanted));
        exact.or_else(|| {
            let short = without_suffix(&wanted, DIVISION_SUFFIXES);
            one(self.divisions.iter().filter(|d| division_names(d).any(|n| without_suffix(&n, DIVISION_SUFFIXES) == short)))
        })
    }

    /// The division whose name is nearest to a mistyped one: for remedies, never for guessing in silence.
    pub fn nearest_division(&self, text: &str) -> Option<&Division> {
        let wanted = self.without_place(text);
        let short = without_suffix(&wanted, DIVISION_SUFFIXES).to_owned();
        let far = |d: &Division| {
            let suffixless =
                |n: String| edit_distance(without_suffix(&n, DIVISION_SUFFIXES), &short) * 4 + edit_distance(&n, &wanted).min(3);
            division_names(d).map(suffixless).min().unwrap_or(usize::MAX)
        };
        let limit = short.chars().count().div_ceil(2).max(1) * 4 + 3;
        self.divisions
            .iter()
            .filter(|d| d.parent.is_some())
            .map(|d| (far(d), d))
            .filter(|(f, _)| *f <= limit)
            .min_by_key(|(f, _)| *f)
            .map(|(_, d)| d)
    }

    /// A functional zone by key, name or alias.
    pub fn platform_by_name(&self, text: &str) -> Option<&Platform> {
        let wanted = self.without_place(text);
        let matches = |p: &&Platform| plain(&p.key) == wanted || names(&p.words, &p.aliases).any(|n| n == wanted);
        self.platforms.iter().find(matches).or_else(|| {
            let short = without_suffix(&wanted, OFFICE_SUFFIXES);
            one(self.platforms.iter().filter(|p| names(&p.words, &p.aliases).any(|n| without_suffix(&n, OFFICE_SUFFIXES) == short)))
        })
    }

    /// An organisation by key, name or alias, with or without the place's name or 市 in front.
    pub fn org_by_name(&self, text: &str) -> Option<&Org> {
        let wanted = self.without_place(text);
        let bare = wanted.strip_prefix(['市', '县', '区']).unwrap_or(&wanted);
        let matches = |o: &&Org| {
            plain(&o.key) == wanted
                || names(&o.words, &o.aliases)
                    .any(|n| n == wanted || n == bare || n.strip_prefix(['市', '县', '区']).is_some_and(|n| n == bare))
        };
        self.orgs.iter().find(matches)
    }

    /// The text in comparable form, without this place's own name in front of something longer.
    fn without_place(&self, text: &str) -> String {
        let wanted = plain(text);
        let roots = [Some(&self.words), self.root().map(|r| &r.words)];
        for root in roots.into_iter().flatten().map(|w| plain(&w.zh)) {
            if let Some(rest) = wanted.strip_prefix(root.as_str())
                && !rest.is_empty()
                && !root.is_empty()
            {
                return rest.to_owned();
            }
        }
        wanted
    }
}

const DIVISION_SUFFIXES: &[&str] = &["街道办事处", "街道办", "镇人民政府", "镇政府", "街道", "镇", "乡"];
const OFFICE_SUFFIXES: &[&str] = &["管理委员会", "管委会"];

fn without_suffix<'a>(name: &'a str, suffixes: &[&str]) -> &'a str {
    suffixes.iter().find_map(|s| name.strip_suffix(s)).filter(|rest| !rest.is_empty()).unwrap_or(name)
}

fn division_names(d: &Division) -> std::vec::IntoIter<String> {
    names(&d.words, &d.aliases)
}

fn names(words: &Words, aliases: &[String]) -> std::vec::IntoIter<String> {
    [&words.zh, &words.en].into_iter().chain(aliases).map(|n| plain(n)).collect::<Vec<_>>().into_iter()
}

/// The only one, if there is exactly one.
fn one<T>(mut found: impl Iterator<Item = T>) -> Option<T> {
    let first = found.next()?;
    found.next().is_none().then_some(first)
}
