//! Work that has begun varies in what remains of it, work that is done not at all.
use crate::{
    agree::*,
    days::{Days, date},
    exact::Exact,
    plans::*,
};
use lantu_risk::*;
use lantu_schedule::{Dialect, Progress};

/// Two activities: the first began on the second morning, a third of it remains; the data date is the fourth noon.
fn begun(days: &Days, dialect: Dialect, range: Range) -> (RiskModel, i64) {
    let mut model = model(dialect, &[days], &[(0, range), (0, even(240, 900))]).chain();
    let (start, now) = (days.start(1_440), days.start(3 * 1_440 + 720));
    let first = &mut model.network.activities[0];
    first.duration = mins(1_440);
    first.detail_mut().progress = Progress::Started { start: date(start), actual: mins(960), remaining: mins(480) };
    model.network.options.data_date = Some(date(now));
    (
        model,
        match dialect {
            // What remains goes on from the data date; in MS Project all of it lies after the start.
            Dialect::P6 => now,
            Dialect::MsProject => days.finish(start, 960),
        },
    )
}

#[test]
fn what_remains_stretches_in_proportion() {
    for (seed, days) in [(61, Days::clock()), (62, Days::office()), (63, Days::nights())] {
        for dialect in [Dialect::MsProject, Dialect::P6] {
            for range in [three(720, 1_440, 2_881), three(1_440, 1_440, 2_000)] {
                let (model, from) = begun(&days, dialect, range.clone());
                let odds = odds(&model, seed);
                // To the nearest minute; of thirds none lies halfway.
                let remains = Exact::of(&range).changed(|length| (length * 480 + 720) / 1_440);
                agree(&Dates::of(&remains, |length| days.finish(from, length)), &odds.milestones[0].finish);
                let both = remains.then(&Exact::of(&even(240, 900)));
                agree(&Dates::of(&both, |length| days.finish(from, length)), &odds.finish);
            }
        }
    }
}

/// A risk adds to what remains, as it stands.
#[test]
fn risks_add_to_what_remains() {
    let days = Days::office();
    for dialect in [Dialect::MsProject, Dialect::P6] {
        let (model, from) = begun(&days, dialect, three(1_440, 1_440, 1_440));
        let odds = odds(&model.risk(0.4, &[(0, one_of(&[60, 300]))]), 64);
        let remains = Exact::of(&one_of(&[60, 300])).perhaps(0.4).changed(|more| 480 + more);
        agree(&Dates::of(&remains, |length| days.finish(from, length)), &odds.milestones[0].finish);
    }
}

/// Neither a range nor a risk moves a fact.
#[test]
fn facts_do_not_vary() {
    let days = Days::office();
    for dialect in [Dialect::MsProject, Dialect::P6] {
        let (mut model, _) = begun(&days, dialect, three(720, 1_440, 2_880));
        let finish = date(days.finish(days.start(1_440), 960));
        model.network.activities[0].detail_mut().progress =
            Progress::Finished { start: date(days.start(1_440)), finish, actual: mins(1_440) };
        let odds = odds(&model.risk(1.0, &[(0, even(100, 900))]), 65);
        assert!(odds.milestones[0].finish.dates().iter().all(|date| *date == finish));
        assert!(odds.finish.sorted().first() < odds.finish.sorted().last(), "what is to come varies");
    }
}
