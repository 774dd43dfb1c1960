//! No answer tells a reader more than the list shows: every read, for a town and for a department.
use crate::county::{County, Visitor, county};
use serde_json::{Value, json};

/// Two projects that the reader may see and three that carry a secret word in every fact.
struct Hidden {
    county: County,
    seen: String,
    secret: String,
}

const SECRET: &str = "机密暗号";

async fn hidden() -> Hidden {
    let county = county().await;
    let seen = county.project("示例可见一", 0, 1_000).await.to_string();
    county.project("示例可见二", 0, 2_000).await;
    let secret = county.project(&format!("{SECRET}一"), 1, 7_770_000).await.to_string();
    county.project(&format!("{SECRET}二"), 2, 7_770_000).await;
    county.project(&format!("{SECRET}三"), 1, 7_770_000).await;
    let clerk = county.enter("clerk").await;
    let org = county.department().await.to_string();
    // The first town's projects are the department's too.
    let town = county.towns().await[0].to_string();
    for id in clerk.get(&format!("/api/v1/projects?division={town}")).await.json["items"].as_array().unwrap() {
        let body = json!({ "seq": id["seq"], "role": "lead_dept", "org": org, "from": "2026-01-01" });
        let done = clerk.post(&format!("/api/v1/projects/{}/responsibility", id["id"].as_str().unwrap()), body).await;
        assert_eq!(done.status, 200, "{}", done.text);
    }
    clerk.patch(&format!("/api/v1/projects/{secret}"), json!({ "seq": 1, "patch": { "remark": SECRET } })).await;
    drop(clerk);
    Hidden { county, seen, secret }
}

async fn nothing_leaks(reader: &Visitor<'_>, hidden: &Hidden) {
    let paths = [
        "/api/v1/session".to_owned(),
        "/api/v1/overview".into(),
        "/api/v1/overview?as_of=2026-09-02".into(),
        "/api/v1/projects".into(),
        "/api/v1/projects?limit=1".into(),
        "/api/v1/projects?sort=-investment".into(),
        "/api/v1/projects?level=project,programme,section".into(),
        "/api/v1/projects/totals".into(),
        "/api/v1/projects/totals?investment_min=7000000000000".into(),
        "/api/v1/projects/facets?by=stage,status,division,platform,industry,nature,holding,level,list".into(),
        "/api/v1/changes".into(),
        "/api/v1/changes?since=0&limit=500".into(),
        "/api/v1/projects/export.xlsx".into(),
        "/api/v1/projects/export.csv".into(),
        "/api/v1/views".into(),
        "/api/v1/imports".into(),
        "/api/v1/work?desk=all".into(),
        "/api/v1/orgs".into(),
        format!("/api/v1/projects/{}", hidden.seen),
        format!("/api/v1/projects/{}/journal", hidden.seen),
    ];
    for path in paths {
        let answer = reader.get(&path).await;
        assert!(answer.status == 200 || answer.status == 403, "{path}: {}", answer.text);
        assert!(!answer.text.contains(SECRET) && !answer.text.contains(&hidden.secret), "{path} tells {}", answer.text);
        assert!(!numbers(&answer.json).iter().any(|n| n % 7_770_000_000_000 == 0 && *n != 0), "{path} counts {}", answer.text);
        if answer.header("content-type").contains("spreadsheet") {
            assert!(answer.bytes.starts_with(b"PK"));
        }
    }
    every_reading_route_keeps_quiet(reader, hidden).await;
    for path in ["", "/journal", "?as_of=2026-09-02"] {
        reader.get(&format!("/api/v1/projects/{}{path}", hidden.secret)).await.is_problem(404, "not_found");
    }
    let totals = reader.get("/api/v1/projects/totals").await.json;
    assert_eq!((totals["rows"].as_u64(), totals["investment"].as_i64()), (Some(2), Some(3_000_000_000)));
    assert_eq!(reader.get("/api/v1/overview").await.json["total"]["rows"], 2);
    assert_eq!(reader.get("/api/v1/projects/totals?investment_min=7000000000000").await.json["rows"], 0);
    let facets = reader.get("/api/v1/projects/facets?by=division,industry").await.json;
    for facet in ["division", "industry"] {
        let rows: u64 = facets[facet].as_array().unwrap().iter().map(|c| c["rows"].as_u64().unwrap()).sum();
        assert_eq!(rows, 2, "{facets}");
    }
    let changed = reader.get("/api/v1/changes?since=0&limit=500").await.json;
    assert!(
        changed["items"].as_array().unwrap().iter().all(|j| j["project"]["name"].as_str().is_none_or(|n| n.starts_with("示例可见"))),
        "{changed}"
    );
    let edit = json!({ "seq": 1, "patch": { "remark": "x" } });
    reader.patch(&format!("/api/v1/projects/{}", hidden.secret), edit).await.is_problem(404, "not_found");
}

