//! The sample data, which is no part of this repository: beside the checkout, or where `LANTU_SHARED` says.
use std::path::PathBuf;

/// A folder of it, where there is one; under CI it must be there.
pub fn folder(path: &str) -> Option<PathBuf> {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let folder = std::env::var_os("LANTU_SHARED").map_or_else(beside, PathBuf::from).join(path);
    if folder.is_dir() {
        return Some(folder);
    }
    assert!(std::env::var_os("CI").is_none_or(|v| v.is_empty() || v == "false"), "no {} under CI", folder.display());
    eprintln!("skipped: the samples, no {}", folder.display());
    None
}
