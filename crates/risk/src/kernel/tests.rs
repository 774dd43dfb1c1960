//! Every path gives the same dates and the same criticality, lane by lane.
use super::*;
use crate::{DurationRange, Impact, Range, Risk};
use lantu_calendar::{Calendar, CalendarSpec, Hours, Span};
use lantu_schedule::*;

/// SplitMix64.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % n
    }

    fn percent(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }
}

const START: &str = "2026-03-02T08:00";

fn calendars() -> Vec<Calendar> {
    let office = CalendarSpec::weekdays(&Hours::of_minutes([(480, 720), (780, 1020)]));
    let site = CalendarSpec::daily(&Hours::of_minutes([(390, 690), (735, 1080)]));
    let night = CalendarSpec::weekdays(&Hours::of_minutes([(0, 360), (1320, 1440)]));
    [office, site, night, CalendarSpec::around_the_clock()].iter().map(Calendar::of).collect()
}

/// Anything that lanes know, and some of what they do not.
fn model(seed: u64, activities: usize) -> RiskModel {
    let mut dice = Dice(seed);
    let start: Instant = START.parse().unwrap();
    let dialect = if dice.percent(50) { Dialect::P6 } else { Dialect::MsProject };
    let mut options = Options::new(dialect, start);
    options.honor_constraints = dice.percent(50);
    options.multiple_critical_paths = dice.percent(20);
    options.open_ended_critical = dice.percent(20);
    options.ss_lag_from_early_start = dice.percent(50);
    options.lag_calendar =
        [LagCalendar::Predecessor, LagCalendar::Successor, LagCalendar::Project, LagCalendar::TwentyFourHour][dice.below(4) as usize];
    options.progress =
        [ProgressLogic::RetainedLogic, ProgressLogic::RetainedLogic, ProgressLogic::ProgressOverride][dice.below(3) as usize];
    options.critical = Critical::FloatAtMost(Span::hours(dice.below(3) as i64 * 4));
    let begun = dice.percent(50);
    if begun {
        options.data_date = Some(start + Span::hours(24 * 14 + 8));
    }
    let rows: Vec<Activity> = (0..activities).map(|at| activity(at, dialect, begun, start, &mut dice)).collect();
    let links = (1..activities).flat_map(|at| ties(at, &mut dice)).collect();
    let network = Network { options, calendars: calendars(), activities: rows, links };
    let ranges =
        (0..activities).filter(|at| network.activities[*at].duration.is_positive()).map(|at| range(at, &network, &mut dice)).collect();
    let risks = (0..dice.below(3)).map(|k| risk(k, activities, &mut dice)).collect();
    RiskModel { network, ranges, risks, correlations: vec![], weather: vec![], key: 0 }
}

fn activity(at: usize, dialect: Dialect, begun: bool, start: Instant, dice: &mut Dice) -> Activity {
    let length = Span::minutes(30 * (1 + dice.below(120) as i64));
    let mut activity = Activity::task(at as i64 + 1, CalendarIx(dice.below(4) as u32), length);
    if dice.percent(12) {
        activity.duration = Span::ZERO;
        if dialect == Dialect::P6 {
            activity.kind = [Kind::StartMilestone, Kind::FinishMilestone, Kind::Task][dice.below(3) as usize];
        }
    } else if dice.percent(5) {
        activity.elapsed = dialect == Dialect::MsProject;
    }
    let day = |dice: &mut Dice| start + Span::minutes(30 * dice.below(48 * 60) as i64);
    if begun && at < 4 && activity.duration.is_positive() {
        let (actual, remaining) = (Span::hours(8), activity.duration);
        let began = start + Span::hours(24 * at as i64);
        let resume = dice.percent(30).then(|| day(dice));
        let detail = activity.detail_mut();
        detail.progress = match dice.below(2) {
            0 => Progress::Finished { start: began, finish: began + Span::hours(50), actual },
            _ => Progress::Started { start: began, actual, remaining },
        };
        detail.resume = resume;
        activity.duration = actual + remaining;
        return activity;
    }
    if dice.percent(15) {
        use ConstraintKind::*;
        let kinds =
            [StartNoEarlierThan, StartNoLaterThan, FinishNoEarlierThan, FinishNoLaterThan, StartOn, FinishOn, MustStartOn, MustFinishOn];
        let kind = kinds[dice.below(8) as usize];
        activity.detail_mut().constraint = Some(Constraint { kind, date: day(dice) });
    }
    if dice.percent(5) {
        activity.detail_mut().deadline = Some(day(dice));
    }
    if dice.percent(3) {
        activity.detail_mut().leveling_delay = Some(Delay { span: Span::hours(4), elapsed: false });
    }
    activity
}

