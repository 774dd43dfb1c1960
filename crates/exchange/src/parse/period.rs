//! Dates in the forms offices write. A partial date is a period with its precision.
use super::{Read, info, says_nothing};
use crate::{
    sheet::{Cell, CellValue},
    vocabulary::fold,
};
use jiff::{ToSpan, civil::Date};
use lantu_model::{Period, Precision, Problem, YearMonth};

#[derive(Clone, Copy, Debug)]
pub(crate) struct DateContext {
    pub year: i16,
    pub today: Date,
}

impl DateContext {
    fn plausible(&self, period: Period) -> bool {
        (1980..=self.today.year().saturating_add(40)).contains(&period.first_day().year())
    }
}

/// One date or period; of a range its first, with a warning.
pub(crate) fn read_one(cell: &Cell, context: &DateContext) -> Read<Period> {
    if let Some(read) = read_typed(cell, context) {
        return read;
    }
    let text = cell.trimmed();
    let t = prepared(text);
    if says_nothing(&t) {
        return Read::nothing();
    }
    if let Some((period, assumed)) = single(&t, context) {
        return checked(period, assumed, text, cell, context);
    }
    if let Some((first, _)) = range(&t, context) {
        return Read::some(first).noting(Problem::warn("date_is_range").with("found", text).with("read_as", first));
    }
    if already(&t) {
        return Read::nothing().noting(info("already_happened").with("found", text));
    }
    Read::refused(Problem::warn("date_unreadable").with("found", text))
}

/// 起止年限: start and finish.
pub(crate) fn read_range(cell: &Cell, context: &DateContext) -> Read<(Option<Period>, Option<Period>)> {
    let text = cell.trimmed();
    let t = prepared(text);
    if says_nothing(&t) {
        return Read::nothing();
    }
    // `2026-03-15` is a day, not 2026 to the 15th of March.
    let parts: Vec<usize> = t.split('-').map(|p| if p.bytes().all(|b| b.is_ascii_digit()) { p.len() } else { 0 }).collect();
    let a_day = matches!(cell.value, CellValue::Date(..)) || matches!(parts.as_slice(), [4, 1..=2, 1..=2]);
    if !a_day && let Some((first, last)) = range(&t, context) {
        if !context.plausible(first) || !context.plausible(last) {
            return Read::refused(Problem::warn("date_implausible").with("found", text));
        }
        return Read::some((Some(first), Some(last)));
    }
    let one = read_one(cell, context);
    match one.value {
        Some(period) => Read::some((Some(period), Some(period))).noting(info("one_year_assumed").with("found", text)),
        None => Read { value: None, notes: one.notes },
    }
}

/// The first date within a longer text: `已取得(2026.3)`.
pub(crate) fn within(text: &str, context: &DateContext) -> Option<Period> {
    let t = prepared(text);
    let belongs = |c: char| c.is_ascii_digit() || "年月日号.-/上中下旬底初末半季度第".contains(c);
    let start = t.find(|c: char| c.is_ascii_digit())?;
    let run: String = t[start..].chars().take_while(|c| belongs(*c)).collect();
    let run = run.trim_end_matches(['.', '-', '/', '第', '上', '中', '下', '半']);
    single(run, context).map(|(p, _)| p).filter(|p| context.plausible(*p))
}

/// Cells that a spreadsheet knows to be dates, and numbers that are one's serial.
fn read_typed(cell: &Cell, context: &DateContext) -> Option<Read<Period>> {
    let period = match cell.value {
        CellValue::Date(date, Precision::Year) => Period::year(date.year())?,
        CellValue::Date(date, Precision::Month) => Period::month(YearMonth::of(date)),
        CellValue::Date(date, _) => Period::day(date),
        CellValue::Bool(_) => return Some(Read::refused(Problem::warn("date_unreadable").with("found", &cell.text))),
        _ => return None,
    };
    Some(if context.plausible(period) {
        Read::some(period)
    } else {
        Read::refused(Problem::warn("date_implausible").with("found", &cell.text))
    })
}

