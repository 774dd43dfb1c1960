//! The differences between the two databases, and nothing else of either.
use crate::error::StoreError;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    Sqlite,
    Postgres,
}

/// What a database's complaint means to us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// Busy, a serialisation failure or a deadlock: the same work may pass a moment later.
    Transient,
    /// No room: disk, page limit or file-size limit.
    Full,
    /// A key is there already.
    Duplicate,
    NotADatabase,
    Other,
}

impl Dialect {
    /// A migration's statement in this database's words. The text is written for PostgreSQL's types with SQLite's BLOB.
    ///
    /// Every text column is compared byte by byte on both (`COLLATE "C"`), because keyset paging needs one order
    /// that is the database's and the program's alike.
    pub(crate) fn ddl(self, statement: &str) -> String {
        match self {
            Self::Sqlite if statement.trim_start().starts_with("CREATE TABLE") => {
                format!("{} STRICT", statement.replace("BIGINT", "INTEGER"))
            }
            Self::Sqlite => statement.to_owned(),
            Self::Postgres => statement.replace(" TEXT", " TEXT COLLATE \"C\"").replace(" BLOB", " BYTEA"),
        }
    }

    /// The n-th parameter (from 1). Positional on SQLite, whose named parameters are found by a linear search each.
    pub(crate) fn parameter(self, n: usize, out: &mut String) {
        match self {
            Self::Sqlite => out.push('?'),
            Self::Postgres => {
                out.push('$');
                out.push_str(&n.to_string());
            }
        }
    }

    /// A text deep within a JSON column; null where there is none. The keys are ours, never given.
    pub(crate) fn text_within(self, column: &str, keys: &[&str]) -> String {
        match self {
            Self::Sqlite => format!("json_extract({column}, '$.{}')", keys.join(".")),
            Self::Postgres => format!("({column}::jsonb #>> '{{{}}}')", keys.join(",")),
        }
    }

    /// Parameters that one statement may carry; below SQLite's 32 766 and PostgreSQL's 65 535, and short enough to cache.
    pub(crate) const fn parameters_max(self) -> usize {
        4_000
    }
}

/// Sorts an error by what can be done about it.
pub(crate) fn trouble(error: &sqlx::Error) -> Trouble {
    match error {
        sqlx::Error::Database(e) => {
            let code = e.code().unwrap_or_default();
            if e.try_downcast_ref::<sqlx::sqlite::SqliteError>().is_some() { sqlite_trouble(&code) } else { postgres_trouble(&code) }
        }
        sqlx::Error::Io(e) if e.kind() == std::io::ErrorKind::StorageFull || e.kind() == std::io::ErrorKind::FileTooLarge => Trouble::Full,
        _ => Trouble::Other,
    }
}

fn sqlite_trouble(code: &str) -> Trouble {
    let code: i32 = code.parse().unwrap_or(0);
    match (code & 0xff, code) {
        (5 | 6, _) => Trouble::Transient,
        // IOERR_WRITE is how a file-size limit (EFBIG) arrives, IOERR_SHMSIZE how a full disk does in WAL mode.
        (13, _) | (_, 778 | 1034 | 4874) => Trouble::Full,
        (_, 1555 | 2067) => Trouble::Duplicate,
        (26 | 11, _) => Trouble::NotADatabase,
        _ => Trouble::Other,
    }
}

fn postgres_trouble(code: &str) -> Trouble {
    match code {
        "40001" | "40P01" | "55P03" => Trouble::Transient,
        "53100" => Trouble::Full,
        "23505" | "42P07" | "42710" => Trouble::Duplicate,
        _ => Trouble::Other,
    }
}

impl StoreError {
    /// Whether the same work may pass when tried again.
    pub fn is_transient(&self) -> bool {
        matches!(self, Self::Sql(e) if trouble(e) == Trouble::Transient)
    }
    /// Whether there was no room left to write.
    pub fn is_full(&self) -> bool {
        matches!(self, Self::Sql(e) if trouble(e) == Trouble::Full)
    }
}
