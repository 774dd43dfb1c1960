//! Live changes: told within a second, only within the reader's scope, until sign-out.
use crate::county::{County, Visitor, county};
use axum::{
    body::{Body, BodyDataStream},
    http::{Method, StatusCode},
};
use futures_util::StreamExt;
use serde_json::{Value, json};
use std::time::Duration;
use tower::ServiceExt;

struct Listening {
    body: BodyDataStream,
    text: String,
}

impl Listening {
    async fn open(county: &County, who: &Visitor<'_>, path: &str) -> Self {
        let request = who.request(Method::GET, path).body(Body::empty()).unwrap();
        let response = county.router.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        assert!(response.headers()["content-type"].to_str().unwrap().starts_with("text/event-stream"));
        assert!(!response.headers().contains_key("content-encoding"));
        Self { body: response.into_body().into_data_stream(), text: String::new() }
    }

    /// The next event's data, or `None` when the stream ends or nothing comes within the time.
    async fn next(&mut self, wait: Duration) -> Option<Value> {
        let deadline = tokio::time::Instant::now() + wait;
        loop {
            if let Some((event, rest)) = self.text.clone().split_once("\n\n") {
                self.text = rest.to_owned();
                if let Some(data) = event.lines().find_map(|l| l.strip_prefix("data: ")) {
                    return serde_json::from_str(data).ok();
                }
                continue;
            }
            let chunk = tokio::time::timeout_at(deadline, self.body.next()).await.ok()??.ok()?;
            self.text.push_str(&String::from_utf8_lossy(&chunk));
        }
    }

    /// Whether the stream ends within the time.
    async fn is_over(&mut self, wait: Duration) -> bool {
        let rest = async { while self.body.next().await.is_some() {} };
        tokio::time::timeout(wait, rest).await.is_ok()
    }
}

const SOON: Duration = Duration::from_secs(1);

#[tokio::test]
async fn a_change_in_one_browser_reaches_another_within_a_second() {
    let county = county().await;
    let id = county.project("示例项目", 0, 5_000).await.to_string();
    let (clerk, town) = (county.enter("clerk").await, county.enter("town").await);
    let mut listening = Listening::open(&county, &clerk, "/api/v1/events").await;
    assert_eq!(listening.next(Duration::from_millis(400)).await, None);
    let edited = town.patch(&format!("/api/v1/projects/{id}"), json!({ "seq": 1, "patch": { "remark": "x" } })).await;
    let event = listening.next(SOON).await.expect("an event");
    assert_eq!(event, json!({ "feed": edited.header("lantu-feed").parse::<u64>().unwrap(), "projects": [id] }));
}

#[tokio::test]
async fn who_missed_some_asks_from_the_last_number() {
    let county = county().await;
    county.project("示例甲", 0, 5_000).await;
    let clerk = county.enter("clerk").await;
    let feed = clerk.get("/api/v1/session").await.json["feed"].as_u64().unwrap();
    let later = county.project("示例乙", 0, 5_000).await.to_string();
    let mut since = Listening::open(&county, &clerk, &format!("/api/v1/events?since={feed}")).await;
    assert_eq!(since.next(SOON).await.expect("an event")["projects"], json!([later]));
    let request = clerk.request(Method::GET, "/api/v1/events").header("last-event-id", feed.to_string()).body(Body::empty()).unwrap();
    let response = county.router.clone().oneshot(request).await.unwrap();
    let mut resumed = Listening { body: response.into_body().into_data_stream(), text: String::new() };
    assert_eq!(resumed.next(SOON).await.expect("an event")["projects"], json!([later]));
}

#[tokio::test]
async fn events_keep_to_the_readers_scope() {
    let county = county().await;
    let town = county.enter("town").await;
    let mut listening = Listening::open(&county, &town, "/api/v1/events?since=0").await;
    county.project("别处的项目", 1, 5_000).await;
    assert_eq!(listening.next(Duration::from_millis(700)).await, None);
    let own = county.project("示例项目", 0, 5_000).await.to_string();
    assert_eq!(listening.next(SOON).await.expect("an event")["projects"], json!([own]));
}

#[tokio::test]
async fn streams_end_with_their_session() {
    let county = county().await;
    let (clerk, other) = (county.enter("clerk").await, county.enter("clerk").await);
    let mut ending = Listening::open(&county, &clerk, "/api/v1/events").await;
    let mut staying = Listening::open(&county, &other, "/api/v1/events").await;
    clerk.delete("/api/v1/session").await;
    assert!(ending.is_over(SOON).await);
    let id = county.project("示例项目", 0, 5_000).await.to_string();
    assert_eq!(staying.next(SOON).await.expect("an event")["projects"], json!([id]));
    clerk.get("/api/v1/events").await.is_problem(401, "not_signed_in");
    county.enter("security_admin").await.get("/api/v1/events").await.is_problem(403, "no_permission");
}

#[tokio::test]
async fn a_session_holds_a_few_streams_only() {
    let county = county().await;
    let clerk = county.enter("clerk").await;
    let mut open = vec![];
    for _ in 0..8 {
        open.push(Listening::open(&county, &clerk, "/api/v1/events").await);
    }
    clerk.get("/api/v1/events").await.is_problem(429, "too_many_streams");
    drop(open);
    Listening::open(&county, &clerk, "/api/v1/events").await;
}
