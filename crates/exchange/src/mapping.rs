//! Which column is which fact, in which unit, of which year and month: proposed from the heading, remembered from last time.
use crate::{
    header::{HeaderFound, Heading},
    sheet::Sheet,
    vocabulary::{Unit, Vocabulary, fold},
};
use lantu_model::YearMonth;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ColumnMap {
    /// Zero-based.
    pub index: usize,
    pub heading: String,
    /// A field key; `None`: the column is not read.
    pub field: Option<String>,
    pub unit: Option<Unit>,
    /// The year that an annual figure is of.
    #[serde(default)]
    pub year: Option<i16>,
    /// The month up to which a cumulative figure runs.
    #[serde(default)]
    pub month: Option<YearMonth>,
    pub confidence: f32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListGuess {
    pub kind: String,
    pub year: i16,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MappingFrom {
    Proposed,
    Remembered,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mapping {
    pub fingerprint: String,
    pub columns: Vec<ColumnMap>,
    pub list: Option<ListGuess>,
    pub year: i16,
    pub from: MappingFrom,
}

impl Mapping {
    pub fn column_of(&self, field: &str) -> Option<&ColumnMap> {
        self.columns.iter().find(|c| c.field.as_deref() == Some(field))
    }
}

/// Same headings, same fingerprint; digits do not count, so that May's list is known by April's.
pub fn fingerprint(headings: &[Heading]) -> String {
    let words: Vec<String> = headings
        .iter()
        .map(|h| {
            let mut out = String::new();
            for c in fold(&h.text).chars() {
                match c {
                    '0'..='9' if out.ends_with('#') => {}
                    '0'..='9' => out.push('#'),
                    _ => out.push(c),
                }
            }
            out
        })
        .collect();
    words.join("|").trim_end_matches('|').to_owned()
}

/// A heading without its units, ready to be matched.
pub(crate) struct SplitHeading {
    parts: Vec<String>,
    unit: Option<Unit>,
}

impl SplitHeading {
    pub(crate) fn is_time(&self) -> bool {
        let joined = self.parts.concat();
        months_until(&joined).is_some() || year_in(&joined).is_some()
    }
}

pub(crate) fn split_heading(parts: &[String], vocabulary: &Vocabulary) -> (SplitHeading, Option<Unit>) {
    let (mut bases, mut unit) = (vec![], None);
    for part in parts {
        let folded = fold(part);
        if let Some(u) = vocabulary.unit(&folded) {
            unit = Some(u);
            continue;
        }
        let (base, own) = vocabulary.split_unit(&folded);
        unit = own.or(unit);
        if !base.is_empty() && bases.last() != Some(&base) {
            bases.push(base);
        }
    }
    (SplitHeading { parts: bases, unit: unit.clone() }, unit)
}

pub(crate) struct Match {
    pub(crate) field: String,
    confidence: f32,
    year: Option<i16>,
    month: Option<i8>,
}

impl Match {
    fn plain(field: &str, confidence: f32) -> Self {
        Self { field: field.to_owned(), confidence, year: None, month: None }
    }
}

/// What a heading means; `strict` admits only whole words and dated figures.
pub(crate) fn match_heading(heading: &SplitHeading, vocabulary: &Vocabulary, strict: bool) -> Option<Match> {
    let joined = heading.parts.concat();
    if joined.is_empty() {
        return None;
    }
    if let Some(dated) = dated_figure(&joined, heading.unit.as_ref()) {
        return Some(dated);
    }
    let reversed: String = heading.parts.iter().rev().map(String::as_str).collect();
    let last = heading.parts.last().map_or("", String::as_str);
    let first = heading.parts.first().map_or("", String::as_str);
    let bare = without_brackets(last);
    let tries = [(joined.as_str(), 1.0), (last, 0.95), (reversed.as_str(), 0.9), (bare.as_str(), 0.85)];
    for (text, confidence) in tries {
        if let Some(field) = vocabulary.exact(text) {
            return Some(Match::plain(field, confidence));
        }
    }
    if strict || joined.contains("是否") {
        return None;
    }
    let within = [last, joined.as_str()].into_iter().find_map(|t| vocabulary.within(t));
    within
        .map(|(field, share)| Match::plain(field, 0.4 + 0.4 * share))
        .or_else(|| vocabulary.exact(first).filter(|_| heading.parts.len() > 1).map(|field| Match::plain(field, 0.4)))
}

fn without_brackets(text: &str) -> String {
    let mut depth = 0i32;
    text.chars()
        .filter(|c| {
            match c {
                '(' | '[' => depth += 1,
                ')' | ']' => {
                    depth -= 1;
                    return false;
                }
                _ => {}
            }
            depth <= 0
        })
        .collect()
}

/// Amounts whose heading carries a year or months: 2026年计划投资, 1-4月完成, 截至2025年底累计.
fn dated_figure(text: &str, unit: Option<&Unit>) -> Option<Match> {
    let has = |words: &[&str]| words.iter().any(|w| text.contains(w));
    if has(&[
        "形象",
        "内容",
        "问题",
        "同比",
        "增长",
        "率",
        "占",
        "%",
        "目标任务",
        "工作",
        "时间",
        "开工",
        "竣工",
        "投产",
        "达产",
        "入库",
        "进展",
    ]) || unit.is_some_and(|u| !u.is_money())
    {
        return None;
    }
    let year = year_in(text);
    let found = |field: &str, month| Some(Match { field: field.to_owned(), confidence: 0.95, year, month });
    if let Some(month) = months_until(text) {
        return if has(&["计划", "目标", "安排"]) && !has(&["完成", "累计"]) { None } else { found("ytd_done", Some(month)) };
    }
    let done = has(&["完成", "累计", "实绩"]);
    if done && has(&["年底", "年末", "以前年度"]) && has(&["至", "到", "以前", "截止"]) {
        return if year.is_some() || has(&["上年", "去年", "以前"]) { found("prior_done", None) } else { None };
    }
    let plan = has(&["计划", "安排", "预计", "投资"]) || unit.is_some_and(Unit::is_money);
    let this_year = year.is_some() || has(&["年度", "当年", "本年", "全年"]);
    if plan && this_year && !done && !has(&["总投资", "资金"]) {
        return found("annual_plan", None);
    }
    None
}

/// `2026年`, `26年`.
fn year_in(text: &str) -> Option<i16> {
    for (at, _) in text.match_indices('年') {
        let digits: String = text[..at].chars().rev().take_while(char::is_ascii_digit).collect();
        let digits: String = digits.chars().rev().collect();
        match (digits.len(), digits.parse::<i16>()) {
            (4, Ok(y)) if (1990..2100).contains(&y) => return Some(y),
            (2, Ok(y)) if (10..60).contains(&y) => return Some(2000 + y),
            _ => {}
        }
    }
    None
}

/// The last month of a figure that runs from January: `1-4月`, `1至4月`, `截至4月底`.
fn months_until(text: &str) -> Option<i8> {
    for (at, _) in text.match_indices('月') {
        let digits: String = text[..at].chars().rev().take_while(char::is_ascii_digit).collect();
        let month: i8 = digits.chars().rev().collect::<String>().parse().unwrap_or(0);
        if !(1..=12).contains(&month) {
            continue;
        }
        let before = text[..at].trim_end_matches(|c: char| c.is_ascii_digit());
        let from_january = ["1-", "1至", "1到", "1月-", "1月至", "1月到"].iter().any(|p| before.ends_with(p));
        let until =
            ["截至", "截止", "至", "截至目前"].iter().any(|p| before.ends_with(p)) || before.contains("截至") || before.contains("截止");
        if from_january || until {
            return Some(month);
        }
    }
    None
}

/// The month that a title names: `5月汇总`, `1-5月`.
pub(crate) fn month_in_title(text: &str) -> Option<i8> {
    let folded = fold(text);
    months_until(&folded).or_else(|| {
        folded.match_indices('月').find_map(|(at, _)| {
            let digits: String = folded[..at].chars().rev().take_while(char::is_ascii_digit).collect();
            digits.chars().rev().collect::<String>().parse().ok().filter(|m| (1..=12).contains(m))
        })
    })
}

/// Proposes what each column is. A remembered mapping of the same headings wins; its dates are read anew from the heading.
/// `names`: the sheet's and the file's, which may name the list and the year.
pub fn propose(
    sheet: &Sheet,
    header: &HeaderFound,
    names: &[&str],
    vocabulary: &Vocabulary,
    remembered: &[Mapping],
    default_year: i16,
) -> Mapping {
    let titles: Vec<String> = header.titles.iter().map(|t| fold(t)).chain(names.iter().map(|n| fold(n))).collect();
    let year = titles.iter().find_map(|t| year_in(t)).unwrap_or(default_year);
    let title_month = header.titles.iter().map(String::as_str).chain(names.iter().copied()).find_map(month_in_title);
    let print = fingerprint(&header.headings);
    let known = remembered.iter().rev().find(|m| m.fingerprint == print);
    let list_kind = titles.iter().find_map(|t| vocabulary.list_in(t)).map(str::to_owned);
    let list = known
        .and_then(|k| k.list.as_ref().map(|l| l.kind.clone()))
        .or(if known.is_some() { None } else { list_kind })
        .map(|kind| ListGuess { kind, year });
    let columns = header
        .headings
        .iter()
        .map(|h| {
            let column = propose_column(h, header, vocabulary, year, title_month);
            match known.and_then(|k| k.columns.iter().find(|c| c.index == h.column)) {
                Some(old) => from_memory(old, column, year, title_month),
                None => column,
            }
        })
        .collect();
    let from = if known.is_some() { MappingFrom::Remembered } else { MappingFrom::Proposed };
    let mut mapping = Mapping { fingerprint: print, columns, list, year, from };
    if known.is_none() {
        settle(&mut mapping);
        spare_location(&mut mapping, sheet, header);
    }
    mapping
}

fn propose_column(heading: &Heading, header: &HeaderFound, vocabulary: &Vocabulary, year: i16, title_month: Option<i8>) -> ColumnMap {
    let (split, unit) = split_heading(&heading.parts, vocabulary);
    let found = match_heading(&split, vocabulary, false);
    let mut column = ColumnMap {
        index: heading.column,
        heading: heading.text.clone(),
        field: found.as_ref().map(|f| f.field.clone()),
        unit,
        year: None,
        month: None,
        confidence: found.as_ref().map_or(0.0, |f| f.confidence),
    };
    if let Some(found) = &found {
        set_dates(&mut column, found.year, found.month, year, title_month);
        if column.unit.is_none() {
            column.unit = note_unit(&found.field, header);
        }
        // A heading in 亩 is no amount of money, nor the other way round.
        let fits = column.unit.as_ref().is_none_or(|u| u.is_money() != is_area(&found.field));
        if is_amount(&found.field) && !fits {
            (column.field, column.confidence) = (None, 0.0);
        }
    }
    if column.field.is_none() && !heading.text.is_empty() {
        (column.field, column.confidence) = (Some(format!("extra:{}", heading.text)), 0.2);
    }
    column
}

fn set_dates(column: &mut ColumnMap, own_year: Option<i16>, own_month: Option<i8>, year: i16, title_month: Option<i8>) {
    match column.field.as_deref() {
        Some("annual_plan") => column.year = Some(own_year.unwrap_or(year)),
        Some("ytd_done") => column.month = own_month.or(title_month).and_then(|m| YearMonth::new(own_year.unwrap_or(year), m)),
        _ => {}
    }
}

fn from_memory(old: &ColumnMap, fresh: ColumnMap, year: i16, title_month: Option<i8>) -> ColumnMap {
    let text = fold(&fresh.heading);
    let mut column = ColumnMap { field: old.field.clone(), unit: old.unit.clone(), year: None, month: None, confidence: 1.0, ..fresh };
    set_dates(&mut column, year_in(&text), months_until(&text), year, title_month);
    column
}

fn note_unit(field: &str, header: &HeaderFound) -> Option<Unit> {
    if !is_amount(field) {
        return None;
    }
    if is_area(field) { header.area_note.clone() } else { header.money_note.clone() }
}

pub(crate) fn is_area(field: &str) -> bool {
    matches!(field, "land_total" | "land_new" | "land_supplied")
}

pub(crate) fn is_amount(field: &str) -> bool {
    is_area(field) || matches!(field, "total_investment" | "annual_plan" | "ytd_done" | "prior_done")
}

/// Each field has one column: the surest, and of annual figures the one of the list's own year.
fn settle(mapping: &mut Mapping) {
    let year = mapping.year;
    let mut order: Vec<usize> = (0..mapping.columns.len()).collect();
    order.sort_by(|a, b| {
        let rank = |i: &usize| {
            let c = &mapping.columns[*i];
            let of_year = c.year.is_none_or(|y| y == year) && c.month.is_none_or(|m| m.year() == year);
            (of_year, c.month, c.confidence)
        };
        let (x, y) = (rank(a), rank(b));
        y.0.cmp(&x.0).then(y.1.cmp(&x.1)).then(y.2.total_cmp(&x.2)).then(a.cmp(b))
    });
    let mut taken = BTreeSet::new();
    for i in order {
        let column = &mut mapping.columns[i];
        let Some(field) = column.field.clone() else { continue };
        let many = field == "seq";
        if !taken.insert(field) && !many {
            let heading = if column.heading.is_empty() { format!("{}", i + 1) } else { column.heading.clone() };
            let own = format!("extra:{heading}");
            column.field = taken.insert(own.clone()).then_some(own);
            (column.confidence, column.year, column.month) = (0.2, None, None);
        }
    }
}

/// In many lists 建设地点 names the town: without a column of its own for the place, and with towns in it, it is the place.
fn spare_location(mapping: &mut Mapping, sheet: &Sheet, header: &HeaderFound) {
    if mapping.column_of("division").is_some() {
        return;
    }
    let Some(column) = mapping.columns.iter_mut().find(|c| c.field.as_deref() == Some("location")) else { return };
    let samples: Vec<String> = sheet
        .rows
        .iter()
        .skip(header.last + 1)
        .filter_map(|r| r.get(column.index))
        .map(|c| fold(&c.text))
        .filter(|t| !t.is_empty())
        .take(40)
        .collect();
    let is_place = |t: &String| t.chars().count() <= 8 && ["镇", "街道", "乡", "区", "县", "市"].iter().any(|end| t.ends_with(end));
    if samples.iter().filter(|t| is_place(t)).count() * 2 > samples.len() {
        column.field = Some("division".to_owned());
        column.confidence = column.confidence.min(0.7);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proposed(headings: &[&str]) -> Mapping {
        let headings = headings
            .iter()
            .enumerate()
            .map(|(column, h)| Heading { column, text: (*h).to_owned(), parts: h.split('/').map(str::to_owned).collect() })
            .collect();
        let header = HeaderFound {
            headings, titles: vec!["示例市2026年重点建设项目计划表（5月汇总）".into()], ..HeaderFound::default()
        };
        let vocabulary = Vocabulary::new(&[], &[], &[("city_key".into(), vec!["重点建设项目".into()])]);
        let rows = vec![vec![], vec!["", "", "", "东湖街道"].into_iter().map(crate::Cell::text).collect()];
        propose(&Sheet { rows, ..Sheet::default() }, &header, &[], &vocabulary, &[], 2020)
    }

    fn fields(headings: &[&str]) -> Vec<String> {
        proposed(headings).columns.into_iter().map(|c| c.field.unwrap_or_default()).collect()
    }

    #[test]
    fn two_level_headings_are_read_together() {
        let m = proposed(&[
            "序号",
            "项目名称",
            "信用代码",
            "建设地点",
            "投资/总(亿元)",
            "投资/26年(万)",
            "投资/1-4月",
            "工期/开工",
            "工期/竣工",
            "责任单位",
        ]);
        let got: Vec<_> = m.columns.iter().map(|c| c.field.as_deref().unwrap_or("")).collect();
        let want = [
            "seq",
            "name",
            "owner_uscc",
            "division",
            "total_investment",
            "annual_plan",
            "ytd_done",
            "start_planned",
            "finish_planned",
            "role:lead_dept",
        ];
        assert_eq!(got, want);
        assert_eq!(m.columns[4].unit.as_ref().map(Unit::word), Some("亿元"));
        assert_eq!((m.columns[5].year, m.columns[6].month), (Some(2026), YearMonth::new(2026, 4)));
        assert_eq!(m.list, Some(ListGuess { kind: "city_key".into(), year: 2026 }));
    }

    #[test]
    fn dated_headings() {
        for (heading, field) in [
            ("2026年计划投资（万元）", "annual_plan"),
            ("年度计划投资", "annual_plan"),
            ("1—4月完成投资", "ytd_done"),
            ("截至4月底累计完成投资（万元）", "ytd_done"),
            ("截至2025年底累计完成投资", "prior_done"),
            ("至上年底累计完成", "prior_done"),
            ("1-4月形象进度", "physical_progress"),
            ("2026年建设内容", "scale"),
            ("2026年计划开工时间", "start_planned"),
            ("计划总投资(万元)", "total_investment"),
            ("是否开工", "extra:是否开工"),
        ] {
            assert_eq!(fields(&[heading]), [field], "{heading}");
        }
    }

    #[test]
    fn the_lists_own_year_has_the_field() {
        let got = fields(&["项目名称", "2025年计划投资", "2026年计划投资", "总投资(亿元)", "用地面积(亩)", "1-3月完成", "1-4月完成"]);
        assert_eq!(got[1], "extra:2025年计划投资");
        assert_eq!(got[2], "annual_plan");
        assert_eq!(got[4], "land_total");
        assert_eq!((got[5].as_str(), got[6].as_str()), ("extra:1-3月完成", "ytd_done"));
    }

    #[test]
    fn last_months_mapping_fits_this_months_sheet() {
        let mut april = proposed(&["名称", "1-4月完成投资", "怪列"]);
        april.columns[2].field = Some("remark".into());
        let headings: Vec<Heading> = ["名称", "1-5月完成投资", "怪列"]
            .iter()
            .enumerate()
            .map(|(column, h)| Heading { column, text: (*h).to_owned(), parts: vec![(*h).to_owned()] })
            .collect();
        let header = HeaderFound { headings, ..HeaderFound::default() };
        let may = propose(&Sheet::default(), &header, &[], &Vocabulary::new(&[], &[], &[]), &[april], 2026);
        assert_eq!(may.from, MappingFrom::Remembered);
        assert_eq!(may.columns[2].field.as_deref(), Some("remark"));
        assert_eq!(may.columns[1].month, YearMonth::new(2026, 5));
    }
}
