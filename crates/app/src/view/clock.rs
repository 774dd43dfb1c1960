//! The clock of a formality, ready to show.
use crate::Books;
use jiff::civil::Date;
use lantu_model::{Formality, Limit, PauseKind, Project, words::Lang};
use lantu_rules::{Clock, Mover, Standing, outlook::promised};
use serde::Serialize;

/// Where a formality stands on the day that is shown, how its clock runs and whose move it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct ClockView {
    /// Key of the formality.
    pub kind: String,
    /// `not_needed`, `planned`, `undated`, `running`, `paused`, `returned`, `granted`, `promised`, `refused`, `lapsed`, `expired`
    pub standing: &'static str,
    /// Why it is paused.
    pub pause: Option<PauseKind>,
    /// `department`, `owner` or `nobody`.
    pub mover: &'static str,
    /// The department that decides it, by its name in the asker's language.
    pub dept: Option<String>,
    /// Since when it has been theirs.
    pub since: Option<Date>,
    pub limit: Option<Limit>,
    /// Days that counted, in the limit's unit; working days where there is no limit.
    pub run: Option<i64>,
    /// Days that a pause took off.
    pub paused: i64,
    /// Days left while it is in hand.
    pub left: Option<i64>,
    /// The last day in time; none while a pause has no end.
    pub limit_day: Option<Date>,
    /// Holidays up to the limit day are assumed, not announced.
    pub provisional: bool,
    pub overdue: i64,
    /// Calendar days beyond the day by which promised papers were due.
    pub promise_overdue: i64,
    /// What can be recorded now: `accept`, `pause`, `resume`, `return`, `grant`, `commit`, `refuse`, `fulfil`, `extend`, `lapse`.
    pub acts: Vec<&'static str>,
}

impl ClockView {
    /// The same clock as on the battle map and in the queues: where the pack sets no limit, the project's plan does.
    pub fn of(formality: &Formality, project: &Project, books: &Books, lang: Lang, today: Date) -> Self {
        let kind = books.pack.formality(&formality.kind);
        let steps = project.plan.iter().flat_map(|plan| plan.activities.values());
        let step = steps.filter(|s| s.formality.contains(&formality.kind)).min_by_key(|s| s.place);
        let clock = Clock::read(formality, promised(&books.pack, step, &formality.kind), books.pack.calendar(), today);
        let dept = kind.and_then(|k| k.dept.as_ref()).and_then(|key| books.place.orgs.iter().find(|o| o.key == *key));
        Self {
            kind: formality.kind.clone(),
            standing: standing_key(clock.standing),
            pause: if let Standing::Paused(kind) = clock.standing { Some(kind) } else { None },
            mover: match clock.mover {
                Mover::Department => "department",
                Mover::Owner => "owner",
                Mover::Nobody => "nobody",
            },
            dept: dept.map(|o| o.words.in_lang(lang).to_owned()),
            since: clock.since,
            limit: clock.limit,
            run: clock.run,
            paused: clock.paused,
            left: clock.left,
            limit_day: clock.limit_day,
            provisional: clock.limit_day.is_some_and(|day| books.pack.calendar_is_provisional(day)),
            overdue: clock.overdue,
            promise_overdue: clock.promise_overdue,
            acts: formality.open_acts(today),
        }
    }
}

fn standing_key(standing: Standing) -> &'static str {
    match standing {
        Standing::NotNeeded => "not_needed",
        Standing::Planned => "planned",
        Standing::Undated => "undated",
        Standing::Running => "running",
        Standing::Paused(_) => "paused",
        Standing::Returned => "returned",
        Standing::Granted => "granted",
        Standing::Promised => "promised",
        Standing::Refused => "refused",
        Standing::Lapsed => "lapsed",
        Standing::Expired => "expired",
    }
}
