//! Files to be saved, never shown.
use axum::{
    body::Body,
    http::{HeaderName, HeaderValue, header},
    response::{IntoResponse, Response},
};
use lantu_app::evidence::Chunks;

pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

pub fn workbook(name: &str, bytes: Vec<u8>) -> Response {
    file(name, XLSX, bytes)
}

pub fn csv(name: &str, bytes: Vec<u8>) -> Response {
    file(name, "text/csv; charset=utf-8", bytes)
}

pub fn toml(name: &str, bytes: Vec<u8>) -> Response {
    file(name, "application/toml; charset=utf-8", bytes)
}

/// Bytes as they are read; kept as they are, for what is measured must arrive so.
pub fn stream(name: &str, media_type: &str, size: u64, chunks: Chunks) -> Response {
    let mut response = file(name, media_type, Body::from_stream(chunks));
    response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(size));
    response.extensions_mut().insert(AsItIs);
    response
}

/// Bytes as they are, of whatever sort.
pub fn whole(name: &str, media_type: &str, bytes: bytes::Bytes) -> Response {
    file(name, media_type, bytes)
}

/// A body that is not compressed on its way.
#[derive(Clone, Copy)]
pub struct AsItIs;

/// Old programs read the plain name, others the encoded one (RFC 6266).
fn file(name: &str, media_type: &str, body: impl IntoResponse) -> Response {
    let plain: String = name.chars().map(|c| if c.is_ascii_alphanumeric() || "-_.".contains(c) { c } else { '_' }).collect();
    let encoded: String = name.bytes().map(encoded).collect();
    let headers: [(HeaderName, String); 2] = [
        (header::CONTENT_TYPE, media_type.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}")),
    ];
    (headers, body).into_response()
}

fn encoded(byte: u8) -> String {
    if byte.is_ascii_alphanumeric() || b"-_.".contains(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }
}