fn checked(period: Period, assumed: Option<Problem>, text: &str, cell: &Cell, context: &DateContext) -> Read<Period> {
    if !context.plausible(period) {
        return Read::refused(Problem::warn("date_implausible").with("found", text));
    }
    let mut read = Read::some(period);
    read.notes.extend(assumed);
    // A number cell drops a trailing zero: 2026.1 may have been typed as 2026.10.
    if cell.value == CellValue::Number && text.len() >= 4 && text.ends_with(".1") {
        read.notes.push(Problem::warn("date_ambiguous").with("found", text).with("read_as", period));
    }
    read
}

fn already(t: &str) -> bool {
    ["已开工", "已竣工", "已完工", "已投产", "已达产", "在建", "续建", "已建成", "已投用", "完工", "竣工", "开工", "已完成", "建成"]
        .contains(&t)
}

const TAILS: [&str; 14] = ["开工", "竣工", "完工", "建成", "投产", "投用", "达产", "完成", "动工", "启动", "之前", "以前", "左右", "前"];

/// Folded, without words that change nothing, with Chinese numerals as digits.
fn prepared(text: &str) -> String {
    let text = match text.find([' ', 'T']) {
        Some(at) if text[at..].contains(':') && text[..at].ends_with(|c: char| c.is_ascii_digit() || c == '日') => &text[..at],
        _ => text,
    };
    let mut t = fold(text).replace(['至', '到'], "至");
    for word in [
        "公元",
        "预计于",
        "预计",
        "计划于",
        "计划",
        "力争",
        "争取",
        "确保",
        "暂定",
        "最迟",
        "目标",
        "大约",
        "约",
        "已于",
        "拟于",
        "拟",
        "于",
    ] {
        if let Some(rest) = t.strip_prefix(word).filter(|r| !r.is_empty()) {
            t = rest.to_owned();
        }
    }
    // Twice, for words after words: 6月前开工.
    for _ in 0..2 {
        for word in TAILS {
            let dated = |r: &&str| r.ends_with(|c: char| c.is_ascii_digit() || "年月日号底末初旬度内前".contains(c));
            if let Some(rest) = t.strip_suffix(word).filter(dated) {
                t = rest.to_owned();
            }
        }
    }
    chinese_digits(t.strip_suffix('份').unwrap_or(&t))
}

/// 二〇二六年三月 → 2026年3月. Only numerals that stand before a unit of time are touched.
fn chinese_digits(t: &str) -> String {
    let digit = |c: char| "〇一二三四五六七八九".chars().position(|d| d == c).or((c == '零' || c == '○').then_some(0)).map(|d| d as u32);
    let chars: Vec<char> = t.chars().collect();
    let (mut out, mut i) = (String::new(), 0);
    while i < chars.len() {
        let run = chars[i..].iter().take_while(|c| digit(**c).is_some() || **c == '十').count();
        let follows = chars.get(i + run).is_some_and(|c| "年月日号季".contains(*c));
        if run == 0 || !follows {
            out.push(chars[i]);
            i += 1;
            continue;
        }
        let numeral = &chars[i..i + run];
        match numeral.iter().position(|c| *c == '十') {
            Some(at) => {
                let tens = numeral[..at].first().and_then(|c| digit(*c)).unwrap_or(1);
                let ones = numeral.get(at + 1).and_then(|c| digit(*c)).unwrap_or(0);
                out.push_str(&(tens * 10 + ones).to_string());
            }
            None => out.extend(numeral.iter().filter_map(|c| digit(*c)).filter_map(|d| char::from_digit(d, 10))),
        }
        i += run;
    }
    out
}

fn range(t: &str, context: &DateContext) -> Option<(Period, Period)> {
    let t = t.replace("--", "-").replace("-至", "至");
    if let Some((a, b)) = t.split_once('至') {
        return pair(a, b, context);
    }
    t.match_indices('-').find_map(|(at, _)| pair(&t[..at], &t[at + 1..], context))
}

