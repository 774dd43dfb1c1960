//! What the format says and how, on a file made by hand.
use lantu_calendar::{Hours, Instant, Span};
use lantu_planfile::{Plan, PlanFile, ResourceKind, Source, pmxml};
use lantu_schedule::{
    Activity, ActivityIx, ConstraintKind, Contour, Critical, Delay, Dialect, FixedDates, Kind, Lag, LagCalendar, Link, LinkKind, Progress,
    ProgressLogic, TaskType, TotalFloat,
};

pub const SAMPLE: &str = include_str!("sample.xml");

fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

fn sample() -> PlanFile {
    pmxml::read(SAMPLE.as_bytes()).unwrap()
}

fn ix(plan: &Plan, uid: i64) -> ActivityIx {
    plan.find(uid, false).unwrap()
}

fn row(plan: &Plan, uid: i64) -> &Activity {
    &plan.activities[ix(plan, uid).at()]
}

/// What is written is read again, and its text.
fn again(file: &PlanFile) -> (PlanFile, String) {
    let bytes = pmxml::write(file).bytes;
    (pmxml::read(&bytes).unwrap(), String::from_utf8(bytes).unwrap())
}

#[test]
fn settings_are_read() {
    let file = sample();
    assert_eq!(file.plans.len(), 1, "a project that is only named and a baseline are no plans");
    let plan = &file.plans[0];
    let o = &plan.options;
    assert_eq!((plan.id.as_str(), plan.name.as_str(), plan.last_scheduled), ("BRIDGE", "大桥", Some(at("2026-04-02T09:30"))));
    assert_eq!((o.dialect, o.start, o.data_date), (Dialect::P6, at("2026-03-02T08:00"), Some(at("2026-04-01T08:00"))));
    assert_eq!((o.finish, o.critical), (Some(at("2027-12-31T17:00")), Critical::FloatAtMost(Span::hours(16))));
    assert_eq!(
        (o.total_float, o.progress, o.lag_calendar),
        (TotalFloat::Finish, ProgressLogic::ProgressOverride, LagCalendar::TwentyFourHour)
    );
    assert_eq!([o.open_ended_critical, o.ss_lag_from_early_start, o.use_expected_finish, o.ignore_external], [true, false, false, false]);
    assert_eq!((plan.units.minutes_per_day, plan.units.minutes_per_week, plan.units.days_per_month), (480, 2400, 22));
}

#[test]
fn periods_name_their_last_minute_and_exceptions_are_handed_down() {
    let plan = &sample().plans[0];
    let calendars = plan.network().calendars;
    let hours = |calendar: usize, day: &str| calendars[calendar].hours(at(day).day_number()).clone();
    let day = |spans: &[(u32, u32)]| Hours::of_minutes(spans.iter().copied());
    assert_eq!(hours(0, "2026-03-02"), day(&[(480, 720), (780, 1020)]), "17:00 is meant as it stands");
    assert_eq!(hours(0, "2026-03-03"), Hours::all_day());
    assert_eq!((hours(0, "2026-03-05"), hours(0, "2026-03-06")), (day(&[(1200, 1440)]), Hours::none()));
    assert_eq!(hours(0, "2026-05-04"), Hours::none(), "one period from 00:00 to 23:59 is a day off");
    assert_eq!(hours(1, "2026-03-02"), day(&[(1080, 1320)]), "days may have numbers, Sunday first");
    assert_eq!((hours(1, "2026-05-01"), hours(1, "2026-05-04")), (Hours::none(), day(&[(1080, 1200)])));
}

#[test]
fn rows_are_read() {
    let plan = &sample().plans[0];
    let started = row(plan, 1);
    let detail = started.detail.as_deref().unwrap();
    let progress = Progress::Started { start: at("2026-03-02T08:00"), actual: Span::hours(40), remaining: Span::minutes(1470) };
    assert_eq!((started.kind, started.duration, started.progress()), (Kind::ResourceDependent, Span::minutes(64 * 60 + 30), progress));
    assert_eq!((detail.stop, detail.resume), (Some(at("2026-03-20T17:00")), Some(at("2026-04-03T08:00"))));
    assert_eq!((detail.expected_finish, detail.task_type), (Some(at("2026-04-20T17:00")), TaskType::FixedWork));
    let stored = &plan.stored[ix(plan, 1).at()];
    assert_eq!((stored.percent_complete, stored.planned_duration), (Some(62.5), Some(Span::hours(60))));
    assert_eq!(
        (stored.early_start, stored.late_start, stored.notes.as_deref()),
        (Some(at("2026-04-01T08:00")), None, Some("第一段\n第二段"))
    );

    let waiting = row(plan, 100);
    let detail = waiting.detail.as_deref().unwrap();
    assert_eq!(waiting.duration, Span::hours(72), "of work that has not begun, what remains");
    let kinds = (detail.constraint.unwrap().kind, detail.secondary.unwrap().kind);
    assert_eq!(kinds, (ConstraintKind::StartNoEarlierThan, ConstraintKind::FinishNoLaterThan));
    assert_eq!(detail.external_early_start, Some(at("2026-05-01T08:00")));
    assert_eq!(waiting.parent, plan.find(100, true), "activities and WBS elements may have one number");

    let done = row(plan, 3);
    assert_eq!((done.kind, done.constraint().unwrap().kind, done.parent), (Kind::LevelOfEffort, ConstraintKind::AsLateAsPossible, None));
    assert!(matches!(done.progress(), Progress::Finished { actual, .. } if actual == Span::hours(8)));
    assert_eq!(plan.stored[ix(plan, 3).at()].early_start, Some(at("2026-04-01T08:00")));
}

