//! Property: whatever the scope and filter, every way of reading agrees with a plain walk over all versions in memory.
//! No count, facet, page, journal or key shows what the list hides.
use crate::{fixture::*, over_both};
use jiff::{ToSpan, civil::Date};
use lantu_model::{
    DivisionCode, Level, ListKey, Membership, MembershipState, Money, Nature, OrgId, ProjectId, ProjectRow, Reach, Scope, StageKind,
    StatusKind,
};
use lantu_store::{DateRange, Due, DueAsk, Facet, Filter, JournalAsk, PageAsk, Sort, SortKey, Store, folded};
use std::collections::{BTreeMap, BTreeSet};

over_both!(every_reading_agrees_with_the_list);

const DIVISIONS: [&str; 9] = ["330482", "330482001", "330482002", "330482100", "330400", "3304", "330483001", "nyc", "nyc-m"];
const INDUSTRIES: [&str; 6] = ["C", "C39", "C3982", "C40", "A01", "9"];
const NAMES: [&str; 7] = ["甲 一期", "甲 二期", "Beta", "beta", "50% 完成", "a_b", "ＡＢ厂"];

/// Every version ever kept, as the database should see it.
#[derive(Default)]
struct World {
    versions: BTreeMap<ProjectId, Vec<(u64, u64, ProjectRow)>>,
}

impl World {
    fn at(&self, as_of: Option<u64>) -> Vec<(u64, u64, &ProjectRow)> {
        let last = |v: &'_ Vec<(u64, u64, ProjectRow)>| v.iter().rposition(|(feed, ..)| as_of.is_none_or(|n| *feed <= n));
        self.versions.values().filter_map(|v| last(v).map(|i| (v[i].0, v[i].1, &v[i].2))).collect()
    }
}

fn member(dice: &mut Dice) -> Membership {
    let list = ListKey { kind: dice.pick(&["city_key", "sponsor"]).into(), year: dice.pick(&[2025, 2026]) };
    let state = dice.pick(&[MembershipState::Applied, MembershipState::Admitted, MembershipState::Removed]);
    Membership { list, state, plan: None, applied: None, admitted: None, removed: None, basis: None, group: None }
}

fn date(dice: &mut Dice) -> Option<Date> {
    (!dice.one_in(3))
        .then(|| dice.pick(&["2026-07-31", "2026-08-01", "2026-08-15", "2026-08-31", "2026-09-01", "2027-12-31"]).parse().unwrap())
}

fn money(dice: &mut Dice) -> Option<Money> {
    (!dice.one_in(3)).then(|| Money::from_fen(dice.pick(&[-3, 0, 5, 5, 700_000_000, 5_000_000_000_000])))
}

fn some_row(dice: &mut Dice, id: ProjectId) -> ProjectRow {
    let mut p = project(1, dice.pick(&NAMES));
    p.id = id;
    let mut r = row(&p);
    r.name_key = dice.pick(&["a", "B", "b", "中", "a"]).to_owned();
    r.code = dice.pick(&["", "", "XM-1", "xm-2", "XM-1"]).to_owned();
    r.codes = if r.code.is_empty() { vec![] } else { vec![r.code.clone(), "OLD_9".into()] };
    r.level = if dice.one_in(4) { dice.pick(&[Level::Programme, Level::Section]) } else { Level::Project };
    r.parent = dice.one_in(5).then(|| pid(1));
    r.counts = r.level == Level::Project && !dice.one_in(5);
    r.stage = dice.pick(&StageKind::ALL);
    r.status = dice.pick(&StatusKind::ALL);
    r.suggested = dice.one_in(4).then(|| dice.pick(&StageKind::ALL));
    r.division = (!dice.one_in(5)).then(|| dice.pick(&DIVISIONS).parse().unwrap());
    r.platform = dice.one_in(2).then(|| dice.pick(&["park", "port"]).to_owned());
    r.industry = (!dice.one_in(4)).then(|| dice.pick(&INDUSTRIES).to_owned());
    r.nature = (!dice.one_in(4)).then(|| dice.pick(Nature::ALL));
    r.holding = (!dice.one_in(4)).then(|| dice.pick(lantu_model::Holding::ALL));
    r.procedure = (!dice.one_in(4)).then(|| dice.pick(lantu_model::Procedure::ALL));
    r.owner = dice.one_in(2).then(|| dice.pick(&["示例公司", "Sample Co"]).to_owned());
    r.orgs = dice.some(&[org(1), org(2), org(3)]);
    r.lead_org = dice.one_in(2).then(|| org(dice.pick(&[1, 2, 3, 4])));
    (r.investment, r.annual_plan, r.ytd_done) = (money(dice), money(dice), money(dice));
    (r.start_due, r.finish_due, r.ramp_due) = (date(dice), date(dice), date(dice));
    (r.started_on, r.completed_on, r.ramped_on, r.stat_entry_on) = (date(dice), date(dice), date(dice), date(dice));
    let mut members = BTreeMap::new();
    for _ in 0..dice.below(3) {
        let m = member(dice);
        members.insert(m.list.clone(), m);
    }
    r.memberships = members.into_values().collect();
    r
}

