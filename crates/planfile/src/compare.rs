//! What changed between two versions of a plan, as those who check a contractor's update ask it.
//!
//! The questions are those of P6's Claim Digger (Schedule Comparison) and MS Project's Compare Projects: what was added,
//! deleted, renamed, what each activity's facts and dates were and are, which links changed; beside these, whether the end
//! moved and along which path, and what in the changes deserves a second look.
mod calendars;
mod fields;
mod finish;
mod identity;
mod importance;
mod json;
mod links;
mod pairing;
mod settings;
mod sides;
mod suspicion;
mod value;
mod words;

pub use calendars::{CalendarChange, CalendarFate, DayChange};
pub use fields::{Concern, Field, FieldChange};
pub use finish::{FinishChange, Step};
pub use identity::{MatchedBy, Pair};
pub use links::LinkChange;
pub use settings::{Setting, SettingChange};
pub use suspicion::{Case, Suspicion};
pub use value::{At, Tie, Value, Which};

use crate::Plan;
use lantu_schedule::{ActivityIx, Network, Problem, Schedule, schedule};
use sides::Both;

/// A plan with the dates that were computed for it.
#[derive(Clone, Debug)]
pub struct Version<'a> {
    /// What the file says.
    pub plan: &'a Plan,
    /// The plan's network.
    pub network: Network,
    /// The network's dates.
    pub schedule: Schedule,
}

/// A version that has no dates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Impossible {
    /// Which of the two.
    pub which: Which,
    /// Why, all reasons at once.
    pub problems: Vec<Problem>,
}

/// What changed from one version to the next. Places are those of the two plans' activities.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison {
    /// Which row is which, and how that is known; in the order of the new version.
    pub pairs: Vec<Pair>,
    /// Rows of the new version alone, milestones and critical ones first.
    pub added: Vec<ActivityIx>,
    /// Rows of the old version alone, milestones and critical ones first.
    pub deleted: Vec<ActivityIx>,
    /// Rows with differences: milestones first, then critical ones, then by the days that they moved; summary rows last.
    pub changed: Vec<RowChange>,
    /// Links added, deleted, changed; those on a longest path first.
    pub links: Vec<LinkChange>,
    /// Calendars added, deleted, changed.
    pub calendars: Vec<CalendarChange>,
    /// Settings of the project.
    pub settings: Vec<SettingChange>,
    /// The end of the project, and what drives it.
    pub finish: FinishChange,
    /// What deserves a second look, the gravest first.
    pub suspicions: Vec<Suspicion>,
}

/// A row that is in both versions, with what differs.
#[derive(Clone, Debug, PartialEq)]
pub struct RowChange {
    /// Its place in the old version.
    pub old: ActivityIx,
    /// Its place in the new version.
    pub new: ActivityIx,
    /// A row that only sums up others.
    pub summary: bool,
    /// A milestone in either version.
    pub milestone: bool,
    /// Critical in either version, and not finished.
    pub critical: bool,
    /// By how many days the computed finish is later.
    pub days: i64,
    /// What differs.
    pub fields: Vec<FieldChange>,
}

impl<'a> Version<'a> {
    /// With dates as our engine computes them; else all that stands against it.
    pub fn of(plan: &'a Plan) -> Result<Self, Vec<Problem>> {
        let network = plan.network();
        let schedule = schedule(&network)?;
        Ok(Self { plan, network, schedule })
    }
}

impl Comparison {
    /// Whether nothing differs. Suspicions may stand nevertheless against a plan that did not change.
    pub fn is_empty(&self) -> bool {
        let Self { added, deleted, changed, links, calendars, settings, .. } = self;
        added.is_empty() && deleted.is_empty() && changed.is_empty() && links.is_empty() && calendars.is_empty() && settings.is_empty()
    }
}

/// What changed from `old` to `new`, whatever formats they came in.
///
/// ```
/// use lantu_planfile::{compare, read};
/// let plan = |minutes| format!(r#"{{"project": {{"start": "2026-03-02T08:00", "default_calendar": 1}},
///     "calendars": [{{"uid": 1, "week": {{"mon": [[480, 1020]], "tue": [[480, 1020]], "wed": [[480, 1020]]}}}}],
///     "activities": [{{"uid": 1, "name": "桩基", "duration": {{"min": {minutes}}}}}]}}"#);
/// let (old, new) = (read(plan(540).as_bytes())?, read(plan(1080).as_bytes())?);
/// let found = compare(&old.plans[0], &new.plans[0])?;
/// assert_eq!((found.finish.days, found.changed[0].days), (1, 1));
/// assert_eq!(found.changed[0].fields[0].field.code(), "duration");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn compare(old: &Plan, new: &Plan) -> Result<Comparison, Impossible> {
    let of = |plan, which| Version::of(plan).map_err(|problems| Impossible { which, problems });
    Ok(compare_versions(&of(old, Which::Old)?, &of(new, Which::New)?))
}

/// As [`compare`], where the dates are known already. Linear in both versions, but for sorting.
pub fn compare_versions(old: &Version<'_>, new: &Version<'_>) -> Comparison {
    let both = Both::of(old, new);
    let links = links::changes(&both);
    let calendars = calendars::changes(&both);
    let settings = settings::changes(&both);
    let finish = finish::change(&both);
    let changed = importance::sorted(fields::changed_rows(&both));
    let (added, deleted) = importance::lone_rows(&both);
    let pairs = identity::table(&both.rows);
    let mut found = Comparison { pairs, added, deleted, changed, links, calendars, settings, finish, suspicions: vec![] };
    found.suspicions = suspicion::all(&both, &found);
    found
}

impl std::fmt::Display for Impossible {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let which = if self.which == Which::Old { "old" } else { "new" };
        write!(f, "the {which} version has no dates")?;
        self.problems.iter().try_for_each(|p| write!(f, "; {p}"))
    }
}

impl std::error::Error for Impossible {}
