//! What each suite came to: seconds, counts, and everything that was skipped, said once at the end.

use std::time::Duration;

/// How many tests a suite ran, read from what its runner printed.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    pub passed: u64,
    pub failed: u64,
}

/// How a suite ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Passed,
    Failed(String),
    Skipped(String),
}

/// A suite that had its turn.
#[derive(Debug)]
pub struct Entry {
    pub name: String,
    pub outcome: Outcome,
    pub counts: Option<Counts>,
    pub took: Duration,
}

/// The run so far.
#[derive(Debug, Default)]
pub struct Report {
    pub entries: Vec<Entry>,
    /// Parts of suites that were left out, with the reason.
    pub skipped: Vec<String>,
    pub took: Duration,
}

impl Report {
    pub fn failed(&self) -> bool {
        self.entries.iter().any(|entry| matches!(entry.outcome, Outcome::Failed(_)))
    }

    /// A failed suite without a count of its own is one failure, so that "0 failed" is never said of a red run.
    pub fn total(&self) -> Counts {
        let mut total = Counts::default();
        for entry in &self.entries {
            let counts = entry.counts.unwrap_or_default();
            let uncounted = matches!(entry.outcome, Outcome::Failed(_)) && counts.failed == 0;
            total.passed += counts.passed;
            total.failed += counts.failed + u64::from(uncounted);
        }
        total
    }

    pub fn print(&self) {
        println!("\n{:<12} {:>9}  {:>7} {:>7}  result", "suite", "seconds", "passed", "failed");
        for entry in &self.entries {
            println!("{}", row(entry));
        }
        println!("{:<12} {:>9.1}", "all", self.took.as_secs_f64());
        self.print_skipped();
        let total = self.total();
        println!("{} passed, {} failed", total.passed, total.failed);
    }

    fn print_skipped(&self) {
        let suites = self.entries.iter().filter_map(|entry| match &entry.outcome {
            Outcome::Skipped(why) => Some(format!("{}: {why}", entry.name)),
            _ => None,
        });
        let all: Vec<String> = suites.chain(self.skipped.iter().cloned()).collect();
        if all.is_empty() {
            println!("skipped: nothing");
            return;
        }
        println!("skipped:");
        for line in all {
            println!("  {line}");
        }
    }
}

fn row(entry: &Entry) -> String {
    let number = |pick: fn(&Counts) -> u64| entry.counts.as_ref().map_or("-".to_string(), |counts| pick(counts).to_string());
    let result = match &entry.outcome {
        Outcome::Passed => "ok".to_string(),
        Outcome::Failed(why) => format!("FAILED {why}").trim_end().to_string(),
        Outcome::Skipped(_) => "skipped".to_string(),
    };
    let took = entry.took.as_secs_f64();
    format!("{:<12} {took:>9.1}  {:>7} {:>7}  {result}", entry.name, number(|c| c.passed), number(|c| c.failed))
}

/// Reads the counts out of what cargo, vitest or node printed; none when no runner spoke.
pub fn count(text: &str) -> Option<Counts> {
    let mut found: Option<Counts> = None;
    for line in text.lines() {
        if let Some(counts) = cargo_line(line).or_else(|| vitest_line(line)).or_else(|| node_line(line)) {
            let so_far = found.unwrap_or_default();
            found = Some(Counts { passed: so_far.passed + counts.passed, failed: so_far.failed + counts.failed });
        }
    }
    found
}

/// `test result: ok. 12 passed; 0 failed; 0 ignored; …`
fn cargo_line(line: &str) -> Option<Counts> {
    let rest = line.trim().strip_prefix("test result: ")?;
    Some(Counts { passed: before(rest, " passed")?, failed: before(rest, " failed")? })
}

/// `      Tests  1 failed | 12 passed (13)`
fn vitest_line(line: &str) -> Option<Counts> {
    let rest = line.trim().strip_prefix("Tests  ")?;
    let counts = Counts { passed: before(rest, " passed").unwrap_or(0), failed: before(rest, " failed").unwrap_or(0) };
    (counts != Counts::default()).then_some(counts)
}

/// `ℹ pass 4` and `ℹ fail 0`
fn node_line(line: &str) -> Option<Counts> {
    let rest = line.trim().strip_prefix("ℹ ").or_else(|| line.trim().strip_prefix("# "))?;
    match rest.split_once(' ')? {
        ("pass", number) => Some(Counts { passed: number.parse().ok()?, failed: 0 }),
        ("fail", number) => Some(Counts { passed: 0, failed: number.parse().ok()? }),
        _ => None,
    }
}

/// What tests said that they left out: `skipped: why`, or node's `﹣ name (1ms) # why`.
pub fn said_skipped(text: &str) -> Vec<String> {
    let line = |line: &str| line.trim().strip_prefix("skipped: ").or_else(|| line.trim().strip_prefix("﹣ ")).map(str::to_string);
    let mut lines: Vec<String> = text.lines().filter_map(line).collect();
    lines.dedup();
    lines
}

/// The number right before a word.
fn before(text: &str, word: &str) -> Option<u64> {
    let (head, _) = text.split_once(word)?;
    head.rsplit(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_three_runners() {
        let cargo = "test result: ok. 12 passed; 0 failed; 0 ignored\nnoise\ntest result: FAILED. 3 passed; 2 failed; 1 ignored";
        assert_eq!(count(cargo), Some(Counts { passed: 15, failed: 2 }));
        assert_eq!(count(" Test Files  2 passed (2)\n      Tests  1 failed | 12 passed (13)"), Some(Counts { passed: 12, failed: 1 }));
        assert_eq!(count("ℹ tests 5\nℹ pass 4\nℹ fail 1\nℹ skipped 0"), Some(Counts { passed: 4, failed: 1 }));
        assert_eq!(count("Finished in 3 s"), None);
    }

    #[test]
    fn skips_are_repeated() {
        assert_eq!(said_skipped("skipped: no list\nskipped: no list\n  ﹣ opens (0.1ms) # SKIP\nok"), ["no list", "opens (0.1ms) # SKIP"]);
    }

    #[test]
    fn a_red_suite_without_counts_is_a_failure() {
        let entry = |outcome, counts| Entry { name: "x".into(), outcome, counts, took: Duration::ZERO };
        let mut report = Report::default();
        report.entries.push(entry(Outcome::Passed, Some(Counts { passed: 7, failed: 0 })));
        assert_eq!(report.total(), Counts { passed: 7, failed: 0 });
        report.entries.push(entry(Outcome::Failed(String::new()), None));
        assert_eq!(report.total(), Counts { passed: 7, failed: 1 });
        assert!(report.failed());
    }
}
