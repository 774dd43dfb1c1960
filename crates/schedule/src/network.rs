//! What is to be scheduled: activities, links, calendars and the options of the program whose dates are asked for.
use lantu_calendar::{Calendar, Instant, Span};

/// A project as a network. Indexes (`ActivityIx`, `CalendarIx`) are places in the lists of this value.
#[derive(Clone, Debug)]
pub struct Network {
    /// How to schedule.
    pub options: Options,
    /// Working times.
    pub calendars: Vec<Calendar>,
    /// Work, milestones and summary rows, in any order.
    pub activities: Vec<Activity>,
    /// What waits for what.
    pub links: Vec<Link>,
}

/// The place of an activity in [`Network::activities`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActivityIx(pub u32);

/// The place of a calendar in [`Network::calendars`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CalendarIx(pub u32);

impl ActivityIx {
    /// As an index.
    pub const fn at(self) -> usize {
        self.0 as usize
    }
}

impl CalendarIx {
    /// As an index.
    pub const fn at(self) -> usize {
        self.0 as usize
    }
}

/// Whose rules hold: one kernel, two sets of policies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Dialect {
    /// Microsoft Project.
    #[default]
    MsProject,
    /// Oracle Primavera P6.
    P6,
}

/// The settings of a project that decide dates.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// Whose rules.
    pub dialect: Dialect,
    /// Project start: no unstarted work before it. For P6 the planned start.
    pub start: Instant,
    /// Data date (P6), status date (MS Project).
    pub data_date: Option<Instant>,
    /// P6's Must Finish By; for MS Project the finish that a schedule from finish counts back from.
    pub finish: Option<Instant>,
    /// Which end of the project is given.
    pub from: ScheduleFrom,
    /// The project's calendar.
    pub calendar: CalendarIx,
    /// On which calendar lags are counted (P6; MS Project counts on the successor's).
    pub lag_calendar: LagCalendar,
    /// How links into started work hold (P6).
    pub progress: ProgressLogic,
    /// Which ends total float is measured at.
    pub total_float: TotalFloat,
    /// What is critical.
    pub critical: Critical,
    /// MS Project: constraints win over links. When off, links win.
    pub honor_constraints: bool,
    /// MS Project: started work waits for a late predecessor by splitting.
    pub split_in_progress: bool,
    /// MS Project: each chain has its own critical path: open ends take their own early finish as late finish.
    pub multiple_critical_paths: bool,
    /// P6: activities without successors are critical: they take their own early finish as late finish.
    pub open_ended_critical: bool,
    /// P6: expected finish dates set remaining durations.
    pub use_expected_finish: bool,
    /// P6: lag after the start of work begun out of sequence counts from the early start, not from the actual start.
    pub ss_lag_from_early_start: bool,
    /// P6: dates that other projects impose do not hold.
    pub ignore_external: bool,
}

/// Which end of the project is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum ScheduleFrom {
    /// From the start, as soon as possible.
    #[default]
    Start,
    /// From the finish, as late as possible (MS Project).
    Finish,
}

/// On which calendar lags are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum LagCalendar {
    /// The predecessor's.
    #[default]
    Predecessor,
    /// The successor's.
    Successor,
    /// The project's.
    Project,
    /// By the clock.
    TwentyFourHour,
}

/// How links into started work hold (P6's scheduling options).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum ProgressLogic {
    /// What remains of started work waits for its predecessors.
    #[default]
    RetainedLogic,
    /// What remains of started work goes on at the data date.
    ProgressOverride,
    /// Predecessors and successors are held against actual dates.
    ActualDates,
}

/// Which ends total float is measured at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum TotalFloat {
    /// Late start less early start.
    Start,
    /// Late finish less early finish.
    Finish,
    /// The smaller of both.
    #[default]
    Smallest,
}

/// What is critical.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Critical {
    /// Total float of at most so much.
    FloatAtMost(Span),
    /// On the longest path.
    LongestPath,
}

/// One row of a project.
#[derive(Clone, Debug, PartialEq)]
pub struct Activity {
    /// The file's own identity; unique among the activities of a network, and apart from them among its summaries.
    pub uid: i64,
    /// The summary row (MS Project) or WBS element (P6) this stands under.
    pub parent: Option<ActivityIx>,
    /// Working time: the activity's own calendar or, where it has none, the project's.
    pub calendar: CalendarIx,
    /// What sort of row.
    pub kind: Kind,
    /// `duration` is of the clock, not of the calendar.
    pub elapsed: bool,
    /// All of the work, done and to do. For P6 work that has not started: the remaining duration.
    pub duration: Span,
    /// What most activities do not have.
    pub detail: Option<Box<Detail>>,
}

