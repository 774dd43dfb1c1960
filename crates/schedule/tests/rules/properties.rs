//! What holds for every network.
use crate::networks::*;
use lantu_schedule::*;
use proptest::prelude::*;
use std::collections::BTreeMap;

fn dates(n: &Network) -> Schedule {
    schedule(n).unwrap_or_else(|p| panic!("{}", p[0]))
}

fn keeps_the_rules(n: &Network) {
    let s = dates(n);
    let breaches = check(n, &s);
    assert!(breaches.is_empty(), "{}", describe_all(n, &s, &breaches));
}

pub fn describe_all(n: &Network, s: &Schedule, breaches: &[Breach]) -> String {
    breaches.iter().map(|b| describe(n, s, b)).collect::<Vec<_>>().join("\n")
}

/// A broken rule with all that is known of the rows it names.
fn describe(n: &Network, s: &Schedule, breach: &Breach) -> String {
    let mut text = format!("{breach}\n  {:?}", n.options);
    for (at, a) in n.activities.iter().enumerate().filter(|(_, a)| breach.activities.contains(&a.uid)) {
        text += &format!("\n  {}\n  {}", brief(a), row(s.of(ActivityIx(at as u32))));
        for p in std::iter::successors(a.parent, |p| n.activities[p.at()].parent) {
            text += &format!("\n  under {} {}", n.activities[p.at()].uid, brief(&n.activities[p.at()]));
            for l in n.links.iter().filter(|l| l.predecessor == p || l.successor == p) {
                text += &format!("\n    {l:?} {} {}", row(s.of(l.predecessor)), row(s.of(l.successor)));
            }
        }
        for l in n.links.iter().filter(|l| l.predecessor.at() == at || l.successor.at() == at) {
            let uid = |ix: ActivityIx| format!("{} ({} {})", n.activities[ix.at()].uid, brief(&n.activities[ix.at()]), row(s.of(ix)));
            text += &format!("\n    {} -> {} {:?} {:?}", uid(l.predecessor), uid(l.successor), l.kind, l.lag);
        }
    }
    text
}

fn brief(a: &Activity) -> String {
    let Some(d) = &a.detail else { return format!("{:?} on {}, {} min", a.kind, a.calendar.0, a.duration.as_minutes()) };
    let held =
        [d.constraint, d.secondary].into_iter().flatten().map(|c| format!("{:?} {}", c.kind, c.date)).collect::<Vec<_>>().join(" & ");
    let dates = [d.deadline, d.expected_finish, d.external_early_start, d.external_late_finish];
    let (kind, minutes) = (a.kind, a.duration.as_minutes());
    format!("{kind:?} on {}, {minutes} min, {held} {:?} {dates:?} {:?}", a.calendar.0, d.progress, d.fixed)
}

fn row(r: &Row) -> String {
    let early = format!("early {} - {}", r.early_start, r.early_finish);
    format!(
        "{early}, late {} - {}, shown {} - {}, tf {:?} ff {:?}",
        r.late_start, r.late_finish, r.start, r.finish, r.total_float, r.free_float
    )
}

/// The same network with its rows and links in another order.
fn shuffled(n: &Network, seed: u64) -> Network {
    let mut dice = Dice::new(seed);
    let mut order: Vec<usize> = (0..n.activities.len()).collect();
    dice.shuffle(&mut order);
    let mut place = vec![ActivityIx(0); order.len()];
    order.iter().enumerate().for_each(|(new, old)| place[*old] = ActivityIx(new as u32));
    let mut activities: Vec<Activity> = order.iter().map(|old| n.activities[*old].clone()).collect();
    activities.iter_mut().for_each(|a| a.parent = a.parent.map(|p| place[p.at()]));
    let moved = |l: &Link| Link { predecessor: place[l.predecessor.at()], successor: place[l.successor.at()], ..*l };
    let mut links: Vec<Link> = n.links.iter().map(moved).collect();
    dice.shuffle(&mut links);
    Network { activities, links, ..n.clone() }
}

fn by_uid(n: &Network, s: &Schedule) -> BTreeMap<i64, Row> {
    n.activities.iter().map(|a| a.uid).zip(s.rows.iter().copied()).collect()
}

