//! Why an activity is where it is: what it waits for, what decides, how its lateness adds up, and how days are won back.
use super::{Outlook, Sight, State, View, course::Reached, stand::Stand};
use jiff::civil::Date;
use lantu_model::{
    ActivityId, Milestone, MoverOf, Problem, Project, ProjectId,
    plan::{Ends, Plan, Progress},
    stage::Stage,
};

/// The reasons of one activity's dates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Why {
    pub activity: ActivityId,
    pub state: State,
    pub start: Date,
    pub finish: Date,
    /// Everything that its dates could hang on, what allows it last first.
    pub causes: Vec<Cause>,
    /// Against the newest baseline that has it, or the plan before anything happened; one for each milestone that it drives,
    /// itself alone where it drives none.
    pub late: Vec<Lateness>,
    /// How days could be won for the first milestone that it drives (for itself where it drives none), most days first.
    pub wins: Vec<Win>,
}

/// Something that an activity's dates could hang on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    pub of: CauseOf,
    /// The first day of work that it allows; of an event its day.
    pub day: Date,
    /// The activity goes on no earlier because of it.
    pub decides: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CauseOf {
    /// It has happened.
    Done,
    /// It is in hand, and so many working days are left.
    Begun {
        since: Option<Date>,
        left: i64,
    },
    /// Its clock stands still.
    Paused,
    /// What is not done cannot be done before today.
    Today,
    /// The plan's first day.
    PlanStart,
    NotBefore(Date),
    Predecessor {
        activity: ActivityId,
        ends: Ends,
        lag: i64,
        finish: Date,
        done: bool,
    },
    Elsewhere {
        project: ProjectId,
        activity: ActivityId,
        lag: i64,
        finish: Date,
    },
}

/// A lateness as a sum of working days: `late + paused - float = total`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lateness {
    /// What is late; none for the activity itself.
    pub milestone: Option<Milestone>,
    /// The baseline's name; none for the plan before anything happened.
    pub baseline: Option<String>,
    /// Its last day then and now.
    pub then: Date,
    pub now: Date,
    /// Working days that the activity ends later than then, but for its pauses.
    pub late: i64,
    /// Working days that its clock stood still.
    pub paused: i64,
    /// Of these the way to the milestone could take so many.
    pub float: i64,
    pub total: i64,
}

/// What would come of an activity on the path taking less time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Win {
    pub activity: ActivityId,
    pub mover: MoverOf,
    /// Working days that can be won with it before another chain decides.
    pub days: i64,
    /// The milestone's day then.
    pub day: Date,
    /// Of these so many are enough to keep the promise.
    pub to_promise: Option<i64>,
    /// The first activity of the chain that takes over.
    pub then: Option<ActivityId>,
}

impl Outlook {
    /// Why an activity is where it is; none without a plan or such an activity.
    pub fn why(project: &Project, sight: &Sight<'_>, activity: &str) -> Option<Result<Why, Vec<Problem>>> {
        let view = match View::of(project, sight)? {
            Ok(view) => view,
            Err(problems) => return Some(Err(problems)),
        };
        let at = view.lines.iter().position(|(id, _)| *id == activity)?;
        Some(Ok(view.why(at)))
    }
}

