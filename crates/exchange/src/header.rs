//! Finds the heading of an office's table: below titles and notes, over one to three merged rows.
use crate::{
    mapping::{match_heading, split_heading},
    sheet::{CellValue, Sheet, Workbook},
    vocabulary::{Unit, Vocabulary, fold},
};

/// How far down a heading is looked for.
const LOOK: usize = 60;
const DEEPEST: usize = 4;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    pub column: usize,
    /// All levels: `投资/总(亿元)`.
    pub text: String,
    pub parts: Vec<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HeaderFound {
    /// Zero-based rows of the heading, both included.
    pub first: usize,
    pub last: usize,
    pub headings: Vec<Heading>,
    /// What stands above the heading, a line each.
    pub titles: Vec<String>,
    /// 单位:万元 above the table.
    pub money_note: Option<Unit>,
    pub area_note: Option<Unit>,
    pub(crate) score: i64,
}

/// The sheet that is most likely the list, turned if its headings run down, with its heading. `None`: no table was found.
pub fn choose_sheet(workbook: &Workbook, vocabulary: &Vocabulary) -> Option<(usize, Sheet, HeaderFound)> {
    let mut best: Option<(i64, usize, Sheet, HeaderFound)> = None;
    for (i, sheet) in workbook.sheets.iter().enumerate() {
        let Some((sheet, header)) = upright(sheet, vocabulary) else { continue };
        let rows = sheet.rows.len().saturating_sub(header.last + 1);
        if rows == 0 {
            continue;
        }
        let score = header.score * 20 + (rows as i64).min(2_000) - if sheet.hidden { 100_000 } else { 0 };
        if best.as_ref().is_none_or(|(b, ..)| score > *b) {
            best = Some((score, i, sheet, header));
        }
    }
    best.map(|(_, i, sheet, header)| (i, sheet, header))
}

/// The sheet as it is, or turned where its headings run down its first columns.
pub fn upright(sheet: &Sheet, vocabulary: &Vocabulary) -> Option<(Sheet, HeaderFound)> {
    let across = find_header(sheet, vocabulary);
    let named = across.as_ref().map_or(0, |h| h.score);
    // A list runs down for hundreds of rows; a table with a heading per row is short.
    if sheet.rows.len() <= 80 && named < 12 {
        let turned = sheet.turn();
        if let Some(down) = find_header(&turned, vocabulary).filter(|d| d.score > named && d.score >= 12 && d.first < 3) {
            return Some((turned, down));
        }
    }
    across.map(|h| (sheet.clone(), h))
}

pub fn find_header(sheet: &Sheet, vocabulary: &Vocabulary) -> Option<HeaderFound> {
    let grid = HeadGrid::of(sheet);
    let (best, score) = (0..grid.rows.len())
        .filter_map(|r| grid.score(r, vocabulary).map(|s| (r, s)))
        .fold(None, |best: Option<(usize, i64)>, (r, s)| if best.is_none_or(|(_, b)| s > b) { Some((r, s)) } else { best })?;
    let (mut first, mut last) = (best, best);
    while first > 0 && last - first + 1 < DEEPEST && grid.continues_up(first) {
        first -= 1;
    }
    while last + 1 < grid.rows.len() && last - first + 1 < DEEPEST && grid.continues_down(last, vocabulary) {
        last += 1;
    }
    Some(HeaderFound { score, ..header_of(sheet, &grid, first, last, vocabulary) })
}

/// The heading at rows that a person named (zero-based, both included).
pub fn header_at(sheet: &Sheet, first: usize, last: usize, vocabulary: &Vocabulary) -> HeaderFound {
    let first = first.min(sheet.rows.len().saturating_sub(1));
    let last = last.clamp(first, first + DEEPEST + 1);
    let grid = HeadGrid::deep(sheet, last + 1);
    header_of(sheet, &grid, first, last.min(grid.rows.len().saturating_sub(1)).max(first), vocabulary)
}

fn header_of(sheet: &Sheet, grid: &HeadGrid<'_>, first: usize, last: usize, vocabulary: &Vocabulary) -> HeaderFound {
    let titles: Vec<String> = (0..first)
        .map(|r| {
            sheet
                .rows
                .get(r)
                .map_or(String::new(), |row| row.iter().map(|c| c.trimmed()).filter(|t| !t.is_empty()).collect::<Vec<_>>().join("  "))
        })
        .filter(|t| !t.is_empty())
        .collect();
    let (money_note, area_note) = unit_note(&titles, vocabulary);
    HeaderFound { first, last, headings: grid.headings(first, last), titles, money_note, area_note, score: 0 }
}

