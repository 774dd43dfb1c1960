//! Reading and changing projects over HTTP: pages that foot, stale edits, asking twice, roles, undo.
use crate::county::county;
use axum::{
    body::Body,
    http::{Method, header},
};
use serde_json::json;

#[tokio::test]
async fn pages_cover_the_list_once_and_foot_with_its_totals() {
    let county = county().await;
    for n in 0..25 {
        county.project(&format!("示例项目{n:02}"), n % 3, 1_000 + n as i64).await;
    }
    let clerk = county.enter("clerk").await;
    let (mut seen, mut sum, mut next) = (vec![], 0, String::new());
    loop {
        let page = clerk.get(&format!("/api/v1/projects?sort=-investment&limit=7{next}")).await;
        assert_eq!(page.status, 200, "{}", page.text);
        for item in page.json["items"].as_array().unwrap() {
            seen.push(item["name"].as_str().unwrap().to_owned());
            sum += item["investment"].as_i64().unwrap();
        }
        let Some(cursor) = page.json["next"].as_str() else { break };
        next = format!("&after={cursor}");
    }
    assert_eq!((seen.len(), seen[0].as_str(), seen[24].as_str()), (25, "示例项目24", "示例项目00"));
    let totals = clerk.get("/api/v1/projects/totals").await.json;
    assert_eq!((totals["rows"].as_i64(), totals["investment"].as_i64()), (Some(25), Some(sum)));
    let facets = clerk.get("/api/v1/projects/facets?by=stage,division").await.json;
    let rows: i64 = facets["division"].as_array().unwrap().iter().map(|c| c["rows"].as_i64().unwrap()).sum();
    assert_eq!(rows, 25, "{facets}");
    assert_eq!(facets["stage"][0]["key"], "scouting");
    let overview = clerk.get("/api/v1/overview").await;
    assert_eq!(overview.json["total"]["rows"], 25, "{}", overview.text);
    assert_eq!(overview.json["watches"][0]["overdue"], 25);
    assert_eq!(clerk.get("/api/v1/projects?due=start_overdue&limit=1000").await.json["items"].as_array().unwrap().len(), 25);
    assert_eq!(clerk.get("/api/v1/projects?due=finish_overdue").await.json["items"], json!([]));
}

#[tokio::test]
async fn a_jump_lands_where_paging_would() {
    let county = county().await;
    for n in 0..12 {
        county.project(&format!("示例项目{n:02}"), n % 3, 1_000 + n as i64).await;
    }
    let clerk = county.enter("clerk").await;
    let all = clerk.get("/api/v1/projects?sort=-investment").await.json["items"].clone();
    let page = clerk.get("/api/v1/projects?sort=-investment&limit=3&offset=7").await.json;
    assert_eq!(page["items"], json!([all[7], all[8], all[9]]));
    let next = page["next"].as_str().unwrap();
    let rest = clerk.get(&format!("/api/v1/projects?sort=-investment&limit=3&after={next}")).await.json;
    assert_eq!(rest["items"], json!([all[10], all[11]]));
    assert_eq!(clerk.get("/api/v1/projects?offset=50").await.json, json!({ "items": [], "next": null }));
    clerk.get("/api/v1/projects?offset=-1").await.is_problem(400, "bad_request");
}

