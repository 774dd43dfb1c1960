//! Every cell of every row, read into a draft; every doubt named at its cell.
mod amount;
mod codes;
mod formality;
mod people;
mod period;
mod repeats;
mod totals;

pub use formality::read_formality;

use crate::{
    header::HeaderFound,
    mapping::{ColumnMap, Mapping, is_amount, is_area},
    rows::{RowKind, classify},
    sheet::{Cell, CellValue, Sheet},
    vocabulary::{Unit, fold},
};
use jiff::civil::Date;
use lantu_model::{Area, Formality, Money, Period, Problem, Severity, YearMonth};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

/// What a cell does not say itself.
#[derive(Clone, Debug)]
pub struct Defaults {
    /// The year of `8月`.
    pub year: i16,
    pub today: Date,
    /// The unit of amounts whose heading names none.
    pub money_unit: Unit,
    /// Whether project codes are China's national ones, whose form can be judged.
    pub national_codes: bool,
}

impl Defaults {
    pub fn new(year: i16, today: Date) -> Self {
        Self { year, today, money_unit: Unit::wan(), national_codes: true }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonText {
    pub name: String,
    pub phone: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DraftValue {
    Text(String),
    Money(Money),
    Area(Area),
    Period(Period),
    Date(Date),
    Formality(Formality),
    /// Organisations of a role.
    Names(Vec<String>),
    People(Vec<PersonText>),
    /// The current code first.
    Codes(Vec<String>),
    Bool(bool),
    /// An annual figure.
    YearMoney(i16, Money),
    /// A figure from January to the end of the month.
    MonthMoney(YearMonth, Money),
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldDraft {
    pub value: DraftValue,
    pub raw: String,
    /// `F12`.
    pub cell: String,
    /// What was supposed in reading it, for the formula bar: 原文 → 读作 → 依据.
    #[serde(default)]
    pub assumptions: Vec<Problem>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellProblem {
    pub sheet: String,
    pub cell: String,
    pub problem: Problem,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowDraft {
    /// One-based, as in the file (of a turned table: the column).
    pub row: usize,
    pub kind: RowKind,
    /// The group headings that the row stands under.
    pub group: Option<String>,
    /// The text of each cell as it stands.
    pub cells: Vec<String>,
    pub fields: BTreeMap<String, FieldDraft>,
    pub problems: Vec<CellProblem>,
}

impl RowDraft {
    pub fn blocked(&self) -> bool {
        self.problems.iter().any(|p| p.problem.severity == Severity::Block)
    }
    pub fn text(&self, field: &str) -> Option<&str> {
        match &self.fields.get(field)?.value {
            DraftValue::Text(t) => Some(t),
            _ => None,
        }
    }
    pub fn money(&self, field: &str) -> Option<Money> {
        match self.fields.get(field)?.value {
            DraftValue::Money(m) | DraftValue::YearMoney(_, m) | DraftValue::MonthMoney(_, m) => Some(m),
            _ => None,
        }
    }
    fn find(&mut self, sheet: &Sheet, column: usize, problem: Problem) {
        let cell = sheet.cell_name(self.row - 1, column);
        self.problems.push(CellProblem { sheet: sheet.name.clone(), problem: problem.at(cell.clone()), cell });
    }
}

pub(crate) fn info(code: &str) -> Problem {
    Problem::new(Severity::Info, code)
}

/// Reads the table. One draft for each row of the sheet, whatever its kind; only rows of kind `Data` carry fields.
pub fn read_rows(sheet: &Sheet, header: &HeaderFound, mapping: &Mapping, defaults: &Defaults) -> Vec<RowDraft> {
    let labels = classify(sheet, header, mapping);
    let reader = RowReader::new(sheet, header, mapping, defaults);
    let mut drafts: Vec<RowDraft> = labels
        .iter()
        .enumerate()
        .map(|(r, label)| {
            let cells = sheet.rows[r].iter().map(|c| c.text.clone()).collect();
            let mut draft =
                RowDraft { row: r + 1, kind: label.kind, group: label.group.clone(), cells, fields: BTreeMap::new(), problems: vec![] };
            if label.kind == RowKind::Data {
                reader.read(&mut draft);
            }
            draft
        })
        .collect();
    if let Some(head) = drafts.get_mut(header.last) {
        reader.judge_columns(head);
    }
    let repeats = repeats::block_repeats(sheet, mapping, &mut drafts);
    totals::check(sheet, mapping, defaults, &labels, &repeats, &mut drafts);
    drafts
}

struct RowReader<'a> {
    sheet: &'a Sheet,
    mapping: &'a Mapping,
    defaults: &'a Defaults,
    name_column: Option<usize>,
    /// Cells below the first of a vertical merge, with that first row.
    covered: HashMap<(usize, usize), usize>,
    /// First rows of merges over several data rows.
    covering: HashMap<(usize, usize), usize>,
    national_codes: bool,
}

impl<'a> RowReader<'a> {
    fn new(sheet: &'a Sheet, header: &HeaderFound, mapping: &'a Mapping, defaults: &'a Defaults) -> Self {
        let (mut covered, mut covering, mut work) = (HashMap::new(), HashMap::new(), 0usize);
        for m in sheet.merges.iter().filter(|m| m.top > header.last && m.bottom > m.top) {
            let bottom = m.bottom.min(sheet.rows.len().saturating_sub(1));
            work += bottom.saturating_sub(m.top);
            if work > 1_000_000 {
                break;
            }
            covering.insert((m.top, m.left), bottom);
            for r in m.top + 1..=bottom {
                covered.insert((r, m.left), m.top);
            }
        }
        let name_column = mapping.column_of("name").map(|c| c.index);
        let national_codes = defaults.national_codes;
        Self { sheet, mapping, defaults, name_column, covered, covering, national_codes }
    }

    fn dates(&self) -> period::DateContext {
        period::DateContext { year: self.defaults.year, today: self.defaults.today }
    }

    /// Findings about a column as a whole stand at its heading.
    fn judge_columns(&self, head: &mut RowDraft) {
        let mut seen = BTreeMap::new();
        for column in &self.mapping.columns {
            let Some(field) = column.field.as_deref() else { continue };
            if field != "seq" && seen.insert(field, column.index).is_some() {
                head.find(self.sheet, column.index, Problem::warn("field_twice").with("field", field));
            }
            if is_amount(field) && !is_area(field) && column.unit.is_none() {
                head.find(self.sheet, column.index, info("unit_assumed").with("unit", self.defaults.money_unit.word()));
            }
        }
        if self.name_column.is_none() {
            head.find(self.sheet, 0, Problem::block("no_name_column"));
        }
    }

    fn read(&self, draft: &mut RowDraft) {
        let r = draft.row - 1;
        for column in &self.mapping.columns {
            let Some(field) = column.field.as_deref().filter(|f| !matches!(*f, "seq" | "")) else { continue };
            if draft.fields.contains_key(field) {
                continue;
            }
            let from = if self.spreads(field) { self.covered.get(&(r, column.index)).copied().unwrap_or(r) } else { r };
            let cell = self.sheet.cell(from, column.index);
            self.read_cell(draft, column, field, cell);
        }
        self.require_name(draft);
        self.judge_row(draft);
    }

    /// A value merged over several rows holds for each; an amount, a name or a code is only one project's.
    fn spreads(&self, field: &str) -> bool {
        !is_amount(field) && !matches!(field, "name" | "code")
    }

    fn read_cell(&self, draft: &mut RowDraft, column: &ColumnMap, field: &str, cell: &Cell) {
        match cell.value {
            CellValue::Empty => return,
            CellValue::Error if field == "name" => {
                return draft.find(self.sheet, column.index, Problem::block("cell_error").with("found", &cell.text));
            }
            CellValue::Error => return draft.find(self.sheet, column.index, Problem::warn("cell_error").with("found", &cell.text)),
            CellValue::NoValue if field == "name" => return draft.find(self.sheet, column.index, Problem::block("formula_no_value")),
            CellValue::NoValue => return draft.find(self.sheet, column.index, Problem::warn("formula_no_value")),
            _ => {}
        }
        let mut found = Found { problems: vec![], assumptions: vec![] };
        let value = self.value(column, field, cell, &mut found);
        let name = self.sheet.cell_name(draft.row - 1, column.index);
        for problem in found.problems {
            draft.find(self.sheet, column.index, problem);
        }
        let keep = |value| FieldDraft { value, raw: cell.text.clone(), cell: name.clone(), assumptions: found.assumptions.clone() };
        match value {
            Some(Value::One(value)) => {
                draft.fields.insert(field.to_owned(), keep(value));
            }
            Some(Value::Years(start, finish)) => {
                for (key, period) in [("start_planned", start), ("finish_planned", finish)] {
                    if let Some(period) = period {
                        draft.fields.entry(key.to_owned()).or_insert_with(|| keep(DraftValue::Period(period)));
                    }
                }
            }
            None => {}
        }
        if is_amount(field)
            && let Some(bottom) = self.covering.get(&(draft.row - 1, column.index))
        {
            draft.find(self.sheet, column.index, Problem::warn("amount_merged").with("first", draft.row).with("last", bottom + 1));
        }
    }

    fn value(&self, column: &ColumnMap, field: &str, cell: &Cell, found: &mut Found) -> Option<Value> {
        let one = |v| Some(Value::One(v));
        match field {
            "total_investment" | "prior_done" => self.money(column, cell, found).and_then(|m| one(DraftValue::Money(m))),
            "annual_plan" => {
                let year = column.year.unwrap_or(self.defaults.year);
                self.money(column, cell, found).and_then(|m| one(DraftValue::YearMoney(year, m)))
            }
            "ytd_done" => {
                let month = column.month.unwrap_or_else(|| self.last_month(found));
                self.money(column, cell, found).and_then(|m| one(DraftValue::MonthMoney(month, m)))
            }
            f if is_area(f) => found.take(amount::read_area(cell, column.unit.as_ref())).and_then(|a| one(DraftValue::Area(a))),
            "start_planned" | "finish_planned" | "operate_planned" | "ramp_planned" => {
                found.take(period::read_one(cell, &self.dates())).and_then(|p| one(DraftValue::Period(p)))
            }
            "years_range" => found.take(period::read_range(cell, &self.dates())).map(|(a, b)| Value::Years(a, b)),
            f if f.ends_with("_on") => {
                let period = found.take(period::read_one(cell, &self.dates()))?;
                if period.first_day() > self.defaults.today {
                    found.problems.push(Problem::warn("date_not_yet").with("found", cell.trimmed()));
                    return None;
                }
                if period.first_day() != period.last_day() {
                    found.assumptions.push(info("day_assumed").with("day", period.first_day()).with("found", cell.trimmed()));
                }
                one(DraftValue::Date(period.first_day()))
            }
            "code" => found.take(codes::read_codes(cell, self.national_codes)).and_then(|c| one(DraftValue::Codes(c))),
            "owner_uscc" => found.take(codes::read_uscc(cell)).and_then(|c| one(DraftValue::Text(c))),
            "classified" => found.take(codes::read_classified(cell)).and_then(|c| one(DraftValue::Bool(c))),
            f if f.starts_with("formality:") => {
                let kind = &f["formality:".len()..];
                found.take(formality::read(cell, kind, &self.dates())).and_then(|f| one(DraftValue::Formality(f)))
            }
            f if f.starts_with("person:") => found.take(people::read_people(cell)).and_then(|p| one(DraftValue::People(p))),
            f if f.starts_with("role:") => found.take(people::read_orgs(cell)).and_then(|n| one(DraftValue::Names(n))),
            f => self.text(f, cell, found).and_then(|t| one(DraftValue::Text(t))),
        }
    }

    fn money(&self, column: &ColumnMap, cell: &Cell, found: &mut Found) -> Option<Money> {
        let unit = column.unit.as_ref().filter(|u| u.is_money()).unwrap_or(&self.defaults.money_unit);
        if column.unit.is_none() {
            found.assumptions.push(info("unit_assumed").with("unit", unit.word()));
        }
        found.take(amount::read_money(cell, unit))
    }

    fn last_month(&self, found: &mut Found) -> YearMonth {
        let today = YearMonth::of(self.defaults.today);
        // January's figure is never reported alone, so the month before today is the latest that can be complete.
        let month = YearMonth::new(today.year(), (today.month() - 1).max(1)).unwrap_or(today);
        found.assumptions.push(info("month_assumed").with("month", month));
        month
    }

    fn text(&self, field: &str, cell: &Cell, found: &mut Found) -> Option<String> {
        let bad =
            |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t') || matches!(c, '\u{fffd}' | '\u{202e}' | '\u{202d}' | '\u{feff}');
        if cell.text.contains(bad) {
            found.problems.push(Problem::warn("control_characters"));
        }
        let clean: String = cell.text.chars().filter(|c| !bad(*c) && *c != '\u{200b}').collect();
        let long_form = matches!(field, "scale" | "remark" | "physical_progress") || field.starts_with("extra:");
        let text = if long_form { clean.trim().to_owned() } else { clean.split_whitespace().collect::<Vec<_>>().join(" ") };
        let limit = if long_form { 2_000 } else { 200 };
        let length = text.chars().count();
        if length > limit {
            let problem = if field == "name" { Problem::block("text_too_long") } else { Problem::warn("text_too_long") };
            found.problems.push(problem.with("length", length).with("limit", limit));
            return None;
        }
        let empty = text.is_empty() || (!long_form && text.chars().all(|c| matches!(c, '-' | '—' | '–' | '－' | '/')));
        (!empty).then_some(text)
    }

    fn require_name(&self, draft: &mut RowDraft) {
        let Some(column) = self.name_column else { return };
        let Some(name) = draft.text("name").map(fold) else {
            if draft.problems.iter().any(|p| p.problem.severity == Severity::Block && p.cell == self.sheet.cell_name(draft.row - 1, column))
            {
                return;
            }
            let problem = match self.covered.get(&(draft.row - 1, column)) {
                Some(top) => Problem::block("name_merged").with("row", top + 1),
                None => Problem::block("name_missing"),
            };
            return draft.find(self.sheet, column, problem);
        };
        if name.contains("(涉密)") || name.contains("涉密项目") || name.contains("[涉密]") {
            draft.find(self.sheet, column, Problem::block("classified_project").with("found", "涉密"));
        }
    }

    /// What can only be judged by several cells of a row.
    fn judge_row(&self, draft: &mut RowDraft) {
        self.judge_total_unit(draft);
        let order = [("start_planned", "finish_planned"), ("finish_planned", "operate_planned"), ("operate_planned", "ramp_planned")];
        for (before, after) in order {
            let day = |f: &str| match draft.fields.get(f).map(|d| &d.value) {
                Some(DraftValue::Period(p)) => Some(*p),
                _ => None,
            };
            if let (Some(a), Some(b)) = (day(before), day(after))
                && a.first_day() > b.last_day()
                && let Some(column) = self.column_of_cell(draft, after)
            {
                draft.find(self.sheet, column, Problem::warn("planned_order").with("first", a).with("second", b));
            }
        }
    }

    fn column_of_cell(&self, draft: &RowDraft, field: &str) -> Option<usize> {
        self.sheet.locate(&draft.fields.get(field)?.cell).map(|(_, column)| column)
    }

    /// 86000 in a column of 亿元 whose row plans 12000 万元 this year: read in the unit that the row supports, and said so.
    fn judge_total_unit(&self, draft: &mut RowDraft) {
        let Some(total) = draft.money("total_investment") else { return };
        let Some(column) = self.mapping.column_of("total_investment") else { return };
        let parts: Vec<Money> =
            ["annual_plan", "ytd_done", "prior_done"].iter().filter_map(|f| draft.money(f)).filter(|m| m.fen() > 0).collect();
        let largest = parts.iter().copied().max();
        let fen = column.unit.as_ref().and_then(Unit::fen).unwrap_or(Money::FEN_PER_WAN);
        let said_itself = draft.fields.get("total_investment").is_some_and(|f| f.assumptions.iter().any(|a| a.code == "unit_in_cell"));
        if !said_itself && let Some((read_as, word, suspect)) = amount::other_unit(total, fen, largest) {
            let field = draft.fields.get_mut("total_investment");
            let Some(field) = field else { return };
            let raw = field.raw.clone();
            let problem = Problem::warn("money_unit_suspect").with("found", &raw).with("column_unit", amount::unit_word(fen));
            let problem = match suspect {
                amount::Suspicion::Supported => {
                    field.value = DraftValue::Money(read_as);
                    let by = largest.map(Money::to_wan_string).unwrap_or_default();
                    field.assumptions.push(info("unit_read_by_row").with("unit", word).with("support", by).with("found", &raw));
                    problem.with("read_as", format!("{} 万元", read_as.to_wan_string()))
                }
                amount::Suspicion::Unsupported => problem.with("read_as", format!("{} 万元", total.to_wan_string())),
            };
            return draft.find(self.sheet, column.index, problem);
        }
        for field in ["annual_plan", "ytd_done"] {
            if draft.money(field).is_some_and(|m| m > total)
                && let Some(column) = self.column_of_cell(draft, field)
            {
                draft.find(self.sheet, column, Problem::warn("figure_over_total").with("total", format!("{} 万元", total.to_wan_string())));
            }
        }
    }
}

enum Value {
    One(DraftValue),
    Years(Option<Period>, Option<Period>),
}

/// What was found while reading one cell.
struct Found {
    problems: Vec<Problem>,
    assumptions: Vec<Problem>,
}

impl Found {
    /// Splits what a reader noted into findings (warnings) and suppositions (infos).
    fn take<T>(&mut self, read: Read<T>) -> Option<T> {
        for note in read.notes {
            if note.severity == Severity::Info { self.assumptions.push(note) } else { self.problems.push(note) }
        }
        read.value
    }
}

/// A reading: a value or none, with what was noted on the way.
pub(crate) struct Read<T> {
    pub value: Option<T>,
    pub notes: Vec<Problem>,
}

impl<T> Read<T> {
    pub(crate) fn nothing() -> Self {
        Self { value: None, notes: vec![] }
    }
    pub(crate) fn some(value: T) -> Self {
        Self { value: Some(value), notes: vec![] }
    }
    pub(crate) fn refused(problem: Problem) -> Self {
        Self { value: None, notes: vec![problem] }
    }
    pub(crate) fn noting(mut self, note: Problem) -> Self {
        self.notes.push(note);
        self
    }
}

/// Text that stands for nothing at all.
pub(crate) fn says_nothing(folded: &str) -> bool {
    let dashes = folded.chars().all(|c| matches!(c, '-' | '/' | '\\' | '.' | '?' | '*' | '…' | '·'));
    dashes
        || ["无", "待定", "未定", "暂无", "未知", "暂未确定", "待明确", "空", "n/a", "na", "tbd", "tbc", "none", "null"].contains(&folded)
}
