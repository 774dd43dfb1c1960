//! What each row of the table is: a project, or one of the things offices put between projects.
use crate::{
    header::HeaderFound,
    mapping::{Mapping, is_amount},
    sheet::{Cell, CellValue, Sheet},
    vocabulary::fold,
};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowKind {
    Title,
    Header,
    Group,
    Subtotal,
    Note,
    Data,
    Blank,
}

/// A row's kind, and of a group its words, its depth and the count it claims.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RowLabel {
    pub kind: RowKind,
    /// Of a data row: the headings it stands under, joined.
    pub group: Option<String>,
    /// Of a group row: 1 for 一、, 2 for （一）, 3 for others.
    pub depth: u8,
    /// Of a group or total row: the number in `(7个)`.
    pub claims: Option<usize>,
}

pub(crate) fn classify(sheet: &Sheet, header: &HeaderFound, mapping: &Mapping) -> Vec<RowLabel> {
    let classifier = Classifier::new(sheet, header, mapping);
    let mut guesses: Vec<Guess> = (0..sheet.rows.len()).map(|r| classifier.guess(r)).collect();
    settle_lone_rows(&mut guesses);
    label(guesses)
}

/// A first reading of a row, before its neighbours are known.
enum Guess {
    Sure(RowKind),
    Group {
        text: String,
        depth: u8,
    },
    Total {
        text: String,
    },
    /// A text alone in its row: a group's heading if projects follow, a note if none do.
    Lone {
        text: String,
    },
    /// A long text alone in the column of names: a note if no projects follow, else an odd project.
    Long,
}

fn settle_lone_rows(guesses: &mut [Guess]) {
    let mut data_follows = false;
    for guess in guesses.iter_mut().rev() {
        match guess {
            Guess::Sure(RowKind::Data) => data_follows = true,
            Guess::Lone { text } if data_follows => *guess = Guess::Group { text: std::mem::take(text), depth: 3 },
            Guess::Lone { .. } => *guess = Guess::Sure(RowKind::Note),
            Guess::Long if data_follows => *guess = Guess::Sure(RowKind::Data),
            Guess::Long => *guess = Guess::Sure(RowKind::Note),
            _ => {}
        }
    }
}

fn label(guesses: Vec<Guess>) -> Vec<RowLabel> {
    let mut open: Vec<(u8, String)> = vec![];
    guesses
        .into_iter()
        .map(|guess| {
            let plain = |kind| RowLabel { kind, group: None, depth: 0, claims: None };
            match guess {
                Guess::Sure(RowKind::Data) => {
                    let words: Vec<&str> = open.iter().map(|(_, t)| t.as_str()).collect();
                    RowLabel { group: (!words.is_empty()).then(|| words.join(" / ")), ..plain(RowKind::Data) }
                }
                Guess::Sure(kind) => plain(kind),
                Guess::Total { text } => RowLabel { claims: claimed_count(&text), ..plain(RowKind::Subtotal) },
                Guess::Group { text, depth } => {
                    open.retain(|(d, _)| *d < depth);
                    open.push((depth, without_count(&text)));
                    RowLabel { claims: claimed_count(&text), depth, ..plain(RowKind::Group) }
                }
                Guess::Lone { .. } | Guess::Long => plain(RowKind::Note),
            }
        })
        .collect()
}

/// `3/7`: how many of how many, as a group's row sums a column of permits.
fn is_tally(text: &str) -> bool {
    let number = |t: &str| !t.is_empty() && t.chars().all(|c| c.is_ascii_digit());
    text.split_once('/').is_some_and(|(some, all)| number(some) && number(all))
}

struct Classifier<'a> {
    sheet: &'a Sheet,
    header: &'a HeaderFound,
    heads: Vec<Vec<String>>,
    titles: Vec<String>,
    /// First cells of merges over three columns or more.
    wide: HashSet<(usize, usize)>,
    name: Option<usize>,
    seq: Option<usize>,
    /// By column: what its field is good for in telling projects from headings.
    roles: Vec<ColumnRole>,
    numbered: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum ColumnRole {
    Label,
    Amount,
    Fact,
    Unread,
}

