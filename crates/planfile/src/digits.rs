//! Dates and lengths as digits, without the detours of general formatting: a large file holds millions of them.
use lantu_calendar::{Instant, Span};

/// `2026-03-02T08:00:00`, with another sign between day and time, and without seconds where they are not wanted.
pub(crate) fn stamp(at: Instant, between: char, seconds: bool) -> String {
    let (day, second) = (at.day(), at.second_of_day() as u32);
    let year = day.year();
    let mut text = String::with_capacity(19);
    if year < 0 {
        text.push('-');
    }
    let year = u32::from(year.unsigned_abs());
    push_two(&mut text, year / 100);
    push_two(&mut text, year % 100);
    for part in [day.month(), day.day()] {
        text.push('-');
        push_two(&mut text, u32::from(part.unsigned_abs()));
    }
    text.push(between);
    push_two(&mut text, second / 3600);
    text.push(':');
    push_two(&mut text, second / 60 % 60);
    if seconds {
        text.push(':');
        push_two(&mut text, second % 60);
    }
    text
}

fn push_two(text: &mut String, number: u32) {
    let digit = |n: u32| char::from(b'0' + (n % 10) as u8);
    text.extend([digit(number / 10), digit(number)]);
}

/// Hours with six decimals at most, and none that say nothing: exact to the second.
pub(crate) fn hours(span: Span) -> String {
    let seconds = span.as_seconds();
    let (whole, rest) = (seconds.unsigned_abs() / 3600, seconds.unsigned_abs() % 3600);
    let sign = if seconds < 0 { "-" } else { "" };
    if rest == 0 {
        return format!("{sign}{whole}");
    }
    // Millionths, rounded; a ninth is never half-way.
    let text = format!("{sign}{whole}.{:06}", (rest * 2_500 + 4) / 9);
    text.trim_end_matches('0').to_owned()
}

/// A number with six decimals at most, and none that say nothing.
pub(crate) fn decimal(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 1e15 {
        return (number as i64).to_string();
    }
    let text = format!("{number:.6}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".into() } else { text.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_exact_to_the_second() {
        let others = [0, 1, -1, 59, 3600, 254_100, 86_399, 252_288_000_000, -1800];
        for seconds in (0..7_300).chain(others) {
            let text = hours(Span::seconds(seconds));
            assert_eq!((text.parse::<f64>().unwrap() * 3600.0).round() as i64, seconds, "{text}");
            assert_eq!(text, decimal(seconds as f64 / 3600.0));
        }
        assert_eq!((hours(Span::hours(8)).as_str(), hours(Span::minutes(-30)).as_str(), decimal(-0.0).as_str()), ("8", "-0.5", "0"));
    }

    #[test]
    fn dates_are_digits() {
        for (text, at) in
            [("2026-03-02 08:00", "2026-03-02T08:00"), ("0001-01-01 00:00", "0001-01-01T00:00"), ("9998-12-31 23:59", "9998-12-31T23:59")]
        {
            let at: Instant = at.parse().unwrap();
            assert_eq!((stamp(at, ' ', false).as_str(), stamp(at, 'T', true)), (text, format!("{at}:00")));
        }
    }
}
