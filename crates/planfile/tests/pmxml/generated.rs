//! Plans of all sorts go through the format and come back.
use jiff::civil::{Date, date};
use lantu_calendar::{CalendarSpec, Exception, Hours, Instant, Span};
use lantu_planfile::{CalendarKind, Format, Label, Plan, PlanCalendar, PlanFile, Resource, ResourceKind, Source, Stored, Units, pmxml};
use lantu_schedule::{
    Activity, ActivityIx, Assignment, CalendarIx, Constraint, ConstraintKind, Contour, Critical, Delay, Detail, Dialect, Kind, Lag,
    LagCalendar, Link, LinkKind, Options, Progress, ProgressLogic, TaskType, TotalFloat,
};
use proptest::prelude::*;
use proptest::sample::select;

fn instant() -> impl Strategy<Value = Instant> {
    (0i64..500_000_000).prop_map(|s| Instant::from_seconds(1_500_000_000 + s))
}

fn span() -> impl Strategy<Value = Span> {
    prop_oneof![(0i64..1000).prop_map(Span::hours), (0i64..1_000_000).prop_map(Span::seconds)]
}

fn words() -> impl Strategy<Value = String> {
    "[A-Za-z0-9<>&\"' 工期桥梁é]{0,20}".prop_map(|text| text.trim().to_owned())
}

/// Hours of ordinary days begin in the morning, those of exceptions in the evening or not at all.
fn hours(first: u32) -> impl Strategy<Value = Hours> {
    proptest::collection::vec((0u32..500, 1u32..100), 1..3)
        .prop_map(move |spans| Hours::of_minutes(spans.into_iter().map(|(from, long)| (first + from, first + from + long))))
}

fn exceptions() -> impl Strategy<Value = Vec<Exception>> {
    let one = (2i32..40, 0i32..4, prop_oneof![Just(Hours::none()), Just(Hours::all_day()), hours(800)]);
    proptest::collection::vec(one, 0..6).prop_map(|list| {
        let after = |day: Date, days: i32| day.checked_add(jiff::Span::new().days(days)).unwrap();
        let mut next = date(2017, 1, 1);
        list.into_iter()
            .map(|(gap, long, hours)| {
                let from = after(next, gap);
                let to = after(from, long);
                next = after(to, 1);
                Exception { from, to, hours }
            })
            .collect()
    })
}

fn calendars() -> impl Strategy<Value = Vec<PlanCalendar>> {
    let kind = select(vec![CalendarKind::Global, CalendarKind::Project]);
    let one = (words(), kind, 1u32..1440, proptest::array::uniform7(hours(100)), exceptions());
    proptest::collection::vec(one, 1..4).prop_map(|list| {
        let mut uids = 100..;
        let calendar = |(name, kind, minutes, week, exceptions): (String, CalendarKind, u32, [Hours; 7], _)| {
            let spec = CalendarSpec { week: week.map(Some), exceptions, ..CalendarSpec::default() };
            PlanCalendar { uid: uids.next().unwrap(), name, kind, minutes_per_day: Some(minutes), spec }
        };
        list.into_iter().map(calendar).collect()
    })
}

fn options(calendars: usize) -> impl Strategy<Value = Options> {
    let lag = select(vec![LagCalendar::Predecessor, LagCalendar::Successor, LagCalendar::Project, LagCalendar::TwentyFourHour]);
    let progress = select(vec![ProgressLogic::RetainedLogic, ProgressLogic::ProgressOverride, ProgressLogic::ActualDates]);
    let float = select(vec![TotalFloat::Start, TotalFloat::Finish, TotalFloat::Smallest]);
    let critical = prop_oneof![Just(Critical::LongestPath), span().prop_map(Critical::FloatAtMost)];
    let dates = (instant(), proptest::option::of(instant()), proptest::option::of(instant()));
    (dates, 0..calendars as u32, lag, progress, float, critical, any::<[bool; 4]>()).prop_map(
        |(dates, calendar, lag, progress, float, critical, on)| Options {
            data_date: dates.1,
            finish: dates.2,
            calendar: CalendarIx(calendar),
            lag_calendar: lag,
            progress,
            total_float: float,
            critical,
            open_ended_critical: on[0],
            use_expected_finish: on[1],
            ss_lag_from_early_start: on[2],
            ignore_external: on[3],
            ..Options::new(Dialect::P6, dates.0)
        },
    )
}

