//! Opening a database and the office in it, with words for everything that may stand in the way.
use crate::{edge, outcome::Stop};
use jiff::civil::Date;
use lantu_app::{
    AppError, Books, Desk, Signed,
    set_up::{OfficeDraft, open_office},
};
use lantu_model::{OfficeId, words::Lang};
use lantu_store::{OpenOptions, Shelf, Store, StoreError};
use std::sync::Arc;
use uuid::Uuid;

pub async fn open(url: &str, options: OpenOptions) -> Result<Desk, Stop> {
    Store::open(url, options).await.map(Desk::new).map_err(|e| database(url, e))
}

/// With the shelf of evidence: as asked, else a folder beside the database.
pub fn with_evidence(desk: Desk, database: &str, evidence: Option<&str>) -> Result<Desk, Stop> {
    let url = evidence_url(database, evidence);
    Shelf::open(&url).map(|shelf| desk.with_shelf(shelf)).map_err(|e| self::database(&url, e))
}

/// Where an office's evidence is: as asked, else beside its database; beside PostgreSQL there is no folder, so it is here.
pub fn evidence_url(database: &str, evidence: Option<&str>) -> String {
    let beside = || match database.strip_prefix("sqlite:") {
        Some(path) if !path.contains(":memory:") => format!("folder:{}.evidence", path.trim_start_matches("//")),
        _ => "folder:lantu.evidence".to_owned(),
    };
    evidence.map_or_else(beside, str::to_owned)
}

pub fn database(url: &str, error: StoreError) -> Stop {
    // A password may stand in the address.
    let shown = match (url.split_once("://"), url.rsplit_once('@')) {
        (Some((scheme, _)), Some((_, rest))) => format!("{scheme}://…@{rest}"),
        _ => url.to_owned(),
    };
    match error {
        StoreError::Missing(path) => Stop::broken(format!("没有数据库文件 {path}"), format!("there is no database file {path}")),
        StoreError::Foreign(_) => Stop::broken(format!("{shown} 不是本程序的数据库"), format!("{shown} is not a database of this program")),
        StoreError::NewerSchema { found, known } => Stop::broken(
            format!("{shown} 由更新版本的程序写成(结构 {found},本程序认识到 {known}):请用新版本打开"),
            format!("{shown} was written by a newer program (schema {found}, this one knows up to {known}): open it with that"),
        ),
        StoreError::OlderSchema { found, known } => Stop::broken(
            format!("{shown} 的结构是旧版(结构 {found},需要 {known}):去掉 --no-migrate 再启动"),
            format!("{shown} has an older schema ({found}, {known} is needed): start without --no-migrate"),
        ),
        StoreError::BadUrl(_) => Stop::usage(
            format!("不是数据库地址:{shown}(写作 sqlite:路径 或 postgres://…)"),
            format!("not a database address: {shown} (write sqlite:PATH or postgres://…)"),
        ),
        StoreError::ShelfUrl(_) => Stop::usage(
            format!("不是文件存放地址:{shown}(写作 folder:路径 或 s3://存储桶/前缀)"),
            format!("not an address for evidence: {shown} (write folder:PATH or s3://BUCKET/PREFIX)"),
        ),
        StoreError::NoBuckets => Stop::usage(
            "本程序没有带 S3 功能:用 --features s3 重新编译,或改用 folder:路径",
            "this program was built without S3: build it with --features s3, or use folder:PATH",
        ),
        StoreError::Shelf(reason) => {
            Stop::broken(format!("文件存放处 {shown} 出错:{reason}"), format!("the evidence at {shown} cannot be used: {reason}"))
        }
        other => {
            let text = other.to_string();
            if text.contains("locked") || text.contains("busy") {
                return Stop::broken(
                    format!("{shown} 正被另一个程序占用,稍后再试"),
                    format!("{shown} is locked by another program: try again shortly"),
                );
            }
            if text.contains("unable to open") || text.contains("readonly") || text.contains("Permission") {
                return Stop::broken(
                    format!("无法打开 {shown}:请检查文件夹是否存在、有无读写权限"),
                    format!("{shown} cannot be opened: check that the folder exists and may be written"),
                );
            }
            Stop::broken(format!("数据库 {shown} 出错:{text}"), format!("the database {shown} failed: {text}"))
        }
    }
}