/// What sort of row an activity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Kind {
    /// Work on the activity's calendar. In MS Project a task without duration is a milestone of itself.
    #[default]
    Task,
    /// P6: work on the calendars of its resources.
    ResourceDependent,
    /// P6: no duration, at the start of work.
    StartMilestone,
    /// P6: no duration, at the end of work.
    FinishMilestone,
    /// P6: as long as the activities it is tied to; never drives.
    LevelOfEffort,
    /// P6: an activity that spans what stands in its WBS element.
    WbsSummary,
    /// A row that sums up the rows under it: MS Project's summary tasks, P6's WBS elements.
    Summary,
}

/// What most activities do not have.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Detail {
    /// What has been done.
    pub progress: Progress,
    /// The constraint, P6's primary one.
    pub constraint: Option<Constraint>,
    /// P6's secondary constraint.
    pub secondary: Option<Constraint>,
    /// MS Project: bounds the late finish and nothing else.
    pub deadline: Option<Instant>,
    /// P6: when the responsible expect to finish.
    pub expected_finish: Option<Instant>,
    /// P6: work stopped; MS Project: end of what is done.
    pub stop: Option<Instant>,
    /// What remains goes on no earlier than this.
    pub resume: Option<Instant>,
    /// P6: bound from a project outside of this network.
    pub external_early_start: Option<Instant>,
    /// P6: bound from a project outside of this network.
    pub external_late_finish: Option<Instant>,
    /// Dates that hold whatever the network says: MS Project's manually scheduled tasks and tasks of other files.
    pub fixed: Option<FixedDates>,
    /// Delay by levelling, before the work begins.
    pub leveling_delay: Option<Delay>,
    /// Spans of work when the work is not in one piece (MS Project's splits), in order.
    pub splits: Vec<(Instant, Instant)>,
    /// Who works on it.
    pub assignments: Vec<Assignment>,
    /// Work goes on whatever the resources' calendars say, when the task has a calendar of its own.
    pub ignores_resource_calendars: bool,
    /// The task has a calendar of its own (as opposed to the project's by default).
    pub own_calendar: bool,
    /// What is held when the work changes.
    pub task_type: TaskType,
    /// MS Project: left out of the network; its dates are kept for the eye.
    pub inactive: bool,
    /// A task of another file, shown for its link.
    pub external: bool,
    /// The file marks it as a milestone, whatever its duration.
    pub milestone: bool,
    /// A row of a recurring task.
    pub recurring: bool,
}

/// What has been done of an activity.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Progress {
    /// Nothing.
    #[default]
    NotStarted,
    /// It runs.
    Started {
        /// When it began.
        start: Instant,
        /// Work done on the activity's calendar.
        actual: Span,
        /// Work to do on the activity's calendar.
        remaining: Span,
    },
    /// It is done.
    Finished {
        /// When it began.
        start: Instant,
        /// When it ended.
        finish: Instant,
        /// Work done on the activity's calendar.
        actual: Span,
    },
}

/// A date that an activity is held to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Constraint {
    /// How.
    pub kind: ConstraintKind,
    /// When; of no meaning to [`ConstraintKind::AsLateAsPossible`].
    pub date: Instant,
}

/// How an activity is held to a date; MS Project's and P6's kinds in one list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ConstraintKind {
    /// MS Project: late dates; P6: no free float.
    AsLateAsPossible,
    /// Start no earlier than; P6's Start On or After.
    StartNoEarlierThan,
    /// Start no later than; P6's Start On or Before.
    StartNoLaterThan,
    /// Finish no earlier than; P6's Finish On or After.
    FinishNoEarlierThan,
    /// Finish no later than; P6's Finish On or Before.
    FinishNoLaterThan,
    /// P6's Start On: both bounds, the network may still move it later.
    StartOn,
    /// P6's Finish On.
    FinishOn,
    /// MS Project's Must Start On, P6's Mandatory Start: holds whatever the network says.
    MustStartOn,
    /// MS Project's Must Finish On, P6's Mandatory Finish.
    MustFinishOn,
}

/// Dates that hold whatever the network says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FixedDates {
    /// Start.
    pub start: Instant,
    /// Finish.
    pub finish: Instant,
}

/// A delay of work or of the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Delay {
    /// How long.
    pub span: Span,
    /// Of the clock, not of the calendar.
    pub elapsed: bool,
}

