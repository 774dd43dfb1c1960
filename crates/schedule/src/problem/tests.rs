use super::*;
use crate::*;

fn network(rows: usize) -> Network {
    let options = Options::new(Dialect::MsProject, "2026-03-02T08:00".parse().unwrap());
    let activities = (1..=rows as i64).map(|uid| Activity::task(uid, CalendarIx(0), Span::hours(8))).collect();
    Network { options, calendars: vec![Calendar::around_the_clock()], activities, links: vec![] }
}

fn link(p: u32, s: u32) -> Link {
    Link { predecessor: ActivityIx(p), successor: ActivityIx(s), kind: LinkKind::FinishStart, lag: Lag::NONE }
}

fn codes(network: &Network) -> Vec<&'static str> {
    validate(network).iter().map(|p| p.code).collect()
}

fn under(network: &mut Network, row: usize, parent: u32) {
    network.activities[parent as usize].kind = Kind::Summary;
    network.activities[row].parent = Some(ActivityIx(parent));
}

#[test]
fn a_sound_network_has_no_problems() {
    let mut n = network(5);
    under(&mut n, 1, 0);
    under(&mut n, 2, 1);
    under(&mut n, 4, 3);
    n.links = vec![link(2, 4), link(1, 3), link(2, 3)];
    n.activities[3].uid = 1;
    assert_eq!(codes(&n), ["duplicate_uid"], "two summaries");
    n.activities[3].uid = 3;
    assert_eq!(codes(&n), [""; 0], "a summary may have the uid of a task");
}

#[test]
fn links_within_a_family_are_refused() {
    let mut n = network(6);
    under(&mut n, 1, 0);
    under(&mut n, 2, 1);
    under(&mut n, 3, 0);
    for (p, s, wrong) in
        [(0, 2, true), (2, 0, true), (1, 2, true), (0, 1, true), (1, 3, false), (2, 3, false), (0, 4, false), (4, 1, false)]
    {
        n.links = vec![link(p, s)];
        assert_eq!(codes(&n) == ["link_to_own_summary"], wrong, "{p} -> {s}");
    }
    n.links = vec![link(2, 2), link(2, 9)];
    assert_eq!(codes(&n), ["link_to_itself", "unknown_activity"]);
}

#[test]
fn parents_in_a_loop_are_named_once() {
    let mut n = network(5);
    under(&mut n, 0, 1);
    under(&mut n, 1, 2);
    under(&mut n, 2, 0);
    under(&mut n, 3, 0);
    n.links = vec![link(3, 0)];
    let found = validate(&n);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].code, found[0].activities.len()), ("parent_cycle", 3));
    n.activities[4].parent = Some(ActivityIx(3));
    n.activities[3].parent = Some(ActivityIx(77));
    assert_eq!(codes(&n), ["unknown_activity", "parent_not_summary", "parent_cycle"]);
}

#[test]
fn a_deep_outline_is_walked_without_recursion() {
    let mut n = network(200_000);
    for row in 1..200_000 {
        under(&mut n, row, row as u32 - 1);
    }
    n.links = vec![link(0, 199_999), link(199_999, 5)];
    assert_eq!(codes(&n), ["link_to_own_summary", "link_to_own_summary"]);
}

#[test]
fn dates_and_lengths_beyond_time_are_refused() {
    let mut n = network(2);
    n.activities[0].duration = Span::seconds(i64::MAX);
    n.activities[1].detail_mut().deadline = Some(Instant::from_seconds(i64::MAX));
    n.links = vec![Link { lag: Lag::Work(Span::seconds(i64::MIN)), ..link(0, 1) }, Link { lag: Lag::Percent(f32::NAN), ..link(0, 1) }];
    assert_eq!(codes(&n), ["date_out_of_range", "date_out_of_range", "date_out_of_range", "lag_not_finite"]);
}

#[test]
fn every_code_has_words_in_both_languages() {
    for code in Problem::CODES {
        let problem = Problem { code, activities: vec![17], place: "link 3 -> 17".into(), found: "x9".into() };
        let (zh, en) = (problem.say(Tongue::Chinese), problem.say(Tongue::English));
        assert!(!zh.contains('{') && !en.contains('{'), "{zh} {en}");
        assert!(zh.ends_with('。') && en.ends_with('.') && en.contains(';') && !en.contains("cannot be scheduled"), "{zh} {en}");
    }
    assert_eq!(Problem::cycle(vec![1, 5, 3]).found, "1 -> 5 -> 3 -> 1");
    assert!(Problem::CODES.is_sorted());
}

#[test]
fn a_loop_is_named_by_those_who_wait() {
    let name = |uid: i64| (uid != 5).then(|| format!("A{uid}"));
    let said = Problem::cycle(vec![1, 5, 3]).say_named(Tongue::English, &name);
    assert!(said.contains("“A1” → 5 → “A3” → “A1”"), "{said}");
    assert!(Problem::cycle((0..50).collect()).say_named(Tongue::Chinese, &name).contains("“A19” → … → “A0”"));
}

#[test]
fn problems_without_end_are_cut() {
    let mut n = network(5_000);
    n.links = (0..5_000).map(|i| link(i, i)).collect();
    assert_eq!(validate(&n).len(), MOST);
}
