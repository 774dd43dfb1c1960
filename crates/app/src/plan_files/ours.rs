//! The project's own plan as a schedule file, for a contractor's program.
use super::{
    export::{dated_anew, format, unknown},
    reading,
    view::Said,
};
use crate::{
    AppError,
    desk::{Ask, Desk},
    error::Result,
    view::{PlanView, plan::ActivityView},
};
use lantu_calendar::{Calendar, CalendarSpec, Hours, Instant, Span, WorkCalendar};
use lantu_model::{ActivityId, Problem, ProjectId};
use lantu_planfile::{CalendarKind, Format, Label, Plan, PlanCalendar, PlanFile, Source, Stored, Uncertainty, Units, Version};
use lantu_schedule::{Activity, ActivityIx, CalendarIx, Constraint, ConstraintKind, Dialect, Kind, Lag, Link, LinkKind, Options, Progress};
use std::collections::BTreeMap;

const DAY: i64 = 480;

/// The plan as it stands today, in a format; its dates are ours. With what the format could not hold.
pub async fn export_plan(desk: &Desk, ask: Ask<'_>, id: ProjectId, to: &str) -> Result<(String, bytes::Bytes, Vec<Said>)> {
    let to = format(to)?;
    let view = crate::plan::dated_plan(desk, ask, id, None).await?;
    if view.activities.is_empty() {
        return Err(AppError::refuse(Problem::block("plan_missing")));
    }
    let books = desk.books(ask.office()).await?;
    tokio::task::block_in_place(|| {
        let plan = Drawing::new(&view, books.pack.calendar(), to).plan();
        let file = PlanFile { format: to, plans: vec![plan], source: Source::None };
        let written = lantu_planfile::write(&file, to).map_err(|_| unknown(to.name()))?;
        let losses = reading::losses(&written.losses, ask.lang);
        let bytes = dated_anew(&view.name, &written.bytes, None, ask)?;
        Ok((format!("{}.{}", view.name, to.extension()), bytes.into(), losses))
    })
}

struct Drawing<'a> {
    view: &'a PlanView,
    dialect: Dialect,
    spec: CalendarSpec,
    calendar: Calendar,
    /// The first row of the steps: groups stand before them.
    first: usize,
}

impl<'a> Drawing<'a> {
    fn new(view: &'a PlanView, office: &WorkCalendar, to: Format) -> Self {
        let spec = CalendarSpec::of_office(office, &Hours::eight_to_five());
        let dialect = if to == Format::Mspdi { Dialect::MsProject } else { Dialect::P6 };
        let calendar = Calendar::of(&spec);
        let first = view.phases.iter().filter(|p| view.activities.iter().any(|a| a.phase == p.number)).count();
        Self { view, dialect, spec, calendar, first }
    }

    fn plan(&self) -> Plan {
        let mut plan = self.drawn();
        self.hold(&mut plan);
        plan
    }

    fn drawn(&self) -> Plan {
        let view = self.view;
        let start = view.activities.iter().map(|a| a.start).chain(view.start).min().unwrap_or(view.today);
        let mut options = Options::new(self.dialect, Instant::at(start, 8 * 60));
        options.data_date = Some(Instant::at(view.today, 8 * 60));
        let (mut activities, mut labels, mut stored) = (vec![], vec![], vec![]);
        let mut groups: BTreeMap<i64, ActivityIx> = BTreeMap::new();
        let mut add = |activity: Activity, code: String, name: &str, percent: Option<f64>| {
            let row = i64::try_from(activities.len()).ok().map(|at| at + 1);
            activities.push(activity);
            labels.push(Label { row, code, name: name.to_owned(), guid: None });
            stored.push(Stored { percent_complete: percent, ..Stored::default() });
        };
        for (at, phase) in (0_u32..).zip(view.phases.iter().filter(|p| view.activities.iter().any(|a| a.phase == p.number))) {
            groups.insert(phase.number, ActivityIx(at));
            let group = Activity { kind: Kind::Summary, ..Activity::task(i64::from(at) + 1, CalendarIx(0), Span::ZERO) };
            add(group, phase.number.to_string(), &phase.name, None);
        }
        for (at, step) in (self.first as u32..).zip(&view.activities) {
            let row = Activity { parent: groups.get(&step.phase).copied(), ..self.row(i64::from(at) + 1, step) };
            add(row, step.id.clone(), &step.name, Some(if step.actual_finish.is_some() { 100.0 } else { f64::from(step.percent) }));
        }
        Plan {
            id: "1".to_owned(),
            name: view.name.clone(),
            options,
            units: Units::default(),
            calendars: vec![PlanCalendar {
                uid: 1,
                name: "office".to_owned(),
                kind: CalendarKind::Global,
                minutes_per_day: Some(DAY as u32),
                spec: self.spec.clone(),
            }],
            activities,
            labels,
            stored,
            links: self.links(),
            resources: vec![],
            uncertainty: Uncertainty::default(),
            last_scheduled: None,
            losses: vec![],
        }
    }

