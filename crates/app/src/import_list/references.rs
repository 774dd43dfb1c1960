//! A row's words that name things of the place: its town, industry, choices.
use crate::Books;
use lantu_exchange::RowDraft;
use lantu_model::{
    DivisionCode, Holding, IndustryCode, Level, Nature, Problem, Procedure, StageKind, StatusKind, project::comparable_name,
};
use serde::Serialize;
use std::collections::HashMap;

/// What the words of a row mean here, with what could not be understood, by field.
#[derive(Clone, Debug, Default)]
pub struct Resolved {
    pub division: Option<DivisionCode>,
    pub platform: Option<String>,
    pub industry: Option<IndustryCode>,
    pub nature: Option<Nature>,
    pub procedure: Option<Procedure>,
    pub holding: Option<Holding>,
    pub level: Option<Level>,
    pub stage: Option<StageKind>,
    pub status: Option<StatusKind>,
    pub problems: Vec<(String, Problem)>,
}

/// Resolves rows; the few dozen texts that a column repeats are looked up once.
pub struct Resolver<'a> {
    books: &'a Books,
    towns: HashMap<String, Town>,
    industries: HashMap<String, Option<IndustryCode>>,
}

#[derive(Clone, Debug, Default)]
struct Town {
    division: Option<DivisionCode>,
    platform: Option<String>,
    problem: Option<Problem>,
}

impl<'a> Resolver<'a> {
    pub fn new(books: &'a Books) -> Self {
        Self { books, towns: HashMap::new(), industries: HashMap::new() }
    }

    pub fn resolve(&mut self, row: &RowDraft) -> Resolved {
        let mut r = Resolved::default();
        self.place(&mut r, row);
        self.industry(&mut r, row);
        let pack = &self.books.pack;
        r.nature = r.choice(row, "nature", |t| pack.nature_by_text(t), || pack.natures.iter().map(|c| key(&c.key)).collect());
        r.procedure = r.choice(row, "procedure", |t| pack.procedure_by_text(t), || pack.procedures.iter().map(|c| key(&c.key)).collect());
        r.holding = r.choice(row, "holding", |t| pack.holding_by_text(t), || pack.holdings.iter().map(|c| key(&c.key)).collect());
        r.level = r.choice(row, "level", |t| pack.level_by_text(t), || pack.levels.iter().map(|c| key(&c.key)).collect());
        r.stage = r.choice(row, "stage", |t| pack.stage_by_text(t), || pack.stages.iter().map(|c| key(&c.key)).collect());
        r.status = r.choice(row, "status", |t| pack.status_by_text(t), || pack.statuses.iter().map(|c| key(&c.key)).collect());
        r
    }

    fn place(&mut self, r: &mut Resolved, row: &RowDraft) {
        if let Some(text) = row.text("platform") {
            r.platform = Some(self.books.place.platform_by_name(text).map_or_else(|| text.to_owned(), |p| p.key.clone()));
        }
        let Some(text) = row.text("division") else { return };
        let books = self.books;
        let town = self.towns.entry(text.to_owned()).or_insert_with(|| town(text, books)).clone();
        r.division = town.division;
        r.platform = r.platform.take().or(town.platform);
        r.problems.extend(town.problem.map(|p| ("division".to_owned(), p)));
    }

    fn industry(&mut self, r: &mut Resolved, row: &RowDraft) {
        let Some(text) = row.text("industry") else { return };
        let pack = &self.books.pack;
        r.industry = self.industries.entry(text.to_owned()).or_insert_with(|| pack.industry_code_by_text(text)).clone();
        if r.industry.is_none() {
            r.problems.push(("industry".into(), Problem::warn("unknown_industry").with("found", text)));
        }
    }
}

fn key<K: Serialize>(key: &K) -> String {
    serde_json::to_value(key).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

/// A town blocks when unknown: nobody would answer for the project. A zone is no division and is kept beside it.
fn town(text: &str, books: &Books) -> Town {
    let place = &books.place;
    if let Some(d) = place.division_by_name(text) {
        return Town { division: d.code.parse().ok(), ..Town::default() };
    }
    if let Some(p) = place.platform_by_name(text) {
        return Town { platform: Some(p.key.clone()), ..Town::default() };
    }
    let parts: Vec<&str> =
        text.split(['、', ',', '，', ';', '；', '/', '／', '\n', ' ']).map(str::trim).filter(|t| !t.is_empty()).collect();
    let known: Vec<_> = parts.iter().filter_map(|p| place.division_by_name(p)).collect();
    if parts.len() > 1 && known.len() == parts.len() {
        return first_of(&known, text);
    }
    if parts.len() <= 1 {
        let within = divisions_within(text, books);
        if !within.is_empty() {
            return first_of(&within, text);
        }
    }
    let nearest = Some(text).filter(|t| t.chars().count() <= 24).and_then(|t| place.nearest_division(t));
    let nearest = nearest.map_or("known_place", |d| d.code.as_str());
    Town { problem: Some(Problem::block("unknown_town").with("found", text).with("nearest", nearest)), ..Town::default() }
}

fn first_of(known: &[&lantu_pack::Division], text: &str) -> Town {
    let Some(first) = known.first() else { return Town::default() };
    let problem = if known.iter().any(|d| d.code != first.code) { Problem::warn("several_towns") } else { Problem::info("town_within") };
    let problem = problem.with("found", text).with("first_place", &first.code);
    Town { division: first.code.parse().ok(), problem: Some(problem), ..Town::default() }
}

/// Towns whose full names stand in a text, in its order: `示例市青石镇工业园`.
fn divisions_within<'a>(text: &str, books: &'a Books) -> Vec<&'a lantu_pack::Division> {
    let text = comparable_name(text);
    let at = |d: &lantu_pack::Division| {
        let names = [comparable_name(&d.words.zh), comparable_name(&d.words.en)];
        names.iter().filter(|n| n.chars().count() >= 3).filter_map(|n| text.find(n.as_str())).min()
    };
    let towns = books.place.divisions.iter().filter(|d| d.parent.is_some());
    let mut found: Vec<(usize, &lantu_pack::Division)> = towns.filter_map(|d| at(d).map(|a| (a, d))).collect();
    found.sort_by_key(|(at, _)| *at);
    found.into_iter().map(|(_, d)| d).collect()
}

impl Resolved {
    /// A choice that is not understood is left alone and said.
    fn choice<T>(&mut self, row: &RowDraft, field: &str, read: impl Fn(&str) -> Option<T>, choices: impl Fn() -> Vec<String>) -> Option<T> {
        let text = row.text(field)?;
        let value = read(text);
        if value.is_none() {
            let problem = Problem::warn("unknown_choice").with("found", text).with("choices", choices().join("、"));
            self.problems.push((field.to_owned(), problem));
        }
        value
    }
}
