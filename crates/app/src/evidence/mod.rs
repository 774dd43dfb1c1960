//! 佐证文件: files kept with a project; bytes first, the row second.
mod content;

use crate::{
    AppError,
    desk::{Ask, Desk},
    error::Result,
    permission::Right,
    unit::Unit,
    view::ProblemView,
};
use jiff::civil::Date;
use lantu_model::{About, Change, Evidence, Problem, Project, ProjectId, Refusal, UserId};
pub use lantu_store::Chunks;
use lantu_store::StoreError;
use serde::Serialize;
use utoipa::ToSchema;

/// So many times an act that collides with nobody's edit is done anew when others write the same project meanwhile.
const PATIENCE: usize = 12;
/// Longer names are cut.
const NAME: usize = 200;

/// A file on its way in.
pub struct Incoming {
    pub name: String,
    /// `None`: larger than the limit, and dropped while it came.
    pub bytes: Option<bytes::Bytes>,
}

/// What the sender says of the files.
#[derive(Clone, Debug, Default)]
pub struct Told {
    pub about: Option<About>,
    pub note: Option<String>,
}

/// A file with what is said of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct EvidenceView {
    pub id: String,
    pub name: String,
    pub media: String,
    /// Bytes.
    pub size: u64,
    /// SHA-256.
    pub hash: String,
    #[schema(value_type = String, format = Date)]
    pub on: Date,
    pub about: Option<About>,
    /// What it proves, in words.
    pub about_name: Option<String>,
    pub note: Option<String>,
    pub by: Option<String>,
    /// The schedule that was read from it.
    pub plan_file: Option<String>,
}

/// What became of the files: none is lost for another's sake.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Added {
    pub feed: Option<u64>,
    pub added: Vec<EvidenceView>,
    /// One for each file that was not taken, at its name.
    pub refused: Vec<ProblemView>,
}

/// Judges a file and keeps its bytes; the row is the caller's to write.
pub(crate) async fn shelve(desk: &Desk, ask: Ask<'_>, file: Incoming, limit: u64, told: &Told) -> Result<Evidence> {
    let name = plain_name(&file.name);
    let too_large = || AppError::refuse(Problem::block("evidence_too_large").at(&name).with("limit", limit >> 20));
    let bytes = file.bytes.filter(|b| b.len() as u64 <= limit).ok_or_else(too_large)?;
    let media = content::judge(&name, &bytes).map_err(AppError::refuse)?;
    let size = bytes.len() as u64;
    let hash = desk.shelf.put(bytes).await?;
    let id = (ask.ids)().simple().to_string();
    let note = told.note.as_deref().map(str::trim).filter(|n| !n.is_empty()).map(str::to_owned);
    Ok(Evidence { id, hash, name, media: media.to_owned(), size, on: ask.moment.day, about: told.about.clone(), note, by: ask.signed.user })
}

