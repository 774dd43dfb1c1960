//! What no one asks for is not computed.
use super::{
    compile::Compiling,
    program::{How, Late, LatePoint, LateWork, Point, Program, Work},
};
use std::ops::{IndexMut, Range};

impl Compiling<'_> {
    /// Starts and finishes that no one asks for are not looked up.
    pub fn spare(&mut self) {
        let Program { forward, backward, ties, nodes, .. } = &self.program;
        let [mut starts, mut late_starts, mut late_finishes] = [0; 3].map(|_| vec![false; *nodes]);
        let of = |range: &Range<u32>| &ties[range.start as usize..range.end as usize];
        for step in forward {
            match &step.how {
                How::Work(Work { ties, .. }) | How::Point(Point { ties, .. }) => {
                    of(ties).iter().for_each(|t| starts[t.node as usize] |= t.of_start)
                }
                How::Begun(_) => {}
                How::Odd => self.steps.each_before(step.node as usize, |before| starts[before] = true),
            }
        }
        for step in backward {
            match &step.how {
                Late::Work(LateWork { ties, .. }) | Late::Point(LatePoint { ties, .. }) => {
                    of(ties)
                        .iter()
                        .for_each(|t| *(if t.of_start { &mut late_starts } else { &mut late_finishes }).index_mut(t.node as usize) = true);
                }
                Late::Odd => {
                    starts[step.node as usize] = true;
                    self.steps.each_after(step.node as usize, |after| {
                        (starts[after], late_starts[after], late_finishes[after]) = (true, true, true)
                    });
                }
            }
        }
        self.program.forward.iter_mut().for_each(|step| step.starts = starts[step.node as usize]);
        for step in &mut self.program.backward {
            (step.starts, step.finishes) = (late_starts[step.node as usize], late_finishes[step.node as usize]);
        }
    }
}
