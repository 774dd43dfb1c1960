//! SQL text with its values: one builder, one kind of transaction and one kind of record over both databases.
use crate::{
    dialect::Dialect,
    error::StoreError,
    open::{Db, Store},
};
use sqlx::{AssertSqlSafe, Postgres, Row, Sqlite, postgres::PgRow, sqlite::SqliteRow};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Val {
    Int(Option<i64>),
    Text(Option<String>),
    Bytes(Vec<u8>),
}

impl From<i64> for Val {
    fn from(v: i64) -> Self {
        Self::Int(Some(v))
    }
}
impl From<u64> for Val {
    fn from(v: u64) -> Self {
        Self::Int(Some(int(v)))
    }
}
impl From<Option<i64>> for Val {
    fn from(v: Option<i64>) -> Self {
        Self::Int(v)
    }
}
impl From<&str> for Val {
    fn from(v: &str) -> Self {
        Self::Text(Some(v.to_owned()))
    }
}
impl From<String> for Val {
    fn from(v: String) -> Self {
        Self::Text(Some(v))
    }
}
impl From<Option<String>> for Val {
    fn from(v: Option<String>) -> Self {
        Self::Text(v)
    }
}

/// Counters fit 63 bits: a feed of one entry a nanosecond would take 292 years.
pub(crate) fn int(v: u64) -> i64 {
    i64::try_from(v).unwrap_or(i64::MAX)
}

/// A statement under construction. Values are only ever bound, so its text is ours alone.
#[derive(Clone, Debug)]
pub(crate) struct Sql {
    dialect: Dialect,
    text: String,
    vals: Vec<Val>,
}

impl Sql {
    pub(crate) fn new(dialect: Dialect, text: &str) -> Self {
        Self { dialect, text: text.to_owned(), vals: vec![] }
    }
    pub(crate) fn push(&mut self, text: &str) -> &mut Self {
        self.text.push_str(text);
        self
    }
    pub(crate) fn bind(&mut self, val: impl Into<Val>) -> &mut Self {
        self.vals.push(val.into());
        self.dialect.parameter(self.vals.len(), &mut self.text);
        self
    }
    /// `text` followed by one parameter.
    pub(crate) fn with(mut self, text: &str, val: impl Into<Val>) -> Self {
        self.push(text).bind(val);
        self
    }
    /// `text` alone.
    pub(crate) fn and(mut self, text: &str) -> Self {
        self.push(text);
        self
    }
    /// `expr IN (…)`; an empty list, which SQL does not know, is never true.
    pub(crate) fn push_in<T: Into<Val>>(&mut self, expr: &str, list: impl IntoIterator<Item = T>) -> &mut Self {
        let mut list = list.into_iter().peekable();
        if list.peek().is_none() {
            return self.push("1=0");
        }
        self.push(expr).push(" IN (");
        for (i, v) in list.enumerate() {
            if i > 0 {
                self.push(",");
            }
            self.bind(v);
        }
        self.push(")")
    }
    /// Tells SQLite, which keeps no statistics here, the index to walk; PostgreSQL decides for itself.
    pub(crate) fn push_index(&mut self, name: &str) -> &mut Self {
        match self.dialect {
            Dialect::Sqlite => self.push(" INDEXED BY ").push(name),
            Dialect::Postgres => self,
        }
    }
    /// That a text contains another, byte by byte.
    pub(crate) fn push_contains(&mut self, column: &str, word: &str) -> &mut Self {
        let function = match self.dialect {
            Dialect::Sqlite => "instr(",
            Dialect::Postgres => "strpos(",
        };
        self.push(function).push(column).push(", ").bind(word).push(") > 0")
    }
    #[cfg(test)]
    pub(crate) fn text(&self) -> &str {
        &self.text
    }
}

/// A record of either database; columns by position.
pub(crate) enum Rec {
    Lite(SqliteRow),
    Pg(PgRow),
}

