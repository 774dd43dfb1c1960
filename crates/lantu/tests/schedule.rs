//! `lantu schedule` and `lantu convert` as scripts meet them: what is printed, what stands on stderr, how they end.
mod folder;

use folder::{Folder, ended, text};
use serde_json::{Value, json};

/// A week of foundations, then two days of walls; the file says a day too much for the walls.
fn plan() -> Value {
    let hours = json!([[480, 720], [780, 1020]]);
    json!({
        "key": "示例项目",
        "project": {"engine": "MSP", "start": "2026-03-02T08:00", "default_calendar": 1},
        "calendars": [{"uid": 1, "name": "Standard", "week": {"mon": hours, "tue": hours, "wed": hours, "thu": hours, "fri": hours}}],
        "summaries": [{"uid": 10, "id": 1, "name": "土建"}],
        "activities": [
            {"uid": 1, "id": 2, "parent": 10, "name": "基础", "duration": {"min": 2400},
                "stored": {"start": "2026-03-02T08:00", "finish": "2026-03-06T17:00"}},
            {"uid": 2, "id": 3, "parent": 10, "name": "墙体", "duration": {"min": 960},
                "stored": {"start": "2026-03-09T08:00", "finish": "2026-03-11T17:00"}},
            {"uid": 3, "id": 4, "name": "绿化", "duration": {"min": 480}},
        ],
        "links": [{"pred": 1, "succ": 2, "type": "FS", "lag": {"min": 0}}],
    })
}

fn with(document: &Value) -> Folder {
    let folder = Folder::new();
    folder.write("plan.json", &document.to_string());
    folder
}

#[test]
fn dates_come_as_json() {
    let output = with(&plan()).run(&["schedule", "plan.json", "--json"]);
    ended(&output, 0);
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        answer["activities"][1],
        json!({"uid": 2, "es": "2026-03-09T08:00", "ef": "2026-03-10T17:00", "ls": "2026-03-09T08:00", "lf": "2026-03-10T17:00",
            "start": "2026-03-09T08:00", "finish": "2026-03-10T17:00", "tf": 0, "ff": 0, "critical": true, "longest_path": true})
    );
    assert_eq!((&answer["activities"][2]["tf"], &answer["activities"][2]["longest_path"]), (&json!(2880), &json!(false)));
    assert_eq!((&answer["summaries"][0]["uid"], &answer["project_finish"]), (&json!(10), &json!("2026-03-10T17:00")));
}

#[test]
fn dates_come_as_a_table_beside_those_of_the_file() {
    let output = with(&plan()).run(&["--lang", "zh", "schedule", "plan.json"]);
    ended(&output, 0);
    let said = text(&output.stdout);
    assert!(said.contains("  基础  2026-03-02 08:00  2026-03-06 17:00    0 天  是"), "{said}");
    assert!(said.contains("项目完成：2026-03-10 17:00；工作 3 项，其中关键 2 项"), "{said}");
    assert!(said.contains("一致 1 项，不同 1 项"), "{said}");
    assert!(said.contains("墙体") && said.contains("2026-03-11 17:00") && said.contains("计算"), "{said}");
}

#[test]
fn a_circle_is_refused_and_named() {
    let mut circle = plan();
    circle["links"].as_array_mut().unwrap().push(json!({"pred": 2, "succ": 1}));
    let folder = with(&circle);
    let output = folder.run(&["schedule", "plan.json"]);
    ended(&output, 1);
    let said = text(&output.stderr);
    assert!(said.contains("plan.json: ") && said.contains("“3 墙体” → “2 基础” → “3 墙体”"), "{said}");
    assert!(output.stdout.is_empty());
    let output = folder.run(&["schedule", "plan.json", "--json"]);
    ended(&output, 1);
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&answer["problems"][0]["code"], &answer["activities"]), (&json!("cycle"), &json!([])));
}

