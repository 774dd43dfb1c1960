//! The shipped patterns: the domain's early finishes, conditions, and dates beside a forward and backward pass of its own.
use jiff::civil::{Date, date};
use lantu_pack::{Clock, Ends, FactValue, Facts, Milestone, Pack, Pattern, PatternActivity, embedded};
use lantu_rules::pattern::{Landmark, PatternDates, Steps, Tie, steps};
use proptest::prelude::*;
use std::sync::LazyLock;

static COUNTY: LazyLock<Pack> = LazyLock::new(|| Pack::load(&embedded("cn-county").unwrap()).unwrap());
static GENERIC: LazyLock<Pack> = LazyLock::new(|| Pack::load(&embedded("generic").unwrap()).unwrap());
const MONDAY: Date = date(2026, 3, 2);

fn pattern(key: &str) -> &'static Pattern {
    COUNTY.pattern(key).unwrap()
}

fn dates<'a>(steps: &Steps<'a>, pack: &Pack, start: Date) -> PatternDates<'a> {
    PatternDates::of(steps, pack.calendar_data(), start).unwrap()
}

fn whole(key: &str) -> PatternDates<'static> {
    dates(&steps(pattern(key), &Facts::default(), &[]), &COUNTY, MONDAY)
}

fn with(facts: &[(&str, FactValue)]) -> Facts {
    Facts(facts.iter().map(|(key, value)| ((*key).to_owned(), *value)).collect())
}

fn yes(is: bool) -> FactValue {
    FactValue::YesNo(is)
}

fn ids<'a>(dates: &PatternDates<'a>, landmark: &Landmark) -> Vec<&'a str> {
    landmark.path.iter().map(|at| dates.rows[*at].activity.id.as_str()).collect()
}

#[test]
fn the_domains_early_finishes() {
    use Milestone::{Capacity, Closed, Completion, Handover, Production, Start};
    for (key, path, reached, end) in [
        ("MFG", "A00 A02 A03 A06 A14 A15 A17 A18", vec![(Start, 75), (Completion, 253), (Production, 260), (Capacity, 515)], 515),
        (
            "SCH",
            // The finance review of the budget (B17) ends on the very day of the drawing review (B16), so both drive.
            "B01 B02 B04 B06 B07 B10 B11 B12 B13 B15 B17 B16 B18 B19 B20 B21",
            vec![(Start, 227), (Completion, 492), (Production, 507), (Closed, 612)],
            612,
        ),
        (
            "HWY",
            "C01 C04 C05 C06 C10 C11 C12 C15 C16 C18 C19 C20",
            vec![(Start, 295), (Completion, 610), (Production, 610), (Handover, 1150)],
            1150,
        ),
        ("REN", "D01 D02 D03 D09 D10 D12", vec![(Start, 30), (Completion, 131), (Production, 131), (Capacity, 251)], 251),
    ] {
        let dates = whole(key);
        assert_eq!(dates.landmarks.iter().map(|l| (l.milestone, l.offset)).collect::<Vec<_>>(), reached, "{key}");
        assert_eq!(dates.finish_offset, end, "{key}");
        assert_eq!(ids(&dates, &dates.landmarks[0]).join(" "), path, "{key}");
        // Buying equipment is longer than getting a renovation started: the way to its start is not critical to the end.
        let float = if key == "REN" { 11 } else { 0 };
        let start = &dates.rows[dates.landmarks[0].row];
        assert_eq!((start.total_float, start.critical), (float, float == 0), "{key}");
        assert!(dates.landmarks[0].path.iter().all(|at| dates.rows[*at].total_float <= float), "{key}");
        assert_eq!(dates.finish, COUNTY.calendar().add_working_days(MONDAY, end));
    }
}

