//! Whether a schedule keeps the rules: a second opinion that shares nothing with what computed it but calendars.
//!
//! Every date is held against the dates of its neighbours alone. A start must respect all that bounds it *and* be one
//! that some bound explains; the same backward for late finishes. As every row agrees with its neighbours, the whole
//! agrees with the rules, for a network has no loops. Where the programs' own conduct is not known to the minute,
//! several values count as explained; a date that is a minute off none of them is reported all the same.
//!
//! Rows whose work is shaped by resources (several calendars, uneven contours, delays) are held to their bounds, not
//! to a length: the checker does not spread work.
mod early;
mod floats;
mod frame;
mod late;
mod links;
mod spans;
mod words;

use crate::{Instant, Network, Schedule, Span, Tongue, validate};
use frame::Frame;
use std::fmt;

/// A rule that a schedule breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breach {
    /// Which rule, for machines; one of [`Breach::CODES`].
    pub code: &'static str,
    /// The uids of the rows it is about, the one with the wrong date first; empty for the project's own dates.
    pub activities: Vec<i64>,
    /// What the schedule says.
    pub found: String,
    /// What the rule says: a value, or the values that it allows.
    pub expected: String,
}

impl Breach {
    /// All codes that there are.
    pub const CODES: [&'static str; 26] = [
        "actual_moved",
        "constraint_broken",
        "critical_wrong",
        "effort_span_wrong",
        "finish_wrong",
        "fixed_moved",
        "float_sign_wrong",
        "free_float_wrong",
        "late_beyond_finish",
        "late_bound_broken",
        "late_finish_unexplained",
        "late_link_broken",
        "late_start_wrong",
        "link_broken",
        "milestone_has_length",
        "network_impossible",
        "project_finish_wrong",
        "project_start_wrong",
        "remaining_before_data_date",
        "rows_missing",
        "shown_dates_wrong",
        "start_too_early",
        "start_unexplained",
        "summary_late_wrong",
        "summary_span_wrong",
        "total_float_wrong",
    ];

    /// What is wrong, in words.
    pub fn say(&self, tongue: Tongue) -> String {
        words::say(self, tongue)
    }
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {:?}: {} != {}", self.code, self.activities, self.found, self.expected)
    }
}

/// Every rule that `schedule` breaks as a schedule of `network`; nothing when it is right. Linear in the size of the
/// network, times the depth of its outline.
pub fn check(network: &Network, schedule: &Schedule) -> Vec<Breach> {
    let mut breaches = Breaches::default();
    if let Some(problem) = validate(network).first() {
        breaches.push("network_impossible", problem.activities.clone(), problem.code.into(), "-".into());
        return breaches.0;
    }
    let (rows, activities) = (schedule.rows.len(), network.activities.len());
    if rows != activities {
        breaches.push("rows_missing", vec![], rows.to_string(), activities.to_string());
        return breaches.0;
    }
    let frame = Frame::new(network, schedule);
    for at in 0..activities {
        if frame.is_inactive(at) {
            continue;
        }
        early::check(&frame, at, &mut breaches);
        late::check(&frame, at, &mut breaches);
        floats::check(&frame, at, &mut breaches);
    }
    floats::longest_path(&frame, &mut breaches);
    spans::check(&frame, &mut breaches);
    breaches.0
}

/// What has been found so far.
#[derive(Default)]
pub(crate) struct Breaches(Vec<Breach>);

impl Breaches {
    fn push(&mut self, code: &'static str, activities: Vec<i64>, found: String, expected: String) {
        self.0.push(Breach { code, activities, found, expected });
    }

    fn instant(&mut self, code: &'static str, activities: Vec<i64>, found: Instant, allowed: &[Instant]) {
        let mut allowed: Vec<String> = allowed.iter().map(|at| format!("{at:#}")).collect();
        allowed.sort_unstable();
        allowed.dedup();
        self.push(code, activities, format!("{found:#}"), allowed.join(" | "));
    }

    fn span(&mut self, code: &'static str, uid: i64, found: Span, allowed: &[Span]) {
        let mut allowed: Vec<String> = allowed.iter().map(|s| minutes(*s)).collect();
        allowed.dedup();
        self.push(code, vec![uid], minutes(found), allowed.join(" | "));
    }
}

fn minutes(span: Span) -> String {
    format!("{} min", span.as_minutes())
}
