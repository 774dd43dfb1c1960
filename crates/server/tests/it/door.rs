//! Sign-in, lock-out, cross-site writes, first run, the form of problems, headers.
use crate::county::{HOST, PASSWORD, bare, county};
use axum::{
    body::Body,
    http::{Method, Request, header},
};
use serde_json::json;

#[tokio::test]
async fn signing_in_and_out() {
    let county = county().await;
    county.stranger().get("/api/v1/session").await.is_problem(401, "not_signed_in");
    county.stranger().get("/api/v1/projects").await.is_problem(401, "not_signed_in");
    let answer = county.stranger().post("/api/v1/session", json!({ "name": "Clerk", "password": PASSWORD })).await;
    let cookie = answer.header("set-cookie");
    for part in ["HttpOnly", "SameSite=Strict", "Secure", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert_eq!(answer.json["role"], "clerk");
    assert_eq!(answer.json["office"]["demo"], true);
    assert_eq!(answer.json["scope"]["whole"], true);
    assert_eq!(answer.json["today"], "2026-09-03");
    let clerk = county.enter("clerk").await;
    let me = clerk.get("/api/v1/session").await;
    assert_eq!(me.json["name"], "clerk");
    assert!(me.json["can"].as_array().unwrap().iter().any(|r| r == "import"));
    let out = clerk.delete("/api/v1/session").await;
    assert_eq!(out.status, 204);
    assert!(out.header("set-cookie").contains("Max-Age=0"));
    clerk.get("/api/v1/session").await.is_problem(401, "not_signed_in");
}

#[tokio::test]
async fn repeated_failures_lock_a_name_for_a_while() {
    let county = county().await;
    let stranger = county.stranger();
    for _ in 0..5 {
        stranger.post("/api/v1/session", json!({ "name": "town", "password": "wrong-guess-1" })).await.is_problem(401, "sign_in_failed");
        county.fixed.pass(1);
    }
    // Even the right password is not tried now, and the other names are free.
    stranger.post("/api/v1/session", json!({ "name": "town", "password": PASSWORD })).await.is_problem(429, "locked_out");
    county.enter("clerk").await;
    county.fixed.pass(20);
    county.enter("town").await;
    // An unknown name is answered like a wrong password.
    stranger.post("/api/v1/session", json!({ "name": "nobody", "password": PASSWORD })).await.is_problem(401, "sign_in_failed");
}

#[tokio::test]
async fn idle_sessions_end() {
    let county = county().await;
    let clerk = county.enter("clerk").await;
    county.fixed.pass(7 * 60);
    assert_eq!(clerk.get("/api/v1/session").await.status, 200);
    county.fixed.pass(7 * 60);
    assert_eq!(clerk.get("/api/v1/session").await.status, 200);
    county.fixed.pass(9 * 60);
    clerk.get("/api/v1/session").await.is_problem(401, "not_signed_in");
}

#[tokio::test]
async fn writes_from_elsewhere_are_refused() {
    let county = county().await;
    let clerk = county.enter("clerk").await;
    for origin in [Some("https://evil.example"), Some("null"), None] {
        let mut request = Request::post("/api/v1/visit").header(header::HOST, HOST).header(header::COOKIE, clerk.cookie.clone().unwrap());
        if let Some(origin) = origin {
            request = request.header(header::ORIGIN, origin);
        }
        let request = request.header(header::CONTENT_TYPE, "application/json").body(Body::from(r#"{"feed":1}"#)).unwrap();
        county.ask(request).await.is_problem(403, "origin_mismatch");
    }
    assert_eq!(clerk.post("/api/v1/visit", json!({ "feed": 1 })).await.status, 204);
    assert_eq!(clerk.get("/api/v1/session").await.json["last_visit_feed"], 1);
}

#[tokio::test]
async fn the_first_run_sets_an_office_up_once() {
    let county = bare().await;
    let stranger = county.stranger();
    stranger.post("/api/v1/session", json!({ "name": "clerk", "password": PASSWORD })).await.is_problem(409, "setup_needed");
    let setup = stranger.get("/api/v1/setup").await;
    assert_eq!(setup.json["needed"], true);
    assert!(setup.json["packs"].as_array().unwrap().iter().any(|p| p["name"] == "cn-county" && p["places"].as_array().unwrap().len() >= 2));
    let body = |password: &str| {
        json!({ "office": "示例市项目办", "pack": "cn-county", "place": "demo", "name": "yi", "display": "示例甲", "password": password,
            "security": { "name": "an", "display": "示例乙", "password": "quiet-harbour-7" } })
    };
    let weak = stranger.post("/api/v1/setup", body("123456")).await;
    weak.is_problem(422, "refused");
    assert_eq!(weak.json["problems"][0]["code"], "weak_password");
    assert_eq!(stranger.get("/api/v1/setup").await.json["needed"], true);
    let done = stranger.post("/api/v1/setup", body("river-stone-42")).await;
    assert_eq!(done.status, 200, "{}", done.text);
    assert_eq!(done.json["role"], "clerk");
    assert!(done.cookie().is_some());
    let after = stranger.get("/api/v1/setup").await.json;
    assert_eq!((&after["needed"], &after["packs"], &after["demo_accounts"]), (&json!(false), &json!([]), &json!([])));
    stranger.post("/api/v1/setup", body("river-stone-42")).await.is_problem(422, "refused");
    let security = stranger.post("/api/v1/session", json!({ "name": "an", "password": "quiet-harbour-7" })).await;
    assert_eq!(security.json["role"], "security_admin");
}

#[tokio::test]
async fn problems_speak_both_languages() {
    let county = county().await;
    let ask = |lang: &str| Request::get("/api/v1/nowhere").header(header::ACCEPT_LANGUAGE, lang).body(Body::empty()).unwrap();
    let (zh, en) = (county.ask(ask("zh-CN")).await, county.ask(ask("en-GB")).await);
    zh.is_problem(404, "unknown_route");
    en.is_problem(404, "unknown_route");
    assert_ne!(zh.json["title"], en.json["title"]);
    assert_eq!(en.header("content-language"), "en");
    assert_eq!(en.header("x-request-id"), en.json["request_id"].as_str().unwrap());
    let asked = Request::get("/api/v1/nowhere?lang=en").header(header::ACCEPT_LANGUAGE, "zh").body(Body::empty()).unwrap();
    assert_eq!(county.ask(asked).await.json["title"], en.json["title"]);
}

#[tokio::test]
async fn bodies_and_queries_that_do_not_fit_are_told() {
    let county = county().await;
    let clerk = county.enter("clerk").await;
    let bad = clerk.post("/api/v1/visit", json!({ "feed": "many" })).await;
    bad.is_problem(400, "bad_request");
    assert_eq!(bad.json["problems"][0]["code"], "bad_json");
    let request = clerk.request(Method::POST, "/api/v1/visit").header(header::CONTENT_TYPE, "application/json");
    county.ask(request.body(Body::from("{")).unwrap()).await.is_problem(400, "bad_request");
    let request = clerk.request(Method::POST, "/api/v1/visit");
    county.ask(request.body(Body::from("feed=1")).unwrap()).await.is_problem(415, "unsupported_media");
    let big = format!("{{\"feed\":1,\"x\":\"{}\"}}", "a".repeat(5 << 20));
    let request = clerk.request(Method::POST, "/api/v1/visit").header(header::CONTENT_TYPE, "application/json");
    county.ask(request.body(Body::from(big)).unwrap()).await.is_problem(413, "too_large");
    clerk.send(Method::PUT, "/api/v1/session", json!({})).await.is_problem(405, "method_not_allowed");
    clerk.get("/api/v1/projects?after=rubbish").await.is_problem(400, "bad_request");
    let bad = clerk.get("/api/v1/projects?stage=dreaming&limit=0&sort=colour").await;
    bad.is_problem(400, "bad_request");
    clerk.get("/api/v1/projects/not-an-id").await.is_problem(404, "not_found");
    clerk.get("/api/v1/projects/01900000-0000-7000-8000-00000000ffff").await.is_problem(404, "not_found");
}

#[tokio::test]
async fn every_answer_is_dressed_for_browsers() {
    let county = county().await;
    let clerk = county.enter("clerk").await;
    for path in ["/", "/healthz", "/projects/some-screen", "/api/v1/session", "/api/v1/nowhere"] {
        let answer = clerk.get(path).await;
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("default-src 'self'") && policy.contains("frame-ancestors 'none'"), "{path}: {policy}");
        assert!(!policy.contains("script-src 'self' 'unsafe"), "{policy}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
    }
    assert_eq!(clerk.get("/api/v1/session").await.header("cache-control"), "no-store");
    assert!(clerk.get("/api/v1/session").await.header("lantu-feed").parse::<u64>().unwrap() > 0);
    let page = clerk.get("/anything").await;
    assert!(page.header("content-type").starts_with("text/html") && page.header("cache-control") == "no-cache");
    clerk.get("/assets/absent.js").await.is_problem(404, "unknown_route");
    let request = clerk.request(Method::GET, "/api/v1/openapi.json").header(header::ACCEPT_ENCODING, "gzip");
    assert_eq!(county.ask(request.body(Body::empty()).unwrap()).await.header("content-encoding"), "gzip");
}
