//! A cell of the matrix of formalities: √, 办理中, —, a date, a document's number.
use super::{
    Read, info,
    period::{self, DateContext},
};
use crate::{
    sheet::{Cell, CellValue},
    vocabulary::fold,
};
use jiff::civil::Date;
use lantu_model::{Formality, FormalityState, Period, Problem};

/// What a cell of the matrix says of a formality on a day, with every doubt; none where it says nothing or cannot be read.
pub fn read_formality(text: &str, kind: &str, today: Date) -> (Option<Formality>, Vec<Problem>) {
    let read = read(&Cell::text(text), kind, &DateContext { year: today.year(), today });
    (read.value, read.notes)
}

pub(super) fn read(cell: &Cell, kind: &str, dates: &DateContext) -> Read<Formality> {
    let text = cell.trimmed();
    let t = fold(text);
    if t.is_empty() || matches!(t.as_str(), "空" | "待定" | "?" | "无") {
        return Read::nothing();
    }
    if let CellValue::Date(..) = cell.value {
        let read = period::read_one(cell, dates);
        return match read.value {
            Some(period) => by_date(kind, period, dates, text),
            None => Read { value: None, notes: read.notes },
        };
    }
    if let CellValue::Bool(done) = cell.value {
        let state = if done { FormalityState::Granted } else { FormalityState::Planned };
        return Read::some(Formality::new(kind, state));
    }
    if not_needed(&t) {
        return Read::some(Formality::new(kind, FormalityState::NotNeeded));
    }
    let number = document_number(text);
    let rest = number.as_ref().map_or_else(|| t.clone(), |n| t.replace(&fold(n), ""));
    let date = period::within(&rest, dates);
    let state = state_of(&rest);
    match (state, number, date) {
        (None, Some(number), date) => {
            Read::some(Formality { number: Some(number), decided: date, ..Formality::new(kind, FormalityState::Granted) })
        }
        (None, None, Some(date)) => by_date(kind, date, dates, text),
        (Some(state), number, date) => with_state(kind, state, number, date, dates, text),
        (None, None, None) => Read::refused(Problem::warn("formality_unreadable").with("found", text)),
    }
}

/// A date says that it was granted when it is past, and that it is planned when it is to come.
fn by_date(kind: &str, date: Period, dates: &DateContext, text: &str) -> Read<Formality> {
    let past = date.last_day() <= dates.today;
    let formality = if past {
        Formality { decided: Some(date), ..Formality::new(kind, FormalityState::Granted) }
    } else {
        Formality { planned: Some(date), ..Formality::new(kind, FormalityState::Planned) }
    };
    let code = if past { "formality_past_date" } else { "formality_future_date" };
    Read::some(formality).noting(info(code).with("found", text))
}

fn with_state(
    kind: &str,
    state: FormalityState,
    number: Option<String>,
    date: Option<Period>,
    dates: &DateContext,
    text: &str,
) -> Read<Formality> {
    let mut formality = Formality { number, ..Formality::new(kind, state) };
    let to_come = date.is_some_and(|d| d.first_day() > dates.today);
    match state {
        FormalityState::Granted if to_come => {
            return Read::some(formality).noting(Problem::warn("formality_granted_later").with("found", text));
        }
        FormalityState::Granted => formality.decided = date,
        FormalityState::Applied if !to_come => formality.applied = date,
        // The day of a return belongs to its course, which only an act records.
        FormalityState::Returned => {}
        _ => formality.planned = date,
    }
    Read::some(formality)
}

fn not_needed(t: &str) -> bool {
    t.chars().all(|c| matches!(c, '-' | '/' | '\\'))
        || ["无需", "不需", "不涉及", "免办", "豁免", "不用办", "n/a", "not needed", "notneeded", "不适用"].iter().any(|w| t.starts_with(w))
}

