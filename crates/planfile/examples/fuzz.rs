//! Breaks files by chance for as long as one likes, and takes what is read of them through everything that follows:
//! `cargo run --release -p lantu-planfile --example fuzz -- --seconds 60 [--seed N] [FORMAT …] [FILE …]`.
//!
//! The files to break are small plans, written in each format, and those named. A panic prints the input's place on disk
//! and stops; so does an answer that takes longer than ten seconds for a small file.
use lantu_planfile::{Format, Loss, PlanFile, Source, read, write};
use lantu_schedule::{Lag, Tongue, schedule};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

/// No answer for a small file takes longer.
const PATIENCE: Duration = Duration::from_secs(10);
/// What is broken more often than this grows no further.
const MOST_BYTES: usize = 400_000;

const WHOLE: &str = r#"{"key":"k","project":{"engine":"P6","start":"2026-03-02T08:00","status_date":"2026-03-03T08:00","default_calendar":1,
"min_per_day":480,"schedule_from":"0","critical_slack_limit":{"min":0},"default_start_time":"08:00"},
"calendars":[{"uid":1,"name":"标准","week":{"mon":[[480,720],[780,1020]],"tue":[[480,720],[780,1020]],"wed":[]},"exceptions":[["2026-05-01","2026-05-03",[]]]},
{"uid":2,"parent":1,"work_weeks":[["2026-06-01","2026-06-30",{"mon":[[480,720]]}]]}],
"summaries":[{"uid":9,"id":1,"name":"sum"}],
"activities":[{"uid":1,"id":2,"parent":9,"calendar":2,"name":"挖 & <dig>","duration":{"min":960,"u":"h"},"constraint":"START_ON",
"constraint_date":"2026-03-05T08:00","splits":[["2026-03-05T08:00","2026-03-05T17:00"]],"deadline":"2026-04-01T17:00"},
{"uid":2,"id":3,"duration":{"min":480.5},"actual_start":"2026-03-02T08:00","manual":true,"manual_start":"2026-03-02T08:00",
"assignments":[{"res":7,"units":50.0,"work":{"min":60},"contour":"BELL"}],"stored":{"es":"2026-03-02T08:00","tf":{"min":60},"notes":"a\nb"}},
{"uid":3,"id":4,"duration":{"min":480},"status":"COMPLETED","actual_start":"2026-03-02T08:00","actual_finish":"2026-03-02T17:00"}],
"links":[{"pred":1,"succ":2,"type":"SS","lag":{"pct":-50.0,"elapsed":true}},{"pred":3,"succ":1,"type":"FS","lag":{"min":600}}],
"resources":[{"id":7,"calendar":2,"name":"crew","max_units":200}]}"#;

/// What stands where something else should.
const ODD: [&str; 40] = [
    "",
    "0",
    "-1",
    "1",
    "2",
    "7",
    "9",
    "1e308",
    "-1e308",
    "NaN",
    "0,5",
    "4294967296",
    "9223372036854775807",
    "99999999999999999999",
    "0001-01-01T00:00:00",
    "9999-12-31T23:59:59",
    "0000-00-00 00:00",
    "2026-02-30 08:00",
    "-0001-01-01T00:00:00",
    "PT99999999H0M0S",
    "-PT1H",
    "P1Y",
    "true",
    "null",
    "[]",
    "{}",
    "\"",
    "<a>",
    "</Task>",
    "<!--",
    "<![CDATA[",
    "&",
    "&#0;",
    "]]>",
    "%E",
    "%T\tTASK",
    "(0||",
    "((((((((",
    "\u{feff}",
    "\u{0}",
];

struct Chance(u64);

impl Chance {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n.max(1) as u64) as usize
    }
}

/// Where values stand in a format: after one of these bytes, up to one of those.
fn fences(format: Format) -> (&'static [u8], &'static [u8]) {
    match format {
        Format::Xer => (b"\t|", b"\t\r\n|)"),
        Format::Pmxml | Format::Mspdi => (b">", b"<"),
        Format::Json => (b":,[", b",]}"),
    }
}

