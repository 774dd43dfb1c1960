//! Files that are wrong by accident or by design: an answer with its place, in time, never a panic.
use crate::corpus::originals;
use crate::random_plan::{Chance, plan};
use lantu_calendar::{Calendar, Span};
use lantu_planfile::{Format, PlanFile, Source, mspdi};
use lantu_schedule::Tongue;
use std::time::{Duration, Instant};

/// A project around some elements.
fn project(inside: &str) -> String {
    format!("<Project xmlns=\"http://schemas.microsoft.com/project\">\n<StartDate>2026-03-02T08:00:00</StartDate>\n{inside}\n</Project>")
}

fn tasks(inside: &str) -> String {
    project(&format!("<Tasks>\n{inside}\n</Tasks>"))
}

/// The problems of a text, or the losses of the plan it gives.
fn said(text: &str) -> Vec<(&'static str, String)> {
    match mspdi::read(text.as_bytes()) {
        Ok(file) => file.plans[0].losses.iter().map(|l| (l.code, l.place.clone())).collect(),
        Err(refused) => {
            for p in &refused.problems {
                assert!(!p.say(Tongue::Chinese).is_empty() && p.say(Tongue::English).len() > 10 && !p.place.is_empty(), "{p:?}");
            }
            refused.problems.iter().map(|p| (p.code, p.place.clone())).collect()
        }
    }
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    for (text, code, place) in [
        ("<Plan/>".to_owned(), "not_mspdi", "line 1"),
        (tasks("<Task><UID>1</UID><Start>soon</Start><Duration>PT8H</Duration></Task>"), "wrong_date", "line 4, Task 1/Start"),
        (tasks("<Task><UID>1</UID>\n<Duration>P9999999999D</Duration></Task>"), "wrong_duration", "line 5, Task 1/Duration"),
        (tasks("<Task><Name>x</Name><Duration>PT8H</Duration></Task>"), "missing_uid", "line 4, Task/UID"),
        (tasks("<Task><UID>x</UID><Duration>PT8H</Duration></Task>"), "wrong_number", "line 4, Task/UID"),
        (tasks(&"<Task><UID>7</UID><Duration>PT8H</Duration></Task>\n".repeat(2)), "uid_twice", "line 5, Task 7/UID"),
        (tasks("<Task><UID>1</UID><Manual>maybe</Manual><Duration>PT8H</Duration></Task>"), "wrong_flag", "line 4, Task 1/Manual"),
        (
            tasks(
                "<Task><UID>1</UID><Duration>PT8H</Duration><PredecessorLink><PredecessorUID>1</PredecessorUID></PredecessorLink></Task>",
            ),
            "self_link",
            "line 4, Task 1/PredecessorLink",
        ),
        (project(&calendars("<BaseCalendarUID>2</BaseCalendarUID>")), "calendar_cycle", "line 4, Calendar/BaseCalendarUID"),
        ("<Project/>".to_owned(), "project_start_missing", "line 1, Project/StartDate"),
        ("<!DOCTYPE a [<!ENTITY b \"c\">]><Project>&b;</Project>".to_owned(), "entity_declared", "line 1"),
        ("<Project><Tasks>".to_owned(), "xml_truncated", "line 1"),
    ] {
        assert!(mspdi::read(text.as_bytes()).is_err(), "{text}");
        assert!(said(&text).contains(&(code, place.to_owned())), "{code} at {place}: {:?}", said(&text));
    }
}

/// Two calendars, the second on the first.
fn calendars(of_the_first: &str) -> String {
    let second = "<Calendar><UID>2</UID><IsBaseCalendar>0</IsBaseCalendar><BaseCalendarUID>1</BaseCalendarUID></Calendar>";
    format!("<Calendars>\n<Calendar><UID>1</UID><IsBaseCalendar>0</IsBaseCalendar>{of_the_first}</Calendar>\n{second}</Calendars>")
}

