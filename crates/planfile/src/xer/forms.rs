//! How a file writes numbers and dates: decimal points or commas, which end of a date comes first.
use super::sheet::Sheet;
use crate::{bounds::LARGEST, digits};
use jiff::civil::{Date, DateTime, Time};
use lantu_calendar::{Instant, Span};

/// The forms of one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Forms {
    /// `.` or `,`.
    pub decimal: char,
    /// Of dates that do not begin with the year: the month stands first.
    month_first: bool,
}

/// Tables whose cells show in which form the file writes.
const SHOWING: [&str; 5] = ["TASK", "TASKPRED", "TASKRSRC", "PROJECT", "CALENDAR"];

/// So many hours are more than any calendar holds.
const MOST_HOURS: f64 = 8_000.0 * 366.0 * 24.0;

impl Forms {
    /// Those of a new file.
    pub const OWN: Self = Self { decimal: '.', month_first: false };

    /// Told by the cells themselves; where they leave it open, by the currency that the head names.
    pub fn of(sheet: &Sheet<'_>) -> Self {
        let mut seen = Seen::default();
        for name in SHOWING {
            let Some(table) = sheet.table(name) else { continue };
            let numbers: Vec<usize> =
                places(table, |c| c.ends_with("_hr_cnt") || c.ends_with("_qty") || c.ends_with("_cost") || c.ends_with("_pct"));
            let dates: Vec<usize> = places(table, |c| c.ends_with("_date") || c.ends_with("_date2"));
            for row in sheet.rows(name) {
                let cell = |at: &usize| row.cells().get(*at).map(|c| c.trim_ascii()).filter(|c| !c.is_empty());
                numbers.iter().filter_map(cell).for_each(|c| seen.number(c));
                dates.iter().filter_map(cell).for_each(|c| seen.date(c));
            }
        }
        let decimal = match seen.commas.cmp(&seen.points) {
            std::cmp::Ordering::Greater => ',',
            std::cmp::Ordering::Less => '.',
            std::cmp::Ordering::Equal => declared(sheet).unwrap_or('.'),
        };
        Self { decimal, month_first: seen.month_first > seen.day_first }
    }

    /// A number, with the group marks and the decimal sign of the file or, where only they make sense, the others.
    pub fn number(&self, text: &str) -> Option<f64> {
        let text: String = text.chars().filter(|c| !matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\'')).collect();
        if !text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b'-' | b'+' | b'e' | b'E')) {
            return None;
        }
        let decimal = decimal_of(&text).unwrap_or(self.decimal);
        let group = if decimal == ',' { '.' } else { ',' };
        let plain: String = text.chars().filter(|c| *c != group).map(|c| if c == ',' { '.' } else { c }).collect();
        plain.parse::<f64>().ok().filter(|n| n.abs() <= LARGEST)
    }

    /// Decimal hours, rounded to the second.
    pub fn hours(&self, text: &str) -> Option<Span> {
        let hours = self.number(text).filter(|h| h.abs() <= MOST_HOURS)?;
        Some(Span::seconds((hours * 3600.0).round() as i64))
    }

    /// A date, with or without a time.
    pub fn date(&self, text: &str) -> Option<Instant> {
        let (day, time) = text.split_once([' ', 'T']).unwrap_or((text, ""));
        let day = self.day(day)?;
        let time = if time.trim().is_empty() { Time::midnight() } else { time_of(time.trim())? };
        let at = Instant::from(DateTime::from_parts(day, time));
        (Instant::MIN..=Instant::MAX).contains(&at).then_some(at)
    }

    fn day(&self, text: &str) -> Option<Date> {
        let parts = parts_of(text)?;
        let number = |at: usize| parts[at].parse::<i16>().ok();
        let date = |year: i16, month: i16, day: i16| Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok();
        if parts[0].len() == 4 {
            return date(number(0)?, month_of(parts[1])?, number(2)?);
        }
        let year = number(2).map(|y| if parts[2].len() == 2 { y + if y < 70 { 2000 } else { 1900 } } else { y })?;
        match (number(0), self.month_first) {
            (Some(month), true) if number(1).is_some() => date(year, month, number(1)?),
            _ => date(year, month_of(parts[1])?, number(0)?),
        }
    }

    /// As P6 writes it: up to six decimals, none that say nothing.
    pub fn write_number(&self, number: f64) -> String {
        self.with_sign(digits::decimal(number))
    }

    /// Decimal hours, such that reading them gives the same seconds.
    pub fn write_hours(&self, span: Span) -> String {
        self.with_sign(digits::hours(span))
    }

    fn with_sign(&self, text: String) -> String {
        if self.decimal == ',' { text.replace('.', ",") } else { text }
    }

    /// `YYYY-MM-DD HH:MM`, with seconds where there are any.
    pub fn write_date(&self, at: Instant) -> String {
        digits::stamp(at, ' ', at.second_of_day() % 60 != 0)
    }
}

#[derive(Default)]
struct Seen {
    commas: usize,
    points: usize,
    day_first: usize,
    month_first: usize,
}

impl Seen {
    fn number(&mut self, cell: &[u8]) {
        if !cell.iter().any(|b| matches!(b, b'.' | b',')) {
            return;
        }
        match std::str::from_utf8(cell).ok().and_then(decimal_of) {
            Some(',') => self.commas += 1,
            Some(_) => self.points += 1,
            None => {}
        }
    }