#[test]
fn resources_roles_and_links_are_read() {
    let plan = &sample().plans[0];
    let who: Vec<_> = plan.resources.iter().map(|r| (r.uid, r.code.as_str(), r.kind, r.max_units)).collect();
    assert_eq!(who, [(20, "CRANE", ResourceKind::Nonlabor, 200.0), (-20, "ENG", ResourceKind::Labor, 100.0)]);
    let working = &row(plan, 1).detail.as_deref().unwrap().assignments;
    assert_eq!((working[0].units, working[0].work, working[0].remaining_work), (50.0, Span::minutes(1935), Span::minutes(735)));
    assert_eq!((working[0].contour, working[0].delay), (Contour::Bell, Some(Delay { span: Span::hours(4), elapsed: false })));
    assert_eq!((working[0].calendar.at(), working[1].calendar.at()), (1, 0));
    assert_eq!((working[0].drives, working[1].drives, working[1].work), (true, false, Span::hours(30)));
    let lag = Lag::Work(Span::hours(-16));
    assert_eq!(plan.links, [Link { predecessor: ix(plan, 1), successor: ix(plan, 100), kind: LinkKind::FinishStart, lag }]);
    let losses: Vec<_> = plan.losses.iter().map(|l| (l.code, l.found.as_str())).collect();
    assert_eq!(losses, [("link_to_other_project", "5001 → 100 Start to Start")]);
}

#[test]
fn only_what_changed_is_written() {
    let mut file = sample();
    assert!(pmxml::write(&file).bytes == SAMPLE.as_bytes());
    let plan = &mut file.plans[0];
    let waiting = ix(plan, 100).at();
    plan.activities[waiting].duration = Span::hours(90);
    plan.stored[waiting].early_start = Some(at("2026-05-06T08:00"));
    plan.links[0].lag = Lag::NONE;
    plan.options.data_date = None;
    let (_, text) = again(&file);
    let wanted = SAMPLE
        .replace(
            "<RemainingDuration>72</RemainingDuration>",
            "<RemainingDuration>90</RemainingDuration>\n      <RemainingEarlyStartDate>2026-05-06T08:00:00</RemainingEarlyStartDate>",
        )
        .replace(
            "<ExternalEarlyStartDate>2026-05-01",
            "<AtCompletionDuration>90</AtCompletionDuration>\n      <ExternalEarlyStartDate>2026-05-01",
        )
        .replace("<Lag>-16</Lag>", "<Lag>0</Lag>")
        .replace("<DataDate>2026-04-01T08:00:00</DataDate>", "<DataDate xsi:nil=\"true\" />");
    let line = |text: &str| text.lines().map(str::trim).map(str::to_owned).collect::<std::collections::BTreeSet<_>>();
    let (written, wanted) = (line(&text), line(&wanted));
    assert_eq!(written.symmetric_difference(&wanted).collect::<Vec<_>>(), Vec::<&String>::new());
}

#[test]
fn what_hangs_on_a_row_that_is_taken_out_goes_with_it() {
    let mut file = sample();
    let plan = &mut file.plans[0];
    let gone = ix(plan, 1).at();
    plan.links.clear();
    plan.resources.clear();
    plan.activities.remove(gone);
    plan.labels.remove(gone);
    plan.stored.remove(gone);
    let written = pmxml::write(&file);
    assert_eq!(written.losses.iter().map(|l| (l.code, l.place.as_str())).collect::<Vec<_>>(), [("row_taken_out", "activity 1")]);
    let text = String::from_utf8(written.bytes).unwrap();
    for gone in ["<Id>A10</Id>", "<ActivityNote>", "<ResourceAssignment>", "<PredecessorActivityObjectId>1<"] {
        assert!(!text.contains(gone), "{gone}");
    }
    assert!(text.contains("<TextValue>kept</TextValue>") && text.contains("<Role>") && text.contains("<Id>A20</Id>"));
}

