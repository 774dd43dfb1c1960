//! A schedule given back: as it came, in another format, or with what the office knows to have been done.
use super::{beside::last_day, reading, view::Said};
use crate::{
    AppError,
    desk::{Ask, Desk},
    error::Result,
};
use jiff::civil::Date;
use lantu_calendar::{Calendar, Instant, Span};
use lantu_model::{PlanFile, Problem, Project, ProjectId};
use lantu_planfile::{Format, Plan};
use lantu_schedule::{Activity, Progress as Done};

/// Whose facts a file is given back with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Facts {
    /// As the contractor sent them.
    Theirs,
    /// Of the rows that are tied, what the office knows to have been done.
    Ours,
}

/// The file with its name, and what its format could not hold.
pub async fn export(
    desk: &Desk,
    ask: Ask<'_>,
    id: ProjectId,
    file: &str,
    (format, facts): (Option<&str>, Facts),
) -> Result<(String, bytes::Bytes, Vec<Said>)> {
    let (project, found) = super::version_of(desk, ask, id, file).await?;
    let bytes = super::bytes_of(desk, &project, &found).await?;
    let to = self::format(format.unwrap_or(&found.format))?;
    if to.name() == found.format && facts == Facts::Theirs {
        return Ok((found.name, bytes, vec![]));
    }
    tokio::task::block_in_place(|| {
        let mut read = reading::read(&found.name, &bytes, ask.lang)?;
        let at = read.plans.iter().position(|p| p.id == found.project).ok_or(AppError::NotFound)?;
        if let Some(plan) = read.plans.get_mut(at).filter(|_| facts == Facts::Ours) {
            take_ours(plan, &project, &found);
        }
        if to.name() != found.format || !to.holds_several() {
            read.keep_only(at);
        }
        let mut written = lantu_planfile::write(&read, to).map_err(|_| unknown(to.name()))?;
        if facts == Facts::Ours {
            written.bytes = dated_anew(&found.name, &written.bytes, Some(&found.project), ask)?;
        }
        let stem = found.name.rsplit_once('.').map_or(found.name.as_str(), |(stem, _)| stem);
        Ok((format!("{stem}.{}", to.extension()), written.bytes.into(), reading::losses(&written.losses, ask.lang)))
    })
}

pub(super) fn format(name: &str) -> Result<Format> {
    Format::ALL.into_iter().find(|f| f.name() == name).ok_or_else(|| unknown(name))
}

pub(super) fn unknown(format: &str) -> AppError {
    AppError::refuse(Problem::block("bad_value").at("format").with("found", format))
}

/// With the dates that the file's own program would compute: it opens with nothing left to recompute.
pub(super) fn dated_anew(name: &str, bytes: &[u8], project: Option<&str>, ask: Ask<'_>) -> Result<Vec<u8>> {
    let mut read = reading::read(name, bytes, ask.lang)?;
    let format = read.format;
    let one = read.plans.len() == 1;
    for plan in read.plans.iter_mut().filter(|p| one || project.is_none_or(|id| id == p.id)) {
        let rows = reading::dated(name, plan, ask.lang)?.schedule.rows;
        plan.stored.iter_mut().zip(&rows).for_each(|(stored, row)| stored.take(row));
    }
    Ok(lantu_planfile::write(&read, format).map_err(|_| unknown(format.name()))?.bytes)
}

/// Of the tied rows, what has been done as the office knows it. Where it knows nothing, the file's own word stays.
fn take_ours(plan: &mut Plan, project: &Project, file: &PlanFile) {
    let calendars = plan.network().calendars;
    let minutes = i64::from(plan.units.minutes_per_day.max(1));
    for tie in &file.ties {
        let step = project.plan.as_ref().and_then(|p| p.activities.get(&tie.activity));
        let (Some(step), Some(at)) = (step, plan.find(tie.uid, false)) else { continue };
        let happened = project.happened(step);
        let Some(activity) = plan.activities.get_mut(at.at()) else { continue };
        let Some(calendar) = calendars.get(activity.calendar.at()) else { continue };
        let site = Site { calendar, minutes };
        let percent = match (happened.started, happened.finished) {
            (started, Some(finished)) => {
                site.finish(activity, started, finished);
                Some(100.0)
            }
            (Some(started), None) => {
                site.start(activity, started, step.progress.seen, step.progress.remaining);
                step.progress.percent.map(f64::from)
            }
            (None, None) => continue,
        };
        if let (Some(stored), Some(percent)) = (plan.stored.get_mut(at.at()), percent) {
            stored.percent_complete = Some(percent);
        }
        let last = [happened.started, happened.finished, step.progress.seen].into_iter().flatten().max();
        if let (Some(last), Some(data_date)) = (last, &mut plan.options.data_date) {
            // Nothing is told of the days after the data date.
            *data_date = (*data_date).max(calendar.next_start(Instant::start_of(last.tomorrow().unwrap_or(last))));
        }
    }
}

/// Days of an office as moments of a site.
struct Site<'a> {
    calendar: &'a Calendar,
    minutes: i64,
}

impl Site<'_> {
    fn morning(&self, day: Date) -> Instant {
        let at = self.calendar.next_start(Instant::start_of(day));
        if at.day() == day { at } else { Instant::start_of(day) }
    }

    fn evening(&self, day: Date) -> Instant {
        let at = self.calendar.previous_finish(Instant::start_of(day.tomorrow().unwrap_or(day)));
        if last_day(at) == day { at } else { Instant::start_of(day) }
    }

    /// A day that the file has already keeps its hour.
    fn finish(&self, activity: &mut Activity, started: Option<Date>, finished: Date) {
        let (mut start, mut finish) = (self.morning(started.unwrap_or(finished)), self.evening(finished));
        match activity.progress() {
            Done::Finished { start: was, finish: until, .. } => {
                start = if started.is_none_or(|day| day == was.day()) { was } else { start };
                finish = if last_day(until) == finished { until } else { finish };
            }
            Done::Started { start: was, .. } => start = if started.is_none_or(|day| day == was.day()) { was } else { start },
            Done::NotStarted => {}
        }
        if activity.duration.as_seconds() == 0 {
            start = finish;
        }
        let finish = finish.max(start);
        let actual = self.calendar.work_between(start, finish);
        activity.detail_mut().progress = Done::Finished { start, finish, actual };
    }

    fn start(&self, activity: &mut Activity, started: Date, seen: Option<Date>, left: Option<i64>) {
        let (start, was_left) = match activity.progress() {
            Done::Started { start, remaining, .. } | Done::Finished { start, actual: remaining, .. } if start.day() == started => {
                (start, remaining)
            }
            _ => (self.morning(started), activity.duration),
        };
        let until = seen.map_or(start, |seen| self.evening(seen)).max(start);
        let remaining = left.map_or(was_left, |days| Span::minutes(days.saturating_mul(self.minutes)));
        let actual = self.calendar.work_between(start, until);
        activity.duration = actual + remaining;
        activity.detail_mut().progress = Done::Started { start, actual, remaining };
    }
}
