//! A draft put in force: a new version of the office's pack under a document's number.
use super::{
    check::{Tried, in_force, try_in},
    difference,
    view::StepChangeKind,
};
use crate::{
    AppError,
    desk::{Ask, Books, Desk},
    error::Result,
    manage_packs::{files_in_force, files_of, put_files_in_force},
    manage_users::display_by_name,
    permission::Right,
};
use jiff::civil::Date;
use lantu_model::{Change, Problem, Refusal};
use lantu_pack::{PackProblem, PatternDraft, step_at, with_version};
use lantu_store::{JournalAsk, StaleStream, StreamId};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
pub struct PutAsk {
    /// Hash of the pack that the editor saw. When another is in force by now nothing is written.
    pub based_on: String,
    /// Key of the pattern that this changes; absent for a new one.
    #[serde(default)]
    pub was: Option<String>,
    pub draft: PatternDraft,
    /// The document that decides it.
    pub number: String,
    #[schema(value_type = String, format = Date)]
    pub on: Date,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct PutPattern {
    pub feed: u64,
    pub hash: String,
    pub version: String,
    /// Projects under way that are now offered the difference.
    pub running: u64,
}

pub async fn put_pattern_in_force(desk: &Desk, ask: Ask<'_>, asked: PutAsk) -> Result<PutPattern> {
    ask.require(Right::ManagePacks)?;
    let books = desk.books(ask.office()).await?;
    if books.pack.hash() != asked.based_on {
        return Err(overtaken(desk, ask, &books, &asked).await?);
    }
    let mut problems = decided(&asked, ask.moment.day);
    let was = in_force(&books, asked.was.as_deref());
    if asked.was.is_some() && was.is_none() {
        return Err(AppError::NotFound);
    }
    let difference = difference::between(was.as_ref(), &asked.draft);
    if difference == Default::default() {
        problems.push(Problem::block("pattern_unchanged").at("draft"));
    }
    let mut files = files_in_force(&desk.store, &books.office).await?;
    let (head, version) = with_version(&String::from_utf8_lossy(files.get("pack.toml").map_or(&[][..], Vec::as_slice)));
    files.insert("pack.toml".to_owned(), head.into_bytes());
    let tried = try_in(files, asked.was.as_deref(), &asked.draft.key, asked.draft.to_toml());
    problems.extend(tried.problems().iter().map(|p| told(p, &tried, &asked.draft)));
    Refusal::unless_clear(problems)?;
    let change = Change::new("put_pattern_in_force").on(asked.on).because(&format!("{} {}", asked.number.trim(), asked.draft.key));
    let Ok(pack) = tried.pack else { return Err(AppError::NotFound) };
    let feed = put_files_in_force(desk, ask, &books.office.pack_hash, &tried.files, &pack, change).await?;
    let running = desk.store.plans_by_pattern(ask.office()).await?;
    let running = was.as_ref().and_then(|w| running.get(&w.key)).copied().unwrap_or(0);
    Ok(PutPattern { feed, hash: pack.hash().to_owned(), version: version.unwrap_or(pack.version), running })
}

/// What the decision itself must say.
fn decided(asked: &PutAsk, today: Date) -> Vec<Problem> {
    let mut problems = vec![];
    if asked.number.trim().is_empty() {
        problems.push(Problem::block("field_missing").at("number"));
    }
    if asked.on > today {
        problems.push(Problem::block("fact_in_future").at("on").with("found", asked.on));
    }
    problems
}

/// A finding of the pack's check as a refusal's part, with the step that it is about.
fn told(problem: &PackProblem, tried: &Tried, draft: &PatternDraft) -> Problem {
    let step = step_at(&tried.text, problem.line).and_then(|at| draft.activities.get(at)).map_or(draft.key.as_str(), |s| s.id.as_str());
    Problem::block("pattern_refused").at("draft").with("step", step).with("zh", &problem.zh).with("en", &problem.en)
}

/// Who put another version in force meanwhile, and which steps it changed.
async fn overtaken(desk: &Desk, ask: Ask<'_>, books: &Books, asked: &PutAsk) -> Result<AppError> {
    let stream = StreamId::office(ask.office());
    let page = desk
        .store
        .journal(&lantu_model::Scope::whole(ask.office()), &JournalAsk { stream: Some(stream.clone()), limit: 1, ..JournalAsk::default() })
        .await?;
    let last = page.rows.into_iter().next();
    let names = display_by_name(desk, ask.office()).await?;
    let by = last.as_ref().map(|e| names.get(&e.actor).cloned().unwrap_or_else(|| e.actor.clone())).unwrap_or_default();
    Ok(AppError::Stale(vec![StaleStream {
        stream,
        expected: 0,
        actual: last.as_ref().map_or(0, |e| e.seq),
        by,
        at: last.map(|e| e.at),
        fields: changed_since(desk, books, &asked.based_on).await?,
    }]))
}

/// `MFG A05`: the steps that the pack in force has otherwise than the one the editor saw.
async fn changed_since(desk: &Desk, books: &Books, seen: &str) -> Result<Vec<String>> {
    let Some(files) = files_of(&desk.store, &books.office, seen).await? else { return Ok(vec![]) };
    let Ok(seen) = lantu_pack::Pack::load(&files) else { return Ok(vec![]) };
    let mut changed = vec![];
    for pattern in &books.pack.patterns {
        let before = seen.pattern(&pattern.key).map(PatternDraft::from);
        let told = difference::between(before.as_ref(), &PatternDraft::from(pattern));
        if !told.head.is_empty() {
            changed.push(pattern.key.clone());
        }
        let sign = |kind| match kind {
            StepChangeKind::Added => "+",
            StepChangeKind::Gone => "−",
            StepChangeKind::Changed => "",
        };
        changed.extend(told.steps.iter().map(|s| format!("{} {}{}", pattern.key, sign(s.kind), s.id)));
    }
    Ok(changed)
}
