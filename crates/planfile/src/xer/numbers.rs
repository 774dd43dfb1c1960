//! P6's numbers: a part keeps its own where it can, and gets the next free one where it cannot.
use super::sheet::Sheet;
use std::collections::HashSet;

/// P6 counts no further.
const MOST: i64 = i32::MAX as i64;

/// The numbers that are taken.
#[derive(Clone, Debug, Default)]
pub(super) struct Pool {
    taken: HashSet<i64>,
    next: i64,
}

impl Pool {
    /// Those of a column of a file.
    pub fn of(sheet: &Sheet<'_>, table: &str, column: &str) -> Self {
        let mut pool = Self::default();
        for number in sheet.rows(table).filter_map(|row| row.raw(column)?.parse().ok()) {
            pool.take(number);
        }
        pool
    }

    /// None are taken, but new ones lie above `most`.
    pub fn above(most: i64) -> Self {
        Self { taken: HashSet::new(), next: most }
    }

    fn take(&mut self, number: i64) {
        self.taken.insert(number);
        self.next = self.next.max(number);
    }

    /// The wanted number when it is positive and free, else one above all others.
    pub fn give(&mut self, wanted: i64) -> i64 {
        let number = if (1..MOST).contains(&wanted) && !self.taken.contains(&wanted) { wanted } else { self.next.max(0) + 1 };
        self.take(number);
        number
    }
}
