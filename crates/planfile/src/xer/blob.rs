//! P6's calendar text: records within records, `(0||name(key|value|…)(records))`.
//!
//! `DaysOfWeek` holds the days 1 (Sunday) to 7, each with its spans of work `s|08:00|f|12:00`; `Exceptions` holds
//! days counted from 1899-12-30 as `d|43650`, each with the spans of that day, or none for a holiday.
use super::forms::time_of;
use jiff::civil::{Date, date};
use lantu_calendar::{Exception, Hours, Week, day_of, days_of};
use std::fmt::Write;

/// No calendar text nests deeper than this.
const DEEPEST: usize = 16;
/// More exceptions than this (a century of days) are not taken.
const MOST_EXCEPTIONS: usize = 36_600;
/// Day 0 of the count that spreadsheets use too.
const DAY_ZERO: Date = date(1899, 12, 30);

/// What a calendar text says of itself, without its parent.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Blob {
    /// Monday first; a day that is not spoken of is `None`.
    pub week: Week,
    /// One for each run of days, in order, without overlaps.
    pub exceptions: Vec<Exception>,
    /// What was wrong with it, if anything; what could be read stands above.
    pub fault: Option<&'static str>,
}

/// A record with its depth.
struct Record<'t> {
    depth: usize,
    name: &'t str,
    values: &'t str,
}

#[derive(Clone, Copy, PartialEq)]
enum Part {
    Week,
    Exceptions,
    Other,
}

/// Reads a calendar text; never fails, but says what was wrong.
pub(super) fn read(text: &str) -> Blob {
    let (records, mut fault) = records(text);
    let mut blob = Blob::default();
    let mut days: Vec<(Date, Vec<(u32, u32)>)> = vec![];
    let mut week: [Option<Vec<(u32, u32)>>; 7] = Default::default();
    let (mut part, mut weekday) = (Part::Other, None);
    for record in &records {
        match record.depth {
            1 => part = part_of(record.name),
            2 if part == Part::Week => {
                weekday = record.name.trim().parse::<usize>().ok().filter(|d| (1..=7).contains(d)).map(|d| (d + 5) % 7);
                if let Some(day) = weekday {
                    week[day].get_or_insert_default();
                }
            }
            2 if part == Part::Exceptions => match day_in(record.values) {
                Some(day) if days.len() < MOST_EXCEPTIONS => days.push((day, vec![])),
                Some(_) => fault = fault.or(Some("too many exceptions")),
                None => fault = fault.or(Some("an exception without its day")),
            },
            3 => {
                let spans = match part {
                    Part::Week => weekday.and_then(|d| week[d].as_mut()),
                    Part::Exceptions => days.last_mut().map(|(_, spans)| spans),
                    Part::Other => None,
                };
                match (spans, span_in(record.values)) {
                    (Some(spans), Some(span)) => spans.push(span),
                    (Some(_), None) => fault = fault.or(Some("a span of work without its times")),
                    (None, _) => {}
                }
            }
            _ => {}
        }
    }
    blob.week = week.map(|d| d.map(Hours::of_seconds));
    blob.exceptions = joined(days);
    blob.fault = fault;
    blob
}

fn part_of(name: &str) -> Part {
    match name.trim() {
        n if n.eq_ignore_ascii_case("DaysOfWeek") => Part::Week,
        n if n.eq_ignore_ascii_case("Exceptions") => Part::Exceptions,
        _ => Part::Other,
    }
}

/// All records in order. Stands on a counter, not on the stack, so that no depth of brackets can overflow it.
fn records(text: &str) -> (Vec<Record<'_>>, Option<&'static str>) {
    let (mut records, mut rest, mut depth) = (vec![], text, 0usize);
    while let Some(at) = rest.find(['(', ')']) {
        let closes = rest.as_bytes()[at] == b')';
        rest = &rest[at + 1..];
        if closes {
            // A record ends by closing its list of records and then itself; two brackets make one level.
            depth = depth.saturating_sub(1);
            continue;
        }
        let Some((head, values, after)) = head_of(rest) else {
            // The list of records of the one before.
            depth += 1;
            if depth > 2 * DEEPEST {
                return (records, Some("brackets nested too deep"));
            }
            continue;
        };
        records.push(Record { depth: depth / 2, name: head, values });
        depth += 1;
        rest = after;
    }
    (records, (depth != 0).then_some("brackets that do not match"))
}

/// `0||name(values)` and what follows.
fn head_of(text: &str) -> Option<(&str, &str, &str)> {
    let digits = text.trim_start_matches(filler).trim_start_matches(|c: char| c.is_ascii_digit());
    let named = digits.trim_start_matches(filler).strip_prefix("||")?;
    let open = named.find(['(', ')'])?;
    if named.as_bytes()[open] != b'(' {
        return None;
    }
    let values = &named[open + 1..];
    let close = values.find(')')?;
    Some((named[..open].trim_matches(filler), &values[..close], &values[close + 1..]))
}

fn filler(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}

fn value_of<'t>(values: &'t str, key: &str) -> Option<&'t str> {
    let mut parts = values.split('|').map(|p| p.trim_matches(filler));
    while let (Some(k), Some(v)) = (parts.next(), parts.next()) {
        if k.eq_ignore_ascii_case(key) {
            return Some(v);
        }
    }
    None
}

