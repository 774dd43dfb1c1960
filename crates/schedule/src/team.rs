//! MS Project tasks whose resources work at different times: each works its own share on its own calendar, and the task
//! lasts as long as anyone works on it.
use crate::{Calendar, Instant, Span};

/// The members of a team by calendar.
#[derive(Clone, Debug)]
pub(crate) struct Team {
    /// Time that each needs at its units.
    shares: Vec<Span>,
    /// When any of a set of members works, by the set as bits.
    anyone: Vec<Calendar>,
}

/// More calendars than this on one task, and all are taken as one.
const MOST: usize = 4;

impl Team {
    /// Shares by calendar; several on one calendar work side by side, so the longest counts. `None` when there is nothing to
    /// share, or too many ways to share it.
    pub fn of(shares: &[(u32, Span)], calendar: impl Fn(u32) -> Calendar) -> Option<Self> {
        let mut members: Vec<(Calendar, Span)> = vec![];
        for &(at, share) in shares.iter().filter(|(_, share)| share.is_positive()) {
            let calendar = calendar(at);
            match members.iter_mut().find(|(c, _)| *c == calendar) {
                Some((_, most)) => *most = (*most).max(share),
                None => members.push((calendar, share)),
            }
        }
        if members.is_empty() || members.len() > MOST {
            return None;
        }
        let of_set = |set: usize| -> Vec<&Calendar> {
            members.iter().enumerate().filter(|(k, _)| set & (1 << k) != 0).map(|(_, (calendar, _))| calendar).collect()
        };
        let anyone = (0..1 << members.len()).map(|set| Calendar::union(&of_set(set))).collect();
        Some(Self { shares: members.iter().map(|(_, share)| *share).collect(), anyone })
    }

    /// When anyone at all works.
    pub fn together(&self) -> &Calendar {
        &self.anyone[self.anyone.len() - 1]
    }

    /// When a task of this duration that begins then is done: when the last member is.
    pub fn finish(&self, start: Instant, duration: Span) -> Instant {
        let factor = self.factor(start, duration);
        self.ends(start, factor).into_iter().max().unwrap_or(start)
    }

    /// When the first member has to begin. `early` is where the task starts early, if that is known: what each member
    /// has to do is found there.
    pub fn start(&self, finish: Instant, duration: Span, early: Instant) -> Instant {
        let from = if early > Instant::MIN { early } else { self.together().add(finish, -duration) };
        let factor = self.factor(from, duration);
        let begins = self.shares.iter().enumerate().map(|(k, share)| self.member(k).add(finish, -scaled(*share, factor)));
        begins.min().unwrap_or(finish)
    }

    fn member(&self, k: usize) -> &Calendar {
        &self.anyone[1 << k]
    }

    fn ends(&self, start: Instant, factor: f64) -> Vec<Instant> {
        self.shares.iter().enumerate().map(|(k, share)| self.member(k).add(start, scaled(*share, factor))).collect()
    }

    /// The duration in the file is the truth: overtime and contours, which not every file tells, make the shares differ
    /// from it. One factor on all shares makes the time in which anyone works equal to the duration.
    fn factor(&self, start: Instant, duration: Span) -> f64 {
        let lasts = |factor: f64| self.lasts(start, factor);
        if lasts(1.0) == duration {
            return 1.0;
        }
        let (mut low, mut high) = (0.0, 1.0);
        while lasts(high) < duration && high < 1e6 {
            high *= 2.0;
        }
        for _ in 0..40 {
            let middle = (low + high) / 2.0;
            if lasts(middle) < duration { low = middle } else { high = middle }
        }
        high
    }

    /// The time in which anyone works.
    fn lasts(&self, start: Instant, factor: f64) -> Span {
        let ends = self.ends(start, factor);
        let mut order: Vec<usize> = (0..ends.len()).collect();
        order.sort_by_key(|&k| ends[k]);
        let (mut from, mut set, mut total) = (start, self.anyone.len() - 1, Span::ZERO);
        for k in order {
            total += self.anyone[set].work_between(from, ends[k]);
            (from, set) = (ends[k], set & !(1 << k));
        }
        total
    }
}

fn scaled(share: Span, factor: f64) -> Span {
    Span::from_minutes(share.as_minutes() * factor)
}
