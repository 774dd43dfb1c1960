//! What a contractor says of the steps that his rows are tied to, beside what the office knows of them.
//!
//! Nothing is taken over here: an offer is the edit that would, and whoever takes it sends it as his own.
use super::{
    kept::Dated,
    view::{Beside, BesideRow},
};
use crate::{
    desk::{Ask, Desk},
    error::Result,
    evidence,
    view::{PlanView, plan::ActivityView},
};
use jiff::civil::Date;
use lantu_calendar::WorkCalendar;
use lantu_model::{
    FileTie, PlanFile, ProjectId,
    plan::{Progress, ProgressPatch},
};
use lantu_planfile::Plan;
use lantu_schedule::{Instant, Kind, Progress as Done, Row};

/// From so many days on a difference of the ends is a warning.
const WARN_FROM: i64 = 7;

/// The ties of a version, else of the newest that has any; `None` where there is none.
pub async fn beside(desk: &Desk, ask: Ask<'_>, id: ProjectId, file: Option<&str>, day: Option<Date>) -> Result<Option<Beside>> {
    let project = evidence::seen(desk, ask, id, day).await?;
    let found = match file {
        Some(file) => Some(project.plan_file(file).ok_or(crate::AppError::NotFound)?),
        None => project.plan_files.iter().rev().find(|f| !f.ties.is_empty()),
    };
    let Some(found) = found else { return Ok(None) };
    let plan = crate::plan::dated_plan(desk, ask, id, day).await?;
    let dated = super::dated(desk, ask, &project, found).await?;
    let books = desk.books(ask.office()).await?;
    let holding = Holding { dated: &dated, seen: seen(&dated.plan, found), calendar: books.pack.calendar() };
    Ok(Some(Beside {
        file: found.id.clone(),
        name: found.name.clone(),
        number: project.plan_files.iter().position(|f| f.id == found.id).unwrap_or_default() + 1,
        seen: holding.seen,
        seq: plan.seq,
        warn_from: WARN_FROM,
        rows: holding.rows(&plan, &found.ties),
    }))
}

/// The last day of which a file tells facts: its data date, or the day before when that stands at the start of work.
fn seen(plan: &Plan, file: &PlanFile) -> Date {
    let Some(at) = plan.options.data_date else { return file.read_on };
    let morning = i64::from(plan.units.start_of_day.hour()) * 3600 + i64::from(plan.units.start_of_day.minute()) * 60;
    let day = at.day();
    if at.second_of_day() <= morning { day.yesterday().unwrap_or(day) } else { day }
}

struct Holding<'a> {
    dated: &'a Dated,
    seen: Date,
    calendar: &'a WorkCalendar,
}

impl Holding<'_> {
    /// In the order of the plan's lines; a tie to a step or a row that is gone says nothing.
    fn rows(&self, plan: &PlanView, ties: &[FileTie]) -> Vec<BesideRow> {
        let tied = |step: &String| ties.iter().find(|t| t.activity == *step);
        plan.activities.iter().filter_map(|step| self.row(step, tied(&step.id)?.uid)).collect()
    }

    fn row(&self, step: &ActivityView, uid: i64) -> Option<BesideRow> {
        let at = self.dated.plan.find(uid, false)?.at();
        let row = self.dated.schedule.rows.get(at)?;
        let permit = !step.formality.is_empty();
        let told = self.told(at, row, step.days == 0)?;
        let (file_start, file_finish) = (row.start.day(), last_day(row.finish));
        Some(BesideRow {
            uid,
            row_name: self.dated.plan.labels.get(at).map(|l| l.name.clone()).unwrap_or_default(),
            activity: step.id.clone(),
            activity_name: step.name.clone(),
            start: step.start,
            finish: step.finish,
            done: step.actual_finish.is_some(),
            file_start,
            file_finish,
            days: i64::from((file_finish - step.finish).get_days()),
            now: step.progress.clone(),
            offer: if permit { None } else { offer(&step.id, &step.progress, &told) },
            told,
            permit,
        })
    }

    /// A milestone of the file tells the end of work, not its beginning; an event of the plan has only one day.
    fn told(&self, at: usize, row: &Row, event: bool) -> Option<Progress> {
        let activity = self.dated.plan.activities.get(at)?;
        let milestone = matches!(activity.kind, Kind::StartMilestone | Kind::FinishMilestone) || activity.duration.as_seconds() == 0;
        let started = |start: Instant| Some(start.day()).filter(|_| !event && !milestone);
        Some(match activity.progress() {
            Done::NotStarted => Progress::default(),
            Done::Started { .. } if event || milestone => Progress::default(),
            Done::Started { start, .. } => Progress {
                started: started(start),
                finished: None,
                remaining: Some(self.left(row)),
                percent: self.percent(at),
                seen: Some(self.seen.max(start.day())),
            },
            Done::Finished { start, finish, .. } => {
                Progress { started: started(start), finished: Some(last_day(finish)), ..Progress::default() }
            }
        })
    }

    /// Working days of the office after the day that the file tells of, through the end that it forecasts.
    fn left(&self, row: &Row) -> i64 {
        let next = |day: Date| day.tomorrow().unwrap_or(day);
        self.calendar.working_days_between(next(self.seen), next(last_day(row.finish))).max(1)
    }

    fn percent(&self, at: usize) -> Option<u8> {
        let done = self.dated.plan.stored.get(at)?.percent_complete?;
        // Work that is begun and not over is neither at nothing nor at all.
        (done > 0.0).then(|| done.round().clamp(1.0, 99.0) as u8)
    }
}

