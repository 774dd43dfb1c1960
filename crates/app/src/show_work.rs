//! 待办: what waits for a department, as it would work it off; what it has cost whose start; one page of it.
use crate::{
    Books,
    desk::{Ask, Desk},
    desks::name_of,
    error::Result,
    permission::Right,
    unit::Register,
    view::{
        plan::Days,
        work::{WorkChoice, WorkDesk, WorkGroup, WorkHeld, WorkPage, WorkRow, WorkSums, WorkWaiting, said},
    },
};
use jiff::civil::Date;
use lantu_model::{Held, Level, Light, Milestone, ProjectId, WorkItem, WorkState};
use lantu_rules::outlook::stamp;
use lantu_store::{Filter, WorkAt};
use std::{cmp::Reverse, collections::BTreeMap};

/// What a queue is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WorkAsk {
    /// Keys of departments, ids of organisations; empty: the asker's own, or everyone's where it has none.
    pub desks: Vec<String>,
    /// Everyone's, whoever asks.
    pub everyone: bool,
    pub groups: Vec<WorkGroup>,
    pub lights: Vec<Light>,
    /// Keys of formalities; `steps` for what is none.
    pub kinds: Vec<String>,
    /// Town, text.
    pub filter: Filter,
    /// A limit that is so many days off or nearer is near.
    pub soon: i64,
    pub sort: WorkSort,
    pub offset: u64,
    pub limit: usize,
}

/// Within each group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WorkSort {
    /// What falls due first.
    #[default]
    Limit,
    /// What has cost most.
    Cost,
    Since,
    Project,
    Finish,
}

impl WorkSort {
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "limit" => Some(Self::Limit),
            "cost" => Some(Self::Cost),
            "since" => Some(Self::Since),
            "project" => Some(Self::Project),
            "finish" => Some(Self::Finish),
            _ => None,
        }
    }
}

/// The key under which steps that are no permits are asked for.
pub const STEPS: &str = "steps";

/// A queue read, with what its keys stand for.
pub(crate) struct Queue {
    pub books: std::sync::Arc<Books>,
    pub register: Register,
    pub chosen: Vec<String>,
    desks: Vec<WorkDesk>,
    kinds: Vec<WorkChoice>,
    divisions: Vec<WorkChoice>,
    /// What the filters leave, in order.
    pub items: Vec<(WorkGroup, WorkAt)>,
}

pub async fn show_work(desk: &Desk, ask: Ask<'_>, asked: &WorkAsk) -> Result<WorkPage> {
    let queue = read_queue(desk, ask, asked).await?;
    let today = ask.moment.day;
    let from = usize::try_from(asked.offset).unwrap_or(usize::MAX);
    let rows = queue.items.len();
    let shown = queue.items.iter().skip(from).take(asked.limit);
    let items: Vec<WorkRow> = shown.map(|(group, at)| row_of(&queue, ask, *group, at)).collect();
    let end = from.saturating_add(items.len());
    let behind = desk.store.count_outdated_work(ask.office(), today, &stamp(&queue.books.pack)).await? > 0;
    Ok(WorkPage {
        today,
        behind,
        mine: ask.signed.desks.clone(),
        sums: sums(&queue.items, today),
        chosen: queue.chosen,
        desks: queue.desks,
        kinds: queue.kinds,
        divisions: queue.divisions,
        rows: rows as u64,
        items,
        next: (end < rows).then_some(end as u64),
    })
}

/// How much waits at the asker's desks, or in the whole office.
pub async fn count_work(desk: &Desk, ask: Ask<'_>) -> Result<WorkWaiting> {
    ask.require(Right::ReadProjects)?;
    let mine = &ask.signed.desks;
    let desks = Some(mine.as_slice()).filter(|mine| !mine.is_empty());
    let count = desk.store.count_work(&ask.reach(), &every_level(Filter::default()), desks).await?;
    Ok(WorkWaiting { own: desks.is_some(), in_hand: count.in_hand, overdue: count.overdue })
}

fn every_level(filter: Filter) -> Filter {
    Filter { levels: Level::ALL.to_vec(), ..filter }
}

