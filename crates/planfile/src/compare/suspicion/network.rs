//! What made the path to the end shorter: links and work that went, durations, lags.
use super::{Case, Doubts, progress::is_lead};
use crate::{
    compare::{
        Comparison, LinkChange, Value, Which,
        sides::{Both, Side},
        value::At,
    },
    lag::as_work,
};
use lantu_calendar::Span;
use lantu_schedule::{Kind, Link, Progress};

pub(super) fn look(doubts: &mut Doubts<'_>, found: &Comparison) {
    let both = doubts.both;
    for link in found.links.iter().filter(|l| both.stays(l.predecessor) && both.stays(l.successor)) {
        if link.after.is_none() && link.drove && !both.new.is_done(link.predecessor.row.at()) {
            doubts.add("driving_link_deleted", of_link(link));
        }
    }
    for at in found.deleted.iter().filter(|at| both.old.decides_the_end(at.at())) {
        doubts.add("critical_deleted", Case::of_row(At::old(at.at()), Value::Length(both.old.remaining(at.at())), Value::None));
    }
    shortened(doubts);
    found.links.iter().for_each(|link| lags(doubts, link));
}

impl Both<'_> {
    /// Whether a row is in both versions.
    fn stays(&self, at: At) -> bool {
        at.which == Which::New && self.rows.old_of(at.row.at()).is_some()
    }

    pub(super) fn decides_the_end(&self, at: At) -> bool {
        match at.which {
            Which::Old => self.old.decides_the_end(at.row.at()),
            Which::New => self.new.decides_the_end(at.row.at()),
        }
    }
}

fn of_link(link: &LinkChange) -> Case {
    let tied = |tie: Option<_>| tie.map_or(Value::None, Value::Tied);
    Case { at: Some(link.successor), other: Some(link.predecessor), before: tied(link.before), after: tied(link.after), name: None }
}

/// Open work on the way to the end that takes less in all, done and to do: not what progress explains.
fn shortened(doubts: &mut Doubts<'_>) {
    let both = doubts.both;
    for (old, new, _) in both.rows.pairs() {
        let open = !both.old.is_done(old) && !both.new.is_done(new);
        let spans_others = matches!(both.new.activity(new).kind, Kind::LevelOfEffort | Kind::WbsSummary | Kind::Summary);
        if !open || spans_others || !(both.old.decides_the_end(old) || both.new.decides_the_end(new)) {
            continue;
        }
        let (before, after) = (Value::Length(in_all(&both.old, old)), Value::Length(in_all(&both.new, new)));
        if !before.is_same(&after) && in_all(&both.new, new) < in_all(&both.old, old) {
            doubts.add("critical_shortened", Case::of_row(At::new(new), before, after));
        }
    }
}

fn in_all(side: &Side<'_>, at: usize) -> Span {
    match side.activity(at).progress() {
        Progress::NotStarted => side.activity(at).duration,
        Progress::Started { actual, remaining, .. } => actual + remaining,
        Progress::Finished { actual, .. } => actual,
    }
}

/// Of links to work that is still to do.
fn lags(doubts: &mut Doubts<'_>, link: &LinkChange) {
    let both = doubts.both;
    let Some(after) = link.after.filter(|_| link.successor.which == Which::New && !both.new.is_done(link.successor.row.at())) else {
        return;
    };
    let was_lead = link.before.is_some_and(|tie| is_lead(tie.lag));
    if is_lead(after.lag) && !was_lead {
        doubts.add("lag_negative", of_link(link));
    }
    if increased(both, link) == Some(true) && !is_lead(after.lag) {
        doubts.add("lag_increased", of_link(link));
    }
}

/// Held against one another as work, whatever each is counted in; `None` for a link that is new or gone.
fn increased(both: &Both<'_>, change: &LinkChange) -> Option<bool> {
    let (before, after) = (change.before?, change.after?);
    let new = Link { predecessor: change.predecessor.row, successor: change.successor.row, kind: after.kind, lag: after.lag };
    let place = |at: At| both.rows.old_of(at.row.at()).map(|at| At::old(at).row);
    let old = Link { predecessor: place(change.predecessor)?, successor: place(change.successor)?, kind: before.kind, lag: before.lag };
    let (before, after) = (as_work(both.old.plan, &old), as_work(both.new.plan, &new));
    Some(after > before && !Value::Length(before).is_same(&Value::Length(after)))
}
