//! A pattern's file among the files of its pack.
use crate::load::Files;
use toml::Table;

/// Where the pattern with this key stands, in capitals or not.
pub fn pattern_path(files: &Files, key: &str) -> Option<String> {
    let has_key = |bytes: &[u8]| -> bool {
        let table: Option<Table> = std::str::from_utf8(bytes).ok().and_then(|text| text.parse().ok());
        table.and_then(|t| t.get("key")?.as_str().map(|k| k.eq_ignore_ascii_case(key))).unwrap_or(false)
    };
    files.iter().find(|(path, bytes)| path.starts_with("patterns/") && has_key(bytes)).map(|(path, _)| path.clone())
}

/// Puts a pattern's text among the files: in the place of the pattern `was`, else in a file of its own named after
/// `key`. Returns its path.
pub fn put_pattern(files: &mut Files, was: Option<&str>, key: &str, text: String) -> String {
    let path = was.and_then(|was| pattern_path(files, was)).unwrap_or_else(|| free_path(files, key));
    files.insert(path.clone(), text.into_bytes());
    path
}

fn free_path(files: &Files, key: &str) -> String {
    // A path is made of what ids may hold, whatever the key is: that the key may not be so, the check says.
    let name: String = key.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    let numbered = (2..).map(|n: u32| format!("patterns/{name}_{n}.toml"));
    let mut paths = std::iter::once(format!("patterns/{name}.toml")).chain(numbered);
    paths.find(|path| !files.contains_key(path)).unwrap_or_default()
}

/// The version of a pack's head that an office makes of it: `2026.1` becomes `2026.1+1`, that `2026.1+2`. Only that line changes.
pub fn with_version(head: &str) -> (String, Option<String>) {
    let mut version = None;
    let lines: Vec<String> = head
        .split_inclusive('\n')
        .map(|line| match (version.is_none(), quoted_version(line)) {
            (true, Some(old)) => {
                let new = next(old);
                let written = line.replacen(&format!("\"{old}\""), &format!("\"{new}\""), 1);
                version = Some(new);
                written
            }
            _ => line.to_owned(),
        })
        .collect();
    (lines.concat(), version)
}

fn quoted_version(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("version")?.trim_start().strip_prefix('=')?;
    rest.trim_start().strip_prefix('"')?.split('"').next()
}

fn next(version: &str) -> String {
    match version.rsplit_once('+').and_then(|(base, n)| Some((base, n.parse::<u32>().ok()?))) {
        Some((base, n)) => format!("{base}+{}", n.saturating_add(1)),
        None => format!("{version}+1"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Pack, embedded};

    #[test]
    fn a_pattern_goes_into_its_own_file() {
        let mut files = embedded("cn-county").unwrap();
        let before = files.len();
        let path = put_pattern(&mut files, Some("mfg"), "MFG", "key = \"MFG\"".into());
        assert_eq!((path.as_str(), files.len()), ("patterns/mfg.toml", before));
        assert_eq!(put_pattern(&mut files, None, "../MFG", String::new()), "patterns/mfg_2.toml");
        assert_eq!(pattern_path(&files, "nothing"), None);
    }

    #[test]
    fn only_the_version_changes() {
        let mut files = embedded("cn-county").unwrap();
        let head = String::from_utf8(files["pack.toml"].clone()).unwrap();
        let (first, version) = with_version(&head);
        assert_eq!(version.as_deref(), Some("2026.1+1"));
        let (second, version) = with_version(&first);
        assert_eq!(version.as_deref(), Some("2026.1+2"));
        files.insert("pack.toml".into(), second.clone().into_bytes());
        assert_eq!(Pack::load(&files).unwrap().version, "2026.1+2");
        assert_eq!(second.replace("+2", ""), head);
    }
}
