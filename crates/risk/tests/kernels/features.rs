//! What a random network of the scheduler's own tests does not have: resources, splits, levelling, the project's finish
//! as its given end, odd grains of time.
use crate::networks::{Dice, Recipe, at, some_day};
use lantu_schedule::{Progress, *};

/// A network whose seed decides everything: how large, how odd, by whose rules.
pub fn any_network(seed: u64) -> Network {
    let mut dice = Dice::new(seed ^ 0x5EED);
    let dialect = dice.one_of(&crate::networks::BOTH);
    let everything = Recipe::full(dialect);
    // Most networks have some sorts of oddity only: where all of them meet, one answers for the other.
    let recipe = match dice.below(4) {
        0 => Recipe::plain(dialect),
        1 => Recipe { odd: false, constraints: dice.happens(50), progress: dice.happens(50), summaries: dice.happens(50), ..everything },
        2 => Recipe { links: &[LinkKind::FinishStart], odd: false, ..everything },
        _ => everything,
    };
    let size = dice.one_of(&[2, 3, 5, 8, 13, 21, 34, 60]);
    let mut n = crate::networks::network(&recipe, size, seed);
    let share = dice.one_of(&[0, 0, 4, 12]);
    for at in 0..n.activities.len() {
        if dice.happens(share) {
            oddity(&mut n, at, &mut dice);
        }
    }
    if dice.happens(40) {
        setting(&mut n, &mut dice);
    }
    if dice.happens(15) {
        odd_grains(&mut n, &mut dice);
    }
    n
}

fn oddity(n: &mut Network, at: usize, dice: &mut Dice) {
    if n.activities[at].is_summary() || n.activities[at].kind == Kind::LevelOfEffort {
        return;
    }
    let (calendars, dialect) = (n.calendars.len(), n.options.dialect);
    let a = &mut n.activities[at];
    match (dialect, dice.below(10)) {
        (_, 0) => a.detail_mut().leveling_delay = Some(delay(dice)),
        (_, 1) => a.detail_mut().resume = Some(some_day(dice)),
        (_, 2) => a.elapsed = true,
        (_, 3) => a.detail_mut().constraint = Some(Constraint { kind: ConstraintKind::AsLateAsPossible, date: at_noon() }),
        (Dialect::MsProject, 4 | 5) => split(a, dice),
        (Dialect::MsProject, 6..=8) => {
            a.detail_mut().own_calendar = dice.happens(50);
            a.detail_mut().assignments = team(calendars, a.duration, dice);
        }
        (Dialect::MsProject, _) => (a.detail_mut().external, a.detail_mut().milestone) = (true, true),
        (Dialect::P6, 4..=6) if a.kind == Kind::Task => {
            a.kind = Kind::ResourceDependent;
            a.detail_mut().assignments = team(calendars, a.duration, dice);
        }
        (Dialect::P6, 7) if dice.happens(20) => a.detail_mut().expected_finish = Some(some_day(dice)),
        (Dialect::P6, 8) if a.detail.is_none() => (a.kind, a.duration) = (Kind::LevelOfEffort, Span::ZERO),
        (Dialect::P6, _) => wbs_summary(n, at),
    }
}

fn at_noon() -> Instant {
    at("2026-03-02T12:00")
}

fn delay(dice: &mut Dice) -> Delay {
    Delay { span: Span::hours(dice.one_of(&[1, 8, 30])), elapsed: dice.happens(50) }
}

/// Two pieces of work with a pause between.
fn split(a: &mut Activity, dice: &mut Dice) {
    let first = some_day(dice);
    let pause = first + Span::hours(dice.one_of(&[4, 24, 72]));
    a.detail_mut().splits = vec![(first, first + Span::hours(4)), (pause.max(first + Span::hours(4)), pause + Span::hours(40))];
}

/// Up to three people, on one calendar or several.
fn team(calendars: usize, duration: Span, dice: &mut Dice) -> Vec<Assignment> {
    let one = |resource, dice: &mut Dice| Assignment {
        resource: Some(resource),
        calendar: CalendarIx(dice.below(calendars) as u32),
        drives: dice.happens(85),
        units: dice.one_of(&[100.0, 100.0, 50.0, 0.0, 200.0]),
        work: duration,
        remaining_work: if dice.happens(80) { duration } else { Span::hours(5) },
        actual_work: Span::ZERO,
        overtime: Span::ZERO,
        delay: None,
        leveling_delay: None,
        contour: Contour::Flat,
    };
    (0..1 + dice.below(3) as u32).map(|resource| one(resource, dice)).collect()
}

