//! Real files back: untouched ones byte by byte, changed ones in the changed places alone, and made anew in substance.
use crate::corpus::originals;
use crate::told::difference;
use lantu_calendar::{Instant, Span};
use lantu_planfile::{Source, mspdi};
use lantu_schedule::{Constraint, ConstraintKind, Lag};

#[test]
fn an_unchanged_file_goes_back_byte_by_byte() {
    for (name, bytes) in originals() {
        let written = mspdi::write(&mspdi::read(&bytes).unwrap());
        assert!(written.bytes == bytes, "{name}");
        assert!(written.losses.is_empty(), "{name}: {:?}", written.losses);
    }
}

#[test]
fn a_file_made_anew_says_the_same() {
    for (name, bytes) in originals() {
        let mut file = mspdi::read(&bytes).unwrap();
        file.source = Source::None;
        let written = mspdi::write(&file);
        let again = mspdi::read(&written.bytes).unwrap();
        let differences = difference(&file.plans[0], &again.plans[0]);
        assert!(differences.is_empty(), "{name}:\n{}", differences.join("\n"));
        assert!(written.losses.is_empty(), "{name}: {:?}", written.losses);
    }
}

/// How many tags with their texts differ.
fn tags_changed(a: &[u8], b: &[u8]) -> usize {
    let lines = |bytes: &[u8]| String::from_utf8_lossy(bytes).split('<').map(str::to_owned).collect::<Vec<_>>();
    let (a, b) = (lines(a), lines(b));
    assert_eq!(a.len(), b.len());
    a.iter().zip(&b).filter(|(a, b)| a != b).count()
}

#[test]
fn only_what_changed_is_written_anew() {
    for (name, bytes) in originals() {
        let mut file = mspdi::read(&bytes).unwrap();
        let last = file.plans[0].stored.last_mut().unwrap();
        if last.late_finish.is_none() {
            continue;
        }
        last.late_finish = Some("2031-05-06T07:08".parse().unwrap());
        last.total_float = Some(Span::minutes(12_345));
        let written = mspdi::write(&file);
        assert_eq!(tags_changed(&bytes, &written.bytes), 2, "{name}");
        let again = mspdi::read(&written.bytes).unwrap();
        assert!(difference(&file.plans[0], &again.plans[0]).is_empty(), "{name}");
    }
}

#[test]
fn changes_of_every_sort_are_written_into_the_file() {
    let later: Instant = "2032-01-05T08:00".parse().unwrap();
    for (name, bytes) in originals() {
        let mut file = mspdi::read(&bytes).unwrap();
        let plan = &mut file.plans[0];
        plan.options.data_date = Some(later);
        plan.name = "新名称 <&>".into();
        let at = plan.activities.len() - 1;
        plan.activities[at].duration = Span::minutes(60);
        let detail = plan.activities[at].detail_mut();
        detail.constraint = Some(Constraint { kind: ConstraintKind::FinishNoLaterThan, date: later });
        detail.deadline = Some(later);
        plan.labels[at].name = "末项".into();
        plan.stored[at].notes = Some("a\nb".into());
        plan.links.iter_mut().for_each(|l| l.lag = Lag::Percent(25.0));
        plan.links.pop();
        plan.calendars[0].spec.week[5] = plan.calendars[0].spec.week[0].clone();
        let written = mspdi::write(&file);
        let again = mspdi::read(&written.bytes).unwrap();
        let differences = difference(&file.plans[0], &again.plans[0]);
        assert!(differences.is_empty(), "{name}:\n{}", differences.join("\n"));
        unchanged_elsewhere(&name, &bytes, &written.bytes);
    }
}

/// What is not of the plan stays: as many extended attributes, outline codes and costs as before.
fn unchanged_elsewhere(name: &str, before: &[u8], after: &[u8]) {
    let count = |bytes: &[u8], what: &str| String::from_utf8_lossy(bytes).matches(what).count();
    for what in ["<ExtendedAttribute>", "<OutlineCode>", "<Cost>", "<BarInfos>", "<View>"] {
        assert_eq!(count(before, what), count(after, what), "{name} {what}");
    }
}