#[test]
fn what_the_format_cannot_hold_is_told() {
    let mut file = sample();
    file.source = Source::None;
    let plan = &mut file.plans[0];
    plan.options.dialect = Dialect::MsProject;
    let (waiting, summary) = (ix(plan, 100), plan.find(101, true).unwrap());
    let held = &mut plan.activities[waiting.at()];
    held.elapsed = true;
    let detail = held.detail_mut();
    detail.deadline = Some(at("2026-07-01"));
    detail.fixed = Some(FixedDates { start: at("2026-05-05"), finish: at("2026-05-06") });
    detail.splits = vec![(at("2026-05-01"), at("2026-05-02"))];
    plan.labels[waiting.at()].code.clear();
    plan.labels[waiting.at()].guid = Some("664F3A1B-0CF8-3146-8D53-EE0320E718EE".into());
    plan.labels[waiting.at()].name = "长".repeat(130);
    plan.stored[waiting.at()].baseline_start = Some(at("2026-05-01"));
    plan.links[0].lag = Lag::Percent(50.0);
    plan.links.push(Link { predecessor: summary, successor: waiting, kind: LinkKind::FinishStart, lag: Lag::NONE });
    let written = pmxml::write(&file);
    let codes: Vec<_> = written.losses.iter().map(|l| l.code).collect();
    let wanted = [
        "ms_project_rules_not_held",
        "contour_not_held",
        "elapsed_duration_not_held",
        "deadline_not_held",
        "manual_dates_not_held",
        "splits_not_held",
        "baseline_not_held",
        "percent_lag_as_hours",
        "link_on_summary_not_held",
        "name_cut",
        "activity_id_made",
    ];
    assert_eq!(codes, wanted);
    let again = &pmxml::read(&written.bytes).unwrap().plans[0];
    assert_eq!(again.labels[ix(again, 100).at()].code, "A100");
    assert_eq!(again.labels[ix(again, 100).at()].guid.as_deref(), Some("{664F3A1B-0CF8-3146-8D53-EE0320E718EE}"));
    let held = row(again, 100).constraint().unwrap();
    assert_eq!((held.kind, held.date, row(again, 100).duration), (ConstraintKind::MustStartOn, at("2026-05-05T00:00"), Span::hours(24)));
    assert_eq!(again.links.iter().map(|l| l.lag).collect::<Vec<_>>(), [Lag::Work(Span::minutes((64 * 60 + 30) / 2))]);
}

#[test]
fn inactive_work_is_left_out_with_its_links() {
    let mut file = sample();
    file.source = Source::None;
    let out = ix(&file.plans[0], 1);
    file.plans[0].activities[out.at()].detail_mut().inactive = true;
    let written = pmxml::write(&file);
    assert!(written.losses.iter().any(|l| l.code == "inactive_activity" && l.place == "activity 1"));
    let again = &pmxml::read(&written.bytes).unwrap().plans[0];
    assert_eq!((again.activities.len(), again.links.len(), again.find(1, false)), (4, 0, None));
    assert_eq!(row(again, 100).parent, again.find(100, true));
}

#[test]
fn a_project_from_elsewhere_joins_the_document() {
    let mut file = sample();
    let mut other = file.plans[0].clone();
    other.id = "ROAD".into();
    file.plans.push(other);
    let (read, text) = again(&file);
    assert_eq!(read.plans.iter().map(|p| p.id.as_str()).collect::<Vec<_>>(), ["BRIDGE", "ROAD"]);
    assert_eq!(read.plans[0].activities, file.plans[0].activities);
    assert_eq!((read.plans[1].activities.len(), read.plans[1].links.len()), (5, 1));
    let uids: std::collections::BTreeSet<i64> =
        read.plans.iter().flat_map(|p| p.activities.iter().filter(|a| !a.is_summary()).map(|a| a.uid)).collect();
    assert_eq!(uids.len(), 6);
    assert!(text.starts_with(&SAMPLE[..200]));
}

#[test]
fn the_baseline_is_read_where_there_is_nothing_else() {
    let start = SAMPLE.find("  <Project>").unwrap();
    let end = SAMPLE.find("  <BaselineProject>").unwrap();
    let file = pmxml::read(format!("{}{}", &SAMPLE[..start], &SAMPLE[end..]).as_bytes()).unwrap();
    assert_eq!(file.plans.iter().map(|p| p.id.as_str()).collect::<Vec<_>>(), ["BRIDGE - B1"]);
}

#[test]
fn parts_beside_their_project_belong_to_it() {
    let outside = "<Activity><Id>A40</Id><Name>n</Name><ObjectId>4</ObjectId><ProjectObjectId>1</ProjectObjectId><PlannedDuration>8</PlannedDuration></Activity>";
    let text = SAMPLE.replace("  <Project external", &format!("  {outside}\n  <Project external"));
    let mut file = pmxml::read(text.as_bytes()).unwrap();
    assert_eq!(row(&file.plans[0], 4).duration, Span::hours(8));
    assert!(pmxml::write(&file).bytes == text.as_bytes());
    let at = ix(&file.plans[0], 4).at();
    file.plans[0].activities[at].duration = Span::hours(9);
    assert_eq!(row(&again(&file).0.plans[0], 4).duration, Span::hours(9));
}
