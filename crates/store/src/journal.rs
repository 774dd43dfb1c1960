//! The journal: a chain of entries per stream, and how to read it.
use crate::{
    canonical,
    delta::{self, Doc},
    error::StoreError,
    open::Store,
    rows::{Page, decode_cursor, encode_cursor},
    scope::{push_source, scope_predicate},
    sql::{IN_CHUNK, Rec, Sql, Val, int},
    stream::{StreamId, StreamKind},
};
use jiff::{Timestamp, civil::Date};
use lantu_model::{Scope, UserId};
use serde_json::Value;

/// Every so many entries one carries the whole document, so that an old version is never many deltas away.
pub(crate) const WHOLE_EVERY: u64 = 32;

/// What the first entry of a chain hangs on.
pub(crate) const GENESIS: &str = "";

pub(crate) const COLUMNS: &str =
    "office, kind, id, seq, feed, day, at, actor_user, actor, act, on_day, basis, delta, whole, row_digest, tx_act, prev, hash";

/// One entry as it is kept; all texts are exactly what was hashed.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) office: String,
    pub(crate) kind: String,
    pub(crate) id: String,
    pub(crate) seq: u64,
    pub(crate) feed: u64,
    pub(crate) day: String,
    /// Microseconds since 1970.
    pub(crate) at: i64,
    pub(crate) actor_user: Option<String>,
    pub(crate) actor: String,
    pub(crate) act: String,
    pub(crate) on: Option<String>,
    pub(crate) basis: Option<String>,
    /// Canonical; `{}` in the first entry, whose `whole` says it all.
    pub(crate) delta: String,
    pub(crate) whole: Option<String>,
    /// SHA-256 of the derived row's canonical text, so that a changed row is noticed.
    pub(crate) row_digest: Option<String>,
    pub(crate) tx_act: String,
    pub(crate) prev: String,
    pub(crate) hash: String,
}

impl Entry {
    /// The hash over everything but itself: canonical JSON of all fields with their keys sorted.
    pub(crate) fn digest(&self) -> String {
        let mut out = String::with_capacity(self.delta.len() + 600);
        out.push('{');
        text(&mut out, "act", Some(&self.act));
        text(&mut out, "actor", Some(&self.actor));
        text(&mut out, "actor_user", self.actor_user.as_deref());
        raw(&mut out, "at", &self.at.to_string());
        text(&mut out, "basis", self.basis.as_deref());
        text(&mut out, "day", Some(&self.day));
        raw(&mut out, "delta", &self.delta);
        raw(&mut out, "feed", &self.feed.to_string());
        text(&mut out, "id", Some(&self.id));
        text(&mut out, "kind", Some(&self.kind));
        text(&mut out, "office", Some(&self.office));
        text(&mut out, "on", self.on.as_deref());
        text(&mut out, "prev", Some(&self.prev));
        text(&mut out, "row", self.row_digest.as_deref());
        raw(&mut out, "seq", &self.seq.to_string());
        text(&mut out, "tx_act", Some(&self.tx_act));
        raw(&mut out, "whole", self.whole.as_deref().unwrap_or("null"));
        out.push('}');
        canonical::sha256_hex(out.as_bytes())
    }

    pub(crate) fn into_vals(self) -> Vec<Val> {
        vec![
            self.office.into(),
            self.kind.into(),
            self.id.into(),
            self.seq.into(),
            self.feed.into(),
            self.day.into(),
            self.at.into(),
            self.actor_user.into(),
            self.actor.into(),
            self.act.into(),
            self.on.into(),
            self.basis.into(),
            self.delta.into(),
            self.whole.into(),
            self.row_digest.into(),
            self.tx_act.into(),
            self.prev.into(),
            self.hash.into(),
        ]
    }

    pub(crate) fn read(r: &Rec) -> Result<Self, StoreError> {
        Ok(Self {
            office: r.text(0)?,
            kind: r.text(1)?,
            id: r.text(2)?,
            seq: r.count(3)?,
            feed: r.count(4)?,
            day: r.text(5)?,
            at: r.int(6)?,
            actor_user: r.opt_text(7)?,
            actor: r.text(8)?,
            act: r.text(9)?,
            on: r.opt_text(10)?,
            basis: r.opt_text(11)?,
            delta: r.text(12)?,
            whole: r.opt_text(13)?,
            row_digest: r.opt_text(14)?,
            tx_act: r.text(15)?,
            prev: r.text(16)?,
            hash: r.text(17)?,
        })
    }

