//! What can put an activity where it is.
use crate::{ConstraintKind, Instant};

/// What can put an activity's early start where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The project begins, or the data date has come.
    ProjectStart,
    /// A link, by its place in the network: the predecessor lets it begin then.
    Link(u32),
    /// A link or a date on a summary row above, by the row's place.
    Summary(u32),
    /// The first of the rows under it, by its place: what a summary row as a whole begins with.
    Below(u32),
    /// A row that it goes along with, by its place: what level of effort is tied to, what a WBS summary activity spans.
    Alongside(u32),
    /// Its own constraint.
    Constraint(ConstraintKind),
    /// A date that another project imposes.
    External,
    /// Work that was interrupted goes on.
    Resume,
    /// It has begun then.
    Actual,
    /// Its dates are given by hand, or by another file.
    Fixed,
    /// Levelling delays it.
    Leveling,
    /// It is as late as its successors let it.
    AsLateAsPossible,
    /// No work before then on its calendar.
    Calendar,
}

/// Someone who is told what was considered while a date was found. The passes tell no one.
pub(crate) trait Told {
    /// This cause lets the activity begin at `start` and not before.
    fn offer(&mut self, cause: Cause, start: Instant);
    /// This cause decides, whatever has been offered.
    fn decide(&mut self, cause: Cause, start: Instant);
}

impl Told for () {
    fn offer(&mut self, _: Cause, _: Instant) {}
    fn decide(&mut self, _: Cause, _: Instant) {}
}
