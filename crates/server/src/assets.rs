//! The web application: hashed files for ever, the starting page afresh, unknown screens to the starting page.
use crate::problem::Failure;
use axum::{
    body::{Body, Bytes},
    extract::Request,
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use lantu_web::Page;
use std::borrow::Cow;

/// Whatever no route took: a file of the application, one of its screens, or nothing.
pub async fn serve(request: Request) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let path = request.uri().path().trim_start_matches('/').to_owned();
    if !reads || path.starts_with("api/") || path == "api" {
        return Failure::new(StatusCode::NOT_FOUND, "unknown_route").into_response();
    }
    match lantu_web::page(&path) {
        Some(page) => answer(page, request.headers(), path.starts_with("assets/")),
        None if is_screen(request.uri(), request.headers()) => answer(lantu_web::index(), request.headers(), false),
        None => Failure::new(StatusCode::NOT_FOUND, "unknown_route").into_response(),
    }
}

/// An address that a person typed or followed, rather than a file that a page asked for.
fn is_screen(uri: &Uri, headers: &HeaderMap) -> bool {
    let wants_page = headers.get(header::ACCEPT).and_then(|v| v.to_str().ok()).is_none_or(|a| a.contains("text/html") || a.contains("*/*"));
    let last = uri.path().rsplit('/').next().unwrap_or_default();
    wants_page && !last.contains('.')
}

fn answer(page: Page, asked: &HeaderMap, hashed_name: bool) -> Response {
    let tag = format!("\"{}\"", page.hash[..12].iter().map(|b| format!("{b:02x}")).collect::<String>());
    let known = asked.get(header::IF_NONE_MATCH).is_some_and(|v| v.as_bytes() == tag.as_bytes());
    let body = match page.bytes {
        _ if known => Body::empty(),
        Cow::Borrowed(bytes) => Body::from(Bytes::from_static(bytes)),
        Cow::Owned(bytes) => Body::from(bytes),
    };
    let mut response = (if known { StatusCode::NOT_MODIFIED } else { StatusCode::OK }, body).into_response();
    let cache = if hashed_name { "public, max-age=31536000, immutable" } else { "no-cache" };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(page.media_type));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    // Hexadecimal digits in quotes are always a valid header.
    headers.insert(header::ETAG, HeaderValue::from_str(&tag).unwrap_or(HeaderValue::from_static("")));
    response
}
