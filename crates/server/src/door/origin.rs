//! Cross-site writes are refused: a request that changes something names its own host as its origin.
use crate::problem::Failure;
use axum::{
    extract::Request,
    http::{HeaderMap, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

pub async fn check(request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if reads || same_host(request.headers(), request.uri().host()) {
        next.run(request).await
    } else {
        Failure::new(StatusCode::FORBIDDEN, "origin_mismatch").into_response()
    }
}

/// A missing origin is refused too: browsers always send one with a write, scripts can.
fn same_host(headers: &HeaderMap, target: Option<&str>) -> bool {
    let text = |name| headers.get(name).and_then(|v: &axum::http::HeaderValue| v.to_str().ok());
    let Some(origin) = text(header::ORIGIN) else { return false };
    let Some(origin_host) = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://")) else { return false };
    let Some(host) = text(header::HOST).or(target) else { return false };
    bare(origin_host).eq_ignore_ascii_case(bare(host))
}

/// Without the default ports, which a proxy may add or drop.
fn bare(host: &str) -> &str {
    host.strip_suffix(":443").or_else(|| host.strip_suffix(":80")).unwrap_or(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_own_host_writes() {
        let ask = |origin: Option<&str>, host: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, host.parse().unwrap());
            if let Some(o) = origin {
                headers.insert(header::ORIGIN, o.parse().unwrap());
            }
            same_host(&headers, None)
        };
        assert!(ask(Some("http://127.0.0.1:8600"), "127.0.0.1:8600"));
        assert!(ask(Some("https://Projects.example"), "projects.example:443"));
        assert!(!ask(Some("http://evil.example"), "127.0.0.1:8600"));
        assert!(!ask(Some("http://127.0.0.1:8601"), "127.0.0.1:8600"));
        assert!(!ask(Some("null"), "127.0.0.1:8600"));
        assert!(!ask(None, "127.0.0.1:8600"));
    }
}
