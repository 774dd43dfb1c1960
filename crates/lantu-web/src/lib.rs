//! The built web pages, embedded; a notice in their place when they were not built.
//!
//! A release build carries the files, a debug build reads them from `web/dist` at each request,
//! so that new pages show without building the program again.

use std::borrow::Cow;

use rust_embed::{EmbeddedFile, RustEmbed};

#[derive(RustEmbed)]
#[folder = "../../web/dist"]
#[allow_missing = true]
struct Dist;

const INDEX: &str = "index.html";
const NOTICE: &str = include_str!("notice.html");

/// A file of the web app.
#[derive(Debug, Clone)]
pub struct Page {
    pub bytes: Cow<'static, [u8]>,
    pub media_type: &'static str,
    /// SHA-256 of the bytes; zeros for the notice.
    pub hash: [u8; 32],
    /// Its name holds a hash of its content, so a browser may keep it for good.
    pub immutable: bool,
}

/// The file at a path below the root (`assets/main-1a2b.js`, `logo.svg`), if there is one.
pub fn page(path: &str) -> Option<Page> {
    let path = path.trim_start_matches('/');
    if path.is_empty() || path == INDEX {
        return Some(index());
    }
    // In a debug build names become paths: none may lead out of the folder, or to hidden files.
    if path.split('/').any(|part| part.is_empty() || part.starts_with('.')) || path.contains(['\\', '\0']) {
        return None;
    }
    Dist::get(path).map(|file| from(path, file))
}

/// The page that every address of the app begins with; the notice when the pages were not built.
pub fn index() -> Page {
    let notice = || Page { bytes: Cow::Borrowed(NOTICE.as_bytes()), media_type: media_type(INDEX), hash: [0; 32], immutable: false };
    Dist::get(INDEX).map_or_else(notice, |file| from(INDEX, file))
}

/// Whether the pages were built.
pub fn is_built() -> bool {
    Dist::get(INDEX).is_some()
}

fn from(path: &str, file: EmbeddedFile) -> Page {
    Page { bytes: file.data, media_type: media_type(path), hash: file.metadata.sha256_hash(), immutable: path.starts_with("assets/") }
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
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
    fn there_is_always_a_page() {
        for path in ["", "/", "index.html", "/index.html"] {
            let page = page(path).unwrap();
            assert_eq!(page.media_type, "text/html; charset=utf-8");
            assert!(!page.immutable);
            assert!(String::from_utf8_lossy(&page.bytes).contains("<html"));
        }
    }

    #[test]
    fn nothing_outside_the_folder_is_served() {
        for path in [
            "../package.json",
            "assets/../../package.json",
            "/../Cargo.toml",
            "assets//../x",
            ".lantu-stamp",
            "a\\..\\b",
            "no-such-file.js",
        ] {
            assert!(page(path).is_none(), "{path}");
        }
    }

    #[test]
    fn endings_have_their_type() {
        assert_eq!(media_type("assets/main-1a2b.js"), "text/javascript; charset=utf-8");
        assert_eq!(media_type("fonts/plan.woff2"), "font/woff2");
        assert_eq!(media_type("LICENSE"), "application/octet-stream");
    }
}