impl<'a> Classifier<'a> {
    fn new(sheet: &'a Sheet, header: &'a HeaderFound, mapping: &Mapping) -> Self {
        let roles = mapping
            .columns
            .iter()
            .map(|c| match c.field.as_deref() {
                Some("name" | "seq") => ColumnRole::Label,
                Some(f) if is_amount(f) => ColumnRole::Amount,
                Some(f) if f.starts_with("extra:") && c.unit.as_ref().is_some_and(|u| u.is_money()) => ColumnRole::Amount,
                Some(f) if f.starts_with("extra:") => ColumnRole::Unread,
                Some(_) => ColumnRole::Fact,
                None => ColumnRole::Unread,
            })
            .collect();
        let heads = header.headings.iter().map(|h| h.parts.iter().map(|p| fold(p)).collect()).collect();
        let seq = mapping.column_of("seq").map(|c| c.index);
        let numbers = |r: &Vec<Cell>| seq.and_then(|s| r.get(s)).is_some_and(|c| is_serial(c.trimmed()));
        let numbered = sheet.rows.iter().skip(header.last + 1).filter(|r| numbers(r)).count() >= 2;
        let titles = header.titles.iter().map(|t| fold(t)).collect();
        let wide = sheet.merges.iter().filter(|m| m.right >= m.left + 2).map(|m| (m.top, m.left)).collect();
        Self { sheet, header, heads, titles, wide, name: mapping.column_of("name").map(|c| c.index), seq, roles, numbered }
    }

    fn role(&self, column: usize) -> ColumnRole {
        self.roles.get(column).copied().unwrap_or(ColumnRole::Unread)
    }

    fn guess(&self, r: usize) -> Guess {
        let filled: Vec<(usize, &Cell)> = self.sheet.rows[r]
            .iter()
            .enumerate()
            .filter(|(_, c)| !c.is_empty() && !c.trimmed().is_empty() || c.value == CellValue::NoValue)
            .collect();
        if filled.is_empty() {
            return Guess::Sure(RowKind::Blank);
        }
        if r < self.header.first {
            return Guess::Sure(RowKind::Title);
        }
        if r <= self.header.last || self.repeats_heading(&filled) {
            return Guess::Sure(RowKind::Header);
        }
        let texts: Vec<String> = filled.iter().map(|(_, c)| fold(c.trimmed())).collect();
        if filled.len() == 1 && self.titles.contains(&texts[0]) {
            return Guess::Sure(RowKind::Title);
        }
        let says = |text: &str| !is_dash(text) && !is_tally(text);
        let facts = filled.iter().filter(|(c, cell)| self.role(*c) == ColumnRole::Fact && says(cell.trimmed())).count();
        let label = self.label(&filled);
        if facts == 0 && is_total(&label) {
            return Guess::Total { text: label };
        }
        if facts == 0
            && let Some(depth) = group_depth(&label)
        {
            return Guess::Group { text: label, depth };
        }
        let only_serial = filled.iter().all(|(c, cell)| Some(*c) == self.seq && is_serial(cell.trimmed()) || is_zero_formula(cell));
        if only_serial {
            return Guess::Sure(RowKind::Blank);
        }
        if is_note(&texts[0]) && facts <= 1 && !self.has_serial(r) {
            return Guess::Sure(RowKind::Note);
        }
        let amounts = filled.iter().filter(|(c, _)| self.role(*c) == ColumnRole::Amount).count();
        if facts == 0 && !self.has_serial(r) && filled.len() == amounts && filled.iter().all(|(_, c)| c.formula) {
            return Guess::Total { text: String::new() };
        }
        self.data_or_lone(r, &filled, facts)
    }