#[tokio::test]
async fn a_bulk_decision_is_one_transaction() {
    let county = county().await;
    let mut edits = vec![];
    for n in 0..3 {
        edits.push(county.project(&format!("示例项目{n}"), n, 1_000).await);
    }
    let (clerk, town) = (county.enter("clerk").await, county.enter("town").await);
    let list = json!({ "kind": "city_key", "year": 2026 });
    let body = |mode: &str, membership: serde_json::Value| {
        let edits: Vec<_> = edits.iter().map(|id| json!({ "id": id, "seq": 1, "patch": { "membership": membership } })).collect();
        json!({ "mode": mode, "edits": edits })
    };
    let path = "/api/v1/projects/bulk-edit";
    let unknown = clerk.post(path, body("preview", json!({ "list": { "kind": "nowhere", "year": 2026 }, "state": "admitted" }))).await;
    assert_eq!(unknown.json["results"][2]["problems"][0]["code"], "unknown_list", "{}", unknown.text);
    let fresh = json!({ "list": list, "state": "admitted", "plan": 700_000, "admitted": "2026-03-01" });
    assert_eq!(town.post(path, body("commit", fresh.clone())).await.status, 403);
    let done = clerk.post(path, body("commit", fresh)).await;
    assert_eq!(done.status, 200, "{}", done.text);
    let on_list = "/api/v1/projects/totals?list=city_key:2026";
    let totals = clerk.get(on_list).await.json;
    assert_eq!((&totals["rows"], &totals["annual_plan"]), (&json!(3), &json!(2_100_000)));
    let undone = clerk.post(&format!("/api/v1/transactions/{}/undo", done.json["feed"]), json!({})).await;
    assert_eq!(undone.json["undone"], 3, "{}", undone.text);
    assert_eq!(clerk.get(on_list).await.json["rows"], 0);
}

#[tokio::test]
async fn a_stale_edit_is_told_by_whom_and_what() {
    let county = county().await;
    let id = county.project("示例项目", 0, 5_000).await;
    let (clerk, town) = (county.enter("clerk").await, county.enter("town").await);
    let path = format!("/api/v1/projects/{id}");
    let seq = clerk.get(&path).await.json["seq"].clone();
    let edited = town.patch(&path, json!({ "seq": seq, "patch": { "total_investment": 600_000_000 } })).await;
    assert_eq!(edited.status, 200, "{}", edited.text);
    assert_eq!(edited.json["project"]["total_investment"], 600_000_000);
    let stale = clerk.patch(&path, json!({ "seq": seq, "patch": { "remark": "看过" } })).await;
    stale.is_problem(409, "stale");
    assert_eq!(stale.json["stale"]["fields"], json!(["total_investment"]));
    assert!(stale.json["stale"]["by"].as_str().is_some_and(|b| b == "示例town"), "{}", stale.text);
    // Nothing of it was written, and the present version can be edited.
    let seq = clerk.get(&path).await.json["seq"].clone();
    assert_eq!(clerk.patch(&path, json!({ "seq": seq, "patch": { "remark": "看过" } })).await.json["project"]["remark"], "看过");
    let journal = clerk.get(&format!("{path}/journal")).await.json;
    let acts: Vec<_> = journal["items"].as_array().unwrap().iter().map(|j| j["changes"][0]["field"].as_str().unwrap_or_default()).collect();
    assert_eq!(acts, ["remark", "total_investment", ""], "{journal}");
}

#[tokio::test]
async fn the_same_key_twice_writes_once() {
    let county = county().await;
    let clerk = county.enter("clerk").await;
    let create = |key: &str, name: &str| {
        let request = clerk.request(Method::POST, "/api/v1/projects").header(header::CONTENT_TYPE, "application/json");
        request.header("idempotency-key", key).body(Body::from(json!({ "draft": { "name": name, "facts": {} } }).to_string())).unwrap()
    };
    let first = county.ask(create("k-1", "示例一")).await;
    assert_eq!(first.status, 201, "{}", first.text);
    let again = county.ask(create("k-1", "示例一")).await;
    assert_eq!(again.status, 201, "{}", again.text);
    assert_eq!(first.json["project"]["id"], again.json["project"]["id"]);
    assert_eq!(clerk.get("/api/v1/projects/totals").await.json["rows"], 1);
    county.ask(create("k-1", "示例二")).await.is_problem(409, "idempotency_mismatch");
    assert_eq!(county.ask(create("k-2", "示例二")).await.status, 201);
}

