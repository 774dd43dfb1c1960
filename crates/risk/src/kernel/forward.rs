//! Steps forward: early dates, 64 iterations at a time.
use super::{
    program::{Begun, Held, Hold, Keep, Point, Program, Shift, Tie, Work},
    rows::{BEFORE_ALL, Rows, any_above, less, max_into, plus, plus_all},
    table::Time,
};
use crate::lanes::{LANES, Lanes};

impl Rows {
    #[inline(always)]
    pub fn work(&mut self, program: &Program, node: usize, work: &Work, starts: bool) {
        let time = &*program.times[work.time as usize];
        let ties = &program.ties[work.ties.start as usize..work.ties.end as usize];
        let length = self.length[node];
        let mut start = self.latest_start(program, time, ties, work.floor);
        let mut kept = Lanes::all(BEFORE_ALL);
        for tie in ties.iter().filter(|tie| !tie.to_start) {
            self.bound_finish(program, time, tie, &length, &mut start, &mut kept);
        }
        if let Some(Keep::Stays { unless }) = work.keeps {
            for j in 0..LANES {
                kept.0[j] = if start.0[j] <= unless { BEFORE_ALL } else { kept.0[j] };
            }
        }
        for hold in &program.holds[work.holds.start as usize..work.holds.end as usize] {
            let held = held(&start, hold, &less(&Lanes::ZERO, &length));
            for j in 0..LANES {
                kept.0[j] = if held.0[j] != start.0[j] { BEFORE_ALL } else { kept.0[j] };
            }
            start = held;
        }
        let done = plus(&start, &length);
        let mut finish = time.earliest(&done, &mut self.outside);
        if work.keeps.is_some() && any_above(&kept, &finish) {
            let stays = work.keeps != Some(Keep::MovesOn);
            let moved = time.latest(&done, &mut self.outside);
            for j in 0..LANES {
                let same_work = kept.0[j] > finish.0[j] && kept.0[j] <= moved.0[j];
                let kept = if stays { kept.0[j] } else { moved.0[j] };
                finish.0[j] = if same_work { kept } else { finish.0[j] };
            }
        }
        if starts {
            self.start[node] = time.latest(&start, &mut self.outside);
        }
        Self::look_outside(&mut self.outside, &finish, program.span);
        (self.finish[node], self.done[node]) = (finish, done);
    }

    /// The position that links into the start let work begin at.
    #[inline(always)]
    fn latest_start(&mut self, program: &Program, time: &Time, ties: &[Tie], floor: i32) -> Lanes {
        let mut start = Lanes::all(floor);
        // Instants that need no calendar but the step's are compared before they are looked up.
        let (mut instants, mut met) = (Lanes::all(BEFORE_ALL), false);
        for tie in ties.iter().filter(|tie| tie.to_start) {
            match tie.shift {
                Shift::None => max_into(&mut instants, self.early(tie)),
                Shift::Clock(n) => max_into(&mut instants, &plus_all(self.early(tie), n)),
                Shift::Other(other, n) => {
                    let moved = program.times[other as usize].add(&early(&self.start, &self.finish, tie), n, &mut self.outside);
                    max_into(&mut instants, &moved);
                }
                Shift::Own(n) => {
                    let position = time.position(&early(&self.start, &self.finish, tie), &mut self.outside);
                    max_into(&mut start, &plus_all(&position, n));
                    continue;
                }
            }
            met = true;
        }
        if met {
            max_into(&mut start, &time.position(&instants, &mut self.outside));
        }
        start
    }

