//! Codes that people and registers know things by: 项目代码, 统一社会信用代码, 行政区划代码.
use crate::period::text_serde;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A national project code (GB/T 40058-2021): `YYMM-region6-dept2-type2-random5+check1`, 24 characters.
///
/// Codes from before November 2020 have other lengths; they are accepted and [`ProjectCode::is_old_form`] says so.
/// The check digit's algorithm is not public, so it is never a reason to refuse.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProjectCode(String);

impl ProjectCode {
    pub fn as_str(&self) -> &str {
        &self.0
    }
    pub fn is_old_form(&self) -> bool {
        !is_current_form(&self.0)
    }
    /// The six-digit division that issued it.
    pub fn region(&self) -> &str {
        self.0.split('-').nth(1).unwrap_or_default()
    }
    /// 基本建设 01, 技术改造 02, …: the type group, where the form has one.
    pub fn type_group(&self) -> Option<&str> {
        self.0.split('-').nth(3)
    }
}

fn groups(s: &str) -> Option<Vec<&str>> {
    let g: Vec<&str> = s.split('-').collect();
    g.iter().all(|p| !p.is_empty() && p.bytes().all(|b| b.is_ascii_digit())).then_some(g)
}

fn is_current_form(s: &str) -> bool {
    groups(s).is_some_and(|g| g.iter().map(|p| p.len()).eq([4, 6, 2, 2, 6]) && matches!(g[0][2..].parse::<u8>(), Ok(1..=12)))
}

fn is_old_form(s: &str) -> bool {
    groups(s).is_some_and(|g| {
        let lens: Vec<usize> = g.iter().map(|p| p.len()).collect();
        let dated = |g: &str| g.parse::<u16>().is_ok_and(|n| (2000..=2021).contains(&n) || (1..=12).contains(&(n % 100)));
        lens.len() >= 5 && lens[..4] == [4, 6, 2, 2] && (3..=6).contains(&lens[4]) && lens[5..].iter().all(|l| *l == 3) && dated(g[0])
    })
}

impl FromStr for ProjectCode {
    type Err = String;
    fn from_str(s: &str) -> Result<Self, String> {
        let t: String = s
            .trim()
            .chars()
            .filter(|c| !c.is_whitespace())
            .map(|c| match c {
                '－' | '–' | '—' | '‐' | '−' => '-',
                '０'..='９' => char::from(b'0' + (c as u32 - '０' as u32) as u8),
                _ => c,
            })
            .collect();
        // Twenty bare digits are the same code typed without its hyphens.
        let t = if t.len() == 20 && t.bytes().all(|b| b.is_ascii_digit()) {
            format!("{}-{}-{}-{}-{}", &t[..4], &t[4..10], &t[10..12], &t[12..14], &t[14..])
        } else {
            t
        };
        if is_current_form(&t) || is_old_form(&t) { Ok(Self(t)) } else { Err(format!("not a project code: {s}")) }
    }
}

impl fmt::Display for ProjectCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum CodeState {
    Valid,
    /// Replaced by a new code after re-approval or a split report.
    Replaced,
    /// Issued by mistake and withdrawn.
    Void,
}

/// One of a project's codes: a project has 1:n codes over its life, each with its state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ProjectCodeEntry {
    /// A national code where it parses; other places' identifiers are kept as they are.
    pub code: String,
    pub state: CodeState,
    pub issued: Option<Date>,
}

/// A unified social credit code (GB 32100-2015): 18 characters, the last a check.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Uscc(String);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UsccCheck {
    Right,
    /// The character that the standard computes.
    Wrong {
        expected: char,
    },
}

const USCC_SET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

