//! The kernel: 64 iterations of a network side by side.
//!
//! A network is compiled to steps, one for each node whose dates vary, in an order that holds for all iterations. A step does
//! for 64 iterations at once what the scheduling engine does for one: the same rules, in integer ticks, with calendars as
//! tables. What lanes do not know (splits, resources, shares of durations as lags, weather) the engine itself computes,
//! lane by lane, and an iteration whose dates run out of the tables is computed whole by it. So every path gives the same
//! dates to the bit, on every processor.
mod backward;
mod compile;
mod exact;
mod forward;
mod frame;
mod holds;
mod lengths;
mod program;
mod rows;
mod spare;
mod table;
mod ties;

pub(crate) use frame::tick_of;
pub(crate) use table::Times;

use crate::{
    Kernel, Problem, RiskModel, Sampling,
    lanes::{LANES, Lanes},
    run::{BlockDates, Engine, Tally},
    sample::Draws,
};
use compile::compile;
use exact::{Sky, Worker};
use frame::days_when_long;
use lantu_calendar::{DAY, Instant, Span};
use lantu_schedule::{ActivityIx, Options, ScheduleFrom, Stepwise};
use lengths::Lengths;
use multiversion::multiversion;
use program::{How, Late, Program};
use rows::Rows;
use std::sync::Arc;
use table::{FAR, Ticks};

/// Days of a hundred years.
const CENTURY: i64 = 36_525;

/// A model ready for its iterations.
#[derive(Clone)]
pub(crate) struct Compiled {
    /// The network with the plan's durations, scheduled.
    steps: Stepwise,
    /// `None` where each iteration is scheduled whole.
    program: Option<Arc<Program>>,
    lengths: Lengths,
    draws: Draws,
    /// How dates are told.
    ticks: Ticks,
    kernel: Kernel,
    watch: Vec<ActivityIx>,
    /// The activities whose last finish is a watched row's; empty where each iteration is scheduled whole.
    watched: Vec<Vec<usize>>,
    backward: bool,
    sky: Sky,
    critical_float: i32,
    /// About which dates are told.
    middle: Instant,
    planned_finish: Instant,
}

impl Compiled {
    /// `draws` are in ticks of [`tick_of`]. Refused when the network has no schedule.
    pub fn of(model: &RiskModel, sampling: &Sampling, draws: Draws) -> Result<Self, Vec<Problem>> {
        Self::sharing(model, sampling, draws, &Times::default())
    }

    /// The same for one of many networks, whose calendars are often equal.
    pub fn sharing(model: &RiskModel, sampling: &Sampling, draws: Draws, times: &Times) -> Result<Self, Vec<Problem>> {
        let tick = tick_of(&model.network);
        let refused = |problems: Vec<lantu_schedule::Problem>| problems.into_iter().map(Problem::from).collect::<Vec<_>>();
        let mut steps = Stepwise::new(model.network.clone()).map_err(refused)?;
        let lengths = Lengths::of(&model.network, tick, &draws);
        let days = days_when_long(&mut steps, &lengths, Sky::stretch(model));
        let sky = Sky::of(model, days.clone(), steps.start());
        lengths.set_planned(&mut steps);
        let planned_finish = steps.run();
        let (kernel, watch, backward) = (sampling.kernel, sampling.watch.clone(), sampling.sensitivity);
        let watched: Option<Vec<_>> = watch.iter().map(|at| steps.done_with(at.at())).collect();
        let program = match kernel {
            Kernel::Fastest | Kernel::Portable if watched.is_some() && !(sky.clouds() && steps.works_elsewhere()) => {
                compile(&steps, &lengths, (&days, &sky.unsteady), times, backward)
            }
            _ => None,
        };
        let middle = middle(&model.network.options, planned_finish);
        let ticks = program.as_ref().map_or(Ticks { base: middle, seconds: tick }, |p| p.ticks);
        let critical_float = holds::critical_float(model.network.options.critical, tick);
        let (program, watched) = (program.map(Arc::new), watched.unwrap_or_default());
        Ok(Self { steps, program, lengths, draws, ticks, kernel, watch, watched, backward, sky, critical_float, middle, planned_finish })
    }

    /// The same network with other draws of the same model, for its finish alone.
    pub fn with_draws(&self, draws: Draws) -> Self {
        Self { draws, watch: vec![], watched: vec![], backward: false, ..self.clone() }
    }

    /// What is drawn.
    pub fn draws(&self) -> &Draws {
        &self.draws
    }

    /// The date of so many ticks.
    pub fn date(&self, ticks: i32) -> Instant {
        self.ticks.instant(ticks)
    }

    /// Seconds of a tick.
    pub fn tick(&self) -> i64 {
        self.ticks.seconds
    }

    /// When the plan is done.
    pub fn planned_finish(&self) -> Instant {
        self.planned_finish
    }

    /// When the plan has an activity done.
    pub fn planned(&self, at: ActivityIx) -> Instant {
        self.steps.seen_finish(at.at())
    }

    /// The tick of a date; of one too far away the last that every kernel can tell, wherever its ticks begin: they begin
    /// before the planned finish, by less than [`FAR`]. With a tick of a second that is 68 years before it and 42 after it.
    fn told(&self, at: Instant) -> i32 {
        let ticks = |n: i32| Span::seconds(i64::from(n) * self.ticks.seconds);
        self.ticks.nearest(at.clamp(self.middle - ticks(i32::MAX), self.middle + ticks(i32::MAX - FAR)))
    }

