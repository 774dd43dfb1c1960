//! Scene 1, below the screen.
use crate::bureau::Bureau;
use lantu_app::{
    Filter, PageAsk, Sort,
    import_list::{
        FileOptions, ImportStatus, MappingChoice, cancel_import, commit_import, import_rows, list_imports, preview_file, problem_sheet,
        start_import,
    },
    list_projects::{count_projects, list_projects},
    undo::undo,
};

const GOOD: &str = "示例市2026年重点建设项目计划表,,,,,,,,,\n\
单位：亿元、万元,,,,,,,,,\n\
序号,项目名称,项目代码,建设单位,建设地点,总投资（亿元）,2026年计划投资（万元）,1-4月完成（万元）,计划开工,责任单位\n\
合计,,,,,15.7,34000,8500,,\n\
一、新开工项目（2个）,,,,,,,,,\n\
1,示例传动轴生产线,2601-339981-04-01-000011,示例传动有限公司,东湖街道,3.2,8000,2100,2026.3,经信局\n\
2,示例储能电芯一期,2511-339981-04-01-000021,示例储能有限公司,青石镇,12.5,26000,6400,2026年6月,经信局\n\
备注：计划投资按月调度。,,,,,,,,,\n";

async fn rows(b: &Bureau) -> Vec<lantu_app::view::Row> {
    list_projects(&b.desk, b.ask(), &Filter::default(), Sort::default(), &PageAsk { limit: 100, after: None }, None).await.unwrap().items
}

#[tokio::test]
async fn a_good_list_is_previewed_committed_and_changes_nothing_twice() {
    let b = Bureau::open().await;
    let state = start_import(&b.desk, b.ask(), "清单.csv", GOOD.into()).await.unwrap();
    let c = state.counts;
    assert_eq!((c.rows, c.adds, c.changes, c.unchanged, c.blocked), (2, 2, 0, 0, 0), "{:#?}", state.problems);
    assert_eq!(count_projects(&b.desk, b.ask(), &Filter::default(), None).await.unwrap().rows, 0, "a preview writes nothing");
    let done = commit_import(&b.desk, b.ask(), &state.id, 2).await.unwrap();
    let listed = rows(&b).await;
    assert_eq!(listed.len(), 2);
    let shaft = listed.iter().find(|r| r.name == "示例传动轴生产线").unwrap();
    assert_eq!(shaft.investment.unwrap().fen(), 32_000_000_000);
    assert_eq!(shaft.annual_plan.unwrap().fen(), 8_000_000_000);
    assert_eq!(shaft.ytd_done.unwrap().fen(), 2_100_000_000);
    assert_eq!(shaft.start_planned.as_deref(), Some("2026-03"));
    assert!(shaft.lead_org_name.is_some());
    assert_eq!(shaft.group.as_deref().map(|g| g.contains("新开工")), Some(true));

    let again = start_import(&b.desk, b.ask(), "清单.csv", GOOD.into()).await.unwrap();
    assert_eq!(
        (again.counts.unchanged, again.counts.adds, again.counts.changes),
        (2, 0, 0),
        "{:#?}",
        import_rows(&b.desk, b.ask(), &again.id, 0, 20).await.unwrap()
    );
    assert_eq!(again.mapping_from, "remembered");
    assert_eq!(commit_import(&b.desk, b.ask(), &again.id, 0).await.unwrap().feed, None);

    let undone = undo(&b.desk, b.ask(), done.feed.unwrap()).await.unwrap();
    assert_eq!(undone.undone, 2);
    assert!(rows(&b).await.is_empty());
}

#[tokio::test]
async fn a_changed_list_shows_old_and_new_and_leaves_the_rest() {
    let b = Bureau::open().await;
    let first = start_import(&b.desk, b.ask(), "清单.csv", GOOD.into()).await.unwrap();
    commit_import(&b.desk, b.ask(), &first.id, 2).await.unwrap();
    let changed = GOOD.replace(",8000,2100,2026.3,", ",9500,2600,2026.4,");
    let state = start_import(&b.desk, b.ask(), "清单2.csv", changed.into()).await.unwrap();
    assert_eq!((state.counts.changes, state.counts.unchanged), (1, 1));
    let shown = import_rows(&b.desk, b.ask(), &state.id, 0, 50).await.unwrap();
    let row = shown.rows.iter().find(|r| !r.changes.is_empty()).unwrap();
    let fields: Vec<&str> = row.changes.iter().map(|c| c.field.as_str()).collect();
    assert_eq!(fields, ["start_planned", "annual_plan", "ytd_done"]);
    assert_eq!(row.changes[0].before, "2026-03");
    commit_import(&b.desk, b.ask(), &state.id, 1).await.unwrap();
    assert_eq!(rows(&b).await.iter().find(|r| r.name.contains("传动轴")).unwrap().annual_plan.unwrap().fen(), 9_500_000_000);
}

const BAD: &str = "项目名称,项目代码,信用代码,建设地点,总投资(万元),计划开工\n\
示例甲项目,2601-339981-04-01-000011,91350100M000100Y43,东湖街道,32000,2026-03\n\
示例乙项目,2601-339981-04-01-000012,91350100M000100Y44,青石镇,12000,2026-03\n\
示例丙项目,2601-339981-04-01-000013,,东胡镇,12000,2026-03\n\
示例甲项目,2601-339981-04-01-000011,,东湖街道,32000,2026-03\n\
示例丁项目,2601-339981-04-01-000015,,青石镇,1-8月,2026-03\n";

