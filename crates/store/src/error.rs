//! What can go wrong in the store: codes and values, no prose for users.
use crate::stream::StreamId;
use jiff::Timestamp;

#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("no database at {0}")]
    Missing(String),
    #[error("not a database of this program: {0}")]
    Foreign(String),
    /// The database was written by a newer program: an older one must not guess at it.
    #[error("the database has schema {found}, this program knows up to {known}: use the newer program")]
    NewerSchema { found: i64, known: i64 },
    #[error("the database has schema {found}, this program needs {known}: migrate it first")]
    OlderSchema { found: i64, known: i64 },
    #[error("not a database address (sqlite:PATH, sqlite::memory:, postgres://…): {0}")]
    BadUrl(String),
    /// The caller broke a rule of the port: a float in a document, a row of another project, one stream twice.
    #[error("cannot be stored: {0}")]
    Invalid(String),
    #[error("not a page of this list: {0}")]
    BadCursor(String),
    /// What was read is not what this program writes: run `verify`.
    #[error("stored data is damaged: {0}")]
    Damaged(String),
    /// Others wrote the same streams at every attempt.
    #[error("too busy: others kept writing the same")]
    Busy,
    #[error("not an address of evidence (folder:PATH or s3://BUCKET/PREFIX): {0}")]
    ShelfUrl(String),
    #[error("this program was built without buckets (feature s3)")]
    NoBuckets,
    /// The folder or bucket of evidence did not do what it was asked.
    #[error("evidence: {0}")]
    Shelf(String),
    #[error(transparent)]
    Sql(#[from] sqlx::Error),
}

impl StoreError {
    /// Stable code, for words and exit codes.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Missing(_) => "database_missing",
            Self::Foreign(_) => "database_foreign",
            Self::NewerSchema { .. } => "database_newer",
            Self::OlderSchema { .. } => "database_older",
            Self::BadUrl(_) => "database_url",
            Self::Invalid(_) => "store_invalid",
            Self::BadCursor(_) => "bad_cursor",
            Self::Damaged(_) => "database_damaged",
            Self::Busy => "database_busy",
            Self::ShelfUrl(_) => "evidence_url",
            Self::NoBuckets => "evidence_no_buckets",
            Self::Shelf(_) => "evidence_failed",
            Self::Sql(_) if self.is_full() => "storage_full",
            Self::Sql(_) => "database_failed",
        }
    }
}

/// A stream that moved on since the caller read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaleStream {
    pub stream: StreamId,
    pub expected: u64,
    /// 0: it is not there (any more).
    pub actual: u64,
    /// Who recorded the latest change, and when.
    pub by: String,
    pub at: Option<Timestamp>,
    /// Top-level fields changed since `expected`.
    pub fields: Vec<String>,
}

#[derive(Debug, thiserror::Error)]
pub enum CommitError {
    /// Every stale stream at once; nothing was written.
    #[error("{} stream(s) changed meanwhile", .0.len())]
    Stale(Vec<StaleStream>),
    /// The idempotency key was used for something else.
    #[error("idempotency key used for another request")]
    IdempotencyMismatch,
    /// Disk, page limit or file-size limit; nothing was written.
    #[error("no room left to write")]
    Full,
    #[error(transparent)]
    Db(StoreError),
}

impl CommitError {
    /// Stable code, for words and HTTP.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Stale(_) => "stale",
            Self::IdempotencyMismatch => "idempotency_mismatch",
            Self::Full => "storage_full",
            Self::Db(e) => e.code(),
        }
    }
}

impl From<StoreError> for CommitError {
    fn from(error: StoreError) -> Self {
        if error.is_full() { Self::Full } else { Self::Db(error) }
    }
}

impl From<sqlx::Error> for CommitError {
    fn from(error: sqlx::Error) -> Self {
        StoreError::from(error).into()
    }
}
