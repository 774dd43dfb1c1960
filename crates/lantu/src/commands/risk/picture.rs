//! The dates of the iterations as a picture of letters.
use super::figures::days_between;
use crate::{columns, timetable, tongue::Tongue};
use lantu_risk::{Bin, Distribution};
use lantu_schedule::Instant;

/// So many lines at most, beside those of the rare ends.
const LINES: usize = 20;
/// The longest bar.
const WIDEST: usize = 40;
/// What lies before and behind these is rare, and gets a line together: it would make all others coarser.
const USUAL: (f64, f64) = (0.005, 0.995);

/// A line for each part of the time, with the plan and the P80 marked, under what a line is.
pub fn of(finish: &Distribution, planned: Instant, tongue: Tongue) -> String {
    let Parts { before, usual, behind } = Parts::of(finish);
    let (all, most) = (finish.dates().len(), usual.iter().map(|b| b.count).max().unwrap_or(0));
    let to_the_day = usual.iter().all(|b| b.from.second_of_day() == 0);
    let plan = tongue.say("计划", "plan");
    let mut rows = vec![];
    // A plan that no iteration came near stands before or behind all of them.
    let outside = |is_out: bool| is_out.then(|| vec![plan.to_owned(), label(planned, to_the_day)]);
    let (first, last) = (before.as_ref().or(usual.first()), behind.as_ref().or(usual.last()));
    rows.extend(outside(first.is_some_and(|b| planned <= b.from)));
    let row = |bin: &Bin, said: String| {
        let marks = [(plan, planned), ("P80", finish.quantile(0.8))].into_iter().filter(|(_, at)| bin.from < *at && *at <= bin.to);
        let mark = marks.map(|(mark, _)| mark).collect::<Vec<_>>().join(" ");
        line(bin, mark, said, all, most)
    };
    rows.extend(before.iter().map(|bin| row(bin, tongue.say("更早", "earlier").to_owned())));
    rows.extend(usual.iter().map(|bin| row(bin, label(bin.from, to_the_day))));
    rows.extend(behind.iter().map(|bin| row(bin, tongue.say("更晚", "later").to_owned())));
    rows.extend(outside(last.is_some_and(|b| planned > b.to)));
    rows.iter_mut().for_each(|row| row[0].insert_str(0, "  "));
    caption(usual.first(), tongue) + &columns::lay_out(&rows, &[0, 2])
}

/// The bins of the usual dates, and what is before and behind them.
struct Parts {
    before: Option<Bin>,
    usual: Vec<Bin>,
    behind: Option<Bin>,
}

impl Parts {
    /// The finest width whose usual bins fit.
    fn of(finish: &Distribution) -> Self {
        let mut lines = lines(finish);
        let mut parts = Self::within(finish, lines);
        // Twice as many are asked for until they do not fit: ends may be a hundred times as far as what is usual.
        for _ in 0..10 {
            lines = (2 * lines).min(finest(finish));
            let finer = Self::within(finish, lines);
            if finer.usual.len() > LINES {
                break;
            }
            parts = finer;
        }
        parts
    }

    fn within(finish: &Distribution, lines: usize) -> Self {
        let mut usual = finish.histogram(lines);
        let (low, high) = (finish.quantile(USUAL.0), finish.quantile(USUAL.1));
        let behind = usual.split_off(usual.iter().position(|b| high <= b.to).map_or(usual.len(), |at| at + 1));
        let first = usual.iter().position(|b| low <= b.to).unwrap_or(0);
        let before: Vec<Bin> = usual.drain(..first).collect();
        Self { before: together(&before), usual, behind: together(&behind) }
    }
}

fn together(bins: &[Bin]) -> Option<Bin> {
    let (first, last) = (bins.first()?, bins.last()?);
    Some(Bin { from: first.from, to: last.to, count: bins.iter().map(|b| b.count).sum() })
}

