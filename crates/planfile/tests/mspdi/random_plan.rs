//! Plans of every sort that the format holds, each from its seed.
use jiff::civil::date;
use lantu_calendar::{Calendar, CalendarSpec, Exception, Hours, Instant, Span, WorkWeek, day_of};
use lantu_planfile::{CalendarKind, Label, Plan, PlanCalendar, Resource, ResourceKind, Stored, Units};
use lantu_schedule::*;

/// Chance by a seed (xorshift).
pub struct Chance(u64);

impl Chance {
    pub fn of(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % n.max(1)
    }

    pub fn once_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }

    pub fn of_list<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len() as u64) as usize]
    }

    fn maybe<T>(&mut self, n: u64, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.once_in(n) { Some(make(self)) } else { None }
    }

    /// A quarter of an hour of three years.
    fn instant(&mut self) -> Instant {
        Instant::at(date(2026, 1, 5), 15 * self.below(3 * 365 * 96) as i64)
    }

    fn span(&mut self, hours: u64) -> Span {
        Span::minutes(6 * self.below(hours * 10) as i64)
    }
}

/// The whole plan of a seed.
pub fn plan(seed: u64) -> Plan {
    let mut c = Chance::of(seed);
    let calendars = calendars(&mut c);
    let working = Calendar::resolve(&calendars.iter().map(|c| c.spec.clone()).collect::<Vec<_>>());
    let resources = resources(&mut c, &calendars);
    let mut plan = Plan {
        id: format!("计划 {}", c.below(9)),
        name: "A <b> & \"c\"".into(),
        options: options(&mut c),
        units: Units { minutes_per_day: c.of_list(&[480, 600]), ..Units::default() },
        calendars,
        activities: vec![],
        labels: vec![],
        stored: vec![],
        links: vec![],
        resources,
        uncertainty: Default::default(),
        last_scheduled: None,
        losses: vec![],
    };
    let days = c.below(3) as i64;
    plan.options.critical = Critical::FloatAtMost(Span::minutes(days * i64::from(plan.units.minutes_per_day)));
    rows(&mut c, &mut plan, &working);
    links(&mut c, &mut plan);
    plan
}

fn options(c: &mut Chance) -> Options {
    let mut options = Options::new(Dialect::MsProject, c.instant());
    options.data_date = c.maybe(2, Chance::instant);
    options.split_in_progress = !c.once_in(3);
    options.multiple_critical_paths = c.once_in(3);
    if c.once_in(4) {
        options.from = ScheduleFrom::Finish;
        options.finish = Some(c.instant());
    }
    options
}

fn hours(c: &mut Chance) -> Hours {
    match c.below(4) {
        0 => Hours::none(),
        1 => Hours::all_day(),
        2 => Hours::of_minutes([(480, 720), (780, 1020)]),
        _ => Hours::of_minutes([(c.below(400) as u32, 400 + c.below(200) as u32), (900, 1000 + c.below(440) as u32)]),
    }
}

fn days(c: &mut Chance) -> (jiff::civil::Date, jiff::civil::Date) {
    let from = 20_400 + c.below(1_000) as i64;
    (day_of(from), day_of(from + c.of_list(&[0, 0, 3, 20])))
}

fn calendars(c: &mut Chance) -> Vec<PlanCalendar> {
    let bases = 1 + c.below(2) as usize;
    let all = bases + c.below(3) as usize;
    let mut list = vec![];
    for at in 0..all {
        let base = at < bases;
        let kind = if base { CalendarKind::Global } else { CalendarKind::Resource };
        let mut spec = CalendarSpec::weekdays(&Hours::of_minutes([(480, 720), (780, 1020)]));
        spec.week = std::array::from_fn(|d| {
            if base { Some(if d == 0 { Hours::of_minutes([(480, 960)]) } else { hours(c) }) } else { c.maybe(3, hours) }
        });
        spec.parent = (!base).then(|| c.below(bases as u64) as usize);
        for _ in 0..c.below(5) {
            let (from, to) = days(c);
            spec.exceptions.push(Exception { from, to, hours: hours(c) });
        }
        if c.once_in(3) {
            let (from, to) = days(c);
            let week = std::array::from_fn(|_| c.maybe(2, hours));
            spec.work_weeks.push(WorkWeek { from, to, week });
        }
        list.push(PlanCalendar { uid: 3 * at as i64 + 1, name: format!("日历 {at}"), kind, minutes_per_day: None, spec });
    }
    list
}

