//! Constraints as steps have them, by the rules of each program; and the steps backward.
use super::{
    compile::{Compiling, progress},
    program::{Backward, Held, Hold, Late, LatePoint, LateWork, Stands, TimeIx},
};
use lantu_schedule::{Constraint, ConstraintKind, Critical, Dialect, Kind, Progress};

const fn hold(how: Held, at: i32, other_end: bool) -> Hold {
    Hold { how, at, other_end }
}

impl Compiling<'_> {
    /// What a constraint asks of the early dates of work that waits for others, by positions.
    pub fn hold_work(&mut self, c: Constraint, time: TimeIx, keeps: bool) -> Option<Option<Hold>> {
        use ConstraintKind::*;
        let date = self.ticks.of(c.date)?;
        let at = self.position(time, date)?;
        let by_finish = matches!(c.kind, FinishNoEarlierThan | FinishNoLaterThan | FinishOn | MustFinishOn);
        let pulls = self.network().options.honor_constraints;
        let how = match (self.dialect(), c.kind) {
            (_, AsLateAsPossible) => return None,
            (_, StartNoEarlierThan | FinishNoEarlierThan) | (Dialect::P6, StartOn | FinishOn) => Held::NotBefore,
            (Dialect::MsProject, StartNoLaterThan | FinishNoLaterThan) if pulls => Held::NotAfter,
            (_, StartNoLaterThan | FinishNoLaterThan) => return Some(None),
            (Dialect::MsProject, _) => {
                if pulls {
                    Held::At
                } else {
                    Held::NotBefore
                }
            }
            // Such a date stands whatever is kept, and even where no one works.
            (Dialect::P6, MustStartOn) if !keeps && self.next_start(time, date)? == date => Held::At,
            (Dialect::P6, MustFinishOn) if !keeps && self.previous_finish(time, date)? == date => Held::At,
            (Dialect::P6, _) => return None,
        };
        Some(Some(hold(how, at, by_finish)))
    }

    /// The same for what has no length, by instants.
    pub fn hold_point(&mut self, c: Constraint, time: TimeIx, may_close: bool) -> Option<Option<Hold>> {
        use ConstraintKind::*;
        let date = self.ticks.of(c.date)?;
        let pulls = self.network().options.honor_constraints;
        let (how, at) = match (self.dialect(), c.kind) {
            (_, AsLateAsPossible) => return None,
            (_, StartNoEarlierThan | FinishNoEarlierThan) | (Dialect::P6, StartOn | FinishOn) => {
                (Held::NotBefore, self.point_at(time, date, may_close)?)
            }
            (Dialect::MsProject, StartNoLaterThan | FinishNoLaterThan) if pulls => (Held::NotAfter, date),
            (_, StartNoLaterThan | FinishNoLaterThan) => return Some(None),
            (Dialect::MsProject, _) if !pulls => (Held::NotBefore, date),
            _ => (Held::At, date),
        };
        Some(Some(hold(how, at, false)))
    }

    /// The steps backward, for all whose late dates someone asks for.
    pub fn backward(&mut self) {
        let needed = self.needed();
        for k in (0..self.steps.order().len()).rev() {
            let node = self.steps.order()[k] as usize;
            if needed[node] {
                let how = self.late(node).unwrap_or(Late::Odd);
                let floats = self.floats(node);
                self.program.backward.push(Backward { node: node as u32, floats, starts: true, finishes: true, how });
            }
        }
    }

    /// Whether a node may be critical.
    fn floats(&self, node: usize) -> bool {
        self.steps.is_placed(node) && !matches!(progress(self.activity(node)), Progress::Finished { .. })
    }

    /// The nodes that may be critical, and those that they hang on.
    fn needed(&self) -> Vec<bool> {
        let mut needed = vec![false; self.steps.nodes()];
        for &node in self.steps.order() {
            let node = node as usize;
            let stands = node >= self.steps.activities() || self.steps.is_placed(node);
            needed[node] |= self.floats(node);
            if needed[node] && stands {
                self.steps.each_after(node, |after| needed[after] |= after >= self.steps.activities() || self.steps.is_placed(after));
            }
        }
        needed
    }

    /// How lanes find a node's late dates; `None` where they do not.
    fn late(&mut self, node: usize) -> Option<Late> {
        if node >= self.steps.activities() || self.odd[node] || !self.is_plain(node) || self.steps.is_held_from_above(node) {
            return None;
        }
        let activity = self.activity(node);
        let time = self.working(node)?;
        // Float is counted on the activity's calendar, wherever the work is done.
        if !activity.elapsed && self.time(&self.network().calendars[activity.calendar.at()])? != time {
            return None;
        }
        let (least, most) = self.lengths.bounds(node);
        let open_at_own = match self.dialect() {
            Dialect::MsProject => self.network().options.multiple_critical_paths,
            Dialect::P6 => self.network().options.open_ended_critical,
        };
        let done = matches!(progress(activity), Progress::Finished { .. });
        match () {
            () if done => None,
            () if most == 0 && progress(activity) == Progress::NotStarted => self.late_point(node, time, open_at_own).map(Late::Point),
            () if least > 0 => self.late_work(node, time, open_at_own).map(Late::Work),
            () => None,
        }
    }

    fn late_work(&mut self, at: usize, time: TimeIx, open_at_own: bool) -> Option<LateWork> {
        let p6 = self.dialect() == Dialect::P6;
        // A link that bounds the start in P6 keeps the date itself, not only its position.
        let steps = self.steps;
        let keeps_start = p6 && steps.links_out(at).any(|(_, link)| bounds_start(self.network().links[link].kind));
        let ties = self.ties_out(at, (!keeps_start).then_some(time))?;
        let open = ties.is_empty();
        let holds = self.late_holds(at, open, Some(time))?;
        let begun = match progress(self.activity(at)) {
            Progress::Started { start, .. } if !p6 => Some(self.ticks.of(start)?),
            _ => None,
        };
        let (ties, holds) = (self.add_ties(ties), self.add_holds(holds));
        Some(LateWork { time, ties, holds, open_at_own: open_at_own && open, keeps_start, begun })
    }

    fn late_point(&mut self, at: usize, time: TimeIx, open_at_own: bool) -> Option<LatePoint> {
        let ties = self.ties_out(at, None)?;
        let open = ties.is_empty();
        let holds = self.late_holds(at, open, None)?;
        let stands = match (self.dialect(), self.activity(at).kind) {
            (Dialect::MsProject, _) if self.activity(at).constraint().is_some() => Stands::Anywhere,
            (Dialect::MsProject, _) => Stands::TouchingWork,
            (Dialect::P6, Kind::StartMilestone) => Stands::Anywhere,
            (Dialect::P6, _) => Stands::AtClose,
        };
        let (ties, holds) = (self.add_ties(ties), self.add_holds(holds));
        Some(LatePoint { time, ties, holds, open_at_own: open_at_own && open, stands })
    }

    /// What constraints and deadlines ask of the late finish: by positions of this time, else by instants.
    fn late_holds(&mut self, at: usize, open: bool, time: Option<TimeIx>) -> Option<Vec<Hold>> {
        let unstarted = progress(self.activity(at)) == Progress::NotStarted;
        let Some(detail) = self.activity(at).detail.as_deref() else { return Some(vec![]) };
        let mut holds = vec![];
        let p6 = self.dialect() == Dialect::P6;
        for c in detail.constraint.into_iter().chain(detail.secondary.filter(|_| p6)) {
            let Some((how, other_end)) = (if p6 { self.late_in_p6(c, unstarted)? } else { self.late_in_msp(c, unstarted, open)? }) else {
                continue;
            };
            holds.push((c.date, how, other_end));
        }
        holds.extend(detail.deadline.filter(|_| !p6).map(|date| (date, Held::NotAfter, false)));
        let placed = |(date, how, other_end)| {
            let at = self.ticks.of(date)?;
            let at = time.map_or(Some(at), |time| self.position(time, at))?;
            Some(hold(how, at, other_end && time.is_some()))
        };
        holds.into_iter().map(placed).collect()
    }

    fn late_in_msp(&self, c: Constraint, unstarted: bool, open: bool) -> Option<Option<(Held, bool)>> {
        use ConstraintKind::*;
        let must = if self.network().options.honor_constraints || open { Held::At } else { Held::NotAfter };
        Some(match c.kind {
            _ if !unstarted => None,
            StartNoLaterThan => Some((Held::NotAfter, true)),
            FinishNoLaterThan => Some((Held::NotAfter, false)),
            MustStartOn | StartOn => Some((must, true)),
            MustFinishOn | FinishOn => Some((must, false)),
            _ => None,
        })
    }

    fn late_in_p6(&self, c: Constraint, unstarted: bool) -> Option<Option<(Held, bool)>> {
        use ConstraintKind::*;
        Some(match c.kind {
            StartOn | StartNoLaterThan if unstarted => Some((Held::NotAfter, true)),
            FinishOn | FinishNoLaterThan => Some((Held::NotAfter, false)),
            // Such dates stand whatever the network says.
            MustStartOn if unstarted => return None,
            MustFinishOn => return None,
            _ => None,
        })
    }
}

/// Whether a link out of an activity bounds its start.
fn bounds_start(kind: lantu_schedule::LinkKind) -> bool {
    matches!(kind, lantu_schedule::LinkKind::StartStart | lantu_schedule::LinkKind::StartFinish)
}

/// The float up to which an activity is critical, in ticks.
pub(crate) fn critical_float(critical: Critical, tick: i64) -> i32 {
    match critical {
        Critical::FloatAtMost(limit) => limit.as_seconds().div_euclid(tick).clamp(i64::from(i32::MIN), i64::from(i32::MAX)) as i32,
        Critical::LongestPath => 0,
    }
}
