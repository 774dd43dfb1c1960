//! The schedule engine: whole networks, single edits, memory, beside the peer on the same networks.
//!
//! Unlike the other measurements this one calls the library itself, so it says little when built without optimisation.

mod breadth;
mod edits;
mod memory;
mod mpxj;
pub mod network;
mod stored;

pub use breadth::measure as breadth;
pub use memory::child as memory_child;

use std::time::Instant;

use lantu_schedule::{Dialect, Network, schedule};

use crate::Bench;
use crate::table::{Row, median};

/// Activities, runs, milliseconds to reach; each activity has two links.
const SIZES: [(usize, usize, f64); 3] = [(10_000, 21, 5.0), (100_000, 7, 80.0), (1_000_000, 3, 1_000.0)];
/// Up to so many activities the peer is asked too.
const PEER_UP_TO: usize = 100_000;
pub const DIALECTS: [Dialect; 2] = [Dialect::MsProject, Dialect::P6];

pub fn measure(bench: &Bench) -> Result<Vec<Row>, String> {
    if cfg!(debug_assertions) {
        eprintln!("schedule: built without optimisation; the numbers mean nothing");
    }
    let peer = mpxj::Peer::find(&bench.dir);
    if let Err(why) = &peer {
        println!("MPXJ is not asked: {why}");
    }
    let mut rows = Vec::new();
    for (activities, runs, limit) in SIZES {
        for dialect in DIALECTS {
            let network = network::random(dialect, activities, 20_260_302);
            let mut row = whole(&network, runs, limit)?;
            if let Ok(peer) = &peer
                && activities <= PEER_UP_TO
            {
                beside(&mut row, peer, &network);
            }
            rows.push(row);
        }
    }
    rows.extend(edits::measure()?);
    rows.extend(memory::measure()?);
    stored::print(bench);
    Ok(rows)
}

fn beside(row: &mut Row, peer: &mpxj::Peer, network: &Network) {
    match peer.ask(network) {
        Ok(answer) => {
            row.peer = Some(("MPXJ, warm".to_string(), answer.milliseconds));
            row.from += &format!("; {:.1} % of its dates are ours", answer.agrees);
        }
        Err(why) => eprintln!("MPXJ: {why}"),
    }
}

/// What a program's rules are called in the table.
pub fn name(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::MsProject => "MS Project",
        Dialect::P6 => "P6",
    }
}

pub fn count(n: usize) -> String {
    match n {
        0..1_000 => n.to_string(),
        1_000..1_000_000 => format!("{}k", n / 1_000),
        _ => format!("{}M", n / 1_000_000),
    }
}

/// All dates of a network, in milliseconds.
fn whole(network: &Network, runs: usize, limit: f64) -> Result<Row, String> {
    let (n, links) = (network.activities.len(), network.links.len());
    let mut times = Vec::new();
    for _ in 0..=runs {
        let began = Instant::now();
        let dates = schedule(network).map_err(|problems| format!("refused: {:?}", problems.first()))?;
        times.push(began.elapsed().as_secs_f64() * 1e3);
        std::hint::black_box(dates);
    }
    let value = median(&times[1..]);
    let best = times.iter().copied().fold(f64::MAX, f64::min);
    Ok(Row {
        what: format!("schedule {} / {}, {}", count(n), count(links), name(network.options.dialect)),
        value,
        unit: "ms",
        peer: None,
        limit: Some(limit),
        from: format!("median of {runs}, best {best:.1} ms; {:.0} ns an activity", value * 1e6 / n as f64),
    })
}