/// What a use case could not do, for the command line.
pub fn stop(error: AppError) -> Stop {
    match error {
        AppError::Refused(refusal) => Stop::Refused(refusal.unmet),
        AppError::Store(e) => database("", e),
        AppError::Full => Stop::broken("磁盘或数据库已满,没有写入", "the disk or the database is full; nothing was written"),
        AppError::Stale(_) => {
            Stop::broken("数据刚被他人修改,没有写入,请重试", "someone else changed the same data; nothing was written, try again")
        }
        other => Stop::broken(format!("出错:{other}"), other.to_string()),
    }
}

/// An opened office with the program itself at its desk.
pub struct Opened {
    pub desk: Desk,
    pub books: Arc<Books>,
    pub signed: Signed,
    pub today: Option<Date>,
}

impl Opened {
    pub fn ask<'a>(&'a self, lang: Lang, ids: &'a (dyn Fn() -> Uuid + Send + Sync)) -> lantu_app::Ask<'a> {
        lantu_app::Ask { signed: &self.signed, moment: edge::now(&self.books.pack.zone, self.today), lang, ids }
    }
}

/// Which pack and place a database without an office is opened with.
pub struct Fresh<'a> {
    pub pack: &'a str,
    /// The pack's first real place where not said.
    pub place: Option<&'a str>,
    pub demo: bool,
}

/// The first office of the database; a fresh one where there is none and `fresh` says with what.
pub async fn office(desk: Desk, fresh: Option<Fresh<'_>>, label: &str, today: Option<Date>) -> Result<Opened, Stop> {
    let found = desk.offices().await.map_err(stop)?.first().copied();
    let office = match (found, fresh) {
        (Some(office), _) => office,
        (None, Some(fresh)) => open_fresh(&desk, &fresh, today).await?,
        (None, None) => {
            return Err(Stop::broken(
                "数据库里还没有单位:请先运行 serve 完成初始设置,或导入清单",
                "the database holds no office yet: set one up with serve, or import a list",
            ));
        }
    };
    let books = desk.books(office).await.map_err(stop)?;
    Ok(Opened { desk, books, signed: Signed::system(office, label), today })
}

async fn open_fresh(desk: &Desk, fresh: &Fresh<'_>, today: Option<Date>) -> Result<OfficeId, Stop> {
    let files = lantu_pack::embedded(fresh.pack).ok_or_else(|| {
        let known = lantu_pack::embedded_names().join(", ");
        Stop::usage(format!("没有数据包 {}(有:{known})", fresh.pack), format!("there is no pack {} (there are: {known})", fresh.pack))
    })?;
    let pack =
        lantu_pack::Pack::load(&files).map_err(|p| Stop::broken(lantu_pack::pretty(&p, Lang::Zh), lantu_pack::pretty(&p, Lang::En)))?;
    let known = || pack.places.iter().map(|p| p.key.as_str()).collect::<Vec<_>>().join(", ");
    let place = match fresh.place {
        Some(key) => pack.place(key),
        None => pack.places.iter().find(|p| !p.fictional).or_else(|| pack.places.first()),
    };
    let place = place.ok_or_else(|| {
        let asked = fresh.place.unwrap_or_default();
        Stop::usage(format!("数据包里没有属地 {asked}(有:{})", known()), format!("the pack has no place {asked} (it has: {})", known()))
    })?;
    let draft = OfficeDraft { name: String::new(), pack: fresh.pack.to_owned(), place: place.key.clone(), demo: fresh.demo };
    open_office(desk, draft, edge::now(&pack.zone, today), &Uuid::now_v7).await.map_err(stop)
}
