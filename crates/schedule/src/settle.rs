//! After the passes: dates for the eye, floats, criticality; and the second time forward for work as late as possible.
use crate::{Critical, Dialect, Progress, Span, TotalFloat, msp::is_as_late_as_possible, pass::Pass, summary::Wholes};

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
    pub fn settle_float(&mut self, at: usize, wholes: &mut Wholes) {
        if self.works(at) {
            let activity = self.activity(at);
            self.rows[at].free_float = match self.network.options.dialect {
                Dialect::MsProject => self.free_float_in_msp(at, activity, wholes),
                Dialect::P6 => self.free_float_in_p6(at, activity),
            };
            self.rows[at].critical = self.is_critical(at);
        }
    }

    /// By total float. The longest path is found after everyone's dates, since it hangs on everyone.
    pub(crate) fn is_critical(&self, at: usize) -> bool {
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
}
