//! 为什么是这一天: what an activity waits for, what decides its day, how its lateness adds up, how days could be won back.
use super::Around;
use crate::{
    AppError,
    desk::{Ask, Desk},
    error::Result,
    permission::Right,
};
use jiff::civil::Date;
use lantu_model::{ActivityId, Milestone, Plan, ProjectId, words};
use lantu_rules::outlook::{Cause, CauseOf, Lateness, Outlook, Sight, Why, Win};
use serde::Serialize;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct WhyView {
    pub activity: ActivityId,
    pub name: String,
    pub start: Date,
    pub finish: Date,
    /// Everything that its dates could hang on, what allows it last first.
    pub causes: Vec<CauseView>,
    /// How its lateness adds up, for each milestone that it drives.
    pub late: Vec<LateView>,
    /// Where days could be won back, most first.
    pub wins: Vec<WinView>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct CauseView {
    pub text: String,
    /// The first day of work that it allows.
    pub day: Date,
    /// The activity goes on no earlier because of it.
    pub decides: bool,
    /// The activity that is waited for, and its project when it is another one.
    pub activity: Option<ActivityId>,
    pub project: Option<ProjectId>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct LateView {
    pub text: String,
    pub milestone: Option<Milestone>,
    pub then: Date,
    pub now: Date,
    /// Working days: `late + paused - float = total`.
    pub late: i64,
    pub paused: i64,
    pub float: i64,
    pub total: i64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct WinView {
    pub text: String,
    pub activity: ActivityId,
    /// Working days that can be won with it before another chain decides.
    pub days: i64,
    /// The milestone's day then.
    pub day: Date,
    /// The first activity of the chain that takes over.
    pub then: Option<ActivityId>,
}

pub async fn why(desk: &Desk, ask: Ask<'_>, id: ProjectId, activity: &str) -> Result<WhyView> {
    ask.require(Right::ReadProjects)?;
    let project = desk.store.project(&ask.reach(), id, None).await?.ok_or(AppError::NotFound)?.doc;
    let around = Around::of(desk, ask, &project, None, ask.moment.day, &[]).await?;
    let elsewhere = around.elsewhere(&project);
    let sight = Sight { pack: &around.books.pack, today: around.day, elsewhere: &elsewhere };
    match (Outlook::why(&project, &sight, activity), &project.plan) {
        (Some(Ok(why)), Some(plan)) => Ok(Telling { around: &around, plan }.tell(why)),
        (Some(Err(unmet)), _) => Err(AppError::Refused(around.refusal_named(lantu_model::Refusal { unmet }, &[project.plan.as_ref()]))),
        _ => Err(AppError::NotFound),
    }
}

/// Says reasons in the asker's language.
struct Telling<'a> {
    around: &'a Around,
    plan: &'a Plan,
}

impl Telling<'_> {
    fn tell(&self, why: Why) -> WhyView {
        WhyView {
            name: self.name(&why.activity),
            start: why.start,
            finish: why.finish,
            causes: why.causes.iter().map(|cause| self.cause(cause)).collect(),
            late: why.late.iter().filter(|l| l.total != 0 || l.late != 0 || l.paused != 0).map(|late| self.late(late)).collect(),
            wins: why.wins.iter().map(|win| self.win(win)).collect(),
            activity: why.activity,
        }
    }

    fn name(&self, id: &str) -> String {
        self.plan.activities.get(id).map_or_else(|| id.to_owned(), |a| a.name.in_lang(self.around.lang).to_owned())
    }

    fn say(&self, key: &str, values: &[(&str, String)]) -> String {
        words::sentence(key, self.around.lang, values)
    }

    fn cause(&self, cause: &Cause) -> CauseView {
        let (text, activity, project) = match &cause.of {
            CauseOf::Done => (self.say("why.done", &[]), None, None),
            CauseOf::Begun { since: Some(since), left } => {
                (self.say("why.begun", &[("since", since.to_string()), ("days", left.to_string())]), None, None)
            }
            CauseOf::Begun { since: None, left } => (self.say("why.begun_undated", &[("days", left.to_string())]), None, None),
            CauseOf::Paused => (self.say("why.paused", &[]), None, None),
            CauseOf::Today => (self.say("why.today", &[]), None, None),
            CauseOf::PlanStart => (self.say("why.plan_start", &[("day", self.plan.start.to_string())]), None, None),
            CauseOf::NotBefore(day) => (self.say("why.not_before", &[("day", day.to_string())]), None, None),
            CauseOf::Predecessor { activity, ends, lag, finish, done } => {
                let key = if *done { "why.predecessor_done" } else { "why.predecessor" };
                let values = [("name", self.name(activity)), ("day", finish.to_string()), ("link", self.link(ends.letters(), *lag))];
                (self.say(key, &values), Some(activity.clone()), None)
            }
            CauseOf::Elsewhere { project, activity, lag, finish } => {
                let values = [("name", self.elsewhere(*project, activity)), ("day", finish.to_string()), ("link", self.link("FS", *lag))];
                (self.say("why.elsewhere", &values), Some(activity.clone()), Some(*project))
            }
        };
        CauseView { text, day: cause.day, decides: cause.decides, activity, project }
    }

    /// A link other than finish to start without a lag, in brackets.
    fn link(&self, ends: &str, lag: i64) -> String {
        match (ends, lag) {
            ("FS", 0) => String::new(),
            (ends, 0) => self.say("why.link", &[("link", ends.to_owned())]),
            (ends, lag) => self.say("why.link", &[("link", format!("{ends}{lag:+}"))]),
        }
    }

    fn elsewhere(&self, project: ProjectId, activity: &str) -> String {
        let seen = self.around.others.get(&project).filter(|p| self.around.visible.contains(&p.id));
        let Some(other) = seen else { return words::field("plan.out_of_sight", self.around.lang) };
        let step = other.plan.as_ref().and_then(|plan| plan.activities.get(activity));
        format!("{} · {}", other.name, step.map_or(activity, |a| a.name.in_lang(self.around.lang)))
    }

    fn late(&self, late: &Lateness) -> LateView {
        let milestone = late
            .milestone
            .map_or_else(|| self.say("why.itself", &[]), |m| words::field(&format!("milestone.{}", m.key()), self.around.lang));
        let against = late.baseline.clone().unwrap_or_else(|| self.say("why.first_plan", &[]));
        let number = |n: i64| n.to_string();
        let days = |n: i64| self.say(if n < 0 { "why.days_earlier" } else { "why.days_later" }, &[("days", n.abs().to_string())]);
        let values = [
            ("milestone", milestone),
            ("against", against),
            ("then", late.then.to_string()),
            ("now", late.now.to_string()),
            ("late", days(late.late)),
            ("paused", number(late.paused)),
            ("float", number(late.float)),
            ("total", number(late.total.abs())),
        ];
        let key = if late.total < 0 { "why.early" } else { "why.late" };
        let Lateness { milestone, then, now, late, paused, float, total, .. } = late.clone();
        LateView { text: self.say(key, &values), milestone, then, now, late, paused, float, total }
    }

    fn win(&self, win: &Win) -> WinView {
        let mover = super::draw::mover_name(self.around, &win.mover);
        let values = [("name", self.name(&win.activity)), ("mover", mover), ("days", win.days.to_string()), ("day", win.day.to_string())];
        let mut text = self.say("why.win", &values);
        if let Some(days) = win.to_promise.filter(|days| *days > 0) {
            text += &self.say("why.win_promise", &[("days", days.to_string())]);
        }
        if let Some(then) = &win.then {
            text += &self.say("why.win_then", &[("name", self.name(then))]);
        }
        WinView { text, activity: win.activity.clone(), days: win.days, day: win.day, then: win.then.clone() }
    }
}