/// Parts of a day are shown only where there are few days: work ends at one time of the day.
fn finest(finish: &Distribution) -> usize {
    const FEW: i64 = 4;
    let days = days_between(finish);
    if days > FEW { days as usize } else { LINES }
}

fn lines(finish: &Distribution) -> usize {
    LINES.min(finest(finish))
}

/// What a line is; parts of a day say so themselves.
fn caption(bin: Option<&Bin>, tongue: Tongue) -> String {
    let Some(days) = bin.map(|b| (b.to - b.from).as_seconds() / 86_400).filter(|days| *days > 0) else { return String::new() };
    let said = match days {
        1 => tongue.say("模拟的完成日期（每行一天）", "When it is done, a line for each day"),
        7 => tongue.say("模拟的完成日期（每行一周，写的是周一）", "When it is done, a line for each week from its Monday"),
        14 => tongue.say("模拟的完成日期（每行两周，写的是第一天）", "When it is done, a line for two weeks from the first day"),
        28..=31 => tongue.say("模拟的完成日期（每行一个月）", "When it is done, a line for each month"),
        _ => tongue.say("模拟的完成日期（写的是每段的第一天）", "When it is done, each line from its first day"),
    };
    format!("{said}\n")
}

fn line(bin: &Bin, mark: String, said: String, all: usize, most: u32) -> Vec<String> {
    let share = f64::from(bin.count) / all.max(1) as f64 * 100.0;
    let long = (f64::from(bin.count) / f64::from(most.max(1)) * WIDEST as f64).round() as usize;
    let bar = if long == 0 && bin.count > 0 { "▏".to_owned() } else { "█".repeat(long.min(WIDEST)) };
    vec![mark, said, format!("{share:.1}%"), bar]
}

fn label(at: Instant, to_the_day: bool) -> String {
    if to_the_day { at.day().to_string() } else { timetable::day_and_time(at) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use lantu_model::words::Lang;
    use lantu_schedule::Span;

    #[test]
    fn the_plan_and_the_p80_are_marked() {
        let at = |day: i64| "2026-03-02T17:00".parse::<Instant>().unwrap() + Span::hours(24 * day);
        let finish = Distribution::of([1, 2, 2, 2, 2, 3, 3, 4, 4, 6].map(at).to_vec()).unwrap();
        let picture = of(&finish, at(2), Tongue(Lang::En));
        let lines: Vec<&str> = picture.lines().collect();
        assert_eq!((lines.len(), lines[0]), (7, "When it is done, a line for each day"));
        assert_eq!(lines[1], format!("        2026-03-03  10.0%  {}", "█".repeat(10)));
        assert_eq!(lines[2], format!("  plan  2026-03-04  40.0%  {}", "█".repeat(40)));
        assert!(lines[4].starts_with("   P80  2026-03-06  20.0%  █"), "{picture}");
        assert!(of(&finish, at(0), Tongue(Lang::Zh)).contains("\n  计划  2026-03-02\n"), "{}", of(&finish, at(0), Tongue(Lang::Zh)));
        assert!(of(&finish, at(9), Tongue(Lang::Zh)).ends_with("  计划  2026-03-11\n"));
    }

    #[test]
    fn rare_ends_do_not_make_the_rest_coarse() {
        let at = |day: i64| "2026-03-02T17:00".parse::<Instant>().unwrap() + Span::hours(24 * day);
        let mut dates: Vec<Instant> = (0..1_000).map(|n| at(200 + n % 100)).collect();
        dates.extend([at(0), at(2_000)]);
        let picture = of(&Distribution::of(dates).unwrap(), at(250), Tongue(Lang::En));
        let lines: Vec<&str> = picture.lines().collect();
        assert!(lines[0].ends_with("each week from its Monday") && lines.len() <= 23, "{picture}");
        assert!(lines[1].contains("earlier") && lines[1].contains("0.1%") && lines.last().unwrap().contains("later"), "{picture}");
    }
}
