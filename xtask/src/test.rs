//! `cargo xtask test`: every suite in order, each timed, a later one run even when an earlier failed.

use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

use crate::ask::Ask;
use crate::postgres::Postgres;
use crate::report::{Counts, Entry, Outcome, Report, count, said_skipped};
use crate::{demo, openapi, rust, shell, toolchain, walls, web};

pub mod browser;

/// What a suite came to.
struct Did {
    outcome: Outcome,
    counts: Option<Counts>,
    /// Parts that it left out, with the reason.
    skipped: Vec<String>,
}

type Ended = Result<Did, String>;

pub fn run(args: &[String]) -> Result<bool, String> {
    let ask = Ask::parse(args)?;
    if let Some(scene) = ask.scene {
        return run_scene(scene);
    }
    let began = Instant::now();
    let mut run = Run { ask, report: Report::default(), shared: shared() };
    run.all();
    run.report.took = began.elapsed();
    run.report.print();
    Ok(!run.report.failed())
}

struct Run {
    ask: Ask,
    report: Report,
    /// The folder of sample data beside the project, if it is there.
    shared: Option<PathBuf>,
}

impl Run {
    fn all(&mut self) {
        self.suite("format", |_| told(&mut rust::format()));
        self.suite("walls", |_| walls::run().map(passed_or_failed));
        self.suite("web-deps", |_| with_web(web_packages));
        self.suite("web-build", |_| with_web(|| web::build().map(step_ended)));
        self.suite("web-check", |_| with_web(|| told(&mut web::npm(&["run", "check"]))));
        self.suite("web-unit", |_| with_web(|| told(&mut web::npm(&["test"]))));
        self.suite("clippy", |_| told(&mut rust::clippy()));
        self.suite("rust", Self::rust_tests);
        self.suite("doc", |_| told(&mut rust::doc_tests()));
        self.suite("openapi", |_| with_web(|| openapi::check().map(passed_or_failed)));
        self.suite("browser", Self::browser_tests);
    }

    fn suite(&mut self, name: &str, work: impl FnOnce(&mut Self) -> Ended) {
        if !self.ask.wants(name) {
            return;
        }
        println!("\n==> {name}");
        let began = Instant::now();
        let did = work(self).unwrap_or_else(|why| ended(Outcome::Failed(why)));
        if let Outcome::Failed(why) = &did.outcome {
            println!("{name} failed {why}");
        }
        let took = began.elapsed();
        println!("    {name}: {:.1} s", took.as_secs_f64());
        self.report.skipped.extend(did.skipped.into_iter().map(|why| format!("{name}: {why}")));
        self.report.entries.push(Entry { name: name.to_string(), outcome: did.outcome, counts: did.counts, took });
    }

    fn rust_tests(&mut self) -> Ended {
        let postgres = if self.ask.quick { Err("--quick".to_string()) } else { Postgres::start() };
        let mut missing = Vec::new();
        if let Err(why) = &postgres {
            missing.push(format!("tests on PostgreSQL: {why}"));
        }
        let mut command = rust::tests(postgres.as_ref().ok());
        match &self.shared {
            Some(dir) => command.env("LANTU_SHARED", dir),
            None => {
                missing.push("tests on the sample data: neither ../shared nor LANTU_SHARED is there".to_string());
                command.env_remove("LANTU_SHARED")
            }
        };
        let mut did = told(&mut command)?;
        // Where a service checks for us, leaving out is failing.
        if shell::under_ci() && !self.ask.quick && !missing.is_empty() && did.outcome == Outcome::Passed {
            did.outcome = Outcome::Failed(format!("(under CI nothing may be left out) {}", missing.join("; ")));
        }
        did.skipped.extend(missing);
        Ok(did)
    }

    fn browser_tests(&mut self) -> Ended {
        if self.ask.quick {
            return skipped("--quick");
        }
        let files = browser::files(None);
        if files.is_empty() {
            return Err("web/e2e has no test".to_string());
        }
        match browser::chromium() {
            Err(why) if shell::under_ci() => Err(format!("(under CI nothing may be left out) no browser: {why}")),
            Err(why) => skipped(&format!("no browser: {why}")),
            Ok(chromium) => {
                if !demo::build()? {
                    return Err("the program does not build".to_string());
                }
                told_with(&mut browser::tests(&files, &chromium), self.shared.as_ref())
            }
        }
    }
}

/// The browser tests of one scene alone, ending with the line `scene N: K tests`.
fn run_scene(scene: u32) -> Result<bool, String> {
    let files = browser::files(Some(scene));
    if files.is_empty() {
        println!("scene {scene}: 0 tests");
        return Ok(false);
    }
    let chromium = browser::chromium()?;
    if !demo::build()? {
        return Ok(false);
    }
    let did = told_with(&mut browser::tests(&files, &chromium), shared().as_ref())?;
    let counts = did.counts.unwrap_or_default();
    let ran = counts.passed + counts.failed;
    println!("{} passed, {} failed", counts.passed, counts.failed);
    println!("scene {scene}: {ran} tests");
    Ok(did.outcome == Outcome::Passed && ran > 0)
}

/// The sample data, which stands beside the project and is not part of it.
fn shared() -> Option<PathBuf> {
    let named = std::env::var_os("LANTU_SHARED").map(PathBuf::from);
    let beside = shell::root().parent().map(|dir| dir.join("shared"));
    named.into_iter().chain(beside).find(|dir| dir.is_dir())
}

fn with_web(work: impl FnOnce() -> Ended) -> Ended {
    if !web::exists() {
        return skipped("there is no web/package.json");
    }
    work()
}

fn web_packages() -> Ended {
    println!("node {}", toolchain::node()?);
    web::packages().map(step_ended)
}

fn step_ended(step: web::Step) -> Did {
    if step == web::Step::Current {
        println!("unchanged");
    }
    passed_or_failed(step != web::Step::Failed)
}

fn ended(outcome: Outcome) -> Did {
    Did { outcome, counts: None, skipped: Vec::new() }
}

fn passed_or_failed(passed: bool) -> Did {
    ended(if passed { Outcome::Passed } else { Outcome::Failed(String::new()) })
}

fn skipped(why: &str) -> Ended {
    Ok(ended(Outcome::Skipped(why.to_string())))
}

fn told(command: &mut Command) -> Ended {
    let said = shell::tell(command)?;
    Ok(Did { counts: count(&said.text), skipped: said_skipped(&said.text), ..passed_or_failed(said.ok) })
}

fn told_with(command: &mut Command, shared: Option<&PathBuf>) -> Ended {
    if let Some(dir) = shared {
        command.env("LANTU_SHARED", dir);
    }
    told(command)
}
