//! Tables on a terminal, where a Chinese character is as wide as two letters.

/// How wide a text stands, in letters.
pub fn width(text: &str) -> usize {
    text.chars().map(|c| if is_wide(c) { 2 } else { 1 }).sum()
}

/// The East Asian scripts, their punctuation and full-width forms.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}' | '\u{20000}'..='\u{3fffd}')
}

/// Without what would move the cursor, ring or colour: names come from files of others.
pub fn clean(text: &str) -> String {
    text.chars().map(|c| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}') { ' ' } else { c }).collect()
}

/// Cut to a width, with a mark where something is missing.
pub fn cut(text: &str, most: usize) -> String {
    if width(text) <= most {
        return text.to_owned();
    }
    let mut cut = String::new();
    let mut room = most.saturating_sub(1);
    for c in text.chars() {
        let wide = if is_wide(c) { 2 } else { 1 };
        if wide > room {
            break;
        }
        room -= wide;
        cut.push(c);
    }
    cut + "…"
}

/// Rows in columns as wide as their widest cell; the columns named in `right` stand to the right.
pub fn lay_out(rows: &[Vec<String>], right: &[usize]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widest = |at: usize| rows.iter().filter_map(|r| r.get(at)).map(|cell| width(cell)).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(widest).collect();
    let mut out = String::new();
    for row in rows {
        let mut line = String::new();
        for (at, cell) in row.iter().enumerate() {
            let blank = " ".repeat(widths[at] - width(cell));
            let between = if at > 0 { "  " } else { "" };
            let (before, after) = if right.contains(&at) { (blank.as_str(), "") } else { ("", blank.as_str()) };
            line.push_str(&format!("{between}{before}{cell}{after}"));
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_under_both_scripts() {
        let row = |a: &str, b: &str| vec![a.to_owned(), b.to_owned()];
        assert_eq!(lay_out(&[row("名称", "1"), row("road", "20")], &[1]), "名称   1\nroad  20\n");
        assert_eq!((cut("白鹭大桥", 5), cut("road", 4)), ("白鹭…".to_owned(), "road".to_owned()));
        assert_eq!(clean("白\u{1b}[31m鹭\n"), "白 [31m鹭 ");
    }
}
