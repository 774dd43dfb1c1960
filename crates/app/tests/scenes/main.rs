//! Use cases against a real store.
mod board;
mod bureau;
mod cases;
mod foreign;
mod hostile;
mod import;
mod matrix;
mod patterns;
mod plan;
mod projects;
mod work;