/// Reads 单位:万元 and 金额单位：亿元、亩. Two units of money are no note: each column must say its own.
fn unit_note(titles: &[String], vocabulary: &Vocabulary) -> (Option<Unit>, Option<Unit>) {
    let (mut money, mut area): (Vec<Unit>, Vec<Unit>) = (vec![], vec![]);
    for title in titles {
        let folded = fold(title);
        for (at, word) in folded.match_indices("单位").chain(folded.match_indices("unit")) {
            let after = folded[at + word.len()..].trim_start_matches(['s', ':', '(', '为']);
            let after = after.split([')', '(']).next().unwrap_or(after);
            for token in after.split(['、', ',', '，', '/', ';', '；', '和']).take(4) {
                let unit = vocabulary.unit(token).or_else(|| leading_unit(token, vocabulary));
                match unit {
                    Some(u) if u.is_money() && !money.contains(&u) => money.push(u),
                    Some(u) if !u.is_money() && !area.contains(&u) => area.push(u),
                    Some(_) => {}
                    None => break,
                }
            }
        }
    }
    let only = |mut units: Vec<Unit>| if units.len() == 1 { units.pop() } else { None };
    (only(money), only(area))
}

/// A unit with something stuck behind it: `万元2026年5月`.
fn leading_unit(token: &str, vocabulary: &Vocabulary) -> Option<Unit> {
    ["亿元", "万元", "千元", "元", "亩", "公顷"].iter().find(|w| token.starts_with(**w)).and_then(|w| vocabulary.unit(w))
}

/// The first rows, with merged cells' text in every cell they cover.
struct HeadGrid<'a> {
    sheet: &'a Sheet,
    rows: Vec<Vec<String>>,
    /// Whether the cell is covered from the row above by a merge.
    joined_up: Vec<Vec<bool>>,
    /// Whether the cell belongs to a merge at all.
    merged: Vec<Vec<bool>>,
}

impl<'a> HeadGrid<'a> {
    fn of(sheet: &'a Sheet) -> Self {
        Self::deep(sheet, LOOK)
    }

    fn deep(sheet: &'a Sheet, depth: usize) -> Self {
        let height = sheet.rows.len().min(depth);
        let width = sheet.rows.iter().take(height + 200).map(Vec::len).max().unwrap_or(0);
        let mut rows: Vec<Vec<String>> = (0..height).map(|r| (0..width).map(|c| sheet.cell(r, c).trimmed().to_owned()).collect()).collect();
        let (mut joined_up, mut merged) = (vec![vec![false; width]; height], vec![vec![false; width]; height]);
        let mut work = 0usize;
        for m in sheet.merges.iter().filter(|m| m.top < height && m.left < width) {
            let (bottom, right) = (m.bottom.min(height - 1), m.right.min(width - 1));
            work += (bottom - m.top + 1) * (right - m.left + 1);
            if work > 500_000 {
                break;
            }
            let text = rows[m.top][m.left].clone();
            for r in m.top..=bottom {
                for c in m.left..=right {
                    rows[r][c].clone_from(&text);
                    joined_up[r][c] = r > m.top;
                    merged[r][c] = true;
                }
            }
        }
        Self { sheet, rows, joined_up, merged }
    }

    fn filled(&self, row: usize) -> impl Iterator<Item = (usize, &str)> {
        self.rows[row].iter().enumerate().filter(|(_, t)| !t.is_empty()).map(|(c, t)| (c, t.as_str()))
    }

    fn distinct(&self, row: usize) -> usize {
        let mut texts: Vec<&str> = self.filled(row).map(|(_, t)| t).collect();
        texts.sort_unstable();
        texts.dedup();
        texts.len()
    }

    fn numbers(&self, row: usize) -> usize {
        (0..self.rows[row].len()).filter(|c| matches!(self.sheet.cell(row, *c).value, CellValue::Number | CellValue::Date(..))).count()
    }

    /// How much a row looks like a heading; `None` when it cannot be one.
    fn score(&self, row: usize, vocabulary: &Vocabulary) -> Option<i64> {
        let distinct = self.distinct(row);
        if distinct < 2 {
            return None;
        }
        let (mut fields, mut last) = (vec![], "");
        for (_, text) in self.filled(row) {
            if text == last || text.chars().count() > 40 {
                continue;
            }
            last = text;
            let parts = [text.to_owned()];
            let (split, _) = split_heading(&parts, vocabulary);
            if let Some(found) = match_heading(&split, vocabulary, true) {
                fields.push(found.field);
            }
        }
        fields.sort();
        fields.dedup();
        let named = fields.iter().any(|f| f == "name");
        let (hits, numbers) = (fields.len() as i64, self.numbers(row) as i64);
        let long = self.filled(row).filter(|(_, t)| t.chars().count() > 40).count() as i64;
        let structural = distinct >= 3 && numbers == 0;
        let score = hits * 4 + i64::from(named) * 4 + (distinct as i64).min(12) - numbers * 3 - long * 3;
        (score > 0 && (hits >= 2 || (named && distinct >= 2) || (structural && row < 10))).then_some(score)
    }

