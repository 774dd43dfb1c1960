//! Delimited text. Rows keep the number of the physical line they begin on, so that a finding can be looked up in an editor.
use crate::sheet::{Cell, FileRefusal, Limits, Sheet};
use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};
use std::borrow::Cow;

pub(super) fn read(name: &str, bytes: &[u8], limits: &Limits) -> Result<Vec<Sheet>, FileRefusal> {
    let text = decode(bytes)?;
    let delimiter = sniff(&text);
    let by_name = [".csv", ".txt", ".tsv"].iter().any(|e| name.to_ascii_lowercase().ends_with(e));
    if !by_name && !text.lines().take(20).any(|l| l.contains(delimiter)) {
        return Err(FileRefusal::new("file_not_a_sheet"));
    }
    let stem = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let stem = stem.rsplit_once('.').map_or(stem, |(s, _)| s);
    let rows = split(&text, delimiter, limits)?;
    Ok(vec![Sheet { name: stem.to_owned(), rows, ..Sheet::default() }])
}

fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, FileRefusal> {
    let (text, broken) = if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        UTF_16LE.decode_without_bom_handling(rest)
    } else if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        UTF_16BE.decode_without_bom_handling(rest)
    } else {
        let rest = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        match std::str::from_utf8(rest) {
            Ok(text) => (Cow::Borrowed(text), false),
            Err(_) => GB18030.decode_without_bom_handling(rest),
        }
    };
    if broken { Err(FileRefusal::new("file_encoding")) } else { Ok(text) }
}

/// The separator that the first lines agree on best: most often there, outside quotes.
fn sniff(text: &str) -> char {
    let mut best = (0usize, ',');
    for delimiter in [',', '\t', ';'] {
        let counts = text.lines().filter(|l| !l.trim().is_empty()).take(20).map(|line| {
            let mut quoted = false;
            line.chars()
                .filter(|c| {
                    quoted ^= *c == '"';
                    !quoted && *c == delimiter
                })
                .count()
        });
        let total: usize = counts.sum();
        if total > best.0 {
            best = (total, delimiter);
        }
    }
    best.1
}

fn split(text: &str, delimiter: char, limits: &Limits) -> Result<Vec<Vec<Cell>>, FileRefusal> {
    let mut out = Grid { rows: vec![], cells: 0, limits };
    let (mut row, mut field) = (vec![], String::new());
    let (mut line, mut starts_on) = (0usize, 0usize);
    let (mut quoted, mut was_quoted) = (false, false);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if quoted {
            match c {
                '"' if chars.peek() == Some(&'"') => {
                    chars.next();
                    field.push('"');
                }
                '"' => quoted = false,
                '\r' if chars.peek() == Some(&'\n') => {}
                '\n' | '\r' => {
                    line += 1;
                    field.push('\n');
                }
                _ => field.push(c),
            }
            continue;
        }
        match c {
            '"' if field.trim().is_empty() && !was_quoted => {
                field.clear();
                (quoted, was_quoted) = (true, true);
            }
            c if c == delimiter => {
                row.push(Cell::text(std::mem::take(&mut field)));
                was_quoted = false;
                if row.len() > limits.columns {
                    return Err(FileRefusal::new("file_columns").with("limit", limits.columns));
                }
            }
            '\r' if chars.peek() == Some(&'\n') => {}
            '\n' | '\r' => {
                row.push(Cell::text(std::mem::take(&mut field)));
                out.push(starts_on, std::mem::take(&mut row))?;
                line += 1;
                (starts_on, was_quoted) = (line, false);
            }
            _ => field.push(c),
        }
    }
    if !field.is_empty() || !row.is_empty() {
        row.push(Cell::text(field));
        out.push(starts_on, row)?;
    }
    Ok(out.rows)
}

struct Grid<'a> {
    rows: Vec<Vec<Cell>>,
    cells: usize,
    limits: &'a Limits,
}

impl Grid<'_> {
    fn push(&mut self, line: usize, row: Vec<Cell>) -> Result<(), FileRefusal> {
        if line >= self.limits.rows && row.iter().any(|c| !c.is_empty()) {
            return Err(FileRefusal::new("file_rows").with("limit", self.limits.rows));
        }
        self.cells += row.len();
        if self.cells > self.limits.cells {
            return Err(FileRefusal::new("file_cells").with("limit", self.limits.cells));
        }
        if row.iter().all(Cell::is_empty) {
            return Ok(());
        }
        self.rows.resize(line, vec![]);
        self.rows.push(row);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(csv: &str) -> Vec<Vec<String>> {
        let rows = split(csv, sniff(csv), &Limits::default()).unwrap();
        rows.into_iter().map(|r| r.into_iter().map(|c| c.text).collect()).collect()
    }

    #[test]
    fn a_row_is_numbered_by_the_line_it_begins_on() {
        let rows = texts("a,b\n\"x\ny\",\"1 \"\"q\"\"\"\r\n\nz,2\n");
        assert_eq!(rows[1], ["x\ny", "1 \"q\""]);
        assert!(rows[2].is_empty() && rows[3].is_empty());
        assert_eq!(rows[4], ["z", "2"]);
    }

    #[test]
    fn separators_are_found_outside_quotes() {
        assert_eq!(texts("\"a,b,c\";x\n1;2\n")[0], ["a,b,c", "x"]);
        assert_eq!(texts("a\tb, c\n1\t2\n")[0], ["a", "b, c"]);
        assert_eq!(texts("only")[0], ["only"]);
    }

    #[test]
    fn chinese_code_pages_are_recognised() {
        let (gbk, _, _) = encoding_rs::GBK.encode("项目名称,总投资\n东湖传动,3\n");
        assert!(decode(&gbk).unwrap().starts_with("项目名称"));
        assert_eq!(decode(b"\xef\xbb\xbfa").unwrap(), "a");
        assert_eq!(decode(b"\xff\xfea\0").unwrap(), "a");
        assert!(decode(b"\x81\xff\xff\xff").is_err());
    }
}