fn constraint() -> impl Strategy<Value = Option<Constraint>> {
    use ConstraintKind::*;
    let kinds = vec![
        AsLateAsPossible,
        StartNoEarlierThan,
        StartNoLaterThan,
        FinishNoEarlierThan,
        FinishNoLaterThan,
        StartOn,
        FinishOn,
        MustStartOn,
        MustFinishOn,
    ];
    let one = (select(kinds), instant()).prop_map(|(kind, date)| {
        let date = if kind == AsLateAsPossible { Instant::default() } else { date };
        Constraint { kind, date }
    });
    proptest::option::of(one)
}

fn progress() -> impl Strategy<Value = Progress> {
    prop_oneof![
        3 => Just(Progress::NotStarted),
        1 => (instant(), span(), span()).prop_map(|(start, actual, remaining)| Progress::Started { start, actual, remaining }),
        1 => (instant(), instant(), span()).prop_map(|(start, finish, actual)| Progress::Finished { start, finish, actual }),
    ]
}

fn detail() -> impl Strategy<Value = Detail> {
    let dates = proptest::array::uniform5(proptest::option::of(instant()));
    let task_type = select(vec![TaskType::FixedUnits, TaskType::FixedDuration, TaskType::FixedWork, TaskType::FixedDurationAndUnits]);
    (progress(), constraint(), constraint(), dates, task_type).prop_map(|(progress, constraint, secondary, d, task_type)| Detail {
        progress,
        constraint,
        secondary,
        expected_finish: d[0],
        stop: d[1],
        resume: d[2],
        external_early_start: d[3],
        external_late_finish: d[4],
        task_type,
        ..Detail::default()
    })
}

fn stored() -> impl Strategy<Value = Stored> {
    let date = || proptest::option::of(instant());
    (
        proptest::array::uniform8(date()),
        span(),
        span(),
        any::<bool>(),
        0u8..200,
        span(),
        proptest::option::of("[a-z工 ]{1,9}(\n[a-z]{1,9})?"),
    )
        .prop_map(|(d, total, free, critical, half_percent, planned, notes)| Stored {
            early_start: d[0],
            early_finish: d[1],
            late_start: d[2],
            late_finish: d[3],
            start: d[4],
            finish: d[5],
            planned_start: d[6],
            planned_finish: d[7],
            total_float: Some(-total),
            free_float: Some(free),
            critical: Some(critical),
            percent_complete: Some(f64::from(half_percent) / 2.0),
            planned_duration: Some(planned),
            notes: notes.map(|n| n.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|n| !n.is_empty()),
            ..Stored::default()
        })
}

/// A row as drawn: where it hangs, what it is, how it is named; the numbers are taken modulo what there is.
type Draw = (u32, u32, Kind, Detail, Stored, String, Vec<(u32, u8, Span, Span)>);

fn draw() -> impl Strategy<Value = Draw> {
    let kinds =
        vec![Kind::Task, Kind::ResourceDependent, Kind::StartMilestone, Kind::FinishMilestone, Kind::LevelOfEffort, Kind::WbsSummary];
    let assignments = proptest::collection::vec((any::<u32>(), 1u8..20, span(), span()), 0..3);
    (any::<u32>(), any::<u32>(), select(kinds), detail(), stored(), words(), assignments)
}

