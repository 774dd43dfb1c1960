//! Identities and places in the outline, as the format needs them.
use crate::{Loss, Plan};
use lantu_calendar::{Calendar, Instant, Span};
use lantu_schedule::{Activity, Progress};
use std::cell::OnceCell;
use std::collections::HashSet;

/// Rows below this level get no outline number: each would be as long as the way to it.
const DEEPEST: usize = 200;

/// What is written of a plan besides its own values.
pub(super) struct Numbers<'a> {
    pub plan: &'a Plan,
    /// Rows in the order of the outline: each below the one that sums it up.
    pub order: Vec<usize>,
    /// One for each activity.
    pub uids: Vec<i64>,
    /// One for each activity.
    pub rows: Vec<i64>,
    /// One for each activity.
    pub levels: Vec<usize>,
    /// One for each activity: `1.2.3`.
    pub outline: Vec<String>,
    /// One for each calendar.
    pub calendars: Vec<i64>,
    /// One for each resource.
    pub resources: Vec<i64>,
    working: OnceCell<Vec<Calendar>>,
}

impl<'a> Numbers<'a> {
    pub(super) fn of(plan: &'a Plan) -> Self {
        let children = Children::of(plan);
        let (order, levels, outline) = children.walk(plan);
        let whole = order.first().copied().filter(|at| is_whole(plan, *at));
        let uids = unique(plan.activities.iter().enumerate().map(|(at, a)| (a.uid, i64::from(Some(at) != whole))));
        let rows = rows(plan, &order, whole.is_some());
        let calendars = unique(plan.calendars.iter().map(|c| (c.uid, 1)));
        let resources = unique(plan.resources.iter().map(|r| (r.uid, 1)));
        Self { plan, order, uids, rows, levels, outline, calendars, resources, working: OnceCell::new() }
    }

    /// Identities that could not be kept.
    pub(super) fn losses(&self, losses: &mut Vec<Loss>) {
        let changed = |what: &str, uid: i64, now: i64| {
            (uid != now).then(|| Loss { code: "uid_changed", place: format!("{what} {uid}"), found: now.to_string() })
        };
        losses.extend(self.plan.activities.iter().zip(&self.uids).filter_map(|(a, now)| changed("Task", a.uid, *now)));
        losses.extend(self.plan.calendars.iter().zip(&self.calendars).filter_map(|(c, now)| changed("Calendar", c.uid, *now)));
        losses.extend(self.plan.resources.iter().zip(&self.resources).filter_map(|(r, now)| changed("Resource", r.uid, *now)));
    }

    /// The calendars, ready to count with.
    pub(super) fn working(&self, at: usize) -> Option<&Calendar> {
        let specs = || self.plan.calendars.iter().map(|c| c.spec.clone()).collect::<Vec<_>>();
        self.working.get_or_init(|| Calendar::resolve(&specs())).get(at)
    }

    /// When a row begins and ends: as the plan says, else as it follows from what it says.
    pub(super) fn ends(&self, at: usize) -> (Instant, Instant) {
        let (Some(activity), Some(stored)) = (self.plan.activities.get(at), self.plan.stored.get(at)) else { return Default::default() };
        let detail = activity.detail.as_deref();
        let fixed = detail.and_then(|d| d.fixed);
        let (begun, ended) = match activity.progress() {
            Progress::NotStarted => (None, None),
            Progress::Started { start, .. } => (Some(start), None),
            Progress::Finished { start, finish, .. } => (Some(start), Some(finish)),
        };
        if let Some(dates) = fixed.filter(|_| detail.is_some_and(|d| d.external)) {
            return (dates.start, dates.finish);
        }
        let start = stored.start.or(fixed.map(|f| f.start)).or(begun).or(stored.early_start).unwrap_or(self.plan.options.start);
        let finish = stored.finish.or(fixed.map(|f| f.finish)).or(ended).or(stored.early_finish);
        (start, finish.unwrap_or_else(|| self.moved(activity, start, activity.duration)))
    }

