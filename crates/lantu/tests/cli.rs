//! The command line as scripts meet it: what is printed, what stands on stderr, how it ends.
mod folder;

use folder::{Folder, ended, text};
use serde_json::Value;
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    path::PathBuf,
    process::{Child, Command, Stdio},
};

const LIST: &str = "序号,项目名称,属地,总投资(亿元),计划开工\n1,示例项目甲,白鹭街道,3.2,2026年3月底\n2,示例项目乙,白鹭街道,1.5,2026-5\n";

#[test]
fn a_preview_prints_what_would_happen_and_writes_nothing() {
    let folder = Folder::new();
    folder.write("list.csv", &LIST.replace("乙,白鹭街道", "乙,无此镇"));
    let output = folder.run(&["import", "list.csv", "--preview", "--json", "--place", "demo"]);
    ended(&output, 1);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((report["rows"].as_u64(), report["adds"].as_u64(), report["blocked"].as_u64()), (Some(2), Some(1), Some(1)), "{report}");
    let problem = &report["problems"][0];
    assert_eq!(
        (problem["cell"].as_str(), problem["severity"].as_str(), problem["code"].as_str()),
        (Some("C3"), Some("block"), Some("unknown_town"))
    );
    assert!(problem["message"].is_string() && problem["remedy"].is_string());
    assert_eq!(report["projects"][0]["total_investment_fen"], 32_000_000_000_i64);
    assert!(text(&output.stderr).contains("C3: block:"));
    assert!(!folder.0.join("lantu.db").exists());
}

#[test]
fn a_list_is_imported_once_and_the_books_verify() {
    let folder = Folder::new();
    folder.write("list.csv", LIST);
    let first = folder.run(&["import", "list.csv", "--place", "demo", "--list", "city_key:2026"]);
    ended(&first, 0);
    assert!(text(&first.stdout).starts_with("2 rows: 2 new"), "{}", text(&first.stdout));
    let again = folder.run(&["--lang", "zh", "import", "list.csv", "--list", "city_key:2026"]);
    ended(&again, 0);
    assert!(text(&again.stdout).contains("新增 0,变更 0,无变化 2"), "{}", text(&again.stdout));
    let verified = folder.run(&["verify", "--json"]);
    ended(&verified, 0);
    let verified: Value = serde_json::from_slice(&verified.stdout).unwrap();
    assert!(verified["findings"].as_array().unwrap().is_empty() && verified["checkpoint"].is_string());
    ended(&folder.run(&["import", "list.csv", "--pack", "generic"]), 2);
}

#[test]
fn what_cannot_be_is_told_with_its_code() {
    let folder = Folder::new();
    folder.write("list.csv", LIST);
    folder.write("picture.xlsx", "\u{89}PNG");
    folder.write("other.db", "not a database, but long enough to be looked into as one, as SQLite's own header has a hundred bytes.......");
    for (args, code, words) in [
        (vec!["import", "absent.csv"], 3, "does not exist"),
        (vec!["import", "picture.xlsx", "--database", "sqlite:picture.db"], 1, "picture.xlsx"),
        (vec!["import", "list.csv", "--pack", "nowhere"], 2, "there is no pack nowhere"),
        (vec!["import", "list.csv", "--place", "nowhere"], 2, "no place nowhere"),
        (vec!["import", "list.csv", "--database", "mysql://u:secret@h/d"], 2, "mysql://…@h/d"),
        (vec!["import", "list.csv", "--database", "sqlite:other.db"], 3, "not a database of this program"),
        (vec!["verify", "--database", "sqlite:absent.db"], 3, "no database file absent.db"),
        (vec!["pack", "check", "absent"], 3, "does not exist"),
        (vec!["serve", "--listen", "nonsense"], 2, "not an address"),
        (vec!["nonsense"], 2, "unrecognized"),
    ] {
        let output = folder.run(&args);
        ended(&output, code);
        let said = text(&output.stderr);
        assert!(said.contains(words) && !said.contains("secret"), "{args:?}: {said}");
    }
    let help = text(&folder.run(&["--lang", "zh", "import", "--help"]).stdout);
    assert!(help.contains("用法") && help.contains("只预览，不写入") && !help.contains("Options"), "{help}");
}

#[test]
fn a_pack_is_checked_by_file_line_and_key() {
    let folder = Folder::new();
    let packs = concat!(env!("CARGO_MANIFEST_DIR"), "/../../packs/cn-county");
    ended(&folder.run(&["pack", "check", packs]), 0);
    folder.write("pack.toml", "name = \"x\"\nunknown = 1\n");
    let output = folder.run(&["pack", "check", "."]);
    ended(&output, 1);
    assert!(text(&output.stderr).contains("pack.toml:2"), "{}", text(&output.stderr));
    let json: Value = serde_json::from_slice(&folder.run(&["pack", "check", ".", "--json"]).stdout).unwrap();
    assert!(json.as_array().unwrap().iter().any(|p| p["line"] == 2));
}

