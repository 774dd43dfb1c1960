//! The words that P6 has for sorts of things, both ways. Some programs write them in other capitals; reading takes no notice.
use crate::{CalendarKind, ResourceKind};
use lantu_schedule::{ConstraintKind, Kind, LagCalendar, LinkKind, TaskType, TotalFloat};

/// Words with what they stand for; of several for one thing the first is written.
pub(super) type Words<T> = &'static [(&'static str, T)];

pub(super) const KINDS: Words<Kind> = &[
    ("TT_Task", Kind::Task),
    ("TT_Rsrc", Kind::ResourceDependent),
    ("TT_Mile", Kind::StartMilestone),
    ("TT_FinMile", Kind::FinishMilestone),
    ("TT_LOE", Kind::LevelOfEffort),
    ("TT_WBS", Kind::WbsSummary),
];

/// How far an activity is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Status {
    NotStarted,
    Active,
    Complete,
}

pub(super) const STATUSES: Words<Status> =
    &[("TK_NotStart", Status::NotStarted), ("TK_Active", Status::Active), ("TK_Complete", Status::Complete)];

pub(super) const CONSTRAINTS: Words<ConstraintKind> = &[
    ("CS_ALAP", ConstraintKind::AsLateAsPossible),
    ("CS_MSO", ConstraintKind::StartOn),
    ("CS_MSOA", ConstraintKind::StartNoEarlierThan),
    ("CS_MSOB", ConstraintKind::StartNoLaterThan),
    ("CS_MEO", ConstraintKind::FinishOn),
    ("CS_MEOA", ConstraintKind::FinishNoEarlierThan),
    ("CS_MEOB", ConstraintKind::FinishNoLaterThan),
    ("CS_MANDSTART", ConstraintKind::MustStartOn),
    ("CS_MANDFIN", ConstraintKind::MustFinishOn),
];

pub(super) const LINKS: Words<LinkKind> = &[
    ("PR_FS", LinkKind::FinishStart),
    ("PR_SS", LinkKind::StartStart),
    ("PR_FF", LinkKind::FinishFinish),
    ("PR_SF", LinkKind::StartFinish),
];

pub(super) const TASK_TYPES: Words<TaskType> = &[
    ("DT_FixedRate", TaskType::FixedUnits),
    ("DT_FixedDrtn", TaskType::FixedDuration),
    ("DT_FixedQty", TaskType::FixedWork),
    ("DT_FixedDUR2", TaskType::FixedDurationAndUnits),
];

pub(super) const LAG_CALENDARS: Words<LagCalendar> = &[
    ("rcal_Predecessor", LagCalendar::Predecessor),
    ("rcal_Successor", LagCalendar::Successor),
    ("rcal_ProjDefault", LagCalendar::Project),
    ("rcal_24Hour", LagCalendar::TwentyFourHour),
    ("rcal_Project", LagCalendar::Project),
];

pub(super) const FLOATS: Words<TotalFloat> =
    &[("FT_FF", TotalFloat::Finish), ("FT_SS", TotalFloat::Start), ("FT_Min", TotalFloat::Smallest), ("FT_SF", TotalFloat::Start)];

pub(super) const CALENDARS: Words<CalendarKind> =
    &[("CA_Base", CalendarKind::Global), ("CA_Project", CalendarKind::Project), ("CA_Rsrc", CalendarKind::Resource)];

pub(super) const RESOURCES: Words<ResourceKind> =
    &[("RT_Labor", ResourceKind::Labor), ("RT_Equip", ResourceKind::Nonlabor), ("RT_Mat", ResourceKind::Material)];

/// By which measure an activity's percentage is told.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum PercentKind {
    Physical,
    Duration,
    Units,
}

pub(super) const PERCENTS: Words<PercentKind> =
    &[("CP_Drtn", PercentKind::Duration), ("CP_Phys", PercentKind::Physical), ("CP_Units", PercentKind::Units)];

/// What a word stands for.
pub(super) fn meaning<T: Copy>(words: Words<T>, word: &str) -> Option<T> {
    words.iter().find(|(w, _)| w.eq_ignore_ascii_case(word)).map(|(_, t)| *t)
}

/// The word for a thing.
pub(super) fn word<T: PartialEq>(words: Words<T>, thing: &T) -> &'static str {
    words.iter().find(|(_, t)| t == thing).map_or("", |(w, _)| w)
}
