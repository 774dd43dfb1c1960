//! The end of the project, and the paths that drive it.
use super::{
    sides::{Both, Side},
    value::At,
};
use lantu_calendar::{Instant, Span};

/// How far the end moved, and along which activities.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FinishChange {
    /// The computed finish of the old version.
    pub before: Instant,
    /// The computed finish of the new version.
    pub after: Instant,
    /// By so many days it is later.
    pub days: i64,
    /// By so much working time of the new version's project calendar it is later.
    pub work: Span,
    /// The longest path of the old version, without summary rows, by finish.
    pub old_path: Vec<Step>,
    /// The longest path of the new version, without summary rows, by finish.
    pub new_path: Vec<Step>,
}

/// An activity on a longest path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Which: its place in the version whose path this is.
    pub at: At,
    /// It is on the path of the other version too.
    pub in_both: bool,
    /// When it ends on the path of this version.
    pub finish: Instant,
    /// By how many days its finish is later in the new version; `None` when it is in one version only.
    pub days: Option<i64>,
}

pub(super) fn change(both: &Both<'_>) -> FinishChange {
    let (before, after) = (both.old.finish, both.new.finish);
    let calendar = both.new.network.calendars.get(both.new.plan.options.calendar.at());
    let work = calendar.map_or(after - before, |c| c.work_between(before, after));
    let days = |old: usize, new: usize| Some(both.new.row(new)?.finish.day_number() - both.old.row(old)?.finish.day_number());
    let old_path = path(&both.old, At::old, |at| both.rows.new_of(at).map(|new| (both.new.on_longest(new), days(at, new))));
    let new_path = path(&both.new, At::new, |at| both.rows.old_of(at).map(|old| (both.old.on_longest(old), days(old, at))));
    FinishChange { before, after, days: after.day_number() - before.day_number(), work, old_path, new_path }
}

fn path(side: &Side<'_>, at: impl Fn(usize) -> At, other: impl Fn(usize) -> Option<(bool, Option<i64>)>) -> Vec<Step> {
    let on = |row: &usize| side.on_longest(*row) && !side.activity(*row).is_summary();
    let mut rows: Vec<usize> = (0..side.plan.activities.len()).filter(on).collect();
    rows.sort_by_key(|row| side.row(*row).map(|r| (r.finish, r.start)));
    let step = |row: usize| {
        let (in_both, days) = other(row).unwrap_or((false, None));
        Some(Step { at: at(row), in_both, finish: side.row(row)?.finish, days })
    };
    rows.into_iter().filter_map(step).collect()
}
