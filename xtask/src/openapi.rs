//! The API's description and the TypeScript made from it: both committed, both checked to be current.

use std::fs;
use std::path::{Path, PathBuf};

use crate::{rust, shell, web};

fn snapshot() -> PathBuf {
    shell::root().join("crates/server/openapi.json")
}

fn types() -> PathBuf {
    web::dir().join("src/shared/api/schema.ts")
}

/// Writes both files from the program as it is now.
pub fn write() -> Result<bool, String> {
    if !rust::build()? || web::packages()? == web::Step::Failed {
        return Ok(false);
    }
    put(&snapshot(), &described()?)?;
    put(&types(), &generated()?)?;
    println!("wrote {} and {}", snapshot().display(), types().display());
    Ok(true)
}

/// Compares both files with the program as it is now.
pub fn check() -> Result<bool, String> {
    if !rust::build()? {
        return Ok(false);
    }
    let mut current = is_current(&snapshot(), &described()?);
    current &= is_current(&types(), &generated()?);
    Ok(current)
}

fn is_current(file: &Path, fresh: &str) -> bool {
    let same = fs::read_to_string(file).is_ok_and(|kept| kept == fresh);
    if !same {
        println!("{} is stale: run `cargo xtask openapi` and commit what it writes", file.display());
    }
    same
}

fn described() -> Result<String, String> {
    shell::quiet(&mut shell::program(&rust::binary().to_string_lossy(), &["openapi"]))
}

/// Generates into a scratch file, from what the program says and not from the snapshot.
fn generated() -> Result<String, String> {
    let dir = shell::target().join("xtask");
    fs::create_dir_all(&dir).map_err(|why| format!("{}: {why}", dir.display()))?;
    let (input, output) = (dir.join("openapi.json"), dir.join("schema.ts"));
    put(&input, &described()?)?;
    let tool = web::dir().join("node_modules/.bin/openapi-typescript");
    let mut command = shell::program(&tool.to_string_lossy(), &[]);
    command.arg(&input).arg("--output").arg(&output);
    shell::quiet(&mut command)?;
    fs::read_to_string(&output).map_err(|why| format!("{}: {why}", output.display()))
}

fn put(file: &Path, text: &str) -> Result<(), String> {
    let made = file.parent().map_or(Ok(()), fs::create_dir_all);
    made.and_then(|()| fs::write(file, text)).map_err(|why| format!("{}: {why}", file.display()))
}
