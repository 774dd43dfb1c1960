//! Random plans and random edits of them: each edit is found, and nothing that was not edited.
use jiff::civil::date;
use lantu_calendar::{CalendarSpec, Hours, Instant, Span};
use lantu_planfile::{At, CalendarKind, Comparison, Label, Plan, PlanCalendar, Stored, Units, Value, Which, compare};
use lantu_schedule::*;
use proptest::prelude::*;
use std::collections::BTreeSet;

/// Chance by a seed (xorshift).
struct Chance(u64);

impl Chance {
    fn of(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % n.max(1)
    }
}

fn plan(c: &mut Chance, dialect: Dialect, n: u64) -> Plan {
    let calendar = |uid, name: &str, spec| PlanCalendar { uid, name: name.into(), kind: CalendarKind::Global, minutes_per_day: None, spec };
    let day = Hours::of_minutes([(480, 720), (780, 1020)]);
    let mut options = Options::new(dialect, Instant::at(date(2026, 3, 2), 480));
    options.data_date = Some(options.start);
    let activities =
        (0..n).map(|at| Activity::task(at as i64 + 1, CalendarIx(c.below(2) as u32), Span::hours(8 * (1 + c.below(20) as i64))));
    let activities: Vec<Activity> = activities.collect();
    let label = |at: u64| Label { row: None, code: format!("A{at}"), name: format!("工序 {at}"), guid: None };
    let mut links = vec![];
    for successor in 1..n {
        let predecessor = c.below(successor);
        links.push(link(predecessor, successor, LinkKind::FinishStart, Lag::NONE));
    }
    Plan {
        id: "P".into(),
        name: "项目".into(),
        options,
        units: Units::default(),
        calendars: vec![calendar(1, "五天", CalendarSpec::weekdays(&day)), calendar(2, "七天", CalendarSpec::daily(&day))],
        labels: (0..n).map(label).collect(),
        stored: vec![Stored::default(); n as usize],
        activities,
        links,
        resources: vec![],
        uncertainty: Default::default(),
        last_scheduled: None,
        losses: vec![],
    }
}

fn link(predecessor: u64, successor: u64, kind: LinkKind, lag: Lag) -> Link {
    Link { predecessor: ActivityIx(predecessor as u32), successor: ActivityIx(successor as u32), kind, lag }
}

/// Edits one row in one field, or one link; says what is to be found, by uid.
fn edit(c: &mut Chance, plan: &mut Plan) -> Option<String> {
    let n = plan.activities.len() as u64;
    let at = c.below(n) as usize;
    let uid = plan.activities[at].uid;
    let (start, days) = (plan.options.start, Span::hours(24 * (1 + c.below(30) as i64)));
    match c.below(8) {
        0 => {
            plan.labels[at].name.push('甲');
            Some(format!("{uid} name"))
        }
        1 => {
            plan.labels[at].code.push('X');
            Some(format!("{uid} code"))
        }
        2 => {
            plan.activities[at].duration += Span::hours(8);
            Some(format!("{uid} duration"))
        }
        3 => {
            let calendar = CalendarIx(1 - plan.activities[at].calendar.0);
            plan.activities[at].calendar = calendar;
            Some(format!("{uid} calendar"))
        }
        4 => {
            let constraint = Constraint { kind: ConstraintKind::StartNoEarlierThan, date: start + days };
            plan.activities[at].detail_mut().constraint = Some(constraint);
            Some(format!("{uid} constraint"))
        }
        5 => {
            plan.activities[at].detail_mut().deadline = Some(start + days);
            Some(format!("{uid} deadline"))
        }
        6 => {
            let place = c.below(plan.links.len() as u64) as usize;
            let link = plan.links.get_mut(place)?;
            link.lag = Lag::Work(days);
            Some(link_name(plan, place))
        }
        _ => {
            let place = c.below(plan.links.len() as u64) as usize;
            plan.links.get_mut(place)?.kind = LinkKind::StartStart;
            Some(link_name(plan, place))
        }
    }
}

fn link_name(plan: &Plan, place: usize) -> String {
    let link = &plan.links[place];
    format!("link {} {}", plan.activities[link.predecessor.at()].uid, plan.activities[link.successor.at()].uid)
}

/// Every fact that was found to differ, by the uid of the new version.
fn facts(found: &Comparison, new: &Plan) -> BTreeSet<String> {
    let uid = |at: At| if at.which == Which::New { new.activities[at.row.at()].uid } else { -1 };
    let own = found.changed.iter().flat_map(|c| c.fields.iter().map(move |f| (c, f)));
    let own = own.filter(|(_, f)| !f.field.is_computed() && !f.field.is_stored());
    let own = own.map(|(c, f)| format!("{} {}", new.activities[c.new.at()].uid, f.field.code()));
    own.chain(found.links.iter().map(|l| format!("link {} {}", uid(l.predecessor), uid(l.successor)))).collect()
}

