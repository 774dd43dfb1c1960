//! The outlooks of a portfolio: every project's dates, lights and blocking nodes, and their odds, beside the way that patterns
//! are scheduled: the same networks by the kernel on the office's calendar to the minute.

mod portfolio;

use std::time::Instant;

use jiff::civil::Date;
use lantu_calendar::Span;
use lantu_model::{Light, Project};
use lantu_pack::{Pack, embedded};
use lantu_risk::{Kernel, RiskModel, Sampling, simulate};
use lantu_rules::outlook::{Elsewhere, History, Odds, Outlook, Sight, forecast_row};
use lantu_schedule::{Activity, ActivityIx, CalendarIx, Dialect, Lag, Link, LinkKind, Network, Options, driving_links, schedule};

use crate::Bench;
use crate::table::{Row, median};

const PROJECTS: usize = 1_000;
const ACTIVITIES: usize = 150;
const ITERATIONS: u32 = 2_000;
const THREADS: usize = 2;

pub fn measure(_: &Bench) -> Result<Vec<Row>, String> {
    if cfg!(debug_assertions) {
        eprintln!("outlook: built without optimisation; the numbers mean nothing");
    }
    let files = embedded("cn-county").ok_or("no pack")?;
    let pack = Pack::load(&files).map_err(|problems| format!("{problems:?}"))?;
    let portfolio = portfolio::projects(&pack, PROJECTS, ACTIVITIES);
    let elsewhere = Elsewhere::new();
    let sight = Sight { pack: &pack, today: portfolio::TODAY, elsewhere: &elsewhere };
    let lights = lights(&portfolio, &sight)?;
    let by_kernel = by_kernel(&portfolio, &pack)?;
    let mut rows = vec![];
    for (threads, limit) in [(1, None), (THREADS, Some(150.0))] {
        let times = timed(9, || on_threads(&portfolio, threads, &|project| Outlook::of(project, &sight).is_some_and(|o| o.is_ok())));
        let peer = Some(("kernel, office calendar, 1 thread".to_string(), by_kernel));
        let from = format!("median of 9, {threads} threads; {lights}");
        rows.push(Row { what: format!("outlooks of {PROJECTS} × {ACTIVITIES}"), value: median(&times), unit: "ms", peer, limit, from });
    }
    rows.push(one(&portfolio, &sight));
    rows.push(odds(&portfolio, &sight));
    Ok(rows)
}

/// What a fact costs: the slowest hundredth of single projects.
fn one(portfolio: &[Project], sight: &Sight<'_>) -> Row {
    let mut times: Vec<f64> = vec![];
    for project in portfolio {
        times.extend(timed(1, || usize::from(Outlook::of(project, sight).is_some())));
    }
    let value = crate::table::percentile(&times, 99);
    let from = format!("p99 of {PROJECTS}; median {:.3} ms", median(&times));
    Row { what: format!("one outlook of {ACTIVITIES}"), value, unit: "ms", peer: None, limit: None, from }
}

fn odds(portfolio: &[Project], sight: &Sight<'_>) -> Row {
    let began = Instant::now();
    let history = History::of(&portfolio.iter().collect::<Vec<_>>(), sight.pack);
    let learned = began.elapsed().as_secs_f64() * 1e3;
    let draw = Odds::Draw { iterations: ITERATIONS, seed: 1, history: &history };
    let times = timed(3, || on_threads(portfolio, THREADS, &|project| forecast_row(project, sight, draw).is_some()));
    let exact = exact(&portfolio[..10.min(portfolio.len())], sight.pack) * (portfolio.len() as f64 / 10.0) / THREADS as f64;
    let peer = Some(("schedules one by one, office calendar".to_string(), exact));
    let what = format!("odds of {PROJECTS} × {ACTIVITIES} × {ITERATIONS}");
    let from = format!("median of 3, {THREADS} threads; learned from all in {learned:.1} ms; peer: 10 projects on 1 thread, extrapolated");
    Row { what, value: median(&times), unit: "ms", peer, limit: Some(5_000.0), from }
}

