//! The import wizard end to end: a small workbook becomes projects; what cannot be read is refused with a reason.
use crate::county::{County, Visitor, county};
use rust_xlsxwriter::Workbook;
use serde_json::json;

/// A list as an office would send it: a title, a heading, a group row, data, a note.
async fn sheet(county: &County, investment: f64) -> Vec<u8> {
    let books = county.desk.books(county.office()).await.unwrap();
    let towns: Vec<String> = books.place.divisions.iter().filter(|d| d.parent.is_some()).map(|d| d.words.zh.clone()).collect();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "示例市2026年重点建设项目清单").unwrap();
    for (c, heading) in ["序号", "项目名称", "建设地点(镇街道)", "总投资(万元)", "计划开工时间", "计划竣工时间"].iter().enumerate()
    {
        sheet.write(1, c as u16, *heading).unwrap();
    }
    sheet.write(2, 0, "一、新开工项目").unwrap();
    for n in 0..3u32 {
        sheet.write(3 + n, 0, n + 1).unwrap();
        sheet.write(3 + n, 1, format!("示例导入项目{n}")).unwrap();
        sheet.write(3 + n, 2, towns[n as usize].as_str()).unwrap();
        sheet.write(3 + n, 3, investment).unwrap();
        sheet.write(3 + n, 4, "2026年3月底").unwrap();
        sheet.write(3 + n, 5, "2028").unwrap();
    }
    book.save_to_buffer().unwrap()
}

async fn commit(clerk: &Visitor<'_>, bytes: &[u8]) -> serde_json::Value {
    let state = clerk.upload("/api/v1/imports", "清单.xlsx", bytes).await;
    assert_eq!(state.status, 201, "{}", state.text);
    let rows = state.json["counts"]["adds"].as_u64().unwrap() + state.json["counts"]["changes"].as_u64().unwrap();
    let path = format!("/api/v1/imports/{}/commit", state.json["id"].as_str().unwrap());
    let done = clerk.post(&path, json!({ "expect_rows": rows })).await;
    assert_eq!(done.status, 200, "{}", done.text);
    done.json
}

#[tokio::test]
async fn a_list_becomes_a_portfolio() {
    let county = county().await;
    let clerk = county.enter("clerk").await;
    let bytes = sheet(&county, 32_000.0).await;
    let state = clerk.upload("/api/v1/imports", "清单.xlsx", &bytes).await;
    assert_eq!(state.status, 201, "{}", state.text);
    assert_eq!((state.json["counts"]["rows"].as_u64(), state.json["counts"]["adds"].as_u64()), (Some(3), Some(3)), "{}", state.text);
    assert_eq!(state.json["file"], "清单.xlsx");
    let id = state.json["id"].as_str().unwrap();
    let rows = clerk.get(&format!("/api/v1/imports/{id}/rows?from=3&limit=1")).await.json;
    assert_eq!((rows["rows"][0]["kind"].as_str(), rows["rows"][0]["outcome"].as_str()), (Some("data"), Some("add")), "{rows}");
    // Nothing is written before the commit, and a colleague's list shows the open import.
    assert_eq!(clerk.get("/api/v1/projects/totals").await.json["rows"], 0);
    assert_eq!(clerk.get("/api/v1/imports").await.json[0]["state"], "open");
    let settled =
        clerk.send(axum::http::Method::PUT, &format!("/api/v1/imports/{id}/mapping"), json!({ "year": 2026, "no_list": true })).await;
    assert_eq!(settled.status, 200, "{}", settled.text);
    let sheet = clerk.get(&format!("/api/v1/imports/{id}/problems.xlsx")).await;
    assert!(sheet.bytes.starts_with(b"PK") && sheet.header("content-disposition").starts_with("attachment"));
    clerk.post(&format!("/api/v1/imports/{id}/commit"), json!({ "expect_rows": 2 })).await.is_problem(422, "refused");
    let done = clerk.post(&format!("/api/v1/imports/{id}/commit"), json!({ "expect_rows": 3 })).await;
    assert_eq!((done.json["adds"].as_u64(), done.json["changes"].as_u64()), (Some(3), Some(0)), "{}", done.text);
    let totals = clerk.get("/api/v1/projects/totals").await.json;
    assert_eq!((totals["rows"].as_u64(), totals["investment"].as_i64()), (Some(3), Some(96_000_000_000)));
    clerk.post(&format!("/api/v1/imports/{id}/commit"), json!({ "expect_rows": 3 })).await.is_problem(422, "refused");
}

#[tokio::test]
async fn the_same_file_again_changes_nothing_and_a_new_figure_one_field() {
    let county = county().await;
    let clerk = county.enter("clerk").await;
    commit(&clerk, &sheet(&county, 32_000.0).await).await;
    let again = commit(&clerk, &sheet(&county, 32_000.0).await).await;
    assert_eq!((again["adds"].as_u64(), again["changes"].as_u64(), again["feed"].is_null()), (Some(0), Some(0), true), "{again}");
    let changed = commit(&clerk, &sheet(&county, 33_000.0).await).await;
    assert_eq!((changed["adds"].as_u64(), changed["changes"].as_u64()), (Some(0), Some(3)), "{changed}");
    let feed = changed["feed"].as_u64().unwrap();
    assert_eq!(clerk.post(&format!("/api/v1/transactions/{feed}/undo"), json!({})).await.json["undone"], 3);
    assert_eq!(clerk.get("/api/v1/projects/totals").await.json["investment"].as_i64(), Some(96_000_000_000));
}

#[tokio::test]
async fn what_is_no_table_is_refused_with_a_reason() {
    let county = county().await;
    let clerk = county.enter("clerk").await;
    for (name, bytes) in [("图.xlsx", b"\x89PNG\r\n\x1a\n0000".as_slice()), ("坏.xlsx", b"PK\x03\x04rubbish"), ("空.csv", b"")] {
        let refused = clerk.upload("/api/v1/imports", name, bytes).await;
        refused.is_problem(422, "refused");
        assert!(!refused.json["problems"][0]["remedy"].as_str().unwrap().is_empty(), "{}", refused.text);
    }
    assert_eq!(clerk.get("/api/v1/imports").await.json, json!([]));
    // The test's own limit is one megabyte.
    clerk.upload("/api/v1/imports", "大.csv", &vec![b'a'; 2 << 20]).await.is_problem(413, "too_large");
    clerk.post("/api/v1/imports", json!({})).await.is_problem(400, "bad_request");
}

#[tokio::test]
async fn only_who_may_import_sees_imports() {
    let county = county().await;
    let bytes = sheet(&county, 1.0).await;
    for role in ["town", "director", "audit_admin"] {
        let who = county.enter(role).await;
        who.upload("/api/v1/imports", "清单.xlsx", &bytes).await.is_problem(403, "no_permission");
        who.get("/api/v1/imports").await.is_problem(403, "no_permission");
    }
}

#[tokio::test]
async fn an_import_can_be_dropped() {
    let county = county().await;
    let clerk = county.enter("clerk").await;
    let state = clerk.upload("/api/v1/imports", "清单.xlsx", &sheet(&county, 1.0).await).await;
    let path = format!("/api/v1/imports/{}", state.json["id"].as_str().unwrap());
    assert_eq!(clerk.get(&path).await.json["counts"]["rows"], 3);
    assert_eq!(clerk.delete(&path).await.status, 204);
    clerk.get(&path).await.is_problem(404, "not_found");
}
