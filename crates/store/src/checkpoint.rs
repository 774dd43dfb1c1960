//! Checkpoints: one root over the heads of all streams, so that a removed stream is noticed too.
//!
//! The root is SHA-256 over lines: `lantu checkpoint 1`, then `office feed previous-root`, then `kind/id seq hash` of
//! each stream's last entry, in order of kind and id by bytes. Each line ends with a line feed.
use crate::{
    canonical,
    error::StoreError,
    journal::{GENESIS, instant},
    open::Store,
    sql::{RETRIES, Tx, Val, insert_many, pause},
    stream::Moment,
};
use jiff::{Timestamp, civil::Date};
use lantu_model::OfficeId;
use sha2::{Digest, Sha256};

/// Streams read at a time.
const PAGE: i64 = 5_000;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    pub feed: u64,
    pub day: Date,
    pub at: Timestamp,
    pub streams: u64,
    /// The root before it; empty for the first.
    pub prev: String,
    /// Hex.
    pub root: String,
}

/// The root under construction.
pub(crate) struct Root {
    hash: Sha256,
    streams: u64,
}

impl Root {
    pub(crate) fn new(office: &str, feed: u64, prev: &str) -> Self {
        let mut hash = Sha256::new();
        hash.update(format!("lantu checkpoint 1\n{office} {feed} {prev}\n"));
        Self { hash, streams: 0 }
    }
    pub(crate) fn add(&mut self, kind: &str, id: &str, seq: u64, head: &str) {
        self.streams += 1;
        self.hash.update(format!("{kind}/{id} {seq} {head}\n"));
    }
    pub(crate) fn finish(self) -> (u64, String) {
        (self.streams, canonical::hex(&self.hash.finalize()))
    }
}

impl Store {
    /// Takes a checkpoint and gives its root; the last one again when nothing was recorded since.
    pub async fn checkpoint(&self, office: OfficeId, moment: Moment) -> Result<String, StoreError> {
        let mut attempt = 0;
        loop {
            match self.try_checkpoint(&office.to_string(), moment).await {
                Err(e) if e.is_transient() && attempt < RETRIES => {
                    attempt += 1;
                    pause(attempt).await;
                }
                done => return done,
            }
        }
    }

    async fn try_checkpoint(&self, office: &str, moment: Moment) -> Result<String, StoreError> {
        let mut tx = self.begin().await?;
        // Writers take the counter's row before they write, so holding it keeps the heads still.
        let still = self.sql("UPDATE office_feed SET feed = feed WHERE office = ").with("", office).and(" RETURNING feed");
        let feed = tx.first(still).await?.map_or(Ok(0), |r| r.count(0))?;
        let last = self.last_of(&mut tx, office).await?;
        if let Some(last) = &last
            && last.feed == feed
        {
            return Ok(last.root.clone());
        }
        let prev = last.map_or_else(|| GENESIS.to_owned(), |l| l.root);
        let mut root = Root::new(office, feed, &prev);
        let mut after = (String::new(), String::new());
        loop {
            let sql = self.sql("SELECT kind, id, seq, head FROM state WHERE office = ").with("", office);
            let sql = sql.with(" AND (kind, id) > (", after.0.as_str()).with(",", after.1.as_str());
            let page = tx.all(sql.with(") ORDER BY kind, id LIMIT ", PAGE)).await?;
            for r in &page {
                after = (r.text(0)?, r.text(1)?);
                root.add(&after.0, &after.1, r.count(2)?, &r.text(3)?);
            }
            if (page.len() as i64) < PAGE {
                break;
            }
        }
        let (streams, root) = root.finish();
        let (day, at) = (moment.day.to_string(), moment.at.as_microsecond());
        let row: Vec<Val> = vec![office.into(), feed.into(), day.into(), at.into(), streams.into(), prev.into(), root.as_str().into()];
        insert_many(&mut tx, self.dialect(), "checkpoint", "office, feed, day, at, streams, prev, root", vec![row], "").await?;
        tx.commit().await?;
        Ok(root)
    }

    /// The office's last checkpoint.
    pub async fn last_checkpoint(&self, office: OfficeId) -> Result<Option<Checkpoint>, StoreError> {
        let mut tx = self.snapshot().await?;
        let last = self.last_of(&mut tx, &office.to_string()).await?;
        tx.rollback().await?;
        Ok(last)
    }

    pub(crate) async fn last_of(&self, tx: &mut Tx, office: &str) -> Result<Option<Checkpoint>, StoreError> {
        let sql = self.sql("SELECT feed, day, at, streams, prev, root FROM checkpoint WHERE office = ").with("", office);
        let Some(r) = tx.first(sql.and(" ORDER BY feed DESC LIMIT 1")).await? else { return Ok(None) };
        Ok(Some(Checkpoint {
            feed: r.count(0)?,
            day: r.parsed(1)?,
            at: instant(r.int(2)?)?,
            streams: r.count(3)?,
            prev: r.text(4)?,
            root: r.text(5)?,
        }))
    }
}