/// Two projects of one activity each.
const TWO: &str = "ERMHDR\t19.12\t2026-03-02\tProject\tadmin\tadmin\tdb\tProject Management\tCNY\n\
%T\tCALENDAR\n%F\tclndr_id\tdefault_flag\tclndr_name\tclndr_type\tday_hr_cnt\n%R\t1\tY\tStandard\tCA_Base\t8\n\
%T\tPROJECT\n%F\tproj_id\tproj_short_name\tclndr_id\tplan_start_date\tlast_recalc_date\n\
%R\t1\tROAD\t1\t2026-03-02 08:00\t2026-03-02 08:00\n%R\t2\tSCHOOL\t1\t2026-03-02 08:00\t2026-03-02 08:00\n\
%T\tPROJWBS\n%F\twbs_id\tproj_id\tproj_node_flag\twbs_short_name\twbs_name\n%R\t1\t1\tY\tROAD\t道路\n%R\t2\t2\tY\tSCHOOL\t学校\n\
%T\tTASK\n%F\ttask_id\tproj_id\twbs_id\tclndr_id\ttask_type\tstatus_code\ttask_code\ttask_name\tremain_drtn_hr_cnt\ttarget_drtn_hr_cnt\n\
%R\t11\t1\t1\t1\tTT_Task\tTK_NotStart\tA10\t路基\t16\t16\n%R\t12\t2\t2\t1\tTT_Task\tTK_NotStart\tA20\t基坑\t8\t8\n%E\n";

#[test]
fn several_projects_are_listed_until_one_is_chosen() {
    let folder = Folder::new();
    folder.write("two.xer", TWO);
    let output = folder.run(&["schedule", "two.xer"]);
    ended(&output, 1);
    let said = text(&output.stderr);
    assert!(said.contains("ROAD") && said.contains("SCHOOL") && said.contains("--project"), "{said}");
    let output = folder.run(&["schedule", "two.xer", "--json"]);
    ended(&output, 1);
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&answer["projects"][1]["id"], &answer["projects"][1]["activities"]), (&json!("SCHOOL"), &json!(1)));
    let output = folder.run(&["schedule", "two.xer", "--project", "SCHOOL", "--json"]);
    ended(&output, 0);
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&answer["activities"][0]["uid"], &answer["activities"][0]["tf"]), (&json!(12), &json!(0)));
    let output = folder.run(&["schedule", "two.xer", "--project", "BRIDGE"]);
    ended(&output, 1);
    assert!(text(&output.stderr).contains("ROAD, SCHOOL"), "{}", text(&output.stderr));
}