fn pair(a: &str, b: &str, context: &DateContext) -> Option<(Period, Period)> {
    // `2026年3-12月`: the month of the first is told by the second.
    let a =
        if b.contains('月') && a.contains('年') && !a.contains('月') && !a.ends_with('年') { format!("{a}月") } else { a.to_owned() };
    let a = if b.ends_with('年') && a.len() == 4 { format!("{a}年") } else { a };
    let (first, assumed) = single(&a, context)?;
    if assumed.is_some() {
        return None;
    }
    let own_year = DateContext { year: first.first_day().year(), ..*context };
    let last = if b.len() <= 2 && b.bytes().all(|c| c.is_ascii_digit()) && first.precision() == Precision::Month {
        Period::month(YearMonth::new(own_year.year, b.parse().ok()?)?)
    } else {
        single(b, &own_year)?.0
    };
    (first.first_day() <= last.last_day()).then_some((first, last))
}

/// One date from prepared text, with what was supposed.
fn single(t: &str, context: &DateContext) -> Option<(Period, Option<Problem>)> {
    let sure = |p: Period| Some((p, None));
    if !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit()) {
        return bare_digits(t).map(|p| (p, None));
    }
    if let Some(period) = english(t) {
        return sure(period);
    }
    if let Some((year, rest)) = leading_year(t) {
        return within_year(year, rest).map(|p| (p, None));
    }
    let relative = [("今年", 0), ("本年", 0), ("当年", 0), ("明年", 1), ("去年", -1), ("次年", 1)];
    let of_year = |year: i16| info("year_assumed").with("year", year);
    for (word, shift) in relative {
        if let Some(rest) = t.strip_prefix(word) {
            let year = context.today.year() + shift;
            return within_year(year, rest).map(|p| (p, Some(of_year(year))));
        }
    }
    if let Some(period) = separated(t) {
        return sure(period);
    }
    if let Some(period) = month_and_day(t, context.year) {
        return Some((period, Some(of_year(context.year))));
    }
    let rest = t.strip_prefix('年').unwrap_or(t);
    let yearly = ["底", "末", "内", "初", "中"].iter().any(|w| rest.starts_with(w)) && rest.len() < t.len();
    let in_year = t.contains('月') || t.contains("季度") || t.contains("半年") || yearly;
    in_year.then(|| within_year(context.year, rest)).flatten().map(|p| (p, Some(of_year(context.year))))
}

fn bare_digits(t: &str) -> Option<Period> {
    let n: i64 = t.parse().ok()?;
    match t.len() {
        4 => Period::year(n as i16).filter(|_| (1980..2100).contains(&n)),
        // 2000 to 2099 as serial numbers.
        5 if (36_526..=73_050).contains(&n) => Date::constant(1899, 12, 30).checked_add(n.days()).ok().map(Period::day),
        6 => YearMonth::new((n / 100) as i16, (n % 100) as i8).map(Period::month),
        8 => Date::new((n / 10_000) as i16, (n / 100 % 100) as i8, (n % 100) as i8).ok().map(Period::day),
        _ => None,
    }
}

/// `2026年…` and `26年…`; the year and what follows it.
fn leading_year(t: &str) -> Option<(i16, &str)> {
    let (digits, rest) = number(t)?;
    let rest = rest.strip_prefix('年')?;
    Some((full_year(digits)?, rest.trim_start_matches(['-', '.', '/', ','])))
}

fn full_year(digits: &str) -> Option<i16> {
    match (digits.len(), digits.parse::<i16>().ok()?) {
        (4, y) => Some(y),
        (2, y) => Some(2000 + y),
        _ => None,
    }
}

fn number(t: &str) -> Option<(&str, &str)> {
    let end = t.find(|c: char| !c.is_ascii_digit()).unwrap_or(t.len());
    (end > 0 && end <= 4).then(|| t.split_at(end))
}