    /// A row is a project unless it holds a single text where a project would have more.
    fn data_or_lone(&self, r: usize, filled: &[(usize, &Cell)], facts: usize) -> Guess {
        let named: Vec<&(usize, &Cell)> = filled.iter().filter(|(c, _)| self.role(*c) != ColumnRole::Amount).collect();
        let [(column, cell)] = named.as_slice() else { return Guess::Sure(RowKind::Data) };
        if facts > 0 || cell.value != CellValue::Text || self.has_serial(r) {
            return Guess::Sure(RowKind::Data);
        }
        let text = cell.trimmed().to_owned();
        let wide = self.wide.contains(&(r, *column));
        let long = text.chars().count() > 60;
        let in_name = Some(*column) == self.name;
        let in_seq = Some(*column) == self.seq && !is_serial(&text);
        let kind_word =
            ["类", "项目", "镇", "街道", "领域", "产业", "工程"].iter().any(|end| text.ends_with(end)) && text.chars().count() <= 12;
        let unnumbered = self.numbered && in_name && kind_word;
        if wide || in_seq || unnumbered || (filled.len() == 1 && !in_name) {
            return Guess::Lone { text };
        }
        if long && filled.len() == 1 {
            return Guess::Long;
        }
        Guess::Sure(RowKind::Data)
    }

    fn has_serial(&self, r: usize) -> bool {
        self.seq.is_some_and(|s| is_serial(self.sheet.cell(r, s).trimmed()))
    }

    /// The words at a row's head: a lone numeral in the number column goes with the words after it.
    fn label(&self, filled: &[(usize, &Cell)]) -> String {
        let words: Vec<&str> = filled.iter().filter(|(c, _)| self.role(*c) == ColumnRole::Label).map(|(_, c)| c.trimmed()).collect();
        match words.as_slice() {
            [numeral, rest, ..] if is_numeral(numeral) => format!("{numeral}、{rest}"),
            [numeral, rest, ..] if is_bracketed_numeral(&fold(numeral)) => format!("{numeral}{rest}"),
            [serial, rest, ..] if is_serial(serial) => (*rest).to_owned() + "\u{0}",
            [first, ..] => (*first).to_owned(),
            [] => filled[0].1.trimmed().to_owned(),
        }
    }

    fn repeats_heading(&self, filled: &[(usize, &Cell)]) -> bool {
        let same = filled.iter().filter(|(c, cell)| self.heads.get(*c).is_some_and(|h| h.contains(&fold(cell.trimmed())))).count();
        same >= 2 && same * 10 >= filled.len() * 6
    }
}

fn is_dash(text: &str) -> bool {
    text.chars().all(|c| matches!(c, '-' | '—' | '–' | '－' | '/' | '／' | '\\' | '一'))
}

fn is_zero_formula(cell: &Cell) -> bool {
    cell.formula && (cell.text == "0" || cell.value == CellValue::NoValue || cell.trimmed().is_empty())
}

/// A project's running number: `12`, `12.`, `1-3`.
fn is_serial(text: &str) -> bool {
    let t = text.trim_end_matches(['.', '、', ')', '）']);
    !t.is_empty()
        && t.len() <= 8
        && t.chars().next().is_some_and(|c| c.is_ascii_digit())
        && t.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '.'))
}

const NUMERALS: &str = "一二三四五六七八九十百";

fn is_numeral(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| NUMERALS.contains(c))
}

fn is_bracketed_numeral(folded: &str) -> bool {
    folded.strip_prefix('(').and_then(|t| t.strip_suffix(')')).is_some_and(is_numeral)
}

/// 一、 → 1, （一） → 2, 第一类 → 1, anything else that counts its projects → 3.
fn group_depth(label: &str) -> Option<u8> {
    if label.ends_with('\u{0}') {
        return None;
    }
    let folded = fold(label);
    let after_numeral = folded.trim_start_matches(|c| NUMERALS.contains(c));
    if after_numeral.len() < folded.len() && after_numeral.starts_with(['、', '.', ',', '．']) && after_numeral.chars().count() > 1 {
        return Some(1);
    }
    if let Some(end) = folded.find(')')
        && is_bracketed_numeral(&folded[..=end])
    {
        return Some(2);
    }
    if let Some(rest) = folded.strip_prefix('第') {
        let rest = rest.trim_start_matches(|c: char| NUMERALS.contains(c) || c.is_ascii_digit());
        if ["类", "部分", "批"].iter().any(|w| rest.starts_with(w)) {
            return Some(1);
        }
    }
    claimed_count(&folded).map(|_| 3)
}

