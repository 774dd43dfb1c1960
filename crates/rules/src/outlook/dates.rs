//! The dates of what is left of a plan, by the scheduling kernel on working days.
//!
//! Facts are no part of the network that the kernel sees: whatever is done or begun has given those that wait for it a
//! day that they may not begin before. What is left is work without calendar: an hour of the kernel's clock stands for a
//! working day of the office.
use super::{
    stand::Stand,
    ties::{Tie, Ties},
};
use lantu_calendar::{Calendar, Instant, Span};
use lantu_model::{PlanActivity, plan::Ends, problem::Problem};
use lantu_schedule::{
    Activity, ActivityIx, CalendarIx, Constraint, ConstraintKind, Dialect, Lag, Link, LinkKind, Network, Options, schedule,
};
use std::sync::LazyLock;

/// Offsets of all lines: early start and finish, late start and finish. Of what is done all are its actual ones.
#[derive(Clone, Debug)]
pub(super) struct Dates {
    pub early_start: Vec<i64>,
    pub early_finish: Vec<i64>,
    pub late_start: Vec<i64>,
    pub late_finish: Vec<i64>,
    /// Where the last line ends.
    pub end: i64,
}

/// Why a plan has no dates; lines by their places.
pub(super) enum NoDates {
    Loop(Vec<usize>),
    TooLong,
}

/// The network of what is open, and the lines that its activities are.
pub(super) struct Open {
    pub network: Network,
    pub lines: Vec<usize>,
}

/// No plan reaches further than a thousand years.
const FURTHEST: i64 = 250_000;

static CLOCK: LazyLock<Calendar> = LazyLock::new(Calendar::around_the_clock);

/// The instant of the kernel's clock that stands for an offset.
pub(super) fn instant(offset: i64) -> Instant {
    Instant::from_seconds(offset.clamp(-FURTHEST, 40 * FURTHEST) * DAY)
}

/// The offset by whose end everything is over that is over at an instant.
pub(super) fn offset(at: Instant) -> i64 {
    at.seconds().saturating_add(DAY - 1).div_euclid(DAY)
}

/// Seconds of the kernel's clock that stand for a working day.
const DAY: i64 = 3_600;

pub(super) fn length(days: i64) -> Span {
    Span::seconds(days.clamp(-FURTHEST, FURTHEST) * DAY)
}

impl Dates {
    pub fn of(stands: &[Stand], ties: &Ties) -> Result<Self, NoDates> {
        let open = Open::of(stands, ties);
        let found = schedule(&open.network).map_err(|problems| open.refused(&problems))?;
        let mut dates = Self::actual(stands);
        for (row, &at) in found.rows.iter().zip(&open.lines) {
            dates.early_start[at] = offset(row.early_start);
            dates.early_finish[at] = offset(row.early_finish);
            dates.late_start[at] = offset(row.late_start);
            dates.late_finish[at] = offset(row.late_finish);
        }
        dates.end = dates.early_finish.iter().copied().max().unwrap_or(0);
        if dates.end > FURTHEST { Err(NoDates::TooLong) } else { Ok(dates) }
    }

    /// The early dates alone, late ones the same: what the kernel gives, for the many days of the past that only lights are
    /// asked of. On a clock without nights its forward pass is the longest path.
    pub fn early(stands: &[Stand], ties: &Ties) -> Option<Self> {
        if ties.order.len() != stands.len() {
            return Self::of(stands, ties).ok();
        }
        let (mut start, mut finish) = (vec![0; stands.len()], vec![0; stands.len()]);
        for &at in &ties.order {
            let stand = &stands[at];
            if !stand.is_open() {
                (start[at], finish[at]) = (stand.started.unwrap_or(0), stand.finished.unwrap_or(0));
                continue;
            }
            let bounds = ties.of_line(at).iter().map(|tie| {
                tie.fact(stands).unwrap_or_else(|| {
                    let end = if tie.is_from_start() { start[tie.from] } else { finish[tie.from] };
                    end + tie.lag_over(&stands[tie.from]) - tie.taken(stand.left)
                })
            });
            start[at] = bounds.fold(stand.floor.max(0), i64::max);
            finish[at] = start[at] + stand.left;
        }
        let end = finish.iter().copied().max().unwrap_or(0);
        let dates = Self { early_start: start.clone(), early_finish: finish.clone(), late_start: start, late_finish: finish, end };
        (end <= FURTHEST).then_some(dates)
    }

