//! The packs that ship with the program.
use std::collections::BTreeMap;

static FILES: &[(&str, &str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/embedded_files.rs"));

/// The files of a shipped pack by their path within it.
pub fn embedded(name: &str) -> Option<BTreeMap<String, Vec<u8>>> {
    let files: BTreeMap<_, _> =
        FILES.iter().filter(|(pack, ..)| *pack == name).map(|(_, path, bytes)| ((*path).to_owned(), bytes.to_vec())).collect();
    (!files.is_empty()).then_some(files)
}

/// The names of the shipped packs.
pub fn embedded_names() -> Vec<&'static str> {
    let mut names: Vec<_> = FILES.iter().map(|(pack, ..)| *pack).collect();
    names.dedup();
    names
}
