//! Why a model can not be simulated.
use lantu_schedule::Tongue;
use std::fmt;

/// One impossibility, with its place, reason and remedy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// For machines.
    pub code: &'static str,
    /// The uids of the activities it is about; may be empty.
    pub activities: Vec<i64>,
    /// Where: `range of activity 17`, `risk R1`, `correlation 2`, `weather site`; or the place in the network.
    pub place: String,
    /// What stands there.
    pub found: String,
}

impl Problem {
    /// The reason and the remedy, in words.
    pub fn say(&self, tongue: Tongue) -> String {
        tongue.pick(self.code, self.code).to_owned()
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}): {}", self.code, self.place, self.say(Tongue::English))
    }
}

impl std::error::Error for Problem {}
