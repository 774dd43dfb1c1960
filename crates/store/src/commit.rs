//! Committing: everything of a transaction becomes true together, or nothing.
//!
//! Reading and computing come first. Then the office's counter row is taken, which gives the feed number and makes
//! feed order commit order; then the rows are written, each guarded by the version that the computing saw. Who lost a
//! race starts over and finds the stream stale, or finds that there is nothing left to change.
use crate::{
    canonical,
    delta::{self, Doc},
    dialect::{Trouble, trouble},
    error::{CommitError, StaleStream, StoreError},
    filter::list_state_key,
    journal::{self, Entry, GENESIS, WHOLE_EVERY, instant},
    open::Store,
    promote,
    scope::STILL,
    sql::{IN_CHUNK, RETRIES, Tx, Val, insert_many, pause},
    stream::{Committed, Idempotency, StreamId, StreamKind, Transaction, Write},
};
use lantu_model::{Change, OfficeId, ProjectRow};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A list membership as the side table keeps it: its key, then state and plan.
pub(crate) type Lists = BTreeMap<(String, i64), (String, Option<i64>)>;

/// A write, made ready once for every attempt.
struct Prepared<'a> {
    stream: &'a StreamId,
    expected: u64,
    doc: Doc,
    text: String,
    row: Option<PreparedRow>,
    change: &'a Change,
}

struct PreparedRow {
    text: String,
    digest: String,
    values: Vec<Val>,
    orgs: BTreeSet<String>,
    lists: Lists,
}

/// What is kept of a stream now.
struct Head {
    seq: u64,
    hash: String,
    row_digest: Option<String>,
    doc: String,
}

/// A write that changes something, with the version it builds on.
pub(crate) struct Step<'a> {
    write: &'a Prepared<'a>,
    seq: u64,
    prev: String,
    delta: Doc,
    /// Whether the project had a row.
    had_row: bool,
}

impl Step<'_> {
    /// The project that it writes, and the version that it makes.
    pub(crate) fn project(&self) -> Option<(&str, u64)> {
        (self.write.stream.kind == StreamKind::Project).then_some((self.write.stream.id.as_str(), self.seq))
    }
}

pub(crate) fn row_text(row: &ProjectRow) -> Result<String, StoreError> {
    let json = serde_json::to_value(row).map_err(|e| StoreError::Invalid(format!("row: {e}")))?;
    canonical::text(&json)
}

/// Organisations through which a project is seen: those with a duty, and the lead.
pub(crate) fn side_orgs(row: &ProjectRow) -> BTreeSet<String> {
    row.orgs.iter().chain(&row.lead_org).map(ToString::to_string).collect()
}

pub(crate) fn side_lists(row: &ProjectRow) -> Lists {
    let of = |m: &lantu_model::Membership| {
        ((m.list.kind.clone(), i64::from(m.list.year)), (list_state_key(m.state).to_owned(), m.plan.map(|p| p.fen())))
    };
    row.memberships.iter().map(of).collect()
}

fn prepare(write: &Write) -> Result<Prepared<'_>, StoreError> {
    let doc = delta::normal(&write.doc)?;
    let text = delta_text(&doc)?;
    let row = write.row.as_ref().map(|row| prepare_row(&write.stream, row)).transpose()?;
    Ok(Prepared { stream: &write.stream, expected: write.expected, doc, text, row, change: &write.change })
}

fn delta_text(doc: &Doc) -> Result<String, StoreError> {
    canonical::map_text(doc)
}

fn prepare_row(stream: &StreamId, row: &ProjectRow) -> Result<PreparedRow, StoreError> {
    if stream.kind != StreamKind::Project || row.id.to_string() != stream.id {
        return Err(StoreError::Invalid(format!("row of project {} with stream {stream}", row.id)));
    }
    let text = row_text(row)?;
    let digest = canonical::sha256_hex(text.as_bytes());
    Ok(PreparedRow { text, digest, values: promote::values(row)?, orgs: side_orgs(row), lists: side_lists(row) })
}