async fn settle(store: &Store, dice: &mut Dice, world: &mut World) {
    for _ in 0..5 {
        let mut writes = vec![];
        for n in 1..=45 {
            let known = world.versions.get(&pid(n)).map_or(0, |v| v.len() as u64);
            if known > 0 && !dice.one_in(4) || known == 0 && dice.one_in(2) {
                continue;
            }
            let mut p = project(n, "文");
            p.remark = Some(dice.roll().to_string());
            writes.push(write_row(known, &p, Some(some_row(dice, pid(n)))));
        }
        let kept: Vec<_> = writes.iter().map(|w| w.row.clone().unwrap()).collect();
        let feed = commit(store, writes).await.unwrap().feed;
        for r in kept {
            let versions = world.versions.entry(r.id).or_default();
            versions.push((feed, versions.len() as u64 + 1, r));
        }
    }
}

fn some_scope(dice: &mut Dice) -> Scope {
    let regions = if dice.one_in(3) { Reach::All } else { Reach::Only(dice.some(&DIVISIONS).iter().map(|d| d.parse().unwrap()).collect()) };
    let orgs = if dice.one_in(2) { Reach::All } else { Reach::Only(dice.some(&[org(1), org(2), org(3), org(4)])) };
    Scope { office: office(), regions, orgs, desks: vec![] }
}

fn range(dice: &mut Dice) -> DateRange {
    if dice.one_in(6) { DateRange { from: date(dice), to: date(dice) } } else { DateRange::default() }
}

fn some_filter(dice: &mut Dice) -> Filter {
    let mut f = Filter::default();
    // A few conditions at a time, or nothing is ever left.
    for _ in 0..dice.below(4) {
        match dice.below(20) {
            0 => f.text = Some(dice.pick(&["甲", "BETA", "%", "_", "xm-1", "old_9", "ab", "示例", "甲 期", "zzz"]).to_owned()),
            1 => f.stages = dice.some(&StageKind::ALL),
            2 => f.statuses = dice.some(&StatusKind::ALL),
            3 => f.divisions = dice.some(&DIVISIONS).iter().map(|d| d.parse().unwrap()).collect(),
            4 => f.platforms = dice.some(&["park".to_owned(), "port".into(), "none".into()]),
            5 => f.industries = dice.some(&INDUSTRIES).iter().map(|i| (*i).to_owned()).collect(),
            6 => f.natures = dice.some(Nature::ALL),
            7 => f.procedures = dice.some(lantu_model::Procedure::ALL),
            8 => f.holdings = dice.some(lantu_model::Holding::ALL),
            9 => f.levels = dice.some(Level::ALL),
            10 => f.missing = dice.some(&[Facet::Division, Facet::Platform, Facet::Industry, Facet::Nature, Facet::Holding]),
            11 => f.parent = Some(pid(1)),
            12 => (f.list, f.list_state) = (Some(member(dice).list), dice.one_in(2).then(|| member(dice).state)),
            13 => f.owner = Some(dice.pick(&["sample", "示例", "公"]).to_owned()),
            14 => f.lead_org = Some(org(dice.pick(&[1, 2, 9]))),
            15 => (f.investment_min, f.investment_max) = (money(dice), money(dice)),
            16 => f.suggested_differs = true,
            17 => f.changed_since = Some(dice.below(6) as u64),
            18 => f.due = Some(DueAsk { due: dice.pick(&Due::ALL), today: "2026-08-15".parse().unwrap() }),
            _ => {
                (f.start_due, f.finish_due, f.ramp_due, f.started, f.completed, f.ramped) =
                    (range(dice), range(dice), range(dice), range(dice), range(dice), range(dice))
            }
        }
    }
    f
}

