//! Files, disks and colleagues at their worst: each time a clear refusal or the whole import, and nothing in between.
use crate::{bureau::Bureau, cases::file_of};
use lantu_app::{
    AppError, Filter, OpenOptions,
    import_list::{
        FileOptions, ImportStatus, cancel_import, commit_file, commit_import, import_rows, list_imports, preview_file, problem_sheet,
        show_import, start_import,
    },
    list_projects::count_projects,
    verify_books::verify_office,
};
use lantu_model::words::{self, Lang};
use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

/// A list of an office: `rows` projects, each its own.
fn list(rows: usize) -> Vec<u8> {
    let mut csv = String::from(
        "示例市2026年重点建设项目计划表\n序号,项目名称,项目代码,建设单位,属地,总投资(万元),2026年计划投资(万元),1-4月完成(万元),计划开工,计划竣工,责任单位,建设规模及内容\n",
    );
    let towns = ["东湖街道", "西渡街道", "青石镇", "新圩镇", "北港镇"];
    for i in 1..=rows {
        let town = towns[i % towns.len()];
        csv.push_str(&format!(
            "{i},示例{i}号精密部件项目,2601-339981-04-01-{i:06},示例第{}制造有限公司,{town},{},{},{},2026.{},2028.6,经信局,新建厂房{i}平方米\n",
            i % 1_800,
            1_000 + i % 9_000,
            300 + i % 500,
            i % 200,
            i % 12 + 1,
        ));
    }
    csv.into_bytes()
}

async fn rows_in(b: &Bureau) -> u64 {
    count_projects(&b.desk, b.ask(), &Filter::default(), None).await.unwrap().rows
}