/// Some senders give a whole path; a name that is only dots or blank is none.
fn plain_name(name: &str) -> String {
    let base = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let clean: String =
        base.chars().filter(|c| !c.is_control() && !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')).collect();
    let clean = clean.trim().trim_start_matches('.');
    let (stem, ending) = clean.rsplit_once('.').unwrap_or((clean, ""));
    let stem: String = if stem.is_empty() { "文件".to_owned() } else { stem.chars().take(NAME).collect() };
    if ending.is_empty() { stem } else { format!("{stem}.{ending}") }
}

/// Keeps one file's bytes; what is refused is told, never thrown.
pub async fn take_in(
    desk: &Desk,
    ask: Ask<'_>,
    id: ProjectId,
    file: Incoming,
    limit: u64,
    told: &Told,
) -> Result<std::result::Result<Evidence, Vec<Problem>>> {
    may_change(desk, ask, id).await?;
    match shelve(desk, ask, file, limit, told).await {
        Ok(evidence) => Ok(Ok(evidence)),
        Err(AppError::Refused(refusal)) => Ok(Err(refusal.unmet)),
        Err(e) => Err(e),
    }
}

/// Whether the project is within reach and may be written: asked before any byte is kept.
pub async fn may_change(desk: &Desk, ask: Ask<'_>, id: ProjectId) -> Result<()> {
    ask.require(Right::EditProjects)?;
    desk.store.project(&ask.signed.scope, id, None).await?.ok_or(AppError::NotFound).map(drop)
}

/// Writes the rows of files whose bytes are kept.
pub async fn add_evidence(desk: &Desk, ask: Ask<'_>, id: ProjectId, files: Vec<Evidence>, refused: Vec<Problem>) -> Result<Added> {
    if files.is_empty() {
        return Err(Refusal { unmet: refused }.into());
    }
    let feed = change_anyway(desk, ask, id, |p| p.add_evidence(files.clone())).await?;
    let books = desk.books(ask.office()).await?;
    let kept: Vec<String> = files.iter().map(|f| f.hash.clone()).collect();
    let added = list_evidence(desk, ask, id, None).await?.into_iter().filter(|e| kept.contains(&e.hash)).collect();
    Ok(Added { feed, added, refused: refused.iter().map(|p| ProblemView::say(p, ask.lang, &books)).collect() })
}

pub async fn remove_evidence(desk: &Desk, ask: Ask<'_>, id: ProjectId, evidence: &str) -> Result<Option<u64>> {
    change_anyway(desk, ask, id, |p| p.remove_evidence(evidence)).await
}

/// Does an act that touches nobody's fields on the newest version, again when another write came first. `None`: nothing changed.
pub(crate) async fn change_anyway(
    desk: &Desk,
    ask: Ask<'_>,
    id: ProjectId,
    act: impl Fn(&Project) -> std::result::Result<(Project, Change), Refusal>,
) -> Result<Option<u64>> {
    ask.require(Right::EditProjects)?;
    let mut tried = 0;
    loop {
        let mut unit = Unit::open(desk, ask).await?;
        let (project, _) = unit.project(id).await?;
        let (next, change) = act(&project)?;
        let name = change.act.clone();
        unit.put_project(next, change)?;
        if unit.is_empty() {
            return Ok(None);
        }
        match unit.commit(&name, None).await {
            Err(AppError::Stale(_)) if tried < PATIENCE => tried += 1,
            done => return Ok(Some(done?.feed)),
        }
    }
}

pub async fn list_evidence(desk: &Desk, ask: Ask<'_>, id: ProjectId, day: Option<Date>) -> Result<Vec<EvidenceView>> {
    let project = seen(desk, ask, id, day).await?;
    let books = desk.books(ask.office()).await?;
    let names = crate::manage_users::display_names(desk, ask.office()).await?;
    let by = |user: Option<UserId>| user.and_then(|u| names.get(&u).cloned());
    let view = |e: &Evidence| EvidenceView {
        id: e.id.clone(),
        name: e.name.clone(),
        media: e.media.clone(),
        size: e.size,
        hash: e.hash.clone(),
        on: e.on,
        about: e.about.clone(),
        about_name: e.about.as_ref().map(|a| about_name(a, &project, &books, ask)),
        note: e.note.clone(),
        by: by(e.by),
        plan_file: project.plan_files.iter().find(|f| f.evidence == e.id).map(|f| f.id.clone()),
    };
    Ok(project.evidence.iter().rev().map(view).collect())
}

fn about_name(about: &About, project: &Project, books: &crate::Books, ask: Ask<'_>) -> String {
    match about {
        About::Formality(kind) => books.word(kind, ask.lang),
        About::Milestone(milestone) => books.word(&format!("milestone.{}", milestone.key()), ask.lang),
        About::Activity(id) => {
            let activity = project.plan.as_ref().and_then(|p| p.activities.get(id));
            activity.map_or_else(|| id.clone(), |a| a.name.in_lang(ask.lang).to_owned())
        }
    }
}

/// The project as the asker may see it, now or at the end of a past day.
pub(crate) async fn seen(desk: &Desk, ask: Ask<'_>, id: ProjectId, day: Option<Date>) -> Result<Project> {
    ask.require(Right::ReadProjects)?;
    let then = crate::list_projects::as_of(desk, ask, day).await?;
    Ok(desk.store.project(&ask.reach(), id, then).await?.ok_or(AppError::NotFound)?.doc)
}

/// A file's bytes, by the project and its own id: whoever knows a hash knows nothing.
pub async fn read_evidence(desk: &Desk, ask: Ask<'_>, id: ProjectId, evidence: &str, day: Option<Date>) -> Result<(Evidence, u64, Chunks)> {
    let project = seen(desk, ask, id, day).await?;
    let found = project.evidence_of(evidence).ok_or(AppError::NotFound)?;
    let missing = || AppError::Store(StoreError::Damaged(format!("evidence {} of project {id} has no bytes", found.hash)));
    let (size, chunks) = desk.shelf.get(&found.hash).await?.ok_or_else(missing)?;
    Ok((found.clone(), size, chunks))
}

#[cfg(test)]
mod tests {
    use super::plain_name;

    #[test]
    fn a_name_is_no_path_and_hides_nothing() {
        for (given, kept) in [
            ("../../etc/passwd", "passwd"),
            ("C:\\temp\\批复.pdf", "批复.pdf"),
            ("..", "文件"),
            (".pdf", "pdf"),
            ("合同\u{202e}fdp.exe", "合同fdp.exe"),
            ("a\r\nb.txt", "ab.txt"),
            ("", "文件"),
        ] {
            assert_eq!(plain_name(given), kept, "{given:?}");
        }
        assert_eq!(plain_name(&format!("{}.pdf", "长".repeat(900))).chars().count(), 204);
    }
}
