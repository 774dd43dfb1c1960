//! What an activity waits for, in the notation of planners' sheets: `A03:SS+5;A20:FF+20`.
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::{fmt, ops::Deref, str::FromStr};

/// No lag is longer, in working days: about forty years.
const LONGEST: i64 = 10_000;

/// Which ends of two activities a link ties.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ends {
    #[default]
    FinishStart,
    StartStart,
    FinishFinish,
    StartFinish,
}

impl Ends {
    const WRITTEN: [(Self, &'static str); 4] =
        [(Self::FinishStart, "FS"), (Self::StartStart, "SS"), (Self::FinishFinish, "FF"), (Self::StartFinish, "SF")];

    /// The two letters of the notation.
    pub fn letters(self) -> &'static str {
        Self::WRITTEN.iter().find(|(ends, _)| *ends == self).map_or("FS", |(_, letters)| letters)
    }

    fn of_letters(text: &str) -> Option<Self> {
        Self::WRITTEN.iter().find(|(_, letters)| *letters == text).map(|(ends, _)| *ends)
    }
}

/// One activity that is waited for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Predecessor {
    pub id: String,
    pub ends: Ends,
    /// Working days between the two ends; negative for a lead.
    pub lag: i64,
}

/// All that an activity waits for.
///
/// ```
/// use lantu_model::plan::{Ends, Predecessors};
/// let after: Predecessors = "A12;A03:SS+5;A20:FS-10".parse()?;
/// assert_eq!((after[0].ends, after[1].ends, after[2].lag), (Ends::FinishStart, Ends::StartStart, -10));
/// assert_eq!(after.to_string(), "A12;A03:SS+5;A20:FS-10");
/// assert!("A12:AB".parse::<Predecessors>().is_err());
/// # Ok::<(), String>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Predecessors(pub Vec<Predecessor>);

impl Predecessors {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Deref for Predecessors {
    type Target = [Predecessor];
    fn deref(&self) -> &[Predecessor] {
        &self.0
    }
}

impl fmt::Display for Predecessor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.id)?;
        match (self.ends, self.lag) {
            (Ends::FinishStart, 0) => Ok(()),
            (ends, 0) => write!(f, ":{}", ends.letters()),
            (ends, lag) => write!(f, ":{}{lag:+}", ends.letters()),
        }
    }
}

impl fmt::Display for Predecessors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, predecessor) in self.0.iter().enumerate() {
            let between = if at > 0 { ";" } else { "" };
            write!(f, "{between}{predecessor}")?;
        }
        Ok(())
    }
}

impl FromStr for Predecessor {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        parse(text).ok_or_else(|| format!("\"{text}\": ID, or ID:FS, SS, FF or SF with +days or -days"))
    }
}

fn parse(text: &str) -> Option<Predecessor> {
    let (id, tie) = text.split_once(':').unwrap_or((text, "FS"));
    if !is_id(id) {
        return None;
    }
    let (letters, lag) = tie.split_at_checked(2)?;
    let lag = match lag {
        "" => 0,
        signed if signed.starts_with(['+', '-']) => signed.parse().ok()?,
        _ => return None,
    };
    let found = Predecessor { id: id.to_owned(), ends: Ends::of_letters(letters)?, lag };
    (-LONGEST..=LONGEST).contains(&lag).then_some(found)
}

/// Whether a text can be an activity's id: letters, digits and low lines.
pub fn is_id(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

impl FromStr for Predecessors {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        text.split(';').map(str::trim).filter(|part| !part.is_empty()).map(str::parse).collect::<Result<_, _>>().map(Self)
    }
}

impl Serialize for Predecessors {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Predecessors {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_link_is_refused() {
        for text in ["A:", "A:F", "A:FS5", "A:FS+", "A:FS+5x", ":SS", "A B", "A:FS+10001", "A:ÄÖ", "A:FS--5", "A:fs"] {
            assert!(text.parse::<Predecessors>().is_err(), "{text}");
        }
        assert!("".parse::<Predecessors>().unwrap().is_empty());
        assert_eq!(" A1 ; B_2:SF-3 ".parse::<Predecessors>().unwrap().to_string(), "A1;B_2:SF-3");
    }
}