pub fn plan() -> impl Strategy<Value = Plan> {
    let resources = proptest::collection::vec(
        (words(), select(vec![ResourceKind::Labor, ResourceKind::Nonlabor, ResourceKind::Material]), any::<Option<u32>>()),
        0..3,
    );
    let links = proptest::collection::vec(
        (
            any::<u32>(),
            any::<u32>(),
            select(vec![LinkKind::FinishStart, LinkKind::StartStart, LinkKind::FinishFinish, LinkKind::StartFinish]),
            span(),
            any::<bool>(),
        ),
        0..8,
    );
    let rows = proptest::collection::vec(draw(), 1..8);
    let summaries = proptest::collection::vec((any::<u32>(), words(), proptest::option::of(instant())), 0..4);
    let shared = calendars().prop_flat_map(|calendars| (options(calendars.len()), Just(calendars)));
    (shared, resources, summaries, rows, links, words(), proptest::option::of(instant())).prop_map(
        |((options, calendars), resources, summaries, rows, links, name, last_scheduled)| {
            let mut plan = Plan {
                id: "P1".into(),
                name,
                options,
                units: Units::default(),
                calendars,
                activities: vec![],
                labels: vec![],
                stored: vec![],
                links: vec![],
                resources: vec![],
                uncertainty: Default::default(),
                last_scheduled,
                losses: vec![],
            };
            let of = plan.calendars.len() as u32;
            for (at, (name, kind, calendar)) in resources.into_iter().enumerate() {
                plan.resources.push(Resource {
                    uid: 500 + at as i64,
                    code: format!("R{at}"),
                    name,
                    kind,
                    calendar: calendar.map(|c| c % of),
                    max_units: 100.0,
                });
            }
            for (at, (parent, name, start)) in summaries.into_iter().enumerate() {
                add_summary(&mut plan, at as u32, parent, name, start);
            }
            let summaries = plan.activities.len() as u32;
            for (at, draw) in rows.into_iter().enumerate() {
                add_row(&mut plan, at as u32, summaries, draw);
            }
            use_all(&mut plan, summaries as usize);
            for (from, to, kind, span, lead) in links {
                let rows = plan.activities.len() as u32 - summaries;
                let lag = Lag::Work(if lead { -span } else { span });
                plan.links.push(Link {
                    predecessor: ActivityIx(summaries + from % rows),
                    successor: ActivityIx(summaries + to % rows),
                    kind,
                    lag,
                });
            }
            plan
        },
    )
}

fn add_summary(plan: &mut Plan, at: u32, parent: u32, name: String, start: Option<Instant>) {
    let mut row = Activity::task(1 + i64::from(at), plan.options.calendar, Span::ZERO);
    row.kind = Kind::Summary;
    row.parent = (at > 0 && !parent.is_multiple_of(3)).then(|| ActivityIx(parent % at.max(1)));
    plan.activities.push(row);
    plan.labels.push(Label { row: None, code: format!("W{at}"), name, guid: None });
    plan.stored.push(Stored { start, ..Stored::default() });
}

fn add_row(plan: &mut Plan, at: u32, summaries: u32, (parent, calendar, kind, mut detail, mut stored, name, assignments): Draw) {
    let calendar = CalendarIx(calendar % plan.calendars.len() as u32);
    let mut row = Activity::task(1 + i64::from(at), calendar, Span::hours(i64::from(at)));
    row.kind = kind;
    row.parent = (summaries > 0 && !parent.is_multiple_of(4)).then(|| ActivityIx(parent % summaries.max(1)));
    row.duration = match detail.progress {
        Progress::NotStarted => row.duration,
        Progress::Started { actual, remaining, .. } => actual + remaining,
        Progress::Finished { actual, .. } => actual,
    };
    detail.own_calendar = calendar != plan.options.calendar;
    for (resource, units, actual, remaining) in assignments.into_iter().filter(|_| !plan.resources.is_empty()) {
        let resource = resource % plan.resources.len() as u32;
        detail.assignments.push(assignment(plan, calendar, resource, f64::from(units) * 5.0, actual, remaining));
    }
    stored.planned_duration = stored.planned_duration.filter(|planned| *planned != row.duration);
    row.detail = (detail != Detail::default()).then(|| Box::new(detail));
    plan.activities.push(row);
    plan.labels.push(Label {
        row: None,
        code: format!("A{at}"),
        name,
        guid: Some(format!("{{00000000-0000-4000-8000-{at:012}}}")).filter(|_| at.is_multiple_of(2)),
    });
    plan.stored.push(stored);
}

fn assignment(plan: &Plan, calendar: CalendarIx, resource: u32, units: f64, actual_work: Span, remaining_work: Span) -> Assignment {
    let who = &plan.resources[resource as usize];
    Assignment {
        resource: Some(resource),
        calendar: who.calendar.map_or(calendar, CalendarIx),
        drives: who.kind != ResourceKind::Material && !actual_work.is_zero(),
        units,
        work: actual_work + remaining_work,
        remaining_work,
        actual_work,
        overtime: if units > 50.0 { Span::hours(1) } else { Span::ZERO },
        delay: (units > 80.0).then_some(Delay { span: Span::hours(3), elapsed: false }),
        leveling_delay: None,
        contour: Contour::Flat,
    }
}

