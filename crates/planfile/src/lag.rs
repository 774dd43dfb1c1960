//! Lags as P6 has them: hours of work, whatever another program counts in.
use crate::Plan;
use lantu_calendar::Span;
use lantu_schedule::{Lag, LagCalendar, Link};

/// A lag as work. A day by the clock is a day of work, unless lags are counted by the clock anyway; hundredths are of
/// the predecessor's duration.
pub(crate) fn as_work(plan: &Plan, link: &Link) -> Span {
    let before = || plan.activities.get(link.predecessor.at()).map_or(Span::ZERO, |a| a.duration);
    match link.lag {
        Lag::Work(span) => span,
        Lag::Elapsed(span) if by_the_clock(plan) => span,
        Lag::Elapsed(span) => span.percent(f64::from(plan.units.minutes_per_day.min(1440)) / 14.4),
        Lag::Percent(percent) | Lag::ElapsedPercent(percent) => before().percent(f64::from(percent)),
    }
}

/// Whether [`as_work`] says of a lag by the clock what it was.
pub(crate) fn by_the_clock(plan: &Plan) -> bool {
    plan.options.lag_calendar == LagCalendar::TwentyFourHour
}

#[cfg(test)]
mod tests {
    use super::*;
    use lantu_schedule::{ActivityIx, LinkKind};

    #[test]
    fn lags_become_work() {
        let json = br#"{"project": {"engine": "P6", "start": "2026-03-02T08:00"}, "activities": [{"uid": 1, "duration": 960}]}"#;
        let mut plan = crate::json::read(json).unwrap().plans.remove(0);
        let link = |lag| Link { predecessor: ActivityIx(0), successor: ActivityIx(0), kind: LinkKind::FinishStart, lag };
        for (lag, hours) in [(Lag::Work(Span::hours(-3)), -3), (Lag::Elapsed(Span::hours(24)), 8), (Lag::Percent(50.0), 8)] {
            assert_eq!(as_work(&plan, &link(lag)), Span::hours(hours), "{lag:?}");
        }
        plan.options.lag_calendar = LagCalendar::TwentyFourHour;
        assert_eq!(as_work(&plan, &link(Lag::Elapsed(Span::hours(24)))), Span::hours(24));
    }
}
