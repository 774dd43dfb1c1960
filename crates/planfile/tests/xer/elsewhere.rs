//! Plans of other programs as XER: what P6 cannot hold is said, the rest is read again.
use crate::corpus::shared;
use crate::generated::{Chance, plan};
use lantu_calendar::{Calendar, Exception, Hours, Instant, Span, WorkWeek};
use lantu_planfile::{Format, Plan, PlanFile, Source, mspdi, xer};
use lantu_schedule::*;

fn again(plan: &Plan) -> (Plan, Vec<(&'static str, String)>) {
    let written = xer::write(&PlanFile { format: Format::Mspdi, plans: vec![plan.clone()], source: Source::None });
    let read = xer::read(&written.bytes).unwrap_or_else(|r| panic!("{r}"));
    (read.plans.into_iter().next().unwrap(), written.losses.into_iter().map(|l| (l.code, l.place)).collect())
}

fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

/// A plan of Microsoft Project's with plain work, numbered from 1000.
fn foreign(count: usize) -> Plan {
    let mut plan = plan(&mut Chance(11), "P", 0, count);
    plan.options =
        Options { dialect: Dialect::MsProject, data_date: plan.options.data_date, ..Options::new(Dialect::MsProject, plan.options.start) };
    plan.links.clear();
    for activity in plan.activities.iter_mut().filter(|a| !a.is_summary()) {
        (activity.detail, activity.kind, activity.calendar, activity.duration) = (None, Kind::Task, CalendarIx(0), Span::hours(8));
    }
    plan.stored.iter_mut().for_each(|s| s.notes = None);
    plan
}

#[test]
fn what_p6_cannot_hold_is_said() {
    let mut plan = foreign(9);
    let task = |uid: i64| plan.find(uid, false).unwrap();
    let places: Vec<ActivityIx> = (1000..1009).map(task).collect();
    let summary = plan.find(1, true).unwrap();
    plan.options.from = ScheduleFrom::Finish;
    let late = Constraint { kind: ConstraintKind::FinishNoLaterThan, date: at("2026-05-01T17:00") };
    plan.activities[summary.at()].detail_mut().constraint = Some(late);
    plan.activities[places[0].at()].elapsed = true;
    plan.activities[places[1].at()].detail_mut().deadline = Some(at("2026-05-01T17:00"));
    plan.activities[places[2].at()].detail_mut().fixed = Some(FixedDates { start: at("2026-04-06T08:00"), finish: at("2026-04-09T08:00") });
    plan.activities[places[3].at()].detail_mut().inactive = true;
    plan.activities[places[4].at()].detail_mut().splits = vec![(at("2026-04-06T08:00"), at("2026-04-07T08:00")); 2];
    plan.activities[places[5].at()].detail_mut().milestone = true;
    plan.activities[places[6].at()].duration = Span::ZERO;
    plan.activities[places[7].at()].detail_mut().leveling_delay = Some(Delay { span: Span::hours(4), elapsed: true });
    plan.activities[places[8].at()].detail_mut().progress =
        Progress::Started { start: at("2026-03-02T08:00"), actual: Span::seconds(1), remaining: Span::hours(1) };
    let link = |a: ActivityIx, b: ActivityIx, lag| Link { predecessor: a, successor: b, kind: LinkKind::FinishStart, lag };
    plan.links = vec![
        link(places[0], places[1], Lag::Percent(50.0)),
        link(places[1], places[2], Lag::Elapsed(Span::hours(24))),
        link(places[3], places[4], Lag::NONE),
        link(summary, places[4], Lag::NONE),
    ];
    let (read, mut losses) = again(&plan);
    losses.sort();
    let codes: Vec<_> = losses.iter().map(|l| l.0).collect();
    assert_eq!(
        codes,
        [
            "actual_duration_by_dates",
            "deadline",
            "elapsed_duration",
            "elapsed_lag",
            "inactive_activity",
            "leveling_delay",
            "link_on_summary",
            "manual_activity",
            "milestone_with_duration",
            "percent_lag",
            "rules_of_ms_project",
            "schedule_from_finish",
            "split_activity",
            "summary_constraint",
        ]
    );
    assert!(read.find(1003, false).is_none());
    let of = |uid: i64| &read.activities[read.find(uid, false).unwrap().at()];
    assert_eq!(of(1006).kind, Kind::FinishMilestone);
    assert_eq!(of(1002).constraint().map(|c| (c.kind, c.date)), Some((ConstraintKind::MustStartOn, at("2026-04-06T08:00"))));
    assert_eq!(read.links.iter().map(|l| l.lag).collect::<Vec<_>>()[0], Lag::Work(Span::hours(4)));
    assert_eq!((read.links.len(), read.options.lag_calendar), (2, LagCalendar::Successor));
}

#[test]
fn calendars_of_other_sorts_keep_their_hours() {
    let mut plan = foreign(1);
    let day = |text: &str| at(text).day();
    let hours = Hours::of_minutes([(600, 840)]);
    let base = &mut plan.calendars[0];
    base.spec.exceptions = vec![Exception { from: day("2026-05-01"), to: day("2026-05-05"), hours: Hours::none() }];
    let mut week = base.spec.week.clone();
    week[5] = Some(hours.clone());
    base.spec.work_weeks = vec![WorkWeek { from: day("2026-06-01"), to: day("2026-06-30"), week }];
    let mut own = base.clone();
    // In Microsoft Project the week of the one that inherits holds against its parent's exceptions.
    (own.uid, own.spec.parent, own.spec.work_weeks) = (99, Some(0), vec![]);
    own.spec.week = Default::default();
    own.spec.week[4] = Some(hours);
    own.spec.exceptions = vec![Exception { from: day("2026-07-01"), to: day("2026-07-02"), hours: Hours::all_day() }];
    plan.calendars.truncate(1);
    plan.calendars.push(own);
    plan.resources.clear();
    plan.activities.iter_mut().filter(|a| !a.is_summary()).for_each(|a| a.calendar = CalendarIx(1));
    let (read, losses) = again(&plan);
    assert_eq!(losses.iter().map(|l| l.0).collect::<Vec<_>>(), ["rules_of_ms_project", "work_weeks_flattened"]);
    let specs = |p: &Plan| p.calendars.iter().map(|c| c.spec.clone()).collect::<Vec<_>>();
    let (ours, theirs) = (Calendar::resolve(&specs(&plan)), Calendar::resolve(&specs(&read)));
    let first = plan.options.start.day_number() - 100;
    for (mine, other) in ours.iter().zip(&theirs) {
        assert!((first..first + 400).all(|d| mine.hours(d) == other.hours(d)));
    }
}

#[test]
fn files_of_microsoft_project_become_files_of_p6() {
    let Some(folder) = shared("original") else { return };
    let mut read_again = 0;
    for path in folder.read_dir().unwrap().map(|e| e.unwrap().path()).filter(|p| p.extension().is_some_and(|e| e == "xml")) {
        let Ok(file) = mspdi::read(&std::fs::read(&path).unwrap()) else { continue };
        for plan in &file.plans {
            let (read, losses) = again(plan);
            let inactive = losses.iter().filter(|l| l.0 == "inactive_activity").count();
            let tasks = |p: &Plan| p.activities.iter().filter(|a| !a.is_summary()).count();
            assert_eq!(tasks(&read) + inactive, tasks(plan), "{}", path.display());
            assert_eq!(read.losses, [], "{}", path.display());
            assert_eq!(read.name, plan.name);
            read_again += 1;
        }
    }
    eprintln!("{read_again} projects of Microsoft Project written as XER");
    assert!(read_again > 15);
}
