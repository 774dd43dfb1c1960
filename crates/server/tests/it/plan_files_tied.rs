//! Contractors' schedules tied to a project's plan: suggestions, facts offered and taken, warnings, and both given back as files.
use crate::county::{County, Visitor, county};
use serde_json::{Value, json};

/// A site's schedule; 2026-06-01 is a Monday. Piles are done, the structure runs, the rest has not begun.
fn site(structure_left: u32) -> Vec<u8> {
    let hours = json!([[480, 720], [780, 1020]]);
    let week = json!({ "mon": hours, "tue": hours, "wed": hours, "thu": hours, "fri": hours });
    let days = |n: u32| json!({ "min": n * 480 });
    let whole = json!({
        "project": { "id": "A1", "name": "示例挂接厂房施工总进度", "engine": "P6", "start": "2026-06-01T08:00", "status_date": "2026-09-01T08:00", "default_calendar": 1 },
        "calendars": [{ "uid": 1, "name": "标准", "week": week }],
        "activities": [
            { "uid": 1, "name": "桩基", "duration": days(20), "actual_start": "2026-06-01T08:00", "actual_finish": "2026-06-26T17:00", "remaining_duration": days(0), "actual_duration": days(20), "status": "COMPLETED" },
            { "uid": 2, "name": "主体结构施工", "duration": days(40 + structure_left), "actual_start": "2026-06-29T08:00", "remaining_duration": days(structure_left), "actual_duration": days(45), "pct": 40, "status": "IN_PROGRESS" },
            { "uid": 3, "name": "竣工验收", "duration": days(10) }
        ],
        "links": [{ "pred": 1, "succ": 2, "type": "FS", "lag": days(0) }, { "pred": 2, "succ": 3, "type": "FS", "lag": days(0) }]
    });
    whole.to_string().into_bytes()
}

struct Site<'a> {
    clerk: Visitor<'a>,
    project: String,
    /// The step that is work on site.
    works: String,
}

impl<'a> Site<'a> {
    /// A factory with a plan whose permits are history.
    async fn of(county: &'a County) -> Self {
        let clerk = county.enter("clerk").await;
        let project = format!("/api/v1/projects/{}", county.project("示例挂接厂房", 1, 1_000).await);
        let seq = clerk.get(&format!("{project}/plan")).await.json["seq"].clone();
        let ask = json!({ "seq": seq, "mode": "commit", "pattern": "MFG", "start": "2026-05-06", "facts": {}, "without": [] });
        let applied = clerk.post(&format!("{project}/plan/apply"), ask).await;
        assert_eq!(applied.status, 200, "{}", applied.text);
        let works = applied.json["plan"]["activities"].as_array().unwrap().iter();
        let works = works.filter(|a| a["clock"] == "contractor" && a["formality"] == json!([]) && a["days"].as_i64() > Some(10));
        let works = works.map(|a| a["id"].as_str().unwrap().to_owned()).next().expect("a step of works");
        Self { clerk, project, works }
    }

    async fn sent(&self, bytes: &[u8]) -> Value {
        let done = self.clerk.upload(&format!("{}/plan-files", self.project), "总进度.json", bytes).await;
        assert_eq!(done.status, 200, "{}", done.text);
        done.json
    }

    fn file(&self, sent: &Value) -> String {
        format!("{}/plan-files/{}", self.project, sent["file"]["id"].as_str().unwrap())
    }

    async fn tied(&self, sent: &Value, uid: i64) {
        let tie = json!({ "tie": [{ "uid": uid, "activity": self.works }] });
        let done = self.clerk.post(&format!("{}/ties", self.file(sent)), tie).await;
        assert_eq!(done.status, 200, "{}", done.text);
    }

    async fn beside(&self) -> Value {
        self.clerk.get(&format!("{}/beside", self.project)).await.json
    }

