//! `lantu import`: an office's own sheet into a database, previewed or written whole.
use crate::{
    books::{self, Fresh, Opened},
    outcome::{self, Outcome, Stop},
    progress,
    tongue::Tongue,
};
use clap::Args;
use jiff::civil::Date;
use lantu_app::import_list::{FileOptions, PreviewReport, commit_file, likely_place, preview_file, view::ReportedProblem};
use lantu_model::{ListKey, Problem, Severity, words};
use lantu_store::OpenOptions;
use serde::Serialize;
use std::path::{Path, PathBuf};
use uuid::Uuid;

const DEFAULT_PACK: &str = "cn-county";
/// As at the web's door.
const FILE_LIMIT: u64 = 60 << 20;

#[derive(Args)]
pub struct Import {
    /// The list: .xlsx, .xls or .csv
    file: PathBuf,
    /// sqlite:PATH or postgres://…; made when it is not there
    #[arg(long, default_value = "sqlite:lantu.db")]
    database: String,
    /// Pack of a database that is made [default: cn-county]
    #[arg(id = "pack_name", long = "pack", value_name = "NAME")]
    pack: Option<String>,
    /// Place of a database that is made [default: the one whose towns the file names]
    #[arg(long, value_name = "KEY")]
    place: Option<String>,
    /// Which yearly list the file stands for: kind:year
    #[arg(long, value_name = "KIND:YEAR", value_parser = list_key)]
    list: Option<ListKey>,
    /// Show what would happen and write nothing
    #[arg(long)]
    preview: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// Take this day as today (demonstrations, tests)
    #[arg(long)]
    today: Option<Date>,
}

/// The place of a built-in pack that the file speaks of.
fn likeliest(pack: &str, name: &str, bytes: &[u8]) -> Option<String> {
    let pack = lantu_pack::Pack::load(&lantu_pack::embedded(pack)?).ok()?;
    likely_place(&pack, name, bytes).map(|p| p.key.clone())
}

fn list_key(text: &str) -> Result<ListKey, String> {
    let (kind, year) = text.rsplit_once(':').ok_or("kind:year")?;
    Ok(ListKey { kind: kind.to_owned(), year: year.parse().map_err(|_| "kind:year")? })
}

/// The report, and where it was recorded when it was.
#[derive(Serialize)]
struct Printed<'a> {
    #[serde(flatten)]
    report: &'a PreviewReport,
    #[serde(skip_serializing_if = "Option::is_none")]
    feed: Option<u64>,
}

impl Import {
    pub async fn run(&self, tongue: Tongue) -> Result<Outcome, Stop> {
        let bytes = read(&self.file)?;
        let name = self.file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let opened = self.open(&name, &bytes).await?;
        let ids = Uuid::now_v7;
        let ask = opened.ask(tongue.0, &ids);
        let options = FileOptions { list: self.list.clone(), year: self.list.as_ref().map(|l| l.year) };
        let wheel = progress::wheel(tongue.say("正在读取", "reading"));
        let done = if self.preview {
            preview_file(&opened.desk, ask, &name, bytes, &options).await.map(|report| (report, None))
        } else {
            commit_file(&opened.desk, ask, &name, bytes, &options).await
        };
        wheel.finish_and_clear();
        opened.desk.store.close().await;
        let (report, feed) = match done {
            Ok(done) => done,
            Err(lantu_app::AppError::Refused(refusal)) => return Ok(self.refused(&refusal.unmet, tongue)),
            Err(other) => return Err(books::stop(other)),
        };
        self.print(&report, feed, tongue);
        Ok(if report.problems.iter().any(|p| p.severity == Severity::Block) { Outcome::Refused } else { Outcome::Done })
    }

    /// A preview of a database that is not there leaves none behind.
    async fn open(&self, name: &str, bytes: &[u8]) -> Result<Opened, Stop> {
        let absent = self.database.strip_prefix("sqlite:").is_some_and(|p| !Path::new(p.trim_start_matches("//")).exists());
        let url = if self.preview && absent { "sqlite::memory:" } else { &self.database };
        let desk = books::open(url, OpenOptions::default()).await?;
        let pack = self.pack.as_deref().unwrap_or(DEFAULT_PACK);
        let likely = if absent && self.place.is_none() { likeliest(pack, name, bytes) } else { None };
        let fresh = Fresh { pack, place: self.place.as_deref().or(likely.as_deref()), demo: false };
        let opened = books::office(desk, Some(fresh), "import", self.today).await?;
        let own = &opened.books.office;
        let differs = |given: Option<&String>, own: &str| given.is_some_and(|g| g != own);
        if differs(self.pack.as_ref(), &own.pack) || differs(self.place.as_ref(), &own.place) {
            let (pack, place) = (&own.pack, &own.place);
            return Err(Stop::usage(
                format!("这个数据库属于数据包 {pack}、属地 {place}:去掉 --pack、--place,或换一个数据库"),
                format!("this database is of pack {pack}, place {place}: leave --pack and --place out, or use another database"),
            ));
        }
        Ok(opened)
    }

    /// A file that is no table at all has one finding and no rows.
    fn refused(&self, problems: &[Problem], tongue: Tongue) -> Outcome {
        let label = |key: &str| words::field(key, tongue.0);
        let reported = problems.iter().map(|p| {
            let said = words::say(p, tongue.0, &label);
            let code = p.code.clone();
            ReportedProblem {
                sheet: String::new(),
                cell: String::new(),
                severity: p.severity,
                code,
                message: said.title,
                remedy: said.remedy,
            }
        });
        let report =
            PreviewReport { rows: 0, adds: 0, changes: 0, unchanged: 0, blocked: 0, problems: reported.collect(), projects: vec![] };
        self.print(&report, None, tongue);
        Outcome::Refused
    }

    fn print(&self, report: &PreviewReport, feed: Option<u64>, tongue: Tongue) {
        if self.json {
            println!("{}", serde_json::to_string_pretty(&Printed { report, feed }).unwrap_or_default());
        }
        for p in &report.problems {
            let place = if p.cell.is_empty() { self.file.display().to_string() } else { format!("{}!{}", p.sheet, p.cell) };
            let remedy = if p.remedy.is_empty() { String::new() } else { format!(" — {}", p.remedy) };
            eprintln!("{place}: {}: {}{remedy}", severity(p.severity, tongue), p.message);
        }
        if !self.json {
            let PreviewReport { rows, adds, changes, unchanged, blocked, .. } = report;
            let zh = format!("{rows} 行:新增 {adds},变更 {changes},无变化 {unchanged},拦下 {blocked}");
            let en = format!("{rows} rows: {adds} new, {changes} changed, {unchanged} unchanged, {blocked} blocked");
            println!("{}", tongue.say(&zh, &en));
        }
    }
}

fn severity(severity: Severity, tongue: Tongue) -> &'static str {
    match severity {
        Severity::Block => tongue.say("拦下", "block"),
        Severity::Warn => tongue.say("提醒", "warn"),
        Severity::Info => tongue.say("说明", "info"),
    }
}

fn read(path: &Path) -> Result<Vec<u8>, Stop> {
    let failed = |e: std::io::Error| outcome::io(&path.display().to_string(), &e);
    let size = std::fs::metadata(path).map_err(failed)?.len();
    if size > FILE_LIMIT {
        return Err(Stop::Refused(vec![Problem::block("too_large").at("file")]));
    }
    std::fs::read(path).map_err(failed)
}
