//! Random networks: the same seed gives the same network.
use lantu_schedule::*;

/// Chance, repeatable (splitmix64).
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// From 0 up to, not including, `n`.
    pub fn below(&mut self, n: usize) -> usize {
        (self.roll() % n.max(1) as u64) as usize
    }

    /// `percent` times in a hundred.
    pub fn happens(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub fn one_of<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for i in (1..list.len()).rev() {
            list.swap(i, self.below(i + 1));
        }
    }
}

/// What may be in a network.
#[derive(Clone, Copy, Debug)]
pub struct Recipe {
    pub dialect: Dialect,
    pub calendars: Hours,
    pub links: &'static [LinkKind],
    pub lags: Lags,
    pub constraints: bool,
    pub summaries: bool,
    pub progress: bool,
    /// Rows by hand, inactive rows, levels of effort, work as late as possible, deadlines, elapsed durations.
    pub odd: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Hours {
    Clock,
    One,
    Many,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Lags {
    /// Of work, either way.
    Work,
    Every,
}

pub const ALL_LINKS: &[LinkKind] = &[LinkKind::FinishStart, LinkKind::StartStart, LinkKind::FinishFinish, LinkKind::StartFinish];
pub const BOTH: [Dialect; 2] = [Dialect::MsProject, Dialect::P6];

impl Recipe {
    /// Everything that there is.
    pub fn full(dialect: Dialect) -> Self {
        let (constraints, summaries, progress, odd) = (true, true, true, true);
        Self { dialect, calendars: Hours::Many, links: ALL_LINKS, lags: Lags::Every, constraints, summaries, progress, odd }
    }

    /// Links, lags of work and one calendar.
    pub fn plain(dialect: Dialect) -> Self {
        let (constraints, summaries, progress, odd) = (false, false, false, false);
        Self { dialect, calendars: Hours::One, links: ALL_LINKS, lags: Lags::Work, constraints, summaries, progress, odd }
    }
}

pub fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

fn calendars(hours: Hours) -> Vec<Calendar> {
    use lantu_calendar::{CalendarSpec, Exception, Hours as Day};
    let day = Day::of_minutes([(480, 720), (780, 1020)]);
    let mut office = CalendarSpec::weekdays(&day);
    let closed = |from: &str, to: &str, hours| Exception { from: from.parse().unwrap(), to: to.parse().unwrap(), hours };
    office.exceptions.push(closed("2026-04-04", "2026-04-06", Day::none()));
    office.exceptions.push(closed("2026-05-01", "2026-05-05", Day::none()));
    office.exceptions.push(closed("2026-05-09", "2026-05-09", day));
    // From Monday evening through the nights, and a site that works on six days.
    let mut nights = CalendarSpec::weekdays(&Day::of_minutes([(0, 360), (1320, 1440)]));
    nights.exceptions.push(closed("2026-03-20", "2026-03-22", Day::none()));
    let mut site = CalendarSpec::weekdays(&Day::of_minutes([(420, 690), (750, 1080)]));
    site.week[5] = Some(Day::of_minutes([(420, 690)]));
    match hours {
        Hours::Clock => vec![Calendar::around_the_clock()],
        Hours::One => vec![Calendar::of(&office)],
        Hours::Many => [office, nights, site].iter().map(Calendar::of).chain([Calendar::around_the_clock()]).collect(),
    }
}

/// A network of `size` activities, more rows where the recipe has summaries.
pub fn network(recipe: &Recipe, size: usize, seed: u64) -> Network {
    let mut dice = Dice::new(seed);
    let mut options = Options::new(recipe.dialect, at("2026-03-02T08:00"));
    if recipe.calendars == Hours::Clock {
        options.start = at("2026-03-02T00:00");
    }
    settings(recipe, &mut options, &mut dice);
    let mut n = Network { options, calendars: calendars(recipe.calendars), activities: vec![], links: vec![] };
    for uid in 1..=size as i64 {
        let activity = activity(recipe, &n, uid, &mut dice);
        n.activities.push(activity);
    }
    links(recipe, &mut n, &mut dice);
    if recipe.summaries {
        summaries(recipe, &mut n, &mut dice);
    }
    if recipe.progress && dice.happens(60) {
        progress(&mut n, &mut dice);
    }
    n
}

fn settings(recipe: &Recipe, o: &mut Options, dice: &mut Dice) {
    if recipe.calendars == Hours::Many {
        let choices = [LagCalendar::Predecessor, LagCalendar::Successor, LagCalendar::Project, LagCalendar::TwentyFourHour];
        o.lag_calendar = dice.one_of(&choices);
    }
    if recipe.constraints {
        o.honor_constraints = dice.happens(70);
        o.finish = (recipe.dialect == Dialect::P6 && dice.happens(30)).then(|| at("2026-04-10T17:00"));
        o.critical = Critical::FloatAtMost(Span::hours(dice.one_of(&[0, 0, 8])));
    }
    if recipe.odd {
        o.total_float = dice.one_of(&[TotalFloat::Start, TotalFloat::Finish, TotalFloat::Smallest]);
        o.multiple_critical_paths = dice.happens(20);
        o.open_ended_critical = dice.happens(20);
    }
    if recipe.progress && recipe.dialect == Dialect::P6 {
        let choices =
            [ProgressLogic::RetainedLogic, ProgressLogic::RetainedLogic, ProgressLogic::ProgressOverride, ProgressLogic::ActualDates];
        o.progress = dice.one_of(&choices);
        o.ss_lag_from_early_start = dice.happens(70);
    }
}

fn activity(recipe: &Recipe, n: &Network, uid: i64, dice: &mut Dice) -> Activity {
    let calendar = CalendarIx(dice.below(n.calendars.len()) as u32);
    let hours = dice.one_of(&[0, 1, 3, 8, 8, 16, 40, 100]);
    let minutes = if dice.happens(20) { dice.below(59) as i64 } else { 0 };
    let mut a = Activity::task(uid, calendar, Span::hours(hours) + Span::minutes(minutes));
    if recipe.dialect == Dialect::P6 && dice.happens(10) {
        (a.kind, a.duration) = (dice.one_of(&[Kind::StartMilestone, Kind::FinishMilestone]), Span::ZERO);
    }
    if recipe.constraints && dice.happens(25) {
        a.detail_mut().constraint = Some(constraint(recipe.dialect, dice));
        if recipe.dialect == Dialect::P6 && dice.happens(20) {
            let kind = dice.one_of(&[ConstraintKind::StartNoLaterThan, ConstraintKind::FinishNoLaterThan]);
            a.detail_mut().secondary = Some(Constraint { kind, date: some_day(dice) });
        }
    }
    if recipe.odd {
        odd(recipe, &mut a, dice);
    }
    a
}

pub fn some_day(dice: &mut Dice) -> Instant {
    let clock = dice.one_of(&[Span::hours(8), Span::hours(17), Span::hours(11), Span::ZERO, Span::minutes(923)]);
    at("2026-03-02") + Span::hours(24 * dice.below(60) as i64) + clock
}

pub fn constraint(dialect: Dialect, dice: &mut Dice) -> Constraint {
    use ConstraintKind::*;
    let both = [StartNoEarlierThan, StartNoLaterThan, FinishNoEarlierThan, FinishNoLaterThan, MustStartOn, MustFinishOn];
    let kind = match dialect {
        Dialect::P6 if dice.happens(30) => dice.one_of(&[StartOn, FinishOn]),
        _ => dice.one_of(&both),
    };
    Constraint { kind, date: some_day(dice) }
}

fn odd(recipe: &Recipe, a: &mut Activity, dice: &mut Dice) {
    let day = some_day(dice);
    match (recipe.dialect, dice.below(40)) {
        (Dialect::MsProject, 0) => a.detail_mut().deadline = Some(day),
        (Dialect::MsProject, 1) => a.detail_mut().fixed = Some(FixedDates { start: day, finish: day + Span::hours(dice.below(90) as i64) }),
        (Dialect::MsProject, 2) => a.detail_mut().inactive = true,
        (Dialect::MsProject, 3) => a.elapsed = true,
        (Dialect::P6, 0) => a.kind = Kind::LevelOfEffort,
        (Dialect::P6, 1) => a.detail_mut().external_early_start = Some(day),
        (Dialect::P6, 2) => a.detail_mut().external_late_finish = Some(day),
        (Dialect::P6, 3) => a.detail_mut().expected_finish = Some(day),
        (_, 4) => a.detail_mut().constraint = Some(Constraint { kind: ConstraintKind::AsLateAsPossible, date: day }),
        _ => return,
    }
    if a.kind == Kind::LevelOfEffort {
        (a.duration, a.detail) = (Span::ZERO, None);
    }
}

pub fn lag(recipe: &Recipe, dice: &mut Dice) -> Lag {
    let hours = dice.one_of(&[1_i64, 4, 8, 20, 48]);
    let sign = if dice.happens(35) { -1 } else { 1 };
    // P6 knows no share of the predecessor's duration.
    let sorts = if recipe.dialect == Dialect::P6 { 8 } else { 10 };
    match (recipe.lags, dice.below(sorts)) {
        (_, 0..5) => Lag::NONE,
        (Lags::Work, _) | (_, 5 | 6) => Lag::Work(Span::hours(sign * hours)),
        (_, 7) => Lag::Elapsed(Span::hours(sign * hours)),
        (_, 8) => Lag::Percent(sign as f32 * dice.one_of(&[25.0, 50.0, 100.0])),
        _ => Lag::ElapsedPercent(sign as f32 * 50.0),
    }
}

/// Links from earlier to later activities, about two each; then all rows are given other places.
fn links(recipe: &Recipe, n: &mut Network, dice: &mut Dice) {
    let size = n.activities.len();
    for s in 1..size {
        for _ in 0..dice.below(4) {
            let near = s.saturating_sub(8);
            let p = if dice.happens(80) { near + dice.below(s - near) } else { dice.below(s) };
            let (predecessor, successor) = (ActivityIx(p as u32), ActivityIx(s as u32));
            n.links.push(Link { predecessor, successor, kind: dice.one_of(recipe.links), lag: lag(recipe, dice) });
        }
    }
}

/// Puts neighbours under summaries, two levels deep; summaries get links and dates of their own.
fn summaries(recipe: &Recipe, n: &mut Network, dice: &mut Dice) {
    let size = n.activities.len();
    let mut first = 0;
    while first < size && dice.happens(80) {
        let length = 1 + dice.below(5);
        let summary = n.activities.len() as u32;
        let mut row = Activity::task(i64::from(summary) + 1, CalendarIx(0), Span::ZERO);
        row.kind = Kind::Summary;
        if dice.happens(30) && summary as usize > size {
            row.parent = Some(ActivityIx(size as u32));
        }
        n.activities.push(row);
        for at in first..(first + length).min(size) {
            n.activities[at].parent = Some(ActivityIx(summary));
        }
        if recipe.dialect == Dialect::MsProject && dice.happens(30) && first + length < size {
            link_to_summary(n, summary, first + length, size, dice);
        }
        if recipe.dialect == Dialect::MsProject && recipe.constraints && dice.happens(15) {
            let kind = dice.one_of(&[ConstraintKind::StartNoEarlierThan, ConstraintKind::FinishNoLaterThan]);
            n.activities[summary as usize].detail_mut().constraint = Some(Constraint { kind, date: some_day(dice) });
        }
        first += length;
    }
}

/// A link from a summary to an activity after all of its own, or to the summary from one before; both keep the order
/// in which there are no loops.
fn link_to_summary(n: &mut Network, summary: u32, after: usize, size: usize, dice: &mut Dice) {
    if n.activities[summary as usize].parent.is_some() || summary as usize == size {
        return;
    }
    let successor = ActivityIx((after + dice.below(size - after)) as u32);
    let kind = dice.one_of(&[LinkKind::FinishStart, LinkKind::StartStart]);
    n.links.push(Link { predecessor: ActivityIx(summary), successor, kind, lag: Lag::NONE });
}

/// Work up to a data date, as the dates without progress have it, with some of it begun out of sequence.
fn progress(n: &mut Network, dice: &mut Dice) {
    let Ok(dates) = schedule(n) else { return };
    let length = (dates.finish - dates.start).as_seconds() / 3600;
    let data_date = dates.start + Span::hours(dice.below(length.clamp(1, 2_000) as usize) as i64);
    n.options.data_date = Some(data_date);
    for (a, row) in n.activities.iter_mut().zip(&dates.rows) {
        let work = matches!(a.kind, Kind::Task | Kind::StartMilestone | Kind::FinishMilestone);
        if !work || a.detail.as_ref().is_some_and(|d| d.fixed.is_some() || d.inactive || d.expected_finish.is_some()) {
            continue;
        }
        let calendar = if a.elapsed { &Calendar::around_the_clock() } else { &n.calendars[a.calendar.at()] };
        let out_of_sequence = row.start >= data_date && dice.happens(5);
        let start = if out_of_sequence { data_date - Span::hours(4) } else { row.start };
        if row.finish <= data_date && start <= row.finish {
            a.detail_mut().progress = Progress::Finished { start, finish: row.finish, actual: a.duration };
        } else if start < data_date && a.duration.is_positive() {
            let actual = calendar.work_between(start, data_date).clamp(Span::ZERO, a.duration);
            let remaining = a.duration - actual + Span::hours(dice.one_of(&[0, 0, 8]));
            a.duration = actual + remaining;
            a.detail_mut().progress = Progress::Started { start, actual, remaining };
        }
    }
}