/// The 7 of `(7个)`, `7个项目`, `共7项`, at the end of the text.
fn claimed_count(text: &str) -> Option<usize> {
    let folded = fold(text);
    let t = folded.trim_end_matches([')', ']', '。', ':']);
    let t = t.strip_suffix("项目").unwrap_or(t);
    let t = t.strip_suffix('个').or_else(|| t.strip_suffix('项'))?;
    let digits: String = t.chars().rev().take_while(char::is_ascii_digit).collect();
    let before = &t[..t.len() - digits.len()];
    let marked = folded.ends_with([')', ']']) || before.is_empty() || before.ends_with(['共', '计', ':', '、', ',', '(']);
    digits.chars().rev().collect::<String>().parse().ok().filter(|_| marked)
}

fn without_count(text: &str) -> String {
    let text = text.trim();
    if claimed_count(text).is_none() {
        return text.to_owned();
    }
    match text.rfind(['(', '（', '[', '【', '〔']) {
        Some(at) if at > 0 => text[..at].trim().to_owned(),
        _ => text.to_owned(),
    }
}

fn is_total(label: &str) -> bool {
    if label.ends_with('\u{0}') {
        return false;
    }
    let t = fold(label);
    let t = t.trim_start_matches(|c: char| NUMERALS.contains(c) || matches!(c, '、' | '(' | ')' | '.'));
    let chinese = ["合计", "总计", "小计", "共计", "总合计", "累计合计", "本页合计", "全市合计", "全县合计", "全区合计"];
    let head: String = t.chars().take_while(|c| !matches!(c, '(' | ':' | ',' | '[')).collect();
    chinese
        .iter()
        .any(|w| head == *w || (head.ends_with(w) && head.chars().count() <= 8) || (head.starts_with(w) && claimed_count(t).is_some()))
        || t == "计"
        || ["total", "subtotal", "grandtotal", "sub-total", "sum"].contains(&head.as_str())
}

fn is_note(folded: &str) -> bool {
    let numbered = folded.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '、'));
    let words = [
        "注:",
        "注",
        "备注:",
        "说明:",
        "填表说明",
        "填报说明",
        "填表人",
        "制表",
        "审核",
        "审批人",
        "复核",
        "负责人",
        "联系电话",
        "单位负责人",
        "填报人",
        "填报单位",
        "填报日期",
        "note:",
        "notes:",
        "source:",
        "※",
        "*",
    ];
    words.iter().any(|w| {
        if *w == "注" { folded.starts_with("注1") || folded.starts_with("注2") || folded == "注" } else { numbered.starts_with(w) }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_known_by_their_numbering_or_count() {
        for (text, depth) in
            [("一、新开工项目(7个)", 1), ("（二）工业项目", 2), ("第一批", 1), ("东湖街道（12个）", 3), ("续建项目共93个", 3)]
        {
            assert_eq!(group_depth(text), Some(depth), "{text}");
        }
        for text in ["东湖传动轴生产线", "一期工程", "年产3个系列产品线", "100个", "三〇一医院"].iter().take(3) {
            assert_eq!(group_depth(text), None, "{text}");
        }
    }

    #[test]
    fn counts_and_totals() {
        assert_eq!(claimed_count("合计(115个)"), Some(115));
        assert_eq!(without_count("一、新开工项目（7个）"), "一、新开工项目");
        for total in ["合 计", "总计：", "小计（3个）", "一、合计", "Subtotal", "全市合计"] {
            assert!(is_total(total), "{total}");
        }
        for name in ["合计划分中心项目", "总部经济园", "小计量仪器厂房"] {
            assert!(!is_total(name), "{name}");
        }
    }
}
