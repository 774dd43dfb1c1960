//! What a plan may lean on: what the office's pack and books know.
use super::{ActivityId, Facts, PlanActivity};
use crate::id::{OrgId, ProjectId};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Activities by their ids.
pub type Activities = BTreeMap<ActivityId, PlanActivity>;

/// The steps that a pattern gives a project with these facts, without those left out by decision.
pub type Drafted<'a> = dyn Fn(&Facts, &BTreeSet<ActivityId>) -> Activities + 'a;

/// What an act on a plan is judged by.
pub struct Ground<'a> {
    pub today: Date,
    /// Keys of organisations and roles.
    pub departments: BTreeSet<&'a str>,
    pub formalities: BTreeSet<&'a str>,
    pub phases: BTreeSet<i64>,
    /// Facts by key; whether each is a yes or no rather than a number.
    pub facts: BTreeMap<&'a str, bool>,
    pub orgs: BTreeSet<OrgId>,
    /// Activities of other projects that can be waited for.
    pub others: BTreeSet<(ProjectId, ActivityId)>,
    /// Activities of other projects that wait, in the end, for an activity of this one: tying to them would make a ring.
    pub behind: BTreeSet<(ProjectId, ActivityId, ActivityId)>,
    /// Activities that evidence was filed for.
    pub evidence: BTreeSet<ActivityId>,
    /// The steps of the plan's own pattern; none for a plan that was made from none.
    pub drafted: Option<&'a Drafted<'a>>,
}