#[test]
fn the_same_seed_lives_the_same_life() {
    let folder = Folder::new();
    let root = |database: &str| {
        let url = format!("sqlite:{database}");
        let args = ["simulate", "--seed", "3", "--projects", "12", "--months", "3", "--today", "2026-09-30", "--json", "--database", &url];
        let lived = folder.run(&args);
        ended(&lived, 0);
        let verified = folder.run(&["verify", "--json", "--database", &url]);
        let verified: Value = serde_json::from_slice(&verified.stdout).unwrap();
        (text(&lived.stdout), verified["checkpoint"].as_str().unwrap().to_owned())
    };
    assert_eq!(root("one.db"), root("two.db"));
    ended(&folder.run(&["simulate", "--database", "sqlite:one.db"]), 2);
}

/// A server under test, told to stop at the end.
struct Served(Child, String);

impl Served {
    fn start(folder: &Folder, args: &[&str]) -> Self {
        let mut child = folder.command(args).stdout(Stdio::piped()).spawn().unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        let address = out.lines().map_while(Result::ok).find_map(|l| l.strip_prefix("listening http://").map(str::to_owned));
        Self(child, address.expect("an address"))
    }
    fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.1).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.1).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }
    fn stop(mut self) -> Option<i32> {
        let id = self.0.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        self.0.wait().unwrap().code()
    }
}

#[test]
fn a_server_starts_waits_for_its_setup_and_stops_in_order() {
    let folder = Folder::new();
    let served = Served::start(&folder, &["serve", "--listen", "127.0.0.1:0"]);
    assert!(served.get("/healthz").starts_with("HTTP/1.1 200"));
    assert!(served.get("/api/v1/setup").contains("\"needed\":true"));
    let taken = folder.run(&["serve", "--listen", &served.1]);
    ended(&taken, 3);
    assert!(text(&taken.stderr).contains("already in use"));
    assert_eq!(served.stop(), Some(0));
    let port = TcpListener::bind("127.0.0.1:0").unwrap();
    ended(&folder.run(&["demo", "--listen", &port.local_addr().unwrap().to_string()]), 3);
}

/// A file of the sample data, which is not part of this repository.
fn shared(path: &str) -> Option<PathBuf> {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let file = std::env::var_os("LANTU_SHARED").map_or_else(beside, PathBuf::from).join("data").join(path);
    if file.is_file() {
        return Some(file);
    }
    assert!(std::env::var_os("CI").is_none_or(|v| v.is_empty() || v == "false"), "no {} under CI", file.display());
    eprintln!("skipped: foreign lists on the command line, no {}", file.display());
    None
}

#[test]
fn foreign_lists_are_read_by_the_generic_packs_saved_mappings() {
    let (Some(uk), Some(nyc)) = (shared("uk/gmpp_2024-25_sample.csv"), shared("nyc/nyc_capital_projects_fy2021_search_dev.json")) else {
        return;
    };
    let folder = Folder::new();
    let records: Vec<Value> = serde_json::from_slice(&std::fs::read(nyc).unwrap()).unwrap();
    let keys: Vec<&String> = records[0].as_object().unwrap().keys().collect();
    let cell = |r: &Value, k: &str| r[k].as_str().map_or_else(|| r[k].to_string(), |t| format!("\"{}\"", t.replace('"', "\"\"")));
    let mut csv = keys.iter().map(|k| k.as_str()).collect::<Vec<_>>().join(",");
    records.iter().for_each(|r| csv += &format!("\n{}", keys.iter().map(|k| cell(r, k)).collect::<Vec<_>>().join(",")));
    folder.write("nyc.csv", &csv);
    let uk = uk.display().to_string();
    for (file, place, rows, name, minor) in [
        ("nyc.csv", "nyc", 3_587, "DYKER INTERIOR RENOVATION", 165_700_000_i64),
        (uk.as_str(), "uk", 34, "Manchester Digital Campus", 144_370_000_000),
    ] {
        let output = folder.run(&["import", file, "--pack", "generic", "--place", place, "--preview", "--json", "--today", "2026-05-18"]);
        let report: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", text(&output.stderr)));
        let count = |key: &str| report[key].as_u64().unwrap();
        assert_eq!((count("rows"), count("adds") + count("blocked")), (rows, rows));
        let project = report["projects"].as_array().unwrap().iter().find(|p| p["name"] == name).unwrap();
        assert_eq!(project["total_investment_fen"], minor);
    }
}
