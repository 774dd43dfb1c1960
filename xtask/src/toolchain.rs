//! The tools a build needs, each missing one named with the line that brings it.

use crate::shell;

const NODE_AT_LEAST: u32 = 20;

/// The C compiler: the embedded database is C.
pub fn c_compiler() -> Result<String, String> {
    let named = std::env::var("CC").ok().filter(|cc| !cc.is_empty());
    let found = named.or_else(|| ["cc", "gcc", "clang"].into_iter().find(|name| shell::find(name).is_some()).map(str::to_string));
    found.ok_or_else(|| "no C compiler (the embedded database needs one): apt-get install -y build-essential".to_string())
}

/// Node and npm, for the web pages.
pub fn node() -> Result<String, String> {
    let hint = "apt-get install -y nodejs npm, or https://nodejs.org";
    if shell::find("node").is_none() || shell::find("npm").is_none() {
        return Err(format!("node {NODE_AT_LEAST} or newer and npm are needed: {hint}"));
    }
    let said = shell::quiet(&mut shell::program("node", &["--version"]))?;
    let version = said.trim();
    match major(version) {
        Some(number) if number >= NODE_AT_LEAST => Ok(version.to_string()),
        _ => Err(format!("node {NODE_AT_LEAST} or newer is needed, this is {version}: {hint}")),
    }
}

fn major(version: &str) -> Option<u32> {
    version.trim_start_matches('v').split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_major_version() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("what"), None);
    }
}
