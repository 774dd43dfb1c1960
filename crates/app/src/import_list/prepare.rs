//! Reading and judging, off the request's thread, kept for the next look while nothing has changed.
use super::{
    judge::{Found, Judged, Known, judge, matches},
    matching::Match,
    reading::{Reading, read},
    settings::{KeptMapping, Settings},
};
use crate::{
    AppError, Books,
    desk::{Ask, Desk},
    error::Result,
    unit::read_register,
};
use jiff::civil::Date;
use lantu_exchange::{Limits, read_workbook};
use lantu_model::{OfficeId, Problem, ProjectId, Scope};
use lantu_store::StreamKind;
use serde::{Deserialize, Serialize};
use std::sync::{Arc, Mutex};
use uuid::Uuid;

/// A file as read and judged.
#[derive(Debug)]
pub struct Prepared {
    pub reading: Reading,
    pub judged: Judged,
}

type Key = (OfficeId, String, u64, u64, Date);

/// The last few previews, by file, its settings' version, the register's feed number and the day.
#[derive(Debug, Default)]
pub struct Previews(Mutex<Vec<(Key, Arc<Prepared>)>>);

const KEPT: usize = 2;

impl Previews {
    fn get(&self, key: &Key) -> Option<Arc<Prepared>> {
        self.0.lock().ok()?.iter().find(|(k, _)| k == key).map(|(_, p)| p.clone())
    }
    fn put(&self, key: Key, prepared: Arc<Prepared>) {
        if let Ok(mut kept) = self.0.lock() {
            kept.retain(|(k, _)| k.1 != key.1);
            kept.insert(0, (key, prepared));
            kept.truncate(KEPT);
        }
    }
    /// Keeps what was made of a file on its way in.
    pub(super) fn keep(&self, ask: Ask<'_>, id: &str, version: u64, prepared: Prepared) {
        let key = (ask.office(), id.to_owned(), version, prepared.judged.feed, ask.moment.day);
        self.put(key, Arc::new(prepared));
    }
    /// Forgets a file's preview.
    pub(super) fn forget(&self, id: &str) {
        if let Ok(mut kept) = self.0.lock() {
            kept.retain(|(k, _)| k.1 != id);
        }
    }
}

/// A kept file's preview against the register of now.
pub async fn prepare_upload(desk: &Desk, ask: Ask<'_>, id: &str) -> Result<(lantu_store::Upload, Settings, Arc<Prepared>)> {
    let upload = super::find_upload(desk, ask, id).await?;
    let settings = super::settings_of(&upload);
    let feed = desk.store.feed(ask.office()).await?;
    let key = (ask.office(), id.to_owned(), upload.version, feed, ask.moment.day);
    if let Some(p) = desk.previews.get(&key) {
        return Ok((upload, settings, p));
    }
    let gone = || AppError::refuse(Problem::block("import_file_gone").at("file"));
    let bytes = desk.store.upload_bytes(ask.office(), id).await?.ok_or_else(gone)?;
    let prepared = Arc::new(prepare(desk, ask, &upload.name, bytes, &settings).await?);
    desk.previews.put(key, prepared.clone());
    Ok((upload, settings, prepared))
}

/// Reads, matches and judges a file.
pub async fn prepare(desk: &Desk, ask: Ask<'_>, name: &str, bytes: Vec<u8>, settings: &Settings) -> Result<Prepared> {
    let books = desk.books(ask.office()).await?;
    let kept = kept_mappings(desk, ask.office()).await?;
    let today = ask.moment.day;
    let reading = blocking({
        let (books, settings, name) = (books.clone(), settings.clone(), name.to_owned());
        move || read_file(&name, &bytes, &books, &settings, &kept, today)
    })
    .await??;
    let feed = desk.store.feed(ask.office()).await?;
    let scope = Scope::whole(ask.office());
    let keys = desk.store.match_keys(&scope).await?;
    let (reading, keys, found) = blocking({
        let books = books.clone();
        move || {
            let found = matches(&reading, &books, &keys);
            (reading, keys, found)
        }
    })
    .await?;
    let known = known(desk, ask.office(), keys, &found, feed).await?;
    blocking(move || {
        let judged = judge(&reading, &books, &known, &found, today, &|row| ProjectId::new(Uuid::from_u128(row as u128 + 1)));
        Prepared { reading, judged }
    })
    .await
}

fn read_file(name: &str, bytes: &[u8], books: &Books, settings: &Settings, kept: &[KeptMapping], today: Date) -> Result<Reading> {
    let workbook = read_workbook(name, bytes, Limits::default()).map_err(|r| AppError::refuse(r.problem().at("file")))?;
    read(workbook, books, settings, kept, today).ok_or_else(|| AppError::refuse(Problem::block("no_table").at("file")))
}

async fn known(desk: &Desk, office: OfficeId, keys: Vec<lantu_store::MatchKey>, found: &[Found], feed: u64) -> Result<Known> {
    let ids: Vec<ProjectId> = found
        .iter()
        .filter_map(|f| match f.matched {
            Match::ByCode(id) | Match::ByName(id) => Some(id),
            _ => None,
        })
        .collect();
    let projects = desk.store.projects_by_ids(&Scope::whole(office), &ids, None).await?.into_iter().map(|p| (p.doc.id, p)).collect();
    Ok(Known { keys, projects, register: read_register(desk, office).await?, feed })
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    // A reader that panics is a defect of ours; the asker still gets an answer, and nothing was written.
    tokio::task::spawn_blocking(work).await.map_err(|_| AppError::refuse(Problem::block("file_corrupt").at("file")))
}

/// A mapping as kept: its own text, because confidence is a fraction and journals hold integers only.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct MappingDoc {
    pub text: String,
}

async fn kept_mappings(desk: &Desk, office: OfficeId) -> Result<Vec<KeptMapping>> {
    let docs = desk.store.docs::<MappingDoc>(office, StreamKind::Mapping).await?;
    Ok(docs.into_iter().filter_map(|(_, d)| serde_json::from_str(&d.doc.text).ok()).collect())
}

/// A short key for a fingerprint, which is as long as its headings.
pub(super) fn fingerprint_id(fingerprint: &str) -> String {
    use sha2::Digest;
    sha2::Sha256::digest(fingerprint.as_bytes()).iter().take(16).map(|b| format!("{b:02x}")).collect()
}