fn ties(at: usize, dice: &mut Dice) -> Vec<Link> {
    let mut from: Vec<u64> = (0..dice.below(4)).map(|_| dice.below(at as u64)).collect();
    from.sort_unstable();
    from.dedup();
    let kinds = [LinkKind::FinishStart, LinkKind::FinishStart, LinkKind::StartStart, LinkKind::FinishFinish, LinkKind::StartFinish];
    let link = |from: u64| {
        let lag = match dice.below(10) {
            0..5 => Lag::NONE,
            5..7 => Lag::Work(Span::minutes(30 * (dice.below(40) as i64 + 1))),
            7 => Lag::Work(-Span::minutes(30 * (dice.below(20) as i64 + 1))),
            8 => Lag::Elapsed(Span::hours(dice.below(40) as i64 - 8)),
            _ if dice.percent(30) => Lag::Percent(50.0),
            _ => Lag::NONE,
        };
        Link { predecessor: ActivityIx(from as u32), successor: ActivityIx(at as u32), kind: kinds[dice.below(5) as usize], lag }
    };
    from.into_iter().map(link).collect()
}

fn range(at: usize, network: &Network, dice: &mut Dice) -> DurationRange {
    let planned = network.activities[at].duration;
    let part = |percent: u64| Span::minutes((planned.as_minutes() * percent as f64 / 100.0) as i64);
    let (min, mode, max) = (part(60 + dice.below(40)), planned, part(100 + dice.below(100)));
    let range = if dice.percent(80) { Range::Triangular { min, mode, max } } else { Range::Uniform { min, max } };
    DurationRange { activity: ActivityIx(at as u32), range }
}

fn risk(k: u64, activities: usize, dice: &mut Dice) -> Risk {
    let range = Range::Uniform { min: Span::hours(2), max: Span::hours(30) };
    let impacts = vec![Impact { activity: ActivityIx(dice.below(activities as u64) as u32), range }];
    Risk { id: format!("R{k}"), probability: 0.4, impacts, shared: false }
}

/// Dates and criticality of a block by a path.
fn block(model: &RiskModel, kernel: Kernel) -> (Vec<Vec<Instant>>, Vec<u64>, bool) {
    let watch: Vec<ActivityIx> = (0..model.network.activities.len() as u32).map(ActivityIx).collect();
    let sampling = Sampling { kernel, sensitivity: true, watch, ..Sampling::default() };
    let (draws, _) = Draws::of(model, tick_of(&model.network), 7);
    let compiled = Compiled::of(model, &sampling, draws).unwrap();
    let (mut worker, mut tally, mut out) = (compiled.scratch(), compiled.tally(), BlockDates::of(sampling.watch.len()));
    compiled.block(&mut worker, 3, LANES, &mut tally, &mut out);
    let dates = |lanes: &Lanes| lanes.0.iter().map(|&t| compiled.date(t)).collect::<Vec<_>>();
    let all = out.watched.iter().chain([&out.finish]).map(dates).collect();
    (all, worker.rows.critical, compiled.program.is_some())
}

/// What the row is about which two paths differ.
fn told(seed: u64, at: usize, network: &Network) -> String {
    let near = network.links.iter().filter(|l| l.predecessor.at() == at || l.successor.at() == at).collect::<Vec<_>>();
    format!("seed {seed} row {at}\n{:?}\n{:?}\n{near:#?}", network.options, network.activities.get(at))
}

#[test]
fn lanes_give_what_whole_schedules_give() {
    let mut lanes = 0;
    for seed in 0..600 {
        let model = model(seed, 3 + seed as usize % 22);
        if !validate(&model.network).is_empty() || schedule(&model.network).is_err() {
            continue;
        }
        let exact = block(&model, Kernel::Exact);
        let portable = block(&model, Kernel::Portable);
        lanes += u64::from(portable.2);
        for (at, (a, b)) in exact.0.iter().zip(&portable.0).enumerate() {
            let differ = a.iter().zip(b).position(|(a, b)| a != b);
            if let Some(j) = differ {
                panic!("lane {j}: {} but {}; {}", a[j], b[j], told(seed, at, &model.network));
            }
        }
        for (at, (a, b)) in exact.1.iter().zip(&portable.1).enumerate() {
            assert_eq!(a, b, "{}", told(seed, at, &model.network));
        }
        assert_eq!(block(&model, Kernel::Fastest).0, portable.0);
    }
    assert!(lanes > 200, "{lanes}");
}
