//! The texts of the format: `PT8H0M0S`, `2026-03-02T08:00:00`, `08:00:00`, tenths of minutes.
use crate::{bounds::LARGEST, digits};
use jiff::civil::Time;
use lantu_calendar::{Instant, Span};

/// Longer than any plan, and the longest that other formats have; more is a damaged number.
const LONGEST: f64 = 8_000.0 * 366.0 * 86_400.0;

/// An XML Schema duration (ISO 8601: years, months, days, hours, minutes, seconds; fractions with a point or a comma).
/// A day is 24 hours, a month 30 days, a year 365: Microsoft Project itself writes hours and smaller units only.
pub(super) fn duration(text: &str) -> Option<Span> {
    let (negative, rest) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let rest = rest.strip_prefix('P')?;
    let (days, times) = rest.split_once('T').map_or((rest, None), |(days, times)| (days, Some(times)));
    let mut seconds = parts(days, &[('Y', 31_536_000.0), ('M', 2_592_000.0), ('W', 604_800.0), ('D', 86_400.0)])?;
    match times {
        Some("") => return None,
        Some(times) => seconds += parts(times, &[('H', 3_600.0), ('M', 60.0), ('S', 1.0)])?,
        None if days.is_empty() => return None,
        None => {}
    }
    let span = Span::from_minutes(seconds / 60.0);
    (seconds <= LONGEST).then_some(if negative { -span } else { span })
}

/// Numbers, each before its designator, in the designators' order.
fn parts(mut text: &str, designators: &[(char, f64)]) -> Option<f64> {
    let (mut seconds, mut left) = (0.0, designators.iter());
    while !text.is_empty() {
        let end = text.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',')?;
        let (digits, rest) = text.split_at(end);
        let designator = rest.chars().next()?;
        let (_, unit) = left.find(|(d, _)| *d == designator)?;
        seconds += number(digits)? * unit;
        text = rest.get(designator.len_utf8()..)?;
    }
    Some(seconds)
}

/// `PT8H0M0S`.
pub(super) fn duration_text(span: Span) -> String {
    let seconds = span.as_seconds().unsigned_abs();
    let sign = if span.is_negative() { "-" } else { "" };
    format!("{sign}PT{}H{}M{}S", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// `2026-03-02T08:00:00`; a fraction of a second and a zone are left out, for the office's wall clock is meant.
pub(super) fn date(text: &str) -> Option<Instant> {
    let cut = text.get(..19).filter(|_| text.get(19..).is_some_and(|zone| zone.starts_with(['.', 'Z', '+', '-'])));
    cut.unwrap_or(text).parse().ok().map(Instant::clamped)
}

/// `2026-03-02T08:00:00`.
pub(super) fn date_text(at: Instant) -> String {
    digits::stamp(at, 'T', true)
}

/// `08:00:00`, in seconds after midnight.
pub(super) fn time(text: &str) -> Option<u32> {
    if text.starts_with("24:00") {
        return Some(86_400);
    }
    let time: Time = text.strip_suffix('Z').unwrap_or(text).parse().ok()?;
    Some(
        u32::from(time.hour().unsigned_abs()) * 3600
            + u32::from(time.minute().unsigned_abs()) * 60
            + u32::from(time.second().unsigned_abs()),
    )
}

/// `08:00:00`; midnight at the end of the day is `00:00:00`.
pub(super) fn time_text(second: u32) -> String {
    let s = second % 86_400;
    format!("{:02}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60)
}

/// A number with a decimal point or a decimal comma.
pub(super) fn number(text: &str) -> Option<f64> {
    let plain = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '+' | 'e' | 'E');
    let text = if text.contains(',') && !text.contains('.') { text.replacen(',', ".", 1) } else { text.to_owned() };
    text.parse().ok().filter(|n: &f64| n.abs() <= LARGEST && text.chars().all(plain))
}

/// A number as short as it can be.
pub(super) fn number_text(n: f64) -> String {
    format!("{n}")
}

/// Tenths of a minute.
pub(super) fn tenths(n: f64) -> Span {
    Span::from_minutes(n / 10.0)
}

/// Tenths of a minute, rounded.
pub(super) fn tenths_text(span: Span) -> String {
    let seconds = span.as_seconds();
    format!("{}", (seconds + seconds.signum() * 3) / 6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations() {
        for (text, seconds) in [
            ("PT8H0M0S", 28_800),
            ("PT114H17M6S", 411_426),
            ("PT4H0M0.3S", 14_400),
            ("PT2H0M5,07S", 7_205),
            ("-PT1H", -3_600),
            ("P1DT1H", 90_000),
            ("P1M", 2_592_000),
        ] {
            assert_eq!(duration(text), Some(Span::seconds(seconds)), "{text}");
        }
        for wrong in ["", "P", "PT", "8", "PT8", "PTH", "PT8X", "P9999999999D", "PT1S1H", "PT1.1.1H", "P-1D", "PT1H工"] {
            assert_eq!(duration(wrong), None, "{wrong}");
        }
        assert_eq!(duration_text(Span::minutes(-90)), "-PT1H30M0S");
    }

    #[test]
    fn dates_and_times() {
        let eight: Instant = "2026-03-02T08:00".parse().unwrap();
        for text in
            ["2026-03-02T08:00:00", "2026-03-02T08:00", "2026-03-02T08:00:00.000", "2026-03-02T08:00:00+08:00", "2026-03-02T08:00:00Z"]
        {
            assert_eq!(date(text), Some(eight), "{text}");
        }
        assert_eq!(date_text(eight), "2026-03-02T08:00:00");
        assert_eq!(date("2026-13-02T08:00:00"), None);
        assert_eq!((time("17:00:00"), time("24:00:00"), time("25:00:00")), (Some(61_200), Some(86_400), None));
        assert_eq!(time_text(86_400), "00:00:00");
    }

    #[test]
    fn numbers() {
        assert_eq!(
            (number("0,25"), number("1.50"), number("-3"), number("inf"), number("1,000,000")),
            (Some(0.25), Some(1.5), Some(-3.0), None, None)
        );
        assert_eq!((tenths_text(Span::seconds(-9)), tenths_text(Span::minutes(480))), ("-2".into(), "4800".into()));
    }
}
