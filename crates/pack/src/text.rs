//! Comparing what people wrote: widths, spaces, brackets, years and units that vary without meaning.
use lantu_model::project::comparable_name;

/// A name in comparable form: case, width, spaces and asterisks do not matter.
pub fn plain(text: &str) -> String {
    comparable_name(text).chars().filter(|c| !matches!(c, '*' | '★' | '\u{feff}')).collect()
}

/// A column heading in comparable form: `2026年计划 投资（万元）` and `2025年计划投资` are the same heading.
///
/// Spaces, punctuation and brackets that hold a unit go; a year becomes `年`, a span of months `月`, one month `某月`.
pub fn heading_key(heading: &str) -> String {
    let text = without_unit_brackets(&plain(heading));
    let kept: String =
        text.chars().filter(|c| !matches!(c, ':' | '、' | '。' | '_' | '/' | '"' | '\'' | '(' | ')' | '[' | ']' | '.' | ',')).collect();
    without_numbers(&kept)
}

/// Drops `(万元)`, `(亩)`, `(是/否)` and the like, but keeps brackets with other words: `开工(计划)`.
fn without_unit_brackets(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(open) = rest.find('(') {
        let Some(close) = rest[open..].find(')').map(|c| open + c) else { break };
        let inside = &rest[open + 1..close];
        out.push_str(&rest[..open]);
        if !is_unit(inside) {
            out.push_str(&rest[open..=close]);
        }
        rest = &rest[close + 1..];
    }
    out.push_str(rest);
    out
}

fn is_unit(text: &str) -> bool {
    const UNITS: [&str; 18] = [
        "万元",
        "亿元",
        "元",
        "万",
        "亿",
        "亩",
        "公顷",
        "平方米",
        "㎡",
        "m2",
        "人民币",
        "%",
        "个",
        "是否",
        "是或否",
        "年月",
        "年月日",
        "万元人民币",
    ];
    let bare = text.trim_start_matches("单位").trim_start_matches(':').replace('/', "");
    UNITS.contains(&bare.as_str()) || bare.starts_with("yyyy")
}

/// Years and month spans lose their numbers: `2026年1-4月完成` → `月完成`. A single month is not a span: `5月完成` → `某月完成`.
fn without_numbers(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let (mut out, mut i) = (String::new(), 0);
    while i < chars.len() {
        let run = chars[i..].iter().take_while(|c| c.is_ascii_digit() || matches!(c, '-' | '~' | '至' | '到')).count();
        let digits = chars[i..i + run].iter().filter(|c| c.is_ascii_digit()).count();
        let follower = chars.get(i + run);
        if chars[i].is_ascii_digit() && digits > 0 && matches!(follower, Some('年' | '月')) {
            if follower == Some(&'月') && digits == run {
                out.push('某');
            }
            i += run;
        } else if chars[i] == '年' && chars.get(i + 1) == Some(&'度') {
            out.push('年');
            i += 2;
        } else {
            out.push(chars[i]);
            i += 1;
        }
    }
    // A month has a year anyway.
    out.replace("年月", "月").replace("年某月", "某月")
}

/// Insertions, deletions, replacements and swaps of neighbours that turn one word into the other.
pub fn edit_distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![(0..=b.len()).collect::<Vec<usize>>()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let changed = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut best = changed.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_that_mean_the_same() {
        for (a, b) in [
            ("2026年计划\n投资（万元）", "2025年计划投资"),
            ("总投资(亿元)", "总 投 资"),
            ("1-4月完成", "1～12月完成"),
            ("2026年1—4月累计完成投资（单位：万元）", "2025年1-9月累计完成投资"),
            ("26年计划投资", "年度计划投资"),
            ("*项目名称", "项目名称："),
            ("whole_life_cost_gbp_m", "Whole life cost GBP m"),
        ] {
            assert_eq!(heading_key(a), heading_key(b), "{a} / {b}");
        }
        assert_ne!(heading_key("5月完成投资"), heading_key("1-5月完成投资"));
        assert_ne!(heading_key("开工(计划)"), heading_key("开工(实际)"));
        assert_ne!(heading_key("combined2021"), heading_key("combined2022"));
    }

    #[test]
    fn distances() {
        assert_eq!(edit_distance("东胡", "东湖"), 1);
        assert_eq!(edit_distance("", "abc"), 3);
        assert_eq!(edit_distance("ab", "ba"), 1);
    }
}
