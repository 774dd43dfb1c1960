//! Random networks of one seed, shaped as plans are: chains of work listed one after another, tied to their neighbours.

use jiff::civil::date;
use lantu_calendar::{Calendar, CalendarSpec, Hours, Instant, Span};
use lantu_schedule::{Activity, ActivityIx, CalendarIx, Constraint, ConstraintKind, Dialect, Kind, Lag, Link, LinkKind, Network, Options};

/// Activities of a chain; chains run side by side, so that a plan of any size takes some years.
const CHAIN: usize = 250;
/// Monday, 8:00.
const START: &str = "2026-03-02T08:00";

/// SplitMix64: a stream of numbers from one seed.
pub struct Dice(u64);

impl Dice {
    pub fn of(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Below `n`, 0 for `n` = 0.
    pub fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.next()) * n as u128) >> 64) as usize
    }

    pub fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}

/// A network of `activities` and twice as many links: all kinds of links, mostly finish to start; lags on a quarter of
/// them; three calendars, one with 300 holidays; 3 in 100 constrained, 5 in 100 milestones.
pub fn random(dialect: Dialect, activities: usize, seed: u64) -> Network {
    let mut dice = Dice::of(seed);
    let start: Instant = START.parse().unwrap_or_default();
    let rows = (0..activities).map(|at| activity(dialect, at, start, &mut dice)).collect();
    let mut links = Vec::with_capacity(2 * activities);
    for at in (0..activities).filter(|at| at % CHAIN > 0) {
        tie(at, activities, &mut links, &mut dice);
    }
    while links.len() < 2 * activities && activities > CHAIN {
        let at = dice.below(activities);
        let step = at % CHAIN;
        if step > 0 {
            let before = elsewhere(at, activities, 1 + dice.below(step), &mut dice);
            links.push(link(before, at, &mut dice));
        }
    }
    Network { options: Options::new(dialect, start), calendars: Calendar::resolve(&calendars()), activities: rows, links }
}

/// An office with 300 holidays, a site of six days, and around the clock.
pub fn calendars() -> [CalendarSpec; 3] {
    let mut office = CalendarSpec::weekdays(&Hours::of_minutes([(480, 720), (780, 1020)]));
    for week in 0..300 {
        let day = date(2026, 3, 4).saturating_add(jiff::Span::new().weeks(week));
        office = office.except(day, day, Hours::none());
    }
    let mut site = CalendarSpec::daily(&Hours::of_minutes([(420, 720), (750, 1050)]));
    site.week[6] = Some(Hours::none());
    [office, site, CalendarSpec::around_the_clock()]
}

fn activity(dialect: Dialect, at: usize, start: Instant, dice: &mut Dice) -> Activity {
    let calendar = [0, 0, 0, 0, 0, 0, 1, 1, 1, 2][dice.below(10)];
    let mut activity = Activity::task(at as i64 + 1, CalendarIx(calendar), Span::hours(4 + dice.below(77) as i64));
    if dice.percent(5) {
        activity.duration = Span::ZERO;
        if dialect == Dialect::P6 {
            activity.kind = if dice.percent(50) { Kind::StartMilestone } else { Kind::FinishMilestone };
        }
    }
    if dice.percent(3) {
        activity.detail_mut().constraint = Some(constraint(at, start, dice));
    }
    activity
}

/// Near the date that the place in the chain suggests.
pub fn constraint(at: usize, start: Instant, dice: &mut Dice) -> Constraint {
    use ConstraintKind::{FinishNoEarlierThan, FinishNoLaterThan, MustStartOn, StartNoEarlierThan, StartNoLaterThan};
    let kinds =
        [StartNoEarlierThan, StartNoEarlierThan, StartNoEarlierThan, FinishNoEarlierThan, StartNoLaterThan, FinishNoLaterThan, MustStartOn];
    let days = 9 * (at % CHAIN) + dice.below(120);
    Constraint { kind: kinds[dice.below(kinds.len())], date: start + Span::hours(24 * days as i64) }
}

/// To the one before in the chain, and to one near or, in three of ten cases, in any other chain.
fn tie(at: usize, activities: usize, links: &mut Vec<Link>, dice: &mut Dice) {
    links.push(link(at - 1, at, dice));
    let back = 1 + dice.below(3.min(at % CHAIN));
    let before = if dice.percent(30) { elsewhere(at, activities, back, dice) } else { beside(at, back, dice) };
    if before + 1 != at {
        links.push(link(before, at, dice));
    }
}

fn beside(at: usize, back: usize, dice: &mut Dice) -> usize {
    (at - back).saturating_sub(CHAIN * dice.below(4)).max((at - back) % CHAIN)
}

fn elsewhere(at: usize, activities: usize, back: usize, dice: &mut Dice) -> usize {
    let chains = activities / CHAIN;
    dice.below(chains.max(1)) * CHAIN + at % CHAIN - back
}

fn link(predecessor: usize, successor: usize, dice: &mut Dice) -> Link {
    let kind = match dice.below(100) {
        0..80 => LinkKind::FinishStart,
        80..89 => LinkKind::StartStart,
        89..98 => LinkKind::FinishFinish,
        _ => LinkKind::StartFinish,
    };
    Link { predecessor: ActivityIx(predecessor as u32), successor: ActivityIx(successor as u32), kind, lag: lag(dice) }
}

/// None on three of four; hours of work, leads, hours of the clock.
pub fn lag(dice: &mut Dice) -> Lag {
    match dice.below(100) {
        0..75 => Lag::NONE,
        75..92 => Lag::Work(Span::hours(1 + dice.below(40) as i64)),
        92..97 => Lag::Work(Span::hours(-1 - dice.below(8) as i64)),
        _ => Lag::Elapsed(Span::hours(1 + dice.below(72) as i64)),
    }
}
