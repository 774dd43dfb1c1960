//! The dates of all nodes, one lane for each iteration of a block.
use super::{program::Program, table::FAR};
use crate::lanes::{LANES, Lanes};

/// What a thread writes on. Dates are ticks, `done` and lengths are work.
#[derive(Clone, Debug)]
pub(crate) struct Rows {
    /// Of each activity: how long it takes, in what remains of it.
    pub length: Vec<Lanes>,
    /// Early dates of each node.
    pub start: Vec<Lanes>,
    pub finish: Vec<Lanes>,
    /// The position of each activity's early finish.
    pub done: Vec<Lanes>,
    /// Late dates of each node; empty when no one asks.
    pub late_start: Vec<Lanes>,
    pub late_finish: Vec<Lanes>,
    /// In which lanes each activity is critical.
    pub critical: Vec<u64>,
    /// When the project is done.
    pub project_finish: Lanes,
    /// By when it has to be.
    pub project_late_finish: Lanes,
    /// The same as positions, by the places that calendars have in the program.
    pub late_positions: Vec<Lanes>,
    /// Lanes whose dates lie beyond the tables: not 0.
    pub outside: Lanes,
}

impl Rows {
    /// Without dates of nodes, for schedules that are computed whole.
    pub fn bare(lengths: impl Iterator<Item = i32>) -> Self {
        let length: Vec<Lanes> = lengths.map(Lanes::all).collect();
        Self {
            critical: vec![0; length.len()],
            length,
            start: vec![],
            finish: vec![],
            done: vec![],
            late_start: vec![],
            late_finish: vec![],
            project_finish: Lanes::ZERO,
            project_late_finish: Lanes::ZERO,
            late_positions: vec![],
            outside: Lanes::ZERO,
        }
    }

    pub fn of(program: &Program, lengths: impl Iterator<Item = i32>) -> Self {
        let blank = || vec![Lanes::ZERO; program.nodes];
        let late = !program.backward.is_empty();
        let late_dates = || if late { blank() } else { vec![] };
        let mut rows = Self {
            start: blank(),
            finish: blank(),
            done: blank(),
            late_start: late_dates(),
            late_finish: late_dates(),
            late_positions: vec![Lanes::ZERO; if late { program.times.len() } else { 0 }],
            ..Self::bare(lengths)
        };
        for c in &program.constants {
            let node = c.node as usize;
            (rows.start[node], rows.finish[node], rows.done[node]) = (Lanes::all(c.start), Lanes::all(c.finish), Lanes::all(c.done));
        }
        rows
    }

    /// Learns which dates lie beyond the tables.
    #[inline(always)]
    pub fn look_outside(outside: &mut Lanes, dates: &Lanes, span: i32) {
        for j in 0..LANES {
            outside.0[j] |= i32::from(dates.0[j] as u32 >= span as u32);
        }
    }
}

/// No finish is kept, no start is kept: before and after all dates.
pub(super) const BEFORE_ALL: i32 = -4 * (FAR >> 1);
pub(super) const AFTER_ALL: i32 = FAR + (FAR - 1);

#[inline(always)]
pub(super) fn max_into(into: &mut Lanes, other: &Lanes) {
    for j in 0..LANES {
        into.0[j] = into.0[j].max(other.0[j]);
    }
}

#[inline(always)]
pub(super) fn min_into(into: &mut Lanes, other: &Lanes) {
    for j in 0..LANES {
        into.0[j] = into.0[j].min(other.0[j]);
    }
}

#[inline(always)]
pub(super) fn plus(a: &Lanes, b: &Lanes) -> Lanes {
    let mut sum = Lanes::ZERO;
    for j in 0..LANES {
        sum.0[j] = a.0[j].wrapping_add(b.0[j]);
    }
    sum
}

#[inline(always)]
pub(super) fn less(a: &Lanes, b: &Lanes) -> Lanes {
    let mut left = Lanes::ZERO;
    for j in 0..LANES {
        left.0[j] = a.0[j].wrapping_sub(b.0[j]);
    }
    left
}

#[inline(always)]
pub(super) fn plus_all(a: &Lanes, n: i32) -> Lanes {
    let mut sum = Lanes::ZERO;
    for j in 0..LANES {
        sum.0[j] = a.0[j].wrapping_add(n);
    }
    sum
}

/// Whether any lane of one is above the other's.
#[inline(always)]
pub(super) fn any_above(a: &Lanes, b: &Lanes) -> bool {
    let mut any = 0;
    for j in 0..LANES {
        any |= i32::from(a.0[j] > b.0[j]);
    }
    any != 0
}
