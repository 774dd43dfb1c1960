//! The dates of a plan as JSON, for scripts.
use crate::Plan;
use lantu_calendar::{Instant, Span};
use lantu_schedule::{Activity, Row, Schedule};
use std::fmt::{self, Write};

/// Dates of every activity and summary row, by uid, in the plan's order:
/// `{"activities":[{"uid","es","ef","ls","lf","start","finish","tf","ff","critical","longest_path"}…],"summaries":[…],"project_finish"}`.
/// Times are `YYYY-MM-DDTHH:MM`, with seconds where they are not whole minutes; floats are minutes.
/// `longest` says which activities are on the longest path, by their place.
pub fn answer(plan: &Plan, schedule: &Schedule, longest: impl Fn(usize) -> bool) -> String {
    let mut out = String::with_capacity(220 * schedule.rows.len() + 100);
    let rows = || plan.activities.iter().zip(&schedule.rows).enumerate();
    out.push_str("{\"activities\":[");
    list(&mut out, rows().filter(|(_, (a, _))| !a.is_summary()).map(|(at, (a, row))| (a, row, longest(at))));
    out.push_str("],\"summaries\":[");
    list(&mut out, rows().filter(|(_, (a, _))| a.is_summary()).map(|(at, (a, row))| (a, row, longest(at))));
    let _ = write!(out, "],\"project_finish\":{}}}", Time(schedule.finish));
    out
}

fn list<'a>(out: &mut String, rows: impl Iterator<Item = (&'a Activity, &'a Row, bool)>) {
    for (i, (activity, row, longest)) in rows.enumerate() {
        // Writing to a String does not fail.
        let _ = write!(
            out,
            "{}{{\"uid\":{},\"es\":{},\"ef\":{},\"ls\":{},\"lf\":{},\"start\":{},\"finish\":{},\"tf\":{},\"ff\":{},\"critical\":{},\"longest_path\":{longest}}}",
            if i > 0 { ",\n" } else { "\n" },
            activity.uid,
            Time(row.early_start),
            Time(row.early_finish),
            Time(row.late_start),
            Time(row.late_finish),
            Time(row.start),
            Time(row.finish),
            Minutes(row.total_float),
            Minutes(row.free_float),
            row.critical,
        );
    }
}

struct Time(Instant);
struct Minutes(Span);

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{:#}\"", self.0)
    }
}

impl fmt::Display for Minutes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0.as_seconds();
        if seconds % 60 == 0 { write!(f, "{}", seconds / 60) } else { write!(f, "{:.4}", self.0.as_minutes()) }
    }
}
