//! 工期模板: an office edits the patterns of its pack. A draft is judged by the pack's own check and told with its dates
//! and its difference to what is in force; put in force, it is a new version of the pack. Plans of projects stay as they
//! are: they are offered the difference.
mod check;
mod dates;
mod difference;
mod put;
mod show;
mod view;

pub use check::{CheckAsk, check_pattern};
pub use put::{PutAsk, PutPattern, put_pattern_in_force};
pub use show::{list_patterns, pattern_text, show_pattern};
pub use view::{
    ClockRangeView, DepartmentView, Difference, FactView, Finding, MilestoneDate, PatternCheck, PatternDatesView, PatternLine, PatternView,
    PatternsView, PhaseView, Shared, StepChange, StepChangeKind, StepDates,
};
