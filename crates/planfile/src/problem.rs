//! Why a file cannot be read or written: every reason with its place and remedy, in two languages.
use lantu_schedule::Tongue;
use std::fmt;

/// One reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileProblem {
    /// For machines: `xml_truncated`, `unknown_calendar`, `entity_declared`, …
    pub code: &'static str,
    /// Where: `line 12`, `TASK row 3, task_id`, `Task 17/Start`.
    pub place: String,
    /// What stood there, shortened.
    pub found: String,
    /// What is wrong and what to do, in Chinese.
    pub chinese: String,
    /// What is wrong and what to do, in English.
    pub english: String,
}

/// A file is refused: all reasons at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// At least one.
    pub problems: Vec<FileProblem>,
}

impl FileProblem {
    /// In words.
    pub fn say(&self, tongue: Tongue) -> &str {
        tongue.pick(&self.chinese, &self.english)
    }
}

impl Refused {
    /// For one reason.
    pub fn one(problem: FileProblem) -> Self {
        Self { problems: vec![problem] }
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, p) in self.problems.iter().enumerate() {
            write!(f, "{}{} ({}): {}", if i > 0 { "; " } else { "" }, p.code, p.place, p.english)?;
        }
        Ok(())
    }
}

impl std::error::Error for Refused {}