impl Rec {
    pub(crate) fn int(&self, i: usize) -> Result<i64, StoreError> {
        Ok(match self {
            Self::Lite(r) => r.try_get(i)?,
            Self::Pg(r) => r.try_get(i)?,
        })
    }
    pub(crate) fn count(&self, i: usize) -> Result<u64, StoreError> {
        u64::try_from(self.int(i)?).map_err(|_| StoreError::Damaged(format!("a negative count in column {i}")))
    }
    pub(crate) fn opt_int(&self, i: usize) -> Result<Option<i64>, StoreError> {
        Ok(match self {
            Self::Lite(r) => r.try_get(i)?,
            Self::Pg(r) => r.try_get(i)?,
        })
    }
    pub(crate) fn text(&self, i: usize) -> Result<String, StoreError> {
        Ok(match self {
            Self::Lite(r) => r.try_get(i)?,
            Self::Pg(r) => r.try_get(i)?,
        })
    }
    pub(crate) fn opt_text(&self, i: usize) -> Result<Option<String>, StoreError> {
        Ok(match self {
            Self::Lite(r) => r.try_get(i)?,
            Self::Pg(r) => r.try_get(i)?,
        })
    }
    pub(crate) fn bytes(&self, i: usize) -> Result<Vec<u8>, StoreError> {
        Ok(match self {
            Self::Lite(r) => r.try_get(i)?,
            Self::Pg(r) => r.try_get(i)?,
        })
    }
    /// A text column read with its type's one parser.
    pub(crate) fn parsed<T: std::str::FromStr>(&self, i: usize) -> Result<T, StoreError> {
        let text = self.text(i)?;
        text.parse().map_err(|_| StoreError::Damaged(format!("cannot read {text:?}")))
    }
    pub(crate) fn opt_parsed<T: std::str::FromStr>(&self, i: usize) -> Result<Option<T>, StoreError> {
        self.opt_text(i)?.map(|t| t.parse().map_err(|_| StoreError::Damaged(format!("cannot read {t:?}")))).transpose()
    }
}

macro_rules! bound {
    ($sql:expr) => {{
        let sql = $sql;
        let mut query = sqlx::query(AssertSqlSafe(sql.text));
        for val in sql.vals {
            query = match val {
                Val::Int(v) => query.bind(v),
                Val::Text(v) => query.bind(v),
                Val::Bytes(v) => query.bind(v),
            };
        }
        query
    }};
}

