//! Which line waits for which, by their places.
use lantu_model::{PlanActivity, plan::Ends};

/// One line waits for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tie {
    pub from: usize,
    pub to: usize,
    pub ends: Ends,
    pub lag: i64,
}

#[derive(Clone, Debug)]
pub(super) struct Ties {
    /// In the order of the lines that wait.
    pub all: Vec<Tie>,
    /// Where the ties into each line begin in `all`; one more than there are lines.
    begins: Vec<usize>,
    /// Whether anyone waits for a line.
    pub awaited: Vec<bool>,
    /// The lines with whoever waits after whom they wait for; shorter than the plan where it has a ring.
    pub order: Vec<usize>,
}

impl Ties {
    /// Predecessors that the plan does not have hold no one.
    pub fn of(lines: &[(&str, &PlanActivity)]) -> Self {
        let mut by_id: Vec<(&str, usize)> = lines.iter().enumerate().map(|(at, (id, _))| (*id, at)).collect();
        by_id.sort_unstable();
        let place = |id: &str| by_id.binary_search_by(|(known, _)| (*known).cmp(id)).ok().and_then(|i| by_id.get(i)).map(|(_, at)| *at);
        let mut ties = Self { all: vec![], begins: vec![0], awaited: vec![false; lines.len()], order: vec![] };
        for (to, (_, activity)) in lines.iter().enumerate() {
            let known = activity.after.iter().filter_map(|p| place(&p.id).map(|from| Tie { from, to, ends: p.ends, lag: p.lag }));
            ties.all.extend(known);
            ties.begins.push(ties.all.len());
        }
        for tie in &ties.all {
            ties.awaited[tie.from] = true;
        }
        ties.order = ties.in_order(lines.len());
        ties
    }

    /// Kahn's algorithm: whoever waits for no one any more comes next.
    fn in_order(&self, lines: usize) -> Vec<usize> {
        let mut waits: Vec<usize> = (0..lines).map(|to| self.range(to).len()).collect();
        let mut after = vec![0; lines + 1];
        for tie in &self.all {
            after[tie.from + 1] += 1;
        }
        for at in 1..after.len() {
            after[at] += after[at - 1];
        }
        let (mut place, mut waiting) = (after.clone(), vec![0; self.all.len()]);
        for tie in &self.all {
            waiting[place[tie.from]] = tie.to;
            place[tie.from] += 1;
        }
        let mut order: Vec<usize> = (0..lines).filter(|at| waits[*at] == 0).collect();
        let mut next = 0;
        while let Some(&from) = order.get(next) {
            next += 1;
            for &to in &waiting[after[from]..after[from + 1]] {
                waits[to] -= 1;
                if waits[to] == 0 {
                    order.push(to);
                }
            }
        }
        order
    }

    /// What a line waits for.
    pub fn of_line(&self, to: usize) -> &[Tie] {
        &self.all[self.range(to)]
    }

    /// The places of the ties into a line.
    pub fn range(&self, to: usize) -> std::ops::Range<usize> {
        self.begins[to]..self.begins[to + 1]
    }
}

impl Tie {
    pub fn is_from_start(self) -> bool {
        matches!(self.ends, Ends::StartStart | Ends::StartFinish)
    }

    pub fn is_to_finish(self) -> bool {
        matches!(self.ends, Ends::FinishFinish | Ends::StartFinish)
    }
}
