//! `lantu risk` as scripts meet it: what is printed, what stands on stderr, how it ends.
mod folder;

use folder::{Folder, ended, text};
use serde_json::{Value, json};

/// Foundations of a week that may take two, then two days of walls, and a handover; a risk that strikes in three of ten.
fn plan() -> Value {
    let hours = json!([[480, 720], [780, 1020]]);
    json!({
        "key": "示例项目",
        "project": {"engine": "MSP", "start": "2026-03-02T08:00", "default_calendar": 1},
        "calendars": [{"uid": 1, "name": "Standard", "week": {"mon": hours, "tue": hours, "wed": hours, "thu": hours, "fri": hours}}],
        "activities": [
            {"uid": 1, "id": 1, "name": "基础", "duration": {"min": 2400}, "range": {"kind": "empirical", "values": [2400, 2400, 2400, 4800]}},
            {"uid": 2, "id": 2, "name": "墙体", "duration": {"min": 960}, "range": {"kind": "triangular", "min": 960, "mode": 960, "max": 960}},
            {"uid": 3, "id": 3, "name": "移交", "duration": {"min": 0}},
        ],
        "links": [{"pred": 1, "succ": 2}, {"pred": 2, "succ": 3}],
        "risks": [{"id": "停工", "probability": 0.3, "impacts": [{"uid": 2, "range": {"kind": "uniform", "min": 480, "max": 480}}]}],
    })
}

fn with(document: &Value) -> Folder {
    let folder = Folder::new();
    folder.write("plan.json", &document.to_string());
    folder
}