fn resources(c: &mut Chance, calendars: &[PlanCalendar]) -> Vec<Resource> {
    let kinds = [ResourceKind::Labor, ResourceKind::Labor, ResourceKind::Material, ResourceKind::Cost];
    let one = |at: u64, c: &mut Chance| {
        let kind = c.of_list(&kinds);
        let max_units = if kind == ResourceKind::Labor { c.of_list(&[100.0, 50.0, 1250.0]) } else { 100.0 };
        let calendar = c.maybe(2, |c| c.below(calendars.len() as u64) as u32);
        Resource { uid: 2 * at as i64 + 1, code: "R".into(), name: format!("资源 {at}"), kind, calendar, max_units }
    };
    let n = c.below(4);
    (0..n).map(|at| one(at, c)).collect()
}

fn rows(c: &mut Chance, plan: &mut Plan, working: &[Calendar]) {
    let whole = c.once_in(2);
    let mut above: Vec<usize> = vec![];
    let n = 1 + c.below(14) as usize;
    for at in 0..n {
        let first = whole && at == 0;
        above.truncate(if at == 0 || first { 0 } else { usize::from(whole).max(c.below(above.len() as u64 + 1) as usize) });
        let parent = above.last().map(|at| ActivityIx(*at as u32));
        if let Some(parent) = parent {
            let parent = &mut plan.activities[parent.at()];
            parent.kind = Kind::Summary;
            summed(parent);
        }
        let uid = if first { 0 } else { 1 + at as i64 + 20 * i64::from(c.once_in(5)) };
        let mut activity = activity(c, plan, working, uid);
        activity.parent = parent;
        if first {
            activity.kind = Kind::Summary;
            summed(&mut activity);
        }
        plan.stored.push(stored(c, &activity));
        plan.activities.push(activity);
        let guid = c.maybe(3, |c| format!("{:08X}-0000-0000-0000-000000000000", c.below(1 << 32)));
        let row = Some(at as i64 + i64::from(!whole));
        plan.labels.push(Label { row, code: format!("1.{at}"), name: format!("工序 {at} 'x'"), guid });
        above.push(at);
    }
    // A row that got no rows below it is none that sums up.
    let mut seen = std::collections::HashSet::new();
    plan.activities.iter_mut().for_each(|a| {
        if !seen.insert(a.uid) {
            a.uid += 1_000;
        }
    });
}

/// What sums up has no work of its own in pieces.
fn summed(activity: &mut Activity) {
    if let Some(detail) = &mut activity.detail {
        detail.splits.clear();
    }
}

fn activity(c: &mut Chance, plan: &Plan, working: &[Calendar], uid: i64) -> Activity {
    let bases: Vec<u32> = (0..plan.calendars.len() as u32).filter(|at| plan.calendars[*at as usize].kind == CalendarKind::Global).collect();
    let calendar = CalendarIx(if c.once_in(3) { c.of_list(&bases) } else { 0 });
    let duration = if c.once_in(5) { Span::ZERO } else { c.span(100) + Span::minutes(6) };
    let mut activity = Activity { elapsed: c.once_in(5), ..Activity::task(uid, calendar, duration) };
    let own_calendar = calendar.0 != 0 || c.once_in(5);
    if !own_calendar && c.once_in(3) {
        return activity;
    }
    let mut detail = Detail { own_calendar, progress: progress(c, duration), ..Detail::default() };
    detail.constraint = c.maybe(3, constraint);
    detail.deadline = c.maybe(4, Chance::instant);
    (detail.stop, detail.resume) = (c.maybe(6, Chance::instant), c.maybe(6, Chance::instant));
    detail.leveling_delay = c.maybe(5, |c| Delay { span: c.span(50) + Span::minutes(6), elapsed: c.once_in(2) });
    detail.ignores_resource_calendars = c.once_in(4);
    (detail.inactive, detail.recurring, detail.milestone) = (c.once_in(6), c.once_in(6), c.once_in(6));
    detail.task_type = c.of_list(&[TaskType::FixedUnits, TaskType::FixedDuration, TaskType::FixedWork]);
    detail.external = c.once_in(8);
    let dates = FixedDates { start: c.instant(), finish: c.instant() };
    detail.fixed = (detail.external || c.once_in(4)).then_some(dates);
    detail.assignments = (0..c.below(3)).map(|_| assignment(c, plan, &activity, &detail)).collect();
    detail.splits = splits(c, &activity, &detail, working);
    activity.detail = Some(Box::new(detail));
    activity
}

fn progress(c: &mut Chance, duration: Span) -> Progress {
    match c.below(4) {
        0 => Progress::Started { start: c.instant(), actual: c.span(10), remaining: duration },
        1 => Progress::Finished { start: c.instant(), finish: c.instant(), actual: duration },
        _ => Progress::NotStarted,
    }
}

fn constraint(c: &mut Chance) -> Constraint {
    use ConstraintKind::*;
    let kinds = [AsLateAsPossible, StartNoEarlierThan, StartNoLaterThan, FinishNoEarlierThan, FinishNoLaterThan, MustStartOn, MustFinishOn];
    Constraint { kind: c.of_list(&kinds), date: c.instant() }
}

