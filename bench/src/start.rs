//! How soon it serves, and what it holds while nobody asks.

use std::time::Duration;

use crate::running::Running;
use crate::table::{Row, median};
use crate::{Bench, county};

const RUNS: usize = 7;
const LIMIT: Duration = Duration::from_secs(30);

/// From the start of the process to the first good answer, on an existing database.
pub fn cold_start(bench: &Bench) -> Result<Vec<Row>, String> {
    let database = county::demo(bench)?;
    let times: Result<Vec<f64>, String> =
        (0..RUNS).map(|_| Running::demo(bench, &database, LIMIT).map(|running| running.ready_after.as_secs_f64() * 1e3)).collect();
    let row = Row {
        what: "cold start, demo county".to_string(),
        value: median(&times?),
        unit: "ms",
        peer: None,
        limit: Some(500.0),
        from: format!("median of {RUNS}"),
    };
    Ok(vec![row])
}

/// Resident memory some seconds after the start.
pub fn idle_memory(bench: &Bench) -> Result<Vec<Row>, String> {
    let database = county::demo(bench)?;
    let running = Running::demo(bench, &database, LIMIT)?;
    std::thread::sleep(Duration::from_secs(5));
    let row = Row {
        what: "idle memory, demo county".to_string(),
        value: running.resident_mb()?,
        unit: "MB",
        peer: None,
        limit: Some(80.0),
        from: "VmRSS 5 s after the start".to_string(),
    };
    Ok(vec![row])
}
