//! Opening a database: pools, the tiny versioned migration table, and clear refusals.
use crate::{
    dialect::{Dialect, Trouble, trouble},
    error::StoreError,
    sql::{RETRIES, pause},
};
use sqlx::{
    PgPool, SqlitePool,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{path::Path, str::FromStr, time::Duration};

/// The schema's steps; a released step never changes, a later one is added.
const MIGRATIONS: &[&str] = &[
    include_str!("migrations/0001_ground.sql"),
    include_str!("migrations/0002_forecast.sql"),
    include_str!("migrations/0003_work.sql"),
    include_str!("migrations/0004_presence.sql"),
];

/// The schema that this program writes.
pub const SCHEMA: i64 = MIGRATIONS.len() as i64;

#[derive(Clone, Copy, Debug)]
pub struct OpenOptions {
    /// Make the file when it is not there (SQLite).
    pub create: bool,
    /// Bring an older schema up to date; otherwise it is refused.
    pub migrate: bool,
    /// SQLite's page limit, for tests of a full disk.
    pub max_page_count: Option<u32>,
}

impl Default for OpenOptions {
    fn default() -> Self {
        Self { create: true, migrate: true, max_page_count: None }
    }
}

/// The two databases, concretely: each with the pool that suits it.
#[derive(Clone)]
pub(crate) enum Db {
    /// One writer, because SQLite has one anyway; several readers, which WAL lets read meanwhile.
    Sqlite {
        write: SqlitePool,
        read: SqlitePool,
    },
    Postgres(PgPool),
}

/// An open database. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    pub(crate) db: Db,
}

impl Store {
    /// Opens `sqlite:PATH`, `sqlite::memory:` or `postgres://…` (`?options=-csearch_path%3Dname` picks a schema).
    pub async fn open(url: &str, options: OpenOptions) -> Result<Self, StoreError> {
        let store = if let Some(path) = url.strip_prefix("sqlite:") {
            Self { db: open_sqlite(path.strip_prefix("//").unwrap_or(path), options).await? }
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            let connect = PgConnectOptions::from_str(url).map_err(|_| StoreError::BadUrl(without_secrets(url)))?;
            let pool = PgPoolOptions::new().max_connections(16).acquire_timeout(Duration::from_secs(20));
            Self { db: Db::Postgres(pool.connect_with(connect).await?) }
        } else {
            return Err(StoreError::BadUrl(without_secrets(url)));
        };
        store.ready(options.migrate).await?;
        Ok(store)
    }

    /// Closes every connection; SQLite folds its write-ahead log back into the file.
    pub async fn close(&self) {
        match &self.db {
            Db::Sqlite { write, read } => {
                read.close().await;
                write.close().await;
            }
            Db::Postgres(pool) => pool.close().await,
        }
    }

    /// `sqlite` or `postgres`.
    pub fn database(&self) -> &'static str {
        match self.dialect() {
            Dialect::Sqlite => "sqlite",
            Dialect::Postgres => "postgres",
        }
    }

    async fn ready(&self, migrate: bool) -> Result<(), StoreError> {
        let found = self.schema_version().await?;
        if found > SCHEMA {
            return Err(StoreError::NewerSchema { found, known: SCHEMA });
        }
        if found == SCHEMA {
            return Ok(());
        }
        if !migrate {
            return Err(StoreError::OlderSchema { found, known: SCHEMA });
        }
        let mut attempt = 0;
        loop {
            match self.migrate().await {
                // Another server of the same start is doing the same: look again.
                Err(StoreError::Sql(e)) if attempt < RETRIES && matches!(trouble(&e), Trouble::Transient | Trouble::Duplicate) => {
                    attempt += 1;
                    pause(attempt + 3).await;
                }
                done => return done,
            }
        }
    }

    async fn schema_version(&self) -> Result<i64, StoreError> {
        let there = match self.dialect() {
            Dialect::Sqlite => self.sql("SELECT name FROM sqlite_master WHERE type = 'table'"),
            Dialect::Postgres => self.sql("SELECT table_name::text FROM information_schema.tables WHERE table_schema = current_schema()"),
        };
        let tables = self.all(there).await.map_err(not_ours)?;
        let names = tables.iter().map(|r| r.text(0)).collect::<Result<Vec<_>, _>>()?;
        if !names.iter().any(|n| n == "schema_version") {
            return if names.is_empty() { Ok(0) } else { Err(StoreError::Foreign(format!("it holds table {}", names[0]))) };
        }
        let found = self.first(self.sql("SELECT COALESCE(MAX(version), 0) FROM schema_version")).await?;
        found.map_or(Ok(0), |r| r.int(0))
    }

    async fn migrate(&self) -> Result<(), StoreError> {
        let dialect = self.dialect();
        let mut tx = self.begin().await?;
        tx.run(self.sql("CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL PRIMARY KEY)")).await?;
        let done = tx.first(self.sql("SELECT COALESCE(MAX(version), 0) FROM schema_version")).await?.map_or(Ok(0), |r| r.int(0))?;
        for (version, text) in (1i64..).zip(MIGRATIONS).filter(|(v, _)| *v > done) {
            for statement in text.split(";\n").map(str::trim).filter(|s| !s.is_empty()) {
                tx.run(self.sql(&dialect.ddl(statement))).await?;
            }
            tx.run(self.sql("INSERT INTO schema_version (version) VALUES (").with("", version).and(")")).await?;
        }
        tx.commit().await
    }
}