/// Whatever the description lists, so that a route added later is tried too. The live stream has its own tests.
async fn every_reading_route_keeps_quiet(reader: &Visitor<'_>, hidden: &Hidden) {
    let api = serde_json::to_value(lantu_server::openapi()).unwrap();
    let reading = api["paths"].as_object().unwrap().iter().filter(|(path, item)| item["get"].is_object() && !path.ends_with("/events"));
    let mut tried = 0;
    for (path, _) in reading {
        for id in [&hidden.seen, &hidden.secret] {
            let answer = reader.get(&path.replace("{id}", id)).await;
            // 400: a route that asks for a parameter.
            assert!([200, 400, 403, 404].contains(&answer.status.as_u16()), "{path}: {}", answer.text);
            assert!(!answer.text.contains(SECRET) && !answer.text.contains(&hidden.secret), "{path} tells {}", answer.text);
            tried += 1;
        }
    }
    assert!(tried > 30, "{tried}");
}

fn numbers(value: &Value) -> Vec<i64> {
    match value {
        Value::Number(n) => n.as_i64().into_iter().collect(),
        Value::Array(items) => items.iter().flat_map(numbers).collect(),
        Value::Object(fields) => fields.values().flat_map(numbers).collect(),
        _ => vec![],
    }
}

#[tokio::test]
async fn a_town_sees_its_own() {
    let hidden = hidden().await;
    nothing_leaks(&hidden.county.enter("town").await, &hidden).await;
}

#[tokio::test]
async fn a_department_sees_what_it_answers_for() {
    let hidden = hidden().await;
    nothing_leaks(&hidden.county.enter("department").await, &hidden).await;
}

#[tokio::test]
async fn an_export_holds_what_the_list_shows() {
    let hidden = hidden().await;
    let town = hidden.county.enter("town").await;
    let sheet = town.get("/api/v1/projects/export.xlsx?columns=name,total_investment").await;
    assert_eq!(sheet.status, 200, "{}", sheet.text);
    assert!(sheet.header("content-disposition").starts_with("attachment"));
    let lines = |text: &str| text.lines().map(|l| l.trim_start_matches('\u{feff}').to_owned()).collect::<Vec<_>>();
    let path = "/api/v1/projects/export.csv?columns=name,total_investment&sort=-investment";
    let own = lines(&town.get(path).await.text);
    assert_eq!(own.len(), 3, "{own:?}");
    assert_eq!(&own[1..], ["示例可见二,2000", "示例可见一,1000"]);
    let clerk = hidden.county.enter("clerk").await;
    assert_eq!(lines(&clerk.get(path).await.text).len(), 6);
    county_admin_is_refused(&hidden.county).await;
}

#[tokio::test]
async fn an_account_without_reach_sees_nothing() {
    let hidden = hidden().await;
    let firm = hidden.county.enter("enterprise").await;
    assert_eq!(firm.get("/api/v1/projects").await.json["items"], json!([]));
    assert_eq!(firm.get("/api/v1/projects/totals").await.json["rows"], 0);
    assert_eq!(firm.get("/api/v1/overview").await.json["total"]["rows"], 0);
}

async fn county_admin_is_refused(county: &County) {
    county.enter("system_admin").await.get("/api/v1/projects/export.csv").await.is_problem(403, "no_permission");
}
