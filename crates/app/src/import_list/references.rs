//! A row's words that name things of the place: its town, industry, choices.
use crate::Books;
use lantu_exchange::RowDraft;
use lantu_model::{DivisionCode, Holding, IndustryCode, Level, Nature, Problem, Procedure, StageKind, StatusKind};

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

pub fn resolve(row: &RowDraft, books: &Books) -> Resolved {
    let mut r = Resolved::default();
    r.place(row, books);
    let pack = &books.pack;
    if let Some(text) = row.text("industry") {
        r.industry = pack.industry_code_by_text(text);
        if r.industry.is_none() {
            r.problems.push(("industry".into(), Problem::warn("unknown_industry").with("found", text)));
        }
    }
    r.nature = r.choice(row, "nature", |t| pack.nature_by_text(t), || pack.natures.iter().map(|c| c.words.zh.as_str()).collect());
    r.procedure =
        r.choice(row, "procedure", |t| pack.procedure_by_text(t), || pack.procedures.iter().map(|c| c.words.zh.as_str()).collect());
    r.holding = r.choice(row, "holding", |t| pack.holding_by_text(t), || pack.holdings.iter().map(|c| c.words.zh.as_str()).collect());
    r.level = r.choice(row, "level", |t| pack.level_by_text(t), || pack.levels.iter().map(|c| c.words.zh.as_str()).collect());
    r.stage = r.choice(row, "stage", |t| pack.stage_by_text(t), || pack.stages.iter().map(|c| c.words.zh.as_str()).collect());
    r.status = r.choice(row, "status", |t| pack.status_by_text(t), || pack.statuses.iter().map(|c| c.words.zh.as_str()).collect());
    r
}

impl Resolved {
    /// A town blocks when unknown: nobody would answer for the project. A zone is no division and is kept beside it.
    fn place(&mut self, row: &RowDraft, books: &Books) {
        if let Some(text) = row.text("platform") {
            self.platform = Some(books.place.platform_by_name(text).map_or_else(|| text.to_owned(), |p| p.key.clone()));
        }
        let Some(text) = row.text("division") else { return };
        if let Some(d) = books.place.division_by_name(text) {
            self.division = d.code.parse().ok();
            return;
        }
        if let Some(p) = books.place.platform_by_name(text) {
            self.platform.get_or_insert_with(|| p.key.clone());
            return;
        }
        let parts: Vec<&str> = text.split(['、', ',', '，', ';', '；', '/', ' ']).map(str::trim).filter(|t| !t.is_empty()).collect();
        let known: Vec<_> = parts.iter().filter_map(|p| books.place.division_by_name(p)).collect();
        if parts.len() > 1 && known.len() == parts.len() {
            self.division = known.first().and_then(|d| d.code.parse().ok());
            let first = known.first().map(|d| d.words.zh.clone()).unwrap_or_default();
            self.problems.push(("division".into(), Problem::warn("several_towns").with("found", text).with("first", first)));
            return;
        }
        let nearest = books.place.nearest_division(text).map(|d| d.words.zh.clone()).unwrap_or_default();
        self.problems.push(("division".into(), Problem::block("unknown_town").with("found", text).with("nearest", nearest)));
    }

    /// A choice that is not understood is left alone and said.
    fn choice<'a, T>(
        &mut self,
        row: &RowDraft,
        field: &str,
        read: impl Fn(&str) -> Option<T>,
        choices: impl Fn() -> Vec<&'a str>,
    ) -> Option<T> {
        let text = row.text(field)?;
        let value = read(text);
        if value.is_none() {
            self.problems
                .push((field.to_owned(), Problem::warn("unknown_choice").with("found", text).with("choices", choices().join("、"))));
        }
        value
    }
}