fn visible(scope: &Scope, r: &ProjectRow) -> bool {
    let region = match &scope.regions {
        Reach::All => true,
        Reach::Only(list) => r.division.as_ref().is_some_and(|d| list.iter().any(|a| d.is_within(a))),
    };
    let org = match &scope.orgs {
        Reach::All => true,
        Reach::Only(list) => list.iter().any(|o| r.lead_org == Some(*o) || r.orgs.contains(o)),
    };
    region && org
}

fn any<T: PartialEq>(list: &[T], missing: bool, value: Option<&T>) -> bool {
    match value {
        None => missing || list.is_empty(),
        Some(v) => (list.is_empty() && !missing) || list.contains(v),
    }
}

fn within(range: DateRange, day: Option<Date>) -> bool {
    match day {
        None => range == DateRange::default(),
        Some(d) => range.from.is_none_or(|f| f <= d) && range.to.is_none_or(|t| d <= t),
    }
}

fn is_due(ask: DueAsk, r: &ProjectRow) -> bool {
    let live = r.counts && !matches!(r.status, StatusKind::Terminated | StatusKind::Closed);
    let month = |d: Date| (d.year(), d.month()) == (ask.today.year(), ask.today.month());
    let open = |due: Option<Date>, done: Option<Date>, late: bool| {
        due.is_some_and(|d| if late { d <= ask.today.checked_sub(1.day()).unwrap() } else { month(d) }) && done.is_none()
    };
    live && match ask.due {
        Due::StartThisMonth => open(r.start_due, r.started_on, false),
        Due::StartOverdue => open(r.start_due, r.started_on, true),
        Due::FinishThisMonth => open(r.finish_due, r.completed_on, false),
        Due::FinishOverdue => open(r.finish_due, r.completed_on, true),
        Due::RampThisMonth => open(r.ramp_due, r.ramped_on, false),
        Due::RampOverdue => open(r.ramp_due, r.ramped_on, true),
        Due::NotInStatistics => r.started_on.is_some() && r.stat_entry_on.is_none(),
    }
}

