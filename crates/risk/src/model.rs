//! What is unsure about a network: ranges of durations, risks that may strike, what moves together, the weather.
use lantu_calendar::Span;
use lantu_schedule::{ActivityIx, CalendarIx, Network};

/// A network with what is unsure about it.
///
/// Facts never vary: finished work keeps its dates, started work varies in what remains only (see [`Range`]).
#[derive(Clone, Debug)]
pub struct RiskModel {
    /// The plan, whose durations are what is most likely.
    pub network: Network,
    /// How long work may take; at most one for an activity. Work without a range takes what the network says.
    pub ranges: Vec<DurationRange>,
    /// What may strike.
    pub risks: Vec<Risk>,
    /// What moves together.
    pub correlations: Vec<Correlation>,
    /// Days that the weather takes.
    pub weather: Vec<Weather>,
    /// Tells this network's own chances from another's: two models of the same key and seed draw the same numbers for
    /// the same uids. A model alone may leave it 0.
    pub key: u64,
}

/// How long an activity may take.
#[derive(Clone, Debug, PartialEq)]
pub struct DurationRange {
    /// Whose duration.
    pub activity: ActivityIx,
    /// Of what, see [`Range`].
    pub range: Range,
}

/// How far a length of work may vary. Lengths are whole minutes of working time (of the clock for elapsed durations), 0 or more.
///
/// Of work not begun it is the duration. Of work begun, what remains is stretched in proportion: remaining × drawn ÷ most
/// likely, so that what is most likely gives what the plan says remains.
#[derive(Clone, Debug, PartialEq)]
pub enum Range {
    /// Three points: least, most likely, most.
    Triangular {
        /// Never less.
        min: Span,
        /// Most likely.
        mode: Span,
        /// Never more.
        max: Span,
    },
    /// Anything between, all alike.
    Uniform {
        /// Never less.
        min: Span,
        /// Never more.
        max: Span,
    },
    /// Skewed to the right, from two points: half of all draws are below `p50`, nine of ten below `p90`.
    Lognormal {
        /// The median; above zero.
        p50: Span,
        /// Nine of ten are below; not less than `p50`.
        p90: Span,
    },
    /// One of these, each as likely as the others: what was recorded.
    Empirical {
        /// In any order; not empty.
        values: Vec<Span>,
    },
}

/// Something that may happen, and what it then adds to the durations of activities.
#[derive(Clone, Debug, PartialEq)]
pub struct Risk {
    /// Its name, unique among a model's risks.
    pub id: String,
    /// How likely, from 0 to 1.
    pub probability: f64,
    /// What it adds, drawn for each on its own. A negative length is an opportunity; no duration falls below zero.
    pub impacts: Vec<Impact>,
    /// Whether it is one event for all networks that name it (a strike, a change of policy), not one for each.
    pub shared: bool,
}

/// What a risk adds to an activity when it strikes; to what remains when the work has begun, to nothing when it is done.
#[derive(Clone, Debug, PartialEq)]
pub struct Impact {
    /// Whose duration.
    pub activity: ActivityIx,
    /// How much more.
    pub range: Range,
}

/// Durations that move together.
#[derive(Clone, Debug, PartialEq)]
pub struct Correlation {
    /// Its name; empty for none. Needed only where it is shared.
    pub id: String,
    /// Between which, at least two; every pair has the same coefficient.
    pub activities: Vec<ActivityIx>,
    /// Spearman's rank correlation, from -1 to 1.
    pub rho: f64,
    /// Whether networks that name it move together too (one contractor, one bureau); needs `rho` of 0 or more.
    pub shared: bool,
}

/// Working days that the weather takes from all who work on a calendar, the same days for all.
#[derive(Clone, Debug, PartialEq)]
pub struct Weather {
    /// Its name. Networks that name the same weather lose the same days.
    pub id: String,
    /// Whose days.
    pub calendar: CalendarIx,
    /// For each month from January the chance, from 0 to 1, that a day of it is lost.
    pub lost: [f64; 12],
}
