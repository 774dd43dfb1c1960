//! Plans of P6's kind made by chance, as a file of its own would hold them.
use lantu_calendar::{Calendar, CalendarSpec, Exception, Hours, Instant, Span};
use lantu_planfile::{CalendarKind, Label, Plan, PlanCalendar, Resource, ResourceKind, Stored, Units};
use lantu_schedule::*;

/// Chance from a seed: xorshift.
#[derive(Clone, Debug)]
pub struct Chance(pub u64);

impl Chance {
    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// Less than `n`.
    pub fn below(&mut self, n: usize) -> usize {
        (self.next() >> 11) as usize % n.max(1)
    }

    /// One time in `n`.
    pub fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    pub fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }
}

const MONDAY: &str = "2026-03-02T08:00";

fn monday() -> Instant {
    MONDAY.parse().unwrap()
}

fn moment(chance: &mut Chance) -> Instant {
    monday() + Span::minutes(chance.below(200_000) as i64)
}

fn maybe<T>(chance: &mut Chance, n: usize, make: impl FnOnce(&mut Chance) -> T) -> Option<T> {
    chance.one_in(n).then(|| make(chance))
}

fn hours(chance: &mut Chance) -> Span {
    Span::seconds(chance.below(300) as i64 * chance.pick(&[3600, 1800, 60, 1]))
}

/// A plan with so many activities, whose numbers begin behind `from`.
pub fn plan(chance: &mut Chance, id: &str, from: i64, count: usize) -> Plan {
    let calendars = calendars(chance, from);
    let mut options = Options::new(Dialect::P6, monday());
    set_options(chance, &mut options);
    options.calendar = CalendarIx(0);
    let units = Units { minutes_per_day: calendars[0].minutes_per_day.unwrap(), ..Units::default() };
    let kinds = [ResourceKind::Labor, ResourceKind::Nonlabor, ResourceKind::Material];
    let resources = (0..chance.below(4)).map(|i| Resource {
        uid: from + i as i64 + 1,
        code: format!("R{i}"),
        name: name(chance),
        kind: chance.pick(&kinds),
        calendar: maybe(chance, 2, |c| c.below(calendars.len()) as u32),
        max_units: chance.pick(&[100.0, 50.0, 300.0]),
    });
    let resources: Vec<Resource> = resources.collect();
    let mut plan = Plan {
        id: id.into(),
        name: "计划".into(),
        options,
        units,
        calendars,
        activities: vec![],
        labels: vec![],
        stored: vec![],
        links: vec![],
        resources,
        uncertainty: Default::default(),
        last_scheduled: maybe(chance, 3, moment),
        losses: vec![],
    };
    let parents = elements(chance, &mut plan, from);
    let working = plan.network().calendars;
    for i in 0..count {
        let parent = chance.pick(&parents);
        push_task(chance, &mut plan, &working, from + 1000 + i as i64, parent);
    }
    push_links(chance, &mut plan);
    plan
}

fn name(chance: &mut Chance) -> String {
    chance.pick(&["基础", "Slab, phase 2", "主体结构（二期）", "Überprüfung", "say \"no\" twice", "a\nb"]).into()
}

fn set_options(chance: &mut Chance, options: &mut Options) {
    options.data_date = Some(monday() + Span::hours(24 * 14 + chance.below(50) as i64));
    options.finish = maybe(chance, 2, moment);
    options.progress = chance.pick(&[ProgressLogic::RetainedLogic, ProgressLogic::ProgressOverride, ProgressLogic::ActualDates]);
    options.lag_calendar =
        chance.pick(&[LagCalendar::Predecessor, LagCalendar::Successor, LagCalendar::Project, LagCalendar::TwentyFourHour]);
    options.total_float = chance.pick(&[TotalFloat::Start, TotalFloat::Finish, TotalFloat::Smallest]);
    options.critical = chance.pick(&[Critical::LongestPath, Critical::FloatAtMost(Span::ZERO), Critical::FloatAtMost(Span::hours(16))]);
    options.open_ended_critical = chance.one_in(2);
    options.use_expected_finish = chance.one_in(2);
    options.ss_lag_from_early_start = chance.one_in(2);
    options.ignore_external = chance.one_in(2);
}

