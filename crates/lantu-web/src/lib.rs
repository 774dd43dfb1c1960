//! The built web pages, embedded. Debug builds read them from `web/dist`, so that a new build of the pages shows at once.
//!
//! Nothing here builds the pages: without them the program still compiles and serves one page that says how to.
use rust_embed::RustEmbed;
use std::borrow::Cow;

#[derive(RustEmbed)]
#[folder = "../../web/dist"]
#[allow_missing = true]
struct Dist;

/// One file of the web application.
pub struct Page {
    pub bytes: Cow<'static, [u8]>,
    pub media_type: &'static str,
    /// SHA-256 of the bytes.
    pub hash: [u8; 32],
}

const NOTICE: &str = include_str!("notice.html");

/// A file by its path below the root (`index.html`, `assets/app-1a2b.js`).
pub fn page(path: &str) -> Option<Page> {
    let file = Dist::get(path)?;
    Some(Page { bytes: file.data, media_type: media_type(path), hash: file.metadata.sha256_hash() })
}

/// The page that every screen starts from, or the notice when the pages have not been built.
pub fn index() -> Page {
    let notice = || Page { bytes: Cow::Borrowed(NOTICE.as_bytes()), media_type: media_type("notice.html"), hash: [0; 32] };
    page("index.html").unwrap_or_else(notice)
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, ext)| ext) {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "ttf" => "font/ttf",
        "txt" => "text/plain; charset=utf-8",
        "wasm" => "application/wasm",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_always_a_page_to_start_from() {
        assert!(!index().bytes.is_empty());
        assert_eq!(index().media_type, "text/html; charset=utf-8");
    }

    #[test]
    fn nothing_outside_is_served() {
        assert!(page("../../Cargo.toml").is_none());
        assert!(page("/etc/passwd").is_none());
    }
}