fn passes(f: &Filter, feed: u64, r: &ProjectRow) -> bool {
    let search = folded(&[r.name.as_str(), &r.codes.join("\n"), &r.code, r.owner.as_deref().unwrap_or("")].join("\n"));
    let missing = |x| f.missing.contains(&x);
    let nested = |d: &DivisionCode| f.divisions.iter().any(|a| d.is_within(a));
    let division = match (&r.division, missing(Facet::Division)) {
        (None, m) => m || f.divisions.is_empty(),
        (Some(d), m) => (f.divisions.is_empty() && !m) || nested(d),
    };
    let lettered = r.industry.as_ref().is_some_and(|i| i.starts_with(|c: char| c.is_ascii_uppercase()));
    let prefixed = r.industry.as_ref().is_some_and(|i| f.industries.iter().any(|p| i.starts_with(p)));
    let industry = prefixed || (missing(Facet::Industry) && !lettered) || (f.industries.is_empty() && !missing(Facet::Industry));
    let on_list = f.list.as_ref().is_none_or(|l| {
        r.memberships.iter().any(|m| &m.list == l && f.list_state.map_or(m.state != MembershipState::Removed, |s| m.state == s))
    });
    f.text.as_deref().map(folded).unwrap_or_default().split_whitespace().all(|w| search.contains(w))
        && any(&f.stages, false, Some(&r.stage))
        && any(&f.statuses, false, Some(&r.status))
        && division
        && industry
        && any(&f.platforms, missing(Facet::Platform), r.platform.as_ref())
        && any(&f.natures, missing(Facet::Nature), r.nature.as_ref())
        && any(&f.holdings, missing(Facet::Holding), r.holding.as_ref())
        && (f.procedures.is_empty() || r.procedure.is_some_and(|p| f.procedures.contains(&p)))
        && if f.levels.is_empty() { r.level == Level::Project } else { f.levels.contains(&r.level) }
        && f.parent.is_none_or(|p| r.parent == Some(p))
        && on_list
        && f.owner.as_deref().is_none_or(|o| r.owner.as_deref().is_some_and(|have| folded(have).contains(&folded(o))))
        && f.lead_org.is_none_or(|o| r.lead_org == Some(o))
        && f.investment_min.is_none_or(|m| r.investment.is_some_and(|i| i >= m))
        && f.investment_max.is_none_or(|m| r.investment.is_some_and(|i| i <= m))
        && within(f.start_due, r.start_due)
        && within(f.finish_due, r.finish_due)
        && within(f.ramp_due, r.ramp_due)
        && within(f.started, r.started_on)
        && within(f.completed, r.completed_on)
        && within(f.ramped, r.ramped_on)
        && (!f.suggested_differs || r.suggested.is_some())
        && f.changed_since.is_none_or(|n| feed > n)
        && f.due.is_none_or(|ask| is_due(ask, r))
}

/// The value that a sort compares: number or text, `None` where there is none.
fn sort_value(sort: SortKey, feed: u64, r: &ProjectRow) -> Option<(i64, String)> {
    let number = |n: i64| Some((n, String::new()));
    let text = |t: &str| Some((0, t.to_owned()));
    match sort {
        SortKey::Name => text(&r.name_key),
        SortKey::Code => Some(&r.code).filter(|c| !c.is_empty()).and_then(|c| text(c)),
        SortKey::Investment => r.investment.and_then(|m| number(m.fen())),
        SortKey::StartDue => r.start_due.and_then(|d| text(&d.to_string())),
        SortKey::FinishDue => r.finish_due.and_then(|d| text(&d.to_string())),
        SortKey::RampDue => r.ramp_due.and_then(|d| text(&d.to_string())),
        SortKey::Stage => number(r.stage as i64),
        SortKey::Division => r.division.as_ref().and_then(|d| text(d.as_str())),
        SortKey::Changed => number(feed as i64),
        SortKey::AnnualPlan => r.annual_plan.and_then(|m| number(m.fen())),
        SortKey::Ytd => r.ytd_done.and_then(|m| number(m.fen())),
        // Of forecasts, which no project here has.
        SortKey::Light | SortKey::DaysLate => None,
    }
}

fn facet_keys(facet: Facet, r: &ProjectRow) -> Vec<Option<String>> {
    let one = |v: Option<&str>| vec![v.map(str::to_owned)];
    match facet {
        Facet::Stage => one(Some(r.stage.key())),
        Facet::Status => one(Some(r.status.key())),
        Facet::Division => one(r.division.as_ref().map(DivisionCode::as_str)),
        Facet::Platform => one(r.platform.as_deref()),
        Facet::Industry => one(r.industry.as_deref().map(|i| &i[..1]).filter(|i| i.as_bytes()[0].is_ascii_uppercase())),
        Facet::Nature => one(r.nature.map(|n| n.key())),
        Facet::Holding => one(r.holding.map(|n| n.key())),
        Facet::Level => one(Some(r.level.key())),
        Facet::List => {
            let on = r.memberships.iter().filter(|m| m.state != MembershipState::Removed);
            on.map(|m| Some(format!("{}:{}", m.list.kind, m.list.year))).collect()
        }
    }
}

