//! What a reader could not take as it stood, and what a writer could not say.
use crate::words;
use lantu_schedule::Tongue;

/// Something that a format cannot hold, or that a reader had to mend or leave out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// What sort, for machines: `lag_calendar_not_held`, `calendar_cut_to_a_day`, …; words in both languages go with each.
    pub code: &'static str,
    /// Where: the table and row, the element and its uid; for people and machines.
    pub place: String,
    /// What was there.
    pub found: String,
}

impl Loss {
    /// In words.
    pub fn say(&self, tongue: Tongue) -> String {
        let (chinese, english) = words::loss(self.code, &self.found);
        tongue.pick(&chinese, &english).to_owned()
    }
}