fn value(chance: &mut Chance, bytes: &[u8], format: Format) -> std::ops::Range<usize> {
    let (before, after) = fences(format);
    let from = chance.below(bytes.len());
    let start = bytes[from..].iter().position(|b| before.contains(b)).map_or(from, |at| from + at + 1);
    let end = bytes[start..].iter().position(|b| after.contains(b)).map_or(bytes.len(), |at| start + at);
    start..end
}

/// A line, a row or an element: from some line's begin to another's, or a tag with what is in it.
fn piece(chance: &mut Chance, bytes: &[u8], format: Format) -> std::ops::Range<usize> {
    let from = chance.below(bytes.len());
    if matches!(format, Format::Pmxml | Format::Mspdi)
        && let Some(start) = bytes[from..].windows(2).position(|w| w[0] == b'<' && w[1].is_ascii_alphabetic()).map(|at| from + at)
    {
        let name: Vec<u8> = bytes[start + 1..].iter().copied().take_while(u8::is_ascii_alphanumeric).collect();
        let close = [b"</", name.as_slice(), b">"].concat();
        if let Some(end) = bytes[start..].windows(close.len()).position(|w| w == close) {
            return start..start + end + close.len();
        }
    }
    let line = |at: usize| bytes[..at].iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1);
    let end = bytes[from..].iter().position(|b| *b == b'\n').map_or(bytes.len(), |at| from + at + 1);
    line(from)..end
}

fn broken(chance: &mut Chance, whole: &[u8], format: Format) -> Vec<u8> {
    let mut bytes = whole.to_vec();
    for _ in 0..1 + chance.below(4) {
        if bytes.is_empty() || bytes.len() > MOST_BYTES {
            break;
        }
        let at = chance.below(bytes.len());
        match chance.below(14) {
            0 => bytes[at] = chance.below(256) as u8,
            1 => bytes[at] ^= 1 << chance.below(8),
            2 => bytes.truncate(at + 1),
            3 => drop(bytes.drain(at..(at + chance.below(80)).min(bytes.len()))),
            4 => drop(bytes.splice(at..at, ODD[chance.below(ODD.len())].bytes())),
            5..=8 => {
                let place = value(chance, &bytes, format);
                bytes.splice(place, ODD[chance.below(ODD.len())].bytes());
            }
            9 | 10 => {
                // One value in another's place: numbers where dates were, ids of others.
                let text = bytes[value(chance, &bytes, format)].to_vec();
                let place = value(chance, &bytes, format);
                bytes.splice(place, text);
            }
            11 => {
                let piece = bytes[piece(chance, &bytes, format)].to_vec();
                let times = if chance.below(20) == 0 { 200 } else { 1 };
                let to = self::piece(chance, &bytes, format).start;
                bytes.splice(to..to, piece.repeat(times));
            }
            12 => drop(bytes.drain(piece(chance, &bytes, format))),
            _ => {
                let (a, b) = (piece(chance, &bytes, format), piece(chance, &bytes, format));
                if a.end <= b.start {
                    let swapped = [&bytes[b.clone()], &bytes[a.end..b.start], &bytes[a.clone()]].concat();
                    bytes.splice(a.start..b.end, swapped);
                }
            }
        }
    }
    bytes
}

