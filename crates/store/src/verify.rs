//! Verification: everything kept is recomputed from the journal and compared.
//!
//! Chains first, then what follows from them: the state, every version of the derived row with its columns and side
//! tables, the transactions and days, and the last checkpoint. Reads one moment, a few hundred streams at a time.
use crate::{
    canonical,
    checkpoint::Root,
    commit::{side_lists, side_orgs},
    delta::{self, Doc},
    error::StoreError,
    journal::{self, Entry, GENESIS},
    open::Store,
    promote,
    scope::STILL,
    sql::{Rec, Sql, Tx, Val},
    stream::{StreamId, StreamKind},
};
use lantu_model::{OfficeId, ProjectRow};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Streams compared at a time.
const CHUNK: i64 = 200;

/// One thing that is not as the journal says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifyFinding {
    /// The office itself where no single stream is meant.
    pub stream: StreamId,
    pub seq: Option<u64>,
    /// Stable: `entry_hash`, `chain_broken`, `entry_missing`, `whole_differs`, `state_missing`, `state_differs`, `state_extra`,
    /// `row_differs`, `row_missing`, `row_extra`, `side_differs`, `forecast_differs`, `work_differs`, `feed_gap`, `transaction_differs`, `day_differs`,
    /// `checkpoint_differs`, `unreadable`.
    pub code: &'static str,
    /// For an administrator: column, feed number, what was found.
    pub detail: String,
}

/// A version of a project's row as the journal tells it.
struct Version {
    seq: u64,
    feed: u64,
    digest: Option<String>,
}

/// A kept version: columns and until when it held.
struct Kept {
    feed: u64,
    feed_to: i64,
    columns: Vec<Val>,
}

struct Check<'a> {
    store: &'a Store,
    office: String,
    office_stream: StreamId,
    tx: Tx,
    findings: Vec<VerifyFinding>,
}

impl Store {
    /// Compares everything kept of an office with its journal; empty when all is as it should be.
    pub async fn verify(&self, office: OfficeId) -> Result<Vec<VerifyFinding>, StoreError> {
        let tx = self.snapshot().await?;
        let mut check = Check { store: self, office: office.to_string(), office_stream: StreamId::office(office), tx, findings: vec![] };
        check.streams().await?;
        check.extras().await?;
        check.feed().await?;
        let Check { tx, findings, .. } = check;
        tx.rollback().await?;
        Ok(findings)
    }
}