    fn date(&mut self, cell: &[u8]) {
        if cell.get(..4).is_some_and(|y| y.iter().all(u8::is_ascii_digit)) {
            return;
        }
        let Some(parts) = std::str::from_utf8(cell).ok().and_then(|t| parts_of(t.split(' ').next()?)) else { return };
        match (parts[0].parse::<u8>(), parts[1].parse::<u8>()) {
            (Ok(13..=31), Ok(1..=12)) => self.day_first += 1,
            (Ok(1..=12), Ok(13..=31)) => self.month_first += 1,
            _ => {}
        }
    }
}

fn places(table: &super::sheet::Table, wanted: impl Fn(&str) -> bool) -> Vec<usize> {
    table.columns.iter().enumerate().filter(|(_, c)| wanted(c)).map(|(at, _)| at).collect()
}

/// The decimal sign that a number can only have: the last of two sorts of signs, or a single one that does not
/// stand before three digits as a group mark would.
fn decimal_of(text: &str) -> Option<char> {
    let last = text.rfind(['.', ','])?;
    let sign = if text.as_bytes()[last] == b',' { ',' } else { '.' };
    let other = if sign == ',' { '.' } else { ',' };
    if text[..last].contains(other) {
        return Some(sign);
    }
    if text[..last].contains(sign) {
        return Some(other);
    }
    let before = text[..last].trim_start_matches(['-', '+']);
    let group = text.len() - last - 1 == 3 && (1..=3).contains(&before.len()) && !before.starts_with('0');
    (!group).then_some(sign)
}

/// What the currency of the head has as its decimal sign.
fn declared(sheet: &Sheet<'_>) -> Option<char> {
    let currency = sheet.head.get(8).map(|c| sheet.charset.decode(c).0.trim().to_owned())?;
    let row = sheet.rows("CURRTYPE").find(|r| r.raw("curr_short_name").is_some_and(|n| n.eq_ignore_ascii_case(&currency)))?;
    row.raw("decimal_symbol").and_then(|s| s.chars().next()).filter(|c| matches!(c, '.' | ','))
}

fn parts_of(text: &str) -> Option<[&str; 3]> {
    let mut parts = text.split(['-', '/', '.']);
    let all = [parts.next()?, parts.next()?, parts.next()?];
    (parts.next().is_none() && all.iter().all(|p| (1..=4).contains(&p.len()))).then_some(all)
}

fn month_of(text: &str) -> Option<i16> {
    const NAMES: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let named = || NAMES.iter().position(|n| text.eq_ignore_ascii_case(n)).map(|m| m as i16 + 1);
    text.parse::<i16>().ok().or_else(named)
}

/// `8:00`, `08:00:30`, `08.00`, `8:00 AM`.
pub(super) fn time_of(text: &str) -> Option<Time> {
    let upper = text.to_ascii_uppercase();
    let (clock, half) = match (upper.strip_suffix("AM"), upper.strip_suffix("PM")) {
        (Some(clock), _) => (clock, Some(0)),
        (_, Some(clock)) => (clock, Some(12)),
        _ => (upper.as_str(), None),
    };
    let mut parts = clock.trim().split([':', '.']).map(|p| p.parse::<i8>().ok());
    let (hour, minute) = (parts.next()??, parts.next()??);
    let second = parts.next().unwrap_or(Some(0))?;
    let hour = match half {
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(half) => hour % 12 + half,
        None => hour,
    };
    Time::new(hour, minute, second, 0).ok().filter(|_| parts.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(decimal: char, month_first: bool) -> Forms {
        Forms { decimal, month_first }
    }

    #[test]
    fn numbers_of_both_sorts() {
        for (text, decimal, number) in [
            ("8.5", '.', Some(8.5)),
            ("8,5", '.', Some(8.5)),
            ("8.5", ',', Some(8.5)),
            ("1,250", '.', Some(1250.0)),
            ("1,250", ',', Some(1.25)),
            ("1.234.567,25", '.', Some(1_234_567.25)),
            ("1 234,5", ',', Some(1234.5)),
            ("0,125", '.', Some(0.125)),
            ("-4", '.', Some(-4.0)),
            ("1e308", '.', None),
            ("1e999", '.', None),
            ("NaN", '.', None),
            ("inf", '.', None),
            ("", '.', None),
            ("8h", '.', None),
        ] {
            assert_eq!(forms(decimal, false).number(text), number, "{text} {decimal}");
        }
        assert_eq!(forms('.', false).hours("1e308"), None);
        assert_eq!(forms('.', false).hours("0.333333"), Some(Span::minutes(20)));
        assert_eq!(forms(',', false).write_hours(Span::minutes(20)), "0,333333");
        assert_eq!(forms('.', false).write_hours(Span::ZERO - Span::hours(8)), "-8");
    }

    #[test]
    fn dates_of_all_sorts() {
        for (text, month_first, date) in [
            ("2026-03-02 08:00", false, Some("2026-03-02T08:00")),
            ("2026-3-02", false, Some("2026-03-02T00:00")),
            ("2026-03-02 08.30.15", false, Some("2026-03-02T08:30:15")),
            ("02/03/2026 17:00", false, Some("2026-03-02T17:00")),
            ("03/02/2026 05:00 PM", true, Some("2026-03-02T17:00")),
            ("02-Mar-26", false, Some("2026-03-02T00:00")),
            ("0000-01-01 00:00", false, None),
            ("2026-02-30 00:00", false, None),
            ("2026-03-02 25:00", false, None),
            ("soon", false, None),
        ] {
            let read = forms('.', month_first).date(text).map(|d| format!("{d:#}"));
            assert_eq!(read.as_deref(), date, "{text}");
        }
    }
}
