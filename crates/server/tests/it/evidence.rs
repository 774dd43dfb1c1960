//! Files of a project through the door: taken in together, refused with reasons, given out within reach alone.
use crate::county::{County, Visitor, county};
use axum::{
    body::Body,
    http::{Method, header},
};
use serde_json::json;

const PDF: &[u8] = b"%PDF-1.7\nrecord of piles";

impl Visitor<'_> {
    /// Several files in one form.
    pub async fn upload_all(&self, path: &str, files: &[(&str, &[u8])]) -> crate::county::Answer {
        let mut body = vec![];
        for (name, bytes) in files {
            let head = format!("--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n");
            body.extend([head.as_bytes(), bytes, b"\r\n"].concat());
        }
        body.extend_from_slice(b"--XX--\r\n");
        let request = self.request(Method::POST, path).header(header::CONTENT_TYPE, "multipart/form-data; boundary=XX");
        self.county().ask(request.body(Body::from(body)).unwrap()).await
    }
}

async fn project(county: &County) -> String {
    format!("/api/v1/projects/{}", county.project("示例佐证厂", 1, 1_000).await)
}

#[tokio::test]
async fn a_file_comes_back_as_it_was_sent() {
    let county = county().await;
    let (clerk, project) = (county.enter("clerk").await, project(&county).await);
    let path = format!("{project}/evidence?about=milestone:start&note=监理确认");
    let added = clerk.upload_all(&path.replace("监理确认", "%E7%9B%91%E7%90%86"), &[("..\\..\\桩基 记录.pdf", PDF)]).await;
    assert_eq!(added.status, 200, "{}", added.text);
    let file = &added.json["added"][0];
    assert_eq!((file["name"].as_str(), file["media"].as_str()), (Some("桩基 记录.pdf"), Some("application/pdf")), "{file}");
    assert_eq!((file["about_name"].as_str(), file["note"].as_str(), file["by"].as_str()), (Some("Start"), Some("监理"), Some("示例clerk")));
    let back = clerk.get(&format!("{project}/evidence/{}", file["id"].as_str().unwrap())).await;
    assert_eq!(back.bytes, PDF);
    assert_eq!((back.header("content-type"), back.header("x-content-type-options")), ("application/pdf", "nosniff"));
    assert_eq!(back.header("content-length"), PDF.len().to_string());
    assert!(back.header("content-disposition").starts_with("attachment; filename=\"__"), "{}", back.header("content-disposition"));
    // The same file again is no second one.
    let again = clerk.upload_all(&format!("{project}/evidence?about=milestone:start"), &[("桩基 记录.pdf", PDF)]).await;
    assert!(again.json["feed"].is_null(), "{}", again.text);
}

#[tokio::test]
async fn ten_at_once_with_bad_ones_lose_nothing() {
    let county = county().await;
    let (clerk, project) = (county.enter("clerk").await, project(&county).await);
    let large = [PDF, &vec![b'.'; 1 << 20]].concat();
    let good: Vec<(String, Vec<u8>)> = (0..6).map(|n| (format!("记录{n}.pdf"), [PDF, n.to_string().as_bytes()].concat())).collect();
    let mut files: Vec<(&str, &[u8])> = good.iter().map(|(n, b)| (n.as_str(), b.as_slice())).collect();
    files.insert(2, ("合同.pdf", b"MZ\x90\0\x03\0\0\0"));
    files.insert(3, ("网页.pdf", b"<!DOCTYPE html><script>alert(1)</script>"));
    files.insert(5, ("空.pdf", b""));
    files.push(("大.pdf", &large));
    let done = clerk.upload_all(&format!("{project}/evidence"), &files).await;
    assert_eq!(done.status, 200, "{}", done.text);
    assert_eq!(done.json["added"].as_array().unwrap().len(), 6);
    let refused: Vec<_> = done.json["refused"].as_array().unwrap().iter().map(|p| p["code"].as_str().unwrap()).collect();
    assert_eq!(refused, ["evidence_executable", "evidence_markup", "evidence_empty", "evidence_too_large"]);
    assert!(done.json["refused"][0]["title"].as_str().unwrap().contains("合同.pdf"), "{}", done.text);
    let none = clerk.upload_all(&format!("{project}/evidence"), &[("空.pdf", b""), ("空2.pdf", b"")]).await;
    none.is_problem(422, "refused");
    assert_eq!(none.json["problems"].as_array().unwrap().len(), 2);
    clerk.upload_all(&format!("{project}/evidence"), &[]).await.is_problem(400, "bad_request");
    clerk.upload_all(&format!("{project}/evidence?about=nonsense"), &[("a.pdf", PDF)]).await.is_problem(400, "bad_request");
    clerk.upload_all(&format!("{project}/evidence?about=activity:A99"), &[("a.pdf", PDF)]).await.is_problem(422, "refused");
    assert_eq!(clerk.get(&format!("{project}/evidence")).await.json.as_array().unwrap().len(), 6);
}

