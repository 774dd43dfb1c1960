//! Twenty users leaf through a large portfolio: eight named filters and sorts, a second of thinking between pages.

use std::path::Path;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use crate::http::Client;
use crate::running::{Account, Running};
use crate::table::{Row, median, percentile};
use crate::{Bench, county};

const USERS: usize = 20;
const THINKING: Duration = Duration::from_secs(1);
const LENGTH: Duration = Duration::from_secs(40);
/// Twenty passwords at once keep both processors busy for a while; that is not what is measured.
const SETTLING: Duration = Duration::from_secs(8);
const START_LIMIT: Duration = Duration::from_secs(60);
const P99_LIMIT_MS: f64 = 100.0;

/// The lists that offices open, by name.
const LISTS: [(&str, &str); 8] = [
    ("by name", "sort=name"),
    ("under construction, by investment", "stage=building&sort=-investment"),
    ("planned starts overdue", "due=start_overdue&sort=start_due"),
    ("private, industry, by start", "holding=private&industry=C&sort=start_due"),
    ("above 1 hundred million, recently changed", "investment_min=10000000000&sort=-changed"),
    ("words in the name", "q=%E6%94%B9%E9%80%A0&sort=code"),
    ("due to finish this month", "due=finish_this_month&sort=finish_due"),
    ("in preparation, by town", "stage=scouting,reserve,prelim,ready&sort=division"),
];

/// Rows a page, as the list in the browser asks first.
const LIMIT: u32 = 200;

/// One page: which list, and how long it took.
type Timing = (usize, f64);

pub fn measure(bench: &Bench) -> Result<Vec<Row>, String> {
    let projects = std::env::var("LANTU_BENCH_PROJECTS").ok().and_then(|text| text.parse().ok()).unwrap_or(100_000);
    let database = county::large(bench, projects)?;
    let (timings, after) = load(bench, &database)?;
    let mut rows = rows(projects, &timings);
    rows.extend(after);
    Ok(rows)
}

/// All pages' times, then what they cost the program.
fn load(bench: &Bench, database: &Path) -> Result<(Vec<Timing>, Vec<Row>), String> {
    let running = Running::demo(bench, database, START_LIMIT)?;
    let account = running.accounts.get("director").ok_or("the program printed no account of a director")?.clone();
    let (send, receive) = mpsc::channel();
    let start = Instant::now() + SETTLING;
    for number in 0..USERS {
        let (send, account, port) = (send.clone(), account.clone(), running.port);
        thread::spawn(move || {
            let _ = send.send(user(number, port, &account, start));
        });
    }
    drop(send);
    thread::sleep(start.saturating_duration_since(Instant::now()));
    let before = running.processor_ms()?;
    let mut all = Vec::new();
    for timings in receive {
        all.extend(timings?);
    }
    let spent = (running.processor_ms()? - before) / all.len().max(1) as f64;
    let plain = |what: &str, value: f64, unit: &'static str, from: &str| Row {
        what: what.to_string(),
        value,
        unit,
        peer: None,
        limit: None,
        from: from.to_string(),
    };
    let after = vec![
        plain("  processor time a page", spent, "ms", "user and system"),
        plain("  own memory after it", running.own_mb()?, "MB", "RssAnon"),
        plain("  memory with mapped files", running.resident_mb()?, "MB", "VmRSS; a file counts once a reader"),
    ];
    Ok((all, after))
}

/// Opens list after list; in each the first page, then the next one.
fn user(number: usize, port: u16, account: &Account, start: Instant) -> Result<Vec<Timing>, String> {
    let mut client = Client::new(port);
    client.sign_in(&account.name, &account.password)?;
    let mut timings = Vec::new();
    // Everyone has signed in by then, and they are spread over the second, as people are.
    let own = start + THINKING * u32::try_from(number).unwrap_or(0) / USERS as u32;
    thread::sleep(own.saturating_duration_since(Instant::now()));
    let until = start + LENGTH;
    let mut list = number;
    while Instant::now() < until {
        let which = list % LISTS.len();
        let first = format!("/api/v1/projects?{}&limit={LIMIT}", LISTS[which].1);
        let next = page(&mut client, &first, which, &mut timings)?;
        thread::sleep(THINKING);
        if let Some(next) = next {
            page(&mut client, &format!("{first}&after={}", escape(&next)), which, &mut timings)?;
            thread::sleep(THINKING);
        }
        list += 1;
    }
    Ok(timings)
}

/// Asks for a page, notes its time, returns the cursor of the next.
fn page(client: &mut Client, path: &str, which: usize, timings: &mut Vec<Timing>) -> Result<Option<String>, String> {
    let began = Instant::now();
    let answer = client.get(path)?;
    timings.push((which, began.elapsed().as_secs_f64() * 1e3));
    if answer.status != 200 {
        return Err(format!("{path} answered {}: {}", answer.status, String::from_utf8_lossy(&answer.body)));
    }
    Ok(answer.json()["next"].as_str().map(str::to_string))
}

fn escape(text: &str) -> String {
    let keep = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    text.bytes().map(|byte| if keep(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

fn rows(projects: u32, timings: &[Timing]) -> Vec<Row> {
    let all: Vec<f64> = timings.iter().map(|(_, ms)| *ms).collect();
    let row = |what: String, value: f64, limit: Option<f64>, count: usize| Row {
        what,
        value,
        unit: "ms",
        peer: None,
        limit,
        from: format!("{count} pages, {USERS} users"),
    };
    let mut rows = vec![
        row(format!("page of {projects} projects, p50"), median(&all), None, all.len()),
        row(format!("page of {projects} projects, p99"), percentile(&all, 99), Some(P99_LIMIT_MS), all.len()),
    ];
    for (which, (name, _)) in LISTS.iter().enumerate() {
        let own: Vec<f64> = timings.iter().filter(|(of, _)| *of == which).map(|(_, ms)| *ms).collect();
        let median = median(&own);
        rows.push(row(format!("  p99 {name} (p50 {median:.0})"), percentile(&own, 99), None, own.len()));
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_survives_the_address() {
        assert_eq!(escape("a+b/c=="), "a%2Bb%2Fc%3D%3D");
    }
}