fn state_of(t: &str) -> Option<FormalityState> {
    let has = |words: &[&str]| words.iter().any(|w| t.contains(w));
    let is = |words: &[&str]| words.contains(&t);
    if is(&["否", "x", "no", "n"]) || has(&["未", "×", "✗", "✕", "✘", "尚无", "预计", "计划", "拟", "待办", "没有", "planned"])
    {
        return Some(FormalityState::Planned);
    }
    if has(&["不予", "不同意", "退件", "驳回", "refused"]) {
        return Some(FormalityState::Refused);
    }
    if has(&["退回", "补正后重报", "returned"]) {
        return Some(FormalityState::Returned);
    }
    if has(&["过期", "失效", "lapsed", "expired"]) {
        return Some(FormalityState::Lapsed);
    }
    if has(&[
        "办理中",
        "在办",
        "正在",
        "受理",
        "申报",
        "上报",
        "公示",
        "评审",
        "编制",
        "报批",
        "审批中",
        "审核中",
        "进行中",
        "applied",
        "pending",
    ]) {
        return Some(FormalityState::Applied);
    }
    if is(&["是", "有", "已", "y", "yes", "ok", "1", "完", "granted", "done"])
        || has(&["√", "✓", "✔", "☑", "●", "已", "完成", "取得", "办结", "批复", "通过", "办妥", "备案完毕"])
    {
        return Some(FormalityState::Granted);
    }
    None
}

/// `平发改备〔2026〕12号`, `地字第330482202600012号`.
fn document_number(text: &str) -> Option<String> {
    let bracketed_year = ["〔20", "[20", "(20", "（20", "【20", "［20"].iter().any(|w| text.contains(w));
    let ends = text.rfind('号')?;
    let numbered = bracketed_year || text.contains("字第") || text.contains('第');
    let has_words = text.chars().next().is_some_and(|c| !c.is_ascii_digit());
    if !numbered || !has_words {
        return None;
    }
    let number: String = text[..ends + '号'.len_utf8()].chars().filter(|c| !c.is_whitespace()).collect();
    let number = number.trim_start_matches(['√', '✓', '已', '批', '复', ',', '，', ':', '：', '、']).to_owned();
    (number.chars().count() <= 60).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mark_of_the_matrix() {
        let dates = DateContext { year: 2026, today: Date::constant(2026, 5, 18) };
        use FormalityState::{Applied, Granted, NotNeeded, Planned};
        for (text, state, decided, planned) in [
            ("√", Granted, None, None),
            ("✓", Granted, None, None),
            ("是", Granted, None, None),
            ("已办", Granted, None, None),
            ("有", Granted, None, None),
            ("已取得（2026.3）", Granted, Some("2026-03"), None),
            ("办理中", Applied, None, None),
            ("在办，预计2026年8月", Planned, None, Some("2026-08")),
            ("—", NotNeeded, None, None),
            ("无需办理", NotNeeded, None, None),
            ("不涉及", NotNeeded, None, None),
            ("×", Planned, None, None),
            ("未办", Planned, None, None),
            ("否", Planned, None, None),
            ("2026.3.15", Granted, Some("2026-03-15"), None),
            ("2026年9月", Planned, None, Some("2026-09")),
            ("8月", Planned, None, Some("2026-08")),
            ("示发改备〔2026〕12号", Granted, None, None),
        ] {
            let f = read(&Cell::text(text), "eia", &dates).value.unwrap_or_else(|| panic!("{text}"));
            let said = (f.state, f.decided.map(|p| p.to_string()), f.planned.map(|p| p.to_string()));
            assert_eq!(said, (state, decided.map(str::to_owned), planned.map(str::to_owned)), "{text}");
        }
        let numbered = read(&Cell::text("示发改备〔2026〕12号"), "filing", &dates).value.unwrap();
        assert_eq!(numbered.number.as_deref(), Some("示发改备〔2026〕12号"));
        assert!(read(&Cell::text(""), "eia", &dates).value.is_none());
        assert_eq!(read(&Cell::text("详见附件"), "eia", &dates).notes[0].code, "formality_unreadable");
    }
}
