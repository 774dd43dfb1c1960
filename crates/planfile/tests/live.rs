//! Edits of real networks: what follows an edit is exactly what a full run gives.
mod shared;

use lantu_calendar::Span;
use lantu_planfile::json;
use lantu_schedule::{ActivityIx, Change, Constraint, ConstraintKind, Lag, Link, LinkKind, Live, Network, Progress, schedule};
use std::path::PathBuf;

/// The same numbers each time.
struct Chance(u64);

impl Chance {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % below.max(1) as u64) as usize
    }

    fn edit(&mut self, network: &Network) -> Change {
        let at = ActivityIx(self.next(network.activities.len()) as u32);
        let span = Span::minutes(self.next(20_000) as i64);
        let date = network.options.start + Span::minutes(self.next(200_000) as i64);
        let link = self.next(network.links.len());
        let lags = [Lag::NONE, Lag::Work(span), Lag::Work(-span), Lag::Elapsed(span), Lag::Percent(50.0)];
        match self.next(8) {
            0 => Change::Progress(at, Progress::Started { start: date, actual: Span::minutes(60), remaining: span }),
            1 => Change::Progress(at, Progress::Finished { start: date, finish: date + span, actual: span }),
            2 => Change::Progress(at, Progress::NotStarted),
            3 => Change::Constraint(at, Some(Constraint { kind: KINDS[self.next(KINDS.len())], date })),
            4 if !network.links.is_empty() => Change::Lag(link, lags[self.next(lags.len())]),
            5 if !network.links.is_empty() => Change::RemoveLink(link),
            6 => Change::AddLink(Link {
                predecessor: at,
                successor: ActivityIx(self.next(network.activities.len()) as u32),
                kind: LINKS[self.next(4)],
                lag: lags[self.next(lags.len())],
            }),
            _ => Change::Duration(at, span),
        }
    }
}

const KINDS: [ConstraintKind; 6] = [
    ConstraintKind::StartNoEarlierThan,
    ConstraintKind::StartNoLaterThan,
    ConstraintKind::FinishNoEarlierThan,
    ConstraintKind::FinishNoLaterThan,
    ConstraintKind::MustStartOn,
    ConstraintKind::FinishOn,
];
const LINKS: [LinkKind; 4] = [LinkKind::FinishStart, LinkKind::StartStart, LinkKind::FinishFinish, LinkKind::StartFinish];

#[test]
fn what_follows_an_edit_is_what_a_full_run_gives() {
    let Some(folder) = shared::folder("schedule/json") else { return };
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().flatten().map(|e| e.path()).filter(|p| p.to_string_lossy().ends_with(".input.json")).collect();
    files.sort();
    let (mut edits, mut refused) = (0, 0);
    for file in files {
        let plan = json::read(&std::fs::read(&file).unwrap()).unwrap().plans.remove(0);
        let mut live = Live::new(plan.network()).unwrap_or_else(|p| panic!("{}: {p:?}", file.display()));
        let mut chance = Chance(0x9E37_79B9_7F4A_7C15);
        for round in 0..40 {
            let change = chance.edit(live.network());
            let before = live.schedule();
            match live.apply(change.clone()) {
                Err(_) => {
                    refused += 1;
                    assert_eq!(live.schedule(), before, "{} round {round}: a refused edit leaves no trace: {change:?}", file.display());
                }
                Ok(touched) => {
                    let whole = schedule(live.network()).unwrap();
                    let after = live.schedule();
                    for (at, (a, b)) in after.rows.iter().zip(&whole.rows).enumerate() {
                        assert_eq!(a, b, "{} round {round} row {at}: {change:?}", file.display());
                    }
                    assert_eq!(after, whole);
                    let differing: Vec<_> = (0..after.rows.len()).filter(|&i| before.rows[i] != after.rows[i]).collect();
                    assert_eq!(
                        touched.activities.iter().map(|a| a.at()).collect::<Vec<_>>(),
                        differing,
                        "{} round {round}",
                        file.display()
                    );
                }
            }
            edits += 1;
        }
    }
    println!("{edits} edits, {refused} refused");
}
