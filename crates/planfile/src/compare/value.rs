//! What is held side by side: values, and where they stand.
use lantu_calendar::{Instant, Span};
use lantu_schedule::{ActivityIx, Constraint, ConstraintKind, Lag, LinkKind};

/// One of the two versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Which {
    /// The earlier one.
    Old,
    /// The later one.
    New,
}

/// A row of one of the two versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct At {
    /// Whose row.
    pub which: Which,
    /// Its place there.
    pub row: ActivityIx,
}

/// How a link ties.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tie {
    /// Which ends.
    pub kind: LinkKind,
    /// The time between.
    pub lag: Lag,
}

/// What a field holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    /// Nothing.
    #[default]
    None,
    /// A name or a code.
    Text(String),
    /// A moment.
    Time(Instant),
    /// Working time, or a float.
    Length(Span),
    /// Hundredths, or a count.
    Number(f64),
    /// Yes or no.
    Flag(bool),
    /// A date that is held to.
    Dated(Constraint),
    /// A link.
    Tied(Tie),
    /// One of a list; words in both languages go with it.
    Word(&'static str),
}

/// Moments and lengths nearer than this are one: programs round to the minute or to tenths of it.
const ROUNDING: i64 = 60;

impl Value {
    /// Whether both say the same, but for the rounding that programs do.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        let near = |span: Span| span.as_seconds().abs() < ROUNDING;
        match (self, other) {
            (Self::Time(a), Self::Time(b)) => near(*b - *a),
            (Self::Length(a), Self::Length(b)) => near(*b - *a),
            (Self::Number(a), Self::Number(b)) => (a - b).abs() < 0.005,
            (Self::Dated(a), Self::Dated(b)) => a.kind == b.kind && (a.kind == ConstraintKind::AsLateAsPossible || near(b.date - a.date)),
            (Self::Tied(a), Self::Tied(b)) => a.is_same(b),
            _ => self == other,
        }
    }

    pub(super) fn time(at: Option<Instant>) -> Self {
        at.map_or(Self::None, Self::Time)
    }

    pub(super) fn length(span: Option<Span>) -> Self {
        span.map_or(Self::None, Self::Length)
    }
}

impl Tie {
    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.kind == other.kind && same_lag(self.lag, other.lag)
    }
}

/// No time is no time, whatever it is counted in.
pub(super) fn same_lag(a: Lag, b: Lag) -> bool {
    let none = |lag| match lag {
        Lag::Work(span) | Lag::Elapsed(span) => span.as_seconds().abs() < ROUNDING,
        Lag::Percent(percent) | Lag::ElapsedPercent(percent) => percent == 0.0,
    };
    let near = |a: Span, b: Span| (b - a).as_seconds().abs() < ROUNDING;
    match (a, b) {
        (Lag::Work(a), Lag::Work(b)) | (Lag::Elapsed(a), Lag::Elapsed(b)) => near(a, b),
        _ => a == b || (none(a) && none(b)),
    }
}

impl At {
    pub(super) fn old(at: usize) -> Self {
        Self { which: Which::Old, row: ActivityIx(at as u32) }
    }

    pub(super) fn new(at: usize) -> Self {
        Self { which: Which::New, row: ActivityIx(at as u32) }
    }
}
