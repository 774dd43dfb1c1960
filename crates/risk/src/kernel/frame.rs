//! How finely time is cut, and how far the tables reach.
use super::{
    lengths::Lengths,
    table::{FAR, Ticks},
};
use lantu_calendar::{Calendar, DAY, Instant, Span};
use lantu_schedule::{Activity, Constraint, Detail, Dialect, Lag, Network, Progress, Stepwise};
use std::ops::Range;

/// Tables begin and end at multiples of so many days, so that networks of one time share them.
const ROUND: i64 = 1461;

/// Seconds of a tick: a minute where nothing in the network is finer, else a second.
pub(crate) fn tick_of(network: &Network) -> i64 {
    let whole = |seconds: i64| seconds % 60 == 0;
    let span = |span: Span| whole(span.as_seconds());
    let date = |date: Instant| whole(date.seconds());
    let hours = |c: &Calendar| c.kinds_of_day().iter().flat_map(|h| h.spans()).all(|&(a, b)| whole(a.into()) && whole(b.into()));
    let lag = |lag: Lag| match lag {
        Lag::Work(s) | Lag::Elapsed(s) => span(s),
        _ => false,
    };
    let constraint = |c: &Option<Constraint>| c.is_none_or(|c| date(c.date));
    let progress = |p: Progress| match p {
        Progress::NotStarted => true,
        Progress::Started { start, actual, remaining } => date(start) && span(actual) && span(remaining),
        Progress::Finished { start, finish, .. } => date(start) && date(finish),
    };
    let activity = |a: &Activity| {
        let detail = |d: &Detail| {
            let dates = [d.deadline, d.expected_finish, d.resume, d.external_early_start, d.external_late_finish];
            let fixed = d.fixed.is_none_or(|f| date(f.start) && date(f.finish));
            let pieces = d.splits.iter().all(|s| date(s.0) && date(s.1)) && d.leveling_delay.is_none_or(|delay| span(delay.span));
            // Those who work at different times share the work out to the second; P6 rounds to the minute.
            let alone = network.options.dialect == Dialect::P6 || d.assignments.windows(2).all(|two| two[0].calendar == two[1].calendar);
            pieces
                && alone
                && fixed
                && dates.into_iter().flatten().all(date)
                && constraint(&d.constraint)
                && constraint(&d.secondary)
                && progress(d.progress)
        };
        span(a.duration) && a.detail.as_deref().is_none_or(detail)
    };
    let o = &network.options;
    let ends = [Some(o.start), o.data_date, o.finish].into_iter().flatten().all(date);
    let minutes =
        ends && network.calendars.iter().all(hours) && network.links.iter().all(|l| lag(l.lag)) && network.activities.iter().all(activity);
    if minutes { 60 } else { 1 }
}

/// The stretch of days that the dates of all iterations should lie in, for tables that networks of one time share.
pub(super) fn frame(days: &Range<i64>, tick: i64) -> Option<(Ticks, i64)> {
    let begin = days.start.div_euclid(ROUND) * ROUND;
    let end = (days.end.div_euclid(ROUND) + 1) * ROUND;
    let ticks = Ticks { base: Instant::from_seconds(begin * DAY), seconds: tick };
    let fits = (end - begin) * DAY / tick < i64::from(FAR) && begin * DAY > Instant::MIN.seconds() && end * DAY < Instant::MAX.seconds();
    fits.then_some((ticks, end - begin))
}

/// The days between the first and the last date when all takes as long as it seldom does, with room;
/// `stretch` tells how much longer the weather may make it. Leaves the network with those durations.
pub(crate) fn days_when_long(steps: &mut Stepwise, lengths: &Lengths, stretch: f64) -> Range<i64> {
    lengths.set_long(steps);
    steps.run();
    let (mut first, mut last) = (steps.start(), steps.start());
    for at in (0..steps.nodes()).filter(|&at| steps.is_placed(at)) {
        let row = steps.row(at);
        let dates = [row.early_start, row.early_finish, row.late_start, row.late_finish];
        for date in dates.into_iter().filter(|d| *d > Instant::MIN && *d < Instant::MAX) {
            (first, last) = (first.min(date), last.max(date));
        }
    }
    let span = last.day_number() - first.day_number();
    let room = 366 + span / 4;
    first.day_number() - room..last.day_number() + room + (span as f64 * (stretch - 1.0)) as i64
}