pub(crate) async fn read_queue(desk: &Desk, ask: Ask<'_>, asked: &WorkAsk) -> Result<Queue> {
    ask.require(Right::ReadProjects)?;
    let books = desk.books(ask.office()).await?;
    let register = crate::unit::read_register(desk, ask.office()).await?;
    let mine = &ask.signed.desks;
    let own = asked.desks.is_empty() && !asked.everyone && !mine.is_empty();
    let narrow = Some(mine.as_slice()).filter(|_| own);
    let all = desk.store.work(&ask.reach(), &every_level(asked.filter.clone()), narrow).await?;
    let all: Vec<(WorkGroup, WorkAt)> = all.into_iter().map(|at| (group_of(&at.item, &books, ask.moment.day, asked.soon), at)).collect();
    let chosen = if own { mine.clone() } else { asked.desks.clone() };
    let desks = desks_of(&all, &books, &register, ask);
    let at_desk = |at: &WorkAt| chosen.is_empty() || at.item.desks.iter().any(|d| chosen.contains(d));
    let here: Vec<(WorkGroup, WorkAt)> = all.into_iter().filter(|(_, at)| at_desk(at)).collect();
    let kinds = kinds_of(&here, &books, ask);
    let divisions = divisions_of(&here, &books, ask);
    let wanted = |(group, at): &(WorkGroup, WorkAt)| {
        (asked.groups.is_empty() || asked.groups.contains(group))
            && (asked.lights.is_empty() || asked.lights.contains(&at.item.light()))
            && (asked.kinds.is_empty() || asked.kinds.iter().any(|k| k == at.item.formality.as_deref().unwrap_or(STEPS)))
    };
    let mut items: Vec<(WorkGroup, WorkAt)> = here.into_iter().filter(wanted).collect();
    sort(&mut items, asked.sort);
    Ok(Queue { books, register, chosen, desks, kinds, divisions, items })
}

/// Where a worker would look for it.
pub(crate) fn group_of(item: &WorkItem, books: &Books, today: Date, soon: i64) -> WorkGroup {
    let near = |day: Date| books.pack.calendar().working_days_between(today, day) <= soon;
    let is_near = item.left.map_or_else(|| item.promised.filter(|_| item.formality.is_none()).is_some_and(near), |left| left <= soon);
    match item.state {
        WorkState::Ready | WorkState::Reopened if item.overdue == 0 => WorkGroup::Ready,
        WorkState::Ready | WorkState::Reopened => WorkGroup::Overdue,
        _ if !item.is_in_hand() => WorkGroup::Waiting,
        _ if item.overdue > 0 => WorkGroup::Overdue,
        _ if is_near => WorkGroup::Soon,
        _ => WorkGroup::InHand,
    }
}

fn sort(items: &mut [(WorkGroup, WorkAt)], by: WorkSort) {
    // What falls due when: past limits by how far, then by the day, then what costs most.
    let due =
        |at: &WorkAt| (Reverse(at.item.overdue), at.item.limit_day.or(at.item.promised).unwrap_or(Date::MAX), Reverse(at.item.cost()));
    let name = |at: &WorkAt| (at.name_key.clone(), at.id, at.item.key());
    match by {
        WorkSort::Limit => items.sort_by_cached_key(|(g, at)| (*g, due(at), at.item.since, name(at))),
        WorkSort::Cost => items.sort_by_cached_key(|(g, at)| (*g, Reverse(at.item.cost()), due(at), name(at))),
        WorkSort::Since => items.sort_by_cached_key(|(g, at)| (*g, at.item.since.unwrap_or(Date::MAX), name(at))),
        WorkSort::Project => items.sort_by_cached_key(|(g, at)| (*g, name(at))),
        WorkSort::Finish => items.sort_by_cached_key(|(g, at)| (*g, at.item.finish.unwrap_or(Date::MAX), name(at))),
    }
}

fn sums(items: &[(WorkGroup, WorkAt)], today: Date) -> WorkSums {
    let of = |group: WorkGroup| items.iter().filter(|(g, _)| *g == group).count() as u64;
    let days = |since: Date| i64::from((today - since).get_days());
    let in_hand = || items.iter().filter(|(_, at)| at.item.is_in_hand());
    let mut starts: BTreeMap<ProjectId, i64> = BTreeMap::new();
    for (_, at) in items {
        for held in at.item.holds.iter().filter(|h| h.milestone == Milestone::Start && h.days > 0) {
            let most = starts.entry(at.id).or_default();
            *most = held.days.max(*most);
        }
    }
    WorkSums {
        in_hand: in_hand().count() as u64,
        longest: in_hand().filter_map(|(_, at)| at.item.since.map(days)).max().unwrap_or(0),
        overdue: of(WorkGroup::Overdue),
        most_overdue: items.iter().filter(|(g, _)| *g == WorkGroup::Overdue).map(|(_, at)| at.item.overdue).max().unwrap_or(0),
        soon: of(WorkGroup::Soon),
        ready: of(WorkGroup::Ready),
        waiting: of(WorkGroup::Waiting),
        starts: starts.len() as u64,
        start_days: starts.values().sum(),
    }
}

