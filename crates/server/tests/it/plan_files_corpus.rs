//! Real programs' files through the door: the dates that are shown are those that the files store.
use crate::county::county;
use serde_json::Value;
use std::path::PathBuf;

/// The sample data, which are no part of this repository: `LANTU_SHARED`, else `../shared` beside it.
fn originals() -> Option<PathBuf> {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let folder = std::env::var_os("LANTU_SHARED").map_or_else(beside, PathBuf::from).join("schedule");
    folder.is_dir().then_some(folder)
}

/// Files whose stored dates no program computes from what they hold, each told in docs/SCHEDULING.md, with the rows that agree all the same.
const TOLD: [(&str, u64); 5] = [
    ("VerifyProjectStructure_test_tasks.xml", 0),
    ("mpxj_PredecessorCalendar.xer", 0),
    ("mpxj_SuccessorCalendar.xer", 0),
    ("mpxj_TwentyFourHourCalendar.xer", 0),
    ("mspditimephasedsegments.xml", 2),
];

/// Why the manifest says that a file's dates are no measure, by the file's name.
fn set_aside(manifest: &str, name: &str) -> Option<String> {
    let line = manifest.lines().find(|l| l.split(',').nth(1).is_some_and(|f| f.split('#').next() == Some(name)))?;
    let flags = [
        "unparsed_duration",
        "link_violations",
        "root_es_off_project_start",
        "actual_ne_start",
        "levelled_start",
        "from_finish",
        "date_only",
    ];
    flags.iter().find(|f| line.contains(**f)).map(|f| (*f).to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn files_of_real_programs_have_their_own_dates() {
    let Some(folder) = originals() else {
        eprintln!("skipped: no shared data (LANTU_SHARED)");
        return;
    };
    let manifest = std::fs::read_to_string(folder.join("manifest.csv")).unwrap();
    let county = county().await;
    let clerk = county.enter("clerk").await;
    let path = format!("/api/v1/projects/{}/plan-files?preview=true&confirmed=true", county.project("示例真文件厂房", 1, 1_000).await);
    let mut names: Vec<String> =
        std::fs::read_dir(folder.join("original")).unwrap().flatten().map(|e| e.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    let (mut projects, mut rows, mut wrong) = (0, 0, vec![]);
    for name in names.iter().filter(|n| [".xer", ".xml", ".pmxml"].iter().any(|e| n.ends_with(e))) {
        let bytes = std::fs::read(folder.join("original").join(name)).unwrap();
        let sent_as = name.replace(".pmxml", ".xml");
        let first = clerk.upload(&path, &sent_as, &bytes).await;
        let asked: Vec<String> =
            first.json["choose"].as_array().into_iter().flatten().map(|c| c["id"].as_str().unwrap().to_owned()).collect();
        let mut answers = vec![];
        for id in &asked {
            let id: String = id.bytes().map(|b| format!("%{b:02X}")).collect();
            answers.push(clerk.upload(&format!("{path}&project={id}"), &sent_as, &bytes).await);
        }
        if asked.is_empty() {
            answers.push(first);
        }
        for answer in answers {
            let agreement = &answer.json["reading"]["agreement"];
            let count = |key: &str| agreement[key].as_u64();
            if let Some(why) = set_aside(&manifest, name) {
                eprintln!("set aside: {name} ({why}): {:?} of {:?}", count("equal"), count("compared"));
            } else if let Some((_, equal)) = TOLD.iter().find(|(told, _)| name.ends_with(told)) {
                assert_eq!(count("equal"), Some(*equal), "{name}: docs/SCHEDULING.md tells it otherwise");
                eprintln!("set aside: {name} (docs/SCHEDULING.md): {equal} of {:?}", count("compared"));
            } else if answer.status != 200 || count("equal") != count("compared") {
                let misses = agreement["misses"].as_array().into_iter().flatten().take(2).map(Value::to_string).collect::<Vec<_>>();
                wrong.push(format!("{name}: {} {:?} of {:?} {misses:?}", answer.status, count("equal"), count("compared")));
            } else {
                (projects, rows) = (projects + 1, rows + count("compared").unwrap_or_default());
            }
        }
    }
    eprintln!("{projects} projects, {rows} rows with their own dates");
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
    assert!(projects >= 20 && rows >= 200, "{projects} projects, {rows} rows");
}
