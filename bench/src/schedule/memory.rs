//! Memory of a network and of its scheduling, as the system counts it, in a process of its own.

use std::process::Command;

use lantu_schedule::{Activity, Dialect, Link, Row as Dates, schedule};

use super::{count, name, network};
use crate::table::Row;

const ACTIVITIES: usize = 1_000_000;
/// Bytes an activity to reach.
const LIMIT: f64 = 200.0;
/// Asks the measuring program for one network's memory.
const FLAG: &str = "--memory-of-a-schedule";

pub fn measure() -> Result<Vec<Row>, String> {
    let program = std::env::current_exe().map_err(|why| why.to_string())?;
    let out = Command::new(program).args([FLAG]).output().map_err(|why| why.to_string())?;
    let text = String::from_utf8_lossy(&out.stdout).into_owned();
    let bytes: Vec<f64> = text.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    let &[network, peak] = bytes.as_slice() else {
        println!("memory is not measured: {}", String::from_utf8_lossy(&out.stderr).trim());
        return Ok(vec![]);
    };
    let row = |what: &str, value: f64, limit: Option<f64>, from: String| Row {
        what: format!("{what}, {}", count(ACTIVITIES)),
        value,
        unit: "B",
        peer: None,
        limit,
        from,
    };
    let sizes = format!("an activity {} B, a link {} B, its dates {} B", size_of::<Activity>(), size_of::<Link>(), size_of::<Dates>());
    Ok(vec![
        row("memory an activity: network", network, None, sizes),
        row("memory an activity: with its schedule", peak, Some(LIMIT), format!("peak, {} rules, two links each", name(DIALECT))),
    ])
}

const DIALECT: Dialect = Dialect::P6;

/// Prints bytes an activity of the network, and of all at the peak of scheduling it. `None` when not asked.
pub fn child(args: &[String]) -> Option<Result<bool, String>> {
    (args.first().map(String::as_str) == Some(FLAG)).then(print)
}

fn print() -> Result<bool, String> {
    let before = resident("VmRSS:")?;
    let network = network::random(DIALECT, ACTIVITIES, 3);
    let with_network = resident("VmRSS:")?;
    // The highest mark starts again from here.
    std::fs::write("/proc/self/clear_refs", "5").map_err(|why| why.to_string())?;
    let dates = schedule(&network).map_err(|problems| format!("refused: {:?}", problems.first()))?;
    let peak = resident("VmHWM:")?;
    std::hint::black_box((&network, &dates));
    let each = |bytes: f64| bytes / ACTIVITIES as f64;
    println!("{} {}", each(with_network - before), each(peak - before));
    Ok(true)
}

/// A line of the process's own status, in bytes.
fn resident(line: &str) -> Result<f64, String> {
    let status = std::fs::read_to_string("/proc/self/status").map_err(|why| format!("/proc/self/status: {why}"))?;
    let found = status.lines().find_map(|l| l.strip_prefix(line)).and_then(|rest| rest.split_whitespace().next()?.parse::<f64>().ok());
    found.map(|kib| kib * 1024.0).ok_or_else(|| format!("no {line} in /proc/self/status"))
}