#[test]
fn dates_fall_on_the_offices_days() {
    let start = |from: Date| whole_from("MFG", from).landmarks[0].day;
    assert_eq!(start(MONDAY), date(2026, 6, 18));
    // A step of five days from the Thursday before the Spring Festival: the make-up Saturday counts, the feast does not.
    let school = whole_from("SCH", date(2026, 2, 12));
    let approved = school.rows.iter().find(|r| r.activity.id == "B01").unwrap();
    assert_eq!((approved.early_start, approved.start_offset), (date(2026, 2, 12), 0));
    let works = dates(&steps(pattern("SCH"), &Facts::default(), &["B01"]), &COUNTY, date(2026, 2, 12));
    assert_eq!(works.rows[0].early_finish, date(2026, 2, 26), "B02 takes five days");
    // A day off is a day to begin on; the first working day after it is the first.
    let renovation = whole_from("REN", date(2026, 10, 3));
    assert_eq!((renovation.rows[0].early_start, renovation.rows[0].early_finish), (date(2026, 10, 3), date(2026, 10, 8)));
    assert!(renovation.provisional && !dates(&steps(pattern("REN"), &Facts::default(), &["D17"]), &COUNTY, date(2025, 3, 3)).provisional);
}

fn whole_from(key: &str, start: Date) -> PatternDates<'static> {
    dates(&steps(pattern(key), &Facts::default(), &[]), &COUNTY, start)
}

#[test]
fn land_has_float_and_approval_runs_on_sixty_of_seventy_five_days() {
    let dates = whole("MFG");
    let of = |id: &str| dates.rows.iter().find(|r| r.activity.id == id).unwrap();
    assert_eq!(of("A04").total_float, 23);
    assert!(!of("A04").critical);
    let start = dates.landmark(Milestone::Start).unwrap();
    assert_eq!(dates.approval_days(start.offset), 60);
    assert_eq!(dates.approval_days(0), 0);
}

#[test]
fn what_is_known_leaves_steps_out() {
    let small = [("energy_tce", FactValue::Number(999)), ("electricity_kwh", FactValue::Number(4_999_999))];
    let at_bound = [("energy_tce", FactValue::Number(1_000))];
    for (key, facts, left, undecided) in [
        ("MFG", vec![], "A10B", "A09 A10"),
        ("MFG", small.to_vec(), "A09 A10B", "A10"),
        ("MFG", small[..1].to_vec(), "A10B", "A09 A10"),
        ("MFG", at_bound.to_vec(), "A10B", "A10"),
        ("MFG", vec![("assessed_area", yes(false))], "A10", "A09"),
        ("MFG", vec![("assessed_area", yes(true))], "A10B", "A09"),
        ("REN", vec![("civil_works", yes(false)), ("adds_floor_area", yes(false))], "D06B D08 D09 D10 D13", "D06"),
        ("REN", at_bound.to_vec(), "D06", "D08 D09 D10 D13"),
        ("SCH", vec![("needs_land_conversion", yes(true)), at_bound[0]], "", ""),
        ("HWY", vec![("uses_forest_land", yes(false)), ("uses_sea_area", yes(false))], "C13", "C14"),
        ("HWY", vec![("uses_forest_land", yes(false)), ("uses_sea_area", yes(true))], "", "C14"),
    ] {
        let steps = steps(pattern(key), &with(&facts), &[]);
        let left_out: Vec<&str> = steps.left_out.iter().map(|l| l.activity.id.as_str()).collect();
        let open: Vec<&str> = steps.undecided.iter().map(|at| steps.needed[*at].id.as_str()).collect();
        assert_eq!((left_out.join(" "), open.join(" ")), (left.to_owned(), undecided.to_owned()), "{key} {facts:?}");
        assert!(steps.left_out.iter().all(|l| !l.asked));
    }
}