async fn pages(store: &Store, scope: &Scope, f: &Filter, sort: Sort, limit: u32, as_of: Option<u64>) -> Vec<(u64, u64, ProjectRow)> {
    let (mut all, mut after) = (vec![], None);
    loop {
        let page = store.rows(scope, f, sort, &PageAsk { limit, after }, as_of).await.unwrap();
        assert!(page.rows.len() <= limit as usize && (page.next.is_none() || page.rows.len() == limit as usize));
        all.extend(page.rows.into_iter().map(|r| (r.feed, r.seq, r.row)));
        after = page.next;
        if after.is_none() {
            return all;
        }
    }
}

async fn check_list(store: &Store, world: &World, dice: &mut Dice, scope: &Scope) {
    let (f, as_of) = (some_filter(dice), dice.one_in(2).then(|| dice.below(7) as u64));
    let sort = Sort { key: dice.pick(&SortKey::ALL), desc: dice.one_in(2) };
    let context = format!("{scope:?}\n{f:?}\n{sort:?} as of {as_of:?}");
    let mut expected: Vec<_> = world.at(as_of).into_iter().filter(|(feed, _, r)| visible(scope, r) && passes(&f, *feed, r)).collect();
    expected.sort_by(|a, b| {
        let (ka, kb) = (sort_value(sort.key, a.0, a.2), sort_value(sort.key, b.0, b.2));
        let order = (&ka, a.2.id).cmp(&(&kb, b.2.id));
        ka.is_none().cmp(&kb.is_none()).then(if sort.desc { order.reverse() } else { order })
    });
    let limit = dice.pick(&[1, 2, 3, 7, 100]);
    let listed = pages(store, scope, &f, sort, limit, as_of).await;
    let ids = |list: &[(u64, u64, ProjectRow)]| list.iter().map(|(f, s, r)| (*f, *s, r.id)).collect::<Vec<_>>();
    let expected: Vec<_> = expected.into_iter().map(|(feed, seq, r)| (feed, seq, r.clone())).collect();
    assert_eq!(ids(&listed), ids(&expected), "{context}");
    assert_eq!(listed, expected, "{context}");
    let offset = dice.below(listed.len() + 3) as u64;
    let jumped = match store.cursor_at(scope, &f, sort, offset, as_of).await.unwrap() {
        None if offset > 0 => vec![],
        after => store.rows(scope, &f, sort, &PageAsk { limit: 100, after }, as_of).await.unwrap().rows,
    };
    let there: Vec<_> = listed.iter().skip(usize::try_from(offset).unwrap()).take(100).map(|l| l.2.id).collect();
    assert_eq!(jumped.iter().map(|r| r.row.id).collect::<Vec<_>>(), there, "{context} from {offset}");
    let sum = |of: fn(&ProjectRow) -> Option<Money>| listed.iter().filter(|l| l.2.counts).filter_map(|l| of(&l.2)).sum::<Money>().fen();
    let t = store.count(scope, &f, as_of).await.unwrap();
    assert_eq!((t.rows, t.counted), (listed.len() as u64, listed.iter().filter(|l| l.2.counts).count() as u64), "{context}");
    assert_eq!((t.investment, t.annual_plan, t.ytd), (sum(|r| r.investment), sum(|r| r.annual_plan), sum(|r| r.ytd_done)), "{context}");
    for (facet, counts) in store.facets(scope, &f, &Facet::ALL, as_of).await.unwrap() {
        let mut told: BTreeMap<Option<String>, (u64, u64, i64)> = BTreeMap::new();
        for (_, _, r) in &listed {
            for key in facet_keys(facet, r) {
                let entry = told.entry(key).or_default();
                entry.0 += 1;
                entry.1 += u64::from(r.counts);
                entry.2 += r.investment.filter(|_| r.counts).map_or(0, Money::fen);
            }
        }
        let found: BTreeMap<_, _> = counts.iter().map(|c| (c.key.clone(), (c.rows, c.counted, c.investment))).collect();
        assert_eq!(found, told, "{facet:?}\n{context}");
        assert_eq!(found.len(), counts.len());
    }
}

