//! Uploads: files on their way in, with the state of their import.
use crate::{
    error::StoreError,
    journal::instant,
    open::Store,
    sql::{Rec, Val},
};
use jiff::Timestamp;
use lantu_model::{OfficeId, UserId};

/// A file to keep.
#[derive(Clone, Debug)]
pub struct NewUpload {
    pub id: String,
    pub user: UserId,
    /// The file's name as given.
    pub name: String,
    pub bytes: Vec<u8>,
    pub at: Timestamp,
    /// `open`, `committed`, `cancelled`: the caller's word.
    pub state: String,
    /// The import's own state, JSON, the caller's.
    pub state_json: String,
}

/// A kept file without its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    pub id: String,
    pub user: UserId,
    pub name: String,
    /// Bytes.
    pub size: u64,
    pub at: Timestamp,
    pub state: String,
    pub state_json: String,
    /// Counts changes of the state: the optimistic lock of [`Store::set_upload_state`].
    pub version: u64,
}

const COLUMNS: &str = "SELECT id, user_id, name, size, at, state, state_json, version FROM upload WHERE office = ";

fn read(r: &Rec) -> Result<Upload, StoreError> {
    Ok(Upload {
        id: r.text(0)?,
        user: r.parsed(1)?,
        name: r.text(2)?,
        size: r.count(3)?,
        at: instant(r.int(4)?)?,
        state: r.text(5)?,
        state_json: r.text(6)?,
        version: r.count(7)?,
    })
}

impl Store {
    /// Keeps a file; the same id again replaces nothing.
    pub async fn put_upload(&self, office: OfficeId, upload: NewUpload) -> Result<(), StoreError> {
        let office = office.to_string();
        let row = self.sql("INSERT INTO upload (office, id, user_id, name, size, at, state, state_json, version) VALUES (");
        let row = row.with("", office.as_str()).with(",", upload.id.as_str()).with(",", upload.user.to_string());
        let row = row.with(",", upload.name).with(",", upload.bytes.len() as u64).with(",", upload.at.as_microsecond());
        let row = row.with(",", upload.state).with(",", upload.state_json).and(", 1) ON CONFLICT (office, id) DO NOTHING");
        let bytes = self.sql("INSERT INTO upload_bytes (office, id, bytes) VALUES (").with("", office).with(",", upload.id);
        let bytes = bytes.with(",", Val::Bytes(upload.bytes)).and(") ON CONFLICT (office, id) DO NOTHING");
        self.run_all(vec![row, bytes]).await.map(drop)
    }

    pub async fn upload(&self, office: OfficeId, id: &str) -> Result<Option<Upload>, StoreError> {
        let sql = self.sql(COLUMNS).with("", office.to_string()).with(" AND id = ", id);
        self.first(sql).await?.map(|r| read(&r)).transpose()
    }

    pub async fn upload_bytes(&self, office: OfficeId, id: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let sql = self.sql("SELECT bytes FROM upload_bytes WHERE office = ").with("", office.to_string()).with(" AND id = ", id);
        self.first(sql).await?.map(|r| r.bytes(0)).transpose()
    }

    /// A user's uploads, newest first; everybody's for `None`.
    pub async fn uploads(&self, office: OfficeId, user: Option<UserId>) -> Result<Vec<Upload>, StoreError> {
        let mut sql = self.sql(COLUMNS).with("", office.to_string());
        if let Some(user) = user {
            sql.push(" AND user_id = ").bind(user.to_string());
        }
        sql.push(" ORDER BY at DESC, id DESC");
        self.all(sql).await?.iter().map(read).collect()
    }

    /// Replaces the state, if its version is still the one that was read; `false` when someone else was first.
    pub async fn set_upload_state(
        &self,
        office: OfficeId,
        id: &str,
        version: u64,
        state: &str,
        state_json: &str,
    ) -> Result<bool, StoreError> {
        let sql = self.sql("UPDATE upload SET state = ").with("", state).with(", state_json = ", state_json);
        let sql = sql.with(", version = ", version + 1).with(" WHERE office = ", office.to_string());
        Ok(self.run(sql.with(" AND id = ", id).with(" AND version = ", version)).await? == 1)
    }

    /// Drops a file's bytes and keeps the note of it.
    pub async fn delete_upload_bytes(&self, office: OfficeId, id: &str) -> Result<bool, StoreError> {
        let sql = self.sql("DELETE FROM upload_bytes WHERE office = ").with("", office.to_string());
        Ok(self.run(sql.with(" AND id = ", id)).await? == 1)
    }

    pub async fn delete_upload(&self, office: OfficeId, id: &str) -> Result<bool, StoreError> {
        let office = office.to_string();
        let bytes = self.sql("DELETE FROM upload_bytes WHERE office = ").with("", office.as_str()).with(" AND id = ", id);
        let row = self.sql("DELETE FROM upload WHERE office = ").with("", office).with(" AND id = ", id);
        Ok(self.run_all(vec![bytes, row]).await? == 1)
    }
}