    /// So much later on an activity's time.
    pub(super) fn moved(&self, activity: &Activity, from: Instant, span: Span) -> Instant {
        match self.working(activity.calendar.at()).filter(|_| !activity.elapsed) {
            Some(calendar) => calendar.add(from, span),
            None => from + span,
        }
    }
}

/// The row of the whole project has the UID 0, and only it.
fn is_whole(plan: &Plan, at: usize) -> bool {
    plan.activities.get(at).is_some_and(|a| a.uid == 0 && a.is_summary() && a.parent.is_none())
}

/// The identities themselves where they are unique, no less than their least and within 32 bits; new ones for the rest.
fn unique(ids: impl Iterator<Item = (i64, i64)> + Clone) -> Vec<i64> {
    let fits = |id: i64, least: i64| (least..=i64::from(i32::MAX)).contains(&id);
    let mut free = ids.clone().filter(|(id, least)| fits(*id, *least)).map(|(id, _)| id).max().unwrap_or(0);
    if free >= i64::from(i32::MAX) - 20_000_000 {
        free = 0;
    }
    let taken: HashSet<i64> = ids.clone().map(|(id, _)| id).collect();
    let mut seen = HashSet::new();
    let mut next = || {
        free += 1;
        while taken.contains(&free) {
            free += 1;
        }
        free
    };
    ids.map(|(id, least)| if fits(id, least) && seen.insert(id) { id } else { next() }).collect()
}

/// The numbers of the rows where they rise, else the next ones.
fn rows(plan: &Plan, order: &[usize], has_whole: bool) -> Vec<i64> {
    let mut rows = vec![0; plan.activities.len()];
    let mut last = if has_whole { -1 } else { 0 };
    for &at in order {
        let own = plan.labels.get(at).and_then(|l| l.row).filter(|row| *row > last && *row < i64::from(i32::MAX));
        last = own.unwrap_or(last + 1);
        if let Some(row) = rows.get_mut(at) {
            *row = last;
        }
    }
    rows
}

/// The rows under each row, as lists within one list.
struct Children {
    first: Vec<Vec<usize>>,
    roots: Vec<usize>,
}

impl Children {
    fn of(plan: &Plan) -> Self {
        let mut children = Self { first: vec![vec![]; plan.activities.len()], roots: vec![] };
        for (at, activity) in plan.activities.iter().enumerate() {
            let parent = activity.parent.map(|p| p.at()).filter(|p| *p != at);
            match parent.and_then(|p| children.first.get_mut(p)) {
                Some(list) => list.push(at),
                None => children.roots.push(at),
            }
        }
        children
    }

    /// Every row once, each after the one above it; rows that stand above themselves come last, as if above no one.
    fn walk(&self, plan: &Plan) -> (Vec<usize>, Vec<usize>, Vec<String>) {
        let n = plan.activities.len();
        let (mut order, mut levels, mut outline) = (Vec::with_capacity(n), vec![1; n], vec![String::new(); n]);
        let mut seen = vec![false; n];
        let mut count = 0;
        for root in self.roots.iter().copied().chain(0..n) {
            if seen[root] {
                continue;
            }
            let whole = is_whole(plan, root) && order.is_empty();
            count += i32::from(!whole);
            let name = if whole { "0".to_owned() } else { count.to_string() };
            let mut stack = vec![(root, usize::from(!whole), name)];
            while let Some((at, level, name)) = stack.pop() {
                if std::mem::replace(&mut seen[at], true) {
                    continue;
                }
                let below = |i: usize| match name.as_str() {
                    "0" => format!("{}", i + 1),
                    "" => String::new(),
                    _ if level > DEEPEST => String::new(),
                    name => format!("{name}.{}", i + 1),
                };
                stack.extend(self.first[at].iter().enumerate().rev().map(|(i, child)| (*child, level + 1, below(i))));
                order.push(at);
                (levels[at], outline[at]) = (level, name);
            }
        }
        (order, levels, outline)
    }
}
