//! A place: its divisions, functional zones, organisations and targets.
use crate::{
    names::{Names, said, spoken},
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
    #[serde(skip)]
    pub(crate) index: PlaceNames,
}

/// The names of a place's divisions, zones and organisations, ready to look up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PlaceNames {
    /// The place's own names, which may stand before others.
    own: Vec<String>,
    divisions: Names,
    divisions_short: Names,
    platforms: Names,
    platforms_short: Names,
    orgs: Names,
    /// Without 市, 县 or 区 in front.
    orgs_bare: Names,
}

impl PlaceNames {
    pub(crate) fn of(words: &Words, divisions: &[Division], platforms: &[Platform], orgs: &[Org]) -> Self {
        let root = divisions.iter().find(|d| d.parent.is_none()).map(|r| plain(&r.words.zh));
        let mut own: Vec<String> = root.into_iter().chain([plain(&words.zh)]).filter(|n| !n.is_empty()).collect();
        own.dedup();
        Self {
            own,
            divisions: Names::first(spoken(divisions, division_said, plain)),
            divisions_short: Names::only(spoken(divisions, division_said, |n| without_suffix(&plain(n), DIVISION_SUFFIXES).to_owned())),
            platforms: Names::first(spoken(platforms, platform_said, plain)),
            platforms_short: Names::only(spoken(platforms, platform_said, |n| without_suffix(&plain(n), OFFICE_SUFFIXES).to_owned())),
            orgs: Names::first(spoken(orgs, org_said, plain)),
            orgs_bare: Names::first(spoken(orgs, org_said, |n| bare(&plain(n)).to_owned())),
        }
    }
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
        let short = without_suffix(&wanted, DIVISION_SUFFIXES);
        self.index.divisions.find(&wanted).or_else(|| self.index.divisions_short.find(short)).map(|at| &self.divisions[at])
    }

    /// The division whose name is nearest to a mistyped one: for remedies, never for guessing in silence.
    pub fn nearest_division(&self, text: &str) -> Option<&Division> {
        let wanted = self.without_place(text);
        let short = without_suffix(&wanted, DIVISION_SUFFIXES).to_owned();
        let far = |d: &Division| {
            let suffixless =
                |n: String| edit_distance(without_suffix(&n, DIVISION_SUFFIXES), &short) * 4 + edit_distance(&n, &wanted).min(3);
            division_said(d).into_iter().map(plain).map(suffixless).min().unwrap_or(usize::MAX)
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

    /// A functional zone by key, name or alias, with or without 管委会.
    pub fn platform_by_name(&self, text: &str) -> Option<&Platform> {
        let wanted = self.without_place(text);
        let short = without_suffix(&wanted, OFFICE_SUFFIXES);
        self.index.platforms.find(&wanted).or_else(|| self.index.platforms_short.find(short)).map(|at| &self.platforms[at])
    }

    /// An organisation by key, name or alias, with or without the place's name or 市 in front.
    pub fn org_by_name(&self, text: &str) -> Option<&Org> {
        let wanted = self.without_place(text);
        self.index.orgs.find(&wanted).or_else(|| self.index.orgs_bare.find(bare(&wanted))).map(|at| &self.orgs[at])
    }

    /// The text in comparable form, without this place's own name in front of something longer.
    fn without_place(&self, text: &str) -> String {
        let wanted = plain(text);
        for own in &self.index.own {
            if let Some(rest) = wanted.strip_prefix(own.as_str()).filter(|rest| !rest.is_empty()) {
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

/// The name without 市, 县 or 区 in front.
fn bare(name: &str) -> &str {
    name.strip_prefix(['市', '县', '区']).filter(|rest| !rest.is_empty()).unwrap_or(name)
}

fn division_said(d: &Division) -> Vec<&str> {
    said(&d.code, &d.words, &d.aliases)
}

fn platform_said(p: &Platform) -> Vec<&str> {
    said(&p.key, &p.words, &p.aliases)
}

fn org_said(o: &Org) -> Vec<&str> {
    said(&o.key, &o.words, &o.aliases)
}