fn day_in(values: &str) -> Option<Date> {
    let count: f64 = value_of(values, "d")?.parse().ok()?;
    let day = days_of(DAY_ZERO) as f64 + count.floor();
    (-719_000.0..=2_932_000.0).contains(&day).then(|| day_of(day as i64))
}

/// A span of work in seconds after midnight; one that ends at 00:00 ends with the day.
fn span_in(values: &str) -> Option<(u32, u32)> {
    let seconds = |key| {
        let time = time_of(value_of(values, key)?)?;
        u32::try_from(i32::from(time.hour()) * 3600 + i32::from(time.minute()) * 60 + i32::from(time.second())).ok()
    };
    let (start, end) = (seconds("s")?, seconds("f")?);
    Some((start, if end <= start { 86_400 } else { end }))
}

/// One exception for each run of days with the same hours; of two on one day the later holds.
fn joined(mut days: Vec<(Date, Vec<(u32, u32)>)>) -> Vec<Exception> {
    days.reverse();
    days.sort_by_key(|(day, _)| *day);
    days.dedup_by_key(|(day, _)| *day);
    let mut runs: Vec<Exception> = vec![];
    for (day, spans) in days {
        let hours = Hours::of_seconds(spans);
        match runs.last_mut() {
            Some(last) if last.hours == hours && last.to.tomorrow().ok() == Some(day) => last.to = day,
            _ => runs.push(Exception { from: day, to: day, hours }),
        }
    }
    runs
}

/// Writes a calendar text; `None` when the exceptions are more days than one may hold.
pub(super) fn write(week: &[Hours; 7], exceptions: &[(Date, Hours)]) -> String {
    let mut text = String::from("(0||CalendarData()((0||DaysOfWeek()(");
    for day in 1..=7 {
        let _ = write!(text, "(0||{day}()({}))", spans(&week[(day + 5) % 7]));
    }
    text.push_str("))(0||VIEW(ShowTotal|N)())(0||Exceptions()(");
    for (at, (day, hours)) in exceptions.iter().enumerate() {
        let _ = write!(text, "(0||{at}(d|{})({}))", days_of(*day) - days_of(DAY_ZERO), spans(hours));
    }
    text.push_str("))))");
    text
}

fn spans(hours: &Hours) -> String {
    let clock = |s: u32| format!("{:02}:{:02}", s / 3600 % 24, s / 60 % 60);
    let span = |(at, (a, b)): (usize, &(u32, u32))| format!("(0||{at}(s|{}|f|{})())", clock(*a), clock(*b));
    hours.spans().iter().enumerate().map(span).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: &str = "(0||CalendarData()((0||DaysOfWeek()((0||1()())(0||2()((0||0(f|12:00|s|08:00)())(0||1(s|13:00|f|17:00)())))\
        (0||7()((0||0(s|00:00|f|00:00)())))))(0||VIEW(ShowTotal|N)())(0||Exceptions()((0||0(d|43650)())(0||1(d|43651)())\
        (0||2(d|43660)((0||0(s|09:00|f|10:30)())))))))";

    #[test]
    fn a_calendar_is_read() {
        let blob = read(PLAIN);
        assert_eq!(blob.fault, None);
        assert_eq!(blob.week[0], Some(Hours::of_minutes([(480, 720), (780, 1020)])));
        assert_eq!(blob.week[1], None);
        assert_eq!(blob.week[5], Some(Hours::all_day()));
        assert_eq!(blob.week[6], Some(Hours::none()));
        let days: Vec<_> = blob.exceptions.iter().map(|e| (e.from.to_string(), e.to.to_string(), e.hours.clone())).collect();
        let hours = Hours::of_minutes([(540, 630)]);
        assert_eq!(days, [("2019-07-04".into(), "2019-07-05".into(), Hours::none()), ("2019-07-14".into(), "2019-07-14".into(), hours)]);
        let filled = PLAIN.replace(")(", ")\u{7f}\u{7f}  (").replace("((", "(\u{7f}\u{7f}    (");
        assert_eq!(read(&filled), blob);
    }

    #[test]
    fn what_is_written_is_read_again() {
        let blob = read(PLAIN);
        let week = blob.week.clone().map(Option::unwrap_or_default);
        let days: Vec<_> = blob.exceptions.iter().flat_map(|e| [(e.from, e.hours.clone()), (e.to, e.hours.clone())]).collect();
        let again = read(&write(&week, &days));
        assert_eq!((again.exceptions, again.fault), (blob.exceptions, None));
        assert_eq!(again.week.map(Option::unwrap_or_default), week);
    }

    #[test]
    fn broken_texts_give_what_they_have() {
        assert!(read(&PLAIN[..120]).fault.is_some());
        assert!(read(&"(".repeat(1_000_000)).fault.is_some());
        assert!(read(&"(0||1(".repeat(300_000)).fault.is_some());
        assert!(read(&"(0||1()(".repeat(300_000)).fault.is_some());
        assert_eq!(read("").week, Week::default());
        assert!(read(&PLAIN.replace("43660", "1e300")).fault.is_some());
        assert!(read(&PLAIN.replace("08:00", "31:00")).fault.is_some());
    }
}