impl View<'_> {
    fn why(&self, at: usize) -> Why {
        let outlook = self.outlook();
        let line = &outlook.lines[at];
        let driven = |m: &&lantu_model::Ahead| m.done.is_none() && line.drives.contains(&m.milestone);
        let target = outlook.milestones.iter().find(driven);
        let place = |id: &str| self.lines.iter().position(|(known, _)| *known == id);
        let end = target.and_then(|m| place(&m.activity)).unwrap_or(at);
        let due = target.map_or(self.lines[at].1.due, |m| m.due);
        Why {
            activity: line.id.clone(),
            state: line.state,
            start: line.start,
            finish: line.finish,
            causes: self.causes(at, &outlook),
            late: self.lateness(at, &outlook),
            wins: self.wins(end, due, &outlook),
        }
    }

    fn causes(&self, at: usize, outlook: &Outlook) -> Vec<Cause> {
        let stand = &self.stands[at];
        let mut bounds: Vec<(CauseOf, i64)> = self.own_causes(at);
        bounds.extend(self.ties.of_line(at).iter().map(|tie| {
            let (before, allowed) = (&outlook.lines[tie.from], self.dates.allowed(*tie, &self.stands));
            let done = before.state == State::Done;
            let of = CauseOf::Predecessor { activity: before.id.clone(), ends: tie.ends, lag: tie.lag, finish: before.finish, done };
            (of, allowed)
        }));
        let decisive = self.dates.early_start[at];
        let day = |bound: i64| if stand.left > 0 || stand.days > 0 { self.axis.first_day(bound) } else { self.axis.day(bound) };
        bounds.sort_by_key(|(_, bound)| std::cmp::Reverse(*bound));
        bounds.into_iter().map(|(of, bound)| Cause { of, day: day(bound), decides: bound == decisive }).collect()
    }

    /// What does not come from other lines of the plan.
    fn own_causes(&self, at: usize) -> Vec<(CauseOf, i64)> {
        let (stand, activity) = (&self.stands[at], self.lines[at].1);
        let course = &stand.course;
        match course.reached {
            Reached::Done => return vec![(CauseOf::Done, self.dates.early_start[at])],
            Reached::Void => return vec![],
            Reached::Paused => return vec![(CauseOf::Paused, stand.floor)],
            Reached::InHand | Reached::Returned => return vec![(CauseOf::Begun { since: course.begun, left: stand.left }, stand.floor)],
            Reached::Nothing | Reached::Lapsed | Reached::Expired => {}
        }
        let mut found = vec![(CauseOf::PlanStart, 0)];
        found.extend(Some((CauseOf::Today, course.floor)).filter(|_| self.sight.today > self.axis.start));
        found.extend(activity.not_before.map(|day| (CauseOf::NotBefore(day), Stand::wanted(Some(day), stand.left, &self.axis))));
        found.extend(activity.after_others.iter().filter_map(|other| {
            let finish = *self.sight.elsewhere.get(&(other.project, other.activity.clone()))?;
            let of = CauseOf::Elsewhere { project: other.project, activity: other.activity.clone(), lag: other.lag, finish };
            Some((of, self.axis.through(finish).saturating_add(other.lag)))
        }));
        found
    }

    fn lateness(&self, at: usize, outlook: &Outlook) -> Vec<Lateness> {
        let Some(plan) = &self.project.plan else { return vec![] };
        let then = Then::of(self.project, plan, self.lines[at].0, &self.sight);
        let Some(own_then) = then.finish(self.lines[at].0) else { return vec![] };
        let slip = |then: Date, now: Date| self.axis.through(now) - self.axis.through(then);
        let (own_now, paused) = (outlook.lines[at].finish, self.paused(at));
        let own = slip(own_then, own_now);
        let sum = |milestone, then_day: Date, now: Date| {
            let total = slip(then_day, now);
            let (late, float) = (own - paused, own - total);
            Lateness { milestone, baseline: then.baseline.clone(), then: then_day, now, late, paused, float, total }
        };
        let driven = outlook.milestones.iter().filter(|m| outlook.lines[at].drives.contains(&m.milestone));
        let sums: Vec<_> = driven.filter_map(|m| then.finish(&m.activity).map(|day| sum(Some(m.milestone), day, m.expected))).collect();
        if sums.is_empty() { vec![sum(None, own_then, own_now)] } else { sums }
    }

    /// Working days that its formalities' clocks stood still, up to today.
    fn paused(&self, at: usize) -> i64 {
        let activity = self.lines[at].1;
        self.formalities(activity)
            .filter_map(|row| {
                let from = row.accepted_on()?;
                let to = row.decided_on().unwrap_or(self.sight.today);
                let counter = crate::clock::Counter { calendar: self.axis.calendar, working: true, pauses: &row.course.pauses };
                Some(counter.days(from, to) - counter.run(from, to))
            })
            .max()
            .unwrap_or(0)
    }

    fn wins(&self, end: usize, due: Option<Date>, outlook: &Outlook) -> Vec<Win> {
        let path = self.path(end, &outlook.links);
        let mut wins: Vec<Win> = path.iter().filter_map(|&at| self.win(at, end, due, &path)).collect();
        wins.sort_by_key(|win| std::cmp::Reverse(win.days));
        wins
    }

    /// What is left of it done in a day: as far as the end follows, days can be won.
    fn win(&self, at: usize, end: usize, due: Option<Date>, path: &[usize]) -> Option<Win> {
        let shorter = self.shortened(at)?;
        let (now, best) = (self.dates.early_finish[end], shorter.dates.early_finish[end]);
        let days = Some(now - best).filter(|days| *days > 0)?;
        let after = shorter.path(end, &shorter.tied());
        let open = |on: &&usize| self.stands[**on].is_open();
        let then = after.iter().filter(open).find(|on| !path.contains(on)).map(|on| self.lines[*on].0.to_owned());
        let short = due.map(|due| now - self.axis.through(due));
        Some(Win {
            activity: self.lines[at].0.to_owned(),
            mover: self.mover(at).0,
            days,
            day: self.axis.day(best),
            to_promise: short.filter(|short| (1..=days).contains(short)),
            then,
        })
    }

    /// The same plan with a single day left of a line.
    fn shortened(&self, at: usize) -> Option<View<'_>> {
        let mut stands = self.stands.clone();
        let left = stands.get_mut(at).filter(|s| s.is_open() && s.left > 1)?;
        left.left = 1;
        let dates = super::Dates::of(&stands, &self.ties).ok()?;
        Some(View { stands, dates, rows: self.rows.clone(), lines: self.lines.clone(), ties: self.ties.clone(), ..*self })
    }
}

/// The dates that are measured against.
struct Then<'a> {
    baseline: Option<String>,
    kept: Option<&'a lantu_model::plan::Baseline>,
    untouched: Option<Outlook>,
}

impl<'a> Then<'a> {
    /// The newest baseline that has the activity, known on the day; else the plan before anything happened.
    fn of(project: &Project, plan: &'a Plan, activity: &str, sight: &Sight<'_>) -> Self {
        let kept = plan.baselines.iter().rev().find(|b| b.on <= sight.today && b.dates.contains_key(activity));
        let untouched = if kept.is_none() { untouched(project, plan.start, sight) } else { None };
        Self { baseline: kept.map(|b| b.name.clone()), kept, untouched }
    }

    fn finish(&self, activity: &str) -> Option<Date> {
        let of_plan = || self.untouched.as_ref()?.lines.iter().find(|l| l.id == activity).map(|l| l.finish);
        self.kept.map_or_else(of_plan, |b| b.dates.get(activity).map(|d| d.finish))
    }
}

fn untouched(project: &Project, start: Date, sight: &Sight<'_>) -> Option<Outlook> {
    let mut bare = project.clone();
    bare.formalities.retain(|f| f.state == lantu_model::FormalityState::NotNeeded);
    bare.lifecycle.stage = Stage::Scouting { since: None };
    for activity in bare.plan.as_mut()?.activities.values_mut() {
        activity.progress = Progress::default();
    }
    Outlook::of(&bare, &Sight { today: start, ..*sight })?.ok()
}