/// What follows the year: `3月底`, `上半年`, `第一季度`, `底`, or nothing.
fn within_year(year: i16, rest: &str) -> Option<Period> {
    let month = |m| YearMonth::new(year, m).map(Period::month);
    let rest = rest.trim_start_matches('第');
    match rest {
        "" | "内" | "度" | "全年" | "年内" => return Period::year(year),
        "底" | "末" | "年底" | "年末" => return month(12),
        "初" | "年初" => return month(1),
        "中" | "年中" => return month(6),
        "上半年" => return Period::half(year, 1),
        "下半年" => return Period::half(year, 2),
        _ => {}
    }
    if let Some(q) = rest.strip_prefix('q') {
        return Period::quarter(year, q.parse().ok()?);
    }
    let (digits, after) = number(rest)?;
    let n: i8 = digits.parse().ok()?;
    if after.starts_with("季度") || after == "季" {
        return Period::quarter(year, n);
    }
    let ym = YearMonth::new(year, n)?;
    let after = after.strip_prefix('月').unwrap_or(after).trim_start_matches(['-', '.', '/']);
    let tens = match after {
        "" => return Some(Period::month(ym)),
        "初" | "上旬" => 1,
        "中旬" | "中" => 2,
        "底" | "末" | "下旬" => 3,
        _ => 0,
    };
    if tens > 0 {
        return Period::ten_days(ym, tens);
    }
    let (digits, tail) = number(after)?;
    if !matches!(tail, "" | "日" | "号") {
        return None;
    }
    Date::new(year, n, digits.parse().ok()?).ok().map(Period::day)
}

/// `2026-3`, `2026.03.15`, `26/3`, `15/03/2026`.
fn separated(t: &str) -> Option<Period> {
    let (first, rest) = number(t)?;
    let separator = rest.chars().next().filter(|c| matches!(c, '-' | '.' | '/'))?;
    let parts: Vec<&str> = t.trim_end_matches(separator).split(separator).collect();
    if let [_, _, y] = parts.as_slice()
        && y.len() == 4
        && first.len() <= 2
    {
        let (a, b): (i8, i8) = (parts[0].parse().ok()?, parts[1].parse().ok()?);
        // Day first, as most of the world writes; month first where only that is a date.
        let year = y.parse().ok()?;
        return Date::new(year, b, a).or_else(|_| Date::new(year, a, b)).ok().map(Period::day);
    }
    let year = match first.len() {
        4 => first.parse().ok()?,
        2 if first.parse::<i16>().is_ok_and(|y| y > 12) => full_year(first)?,
        _ => return None,
    };
    if parts.len() > 3 {
        return None;
    }
    within_year(year, &parts[1..].join("-"))
}

