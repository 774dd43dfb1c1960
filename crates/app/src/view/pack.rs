//! The place's words, for the web: what stages, towns, formalities are called.
use crate::Books;
use lantu_model::words;
use lantu_pack::{Choice, Words};
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct WordView {
    pub key: String,
    pub zh: String,
    pub en: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct ListView {
    pub key: String,
    pub zh: String,
    pub en: String,
    pub higher: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct FormalityView {
    pub key: String,
    pub zh: String,
    pub en: String,
    pub short_zh: String,
    pub short_en: String,
    pub dept: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct DivisionView {
    pub code: String,
    pub zh: String,
    pub en: String,
    pub parent: Option<String>,
    pub kind: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct IndustryView {
    pub code: String,
    pub zh: String,
    pub en: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct UnitView {
    pub key: String,
    pub zh: String,
    pub en: String,
    pub fen: i64,
    pub currency: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct PackView {
    pub name: String,
    pub title: WordView,
    pub version: String,
    pub hash: String,
    pub place: WordView,
    pub currency: String,
    pub default_unit: String,
    pub units: Vec<UnitView>,
    pub stages: Vec<WordView>,
    pub statuses: Vec<WordView>,
    pub natures: Vec<WordView>,
    pub procedures: Vec<WordView>,
    pub holdings: Vec<WordView>,
    pub levels: Vec<WordView>,
    pub roles: Vec<WordView>,
    pub lists: Vec<ListView>,
    pub formalities: Vec<FormalityView>,
    pub divisions: Vec<DivisionView>,
    pub platforms: Vec<WordView>,
    pub industries: Vec<IndustryView>,
    pub fields: Vec<WordView>,
    pub targets: BTreeMap<String, i64>,
    /// The last day for which working days have been published; later ones are provisional.
    pub calendar_published_through: Option<jiff::civil::Date>,
}

fn word(key: impl ToString, w: &Words) -> WordView {
    WordView { key: key.to_string(), zh: w.zh.clone(), en: w.en.clone() }
}

fn choices<K: Serialize>(of: &[Choice<K>]) -> Vec<WordView> {
    of.iter().map(|c| word(key_text(&c.key), &c.words)).collect()
}

/// Keys are written as they travel in JSON.
fn key_text<K: Serialize>(key: &K) -> String {
    serde_json::to_value(key).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

impl PackView {
    pub fn of(books: &Books) -> Self {
        let (pack, place) = (&books.pack, &books.place);
        let default_unit = place.default_unit.as_ref().unwrap_or(&pack.default_unit);
        // A place that counts in another currency than its country's pack (UK in the generic one) says so by its unit.
        let currency = pack.currency.units.iter().find(|u| u.key == *default_unit).and_then(|u| u.currency.as_ref());
        Self {
            name: pack.name.clone(),
            title: word(&pack.name, &pack.title),
            version: pack.version.clone(),
            hash: pack.hash().to_owned(),
            place: word(&place.key, &place.words),
            currency: currency.unwrap_or(&pack.currency.code).clone(),
            default_unit: default_unit.clone(),
            units: pack
                .currency
                .units
                .iter()
                .map(|u| UnitView {
                    key: u.key.clone(),
                    zh: u.words.zh.clone(),
                    en: u.words.en.clone(),
                    fen: u.minor,
                    currency: u.currency.clone().unwrap_or_else(|| pack.currency.code.clone()),
                })
                .collect(),
            stages: choices(&pack.stages),
            statuses: choices(&pack.statuses),
            natures: choices(&pack.natures),
            procedures: choices(&pack.procedures),
            holdings: choices(&pack.holdings),
            levels: choices(&pack.levels),
            roles: pack.roles.iter().map(|r| word(r.key.key(), &r.words)).collect(),
            lists: pack
                .lists
                .iter()
                .map(|l| ListView { key: l.key.clone(), zh: l.words.zh.clone(), en: l.words.en.clone(), higher: l.higher })
                .collect(),
            formalities: pack
                .formalities
                .iter()
                .map(|f| FormalityView {
                    key: f.key.clone(),
                    zh: f.words.zh.clone(),
                    en: f.words.en.clone(),
                    short_zh: f.short.zh.clone(),
                    short_en: f.short.en.clone(),
                    dept: f.dept.clone(),
                })
                .collect(),
            divisions: place
                .divisions
                .iter()
                .map(|d| DivisionView {
                    code: d.code.clone(),
                    zh: d.words.zh.clone(),
                    en: d.words.en.clone(),
                    parent: d.parent.clone(),
                    kind: key_text(&d.kind),
                })
                .collect(),
            platforms: place.platforms.iter().map(|p| word(&p.key, &p.words)).collect(),
            industries: pack
                .industries
                .iter()
                .map(|i| IndustryView { code: i.code.clone(), zh: i.words.zh.clone(), en: i.words.en.clone() })
                .collect(),
            fields: words::fields().map(|(k, l)| WordView { key: k.to_owned(), zh: l.zh.clone(), en: l.en.clone() }).collect(),
            targets: place.targets.entries().into_iter().map(|(k, v)| (k.to_owned(), v)).collect(),
            calendar_published_through: pack.calendar().published_through(),
        }
    }
}

impl Books {
    /// The office's own word for a key: a stage, status, role, formality, level or other choice.
    pub fn pack_word(&self, key: &str) -> Option<&Words> {
        let pack = &self.pack;
        let kind = key.strip_prefix("formality:").unwrap_or(key);
        fn find<'a, K: Serialize>(of: &'a [Choice<K>], key: &str) -> Option<&'a Words> {
            of.iter().find(|c| key_text(&c.key) == key).map(|c| &c.words)
        }
        find(&pack.stages, key)
            .or_else(|| find(&pack.statuses, key))
            .or_else(|| pack.roles.iter().find(|r| r.key.key() == key).map(|r| &r.words))
            .or_else(|| pack.formality(kind).map(|f| &f.words))
            .or_else(|| find(&pack.natures, key))
            .or_else(|| find(&pack.procedures, key))
            .or_else(|| find(&pack.holdings, key))
            .or_else(|| find(&pack.levels, key))
            .or_else(|| self.place.divisions.iter().find(|d| d.code == key).map(|d| &d.words))
            .or_else(|| pack.fact(key).map(|f| &f.words))
    }
}