fn calendars(chance: &mut Chance, from: i64) -> Vec<PlanCalendar> {
    let mut list: Vec<PlanCalendar> = vec![];
    for i in 0..1 + chance.below(4) {
        let days: [&[(u32, u32)]; 3] = [&[(480, 720), (780, 1020)], &[(0, 1440)], &[(420, 930)]];
        let hours = chance.pick(&days);
        let hours = Hours::of_minutes(hours.iter().copied());
        let mut spec = CalendarSpec::weekdays(&hours);
        let mut day = monday().day();
        for _ in 0..chance.below(5) {
            day = lantu_calendar::day_of(lantu_calendar::days_of(day) + 2 + chance.below(40) as i64);
            let hours = if chance.one_in(3) { hours.clone() } else { Hours::none() };
            spec.exceptions.push(Exception { from: day, to: day, hours });
        }
        let kind = if i == 0 { CalendarKind::Global } else { chance.pick(&[CalendarKind::Project, CalendarKind::Resource]) };
        if i > 0 && chance.one_in(2) {
            spec.parent = Some(0);
            spec.exceptions = list[0].spec.exceptions.iter().cloned().chain(spec.exceptions).collect();
        }
        let minutes_per_day = Some(chance.pick(&[480, 600, 450]));
        list.push(PlanCalendar { uid: from + i as i64 + 1, name: name(chance), kind, minutes_per_day, spec });
    }
    list
}

fn elements(chance: &mut Chance, plan: &mut Plan, from: i64) -> Vec<ActivityIx> {
    let mut parents = vec![];
    for i in 0..1 + chance.below(4) {
        let mut activity = Activity::task(from + i as i64 + 1, CalendarIx(0), Span::ZERO);
        activity.kind = Kind::Summary;
        activity.parent = if i == 0 { None } else { Some(chance.pick(&parents)) };
        let label = Label { row: None, code: format!("W{i}"), name: if i == 0 { plan.name.clone() } else { name(chance) }, guid: None };
        parents.push(ActivityIx(plan.activities.len() as u32));
        plan.activities.push(activity);
        plan.labels.push(label);
        plan.stored.push(Stored::default());
    }
    parents
}

fn push_task(chance: &mut Chance, plan: &mut Plan, working: &[Calendar], uid: i64, parent: ActivityIx) {
    let calendar = CalendarIx(chance.below(plan.calendars.len()) as u32);
    let mut activity = Activity::task(uid, calendar, hours(chance));
    activity.parent = Some(parent);
    activity.kind = chance.pick(&[
        Kind::Task,
        Kind::Task,
        Kind::Task,
        Kind::ResourceDependent,
        Kind::StartMilestone,
        Kind::FinishMilestone,
        Kind::LevelOfEffort,
    ]);
    let planned = hours(chance);
    let mut detail = detail(chance, activity.kind);
    detail.own_calendar = calendar != plan.options.calendar;
    detail.progress = progress(chance, plan, &working[calendar.at()], &mut detail);
    activity.duration = match detail.progress {
        Progress::NotStarted => activity.duration,
        Progress::Started { actual, remaining, .. } => actual + remaining,
        Progress::Finished { actual, .. } => actual,
    };
    for _ in 0..if plan.resources.is_empty() { 0 } else { chance.below(3) } {
        detail.assignments.push(assignment(chance, plan, calendar));
    }
    let mut stored = stored(chance, plan, detail.progress);
    stored.planned_duration = (planned != activity.duration || detail.progress != Progress::NotStarted).then_some(planned);
    stored.percent_complete = Some(chance.below(101) as f64);
    activity.detail = (detail != Detail::default()).then(|| Box::new(detail));
    let code = format!("A{uid}");
    plan.activities.push(activity);
    plan.labels.push(Label { row: None, code, name: name(chance), guid: maybe(chance, 2, |_| "AJArd2UNNkKUSaTYrFjK+A".into()) });
    plan.stored.push(stored);
}

fn detail(chance: &mut Chance, kind: Kind) -> Detail {
    use ConstraintKind::*;
    let kinds =
        [StartNoEarlierThan, StartNoLaterThan, FinishNoEarlierThan, FinishNoLaterThan, StartOn, FinishOn, MustStartOn, MustFinishOn];
    let constraint = |c: &mut Chance| Constraint { kind: c.pick(&kinds), date: moment(c) };
    let late = Constraint { kind: AsLateAsPossible, date: Instant::default() };
    let types = [TaskType::FixedUnits, TaskType::FixedDuration, TaskType::FixedWork, TaskType::FixedDurationAndUnits];
    Detail {
        constraint: if chance.one_in(8) { Some(late) } else { maybe(chance, 3, constraint) },
        secondary: maybe(chance, 6, constraint),
        expected_finish: maybe(chance, 6, moment),
        external_early_start: maybe(chance, 6, moment),
        external_late_finish: maybe(chance, 6, moment),
        task_type: chance.pick(&types),
        milestone: matches!(kind, Kind::StartMilestone | Kind::FinishMilestone),
        ..Detail::default()
    }
}