#[test]
fn whoever_waited_for_a_step_left_out_waits_for_those_behind_it() {
    // Without conversion of farmland the allocation waits for the siting opinion (B03:SS+5) beside the approval.
    let school = steps(pattern("SCH"), &with(&[("needs_land_conversion", yes(false))]), &[]);
    let at = |id: &str| school.needed.iter().position(|a| a.id == id).unwrap();
    let tie = |to: &str, from: &str, ends, lag| Tie { to: at(to), from: at(from), ends, lag };
    assert!(school.ties.contains(&tie("B09", "B03", Ends::StartStart, 5)), "{:?}", school.ties);
    // A lead into work that is not done goes with it: equipment is not installed before the start.
    let renovation = steps(pattern("REN"), &with(&[("civil_works", yes(false))]), &[]);
    let at = |id: &str| renovation.needed.iter().position(|a| a.id == id).unwrap();
    assert!(renovation.ties.contains(&Tie { to: at("D14"), from: at("D12"), ends: Ends::FinishStart, lag: 0 }), "{:?}", renovation.ties);
    // Several in a row, and one that was asked for.
    let short = steps(pattern("MFG"), &Facts::default(), &["A14", "A15", "A04"]);
    let at = |id: &str| short.needed.iter().position(|a| a.id == id).unwrap();
    assert!(short.ties.contains(&Tie { to: at("A17"), from: at("A06"), ends: Ends::FinishStart, lag: 0 }));
    assert!(short.ties.contains(&Tie { to: at("A16"), from: at("A06"), ends: Ends::FinishStart, lag: 10 }));
    assert_eq!(short.left_out.iter().filter(|l| l.asked).count(), 3);
}

#[test]
fn an_empty_pattern_and_a_day_at_the_end_of_time() {
    let renovation = pattern("REN");
    let all: Vec<&str> = renovation.activities.iter().map(|a| a.id.as_str()).collect();
    let nothing = dates(&steps(renovation, &Facts::default(), &all), &COUNTY, MONDAY);
    assert_eq!((nothing.rows.len(), nothing.landmarks.len(), nothing.finish), (0, 0, MONDAY));
    let late = PatternDates::of(&steps(renovation, &Facts::default(), &[]), COUNTY.calendar_data(), Date::MAX);
    assert!(late.is_err() || late.is_ok_and(|d| d.finish == Date::MAX));
}

#[test]
fn a_public_building_in_english() {
    let building = GENERIC.pattern("cap").unwrap();
    let of = |facts: &Facts| dates(&steps(building, facts, &[]), &GENERIC, MONDAY);
    let dates = of(&Facts::default());
    assert_eq!(dates.landmarks.len(), 4);
    assert_eq!(dates.landmarks[0].milestone, Milestone::Start);
    let sooner = of(&with(&[("buys_land", yes(false)), ("moves_utilities", yes(false))]));
    assert!(sooner.rows.len() == dates.rows.len() - 2 && sooner.finish_offset <= dates.finish_offset);
}

/// Early and late offsets by the notation's rules alone: FF and SF push the start, nothing starts before the first day,
/// nothing ends after the last.
fn passes(needed: &[&PatternActivity], ties: &[Tie]) -> Vec<[i64; 4]> {
    let days = |at: usize| needed[at].days;
    let from_start = |ends: Ends| matches!(ends, Ends::StartStart | Ends::StartFinish);
    let to_finish = |ends: Ends| matches!(ends, Ends::FinishFinish | Ends::StartFinish);
    let mut early = vec![0_i64; needed.len()];
    for _ in 0..=needed.len() {
        for t in ties {
            let bound =
                early[t.from] + if from_start(t.ends) { 0 } else { days(t.from) } + t.lag - if to_finish(t.ends) { days(t.to) } else { 0 };
            early[t.to] = early[t.to].max(bound);
        }
    }
    let end = (0..needed.len()).map(|at| early[at] + days(at)).max().unwrap_or(0);
    let mut late: Vec<i64> = (0..needed.len()).map(|at| end - days(at)).collect();
    for _ in 0..=needed.len() {
        for t in ties {
            let bound =
                late[t.to] + if to_finish(t.ends) { days(t.to) } else { 0 } - t.lag - if from_start(t.ends) { 0 } else { days(t.from) };
            late[t.from] = late[t.from].min(bound);
        }
    }
    (0..needed.len()).map(|at| [early[at], early[at] + days(at), late[at], late[at] + days(at)]).collect()
}

