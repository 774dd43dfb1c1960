//! Days that the weather takes: the finish of a few days' work is known exactly.
use crate::{
    agree::*,
    days::{Days, origin},
    plans::*,
};
use lantu_risk::*;
use lantu_schedule::{CalendarIx, Dialect, Instant};

const DAYS_OF_WORK: usize = 12;

fn lost() -> [f64; 12] {
    let mut lost = [0.0; 12];
    (lost[2], lost[3]) = (0.35, 0.1);
    lost
}

/// Work of twelve days, each day lost on its own with the chance of its month: the day on which it is done.
fn done_on(works: impl Fn(i64) -> bool) -> Vec<(i64, f64)> {
    // The probability of so many days of work done.
    let mut done = [0.0; DAYS_OF_WORK];
    done[0] = 1.0;
    let mut found = vec![];
    for day in (0..365).filter(|day| works(*day)) {
        let month = Instant::from_seconds(origin().seconds() + day * 86_400).day().month() as usize;
        let kept = 1.0 - lost()[month - 1];
        found.push((day, done[DAYS_OF_WORK - 1] * kept));
        for count in (0..DAYS_OF_WORK).rev() {
            let before = if count > 0 { done[count - 1] } else { 0.0 };
            done[count] = done[count] * (1.0 - kept) + before * kept;
        }
    }
    found
}

fn weather(calendar: u32) -> Weather {
    Weather { id: "rain".into(), calendar: CalendarIx(calendar), lost: lost() }
}

fn work(days: &[&Days]) -> RiskModel {
    let length = DAYS_OF_WORK as i64 * 480;
    let rows: Vec<_> = (0..days.len() as u32).map(|calendar| (calendar, one_of(&[length]))).collect();
    let mut model = model(Dialect::P6, days, &rows);
    model.weather = (0..days.len() as u32).map(weather).collect();
    model
}

#[test]
fn a_fortnight_in_the_rain() {
    let sampling = |kernel| Sampling { seed: 71, iterations: 20_000, kernel, ..Sampling::default() };
    let mut exact = Dates::default();
    done_on(|_| true).into_iter().filter(|(_, share)| *share > 0.0).for_each(|(day, share)| exact.add(day * 1_440 + 900, share));
    for kernel in [Kernel::Exact, Kernel::Fastest] {
        agree(&exact, &odds_of(&work(&[&Days::daily()]), sampling(kernel)).finish);
    }
    // On an office's days; the lost days of a weekend take nothing.
    let office = Days::office();
    let mut exact = Dates::default();
    let works = |day: i64| day % 7 < 5 && ![2, 11, 14].contains(&day);
    done_on(works).into_iter().filter(|(_, share)| *share > 0.0).for_each(|(day, share)| exact.add(day * 1_440 + 1_020, share));
    agree(&exact, &odds_of(&work(&[&office]), sampling(Kernel::Fastest)).finish);
}

/// Who works on other calendars in the same weather loses the same days.
#[test]
fn the_same_days_for_all() {
    let mut model = work(&[&Days::daily(), &Days::daily()]);
    let odds = odds_of(&model, Sampling { seed: 72, iterations: 3_000, ..Sampling::default() });
    assert!(odds.milestones[0].finish == odds.milestones[1].finish);
    model.weather[1].id = "snow".into();
    let odds = odds_of(&model, Sampling { seed: 72, iterations: 3_000, ..Sampling::default() });
    assert!(odds.milestones[0].finish != odds.milestones[1].finish, "another weather takes other days");
}
