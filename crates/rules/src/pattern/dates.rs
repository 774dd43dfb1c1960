//! The dates of a pattern's steps, by the scheduling kernel on the office's days.
use super::steps::{Steps, Tie};
use jiff::civil::Date;
use lantu_calendar::{Instant, Span};
use lantu_pack::{CalendarData, Ends, Milestone, PatternActivity};
use lantu_schedule::{
    Activity, ActivityIx, CalendarIx, Dialect, Lag, Link, LinkKind, Network, Options, Problem, Row, Schedule, driving_links, schedule,
};
use std::collections::BTreeSet;

/// The dates of a pattern from a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatternDates<'a> {
    pub start: Date,
    /// One for each needed step, in the pattern's order.
    pub rows: Vec<Dated<'a>>,
    /// In the order of a project's life.
    pub landmarks: Vec<Landmark>,
    pub finish: Date,
    /// Working days from the start.
    pub finish_offset: i64,
    /// The holidays of some of these days have not been announced.
    pub provisional: bool,
}

/// When a step could be. Offsets are working days from the start; a date is the working day that an offset falls on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dated<'a> {
    pub activity: &'a PatternActivity,
    pub early_start: Date,
    pub early_finish: Date,
    /// Latest dates that do not delay the end.
    pub late_start: Date,
    pub late_finish: Date,
    pub start_offset: i64,
    pub finish_offset: i64,
    /// Working days by which it may be later without delaying the end.
    pub total_float: i64,
    pub critical: bool,
}

/// A milestone, and what decides its day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Landmark {
    pub milestone: Milestone,
    /// The step that reaches it, by its place in the rows.
    pub row: usize,
    pub day: Date,
    pub offset: i64,
    /// The steps that drive its day, by their places in the rows, itself last.
    pub path: Vec<usize>,
}

/// The steps as a network for the scheduling kernel: rows in the order of `steps.needed`, uids from 1, on the office's
/// working time, of which every working day counts whole.
///
/// The first day counts as the day of acceptance does: work begins on the next working day.
pub fn network(steps: &Steps<'_>, office: &CalendarData, start: Date) -> Network {
    let days = Days { office, start };
    let work = |n: i64| Span::seconds(days.day().as_seconds().saturating_mul(n));
    let task = |(uid, step): (i64, &&PatternActivity)| Activity::task(uid, CalendarIx(0), work(step.days));
    let link =
        |tie: &Tie| Link { predecessor: place(tie.from), successor: place(tie.to), kind: kind(tie.ends), lag: Lag::Work(work(tie.lag)) };
    Network {
        options: Options::new(Dialect::MsProject, days.begin()),
        calendars: vec![office.working_time.clone()],
        activities: (1..).zip(&steps.needed).map(task).collect(),
        links: steps.ties.iter().map(link).collect(),
    }
}

/// A checked pattern has few activities; more than a network can number would not be one.
fn place(at: usize) -> ActivityIx {
    ActivityIx(u32::try_from(at).unwrap_or(u32::MAX))
}

fn kind(ends: Ends) -> LinkKind {
    match ends {
        Ends::FinishStart => LinkKind::FinishStart,
        Ends::StartStart => LinkKind::StartStart,
        Ends::FinishFinish => LinkKind::FinishFinish,
        Ends::StartFinish => LinkKind::StartFinish,
    }
}

/// Working days from the first.
struct Days<'a> {
    office: &'a CalendarData,
    start: Date,
}

impl Days<'_> {
    /// A whole working day.
    fn day(&self) -> Span {
        self.office.hours.work()
    }

    fn begin(&self) -> Instant {
        Instant::start_of(self.start.tomorrow().unwrap_or(self.start))
    }

    fn offset(&self, at: Instant) -> i64 {
        // A pack's hours are checked to be more than none.
        self.office.working_time.work_between(self.begin(), at).as_seconds() / self.day().as_seconds().max(1)
    }

    fn date(&self, offset: i64) -> Date {
        self.office.calendar.add_working_days(self.start, offset)
    }
}

