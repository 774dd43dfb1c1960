//! Bytes of evidence: kept once by their hash, in a folder or in an S3-compatible bucket.
//!
//! Bytes first, the row that names them second: a crash between the two leaves bytes that nobody names, which are counted
//! and swept later; never a row without its bytes.
use crate::{error::StoreError, open::Store};
use futures_util::{Stream, StreamExt, TryStreamExt};
use jiff::Timestamp;
use lantu_model::OfficeId;
use object_store::{
    Error, ObjectMeta, ObjectStore, ObjectStoreExt, PutPayload, local::LocalFileSystem, memory::InMemory, path::Path as Key,
};
use sha2::{Digest, Sha256};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    pin::Pin,
    sync::Arc,
};

/// Bytes as they come from the shelf.
pub type Chunks = Pin<Box<dyn Stream<Item = Result<bytes::Bytes, std::io::Error>> + Send>>;

/// Where evidence is kept. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Shelf {
    objects: Arc<dyn ObjectStore>,
    prefix: Key,
}

/// A file on the shelf.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shelved {
    pub size: u64,
    pub at: Timestamp,
}

/// The hash under which bytes are kept.
pub fn hash_of(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

impl Shelf {
    /// Kept in memory and gone with the process: for tests.
    pub fn memory() -> Self {
        Self { objects: Arc::new(InMemory::new()), prefix: Key::default() }
    }

    /// `folder:PATH` or `s3://BUCKET/PREFIX`; a folder that is not there is made.
    pub fn open(url: &str) -> Result<Self, StoreError> {
        if let Some(folder) = url.strip_prefix("folder:") {
            std::fs::create_dir_all(folder).map_err(|e| StoreError::Shelf(format!("{folder}: {e}")))?;
            return Self::existing(Path::new(folder));
        }
        match url.strip_prefix("s3://") {
            Some(rest) if !rest.is_empty() => bucket(rest),
            _ => Err(StoreError::ShelfUrl(url.to_owned())),
        }
    }

    /// As [`open`](Self::open), where a folder that is not there holds nothing and is not made.
    pub fn look(url: &str) -> Result<Self, StoreError> {
        match url.strip_prefix("folder:") {
            Some(folder) if !Path::new(folder).exists() => Ok(Self::memory()),
            _ => Self::open(url),
        }
    }

    fn existing(folder: &Path) -> Result<Self, StoreError> {
        // A write is acknowledged when the bytes are on the disk, not when the system has taken them.
        let objects = LocalFileSystem::new_with_prefix(folder).map_err(failed)?.with_fsync(true);
        Ok(Self { objects: Arc::new(objects), prefix: Key::default() })
    }

    /// Spread over folders by the hash's beginning: a folder of a hundred thousand files is slow to list.
    fn key(&self, hash: &str) -> Result<Key, StoreError> {
        if hash.len() != 64 || !hash.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(StoreError::Invalid(format!("no hash: {hash}")));
        }
        let (first, rest) = hash.split_at(2);
        Ok(self.prefix.clone().join(first).join(rest))
    }

    /// Keeps bytes and says under which hash; what is there already is not written again.
    pub async fn put(&self, bytes: bytes::Bytes) -> Result<String, StoreError> {
        let hash = hash_of(&bytes);
        let key = self.key(&hash)?;
        let there = self.objects.head(&key).await;
        if !matches!(there, Ok(ObjectMeta { size, .. }) if size == bytes.len() as u64) {
            self.objects.put(&key, PutPayload::from_bytes(bytes)).await.map_err(failed)?;
        }
        Ok(hash)
    }

    /// Size and bytes in pieces; `None` when they are not there.
    pub async fn get(&self, hash: &str) -> Result<Option<(u64, Chunks)>, StoreError> {
        match self.objects.get(&self.key(hash)?).await {
            Ok(found) => Ok(Some((found.meta.size, Box::pin(found.into_stream().map_err(std::io::Error::other))))),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(e) => Err(failed(e)),
        }
    }

    /// All bytes at once, checked against their hash.
    pub async fn bytes(&self, hash: &str) -> Result<Option<bytes::Bytes>, StoreError> {
        let found = match self.objects.get(&self.key(hash)?).await {
            Ok(found) => found.bytes().await.map_err(failed)?,
            Err(Error::NotFound { .. }) => return Ok(None),
            Err(e) => return Err(failed(e)),
        };
        if hash_of(&found) == hash { Ok(Some(found)) } else { Err(StoreError::Damaged(format!("evidence {hash} has other bytes"))) }
    }

    /// Everything that is kept, by hash.
    pub async fn list(&self) -> Result<BTreeMap<String, Shelved>, StoreError> {
        let mut found = BTreeMap::new();
        let prefix = Some(&self.prefix).filter(|p| p.parts().count() > 0);
        let mut objects = self.objects.list(prefix);
        while let Some(object) = objects.next().await {
            let ObjectMeta { location, size, last_modified, .. } = object.map_err(failed)?;
            let parts: Vec<_> = location.parts().map(|p| p.as_ref().to_owned()).collect();
            let [.., first, rest] = parts.as_slice() else { continue };
            let at = Timestamp::from_second(last_modified.timestamp()).unwrap_or_default();
            found.insert(format!("{first}{rest}"), Shelved { size, at });
        }
        Ok(found)
    }

    pub async fn delete(&self, hash: &str) -> Result<(), StoreError> {
        match self.objects.delete(&self.key(hash)?).await {
            Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
            Err(e) => Err(failed(e)),
        }
    }
}

