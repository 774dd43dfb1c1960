//! Why an activity is where it is: every cause that was considered, what decided, and the chain of those behind it.
mod beside;
mod early;
mod late;
pub(crate) mod trace;
mod words;

use crate::{ActivityIx, Cause, ConstraintKind, Instant, Lag, LinkKind, Network, Schedule};

/// Why an activity has its early start and its late finish, as data: a screen shows it, [`Why::say`] says it.
#[derive(Clone, Debug, PartialEq)]
pub struct Why {
    /// Whom it is about.
    pub activity: ActivityIx,
    /// Back from the activity: why it begins when it does, then why the one that decided does, and so on to where the
    /// chain begins. Where several decide at once the chain follows the first of them, links before dates.
    pub early: Vec<EarlyStep>,
    /// On from the activity: why it has to be done when it has, then why the one that asked for it has, and so on to the
    /// end of the project or a date that someone set.
    pub late: Vec<LateStep>,
    /// A chain is longer than [`Why::MOST_STEPS`] and was cut.
    pub cut: bool,
    /// P6's data date, when it is what nothing may begin before.
    pub data_date: Option<Instant>,
}

/// Why one row begins when it does.
#[derive(Clone, Debug, PartialEq)]
pub struct EarlyStep {
    /// The activity; or a summary row, whose bound on everything under it this is.
    pub row: ActivityIx,
    /// Its early start: of what remains (P6), of all (MS Project); the actual start of finished work.
    pub start: Instant,
    /// Its early finish; the actual finish of finished work.
    pub finish: Instant,
    /// When it has begun.
    pub begun: Option<Instant>,
    /// It is finished.
    pub done: bool,
    /// Every cause that was considered, in the order of the rules. Those after a date that holds whatever the network
    /// says are not.
    pub considered: Vec<Considered>,
    /// The place in `considered` of the cause that the next step explains; `None` where the chain begins.
    pub follows: Option<usize>,
}

/// A cause that was considered for an early start.
#[derive(Clone, Debug, PartialEq)]
pub struct Considered {
    /// What.
    pub cause: Cause,
    /// The link, where it is one.
    pub tie: Option<Tie>,
    /// The start that it allows, as it comes out of its rule.
    pub date: Instant,
    /// The same, moved to working time.
    pub start: Instant,
    /// It put the activity where it is.
    pub decides: bool,
}

/// The other end of a link.
#[derive(Clone, Debug, PartialEq)]
pub struct Tie {
    /// Who is at the other end.
    pub other: ActivityIx,
    /// Which ends are tied.
    pub kind: LinkKind,
    /// The date at the other end: an early date of the predecessor, a late date of the successor.
    pub date: Instant,
    /// Time between.
    pub lag: Lag,
}

/// Why one row has to be done when it has.
#[derive(Clone, Debug, PartialEq)]
pub struct LateStep {
    /// The activity; or a summary row that others wait for.
    pub row: ActivityIx,
    /// Its late start.
    pub start: Instant,
    /// Its late finish.
    pub finish: Instant,
    /// Every bound that was considered.
    pub considered: Vec<Bound>,
    /// The place in `considered` of the bound that the next step explains; `None` where the chain ends.
    pub follows: Option<usize>,
}

/// A bound that was considered for a late finish.
#[derive(Clone, Debug, PartialEq)]
pub struct Bound {
    /// What.
    pub cause: LateCause,
    /// The link, where it is one.
    pub tie: Option<Tie>,
    /// The latest finish that it allows, as it comes out of its rule: working time may end before it.
    pub date: Instant,
    /// It put the late finish where it is.
    pub decides: bool,
}

/// What can bound a late finish.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LateCause {
    /// A link, by its place in the network: the successor must not be delayed.
    Link(u32),
    /// A summary row above that others wait for, by its place.
    Summary(u32),
    /// A deadline or a constraint of a summary row above, by its place.
    DateAbove(u32),
    /// The last of the rows under it.
    Below(u32),
    /// A row that it goes along with, by its place.
    Alongside(u32),
    /// Its own constraint.
    Constraint(ConstraintKind),
    /// Its deadline (MS Project).
    Deadline,
    /// A date that another project imposes.
    External,
    /// The end of the project.
    ProjectFinish,
    /// P6's Must Finish By.
    MustFinishBy,
    /// No one waits for it, and the options say that it then bounds itself.
    OwnFinish,
    /// It is done.
    Actual,
    /// Its dates are given by hand, or by another file.
    Fixed,
}

impl Why {
    /// A chain has no more steps than this.
    pub const MOST_STEPS: usize = 1_000;
}

/// Why an activity, or a summary row, is where it is. The chains are empty for inactive rows and for summary
/// rows of nothing, and when `schedule` is not of this network. Takes time linear in the network.
///
/// ```
/// use lantu_calendar::{CalendarSpec, Hours};
/// use lantu_schedule::*;
/// let office = Calendar::of(&CalendarSpec::weekdays(&Hours::of_minutes([(480, 720), (780, 1020)])));
/// let work = |uid, days: i64| Activity::task(uid, CalendarIx(0), Span::hours(8 * days));
/// let network = Network {
///     options: Options::new(Dialect::MsProject, "2026-03-02T08:00".parse()?),
///     calendars: vec![office],
///     activities: vec![work(1, 5), work(2, 2)],
///     links: vec![Link { predecessor: ActivityIx(0), successor: ActivityIx(1), kind: LinkKind::FinishStart, lag: Lag::NONE }],
/// };
/// let dates = schedule(&network).map_err(|p| format!("{p:?}"))?;
/// let why = why(&network, &dates, ActivityIx(1));
/// assert_eq!(why.early[0].considered[0].cause, Cause::Link(0));
/// assert_eq!(why.early[1].considered[0].cause, Cause::ProjectStart);
/// let name = |row: ActivityIx| ["Formwork", "Concrete"][row.at()].to_owned();
/// assert!(why.say(Tongue::English, &name).contains("“Formwork” finishes 2026-03-06 17:00 (finish to start, lag 0)"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn why(network: &Network, schedule: &Schedule, activity: ActivityIx) -> Why {
    let empty = Why { activity, early: vec![], late: vec![], cut: false, data_date: None };
    if activity.at() >= network.activities.len() {
        return empty;
    }
    let ask = |pass: &crate::pass::Pass<'_>| {
        let (early, cut_early) = early::chain(pass, activity.at());
        let (late, cut_late) = late::chain(pass, activity.at());
        let data_date = network.options.data_date.filter(|_| network.options.dialect == crate::Dialect::P6);
        Why { activity, early, late, cut: cut_early || cut_late, data_date }
    };
    crate::why::trace::trace(network, schedule, ask).unwrap_or(empty)
}