/// Someone or something at work on an activity.
#[derive(Clone, Debug, PartialEq)]
pub struct Assignment {
    /// The file's resource, by its place in the plan; `None` for work without a name.
    pub resource: Option<u32>,
    /// The resource's working time.
    pub calendar: CalendarIx,
    /// Work takes time: people and machines; materials and costs do not.
    pub drives: bool,
    /// 100 is one full unit.
    pub units: f64,
    /// All of the work.
    pub work: Span,
    /// Work to do.
    pub remaining_work: Span,
    /// Work done.
    pub actual_work: Span,
    /// Work above the ordinary hours, part of `work`.
    pub overtime: Span,
    /// Begins so much after the activity.
    pub delay: Option<Delay>,
    /// Begins so much later by levelling.
    pub leveling_delay: Option<Delay>,
    /// Work is not spread evenly.
    pub contour: Contour,
}

/// How an assignment's work is spread over its time (MS Project).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Contour {
    /// Evenly.
    #[default]
    Flat,
    /// Later.
    BackLoaded,
    /// Earlier.
    FrontLoaded,
    /// Two peaks.
    DoublePeak,
    /// A peak near the start.
    EarlyPeak,
    /// A peak near the end.
    LatePeak,
    /// Rises and falls.
    Bell,
    /// A plateau.
    Turtle,
    /// Edited by hand.
    Contoured,
}

/// What is held when work, units or duration change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum TaskType {
    /// Units.
    #[default]
    FixedUnits,
    /// Duration.
    FixedDuration,
    /// Work.
    FixedWork,
    /// Duration, and units per time (P6).
    FixedDurationAndUnits,
}

/// A link: the successor waits for the predecessor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Link {
    /// Who is waited for.
    pub predecessor: ActivityIx,
    /// Who waits.
    pub successor: ActivityIx,
    /// Which ends are tied.
    pub kind: LinkKind,
    /// Time between them; negative for a lead.
    pub lag: Lag,
}

/// Which ends a link ties.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum LinkKind {
    /// Finish to start.
    #[default]
    FinishStart,
    /// Start to start.
    StartStart,
    /// Finish to finish.
    FinishFinish,
    /// Start to finish.
    StartFinish,
}

/// Time between the two ends of a link.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Lag {
    /// Of work, on the calendar that the options name.
    Work(Span),
    /// Of the clock.
    Elapsed(Span),
    /// Hundredths of the predecessor's duration, of its sort.
    Percent(f32),
    /// Hundredths of the predecessor's duration, of the clock.
    ElapsedPercent(f32),
}

impl Lag {
    /// None.
    pub const NONE: Self = Self::Work(Span::ZERO);
}

impl Default for Lag {
    fn default() -> Self {
        Self::NONE
    }
}

impl Activity {
    /// Work of `duration` on a calendar, with nothing special about it.
    pub fn task(uid: i64, calendar: CalendarIx, duration: Span) -> Self {
        Self { uid, parent: None, calendar, kind: Kind::Task, elapsed: false, duration, detail: None }
    }

    /// The rare facts, made when there are none yet.
    pub fn detail_mut(&mut self) -> &mut Detail {
        self.detail.get_or_insert_default()
    }

    /// What has been done.
    pub fn progress(&self) -> Progress {
        self.detail.as_ref().map_or(Progress::NotStarted, |d| d.progress)
    }

    /// What has been done, to the eyes of the network: a row that sums up others has no progress of its own.
    pub(crate) fn worked(&self) -> Progress {
        if self.is_summary() { Progress::NotStarted } else { self.progress() }
    }

    /// The constraint, if there is one.
    pub fn constraint(&self) -> Option<Constraint> {
        self.detail.as_ref().and_then(|d| d.constraint)
    }

    /// Whether this row only sums up others.
    pub fn is_summary(&self) -> bool {
        self.kind == Kind::Summary
    }
}

impl Options {
    /// A project of `dialect` that begins at `start` on the network's first calendar; everything else as that program
    /// has it in a new project.
    pub fn new(dialect: Dialect, start: Instant) -> Self {
        Self {
            dialect,
            start,
            data_date: None,
            finish: None,
            from: ScheduleFrom::Start,
            calendar: CalendarIx(0),
            lag_calendar: LagCalendar::Predecessor,
            progress: ProgressLogic::RetainedLogic,
            total_float: if dialect == Dialect::P6 { TotalFloat::Finish } else { TotalFloat::Smallest },
            critical: Critical::FloatAtMost(Span::ZERO),
            honor_constraints: true,
            split_in_progress: true,
            multiple_critical_paths: false,
            open_ended_critical: false,
            use_expected_finish: true,
            ss_lag_from_early_start: true,
            ignore_external: false,
        }
    }
}