/// Hash of what is asked for, where the caller did not give one.
fn request_hash(t: &Transaction, writes: &[Prepared<'_>], given: &Idempotency) -> String {
    given.request.clone().unwrap_or_else(|| {
        let mut all = t.act.clone();
        for w in writes {
            all.push_str(&format!("\n{} {} {}", w.stream, w.expected, w.text));
        }
        canonical::sha256_hex(all.as_bytes())
    })
}

impl Store {
    /// Writes a transaction. Tries again, a bounded number of times, when the database was busy or another writer won.
    ///
    /// Writes that repeat what is there are skipped; with nothing left the feed stays as it is. An old `expected` is
    /// stale even then: two people who each count one up from the same number write the same and mean different things.
    ///
    /// # Errors
    /// [`CommitError::Stale`] with every stale stream; [`CommitError::Full`] without room; in every case nothing was written.
    pub async fn commit(&self, transaction: Transaction) -> Result<Committed, CommitError> {
        let writes = transaction.writes.iter().map(prepare).collect::<Result<Vec<_>, _>>()?;
        let mut streams = BTreeSet::new();
        if let Some(twice) = writes.iter().find(|w| !streams.insert(w.stream)) {
            return Err(StoreError::Invalid(format!("stream {} twice in one transaction", twice.stream)).into());
        }
        for attempt in 0..=RETRIES {
            if attempt > 0 {
                pause(attempt).await;
            }
            match self.attempt(&transaction, &writes).await {
                Ok(Some(done)) => return Ok(done),
                Ok(None) => {}
                Err(CommitError::Db(StoreError::Sql(e))) if matches!(trouble(&e), Trouble::Transient | Trouble::Duplicate) => {
                    if attempt == RETRIES {
                        return Err(StoreError::Sql(e).into());
                    }
                }
                Err(e) => return Err(e),
            }
        }
        Err(StoreError::Busy.into())
    }

    /// The first answer to an idempotency key, where there is one: asked before planning, because a plan made after
    /// the first success would find everything done already.
    pub async fn earlier(&self, office: OfficeId, asked: &Idempotency) -> Result<Option<Committed>, CommitError> {
        let sql = self.sql("SELECT feed, entries, request_hash FROM tx WHERE office = ").with("", office.to_string());
        let Some(r) = self.first(sql.with(" AND idem_key = ", asked.key.as_str())).await? else { return Ok(None) };
        if asked.request.is_some() && r.opt_text(2)? != asked.request {
            return Err(CommitError::IdempotencyMismatch);
        }
        Ok(Some(Committed { feed: r.count(0)?, replayed: true, entries: r.count(1)? }))
    }

    /// `None`: another writer won meanwhile, start over.
    async fn attempt(&self, t: &Transaction, writes: &[Prepared<'_>]) -> Result<Option<Committed>, CommitError> {
        let office = t.office.to_string();
        let mut tx = self.begin().await?;
        let request = t.idempotency.as_ref().map(|i| request_hash(t, writes, i));
        if let (Some(idem), Some(request)) = (&t.idempotency, &request) {
            let sql = self.sql("SELECT feed, entries, request_hash FROM tx WHERE office = ").with("", office.as_str());
            if let Some(r) = tx.first(sql.with(" AND idem_key = ", idem.key.as_str())).await? {
                let same = r.opt_text(2)?.as_deref() == Some(request);
                return if same {
                    Ok(Some(Committed { feed: r.count(0)?, replayed: true, entries: r.count(1)? }))
                } else {
                    Err(CommitError::IdempotencyMismatch)
                };
            }
        }
        let heads = self.heads(&mut tx, &office, writes).await?;
        let mut steps = Vec::with_capacity(writes.len());
        let mut stale = vec![];
        for write in writes {
            match step(write, heads.get(write.stream))? {
                Ok(Some(s)) => steps.push(s),
                Ok(None) => {}
                Err(actual) => stale.push((write, actual)),
            }
        }
        if !stale.is_empty() {
            return Err(CommitError::Stale(self.explain(&mut tx, &office, &stale).await?));
        }
        if steps.is_empty() {
            let r = tx.first(self.sql("SELECT feed FROM office_feed WHERE office = ").with("", office.as_str())).await?;
            let feed = r.map_or(Ok(0), |r| r.count(0))?;
            return Ok(Some(Committed { feed, replayed: false, entries: 0 }));
        }
        let feed = self.take_feed(&mut tx, &office).await?;
        if let Some(matched) = t.matched_at {
            let newer = self.created_since(&mut tx, &office, matched).await?;
            if !newer.is_empty() {
                return Err(CommitError::Stale(newer));
            }
        }
        if !self.write_steps(&mut tx, t, &office, feed, &steps).await? {
            return Ok(None);
        }
        self.write_transaction(&mut tx, t, &office, feed, steps.len(), request).await?;
        tx.commit().await?;
        Ok(Some(Committed { feed, replayed: false, entries: steps.len() as u64 }))
    }

    async fn heads(&self, tx: &mut Tx, office: &str, writes: &[Prepared<'_>]) -> Result<HashMap<StreamId, Head>, StoreError> {
        let mut heads = HashMap::with_capacity(writes.len());
        for kind in StreamKind::ALL {
            let ids: Vec<&str> = writes.iter().filter(|w| w.stream.kind == kind).map(|w| w.stream.id.as_str()).collect();
            for chunk in ids.chunks(IN_CHUNK) {
                let mut sql = self.sql("SELECT id, seq, head, row_digest, doc FROM state WHERE office = ");
                sql.bind(office).push(" AND kind = ").bind(kind.key()).push(" AND ").push_in("id", chunk.iter().copied());
                for r in tx.all(sql).await? {
                    let head = Head { seq: r.count(1)?, hash: r.text(2)?, row_digest: r.opt_text(3)?, doc: r.text(4)? };
                    heads.insert(StreamId { kind, id: r.text(0)? }, head);
                }
            }
        }
        Ok(heads)
    }

    /// The next feed number. The counter's row stays locked until the commit, so numbers are gap-free and in commit order.
    async fn take_feed(&self, tx: &mut Tx, office: &str) -> Result<u64, StoreError> {
        let sql = self.sql("INSERT INTO office_feed (office, feed) VALUES (").with("", office);
        let sql = sql.and(", 1) ON CONFLICT (office) DO UPDATE SET feed = office_feed.feed + 1 RETURNING feed");
        let r = tx.first(sql).await?;
        r.ok_or_else(|| StoreError::Damaged("no feed counter".into()))?.count(0)
    }

    /// Projects created after a feed number.
    async fn created_since(&self, tx: &mut Tx, office: &str, matched: u64) -> Result<Vec<StaleStream>, StoreError> {
        let sql = self.sql("SELECT id, actor, at FROM journal WHERE office = ").with("", office).with(" AND feed > ", matched);
        let sql = sql.and(" AND kind = 'project' AND seq = 1 ORDER BY feed, id LIMIT 100");
        let of = |r: &crate::sql::Rec| {
            Ok(StaleStream {
                stream: StreamId::new(StreamKind::Project, r.text(0)?),
                expected: 0,
                actual: 1,
                by: r.text(1)?,
                at: Some(instant(r.int(2)?)?),
                fields: vec![],
            })
        };
        tx.all(sql).await?.iter().map(of).collect()
    }

    /// Who changed what since each stale caller read.
    async fn explain(&self, tx: &mut Tx, office: &str, stale: &[(&Prepared<'_>, u64)]) -> Result<Vec<StaleStream>, StoreError> {
        let mut all = Vec::with_capacity(stale.len());
        for (write, actual) in stale {
            let mut sql = self.sql("SELECT ");
            sql.push(journal::COLUMNS).push(" FROM journal WHERE office = ").bind(office);
            sql.push(" AND kind = ").bind(write.stream.kind.key()).push(" AND id = ").bind(write.stream.id.as_str());
            sql.push(" AND seq > ").bind(write.expected).push(" ORDER BY seq");
            let entries = tx.all(sql).await?.iter().map(Entry::read).collect::<Result<Vec<_>, _>>()?;
            let mut fields = BTreeSet::new();
            for entry in &entries {
                fields.extend(entry.full_delta()?.into_iter().map(|(key, _)| key));
            }
            let last = entries.last();
            all.push(StaleStream {
                stream: write.stream.clone(),
                expected: write.expected,
                actual: *actual,
                by: last.map(|e| e.actor.clone()).unwrap_or_default(),
                at: last.map(|e| instant(e.at)).transpose()?,
                fields: fields.into_iter().collect(),
            });
        }
        Ok(all)
    }

    /// Writes every step; `false` when another writer won one of the streams.
    async fn write_steps(&self, tx: &mut Tx, t: &Transaction, office: &str, feed: u64, steps: &[Step<'_>]) -> Result<bool, StoreError> {
        let mut entries = Vec::with_capacity(steps.len());
        let mut states = Vec::with_capacity(steps.len());
        for step in steps {
            let entry = entry(t, office, feed, step)?;
            let w = step.write;
            let digest = w.row.as_ref().map(|r| r.digest.clone());
            let (kind, id) = (w.stream.kind.key(), w.stream.id.as_str());
            let state: Vec<Val> = vec![
                office.into(),
                kind.into(),
                id.into(),
                step.seq.into(),
                feed.into(),
                entry.hash.as_str().into(),
                digest.into(),
                w.text.as_str().into(),
            ];
            states.push(state);
            entries.push(entry.into_vals());
        }
        let dialect = self.dialect();
        let guarded = "ON CONFLICT (office, kind, id) DO UPDATE SET seq = excluded.seq, feed = excluded.feed, head = excluded.head, \
                       row_digest = excluded.row_digest, doc = excluded.doc WHERE state.seq = excluded.seq - 1";
        let columns = "office, kind, id, seq, feed, head, row_digest, doc";
        if insert_many(tx, dialect, "state", columns, states, guarded).await? != steps.len() as u64 {
            return Ok(false);
        }
        insert_many(tx, dialect, "journal", journal::COLUMNS, entries, "").await?;
        self.write_rows(tx, office, feed, steps).await?;
        self.write_forecasts(tx, office, steps, &t.forecasts).await?;
        self.mark_forecasts(tx, office, &t.forecasts_due).await?;
        self.write_work(tx, office, steps, &t.work).await?;
        self.mark_work(tx, office, &t.forecasts_due).await?;
        Ok(true)
    }

    /// Promoted rows, their history and side tables.
    async fn write_rows(&self, tx: &mut Tx, office: &str, feed: u64, steps: &[Step<'_>]) -> Result<(), StoreError> {
        let dialect = self.dialect();
        let columns = promote::all_columns();
        let had: Vec<&str> = steps.iter().filter(|s| s.had_row).map(|s| s.write.stream.id.as_str()).collect();
        for chunk in had.chunks(IN_CHUNK) {
            let mut sql = self.sql("INSERT INTO project_history (");
            sql.push(&columns)
                .push(", feed_to) SELECT ")
                .push(&columns)
                .push(", CAST(")
                .bind(feed)
                .push(" AS BIGINT) FROM project WHERE office = ");
            sql.bind(office).push(" AND ").push_in("id", chunk.iter().copied());
            tx.run(sql).await?;
        }
        let gone: Vec<&str> = steps.iter().filter(|s| s.had_row && s.write.row.is_none()).map(|s| s.write.stream.id.as_str()).collect();
        for chunk in gone.chunks(IN_CHUNK) {
            let mut sql = self.sql("DELETE FROM project WHERE office = ").with("", office).and(" AND ");
            sql.push_in("id", chunk.iter().copied());
            tx.run(sql).await?;
        }
        let (mut rows, mut texts) = (vec![], vec![]);
        for step in steps {
            let Some(row) = &step.write.row else { continue };
            let id = step.write.stream.id.as_str();
            let mut vals: Vec<Val> = vec![office.into(), id.into(), step.seq.into(), feed.into()];
            vals.extend(row.values.iter().cloned());
            rows.push(vals);
            texts.push(vec![office.into(), id.into(), step.seq.into(), row.text.as_str().into()]);
        }
        let set: Vec<String> = ["seq", "feed"].iter().chain(promote::COLUMNS).map(|c| format!("{c} = excluded.{c}")).collect();
        let upsert = format!("ON CONFLICT (office, id) DO UPDATE SET {}", set.join(", "));
        insert_many(tx, dialect, "project", &columns, rows, &upsert).await?;
        insert_many(tx, dialect, "project_row", "office, id, seq, row_json", texts, "").await?;
        self.write_sides(tx, office, feed, steps).await
    }

    /// Closes side rows that no longer hold and adds those that hold from now on.
    async fn write_sides(&self, tx: &mut Tx, office: &str, feed: u64, steps: &[Step<'_>]) -> Result<(), StoreError> {
        let had: Vec<&str> = steps.iter().filter(|s| s.had_row).map(|s| s.write.stream.id.as_str()).collect();
        let (old_orgs, old_lists) = self.sides(tx, office, &had).await?;
        let (mut orgs, mut lists) = (vec![], vec![]);
        let (no_orgs, no_lists) = (BTreeSet::new(), Lists::new());
        for step in steps.iter().filter(|s| s.write.stream.kind == StreamKind::Project) {
            let id = step.write.stream.id.as_str();
            let (was_orgs, was_lists) = (old_orgs.get(id).unwrap_or(&no_orgs), old_lists.get(id).unwrap_or(&no_lists));
            let row = step.write.row.as_ref();
            let (now_orgs, now_lists) = (row.map_or(&no_orgs, |r| &r.orgs), row.map_or(&no_lists, |r| &r.lists));
            for org in was_orgs.difference(now_orgs) {
                let sql = self.sql("UPDATE project_org SET feed_to = ").with("", feed).with(" WHERE office = ", office);
                tx.run(sql.with(" AND id = ", id).with(" AND org = ", org.as_str()).with(" AND feed_to = ", STILL)).await?;
            }
            for org in now_orgs.difference(was_orgs) {
                orgs.push(vec![office.into(), id.into(), org.as_str().into(), feed.into(), STILL.into()]);
            }
            for ((kind, year), _) in was_lists.iter().filter(|(key, was)| now_lists.get(*key) != Some(*was)) {
                let sql = self.sql("UPDATE project_list SET feed_to = ").with("", feed).with(" WHERE office = ", office);
                let sql = sql.with(" AND id = ", id).with(" AND kind = ", kind.as_str()).with(" AND year = ", *year);
                tx.run(sql.with(" AND feed_to = ", STILL)).await?;
            }
            for ((kind, year), now) in now_lists.iter().filter(|(key, now)| was_lists.get(*key) != Some(*now)) {
                let (state, plan) = (now.0.as_str(), now.1);
                lists.push(vec![
                    office.into(),
                    id.into(),
                    kind.as_str().into(),
                    (*year).into(),
                    state.into(),
                    plan.into(),
                    feed.into(),
                    STILL.into(),
                ]);
            }
        }
        let dialect = self.dialect();
        insert_many(tx, dialect, "project_org", "office, id, org, feed_from, feed_to", orgs, "").await?;
        insert_many(tx, dialect, "project_list", "office, id, kind, year, state, plan, feed_from, feed_to", lists, "").await?;
        Ok(())
    }

    /// The side rows that hold now.
    pub(crate) async fn sides(
        &self,
        tx: &mut Tx,
        office: &str,
        ids: &[&str],
    ) -> Result<(HashMap<String, BTreeSet<String>>, HashMap<String, Lists>), StoreError> {
        let (mut orgs, mut lists) = (HashMap::<String, BTreeSet<String>>::new(), HashMap::<String, Lists>::new());
        for chunk in ids.chunks(IN_CHUNK) {
            let sql = self.sql("SELECT id, org FROM project_org WHERE office = ").with("", office).with(" AND feed_to = ", STILL);
            let mut sql = sql.and(" AND ");
            sql.push_in("id", chunk.iter().copied());
            for r in tx.all(sql).await? {
                orgs.entry(r.text(0)?).or_default().insert(r.text(1)?);
            }
            let sql = self.sql("SELECT id, kind, year, state, plan FROM project_list WHERE office = ").with("", office);
            let mut sql = sql.with(" AND feed_to = ", STILL).and(" AND ");
            sql.push_in("id", chunk.iter().copied());
            for r in tx.all(sql).await? {
                lists.entry(r.text(0)?).or_default().insert((r.text(1)?, r.int(2)?), (r.text(3)?, r.opt_int(4)?));
            }
        }
        Ok((orgs, lists))
    }

    async fn write_transaction(
        &self,
        tx: &mut Tx,
        t: &Transaction,
        office: &str,
        feed: u64,
        entries: usize,
        request: Option<String>,
    ) -> Result<(), StoreError> {
        let row: Vec<Val> = vec![
            office.into(),
            feed.into(),
            t.moment.day.to_string().into(),
            t.moment.at.as_microsecond().into(),
            t.actor.user.map(|u| u.to_string()).into(),
            t.actor.name_for_log.as_str().into(),
            t.act.as_str().into(),
            t.undoes.map(crate::sql::int).into(),
            (entries as u64).into(),
            t.idempotency.as_ref().map(|i| i.key.clone()).into(),
            request.into(),
        ];
        let columns = "office, feed, day, at, actor_user, actor, act, undoes, entries, idem_key, request_hash";
        insert_many(tx, self.dialect(), "tx", columns, vec![row], "").await?;
        let day: Vec<Val> = vec![office.into(), t.moment.day.to_string().into(), feed.into()];
        let latest = "ON CONFLICT (office, day) DO UPDATE SET feed = excluded.feed";
        insert_many(tx, self.dialect(), "feed_day", "office, day, feed", vec![day], latest).await?;
        Ok(())
    }
}

/// The step that a write asks for: `Ok(None)` when it repeats what is there, `Err(actual)` when it is stale.
fn step<'a>(write: &'a Prepared<'a>, head: Option<&Head>) -> Result<Result<Option<Step<'a>>, u64>, StoreError> {
    let actual = head.map_or(0, |h| h.seq);
    if actual != write.expected {
        return Ok(Err(actual));
    }
    let digest = write.row.as_ref().map(|r| r.digest.as_str());
    if head.is_some_and(|h| h.doc == write.text && h.row_digest.as_deref() == digest) {
        return Ok(Ok(None));
    }
    let old = head.map(|h| delta::parse(&h.doc)).transpose()?.unwrap_or_default();
    Ok(Ok(Some(Step {
        write,
        seq: actual + 1,
        prev: head.map_or_else(|| GENESIS.to_owned(), |h| h.hash.clone()),
        delta: if head.is_some() { delta::diff(&old, &write.doc) } else { Doc::new() },
        had_row: head.is_some_and(|h| h.row_digest.is_some()),
    })))
}

fn entry(t: &Transaction, office: &str, feed: u64, step: &Step<'_>) -> Result<Entry, StoreError> {
    let w = step.write;
    let mut entry = Entry {
        office: office.to_owned(),
        kind: w.stream.kind.key().to_owned(),
        id: w.stream.id.clone(),
        seq: step.seq,
        feed,
        day: t.moment.day.to_string(),
        at: t.moment.at.as_microsecond(),
        actor_user: t.actor.user.map(|u| u.to_string()),
        actor: t.actor.name_for_log.clone(),
        act: w.change.act.clone(),
        on: w.change.on.map(|d| d.to_string()),
        basis: w.change.basis.clone(),
        delta: canonical::text(&Value::Object(step.delta.clone()))?,
        whole: (step.seq == 1 || step.seq.is_multiple_of(WHOLE_EVERY)).then(|| w.text.clone()),
        row_digest: w.row.as_ref().map(|r| r.digest.clone()),
        tx_act: t.act.clone(),
        prev: step.prev.clone(),
        hash: String::new(),
    };
    entry.hash = entry.digest();
    Ok(entry)
}