/// Bytes of a SQLite file that readers map; what lies beyond is read.
const MAPPED: u64 = 1 << 30;
/// Readers that nobody needed for so long are closed, with their maps.
const READER_IDLE: Duration = Duration::from_secs(60);

async fn open_sqlite(path: &str, options: OpenOptions) -> Result<Db, StoreError> {
    let memory = path == ":memory:" || path.is_empty();
    if !memory && !options.create && !Path::new(path).exists() {
        return Err(StoreError::Missing(path.to_owned()));
    }
    let connect = SqliteConnectOptions::new()
        .create_if_missing(options.create)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(10))
        .statement_cache_capacity(200);
    if memory {
        // Each connection to :memory: would be a database of its own, so there is one, never let go.
        let pool = SqlitePoolOptions::new().max_connections(1).min_connections(1).idle_timeout(None).max_lifetime(None);
        let mut connect = connect.in_memory(true);
        if let Some(pages) = options.max_page_count {
            connect = connect.pragma("max_page_count", pages.to_string());
        }
        let pool = pool.connect_with(connect).await?;
        return Ok(Db::Sqlite { write: pool.clone(), read: pool });
    }
    let connect = connect.filename(path).journal_mode(SqliteJournalMode::Wal).synchronous(SqliteSynchronous::Full);
    // What is deleted is gone from the file too: an upload may have held what may not be kept.
    let mut writer = connect.clone().pragma("cache_size", "-16000").pragma("secure_delete", "ON");
    if let Some(pages) = options.max_page_count {
        writer = writer.pragma("max_page_count", pages.to_string());
    }
    let write = SqlitePoolOptions::new().max_connections(1).idle_timeout(None).max_lifetime(None).acquire_timeout(Duration::from_secs(60));
    let write = write.connect_with(writer).await.map_err(|e| not_ours(e.into()))?;
    // Readers map the file: they share the system's cache instead of copying every page into six small ones.
    let reader = connect.create_if_missing(false).pragma("query_only", "1").pragma("cache_size", "-2000");
    let reader = reader.pragma("mmap_size", MAPPED.to_string()).pragma("temp_store", "memory");
    let read =
        SqlitePoolOptions::new().max_connections(4).idle_timeout(READER_IDLE).max_lifetime(None).acquire_timeout(Duration::from_secs(60));
    Ok(Db::Sqlite { write, read: read.connect_with(reader).await? })
}

fn not_ours(error: StoreError) -> StoreError {
    match error {
        StoreError::Sql(e) if trouble(&e) == Trouble::NotADatabase => StoreError::Foreign(e.to_string()),
        other => other,
    }
}

/// An address as it may appear in a message: without user and password.
fn without_secrets(url: &str) -> String {
    match (url.split_once("://"), url.rsplit_once('@')) {
        (Some((scheme, _)), Some((_, rest))) => format!("{scheme}://…@{rest}"),
        _ => url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_never_shows_the_password() {
        assert_eq!(without_secrets("mysql://u:p@ss@h/db"), "mysql://…@h/db");
        assert_eq!(without_secrets("lantu.db"), "lantu.db");
    }
}