/// A resource that does nothing in a project is not of it.
fn use_all(plan: &mut Plan, row: usize) {
    for resource in 0..plan.resources.len() as u32 {
        let calendar = plan.activities[row].calendar;
        let assignment = assignment(plan, calendar, resource, 100.0, Span::hours(1), Span::hours(2));
        plan.activities[row].detail_mut().assignments.push(assignment);
    }
}

fn file(plan: Plan) -> PlanFile {
    PlanFile { format: Format::Pmxml, plans: vec![plan], source: Source::None }
}

/// Rows, links and who works, by their numbers and in order, however they stood.
fn in_order(plan: &Plan) -> (Vec<String>, Vec<String>) {
    let uid = |ix: ActivityIx| plan.activities[ix.at()].uid;
    let calendar = |ix: CalendarIx| plan.calendars[ix.at()].clone();
    let said = |at: usize| {
        let row = &plan.activities[at];
        let mut detail = row.detail.clone().map(|d| *d).unwrap_or_default();
        let mut working: Vec<String> = std::mem::take(&mut detail.assignments).into_iter().map(|a| assigned(plan, a)).collect();
        working.sort();
        detail.own_calendar = false;
        let facts = (row.uid, row.is_summary(), row.parent.map(uid), row.kind, row.duration);
        let calendar = (!row.is_summary()).then(|| calendar(row.calendar));
        let mut stored = plan.stored[at].clone();
        stored.notes = None;
        // P6 reckons the dates of its WBS elements; where a document has none, none are put in.
        if row.is_summary() {
            stored = Stored::default();
        }
        format!("{facts:?} {calendar:?} {detail:?} {working:?} {:?} {stored:?}", plan.labels[at])
    };
    let mut rows: Vec<String> = (0..plan.activities.len()).map(said).collect();
    let mut links: Vec<String> =
        plan.links.iter().map(|l| format!("{} {} {:?} {:?}", uid(l.predecessor), uid(l.successor), l.kind, l.lag)).collect();
    rows.sort();
    links.sort();
    (rows, links)
}

fn assigned(plan: &Plan, mut a: Assignment) -> String {
    let who = a.resource.map(|at| {
        let mut r = plan.resources[at as usize].clone();
        let calendar = r.calendar.take().map(|c| plan.calendars[c as usize].uid);
        (r, calendar)
    });
    let calendar = plan.calendars[a.calendar.at()].uid;
    (a.resource, a.calendar) = (None, CalendarIx(0));
    format!("{who:?} {calendar} {a:?}")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_anew_reads_the_same(plan in plan()) {
        let written = pmxml::write(&file(plan.clone()));
        prop_assert_eq!(&written.losses, &vec![]);
        let mut again = pmxml::read(&written.bytes).unwrap().plans.remove(0);
        again.units = plan.units;
        prop_assert_eq!(again.losses.clone(), vec![]);
        prop_assert_eq!(format!("{again:#?}"), format!("{plan:#?}"));
    }

    #[test]
    fn any_change_goes_into_the_document(old in plan(), new in plan()) {
        let mut file = pmxml::read(&pmxml::write(&file(old)).bytes).unwrap();
        file.plans[0] = new.clone();
        let written = pmxml::write(&file);
        let again = pmxml::read(&written.bytes).unwrap().plans.remove(0);
        let (rows, links) = in_order(&again);
        let (wanted_rows, wanted_links) = in_order(&new);
        for (row, wanted) in rows.iter().zip(&wanted_rows) {
            prop_assert_eq!(row, wanted);
        }
        prop_assert_eq!((rows.len(), links), (wanted_rows.len(), wanted_links));
        let mut options = again.options.clone();
        options.calendar = new.options.calendar;
        prop_assert_eq!((&options, &again.id, &again.name, again.last_scheduled), (&new.options, &new.id, &new.name, new.last_scheduled));
        file.plans[0] = again;
        let bytes = pmxml::write(&PlanFile { source: pmxml::read(&written.bytes).unwrap().source, ..file }).bytes;
        prop_assert!(bytes == written.bytes);
    }
}