fn assignment(c: &mut Chance, plan: &Plan, activity: &Activity, detail: &Detail) -> Assignment {
    let resource = if plan.resources.is_empty() { None } else { c.maybe(1, |c| c.below(plan.resources.len() as u64) as u32) };
    let named = resource.map(|r| &plan.resources[r as usize]);
    let drives = named.is_none_or(|r| r.kind == ResourceKind::Labor);
    let own = named.and_then(|r| r.calendar).filter(|_| !(detail.ignores_resource_calendars && detail.own_calendar));
    let (remaining_work, actual_work) = (c.span(50) + Span::minutes(6), c.span(5));
    let contours = [Contour::Flat, Contour::Flat, Contour::BackLoaded, Contour::Turtle, Contour::Contoured];
    Assignment {
        resource,
        calendar: own.map_or(activity.calendar, CalendarIx),
        drives,
        units: c.of_list(&[100.0, 25.0, 33.3, 250.0]),
        work: remaining_work + actual_work,
        remaining_work,
        actual_work,
        overtime: if c.once_in(4) { Span::minutes(6) } else { Span::ZERO },
        delay: c.maybe(5, |c| Delay { span: c.span(9) + Span::minutes(6), elapsed: false }),
        leveling_delay: c.maybe(5, |c| Delay { span: c.span(9) + Span::minutes(6), elapsed: c.once_in(2) }),
        contour: c.of_list(&contours),
    }
}

/// Pieces with working time between them, for work that one calendar decides.
fn splits(c: &mut Chance, activity: &Activity, detail: &Detail, working: &[Calendar]) -> Vec<(Instant, Instant)> {
    let own: Vec<&Assignment> = detail.assignments.iter().filter(|a| a.drives).collect();
    let [one] = own.as_slice() else { return vec![] };
    if activity.elapsed || one.calendar != activity.calendar || !c.once_in(2) {
        return vec![];
    }
    let calendar = &working[one.calendar.at()];
    let mut at = calendar.next_start(c.instant());
    let mut pieces = vec![];
    for _ in 0..2 + c.below(3) {
        let finish = calendar.add(at, Span::minutes(15) + c.span(40));
        pieces.push((at, finish));
        at = calendar.next_start(calendar.add(finish, Span::minutes(60) + c.span(30)));
    }
    pieces
}

fn stored(c: &mut Chance, activity: &Activity) -> Stored {
    let fixed = activity.detail.as_deref().filter(|d| d.external).and_then(|d| d.fixed);
    let (start, finish) = (c.instant(), c.instant());
    let percent = match activity.progress() {
        Progress::NotStarted => 0.0,
        Progress::Started { .. } => 1.0 + c.below(99) as f64,
        Progress::Finished { .. } => 100.0,
    };
    let baseline = c.maybe(3, |c| (c.instant(), c.maybe(2, Chance::instant)));
    Stored {
        early_start: c.maybe(2, Chance::instant),
        early_finish: c.maybe(2, Chance::instant),
        late_start: c.maybe(2, Chance::instant),
        late_finish: c.maybe(2, Chance::instant),
        start: Some(fixed.map_or(start, |f| f.start)),
        finish: Some(fixed.map_or(finish, |f| f.finish)),
        total_float: c.maybe(2, |c| Span::ZERO - c.span(99)),
        free_float: c.maybe(2, |c| c.span(99)),
        critical: c.maybe(2, |c| c.once_in(2)),
        percent_complete: Some(percent),
        baseline_start: baseline.map(|b| b.0),
        baseline_finish: baseline.and_then(|b| b.1),
        notes: c.maybe(4, |_| "第一行\n<第二行> & \"完\"".into()),
        ..Stored::default()
    }
}

fn links(c: &mut Chance, plan: &mut Plan) {
    let kinds = [LinkKind::FinishStart, LinkKind::StartStart, LinkKind::FinishFinish, LinkKind::StartFinish];
    let n = plan.activities.len() as u64;
    for _ in 0..c.below(2 * n) {
        let (predecessor, successor) = (c.below(n) as u32, c.below(n) as u32);
        let taken = plan.links.iter().any(|l| (l.predecessor.0, l.successor.0) == (predecessor, successor));
        if predecessor == successor || taken {
            continue;
        }
        let lag = match c.below(5) {
            0 => Lag::Work(c.span(20)),
            1 => Lag::Work(Span::ZERO - c.span(20)),
            2 => Lag::Elapsed(c.span(20)),
            3 => Lag::Percent(c.below(200) as f32 - 100.0),
            _ => Lag::ElapsedPercent(c.below(200) as f32),
        };
        plan.links.push(Link { predecessor: ActivityIx(predecessor), successor: ActivityIx(successor), kind: c.of_list(&kinds), lag });
    }
}