    async fn step(&self, id: &str) -> Value {
        let plan = self.clerk.get(&format!("{}/plan", self.project)).await.json;
        plan["activities"].as_array().unwrap().iter().find(|a| a["id"] == id).unwrap().clone()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_tied_row_tells_is_offered_and_taken_only_when_somebody_takes_it() {
    let county = county().await;
    let site_of = Site::of(&county).await;
    assert_eq!(site_of.beside().await, Value::Null);
    let sent = site_of.sent(&site(30)).await;
    let choices = site_of.clerk.get(&format!("{}/choices", site_of.file(&sent))).await.json;
    let accepted = choices.as_array().unwrap().iter().find(|c| c["activity_name"].as_str().unwrap().contains("acceptance"));
    assert!(choices.as_array().unwrap().len() > 20 && accepted.is_some(), "{choices}");
    site_of.tied(&sent, 2).await;
    let before = site_of.step(&site_of.works).await;
    let beside = site_of.beside().await;
    let row = &beside["rows"][0];
    assert_eq!((beside["seen"].as_str(), beside["rows"].as_array().map(Vec::len)), (Some("2026-08-31"), Some(1)), "{beside}");
    assert_eq!((row["told"]["started"].as_str(), row["told"]["percent"].as_u64()), (Some("2026-06-29"), Some(40)), "{row}");
    assert_eq!(row["now"], json!({}), "nothing is taken by itself");
    assert_eq!(before["actual_start"], Value::Null);
    assert_eq!(row["file_finish"].as_str(), Some("2026-10-12"), "thirty days of the site's calendar from the data date");
    assert!(row["days"].as_i64().unwrap().abs() >= beside["warn_from"].as_i64().unwrap(), "{row}");
    let mut edit = row["offer"].clone();
    edit["op"] = json!("progress");
    let ask = json!({ "seq": beside["seq"], "mode": "commit", "reason": "", "edits": [edit] });
    let taken = site_of.clerk.post(&format!("{}/plan/edit", site_of.project), ask).await;
    assert_eq!(taken.status, 200, "{}", taken.text);
    let after = site_of.step(&site_of.works).await;
    assert_eq!(after["actual_start"].as_str(), Some("2026-06-29"));
    assert_ne!(after["finish"], before["finish"], "the forecast follows the fact");
    let beside = site_of.beside().await;
    assert_eq!(beside["rows"][0]["offer"], Value::Null, "what is taken is not offered again: {beside}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_bytes_are_the_same_version_and_ties_go_on_to_the_next() {
    let county = county().await;
    let site_of = Site::of(&county).await;
    let first = site_of.sent(&site(30)).await;
    site_of.tied(&first, 2).await;
    let again = site_of.sent(&site(30)).await;
    assert_eq!((again["same"].as_bool(), &again["feed"], &again["file"]["id"]), (Some(true), &Value::Null, &first["file"]["id"]));
    let next = site_of.sent(&site(35)).await;
    assert_eq!((next["same"].as_bool(), next["file"]["ties"][0]["uid"].as_i64()), (Some(false), Some(2)), "{next}");
    assert_eq!(next["reading"]["difference"]["days"].as_i64(), Some(7));
    let project = site_of.clerk.get(&site_of.project).await.json;
    assert_eq!(project["project"]["plan_files"].as_array().map(Vec::len), Some(2));
    let beside = site_of.beside().await;
    assert_eq!((beside["number"].as_u64(), &beside["file"]), (Some(2), &next["file"]["id"]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_schedule_goes_back_with_the_offices_facts() {
    let county = county().await;
    let site_of = Site::of(&county).await;
    let sent = site_of.sent(&site(30)).await;
    site_of.tied(&sent, 2).await;
    let seq = site_of.beside().await["seq"].clone();
    let edit =
        json!({ "op": "progress", "id": site_of.works, "started": "2026-07-06", "remaining": 20, "percent": 55, "seen": "2026-09-02" });
    let ask = json!({ "seq": seq, "mode": "commit", "reason": "", "edits": [edit] });
    let done = site_of.clerk.post(&format!("{}/plan/edit", site_of.project), ask).await;
    assert_eq!(done.status, 200, "{}", done.text);
    for format in ["json", "xer", "mspdi", "pmxml"] {
        let back = site_of.clerk.get(&format!("{}/export?format={format}&facts=ours", site_of.file(&sent))).await;
        assert_eq!(back.status, 200, "{}", back.text);
        let name = format!("回传.{}", if format.ends_with("ml") || format == "mspdi" { "xml" } else { format });
        let path = format!("{}/plan-files?preview=true&confirmed=true", site_of.project);
        let read = site_of.clerk.upload(&path, &name, &back.bytes).await.json;
        let agreement = &read["reading"]["agreement"];
        assert_eq!(agreement["equal"], agreement["compared"], "{format}: {agreement}");
        let changed = read["reading"]["difference"]["rows"].as_array().unwrap().iter().filter(|r| r["kind"] == "changed");
        let structure = changed.clone().find(|c| c["name"] == "主体结构施工").unwrap_or_else(|| panic!("{format}: {read}"));
        let field = |name: &str| structure["fields"].as_array().unwrap().iter().find(|f| f["name"] == name).map(|f| f["after"].clone());
        assert_eq!(field("actual start"), Some(json!("2026-07-06 08:00")), "{format}: {structure}");
        let piles = changed.clone().find(|c| c["name"] == "桩基").and_then(|c| c["fields"].as_array());
        assert!(!piles.is_some_and(|fields| fields.iter().any(|f| f["name"] == "actual start")), "what is not tied stays: {format}");
    }
    site_of.clerk.get(&format!("{}/export?facts=theirs", site_of.file(&sent))).await.is_problem(400, "bad_request");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_plan_goes_out_as_a_schedule_and_opens_again_with_its_dates() {
    let county = county().await;
    let site_of = Site::of(&county).await;
    let plan = site_of.clerk.get(&format!("{}/plan", site_of.project)).await.json;
    for (format, name) in [("xer", "本项目.xer"), ("mspdi", "本项目.xml"), ("pmxml", "本项目.xml"), ("json", "本项目.json")] {
        let file = site_of.clerk.get(&format!("{}/plan/file?format={format}", site_of.project)).await;
        assert_eq!(file.status, 200, "{}", file.text);
        assert!(file.header("content-disposition").contains("attachment"));
        let sent = site_of.clerk.upload(&format!("{}/plan-files?confirmed=true", site_of.project), name, &file.bytes).await.json;
        let agreement = &sent["reading"]["agreement"];
        assert_eq!(
            (&agreement["equal"], agreement["compared"].as_u64() > Some(20)),
            (&agreement["compared"], true),
            "{format}: {agreement}"
        );
        let rows = site_of.clerk.get(&site_of.file(&sent)).await.json;
        for step in plan["activities"].as_array().unwrap() {
            let row = rows["rows"]
                .as_array()
                .unwrap()
                .iter()
                .find(|r| r["summary"] == false && (r["code"] == step["id"] || r["name"] == step["name"]));
            let row = row.unwrap_or_else(|| panic!("{format}: {step}"));
            let day = |key: &str| row[key].as_str().unwrap()[..10].to_owned();
            assert_eq!(day("finish"), step["finish"].as_str().unwrap(), "{format}: {step} {row}");
            if step["days"].as_i64() > Some(0) {
                assert_eq!(day("start"), step["start"].as_str().unwrap(), "{format}: {step} {row}");
            }
        }
    }
    site_of.clerk.get(&format!("{}/plan/file?format=doc", site_of.project)).await.is_problem(422, "refused");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_schedule_named_after_another_project_says_whose_it_is() {
    let county = county().await;
    let site_of = Site::of(&county).await;
    county.project("示例沿江大道改造工程", 1, 500).await;
    let text = String::from_utf8(site(30)).unwrap().replace("示例挂接厂房施工总进度", "示例沿江大道改造工程");
    let doubted = site_of.sent(text.as_bytes()).await;
    let codes: Vec<_> = doubted["doubts"].as_array().unwrap().iter().map(|d| d["code"].as_str().unwrap()).collect();
    assert_eq!((codes, &doubted["feed"]), (vec!["plan_file_other_name", "plan_file_of_other"], &Value::Null));
    assert!(doubted["doubts"][1]["title"].as_str().unwrap().contains("示例沿江大道改造工程"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cycle_and_a_calendar_without_working_time_are_named_together_with_their_rows() {
    let county = county().await;
    let site_of = Site::of(&county).await;
    let mut ring: Value = serde_json::from_slice(&site(30)).unwrap();
    ring["links"].as_array_mut().unwrap().push(json!({ "pred": 3, "succ": 2, "type": "FS", "lag": { "min": 0 } }));
    ring["calendars"].as_array_mut().unwrap().push(json!({ "uid": 2, "name": "停工", "week": {} }));
    ring["activities"].as_array_mut().unwrap().push(json!({ "uid": 4, "name": "装修", "duration": { "min": 480 }, "calendar": 2 }));
    let path = format!("{}/plan-files", site_of.project);
    let refused = site_of.clerk.upload(&path, "环.json", ring.to_string().as_bytes()).await;
    refused.is_problem(422, "refused");
    let said: Vec<&str> = refused.json["problems"].as_array().unwrap().iter().map(|p| p["title"].as_str().unwrap()).collect();
    assert!(said.iter().any(|s| s.contains("主体结构施工") && s.contains("竣工验收")), "{said:?}");
    assert!(said.iter().any(|s| s.contains("装修")), "{said:?}");
    for (name, bytes) in [("计划.xer", &b"MZ\x90\0\x03\0\0\0"[..]), ("计划.xer", b"%PDF-1.7"), ("计划.xml", b"ERMHDR\t8.0")] {
        site_of.clerk.upload(&path, name, bytes).await.is_problem(422, "refused");
    }
    assert_eq!(site_of.clerk.get(&format!("{}/evidence", site_of.project)).await.json, json!([]));
}