/// An activity that spans what stands in the same WBS element.
fn wbs_summary(n: &mut Network, at: usize) {
    let a = &mut n.activities[at];
    if a.parent.is_some() && a.progress() == Progress::NotStarted {
        (a.kind, a.duration) = (Kind::WbsSummary, Span::ZERO);
    }
}

fn setting(n: &mut Network, dice: &mut Dice) {
    let calendars = n.calendars.len();
    let o = &mut n.options;
    match dice.below(8) {
        0 => o.critical = Critical::LongestPath,
        1 if o.dialect == Dialect::MsProject => (o.from, o.finish) = (ScheduleFrom::Finish, Some(at("2026-07-01T17:00"))),
        1 => o.finish = Some(at("2026-03-20T17:00")),
        2 => o.split_in_progress = false,
        3 => o.use_expected_finish = false,
        4 => o.ignore_external = true,
        5 => o.calendar = CalendarIx(dice.below(calendars) as u32),
        6 => o.start = some_day(dice),
        _ => o.critical = Critical::FloatAtMost(Span::minutes(dice.one_of(&[-60, 1, 6_000]))),
    }
}

/// Lengths that are no whole minutes, a calendar with days of seconds, or work of years.
fn odd_grains(n: &mut Network, dice: &mut Dice) {
    use lantu_calendar::{CalendarSpec, Hours};
    match dice.below(3) {
        0 => {
            for a in n.activities.iter_mut().filter(|a| a.duration.is_positive() && a.progress() == Progress::NotStarted) {
                a.duration += Span::seconds(dice.one_of(&[0, 6, 30, 59]));
            }
        }
        1 => {
            let spec = CalendarSpec::weekdays(&Hours::of_seconds([(28_830, 43_200), (46_801, 61_207)]));
            n.calendars[0] = Calendar::of(&spec);
        }
        _ => {
            let at = dice.below(n.activities.len());
            let a = &mut n.activities[at];
            if a.kind == Kind::Task && a.progress() == Progress::NotStarted {
                a.duration = Span::hours(dice.one_of(&[3_000, 20_000, 90_000]));
            }
        }
    }
}

/// Nonsense: dates at the ends of time, work of millennia, a calendar that works a minute a year.
pub fn far_out(n: &mut Network, dice: &mut Dice) {
    use lantu_calendar::{CalendarSpec, Hours};
    let mut spec = CalendarSpec::default();
    for year in 2020..2030 {
        let day = at(&format!("{year}-01-01")).day();
        spec = spec.except(day, day, Hours::of_minutes([(0, 1)]));
    }
    n.calendars.push(Calendar::of(&spec));
    let calendars = n.calendars.len() as u32;
    let date = |dice: &mut Dice| dice.one_of(&[Instant::MIN, Instant::MAX, at("0001-01-01T08:00"), at("9998-12-31T17:00"), at_noon()]);
    let length = |dice: &mut Dice| dice.one_of(&[Span::ZERO, Span::seconds(1), Span::hours(8), Span::hours(2_000 * 365 * 24)]);
    for a in &mut n.activities {
        match dice.below(10) {
            0 => a.duration = length(dice),
            1 => a.calendar = CalendarIx(calendars - 1),
            2 => a.detail_mut().constraint = Some(Constraint { kind: ConstraintKind::StartNoEarlierThan, date: date(dice) }),
            3 => a.detail_mut().constraint = Some(Constraint { kind: ConstraintKind::MustFinishOn, date: date(dice) }),
            4 => a.detail_mut().progress = Progress::Started { start: date(dice), actual: length(dice), remaining: length(dice) },
            5 => a.detail_mut().leveling_delay = Some(Delay { span: length(dice), elapsed: dice.happens(50) }),
            _ => {}
        }
    }
    for link in &mut n.links {
        match dice.below(12) {
            0 => link.lag = Lag::Work(length(dice)),
            1 => link.lag = Lag::Elapsed(-length(dice)),
            2 => link.lag = Lag::Percent(dice.one_of(&[f32::MAX, -1e6, 0.5])),
            _ => {}
        }
    }
    match dice.below(8) {
        0 => n.options.start = date(dice),
        1 => n.options.data_date = Some(date(dice)),
        2 => n.options.finish = Some(date(dice)),
        _ => {}
    }
}

