//! When a milestone's lateness turns its light.
use lantu_model::Light;

/// How many calendar days after its promise a milestone's date turns its light.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LightRule {
    pub amber_from_days: i32,
    pub red_from_days: i32,
}

impl Default for LightRule {
    /// Any lateness is amber; more than a month's is red.
    fn default() -> Self {
        Self { amber_from_days: 1, red_from_days: 31 }
    }
}

impl LightRule {
    /// The light of something not yet done.
    pub fn of(self, days_late: Option<i32>) -> Light {
        match days_late {
            Some(days) if days >= self.red_from_days => Light::Red,
            Some(days) if days >= self.amber_from_days => Light::Amber,
            _ => Light::Green,
        }
    }
}