    /// A link into the finish: where it lets work begin, and the finish itself where it may be kept.
    #[inline(always)]
    fn bound_finish(&mut self, program: &Program, time: &Time, tie: &Tie, length: &Lanes, start: &mut Lanes, kept: &mut Lanes) {
        let date = *self.early(tie);
        let (position, finish) = match tie.shift {
            Shift::Own(n) if !tie.keeps => (plus_all(&time.position(&date, &mut self.outside), n), date),
            Shift::Own(n) => {
                let finish = time.add(&date, n, &mut self.outside);
                (time.position(&finish, &mut self.outside), finish)
            }
            _ => {
                let finish = self.shifted(program, &date, tie.shift);
                (time.position(&finish, &mut self.outside), finish)
            }
        };
        let begins = less(&position, length);
        if !tie.keeps {
            // Nothing to keep: of two that ask the same, what another keeps stays.
            for j in 0..LANES {
                kept.0[j] = if begins.0[j] > start.0[j] { BEFORE_ALL } else { kept.0[j] };
            }
            return max_into(start, &begins);
        }
        for j in 0..LANES {
            let of_same = if begins.0[j] == start.0[j] { kept.0[j].max(finish.0[j]) } else { kept.0[j] };
            kept.0[j] = if begins.0[j] > start.0[j] { finish.0[j] } else { of_same };
        }
        max_into(start, &begins);
    }

    #[inline(always)]
    fn early(&self, tie: &Tie) -> &Lanes {
        if tie.of_start { &self.start[tie.node as usize] } else { &self.finish[tie.node as usize] }
    }

    /// A date moved by a lag, to the instant.
    #[inline(always)]
    pub fn shifted(&mut self, program: &Program, date: &Lanes, shift: Shift) -> Lanes {
        match shift {
            Shift::None => *date,
            Shift::Clock(n) | Shift::Own(n) => plus_all(date, n),
            Shift::Other(time, n) => program.times[time as usize].add(date, n, &mut self.outside),
        }
    }

    #[inline(always)]
    pub fn point(&mut self, program: &Program, node: usize, point: &Point) {
        let time = &*program.times[point.time as usize];
        let mut at = Lanes::all(point.floor);
        for tie in &program.ties[point.ties.start as usize..point.ties.end as usize] {
            let date = *self.early(tie);
            max_into(&mut at, &self.shifted(program, &date, tie.shift));
        }
        let position = time.position(&at, &mut self.outside);
        let begins = time.latest(&position, &mut self.outside);
        if point.may_close {
            let closes = time.earliest(&position, &mut self.outside);
            for j in 0..LANES {
                at.0[j] = if at.0[j] == closes.0[j] { at.0[j] } else { begins.0[j] };
            }
        } else {
            at = begins;
        }
        let mut done = position;
        if !point.holds.is_empty() {
            for hold in &program.holds[point.holds.start as usize..point.holds.end as usize] {
                at = held(&at, hold, &Lanes::ZERO);
            }
            done = time.position(&at, &mut self.outside);
        }
        Self::look_outside(&mut self.outside, &at, program.span);
        (self.start[node], self.finish[node], self.done[node]) = (at, at, done);
    }

    #[inline(always)]
    pub fn begun(&mut self, program: &Program, node: usize, begun: &Begun) {
        let time = &*program.times[begun.time as usize];
        let done = plus_all(&self.length[node], begun.from);
        let finish = time.earliest(&done, &mut self.outside);
        Self::look_outside(&mut self.outside, &finish, program.span);
        (self.start[node], self.finish[node], self.done[node]) = (Lanes::all(begun.start), finish, done);
    }
}

#[inline(always)]
fn early<'a>(start: &'a [Lanes], finish: &'a [Lanes], tie: &Tie) -> Lanes {
    if tie.of_start { start[tie.node as usize] } else { finish[tie.node as usize] }
}

/// Dates held to a date; `length` is added where it is for the other end.
#[inline(always)]
pub(super) fn held(dates: &Lanes, hold: &Hold, length: &Lanes) -> Lanes {
    let mut bound = Lanes::all(hold.at);
    if hold.other_end {
        bound = plus(&bound, length);
    }
    let mut held = bound;
    match hold.how {
        Held::NotBefore => max_into(&mut held, dates),
        Held::NotAfter => super::rows::min_into(&mut held, dates),
        Held::At => {}
    }
    held
}