    /// Sums of no iterations yet.
    pub fn tally(&self) -> Tally {
        let planned = self.told(self.planned_finish);
        Tally::of(self.lengths.planned().collect(), planned)
    }
}

/// The midnight about which dates are told: before the planned finish; before the end of the project that is given, where
/// the plan is done at the end of time.
fn middle(options: &Options, planned_finish: Instant) -> Instant {
    let given = options.finish.filter(|_| options.from == ScheduleFrom::Finish).unwrap_or(options.start);
    let near = (planned_finish.day_number() - given.day_number()).abs() < CENTURY;
    Instant::from_seconds(if near { planned_finish } else { given }.day_number() * DAY)
}

impl Engine for Compiled {
    type Scratch = Worker;

    fn scratch(&self) -> Worker {
        let rows = match &self.program {
            Some(program) => Rows::of(program, self.lengths.planned()),
            None => Rows::bare(self.lengths.planned()),
        };
        Worker::of(self.steps.clone(), rows)
    }

    fn block(&self, worker: &mut Worker, block: u32, lanes: usize, tally: &mut Tally, out: &mut BlockDates) {
        worker.look_up(&self.sky, &self.draws, block);
        match (&self.program, self.kernel) {
            (Some(program), Kernel::Portable) => portable(self, program, worker, block, lanes, tally, out),
            (Some(program), _) => fastest(self, program, worker, block, lanes, tally, out),
            (None, _) => {
                self.draws.fill(block, &mut worker.rows.length);
                (0..lanes).for_each(|lane| worker.whole(self, lane, out));
                self.sum_up(worker, lanes, tally, out);
            }
        }
    }
}

/// The same for processors of several kinds, chosen when the program runs.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl+avx512cd+avx2+bmi2+lzcnt+popcnt", "x86_64+avx2+bmi2+lzcnt+popcnt"))]
fn fastest(all: &Compiled, program: &Program, worker: &mut Worker, block: u32, lanes: usize, tally: &mut Tally, out: &mut BlockDates) {
    all.run(program, worker, block, lanes, tally, out);
}

fn portable(all: &Compiled, program: &Program, worker: &mut Worker, block: u32, lanes: usize, tally: &mut Tally, out: &mut BlockDates) {
    all.run(program, worker, block, lanes, tally, out);
}

impl Compiled {
    #[inline(always)]
    fn run(&self, program: &Program, worker: &mut Worker, block: u32, lanes: usize, tally: &mut Tally, out: &mut BlockDates) {
        self.draws.fill(block, &mut worker.rows.length);
        worker.rows.outside = Lanes::ZERO;
        self.forward(program, worker);
        if self.backward {
            self.backward(program, worker);
        }
        out.finish = worker.rows.project_finish;
        for (activities, dates) in self.watched.iter().zip(&mut out.watched) {
            *dates = Lanes::all(i32::MIN);
            for &at in activities {
                rows::max_into(dates, &self.fact(at).map_or(worker.rows.finish[at], Lanes::all));
            }
        }
        for lane in 0..lanes {
            if worker.rows.outside.0[lane] != 0 {
                worker.whole(self, lane, out);
            }
        }
        self.sum_up(worker, lanes, tally, out);
    }

    /// Nodes without a bound of their own stand as they were scheduled.
    fn has_lanes(&self, node: usize) -> bool {
        self.program.as_ref().is_some_and(|p| !p.unbound[node])
    }

    /// When a watched activity was done, if it is.
    fn fact(&self, at: usize) -> Option<i32> {
        let finished = matches!(self.steps.network().activities[at].progress(), lantu_schedule::Progress::Finished { .. });
        finished.then(|| self.told(self.steps.seen_finish(at)))
    }

    #[inline(always)]
    fn forward(&self, program: &Program, worker: &mut Worker) {
        let mut project = Lanes::all(program.earliest_finish);
        for step in &program.forward {
            let node = step.node as usize;
            match &step.how {
                How::Work(work) => worker.rows.work(program, node, work, step.starts),
                How::Point(point) => worker.rows.point(program, node, point),
                How::Begun(begun) => worker.rows.begun(program, node, begun),
                How::Odd => worker.odd_early(self, node),
            }
            if step.counts {
                rows::max_into(&mut project, &worker.rows.finish[node]);
            }
        }
        worker.rows.project_finish = project;
    }

    #[inline(always)]
    fn backward(&self, program: &Program, worker: &mut Worker) {
        worker.rows.turn(program);
        for step in &program.backward {
            match &step.how {
                Late::Work(work) => worker.rows.late_work(program, step, work, self.critical_float),
                Late::Point(point) => worker.rows.late_point(program, step, point, self.critical_float),
                Late::Odd => worker.odd_late(self, step),
            }
        }
    }

    #[inline(always)]
    fn sum_up(&self, worker: &Worker, lanes: usize, tally: &mut Tally, out: &BlockDates) {
        if !self.backward {
            return;
        }
        tally.begin(&out.finish, lanes);
        let used = u64::MAX >> (LANES - lanes.clamp(1, LANES));
        for (at, critical) in worker.rows.critical.iter().enumerate() {
            let critical = critical & used;
            if self.lengths.varies(at) {
                tally.add(at, &worker.rows.length[at], critical);
            } else if critical != 0 {
                tally.add_fixed(at, critical);
            }
        }
    }
}

#[cfg(test)]
mod tests;
