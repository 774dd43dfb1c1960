//! A network as steps that lanes can take.
use super::table::{Ticks, Time};
use std::{ops::Range, sync::Arc};

/// What the lanes do with a network, compiled once for all iterations.
#[derive(Debug)]
pub(crate) struct Program {
    pub ticks: Ticks,
    /// Calendars, by the places that steps have.
    pub times: Vec<Arc<Time>>,
    /// Steps forward, each after those that it asks.
    pub forward: Vec<Forward>,
    /// Steps backward, each after those that it asks.
    pub backward: Vec<Backward>,
    pub ties: Vec<Tie>,
    pub holds: Vec<Hold>,
    /// Nodes that are the same in each iteration; those from the network's number of nodes on are dates that links bring.
    pub constants: Vec<Constant>,
    /// Nodes that have no dates of their own: summary rows, and their gates where nothing holds them back.
    pub unbound: Vec<bool>,
    /// How many nodes there are, with those that hold dates.
    pub nodes: usize,
    /// Where the project ends at the earliest: the latest of all that do not vary, or its start.
    pub earliest_finish: i32,
    /// Where open ends have to be done when that is not the project's finish.
    pub late_finish: Option<i32>,
    /// The last tick that the tables cover.
    pub span: i32,
}

/// The place of a calendar in [`Program::times`].
pub(crate) type TimeIx = u16;

/// Dates of a node that does not vary.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Constant {
    pub node: u32,
    pub start: i32,
    pub finish: i32,
    /// The position of the finish on the calendar that its float is counted on.
    pub done: i32,
}

/// A step forward: the early dates of a node.
#[derive(Debug)]
pub(crate) struct Forward {
    pub node: u32,
    /// Its finish counts for the project's.
    pub counts: bool,
    /// Someone asks for its start.
    pub starts: bool,
    pub how: How,
}

#[derive(Debug)]
pub(crate) enum How {
    Work(Work),
    Point(Point),
    Begun(Begun),
    /// By the scheduling engine, lane by lane.
    Odd,
}

/// Work of some length that waits for its predecessors.
#[derive(Debug)]
pub(crate) struct Work {
    pub time: TimeIx,
    /// The position that it begins at or after.
    pub floor: i32,
    pub ties: Range<u32>,
    /// Some tie brings a finish that may be kept.
    pub keeps: Option<Keep>,
    pub holds: Range<u32>,
}

/// What becomes of a finish that a link brings where it makes no difference to the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Keep {
    /// MS Project: it stays, unless the work begins at this position or before, or a constraint moves it.
    Stays { unless: i32 },
    /// P6: it moves on to where work begins.
    MovesOn,
}

/// Something without length.
#[derive(Debug)]
pub(crate) struct Point {
    pub time: TimeIx,
    /// The instant that it stands at or after.
    pub floor: i32,
    pub ties: Range<u32>,
    pub holds: Range<u32>,
    /// It may stand where work ends, not only where work begins.
    pub may_close: bool,
}

/// Work that has begun and waits for no one: it is done when what remains is.
#[derive(Debug)]
pub(crate) struct Begun {
    pub time: TimeIx,
    /// The position that what remains is counted from.
    pub from: i32,
    pub start: i32,
}

/// Which date of a node a tie brings, how far it is moved and what it bounds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tie {
    pub node: u32,
    /// The node's start; else its finish.
    pub of_start: bool,
    pub shift: Shift,
    /// It bounds the start; else the finish.
    pub to_start: bool,
    /// Forward: the finish that it brings may be kept. Backward: it moves to where work begins.
    pub keeps: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shift {
    None,
    Clock(i32),
    /// On the calendar of the step.
    Own(i32),
    Other(TimeIx, i32),
}

/// A date that a node is held to: a position for work, an instant for what has no length. The length of the work is added
/// or taken off where the date is for its other end.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hold {
    pub how: Held,
    pub at: i32,
    pub other_end: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Held {
    NotBefore,
    NotAfter,
    At,
}

/// A step backward: the late dates of a node, and whether it is critical.
#[derive(Debug)]
pub(crate) struct Backward {
    pub node: u32,
    /// Its float decides whether it is critical.
    pub floats: bool,
    /// Someone asks for its late start, its late finish.
    pub starts: bool,
    pub finishes: bool,
    pub how: Late,
}

#[derive(Debug)]
pub(crate) enum Late {
    Work(LateWork),
    Point(LatePoint),
    /// By the scheduling engine, lane by lane.
    Odd,
}

#[derive(Debug)]
pub(crate) struct LateWork {
    pub time: TimeIx,
    pub ties: Range<u32>,
    pub holds: Range<u32>,
    /// With nothing behind it, it has to be done when it is.
    pub open_at_own: bool,
    /// P6: a link that bounds the start keeps the start that it asks for.
    pub keeps_start: bool,
    /// It began then: the start is a fact.
    pub begun: Option<i32>,
}

#[derive(Debug)]
pub(crate) struct LatePoint {
    pub time: TimeIx,
    pub ties: Range<u32>,
    pub holds: Range<u32>,
    pub open_at_own: bool,
    pub stands: Stands,
}

/// Where something without length may stand at the latest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stands {
    Anywhere,
    /// Where it touches work, else where work ended before.
    TouchingWork,
    /// Where work ends.
    AtClose,
}