/// Everything else that speaks of projects shows exactly those that the scope shows.
async fn check_scope(store: &Store, world: &World, dice: &mut Dice, scope: &Scope) {
    let shown: BTreeMap<ProjectId, u64> =
        world.at(None).into_iter().filter(|(_, _, r)| visible(scope, r)).map(|(feed, _, r)| (r.id, feed)).collect();
    let keys: Vec<_> = store.match_keys(scope).await.unwrap().into_iter().map(|k| k.id).collect();
    assert_eq!(keys, shown.keys().copied().collect::<Vec<_>>(), "{scope:?}");
    let since = dice.below(6) as u64;
    let mut changed: Vec<_> = shown.iter().filter(|(_, feed)| **feed > since).map(|(id, feed)| (*feed, *id)).collect();
    changed.sort_unstable();
    let found: Vec<_> = store.changed_since(scope, since).await.unwrap().into_iter().map(|(id, feed)| (feed, id)).collect();
    assert_eq!(found, changed, "{scope:?}");
    let all: Vec<ProjectId> = (1..=45).map(pid).collect();
    let as_of = dice.one_in(2).then(|| dice.below(7) as u64);
    let open: BTreeSet<_> =
        world.at(as_of).into_iter().filter(|(_, _, r)| visible(scope, r)).map(|(feed, seq, r)| (r.id, seq, feed)).collect();
    let found: BTreeSet<_> =
        store.projects_by_ids(scope, &all, as_of).await.unwrap().into_iter().map(|s| (s.doc.id, s.seq, s.feed)).collect();
    assert_eq!(found, open, "{scope:?} as of {as_of:?}");
    let rows: BTreeSet<_> = store.rows_by_ids(scope, &all, as_of).await.unwrap().into_iter().map(|r| (r.row.id, r.seq, r.feed)).collect();
    assert_eq!(rows, open, "{scope:?} as of {as_of:?}");
    let (mut entries, mut after) = (vec![], None);
    loop {
        let page = store.journal(scope, &JournalAsk { after, limit: 17, ..Default::default() }).await.unwrap();
        entries.extend(page.rows.into_iter().map(|e| (e.stream.id, e.seq)));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    let told: BTreeSet<_> = shown.keys().flat_map(|id| world.versions[id].iter().map(|v| (id.to_string(), v.1))).collect();
    assert_eq!((entries.len(), entries.into_iter().collect::<BTreeSet<_>>()), (told.len(), told), "{scope:?}");
    let feed = 1 + dice.below(5) as u64;
    let touched: BTreeSet<String> =
        world.versions.iter().filter(|(_, v)| v.iter().any(|(f, ..)| *f == feed)).map(|(id, _)| id.to_string()).collect();
    let view = store.transaction(scope, feed).await.unwrap();
    let (found, hidden) =
        view.map_or((BTreeSet::new(), touched.len() as u64), |v| (v.touched.iter().map(|t| t.stream.id.clone()).collect(), v.hidden));
    let told: BTreeSet<String> = touched.iter().filter(|id| shown.contains_key(&id.parse().unwrap())).cloned().collect();
    assert_eq!((hidden, &found), ((touched.len() - told.len()) as u64, &told), "{scope:?} feed {feed}");
}

async fn every_reading_agrees_with_the_list(bed: &Bed) {
    let seed: u64 = std::env::var("LANTU_SEED").ok().and_then(|s| s.parse().ok()).unwrap_or(20_261_123);
    let mut dice = Dice(seed);
    let mut world = World::default();
    settle(&bed.store, &mut dice, &mut world).await;
    let orgs: Vec<OrgId> = vec![];
    for round in 0..60 {
        let scope = match round {
            0 => whole(),
            1 => Scope { orgs: Reach::Only(orgs.clone()), ..whole() },
            _ => some_scope(&mut dice),
        };
        check_scope(&bed.store, &world, &mut dice, &scope).await;
        for _ in 0..4 {
            check_list(&bed.store, &world, &mut dice, &scope).await;
        }
        let plain = Scope { regions: Reach::All, orgs: Reach::All, ..scope };
        check_list(&bed.store, &world, &mut dice, &plain).await;
    }
    assert_eq!(bed.store.verify(office()).await.unwrap(), []);
}
