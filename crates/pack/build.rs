//! Lists the shipped packs, so that the program carries them and stays one file.
use std::{
    env,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

fn main() {
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("../../packs");
    println!("cargo::rerun-if-changed={}", root.display());
    let mut files = vec![];
    collect(&root, &mut files);
    files.sort();
    let mut code = String::from("&[\n");
    for file in files {
        println!("cargo::rerun-if-changed={}", file.display());
        let relative = file.strip_prefix(&root).expect("below the root").to_string_lossy().replace('\\', "/");
        let Some((pack, path)) = relative.split_once('/') else { continue };
        let absolute = file.canonicalize().expect("just listed");
        writeln!(code, "    ({pack:?}, {path:?}, include_bytes!({absolute:?})),").expect("writing to a string");
    }
    code.push_str("]\n");
    let out = Path::new(&env::var("OUT_DIR").expect("cargo sets it")).join("embedded_files.rs");
    fs::write(out, code).expect("the build directory is writable");
}

/// Every data file below `folder`; folders are watched too, so that a new file is noticed.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|e| e.path()) {
        if path.is_dir() {
            println!("cargo::rerun-if-changed={}", path.display());
            collect(&path, files);
        } else if path.extension().is_some_and(|e| e == "toml" || e == "csv") {
            files.push(path);
        }
    }
}