fn desks_of(all: &[(WorkGroup, WorkAt)], books: &Books, register: &Register, ask: Ask<'_>) -> Vec<WorkDesk> {
    let mut found: BTreeMap<&str, (u64, u64, u64)> = BTreeMap::new();
    for (group, at) in all {
        for key in &at.item.desks {
            let counts = found.entry(key).or_default();
            counts.0 += 1;
            counts.1 += u64::from(at.item.is_in_hand());
            counts.2 += u64::from(*group == WorkGroup::Overdue);
        }
    }
    let named = |(key, (rows, in_hand, overdue)): (&str, (u64, u64, u64))| WorkDesk {
        name: name_of(books, register, key, ask.lang),
        key: key.to_owned(),
        rows,
        in_hand,
        overdue,
    };
    let mut desks: Vec<WorkDesk> = found.into_iter().map(named).collect();
    desks.sort_by_cached_key(|d| (lantu_rules::name_key(&d.name), d.key.clone()));
    desks
}

/// In the order of the pack, steps last.
fn kinds_of(all: &[(WorkGroup, WorkAt)], books: &Books, ask: Ask<'_>) -> Vec<WorkChoice> {
    let mut found: BTreeMap<&str, u64> = BTreeMap::new();
    for (_, at) in all {
        *found.entry(at.item.formality.as_deref().unwrap_or(STEPS)).or_default() += 1;
    }
    let place = |key: &str| books.pack.formalities.iter().position(|f| f.key == key).unwrap_or(usize::MAX);
    let name = |key: &str| if key == STEPS { String::new() } else { books.word(key, ask.lang) };
    let mut kinds: Vec<WorkChoice> =
        found.into_iter().map(|(key, rows)| WorkChoice { key: key.to_owned(), name: name(key), rows }).collect();
    kinds.sort_by_key(|kind| place(&kind.key));
    kinds
}

fn divisions_of(all: &[(WorkGroup, WorkAt)], books: &Books, ask: Ask<'_>) -> Vec<WorkChoice> {
    let mut found: BTreeMap<&str, u64> = BTreeMap::new();
    for code in all.iter().filter_map(|(_, at)| at.division.as_ref()) {
        *found.entry(code.as_str()).or_default() += 1;
    }
    let known = books.place.divisions.iter().filter_map(|d| Some((d, *found.get(d.code.as_str())?)));
    known.map(|(d, rows)| WorkChoice { key: d.code.clone(), name: d.words.in_lang(ask.lang).to_owned(), rows }).collect()
}

pub(crate) fn row_of(queue: &Queue, ask: Ask<'_>, group: WorkGroup, at: &WorkAt) -> WorkRow {
    let (item, books) = (&at.item, &queue.books);
    let desks = item.desks.iter().map(|key| name_of(books, &queue.register, key, ask.lang));
    WorkRow {
        key: format!("{}:{}", at.id, item.key()),
        project: at.id,
        seq: at.seq,
        project_name: at.name.clone(),
        code: at.code.clone(),
        division: at.division.clone(),
        group,
        name: item.formality.as_ref().map_or_else(|| said(item.name.as_ref(), ask.lang), |kind| books.word(kind, ask.lang)),
        formality: item.formality.clone(),
        activity: item.activity.clone(),
        desks: lantu_rules::desks::once_each(desks.collect()),
        state: item.state,
        pause: item.pause,
        mover: item.mover,
        since: item.since,
        begun: item.begun,
        limit: item.limit,
        run: item.run,
        paused: item.paused,
        left: item.left,
        limit_day: item.limit_day,
        provisional: item.limit_day.is_some_and(|day| books.pack.calendar_is_provisional(day)),
        overdue: item.overdue,
        promised: item.promised,
        pauses: item.pauses.iter().map(|(from, until)| Days { from: *from, until: *until }).collect(),
        finish: item.finish,
        float: item.float,
        holds: item.holds.iter().map(|held| held_view(held, books, ask)).collect(),
        light: item.light(),
        acts: item.acts.clone(),
    }
}

fn held_view(held: &Held, books: &Books, ask: Ask<'_>) -> WorkHeld {
    WorkHeld {
        milestone: held.milestone,
        name: books.word(&format!("milestone.{}", held.milestone.key()), ask.lang),
        days: held.days,
        blocks: held.blocks,
        due: held.due,
        expected: held.expected,
        days_late: held.days_late,
        light: held.light,
    }
}