#[test]
fn what_is_no_schedule_is_refused_with_its_place() {
    let folder = Folder::new();
    let billion = "<?xml version=\"1.0\"?>\n<!DOCTYPE p [<!ENTITY a \"aaaa\">]>\n<Project>&a;</Project>";
    let cases: &[(&str, &[u8], &str)] = &[
        ("plan.mpp", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1rest", "Save As"),
        ("plan.xlsx", b"PK\x03\x04rest", "lantu import"),
        ("plan.pdf", b"%PDF-1.7", "PDF"),
        ("empty.xer", b"", "empty"),
        ("broken.json", b"{\n\"project\": {", "line 2"),
        ("wrong.json", b"{\"project\":{\"start\":\"soon\"}}", "project/start"),
        ("bomb.xml", billion.as_bytes(), "line 2"),
        ("cut.xml", b"<Project xmlns=\"http://schemas.microsoft.com/project\">\n<Tasks><Task><UID>1</UID>", "line"),
        ("cut.xer", b"ERMHDR\t8.0\n%T\tTASK\n%F\ttask_id\n%R", "line"),
        ("other.xml", b"<html/>", "html"),
    ];
    for (name, bytes, wanted) in cases {
        std::fs::write(folder.0.join(name), bytes).unwrap();
        let output = folder.command(&["schedule", name]).env("LANTU_MPXJ", "nowhere").output().unwrap();
        ended(&output, 1);
        let said = text(&output.stderr);
        assert!(said.starts_with(&format!("{name}: ")) && said.contains(wanted), "{name}: {said}");
        let output = folder.command(&["schedule", name, "--json"]).env("LANTU_MPXJ", "nowhere").output().unwrap();
        ended(&output, 1);
        let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert!(!answer["problems"][0]["message"].as_str().unwrap().is_empty(), "{name}: {answer}");
    }
    ended(&folder.run(&["schedule", "nowhere.xer"]), 3);
    ended(&folder.run(&["schedule"]), 2);
}

#[test]
fn a_plan_goes_through_every_format_and_keeps_its_dates() {
    let folder = with(&plan());
    let dates = |file: &str| {
        let output = folder.run(&["schedule", file, "--dialect", "msp", "--json"]);
        ended(&output, 0);
        let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
        let mut dates: Vec<String> = answer["activities"].as_array().unwrap().iter().map(|a| format!("{} {}", a["es"], a["lf"])).collect();
        dates.sort();
        dates
    };
    let first = dates("plan.json");
    for (out, to) in [("plan.xer", "xer"), ("pm.xml", "pmxml"), ("ms.xml", "mspdi"), ("again.json", "json")] {
        let output = folder.run(&["convert", "plan.json", out, "--to", to, "--json"]);
        ended(&output, 0);
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!((&report["to"], &report["activities"], &report["links"]), (&json!(to), &json!(3), &json!(1)));
        assert_eq!(dates(out), first, "{out}");
    }
    let output = folder.run(&["--lang", "zh", "convert", "plan.json", "plan.xer"]);
    ended(&output, 0);
    assert!(text(&output.stdout).contains("已写出 plan.xer"), "{}", text(&output.stdout));
    assert!(text(&output.stderr).contains("MS Project"), "{}", text(&output.stderr));
    let parts = std::fs::read_dir(&folder.0).unwrap().filter(|e| e.as_ref().unwrap().file_name().to_string_lossy().ends_with(".part"));
    assert_eq!(parts.count(), 0);
}

#[test]
fn the_input_is_not_overwritten_unasked() {
    let folder = with(&plan());
    let before = std::fs::read(folder.0.join("plan.json")).unwrap();
    let output = folder.run(&["convert", "plan.json", "./plan.json"]);
    ended(&output, 1);
    assert!(text(&output.stderr).contains("--force"));
    assert_eq!(std::fs::read(folder.0.join("plan.json")).unwrap(), before);
    ended(&folder.run(&["convert", "plan.json", "plan.json", "--force"]), 0);
    ended(&folder.run(&["convert", "plan.json", "plan.txt"]), 2);
    ended(&folder.run(&["convert", "plan.json", "no/such/folder.xer"]), 3);
}

#[test]
fn computed_dates_are_written_where_asked() {
    let folder = with(&plan());
    ended(&folder.run(&["schedule", "plan.json", "--output", "dated.json"]), 0);
    let said = text(&folder.run(&["schedule", "dated.json"]).stdout);
    assert!(said.contains("3 agree, 0 differ"), "{said}");
}

#[test]
fn a_date_has_its_reason() {
    let folder = with(&plan());
    let output = folder.run(&["--lang", "zh", "schedule", "plan.json", "--why", "2"]);
    ended(&output, 0);
    let said = text(&output.stdout);
    assert!(said.contains("墙体") && said.contains("基础"), "{said}");
    let output = folder.run(&["schedule", "plan.json", "--why", "2", "--json"]);
    ended(&output, 0);
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    let cause = &answer["why"]["early"][0]["considered"][0];
    assert_eq!((&cause["cause"], &cause["link"]["other"], &cause["decides"]), (&json!("link"), &json!(1), &json!(true)), "{answer}");
    assert_eq!(answer["why"]["early"][1]["uid"], json!(1));
    ended(&folder.run(&["schedule", "plan.json", "--why", "99"]), 1);
}

#[test]
fn a_schedule_is_judged() {
    let folder = with(&plan());
    let output = folder.run(&["schedule", "plan.json", "--quality", "--json"]);
    ended(&output, 0);
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    let logic = &answer["quality"][0];
    assert_eq!((&logic["code"], &logic["point"], &logic["passed"]), (&json!("logic"), &json!(1), &json!(false)), "{logic}");
    assert_eq!((&logic["activities"], &logic["limit"]), (&json!([1, 2, 3]), &json!({"at_most_percent": 5.0})));
    let output = folder.run(&["--lang", "zh", "schedule", "plan.json", "--quality"]);
    ended(&output, 0);
    let said = text(&output.stdout);
    assert!(said.contains("逻辑完整性") && said.contains("未达标") && said.contains("绿化"), "{said}");
    ended(&folder.run(&["schedule", "plan.json", "--quality", "--why", "2"]), 2);
}

/// A project of two parts; the file has all its WBS before all its work, as P6 writes it.
fn parts() -> String {
    TWO.replace("%R\t2\tSCHOOL\t1\t2026-03-02 08:00\t2026-03-02 08:00\n", "")
        .replace("proj_node_flag\twbs_short_name", "proj_node_flag\tparent_wbs_id\twbs_short_name")
        .replace("%R\t1\t1\tY\tROAD", "%R\t1\t1\tY\t\tROAD")
        .replace("%R\t2\t2\tY\tSCHOOL\t学校", "%R\t2\t1\tN\t1\tSOIL\t土方\n%R\t3\t1\tN\t1\tTOP\t路面")
        .replace("%R\t11\t1\t1", "%R\t11\t1\t3")
        .replace("%R\t12\t2\t2", "%R\t12\t1\t2")
}

#[test]
fn work_stands_under_its_wbs() {
    let folder = Folder::new();
    folder.write("parts.xer", &parts());
    let output = folder.run(&["schedule", "parts.xer"]);
    ended(&output, 0);
    let said = text(&output.stdout);
    let rows = ["  1  ROAD  道路", "  2  SOIL    土方", " 12  A20       基坑", "  3  TOP     路面", " 11  A10       路基"];
    let found: Vec<Option<usize>> = rows.iter().map(|row| said.find(row)).collect();
    assert!(found.iter().all(Option::is_some) && found.is_sorted(), "{found:?}\n{said}");
}

#[test]
fn a_reason_is_asked_for_by_the_id_that_people_know() {
    let folder = Folder::new();
    folder.write("parts.xer", &parts());
    let by = |who: &str| folder.run(&["--lang", "zh", "schedule", "parts.xer", "--why", who]);
    ended(&by("A10"), 0);
    assert_eq!(text(&by("A10").stdout), text(&by("11").stdout));
    assert!(text(&by("A10").stdout).contains("“A10 路基”"), "{}", text(&by("A10").stdout));
    ended(&by("A99"), 1);
    assert!(text(&by("A99").stderr).contains("--why：没有 uid 或编号为 A99 的工作"), "{}", text(&by("A99").stderr));
}

#[test]
fn json_says_what_the_words_say() {
    let folder = with(&plan());
    let output = folder.run(&["schedule", "plan.json", "--json"]);
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&answer["stored"], &answer["losses"]), (&json!({"agree": 1, "differ": 1}), &json!([])));
}

