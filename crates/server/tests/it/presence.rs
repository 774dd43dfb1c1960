//! Who else is at a project's map.
use crate::county::county;
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

#[tokio::test]
async fn people_at_one_map_see_each_other_until_they_leave_or_fall_silent() {
    let county = county().await;
    let id = county.project("示例项目", 0, 5_000).await;
    let path = format!("/api/v1/projects/{id}/presence");
    let clerk = county.enter("clerk").await;
    let applied = json!({ "seq": 1, "mode": "commit", "pattern": "MFG", "start": "2026-06-01", "facts": {}, "without": [] });
    assert_eq!(clerk.post(&format!("/api/v1/projects/{id}/plan/apply"), applied).await.status, StatusCode::OK);
    let town = county.enter("town").await;
    let here = |window: &str, doing: Value| json!({ "window": window, "doing": doing });
    assert_eq!(clerk.send(Method::PUT, &path, here("w1", Value::Null)).await.json["others"], json!([]));
    assert_eq!(
        town.send(Method::PUT, &path, here("w2", json!("A03"))).await.json["others"],
        json!([{ "name": "示例clerk", "doing": null }])
    );
    assert_eq!(
        clerk.send(Method::PUT, &path, here("w1", Value::Null)).await.json["others"],
        json!([{ "name": "示例town", "doing": "A03" }])
    );
    // What the plan does not know is not passed on.
    town.send(Method::PUT, &path, here("w2", json!("an insult"))).await;
    assert_eq!(
        clerk.send(Method::PUT, &path, here("w1", Value::Null)).await.json["others"],
        json!([{ "name": "示例town", "doing": null }])
    );
    // A second window of the same session is another seat.
    assert_eq!(clerk.send(Method::PUT, &path, here("w3", Value::Null)).await.json["others"].as_array().unwrap().len(), 2);
    let left = clerk.send(Method::DELETE, &path, here("w3", Value::Null)).await;
    assert_eq!(left.status, StatusCode::NO_CONTENT);
    assert_eq!(town.send(Method::PUT, &path, here("w2", Value::Null)).await.json["others"].as_array().unwrap().len(), 1);
    county.fixed.pass(1);
    assert_eq!(clerk.send(Method::PUT, &path, here("w1", Value::Null)).await.json["others"], json!([]));
}

#[tokio::test]
async fn who_may_not_read_a_project_is_told_of_nobody() {
    let county = county().await;
    let elsewhere = county.project("示例项目", 1, 5_000).await;
    let path = format!("/api/v1/projects/{elsewhere}/presence");
    let (clerk, town) = (county.enter("clerk").await, county.enter("town").await);
    clerk.send(Method::PUT, &path, json!({ "window": "w1" })).await;
    assert_eq!(town.send(Method::PUT, &path, json!({ "window": "w2" })).await.status, StatusCode::NOT_FOUND);
    assert_eq!(clerk.send(Method::PUT, &path, json!({ "window": "w1" })).await.json["others"], json!([]));
}
