//! The checker checked: a right schedule with one value a minute off must not pass.
use crate::networks::*;
use lantu_schedule::*;

const MINUTE: Span = Span::minutes(1);

type Plant = (&'static str, fn(&mut Row, Span));

const PLANTS: [Plant; 9] = [
    ("early_start", |r, by| r.early_start = r.early_start + by),
    ("early_finish", |r, by| r.early_finish = r.early_finish + by),
    ("late_start", |r, by| r.late_start = r.late_start + by),
    ("late_finish", |r, by| r.late_finish = r.late_finish + by),
    ("start", |r, by| r.start = r.start + by),
    ("finish", |r, by| r.finish = r.finish + by),
    ("total_float", |r, by| r.total_float += by),
    ("free_float", |r, by| r.free_float += by),
    ("critical", |r, _| r.critical = !r.critical),
];

/// What the checker says it does not know to the minute.
fn is_lenient(n: &Network, at: usize, field: &str) -> bool {
    let a = &n.activities[at];
    let d = a.detail.as_deref();
    let done = matches!(a.progress(), Progress::Finished { .. });
    match a.kind {
        Kind::Summary => field == "free_float" || !n.activities.iter().enumerate().any(|(row, _)| works_under(n, row, at)),
        Kind::LevelOfEffort => !["start", "finish", "early_start", "early_finish"].contains(&field),
        _ if d.is_some_and(|d| d.inactive) => true,
        _ if d.is_some_and(|d| d.expected_finish.is_some()) => field == "free_float",
        _ if done && n.options.dialect == Dialect::P6 => field.starts_with("late"),
        _ if d.is_some_and(|d| d.fixed.is_some()) => ["critical", "free_float", "total_float"].contains(&field),
        _ => false,
    }
}

/// Whether `row` is work that counts in the summary.
fn works_under(n: &Network, row: usize, summary: usize) -> bool {
    let a = &n.activities[row];
    let above = std::iter::successors(a.parent, |p| n.activities[p.at()].parent);
    !a.is_summary() && !a.detail.as_ref().is_some_and(|d| d.inactive) && above.into_iter().any(|p| p.at() == summary)
}

/// Plants single errors in right schedules; says how many there were and which were not found.
fn plant(recipe: &Recipe, networks: u64) -> (usize, Vec<String>) {
    let (mut planted, mut missed) = (0, vec![]);
    for seed in 0..networks {
        let n = network(recipe, 2 + seed as usize % 28, seed);
        let right = schedule(&n).unwrap_or_else(|p| panic!("{}", p[0]));
        let mut dice = Dice::new(seed);
        for _ in 0..8 {
            let (at, (field, change)) = (dice.below(right.rows.len()), dice.one_of(&PLANTS));
            if is_lenient(&n, at, field) {
                continue;
            }
            let mut wrong = right.clone();
            change(&mut wrong.rows[at], if dice.happens(50) { MINUTE } else { -MINUTE });
            planted += 1;
            if check(&n, &wrong).is_empty() {
                missed.push(format!("seed {seed}: {field} of {:?}\n{:?}", n.activities[at], right.rows[at]));
            }
        }
    }
    (planted, missed)
}

/// Nothing is missed where one rule gives each date.
#[test]
fn a_minute_is_found_in_plain_networks() {
    for dialect in BOTH {
        let (planted, missed) = plant(&Recipe { constraints: true, ..Recipe::plain(dialect) }, 500);
        assert!(planted > 3_500 && missed.is_empty(), "{} of {planted}\n{}", missed.len(), missed.join("\n"));
    }
}

/// Where several values count as explained, one a minute off may be another of them; that is rare.
#[test]
fn a_minute_is_found_whatever_the_network() {
    for dialect in BOTH {
        let (planted, missed) = plant(&Recipe::full(dialect), 1_000);
        assert!(planted > 6_000 && missed.len() * 500 < planted, "{} of {planted}\n{}", missed.len(), missed.join("\n"));
    }
}

#[test]
fn wrong_ends_of_the_project_are_found() {
    let n = network(&Recipe::plain(Dialect::P6), 12, 7);
    let right = schedule(&n).unwrap();
    assert_eq!(check(&n, &right), []);
    let codes = |s: &Schedule| check(&n, s).iter().map(|b| b.code).collect::<Vec<_>>();
    assert!(codes(&Schedule { start: right.start + MINUTE, ..right.clone() }).contains(&"project_start_wrong"));
    assert!(codes(&Schedule { finish: right.finish + MINUTE, ..right.clone() }).contains(&"project_finish_wrong"));
}

#[test]
fn a_schedule_of_another_size_is_refused() {
    let n = network(&Recipe::plain(Dialect::P6), 5, 1);
    let mut s = schedule(&n).unwrap();
    s.rows.pop();
    assert_eq!(check(&n, &s)[0].code, "rows_missing");
}

#[test]
fn every_rule_has_words_in_both_languages() {
    for code in Breach::CODES {
        let breach = Breach { code, activities: vec![1, 2], found: "2026-03-02T08:00".into(), expected: "x".into() };
        let (zh, en) = (breach.say(Tongue::Chinese), breach.say(Tongue::English));
        assert!(zh.ends_with('。') && en.ends_with('.') && !en.contains('{') && !zh.contains('{'), "{zh} {en}");
        assert!(!en.contains("breaks a rule"), "{code}");
    }
    assert!(Breach::CODES.is_sorted());
}
