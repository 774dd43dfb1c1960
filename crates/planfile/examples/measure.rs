//! Times reading and writing of a random plan in each format:
//! `cargo run --release -p lantu-planfile --example measure -- 100000 [FORMAT …]` (activities; twice as many links); with
//! `compare` in the place of a format, finding what differs between two versions.
use lantu_calendar::{CalendarSpec, Hours, Instant, Span};
use lantu_planfile::{
    CalendarKind, Format, Label, Plan, PlanCalendar, PlanFile, Source, Stored, Units, Version, compare_versions, read, write,
};
use lantu_schedule::{Activity, ActivityIx, CalendarIx, Dialect, Lag, Link, LinkKind, Options, schedule};
use std::time::Instant as Clock;

struct Chance(u64);

impl Chance {
    fn next(&mut self, below: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % below.max(1)
    }
}

/// Every hundredth row is a summary, the others hang under the one before them.
fn plan(size: u32, dialect: Dialect) -> Plan {
    let mut chance = Chance(0x9E37_79B9_7F4A_7C15);
    let start: Instant = "2026-03-02T08:00".parse().unwrap();
    let (mut activities, mut work) = (vec![], vec![]);
    let mut summary = ActivityIx(0);
    for i in 0..size + size / 100 {
        let mut activity = Activity::task(i64::from(i) + 1, CalendarIx(0), Span::hours(1 + chance.next(80) as i64));
        if i % 101 == 0 {
            summary = ActivityIx(i);
            activity.kind = lantu_schedule::Kind::Summary;
        } else {
            activity.parent = Some(summary);
            work.push(ActivityIx(i));
        }
        activities.push(activity);
    }
    let kinds = [LinkKind::FinishStart, LinkKind::FinishStart, LinkKind::FinishStart, LinkKind::StartStart, LinkKind::FinishFinish];
    let many = work.len() as u64;
    let mut links: Vec<Link> = (0..2 * many)
        .map(|_| {
            let a = chance.next(many - 1);
            let b = (a + 1 + chance.next((many / 20).max(50))).min(many - 1);
            let lag = if chance.next(5) == 0 { Lag::Work(Span::hours(chance.next(40) as i64)) } else { Lag::NONE };
            Link { predecessor: work[a as usize], successor: work[b as usize], kind: kinds[chance.next(5) as usize], lag }
        })
        .collect();
    links.sort_by_key(|l| (l.successor.0, l.predecessor.0));
    links.dedup_by_key(|l| (l.successor.0, l.predecessor.0));
    let labels = (0..activities.len())
        .map(|i| Label { row: Some(i as i64 + 1), code: format!("A{i}"), name: format!("第 {i} 项 work"), guid: None })
        .collect();
    let spec = CalendarSpec::weekdays(&Hours::of_minutes([(480, 720), (780, 1020)]));
    Plan {
        id: "P".into(),
        name: "Random".into(),
        options: Options::new(dialect, start),
        units: Units::default(),
        calendars: vec![PlanCalendar { uid: 1, name: "Standard".into(), kind: CalendarKind::Global, minutes_per_day: Some(480), spec }],
        stored: vec![Stored::default(); activities.len()],
        activities,
        labels,
        links,
        resources: vec![],
        uncertainty: Default::default(),
        last_scheduled: None,
        losses: vec![],
    }
}

/// Seconds of the processor, where the system tells (Linux): they do not hang on what else the machine does.
fn worked() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/self/schedstat").ok()?;
    Some(text.split(' ').next()?.parse::<f64>().ok()? / 1e9)
}

fn timed<T>(what: &str, run: impl FnOnce() -> T) -> T {
    let (began, before) = (Clock::now(), worked());
    let done = run();
    let seconds = worked().zip(before).map_or_else(|| began.elapsed().as_secs_f64(), |(now, before)| now - before);
    print!("  {what} {seconds:.2} s");
    done
}

fn dated(plan: &mut Plan) {
    let dates = schedule(&plan.network()).unwrap();
    for (stored, row) in plan.stored.iter_mut().zip(&dates.rows) {
        stored.take(row);
    }
}

fn measure(size: u32, format: Format) {
    let dialect = if matches!(format, Format::Mspdi | Format::Json) { Dialect::MsProject } else { Dialect::P6 };
    let mut plan = plan(size, dialect);
    dated(&mut plan);
    print!("{:5} {size} / {}:", format.name(), plan.links.len());
    let file = PlanFile { format, plans: vec![plan], source: Source::None };
    let written = timed("write new", || write(&file, format).unwrap());
    print!(" ({} MB)", written.bytes.len() >> 20);
    drop(file);
    let mut file = timed("read", || read(&written.bytes).unwrap());
    let again = timed("write back", || write(&file, format).unwrap());
    assert!(again.bytes == written.bytes, "{} goes back as it came", format.name());
    drop((again, written));
    // Another start moves every date.
    file.plans[0].options.start = "2027-03-01T08:00".parse().unwrap();
    timed("network", || file.plans[0].network());
    dated(&mut file.plans[0]);
    let moved = timed("write moved", || write(&file, format).unwrap());
    drop(file);
    println!("  ({} MB)", moved.bytes.len() >> 20);
}

/// Every twentieth activity takes a day longer, which moves nearly all.
fn measure_compare(size: u32) {
    let old = plan(size, Dialect::P6);
    let mut new = old.clone();
    new.activities.iter_mut().step_by(20).filter(|a| a.duration.is_positive()).for_each(|a| a.duration += Span::hours(8));
    print!("compare {size} / {}:", old.links.len());
    let versions = timed("dates", || (Version::of(&old).unwrap(), Version::of(&new).unwrap()));
    let found = timed("differences", || compare_versions(&versions.0, &versions.1));
    println!("  ({} rows)", found.changed.len());
}

fn main() {
    let mut args = std::env::args().skip(1);
    let size: u32 = args.next().and_then(|a| a.parse().ok()).unwrap_or(10_000);
    let chosen: Vec<String> = args.collect();
    for format in Format::ALL.into_iter().filter(|f| chosen.is_empty() || chosen.iter().any(|c| c == f.name())) {
        measure(size, format);
    }
    if chosen.is_empty() || chosen.iter().any(|c| c == "compare") {
        measure_compare(size);
    }
}
