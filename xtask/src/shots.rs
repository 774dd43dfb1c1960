//! The pictures of the README: a browser walks through a fresh demo and photographs it.

use crate::{demo, rust, shell, test::browser, web};

pub fn run() -> Result<bool, String> {
    if !demo::build()? {
        return Ok(false);
    }
    let chromium = browser::chromium()?;
    let out = shell::root().join("docs/shots");
    std::fs::create_dir_all(&out).map_err(|why| format!("{}: {why}", out.display()))?;
    let mut command = shell::program("node", &["e2e/shots.mjs"]);
    command.current_dir(web::dir()).env("LANTU_BIN", rust::binary()).env("LANTU_CHROMIUM", chromium);
    command.env("LANTU_SHOTS", out);
    Ok(shell::tell(&mut command)?.ok)
}