fn timed(runs: usize, mut work: impl FnMut() -> usize) -> Vec<f64> {
    let mut once = || {
        let began = Instant::now();
        std::hint::black_box(work());
        began.elapsed().as_secs_f64() * 1e3
    };
    (0..runs).map(|_| once()).collect()
}

/// How many projects gave an answer.
fn on_threads(portfolio: &[Project], threads: usize, each: &(dyn Fn(&Project) -> bool + Sync)) -> usize {
    let part = portfolio.len().div_ceil(threads).max(1);
    std::thread::scope(|scope| {
        let parts: Vec<_> = portfolio.chunks(part).map(|part| scope.spawn(move || part.iter().filter(|p| each(p)).count())).collect();
        parts.into_iter().map(|part| part.join().unwrap_or(0)).sum()
    })
}

/// How many of the next milestones have which light: an answer that all projects gave.
fn lights(portfolio: &[Project], sight: &Sight<'_>) -> Result<String, String> {
    let mut count = [0; 3];
    for project in portfolio {
        let outlook = Outlook::of(project, sight).ok_or("no plan")?.map_err(|problems| format!("{problems:?}"))?;
        let worst = outlook.milestones.iter().map(|ahead| ahead.light).max().unwrap_or_default();
        count[match worst {
            Light::Green => 0,
            Light::Amber => 1,
            Light::Red => 2,
        }] += 1;
    }
    Ok(format!("{} green, {} amber, {} red", count[0], count[1], count[2]))
}

/// The plan's network from its first day, without facts, on working time to the minute.
fn network(project: &Project, pack: &Pack) -> Option<Network> {
    let plan = project.plan.as_ref()?;
    let lines = plan.lines();
    let place = |id: &str| lines.iter().position(|(known, _)| *known == id).and_then(|at| u32::try_from(at).ok()).map(ActivityIx);
    let work = |days: i64| Span::seconds(pack.calendar_data().hours.work().as_seconds() * days);
    let mut links = vec![];
    for (id, activity) in &lines {
        for before in activity.after.iter() {
            let (predecessor, successor) = (place(&before.id)?, place(id)?);
            links.push(Link { predecessor, successor, kind: LinkKind::FinishStart, lag: Lag::Work(work(before.lag)) });
        }
    }
    let activities = (1..).zip(&lines).map(|(uid, (_, a))| Activity::task(uid, CalendarIx(0), work(a.days))).collect();
    let start = lantu_calendar::Instant::start_of(plan.start.tomorrow().unwrap_or(Date::MAX));
    Some(Network { options: Options::new(Dialect::MsProject, start), calendars: vec![pack.working_time().clone()], activities, links })
}

fn by_kernel(portfolio: &[Project], pack: &Pack) -> Result<f64, String> {
    let networks: Option<Vec<Network>> = portfolio.iter().map(|project| network(project, pack)).collect();
    let networks = networks.ok_or("no network")?;
    let all = || networks.iter().filter_map(|n| schedule(n).ok().map(|dates| driving_links(n, &dates).len())).sum();
    Ok(median(&timed(5, all)))
}

/// Every iteration a whole schedule by itself.
fn exact(portfolio: &[Project], pack: &Pack) -> f64 {
    let sampling = Sampling { iterations: ITERATIONS, kernel: Kernel::Exact, ..Sampling::default() };
    let models = portfolio.iter().filter_map(|project| {
        let network = network(project, pack)?;
        Some(RiskModel { network, ranges: vec![], risks: vec![], correlations: vec![], weather: vec![], key: 0 })
    });
    let models: Vec<RiskModel> = models.collect();
    let all = || models.iter().filter(|model| simulate(model, &sampling, &mut |_| std::ops::ControlFlow::Continue(())).is_ok()).count();
    median(&timed(1, all))
}
