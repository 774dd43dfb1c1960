//! Money and land as offices write them: in the heading's unit or the cell's own.
use super::{Read, info, says_nothing};
use crate::{
    sheet::{Cell, CellValue},
    vocabulary::{Unit, fold},
};
use lantu_model::{Area, Money, Problem};

/// A single project beyond this many 分 (1000 亿元) is a slip of the unit.
const ABSURD: i64 = 1_000 * Money::FEN_PER_YI;

const SUFFIXES: &[(&str, i64)] = &[
    ("亿元", Money::FEN_PER_YI),
    ("亿", Money::FEN_PER_YI),
    ("百万元", 100 * Money::FEN_PER_WAN),
    ("千万元", 1_000 * Money::FEN_PER_WAN),
    ("千万", 1_000 * Money::FEN_PER_WAN),
    ("万元", Money::FEN_PER_WAN),
    ("万", Money::FEN_PER_WAN),
    ("千元", 1_000 * Money::FEN_PER_YUAN),
    ("元整", Money::FEN_PER_YUAN),
    ("元", Money::FEN_PER_YUAN),
    ("billion", 100_000_000_000),
    ("bn", 100_000_000_000),
    ("million", 100_000_000),
    ("m", 100_000_000),
    ("thousand", 100_000),
    ("k", 100_000),
];

pub(super) fn read_money(cell: &Cell, unit: &Unit) -> Read<Money> {
    let text = cell.trimmed();
    let fen = unit.fen().unwrap_or(Money::FEN_PER_WAN);
    if let CellValue::Date(..) = cell.value {
        return Read::refused(Problem::warn("money_is_period").with("found", text));
    }
    let bare = match Bare::of(text) {
        Ok(Some(bare)) => bare,
        Ok(None) => return Read::nothing(),
        Err(problem) => return Read::refused(problem),
    };
    let t = bare.text.trim_start_matches(['¥', '￥', '$', '£', '€']);
    let t = t.strip_prefix("人民币").or_else(|| t.strip_prefix("rmb")).or_else(|| t.strip_prefix("cny")).unwrap_or(t);
    if ["美元", "欧元", "日元", "港元", "港币", "usd", "eur", "hkd", "jpy"].iter().any(|c| t.contains(c)) {
        return Read::refused(Problem::warn("money_currency").with("found", text));
    }
    let (money, own_unit) = match sum_of_parts(t, fen) {
        Some(found) => found,
        None => return Read::refused(Problem::warn(unreadable_code(t)).with("found", text)),
    };
    let money = if bare.negative { Money::from_fen(-money.fen()) } else { money };
    if money.fen() < 0 {
        return Read::refused(Problem::warn("amount_negative").with("found", text));
    }
    let mut read = Read::some(money);
    read.notes = bare.notes;
    if own_unit.is_some_and(|own| own != fen) {
        read.notes.push(info("unit_in_cell").with("found", text));
    }
    read
}

pub(super) fn read_area(cell: &Cell, unit: Option<&Unit>) -> Read<Area> {
    let text = cell.trimmed();
    let bare = match Bare::of(text) {
        Ok(Some(bare)) => bare,
        Ok(None) => return Read::nothing(),
        Err(problem) => return Read::refused(Problem { code: problem.code.replace("money", "area"), ..problem }),
    };
    let suffixes: [(&str, Unit); 9] = [
        ("平方公里", Unit::SquareKilometre),
        ("平方米", Unit::SquareMetre),
        ("平米", Unit::SquareMetre),
        ("㎡", Unit::SquareMetre),
        ("m²", Unit::SquareMetre),
        ("m2", Unit::SquareMetre),
        ("公顷", Unit::Hectare),
        ("ha", Unit::Hectare),
        ("亩", Unit::Mu),
    ];
    let own = suffixes.iter().find_map(|(word, u)| bare.text.strip_suffix(word).map(|rest| (rest, u.clone())));
    let (digits, unit) = match own {
        Some((rest, u)) => (rest, u),
        None => (bare.text.as_str(), unit.cloned().unwrap_or(Unit::Mu)),
    };
    let area = Some(digits).filter(|d| well_grouped(d)).and_then(|d| unit.area(d));
    match area {
        Some(area) if bare.negative || area.m2() < 0 => Read::refused(Problem::warn("amount_negative").with("found", text)),
        // Beyond a large province.
        Some(area) if area.m2() > 1_000_000_000_000 => Read::refused(Problem::warn("area_unreadable").with("found", text)),
        Some(area) => Read { value: Some(area), notes: bare.notes },
        None => Read::refused(Problem::warn("area_unreadable").with("found", text)),
    }
}

/// An amount's text without what surrounds it.
struct Bare {
    text: String,
    negative: bool,
    notes: Vec<Problem>,
}