/// What a network has of what the scheduler knows, by name.
fn features(n: &Network) -> Vec<&'static str> {
    let detail = |has: fn(&Detail) -> bool| n.activities.iter().filter_map(|a| a.detail.as_deref()).any(has);
    let kind = |kind: Kind| n.activities.iter().any(|a| a.kind == kind);
    let link = |has: fn(&Link) -> bool| n.links.iter().any(has);
    let summary = |at: ActivityIx| n.activities[at.at()].is_summary();
    let linked_summary = n.links.iter().any(|l| summary(l.predecessor) || summary(l.successor));
    let held_summary = n.activities.iter().any(|a| a.is_summary() && a.detail.is_some());
    let calendars: std::collections::BTreeSet<u32> = n.activities.iter().map(|a| a.calendar.0).collect();
    let o = &n.options;
    let all = [
        ("ms project", o.dialect == Dialect::MsProject),
        ("p6", o.dialect == Dialect::P6),
        ("three calendars", calendars.len() > 2),
        ("finish to start", link(|l| l.kind == LinkKind::FinishStart)),
        ("start to start", link(|l| l.kind == LinkKind::StartStart)),
        ("finish to finish", link(|l| l.kind == LinkKind::FinishFinish)),
        ("start to finish", link(|l| l.kind == LinkKind::StartFinish)),
        ("elapsed lag", link(|l| matches!(l.lag, Lag::Elapsed(_)))),
        ("percent lag", link(|l| matches!(l.lag, Lag::Percent(_)))),
        ("elapsed percent lag", link(|l| matches!(l.lag, Lag::ElapsedPercent(_)))),
        ("lead", link(|l| matches!(l.lag, Lag::Work(span) if span.is_negative()))),
        ("linked summary", linked_summary),
        ("held summary", held_summary),
        ("level of effort", kind(Kind::LevelOfEffort)),
        ("wbs summary", kind(Kind::WbsSummary)),
        ("start milestone", kind(Kind::StartMilestone)),
        ("finish milestone", kind(Kind::FinishMilestone)),
        ("resource dependent", kind(Kind::ResourceDependent)),
        ("elapsed duration", n.activities.iter().any(|a| a.elapsed)),
        ("started", detail(|d| matches!(d.progress, Progress::Started { .. }))),
        ("finished", detail(|d| matches!(d.progress, Progress::Finished { .. }))),
        ("secondary constraint", detail(|d| d.secondary.is_some())),
        ("deadline", detail(|d| d.deadline.is_some())),
        ("expected finish", detail(|d| d.expected_finish.is_some())),
        ("resume", detail(|d| d.resume.is_some())),
        ("external dates", detail(|d| d.external_early_start.is_some() || d.external_late_finish.is_some())),
        ("fixed dates", detail(|d| d.fixed.is_some())),
        ("levelling delay", detail(|d| d.leveling_delay.is_some())),
        ("split", detail(|d| !d.splits.is_empty())),
        ("team", detail(|d| d.assignments.len() > 1)),
        ("inactive", detail(|d| d.inactive)),
        ("from finish", o.from == ScheduleFrom::Finish),
        ("longest path", o.critical == Critical::LongestPath),
        ("must finish by", o.dialect == Dialect::P6 && o.finish.is_some()),
        ("progress override", o.progress == ProgressLogic::ProgressOverride),
        ("actual dates", o.progress == ProgressLogic::ActualDates),
        ("many critical paths", o.multiple_critical_paths),
        ("open ends critical", o.open_ended_critical),
        ("links win", !o.honor_constraints),
        ("seconds", n.activities.iter().any(|a| a.duration.as_seconds() % 60 != 0)),
        ("years", n.activities.iter().any(|a| a.duration >= Span::hours(20_000))),
    ];
    let kinds = n.activities.iter().filter_map(Activity::constraint).map(|c| constraint_name(c.kind));
    all.into_iter().filter(|(_, has)| *has).map(|(name, _)| name).chain(kinds).collect()
}

const CONSTRAINTS: [&str; 9] = ["alap", "snet", "snlt", "fnet", "fnlt", "start on", "finish on", "must start", "must finish"];

fn constraint_name(kind: ConstraintKind) -> &'static str {
    CONSTRAINTS[kind as usize]
}

/// Everything that the scheduler knows comes in some of the networks, each of which can be scheduled.
#[test]
fn networks_have_every_feature() {
    let mut seen = std::collections::BTreeMap::new();
    for seed in 0..2_000 {
        let n = any_network(seed);
        schedule(&n).unwrap_or_else(|problems| panic!("seed {seed}: {}", problems[0]));
        let of: std::collections::BTreeSet<_> = features(&n).into_iter().collect();
        of.into_iter().for_each(|name| *seen.entry(name).or_insert(0) += 1);
    }
    assert_eq!(seen.len(), 41 + CONSTRAINTS.len(), "{seen:?}");
    assert!(seen.values().all(|networks| *networks >= 10), "{seen:?}");
}