/// A change without its direction: rows by uid, both values in an order of their own.
fn mirrored(found: &Comparison, old: &Plan, new: &Plan, back: bool) -> BTreeSet<String> {
    let (before, after) = if back { (new, old) } else { (old, new) };
    let uid = |at: ActivityIx, plan: &Plan| plan.activities[at.at()].uid;
    let turned = |a: &Value, b: &Value| if back { format!("{b:?} → {a:?}") } else { format!("{a:?} → {b:?}") };
    let mut all = BTreeSet::new();
    for c in &found.changed {
        // The number in the version that is old when read forward.
        let uid = if back { uid(c.new, after) } else { uid(c.old, before) };
        let days = if back { -c.days } else { c.days };
        all.extend(c.fields.iter().map(|f| format!("{uid} {days} {:?} {:?} {}", f.field, f.of, turned(&f.before, &f.after))));
    }
    let (gone, come) = if back { (&found.added, &found.deleted) } else { (&found.deleted, &found.added) };
    all.extend(gone.iter().map(|at| format!("gone {}", uid(*at, old))));
    all.extend(come.iter().map(|at| format!("come {}", uid(*at, new))));
    let tied = |tie: &Option<_>| tie.map_or(Value::None, Value::Tied);
    let place = |at: At| uid(at.row, if at.which == Which::New { after } else { before });
    all.extend(
        found
            .links
            .iter()
            .map(|l| format!("{} {} {}", place(l.predecessor), place(l.successor), turned(&tied(&l.before), &tied(&l.after)))),
    );
    all.extend(found.settings.iter().map(|s| format!("{:?} {}", s.setting, turned(&s.before, &s.after))));
    all.insert(format!("finish {}", if back { -found.finish.days } else { found.finish.days }));
    all
}

/// Takes a row out, with its links.
fn remove(plan: &mut Plan, at: usize) {
    plan.activities.remove(at);
    plan.labels.remove(at);
    plan.stored.remove(at);
    plan.links.retain(|l| l.predecessor.at() != at && l.successor.at() != at);
    for link in &mut plan.links {
        for end in [&mut link.predecessor, &mut link.successor] {
            end.0 -= u32::from(end.at() > at);
        }
    }
}

fn dialect(p6: bool) -> Dialect {
    if p6 { Dialect::P6 } else { Dialect::MsProject }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn a_plan_beside_itself_shows_nothing(seed: u64, p6: bool, n in 1..40_u64) {
        let plan = plan(&mut Chance::of(seed), dialect(p6), n);
        let found = compare(&plan, &plan).unwrap();
        prop_assert!(found.is_empty() && found.suspicions.is_empty() && found.finish.days == 0, "{found:?}");
        prop_assert_eq!(found.pairs.len(), n as usize);
    }

    #[test]
    fn every_edit_is_found_and_nothing_else(seed: u64, p6: bool, n in 8..40_u64, edits in 0..6_u64) {
        let mut c = Chance::of(seed);
        let old = plan(&mut c, dialect(p6), n);
        let mut new = old.clone();
        let mut made = BTreeSet::new();
        let mut touched = BTreeSet::new();
        for _ in 0..edits {
            let mut tried = new.clone();
            let Some(what) = edit(&mut c, &mut tried) else { continue };
            // One edit a row, so that none takes back another or makes the row another one.
            let who = what.rsplit_once(' ').map(|(who, _)| who.to_owned()).unwrap_or_default();
            if touched.insert(who) {
                made.insert(what);
                new = tried;
            }
        }
        let found = compare(&old, &new).unwrap();
        prop_assert_eq!(facts(&found, &new), made);
        prop_assert!(found.added.is_empty() && found.deleted.is_empty());
    }

    #[test]
    fn there_and_back_mirror_one_another(seed: u64, p6: bool, n in 8..40_u64, edits in 0..8_u64, gone: bool) {
        let mut c = Chance::of(seed);
        let mut old = plan(&mut c, dialect(p6), n);
        let mut new = old.clone();
        for _ in 0..edits {
            edit(&mut c, &mut new);
        }
        if gone {
            remove(&mut new, c.below(n) as usize);
            remove(&mut old, c.below(n) as usize);
        }
        let (there, back) = (compare(&old, &new).unwrap(), compare(&new, &old).unwrap());
        prop_assert_eq!(mirrored(&there, &old, &new, false), mirrored(&back, &old, &new, true));
    }
}

#[test]
fn rows_come_in_the_order_of_their_weight() {
    let mut c = Chance::of(7);
    let old = plan(&mut c, Dialect::P6, 200);
    let mut new = old.clone();
    (0..20).for_each(|_| drop(edit(&mut c, &mut new)));
    let found = compare(&old, &new).unwrap();
    let weight: Vec<_> = found.changed.iter().map(|c| (c.summary, !c.milestone, !c.critical, -c.days.abs())).collect();
    assert!(weight.is_sorted() && weight.len() > 20, "{weight:?}");
}
