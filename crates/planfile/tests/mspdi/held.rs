//! Plans of another program in this format: what it cannot hold is told, and the rest is as near as can be.
use crate::random_plan::plan;
use lantu_calendar::{Calendar, Exception, Hours, Instant, Span};
use lantu_planfile::{CalendarKind, Format, Plan, PlanFile, Source, Written, mspdi};
use lantu_schedule::*;

fn write(plan: Plan) -> (Written, Plan) {
    let written = mspdi::write(&PlanFile { format: Format::Xer, plans: vec![plan], source: Source::None });
    let again = mspdi::read(&written.bytes).unwrap().plans.remove(0);
    (written, again)
}

/// A P6 project with two rows of the same identity: a WBS element and the activity under it.
fn p6() -> Plan {
    let mut plan = plan(7);
    plan.options = Options {
        lag_calendar: LagCalendar::TwentyFourHour,
        progress: ProgressLogic::ProgressOverride,
        ..Options::new(Dialect::P6, start())
    };
    plan.options.finish = Some(start());
    plan.options.critical = Critical::LongestPath;
    plan.activities = vec![Activity { kind: Kind::Summary, ..Activity::task(100, CalendarIx(0), Span::ZERO) }];
    let kinds = [Kind::LevelOfEffort, Kind::FinishMilestone, Kind::ResourceDependent, Kind::WbsSummary];
    for (at, kind) in kinds.into_iter().enumerate() {
        let row = Activity::task(100 + at as i64, CalendarIx(0), Span::hours(8));
        plan.activities.push(Activity { kind, parent: Some(ActivityIx(0)), ..row });
    }
    let detail = plan.activities[1].detail_mut();
    detail.constraint = Some(Constraint { kind: ConstraintKind::StartOn, date: start() });
    detail.secondary = Some(Constraint { kind: ConstraintKind::FinishNoLaterThan, date: start() });
    detail.expected_finish = Some(start());
    detail.external_early_start = Some(start());
    detail.stop = Some(start());
    let link = |kind, lag| Link { predecessor: ActivityIx(1), successor: ActivityIx(3), kind, lag };
    plan.links = vec![link(LinkKind::StartStart, Lag::NONE), link(LinkKind::FinishFinish, Lag::Percent(12.5))];
    plan.labels = vec![Default::default(); 5];
    plan.stored = vec![Default::default(); 5];
    plan.stored[2].planned_start = Some(start());
    plan
}

fn start() -> Instant {
    "2026-03-02T08:00".parse().unwrap()
}

#[test]
fn what_the_format_cannot_hold_is_told_in_words() {
    let (written, _) = write(p6());
    let codes: Vec<&str> = written.losses.iter().map(|l| l.code).collect();
    for code in [
        "p6_rules_not_held",
        "lag_calendar_not_held",
        "progress_logic_not_held",
        "longest_path_not_held",
        "must_finish_not_held",
        "level_of_effort_as_task",
        "finish_milestone_as_milestone",
        "resource_dependent_as_task",
        "wbs_summary_as_task",
        "start_on_as_no_earlier",
        "second_constraint_not_held",
        "expected_finish_not_held",
        "external_dates_not_held",
        "suspend_as_stop",
        "second_link_at_risk",
        "percent_lag_rounded",
        "planned_dates_not_held",
        "uid_changed",
    ] {
        assert!(codes.contains(&code), "{code} in {codes:?}");
    }
    for loss in &written.losses {
        assert_ne!(loss.say(Tongue::Chinese), loss.code);
        assert_ne!(loss.say(Tongue::English), loss.code);
    }
}

#[test]
fn rows_of_one_identity_become_two() {
    let (_, again) = write(p6());
    let mut uids: Vec<i64> = again.activities.iter().map(|a| a.uid).collect();
    uids.sort_unstable();
    uids.dedup();
    assert_eq!(uids.len(), 5);
    assert!(again.activities[1..].iter().all(|a| a.parent == Some(ActivityIx(0))));
    assert_eq!(again.links.len(), 2);
}

#[test]
fn a_calendar_on_another_is_written_out_in_full() {
    let mut before = plan(7);
    before.calendars.truncate(1);
    let mut child = before.calendars[0].clone();
    (child.uid, child.kind, child.spec.parent) = (50, CalendarKind::Project, Some(0));
    child.spec.week = Default::default();
    child.spec.week[2] = Some(Hours::of_minutes([(0, 60), (120, 180), (240, 300), (360, 420), (480, 540), (600, 660)]));
    let day = start().day();
    child.spec.exceptions = vec![Exception { from: day, to: day, hours: Hours::all_day() }];
    before.calendars.push(child);
    before.activities = vec![Activity::task(1, CalendarIx(1), Span::hours(8))];
    before.labels.truncate(1);
    before.stored.truncate(1);
    (before.links, before.resources) = (vec![], vec![]);
    let (written, again) = write(before.clone());
    let resolve = |plan: &Plan| Calendar::resolve(&plan.calendars.iter().map(|c| c.spec.clone()).collect::<Vec<_>>()).remove(1);
    let (was, is) = (resolve(&before), resolve(&again));
    let wednesday = |day: i64| (day + 3).rem_euclid(7) == 2;
    for day in (start().day_number() - 500..start().day_number() + 1500).filter(|d| !wednesday(*d)) {
        assert_eq!(was.hours(day), is.hours(day), "{day}");
    }
    let codes: Vec<&str> = written.losses.iter().map(|l| l.code).collect();
    assert!(codes.contains(&"calendar_base_written_out") && codes.contains(&"sixth_shift"), "{codes:?}");
}

#[test]
fn one_project_of_several_is_written() {
    let file = PlanFile { format: Format::Xer, plans: vec![plan(1), plan(2)], source: Source::None };
    assert!(mspdi::write(&file).losses.iter().any(|l| l.code == "other_project_left_out"));
    assert!(mspdi::write(&PlanFile { plans: vec![], ..file }).bytes.is_empty());
}

#[test]
fn tasks_of_other_files_without_dates_get_none() {
    let json = br#"{"project": {"start": "2026-03-02T08:00"}, "activities": [{"uid": 5, "duration": 960, "external_task": true}]}"#;
    let file = lantu_planfile::read(json).unwrap();
    let written = lantu_planfile::write(&file, lantu_planfile::Format::Mspdi).unwrap();
    let again = lantu_planfile::read(&written.bytes).unwrap().plans.remove(0);
    let at = again.find(5, false).unwrap();
    let detail = again.activities[at.at()].detail.as_deref().unwrap();
    assert!(detail.external && detail.fixed.is_none());
}
