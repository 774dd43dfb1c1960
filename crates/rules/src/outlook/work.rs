//! What waits for whom in a project: its permits that are in hand or may be handed in, the steps of its plan that departments do,
//! with their clocks, and what they hold up.
use super::{Line, Outlook, Sight, State, View, ahead::is_over, lines::promised, seen::seen};
use crate::{
    clock::{Clock, Counter, Mover, Standing},
    desks::Desks,
};
use jiff::civil::Date;
use lantu_model::{Ahead, Formality, Held, PlanActivity, Project, Role, WorkItem, WorkMover, WorkState};
use std::collections::BTreeSet;

/// Everything that waits, the plan's in its order, then the permits that it does not have.
pub(super) fn waiting(project: &Project, sight: &Sight<'_>, desks: &Desks<'_>, seen_as: Option<(&View<'_>, &Outlook)>) -> Vec<WorkItem> {
    if project.withdrawn || is_over(project, sight.today) {
        return vec![];
    }
    let mut items = vec![];
    let mut planned: BTreeSet<&str> = BTreeSet::new();
    if let Some((view, outlook)) = seen_as {
        for (at, (_, activity)) in view.lines.iter().enumerate() {
            let Some(line) = outlook.lines.get(at) else { continue };
            planned.extend(activity.formality.iter().map(String::as_str));
            let of_line = OfLine { view, outlook, line, at, activity };
            items.extend(if activity.formality.is_empty() { of_line.step(desks) } else { of_line.permits(desks) });
        }
    }
    let others = project.formalities.iter().filter(|f| !planned.contains(f.kind.as_str()));
    items.extend(others.filter_map(|row| unplanned(row, sight, desks)));
    items
}

/// A permit that no step of a plan is: only while it is in hand, or promised papers are awaited.
fn unplanned(row: &Formality, sight: &Sight<'_>, desks: &Desks<'_>) -> Option<WorkItem> {
    let row = seen(row, sight.today)?;
    let clock = Clock::read(&row, promised(sight.pack, None, &row.kind), sight.pack.calendar(), sight.today);
    let state = state_of(clock.standing, false)?;
    (state != WorkState::Refused).then(|| permit(&row, state, &clock, sight.today, desks))
}

/// Where a permit stands as work; none when there is nothing to be done about it. `open`: nothing keeps it from being accepted.
fn state_of(standing: Standing, open: bool) -> Option<WorkState> {
    match standing {
        Standing::Planned => open.then_some(WorkState::Ready),
        Standing::Lapsed | Standing::Expired => open.then_some(WorkState::Reopened),
        Standing::Undated => Some(WorkState::Undated),
        Standing::Running => Some(WorkState::Running),
        Standing::Paused(_) => Some(WorkState::Paused),
        Standing::Returned => Some(WorkState::Returned),
        Standing::Refused => Some(WorkState::Refused),
        Standing::Promised => Some(WorkState::Promised),
        Standing::NotNeeded | Standing::Granted => None,
    }
}

fn permit(row: &Formality, state: WorkState, clock: &Clock, today: Date, desks: &Desks<'_>) -> WorkItem {
    let in_hand = matches!(state, WorkState::Running | WorkState::Paused | WorkState::Undated | WorkState::Returned);
    WorkItem {
        formality: Some(row.kind.clone()),
        activity: None,
        name: None,
        desks: desks.permit(&row.kind),
        state,
        pause: if let Standing::Paused(kind) = clock.standing { Some(kind) } else { None },
        mover: match clock.mover {
            Mover::Department => WorkMover::Department,
            Mover::Owner => WorkMover::Owner,
            Mover::Nobody => WorkMover::Nobody,
        },
        since: clock.since,
        begun: row.accepted_on().filter(|_| in_hand),
        limit: clock.limit,
        run: clock.run.filter(|_| in_hand),
        paused: if in_hand { clock.paused } else { 0 },
        left: clock.left,
        limit_day: clock.limit_day.filter(|_| in_hand),
        overdue: if in_hand { clock.overdue } else { clock.promise_overdue },
        promised: None,
        pauses: if in_hand { row.course.pauses.iter().map(|p| (p.from, p.until.unwrap_or(today))).collect() } else { vec![] },
        finish: None,
        float: None,
        holds: vec![],
        acts: row.open_acts(today).into_iter().map(str::to_owned).collect(),
    }
}

/// A line of a plan with its outlook.
struct OfLine<'a> {
    view: &'a View<'a>,
    outlook: &'a Outlook,
    line: &'a Line,
    at: usize,
    activity: &'a PlanActivity,
}

