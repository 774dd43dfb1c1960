//! Both versions, each with what is asked of it again and again.
use super::{MatchedBy, Version, identity, pairing::Pairing};
use crate::Plan;
use lantu_calendar::Span;
use lantu_schedule::{Activity, Dialect, Kind, Link, Network, Progress, Row, driving_links, longest_path};

/// One version.
pub(super) struct Side<'a> {
    pub(super) plan: &'a Plan,
    pub(super) network: &'a Network,
    pub(super) rows: &'a [Row],
    pub(super) finish: lantu_calendar::Instant,
    /// Which activities are on the longest path.
    pub(super) longest: Vec<bool>,
    /// Which links drive.
    driving: Vec<bool>,
}

/// The two, and who is who.
pub(super) struct Both<'a> {
    pub(super) old: Side<'a>,
    pub(super) new: Side<'a>,
    pub(super) rows: Pairing<MatchedBy>,
    pub(super) calendars: Pairing<()>,
    pub(super) resources: Pairing<()>,
}

impl<'a> Both<'a> {
    pub(super) fn of(old: &'a Version<'a>, new: &'a Version<'a>) -> Self {
        let (rows, calendars, resources) = identity::pair(old.plan, new.plan);
        Self { old: Side::of(old), new: Side::of(new), rows, calendars, resources }
    }

    /// Whether both follow the same program's rules.
    pub(super) fn one_dialect(&self) -> Option<Dialect> {
        let dialect = self.old.plan.options.dialect;
        (dialect == self.new.plan.options.dialect).then_some(dialect)
    }
}

impl<'a> Side<'a> {
    fn of(version: &'a Version<'a>) -> Self {
        let Version { plan, network, schedule } = version;
        let (longest, driving) = (longest_path(network, schedule), driving_links(network, schedule));
        Self { plan, network, rows: &schedule.rows, finish: schedule.finish, longest, driving }
    }

    pub(super) fn activity(&self, at: usize) -> &'a Activity {
        &self.plan.activities[at]
    }

    pub(super) fn row(&self, at: usize) -> Option<&'a Row> {
        self.rows.get(at)
    }

    pub(super) fn on_longest(&self, at: usize) -> bool {
        self.longest.get(at).copied().unwrap_or(false)
    }

    /// Whether a link, by its place, decides a date on the longest path.
    pub(super) fn drives_the_end(&self, at: usize, link: &Link) -> bool {
        let drives = self.driving.get(at).copied().unwrap_or(false);
        drives && self.on_longest(link.predecessor.at()) && self.on_longest(link.successor.at())
    }

    pub(super) fn is_done(&self, at: usize) -> bool {
        !self.activity(at).is_summary() && matches!(self.activity(at).progress(), Progress::Finished { .. })
    }

    pub(super) fn is_critical(&self, at: usize) -> bool {
        self.row(at).is_some_and(|r| r.critical) && !self.is_done(at)
    }

    /// On the longest path or critical, and still to do.
    pub(super) fn decides_the_end(&self, at: usize) -> bool {
        !self.activity(at).is_summary() && !self.is_done(at) && (self.on_longest(at) || self.is_critical(at))
    }

    /// What takes no time or is marked so.
    pub(super) fn is_milestone(&self, at: usize) -> bool {
        let activity = self.activity(at);
        match activity.kind {
            Kind::StartMilestone | Kind::FinishMilestone => true,
            Kind::Task if self.plan.options.dialect == Dialect::MsProject && activity.duration.is_zero() => true,
            Kind::Summary => false,
            _ => activity.detail.as_ref().is_some_and(|d| d.milestone),
        }
    }

    /// Work still to do.
    pub(super) fn remaining(&self, at: usize) -> Span {
        match self.activity(at).progress() {
            Progress::NotStarted => self.activity(at).duration,
            Progress::Started { remaining, .. } => remaining,
            Progress::Finished { .. } => Span::ZERO,
        }
    }

    pub(super) fn name(&self, at: usize) -> &'a str {
        self.plan.labels.get(at).map_or("", |l| l.name.trim())
    }

    pub(super) fn code(&self, at: usize) -> &'a str {
        self.plan.labels.get(at).map_or("", |l| l.code.trim())
    }
}
