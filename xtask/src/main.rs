//! The project's own tasks: `cargo xtask demo|test|bench|walls|shots|openapi`.

use std::process::ExitCode;

mod ask;
mod bench;
mod debian;
mod demo;
mod metadata;
mod openapi;
mod postgres;
mod report;
mod rust;
mod shell;
mod shots;
mod stamp;
mod test;
mod toolchain;
mod walls;
mod web;

const USAGE: &str = "\
cargo xtask TASK

  demo [ARGS…]     build everything, make the demo county, serve it on 127.0.0.1:8600
  test             every check: format, walls, lints, Rust tests on both databases, web, browser
       --quick       only what needs no database server and no browser
       --only NAME   one suite (several times allowed): format walls web-deps web-build web-check
                     web-unit clippy rust doc openapi browser
       --scene N     only the browser tests of scene N
  walls            which room may use which, and what may not stand in the code
  bench [NAME]     measurements beside a peer, as a table (--release for a release build)
       --with-peer   fetches the peers with pip: MPXJ of `schedule`, trueppm-scheduler of `risk`
  shots            the pictures of docs/shots, taken from a running demo
  openapi          writes crates/server/openapi.json and the TypeScript made from it";

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let task = args.next().unwrap_or_default();
    let rest: Vec<String> = args.collect();
    let done = match task.as_str() {
        "demo" => demo::run(&rest),
        "test" => test::run(&rest),
        "walls" => walls::run(),
        "bench" => bench::run(&rest),
        "shots" => shots::run(),
        "openapi" => openapi::write(),
        "" | "help" | "--help" | "-h" => {
            println!("{USAGE}");
            Ok(true)
        }
        other => Err(format!("no task is called {other:?}\n\n{USAGE}")),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(problem) => {
            eprintln!("xtask: {problem}");
            ExitCode::from(2)
        }
    }
}