/// The day whose work ends at an instant: midnight is the end of the day before.
pub(super) fn last_day(at: Instant) -> Date {
    let day = at.day();
    if at.second_of_day() == 0 { day.yesterday().unwrap_or(day) } else { day }
}

/// What differs of what the file tells; what it does not tell stays as the office has it.
fn offer(id: &str, now: &Progress, told: &Progress) -> Option<ProgressPatch> {
    if told.is_none() {
        return None;
    }
    let mut patch = ProgressPatch { id: id.to_owned(), ..ProgressPatch::default() };
    if told.started.is_some() && told.started != now.started {
        patch.started = Some(told.started);
    }
    if told.finished != now.finished {
        patch.finished = Some(told.finished);
    }
    let over = told.finished.is_some();
    if told.remaining != now.remaining && (!over || now.remaining.is_some_and(|days| days > 0)) {
        patch.remaining = Some(told.remaining);
    }
    let percent = |p: Option<u8>| p.map(i64::from);
    if told.percent != now.percent && (if over { now.percent.is_some_and(|p| p < 100) } else { told.percent.is_some() }) {
        patch.percent = Some(percent(told.percent));
    }
    let nothing = ProgressPatch { id: id.to_owned(), ..ProgressPatch::default() };
    if patch == nothing {
        return None;
    }
    if (patch.remaining.is_some() || patch.percent.is_some()) && !over {
        patch.seen = Some(told.seen);
    }
    Some(patch)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn an_offer_is_what_differs_and_nothing_when_nothing_does() {
        let running = Progress {
            started: Some(date(2026, 3, 2)),
            finished: None,
            remaining: Some(6),
            percent: Some(40),
            seen: Some(date(2026, 3, 13)),
        };
        let over = Progress { started: Some(date(2026, 3, 2)), finished: Some(date(2026, 3, 20)), ..Progress::default() };
        assert_eq!(offer("A", &Progress::default(), &Progress::default()), None, "a row that has not begun offers nothing");
        assert_eq!(offer("A", &running, &running), None);
        let first = offer("A", &Progress::default(), &running).unwrap();
        assert_eq!(
            (first.started, first.finished, first.remaining, first.percent),
            (Some(running.started), None, Some(Some(6)), Some(Some(40)))
        );
        assert_eq!(first.seen, Some(running.seen));
        let ended = offer("A", &running, &over).unwrap();
        assert_eq!((ended.started, ended.finished), (None, Some(over.finished)));
        assert_eq!((ended.remaining, ended.percent, ended.seen), (Some(None), Some(None), None), "work that is over leaves nothing to do");
        let taken_back = offer("A", &over, &running).unwrap();
        assert_eq!(taken_back.finished, Some(None), "told plainly, taken only when somebody takes it");
    }

    #[test]
    fn work_until_midnight_ends_on_the_day_before() {
        for (at, day) in [("2026-03-13T17:00", date(2026, 3, 13)), ("2026-03-14T00:00", date(2026, 3, 13))] {
            assert_eq!(last_day(at.parse().unwrap()), day);
        }
    }
}