#[tokio::test]
async fn refusals_list_everything_with_its_remedy() {
    let county = county().await;
    let clerk = county.enter("clerk").await;
    let secret = clerk.post("/api/v1/projects", json!({ "draft": { "name": "示例", "classified": true } })).await;
    secret.is_problem(422, "refused");
    assert_eq!(secret.json["problems"][0]["code"], "classified_project");
    let bad = clerk
        .post("/api/v1/projects", json!({ "draft": { "name": "示例", "facts": { "division": "999999", "total_investment": -5 } } }))
        .await;
    bad.is_problem(422, "refused");
    let codes: Vec<_> = bad.json["problems"].as_array().unwrap().iter().map(|p| p["code"].as_str().unwrap().to_owned()).collect();
    assert!(codes.contains(&"unknown_town".to_owned()) && codes.contains(&"negative_amount".to_owned()), "{codes:?}");
    assert!(bad.json["problems"].as_array().unwrap().iter().all(|p| p["remedy"].as_str().is_some_and(|r| !r.is_empty())), "{}", bad.text);
}

#[tokio::test]
async fn a_stage_is_previewed_then_decided_and_undone() {
    let county = county().await;
    let id = county.project("示例项目", 0, 5_000).await;
    let clerk = county.enter("clerk").await;
    let path = format!("/api/v1/projects/{id}");
    let body = |mode: &str, to: &str, seq: &serde_json::Value| json!({ "mode": mode, "seq": seq, "to": to, "on": "2026-09-01", "basis": "示例会议纪要" });
    let seq = clerk.get(&path).await.json["seq"].clone();
    let preview = clerk.post(&format!("{path}/stage"), body("preview", "building", &seq)).await;
    assert_eq!(preview.status, 200, "{}", preview.text);
    assert!(preview.json["feed"].is_null() && preview.json["unmet"].as_array().unwrap().len() > 1, "{}", preview.text);
    clerk.post(&format!("{path}/stage"), body("commit", "building", &seq)).await.is_problem(422, "refused");
    let status =
        clerk.post(&format!("{path}/status"), json!({ "seq": seq, "to": "deferred", "on": "2026-09-02", "reason": "示例事由" })).await;
    let feed = status.json["feed"].as_u64().unwrap();
    assert_eq!(clerk.get(&path).await.json["row"]["status"], "deferred");
    assert_eq!(status.header("lantu-feed"), feed.to_string());
    let undone = clerk.post(&format!("/api/v1/transactions/{feed}/undo"), json!({})).await;
    assert_eq!((undone.status.as_u16(), undone.json["undone"].as_u64()), (200, Some(1)), "{}", undone.text);
    assert_eq!(clerk.get(&path).await.json["row"]["status"], "active");
    clerk.post(&format!("/api/v1/transactions/{feed}/undo"), json!({})).await.is_problem(422, "refused");
}

