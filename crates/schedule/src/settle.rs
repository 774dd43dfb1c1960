//! After the passes: dates for the eye, floats, criticality; and the second time forward for work as late as possible.
use crate::{
    Critical, Dialect, Instant, Progress, Row, Span, TotalFloat,
    msp::is_as_late_as_possible,
    pass::{BLANK, Pass},
};

impl Pass<'_> {
    /// Start, finish and floats of an activity that the passes placed.
    pub fn settle(&mut self, at: usize) {
        if self.works(at) {
            let activity = self.activity(at);
            let row = self.rows[at];
            self.rows[at] = match self.network.options.dialect {
                Dialect::MsProject => self.settle_in_msp(at, activity, &row),
                Dialect::P6 => self.settle_in_p6(at, activity, &row),
            };
        }
    }

    /// Free float and criticality, once everyone's dates are settled.
    pub fn settle_float(&mut self, at: usize) {
        if self.works(at) {
            let activity = self.activity(at);
            self.rows[at].free_float = match self.network.options.dialect {
                Dialect::MsProject => self.free_float_in_msp(at, activity),
                Dialect::P6 => self.free_float_in_p6(at, activity),
            };
            self.rows[at].critical = self.is_critical(at);
        }
    }

    /// By total float. The longest path is found after everyone's dates, since it hangs on everyone.
    fn is_critical(&self, at: usize) -> bool {
        if self.stands_alone_by_hand(at) {
            return false;
        }
        let done = matches!(self.activity(at).worked(), Progress::Finished { .. });
        let limit = match self.network.options.critical {
            Critical::FloatAtMost(limit) => limit,
            Critical::LongestPath => Span::ZERO,
        };
        !done && self.rows[at].total_float <= limit
    }

    /// MS Project never calls a manual task critical that is tied to no one: its float is none by definition.
    fn stands_alone_by_hand(&self, at: usize) -> bool {
        let fixed = self.activity(at).detail.as_ref().is_some_and(|d| d.fixed.is_some());
        fixed
            && self.network.options.dialect == Dialect::MsProject
            && self.graph.incoming(at).is_empty()
            && self.graph.outgoing(at).is_empty()
    }

    pub fn total_float(&self, at_start: Span, at_finish: Span) -> Span {
        match self.network.options.total_float {
            TotalFloat::Start => at_start,
            TotalFloat::Finish => at_finish,
            TotalFloat::Smallest => at_start.min(at_finish),
        }
    }

    pub(crate) fn settle_as_late_as_possible(&mut self) {
        match self.network.options.dialect {
            Dialect::MsProject => self.move_to_late_dates(),
            Dialect::P6 => self.take_free_float(),
        }
    }

    /// MS Project: such work stands on its late dates and pushes whoever waits for it.
    fn move_to_late_dates(&mut self) {
        self.ends.settling = true;
        for k in 0..self.graph.order.len() {
            let at = self.graph.order[k] as usize;
            let (start, finish) = self.early(at, &mut ());
            (self.rows[at].early_start, self.rows[at].early_finish) = (start, finish);
        }
        // They may have pushed the end out; late dates stand by the end that was found before.
        self.ends.early_finish = self.latest_early_finish();
    }

    /// P6: such work moves up to its successors, which stay; from the end, so that several in a row move together.
    fn take_free_float(&mut self) {
        for k in (0..self.graph.order.len()).rev() {
            let at = self.graph.order[k] as usize;
            if self.works(at) && self.activity(at).worked() == Progress::NotStarted && is_as_late_as_possible(self.activity(at)) {
                let dates = self.delayed_to_successors(at, self.activity(at));
                (self.rows[at].early_start, self.rows[at].early_finish) = dates;
            }
        }
    }

    /// Rows that sum up the rows under them: first start, last finish, and the float between those.
    pub(crate) fn roll_up(&mut self) {
        for k in (0..self.graph.tree.len()).rev() {
            let at = self.graph.tree[k] as usize;
            self.rows[at] = self.sum_of_children(at);
        }
    }

    /// The same for the marked rows alone.
    pub(crate) fn roll_up_only(&mut self, marked: &[bool]) {
        for k in (0..self.graph.tree.len()).rev() {
            let at = self.graph.tree[k] as usize;
            if marked[at] {
                self.rows[at] = self.sum_of_children(at);
            }
        }
    }

    fn sum_of_children(&self, at: usize) -> Row {
        let mut sum = Row { start: Instant::MAX, early_start: Instant::MAX, late_finish: Instant::MIN, ..BLANK };
        for &child in self.graph.children(at).iter().filter(|&&c| self.counts_in_sum(c as usize)) {
            let row = &self.rows[child as usize];
            sum.start = sum.start.min(row.start);
            sum.finish = sum.finish.max(row.finish);
            sum.early_start = sum.early_start.min(row.early_start);
            sum.early_finish = sum.early_finish.max(row.early_finish);
            sum.late_start = sum.late_start.min(row.late_start);
            sum.late_finish = sum.late_finish.max(row.late_finish);
            sum.critical |= row.critical;
        }
        if sum.start == Instant::MAX {
            return Row { start: self.ends.start, finish: self.ends.start, ..self.stands_at(self.ends.start) };
        }
        let at_start = self.span_between(at, sum.early_start, sum.late_start);
        let at_finish = self.span_between(at, sum.early_finish, sum.late_finish);
        sum.total_float = self.total_float(at_start, at_finish);
        sum.free_float = self.free_float_of_summary(at, sum.total_float);
        sum
    }

    pub(crate) fn counts_in_sum(&self, at: usize) -> bool {
        let activity = self.activity(at);
        let aside = activity.detail.as_ref().is_some_and(|d| d.inactive || d.external);
        let empty = activity.is_summary() && self.graph.children(at).is_empty();
        !aside && !empty && activity.kind != crate::Kind::WbsSummary
    }

    fn free_float_of_summary(&self, at: usize, total: Span) -> Span {
        self.graph
            .children(at)
            .iter()
            .filter(|&&c| self.works(c as usize))
            .map(|&c| self.rows[c as usize].free_float)
            .min()
            .unwrap_or(total)
    }

    pub(crate) fn stands_at(&self, date: Instant) -> Row {
        Row { early_start: date, early_finish: date, late_start: date, late_finish: date, start: date, finish: date, ..BLANK }
    }
}
