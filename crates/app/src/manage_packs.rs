//! 规则包: kept by content hash; the hash in force in the database wins over the files in the program.
use crate::{
    AppError,
    desk::{Ask, Desk, Office},
    error::Result,
    permission::Right,
    unit::Unit,
};
use lantu_model::Change;
use lantu_pack::Pack;
use lantu_store::{Store, StreamId, StreamKind, Write};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A pack's files as put in force, under their hash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct KeptPack {
    name: String,
    files: BTreeMap<String, String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct PackLine {
    pub name: String,
    pub title_zh: String,
    pub title_en: String,
    pub version: String,
    pub hash: String,
    pub in_force: bool,
    /// The program brings another version of the pack in force.
    pub differs: bool,
}

pub async fn list_packs(desk: &Desk, ask: Ask<'_>) -> Result<Vec<PackLine>> {
    let books = desk.books(ask.office()).await?;
    let mut lines = vec![line(&books.pack, true, false)];
    for name in lantu_pack::embedded_names() {
        let Some(pack) = lantu_pack::embedded(name).and_then(|f| Pack::load(&f).ok()) else { continue };
        if pack.hash() != books.pack.hash() {
            lines.push(line(&pack, false, pack.name == books.pack.name));
        }
    }
    Ok(lines)
}

fn line(pack: &Pack, in_force: bool, differs: bool) -> PackLine {
    PackLine {
        name: pack.name.clone(),
        title_zh: pack.title.zh.clone(),
        title_en: pack.title.en.clone(),
        version: pack.version.clone(),
        hash: pack.hash().to_owned(),
        in_force,
        differs,
    }
}

/// Puts the program's version of the office's own pack in force. The place must still be in it.
pub async fn put_in_force(desk: &Desk, ask: Ask<'_>, name: &str) -> Result<u64> {
    ask.require(Right::ManagePacks)?;
    let files = lantu_pack::embedded(name).ok_or(AppError::NotFound)?;
    let pack = Pack::load(&files).map_err(|p| AppError::Unreadable { stream: name.to_owned(), reason: format!("{} problems", p.len()) })?;
    let books = desk.books(ask.office()).await?;
    if pack.place(&books.office.place).is_none() {
        return Err(AppError::refuse(lantu_model::Problem::block("place_not_in_pack").at("place").with("found", &books.office.place)));
    }
    let mut unit = Unit::open(desk, ask).await?;
    let stored = unit.doc::<Office>(StreamKind::Office, &ask.office().to_string()).await?.ok_or(AppError::NotFound)?;
    if unit.doc::<KeptPack>(StreamKind::Pack, pack.hash()).await?.is_none() {
        unit.put_doc(StreamKind::Pack, pack.hash(), 0, &kept(name, &files), Change::new("keep_pack"))?;
    }
    let office = Office { pack: name.to_owned(), pack_hash: pack.hash().to_owned(), ..stored.doc };
    unit.put_doc(StreamKind::Office, &ask.office().to_string(), stored.seq, &office, Change::new("put_pack_in_force"))?;
    let feed = unit.commit("put_pack_in_force", None).await?.feed;
    desk.close_books(ask.office());
    Ok(feed)
}

/// Puts files that an office has edited in force in place of the version with the hash `over`: the pack is checked already.
pub(crate) async fn put_files_in_force(
    desk: &Desk,
    ask: Ask<'_>,
    over: &str,
    files: &BTreeMap<String, Vec<u8>>,
    pack: &Pack,
    change: Change,
) -> Result<u64> {
    let mut unit = Unit::open(desk, ask).await?;
    let id = ask.office().to_string();
    let stored = unit.doc::<Office>(StreamKind::Office, &id).await?.ok_or(AppError::NotFound)?;
    if stored.doc.pack_hash != over {
        return Err(AppError::Stale(vec![]));
    }
    if pack.place(&stored.doc.place).is_none() {
        return Err(AppError::refuse(lantu_model::Problem::block("place_not_in_pack").at("place").with("found", &stored.doc.place)));
    }
    if unit.doc::<KeptPack>(StreamKind::Pack, pack.hash()).await?.is_none() {
        unit.put_doc(StreamKind::Pack, pack.hash(), 0, &kept(&pack.name, files), Change::new("keep_pack"))?;
    }
    let office = Office { pack_hash: pack.hash().to_owned(), ..stored.doc };
    let act = change.act.clone();
    unit.put_doc(StreamKind::Office, &id, stored.seq, &office, change)?;
    let feed = unit.commit(&act, None).await?.feed;
    desk.close_books(ask.office());
    Ok(feed)
}

fn kept(name: &str, files: &BTreeMap<String, Vec<u8>>) -> KeptPack {
    KeptPack { name: name.to_owned(), files: files.iter().map(|(p, b)| (p.clone(), String::from_utf8_lossy(b).into_owned())).collect() }
}

pub(crate) fn pack_write(hash: &str, name: &str, files: &BTreeMap<String, Vec<u8>>) -> Result<Write> {
    let doc =
        serde_json::to_value(kept(name, files)).map_err(|e| AppError::Unreadable { stream: name.to_owned(), reason: e.to_string() })?;
    Ok(Write { stream: StreamId::new(StreamKind::Pack, hash), expected: 0, doc, change: Change::new("keep_pack"), row: None })
}

pub(crate) async fn pack_in_force(store: &Store, office: &Office) -> Result<Pack> {
    let files = files_in_force(store, office).await?;
    Pack::load(&files)
        .map_err(|p| AppError::Unreadable { stream: office.pack.clone(), reason: p.first().map(|p| p.en.clone()).unwrap_or_default() })
}

/// The files of the pack in force.
pub(crate) async fn files_in_force(store: &Store, office: &Office) -> Result<BTreeMap<String, Vec<u8>>> {
    let kept = files_of(store, office, &office.pack_hash).await?;
    kept.or_else(|| lantu_pack::embedded(&office.pack)).ok_or(AppError::NotFound)
}

/// The files of a version that was once in force.
pub(crate) async fn files_of(store: &Store, office: &Office, hash: &str) -> Result<Option<BTreeMap<String, Vec<u8>>>> {
    let kept = store.doc::<KeptPack>(office.id, &StreamId::new(StreamKind::Pack, hash), None).await?;
    Ok(kept.map(|k| k.doc.files.into_iter().map(|(path, text)| (path, text.into_bytes())).collect()))
}

/// A pack by the hash it was kept under.
pub(crate) async fn pack_by_hash(store: &Store, office: lantu_model::OfficeId, hash: &str) -> Result<Option<Pack>> {
    let stream = StreamId::new(StreamKind::Pack, hash);
    let kept = store.doc::<KeptPack>(office, &stream, None).await?;
    let files = kept.map(|k| k.doc.files.into_iter().map(|(path, text)| (path, text.into_bytes())).collect::<BTreeMap<_, _>>());
    Ok(files.and_then(|files| Pack::load(&files).ok()))
}
