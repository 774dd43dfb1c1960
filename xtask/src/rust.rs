//! Cargo's own checks, and the built program.

use std::path::PathBuf;
use std::process::Command;

use crate::{postgres::Postgres, shell};

/// The program `lantu` as the dev profile builds it.
pub fn binary() -> PathBuf {
    shell::target().join("debug/lantu")
}

/// Builds the program.
pub fn build() -> Result<bool, String> {
    Ok(shell::tell(&mut shell::cargo(&["build", "--package", "lantu", "--locked"]))?.ok)
}

pub fn format() -> Command {
    shell::cargo(&["fmt", "--all", "--check"])
}

pub fn clippy() -> Command {
    shell::cargo(&["clippy", "--workspace", "--all-targets", "--locked", "--quiet", "--", "-D", "warnings"])
}

/// Where properties draw their cases from, so that a run can be told by its commit. `PROPTEST_RNG_SEED=N` draws others.
const PROPERTY_SEED: &str = "20261123";

/// Unit and integration tests; those of the store run on PostgreSQL too when one is given.
pub fn tests(postgres: Option<&Postgres>) -> Command {
    let mut command = shell::cargo(&["test", "--workspace", "--locked", "--lib", "--bins", "--tests", "--no-fail-fast"]);
    if std::env::var_os("PROPTEST_RNG_SEED").is_none() {
        command.env("PROPTEST_RNG_SEED", PROPERTY_SEED);
    }
    if let Some(postgres) = postgres {
        command.env("LANTU_TEST_POSTGRES", &postgres.url).env("LANTU_REQUIRE_POSTGRES", "1");
    } else {
        command.env_remove("LANTU_TEST_POSTGRES").env_remove("LANTU_REQUIRE_POSTGRES");
    }
    command
}

pub fn doc_tests() -> Command {
    shell::cargo(&["test", "--workspace", "--locked", "--doc", "--no-fail-fast"])
}