    /// The delta in full: the first entry's is everything it brought.
    pub(crate) fn full_delta(&self) -> Result<Doc, StoreError> {
        match (&self.whole, self.seq) {
            (Some(whole), 1) => Ok(delta::diff(&Doc::new(), &delta::parse(whole)?)),
            _ => delta::parse(&self.delta),
        }
    }
}

fn text(out: &mut String, key: &str, value: Option<&str>) {
    start(out, key);
    match value {
        Some(v) => canonical::write_string(v, out),
        None => out.push_str("null"),
    }
}

fn raw(out: &mut String, key: &str, value: &str) {
    start(out, key);
    out.push_str(value);
}

fn start(out: &mut String, key: &str) {
    if out.len() > 1 {
        out.push(',');
    }
    out.push('"');
    out.push_str(key);
    out.push_str("\":");
}

/// Which entries to list, newest first.
#[derive(Clone, Debug, Default)]
pub struct JournalAsk {
    /// One stream, or everything that the scope shows.
    pub stream: Option<StreamId>,
    /// After this feed number.
    pub since: Option<u64>,
    /// Before this feed number.
    pub before: Option<u64>,
    /// Where the last page ended ([`Page::next`]).
    pub after: Option<String>,
    /// Entries a page; at least 1.
    pub limit: u32,
}

/// An entry as people read it.
#[derive(Clone, Debug, PartialEq)]
pub struct JournalEntry {
    pub feed: u64,
    pub stream: StreamId,
    pub seq: u64,
    /// The office's day on which it was recorded.
    pub day: Date,
    pub at: Timestamp,
    pub actor_user: Option<UserId>,
    pub actor: String,
    /// The verb of the change (`move_stage`).
    pub act: String,
    /// The day it happened or takes effect.
    pub on: Option<Date>,
    pub basis: Option<String>,
    /// `{field: [before, after]}`, of a large field `{field: {part: …}}` down to the pairs; empty where only the derived row was computed anew.
    pub delta: Value,
    /// What the user did (`import_list`).
    pub tx_act: String,
}

impl JournalEntry {
    fn read(entry: Entry) -> Result<Self, StoreError> {
        let bad = |what: &str| StoreError::Damaged(format!("journal {what} of {}/{} {}", entry.kind, entry.id, entry.seq));
        Ok(Self {
            feed: entry.feed,
            stream: StreamId { kind: entry.kind.parse().map_err(|_| bad("kind"))?, id: entry.id.clone() },
            seq: entry.seq,
            day: entry.day.parse().map_err(|_| bad("day"))?,
            at: Timestamp::from_microsecond(entry.at).map_err(|_| bad("instant"))?,
            actor_user: entry.actor_user.as_deref().map(|u| u.parse().map_err(|_| bad("user"))).transpose()?,
            on: entry.on.as_deref().map(|d| d.parse().map_err(|_| bad("effective day"))).transpose()?,
            delta: Value::Object(entry.full_delta()?),
            actor: entry.actor,
            act: entry.act,
            basis: entry.basis,
            tx_act: entry.tx_act,
        })
    }
}

/// A transaction with the documents before it, for undoing.
#[derive(Clone, Debug)]
pub struct TransactionView {
    pub feed: u64,
    pub act: String,
    pub day: Date,
    pub at: Timestamp,
    pub actor_user: Option<UserId>,
    pub actor: String,
    pub undoes: Option<u64>,
    pub touched: Vec<Touched>,
    /// Streams that it touched and the scope does not show: whoever undoes must see all of it.
    pub hidden: u64,
}

#[derive(Clone, Debug)]
pub struct Touched {
    pub stream: StreamId,
    /// The version that the transaction made.
    pub seq: u64,
    /// The version now; larger when it was changed since.
    pub seq_now: u64,
    /// `None` when the transaction created it.
    pub before: Option<Value>,
    pub after: Value,
}

