//! From a network to its dates.
use crate::{
    Network, Problem, Schedule,
    graph::Graph,
    pass::{BLANK, Ends, Pass},
    place::Places,
    validate,
};

/// The dates of a network, by the rules of its dialect. Refused with every reason when the network is impossible.
///
/// ```
/// use lantu_calendar::{Calendar, CalendarSpec, Hours, Span};
/// use lantu_schedule::{Activity, ActivityIx, CalendarIx, Dialect, Lag, Link, LinkKind, Network, Options, schedule};
/// let office = Calendar::of(&CalendarSpec::weekdays(&Hours::of_minutes([(480, 720), (780, 1020)])));
/// let work = |uid, days: i64| Activity::task(uid, CalendarIx(0), Span::hours(8 * days));
/// let network = Network {
///     options: Options::new(Dialect::MsProject, "2026-03-02T08:00".parse()?),
///     calendars: vec![office],
///     activities: vec![work(1, 5), work(2, 2)],
///     links: vec![Link { predecessor: ActivityIx(0), successor: ActivityIx(1), kind: LinkKind::FinishStart, lag: Lag::NONE }],
/// };
/// let dates = schedule(&network).map_err(|p| format!("{p:?}"))?;
/// assert_eq!(dates.of(ActivityIx(1)).finish.to_string(), "2026-03-10T17:00");
/// assert!(dates.of(ActivityIx(0)).critical);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn schedule(network: &Network) -> Result<Schedule, Vec<Problem>> {
    let problems = validate(network);
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut graph = Graph::forward_of(network).map_err(|ring| vec![cycle(network, &ring)])?;
    let places = Places::of(network);
    let mut rows = vec![BLANK; graph.nodes()];
    let mut ends = Ends::before(network);
    let turns = graph.can_turn(network);
    if turns {
        // Only one direction of the links is held at a time.
        let mut pass = Pass { network, graph: &graph, places: &places, rows: &mut rows, ends };
        pass.forward();
        ends = pass.ends;
        graph.turn(network);
    } else {
        graph.tie_both(network);
    }
    let mut pass = Pass { network, graph: &graph, places: &places, rows: &mut rows, ends };
    if turns {
        pass.run_back()
    } else {
        pass.run()
    }
    let (start, finish) = (pass.earliest_start(), pass.ends.early_finish);
    rows.truncate(network.activities.len());
    Ok(Schedule { rows, start, finish })
}

pub(crate) fn cycle(network: &Network, ring: &[crate::ActivityIx]) -> Problem {
    Problem::cycle(ring.iter().map(|at| network.activities[at.at()].uid).collect())
}
