//! The lantu command: the one real clock and source of chance, and the words around the rooms' work.
mod books;
mod cli;
mod columns;
mod commands;
mod county;
mod difference;
mod edge;
mod losses;
mod mpxj;
mod outcome;
mod pattern_table;
mod plans;
mod progress;
mod timetable;
mod tongue;

use crate::{
    cli::Command,
    outcome::{Outcome, Stop},
    tongue::Tongue,
};
use std::process::ExitCode;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().collect();
    let tongue = Tongue::of(&args, |key| std::env::var(key).ok());
    let cli = cli::parse(&args, tongue);
    log();
    // Two workers: the database has one writer, and an idle office should cost little.
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).max_blocking_threads(8).enable_all().build();
    let result = match runtime {
        Ok(runtime) => runtime.block_on(run(&cli.command, tongue)),
        Err(e) => Err(Stop::broken(format!("无法启动:{e}"), format!("cannot start: {e}"))),
    };
    outcome::exit(result, tongue)
}

async fn run(command: &Command, tongue: Tongue) -> Result<Outcome, Stop> {
    match command {
        Command::Demo(demo) => demo.run(tongue).await,
        Command::Serve(serve) => serve.run().await,
        Command::Import(import) => import.run(tongue).await,
        Command::Schedule(schedule) => schedule.run(tongue),
        Command::Risk(risk) => risk.run(tongue),
        Command::Convert(convert) => convert.run(tongue),
        Command::Network(network) => network.run(tongue),
        Command::Compare(compare) => compare.run(tongue),
        Command::Pack(pack) => pack.run(tongue),
        Command::Verify(verify) => verify.run(tongue).await,
        Command::Simulate(simulate) => simulate.run(tongue).await,
        Command::Openapi(openapi) => openapi.run(),
    }
}

/// Warnings and errors to stderr, more by `RUST_LOG`.
fn log() {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "warn".into());
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
}