fn codes(e: &AppError) -> Vec<String> {
    match e {
        AppError::Refused(r) => r.unmet.iter().map(|p| p.code.clone()).collect(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_no_list_is_refused_with_a_remedy_and_not_kept() {
    let b = Bureau::open().await;
    for (case, code) in [
        ("truncated", "file_corrupt"),
        ("encrypted", "file_encrypted"),
        ("too_large", "file_too_large"),
        ("zip_bomb", "file_bomb"),
        ("lying_header", "file_corrupt"),
        ("macro", "file_macro"),
        ("image", "file_image"),
        ("pdf", "file_pdf"),
        ("empty", "file_empty"),
        ("entities", "file_doctype"),
        ("too_many_rows", "file_rows"),
        ("no_table", "no_table"),
    ] {
        let (name, bytes) = file_of(case);
        let began = Instant::now();
        let kept = start_import(&b.desk, b.ask(), &name, bytes.clone()).await.unwrap_err();
        assert_eq!(codes(&kept), [code], "{case}");
        let written = commit_file(&b.desk, b.ask(), &name, bytes, &FileOptions::default()).await.unwrap_err();
        assert_eq!(codes(&written), [code], "{case}");
        assert!(began.elapsed() < Duration::from_secs(10), "{case} took {:?}", began.elapsed());
        for lang in [Lang::Zh, Lang::En] {
            let AppError::Refused(refusal) = &kept else { unreachable!() };
            let said = words::say(&refusal.unmet[0], lang, &|key| words::field(key, lang));
            assert!(!said.title.is_empty() && !said.remedy.is_empty() && !said.title.contains('{'), "{case}: {said:?}");
        }
    }
    assert!(list_imports(&b.desk, b.ask()).await.unwrap().is_empty());
    assert_eq!(rows_in(&b).await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn formulas_without_values_are_named_at_their_cells_and_the_rest_comes_in() {
    let b = Bureau::open().await;
    for (case, rows, codes) in [("formulas", 4, ["cell_error"]), ("uncalculated", 2, ["formula_no_value"])] {
        let (name, bytes) = file_of(case);
        let report = preview_file(&b.desk, b.ask(), &name, bytes, &FileOptions::default()).await.unwrap();
        assert_eq!((report.rows, report.blocked), (rows, 1), "{case}");
        for code in codes {
            assert!(report.problems.iter().any(|p| p.code == code && !p.cell.is_empty()), "{case}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_thousand_rows() {
    let b = Bureau::open().await;
    let bytes = list(50_000);
    let began = Instant::now();
    let state = start_import(&b.desk, b.ask(), "五万.csv", bytes).await.unwrap();
    assert_eq!((state.counts.rows, state.counts.adds), (50_000, 50_000));
    println!("preview of 50,000 rows: {:?}", began.elapsed());
    let began = Instant::now();
    let page = import_rows(&b.desk, b.ask(), &state.id, 49_000, 200).await.unwrap();
    assert_eq!((page.rows.len(), page.total), (200, 50_002));
    println!("a page of its rows: {:?}", began.elapsed());
    cancel_import(&b.desk, b.ask(), &state.id).await.unwrap();
    assert_eq!(rows_in(&b).await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tens_of_thousands_of_findings() {
    let b = Bureau::open().await;
    let mut csv = String::from("项目名称,属地,总投资(万元)\n");
    (0..15_000).for_each(|i| csv.push_str(&format!("示例{i}号项目,东胡{}镇,若干\n", i % 200)));
    let began = Instant::now();
    let state = start_import(&b.desk, b.ask(), "全错.csv", csv.into_bytes()).await.unwrap();
    println!("preview of 30,000 findings: {:?}", began.elapsed());
    assert_eq!((state.counts.blocked, state.problems_total), (15_000, 30_000));
    assert_eq!(state.problems.len(), lantu_app::import_list::PROBLEMS_SHOWN, "a screen shows no more");
    let began = Instant::now();
    let (_, sheet) = problem_sheet(&b.desk, b.ask(), &state.id).await.unwrap();
    println!("the sheet of findings, {} bytes: {:?}", sheet.len(), began.elapsed());
    assert_eq!(codes(&commit_import(&b.desk, b.ask(), &state.id, 1).await.unwrap_err()), ["import_changed"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_people_committing_one_import_write_it_once() {
    let b = Bureau::open().await;
    let state = start_import(&b.desk, b.ask(), "清单.csv", list(300)).await.unwrap();
    let (one, two) = tokio::join!(commit_import(&b.desk, b.ask(), &state.id, 300), commit_import(&b.desk, b.ask(), &state.id, 300));
    let refused: Vec<_> = [&one, &two].into_iter().filter_map(|r| r.as_ref().err()).collect();
    assert!(one.is_ok() || two.is_ok());
    for e in refused {
        assert!(["import_committed", "import_changed"].contains(&codes(e)[0].as_str()), "{e:?}");
    }
    if let (Ok(a), Ok(b)) = (&one, &two) {
        assert_eq!(a.feed, b.feed, "the second is given the first one's answer");
    }
    assert_eq!(rows_in(&b).await, 300);
    assert_eq!(codes(&commit_import(&b.desk, b.ask(), &state.id, 300).await.unwrap_err()), ["import_committed"]);
    assert_eq!(codes(&cancel_import(&b.desk, b.ask(), &state.id).await.unwrap_err()), ["import_committed"]);
    let after = show_import(&b.desk, b.ask(), &state.id).await.unwrap();
    assert_eq!((after.state, after.committed_feed.is_some()), (ImportStatus::Committed, true));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_file_put_in_twice_is_never_written_twice() {
    let b = Bureau::open().await;
    let one = start_import(&b.desk, b.ask(), "清单.csv", list(300)).await.unwrap();
    let two = start_import(&b.desk, b.ask(), "清单 (1).csv", list(300)).await.unwrap();
    assert_eq!((one.counts.adds, two.counts.adds), (300, 300), "neither knows of the other yet");
    commit_import(&b.desk, b.ask(), &one.id, 300).await.unwrap();
    assert_eq!(codes(&commit_import(&b.desk, b.ask(), &two.id, 300).await.unwrap_err()), ["import_changed"]);
    let looked = show_import(&b.desk, b.ask(), &two.id).await.unwrap();
    assert_eq!((looked.counts.adds, looked.counts.unchanged), (0, 300), "the new preview says so");
    assert_eq!(rows_in(&b).await, 300);

    // At the very same moment, with both previews made against the same register.
    let more = |name: &str| list(300).into_iter().chain(format!("301,{name},,,青石镇,100,,,,,,\n").into_bytes()).collect::<Vec<u8>>();
    let three = start_import(&b.desk, b.ask(), "清单3.csv", more("示例新增")).await.unwrap();
    let four = start_import(&b.desk, b.ask(), "清单4.csv", more("示例新增")).await.unwrap();
    let (x, y) = tokio::join!(commit_import(&b.desk, b.ask(), &three.id, 1), commit_import(&b.desk, b.ask(), &four.id, 1));
    assert!(x.is_ok() != y.is_ok(), "{x:?} {y:?}");
    match [x, y].into_iter().find_map(Result::err).unwrap() {
        AppError::Stale(_) => {}
        e => assert_eq!(codes(&e), ["import_changed"]),
    }
    assert_eq!(rows_in(&b).await, 301);
}

fn scratch(name: &str) -> (std::path::PathBuf, String) {
    let folder = std::env::temp_dir().join(format!("lantu-import-{name}-{}", std::process::id()));
    drop(std::fs::remove_dir_all(&folder));
    std::fs::create_dir_all(&folder).unwrap();
    let url = format!("sqlite:{}", folder.join("books.db").display());
    (folder, url)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_writes_nothing_and_the_same_commit_succeeds_with_room() {
    let (folder, url) = scratch("full");
    let b = Bureau::open_at(&url, OpenOptions::default(), "cn-county", "demo").await;
    let state = start_import(&b.desk, b.ask(), "清单.csv", list(2_000)).await.unwrap();
    let b = b.reopened(&url, OpenOptions::default()).await;
    let pages = std::fs::metadata(folder.join("books.db")).unwrap().len() / 4_096;
    let b = b.reopened(&url, OpenOptions { max_page_count: Some(pages as u32 + 40), ..OpenOptions::default() }).await;
    let refused = commit_import(&b.desk, b.ask(), &state.id, 2_000).await.unwrap_err();
    assert!(matches!(refused, AppError::Full), "{refused:?}");
    assert_eq!(rows_in(&b).await, 0);
    let kept = show_import(&b.desk, b.ask(), &state.id).await.unwrap();
    assert_eq!((kept.state, kept.counts.adds), (ImportStatus::Open, 2_000));
    let second = start_import(&b.desk, b.ask(), "又一份.csv", list(4_000)).await;
    assert!(matches!(second, Err(AppError::Full)), "{:?}", second.err());
    assert_eq!(list_imports(&b.desk, b.ask()).await.unwrap().len(), 1, "nothing half kept");

    let b = b.reopened(&url, OpenOptions::default()).await;
    assert!(findings(&b).await.is_empty());
    let done = commit_import(&b.desk, b.ask(), &state.id, 2_000).await.unwrap();
    assert_eq!((done.adds, rows_in(&b).await), (2_000, 2_000));
    assert!(findings(&b).await.is_empty());
    b.desk.store.close().await;
    drop(std::fs::remove_dir_all(folder));
}

async fn findings(b: &Bureau) -> Vec<String> {
    verify_office(&b.desk, b.ask()).await.unwrap().findings.iter().map(|f| format!("{f:?}")).collect()
}

const KILLED: &str = "LANTU_IMPORT_KILL";

/// Commits an import until it is killed; does nothing when no parent asks.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_child() {
    let Ok(asked) = std::env::var(KILLED) else { return };
    let [url, id, first] = asked.split('|').collect::<Vec<_>>().try_into().unwrap();
    let b = Bureau::existing(url, first.parse().unwrap()).await;
    show_import(&b.desk, b.ask(), id).await.unwrap();
    println!("\nbegins");
    commit_import(&b.desk, b.ask(), id, 2_000).await.unwrap();
    println!("\nacknowledged");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_import_is_there_whole_or_not_at_all() {
    let (folder, url) = scratch("killed");
    let b = Bureau::open_at(&url, OpenOptions::default(), "cn-county", "demo").await;
    let state = start_import(&b.desk, b.ask(), "清单.csv", list(2_000)).await.unwrap();
    b.desk.store.close().await;
    // How long a commit takes here, so that the kills fall into it.
    let copy = |n: usize| {
        let to = folder.join(format!("copy{n}.db"));
        std::fs::copy(folder.join("books.db"), &to).unwrap();
        format!("sqlite:{}", to.display())
    };
    let whole = run_child(&copy(0), &state.id, 0, None).1;
    let (mut nothing, mut all) = (0, 0);
    for round in 1..=8u32 {
        let url = copy(round as usize);
        let (acknowledged, _) = run_child(&url, &state.id, round, Some(whole * round / 5));
        let b = Bureau::existing(&url, 1 << 40).await;
        let rows = rows_in(&b).await;
        assert!(rows == 0 || rows == 2_000, "{rows} of 2000 rows after round {round}");
        assert!(!acknowledged || rows == 2_000, "what was acknowledged is lost");
        assert_eq!(findings(&b).await, Vec::<String>::new());
        if rows == 0 {
            nothing += 1;
            assert_eq!(commit_import(&b.desk, b.ask(), &state.id, 2_000).await.unwrap().adds, 2_000, "the same commit, once more");
        } else {
            all += 1;
            // Killed between the commit and the note of it: the same commit gives the same answer.
            let again = commit_import(&b.desk, b.ask(), &state.id, 2_000).await;
            assert!(again.is_ok() || ["import_committed", "import_changed"].contains(&codes(again.as_ref().unwrap_err())[0].as_str()));
            assert_eq!(rows_in(&b).await, 2_000);
        }
        b.desk.store.close().await;
    }
    println!("killed within {whole:?}: {nothing} times nothing was there, {all} times all of it");
    assert!(nothing > 0, "no kill came in time");
    drop(std::fs::remove_dir_all(folder));
}

/// Runs the child, killing it some time after it begins; whether it acknowledged, and how long it took.
fn run_child(url: &str, id: &str, round: u32, kill_after: Option<Duration>) -> (bool, Duration) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "hostile::killed_child", "--nocapture", "--test-threads=1"])
        .env(KILLED, format!("{url}|{id}|{}", (u64::from(round) + 1) << 32))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    assert!(lines.any(|l| l == "begins"), "the child did not begin");
    let began = Instant::now();
    if let Some(after) = kill_after {
        std::thread::sleep(after);
        child.kill().unwrap();
    }
    let acknowledged = lines.any(|l| l == "acknowledged");
    let took = began.elapsed();
    child.wait().unwrap();
    assert!(acknowledged || kill_after.is_some(), "the child failed by itself");
    (acknowledged, took)
}