#[tokio::test]
async fn uploads_at_the_same_moment_all_arrive() {
    let county = county().await;
    let (clerk, project) = (county.enter("clerk").await, project(&county).await);
    let path = format!("{project}/evidence");
    let one = |n: usize| {
        let (clerk, path) = (&clerk, &path);
        async move { clerk.upload_all(path, &[(format!("记录{n}.txt").as_str(), format!("桩 {n}").as_bytes())]).await.status }
    };
    let (a, b, c, d) = tokio::join!(one(0), one(1), one(2), one(3));
    assert_eq!([a, b, c, d].map(|s| s.as_u16()), [200; 4]);
    assert_eq!(clerk.get(&path).await.json.as_array().unwrap().len(), 4);
}

#[tokio::test]
async fn what_is_removed_is_gone_from_now_on_and_undone() {
    let county = county().await;
    let (clerk, project) = (county.enter("clerk").await, project(&county).await);
    let added = clerk.upload_all(&format!("{project}/evidence"), &[("a.pdf", PDF)]).await;
    let file = format!("{project}/evidence/{}", added.json["added"][0]["id"].as_str().unwrap());
    let feed = clerk.delete(&file).await.json["feed"].as_u64().unwrap();
    clerk.get(&file).await.is_problem(404, "not_found");
    clerk.delete(&file).await.is_problem(422, "refused");
    assert_eq!(clerk.post(&format!("/api/v1/transactions/{feed}/undo"), json!({})).await.status, 200);
    assert_eq!(clerk.get(&file).await.bytes, PDF);
}

#[tokio::test]
async fn another_towns_account_finds_nothing() {
    let county = county().await;
    let (clerk, project) = (county.enter("clerk").await, project(&county).await);
    let added = clerk.upload_all(&format!("{project}/evidence"), &[("a.pdf", PDF)]).await;
    let (id, hash) = (added.json["added"][0]["id"].as_str().unwrap(), added.json["added"][0]["hash"].as_str().unwrap());
    let town = county.enter("town").await;
    town.get(&format!("{project}/evidence/{id}")).await.is_problem(404, "not_found");
    town.get(&format!("{project}/evidence")).await.is_problem(404, "not_found");
    town.delete(&format!("{project}/evidence/{id}")).await.is_problem(404, "not_found");
    town.upload_all(&format!("{project}/evidence"), &[("a.pdf", PDF)]).await.is_problem(404, "not_found");
    // Nor by the hash, nor by the id beneath a project of its own.
    clerk.get(&format!("{project}/evidence/{hash}")).await.is_problem(404, "not_found");
    let own = county.project("示例本镇厂", 0, 1).await;
    town.get(&format!("/api/v1/projects/{own}/evidence/{id}")).await.is_problem(404, "not_found");
    county.enter("director").await.upload_all(&format!("{project}/evidence"), &[("a.pdf", PDF)]).await.is_problem(403, "no_permission");
    county.stranger().get(&format!("{project}/evidence/{id}")).await.is_problem(401, "not_signed_in");
}

#[tokio::test]
async fn the_auditor_sees_what_is_missing_and_what_nobody_names() {
    let county = county().await;
    let (clerk, project) = (county.enter("clerk").await, project(&county).await);
    let added = clerk.upload_all(&format!("{project}/evidence"), &[("a.pdf", PDF)]).await;
    county.desk.shelf.put("left by a crash".into()).await.unwrap();
    let auditor = county.enter("audit_admin").await;
    let files = auditor.get("/api/v1/verify").await.json["files"].clone();
    assert_eq!(files, json!({ "named": 1, "missing": 0, "orphans": 1, "orphan_bytes": 15 }));
    let now = county.fixed.moment().at;
    assert_eq!(lantu_app::verify_books::sweep_files(&county.desk, now).await.unwrap(), 0, "it may be a file on its way");
    let far = now + jiff::SignedDuration::from_hours(24 * 4000);
    assert_eq!(lantu_app::verify_books::sweep_files(&county.desk, far).await.unwrap(), 1);
    county.desk.shelf.delete(added.json["added"][0]["hash"].as_str().unwrap()).await.unwrap();
    let found = auditor.get("/api/v1/verify").await.json;
    assert_eq!((found["findings"][0]["code"].as_str(), found["files"]["missing"].as_u64()), (Some("evidence_missing"), Some(1)), "{found}");
}
