//! Comparisons in words, in both languages; and the names that machines know.
mod fields;
mod suspicions;
mod values;

pub(crate) use values::{constraint_code, link_kind};

use super::{Field, MatchedBy, Setting, Suspicion, Value};
use lantu_schedule::Tongue;

impl Field {
    /// For machines: `duration`, `late_finish`, …
    pub fn code(self) -> &'static str {
        fields::field(self).0
    }

    /// For people.
    pub fn name(self, tongue: Tongue) -> &'static str {
        let (_, chinese, english) = fields::field(self);
        tongue.pick(chinese, english)
    }
}

impl Setting {
    /// For machines: `data_date`, `must_finish`, …
    pub fn code(self) -> &'static str {
        fields::setting(self).0
    }

    /// For people.
    pub fn name(self, tongue: Tongue) -> &'static str {
        let (_, chinese, english) = fields::setting(self);
        tongue.pick(chinese, english)
    }
}

impl MatchedBy {
    /// For people.
    pub fn name(self, tongue: Tongue) -> &'static str {
        match self {
            Self::Guid => "GUID",
            Self::Code => tongue.pick("编号", "id"),
            Self::Uid => tongue.pick("唯一标识号", "uid"),
            Self::Name => tongue.pick("名称", "name"),
        }
    }
}

impl Suspicion {
    /// What is doubted.
    pub fn title(&self, tongue: Tongue) -> &'static str {
        let (_, chinese, english, _, _) = suspicions::words(self.code);
        tongue.pick(chinese, english)
    }

    /// Why it matters, and what to ask for.
    pub fn advice(&self, tongue: Tongue) -> &'static str {
        let (_, _, _, chinese, english) = suspicions::words(self.code);
        tongue.pick(chinese, english)
    }
}

impl Value {
    /// In words; lengths in days of so many minutes. Nothing is a dash.
    pub fn say(&self, tongue: Tongue, minutes_per_day: u32) -> String {
        values::say(self, tongue, minutes_per_day)
    }
}
