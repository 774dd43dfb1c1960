//! What differs in a row: its own facts, what the file says of its dates, and the dates that are computed.
mod dates;
mod own;
mod progress;
mod team;

pub(super) use progress::actual_dates;

use super::{
    RowChange,
    sides::Both,
    value::{At, Value},
};
use lantu_schedule::ActivityIx;

/// A fact or a date of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The name.
    Name,
    /// P6's activity id or WBS code, MS Project's WBS.
    Code,
    /// The WBS element or summary row that it stands under.
    Parent,
    /// What sort of row.
    Kind,
    /// Whether it takes part at all.
    Active,
    /// The working time.
    Calendar,
    /// All of the work.
    Duration,
    /// P6's planned duration.
    OriginalDuration,
    /// Work to do.
    Remaining,
    /// How much is done.
    Percent,
    /// When it began.
    ActualStart,
    /// When it ended.
    ActualFinish,
    /// When what remains goes on.
    Resume,
    /// The constraint.
    Constraint,
    /// P6's secondary constraint.
    Secondary,
    /// MS Project's deadline.
    Deadline,
    /// P6's expected finish.
    ExpectedFinish,
    /// A start given by hand.
    ManualStart,
    /// A finish given by hand.
    ManualFinish,
    /// A delay by levelling.
    LevelingDelay,
    /// Units of a resource.
    Units,
    /// Work of a resource.
    Work,
    /// The computed start.
    Start,
    /// The computed finish.
    Finish,
    /// The computed late start.
    LateStart,
    /// The computed late finish.
    LateFinish,
    /// The computed total float.
    TotalFloat,
    /// The computed free float.
    FreeFloat,
    /// Whether it is critical, as computed.
    Critical,
    /// Whether it is on the longest path.
    LongestPath,
    /// The start that the file says.
    StoredStart,
    /// The finish that the file says.
    StoredFinish,
    /// The late start that the file says.
    StoredLateStart,
    /// The late finish that the file says.
    StoredLateFinish,
    /// The total float that the file says.
    StoredFloat,
}

/// Why a change needs an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Concern {
    /// An actual date is another one now.
    ActualMoved,
    /// An actual date is gone.
    ActualTakenBack,
    /// Less is done than before.
    Backwards,
}

/// A field that differs.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldChange {
    /// Which.
    pub field: Field,
    /// Of which resource, for [`Field::Units`] and [`Field::Work`].
    pub of: Option<String>,
    /// What it was.
    pub before: Value,
    /// What it is.
    pub after: Value,
    /// Why it needs an answer, if it does.
    pub concern: Option<Concern>,
}

impl Field {
    /// Whether it follows from other facts: computed dates, floats, criticality.
    pub fn is_computed(self) -> bool {
        (Self::Start..=Self::LongestPath).contains(&self)
    }

    /// Whether the file says it of its last computation.
    pub fn is_stored(self) -> bool {
        (Self::StoredStart..=Self::StoredFloat).contains(&self)
    }
}

/// The differences of one row.
#[derive(Default)]
pub(super) struct Differences(Vec<FieldChange>);

impl Differences {
    pub(super) fn hold(&mut self, field: Field, before: Value, after: Value) {
        self.hold_with(field, before, after, None);
    }

    fn hold_with(&mut self, field: Field, before: Value, after: Value, concern: Option<Concern>) {
        if !before.is_same(&after) {
            self.0.push(FieldChange { field, of: None, before, after, concern });
        }
    }

    /// Texts are the same when they read the same.
    fn text(&mut self, field: Field, before: &str, after: &str) {
        if before != after {
            let value = |text: &str| if text.is_empty() { Value::None } else { Value::Text(text.to_owned()) };
            self.0.push(FieldChange { field, of: None, before: value(before), after: value(after), concern: None });
        }
    }

    fn of_resource(&mut self, field: Field, resource: &str, before: Value, after: Value) {
        if !before.is_same(&after) {
            self.0.push(FieldChange { field, of: Some(resource.to_owned()), before, after, concern: None });
        }
    }
}

/// Every row with a difference, in the order of the new version.
pub(super) fn changed_rows(both: &Both<'_>) -> Vec<RowChange> {
    both.rows.pairs().filter_map(|(old, new, _)| changed(both, old, new)).collect()
}

fn changed(both: &Both<'_>, old: usize, new: usize) -> Option<RowChange> {
    let mut found = Differences::default();
    own::compare(both, old, new, &mut found);
    progress::compare(both, old, new, &mut found);
    team::compare(both, old, new, &mut found);
    dates::compare(both, old, new, &mut found);
    let fields = found.0;
    if fields.is_empty() {
        return None;
    }
    let (was, is) = (&both.old, &both.new);
    let milestone = was.is_milestone(old) || is.is_milestone(new);
    let critical = was.is_critical(old) || is.is_critical(new);
    let days = was.row(old).zip(is.row(new)).map_or(0, |(was, is)| is.finish.day_number() - was.finish.day_number());
    let summary = is.activity(new).is_summary();
    Some(RowChange { old: ActivityIx(old as u32), new: ActivityIx(new as u32), summary, milestone, critical, days, fields })
}

impl RowChange {
    /// What differs in one field; the first, where several resources differ.
    pub fn field(&self, field: Field) -> Option<&FieldChange> {
        self.fields.iter().find(|f| f.field == field)
    }

    /// Where it stands now.
    pub fn at(&self) -> At {
        At::new(self.new.at())
    }
}