impl Store {
    /// Entries, newest first. Entries of projects are those of projects that the scope shows now; entries of all other
    /// streams (people, users, organisations) are for a whole scope only.
    pub async fn journal(&self, scope: &Scope, ask: &JournalAsk) -> Result<Page<JournalEntry>, StoreError> {
        let mut sql = self.sql("SELECT ");
        sql.push(COLUMNS).push(" FROM journal j WHERE j.office = ").bind(scope.office.to_string());
        if let Some(stream) = &ask.stream {
            sql.push(" AND j.kind = ").bind(stream.kind.key()).push(" AND j.id = ").bind(stream.id.as_str());
        }
        if let Some(since) = ask.since {
            sql.push(" AND j.feed > ").bind(since);
        }
        if let Some(before) = ask.before {
            sql.push(" AND j.feed < ").bind(before);
        }
        if let Some(after) = &ask.after {
            let [feed, kind, id] = decode_cursor::<3>(after, "journal")?;
            let feed: i64 = feed.parse().map_err(|_| StoreError::BadCursor(after.clone()))?;
            sql.push(" AND (j.feed < ").bind(feed).push(" OR (j.feed = ").bind(feed).push(" AND (j.kind, j.id) > (");
            sql.bind(kind).push(",").bind(id).push(")))");
        }
        self.push_visible(&mut sql, scope);
        let limit = u64::from(ask.limit.max(1));
        sql.push(" ORDER BY j.feed DESC, j.kind, j.id LIMIT ").bind(limit + 1);
        let mut entries = self.all(sql).await?.iter().map(Entry::read).collect::<Result<Vec<_>, _>>()?;
        let more = entries.len() as u64 > limit;
        entries.truncate(ask.limit.max(1) as usize);
        let next = entries.last().filter(|_| more).map(|e| encode_cursor("journal", &[&e.feed.to_string(), &e.kind, &e.id]));
        Ok(Page { rows: entries.into_iter().map(JournalEntry::read).collect::<Result<_, _>>()?, next })
    }

    fn push_visible(&self, sql: &mut Sql, scope: &Scope) {
        if !scope.is_whole() {
            sql.push(" AND j.kind = 'project' AND EXISTS (SELECT 1 FROM ");
            push_source(sql, scope, None);
            sql.push(" WHERE p.id = j.id AND ");
            scope_predicate(sql, scope, None);
            sql.push(")");
        }
    }

    /// A transaction and what it changed; `None` when there is none of that number or the scope shows nothing of it.
    pub async fn transaction(&self, scope: &Scope, feed: u64) -> Result<Option<TransactionView>, StoreError> {
        let office = scope.office.to_string();
        let head = self.sql("SELECT act, day, at, actor_user, actor, undoes, entries FROM tx WHERE office = ").with("", office.as_str());
        let Some(head) = self.first(head.with(" AND feed = ", feed)).await? else { return Ok(None) };
        let mut sql = self.sql("SELECT ");
        sql.push(COLUMNS).push(" FROM journal j WHERE j.office = ").bind(office.as_str()).push(" AND j.feed = ").bind(feed);
        self.push_visible(&mut sql, scope);
        sql.push(" ORDER BY j.kind, j.id");
        let entries = self.all(sql).await?.iter().map(Entry::read).collect::<Result<Vec<_>, _>>()?;
        let total = head.count(6)?;
        if entries.is_empty() && total > 0 {
            return Ok(None);
        }
        let hidden = total.saturating_sub(entries.len() as u64);
        let mut touched = Vec::with_capacity(entries.len());
        for kind in StreamKind::ALL {
            let of_kind: Vec<&Entry> = entries.iter().filter(|e| e.kind == kind.key()).collect();
            for chunk in of_kind.chunks(IN_CHUNK) {
                touched.extend(self.touched(scope, kind, chunk, feed).await?);
            }
        }
        Ok(Some(TransactionView {
            feed,
            act: head.text(0)?,
            day: head.parsed(1)?,
            at: instant(head.int(2)?)?,
            actor_user: head.opt_parsed(3)?,
            actor: head.text(4)?,
            undoes: head.opt_int(5)?.and_then(|u| u64::try_from(u).ok()),
            touched,
            hidden,
        }))
    }

