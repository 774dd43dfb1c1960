//! The vocabulary of a portfolio of major projects, and what may happen to it.
//!
//! Pure: no clock, chance, files or SQL; `today` and fresh ids are arguments. Values come in through
//! one parser each, so a `Money` or a `Uscc` in hand has been checked. What may happen to a project is
//! a function that returns the new project and its [`Change`], or a [`Refusal`] that lists everything unmet.
pub mod ahead;
pub mod code;
pub mod derived;
pub mod evidence;
pub mod formality;
pub mod gate;
pub mod id;
pub mod industry;
pub mod lineage;
pub mod list;
pub mod measure;
pub mod period;
pub mod plan;
pub mod problem;
pub mod project;
pub mod responsibility;
#[cfg(feature = "schema")]
pub mod schema;
pub mod scope;
pub mod stage;
pub mod words;
pub mod work;

pub use ahead::{Ahead, Blocking, ForecastRow, Light, MilestoneOdds, MoverOf};
pub use code::{CodeState, DivisionCode, ProjectCode, ProjectCodeEntry, Uscc, UsccCheck};
pub use derived::ProjectRow;
pub use evidence::{About, Evidence, FileTie, PlanFile};
pub use formality::{ClockOwner, Formality, FormalityAct, FormalityFact, FormalityState, Limit, PauseKind, Precedence};
pub use gate::{Condition, Gate, GateSet};
pub use id::{OfficeId, OrgId, PersonId, ProjectId, UserId};
pub use industry::IndustryCode;
pub use list::{ListKey, Membership, MembershipState};
pub use measure::{Area, Money};
pub use period::{Period, Precision, YearMonth};
pub use plan::{ActivityId, Milestone, Plan, PlanActivity};
pub use problem::{Problem, Refusal, Severity};
pub use project::{Change, Holding, Level, Nature, Owner, Procedure, Project};
pub use responsibility::{Responsibility, Role};
pub use scope::{Reach, Scope};
pub use stage::{Lifecycle, Stage, StageKind, Status, StatusKind};
pub use work::{Held, ProjectWork, WorkItem, WorkMover, WorkState};
