//! Whole documents, now and as of a feed number.
use crate::{
    delta::{self, Doc},
    error::StoreError,
    journal::versions_sql,
    open::Store,
    scope::{push_source, scope_predicate},
    sql::{IN_CHUNK, Rec},
    stream::{AsOf, Stored, StreamId, StreamKind},
};
use lantu_model::{OfficeId, Project, ProjectId, Scope};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::HashMap;

fn typed<T: DeserializeOwned>(doc: Value) -> Result<T, StoreError> {
    serde_json::from_value(doc).map_err(|e| StoreError::Damaged(format!("document: {e}")))
}

fn stored<T: DeserializeOwned>(r: &Rec, doc: usize) -> Result<Stored<T>, StoreError> {
    let text = r.text(doc)?;
    let doc = serde_json::from_str(&text).map_err(|e| StoreError::Damaged(format!("document: {e}")))?;
    Ok(Stored { doc, seq: r.count(1)?, feed: r.count(2)? })
}

impl Store {
    /// A project that the scope shows. A withdrawn one, which no list shows, is for a whole scope only.
    pub async fn project(&self, scope: &Scope, id: ProjectId, as_of: AsOf) -> Result<Option<Stored<Project>>, StoreError> {
        Ok(self.projects_by_ids(scope, &[id], as_of).await?.pop())
    }

    /// Projects in the order of `ids`; those that the scope hides are left out.
    pub async fn projects_by_ids(&self, scope: &Scope, ids: &[ProjectId], as_of: AsOf) -> Result<Vec<Stored<Project>>, StoreError> {
        let mut found = HashMap::with_capacity(ids.len());
        for chunk in ids.chunks(IN_CHUNK) {
            let visible = self.visible(scope, chunk, as_of).await?;
            match as_of {
                None => {
                    let mut sql = self.sql("SELECT id, seq, feed, doc FROM state WHERE office = ");
                    sql.bind(scope.office.to_string()).push(" AND kind = 'project' AND ").push_in("id", visible);
                    for r in self.all(sql).await? {
                        found.insert(r.text(0)?, stored(&r, 3)?);
                    }
                }
                Some(feed) => {
                    for (id, s) in self.docs_then(&scope.office.to_string(), StreamKind::Project, &visible, feed).await? {
                        found.insert(id, Stored { doc: typed(Value::Object(s.doc))?, seq: s.seq, feed: s.feed });
                    }
                }
            }
        }
        Ok(ids.iter().filter_map(|id| found.remove(&id.to_string())).collect())
    }

    /// Which of the projects the scope shows.
    async fn visible(&self, scope: &Scope, ids: &[ProjectId], as_of: AsOf) -> Result<Vec<String>, StoreError> {
        if scope.is_whole() {
            return Ok(ids.iter().map(ToString::to_string).collect());
        }
        let mut sql = self.sql("SELECT p.id FROM ");
        push_source(&mut sql, scope, as_of);
        sql.push(" WHERE ");
        scope_predicate(&mut sql, scope, as_of);
        sql.push(" AND ").push_in("p.id", ids.iter().map(ToString::to_string));
        self.all(sql).await?.iter().map(|r| r.text(0)).collect()
    }

    /// A document of any kind but a project, which is read through a scope.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] for a project.
    pub async fn doc<T: DeserializeOwned>(
        &self,
        office: OfficeId,
        stream: &StreamId,
        as_of: AsOf,
    ) -> Result<Option<Stored<T>>, StoreError> {
        not_project(stream.kind)?;
        let office = office.to_string();
        match as_of {
            None => {
                let sql = self.sql("SELECT id, seq, feed, doc FROM state WHERE office = ").with("", office);
                let sql = sql.with(" AND kind = ", stream.kind.key()).with(" AND id = ", stream.id.as_str());
                self.first(sql).await?.map(|r| stored(&r, 3)).transpose()
            }
            Some(feed) => {
                let found = self.docs_then(&office, stream.kind, std::slice::from_ref(&stream.id), feed).await?;
                let one = found.into_values().next();
                one.map(|s| Ok(Stored { doc: typed(Value::Object(s.doc))?, seq: s.seq, feed: s.feed })).transpose()
            }
        }
    }

    /// All documents of a kind, with their ids, in order of id.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] for projects.
    pub async fn docs<T: DeserializeOwned>(&self, office: OfficeId, kind: StreamKind) -> Result<Vec<(String, Stored<T>)>, StoreError> {
        not_project(kind)?;
        let sql = self.sql("SELECT id, seq, feed, doc FROM state WHERE office = ").with("", office.to_string());
        let sql = sql.with(" AND kind = ", kind.key()).and(" ORDER BY id");
        self.all(sql).await?.iter().map(|r| Ok((r.text(0)?, stored(r, 3)?))).collect()
    }

    /// Every office of the database with its document, in order of id.
    pub async fn offices<T: DeserializeOwned>(&self) -> Result<Vec<(OfficeId, Stored<T>)>, StoreError> {
        let sql = self.sql("SELECT office, seq, feed, doc FROM state WHERE kind = 'office' ORDER BY office");
        self.all(sql).await?.iter().map(|r| Ok((r.parsed(0)?, stored(r, 3)?))).collect()
    }

    /// Documents rebuilt as of a feed number from the nearest whole one and the deltas after it.
    pub(crate) async fn docs_then(
        &self,
        office: &str,
        kind: StreamKind,
        ids: &[String],
        feed: u64,
    ) -> Result<HashMap<String, Stored<Doc>>, StoreError> {
        let mut found: HashMap<String, Stored<Doc>> = HashMap::new();
        for chunk in ids.chunks(IN_CHUNK) {
            for r in self.all(versions_sql(self, office, kind, chunk, feed)).await? {
                let (id, seq, feed) = (r.text(0)?, r.count(1)?, r.count(2)?);
                match r.opt_text(4)? {
                    Some(whole) => {
                        found.insert(id, Stored { doc: delta::parse(&whole)?, seq, feed });
                    }
                    None => {
                        let s = found.get_mut(&id).ok_or_else(|| StoreError::Damaged(format!("{id} has no whole version")))?;
                        delta::fold(&mut s.doc, delta::parse(&r.text(3)?)?)?;
                        (s.seq, s.feed) = (seq, feed);
                    }
                }
            }
        }
        Ok(found)
    }
}

fn not_project(kind: StreamKind) -> Result<(), StoreError> {
    if kind == StreamKind::Project { Err(StoreError::Invalid("projects are read through a scope".into())) } else { Ok(()) }
}
