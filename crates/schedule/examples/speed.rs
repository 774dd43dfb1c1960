//! Times a full run and single edits on a random network: `cargo run --release -p lantu-schedule --example speed -- 100000`.
use lantu_calendar::{Calendar, CalendarSpec, Hours, Span};
use lantu_schedule::{Activity, ActivityIx, CalendarIx, Change, Dialect, Lag, Link, LinkKind, Live, Network, Options, schedule};
use std::time::Instant;

struct Chance(u64);

impl Chance {
    fn next(&mut self, below: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % below.max(1)
    }
}

fn network(size: u32, dialect: Dialect) -> Network {
    let mut chance = Chance(0x9E37_79B9_7F4A_7C15);
    let mut office = CalendarSpec::weekdays(&Hours::of_minutes([(480, 720), (780, 1020)]));
    for k in 0..300i16 {
        let day = jiff::civil::date(2026, 1, 1).checked_add(jiff::Span::new().days(i64::from(k) * 17)).unwrap();
        office = office.except(day, day, Hours::none());
    }
    let calendars = vec![Calendar::of(&office), Calendar::around_the_clock()];
    let activities = (0..size)
        .map(|i| Activity::task(i64::from(i), CalendarIx(u32::from(chance.next(10) == 0)), Span::hours(1 + chance.next(80) as i64)))
        .collect();
    let kinds = [LinkKind::FinishStart, LinkKind::FinishStart, LinkKind::FinishStart, LinkKind::StartStart, LinkKind::FinishFinish];
    let reach = u64::from(size / 20).max(50);
    let links = (0..size * 2)
        .map(|_| {
            let a = chance.next(u64::from(size) - 1);
            let b = (a + 1 + chance.next(reach)).min(u64::from(size) - 1);
            let lag = if chance.next(5) == 0 { Lag::Work(Span::hours(chance.next(40) as i64)) } else { Lag::NONE };
            let kind = kinds[chance.next(5) as usize];
            Link { predecessor: ActivityIx(a as u32), successor: ActivityIx(b as u32), kind, lag }
        })
        .collect();
    Network { options: Options::new(dialect, "2026-03-02T08:00".parse().unwrap()), calendars, activities, links }
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn main() {
    let size: u32 = std::env::args().nth(1).and_then(|a| a.parse().ok()).unwrap_or(10_000);
    for dialect in [Dialect::MsProject, Dialect::P6] {
        let network = network(size, dialect);
        let runs = if size > 500_000 { 3 } else { 9 };
        let full = median(
            (0..runs)
                .map(|_| {
                    let began = Instant::now();
                    std::hint::black_box(schedule(&network).unwrap());
                    began.elapsed().as_secs_f64() * 1e3
                })
                .collect(),
        );
        let mut live = Live::new(network).unwrap();
        let mut chance = Chance(7);
        let mut touched = 0;
        let edits = median(
            (0..301)
                .map(|_| {
                    let at = ActivityIx(chance.next(u64::from(size)) as u32);
                    let hours = Span::hours(1 + chance.next(80) as i64);
                    let began = Instant::now();
                    touched += live.apply(Change::Duration(at, hours)).unwrap().activities.len();
                    began.elapsed().as_secs_f64() * 1e3
                })
                .collect(),
        );
        println!("{dialect:?} {size}: {full:.2} ms; an edit {edits:.3} ms, {} rows touched on average", touched / 301);
    }
}
