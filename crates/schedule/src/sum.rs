//! Rows that sum up the rows under them: first start, last finish, and the float between those.
//!
//! Sources: the 206 summary rows of Microsoft Project and 125 WBS elements of P6 whose dates and floats are stored in
//! real files.
use crate::{
    Critical, Dialect, Instant, Kind, Progress, Row, Span,
    pass::{BLANK, Pass},
    summary::Wholes,
};

/// How far a row has come; a summary row as far as all that is under it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    NotBegun,
    Begun,
    Done,
}

impl Stage {
    /// Of two rows together.
    fn with(self, other: Self) -> Self {
        if self == other { self } else { Self::Begun }
    }
}

impl Pass<'_> {
    /// All summary rows, those below first.
    pub(crate) fn roll_up(&mut self) {
        self.roll_up_where(|_| true);
    }

    /// The same for the marked rows alone.
    pub(crate) fn roll_up_only(&mut self, marked: &[bool]) {
        self.roll_up_where(|at| marked[at]);
    }

    fn roll_up_where(&mut self, asked: impl Fn(usize) -> bool) {
        if self.graph.tree.is_empty() {
            return;
        }
        let begun = self.has_begun();
        let mut stages = vec![None; self.graph.activities()];
        let mut wholes = Wholes::default();
        for k in (0..self.graph.tree.len()).rev() {
            let at = self.graph.tree[k] as usize;
            if begun {
                stages[at] = self.stage_of_children(at, &stages);
            }
            if asked(at) {
                self.rows[at] = self.sum_of_children(at, stages[at].unwrap_or(Stage::NotBegun), &mut wholes);
            }
        }
    }

    /// Whether anything at all has begun: most edits are of plans of which nothing has.
    fn has_begun(&self) -> bool {
        let mut detailed = (0..self.graph.activities()).filter(|&at| self.graph.is_detailed(at));
        detailed.any(|at| self.worked(at) != Progress::NotStarted)
    }

    /// `None` when there is nothing to speak of under it.
    fn stage_of_children(&self, at: usize, stages: &[Option<Stage>]) -> Option<Stage> {
        // A P6 element with nothing in it is not finished, nor is what it stands in.
        let empty = (self.network.options.dialect == Dialect::P6).then_some(Stage::NotBegun);
        let stage = |&child: &u32| {
            let child = child as usize;
            match () {
                () if !self.graph.is_detailed(child) => Some(Stage::NotBegun),
                () if self.activity(child).is_summary() => stages[child].or(empty),
                () if !self.counts_in_sum(child) => None,
                () => Some(match self.worked(child) {
                    Progress::NotStarted => Stage::NotBegun,
                    Progress::Started { .. } => Stage::Begun,
                    Progress::Finished { .. } => Stage::Done,
                }),
            }
        };
        self.graph.children(at).iter().filter_map(stage).reduce(Stage::with)
    }

    fn sum_of_children(&self, at: usize, stage: Stage, wholes: &mut Wholes) -> Row {
        let Some(sum) = self.span_of_children(at) else {
            return Row { start: self.ends.start, finish: self.ends.start, ..self.stands_at(self.ends.start) };
        };
        let at_finish = self.span_between(at, sum.early_finish, sum.late_finish);
        let total_float = match (self.network.options.dialect, stage) {
            (_, Stage::Done) => Span::ZERO,
            (Dialect::MsProject, Stage::Begun) => at_finish,
            _ => self.total_float(self.span_between(at, sum.early_start, sum.late_start), at_finish),
        };
        let sum = Row { total_float, ..sum };
        match self.network.options.dialect {
            Dialect::MsProject => {
                let free_float =
                    if stage == Stage::Done { Span::ZERO } else { self.least_gap(at, &sum, wholes).unwrap_or(total_float.max(Span::ZERO)) };
                let critical = match self.network.options.critical {
                    Critical::FloatAtMost(limit) => stage != Stage::Done && total_float <= limit,
                    Critical::LongestPath => sum.critical,
                };
                Row { free_float, critical, ..sum }
            }
            // What P6 calls free is between activities; a WBS element has no links.
            Dialect::P6 => Row { free_float: Span::ZERO, ..sum },
        }
    }

    /// Dates of all that is under a row; critical where anything under it is.
    fn span_of_children(&self, at: usize) -> Option<Row> {
        let mut sum = Row { start: Instant::MAX, early_start: Instant::MAX, late_finish: Instant::MIN, ..BLANK };
        let mut past = None;
        for &child in self.graph.children(at).iter().filter(|&&c| self.counts_in_sum(c as usize)) {
            let row = &self.rows[child as usize];
            sum.start = sum.start.min(row.start);
            sum.finish = sum.finish.max(row.finish);
            if self.is_past_effort(child as usize) {
                past = Some(row);
                continue;
            }
            sum.early_start = sum.early_start.min(row.early_start);
            sum.early_finish = sum.early_finish.max(row.early_finish);
            sum.late_start = sum.late_start.min(row.late_start);
            sum.late_finish = sum.late_finish.max(row.late_finish);
            sum.critical |= row.critical;
        }
        if let Some(row) = past.filter(|_| sum.early_start == Instant::MAX) {
            return Some(Row { start: sum.start, finish: sum.finish, critical: false, ..*row });
        }
        (sum.start < Instant::MAX || sum.finish > Instant::MIN).then_some(sum)
    }

    /// Level of effort that is done has nothing more to come.
    fn is_past_effort(&self, at: usize) -> bool {
        self.activity(at).kind == Kind::LevelOfEffort && matches!(self.worked(at), Progress::Finished { .. })
    }

    pub(crate) fn counts_in_sum(&self, at: usize) -> bool {
        let activity = self.activity(at);
        let aside = activity.detail.as_ref().is_some_and(|d| d.inactive || d.external);
        let empty = activity.is_summary() && self.graph.children(at).is_empty();
        !aside && !empty && activity.kind != Kind::WbsSummary
    }

    pub(crate) fn stands_at(&self, date: Instant) -> Row {
        Row { early_start: date, early_finish: date, late_start: date, late_finish: date, start: date, finish: date, ..BLANK }
    }
}