/// A transaction on either database; dropped without [`Tx::commit`], it is rolled back.
pub(crate) enum Tx {
    Lite(sqlx::Transaction<'static, Sqlite>),
    Pg(sqlx::Transaction<'static, Postgres>),
}

impl Tx {
    /// Runs a statement and gives the number of rows it touched.
    pub(crate) async fn run(&mut self, sql: Sql) -> Result<u64, StoreError> {
        Ok(match self {
            Self::Lite(tx) => bound!(sql).execute(&mut **tx).await?.rows_affected(),
            Self::Pg(tx) => bound!(sql).execute(&mut **tx).await?.rows_affected(),
        })
    }
    pub(crate) async fn all(&mut self, sql: Sql) -> Result<Vec<Rec>, StoreError> {
        Ok(match self {
            Self::Lite(tx) => bound!(sql).fetch_all(&mut **tx).await?.into_iter().map(Rec::Lite).collect(),
            Self::Pg(tx) => bound!(sql).fetch_all(&mut **tx).await?.into_iter().map(Rec::Pg).collect(),
        })
    }
    pub(crate) async fn first(&mut self, sql: Sql) -> Result<Option<Rec>, StoreError> {
        Ok(self.all(sql).await?.into_iter().next())
    }
    pub(crate) async fn commit(self) -> Result<(), StoreError> {
        match self {
            Self::Lite(tx) => tx.commit().await?,
            Self::Pg(tx) => tx.commit().await?,
        }
        Ok(())
    }
    pub(crate) async fn rollback(self) -> Result<(), StoreError> {
        match self {
            Self::Lite(tx) => tx.rollback().await?,
            Self::Pg(tx) => tx.rollback().await?,
        }
        Ok(())
    }
}

/// How often a transient failure is tried again before it is reported.
pub(crate) const RETRIES: u32 = 6;

/// Waits a little longer each time.
pub(crate) async fn pause(attempt: u32) {
    tokio::time::sleep(std::time::Duration::from_millis(5 << attempt.min(6))).await;
}

impl Store {
    pub(crate) fn dialect(&self) -> Dialect {
        match self.db {
            Db::Sqlite { .. } => Dialect::Sqlite,
            Db::Postgres(_) => Dialect::Postgres,
        }
    }
    pub(crate) fn sql(&self, text: &str) -> Sql {
        Sql::new(self.dialect(), text)
    }
    /// A write transaction: the only one on SQLite.
    pub(crate) async fn begin(&self) -> Result<Tx, StoreError> {
        Ok(match &self.db {
            Db::Sqlite { write, .. } => Tx::Lite(write.begin_with("BEGIN IMMEDIATE").await?),
            Db::Postgres(pool) => Tx::Pg(pool.begin().await?),
        })
    }
    /// A reading transaction that sees one moment throughout.
    pub(crate) async fn snapshot(&self) -> Result<Tx, StoreError> {
        Ok(match &self.db {
            Db::Sqlite { read, .. } => Tx::Lite(read.begin().await?),
            Db::Postgres(pool) => Tx::Pg(pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?),
        })
    }
    /// Reads outside any transaction.
    pub(crate) async fn all(&self, sql: Sql) -> Result<Vec<Rec>, StoreError> {
        Ok(match &self.db {
            Db::Sqlite { read, .. } => bound!(sql).fetch_all(read).await?.into_iter().map(Rec::Lite).collect(),
            Db::Postgres(pool) => bound!(sql).fetch_all(pool).await?.into_iter().map(Rec::Pg).collect(),
        })
    }
    pub(crate) async fn first(&self, sql: Sql) -> Result<Option<Rec>, StoreError> {
        Ok(self.all(sql).await?.into_iter().next())
    }
    /// One idempotent writing statement in a transaction of its own.
    pub(crate) async fn run(&self, sql: Sql) -> Result<u64, StoreError> {
        self.run_all(vec![sql]).await
    }
    /// Idempotent statements in one transaction, tried again on a transient failure. Gives the rows the last one touched.
    pub(crate) async fn run_all(&self, statements: Vec<Sql>) -> Result<u64, StoreError> {
        let mut attempt = 0;
        loop {
            match self.try_run_all(statements.clone()).await {
                Err(e) if e.is_transient() && attempt < RETRIES => {
                    attempt += 1;
                    pause(attempt).await;
                }
                done => return done,
            }
        }
    }
    async fn try_run_all(&self, statements: Vec<Sql>) -> Result<u64, StoreError> {
        let mut tx = self.begin().await?;
        let mut touched = 0;
        for sql in statements {
            touched = tx.run(sql).await?;
        }
        tx.commit().await?;
        Ok(touched)
    }
}

/// Multi-row inserts, cut so that no statement passes the databases' bind limits.
///
/// Gives the number of rows inserted or updated.
pub(crate) async fn insert_many(
    tx: &mut Tx,
    dialect: Dialect,
    table: &str,
    columns: &str,
    rows: Vec<Vec<Val>>,
    on_conflict: &str,
) -> Result<u64, StoreError> {
    let width = rows.first().map_or(1, Vec::len).max(1);
    // A power of two, so that few different texts fill the statement cache.
    let mut most = 1;
    while most * 2 * width <= dialect.parameters_max() {
        most *= 2;
    }
    let mut touched = 0;
    let mut rows = rows.into_iter().peekable();
    let mut left = rows.len();
    while left > 0 {
        let mut take = most;
        while take > left {
            take /= 2;
        }
        left -= take;
        let mut sql = Sql::new(dialect, "");
        sql.push("INSERT INTO ").push(table).push(" (").push(columns).push(") VALUES ");
        for (i, row) in rows.by_ref().take(take).enumerate() {
            sql.push(if i == 0 { "(" } else { ",(" });
            for (k, val) in row.into_iter().enumerate() {
                if k > 0 {
                    sql.push(",");
                }
                sql.bind(val);
            }
            sql.push(")");
        }
        sql.push(" ").push(on_conflict);
        touched += tx.run(sql).await?;
    }
    Ok(touched)
}

/// Ids in one `IN` list.
pub(crate) const IN_CHUNK: usize = 500;
