//! Use cases against a real store.
mod bureau;
mod cases;
mod import;
mod projects;
