//! What is unsure about a plan, as its file says or as is usual where the file says nothing.
use crate::Plan;
use lantu_calendar::Span;
use lantu_risk::{Correlation, DurationRange, Range, Risk, RiskModel, Weather};
use lantu_schedule::{Activity, ActivityIx, Kind, Progress};

/// What is unsure about a plan. Indexes are places in the plan's lists. Only JSON holds it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Uncertainty {
    /// How long work may take.
    pub ranges: Vec<DurationRange>,
    /// What may strike.
    pub risks: Vec<Risk>,
    /// What moves together.
    pub correlations: Vec<Correlation>,
    /// Days that the weather takes.
    pub weather: Vec<Weather>,
}

impl Uncertainty {
    /// Whether the file says nothing of the sort.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Plan {
    /// The network with what is unsure about it, and how many ranges were assumed.
    ///
    /// Unfinished work for which the file has no range gets three points: its duration, and `spread` hundredths less and more of
    /// it, each to the nearest minute; a spread of 0 leaves it as it is, of 100 or more it may also take no time. Rows that follow
    /// others (summaries, level of effort, WBS summaries), milestones, inactive tasks and those held to fixed dates get none.
    ///
    /// ```
    /// use lantu_calendar::Span;
    /// use lantu_risk::Range;
    /// let json = r#"{"project": {"engine": "MSP", "start": "2026-03-02T08:00"}, "activities": [
    ///     {"uid": 1, "duration": 600, "range": {"kind": "uniform", "min": 540, "max": 720}}, {"uid": 2, "duration": 480}]}"#;
    /// let file = lantu_planfile::read(json.as_bytes())?;
    /// let (model, assumed) = file.plans[0].risk_model(20.0);
    /// assert_eq!(assumed, 1);
    /// assert_eq!(model.ranges[0].range, Range::Uniform { min: Span::hours(9), max: Span::hours(12) });
    /// let [min, mode, max] = [384, 480, 576].map(Span::minutes);
    /// assert_eq!(model.ranges[1].range, Range::Triangular { min, mode, max });
    /// # Ok::<(), lantu_planfile::Refused>(())
    /// ```
    pub fn risk_model(&self, spread: f64) -> (RiskModel, usize) {
        let Uncertainty { mut ranges, risks, correlations, weather } = self.uncertainty.clone();
        let mut given = vec![false; self.activities.len()];
        for range in &ranges {
            given.iter_mut().skip(range.activity.at()).take(1).for_each(|given| *given = true);
        }
        let before = ranges.len();
        for (at, activity) in self.activities.iter().enumerate().filter(|(at, _)| !given[*at]) {
            ranges.extend(assumed(activity, spread).map(|range| DurationRange { activity: ActivityIx(at as u32), range }));
        }
        let assumed = ranges.len() - before;
        (RiskModel { network: self.network(), ranges, risks, correlations, weather, key: 0 }, assumed)
    }
}

/// Three points around a duration; nothing for what does not vary, or by less than a minute.
fn assumed(activity: &Activity, spread: f64) -> Option<Range> {
    let length = varying(activity)?;
    let minute = |factor: f64| Span::minutes((length.as_minutes() * factor.max(0.0)).round() as i64);
    let (min, mode, max) = (minute(1.0 - spread / 100.0), minute(1.0), minute(1.0 + spread / 100.0));
    (min < max).then_some(Range::Triangular { min, mode, max })
}

/// The length of work that is still to be done and decides dates.
fn varying(activity: &Activity) -> Option<Span> {
    let works = matches!(activity.kind, Kind::Task | Kind::ResourceDependent);
    let held = activity.detail.as_ref().is_some_and(|d| d.inactive || d.external || d.fixed.is_some());
    let length = match activity.progress() {
        Progress::NotStarted => activity.duration,
        Progress::Started { remaining, .. } if remaining.is_positive() => activity.duration.max(remaining),
        Progress::Started { .. } | Progress::Finished { .. } => Span::ZERO,
    };
    (works && !held && length.is_positive()).then_some(length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use lantu_calendar::Instant;
    use lantu_schedule::{CalendarIx, FixedDates};

    fn task(duration: i64) -> Activity {
        Activity::task(1, CalendarIx(0), Span::minutes(duration))
    }

    fn points(activity: &Activity, spread: f64) -> Option<[f64; 3]> {
        match assumed(activity, spread)? {
            Range::Triangular { min, mode, max } => Some([min, mode, max].map(Span::as_minutes)),
            _ => None,
        }
    }

    #[test]
    fn a_spread_is_of_whole_minutes_around_the_duration() {
        assert_eq!(points(&task(480), 20.0), Some([384.0, 480.0, 576.0]));
        assert_eq!(points(&task(7), 20.0), Some([6.0, 7.0, 8.0]));
        assert_eq!(points(&task(480), 100.0), Some([0.0, 480.0, 960.0]));
        assert_eq!(points(&task(480), 250.0), Some([0.0, 480.0, 1_680.0]));
        assert_eq!(points(&task(480), 0.0), None);
        assert_eq!(points(&task(1), 20.0), None, "less than a minute");
        let odd = Activity { duration: Span::seconds(28_795), ..task(0) };
        assert_eq!(points(&odd, 10.0), Some([432.0, 480.0, 528.0]), "MS Project keeps tenths of minutes");
    }

    #[test]
    fn facts_and_what_follows_others_do_not_vary() {
        let start = Instant::default();
        let edited = |edit: &dyn Fn(&mut Activity)| {
            let mut activity = task(480);
            edit(&mut activity);
            points(&activity, 20.0)
        };
        let begun = |remaining| Progress::Started { start, actual: Span::hours(4), remaining };
        assert!(edited(&|a| a.detail_mut().progress = begun(Span::hours(4))).is_some());
        let still: [&dyn Fn(&mut Activity); 8] = [
            &|a| a.kind = Kind::Summary,
            &|a| a.kind = Kind::LevelOfEffort,
            &|a| a.kind = Kind::WbsSummary,
            &|a| a.kind = Kind::FinishMilestone,
            &|a| a.detail_mut().inactive = true,
            &|a| a.detail_mut().fixed = Some(FixedDates { start, finish: start }),
            &|a| a.detail_mut().progress = begun(Span::ZERO),
            &|a| a.detail_mut().progress = Progress::Finished { start, finish: start, actual: Span::hours(8) },
        ];
        assert!(still.iter().all(|edit| edited(edit).is_none()));
        assert_eq!(points(&task(0), 20.0), None);
    }
}
