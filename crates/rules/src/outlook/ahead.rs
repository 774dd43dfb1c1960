//! Milestones: promised, done or expected, what drives them, and their lights.
use super::{Line, TiedLines, View};
use jiff::civil::Date;
use lantu_model::{Ahead, Light, Milestone, Project, Status};

/// The day on which a decision on the stage says that a milestone was reached.
pub(super) fn stage_day(project: &Project, milestone: Milestone) -> Option<Date> {
    let stage = &project.lifecycle.stage;
    match milestone {
        Milestone::Start => stage.started(),
        Milestone::Completion => stage.completed(),
        Milestone::Production => stage.operating(),
        Milestone::Capacity => stage.ramped(),
        Milestone::Handover | Milestone::Closed => None,
    }
}

/// Terminated, closed, or gone on in other projects: it owes nothing any more, and nobody waits for it to be late.
pub(super) fn is_over(project: &Project, today: Date) -> bool {
    let ended = match &project.lifecycle.status {
        Status::Terminated { on, .. } | Status::Closed { on, .. } => Some(*on),
        Status::Active | Status::Halted { .. } | Status::Deferred { .. } => None,
    };
    let followed = project.superseded.as_ref().map(|s| s.on);
    [ended, followed].into_iter().flatten().any(|on| on <= today)
}

/// The last day of what the project's card plans.
fn promised(project: &Project, milestone: Milestone) -> Option<Date> {
    let period = match milestone {
        Milestone::Start => project.start_planned,
        Milestone::Completion => project.finish_planned,
        Milestone::Production => project.operate_planned,
        Milestone::Capacity => project.ramp_planned,
        Milestone::Handover | Milestone::Closed => None,
    };
    period.map(lantu_model::period::Period::last_day)
}

impl View<'_> {
    /// By their paths, each of which ends with the line that reaches the milestone.
    pub(super) fn milestones(&self, lines: &[Line], paths: &[(Milestone, Vec<usize>)]) -> Vec<Ahead> {
        let last = |path: &[usize]| path.last().copied();
        let mut milestones: Vec<Ahead> =
            paths.iter().filter_map(|(milestone, path)| Some(self.ahead(*milestone, last(path)?, lines, path))).collect();
        self.date_lights(&mut milestones);
        milestones
    }

    /// The milestones that some line reaches, and the first that does.
    pub(super) fn reached(&self) -> impl Iterator<Item = (Milestone, usize)> {
        let at = |milestone: Milestone| self.lines.iter().position(|(_, a)| a.milestone.contains(&milestone));
        Milestone::ALL.into_iter().filter_map(move |milestone| Some((milestone, at(milestone)?)))
    }

    pub(super) fn light(&self, milestone: Milestone, at: usize) -> Light {
        if self.is_over() || self.done(milestone, at).is_some() {
            return Light::Green;
        }
        let (_, finish) = self.span_of(at);
        self.sight.pack.light(milestone).of(self.due(milestone, at).map(|due| (finish - due).get_days()))
    }

    fn ahead(&self, milestone: Milestone, at: usize, lines: &[Line], path: &[usize]) -> Ahead {
        let done = self.done(milestone, at);
        let due = self.due(milestone, at);
        let expected = done.unwrap_or(lines[at].finish);
        let is_owed = done.is_some() || !self.is_over();
        let days_late = due.filter(|_| is_owed).map(|due| (expected - due).get_days());
        let blocking = if !is_owed || done.is_some() { None } else { self.blocking(path, lines) };
        Ahead {
            milestone,
            activity: lines[at].id.clone(),
            due,
            done,
            expected,
            odds: None,
            days_late,
            light: self.light(milestone, at),
            since: None,
            path: path.iter().map(|at| lines[*at].id.clone()).collect(),
            blocking,
        }
    }

    fn is_over(&self) -> bool {
        is_over(self.project, self.sight.today)
    }

    /// By the project's stage, else by the activity that reaches it.
    pub(super) fn done(&self, milestone: Milestone, at: usize) -> Option<Date> {
        let by_stage = stage_day(self.project, milestone).filter(|day| *day <= self.sight.today);
        by_stage.or_else(|| Some(&self.stands[at]).filter(|s| s.is_done()).map(|s| s.course.done.unwrap_or(self.axis.start)))
    }

    pub(super) fn due(&self, milestone: Milestone, at: usize) -> Option<Date> {
        promised(self.project, milestone).or(self.lines[at].1.due)
    }

    /// Everyone on driving links back from a line, in the order of their dates, itself last.
    pub(super) fn path(&self, at: usize, links: &[TiedLines]) -> Vec<usize> {
        let mut seen = vec![false; self.lines.len()];
        let (mut path, mut next) = (vec![], vec![at]);
        seen[at] = true;
        while let Some(to) = next.pop() {
            path.push(to);
            for link in self.ties.range(to).filter_map(|i| links.get(i)).filter(|link| link.driving) {
                if !seen[link.from] {
                    seen[link.from] = true;
                    next.push(link.from);
                }
            }
        }
        path.sort_by_key(|on| (*on == at, self.dates.early_start[*on], self.dates.early_finish[*on], *on));
        path
    }
}