/// Time runs backward: who waited is now waited for.
fn reversed(n: &Network) -> Network {
    let turned = |l: &Link| {
        let kind = match l.kind {
            LinkKind::StartStart => LinkKind::FinishFinish,
            LinkKind::FinishFinish => LinkKind::StartStart,
            other => other,
        };
        Link { predecessor: l.successor, successor: l.predecessor, kind, lag: l.lag }
    };
    Network { links: n.links.iter().map(turned).collect(), ..n.clone() }
}

fn is_free(a: &Activity) -> bool {
    a.detail.is_none()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn schedules_of_plain_networks_keep_the_rules(seed: u64, size in 1..40_usize, p6: bool) {
        let dialect = BOTH[usize::from(p6)];
        keeps_the_rules(&network(&Recipe::plain(dialect), size, seed));
        keeps_the_rules(&network(&Recipe { calendars: Hours::Many, lags: Lags::Every, ..Recipe::plain(dialect) }, size, seed));
    }

    #[test]
    fn schedules_under_constraints_keep_the_rules(seed: u64, size in 1..40_usize, p6: bool) {
        keeps_the_rules(&network(&Recipe { constraints: true, ..Recipe::plain(BOTH[usize::from(p6)]) }, size, seed));
        let many = Recipe { calendars: Hours::Many, lags: Lags::Every, constraints: true, ..Recipe::plain(BOTH[usize::from(p6)]) };
        keeps_the_rules(&network(&many, size, seed));
    }

    #[test]
    fn schedules_with_summaries_keep_the_rules(seed: u64, size in 1..40_usize, p6: bool) {
        keeps_the_rules(&network(&Recipe { summaries: true, ..Recipe::plain(BOTH[usize::from(p6)]) }, size, seed));
    }

    #[test]
    fn schedules_in_progress_keep_the_rules(seed: u64, size in 1..40_usize, p6: bool) {
        keeps_the_rules(&network(&Recipe { progress: true, ..Recipe::plain(BOTH[usize::from(p6)]) }, size, seed));
    }

    #[test]
    fn schedules_of_everything_keep_the_rules(seed: u64, size in 1..40_usize, p6: bool) {
        keeps_the_rules(&network(&Recipe::full(BOTH[usize::from(p6)]), size, seed));
    }

    #[test]
    fn the_order_of_rows_does_not_matter(seed: u64, size in 1..40_usize, p6: bool) {
        let n = network(&Recipe::full(BOTH[usize::from(p6)]), size, seed);
        let other = shuffled(&n, seed);
        let (a, b) = (dates(&n), dates(&other));
        let (here, there) = (by_uid(&n, &a), by_uid(&other, &b));
        for (uid, r) in &here {
            let changed = Breach { code: "order", activities: vec![*uid], found: String::new(), expected: String::new() };
            prop_assert_eq!(r, &there[uid], "{}\n{}", describe(&n, &a, &changed), describe(&other, &b, &changed));
        }
        prop_assert_eq!((a.start, a.finish), (b.start, b.finish));
        prop_assert_eq!(&a, &dates(&n), "computed again");
    }

    #[test]
    fn more_work_or_lag_never_starts_anything_earlier(seed: u64, size in 2..40_usize, p6: bool) {
        let recipe = Recipe { links: &[LinkKind::FinishStart, LinkKind::StartStart], calendars: Hours::Many, ..Recipe::plain(BOTH[usize::from(p6)]) };
        let mut n = network(&recipe, size, seed);
        let before = dates(&n);
        let mut dice = Dice::new(seed);
        let at = dice.below(size);
        n.activities[at].duration += Span::hours(5);
        if !n.links.is_empty() {
            let link = dice.below(n.links.len());
            if let Lag::Work(lag) = &mut n.links[link].lag {
                *lag += Span::hours(3);
            }
        }
        let after = dates(&n);
        for (i, (a, b)) in before.rows.iter().zip(&after.rows).enumerate().filter(|(i, _)| is_free(&n.activities[*i])) {
            prop_assert!(b.early_start >= a.early_start, "row {i}: {} < {}", b.early_start, a.early_start);
        }
        prop_assert!(after.finish >= before.finish);
    }

    #[test]
    fn more_lag_on_any_link_never_starts_anything_earlier(seed: u64, size in 2..40_usize, p6: bool) {
        let mut n = network(&Recipe { calendars: Hours::Many, ..Recipe::plain(BOTH[usize::from(p6)]) }, size, seed);
        prop_assume!(!n.links.is_empty());
        let before = dates(&n);
        let link = Dice::new(seed).below(n.links.len());
        if let Lag::Work(lag) = &mut n.links[link].lag {
            *lag += Span::hours(3);
        }
        for (a, b) in before.rows.iter().zip(&dates(&n).rows) {
            prop_assert!(b.early_start >= a.early_start);
        }
    }

    #[test]
    fn a_network_turned_round_mirrors_its_dates(seed: u64, size in 1..40_usize, p6: bool) {
        let recipe = Recipe { calendars: Hours::Clock, ..Recipe::plain(BOTH[usize::from(p6)]) };
        let n = network(&recipe, size, seed);
        let (there, back) = (dates(&n), dates(&reversed(&n)));
        let turn = |t: Instant| n.options.start + (there.finish - t);
        prop_assert_eq!(there.finish, back.finish);
        for (a, b) in there.rows.iter().zip(&back.rows) {
            prop_assert_eq!((a.early_start, a.early_finish), (turn(b.late_finish), turn(b.late_start)));
            prop_assert_eq!((a.late_start, a.late_finish), (turn(b.early_finish), turn(b.early_start)));
            prop_assert_eq!(a.total_float, b.total_float);
        }
    }

    #[test]
    fn something_is_always_critical(seed: u64, size in 1..40_usize, p6: bool) {
        let n = network(&Recipe::plain(BOTH[usize::from(p6)]), size, seed);
        let s = dates(&n);
        prop_assert_eq!(s.rows.iter().map(|r| r.total_float).min(), Some(Span::ZERO));
        prop_assert_eq!(s.rows.iter().map(|r| r.early_finish).max(), Some(s.finish));
    }

    #[test]
    fn a_loop_is_named(seed: u64, size in 2..40_usize, p6: bool) {
        let mut n = network(&Recipe { summaries: true, ..Recipe::plain(BOTH[usize::from(p6)]) }, size, seed);
        let mut dice = Dice::new(seed);
        for _ in 0..1 + dice.below(3) {
            let (a, b) = (dice.below(size) as u32, dice.below(size) as u32);
            let link = |p, s| Link { predecessor: ActivityIx(p), successor: ActivityIx(s), kind: LinkKind::FinishStart, lag: Lag::NONE };
            if a != b {
                n.links.extend([link(a, b), link(b, a)]);
            }
        }
        match schedule(&n) {
            Ok(_) => prop_assert!(n.links.iter().all(|l| !n.links.iter().any(|m| m.predecessor == l.successor && m.successor == l.predecessor))),
            Err(problems) => {
                prop_assert_eq!(problems.len(), 1);
                prop_assert_eq!(problems[0].code, "cycle");
                prop_assert!(is_a_loop(&n, &problems[0].activities), "{:?}", problems[0]);
            }
        }
    }
}

/// Every row of the loop waits for the one before it: by a link, or as part of a row that does.
fn is_a_loop(n: &Network, uids: &[i64]) -> bool {
    let rows: Vec<usize> = uids.iter().filter_map(|uid| n.activities.iter().position(|a| a.uid == *uid)).collect();
    let within = |inner: usize, outer: usize| {
        let above = std::iter::successors(Some(inner), |at| n.activities[*at].parent.map(ActivityIx::at));
        above.into_iter().any(|at| at == outer)
    };
    let follows = |p: usize, s: usize| {
        let by_link = n.links.iter().any(|l| within(p, l.predecessor.at()) && within(s, l.successor.at()));
        by_link || within(p, s) || within(s, p)
    };
    let twice = rows.iter().enumerate().any(|(i, r)| rows[..i].contains(r));
    rows.len() == uids.len() && rows.len() > 1 && !twice && (0..rows.len()).all(|i| follows(rows[i], rows[(i + 1) % rows.len()]))
}
