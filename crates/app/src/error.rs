//! Why a use case did not happen. No prose: codes and values, said at the edge.
use crate::permission::Right;
use lantu_model::{Problem, Refusal};
use lantu_store::{CommitError, StaleStream, StoreError};

#[derive(Debug, thiserror::Error)]
pub enum AppError {
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Absent, or outside the reader's scope: the two look alike on purpose.
    #[error("not found")]
    NotFound,
    #[error("forbidden: {0:?}")]
    Forbidden(Right),
    /// Someone else changed it first.
    #[error("stale")]
    Stale(Vec<StaleStream>),
    /// The disk or the page limit is reached; nothing was written.
    #[error("storage full")]
    Full,
    #[error("the idempotency key was used for another request")]
    IdempotencyMismatch,
    #[error(transparent)]
    Store(StoreError),
    /// A document in the database that this program cannot read.
    #[error("unreadable record {stream}: {reason}")]
    Unreadable { stream: String, reason: String },
}

impl AppError {
    pub fn refuse(problem: Problem) -> Self {
        Self::Refused(Refusal::one(problem))
    }
}

impl From<StoreError> for AppError {
    fn from(e: StoreError) -> Self {
        if e.code() == "storage_full" { Self::Full } else { Self::Store(e) }
    }
}

impl From<CommitError> for AppError {
    fn from(e: CommitError) -> Self {
        match e {
            CommitError::Stale(s) => Self::Stale(s),
            CommitError::Full => Self::Full,
            CommitError::IdempotencyMismatch => Self::IdempotencyMismatch,
            CommitError::Db(e) => e.into(),
        }
    }
}

pub type Result<T> = std::result::Result<T, AppError>;
