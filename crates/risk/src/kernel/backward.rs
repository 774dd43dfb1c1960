//! Steps backward: late dates and floats, 64 iterations at a time.
use super::{
    forward::held,
    program::{Backward, Held, LatePoint, LateWork, Program, Shift, Stands, Tie},
    rows::{AFTER_ALL, Rows, less, min_into, plus, plus_all},
    table::Time,
};
use crate::lanes::{LANES, Lanes};

impl Rows {
    /// By when the project has to be done, after its finish is known.
    #[inline(always)]
    pub fn turn(&mut self, program: &Program) {
        self.project_late_finish = program.late_finish.map_or(self.project_finish, Lanes::all);
        for (time, position) in program.times.iter().zip(&mut self.late_positions) {
            *position = time.position(&self.project_late_finish, &mut self.outside);
        }
    }

    #[inline(always)]
    pub fn late_work(&mut self, program: &Program, step: &Backward, work: &LateWork, limit: i32) {
        let (time, node) = (&*program.times[work.time as usize], step.node as usize);
        let length = self.length[node];
        let (mut finish, mut start) = (self.late_positions[work.time as usize], Lanes::all(AFTER_ALL));
        if work.open_at_own {
            min_into(&mut finish, &self.done[node]);
        }
        let ties = &program.ties[work.ties.start as usize..work.ties.end as usize];
        if work.keeps_start {
            (finish, start) = self.kept_start(program, time, ties, &length, &finish);
        } else {
            self.earliest_bound(program, time, ties, &length, &mut finish);
        }
        for hold in &program.holds[work.holds.start as usize..work.holds.end as usize] {
            let held = held(&finish, hold, &length);
            for j in 0..LANES {
                start.0[j] = if held.0[j] < finish.0[j] || hold.how == Held::At { AFTER_ALL } else { start.0[j] };
            }
            finish = held;
        }
        if step.finishes {
            self.late_finish[node] = time.earliest(&finish, &mut self.outside);
        }
        if let Some(begun) = work.begun {
            self.late_start[node] = Lanes::all(begun);
        } else if step.starts {
            let mut late = time.latest(&less(&finish, &length), &mut self.outside);
            if work.keeps_start {
                for j in 0..LANES {
                    late.0[j] = if start.0[j] < AFTER_ALL { start.0[j] } else { late.0[j] };
                }
            }
            self.late_start[node] = late;
        }
        self.mark(node, &finish, limit, step.floats);
    }

    /// The position that the links let work end at, where positions are all that matters.
    #[inline(always)]
    fn earliest_bound(&mut self, program: &Program, time: &Time, ties: &[Tie], length: &Lanes, finish: &mut Lanes) {
        for to_start in [false, true] {
            let (mut instants, mut met) = (Lanes::all(AFTER_ALL), false);
            let mut bound = Lanes::all(AFTER_ALL);
            for tie in ties.iter().filter(|tie| tie.to_start == to_start) {
                let date = *self.late(tie);
                match tie.shift {
                    Shift::Own(n) => min_into(&mut bound, &plus_all(&time.position(&date, &mut self.outside), n)),
                    _ => {
                        let shifted = self.shifted(program, &date, tie.shift);
                        min_into(&mut instants, &shifted);
                        met = true;
                    }
                }
            }
            if met {
                min_into(&mut bound, &time.position(&instants, &mut self.outside));
            }
            min_into(finish, &if to_start { plus(&bound, length) } else { bound });
        }
    }

    /// P6: the same, and the start that a link into it asks for where that link decides. Gives positions of the finish, and
    /// instants of the start, [`AFTER_ALL`] for none.
    #[inline(always)]
    fn kept_start(&mut self, program: &Program, time: &Time, ties: &[Tie], length: &Lanes, end: &Lanes) -> (Lanes, Lanes) {
        let (mut finish, mut start) = (Lanes::all(AFTER_ALL), Lanes::all(AFTER_ALL));
        for tie in ties {
            let date = *self.late(tie);
            let date = self.shifted(program, &date, tie.shift);
            if !tie.to_start {
                for j in 0..LANES {
                    start.0[j] = if date.0[j] < finish.0[j] { AFTER_ALL } else { start.0[j] };
                }
                min_into(&mut finish, &date);
                continue;
            }
            let position = time.position(&date, &mut self.outside);
            let asked = self.touching_work(time, &date, &position);
            let done = time.earliest(&plus(&position, length), &mut self.outside);
            for j in 0..LANES {
                let of_same = if done.0[j] == finish.0[j] { start.0[j].min(asked.0[j]) } else { start.0[j] };
                start.0[j] = if done.0[j] < finish.0[j] { asked.0[j] } else { of_same };
            }
            min_into(&mut finish, &done);
        }
        for j in 0..LANES {
            let beyond = finish.0[j] > self.project_late_finish.0[j];
            start.0[j] = if beyond { AFTER_ALL } else { start.0[j] };
            finish.0[j] = finish.0[j].min(self.project_late_finish.0[j]);
        }
        let mut position = time.position(&finish, &mut self.outside);
        // What is open ends when it does.
        min_into(&mut position, end);
        (position, start)
    }

    /// A date itself where it touches work, else where work ended before.
    #[inline(always)]
    fn touching_work(&mut self, time: &Time, date: &Lanes, position: &Lanes) -> Lanes {
        let begins = time.latest(position, &mut self.outside);
        let mut at = time.earliest(position, &mut self.outside);
        for j in 0..LANES {
            at.0[j] = if date.0[j] == begins.0[j] { date.0[j] } else { at.0[j] };
        }
        at
    }

    #[inline(always)]
    fn late(&self, tie: &Tie) -> &Lanes {
        if tie.of_start { &self.late_start[tie.node as usize] } else { &self.late_finish[tie.node as usize] }
    }

    #[inline(always)]
    pub fn late_point(&mut self, program: &Program, step: &Backward, point: &LatePoint, limit: i32) {
        let (time, node) = (&*program.times[point.time as usize], step.node as usize);
        let mut at = self.project_late_finish;
        if point.open_at_own {
            min_into(&mut at, &self.finish[node]);
        }
        for tie in &program.ties[point.ties.start as usize..point.ties.end as usize] {
            let date = *self.late(tie);
            let mut date = self.shifted(program, &date, tie.shift);
            if tie.keeps {
                let position = time.position(&date, &mut self.outside);
                date = time.latest(&position, &mut self.outside);
            }
            min_into(&mut at, &date);
        }
        for hold in &program.holds[point.holds.start as usize..point.holds.end as usize] {
            at = held(&at, hold, &Lanes::ZERO);
        }
        let position = time.position(&at, &mut self.outside);
        at = match point.stands {
            Stands::Anywhere => at,
            Stands::TouchingWork => self.touching_work(time, &at, &position),
            Stands::AtClose => time.earliest(&position, &mut self.outside),
        };
        (self.late_start[node], self.late_finish[node]) = (at, at);
        self.mark(node, &position, limit, step.floats);
    }

    /// Learns in which lanes an activity is critical, by the position of its late finish.
    #[inline(always)]
    fn mark(&mut self, node: usize, late: &Lanes, limit: i32, floats: bool) {
        if floats {
            let mut critical = 0;
            for j in 0..LANES {
                critical |= u64::from(late.0[j].wrapping_sub(self.done[node].0[j]) <= limit) << j;
            }
            self.critical[node] = critical;
        }
    }
}
