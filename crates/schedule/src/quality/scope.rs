//! What is looked at: which rows count, and who is tied to whom.
use super::{Baseline, QualityOptions};
use crate::{Activity, Detail, Dialect, Instant, Kind, Lag, Link, Network, Progress, Row, Schedule, Span};

pub(super) struct Scope<'a> {
    pub(super) network: &'a Network,
    pub(super) schedule: &'a Schedule,
    pub(super) options: &'a QualityOptions<'a>,
    /// How many links lead into and out of each row; those of the rows above count for what is under them.
    pub(super) into: Vec<u32>,
    pub(super) out_of: Vec<u32>,
    /// Rows, then the links into each: `first[at]..first[at + 1]` in `sorted`.
    first: Vec<u32>,
    sorted: Vec<u32>,
}

impl<'a> Scope<'a> {
    pub(super) fn new(network: &'a Network, schedule: &'a Schedule, options: &'a QualityOptions<'a>) -> Self {
        let rows = network.activities.len();
        let (mut into, mut out_of) = (vec![0; rows], vec![0; rows]);
        let mut first = vec![0_u32; rows + 1];
        let links = || network.links.iter().enumerate().filter(|(_, l)| l.predecessor.at() < rows && l.successor.at() < rows);
        for (_, link) in links() {
            into[link.successor.at()] += 1;
            out_of[link.predecessor.at()] += 1;
            first[link.successor.at() + 1] += 1;
        }
        for at in 0..rows {
            first[at + 1] += first[at];
        }
        let mut next = first.clone();
        let mut sorted = vec![0; links().count()];
        for (i, link) in links() {
            let slot = &mut next[link.successor.at()];
            sorted[*slot as usize] = i as u32;
            *slot += 1;
        }
        let mut scope = Self { network, schedule, options, into, out_of, first, sorted };
        scope.hand_down();
        scope
    }

    /// A link of a summary row ties what is under it, however deep.
    fn hand_down(&mut self) {
        let rows = &self.network.activities;
        let mut settled: Vec<bool> = rows.iter().map(|a| a.parent.is_none()).collect();
        let mut path = vec![];
        for from in 0..rows.len() {
            let mut at = from;
            while !settled[at] && path.len() < rows.len() {
                path.push(at);
                at = rows[at].parent.map_or(at, |p| p.at().min(rows.len() - 1));
            }
            while let Some(below) = path.pop() {
                if let Some(p) = rows[below].parent.map(|p| p.at()).filter(|p| *p < rows.len()) {
                    self.into[below] = self.into[below].saturating_add(self.into[p]);
                    self.out_of[below] = self.out_of[below].saturating_add(self.out_of[p]);
                }
                settled[below] = true;
            }
        }
    }

    pub(super) fn activity(&self, at: usize) -> &'a Activity {
        &self.network.activities[at]
    }

    pub(super) fn detail(&self, at: usize) -> Option<&'a Detail> {
        self.activity(at).detail.as_deref()
    }

    pub(super) fn row(&self, at: usize) -> &'a Row {
        &self.schedule.rows[at]
    }

    pub(super) fn uid(&self, at: usize) -> i64 {
        self.activity(at).uid
    }

    pub(super) fn uids(&self, rows: impl Iterator<Item = usize>) -> Vec<i64> {
        rows.map(|at| self.uid(at)).collect()
    }

    /// The links into a row.
    pub(super) fn links_into(&self, at: usize) -> impl Iterator<Item = &'a Link> + '_ {
        self.sorted[self.first[at] as usize..self.first[at + 1] as usize].iter().map(|i| &self.network.links[*i as usize])
    }

    /// Work and milestones of this project, complete or not.
    pub(super) fn is_activity(&self, at: usize) -> bool {
        let kind = !matches!(self.activity(at).kind, Kind::LevelOfEffort | Kind::WbsSummary | Kind::Summary);
        kind && self.detail(at).is_none_or(|d| !d.inactive && !d.external)
    }

    /// Work, as opposed to milestones.
    pub(super) fn is_task(&self, at: usize) -> bool {
        let a = self.activity(at);
        let milestone = matches!(a.kind, Kind::StartMilestone | Kind::FinishMilestone) || self.whole(at).is_zero();
        self.is_activity(at) && !milestone
    }

    /// All of the work, done and to do.
    pub(super) fn whole(&self, at: usize) -> Span {
        match self.progress(at) {
            Progress::NotStarted => self.activity(at).duration,
            Progress::Started { actual, remaining, .. } => actual + remaining,
            Progress::Finished { actual, .. } => actual.max(self.activity(at).duration),
        }
    }

    pub(super) fn progress(&self, at: usize) -> Progress {
        self.activity(at).worked()
    }

    pub(super) fn is_done(&self, at: usize) -> bool {
        matches!(self.progress(at), Progress::Finished { .. })
    }

    /// Rows of work that is not complete: what most points look at.
    pub(super) fn open_tasks(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.network.activities.len()).filter(|at| self.is_task(*at) && !self.is_done(*at))
    }

    /// Activities that are not complete, milestones too.
    pub(super) fn open_activities(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.network.activities.len()).filter(|at| self.is_activity(*at) && !self.is_done(*at))
    }

    /// Links that still matter: those into activities that are not complete.
    pub(super) fn open_links(&self) -> impl Iterator<Item = &'a Link> + '_ {
        let counts = |at: usize| self.is_activity(at) || self.activity(at).is_summary();
        let known = |l: &&Link| l.predecessor.at() < self.into.len() && l.successor.at() < self.into.len();
        let open = move |l: &&Link| counts(l.predecessor.at()) && counts(l.successor.at()) && !self.is_done(l.successor.at());
        self.network.links.iter().filter(known).filter(open)
    }

    /// The day that progress is known to.
    pub(super) fn status(&self) -> Option<Instant> {
        let o = &self.network.options;
        o.data_date.or((o.dialect == Dialect::P6).then_some(o.start))
    }

    pub(super) fn baseline(&self, at: usize) -> Option<Baseline> {
        self.options.baseline.and_then(|b| b.get(at)).copied().filter(|b| b.finish.is_some())
    }

    /// So many days of work.
    pub(super) fn days(&self, n: i64) -> Span {
        Span::seconds(self.options.day.as_seconds().saturating_mul(n))
    }

    /// A lag's length, whatever it is counted on.
    pub(super) fn lag(&self, link: &Link) -> Span {
        match link.lag {
            Lag::Work(span) | Lag::Elapsed(span) => span,
            Lag::Percent(percent) | Lag::ElapsedPercent(percent) => self.activity(link.predecessor.at()).duration.percent(percent.into()),
        }
    }
}
