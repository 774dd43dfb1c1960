//! A draft before the pack's own check, with its dates and its difference to what is in force.
use super::{
    dates, difference,
    view::{Finding, PatternCheck},
};
use crate::{
    desk::{Ask, Books, Desk},
    error::Result,
    manage_packs::files_in_force,
    permission::Right,
};
use jiff::civil::Date;
use lantu_model::words::Lang;
use lantu_pack::{Facts, Pack, PackProblem, PatternDraft, put_pattern, step_at};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// What to judge: a form's draft, or a file's text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
pub struct CheckAsk {
    /// Key of the pattern in force that this changes; absent for a new one.
    #[serde(default)]
    pub was: Option<String>,
    #[serde(default)]
    pub draft: Option<PatternDraft>,
    /// A pattern's file; wins over the draft.
    #[serde(default)]
    pub text: Option<String>,
    /// From when dates are counted; absent: today.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    pub start: Option<Date>,
    #[serde(default)]
    pub facts: Facts,
}

/// A draft as it would be put in force, with the pack that it would make.
pub(super) struct Tried {
    pub files: BTreeMap<String, Vec<u8>>,
    pub text: String,
    path: String,
    pub pack: std::result::Result<Pack, Vec<PackProblem>>,
}

pub async fn check_pattern(desk: &Desk, ask: Ask<'_>, asked: CheckAsk) -> Result<PatternCheck> {
    ask.require(Right::ManagePacks)?;
    let books = desk.books(ask.office()).await?;
    let files = files_in_force(&desk.store, &books.office).await?;
    let running = desk.store.plans_by_pattern(ask.office()).await?;
    let draft = match &asked.text {
        Some(text) => PatternDraft::read(text),
        None => Some(asked.draft.clone().unwrap_or_default()),
    };
    let text = asked.text.clone().unwrap_or_else(|| draft.as_ref().map(PatternDraft::to_toml).unwrap_or_default());
    let was = in_force(&books, asked.was.as_deref());
    let key = draft.as_ref().map(|d| d.key.as_str()).unwrap_or_default();
    let tried = try_in(files, asked.was.as_deref(), key, text);
    let start = asked.start.unwrap_or(ask.moment.day);
    let made = tried.pack.as_ref().ok();
    let dates = made.and_then(|pack| dates::dates(pack, pack.pattern(key)?, start, &asked.facts));
    Ok(PatternCheck {
        hash: books.pack.hash().to_owned(),
        difference: draft.as_ref().map(|d| difference::between(was.as_ref(), d)).unwrap_or_default(),
        findings: tried.findings(ask.lang),
        dates,
        running: was.as_ref().and_then(|w| running.get(&w.key)).copied().unwrap_or(0),
        text: tried.text,
        draft,
    })
}

/// The pattern in force with this key, as a draft.
pub(super) fn in_force(books: &Books, key: Option<&str>) -> Option<PatternDraft> {
    key.and_then(|key| books.pack.pattern(key)).map(PatternDraft::from)
}

pub(super) fn try_in(mut files: BTreeMap<String, Vec<u8>>, was: Option<&str>, key: &str, text: String) -> Tried {
    let path = put_pattern(&mut files, was, key, text.clone());
    let pack = Pack::load(&files).map_err(|found| completed(found, &path, &text));
    Tried { files, text, path, pack }
}

/// The findings, with every key that a step misses: a file's reader stops at the first of each step.
fn completed(mut found: Vec<PackProblem>, path: &str, text: &str) -> Vec<PackProblem> {
    let row = |p: &PackProblem| if p.file == path { step_at(text, p.line) } else { None };
    let told: BTreeSet<(usize, String)> = found.iter().filter_map(|p| Some((row(p)?, p.key.clone()))).collect();
    let missing = PatternDraft::read(text).map(|draft| draft.missing(path, text)).unwrap_or_default();
    found.extend(missing.into_iter().filter(|(at, p)| !told.contains(&(*at, p.key.clone()))).map(|(_, p)| p));
    found.sort_by_key(|p| (p.file != path, p.line));
    found
}

impl Tried {
    pub(super) fn problems(&self) -> &[PackProblem] {
        self.pack.as_ref().err().map_or(&[], Vec::as_slice)
    }

    fn findings(&self, lang: Lang) -> Vec<Finding> {
        self.problems().iter().map(|p| self.finding(p, lang)).collect()
    }

    fn finding(&self, problem: &PackProblem, lang: Lang) -> Finding {
        let here = problem.file == self.path;
        let (title, remedy) = match lang {
            Lang::Zh => (&problem.zh, &problem.remedy.zh),
            Lang::En => (&problem.en, &problem.remedy.en),
        };
        Finding {
            row: if here { step_at(&self.text, problem.line) } else { None },
            field: problem.key.clone(),
            line: problem.line,
            file: (!here).then(|| problem.file.clone()),
            code: problem.code.clone(),
            title: title.clone(),
            remedy: remedy.clone(),
        }
    }
}