#[test]
fn what_can_be_mended_is_read_and_told() {
    let task = |inside: &str| tasks(&format!("<Task><UID>1</UID>{inside}</Task>"));
    for (text, code) in [
        (task("<Duration>PT8H</Duration><PredecessorLink><PredecessorUID>9</PredecessorUID></PredecessorLink>"), "link_to_missing_task"),
        (task("<Duration>PT8H</Duration><CalendarUID>9</CalendarUID>"), "unknown_calendar"),
        (task("<Duration>PT8H</Duration><ConstraintType>4</ConstraintType>"), "constraint_without_date"),
        (task("<Duration>PT8H</Duration><ConstraintType>44</ConstraintType>"), "unknown_code"),
        (task("<Name>no duration</Name>"), "duration_missing"),
        (project("<MinutesPerDay>0</MinutesPerDay>"), "wrong_unit"),
        (project("<Assignments><Assignment><UID>1</UID><TaskUID>5</TaskUID></Assignment></Assignments>"), "unknown_task"),
        (
            "<Project><Tasks><Task><UID>1</UID><Start>2026-03-02T08:00:00</Start><Duration>PT8H</Duration></Task></Tasks></Project>".into(),
            "project_start_missing",
        ),
    ] {
        assert!(mspdi::read(text.as_bytes()).is_ok(), "{text}");
        assert!(said(&text).iter().any(|(c, _)| *c == code), "{code}: {:?}", said(&text));
    }
}

#[test]
fn every_problem_is_told_up_to_a_number() {
    let text = tasks(&"<Task><UID>x</UID></Task>\n".repeat(5_000));
    let refused = mspdi::read(text.as_bytes()).unwrap_err();
    assert_eq!(refused.problems.len(), 201);
    assert_eq!((refused.problems[200].code, refused.problems[200].found.as_str()), ("more_problems", "4800"));
}

#[test]
fn outline_levels_may_jump() {
    let row = |uid: i64, level: i64| format!("<Task><UID>{uid}</UID><OutlineLevel>{level}</OutlineLevel><Duration>PT8H</Duration></Task>");
    let text = tasks(&[row(1, 3), row(2, 9), row(3, 4), row(4, -5), row(5, 70_000)].concat());
    let plan = mspdi::read(text.as_bytes()).unwrap().plans.remove(0);
    let parents: Vec<_> = plan.activities.iter().map(|a| a.parent.map(|p| p.0)).collect();
    assert_eq!(parents, [None, Some(0), Some(0), None, Some(3)]);
    let deep: String = (0..20_000).map(|n| row(n + 1, n)).collect();
    let file = mspdi::read(tasks(&deep).as_bytes()).unwrap();
    mspdi::write(&PlanFile { source: Source::None, ..file });
}

#[test]
fn an_exception_without_end_ends() {
    let began = Instant::now();
    let period = "<TimePeriod><FromDate>1900-01-01T00:00:00</FromDate><ToDate>9999-12-31T23:59:00</ToDate></TimePeriod>";
    let one = |kind: i64| {
        let rule =
            format!("<Type>{kind}</Type><Period>1</Period><DaysOfWeek>127</DaysOfWeek><MonthItem>4</MonthItem><MonthDay>31</MonthDay>");
        format!(
            "<Exception><EnteredByOccurrences>1</EnteredByOccurrences>{period}<Occurrences>1000000</Occurrences>{rule}<DayWorking>0</DayWorking></Exception>"
        )
    };
    let all: String = (1..=9).map(one).collect::<String>().repeat(20);
    let inside =
        format!("<Calendars><Calendar><UID>1</UID><IsBaseCalendar>1</IsBaseCalendar><Exceptions>{all}</Exceptions></Calendar></Calendars>");
    let file = mspdi::read(project(&inside).as_bytes()).unwrap();
    let spec = &file.plans[0].calendars[0].spec;
    assert!(spec.exceptions.len() <= 20_000);
    assert!(!Calendar::of(spec).has_work());
    mspdi::write(&PlanFile { source: Source::None, ..file });
    assert!(began.elapsed() < Duration::from_secs(60), "{:?}", began.elapsed());
}

#[test]
fn calendars_that_multiply_are_refused() {
    let day = |n: usize| format!("20{:02}-{:02}-{:02}", n % 90 + 10, n / 90 % 12 + 1, n / 1080 % 28 + 1);
    let one = |n: usize| {
        format!(
            "<Exception><TimePeriod><FromDate>{0}T00:00:00</FromDate><ToDate>{0}T23:59:00</ToDate></TimePeriod><DayWorking>0</DayWorking></Exception>",
            day(n)
        )
    };
    let all: String = (0..15_000).map(one).collect();
    let base = format!("<Calendar><UID>1</UID><IsBaseCalendar>1</IsBaseCalendar><Exceptions>{all}</Exceptions></Calendar>");
    let child =
        |n: usize| format!("<Calendar><UID>{n}</UID><BaseCalendarUID>1</BaseCalendarUID><Exceptions>{}</Exceptions></Calendar>", one(n));
    let children: String = (2..102).map(child).collect();
    let text = project(&format!("<Calendars>{base}{children}</Calendars>"));
    assert_eq!(said(&text), [("calendars_too_large", "Project/Calendars".to_owned())]);
}

