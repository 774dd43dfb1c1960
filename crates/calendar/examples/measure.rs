//! How long a calendar's operations take: `cargo run --release -p lantu-calendar --example measure`.
use lantu_calendar::{Calendar, CalendarSpec, Hours, Instant, Span, day_of};
use std::{hint::black_box, time};

const FROM: i64 = 19_000;
const YEARS: i64 = 30;

fn office() -> Hours {
    Hours::of_minutes([(480, 720), (780, 1020)])
}

/// A week with so many single days off, spread over thirty years.
fn with_exceptions(count: i64) -> Calendar {
    let mut spec = CalendarSpec::weekdays(&office());
    for i in 0..count {
        let day = FROM + i * YEARS * 365 / count;
        spec = spec.except(day_of(day), day_of(day), Hours::none());
    }
    Calendar::of(&spec)
}

/// Microseconds in which 400 days of ten years are taken from a calendar, the best of many rounds.
fn losing_days(calendar: &Calendar) -> f64 {
    let rounds = (0..400).map(|_| {
        let begun = time::Instant::now();
        black_box(calendar.without_days((0..400).map(|i| FROM + i * 3_650 / 400)));
        begun.elapsed().as_secs_f64() * 1e6
    });
    rounds.fold(f64::INFINITY, f64::min)
}

/// Pseudo-random instants over the thirty years and spans of up to a hundred days.
fn questions() -> Vec<(Instant, Span)> {
    let mut state = 52u64;
    let mut next = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((state >> 33) % below) as i64
    };
    (0..4096).map(|_| (Instant::from_seconds(FROM * 86_400 + next(YEARS as u64 * 365 * 1440) * 60), Span::minutes(next(48_000)))).collect()
}

/// Nanoseconds of one call, the best of several rounds.
fn measure(questions: &[(Instant, Span)], mut ask: impl FnMut(Instant, Span) -> i64) -> f64 {
    let rounds = (0..40).map(|_| {
        let begun = time::Instant::now();
        let mut sum = 0i64;
        for _ in 0..25 {
            for &(at, span) in questions {
                sum = sum.wrapping_add(ask(at, span));
            }
        }
        black_box(sum);
        begun.elapsed().as_secs_f64() * 1e9 / (25 * questions.len()) as f64
    });
    rounds.fold(f64::INFINITY, f64::min)
}

fn main() {
    let questions = questions();
    println!(
        "{:<34}{:>10}{:>8}{:>12}{:>16}{:>12}{:>18}",
        "calendar (ns a call)", "position", "add", "next_start", "chained adds", "is_working", "losing days (µs)"
    );
    let calendars = [
        ("plain week", with_exceptions(0)),
        ("100 exceptions", with_exceptions(100)),
        ("1,000 exceptions", with_exceptions(1_000)),
        ("10,000 exceptions", with_exceptions(10_000)),
        ("24 hours", Calendar::around_the_clock()),
    ];
    for (name, calendar) in &calendars {
        let position = measure(&questions, |at, _| calendar.position(at));
        let add = measure(&questions, |at, span| calendar.add(at, span).seconds());
        let next = measure(&questions, |at, _| calendar.next_start(at).seconds());
        let working = measure(&questions, |at, _| i64::from(calendar.is_working(at)));
        let mut reached = questions[0].0;
        let chained = measure(&questions, |at, span| {
            reached = if reached > at { calendar.add(reached, -span) } else { calendar.add(reached, span) };
            reached.seconds()
        });
        println!("{name:<34}{position:>10.1}{add:>8.1}{next:>12.1}{chained:>16.1}{working:>12.1}{:>18.1}", losing_days(calendar));
    }
}
