//! The frame around every answer: a request id, the language, problems put into words, headers that keep browsers safe.
use crate::{language, problem::Failure, state::House};
use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use futures_util::FutureExt;
use lantu_app::Books;
use lantu_model::words::Lang;
use std::{
    panic::AssertUnwindSafe,
    sync::{Arc, OnceLock},
};

/// Known of every request before a handler runs.
#[derive(Clone)]
pub struct Asked {
    pub lang: Lang,
    pub request_id: String,
    /// Filled when the session is read.
    pub seen: Arc<OnceLock<Seen>>,
}

/// The asker's office, whose words say the problems, and its feed number when the request began.
pub struct Seen {
    pub books: Arc<Books>,
    pub feed: u64,
}

/// Styles are inline because the component library writes them at run time; scripts never are.
const POLICY: &str = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; \
     font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self'; \
     frame-ancestors 'none'";

const FIXED: &[(&str, &str)] = &[
    ("content-security-policy", POLICY),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
];

pub async fn around(State(house): State<House>, mut request: Request, next: Next) -> Response {
    let lang = language::of_request(request.uri(), request.headers());
    let asked = Asked { lang, request_id: (house.edge.ids)().simple().to_string(), seen: Arc::default() };
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    request.extensions_mut().insert(asked.clone());
    let answered = AssertUnwindSafe(next.run(request)).catch_unwind().await;
    let mut response = answered.unwrap_or_else(|_| Failure::internal().into_response());
    if let Some(failure) = failure_of(&mut response) {
        // What was set beside the failure (a cookie taken back) stays.
        let kept = std::mem::take(response.headers_mut());
        response = failure.said(asked.lang, &asked.request_id, asked.seen.get().map(|s| &*s.books));
        keep(response.headers_mut(), kept);
    }
    if response.status().is_server_error() {
        tracing::error!(%method, path, request_id = asked.request_id, status = response.status().as_u16(), "a request failed");
    }
    dress(response.headers_mut(), &asked, path.starts_with("/api/"));
    response
}

fn failure_of(response: &mut Response) -> Option<Failure> {
    if let Some(failure) = response.extensions_mut().remove::<Failure>() {
        return Some(failure);
    }
    let status = response.status();
    (status.is_client_error() || status.is_server_error()).then(|| {
        // The framework's own codes for unreadable bodies differ by cause; to a client they are one.
        Failure::of_status(if status == StatusCode::UNPROCESSABLE_ENTITY { StatusCode::BAD_REQUEST } else { status })
    })
}

fn keep(headers: &mut HeaderMap, kept: HeaderMap) {
    for name in [header::SET_COOKIE, header::ALLOW, header::RETRY_AFTER, super::feed::FEED] {
        for value in kept.get_all(&name) {
            headers.append(name.clone(), value.clone());
        }
    }
}

fn dress(headers: &mut HeaderMap, asked: &Asked, is_api: bool) {
    for (name, value) in FIXED {
        headers.insert(*name, HeaderValue::from_static(value));
    }
    if let Ok(id) = HeaderValue::from_str(&asked.request_id) {
        headers.insert("x-request-id", id);
    }
    headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(asked.lang.tag()));
    if is_api && !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
}