impl Check<'_> {
    fn find(&mut self, stream: &StreamId, seq: Option<u64>, code: &'static str, detail: impl Into<String>) {
        self.findings.push(VerifyFinding { stream: stream.clone(), seq, code, detail: detail.into() });
    }

    fn find_office(&mut self, code: &'static str, detail: impl Into<String>) {
        let stream = self.office_stream.clone();
        self.find(&stream, None, code, detail);
    }

    /// `text`, then the office as a parameter.
    fn sql(&self, text: &str) -> Sql {
        self.store.sql(text).with("", self.office.as_str())
    }

    /// Walks every stream of the journal in order of kind and id, and with them the last checkpoint.
    async fn streams(&mut self) -> Result<(), StoreError> {
        let last = self.store.last_of(&mut self.tx, &self.office).await?;
        let mut root = last.as_ref().map(|c| Root::new(&self.office, c.feed, &c.prev));
        for r in self.tx.all(self.sql("SELECT DISTINCT kind FROM journal WHERE office = ").and(" ORDER BY kind")).await? {
            let kind = r.text(0)?;
            if StreamKind::parse(&kind).is_none() {
                self.find_office("unreadable", format!("journal of unknown kind {kind}"));
            }
            let mut after = String::new();
            loop {
                let sql = self.sql("SELECT DISTINCT id FROM journal WHERE office = ").with(" AND kind = ", kind.as_str());
                let sql = sql.with(" AND id > ", after.as_str()).with(" ORDER BY id LIMIT ", CHUNK);
                let ids = self.tx.all(sql).await?.iter().map(|r| r.text(0)).collect::<Result<Vec<_>, _>>()?;
                let Some(end) = ids.last() else { break };
                after.clone_from(end);
                self.chunk(&kind, &ids, last.as_ref().map_or(0, |c| c.feed), &mut root).await?;
            }
        }
        if let (Some(root), Some(last)) = (root, last) {
            let (streams, found) = root.finish();
            if found != last.root {
                let detail = format!("checkpoint at feed {}: {} streams then, {streams} of that time now", last.feed, last.streams);
                self.find_office("checkpoint_differs", detail);
            }
        }
        Ok(())
    }

    async fn chunk(&mut self, kind: &str, ids: &[String], cut: u64, root: &mut Option<Root>) -> Result<(), StoreError> {
        let Some(stream_kind) = StreamKind::parse(kind) else { return Ok(()) };
        let mut sql = self.store.sql("SELECT ");
        sql.push(journal::COLUMNS).push(" FROM journal WHERE office = ").bind(self.office.as_str());
        sql.push(" AND kind = ").bind(kind).push(" AND ").push_in("id", ids.iter().map(String::as_str)).push(" ORDER BY id, seq");
        let entries = self.tx.all(sql).await?.iter().map(Entry::read).collect::<Result<Vec<_>, _>>()?;
        let mut states = self.states(kind, ids).await?;
        let mut all_versions = BTreeMap::new();
        for chain in entries.chunk_by(|a, b| a.id == b.id) {
            let stream = StreamId { kind: stream_kind, id: chain[0].id.clone() };
            if let (Some(root), Some(head)) = (root.as_mut(), chain.iter().rfind(|e| e.feed <= cut)) {
                root.add(kind, &stream.id, head.seq, &head.hash);
            }
            let doc = self.chain(&stream, chain);
            self.state(&stream, chain, doc, states.remove(&stream.id));
            let versions = chain.iter().map(|e| Version { seq: e.seq, feed: e.feed, digest: e.row_digest.clone() });
            all_versions.insert(stream.id, versions.collect::<Vec<_>>());
        }
        if stream_kind == StreamKind::Project {
            self.projects(ids, &all_versions).await?;
            self.forecasts(ids, &all_versions).await?;
        }
        Ok(())
    }

    async fn states(&mut self, kind: &str, ids: &[String]) -> Result<HashMap<String, Rec>, StoreError> {
        let sql = self.sql("SELECT id, seq, feed, head, row_digest, doc FROM state WHERE office = ").with(" AND kind = ", kind);
        let mut sql = sql.and(" AND ");
        sql.push_in("id", ids.iter().map(String::as_str));
        self.tx.all(sql).await?.into_iter().map(|r| Ok((r.text(0)?, r))).collect()
    }

    /// Checks one chain and folds it; `None` when it cannot be folded.
    fn chain(&mut self, stream: &StreamId, chain: &[Entry]) -> Option<Doc> {
        let (mut prev, mut seq, mut feed) = (GENESIS, 0, 0);
        let mut doc = Some(Doc::new());
        for e in chain {
            if e.seq != seq + 1 {
                self.find(stream, Some(seq + 1), "entry_missing", format!("after {seq} comes {}", e.seq));
            } else if e.prev != prev {
                self.find(stream, Some(e.seq), "chain_broken", "it does not hang on the entry before it");
            }
            if e.feed <= feed {
                self.find(stream, Some(e.seq), "chain_broken", format!("feed {} after {feed}", e.feed));
            }
            if e.digest() != e.hash {
                self.find(stream, Some(e.seq), "entry_hash", format!("feed {}, recorded by {}", e.feed, e.actor));
            }
            (prev, seq, feed) = (&e.hash, e.seq, e.feed);
            doc = match folded(doc, e) {
                Ok((doc, true)) => Some(doc),
                Ok((doc, false)) => {
                    self.find(stream, Some(e.seq), "whole_differs", "the whole document is not what the deltas add up to");
                    Some(doc)
                }
                Err(detail) => {
                    self.find(stream, Some(e.seq), "unreadable", detail);
                    None
                }
            };
        }
        doc
    }

    fn state(&mut self, stream: &StreamId, chain: &[Entry], doc: Option<Doc>, state: Option<Rec>) {
        let Some(last) = chain.last() else { return };
        let Some(state) = state else {
            self.find(stream, Some(last.seq), "state_missing", "the journal has it, the state has not");
            return;
        };
        let read = || Ok::<_, StoreError>((state.count(1)?, state.count(2)?, state.text(3)?, state.opt_text(4)?, state.text(5)?));
        match read() {
            Err(e) => self.find(stream, Some(last.seq), "unreadable", e.to_string()),
            Ok((seq, feed, head, digest, text)) => {
                if (seq, feed, &head, &digest) != (last.seq, last.feed, &last.hash, &last.row_digest) {
                    let detail = format!("state is at {seq} of feed {feed}, the journal at {} of feed {}", last.seq, last.feed);
                    self.find(stream, Some(last.seq), "state_differs", detail);
                }
                let told = doc.and_then(|d| canonical::map_text(&d).ok());
                if told.is_some_and(|t| t != text) {
                    let detail = format!("changed: {}", changed_keys(chain, &text).unwrap_or_else(|| "unreadable".into()));
                    self.find(stream, Some(last.seq), "state_differs", detail);
                }
            }
        }
    }

    /// Rows, history and side tables of some projects against the versions that the journal tells.
    async fn projects(&mut self, ids: &[String], versions: &BTreeMap<String, Vec<Version>>) -> Result<(), StoreError> {
        let current = self.kept("project", ids).await?;
        let history = self.kept("project_history", ids).await?;
        let mut texts = HashMap::new();
        let mut sql = self.sql("SELECT id, seq, row_json FROM project_row WHERE office = ").and(" AND ");
        sql.push_in("id", ids.iter().map(String::as_str));
        for r in self.tx.all(sql).await? {
            texts.insert((r.text(0)?, r.count(1)?), r.text(2)?);
        }
        let (mut orgs, mut lists) = self.all_sides(ids).await?;
        let mut left: BTreeSet<(String, u64, &'static str)> = BTreeSet::new();
        left.extend(current.keys().map(|(id, seq)| (id.clone(), *seq, "project")));
        left.extend(history.keys().map(|(id, seq)| (id.clone(), *seq, "project_history")));
        left.extend(texts.keys().map(|(id, seq)| (id.clone(), *seq, "project_row")));
        for (id, chain) in versions {
            let stream = StreamId::new(StreamKind::Project, id);
            let mut rows = vec![];
            for (i, v) in chain.iter().enumerate() {
                let Some(digest) = &v.digest else {
                    rows.push((v.feed, None));
                    continue;
                };
                let until = chain.get(i + 1).map(|next| next.feed);
                let (table, place) = if until.is_some() { (&history, "project_history") } else { (&current, "project") };
                let key = (id.clone(), v.seq);
                left.remove(&(id.clone(), v.seq, place));
                left.remove(&(id.clone(), v.seq, "project_row"));
                let row = self.row(&stream, v, digest, texts.get(&key));
                self.columns(&stream, v, until, place, table.get(&key), row.as_ref());
                rows.push((v.feed, row));
            }
            self.sides(&stream, &rows, orgs.remove(id).unwrap_or_default(), lists.remove(id).unwrap_or_default());
        }
        for (id, seq, place) in left {
            self.find(
                &StreamId::new(StreamKind::Project, id),
                Some(seq),
                "row_extra",
                format!("{place} has a row that the journal has not"),
            );
        }
        Ok(())
    }

    /// Forecasts are derived and have no journal; each is of its project's present version.
    async fn forecasts(&mut self, ids: &[String], versions: &BTreeMap<String, Vec<Version>>) -> Result<(), StoreError> {
        let mut sql = self.sql("SELECT id, seq FROM forecast WHERE office = ").and(" AND ");
        sql.push_in("id", ids.iter().map(String::as_str));
        for r in self.tx.all(sql).await? {
            let (id, seq) = (r.text(0)?, r.count(1)?);
            let now = versions.get(&id).and_then(|v| v.last()).map_or(0, |v| v.seq);
            if seq != now {
                let detail = format!("the forecast is of version {seq}, the project is at {now}");
                self.find(&StreamId::new(StreamKind::Project, id), Some(now), "forecast_differs", detail);
            }
        }
        self.work(ids, versions).await
    }

    /// So is what waits in a project.
    async fn work(&mut self, ids: &[String], versions: &BTreeMap<String, Vec<Version>>) -> Result<(), StoreError> {
        let mut sql = self.sql("SELECT id, seq FROM work WHERE office = ").and(" AND ");
        sql.push_in("id", ids.iter().map(String::as_str));
        for r in self.tx.all(sql).await? {
            let (id, seq) = (r.text(0)?, r.count(1)?);
            let now = versions.get(&id).and_then(|v| v.last()).map_or(0, |v| v.seq);
            if seq != now {
                let detail = format!("what waits is of version {seq}, the project is at {now}");
                self.find(&StreamId::new(StreamKind::Project, id), Some(now), "work_differs", detail);
            }
        }
        Ok(())
    }

    async fn kept(&mut self, table: &str, ids: &[String]) -> Result<HashMap<(String, u64), Kept>, StoreError> {
        let mut sql = self.store.sql("SELECT ");
        sql.push(&promote::all_columns()).push(if table == "project" { "" } else { ", feed_to" });
        sql.push(" FROM ").push(table).push(" WHERE office = ").bind(self.office.as_str()).push(" AND ");
        sql.push_in("id", ids.iter().map(String::as_str));
        let mut all = HashMap::new();
        for r in self.tx.all(sql).await? {
            let mut columns = Vec::with_capacity(promote::COLUMNS.len());
            for (i, name) in promote::COLUMNS.iter().enumerate() {
                columns.push(if promote::is_number(name) { r.opt_int(i + 4)?.into() } else { r.opt_text(i + 4)?.into() });
            }
            let feed_to = if table == "project" { STILL } else { r.int(4 + promote::COLUMNS.len())? };
            all.insert((r.text(1)?, r.count(2)?), Kept { feed: r.count(3)?, feed_to, columns });
        }
        Ok(all)
    }

    /// The row of a version, if its text is what the journal hashed.
    fn row(&mut self, stream: &StreamId, v: &Version, digest: &str, text: Option<&String>) -> Option<ProjectRow> {
        let Some(text) = text else {
            self.find(stream, Some(v.seq), "row_missing", "project_row");
            return None;
        };
        if canonical::sha256_hex(text.as_bytes()) != digest {
            self.find(stream, Some(v.seq), "row_differs", "project_row: not what the journal hashed");
            return None;
        }
        match serde_json::from_str(text) {
            Ok(row) => Some(row),
            Err(e) => {
                self.find(stream, Some(v.seq), "unreadable", format!("project_row: {e}"));
                None
            }
        }
    }

    fn columns(&mut self, stream: &StreamId, v: &Version, until: Option<u64>, place: &str, kept: Option<&Kept>, row: Option<&ProjectRow>) {
        let Some(kept) = kept else {
            self.find(stream, Some(v.seq), "row_missing", place);
            return;
        };
        let feed_to = until.map_or(STILL, crate::sql::int);
        if (kept.feed, kept.feed_to) != (v.feed, feed_to) {
            self.find(stream, Some(v.seq), "row_differs", format!("{place}: valid from {} to {}", kept.feed, kept.feed_to));
        }
        let Some(Ok(told)) = row.map(promote::values) else { return };
        for ((name, kept), told) in promote::COLUMNS.iter().zip(&kept.columns).zip(&told) {
            if kept != told {
                self.find(stream, Some(v.seq), "row_differs", format!("{place}.{name}: {kept:?} instead of {told:?}"));
            }
        }
    }

    async fn all_sides(&mut self, ids: &[String]) -> Result<(HashMap<String, Orgs>, HashMap<String, ListRows>), StoreError> {
        let (mut orgs, mut lists) = (HashMap::<String, Orgs>::new(), HashMap::<String, ListRows>::new());
        let mut sql = self.sql("SELECT id, org, feed_from, feed_to FROM project_org WHERE office = ").and(" AND ");
        sql.push_in("id", ids.iter().map(String::as_str));
        for r in self.tx.all(sql).await? {
            orgs.entry(r.text(0)?).or_default().insert((r.text(1)?, r.count(2)?, r.int(3)?));
        }
        let mut sql = self.sql("SELECT id, kind, year, state, plan, feed_from, feed_to FROM project_list WHERE office = ").and(" AND ");
        sql.push_in("id", ids.iter().map(String::as_str));
        for r in self.tx.all(sql).await? {
            let row = ((r.text(1)?, r.int(2)?), (r.text(3)?, r.opt_int(4)?), r.count(5)?, r.int(6)?);
            lists.entry(r.text(0)?).or_default().insert(row);
        }
        Ok((orgs, lists))
    }

    fn sides(&mut self, stream: &StreamId, rows: &[(u64, Option<ProjectRow>)], orgs: Orgs, lists: ListRows) {
        let told = spans(rows, |row| side_orgs(row).into_iter().map(|o| (o, ())).collect());
        let told: Orgs = told.into_iter().map(|(org, (), from, to)| (org, from, to)).collect();
        if told != orgs {
            let differ: Vec<&String> = told.symmetric_difference(&orgs).map(|(org, ..)| org).collect();
            self.find(stream, None, "side_differs", format!("project_org: {differ:?}"));
        }
        let told: ListRows = spans(rows, side_lists);
        if told != lists {
            let differ: Vec<_> = told.symmetric_difference(&lists).map(|(list, ..)| list).collect();
            self.find(stream, None, "side_differs", format!("project_list: {differ:?}"));
        }
    }

    /// What has no journal at all.
    async fn extras(&mut self) -> Result<(), StoreError> {
        let absent =
            " AND NOT EXISTS (SELECT 1 FROM journal j WHERE j.office = x.office AND j.kind = x.kind AND j.id = x.id) ORDER BY 1, 2";
        for r in self.tx.all(self.sql("SELECT x.kind, x.id FROM state x WHERE x.office = ").and(absent)).await? {
            let (kind, id) = (r.text(0)?, r.text(1)?);
            let stream = StreamKind::parse(&kind).map_or_else(|| self.office_stream.clone(), |kind| StreamId { kind, id: id.clone() });
            self.find(&stream, None, "state_extra", format!("{kind}/{id} has a state and no journal"));
        }
        for table in ["project", "project_history", "project_row", "project_org", "project_list", "forecast", "work"] {
            let mut sql = self.store.sql("SELECT DISTINCT x.id FROM ");
            sql.push(table).push(" x WHERE x.office = ").bind(self.office.as_str());
            sql.push(
                " AND NOT EXISTS (SELECT 1 FROM journal j WHERE j.office = x.office AND j.kind = 'project' AND j.id = x.id) ORDER BY 1",
            );
            for r in self.tx.all(sql).await? {
                let stream = StreamId::new(StreamKind::Project, r.text(0)?);
                self.find(&stream, None, "row_extra", format!("{table} has a row and there is no journal"));
            }
        }
        Ok(())
    }

    /// The counter, the transactions, the days and the chain of checkpoints.
    async fn feed(&mut self) -> Result<(), StoreError> {
        let counter = self.tx.first(self.sql("SELECT feed FROM office_feed WHERE office = ")).await?.map_or(Ok(0), |r| r.count(0))?;
        let mut told: BTreeMap<u64, u64> = BTreeMap::new();
        for r in self.tx.all(self.sql("SELECT feed, COUNT(*) FROM journal WHERE office = ").and(" GROUP BY feed")).await? {
            told.insert(r.count(0)?, r.count(1)?);
        }
        let (mut last, mut days) = (0, BTreeMap::new());
        for r in self.tx.all(self.sql("SELECT feed, entries, day FROM tx WHERE office = ").and(" ORDER BY feed")).await? {
            let (feed, entries) = (r.count(0)?, r.count(1)?);
            if feed != last + 1 {
                self.find_office("feed_gap", format!("after feed {last} comes {feed}"));
            }
            last = feed;
            days.insert(r.text(2)?, feed);
            let found = told.remove(&feed).unwrap_or(0);
            if found != entries {
                self.find_office("transaction_differs", format!("feed {feed} recorded {entries} entries, {found} are there"));
            }
        }
        if counter != last {
            self.find_office("feed_gap", format!("the counter stands at {counter}, the last transaction is {last}"));
        }
        for (feed, found) in told {
            self.find_office("transaction_differs", format!("feed {feed} has {found} entries and no transaction"));
        }
        let differ = " AND (j.actor <> t.actor OR j.tx_act <> t.act OR j.day <> t.day OR j.at <> t.at OR \
                      COALESCE(j.actor_user, '') <> COALESCE(t.actor_user, '')) ORDER BY 1";
        let sql = self.sql("SELECT DISTINCT j.feed FROM journal j JOIN tx t ON t.office = j.office AND t.feed = j.feed WHERE j.office = ");
        for r in self.tx.all(sql.and(differ)).await? {
            self.find_office("transaction_differs", format!("feed {} and its entries name another who, what or when", r.count(0)?));
        }
        let mut kept = BTreeMap::new();
        for r in self.tx.all(self.sql("SELECT day, feed FROM feed_day WHERE office = ")).await? {
            kept.insert(r.text(0)?, r.count(1)?);
        }
        if kept != days {
            self.find_office("day_differs", "the last feed number of some day is not that of its transactions");
        }
        let mut prev = GENESIS.to_owned();
        for r in self.tx.all(self.sql("SELECT feed, prev, root FROM checkpoint WHERE office = ").and(" ORDER BY feed")).await? {
            if r.text(1)? != prev {
                self.find_office("checkpoint_differs", format!("checkpoint at feed {} does not hang on the one before", r.count(0)?));
            }
            prev = r.text(2)?;
        }
        Ok(())
    }
}

