//! A bar on a terminal, silence in a pipe.
use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;

/// A bar over a known number of steps; drawn on stderr only when someone looks.
pub fn bar(steps: u64, what: &str) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{msg} [{bar:40}] {pos}/{len}").unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(steps).with_style(style).with_message(what.to_owned())
}

/// A wheel for work of unknown length.
pub fn wheel(what: &str) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let wheel = ProgressBar::new_spinner().with_message(what.to_owned());
    wheel.enable_steady_tick(std::time::Duration::from_millis(120));
    wheel
}
