//! The feed number on every answer to someone signed in: what a reader has seen, or what a write became.
use super::frame::Asked;
use crate::state::House;
use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue, Method},
    middleware::Next,
    response::Response,
};

pub const FEED: HeaderName = HeaderName::from_static("lantu-feed");

pub async fn tell(State(house): State<House>, request: Request, next: Next) -> Response {
    let asked = request.extensions().get::<Asked>().cloned();
    let reads = request.method() == Method::GET;
    let mut response = next.run(request).await;
    if !reads && response.status().is_success() {
        house.hub.wrote();
    }
    let Some(seen) = asked.as_ref().and_then(|a| a.seen.get()) else { return response };
    // A read shows at least what was there when it began; a later number would claim more than it shows.
    let feed = if reads { seen.feed } else { house.desk.store.feed(seen.books.office.id).await.unwrap_or(seen.feed) };
    response.headers_mut().insert(FEED, HeaderValue::from(feed));
    response
}