/// Everything that is done with a file; whether it was read.
fn through(bytes: &[u8], thorough: bool) -> bool {
    let file = match read(bytes) {
        Ok(file) => file,
        Err(refused) => {
            assert!(!refused.problems.is_empty() && refused.problems.len() <= 201, "{} problems", refused.problems.len());
            assert!(
                refused.problems.iter().all(|p| (p.found.contains("{}") || !p.chinese.contains("{}")) && p.english.len() > 10),
                "{:?}",
                refused.problems
            );
            return false;
        }
    };
    // The scheduler refuses these, and no format can write them.
    let endless = |lag: Lag| matches!(lag, Lag::Percent(p) | Lag::ElapsedPercent(p) if !p.is_finite());
    if file.plans.iter().any(|plan| plan.links.iter().any(|link| endless(link.lag))) {
        return true;
    }
    let told = |losses: &[Loss]| losses.iter().for_each(|l| assert!(!l.say(Tongue::Chinese).is_empty()));
    file.plans.iter().for_each(|plan| told(&plan.losses));
    if let Ok(same) = write(&file, file.format) {
        assert!(file.format == Format::Json || same.bytes == bytes, "what is not changed goes back as it came");
    }
    if !thorough {
        return true;
    }
    let mut moved = file.clone();
    for plan in &mut moved.plans {
        if let Ok(dates) = schedule(&plan.network()) {
            plan.stored.iter_mut().zip(&dates.rows).for_each(|(stored, row)| stored.take(row));
        }
        plan.options.start = "2027-03-01T08:00".parse().unwrap_or_default();
        plan.activities.iter_mut().for_each(|a| a.duration += lantu_calendar::Span::hours(1));
        plan.activities.pop();
        plan.labels.pop();
        plan.stored.pop();
        let count = plan.activities.len();
        plan.links.retain(|l| l.predecessor.at() < count && l.successor.at() < count);
        plan.activities.iter_mut().for_each(|a| a.parent = a.parent.filter(|p| p.at() < count));
    }
    if let Ok(changed) = write(&moved, moved.format)
        && let Err(refused) = read(&changed.bytes)
    {
        panic!("what was changed is not read again: {refused}");
    }
    for format in Format::ALL {
        let anew = PlanFile { source: Source::None, ..file.clone() };
        let Ok(written) = write(&anew, format) else { continue };
        told(&written.losses);
        if let Err(refused) = read(&written.bytes) {
            panic!("as {}: {refused}", format.name());
        }
    }
    true
}

fn run(format: Format, files: &[Vec<u8>], seconds: u64, seed: u64) -> bool {
    let (mut chance, began) = (Chance(seed | 1), Instant::now());
    let (mut count, mut taken, mut longest) = (0_u64, 0_u64, Duration::ZERO);
    while began.elapsed().as_secs() < seconds {
        let which = chance.below(files.len());
        let bytes = broken(&mut chance, &files[which], format);
        let start = Instant::now();
        let thorough = count.is_multiple_of(4);
        let answer = catch_unwind(AssertUnwindSafe(|| through(&bytes, thorough)));
        longest = longest.max(start.elapsed());
        if answer.is_err() || start.elapsed() > PATIENCE {
            let place = std::env::temp_dir().join(format!("fuzz-{}-{count}", format.name()));
            let kept = std::fs::write(&place, &bytes).is_ok();
            println!("{}: file {count} of seed {seed}, {:?}; kept: {kept}, {}", format.name(), start.elapsed(), place.display());
            return false;
        }
        taken += u64::from(answer.unwrap_or(false));
        count += 1;
    }
    println!("{}: {count} broken files, {taken} read, the longest took {longest:?}", format.name());
    true
}

fn main() -> std::process::ExitCode {
    let (mut seconds, mut seed, mut formats, mut files) = (60, 20_260_302, vec![], vec![]);
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        let number = |next: Option<String>| next.and_then(|n| n.parse().ok()).unwrap_or(60);
        match arg.as_str() {
            "--seconds" => seconds = number(args.next()),
            "--seed" => seed = number(args.next()),
            name => match Format::ALL.into_iter().find(|f| f.name() == name) {
                Some(format) => formats.push(format),
                None => files.extend(std::fs::read(name).ok()),
            },
        }
    }
    let Ok(whole) = read(WHOLE.as_bytes()) else { return 2.into() };
    let chosen = |f: &Format| formats.is_empty() || formats.contains(f);
    let sound = Format::ALL.into_iter().filter(chosen).all(|format| {
        let mut seeds: Vec<Vec<u8>> = files.iter().filter(|f| Format::detect(f) == Some(format)).cloned().collect();
        seeds.extend(write(&whole, format).map(|w| w.bytes));
        seeds.push(if format == Format::Json { WHOLE.into() } else { seeds[0].clone() });
        run(format, &seeds, seconds, seed)
    });
    if sound { 0.into() } else { 1.into() }
}