impl<'a> PatternDates<'a> {
    /// The dates of these steps from a day, on which the first may begin. Refused when they reach beyond what dates can hold.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use lantu_pack::{Facts, Pack, embedded};
    /// use lantu_rules::pattern::{PatternDates, steps};
    /// let pack = Pack::load(&embedded("cn-county").unwrap_or_default()).map_err(|p| format!("{p:?}"))?;
    /// let factory = steps(pack.pattern("MFG").ok_or("no such pattern")?, &Facts::default(), &[]);
    /// let dates = PatternDates::of(&factory, pack.calendar_data(), date(2026, 3, 2)).map_err(|p| format!("{p:?}"))?;
    /// assert_eq!((dates.landmarks[0].offset, dates.landmarks[0].day), (75, date(2026, 6, 18)));
    /// # Ok::<(), String>(())
    /// ```
    pub fn of(steps: &Steps<'a>, office: &CalendarData, start: Date) -> Result<Self, Vec<Problem>> {
        let days = Days { office, start };
        let network = network(steps, office, start);
        let schedule = schedule(&network)?;
        let rows: Vec<Dated<'a>> = steps.needed.iter().zip(&schedule.rows).map(|(step, row)| days.dated(step, row)).collect();
        let finish_offset = rows.iter().map(|r| r.finish_offset).max().unwrap_or(0);
        let finish = days.date(finish_offset);
        let landmarks = landmarks(&rows, &network, &schedule);
        let provisional = office.is_provisional(start) || office.is_provisional(finish);
        Ok(Self { start, rows, landmarks, finish, finish_offset, provisional })
    }

    /// When a milestone is reached, and by what; `None` when the steps do not lead to it.
    pub fn landmark(&self, milestone: Milestone) -> Option<&Landmark> {
        self.landmarks.iter().find(|l| l.milestone == milestone)
    }

    /// So many of the working days before an offset see an approval's clock run: government, its institutes or a utility.
    /// Several on one day count once.
    pub fn approval_days(&self, before: i64) -> i64 {
        let on_approval = |row: &&Dated<'_>| row.activity.clock.is_approval();
        let days = self.rows.iter().filter(on_approval).flat_map(|row| row.start_offset..row.finish_offset.min(before));
        let days: BTreeSet<i64> = days.collect();
        i64::try_from(days.len()).unwrap_or(i64::MAX)
    }
}

impl Days<'_> {
    fn dated<'a>(&self, activity: &'a PatternActivity, row: &Row) -> Dated<'a> {
        let [start_offset, finish_offset, late_start, late_finish] =
            [row.early_start, row.early_finish, row.late_start, row.late_finish].map(|at| self.offset(at));
        Dated {
            activity,
            early_start: self.date(start_offset),
            early_finish: self.date(finish_offset),
            late_start: self.date(late_start),
            late_finish: self.date(late_finish),
            start_offset,
            finish_offset,
            total_float: row.total_float.as_seconds() / self.day().as_seconds().max(1),
            critical: row.critical,
        }
    }
}

fn landmarks(rows: &[Dated<'_>], network: &Network, schedule: &Schedule) -> Vec<Landmark> {
    let drives = driving_links(network, schedule);
    let driving: Vec<Link> = network.links.iter().zip(drives).filter(|(_, drives)| *drives).map(|(link, _)| *link).collect();
    let of = |milestone: Milestone| {
        let row = rows.iter().position(|r| r.activity.milestone.contains(&milestone))?;
        let Dated { early_finish: day, finish_offset: offset, .. } = rows[row];
        Some(Landmark { milestone, row, day, offset, path: path(row, rows, &driving) })
    };
    Milestone::ALL.into_iter().filter_map(of).collect()
}

/// Everyone on driving links back from a row, in order of their dates.
fn path(row: usize, rows: &[Dated<'_>], driving: &[Link]) -> Vec<usize> {
    let (mut seen, mut next) = (BTreeSet::from([row]), vec![row]);
    while let Some(at) = next.pop() {
        let behind = driving.iter().filter(|link| link.successor.at() == at).map(|link| link.predecessor.at());
        next.extend(behind.filter(|from| seen.insert(*from)));
    }
    let mut path: Vec<usize> = seen.into_iter().collect();
    path.sort_by_key(|at| (*at == row, rows[*at].start_offset, rows[*at].finish_offset));
    path
}
