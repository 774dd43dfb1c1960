//! How sure the dates are: the same network with what may become shorter or longer, drawn many times.
use super::{
    History, Outlook, Sight, View,
    dates::{Open, instant, length, offset},
};
use jiff::civil::Date;
use lantu_calendar::Span;
use lantu_model::{MilestoneOdds, Problem, Project};
use lantu_risk::{Distribution, DurationRange, Range, RiskModel, Sampling, simulate};
use lantu_schedule::ActivityIx;
use std::ops::ControlFlow;

/// Whether to draw.
#[derive(Clone, Copy, Debug)]
pub enum Odds<'a> {
    None,
    /// Two projects of one seed draw numbers of their own; the same project draws the same.
    Draw {
        iterations: u32,
        seed: u64,
        history: &'a History,
    },
}

/// The odds of one line's last day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineOdds {
    pub p10: Date,
    pub p50: Date,
    pub p80: Date,
    pub p90: Date,
    /// How often it decided the end of the network, in hundredths of a percent.
    pub criticality: u16,
    /// Recorded durations that its range leans on.
    pub samples: u32,
}

/// An outlook and the odds of its lines.
pub type WithLineOdds = (Outlook, Vec<Option<LineOdds>>);

impl Outlook {
    /// The outlook with the odds of its milestones.
    pub fn with_odds(project: &Project, sight: &Sight<'_>, odds: Odds<'_>) -> Option<Result<Self, Vec<Problem>>> {
        let view = match View::of(project, sight)? {
            Ok(view) => view,
            Err(problems) => return Some(Err(problems)),
        };
        let mut outlook = view.outlook();
        view.draw(&mut outlook, odds, false);
        Some(Ok(outlook))
    }

    /// The outlook with the odds of its milestones and of every line, in the order of lines; none of what is done.
    pub fn with_line_odds(project: &Project, sight: &Sight<'_>, odds: Odds<'_>) -> Option<Result<WithLineOdds, Vec<Problem>>> {
        let view = match View::of(project, sight)? {
            Ok(view) => view,
            Err(problems) => return Some(Err(problems)),
        };
        let mut outlook = view.outlook();
        let lines = view.draw(&mut outlook, odds, true);
        Some(Ok((outlook, lines)))
    }
}

impl View<'_> {
    /// Puts their odds beside the milestones; gives those of the lines when they are asked for.
    pub(super) fn draw(&self, outlook: &mut Outlook, odds: Odds<'_>, lines: bool) -> Vec<Option<LineOdds>> {
        let mut all = vec![None; if lines { self.lines.len() } else { 0 }];
        let Odds::Draw { iterations, seed, history } = odds else { return all };
        let open = Open::of(&self.stands, &self.ties);
        let place = |at: usize| open.lines.binary_search(&at).ok();
        let reaching = |id: &str| self.lines.iter().position(|(known, _)| *known == id);
        let awaited: Vec<(usize, usize)> = outlook
            .milestones
            .iter()
            .enumerate()
            .filter(|(_, ahead)| ahead.done.is_none())
            .filter_map(|(m, ahead)| Some((m, place(reaching(&ahead.activity)?)?)))
            .collect();
        if awaited.is_empty() && !lines || open.lines.is_empty() {
            return all;
        }
        let watch: Vec<usize> = if lines { (0..open.lines.len()).collect() } else { awaited.iter().map(|(_, at)| *at).collect() };
        let ranges = self.ranges(&open, history);
        let network = open.network.clone();
        let model = RiskModel { network, ranges, risks: vec![], correlations: vec![], weather: vec![], key: key(self.project) };
        let rows = watch.iter().filter_map(|at| u32::try_from(*at).ok()).map(ActivityIx).collect();
        let sampling = Sampling { seed, iterations, watch: rows, sensitivity: lines, ..Sampling::default() };
        let Ok(found) = simulate(&model, &sampling, &mut |_| ControlFlow::Continue(())) else { return all };
        let of = |ix: usize| watch.iter().position(|at| *at == ix).and_then(|at| found.milestones.get(at)).map(|m| &m.finish);
        for (m, ix) in awaited {
            let ahead = &mut outlook.milestones[m];
            ahead.odds = of(ix).map(|finish| self.of_milestone(finish, ahead.due));
        }
        for (ix, &at) in open.lines.iter().enumerate().filter(|(_, at)| lines && !self.stands[**at].is_void()) {
            let criticality = found.activities.get(ix).map_or(0, |a| hundredths(a.criticality));
            let (id, activity) = self.lines[at];
            let samples = self.project.plan.as_ref().map_or(0, |plan| history.samples(plan, id, activity));
            all[at] = of(ix).map(|finish| {
                let [p10, p50, p80, p90] = self.quantiles(finish);
                LineOdds { p10, p50, p80, p90, criticality, samples }
            });
        }
        all
    }

    fn ranges(&self, open: &Open, history: &History) -> Vec<DurationRange> {
        let Some(plan) = &self.project.plan else { return vec![] };
        let range = |(ix, at): (u32, &usize)| {
            let ((id, activity), left) = (self.lines[*at], self.stands[*at].left);
            let found = history.range(plan, id, activity, self.sight.pack).filter(|_| left > 0)?;
            let [min, mode, max] = [found.min, found.mode, found.max].map(|percent| share(left, percent));
            Some(DurationRange { activity: ActivityIx(ix), range: Range::Triangular { min, mode, max } })
        };
        (0_u32..).zip(&open.lines).filter_map(range).collect()
    }

    fn of_milestone(&self, finish: &Distribution, due: Option<Date>) -> MilestoneOdds {
        let [p10, p50, p80, p90] = self.quantiles(finish);
        let in_time = |due| if due < self.sight.today { 0 } else { hundredths(finish.chance_by(instant(self.axis.through(due)))) };
        MilestoneOdds { p10, p50, p80, p90, in_time: due.map(in_time) }
    }

    fn quantiles(&self, finish: &Distribution) -> [Date; 4] {
        [0.1, 0.5, 0.8, 0.9].map(|p| self.axis.day(offset(finish.quantile(p))).max(self.sight.today))
    }
}

/// So many hundredths of what is left, in whole minutes of the kernel's clock.
fn share(left: i64, percent: i64) -> Span {
    let seconds = length(left).as_seconds().saturating_mul(percent) / 100;
    Span::minutes(seconds / 60)
}

fn hundredths(chance: f64) -> u16 {
    (chance.clamp(0.0, 1.0) * 10_000.0).round() as u16
}

/// Of the project's id, so that its draws are its own.
fn key(project: &Project) -> u64 {
    let (high, low) = project.id.uuid().as_u64_pair();
    high ^ low
}
