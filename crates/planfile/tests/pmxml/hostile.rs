//! Files that mean harm, or are broken: an answer always comes, soon, and is no panic.
use crate::{corpus::originals, facts::SAMPLE};
use lantu_planfile::pmxml;
use std::time::{Duration, Instant};

/// Chance that is the same every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides.max(1)
    }
}

const HARM: [&str; 16] = [
    "<",
    ">",
    "</Activity>",
    "<Activity>",
    "&",
    "\0",
    "99999999999999999999",
    "-1e308",
    "NaN",
    "9999-12-31T23:59:59",
    "-0001-01-01T00:00:00",
    "<!DOCTYPE a>",
    "<ObjectId>1</ObjectId>",
    "\u{feff}",
    "<WorkTime><Start>23:59</Start><Finish>00:00</Finish></WorkTime>",
    "]]>",
];

/// One file, damaged at a few places.
fn damaged(whole: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = whole.to_vec();
    for _ in 0..=dice.roll(3) {
        let at = dice.roll(bytes.len());
        match dice.roll(7) {
            0 => bytes[at] = dice.roll(256) as u8,
            1 => bytes.truncate(at.max(1)),
            2 => drop(bytes.drain(at..(at + dice.roll(200)).min(bytes.len()))),
            3 => drop(bytes.splice(at..at, HARM[dice.roll(HARM.len())].bytes())),
            4 => swap_texts(&mut bytes, dice),
            5 => {
                let piece = bytes[at..(at + dice.roll(2000)).min(bytes.len())].to_vec();
                drop(bytes.splice(at..at, piece));
            }
            _ => replace_text(&mut bytes, dice),
        }
        if bytes.is_empty() {
            bytes.push(b'<');
        }
    }
    bytes
}

/// The text after some tag's end, up to the next tag.
fn some_text(bytes: &[u8], dice: &mut Dice) -> std::ops::Range<usize> {
    let from = dice.roll(bytes.len());
    let start = bytes[from..].iter().position(|b| *b == b'>').map_or(from, |p| from + p + 1);
    let end = bytes[start..].iter().position(|b| *b == b'<').map_or(bytes.len(), |p| start + p);
    start..end
}

fn replace_text(bytes: &mut Vec<u8>, dice: &mut Dice) {
    let place = some_text(bytes, dice);
    let text = HARM[6 + dice.roll(5)];
    bytes.splice(place, text.bytes());
}

/// Puts one field's text into another: numbers where dates were, ids of others.
fn swap_texts(bytes: &mut Vec<u8>, dice: &mut Dice) {
    let from = some_text(bytes, dice);
    let text = bytes[from].to_vec();
    let to = some_text(bytes, dice);
    bytes.splice(to, text);
}

#[test]
fn damaged_files_are_answered() {
    let mut files = vec![SAMPLE.as_bytes().to_vec()];
    files.extend(originals().into_iter().map(|(_, bytes)| bytes).filter(|bytes| bytes.len() < 100_000));
    let (mut dice, mut read, began) = (Dice(20_260_302), 0, Instant::now());
    let count = 2000;
    for i in 0..count {
        let bytes = damaged(&files[i % files.len()], &mut dice);
        match pmxml::read(&bytes) {
            Ok(file) => {
                read += 1;
                file.plans.iter().for_each(|plan| drop(plan.network()));
                if i % 8 == 0 {
                    let written = pmxml::write(&file).bytes;
                    assert!(written == bytes || pmxml::read(&written).is_ok(), "{}", String::from_utf8_lossy(&bytes));
                }
            }
            Err(refused) => {
                assert!(!refused.problems.is_empty() && refused.problems.len() <= 201);
                assert!(refused.problems.iter().all(|p| !p.chinese.is_empty() && !p.english.is_empty() && !p.chinese.contains("{}")));
            }
        }
    }
    println!("{count} damaged files, {read} still read, {:?}", began.elapsed());
    assert!(began.elapsed() < Duration::from_secs(120));
}

fn codes(text: &str) -> Vec<(&'static str, String)> {
    pmxml::read(text.as_bytes()).unwrap_err().problems.into_iter().map(|p| (p.code, p.place)).collect()
}

