//! Whether it is the same project at all, and in the right order.
use super::{Case, Doubts};
use crate::compare::{Comparison, MatchedBy, Setting, Value};

/// Fewer activities than this say nothing about the project.
const FEWEST: usize = 4;

pub(super) fn look(doubts: &mut Doubts<'_>, found: &Comparison) {
    let both = doubts.both;
    let work = |side: &crate::compare::sides::Side<'_>| side.plan.activities.iter().filter(|a| !a.is_summary()).count();
    let smaller = work(&both.old).min(work(&both.new));
    // Programs number each project's rows alike: it takes the name too, or the identity that copies keep.
    let known = |(o, n, by): &(usize, usize, MatchedBy)| {
        let named = !both.new.name(*n).is_empty() && both.old.name(*o) == both.new.name(*n);
        let nameless = both.new.name(*n).is_empty() && both.old.name(*o).is_empty();
        !both.new.activity(*n).is_summary() && (*by == MatchedBy::Guid || named || nameless)
    };
    let kin = both.rows.pairs().filter(known).count();
    if smaller >= FEWEST && 4 * kin < smaller {
        doubts.add("another_project", Case::of_project(Value::Number(smaller as f64), Value::Number(kin as f64)));
    }
    let data_date = found.settings.iter().find(|c| c.setting == Setting::DataDate);
    if let Some((Value::Time(before), Value::Time(after))) = data_date.map(|c| (&c.before, &c.after))
        && after < before
    {
        doubts.add("data_date_back", Case::of_project(Value::Time(*before), Value::Time(*after)));
    }
}
