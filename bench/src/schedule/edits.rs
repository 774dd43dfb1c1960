//! One edit after another in a plan that is kept up to date, against computing it whole.

use std::time::Instant;

use lantu_calendar::Span;
use lantu_schedule::{ActivityIx, Change, Dialect, Live, Progress, schedule};

use super::network::{self, Dice};
use super::{DIALECTS, count, name};
use crate::table::{Row, median, percentile};

const ACTIVITIES: usize = 10_000;
const EDITS: usize = 1_000;
/// Milliseconds to reach.
const LIMIT: f64 = 1.0;

pub fn measure() -> Result<Vec<Row>, String> {
    let mut rows = Vec::new();
    for dialect in DIALECTS {
        rows.extend(of(dialect)?);
    }
    Ok(rows)
}

fn of(dialect: Dialect) -> Result<[Row; 2], String> {
    let network = network::random(dialect, ACTIVITIES, 7);
    let mut live = Live::new(network).map_err(|problems| format!("refused: {:?}", problems.first()))?;
    let mut dice = Dice::of(11);
    let (mut times, mut touched, mut refused) = (Vec::new(), Vec::new(), 0);
    while times.len() < EDITS && refused < EDITS {
        let change = edit(&live, &mut dice);
        let began = Instant::now();
        let done = live.apply(change);
        let took = began.elapsed().as_secs_f64() * 1e3;
        match done {
            Ok(rows) => {
                times.push(took);
                touched.push(rows.activities.len() as f64);
            }
            Err(_) => refused += 1,
        }
    }
    let whole = compare(&live)?;
    let middle = median(&times);
    let what = |what: &str| format!("{what} in {}, {}", count(ACTIVITIES), name(dialect));
    let from = format!(
        "median of {}, 95 in 100 below {:.2} ms; median {:.0} rows touched, 95 in 100 below {:.0}",
        times.len(),
        percentile(&times, 95),
        median(&touched),
        percentile(&touched, 95)
    );
    let ratio = format!("whole {whole:.2} ms; after all edits both give the same dates");
    Ok([
        Row { what: what("one edit"), value: middle, unit: "ms", peer: None, limit: Some(LIMIT), from },
        Row { what: what("whole against one edit"), value: whole / middle, unit: "×", peer: None, limit: None, from: ratio },
    ])
}

/// Milliseconds of computing the edited network whole; an error when its dates are others.
fn compare(live: &Live) -> Result<f64, String> {
    let began = Instant::now();
    let fresh = schedule(live.network()).map_err(|problems| format!("refused: {:?}", problems.first()))?;
    let took = began.elapsed().as_secs_f64() * 1e3;
    if fresh == live.schedule() { Ok(took) } else { Err("the edited plan differs from the same plan computed whole".to_string()) }
}

/// Half durations, a fifth lags, the rest dates and progress.
fn edit(live: &Live, dice: &mut Dice) -> Change {
    let network = live.network();
    let at = dice.below(network.activities.len());
    let (ix, row) = (ActivityIx(at as u32), live.row(ActivityIx(at as u32)));
    match dice.below(100) {
        0..50 => Change::Duration(ix, Span::hours(1 + dice.below(80) as i64)),
        50..70 => Change::Lag(dice.below(network.links.len()), network::lag(dice)),
        70..85 => Change::Constraint(ix, dice.percent(70).then(|| network::constraint(at, network.options.start, dice))),
        _ => {
            let all = network.activities[at].duration.as_seconds();
            let actual = Span::seconds(all / 2);
            Change::Progress(ix, Progress::Started { start: row.early_start, actual, remaining: Span::seconds(all) - actual })
        }
    }
}
