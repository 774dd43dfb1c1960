//! 作战图: a project's plan, from its pattern to its dates.
mod answer;
mod apply;
mod baseline;
mod difference;
pub(crate) mod drafted;
mod draw;
mod edit;
mod look;
mod names;
mod show;
mod since;
mod told;
mod why;

pub use apply::{Application, apply_pattern};
pub use baseline::{BaselineDraft, set_baseline};
pub use difference::{FieldDifference, PatternDifference, StepDifference, show_difference, take_difference};
pub use edit::edit_plan;
pub(crate) use show::dated_plan;
pub use show::show_plan;
pub use why::{CauseView, LateView, WhyView, WinView, why};

pub(crate) use told::told;

use look::Around;

use crate::view::{PlanView, ProblemView};

/// What came of an act on a plan: where it was recorded (nowhere, in a preview), what stands against it, and the plan as it is
/// now or would be.
#[derive(Clone, Debug, PartialEq, serde::Serialize, utoipa::ToSchema)]
pub struct PlanAnswer {
    pub feed: Option<u64>,
    pub unmet: Vec<ProblemView>,
    pub reminders: Vec<ProblemView>,
    pub plan: PlanView,
}