    async fn touched(&self, scope: &Scope, kind: StreamKind, entries: &[&Entry], feed: u64) -> Result<Vec<Touched>, StoreError> {
        let ids: Vec<String> = entries.iter().map(|e| e.id.clone()).collect();
        let office = scope.office.to_string();
        let mut sql = self.sql("SELECT id, seq FROM state WHERE office = ");
        sql.bind(office.as_str()).push(" AND kind = ").bind(kind.key()).push(" AND ").push_in("id", ids.clone());
        let mut now = std::collections::HashMap::new();
        for r in self.all(sql).await? {
            now.insert(r.text(0)?, r.count(1)?);
        }
        let mut befores = self.docs_then(&office, kind, &ids, feed.saturating_sub(1)).await?;
        entries
            .iter()
            .map(|e| {
                let before = befores.remove(&e.id).map(|d| d.doc);
                let mut after = before.clone().unwrap_or_default();
                delta::fold(&mut after, e.full_delta()?)?;
                Ok(Touched {
                    stream: StreamId { kind, id: e.id.clone() },
                    seq: e.seq,
                    seq_now: now.get(&e.id).copied().unwrap_or(e.seq),
                    before: before.map(Value::Object),
                    after: Value::Object(after),
                })
            })
            .collect()
    }
}

pub(crate) fn instant(micros: i64) -> Result<Timestamp, StoreError> {
    Timestamp::from_microsecond(micros).map_err(|_| StoreError::Damaged(format!("instant {micros}")))
}

/// The whole documents nearest below a feed number and the deltas after them, in order of seq, for some streams.
pub(crate) fn versions_sql(store: &Store, office: &str, kind: StreamKind, ids: &[String], feed: u64) -> Sql {
    let mut sql = store.sql("SELECT j.id, j.seq, j.feed, j.delta, j.whole FROM journal j WHERE j.office = ");
    sql.bind(office).push(" AND j.kind = ").bind(kind.key()).push(" AND ").push_in("j.id", ids.iter().map(String::as_str));
    sql.push(" AND j.feed <= ").bind(int(feed));
    sql.push(" AND j.seq >= (SELECT MAX(w.seq) FROM journal w WHERE w.office = j.office AND w.kind = j.kind AND w.id = j.id");
    sql.push(" AND w.feed <= ").bind(int(feed)).push(" AND w.whole IS NOT NULL) ORDER BY j.id, j.seq");
    sql
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry() -> Entry {
        Entry {
            office: "o".into(),
            kind: "project".into(),
            id: "p".into(),
            seq: 2,
            feed: 7,
            day: "2026-08-01".into(),
            at: 1,
            actor_user: None,
            actor: "system".into(),
            act: "edit".into(),
            on: None,
            basis: Some("\"文\"".into()),
            delta: r#"{"a":[1,2]}"#.into(),
            whole: None,
            row_digest: Some("r".into()),
            tx_act: "bulk_edit".into(),
            prev: "p0".into(),
            hash: String::new(),
        }
    }

    #[test]
    fn the_hashed_bytes_are_canonical_json_of_every_field() {
        let json = serde_json::json!({"act": "edit", "actor": "system", "actor_user": null, "at": 1, "basis": "\"文\"", "day": "2026-08-01",
            "delta": {"a": [1, 2]}, "feed": 7, "id": "p", "kind": "project", "office": "o", "on": null, "prev": "p0", "row": "r", "seq": 2,
            "tx_act": "bulk_edit", "whole": null});
        assert_eq!(entry().digest(), canonical::sha256_hex(canonical::text(&json).unwrap().as_bytes()));
    }

    #[test]
    fn every_field_moves_the_hash() {
        let base = entry().digest();
        let changes: [fn(&mut Entry); 17] = [
            |e| e.office.push('x'),
            |e| e.kind.push('x'),
            |e| e.id.push('x'),
            |e| e.seq += 1,
            |e| e.feed += 1,
            |e| e.day.push('x'),
            |e| e.at += 1,
            |e| e.actor_user = Some("x".into()),
            |e| e.actor.push('x'),
            |e| e.act.push('x'),
            |e| e.on = Some("x".into()),
            |e| e.basis = None,
            |e| e.delta = "{}".into(),
            |e| e.whole = Some("{}".into()),
            |e| e.row_digest = None,
            |e| e.tx_act.push('x'),
            |e| e.prev.push('x'),
        ];
        for (i, change) in changes.iter().enumerate() {
            let mut e = entry();
            change(&mut e);
            assert_ne!(e.digest(), base, "change {i}");
        }
    }
}