/// `3.15`, `3/15`, of the list's year.
fn month_and_day(t: &str, year: i16) -> Option<Period> {
    let (m, d) = t.split_once(['.', '/', '-'])?;
    let (m, d): (i8, i8) = (m.parse().ok()?, d.parse().ok()?);
    Date::new(year, m, d).ok().map(Period::day)
}

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// `Mar2026`, `15March2026`, `Q12026`, `2026-Q1`, `2026H1`; folded text has no blanks.
fn english(t: &str) -> Option<Period> {
    let t: String = t.chars().filter(|c| !matches!(c, ',' | '.' | '-' | '/')).collect();
    if let Some(rest) = t.strip_prefix('q') {
        return Period::quarter(rest.get(1..)?.parse().ok()?, rest.get(..1)?.parse().ok()?);
    }
    for (letter, half) in [('q', false), ('h', true)] {
        if let Some((year, n)) = t.split_once(letter)
            && year.len() == 4
            && year.bytes().all(|b| b.is_ascii_digit())
        {
            let (year, n) = (year.parse().ok()?, n.parse().ok()?);
            return if half { Period::half(year, n) } else { Period::quarter(year, n) };
        }
    }
    let (at, month) = MONTHS.iter().enumerate().find_map(|(i, m)| t.find(m).map(|at| (at, i as i8 + 1)))?;
    let day = t[..at].trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let after = t[at..].trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let (day, year) = match after.len() {
        4 => (day, after),
        2 => (day, after),
        5 | 6 => (after.get(..after.len() - 4)?, after.get(after.len() - 4..)?),
        _ => return None,
    };
    let ym = YearMonth::new(full_year(year)?, month)?;
    if day.is_empty() {
        return Some(Period::month(ym));
    }
    Date::new(ym.year(), month, day.parse().ok()?).ok().map(Period::day)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONTEXT: DateContext = DateContext { year: 2026, today: Date::constant(2026, 5, 18) };

    fn one(text: &str) -> Option<String> {
        read_one(&Cell::text(text), &CONTEXT).value.map(|p| p.to_string())
    }

    #[test]
    fn every_form_that_offices_write() {
        for (text, period) in [
            ("2026-3", "2026-03"),
            ("2026.3", "2026-03"),
            ("2026/3", "2026-03"),
            ("26.3", "2026-03"),
            ("26.10", "2026-10"),
            ("2026年3月", "2026-03"),
            ("２０２６年３月", "2026-03"),
            ("二〇二六年三月", "2026-03"),
            ("2026年十二月", "2026-12"),
            ("3月底", "2026-03x3"),
            ("3月初", "2026-03x1"),
            ("3月中旬", "2026-03x2"),
            ("2026年3月上旬", "2026-03x1"),
            ("2026年2月下旬", "2026-02x3"),
            ("2026.03.15", "2026-03-15"),
            ("2026-03-15", "2026-03-15"),
            ("2026-03-15 00:00:00", "2026-03-15"),
            ("2026-03-15T08:00:00", "2026-03-15"),
            ("2026年3月15日", "2026-03-15"),
            ("20260315", "2026-03-15"),
            ("202603", "2026-03"),
            ("8月", "2026-08"),
            ("8月份", "2026-08"),
            ("2026年上半年", "2026-H1"),
            ("下半年", "2026-H2"),
            ("一季度", "2026-Q1"),
            ("2026年第四季度", "2026-Q4"),
            ("2027年", "2027"),
            ("2027", "2027"),
            ("2026年底", "2026-12"),
            ("年底", "2026-12"),
            ("年内", "2026"),
            ("2026年底前", "2026-12"),
            ("力争2026年6月前开工", "2026-06"),
            ("明年3月", "2027-03"),
            ("46096", "2026-03-15"),
            ("Mar 2026", "2026-03"),
            ("15 March 2026", "2026-03-15"),
            ("March 15, 2026", "2026-03-15"),
            ("Q1 2026", "2026-Q1"),
            ("2026 Q3", "2026-Q3"),
            ("15/03/2026", "2026-03-15"),
            ("3.15", "2026-03-15"),
            ("预计2026年6月", "2026-06"),
            ("2026年6月左右", "2026-06"),
        ] {
            assert_eq!(one(text).as_deref(), Some(period), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_said_or_left() {
        for text in ["—", "待定", "/", "", "无", "已开工"] {
            let read = read_one(&Cell::text(text), &CONTEXT);
            assert!(read.value.is_none() && read.notes.iter().all(|n| n.severity == lantu_model::Severity::Info), "{text}");
        }
        for (text, code) in [
            ("2026-13", "date_unreadable"),
            ("春节后", "date_unreadable"),
            ("2126年", "date_implausible"),
            ("2026.2.30", "date_unreadable"),
            ("99999", "date_unreadable"),
        ] {
            let read = read_one(&Cell::text(text), &CONTEXT);
            assert_eq!((read.value, read.notes[0].code.as_str()), (None, code), "{text}");
        }
        let number = Cell { text: "2026.1".into(), value: CellValue::Number, formula: false };
        let read = read_one(&number, &CONTEXT);
        assert_eq!((read.value.unwrap().to_string().as_str(), read.notes[0].code.as_str()), ("2026-01", "date_ambiguous"));
    }

    #[test]
    fn ranges_give_start_and_finish() {
        for (text, first, last) in [
            ("2025-2027", "2025", "2027"),
            ("2025.3-2027.6", "2025-03", "2027-06"),
            ("2025年3月-2027年6月", "2025-03", "2027-06"),
            ("2025年3月至2027年6月", "2025-03", "2027-06"),
            ("2025年—2027年", "2025", "2027"),
            ("2025—2027年", "2025", "2027"),
            ("2026.3-12", "2026-03", "2026-12"),
            ("2026年3-12月", "2026-03", "2026-12"),
            ("2025-3至2027-6", "2025-03", "2027-06"),
            ("2025.03.01-2027.06.30", "2025-03-01", "2027-06-30"),
            ("2026", "2026", "2026"),
            ("2026-03-15", "2026-03-15", "2026-03-15"),
            ("2026年3月～12月", "2026-03", "2026-12"),
        ] {
            let (a, b) = read_range(&Cell::text(text), &CONTEXT).value.unwrap_or_else(|| panic!("{text}"));
            assert_eq!((a.unwrap().to_string().as_str(), b.unwrap().to_string().as_str()), (first, last), "{text}");
        }
    }
}
