//! The outlook of a plan: an untouched one beside its pattern, and any with any facts beside passes of its own, counted in
//! whole days over lists of days.
#[path = "outlook/lights.rs"]
mod lights;
#[path = "outlook/naive.rs"]
mod naive;
#[path = "outlook/odds.rs"]
mod odds;
#[path = "outlook/plans.rs"]
mod plans;

use jiff::civil::{Date, date};
use lantu_model::{Project, plan::Facts};
use lantu_pack::Pack;
use lantu_rules::{
    outlook::{Elsewhere, Outlook, Sight, State},
    pattern::{PatternDates, steps},
};
use naive::Naive;
use plans::{COUNTY, GENERIC, any_project, planned};
use proptest::prelude::*;

const MONDAY: Date = date(2026, 3, 2);

fn outlook(project: &Project, pack: &Pack, today: Date) -> Outlook {
    Outlook::of(project, &Sight { pack, today, elsewhere: &Elsewhere::new() }).unwrap().unwrap()
}

#[test]
fn an_untouched_plan_has_its_patterns_dates() {
    for (pack, start) in [(&*COUNTY, MONDAY), (&*GENERIC, MONDAY), (&*COUNTY, date(2026, 2, 12)), (&*COUNTY, date(2026, 10, 3))] {
        for pattern in &pack.patterns {
            let steps = steps(pattern, &Facts::default(), &[]);
            let dates = PatternDates::of(&steps, pack.calendar_data(), start).unwrap();
            let seen = outlook(&planned(&steps, start), pack, start);
            for (line, row) in seen.lines.iter().zip(&dates.rows) {
                let first = |offset: i64| if row.activity.days > 0 { offset + 1 } else { offset };
                let day = |offset| pack.calendar().add_working_days(start, offset);
                assert_eq!((line.start, line.finish), (day(first(row.start_offset)), row.early_finish), "{} {}", pattern.key, line.id);
                assert_eq!((line.late_finish, line.total_float), (row.late_finish, row.total_float), "{} {}", pattern.key, line.id);
                assert!(matches!(line.state, State::Waiting | State::Ready));
            }
            assert_eq!((seen.finish, seen.provisional, seen.lines.len()), (dates.finish, dates.provisional, dates.rows.len()));
            assert_eq!(seen.milestones.len(), dates.landmarks.len());
            for (ahead, landmark) in seen.milestones.iter().zip(&dates.landmarks) {
                let path: Vec<&str> = landmark.path.iter().map(|at| dates.rows[*at].activity.id.as_str()).collect();
                assert_eq!((ahead.milestone, ahead.expected), (landmark.milestone, landmark.day));
                assert_eq!(ahead.path, path, "{} {:?}", pattern.key, ahead.milestone);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]
    #[test]
    fn any_plan_with_any_facts_has_the_dates_counted_by_hand(
        project in any_project(),
        ahead in -20_i32..400,
    ) {
        let start = project.plan.as_ref().unwrap().start;
        let today = start.saturating_add(jiff::ToSpan::days(ahead));
        let seen = outlook(&project, &COUNTY, today);
        let by_hand = Naive::of(&project, COUNTY.calendar(), today);
        for (line, hand) in seen.lines.iter().zip(&by_hand.rows) {
            prop_assert_eq!((line.start, line.finish), (hand.start, hand.finish), "{} {:?} on {}", &line.id, line.state, today);
            prop_assert_eq!(line.total_float, hand.total_float, "float of {} on {}", &line.id, today);
            prop_assert_eq!(line.free_float, hand.free_float, "free float of {} on {}", &line.id, today);
            prop_assert!(line.start <= line.finish && line.late_start <= line.late_finish, "{:?}", line);
            if line.state != State::Done {
                prop_assert!(line.finish >= today, "{:?} on {}", line, today);
            } else {
                prop_assert!(line.finish <= today, "{:?} on {}", line, today);
            }
        }
        prop_assert_eq!(seen.finish, by_hand.rows.iter().map(|r| r.finish).max().unwrap_or(start));
        for link in seen.links.iter().filter(|l| l.driving) {
            prop_assert!(seen.lines[link.from].finish <= seen.lines[link.to].finish || link.lag < 0 || link.ends != lantu_model::plan::Ends::FinishStart);
        }
    }

    /// What happened after a day changes nothing of what that day sees.
    #[test]
    fn facts_of_later_days_are_not_seen(project in any_project(), ahead in 0_i32..200) {
        let start = project.plan.as_ref().unwrap().start;
        let today = start.saturating_add(jiff::ToSpan::days(ahead));
        let mut known = project.clone();
        plans::forget_after(&mut known, today);
        let (all, known) = (outlook(&project, &COUNTY, today), outlook(&known, &COUNTY, today));
        prop_assert_eq!(all, known);
    }
}
