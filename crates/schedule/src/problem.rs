//! Why a network has no schedule: every impossibility with its place, reason and remedy, in two languages.
mod rows;
mod ties;
mod words;

use crate::{Activity, Link, Network, Tongue};
use std::fmt;

/// One impossibility.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// For machines; one of [`Problem::CODES`].
    pub code: &'static str,
    /// The uids of the rows it is about, the chief one first; a loop in its order. May be empty.
    pub activities: Vec<i64>,
    /// Where: `activity 17`, `link 3 -> 17`, `project`.
    pub place: String,
    /// What stands there.
    pub found: String,
}

impl Problem {
    /// All codes that there are, each with a case file in `cases/schedule/wrong/`.
    pub const CODES: [&'static str; 18] = [
        "assignment_not_finite",
        "calendar_without_work",
        "constraints_contradict",
        "cycle",
        "date_out_of_range",
        "duplicate_uid",
        "finish_before_start",
        "finish_missing",
        "fixed_finish_before_start",
        "lag_not_finite",
        "link_to_itself",
        "link_to_own_summary",
        "negative_duration",
        "parent_cycle",
        "parent_not_summary",
        "splits_out_of_order",
        "unknown_activity",
        "unknown_calendar",
    ];

    /// A loop of links: each waits for the one before it, the first for the last.
    pub fn cycle(activities: Vec<i64>) -> Self {
        let mut found = activities.iter().take(LOOP_SHOWN).map(i64::to_string).collect::<Vec<_>>().join(" -> ");
        if activities.len() > LOOP_SHOWN {
            found.push_str(" -> …");
        }
        if let Some(first) = activities.first() {
            found.push_str(&format!(" -> {first}"));
        }
        let place = activities.first().map_or_else(|| "links".to_owned(), |uid| format!("activity {uid}"));
        Self { code: "cycle", activities, place, found }
    }

    /// The reason and the remedy, in words.
    pub fn say(&self, tongue: Tongue) -> String {
        words::say(self, tongue, &|_| None)
    }

    /// The same, where people know the rows by their names and not by their uids; of a row without a name the uid is said.
    pub fn say_named(&self, tongue: Tongue, name: &dyn Fn(i64) -> Option<String>) -> String {
        words::say(self, tongue, name)
    }
}

/// So many rows of a loop are written out in words; all are in [`Problem::activities`].
pub(crate) const LOOP_SHOWN: usize = 20;

/// So many problems are named, then the search ends: a broken file breaks the same rule a million times.
pub(crate) const MOST: usize = 1_000;

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}): {}", self.code, self.place, self.say(Tongue::English))
    }
}

impl std::error::Error for Problem {}

/// Every impossibility that shows without scheduling, in the order of the network; loops of links show only when
/// they are walked. At most a thousand are named. Linear in the size of the network.
///
/// ```
/// use lantu_schedule::*;
/// let options = Options::new(Dialect::P6, "2026-03-02T08:00".parse()?);
/// let mut network = Network { options, calendars: vec![Calendar::around_the_clock()], activities: vec![], links: vec![] };
/// network.activities.push(Activity::task(7, CalendarIx(0), -Span::hours(8)));
/// assert_eq!(validate(&network)[0].code, "negative_duration");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn validate(network: &Network) -> Vec<Problem> {
    let mut problems = Problems::default();
    rows::options(network, &mut problems);
    rows::activities(network, &mut problems);
    let family = ties::parents(network, &mut problems);
    ties::links(network, &family, &mut problems);
    problems.0
}

/// What is impossible about one row, were it to stand in this network.
pub(crate) fn validate_row(network: &Network, row: &Activity) -> Vec<Problem> {
    let mut problems = Problems::default();
    rows::one(network, row, &mut problems);
    problems.0
}

/// What is impossible about one link's lag.
pub(crate) fn validate_lag(network: &Network, link: &Link) -> Vec<Problem> {
    let mut problems = Problems::default();
    ties::one_lag(network, link, &mut problems);
    problems.0
}

/// What has been found so far.
#[derive(Default)]
pub(crate) struct Problems(Vec<Problem>);

impl Problems {
    #[cold]
    fn push(&mut self, code: &'static str, activities: Vec<i64>, place: String, found: String) {
        if self.0.len() < MOST {
            self.0.push(Problem { code, activities, place, found });
        }
    }

    #[cold]
    fn of_row(&mut self, code: &'static str, uid: i64, found: String) {
        self.push(code, vec![uid], format!("activity {uid}"), found);
    }
}

#[cfg(test)]
mod tests;
