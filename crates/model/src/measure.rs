//! Quantities as integers with a fixed unit, so that sums are exact and tables foot.
use serde::{Deserialize, Serialize};
use std::iter::Sum;

/// An amount of money in 分 (hundredths of the currency's unit).
///
/// ```
/// use lantu_model::Money;
/// let m = Money::parse_decimal("3.2", Money::FEN_PER_YI).unwrap();
/// assert_eq!(m.fen(), 32_000_000_000);
/// assert_eq!(m.to_wan_string(), "32000");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Money(i64);

impl Money {
    pub const ZERO: Self = Self(0);
    pub const FEN_PER_YUAN: i64 = 100;
    pub const FEN_PER_WAN: i64 = 1_000_000;
    pub const FEN_PER_YI: i64 = 10_000_000_000;

    pub const fn from_fen(fen: i64) -> Self {
        Self(fen)
    }
    pub const fn fen(self) -> i64 {
        self.0
    }
    /// Whole 万元; `None` on overflow.
    pub fn from_wan(wan: i64) -> Option<Self> {
        wan.checked_mul(Self::FEN_PER_WAN).map(Self)
    }
    /// Reads a plain decimal (`-12,345.678`, full-width digits allowed) in a unit of `fen_per_unit` 分,
    /// exactly, rounding half away from zero below one 分. `None` when it is no number or out of range.
    pub fn parse_decimal(text: &str, fen_per_unit: i64) -> Option<Self> {
        parse_scaled(text, fen_per_unit).map(Self)
    }
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }
    /// In 万元, exact, without trailing zeros: `32000`, `0.5`.
    pub fn to_wan_string(self) -> String {
        scaled_to_string(self.0, Self::FEN_PER_WAN)
    }
}

impl Sum for Money {
    /// Saturates: a portfolio beyond 92 000 万亿 is not a sum anyone reads.
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        Self(iter.fold(0, |a, m| a.saturating_add(m.0)))
    }
}

/// An area of land in whole square metres (1 亩 = 10 000/15 m², so 亩 are rounded once, on the way in).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Area(i64);

impl Area {
    pub const fn from_m2(m2: i64) -> Self {
        Self(m2)
    }
    pub const fn m2(self) -> i64 {
        self.0
    }
    /// Reads a decimal number of 亩.
    pub fn parse_mu(text: &str) -> Option<Self> {
        let milli_mu = parse_scaled(text, 1000)?;
        let num = i128::from(milli_mu) * 10;
        i64::try_from(round_div(num, 15)).ok().map(Self)
    }
    /// Reads a decimal number of hectares (公顷).
    pub fn parse_hectare(text: &str) -> Option<Self> {
        parse_scaled(text, 10_000).map(Self)
    }
    pub fn parse_m2(text: &str) -> Option<Self> {
        parse_scaled(text, 1).map(Self)
    }
    /// In 亩 to two decimals, for people.
    pub fn to_mu_string(self) -> String {
        let centi = round_div(i128::from(self.0) * 15, 100);
        scaled_to_string(i64::try_from(centi).unwrap_or(i64::MAX), 100)
    }
}

fn round_div(num: i128, den: i128) -> i128 {
    let half = den / 2;
    if num >= 0 { (num + half) / den } else { (num - half) / den }
}

fn parse_scaled(text: &str, scale: i64) -> Option<i64> {
    let t: String = text
        .trim()
        .chars()
        .filter(|c| !matches!(c, ',' | '，' | ' ' | '\u{a0}' | '\u{3000}' | '_'))
        .map(|c| match c {
            '０'..='９' => char::from(b'0' + (c as u32 - '０' as u32) as u8),
            '．' => '.',
            '－' | '−' => '-',
            _ => c,
        })
        .collect();
    let (neg, digits) = match t.strip_prefix('-') {
        Some(d) => (true, d),
        None => (false, t.strip_prefix('+').unwrap_or(&t)),
    };
    let (mantissa, exp) = match digits.split_once(['e', 'E']) {
        Some((m, e)) => (m, e.parse::<i32>().ok().filter(|e| e.abs() <= 18)?),
        None => (digits, 0),
    };
    let (whole, frac) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if whole.is_empty() && frac.is_empty() || !whole.bytes().chain(frac.bytes()).all(|b| b.is_ascii_digit()) {
        return None;
    }
    // Beyond 18 fractional digits nothing can reach one unit of the smallest scale.
    let frac = &frac[..frac.len().min(18)];
    let mut value: i128 = 0;
    for b in whole.bytes().chain(frac.bytes()) {
        value = value.checked_mul(10)?.checked_add(i128::from(b - b'0'))?;
        if value > 10i128.pow(36) {
            return None;
        }
    }
    let mut den = 10i128.pow(frac.len() as u32);
    let mut num = value.checked_mul(i128::from(scale))?;
    if exp >= 0 {
        num = num.checked_mul(10i128.pow(exp as u32))?
    } else {
        den = den.checked_mul(10i128.pow((-exp) as u32))?
    }
    let n = i64::try_from(round_div(num, den)).ok()?;
    Some(if neg { -n } else { n })
}

fn scaled_to_string(value: i64, scale: i64) -> String {
    let (sign, v, s) = (if value < 0 { "-" } else { "" }, value.unsigned_abs(), scale.unsigned_abs());
    let (whole, mut frac) = (v / s, v % s);
    if frac == 0 {
        return format!("{sign}{whole}");
    }
    let mut width = s.ilog10() as usize;
    while frac.is_multiple_of(10) {
        frac /= 10;
        width -= 1;
    }
    format!("{sign}{whole}.{frac:0width$}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_read_exactly() {
        assert_eq!(Money::parse_decimal("0.1", Money::FEN_PER_YI), Some(Money(1_000_000_000)));
        assert_eq!(Money::parse_decimal("１２，０００", Money::FEN_PER_WAN), Some(Money(12_000_000_000)));
        assert_eq!(Money::parse_decimal("-3.14159265", 100), Some(Money(-314)));
        assert_eq!(Money::parse_decimal("1.2e3", 100), Some(Money(120_000)));
        for bad in ["", "-", "1.2.3", "1-8月", "约3", ".", "99999999999999999999"] {
            assert_eq!(Money::parse_decimal(bad, Money::FEN_PER_YI), None, "{bad}");
        }
    }

    #[test]
    fn money_prints_without_loss() {
        for fen in [0, 1, -1, 1_000_000, 1_500_000, i64::MAX, -123_456_789] {
            let m = Money(fen);
            assert_eq!(Money::parse_decimal(&m.to_wan_string(), Money::FEN_PER_WAN), Some(m));
        }
    }

    #[test]
    fn mu_become_square_metres() {
        assert_eq!(Area::parse_mu("15"), Some(Area(10_000)));
        assert_eq!(Area::parse_mu("82.4").map(Area::m2), Some(54_933));
        assert_eq!(Area(10_000).to_mu_string(), "15");
    }
}