fn same_as_by_hand(steps: &Steps<'_>, start: Date) {
    let dates = dates(steps, &COUNTY, start);
    let office = COUNTY.calendar();
    for (row, by_hand) in dates.rows.iter().zip(passes(&steps.needed, &steps.ties)) {
        let [es, ef, ls, lf] = by_hand;
        assert_eq!((row.start_offset, row.finish_offset), (es, ef), "{}", row.activity.id);
        let days = [es, ef, ls, lf].map(|n| office.add_working_days(start, n));
        assert_eq!([row.early_start, row.early_finish, row.late_start, row.late_finish], days, "{}: {by_hand:?}", row.activity.id);
        assert_eq!((row.total_float, row.critical), (ls - es, ls == es), "{}", row.activity.id);
    }
}

/// An acyclic pattern: each waits for some of those before it.
fn any_pattern() -> impl Strategy<Value = Pattern> {
    let link = (0_usize..50, 0_usize..4, -20_i64..30);
    let one = (0_i64..40, prop::collection::vec(link, 0..4));
    prop::collection::vec(one, 1..25).prop_map(|rows| {
        let mut pattern = pattern("REN").clone();
        let like = pattern.activities[0].clone();
        pattern.activities = rows.iter().enumerate().map(|(at, (days, links))| activity(&like, at, *days, links)).collect();
        pattern
    })
}

fn activity(like: &PatternActivity, at: usize, days: i64, links: &[(usize, usize, i64)]) -> PatternActivity {
    let ends = ["FS", "SS", "FF", "SF"];
    let written = |(other, kind, lag): &(usize, usize, i64)| (at > 0).then(|| format!("N{}:{}{lag:+}", other % at, ends[*kind]));
    let after = links.iter().filter_map(written).collect::<Vec<_>>().join(";");
    PatternActivity { id: format!("N{at}"), days, after: after.parse().unwrap(), clock: Clock::Owner, when: None, ..like.clone() }
}

proptest! {
    #[test]
    fn any_pattern_has_the_dates_that_its_notation_says(pattern in any_pattern(), day in 0_i32..1500) {
        let start = date(2024, 1, 1).saturating_add(jiff::ToSpan::days(day));
        same_as_by_hand(&steps(&pattern, &Facts::default(), &[]), start);
    }

    #[test]
    fn steps_left_out_hold_no_one_longer_than_steps_without_time(pattern in any_pattern(), gone in prop::collection::btree_set(0_usize..25, 0..8)) {
        let ids: Vec<String> = gone.iter().map(|at| format!("N{at}")).collect();
        let without: Vec<&str> = ids.iter().map(String::as_str).collect();
        let left = steps(&pattern, &Facts::default(), &without);
        same_as_by_hand(&left, MONDAY);
        // The same as if the steps were there and took no time, and no one led into them.
        let mut idle = pattern.clone();
        for activity in &mut idle.activities {
            if without.contains(&activity.id.as_str()) {
                activity.days = 0;
            }
            for predecessor in activity.after.0.iter_mut().filter(|p| without.contains(&p.id.as_str())) {
                predecessor.lag = predecessor.lag.max(0);
            }
        }
        let all = steps(&idle, &Facts::default(), &[]);
        let idle_dates = dates(&all, &COUNTY, MONDAY);
        for row in dates(&left, &COUNTY, MONDAY).rows {
            let beside = idle_dates.rows.iter().find(|r| r.activity.id == row.activity.id).unwrap();
            prop_assert!(row.start_offset <= beside.start_offset, "{}", row.activity.id);
        }
    }
}

#[test]
fn the_shipped_patterns_have_the_dates_that_their_notation_says() {
    for pattern in &COUNTY.patterns {
        same_as_by_hand(&steps(pattern, &Facts::default(), &[]), MONDAY);
        let left: Vec<&str> = pattern.activities.iter().step_by(3).map(|a| a.id.as_str()).collect();
        same_as_by_hand(&steps(pattern, &Facts::default(), &left), date(2026, 2, 12));
    }
}
