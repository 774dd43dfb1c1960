//! What is asked: days, how closely, and whose dates to keep.
use crate::{
    plans::{self, Unread},
    tongue::Tongue,
};
use lantu_planfile::Plan;
use lantu_risk::Node;
use lantu_schedule::{Activity, ActivityIx, Instant, Kind, Span};

/// So many milestones are looked at; each costs a date for every iteration.
const MILESTONES: usize = 1_000;

/// A day, and whose.
#[derive(Clone, Debug, PartialEq)]
pub struct By {
    /// A day without a time ends at its midnight.
    date: Instant,
    /// As it was written.
    day: String,
    /// A uid or an id; the project without one.
    who: Option<String>,
}

/// The 95 % interval of the P80 is at most so wide.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Closeness(pub Span);

/// What is asked of a plan.
pub struct Asked {
    /// Whose dates are kept: the milestones, then who is asked for beside them.
    pub watch: Vec<ActivityIx>,
    /// So many of these are milestones.
    pub milestones: usize,
    /// So many milestones of the plan are not among them.
    pub left_out: usize,
    /// Whose day.
    pub by: Vec<(Node, Instant)>,
    /// The same days as they were written.
    pub days: Vec<String>,
}

/// Hundredths of the duration.
pub fn spread(text: &str) -> Result<f64, String> {
    let percent = text.trim().trim_end_matches('%').parse().ok().filter(|p| (0.0..=1_000.0).contains(p));
    percent.ok_or_else(|| "a number of per cent, from 0 to 1000".to_owned())
}

/// `2026-12-31`, `2026-12-31T17:00`, either with `=` and a uid or an id.
pub fn by(text: &str) -> Result<By, String> {
    let (date, who) = text.split_once('=').map_or((text, None), |(date, who)| (date, Some(who.trim().to_owned())));
    let parsed: Instant = date.parse().map_err(|_| "a day like 2026-12-31, or 2026-12-31=17 for an activity".to_owned())?;
    if who.as_ref().is_some_and(String::is_empty) {
        return Err("an activity after the `=`, as in 2026-12-31=17; without `=` the day is the project's".to_owned());
    }
    let whole_day = date.trim().len() == "2026-12-31".len();
    let day = date.trim().to_owned();
    Ok(By { day, date: if whole_day { parsed + Span::hours(24) } else { parsed }, who })
}

/// Days, hours or minutes of the clock.
pub fn closeness(text: &str) -> Result<Closeness, String> {
    let wrong = || "a span like 1d, 8h or 30m".to_owned();
    let text = text.trim();
    let (number, unit) = text.split_at(text.len() - text.chars().next_back().map_or(0, char::len_utf8));
    let minutes = match unit {
        "d" => 1_440,
        "h" => 60,
        "m" => 1,
        _ => return Err(wrong()),
    };
    let number = number.parse::<u32>().ok().filter(|n| *n > 0).ok_or_else(wrong)?;
    Ok(Closeness(Span::minutes(i64::from(number) * minutes)))
}

impl Asked {
    pub fn of(plan: &Plan, by: &[By], tongue: Tongue) -> Result<Self, Unread> {
        let all = (0..).map(ActivityIx).zip(&plan.activities).filter(|(_, a)| is_milestone(a)).map(|(at, _)| at);
        let mut watch: Vec<ActivityIx> = all.collect();
        let left_out = watch.len().saturating_sub(MILESTONES);
        watch.truncate(MILESTONES);
        let milestones = watch.len();
        let mut asked = vec![];
        for By { date, who, .. } in by {
            let node = match who {
                None => Node::Finish,
                Some(who) => Node::Activity(plans::find(plan, who, "--by", tongue)?),
            };
            if let Node::Activity(at) = node
                && !watch.contains(&at)
            {
                watch.push(at);
            }
            asked.push((node, *date));
        }
        Ok(Self { watch, milestones, left_out, by: asked, days: by.iter().map(|b| b.day.clone()).collect() })
    }
}

/// What the file marks as one, and work that takes no time.
fn is_milestone(activity: &Activity) -> bool {
    let marked = activity.detail.as_ref().is_some_and(|d| d.milestone);
    let inactive = activity.detail.as_ref().is_some_and(|d| d.inactive);
    let is_one = match activity.kind {
        Kind::StartMilestone | Kind::FinishMilestone => true,
        Kind::Task | Kind::ResourceDependent => marked || activity.duration.is_zero(),
        Kind::LevelOfEffort | Kind::WbsSummary | Kind::Summary => false,
    };
    is_one && !inactive
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_ends_at_its_midnight() {
        let date = |text: &str| by(text).map(|b| (b.date.to_string(), b.who));
        assert_eq!(date("2026-12-31"), Ok(("2027-01-01T00:00".into(), None)));
        assert_eq!(date("2026-12-31T17:00=A 10"), Ok(("2026-12-31T17:00".into(), Some("A 10".into()))));
        assert!(date("31.12.2026").is_err() && date("").is_err() && date("=17").is_err() && date("2026-12-31=").is_err());
    }

    #[test]
    fn spans_and_spreads_have_bounds() {
        let minutes = |text: &str| closeness(text).map(|c| c.0.as_minutes()).ok();
        assert_eq!([minutes("2d"), minutes("8h"), minutes(" 30m ")], [Some(2_880.0), Some(480.0), Some(30.0)]);
        assert!(["", "d", "0d", "-1d", "1.5d", "3", "天", "99999999999d"].iter().all(|t| minutes(t).is_none()));
        assert_eq!([spread("20"), spread("12.5%"), spread("0")], [Ok(20.0), Ok(12.5), Ok(0.0)]);
        assert!(["-1", "NaN", "inf", "1001", "many"].iter().all(|t| spread(t).is_err()));
    }
}