impl Uscc {
    pub fn as_str(&self) -> &str {
        &self.0
    }
    /// Whether the last character is the one the standard computes.
    ///
    /// ```
    /// use lantu_model::{Uscc, UsccCheck};
    /// assert_eq!("91350100M000100Y43".parse::<Uscc>().unwrap().check(), UsccCheck::Right);
    /// assert_eq!("91350100M000100Y4Z".parse::<Uscc>(), Err("not a credit code: 91350100M000100Y4Z".into()));
    /// ```
    pub fn check(&self) -> UsccCheck {
        let (mut sum, mut weight) = (0usize, 1usize);
        for b in &self.0.as_bytes()[..17] {
            sum += uscc_value(*b).unwrap_or(0) * weight;
            weight = weight * 3 % 31;
        }
        let expected = char::from(USCC_SET[(31 - sum % 31) % 31]);
        if self.0.ends_with(expected) { UsccCheck::Right } else { UsccCheck::Wrong { expected } }
    }
}

fn uscc_value(b: u8) -> Option<usize> {
    USCC_SET.iter().position(|c| *c == b)
}

impl FromStr for Uscc {
    type Err = String;
    /// Accepts any 18 characters of the standard's set; the check character is judged by [`Uscc::check`],
    /// because an office keeps a mistyped code, marked, until the owner corrects it.
    fn from_str(s: &str) -> Result<Self, String> {
        let t: String = s.trim().chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_uppercase()).collect();
        let digits = |r: std::ops::Range<usize>| t.as_bytes()[r].iter().all(u8::is_ascii_digit);
        if t.len() == 18 && t.bytes().all(|b| uscc_value(b).is_some()) && digits(2..8) {
            Ok(Self(t))
        } else {
            Err(format!("not a credit code: {s}"))
        }
    }
}

impl fmt::Display for Uscc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A division's code: 6, 9 or 12 digits in China; other places use their own short ids (letters, digits, `-`).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DivisionCode(String);

impl DivisionCode {
    pub fn as_str(&self) -> &str {
        &self.0
    }
    /// Whether `self` is `ancestor` or lies below it (division codes nest by prefix).
    pub fn is_within(&self, ancestor: &Self) -> bool {
        self.0.starts_with(ancestor.nest_prefix())
    }
    /// What every code within this one starts with.
    pub fn nest_prefix(&self) -> &str {
        self.0.trim_end_matches("000").trim_end_matches("00")
    }
}

impl FromStr for DivisionCode {
    type Err = String;
    fn from_str(s: &str) -> Result<Self, String> {
        let t = s.trim();
        if !t.is_empty() && t.len() <= 24 && t.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
            Ok(Self(t.to_owned()))
        } else {
            Err(format!("not a division code: {s}"))
        }
    }
}

impl fmt::Display for DivisionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

text_serde!(ProjectCode, Uscc, DivisionCode);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credit_codes_of_the_standard() {
        for ok in ["91350100M000100Y43", "91330100799655058B", "91512081MA62K0260E", "91330482MA2LT0016H", "91330482MA2L001650"] {
            assert_eq!(ok.parse::<Uscc>().unwrap().check(), UsccCheck::Right, "{ok}");
        }
        assert_eq!("91350100M000100Y44".parse::<Uscc>().unwrap().check(), UsccCheck::Wrong { expected: '3' });
        for bad in ["91350100M000100Y4Z", "91350100M000100Y4", "9135O100M000100Y43", ""] {
            assert!(bad.parse::<Uscc>().is_err(), "{bad}");
        }
    }

    #[test]
    fn project_codes_old_and_new() {
        let c: ProjectCode = "2603-330482-04-01-518207".parse().unwrap();
        assert!(!c.is_old_form());
        assert_eq!(c.region(), "330482");
        assert_eq!("26033304820401518207".parse::<ProjectCode>().unwrap(), c);
        assert!("2017-330482-41-03-012345-000".parse::<ProjectCode>().unwrap().is_old_form());
        for bad in ["2613-330482-04-01-51820", "XM-014", "2603-330482", ""] {
            assert!(bad.parse::<ProjectCode>().is_err(), "{bad}");
        }
    }
}