#[test]
fn a_long_row_of_calendars_is_cut() {
    let one = |n: i64| {
        format!("<Calendar><UID>{n}</UID><IsBaseCalendar>0</IsBaseCalendar><BaseCalendarUID>{}</BaseCalendarUID></Calendar>", n + 1)
    };
    let text = |last: &str| project(&format!("<Calendars>{}{last}</Calendars>", (1..30_000).map(one).collect::<String>()));
    let plan = mspdi::read(text("").as_bytes()).unwrap().plans.remove(0);
    assert!(plan.losses.iter().any(|l| l.code == "calendars_too_deep"));
    // A circle of so many is cut too; a small one is refused.
    let circle = "<Calendar><UID>30000</UID><IsBaseCalendar>0</IsBaseCalendar><BaseCalendarUID>1</BaseCalendarUID></Calendar>";
    assert!(mspdi::read(text(circle).as_bytes()).is_ok());
}

#[test]
fn gigantic_spans_are_bounded() {
    let spread = "<TimephasedData><Type>1</Type><Start>0001-01-01T00:00:00</Start><Finish>9999-01-01T00:00:00</Finish><Value>PT1H</Value></TimephasedData>";
    let other = "<TimephasedData><Type>1</Type><Start>9999-02-01T00:00:00</Start><Finish>9999-03-01T00:00:00</Finish><Value>PT1H</Value></TimephasedData>";
    let task = "<Tasks><Task><UID>1</UID><Duration>PT8000000H</Duration></Task></Tasks>";
    let text = project(&format!(
        "{task}<Assignments><Assignment><UID>1</UID><TaskUID>1</TaskUID><Work>PT8H</Work>{spread}{other}</Assignment></Assignments>"
    ));
    let file = mspdi::read(text.as_bytes()).unwrap();
    assert_eq!(file.plans[0].activities[0].duration, Span::hours(8_000_000));
    mspdi::write(&PlanFile { source: Source::None, ..file });
}

/// A text with something in it changed: a byte, a number, a piece taken out, doubled or moved.
fn mutated(c: &mut Chance, text: &[u8]) -> Vec<u8> {
    let mut text = text.to_vec();
    for _ in 0..1 + c.below(3) {
        let at = c.below(text.len() as u64) as usize;
        let end = (at + c.below(60) as usize).min(text.len());
        match c.below(12) {
            0 => text[at] = c.below(256) as u8,
            1 => drop(text.drain(at..end)),
            2 => {
                let piece = text[at..end].to_vec();
                let to = c.below(text.len() as u64) as usize;
                text.splice(to..to, piece);
            }
            3 => {
                let digit = text.iter().skip(at).position(u8::is_ascii_digit).map_or(at, |d| at + d);
                text.splice(digit..digit, c.of_list(&[&b"9999999999"[..], b"-", b"0", b"."]).iter().copied());
            }
            4 => text.truncate(end.max(1)),
            5 => {
                let words: [&[u8]; 6] = [b"<UID>", b"</Task>", b"&#0;", b"<![CDATA[", b"PT", b"<!--"];
                text.splice(at..at, c.of_list(&words).iter().copied());
            }
            _ => {
                let digit = text.iter().skip(at).position(u8::is_ascii_digit).map_or(at, |d| at + d);
                text[digit] = b'0' + c.below(10) as u8;
            }
        }
        if text.is_empty() {
            break;
        }
    }
    text
}

/// Reads, and writes what was read; the number of texts that could be read.
fn survive(text: &[u8]) -> usize {
    let Ok(file) = mspdi::read(text) else { return 0 };
    assert_eq!(mspdi::write(&file).bytes, text);
    let anew = mspdi::write(&PlanFile { source: Source::None, ..file });
    assert!(mspdi::read(&anew.bytes).is_ok() || anew.bytes.is_empty(), "{}", String::from_utf8_lossy(&anew.bytes));
    1
}

#[test]
fn damaged_files_never_break_the_reader() {
    let mut c = Chance::of(20_260_302);
    let (mut read, mut count) = (0, 0);
    for seed in 0..800 {
        let file = PlanFile { format: Format::Mspdi, plans: vec![plan(seed)], source: Source::None };
        let bytes = mspdi::write(&file).bytes;
        read += survive(&mutated(&mut c, &bytes));
        count += 1;
    }
    for (_, bytes) in originals().iter().filter(|(_, bytes)| bytes.len() < 60_000) {
        read += (0..40).map(|_| survive(&mutated(&mut c, bytes))).sum::<usize>();
        count += 40;
    }
    println!("{count} damaged files, {read} still read");
    assert!(read > 100, "{read}");
}
