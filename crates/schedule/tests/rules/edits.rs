//! Dates kept up to date by edits are those of a full run.
use crate::networks::*;
use lantu_schedule::*;
use proptest::prelude::*;

/// One edit of any sort; not every one is possible.
fn edit(n: &Network, recipe: &Recipe, dice: &mut Dice) -> Change {
    let row = ActivityIx(dice.below(n.activities.len()) as u32);
    let a = &n.activities[row.at()];
    let span = Span::hours(dice.one_of(&[0, 1, 8, 30, 100]));
    let links = n.links.len();
    match dice.below(10) {
        0 | 1 if a.kind == Kind::Task => Change::Duration(row, span),
        2 if a.kind == Kind::Task => {
            let start = n.options.data_date.unwrap_or(n.options.start) - Span::hours(24);
            let choices = [
                Progress::NotStarted,
                Progress::Started { start, actual: Span::hours(4), remaining: span },
                Progress::Finished { start, finish: start + Span::hours(8), actual: Span::hours(8) },
            ];
            Change::Progress(row, dice.one_of(&choices))
        }
        3 => Change::Constraint(row, (!a.is_summary() && dice.happens(70)).then(|| constraint(n.options.dialect, dice))),
        4 => {
            let mut other = a.clone();
            other.calendar = CalendarIx(dice.below(n.calendars.len()) as u32);
            other.detail_mut().deadline = Some(some_day(dice));
            Change::Activity(row, Box::new(other))
        }
        5 | 6 if links > 0 => Change::Lag(dice.below(links), lag(recipe, dice)),
        7 if links > 0 => Change::RemoveLink(dice.below(links)),
        8 => {
            let mut options = n.options.clone();
            options.total_float = dice.one_of(&[TotalFloat::Start, TotalFloat::Finish, TotalFloat::Smallest]);
            options.start = options.start + Span::hours(dice.one_of(&[0, 24]));
            Change::Options(Box::new(options))
        }
        _ => {
            let successor = ActivityIx(dice.below(n.activities.len()) as u32);
            // Summary rows are waited for whole, and wait only with their starts; P6 links none.
            let summary = a.is_summary() || n.activities[successor.at()].is_summary();
            if summary && n.options.dialect == Dialect::P6 {
                return Change::Constraint(row, None);
            }
            let kinds = if summary { &[LinkKind::FinishStart, LinkKind::StartStart] } else { ALL_LINKS };
            Change::AddLink(Link { predecessor: row, successor, kind: dice.one_of(kinds), lag: lag(recipe, dice) })
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn edits_give_what_a_full_run_gives(seed: u64, size in 2..30_usize, p6: bool) {
        let recipe = Recipe::full(BOTH[usize::from(p6)]);
        let mut dice = Dice::new(seed);
        let mut live = Live::new(network(&recipe, size, seed)).unwrap();
        for step in 0..8 {
            let change = edit(live.network(), &recipe, &mut dice);
            let before = (live.schedule(), live.network().links.clone(), live.network().activities.clone());
            match live.apply(change.clone()) {
                Err(problems) => {
                    prop_assert!(!problems.is_empty());
                    let after = (live.schedule(), live.network().links.clone(), live.network().activities.clone());
                    prop_assert_eq!(before, after, "a refused edit leaves no trace: {:?}", change);
                }
                Ok(touched) => {
                    let (here, full) = (live.schedule(), schedule(live.network()).unwrap());
                    for (at, (a, b)) in here.rows.iter().zip(&full.rows).enumerate() {
                        prop_assert_eq!(a, b, "step {} row {} {:?}: {:?}", step, at, live.network().activities[at], change);
                    }
                    prop_assert_eq!((here.start, here.finish), (full.start, full.finish), "step {}: {:?}", step, change);
                    let moved = |at: &usize| before.0.rows[*at] != *live.row(ActivityIx(*at as u32));
                    let moved: Vec<_> = (0..before.0.rows.len()).filter(moved).map(|at| ActivityIx(at as u32)).collect();
                    prop_assert_eq!(touched.activities, moved, "step {}: {:?}", step, change);
                }
            }
        }
    }
}
