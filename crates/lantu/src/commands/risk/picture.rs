//! The dates of the iterations as a picture of letters.
use crate::{columns, timetable, tongue::Tongue};
use lantu_risk::{Bin, Distribution};
use lantu_schedule::Instant;

/// So many lines at most.
const LINES: usize = 20;
/// The longest bar.
const WIDEST: usize = 40;

/// A line for each part of the time, with the plan and the P80 marked.
pub fn of(finish: &Distribution, planned: Instant, tongue: Tongue) -> String {
    let bins = finish.histogram(lines(finish));
    let (all, most) = (finish.dates().len(), bins.iter().map(|b| b.count).max().unwrap_or(0));
    let to_the_day = bins.iter().all(|b| b.from.second_of_day() == 0);
    let plan = tongue.say("计划", "plan");
    let mut rows: Vec<Vec<String>> = bins.iter().map(|bin| line(bin, all, most, to_the_day)).collect();
    for (mark, at) in [(plan, planned), ("P80", finish.quantile(0.8))] {
        if let Some(here) = bins.iter().position(|b| b.from < at && at <= b.to) {
            let cell = &mut rows[here][0];
            let between = if cell.is_empty() { "" } else { " " };
            cell.push_str(&format!("{between}{mark}"));
        }
    }
    // A plan that no iteration came near stands before or behind all of them.
    let outside = |here: bool| vec![plan.to_owned(), label(planned, to_the_day)].into_iter().filter(move |_| here).collect::<Vec<_>>();
    let before = bins.first().is_some_and(|b| planned <= b.from);
    let behind = bins.last().is_some_and(|b| planned > b.to);
    rows.insert(0, outside(before));
    rows.push(outside(behind));
    rows.retain(|row| !row.is_empty());
    rows.iter_mut().for_each(|row| row[0].insert_str(0, "  "));
    columns::lay_out(&rows, &[0, 2])
}

/// Parts of a day are shown only where there are few days: work ends at one time of the day.
fn lines(finish: &Distribution) -> usize {
    const FEW: i64 = 4;
    let days = (finish.quantile(1.0) - finish.quantile(0.0)).as_seconds() / 86_400 + 1;
    if days > FEW { LINES.min(days as usize) } else { LINES }
}

fn line(bin: &Bin, all: usize, most: u32, to_the_day: bool) -> Vec<String> {
    let share = f64::from(bin.count) / all.max(1) as f64 * 100.0;
    let long = (f64::from(bin.count) / f64::from(most.max(1)) * WIDEST as f64).round() as usize;
    let bar = if long == 0 && bin.count > 0 { "▏".to_owned() } else { "█".repeat(long) };
    vec![String::new(), label(bin.from, to_the_day), format!("{share:.1}%"), bar]
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
        assert_eq!(lines.len(), 6);
        assert_eq!(lines[0], format!("        2026-03-03  10.0%  {}", "█".repeat(10)));
        assert_eq!(lines[1], format!("  plan  2026-03-04  40.0%  {}", "█".repeat(40)));
        assert!(lines[3].starts_with("   P80  2026-03-06  20.0%  █"), "{picture}");
        assert!(of(&finish, at(0), Tongue(Lang::Zh)).starts_with("  计划  2026-03-02\n"), "{}", of(&finish, at(0), Tongue(Lang::Zh)));
        assert!(of(&finish, at(9), Tongue(Lang::Zh)).ends_with("  计划  2026-03-11\n"));
    }
}
