//! Functions that have grown long: a ratchet asks for a second look, it does not fail.

use super::source::Source;

/// Longer functions are listed.
pub const LIMIT: usize = 70;

/// Long functions, the longest first, as `path:line name (lines)`.
pub fn list(sources: &[Source]) -> Vec<String> {
    let mut found: Vec<(usize, String)> = sources.iter().filter(|source| source.ends_with(&[".rs"])).flat_map(long_in).collect();
    found.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    found.into_iter().map(|(lines, name)| format!("{name} ({lines} lines)")).collect()
}

fn long_in(source: &Source) -> Vec<(usize, String)> {
    let lines: Vec<&str> = source.code().map(|(_, line)| line).collect();
    let mut found = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let Some(name) = function_name(line).filter(|_| !line.ends_with('}') && !line.ends_with(';')) else { continue };
        // Formatted code closes a function with a brace at the column where its line began.
        let indent = &line[..line.len() - line.trim_start().len()];
        let close = format!("{indent}}}");
        let length = lines[index..].iter().position(|line| *line == close).map_or(1, |end| end + 1);
        if length > LIMIT {
            found.push((length, format!("{}:{} {name}", source.path, index + 1)));
        }
    }
    found
}

fn function_name(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let starts_well = ["fn ", "pub", "async ", "const fn", "unsafe "].iter().any(|start| line.starts_with(start));
    let (before, after) = line.split_once("fn ")?;
    let is_function = starts_well && !before.contains('=') && (before.is_empty() || before.ends_with(' '));
    is_function.then(|| after.split(['(', '<']).next().unwrap_or(after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_function_is_listed_and_a_short_one_not() {
        let body = "    let a = 1;\n".repeat(LIMIT);
        let long = Source::new("crates/a/src/lib.rs", &format!("pub async fn grown(x: u8) {{\n{body}}}\n\nfn small() {{\n}}\n"));
        assert_eq!(list(&[long]), [format!("crates/a/src/lib.rs:1 grown ({} lines)", LIMIT + 2)]);
    }
}