#[tokio::test]
async fn the_other_acts_are_recorded() {
    let county = county().await;
    let (one, two) = (county.project("示例甲", 0, 100).await, county.project("示例乙", 1, 200).await);
    let clerk = county.enter("clerk").await;
    let seq = async |id: &str| clerk.get(&format!("/api/v1/projects/{id}")).await.json["seq"].clone();
    let one = one.to_string();
    let on = "2026-09-01";
    let org = county.department().await;
    for (act, body) in [
        ("rename", json!({ "name": "示例甲(一期)", "on": on, "basis": "示例文号1" })),
        ("owner", json!({ "owner": { "name": "示例公司", "uscc": "91330482MA2LT0016H", "holding": "private" }, "on": on, "basis": "" })),
        ("code", json!({ "code": "2603-330482-04-01-518207", "state": "valid", "issued": null })),
        (
            "membership",
            json!({ "membership": { "list": { "kind": "city_key", "year": 2026 }, "state": "admitted", "plan": 100_000_000, "applied": null, "admitted": on, "removed": null, "basis": "示例文号2", "group": null } }),
        ),
        (
            "formality",
            json!({ "formality": { "kind": "construction", "state": "granted", "planned": null, "applied": null, "decided": "2026-08", "valid_until": null, "number": "示例〔2026〕1号" } }),
        ),
        ("responsibility", json!({ "role": "lead_dept", "org": org.to_string(), "from": on })),
    ] {
        let mut body = body;
        body["seq"] = seq(&one).await;
        let answer = clerk.post(&format!("/api/v1/projects/{one}/{act}"), body).await;
        assert_eq!(answer.status, 200, "{act}: {}", answer.text);
    }
    let view = clerk.get(&format!("/api/v1/projects/{one}")).await.json;
    assert_eq!(view["project"]["former_names"][0]["name"], "示例甲");
    assert_eq!(view["row"]["code"], "2603-330482-04-01-518207");
    assert_eq!(view["row"]["lead_org"], org.to_string());
    let parts = json!([{ "name": "示例甲东区", "total_investment": 40_000_000 }, { "name": "示例甲西区", "total_investment": 60_000_000 }]);
    let split = json!({ "seq": seq(&one).await, "on": on, "basis": "示例批复", "parts": parts });
    let split = clerk.post(&format!("/api/v1/projects/{one}/split"), split).await;
    assert_eq!(split.json["projects"].as_array().map(Vec::len), Some(2), "{}", split.text);
    let east = split.json["projects"][0].as_str().unwrap().to_owned();
    let sources = json!([{ "id": east, "seq": seq(&east).await }, { "id": two.to_string(), "seq": seq(&two.to_string()).await }]);
    let merged =
        clerk.post("/api/v1/projects/merge", json!({ "sources": sources, "name": "示例合并", "on": on, "basis": "示例批复" })).await;
    assert_eq!(merged.status, 200, "{}", merged.text);
    // 60 万 west + (40 + 200) 万 merged: no figure counts twice.
    assert_eq!(clerk.get("/api/v1/projects/totals").await.json["investment"], 300_000_000);
}

#[tokio::test]
async fn a_block_of_cells_is_written_whole_or_not_at_all() {
    let county = county().await;
    let (one, two) = (county.project("示例甲", 0, 100).await, county.project("示例乙", 1, 200).await);
    let clerk = county.enter("clerk").await;
    let edits = |second: i64| json!([{ "id": one.to_string(), "seq": 1, "patch": { "total_investment": 5 } }, { "id": two.to_string(), "seq": 1, "patch": { "total_investment": second } }]);
    let bad = clerk.post("/api/v1/projects/bulk-edit", json!({ "mode": "commit", "edits": edits(-1) })).await;
    assert!(bad.json["feed"].is_null() && bad.json["results"][0]["ok"] == true && bad.json["results"][1]["ok"] == false, "{}", bad.text);
    assert_eq!(clerk.get("/api/v1/projects/totals").await.json["investment"], 300_000_000);
    let good = clerk.post("/api/v1/projects/bulk-edit", json!({ "mode": "commit", "edits": edits(7) })).await;
    assert!(good.json["feed"].is_u64(), "{}", good.text);
    assert_eq!(clerk.get("/api/v1/projects/totals").await.json["investment"], 12);
}

#[tokio::test]
async fn roles_do_what_is_theirs() {
    let county = county().await;
    let id = county.project("示例项目", 0, 5_000).await;
    let edit = json!({ "seq": 1, "patch": { "remark": "x" } });
    let draft = json!({ "draft": { "name": "示例新项目" } });
    let path = format!("/api/v1/projects/{id}");
    for (role, may_edit, may_create) in [
        ("director", false, false),
        ("enterprise", false, false),
        ("system_admin", false, false),
        ("security_admin", false, false),
        ("audit_admin", false, false),
    ] {
        let who = county.enter(role).await;
        assert_eq!(who.patch(&path, edit.clone()).await.status.is_success(), may_edit, "{role}");
        assert_eq!(who.post("/api/v1/projects", draft.clone()).await.status.is_success(), may_create, "{role}");
        assert_eq!(who.get("/api/v1/users").await.status == 200, role == "security_admin", "{role}");
        assert_eq!(who.get("/api/v1/verify").await.status == 200, role == "audit_admin", "{role}");
    }
    county.enter("system_admin").await.get("/api/v1/projects").await.is_problem(403, "no_permission");
    let clerk = county.enter("clerk").await;
    clerk.get("/api/v1/users").await.is_problem(403, "no_permission");
    assert_eq!(clerk.post("/api/v1/projects", draft).await.status, 201);
    assert_eq!(county.enter("town").await.patch(&path, edit).await.status, 200);
}