/// An organisation, from and to which feed number.
type Orgs = BTreeSet<(String, u64, i64)>;
/// A list, state and plan, from and to which feed number.
type ListRows = BTreeSet<((String, i64), (String, Option<i64>), u64, i64)>;

/// Applies an entry; the flag says whether its whole document, where it has one, agrees with the deltas.
fn folded(doc: Option<Doc>, entry: &Entry) -> Result<(Doc, bool), String> {
    let whole = entry.whole.as_deref().map(delta::parse).transpose().map_err(|e| e.to_string())?;
    let Some(mut doc) = doc else { return whole.map(|w| (w, true)).ok_or_else(|| "an earlier entry is unreadable".into()) };
    let delta = delta::parse(&entry.delta).map_err(|e| e.to_string())?;
    delta::fold(&mut doc, delta).map_err(|e| e.to_string())?;
    match whole {
        Some(whole) if entry.seq == 1 => Ok((whole, true)),
        Some(whole) => {
            let same = whole == doc;
            Ok((whole, same))
        }
        None => Ok((doc, true)),
    }
}

/// Which top-level keys of the state differ from the folded journal.
fn changed_keys(chain: &[Entry], state: &str) -> Option<String> {
    let mut doc = Some(Doc::new());
    for e in chain {
        doc = folded(doc, e).ok().map(|(d, _)| d);
    }
    let differ = delta::diff(&doc?, &delta::parse(state).ok()?);
    Some(if differ.is_empty() { "the form of the text".into() } else { differ.keys().cloned().collect::<Vec<_>>().join(", ") })
}

/// From when to when each key had each value, over the versions of a row.
fn spans<K: Ord + Clone, V: Ord + Clone>(
    rows: &[(u64, Option<ProjectRow>)],
    of: impl Fn(&ProjectRow) -> BTreeMap<K, V>,
) -> BTreeSet<(K, V, u64, i64)> {
    let mut open: BTreeMap<K, (V, u64)> = BTreeMap::new();
    let mut all = BTreeSet::new();
    for (feed, row) in rows {
        let now = row.as_ref().map(&of).unwrap_or_default();
        for (key, (value, from)) in std::mem::take(&mut open) {
            if now.get(&key) == Some(&value) {
                open.insert(key, (value, from));
            } else {
                all.insert((key, value, from, crate::sql::int(*feed)));
            }
        }
        for (key, value) in now {
            open.entry(key).or_insert((value, *feed));
        }
    }
    all.extend(open.into_iter().map(|(key, (value, from))| (key, value, from, STILL)));
    all
}