impl Bare {
    fn of(text: &str) -> Result<Option<Self>, Problem> {
        let mut t = fold(text);
        if says_nothing(&t) {
            return Ok(None);
        }
        let (mut negative, mut notes) = (false, vec![]);
        if let Some(inner) = t.strip_prefix('(').and_then(|x| x.strip_suffix(')')).filter(|x| x.starts_with(|c: char| c.is_ascii_digit())) {
            // Accountants' brackets.
            (t, negative) = (inner.to_owned(), true);
        }
        if let Some(at) = t.find(['(', '[']).filter(|at| *at > 0 && t.ends_with([')', ']'])) {
            notes.push(Problem::warn("amount_with_words").with("found", text));
            t.truncate(at);
        }
        let mut approximate = false;
        for word in ["大约", "约为", "约", "近", "超过", "超", "逾", "不低于", "不超过", "预计", "暂估", "估算", "≈", ">", "<", "≥", "≤"]
        {
            if let Some(rest) = t.strip_prefix(word) {
                (t, approximate) = (rest.to_owned(), true);
            }
        }
        for word in ["左右", "以上", "以内", "余"] {
            if let Some(rest) = t.strip_suffix(word) {
                (t, approximate) = (rest.to_owned(), true);
            }
        }
        if t.contains('多') || t.contains('余') {
            (t, approximate) = (t.replace(['多', '余'], ""), true);
        }
        if approximate {
            notes.push(Problem::warn("amount_approximate").with("found", text));
        }
        if t.is_empty() {
            return Err(Problem::warn("money_unreadable").with("found", text));
        }
        Ok(Some(Self { text: t, negative, notes }))
    }
}

fn unreadable_code(t: &str) -> &'static str {
    if t.contains(['月', '年', '日']) || t.contains("季度") {
        return "money_is_period";
    }
    let digits = |s: &str| s.starts_with(|c: char| c.is_ascii_digit());
    if t.split_once(['-', '至', '到']).is_some_and(|(a, b)| digits(a) && digits(b)) { "money_range" } else { "money_unreadable" }
}

/// `3.2亿`, `3亿2000万`, `86,000`: the sum, and the unit where the cell names one.
fn sum_of_parts(t: &str, fen: i64) -> Option<(Money, Option<i64>)> {
    let (mut rest, mut total, mut own, mut count) = (t, Money::ZERO, None, 0);
    while !rest.is_empty() {
        // All characters of a number are one byte long once folded.
        let end = rest.char_indices().position(|(i, c)| !number_character(rest, i, c)).unwrap_or(rest.len());
        let (digits, tail) = rest.split_at_checked(end)?;
        let (unit, tail) = match SUFFIXES.iter().find(|(word, _)| tail.starts_with(word)) {
            Some((word, unit)) => (Some(*unit), &tail[word.len()..]),
            None if tail.is_empty() => (None, tail),
            None => return None,
        };
        // A second number needs a unit of its own, smaller than the first's.
        if digits.is_empty() || !well_grouped(digits) || (count > 0 && unit.is_none_or(|u| own.is_some_and(|o| u >= o))) {
            return None;
        }
        total = total.checked_add(Money::parse_decimal(digits, unit.unwrap_or(fen))?)?;
        (own, rest, count) = (unit.or(own), tail, count + 1);
    }
    Some((total, own)).filter(|_| count > 0)
}

fn number_character(text: &str, at: usize, c: char) -> bool {
    let previous = text[..at].chars().next_back();
    match c {
        '0'..='9' | '.' | ',' => true,
        '-' | '+' => at == 0 || previous == Some('e') && text[at + 1..].starts_with(|c: char| c.is_ascii_digit()),
        'e' => {
            previous.is_some_and(|p| p.is_ascii_digit())
                && text[at + 1..].starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+'))
        }
        _ => false,
    }
}

/// Commas part groups of three (or, in Chinese, four) digits; `1,2` is no number we dare to read.
fn well_grouped(digits: &str) -> bool {
    let whole = digits.split('.').next().unwrap_or(digits);
    if !whole.contains(',') {
        return !digits.contains(',');
    }
    let groups: Vec<&str> = whole.split(',').collect();
    let lead = groups[0].trim_start_matches(['-', '+']).len();
    let even = |n: usize| (1..=n).contains(&lead) && groups[1..].iter().all(|g| g.len() == n);
    even(3) || even(4)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Suspicion {
    /// The row's other figures fit the other unit.
    Supported,
    Unsupported,
}

pub(super) fn unit_word(fen: i64) -> &'static str {
    match fen {
        Money::FEN_PER_YI => "亿元",
        Money::FEN_PER_WAN => "万元",
        Money::FEN_PER_YUAN => "元",
        _ => "",
    }
}

