//! Facts never vary, and what is to come never lies before what is done.
use crate::{
    networks::{BOTH, Dice},
    plans::*,
};
use lantu_risk::*;
use lantu_schedule::{Progress, *};
use proptest::prelude::*;

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn what_is_done_stays(seed: u64, size in 4_usize..40, p6: bool) {
        let recipe = crate::networks::Recipe { constraints: true, links: crate::networks::ALL_LINKS, ..monotone(BOTH[usize::from(p6)]) };
        let mut model = model(&recipe, size, seed);
        let mut dice = Dice::new(seed);
        // Risks hit everything, done or not.
        let hit = |activity| Impact { activity, range: Range::Uniform { min: -Span::hours(900), max: Span::hours(200) } };
        let impacts = (0..model.network.activities.len() as u32).map(ActivityIx).filter(|at| model.network.activities[at.at()].kind == Kind::Task);
        let impacts = impacts.map(hit).collect();
        model.risks.push(Risk { id: "all".into(), probability: dice.one_of(&[0.5, 1.0]), impacts, shared: false });
        let found = odds(&model, &some(seed, 70));
        let plan = schedule(&model.network).map_err(|p| TestCaseError::fail(p[0].to_string()))?;
        for (milestone, (a, row)) in found.milestones.iter().zip(model.network.activities.iter().zip(&plan.rows)) {
            let dates = milestone.finish.dates();
            match a.progress() {
                Progress::Finished { finish, .. } => {
                    prop_assert_eq!(row.finish, finish);
                    prop_assert!(dates.iter().all(|date| *date == finish), "{} has been done", a.uid);
                }
                Progress::Started { start, actual, .. } => {
                    // P6 has what remains after the data date, MS Project after what is done.
                    let done = match model.network.options.dialect {
                        Dialect::P6 => model.network.options.data_date.unwrap_or(start),
                        Dialect::MsProject => model.network.calendars[a.calendar.at()].add(start, actual),
                    };
                    prop_assert!(dates.iter().all(|date| *date >= done), "{} ends before {done}", a.uid);
                }
                Progress::NotStarted => {}
            }
        }
    }

    /// A project that is done has one finish.
    #[test]
    fn nothing_varies_when_all_is_done(seed: u64, size in 2_usize..20, p6: bool) {
        let mut model = model(&monotone(BOTH[usize::from(p6)]), size, seed);
        let plan = schedule(&model.network).map_err(|p| TestCaseError::fail(p[0].to_string()))?;
        for (a, row) in model.network.activities.iter_mut().zip(&plan.rows).filter(|(a, _)| !a.is_summary() && !is_done(a)) {
            a.detail_mut().progress = Progress::Finished { start: row.start, finish: row.finish.max(row.start), actual: a.duration };
        }
        model.network.options.data_date = Some(plan.finish);
        let odds = odds(&model, &Sampling { sensitivity: true, ..some(seed, 65) });
        prop_assert_eq!(odds.finish.sorted().first(), odds.finish.sorted().last());
        prop_assert!(odds.activities.iter().all(|a| a.deviation.is_zero() && a.sensitivity == 0.0 && a.swing.is_zero()));
    }
}
