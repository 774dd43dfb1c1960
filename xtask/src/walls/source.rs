//! The text of the work tree, cut where tests begin.

use std::fs;
use std::path::Path;

/// A source file as the walls read it.
#[derive(Debug)]
pub struct Source {
    /// Path from the root, with `/`.
    pub path: String,
    pub text: String,
    /// The number of lines before the tests at the file's end; 0 for a file that is only tests.
    pub code_lines: usize,
}

impl Source {
    pub fn new(path: &str, text: &str) -> Self {
        let code_lines = if is_test_file(path) { 0 } else { lines_before_tests(text) };
        Self { path: path.to_string(), text: text.to_string(), code_lines }
    }

    pub fn ends_with(&self, endings: &[&str]) -> bool {
        endings.iter().any(|ending| self.path.ends_with(ending))
    }

    /// Every line with its number from 1.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(index, line)| (index + 1, line))
    }

    /// The lines that ship.
    pub fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        self.lines().take(self.code_lines)
    }

    /// The crate a Rust file belongs to, by its folder: `crates/model/src/…` is `model`.
    pub fn folder(&self) -> &str {
        let mut parts = self.path.split('/');
        match parts.next() {
            Some("crates") => parts.next().unwrap_or(""),
            first => first.unwrap_or(""),
        }
    }
}

/// Tests stand last in a file, after `#[cfg(test)]`.
fn lines_before_tests(text: &str) -> usize {
    text.lines().position(|line| line.trim_start().starts_with("#[cfg(test)]")).unwrap_or_else(|| text.lines().count())
}

fn is_test_file(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let in_folder = ["/tests/", "/e2e/", "/__tests__/", "/test/", "/examples/"].iter().any(|folder| path.contains(folder));
    in_folder || name.contains(".test.") || name.contains(".spec.") || name == "tests.rs" || name.ends_with("_tests.rs")
}

const FOLDERS: [&str; 4] = ["crates", "xtask", "bench", "web"];
const ENDINGS: [&str; 7] = [".rs", ".ts", ".tsx", ".mjs", ".js", ".css", ".html"];
const SKIPPED: [&str; 3] = ["node_modules", "dist", "target"];

/// Reads the sources below the root.
pub fn read(root: &Path) -> Vec<Source> {
    let mut found = Vec::new();
    let mut open: Vec<_> = FOLDERS.iter().map(|folder| root.join(folder)).collect();
    while let Some(at) = open.pop() {
        for entry in fs::read_dir(&at).into_iter().flatten().flatten() {
            let path = entry.path();
            let name = entry.file_name().to_string_lossy().into_owned();
            if path.is_dir() && !SKIPPED.contains(&name.as_str()) {
                open.push(path);
            } else if ENDINGS.iter().any(|ending| name.ends_with(ending)) {
                let below = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                found.push(Source::new(&below, &fs::read_to_string(&path).unwrap_or_default()));
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_ends_where_tests_begin() {
        let source = Source::new("crates/model/src/code.rs", "fn a() {}\n#[cfg(test)]\nmod tests {}\n");
        assert_eq!(source.code().count(), 1);
        assert_eq!(source.folder(), "model");
        assert_eq!(Source::new("crates/store/tests/contract.rs", "fn a() {}").code().count(), 0);
        assert_eq!(Source::new("web/src/shared/money.test.ts", "x").code().count(), 0);
    }
}