#[test]
fn every_reason_is_told_at_once_with_its_place() {
    let text = SAMPLE
        .replace("<ActualStartDate>2026-03-02T08:00:00<", "<ActualStartDate>2026-13-02T08:00:00<")
        .replace("<RemainingDuration>72<", "<RemainingDuration>-72<")
        .replace("<Type>Level of Effort<", "<Type>Level of Energy<")
        .replace("<ObjectId>3</ObjectId>\n      <PrimaryConstraint", "<ObjectId>three</ObjectId>\n      <PrimaryConstraint")
        .replace("<Lag>-16<", "<Lag>two days<");
    let found = codes(&text);
    let wanted = ["bad_date", "negative_duration", "bad_id", "unknown_word", "bad_number"];
    assert_eq!(found.iter().map(|(code, _)| *code).collect::<Vec<_>>(), wanted);
    assert_eq!(found[0].1, "line 143, Project/Activity/ActualStartDate");
    assert_eq!(found[4].1, "line 223, Project/Relationship/Lag");
}

#[test]
fn circles_are_refused() {
    let wbs = SAMPLE.replace("<ParentObjectId>900<", "<ParentObjectId>101<");
    assert_eq!(codes(&wbs).iter().map(|(code, _)| *code).collect::<Vec<_>>(), ["wbs_cycle", "wbs_cycle"]);
    let calendars = SAMPLE.replace("<BaseCalendarObjectId xsi:nil=\"true\" />", "<BaseCalendarObjectId>11</BaseCalendarObjectId>");
    assert_eq!(codes(&calendars).iter().map(|(code, _)| *code).collect::<Vec<_>>(), ["calendar_cycle", "calendar_cycle"]);
    let itself = SAMPLE.replace("<ParentObjectId>100<", "<ParentObjectId>101<");
    assert_eq!(codes(&itself).len(), 1);
}

#[test]
fn ids_that_lead_nowhere_are_losses() {
    let text = SAMPLE
        .replace("<CalendarObjectId>11</CalendarObjectId>\n      <Early", "<CalendarObjectId>99</CalendarObjectId>\n      <Early")
        .replace("<WBSObjectId>101<", "<WBSObjectId>555<")
        .replace("<ResourceObjectId>20<", "<ResourceObjectId>21<");
    let plan = pmxml::read(text.as_bytes()).unwrap().plans.remove(0);
    let mut codes: Vec<_> = plan.losses.iter().map(|l| l.code).collect();
    codes.sort_unstable();
    assert_eq!(codes, ["link_to_other_project", "unknown_calendar", "unknown_resource", "unknown_wbs"]);
}

#[test]
fn many_wrong_places_are_counted() {
    let wrong = "<Activity><ObjectId>x</ObjectId></Activity>\n".repeat(500);
    let problems = pmxml::read(SAMPLE.replace("<Relationship>", &format!("{wrong}<Relationship>")).as_bytes()).unwrap_err().problems;
    let last = problems.last().unwrap();
    assert_eq!((problems.len(), last.code, last.found.as_str()), (201, "more_problems", "800"));
}

#[test]
fn bombs_do_not_go_off() {
    let entities =
        "<!DOCTYPE l [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]><APIBusinessObjects>&b;</APIBusinessObjects>";
    assert_eq!(codes(entities)[0].0, "entity_declared");
    assert_eq!(codes(&"<a>".repeat(1_000_000))[0].0, "xml_too_deep");
    assert_eq!(codes("<Project/>")[0].0, "not_pmxml");
    assert_eq!(codes("<APIBusinessObjects/>")[0].0, "no_project");
    // A chain of calendars, each handing its days to the next.
    let day = |n: usize| format!("<HolidayOrException><Date>{}-01-{:02}</Date></HolidayOrException>", 1900 + n / 28, 1 + n % 28);
    let days: String = (0..2000).map(day).collect();
    let one = |n: usize| {
        format!(
            "<Calendar><ObjectId>{n}</ObjectId><BaseCalendarObjectId>{}</BaseCalendarObjectId><HolidayOrExceptions>{days}</HolidayOrExceptions></Calendar>",
            n + 1
        )
    };
    let chain: String = (0..90).map(one).collect();
    let text = SAMPLE.replace("  <Role>", &format!("{chain}  <Role>"));
    let began = Instant::now();
    let _ = pmxml::read(text.as_bytes());
    assert!(began.elapsed() < Duration::from_secs(60));
}