#[test]
fn names_of_others_do_not_steer_the_terminal() {
    let mut plan = plan();
    plan["activities"][0]["name"] = json!("\u{1b}[2J基\n础");
    let said = text(&with(&plan).run(&["schedule", "plan.json"]).stdout);
    assert!(!said.contains('\u{1b}') && said.contains("基 础"), "{said}");
}

#[test]
fn many_losses_of_a_kind_are_one_line() {
    let mut many = plan();
    for uid in 100..140 {
        let task = json!({"uid": uid, "id": uid, "name": "补植", "duration": {"min": 480}, "deadline": "2026-06-30T17:00"});
        many["activities"].as_array_mut().unwrap().push(task);
    }
    let folder = with(&many);
    let output = folder.run(&["--lang", "zh", "convert", "plan.json", "plan.xer"]);
    ended(&output, 0);
    let said = text(&output.stderr);
    assert!(said.contains("（40 处：工作 ") && said.lines().count() < 12, "{said}");
    let output = folder.run(&["convert", "plan.json", "plan.xer", "--json"]);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(report["losses"].as_array().unwrap().len() >= 40);
}

#[test]
fn a_remedy_is_one_that_the_command_has() {
    let folder = with(&plan());
    let output = folder.run(&["schedule", "plan.json", "--output", "plan.json"]);
    ended(&output, 1);
    let said = text(&output.stderr);
    assert!(said.contains("choose another name") && !said.contains("--force"), "{said}");
}
