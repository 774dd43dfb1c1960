//! Industry classes. In China GB/T 4754-2017: a section letter and up to four digits (`C3441`).
use crate::period::text_serde;
use std::{fmt, str::FromStr};

/// A class of an industry classification; codes nest by prefix. Which codes exist is the pack's to say.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IndustryCode(String);

impl IndustryCode {
    pub fn as_str(&self) -> &str {
        &self.0
    }
    /// The section letter of a GB/T 4754 code.
    pub fn section(&self) -> Option<char> {
        self.0.chars().next().filter(char::is_ascii_uppercase)
    }
}

/// The section of GB/T 4754-2017 that a two-digit division belongs to.
pub fn section_of_division(division: u8) -> Option<char> {
    Some(match division {
        1..=5 => 'A',
        6..=12 => 'B',
        13..=43 => 'C',
        44..=46 => 'D',
        47..=50 => 'E',
        51..=52 => 'F',
        53..=60 => 'G',
        61..=62 => 'H',
        63..=65 => 'I',
        66..=69 => 'J',
        70 => 'K',
        71..=72 => 'L',
        73..=75 => 'M',
        76..=79 => 'N',
        80..=82 => 'O',
        83 => 'P',
        84..=85 => 'Q',
        86..=90 => 'R',
        91..=96 => 'S',
        97 => 'T',
        _ => return None,
    })
}

impl FromStr for IndustryCode {
    type Err = String;
    /// Reads `C3441`, `c34` and bare digits (`3441`), whose section follows from the division.
    fn from_str(s: &str) -> Result<Self, String> {
        let t = s.trim().to_ascii_uppercase();
        let bad = || format!("not an industry code: {s}");
        let (letter, digits) = match t.chars().next() {
            Some(c) if c.is_ascii_uppercase() => (Some(c), &t[1..]),
            _ => (None, t.as_str()),
        };
        if digits.len() > 4 || !digits.bytes().all(|b| b.is_ascii_digit()) || digits.len() == 1 {
            return Err(bad());
        }
        let of_digits =
            if digits.is_empty() { None } else { Some(section_of_division(digits[..2].parse().map_err(|_| bad())?).ok_or_else(bad)?) };
        match (letter, of_digits) {
            (Some(l), Some(d)) if l == d => Ok(Self(t)),
            (Some('A'..='T'), None) => Ok(Self(t)),
            (None, Some(d)) => Ok(Self(format!("{d}{digits}"))),
            _ => Err(bad()),
        }
    }
}

impl fmt::Display for IndustryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
text_serde!(IndustryCode);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_its_section_and_digits() {
        assert_eq!("3441".parse::<IndustryCode>().unwrap().as_str(), "C3441");
        assert_eq!("c34".parse::<IndustryCode>().unwrap().section(), Some('C'));
        for bad in ["K3441", "C344199", "Z", "98", ""] {
            assert!(bad.parse::<IndustryCode>().is_err(), "{bad}");
        }
    }
}
