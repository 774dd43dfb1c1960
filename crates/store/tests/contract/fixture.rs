//! A database of its own for each test, and small projects to put in it.
use jiff::{Timestamp, civil::Date};
use lantu_model::{Change, Level, OfficeId, OrgId, Project, ProjectId, ProjectRow, Scope};
use lantu_store::{Actor, CommitError, Committed, Moment, OpenOptions, Store, StreamId, Transaction, Write};
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};
use std::{
    path::PathBuf,
    sync::atomic::{AtomicU32, Ordering},
};

static NEXT: AtomicU32 = AtomicU32::new(0);

pub enum Place {
    Folder(PathBuf),
    Schema { base: String, schema: String },
}

/// A database that goes away with the test.
pub struct Bed {
    pub url: String,
    pub store: Store,
    place: Place,
}

impl Bed {
    pub async fn sqlite() -> Self {
        Self::sqlite_with(OpenOptions::default()).await
    }

    pub async fn sqlite_with(options: OpenOptions) -> Self {
        let n = NEXT.fetch_add(1, Ordering::Relaxed);
        let dir = std::env::temp_dir().join(format!("lantu-store-{}-{n}", std::process::id()));
        std::fs::create_dir_all(&dir).unwrap();
        let url = format!("sqlite:{}", dir.join("lantu.db").display());
        Self { store: Store::open(&url, options).await.unwrap(), url, place: Place::Folder(dir) }
    }

    /// `None`, said aloud, without a PostgreSQL to use.
    pub async fn postgres() -> Option<Self> {
        let Ok(base) = std::env::var("LANTU_TEST_POSTGRES") else {
            assert!(std::env::var("LANTU_REQUIRE_POSTGRES").as_deref() != Ok("1"), "LANTU_TEST_POSTGRES is required and not set");
            eprintln!("skipped: LANTU_TEST_POSTGRES not set");
            return None;
        };
        let schema = format!("t{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let place = Place::Schema { base: base.clone(), schema: schema.clone() };
        execute_at(&base, &format!("CREATE SCHEMA {schema}")).await;
        let joint = if base.contains('?') { '&' } else { '?' };
        let url = format!("{base}{joint}options=-csearch_path%3D{schema}");
        Some(Self { store: Store::open(&url, OpenOptions::default()).await.unwrap(), url, place })
    }

    /// SQL behind the store's back, on a connection of its own.
    pub async fn raw(&self, sql: &str) -> u64 {
        execute_at(&self.url, sql).await
    }

    pub async fn another(&self) -> Store {
        Store::open(&self.url, OpenOptions { create: false, migrate: false, max_page_count: None }).await.unwrap()
    }

    pub async fn done(self) {
        self.store.close().await;
        match &self.place {
            Place::Folder(dir) => std::fs::remove_dir_all(dir).unwrap(),
            Place::Schema { base, schema } => {
                execute_at(base, &format!("DROP SCHEMA {schema} CASCADE")).await;
            }
        }
    }
}

async fn execute_at(url: &str, sql: &str) -> u64 {
    if url.starts_with("sqlite:") {
        let mut c = SqliteConnection::connect(url).await.unwrap();
        let n = sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut c).await.unwrap().rows_affected();
        c.close().await.unwrap();
        n
    } else {
        let mut c = PgConnection::connect(url).await.unwrap();
        let n = sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut c).await.unwrap().rows_affected();
        c.close().await.unwrap();
        n
    }
}

/// Runs one async function as two tests: over SQLite and over PostgreSQL.
#[macro_export]
macro_rules! over_both {
    ($($name:ident),* $(,)?) => { $(
        mod $name {
            use $crate::fixture::Bed;
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                let bed = Bed::sqlite().await;
                super::$name(&bed).await;
                bed.done().await;
            }
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                if let Some(bed) = Bed::postgres().await {
                    super::$name(&bed).await;
                    bed.done().await;
                }
            }
        }
    )* }
}

fn uuid(family: u8, n: u32) -> String {
    format!("0198{family:02x}00-0000-7000-8000-{n:012x}")
}

