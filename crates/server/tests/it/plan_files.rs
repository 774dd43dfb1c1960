//! Contractors' schedules through the door: dates equal to the file's, versions compared, given back as they came.
use crate::county::{County, Visitor, county};
use serde_json::{Value, json};

/// A schedule of three activities, 2026-03-02 a Monday; `days` of the second decides the end.
fn schedule(name: &str, days: u32) -> Vec<u8> {
    let hours = json!([[480, 720], [780, 1020]]);
    let week = json!({ "mon": hours, "tue": hours, "wed": hours, "thu": hours, "fri": hours });
    let activity = |uid: u32, name: &str, days: u32| json!({ "uid": uid, "name": name, "duration": { "min": days * 480 } });
    let whole = json!({
        "project": { "id": "A1", "name": name, "engine": "MSP", "start": "2026-03-02T08:00", "default_calendar": 1 },
        "calendars": [{ "uid": 1, "name": "标准", "week": week }],
        "activities": [activity(1, "桩基", 5), activity(2, "主体结构", days), activity(3, "竣工验收", 0)],
        "links": [{ "pred": 1, "succ": 2, "type": "FS", "lag": { "min": 0 } }, { "pred": 2, "succ": 3, "type": "FS", "lag": { "min": 0 } }]
    });
    whole.to_string().into_bytes()
}

async fn project(county: &County) -> String {
    format!("/api/v1/projects/{}", county.project("示例进度厂房", 1, 1_000).await)
}

async fn kept(who: &Visitor<'_>, project: &str, bytes: &[u8]) -> Value {
    let done = who.upload(&format!("{project}/plan-files"), "总进度.json", bytes).await;
    assert_eq!(done.status, 200, "{}", done.text);
    assert!(done.json["feed"].is_u64(), "{}", done.text);
    done.json
}

#[tokio::test(flavor = "multi_thread")]
async fn two_versions_are_read_compared_and_given_back() {
    let county = county().await;
    let (clerk, project) = (county.enter("clerk").await, project(&county).await);
    let first = schedule("示例进度厂房施工总进度", 10);
    let one = kept(&clerk, &project, &first).await;
    assert_eq!((one["reading"]["finish"].as_str(), one["reading"]["activities"].as_u64()), (Some("2026-03-20T17:00"), Some(3)), "{one}");
    assert_eq!(one["reading"]["quality"].as_array().unwrap().iter().filter(|q| q["point"].is_u64()).count(), 14);
    let two = kept(&clerk, &project, &schedule("示例进度厂房施工总进度", 15)).await;
    let difference = &two["reading"]["difference"];
    assert_eq!((difference["days"].as_i64(), difference["against"].as_str()), (Some(7), one["file"]["id"].as_str()), "{difference}");
    let changed = difference["rows"].as_array().unwrap().iter().find(|r| r["name"] == "主体结构").unwrap();
    let said: Vec<_> =
        changed["fields"].as_array().unwrap().iter().map(|f| (f["topic"].as_str().unwrap(), f["after"].as_str().unwrap())).collect();
    assert_eq!(said, [("durations", "15 d"), ("dates", "2026-03-27 17:00")], "{changed}");
    assert_eq!(difference["path"].as_array().unwrap().last().map(|s| s["finish"].clone()), Some(json!("2026-03-27")));
    let path = format!("{project}/plan-files/{}", one["file"]["id"].as_str().unwrap());
    let rows = clerk.get(&format!("{path}?from=1&limit=1")).await.json;
    assert_eq!(
        (rows["total"].as_u64(), rows["rows"][0]["name"].as_str(), rows["links"].as_array().map(Vec::len)),
        (Some(3), Some("主体结构"), Some(0))
    );
    assert_eq!(clerk.get(&path).await.json["links"][0]["ends"], "FS");
    assert_eq!(clerk.get(&format!("{path}/export")).await.bytes, first);
    let xer = clerk.get(&format!("{path}/export?format=xer")).await;
    assert!(xer.bytes.starts_with(b"ERMHDR") && xer.header("content-disposition").contains(".xer"), "{}", xer.text);
    assert_eq!(clerk.get(&format!("{path}/losses?format=xer")).await.status, 200);
    clerk.get(&format!("{path}/export?format=doc")).await.is_problem(422, "refused");
    // What was written is read again, and its stored dates are ours.
    let again = clerk.upload(&format!("{project}/plan-files?preview=true&confirmed=true"), "总进度.xer", &xer.bytes).await;
    assert!(again.json["feed"].is_null(), "{}", again.text);
    let town = county.enter("town").await;
    for path in [path.clone(), format!("{path}/export"), format!("{path}/reading")] {
        town.get(&path).await.is_problem(404, "not_found");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_schedule_of_another_project_is_kept_only_when_confirmed() {
    let county = county().await;
    let (clerk, project) = (county.enter("clerk").await, project(&county).await);
    let other = schedule("某高速公路改扩建", 10);
    let doubted = clerk.upload(&format!("{project}/plan-files"), "总进度.json", &other).await;
    assert_eq!(doubted.json["doubts"][0]["code"], "plan_file_other_name", "{}", doubted.text);
    assert!(doubted.json["feed"].is_null() && doubted.json["reading"]["finish"].is_string());
    assert_eq!(clerk.get(&project).await.json["project"]["plan_files"], Value::Null);
    let done = clerk.upload(&format!("{project}/plan-files?confirmed=true"), "总进度.json", &other).await;
    assert!(done.json["feed"].is_u64(), "{}", done.text);
    let path = format!("{project}/plan-files/{}", done.json["file"]["id"].as_str().unwrap());
    clerk.post(&format!("{path}/ties"), json!({ "tie": [{ "uid": 1, "activity": "A01" }] })).await.is_problem(422, "refused");
    assert!(clerk.delete(&path).await.json["feed"].is_u64());
    clerk.get(&path).await.is_problem(404, "not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_schedule_is_refused_with_all_that_is_wrong() {
    let county = county().await;
    let (clerk, project) = (county.enter("clerk").await, project(&county).await);
    let broken = br#"{"project":{"start":"2026-03-02T08:00"},"calendars":[],"activities":[{"uid":1,"calendar":9},{"uid":1}]}"#;
    let refused = clerk.upload(&format!("{project}/plan-files"), "坏.json", broken).await;
    refused.is_problem(422, "refused");
    assert!(refused.json["problems"].as_array().unwrap().iter().all(|p| !p["remedy"].as_str().unwrap().is_empty()), "{}", refused.text);
    clerk.upload(&format!("{project}/plan-files"), "桩基.pdf", b"%PDF-1.7").await.is_problem(422, "refused");
    assert_eq!(clerk.get(&format!("{project}/evidence")).await.json, json!([]));
}