/// Whether a total looks written in another unit than its column's: what it would be, in which unit, and whether the row
/// supports it. `largest` is the largest of the row's yearly figures.
pub(super) fn other_unit(total: Money, fen: i64, largest: Option<Money>) -> Option<(Money, &'static str, Suspicion)> {
    let scaled = |from: i64, to: i64| i64::try_from(i128::from(total.fen()) * i128::from(to) / i128::from(from)).ok().map(Money::from_fen);
    // A total is at least a year's figure and, while it is worth planning, not ten thousand times it.
    let fits = |total: Money| largest.is_some_and(|l| total >= l && total.fen() / l.fen().max(1) < 1_000);
    let ratio = largest.map_or(0, |l| total.fen() / l.fen().max(1));
    match fen {
        Money::FEN_PER_YI if total.fen() >= ABSURD || (total.fen() >= ABSURD / 10 && ratio >= 1_000) => {
            let read_as = scaled(Money::FEN_PER_YI, Money::FEN_PER_WAN)?;
            let suspicion = if fits(read_as) && !fits(total) { Suspicion::Supported } else { Suspicion::Unsupported };
            Some((read_as, "万元", suspicion))
        }
        Money::FEN_PER_WAN if total.fen() >= ABSURD => {
            let read_as = scaled(Money::FEN_PER_WAN, Money::FEN_PER_YUAN)?;
            let suspicion = if fits(read_as) && !fits(total) { Suspicion::Supported } else { Suspicion::Unsupported };
            Some((read_as, "元", suspicion))
        }
        Money::FEN_PER_WAN if total.fen() > 0 && total.fen() < 100 * Money::FEN_PER_WAN && largest.is_some_and(|l| l > total) => {
            let read_as = scaled(Money::FEN_PER_WAN, Money::FEN_PER_YI)?;
            fits(read_as).then_some((read_as, "亿元", Suspicion::Supported))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wan(text: &str, unit: &str) -> Option<String> {
        read_money(&Cell::text(text), &unit.parse().unwrap()).value.map(Money::to_wan_string)
    }

    #[test]
    fn amounts_in_the_headings_unit_or_the_cells_own() {
        for (text, unit, want) in [
            ("3.2", "亿元", "32000"),
            ("3.2亿", "万元", "32000"),
            ("3.2 亿元", "万元", "32000"),
            ("86000万元", "亿元", "86000"),
            ("12,000", "万元", "12000"),
            ("1,2000", "万元", "12000"),
            ("１２，０００", "万元", "12000"),
            ("约3亿", "万元", "30000"),
            ("3亿2000万", "万元", "32000"),
            ("¥5000000", "元", "500"),
            ("5000000元整", "万元", "500"),
            ("0.1", "亿元", "1000"),
            ("1.2e3", "万元", "1200"),
            ("10多亿", "万元", "100000"),
            ("12000(含土地)", "万元", "12000"),
            ("0", "万元", "0"),
        ] {
            assert_eq!(wan(text, unit).as_deref(), Some(want), "{text} in {unit}");
        }
    }

    #[test]
    fn what_is_no_amount_says_why() {
        for (text, code) in [
            ("1-8月", "money_is_period"),
            ("2026年", "money_is_period"),
            ("10-12亿", "money_range"),
            ("3亿美元", "money_currency"),
            ("-500", "amount_negative"),
            ("(500)", "amount_negative"),
            ("45%", "money_unreadable"),
            ("1,2", "money_unreadable"),
            ("若干", "money_unreadable"),
            ("1.2.3", "money_unreadable"),
            ("99999999999999999999", "money_unreadable"),
            ("约", "money_unreadable"),
        ] {
            let read = read_money(&Cell::text(text), &Unit::wan());
            assert_eq!((read.value, read.notes.last().map(|n| n.code.as_str())), (None, Some(code)), "{text}");
        }
        for nothing in ["—", "/", "", "待定", "无"] {
            let read = read_money(&Cell::text(nothing), &Unit::wan());
            assert!(read.value.is_none() && read.notes.is_empty(), "{nothing}");
        }
    }

    #[test]
    fn a_wrong_unit_is_seen_by_the_rows_other_figures() {
        let wan = |n: i64| Money::from_fen(n * Money::FEN_PER_WAN);
        let written = Money::from_fen(86_000 * Money::FEN_PER_YI);
        assert_eq!(other_unit(written, Money::FEN_PER_YI, Some(wan(12_000))), Some((wan(86_000), "万元", Suspicion::Supported)));
        assert_eq!(other_unit(written, Money::FEN_PER_YI, None).map(|o| o.2), Some(Suspicion::Unsupported));
        assert_eq!(other_unit(wan(32_000), Money::FEN_PER_YI, Some(wan(8_000))), None);
        assert_eq!(other_unit(Money::from_fen(3_200_000), Money::FEN_PER_WAN, Some(wan(8_000))).map(|o| o.0), Some(wan(32_000)));
    }

    #[test]
    fn land_in_any_unit() {
        let m2 = |text: &str, unit: Option<Unit>| read_area(&Cell::text(text), unit.as_ref()).value.map(Area::m2);
        assert_eq!(m2("15", None), Some(10_000));
        assert_eq!(m2("15亩", Some(Unit::Hectare)), Some(10_000));
        assert_eq!(m2("2", Some(Unit::Hectare)), Some(20_000));
        assert_eq!(m2("1,200平方米", None), Some(1_200));
        assert_eq!(m2("多", None), None);
    }
}