    fn row(&self, uid: i64, step: &ActivityView) -> Activity {
        let length = |days: i64| Span::minutes(days.max(0) * DAY);
        let (morning, evening) = (Instant::at(step.start, 8 * 60), Instant::at(step.finish, 17 * 60));
        let mut row = Activity::task(uid, CalendarIx(0), length(step.days));
        if step.days == 0 {
            row.kind = if self.dialect == Dialect::P6 { Kind::FinishMilestone } else { Kind::Task };
            row.detail_mut().milestone = true;
        }
        let worked = |until: Instant| self.calendar.work_between(morning, until);
        if step.state == "done" {
            let start = if step.days == 0 { evening } else { morning };
            row.detail_mut().progress = Progress::Finished { start, finish: evening, actual: worked(evening) };
        } else if let Some(begun) = step.actual_start.filter(|_| step.days > 0) {
            let start = Instant::at(begun, 8 * 60);
            let today = Instant::at(self.view.today, 8 * 60);
            let (actual, remaining) = (self.calendar.work_between(start, today), self.calendar.work_between(today, evening));
            row.duration = actual + remaining;
            row.detail_mut().progress = Progress::Started { start, actual, remaining };
        }
        row
    }

    fn links(&self) -> Vec<Link> {
        let place: BTreeMap<&ActivityId, u32> = (self.first as u32..).zip(&self.view.activities).map(|(at, a)| (&a.id, at)).collect();
        let kind = |ends: &str| match ends {
            "SS" => LinkKind::StartStart,
            "FF" => LinkKind::FinishFinish,
            "SF" => LinkKind::StartFinish,
            _ => LinkKind::FinishStart,
        };
        let link = |l: &crate::view::plan::LinkView| {
            let (from, to) = (place.get(&l.from)?, place.get(&l.to)?);
            Some(Link {
                predecessor: ActivityIx(*from),
                successor: ActivityIx(*to),
                kind: kind(l.ends),
                lag: Lag::Work(Span::minutes(l.lag * DAY)),
            })
        };
        self.view.links.iter().filter_map(link).collect()
    }

    /// What the network alone does not say, days that are waited for elsewhere and pauses among it, holds a step where it is: the
    /// earliest that lies too early is held, and those after it follow by their links.
    fn hold(&self, plan: &mut Plan) {
        for _ in 0..plan.activities.len() {
            let Ok(version) = Version::of(plan) else { return };
            let early = (self.first..).zip(&self.view.activities).filter(|(at, step)| {
                let row = version.schedule.rows.get(*at);
                step.state != "done"
                    && row.is_some_and(|row| if step.days == 0 { row.finish.day() < step.finish } else { row.start.day() < step.start })
            });
            let Some((at, step)) = early.min_by_key(|(at, step)| (step.start, *at)) else { return };
            let Some(row) = plan.activities.get_mut(at) else { return };
            let date = if step.days == 0 { Instant::at(step.finish, 17 * 60) } else { Instant::at(step.start, 8 * 60) };
            let kind = if step.days == 0 { ConstraintKind::FinishNoEarlierThan } else { ConstraintKind::StartNoEarlierThan };
            if row.constraint().is_some_and(|held| held.date == date) {
                return;
            }
            row.detail_mut().constraint = Some(Constraint { kind, date });
        }
    }
}
