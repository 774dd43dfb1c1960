//! Use cases against a real store.
mod bureau;
mod import;
mod projects;
