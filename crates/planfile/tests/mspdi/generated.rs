//! Plans of every sort, written and read again.
use crate::random_plan::plan;
use crate::told::difference;
use lantu_planfile::{Format, Plan, PlanFile, Source, mspdi};
use proptest::prelude::*;

fn file(plan: Plan) -> PlanFile {
    PlanFile { format: Format::Mspdi, plans: vec![plan], source: Source::None }
}

fn same(wanted: &Plan, bytes: &[u8]) -> Result<(), TestCaseError> {
    let text = || String::from_utf8_lossy(bytes).into_owned();
    let again = mspdi::read(bytes).map_err(|e| TestCaseError::fail(format!("{e}\n{}", text())))?;
    let differences = difference(wanted, &again.plans[0]);
    prop_assert!(differences.is_empty(), "{}", differences.join("\n"));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_new_file_says_what_the_plan_says(seed in any::<u64>()) {
        let plan = plan(seed);
        let written = mspdi::write(&file(plan.clone()));
        same(&plan, &written.bytes)?;
        prop_assert!(written.losses.is_empty(), "{:?}", written.losses);
        let again = mspdi::read(&written.bytes).unwrap();
        prop_assert_eq!(mspdi::write(&again).bytes, written.bytes);
    }

    #[test]
    fn any_plan_can_be_put_into_any_file(before in any::<u64>(), after in any::<u64>()) {
        let mut file = mspdi::read(&mspdi::write(&file(plan(before))).bytes).unwrap();
        file.plans = vec![plan(after)];
        let written = mspdi::write(&file);
        same(&file.plans[0], &written.bytes)?;
    }
}
