//! Written subtotals against the sum of their rows. Totals are never imported; they only check.
use super::{Defaults, DraftValue, RowDraft, amount, info};
use crate::{
    mapping::{Mapping, is_amount, is_area},
    rows::{RowKind, RowLabel},
    sheet::Sheet,
    vocabulary::{Unit, fold},
};
use lantu_model::{Money, Problem};
use std::collections::HashSet;

pub(super) fn check(
    sheet: &Sheet,
    mapping: &Mapping,
    defaults: &Defaults,
    labels: &[RowLabel],
    repeats: &HashSet<usize>,
    drafts: &mut [RowDraft],
) {
    let counted: Vec<usize> = prefix(labels.len(), |r| usize::from(labels[r].kind == RowKind::Data && !repeats.contains(&r)));
    let spans = spans_of(labels, drafts);
    // Explaining a difference walks the repeated rows: enough for any real list, bounded for any other.
    let mut explained = 0;
    for column in &mapping.columns {
        let Some(field) = column.field.as_deref().filter(|f| is_amount(f)) else { continue };
        let figures: Vec<Option<i64>> = drafts.iter().map(|d| figure(d, field)).collect();
        let sums: Vec<i128> = prefix(labels.len(), |r| if repeats.contains(&r) { 0 } else { i128::from(figures[r].unwrap_or(0)) });
        for r in 0..labels.len() {
            if spans[r].is_empty() {
                continue;
            }
            let Some(written) = Written::read(sheet, r, column.index, field, column.unit.as_ref(), defaults) else { continue };
            let sum = |(a, b): (usize, usize)| sums[b] - sums[a];
            let filled = |(a, b): (usize, usize)| counted[b] > counted[a];
            let spans: Vec<(usize, usize)> = spans[r].iter().copied().filter(|s| filled(*s)).collect();
            let Some(first) = spans.first().copied() else { continue };
            if spans.iter().any(|s| written.agrees(sum(*s))) {
                continue;
            }
            let difference = i128::from(written.value) - sum(first);
            let mut problem = Problem::warn("subtotal_differs")
                .with("written", written.show(i128::from(written.value)))
                .with("sum", written.show(sum(first)))
                .with("difference", written.show(difference))
                .with("rows", counted[first.1] - counted[first.0]);
            explained += 1;
            let alike = |i: &&usize| (first.0..first.1).contains(*i) && figures[**i].map(i128::from) == Some(difference);
            if let Some(twice) = Some(repeats).filter(|_| explained <= 50).and_then(|r| r.iter().find(alike)) {
                problem = problem.with("row", twice + 1);
            }
            drafts[r].find(sheet, column.index, problem);
        }
    }
    for r in 0..labels.len() {
        let (Some(claimed), false) = (labels[r].claims, spans[r].is_empty()) else { continue };
        let counts: Vec<usize> = spans[r].iter().map(|(a, b)| counted[*b] - counted[*a]).collect();
        if !counts.contains(&claimed) {
            let column = sheet.rows[r].iter().position(|c| !c.is_empty()).unwrap_or(0);
            drafts[r].find(sheet, column, info("group_count_differs").with("written", claimed).with("counted", counts[0]));
        }
    }
}

fn prefix<T: Copy + Default + std::ops::Add<Output = T>>(n: usize, of: impl Fn(usize) -> T) -> Vec<T> {
    let mut sums = vec![T::default()];
    for r in 0..n {
        sums.push(sums[r] + of(r));
    }
    sums
}

fn figure(draft: &RowDraft, field: &str) -> Option<i64> {
    match draft.fields.get(field)?.value {
        DraftValue::Money(m) | DraftValue::YearMoney(_, m) | DraftValue::MonthMoney(_, m) => Some(m.fen()),
        DraftValue::Area(a) => Some(a.m2()),
        _ => None,
    }
}

/// For each row the stretches of rows that it may be the total of, the likeliest first; one pass each way.
fn spans_of(labels: &[RowLabel], drafts: &[RowDraft]) -> Vec<Vec<(usize, usize)>> {
    let n = labels.len();
    let mut spans = vec![vec![]; n];
    // The next row that ends a group of each depth, and the next total.
    let (mut ends, mut next_total) = ([n; 4], n);
    for r in (0..n).rev() {
        let label = &labels[r];
        let depth = usize::from(label.depth.clamp(1, 3));
        match label.kind {
            RowKind::Group => {
                spans[r] = vec![(r + 1, ends[depth])];
                // A group also ends every deeper one before it.
                ends[depth..].fill(r);
            }
            RowKind::Subtotal => {
                spans[r] = vec![(r + 1, next_total)];
                next_total = r;
            }
            _ => {}
        }
    }
    let (mut since_any, mut since_group) = (0, 0);
    for r in 0..n {
        match labels[r].kind {
            RowKind::Group => {
                since_any = r + 1;
                if labels[r].depth <= 1 {
                    since_group = r + 1;
                }
            }
            RowKind::Subtotal => {
                let words: String = drafts[r].cells.iter().map(|c| fold(c)).find(|c| !c.is_empty()).unwrap_or_default();
                let part = words.contains("小计") || words.starts_with("sub");
                let (near, group, whole) = ((since_any, r), (since_group, r), (0, n));
                let after = spans[r].first().copied().unwrap_or(whole);
                spans[r] = if part { vec![near, group, after, whole] } else { vec![whole, near, group] };
                since_any = r + 1;
            }
            _ => {}
        }
    }
    spans
}

struct Written {
    value: i64,
    /// Half of the last digit written.
    tolerance: i128,
    unit: i64,
    land: bool,
}

impl Written {
    fn read(sheet: &Sheet, r: usize, column: usize, field: &str, unit: Option<&Unit>, defaults: &Defaults) -> Option<Self> {
        let cell = sheet.cell(r, column);
        if cell.is_empty() {
            return None;
        }
        let decimals = cell.trimmed().split_once('.').map_or(0, |(_, d)| d.chars().take_while(char::is_ascii_digit).count().min(6));
        let last_digit = |scale: i64| i128::from(scale) / 10i128.pow(decimals as u32) / 2 + 1;
        if is_area(field) {
            let area = amount::read_area(cell, unit).value?;
            let scale = unit.unwrap_or(&Unit::Mu).area("1").map_or(667, lantu_model::Area::m2);
            // Each row's 亩 were rounded to m² on the way in.
            return Some(Self { value: area.m2(), tolerance: last_digit(scale) + sheet.rows.len() as i128, unit: scale, land: true });
        }
        let unit = unit.filter(|u| u.is_money()).unwrap_or(&defaults.money_unit);
        let fen = unit.fen()?;
        Some(Self { value: amount::read_money(cell, unit).value?.fen(), tolerance: last_digit(fen), unit: fen, land: false })
    }

    fn agrees(&self, sum: i128) -> bool {
        (i128::from(self.value) - sum).abs() <= self.tolerance
    }

    /// In the column's own unit.
    fn show(&self, value: i128) -> String {
        let value = i64::try_from(value).unwrap_or(if value < 0 { i64::MIN + 1 } else { i64::MAX });
        if self.land {
            return lantu_model::Area::from_m2(value).to_mu_string();
        }
        // A sum in 万元 shifted to the column's unit, exactly.
        let hundredths = i128::from(value) * 10_000 / i128::from(self.unit.max(1));
        let as_wan = i64::try_from(hundredths * i128::from(Money::FEN_PER_WAN) / 10_000).unwrap_or(i64::MAX);
        Money::from_fen(as_wan).to_wan_string()
    }
}
