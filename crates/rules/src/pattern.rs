//! A pack's pattern as a network with dates: which steps a project needs, and when each could be.
//!
//! Days are the office's working days, whole: offset `n` from a day is the `n`th working day after it, as a permit's
//! days are counted. A step of five days that starts at offset 3 ends at offset 8.
mod dates;
mod steps;

pub use dates::{Dated, Landmark, PatternDates, network};
pub use steps::{LeftOut, Steps, Tie, steps};