    fn actual(stands: &[Stand]) -> Self {
        let started: Vec<i64> = stands.iter().map(|s| s.started.unwrap_or(0)).collect();
        let finished: Vec<i64> = stands.iter().map(|s| s.finished.unwrap_or(0)).collect();
        Self { early_start: started.clone(), early_finish: finished.clone(), late_start: started, late_finish: finished, end: 0 }
    }

    /// Where a tie lets the line that waits begin: its start, or its finish less what is left of it.
    pub fn allowed(&self, tie: Tie, stands: &[Stand]) -> i64 {
        let from = &stands[tie.from];
        let end = match (tie.is_from_start(), from.started) {
            (true, Some(started)) => started,
            (true, None) => self.early_start[tie.from],
            (false, _) => self.early_finish[tie.from],
        };
        end.saturating_add(tie.lag_over(from)).saturating_sub(tie.taken(self.early_finish[tie.to] - self.early_start[tie.to]))
    }
}

impl Tie {
    /// A lead into what turned out not to be needed goes with it.
    fn lag_over(self, from: &Stand) -> i64 {
        if from.is_void() { self.lag.max(0) } else { self.lag }
    }

    /// What of the waiting line's length lies before the end that is tied.
    fn taken(self, length: i64) -> i64 {
        if self.is_to_finish() { length } else { 0 }
    }

    /// The bound of a tie whose earlier end is a fact.
    fn fact(self, stands: &[Stand]) -> Option<i64> {
        let (from, to) = (&stands[self.from], &stands[self.to]);
        let end = if self.is_from_start() { from.started } else { from.finished };
        Some(end?.saturating_add(self.lag).saturating_sub(self.taken(to.left)))
    }
}

impl Open {
    pub fn of(stands: &[Stand], ties: &Ties) -> Self {
        let lines: Vec<usize> = (0..stands.len()).filter(|at| stands[*at].is_open()).collect();
        let mut place = vec![None; stands.len()];
        for (ix, &at) in (0_u32..).zip(&lines) {
            place[at] = Some(ix);
        }
        let mut links = vec![];
        let mut floors: Vec<i64> = lines.iter().map(|&at| stands[at].floor.max(0)).collect();
        for tie in &ties.all {
            let Some(to) = place[tie.to] else { continue };
            match (tie.fact(stands), place[tie.from]) {
                (Some(bound), _) => floors[to as usize] = floors[to as usize].max(bound),
                (None, Some(from)) => links.push(link(*tie, from, to, &stands[tie.from])),
                (None, None) => {}
            }
        }
        let activities = (0_u32..).zip(&lines).zip(&floors).map(|((ix, &at), floor)| row(ix, &stands[at], *floor)).collect();
        let network = Network { options: Options::new(Dialect::MsProject, instant(0)), calendars: vec![CLOCK.clone()], activities, links };
        Self { network, lines }
    }

    fn refused(&self, problems: &[lantu_schedule::Problem]) -> NoDates {
        let ring = problems.iter().find(|p| matches!(p.code, "cycle" | "link_to_itself"));
        let line = |uid: &i64| usize::try_from(*uid).ok().and_then(|ix| self.lines.get(ix)).copied();
        ring.map_or(NoDates::TooLong, |p| NoDates::Loop(p.activities.iter().filter_map(line).collect()))
    }
}

fn row(ix: u32, stand: &Stand, floor: i64) -> Activity {
    let mut row = Activity::task(i64::from(ix), CalendarIx(0), length(stand.left));
    if floor > 0 {
        row.detail_mut().constraint = Some(Constraint { kind: ConstraintKind::StartNoEarlierThan, date: instant(floor) });
    }
    row
}

fn link(tie: Tie, from: u32, to: u32, before: &Stand) -> Link {
    let kind = match tie.ends {
        Ends::FinishStart => LinkKind::FinishStart,
        Ends::StartStart => LinkKind::StartStart,
        Ends::FinishFinish => LinkKind::FinishFinish,
        Ends::StartFinish => LinkKind::StartFinish,
    };
    Link { predecessor: ActivityIx(from), successor: ActivityIx(to), kind, lag: Lag::Work(length(tie.lag_over(before))) }
}

impl NoDates {
    /// In the words of the plan.
    pub fn named(self, lines: &[(&str, &PlanActivity)]) -> Problem {
        match self {
            Self::Loop(ring) => {
                let ids = ring.iter().chain(ring.first()).filter_map(|at| lines.get(*at)).map(|(id, _)| *id);
                Problem::block("plan_cycle").at("after").with("ring", ids.collect::<Vec<_>>().join(" → "))
            }
            Self::TooLong => Problem::block("plan_beyond_dates").at("activities"),
        }
    }
}