/// What has been done is what the calendar says of the dates, as P6 has it.
fn progress(chance: &mut Chance, plan: &Plan, work: &Calendar, detail: &mut Detail) -> Progress {
    let start = monday() + Span::minutes(chance.below(15_000) as i64);
    let until = plan.options.data_date.unwrap();
    match chance.below(4) {
        0 => {
            let finish = start + Span::minutes(chance.below(5000) as i64);
            Progress::Finished { start, finish, actual: work.work_between(start, finish) }
        }
        1 => {
            let mut actual = work.work_between(start, until);
            if chance.one_in(2) {
                let stop = start + Span::hours(chance.below(48) as i64);
                detail.stop = Some(stop);
                detail.resume = maybe(chance, 2, |c| stop + Span::hours(c.below(48) as i64));
                if stop < until {
                    actual -= work.work_between(stop, detail.resume.unwrap_or(until).min(until));
                }
            }
            Progress::Started { start, actual, remaining: hours(chance) }
        }
        _ => Progress::NotStarted,
    }
}

fn assignment(chance: &mut Chance, plan: &Plan, calendar: CalendarIx) -> Assignment {
    let at = chance.below(plan.resources.len());
    let (actual_work, remaining_work) = (hours(chance), hours(chance));
    Assignment {
        resource: Some(at as u32),
        calendar: plan.resources[at].calendar.map_or(calendar, CalendarIx),
        drives: plan.resources[at].kind != ResourceKind::Material,
        units: chance.pick(&[100.0, 50.0, 12.5, 0.0]),
        work: actual_work + remaining_work,
        remaining_work,
        actual_work,
        overtime: Span::seconds(actual_work.as_seconds() / 4),
        delay: maybe(chance, 4, |c| Delay { span: hours(c) + Span::hours(1), elapsed: false }),
        leveling_delay: None,
        contour: Contour::Flat,
    }
}

fn stored(chance: &mut Chance, plan: &Plan, progress: Progress) -> Stored {
    let mut stored = Stored {
        early_start: Some(moment(chance)),
        early_finish: Some(moment(chance)),
        late_start: maybe(chance, 2, moment),
        late_finish: maybe(chance, 2, moment),
        start: Some(moment(chance)),
        finish: Some(moment(chance)),
        planned_start: Some(moment(chance)),
        planned_finish: Some(moment(chance)),
        total_float: maybe(chance, 2, |c| hours(c) - Span::hours(20)),
        free_float: maybe(chance, 2, hours),
        notes: maybe(chance, 4, |_| "等待图纸\nA < B & \"C\"".into()),
        ..Stored::default()
    };
    match progress {
        Progress::NotStarted => {}
        Progress::Started { start, .. } => stored.start = Some(start),
        Progress::Finished { start, finish, .. } => {
            (stored.start, stored.finish) = (Some(start), Some(finish));
            // P6 leaves the float of finished work empty.
            (stored.total_float, stored.free_float) = (None, None);
        }
    }
    stored.critical = match plan.options.critical {
        Critical::LongestPath => Some(chance.one_in(2)),
        Critical::FloatAtMost(limit) => stored.total_float.map(|f| f <= limit),
    };
    stored
}

fn push_links(chance: &mut Chance, plan: &mut Plan) {
    let tasks: Vec<u32> = (0..plan.activities.len() as u32).filter(|i| !plan.activities[*i as usize].is_summary()).collect();
    if tasks.len() < 2 {
        return;
    }
    for _ in 0..chance.below(2 * tasks.len()) {
        let later = 1 + chance.below(tasks.len() - 1);
        let kind = chance.pick(&[LinkKind::FinishStart, LinkKind::StartStart, LinkKind::FinishFinish, LinkKind::StartFinish]);
        let lag = Lag::Work(hours(chance) - Span::hours(chance.below(10) as i64));
        let predecessor = ActivityIx(tasks[chance.below(later)]);
        plan.links.push(Link { predecessor, successor: ActivityIx(tasks[later]), kind, lag });
    }
}
