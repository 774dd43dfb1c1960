//! What comes first: milestones, then what is critical, then what moved furthest.
use super::{RowChange, sides::Both, sides::Side};
use lantu_schedule::ActivityIx;
use std::cmp::Reverse;

pub(super) fn sorted(mut changed: Vec<RowChange>) -> Vec<RowChange> {
    // What was changed by hand before what only followed.
    let followed = |c: &RowChange| c.fields.iter().all(|f| f.field.is_computed() || f.field.is_stored());
    changed.sort_by_cached_key(|c| (rank(c), Reverse(c.days.abs()), followed(c), c.new));
    changed
}

fn rank(change: &RowChange) -> u8 {
    match change {
        RowChange { milestone: true, .. } => 0,
        RowChange { critical: true, summary: false, .. } => 1,
        RowChange { summary: false, .. } => 2,
        _ => 3,
    }
}

/// Added and deleted rows.
pub(super) fn lone_rows(both: &Both<'_>) -> (Vec<ActivityIx>, Vec<ActivityIx>) {
    let ranked = |side: &Side<'_>, rows: Vec<usize>| {
        let rank = |at: &usize| match () {
            () if side.is_milestone(*at) => 0,
            () if side.activity(*at).is_summary() => 3,
            () if side.decides_the_end(*at) => 1,
            () => 2,
        };
        let mut rows = rows;
        rows.sort_by_key(|at| (rank(at), *at));
        rows.into_iter().map(|at| ActivityIx(at as u32)).collect()
    };
    (ranked(&both.new, both.rows.added().collect()), ranked(&both.old, both.rows.deleted().collect()))
}