impl OfLine<'_> {
    fn permits(&self, desks: &Desks<'_>) -> Vec<WorkItem> {
        let open = !matches!(self.line.state, State::Waiting | State::Done);
        let of = |kind: &String| {
            let row = self.view.rows.get(kind).and_then(|f| seen(f, self.view.sight.today));
            let row = row.unwrap_or_else(|| std::borrow::Cow::Owned(Formality::new(kind, lantu_model::FormalityState::Planned)));
            let clock = self.view.read(&row, self.activity);
            let state = state_of(clock.standing, open)?;
            Some(self.placed(self.promise(permit(&row, state, &clock, self.view.sight.today, desks), &row)))
        };
        self.activity.formality.iter().filter_map(of).collect()
    }

    /// The day by which it would be decided in its usual time.
    fn promise(&self, mut item: WorkItem, row: &Formality) -> WorkItem {
        if let (Some(accepted), true) = (item.begun, self.activity.days > 0) {
            let counter = Counter { calendar: self.view.axis.calendar, working: true, pauses: &row.course.pauses };
            item.promised = counter.nth(accepted, self.activity.days);
        }
        item
    }

    /// A step that is a department's to begin or to end.
    fn step(&self, desks: &Desks<'_>) -> Vec<WorkItem> {
        let (state, acts): (_, &[&str]) = match self.line.state {
            State::Ready if self.activity.days > 0 => (WorkState::Ready, &["start", "finish"]),
            State::Ready => (WorkState::Ready, &["finish"]),
            State::Running => (WorkState::Running, &["progress", "finish"]),
            _ => return vec![],
        };
        let theirs = desks.step(self.activity);
        if theirs.is_empty() || self.activity.department.first().is_some_and(|key| key == Role::OwnerContact.key()) {
            return vec![];
        }
        let today = self.view.sight.today;
        let item = WorkItem {
            formality: None,
            activity: None,
            name: Some(self.activity.name.clone()),
            desks: theirs,
            state,
            pause: None,
            mover: WorkMover::Department,
            since: self.view.since_when(self.at),
            begun: self.line.actual_start,
            limit: None,
            run: None,
            paused: 0,
            left: None,
            limit_day: None,
            overdue: self.activity.due.filter(|due| *due < today).map_or(0, |due| i64::from((today - due).get_days())),
            promised: self.activity.due,
            pauses: vec![],
            finish: None,
            float: None,
            holds: vec![],
            acts: acts.iter().map(|act| (*act).to_owned()).collect(),
        };
        vec![self.placed(item)]
    }

    /// With its place in the network: when it will be done, and what hangs on it.
    fn placed(&self, mut item: WorkItem) -> WorkItem {
        item.activity = Some(self.line.id.clone());
        if self.line.state == State::Done {
            return item;
        }
        item.since = item.since.or_else(|| self.view.since_when(self.at));
        item.finish = Some(self.line.finish);
        item.float = Some(self.line.total_float);
        let days = self.view.days_lost(self.at);
        let driven = self.outlook.milestones.iter().filter(|m| m.done.is_none() && self.line.drives.contains(&m.milestone));
        item.holds = driven.map(|ahead| self.held(ahead, days)).collect();
        item
    }

    fn held(&self, ahead: &Ahead, days: i64) -> Held {
        Held {
            milestone: ahead.milestone,
            days,
            blocks: ahead.blocking.as_ref().is_some_and(|b| b.activity == self.line.id),
            due: ahead.due,
            expected: ahead.expected,
            days_late: ahead.days_late,
            light: ahead.light,
        }
    }
}
