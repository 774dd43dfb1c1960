//! Patterns through the door: read by all, judged and put in force by the system administrator alone.
use crate::county::county;
use serde_json::json;

#[tokio::test]
async fn patterns_are_edited_by_the_system_administrator() {
    let county = county().await;
    let clerk = county.enter("clerk").await;
    let listed = clerk.get("/api/v1/patterns").await;
    assert_eq!((listed.status.as_u16(), listed.json["can_edit"].as_bool()), (200, Some(false)));
    let shown = clerk.get("/api/v1/patterns/MFG").await.json;
    let file = clerk.get("/api/v1/patterns/MFG/file").await;
    assert!(file.header("content-disposition").contains("mfg.toml"));
    assert!(file.text.contains("key = \"MFG\""));
    let mut draft = shown["draft"].clone();
    let asked = json!({ "was": "MFG", "draft": draft });
    clerk.post("/api/v1/patterns/check", asked.clone()).await.is_problem(403, "no_permission");
    let admin = county.enter("system_admin").await;
    let told = admin.post("/api/v1/patterns/check", asked).await.json;
    assert_eq!((told["findings"].clone(), told["difference"]["steps"].clone()), (json!([]), json!([])));
    draft["activities"][1]["days"] = json!(3);
    let put = json!({ "based_on": shown["hash"], "was": "MFG", "draft": draft, "number": "示例〔2026〕1号", "on": "2026-09-01" });
    let answer = admin.post("/api/v1/patterns/in-force", put.clone()).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let again = admin.post("/api/v1/patterns/in-force", put).await;
    again.is_problem(409, "stale");
    assert_eq!(again.json["stale"]["fields"], json!(["MFG A01"]));
}
