//! Why a model can not be simulated: every impossibility with its place, reason and remedy, in two languages.
mod notes;
mod place;
mod words;

use lantu_schedule::Tongue;
use std::fmt;

/// Gives an activity's name by its uid.
type Names<'a> = &'a dyn Fn(i64) -> Option<String>;

/// One impossibility, with its place, reason and remedy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// For machines: one of [`Problem::CODES`], or of [`lantu_schedule::Problem::CODES`] when the network itself is impossible.
    pub code: &'static str,
    /// The uids of the activities it is about; may be empty.
    pub activities: Vec<i64>,
    /// Where: `range of activity 17`, `risk R1`, `correlation 2`, `weather site`, `watch 3`, `sampling`; or the place in the network.
    pub place: String,
    /// What stands there.
    pub found: String,
}

impl Problem {
    /// All codes that there are beside those of networks; each that a file can bring about has a case file in
    /// `cases/risk/wrong/`.
    pub const CODES: [&'static str; 24] = [
        "correlation_contradicts",
        "correlation_out_of_range",
        "correlation_repeats_activity",
        "correlation_shared_negative",
        "correlation_too_few",
        "correlation_too_large",
        "duplicate_correlation",
        "duplicate_key",
        "duplicate_range",
        "duplicate_risk",
        "duplicate_weather",
        "empty_sample",
        "iterations_out_of_range",
        "lognormal_not_positive",
        "name_missing",
        "probability_out_of_range",
        "range_negative",
        "range_not_whole_minutes",
        "range_out_of_order",
        "range_too_long",
        "unknown_activity",
        "unknown_calendar",
        "weather_out_of_range",
        "weather_takes_all",
    ];

    /// The reason and the remedy, in words.
    pub fn say(&self, tongue: Tongue) -> String {
        self.say_named(tongue, &|_| None)
    }

    /// The same, where people know the activities by their names and not by their uids; of one without a name the uid is said.
    pub fn say_named(&self, tongue: Tongue, name: &dyn Fn(i64) -> Option<String>) -> String {
        words::say(self, tongue, name)
    }
}

impl Problem {
    /// Whether the words name the place themselves; those about the network do not, and stand behind it.
    pub fn says_its_place(&self) -> bool {
        place::is_of_model(&self.place)
    }
}

impl From<lantu_schedule::Problem> for Problem {
    /// The network's own impossibilities are the model's too.
    fn from(of_network: lantu_schedule::Problem) -> Self {
        let lantu_schedule::Problem { code, activities, place, found } = of_network;
        Self { code, activities, place, found }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}): {}", self.code, self.place, self.say(Tongue::English))
    }
}

impl std::error::Error for Problem {}

#[cfg(test)]
mod tests;
