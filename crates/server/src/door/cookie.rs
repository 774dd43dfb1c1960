//! The session's cookie: a random token that only the browser and a hash in the database know.
use axum::http::{HeaderMap, HeaderValue, header};

const NAME: &str = "lantu_session";

/// The token that the request carries.
pub fn token(headers: &HeaderMap) -> Option<String> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|v| v.to_str().ok()).flat_map(|v| v.split(';'));
    let pairs = cookies.filter_map(|c| c.trim().split_once('='));
    pairs.filter(|(name, _)| *name == NAME).map(|(_, value)| value.to_owned()).find(|t| well_formed(t))
}

fn well_formed(token: &str) -> bool {
    token.len() == 64 && token.bytes().all(|b| b.is_ascii_hexdigit())
}

pub fn text_of(token: [u8; 32]) -> String {
    token.iter().map(|b| format!("{b:02x}")).collect()
}

pub fn set(token: &str, seconds: i64, request: &HeaderMap) -> HeaderValue {
    let secure = if is_https(request) { "; Secure" } else { "" };
    let text = format!("{NAME}={token}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}");
    // A hexadecimal token and fixed words are always a valid header.
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static(""))
}

pub fn clear(request: &HeaderMap) -> HeaderValue {
    set("", 0, request)
}

/// The server itself speaks plain HTTP; behind a proxy the browser's scheme is forwarded or stands in the origin.
fn is_https(headers: &HeaderMap) -> bool {
    let starts = |name: &str, what: &str| headers.get(name).and_then(|v| v.to_str().ok()).is_some_and(|v| v.starts_with(what));
    starts("x-forwarded-proto", "https") || starts("origin", "https://")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cookie_is_strict_and_secure_behind_https() {
        let mut headers = HeaderMap::new();
        let plain = set(&text_of([7; 32]), 60, &headers);
        assert_eq!(plain.to_str().unwrap(), format!("lantu_session={}; Path=/; Max-Age=60; HttpOnly; SameSite=Strict", "07".repeat(32)));
        headers.insert("x-forwarded-proto", HeaderValue::from_static("https"));
        assert!(set("a", 1, &headers).to_str().unwrap().ends_with("; Secure"));
    }

    #[test]
    fn only_a_well_formed_token_is_read() {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, format!("a=b; lantu_session={}", "0f".repeat(32)).parse().unwrap());
        assert_eq!(token(&headers), Some("0f".repeat(32)));
        headers.insert(header::COOKIE, HeaderValue::from_static("lantu_session=short"));
        assert_eq!(token(&headers), None);
    }
}