/// Keys and endpoint come from the environment (`AWS_ACCESS_KEY_ID`, `AWS_ENDPOINT`, …), never from the address.
#[cfg(feature = "s3")]
fn bucket(rest: &str) -> Result<Shelf, StoreError> {
    use object_store::aws::AmazonS3Builder;
    let (name, prefix) = rest.split_once('/').unwrap_or((rest, ""));
    let _ = rustls::crypto::ring::default_provider().install_default();
    let objects = AmazonS3Builder::from_env().with_bucket_name(name).build().map_err(failed)?;
    Ok(Shelf { objects: Arc::new(objects), prefix: Key::parse(prefix).map_err(|e| StoreError::ShelfUrl(e.to_string()))? })
}

#[cfg(not(feature = "s3"))]
fn bucket(_: &str) -> Result<Shelf, StoreError> {
    Err(StoreError::NoBuckets)
}

fn failed(error: Error) -> StoreError {
    StoreError::Shelf(error.to_string())
}

/// How a project's versions name their bytes, in the canonical text of the journal.
const NAMED: &str = "\"hash\":\"";

impl Store {
    /// Every hash that any version of any project of an office names: these bytes stay.
    pub async fn evidence_named(&self, office: OfficeId) -> Result<BTreeSet<String>, StoreError> {
        let sql = self.sql("SELECT delta, whole FROM journal WHERE office = ").with("", office.to_string());
        let sql = sql.and(" AND kind = 'project' AND (delta LIKE '%\"hash\":\"%' OR whole LIKE '%\"hash\":\"%')");
        let mut named = BTreeSet::new();
        for r in self.all(sql).await? {
            for text in [Some(r.text(0)?), r.opt_text(1)?].into_iter().flatten() {
                let hashes = text.split(NAMED).skip(1).filter_map(|rest| rest.get(..64));
                named.extend(hashes.filter(|h| h.bytes().all(|b| b.is_ascii_hexdigit())).map(str::to_owned));
            }
        }
        Ok(named)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> std::path::PathBuf {
        let folder = std::env::temp_dir().join(format!("lantu-shelf-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        folder
    }

    #[tokio::test]
    async fn the_same_bytes_are_kept_once_and_come_back() {
        let folder = folder("once");
        let url = format!("folder:{}", folder.display());
        assert!(Shelf::look(&url).unwrap().list().await.unwrap().is_empty());
        assert!(!folder.exists(), "looking makes nothing");
        let shelf = Shelf::open(&url).unwrap();
        let hash = shelf.put("桩基记录".into()).await.unwrap();
        assert_eq!(shelf.put("桩基记录".into()).await.unwrap(), hash);
        assert_eq!(shelf.list().await.unwrap().keys().collect::<Vec<_>>(), [&hash]);
        assert_eq!(shelf.bytes(&hash).await.unwrap().unwrap(), "桩基记录");
        assert_eq!(shelf.get(&hash).await.unwrap().unwrap().0, 12);
        shelf.delete(&hash).await.unwrap();
        shelf.delete(&hash).await.unwrap();
        assert!(shelf.get(&hash).await.unwrap().is_none());
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[tokio::test]
    async fn bytes_changed_behind_our_back_are_not_given_out_as_evidence() {
        let folder = folder("changed");
        let shelf = Shelf::open(&format!("folder:{}", folder.display())).unwrap();
        let hash = shelf.put("合同".into()).await.unwrap();
        std::fs::write(folder.join(&hash[..2]).join(&hash[2..]), "另一份").unwrap();
        assert!(matches!(shelf.bytes(&hash).await, Err(StoreError::Damaged(_))));
        // The right bytes mend it.
        shelf.put("合同".into()).await.unwrap();
        assert_eq!(shelf.bytes(&hash).await.unwrap().unwrap(), "合同");
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[tokio::test]
    async fn an_address_or_hash_that_is_none_is_refused() {
        for url in ["", "ftp://x", "s3://"] {
            assert!(matches!(Shelf::open(url), Err(StoreError::ShelfUrl(_))), "{url}");
        }
        for hash in ["", "../../etc/passwd", &"g".repeat(64)] {
            assert!(matches!(Shelf::memory().get(hash).await, Err(StoreError::Invalid(_))));
        }
    }
}