fn answer(folder: &Folder, args: &[&str]) -> Value {
    let output = folder.run(&[&["risk", "plan.json", "--json"], args].concat());
    ended(&output, 0);
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn odds_come_as_json() {
    let folder = with(&plan());
    let odds = answer(&folder, &["--iterations", "4000"]);
    let finish = &odds["finish"];
    // Dates of each chance: 10 March 0.75 × 0.7, 11 March 0.75 × 0.3, 17 March 0.25 × 0.7, 18 March 0.25 × 0.3.
    let dates = ["planned", "p10", "p50", "p80", "p90"].map(|key| finish[key].as_str().unwrap());
    assert_eq!(dates, ["2026-03-10T17:00", "2026-03-10T17:00", "2026-03-10T17:00", "2026-03-17T17:00", "2026-03-17T17:00"]);
    // Four deviations of a share of 4,000.
    let near = |value: &Value, wanted: f64| (value.as_f64().unwrap() - wanted).abs() < 4.0 * (wanted * (1.0 - wanted) / 4_000.0).sqrt();
    assert!(near(&finish["chance_of_planned"], 0.525), "{finish}");
    assert!(near(&odds["risks"][0]["struck"], 0.3) && odds["risks"][0]["id"] == "停工", "{}", odds["risks"]);
    assert!(odds["risks"][0]["cost"]["mean_minutes"].as_f64().unwrap() > 0.0);
    let handover = &odds["milestones"][0];
    assert_eq!((&handover["uid"], &handover["name"], &handover["p90"]), (&json!(3), &json!("移交"), &json!("2026-03-17T17:00")));
    assert_eq!((&odds["activities"][0]["name"], &odds["risks"][0]["id"]), (&json!("基础"), &json!("停工")));
    let uids: Vec<_> = odds["activities"].as_array().unwrap().iter().map(|a| (a["uid"].as_i64(), a["criticality"].as_f64())).collect();
    assert_eq!(uids, [1, 2, 3].map(|uid| (Some(uid), Some(1.0))));
    assert!(odds["activities"][0]["sensitivity"].as_f64().unwrap() > 0.9 && odds["activities"][0]["swing_minutes"].as_f64().unwrap() > 0.0);
    assert_eq!((&odds["iterations"], &odds["seed"], &odds["converged"]), (&json!(4_000), &json!(1), &json!(false)));
    assert_eq!((&odds["assumed"], &odds["joint"]), (&json!({"spread_percent": 20, "activities": 0}), &Value::Null));
    let counted: i64 = odds["histogram"].as_array().unwrap().iter().map(|b| b["count"].as_i64().unwrap()).sum();
    assert_eq!((counted, &odds["s_curve"].as_array().unwrap().last().unwrap()["chance"]), (4_000, &json!(1)));
}

#[test]
fn the_same_seed_gives_the_same_bytes_on_any_number_of_threads() {
    let folder = with(&plan());
    let bytes = |args: &[&str]| folder.run(&[&["risk", "plan.json", "--json", "--iterations", "1000"], args].concat()).stdout;
    let one = bytes(&["--threads", "1"]);
    assert!(!one.is_empty());
    assert_eq!(one, bytes(&["--threads", "3", "--seed", "1"]));
    assert_ne!(one, bytes(&["--seed", "2"]));
}

#[test]
fn a_day_has_its_chance_and_several_have_one_together() {
    let odds = answer(&with(&plan()), &["--by", "2026-03-10", "--by", "2026-03-06=1", "--by", "2026-03-18T16:59"]);
    let chance = |at: usize| odds["by"][at]["chance"].as_f64().unwrap();
    assert!((chance(0) - 0.525).abs() < 0.02 && (chance(1) - 0.75).abs() < 0.018, "{}", odds["by"]);
    assert_eq!((&odds["by"][0]["name"], &odds["by"][1]["name"]), (&Value::Null, &json!("基础")));
    assert_eq!((&odds["by"][0]["uid"], &odds["by"][1]["uid"], &odds["by"][1]["date"]), (&Value::Null, &json!(1), &json!("2026-03-06")));
    assert!((chance(2) - 0.925).abs() < 0.011);
    assert_eq!(odds["joint"]["chance"].as_f64(), Some(chance(0)), "whoever is done on the tenth was in time for the others");
    assert!(odds["joint"]["low"].as_f64() < odds["joint"]["chance"].as_f64());
    let folder = with(&plan());
    let output = folder.run(&["--lang", "zh", "risk", "plan.json", "--by", "2026-03-10=99"]);
    ended(&output, 1);
    assert!(text(&output.stderr).contains("--by：没有 uid 或编号为 99 的工作"), "{}", text(&output.stderr));
}

#[test]
fn odds_come_in_words() {
    let folder = with(&plan());
    let output = folder.run(&["--lang", "zh", "risk", "plan.json", "--by", "2026-03-11"]);
    ended(&output, 0);
    let said = text(&output.stdout);
    for part in ["计划完成：2026-03-10；按期完成的可能性 5", "  P80  2026-03-17     晚 7 天  稳妥", "P80  2026-03-17", "每行一天", "█"]
    {
        assert!(said.contains(part), "{part}\n{said}");
    }
    for part in ["项目不晚于 2026-03-11 完成：7", "1 基础    100%", "3 移交  2026-03-10   5", "停工", "种子 1"] {
        assert!(said.contains(part), "{part}\n{said}");
    }
    assert!(!said.contains("三点估算") && output.stderr.is_empty(), "{said}");
    let said = text(&folder.run(&["risk", "plan.json"]).stdout);
    for part in ["Planned finish: 2026-03-10; chance to keep it: 5", "  P80  2026-03-17   7 d later  safe", "plan  2026-03-10"] {
        assert!(said.contains(part), "{part}\n{said}");
    }
}

#[test]
fn who_only_shares_a_cause_is_not_said_to_move_the_finish() {
    let mut shared = plan();
    let garden = json!({"uid": 4, "id": 4, "name": "绿化", "duration": {"min": 480}});
    shared["activities"].as_array_mut().unwrap().push(garden);
    let impact = json!({"uid": 4, "range": {"kind": "uniform", "min": 60, "max": 60}});
    shared["risks"][0]["impacts"].as_array_mut().unwrap().push(impact);
    let folder = with(&shared);
    let odds = answer(&folder, &["--spread", "0"]);
    assert!(odds["activities"][3]["swing_minutes"].as_f64().unwrap() > 0.0 && odds["activities"][3]["criticality"] == json!(0));
    let said = text(&folder.run(&["risk", "plan.json", "--spread", "0"]).stdout);
    assert!(said.contains("墙体") && !said.contains("绿化"), "{said}");
}

#[test]
fn work_without_a_range_gets_one_and_it_is_said() {
    let mut bare = plan();
    bare["activities"].as_array_mut().unwrap().iter_mut().for_each(|a| drop(a.as_object_mut().unwrap().remove("range")));
    bare.as_object_mut().unwrap().remove("risks");
    let folder = with(&bare);
    let odds = answer(&folder, &["--iterations", "1000"]);
    assert_eq!(odds["assumed"], json!({"spread_percent": 20, "activities": 2}));
    assert!(odds["finish"]["p10"].as_str() < odds["finish"]["p90"].as_str(), "{}", odds["finish"]);
    let said = text(&folder.run(&["--lang", "zh", "risk", "plan.json", "--spread", "12.5"]).stdout);
    assert!(said.contains("有 2 项工作没有给出工期区间，按工期 ±12.5% 的三点估算"), "{said}");
    let still = answer(&folder, &["--spread", "0"]);
    assert_eq!((&still["finish"]["p10"], &still["finish"]["p90"]), (&json!("2026-03-10T17:00"), &json!("2026-03-10T17:00")));
    assert_eq!((&still["finish"]["chance_of_planned"], &still["finish"]["deviation_minutes"]), (&json!(1), &json!(0)));
    assert!(text(&folder.run(&["risk", "plan.json", "--spread", "0"]).stdout).contains("Nothing is unsure"));
}

#[test]
fn it_stops_when_the_p80_is_known_closely_enough() {
    let folder = with(&plan());
    let odds = answer(&folder, &["--iterations", "100000", "--until", "20d"]);
    assert_eq!(odds["converged"], json!(true));
    assert!(odds["iterations"].as_i64().unwrap() < 100_000, "{}", odds["iterations"]);
}

#[test]
fn everything_impossible_is_named_at_once() {
    let mut wrong = plan();
    wrong["activities"][0]["range"] = json!({"kind": "triangular", "min": 3, "mode": 2, "max": 1});
    wrong["risks"][0]["probability"] = json!(30);
    wrong["correlations"] = json!([{"uids": [1, 2], "rho": 7}]);
    let folder = with(&wrong);
    let output = folder.run(&["risk", "plan.json", "--json"]);
    ended(&output, 1);
    let refused: Value = serde_json::from_slice(&output.stdout).unwrap();
    let codes: Vec<_> = refused["problems"].as_array().unwrap().iter().map(|p| p["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["range_out_of_order", "probability_out_of_range", "correlation_out_of_range"]);
    let output = folder.run(&["--lang", "zh", "risk", "plan.json"]);
    ended(&output, 1);
    let said = text(&output.stderr);
    assert!(
        said.contains("plan.json: 工作“1 基础”的工期区间次序不对（3 分钟、2 分钟、1 分钟）")
            && said.contains("plan.json: 风险“停工”的概率（30）"),
        "{said}"
    );
    ended(&folder.run(&["schedule", "plan.json"]), 0);
    wrong["risks"][0]["impacts"][0]["uid"] = json!(77);
    folder.write("plan.json", &wrong.to_string());
    let output = folder.run(&["risk", "plan.json"]);
    ended(&output, 1);
    assert!(text(&output.stderr).contains("risks[0]/impacts[0]/uid: there is no activity 77"), "{}", text(&output.stderr));
    let mut circle = plan();
    circle["links"].as_array_mut().unwrap().push(json!({"pred": 2, "succ": 1}));
    folder.write("plan.json", &circle.to_string());
    let output = folder.run(&["risk", "plan.json"]);
    ended(&output, 1);
    assert!(text(&output.stderr).contains("“2 墙体” → “1 基础” → “2 墙体”"), "{}", text(&output.stderr));
}

#[test]
fn wrong_usage_ends_in_two() {
    let folder = with(&plan());
    for args in [
        &["--iterations", "0"][..],
        &["--iterations", "100000001"],
        &["--spread", "-5"],
        &["--by", "31.12.2026"],
        &["--by", "2026-12-31="],
        &["--until", "soon"],
        &["--threads", "0"],
        &["--dialect", "x"],
    ] {
        ended(&folder.run(&[&["risk", "plan.json"], args].concat()), 2);
    }
    ended(&folder.run(&["risk"]), 2);
    ended(&folder.run(&["risk", "nowhere.json"]), 3);
}

#[test]
fn other_formats_are_simulated_too() {
    let folder = with(&plan());
    for (out, to) in [("plan.xer", "xer"), ("ms.xml", "mspdi")] {
        ended(&folder.run(&["convert", "plan.json", out, "--to", to]), 0);
        let output = folder.run(&["risk", out, "--iterations", "200", "--json"]);
        ended(&output, 0);
        let odds: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!((&odds["assumed"]["activities"], &odds["finish"]["planned"]), (&json!(2), &json!("2026-03-10T17:00")), "{out}");
    }
}