#[tokio::test]
async fn the_security_administrator_keeps_the_accounts() {
    let county = county().await;
    let security = county.enter("security_admin").await;
    let draft = json!({ "name": "xin", "display": "示例新", "role": "town", "divisions": ["330482001"], "orgs": null, "password": "tall-willow-9" });
    let added = security.post("/api/v1/users", draft.clone()).await;
    assert_eq!(added.status, 201, "{}", added.text);
    security.post("/api/v1/users", draft).await.is_problem(422, "refused");
    let users = security.get("/api/v1/users").await.json;
    let xin = users.as_array().unwrap().iter().find(|u| u["name"] == "xin").unwrap().clone();
    let session = county.stranger().post("/api/v1/session", json!({ "name": "xin", "password": "tall-willow-9" })).await;
    assert_eq!(session.status, 200);
    let path = format!("/api/v1/users/{}", xin["id"].as_str().unwrap());
    assert_eq!(security.post(&format!("{path}/password"), json!({ "password": "short-oak-314" })).await.status, 204);
    county
        .stranger()
        .post("/api/v1/session", json!({ "name": "xin", "password": "tall-willow-9" }))
        .await
        .is_problem(401, "sign_in_failed");
    let mut closed = xin.clone();
    closed["active"] = json!(false);
    assert_eq!(security.patch(&path, closed).await.status, 204);
    county
        .stranger()
        .post("/api/v1/session", json!({ "name": "xin", "password": "short-oak-314" }))
        .await
        .is_problem(401, "sign_in_failed");
    let clerk = county.enter("clerk").await;
    let org = clerk
        .post("/api/v1/orgs", json!({ "name": "示例新局", "aliases": [], "kind": "department", "division": null, "active": true }))
        .await;
    assert_eq!(org.status, 201, "{}", org.text);
    assert!(clerk.get("/api/v1/orgs").await.json.as_array().unwrap().iter().any(|o| o["name"] == "示例新局"));
    assert!(clerk.get("/api/v1/packs").await.json.as_array().unwrap().iter().any(|p| p["in_force"] == true));
    assert!(clerk.get("/api/v1/pack").await.json["divisions"].as_array().unwrap().len() > 3);
    let audit = county.enter("audit_admin").await.get("/api/v1/verify").await.json;
    assert_eq!(audit["findings"], json!([]));
}

#[tokio::test]
async fn views_are_ones_own_until_shared() {
    let county = county().await;
    let (clerk, town) = (county.enter("clerk").await, county.enter("town").await);
    let state = json!({ "query": "stage=reserve", "columns": ["name"], "group": null });
    let own = clerk.post("/api/v1/views", json!({ "name": "示例视图", "state": state })).await;
    assert_eq!(own.status, 200, "{}", own.text);
    assert_eq!(town.get("/api/v1/views").await.json, json!([]));
    clerk.post("/api/v1/views", json!({ "name": "示例视图", "shared": true, "state": state })).await;
    assert_eq!(town.get("/api/v1/views").await.json[0]["mine"], false);
    let path = format!("/api/v1/views/{}", own.json["id"].as_str().unwrap());
    town.delete(&path).await.is_problem(404, "not_found");
    assert_eq!(clerk.delete(&path).await.status, 204);
    assert_eq!(clerk.get("/api/v1/views").await.json, json!([]));
}