    /// A heading goes on above where a cell of it is merged with the row above, or, without merges, where the row above
    /// holds short headings only.
    fn continues_up(&self, row: usize) -> bool {
        if self.distinct(row - 1) < 2 {
            return false;
        }
        if self.joined_up[row].iter().any(|j| *j) {
            return true;
        }
        let above: Vec<(usize, &str)> = self.filled(row - 1).collect();
        let headings =
            above.iter().all(|(_, t)| t.chars().count() <= 14 && !t.contains([':', '：']) && !t.contains('月') && !t.contains('日'));
        let spans = above.iter().any(|(c, _)| self.merged[row - 1][*c]);
        let gaps = above.iter().any(|(c, _)| self.rows[row][*c].is_empty());
        headings && self.numbers(row - 1) == 0 && (spans || gaps)
    }

    fn continues_down(&self, row: usize, vocabulary: &Vocabulary) -> bool {
        let below = row + 1;
        if self.joined_up[below].iter().any(|j| *j) {
            return true;
        }
        if self.is_numbering(below) {
            return true;
        }
        let own: Vec<(usize, &str)> = self.filled(below).collect();
        if own.is_empty() || self.numbers(below) > 0 || own.iter().any(|(_, t)| t.chars().count() > 15) {
            return false;
        }
        let units = own.iter().all(|(_, t)| vocabulary.unit(&fold(t)).is_some() || matches!(*t, "-" | "—" | "/"));
        // Second-level headings leave the cells under plain headings empty.
        let under_gap = self.rows[row].iter().zip(&self.rows[below]).filter(|(up, down)| !up.is_empty() && down.is_empty()).count();
        let spans = own.iter().any(|(c, _)| self.rows[row][*c].is_empty() || self.merged[row][*c]);
        let known = own
            .iter()
            .filter(|(_, t)| {
                let parts = [(*t).to_owned()];
                let (split, unit) = split_heading(&parts, vocabulary);
                unit.is_some() || match_heading(&split, vocabulary, true).is_some() || split.is_time()
            })
            .count();
        units || (under_gap >= 1 && spans && known * 2 >= own.len())
    }

    /// A row that only counts columns: `1 2 3 …`, `甲 乙 1 2 …`.
    fn is_numbering(&self, row: usize) -> bool {
        let cells: Vec<String> = self.filled(row).map(|(_, t)| fold(t).trim_matches(['(', ')']).to_owned()).collect();
        let numbers: Vec<i64> = cells.iter().filter_map(|t| t.parse().ok()).collect();
        let letters = cells.iter().filter(|t| matches!(t.as_str(), "甲" | "乙" | "丙" | "丁" | "戊" | "栏次")).count();
        cells.len() >= 3 && numbers.len() + letters == cells.len() && numbers.len() >= 2 && numbers.windows(2).all(|w| w[1] == w[0] + 1)
    }

    fn headings(&self, first: usize, last: usize) -> Vec<Heading> {
        let width = self.rows.first().map_or(0, Vec::len);
        let mut levels: Vec<Vec<String>> = (first..=last.min(self.rows.len().saturating_sub(1)))
            .filter(|r| !self.is_numbering(*r))
            .map(|r| self.rows[r].clone())
            .collect();
        // Without merges an upper heading stands over its first column only: carry it along while there is something below.
        for r in 0..levels.len().saturating_sub(1) {
            for c in 1..width {
                let below = |c: usize| levels[r + 1..].iter().any(|l| !l[c].is_empty());
                if levels[r][c].is_empty() && !levels[r][c - 1].is_empty() && below(c) && below(c - 1) && !self.merged[first + r][c] {
                    levels[r][c] = levels[r][c - 1].clone();
                }
            }
        }
        (0..width)
            .map(|c| {
                let mut parts: Vec<String> = levels.iter().map(|l| l[c].clone()).filter(|t| !t.is_empty()).collect();
                parts.dedup();
                let one_line = |t: &String| t.split_whitespace().collect::<Vec<_>>().join(" ");
                Heading { column: c, text: parts.iter().map(one_line).collect::<Vec<_>>().join("/"), parts }
            })
            .collect()
    }
}
