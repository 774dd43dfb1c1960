//! Rows beside the network, computed from those in it: level of effort, WBS summaries, inactive work.
use crate::{Activity, Dialect, Instant, Kind, LinkKind, Progress, Row, Span, graph::Aside, pass::Pass};

/// Bounds of a level of effort, from the activities that it is tied to.
#[derive(Clone, Copy)]
struct Spanned {
    start: Option<Instant>,
    /// The start is that of work begun or done, not a date of the schedule.
    begun: bool,
    finish: Option<Instant>,
}

impl Spanned {
    fn from(&mut self, date: Instant, begun: bool) {
        match self.start {
            Some(start) if start < date => {}
            Some(start) if start == date => self.begun |= begun,
            _ => (self.start, self.begun) = (Some(date), begun),
        }
    }

    fn until(&mut self, date: Instant) {
        self.finish = Some(self.finish.map_or(date, |f| f.max(date)));
    }
}

/// Which dates of the neighbours count.
#[derive(Clone, Copy)]
enum Side {
    Early,
    Late,
}

impl Side {
    fn start(self, row: &Row) -> Instant {
        match self {
            Self::Early => row.start,
            Self::Late => row.late_start,
        }
    }

    fn finish(self, row: &Row) -> Instant {
        match self {
            Self::Early => row.finish,
            Self::Late => row.late_finish,
        }
    }
}

impl Pass<'_> {
    /// Everything beside the network, in an order in which each comes after what it is tied to.
    pub(crate) fn place_aside(&mut self, aside: &Aside) {
        for &at in &aside.order {
            let at = at as usize;
            let activity = self.activity(at);
            self.rows[at] = match activity.kind {
                Kind::LevelOfEffort => self.level_of_effort(at, activity, aside),
                Kind::WbsSummary => continue,
                _ => self.inactive(at, activity),
            };
        }
    }

    /// Inactive work follows its predecessors, for the eye alone.
    fn inactive(&self, at: usize, activity: &Activity) -> Row {
        let (early_start, early_finish) = self.early(at, &mut ());
        let (late_start, late_finish) = (early_start, early_finish);
        let row = Row { early_start, early_finish, late_start, late_finish, ..self.stands_at(early_start) };
        match self.network.options.dialect {
            Dialect::MsProject => self.settle_in_msp(at, activity, &row),
            Dialect::P6 => self.settle_in_p6(at, activity, &row),
        }
    }

    /// From the first of the starts that it is tied to, to the last of the finishes; it has no duration of its own.
    fn level_of_effort(&self, at: usize, activity: &Activity, aside: &Aside) -> Row {
        if let Progress::Finished { start, finish, .. } = activity.worked() {
            let now = self.data_date();
            return Row { start, finish, ..self.stands_at(now) };
        }
        let early = self.spanned(at, aside, Side::Early);
        let late = self.spanned(at, aside, Side::Late);
        let now = self.ends.start;
        let begun = match activity.worked() {
            Progress::Started { start, .. } => Some(start),
            _ => early.start.filter(|s| early.begun && *s < now),
        };
        let early_start = self.next_start(at, early.start.unwrap_or(now).max(now));
        let early_finish = early.finish.unwrap_or(early_start).max(early_start);
        let late_finish = late.finish.unwrap_or(self.ends.late_finish);
        let late_start = late.start.unwrap_or(late_finish);
        let late_finish = late_finish.max(late_start);
        let start = begun.unwrap_or(early_start);
        let float = |early, late| self.calendar(at).work_between(early, late);
        let total_float = match begun {
            Some(_) => float(early_finish, late_finish),
            None => self.total_float(float(early_start, late_start), float(early_finish, late_finish)),
        };
        Row {
            early_start,
            early_finish,
            late_start,
            late_finish,
            start,
            finish: early_finish,
            total_float,
            free_float: Span::ZERO,
            // What follows others decides nothing.
            critical: false,
        }
    }

    fn spanned(&self, at: usize, aside: &Aside, side: Side) -> Spanned {
        let mut spanned = Spanned { start: None, begun: false, finish: None };
        for &l in aside.links_of(at) {
            let link = self.link(l);
            let lag = self.distance(link);
            let into = link.successor.at() == at;
            let other = if into { link.predecessor.at() } else { link.successor.at() };
            // Two levels of effort may hang on one another, and summary rows are added up last; who is not placed yet
            // has no dates to lend.
            if self.activity(other).is_summary() || !aside.is_placed_before(other, at) {
                continue;
            }
            let (has_begun, is_done) = match self.worked(other) {
                Progress::NotStarted => (false, false),
                Progress::Started { .. } => (true, false),
                Progress::Finished { .. } => (true, true),
            };
            let other = &self.rows[other];
            match (into, link.kind) {
                (true, LinkKind::StartStart) => spanned.from(lag.after(side.start(other)), has_begun),
                (true, LinkKind::FinishStart) => spanned.from(lag.after(side.finish(other)), is_done),
                (true, LinkKind::FinishFinish) => spanned.until(lag.after(side.finish(other))),
                (true, LinkKind::StartFinish) => spanned.until(lag.after(side.start(other))),
                (false, LinkKind::StartStart) => spanned.from(lag.before(side.start(other)), has_begun),
                (false, LinkKind::StartFinish) => spanned.from(lag.before(side.finish(other)), is_done),
                (false, LinkKind::FinishStart) => spanned.until(self.as_finish(at, lag.before(side.start(other)))),
                (false, LinkKind::FinishFinish) => spanned.until(lag.before(side.finish(other))),
            }
        }
        spanned
    }

    /// P6's WBS summary activities span what else stands in their WBS element, at any depth.
    pub(crate) fn place_wbs_summaries(&mut self) {
        for at in 0..self.graph.activities() {
            if self.activity(at).kind == Kind::WbsSummary
                && let Some(parent) = self.activity(at).parent
            {
                self.rows[at] = self.rows[parent.at()];
            }
        }
    }
}
