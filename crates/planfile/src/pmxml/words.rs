//! The words that P6's XML has for sorts of things, both ways.
use crate::{CalendarKind, ResourceKind};
use lantu_schedule::{ConstraintKind, Contour, Kind, LagCalendar, LinkKind, ProgressLogic, TaskType, TotalFloat};

/// Words with what they stand for; of several for one thing the first is written.
pub(super) type Words<T> = &'static [(&'static str, T)];

pub(super) const KINDS: Words<Kind> = &[
    ("Task Dependent", Kind::Task),
    ("Resource Dependent", Kind::ResourceDependent),
    ("Level of Effort", Kind::LevelOfEffort),
    ("Start Milestone", Kind::StartMilestone),
    ("Finish Milestone", Kind::FinishMilestone),
    ("WBS Summary", Kind::WbsSummary),
];

/// How far an activity is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Status {
    NotStarted,
    InProgress,
    Completed,
}

pub(super) const STATUSES: Words<Status> =
    &[("Not Started", Status::NotStarted), ("In Progress", Status::InProgress), ("Completed", Status::Completed)];

pub(super) const CONSTRAINTS: Words<ConstraintKind> = &[
    ("Start On", ConstraintKind::StartOn),
    ("Start On or Before", ConstraintKind::StartNoLaterThan),
    ("Start On or After", ConstraintKind::StartNoEarlierThan),
    ("Finish On", ConstraintKind::FinishOn),
    ("Finish On or Before", ConstraintKind::FinishNoLaterThan),
    ("Finish On or After", ConstraintKind::FinishNoEarlierThan),
    ("As Late As Possible", ConstraintKind::AsLateAsPossible),
    ("Mandatory Start", ConstraintKind::MustStartOn),
    ("Mandatory Finish", ConstraintKind::MustFinishOn),
];

pub(super) const LINKS: Words<LinkKind> = &[
    ("Finish to Start", LinkKind::FinishStart),
    ("Start to Start", LinkKind::StartStart),
    ("Finish to Finish", LinkKind::FinishFinish),
    ("Start to Finish", LinkKind::StartFinish),
];

pub(super) const TASK_TYPES: Words<TaskType> = &[
    ("Fixed Units/Time", TaskType::FixedUnits),
    ("Fixed Duration and Units/Time", TaskType::FixedDuration),
    ("Fixed Units", TaskType::FixedWork),
    ("Fixed Duration and Units", TaskType::FixedDurationAndUnits),
    ("Fixed Duration & Units/Time", TaskType::FixedDuration),
    ("Fixed Duration & Units", TaskType::FixedDurationAndUnits),
];

pub(super) const LAG_CALENDARS: Words<LagCalendar> = &[
    ("Predecessor Activity Calendar", LagCalendar::Predecessor),
    ("Successor Activity Calendar", LagCalendar::Successor),
    ("Project Default Calendar", LagCalendar::Project),
    ("24 Hour Calendar", LagCalendar::TwentyFourHour),
];

pub(super) const PROGRESS: Words<ProgressLogic> = &[
    ("Retained Logic", ProgressLogic::RetainedLogic),
    ("Progress Override", ProgressLogic::ProgressOverride),
    ("Actual Dates", ProgressLogic::ActualDates),
];

pub(super) const FLOATS: Words<TotalFloat> = &[
    ("Smallest of Start Float and Finish Float", TotalFloat::Smallest),
    ("Start Float = Late Start - Early Start", TotalFloat::Start),
    ("Finish Float = Late Finish - Early Finish", TotalFloat::Finish),
];

/// Whether critical is what is on the longest path, as opposed to what has little float.
pub(super) const CRITICAL: Words<bool> = &[("Critical Float", false), ("Longest Path", true)];

pub(super) const CALENDARS: Words<CalendarKind> =
    &[("Global", CalendarKind::Global), ("Project", CalendarKind::Project), ("Resource", CalendarKind::Resource)];

pub(super) const RESOURCES: Words<ResourceKind> = &[
    ("Labor", ResourceKind::Labor),
    ("Nonlabor", ResourceKind::Nonlabor),
    ("Material", ResourceKind::Material),
    ("Equipment", ResourceKind::Nonlabor),
];

/// P6's own resource curves by their names.
pub(super) const CURVES: Words<Contour> = &[
    ("Linear", Contour::Flat),
    ("Bell Shaped", Contour::Bell),
    ("Front Loaded", Contour::FrontLoaded),
    ("Back Loaded", Contour::BackLoaded),
    ("Double Peak", Contour::DoublePeak),
    ("Early Peak", Contour::EarlyPeak),
    ("Late Peak", Contour::LatePeak),
    ("Trapezoidal", Contour::Turtle),
];

/// Monday first, as places of the week; in older files numbers that begin with Sunday.
pub(super) const DAYS: Words<usize> = &[
    ("Monday", 0),
    ("Tuesday", 1),
    ("Wednesday", 2),
    ("Thursday", 3),
    ("Friday", 4),
    ("Saturday", 5),
    ("Sunday", 6),
    ("2", 0),
    ("3", 1),
    ("4", 2),
    ("5", 3),
    ("6", 4),
    ("7", 5),
    ("1", 6),
];

/// What a word stands for.
pub(super) fn meaning<T: Copy>(words: Words<T>, word: &str) -> Option<T> {
    words.iter().find(|(w, _)| w.eq_ignore_ascii_case(word)).map(|(_, t)| *t)
}

/// The word for a thing.
pub(super) fn word<T: PartialEq>(words: Words<T>, thing: &T) -> &'static str {
    words.iter().find(|(_, t)| t == thing).map_or("", |(w, _)| w)
}