#[tokio::test]
async fn a_bad_list_names_every_cell_and_keeps_blocked_rows_out() {
    let b = Bureau::open().await;
    let report = preview_file(&b.desk, b.ask(), "坏.csv", BAD.into(), &FileOptions::default()).await.unwrap();
    assert_eq!((report.rows, report.adds, report.blocked), (5, 3, 2), "{:#?}", report.problems);
    let at = |cell: &str| report.problems.iter().filter(|p| p.cell == cell).map(|p| p.code.as_str()).collect::<Vec<_>>();
    assert!(at("C3").contains(&"uscc_check"), "{:#?}", report.problems);
    assert!(at("D4").contains(&"unknown_town"));
    assert!(at("A5").contains(&"repeats_row"));
    assert!(!at("E6").is_empty());
    for p in &report.problems {
        assert!(!p.message.is_empty() && !p.message.contains('{'), "{p:?}");
        assert!(!p.remedy.is_empty() && !p.remedy.contains('{'), "{p:?}");
    }
    let state = start_import(&b.desk, b.ask(), "坏.csv", BAD.into()).await.unwrap();
    let (name, bytes) = problem_sheet(&b.desk, b.ask(), &state.id).await.unwrap();
    assert!(name.ends_with(".xlsx") && bytes.starts_with(b"PK"));
    commit_import(&b.desk, b.ask(), &state.id, 3).await.unwrap();
    assert_eq!(rows(&b).await.len(), 3);
}

#[tokio::test]
async fn an_import_is_resumed_settled_and_dropped() {
    let b = Bureau::open().await;
    let state = start_import(&b.desk, b.ask(), "清单.csv", GOOD.into()).await.unwrap();
    let lines = list_imports(&b.desk, b.ask()).await.unwrap();
    assert_eq!((lines.len(), lines[0].state), (1, ImportStatus::Open));
    let choice = MappingChoice { no_list: true, year: Some(2026), ..MappingChoice::default() };
    let settled = lantu_app::import_list::set_mapping(&b.desk, b.ask(), &state.id, choice).await.unwrap();
    assert_eq!(settled.list, None);
    cancel_import(&b.desk, b.ask(), &state.id).await.unwrap();
    assert!(list_imports(&b.desk, b.ask()).await.unwrap().is_empty());
    assert!(commit_import(&b.desk, b.ask(), &state.id, 2).await.is_err());
}

#[tokio::test]
async fn two_people_committing_one_import_write_it_once() {
    let b = Bureau::open().await;
    let state = start_import(&b.desk, b.ask(), "清单.csv", GOOD.into()).await.unwrap();
    let (one, two) = tokio::join!(commit_import(&b.desk, b.ask(), &state.id, 2), commit_import(&b.desk, b.ask(), &state.id, 2));
    assert!(one.is_ok() || two.is_ok());
    assert_eq!(rows(&b).await.len(), 2);
    let other = start_import(&b.desk, b.ask(), "同一张表.csv", GOOD.into()).await.unwrap();
    assert_eq!(other.counts.adds, 0);
}

const CLASSIFIED: &str = "项目名称,属地,总投资(万元),密级,备注\n\
示例甲项目,青石镇,9000,,\n\
示例隐秘工程,不在册镇,若干,机密,绝不外传\n";

/// What a database file holds anywhere, as text.
fn holds(folder: &std::path::Path, words: &str) -> bool {
    let files = std::fs::read_dir(folder).unwrap().map(|e| std::fs::read(e.unwrap().path()).unwrap());
    files.into_iter().any(|bytes| bytes.windows(words.len()).any(|w| w == words.as_bytes()))
}

#[tokio::test]
async fn a_classified_row_is_refused_and_leaves_nothing_behind() {
    let folder = std::env::temp_dir().join(format!("lantu-classified-{}", std::process::id()));
    drop(std::fs::remove_dir_all(&folder));
    std::fs::create_dir_all(&folder).unwrap();
    let url = format!("sqlite:{}", folder.join("books.db").display());
    let b = Bureau::open_at(&url, lantu_app::OpenOptions::default(), "cn-county", "demo").await;
    let state = start_import(&b.desk, b.ask(), "清单.csv", CLASSIFIED.into()).await.unwrap();
    assert_eq!((state.counts.adds, state.counts.blocked), (1, 1));
    let said: Vec<&str> = state.problems.iter().map(|p| p.problem.code.as_str()).collect();
    assert_eq!(said, ["classified_project"], "nothing else is repeated of it");
    commit_import(&b.desk, b.ask(), &state.id, 1).await.unwrap();
    let after = lantu_app::import_list::show_import(&b.desk, b.ask(), &state.id).await.unwrap();
    assert_eq!((after.state, after.counts.adds, after.counts.blocked), (ImportStatus::Committed, 1, 1));
    assert!(after.problems.is_empty());
    let sheet = problem_sheet(&b.desk, b.ask(), &state.id).await.unwrap_err();
    assert!(matches!(&sheet, lantu_app::AppError::Refused(r) if r.unmet[0].code == "import_file_gone"), "{sheet:?}");

    let other = start_import(&b.desk, b.ask(), "又一份.csv", CLASSIFIED.into()).await.unwrap();
    cancel_import(&b.desk, b.ask(), &other.id).await.unwrap();
    b.desk.store.close().await;
    assert!(holds(&folder, "示例甲项目"));
    for words in ["示例隐秘工程", "绝不外传"] {
        assert!(!holds(&folder, words), "{words} is still in the file");
    }
    drop(std::fs::remove_dir_all(folder));
}