pub fn office() -> OfficeId {
    uuid(1, 1).parse().unwrap()
}
pub fn other_office() -> OfficeId {
    uuid(1, 2).parse().unwrap()
}
pub fn pid(n: u32) -> ProjectId {
    uuid(2, n).parse().unwrap()
}
pub fn org(n: u32) -> OrgId {
    uuid(3, n).parse().unwrap()
}
pub fn user(n: u32) -> lantu_model::UserId {
    uuid(4, n).parse().unwrap()
}
pub fn whole() -> Scope {
    Scope::whole(office())
}
pub fn day(text: &str) -> Date {
    text.parse().unwrap()
}
pub fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_780_000_000 + second).unwrap()
}
pub fn moment(d: &str) -> Moment {
    Moment { day: day(d), at: at(1) }
}

pub fn project(n: u32, name: &str) -> Project {
    Project::admit(pid(n), Level::Project, name).unwrap()
}

/// A row as the rules would derive it, as far as the store minds.
pub fn row(p: &Project) -> ProjectRow {
    ProjectRow {
        id: p.id,
        name: p.name.clone(),
        name_key: p.name.to_lowercase(),
        code: p.code().unwrap_or_default().to_owned(),
        codes: p.codes.iter().map(|c| c.code.clone()).collect(),
        level: p.level,
        parent: p.parent,
        counts: p.counts(),
        stage: p.lifecycle.stage.kind(),
        status: p.lifecycle.status.kind(),
        suggested: None,
        division: p.division.clone(),
        platform: p.platform.clone(),
        industry: p.industry.as_ref().map(|i| i.as_str().to_owned()),
        nature: p.nature,
        procedure: p.procedure,
        holding: p.owner.as_ref().and_then(|o| o.holding),
        owner: p.owner.as_ref().map(|o| o.name.clone()),
        lead_org: None,
        orgs: p.responsibilities.iter().filter_map(|r| r.org).collect(),
        investment: p.total_investment,
        land: p.land_total,
        start_due: p.start_planned.map(|x| x.last_day()),
        finish_due: p.finish_planned.map(|x| x.last_day()),
        operate_due: None,
        ramp_due: None,
        start_planned: None,
        finish_planned: None,
        operate_planned: None,
        ramp_planned: None,
        ceremony_on: p.ceremony_on,
        permit_on: p.permit_on,
        started_on: p.lifecycle.stage.started(),
        completed_on: p.lifecycle.stage.completed(),
        operating_on: None,
        ramped_on: None,
        stat_entry_on: p.stat_entry_on,
        formalities_granted: 0,
        formalities_needed: 0,
        memberships: p.memberships.clone(),
        ytd_month: None,
        ytd_done: None,
        annual_plan: None,
    }
}

pub fn write(expected: u64, p: &Project) -> Write {
    write_row(expected, p, Some(row(p)))
}

pub fn write_row(expected: u64, p: &Project, row: Option<ProjectRow>) -> Write {
    let doc = serde_json::to_value(p).unwrap();
    Write { stream: StreamId::project(p.id), expected, doc, change: Change::new(if expected == 0 { "create" } else { "edit" }), row }
}

pub fn transaction(act: &str) -> Transaction {
    let actor = Actor { user: Some(user(1)), name_for_log: "jing".into() };
    Transaction::new(office(), actor, moment("2026-08-01"), act)
}

pub async fn commit(store: &Store, writes: Vec<Write>) -> Result<Committed, CommitError> {
    let mut t = transaction("edit");
    t.writes = writes;
    store.commit(t).await
}

/// Chance from a seed (splitmix64).
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
    pub fn below(&mut self, n: usize) -> usize {
        (self.roll() % n as u64) as usize
    }
    pub fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }
    pub fn pick<T: Clone>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())].clone()
    }
    /// None, one or two of them.
    pub fn some<T: Clone>(&mut self, list: &[T]) -> Vec<T> {
        (0..self.below(3)).map(|_| self.pick(list)).collect()
    }
}
