//! Files broken by chance, always the same chance: never a panic, never long.
use crate::corpus::originals;
use crate::generated::{Chance, plan};
use crate::sample;
use lantu_planfile::{Format, PlanFile, Source, xer};
use std::time::{Duration, Instant};

const NASTY: [&str; 22] = [
    "",
    "0",
    "-1",
    "1e308",
    "NaN",
    "inf",
    "9223372036854775807",
    "99999999999999999999",
    "0000-00-00 00:00",
    "9999-12-31 23:59",
    "0001-01-01 00:00",
    "2026-02-30 08:00",
    "Y",
    "TK_Complete",
    "TK_Active",
    "CS_ALAP",
    "%E",
    "\"",
    "((((((((",
    "(0||",
    "\u{0}",
    "1,5",
];

fn mutate(chance: &mut Chance, bytes: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..1 + chance.below(4) {
        match chance.below(9) {
            0 => flip(chance, &mut bytes),
            1 => {
                let (from, to) = stretch(chance, bytes.len(), 40);
                bytes.drain(from..to);
            }
            2 => {
                let (from, to) = stretch(chance, bytes.len(), 400);
                let copy = bytes[from..to].to_vec();
                let at = chance.below(bytes.len() + 1);
                bytes.splice(at..at, copy);
            }
            3 => {
                let cut = chance.below(bytes.len() + 1);
                if chance.one_in(4) {
                    bytes.truncate(cut);
                }
            }
            4 | 5 => replace_cell(chance, &mut bytes),
            6 => mutate_lines(chance, &mut bytes),
            7 => {
                let at = chance.below(bytes.len() + 1);
                bytes.insert(at, chance.pick(b"\t\n\r\"\0%()|,.-\xFF\x81"));
            }
            _ => {
                let at = chance.below(bytes.len() + 1);
                bytes.splice(at..at, chance.pick(&NASTY).bytes());
            }
        }
    }
    bytes
}

fn flip(chance: &mut Chance, bytes: &mut [u8]) {
    if !bytes.is_empty() {
        let at = chance.below(bytes.len());
        bytes[at] = chance.next() as u8;
    }
}

fn stretch(chance: &mut Chance, length: usize, most: usize) -> (usize, usize) {
    let from = chance.below(length + 1);
    (from, (from + chance.below(most)).min(length))
}

/// What stands between two tabs becomes something that no one expects there.
fn replace_cell(chance: &mut Chance, bytes: &mut Vec<u8>) {
    let from = chance.below(bytes.len() + 1);
    let Some(start) = bytes[from..].iter().position(|b| *b == b'\t').map(|p| from + p + 1) else { return };
    let length = bytes[start..].iter().position(|b| matches!(b, b'\t' | b'\r' | b'\n')).unwrap_or(0);
    bytes.splice(start..start + length, chance.pick(&NASTY).bytes());
}

fn mutate_lines(chance: &mut Chance, bytes: &mut Vec<u8>) {
    let mut lines: Vec<Vec<u8>> = bytes.split_inclusive(|b| *b == b'\n').map(<[u8]>::to_vec).collect();
    if lines.is_empty() {
        return;
    }
    let (a, b) = (chance.below(lines.len()), chance.below(lines.len()));
    match chance.below(3) {
        0 => lines.swap(a, b),
        1 => drop(lines.remove(a)),
        _ => lines.insert(b, lines[a].clone()),
    }
    *bytes = lines.concat();
}

#[test]
fn broken_files_are_answered() {
    let mut chance = Chance(0x10a4_7001);
    let mut files = vec![sample::text().into_bytes(), encoding_rs::GB18030.encode(&sample::text()).0.into_owned()];
    for _ in 0..3 {
        let plans = vec![plan(&mut chance, "P", 0, 5)];
        files.push(xer::write(&PlanFile { format: Format::Xer, plans, source: Source::None }).bytes);
    }
    files.extend(originals().iter().map(|p| std::fs::read(p).unwrap()));
    let (mut mutations, mut refused, mut longest) = (0, 0, Duration::ZERO);
    for round in 0..3000 {
        let bytes = mutate(&mut chance, &files[round % files.len()]);
        let begun = Instant::now();
        match xer::read(&bytes) {
            Ok(file) => {
                assert!(xer::write(&file).bytes == bytes, "round {round}: what is not changed goes back as it came");
                if round % 3 == 0 {
                    let anew = xer::write(&PlanFile { source: Source::None, ..file });
                    xer::read(&anew.bytes).unwrap_or_else(|r| panic!("round {round}: {r}"));
                }
            }
            Err(refusal) => {
                refused += 1;
                assert!(!refusal.problems.is_empty() && refusal.problems.len() <= 201);
                assert!(refusal.problems.iter().all(|p| !p.chinese.is_empty() && !p.english.is_empty()));
            }
        }
        longest = longest.max(begun.elapsed());
        mutations += 1;
    }
    eprintln!("{mutations} mutations of {} files, {refused} refused, the longest took {longest:?}", files.len());
    assert!(longest < Duration::from_secs(5), "{longest:?}");
}
