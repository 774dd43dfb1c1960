//! `lantu network` as people and scripts meet it.
mod folder;

use folder::{Folder, ended, text};
use serde_json::{Value, json};

const FROM: [&str; 2] = ["--start", "2026-03-02"];

fn asked(folder: &Folder, args: &[&str]) -> Value {
    let output = folder.run(&[&["network"], args, &FROM, &["--json"]].concat());
    ended(&output, 0);
    serde_json::from_slice(&output.stdout).unwrap()
}

fn activity<'a>(answer: &'a Value, id: &str) -> &'a Value {
    answer["activities"].as_array().unwrap().iter().find(|a| a["id"] == id).unwrap_or_else(|| panic!("no {id}"))
}

#[test]
fn a_factory_from_a_day() {
    let folder = Folder::new();
    let answer = asked(&folder, &["MFG", "--pack", "cn-county"]);
    assert_eq!((&answer["pattern"], &answer["start"], &answer["finish_offset"]), (&json!("MFG"), &json!("2026-03-02"), &json!(515)));
    let start = activity(&answer, "A18");
    assert_eq!((&start["ef"], &start["ef_offset"], &start["milestone"]), (&json!("2026-06-18"), &json!(75), &json!(["start"])));
    assert_eq!((&start["critical"], &start["tf"], &start["limit"]), (&json!(true), &json!(0), &Value::Null));
    let sale = activity(&answer, "A04");
    assert_eq!((&sale["department"], &sale["clock"], &sale["tf"]), (&json!(["nrb"]), &json!("government"), &json!(23)));
    assert_eq!(sale["limit"], json!({"days": 30, "unit": "cd", "mark": "from_memory"}));
    assert_eq!(sale["name"], "Land sale: notice and listing");
    let reached = &answer["milestones"]["start"];
    assert_eq!((&reached["day"], &reached["offset"], &reached["approval_days"]), (&json!("2026-06-18"), &json!(75), &json!(60)));
    assert_eq!(reached["path"], json!(["A00", "A02", "A03", "A06", "A14", "A15", "A17", "A18"]));
    assert_eq!(answer["undecided"][0], json!({"id": "A09", "facts": ["energy_tce", "electricity_kwh"]}));
    assert_eq!(answer["finish"], activity(&answer, "A32")["ef"]);
}

#[test]
fn what_is_known_and_what_is_left_out() {
    let folder = Folder::new();
    let facts =
        ["MFG", "--fact", "energy_tce=800", "--fact", "electricity_kwh=1000000", "--fact", "assessed_area=是", "--without", "A16,A04"];
    let answer = asked(&folder, &facts);
    let left: Vec<(&str, bool)> =
        answer["left_out"].as_array().unwrap().iter().map(|l| (l["id"].as_str().unwrap(), l["asked"].as_bool().unwrap())).collect();
    assert_eq!(left, [("A04", true), ("A09", false), ("A10B", false), ("A16", true)]);
    assert_eq!(answer["undecided"], json!([]));
}

#[test]
fn a_table_in_both_languages() {
    let folder = Folder::new();
    let said = |lang: &str| {
        let output = folder.run(&["--lang", lang, "network", "SCH", "--start", "2026-03-02"]);
        ended(&output, 0);
        text(&output.stdout)
    };
    let (zh, en) = (said("zh"), said("en"));
    for words in [
        "政府投资学校",
        "可研批复",
        "发展和改革局",
        "政府委托",
        "20 工作日*",
        "开工:2027-01-26",
        "第 227 个工作日",
        "不办的:B05E",
        "needs_land_conversion",
        "暂定",
    ] {
        assert!(zh.contains(words), "{words}\n{zh}");
    }
    for words in [
        "Government school",
        "Feasibility approval",
        "20 wd*",
        "working day 227",
        "driven by: B01 → B02 → B04",
        "Left out: B05E",
        "provisional",
    ] {
        assert!(en.contains(words), "{words}\n{en}");
    }
    let critical = |line: &&str| line.starts_with("B20") && line.ends_with("yes");
    assert_eq!(en.lines().filter(critical).count(), 1, "{en}");
}

#[test]
fn a_pack_in_a_folder_and_another_one() {
    let folder = Folder::new();
    let generic = concat!(env!("CARGO_MANIFEST_DIR"), "/../../packs/generic");
    assert_eq!(asked(&folder, &["cap", "--pack", "generic"]), asked(&folder, &["CAP", "--pack", generic]));
    folder.write("pack.toml", "name = \"x\"\n");
    let output = folder.run(&["network", "MFG", "--pack", ".", "--start", "2026-03-02", "--json"]);
    ended(&output, 1);
    let problems: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(problems.as_array().unwrap().iter().any(|p| p["code"] == "pack_missing_file"));
}

#[test]
fn what_makes_no_sense_is_told_with_what_would() {
    let folder = Folder::new();
    for (args, words) in [
        (vec!["MFX"], "there is no pattern MFX (there are: HWY Trunk road, MFG New plant on standard land, REN"),
        (vec!["MFG", "--without", "A18", "Z1"], "no activity Z1 (it has: A00, A01"),
        (vec!["MFG", "--fact", "windy=yes"], "there is no fact windy (there are: energy_tce, electricity_kwh"),
        (vec!["MFG", "--fact", "energy_tce=much"], "energy_tce takes a whole number, not \"much\""),
        (vec!["MFG", "--fact", "civil_works"], "civil_works takes yes or no"),
        (vec!["MFG", "--pack", "nowhere"], "there is no pack nowhere (there are: cn-county, generic"),
        (vec!["MFG", "--start", "2026-02-30"], "2026-02-30"),
    ] {
        let from = if args.contains(&"--start") { vec![] } else { FROM.to_vec() };
        let output = folder.run(&[vec!["network"], args.clone(), from].concat());
        ended(&output, 2);
        assert!(text(&output.stderr).contains(words), "{args:?}: {}", text(&output.stderr));
    }
    let output = folder.run(&["--lang", "zh", "network", "MFX", "--start", "2026-03-02"]);
    assert!(text(&output.stderr).contains("没有模板 MFX(有:HWY 干线公路、MFG 标准地新建工厂"), "{}", text(&output.stderr));
}
