//! Two states of a pattern, step by step.
use super::view::{Difference, StepChange, StepChangeKind};
use lantu_pack::{ActivityDraft, PatternDraft};
use std::collections::{BTreeMap, BTreeSet};

/// What `after` has otherwise than `before`.
pub(super) fn between(before: Option<&PatternDraft>, after: &PatternDraft) -> Difference {
    let nothing = PatternDraft::default();
    let before = before.unwrap_or(&nothing);
    let known: BTreeMap<&str, &ActivityDraft> = before.activities.iter().map(|a| (a.id.as_str(), a)).collect();
    let moved = moved(before, after);
    let now = after.activities.iter().filter_map(|a| change(known.get(a.id.as_str()).copied(), a, moved.contains(a.id.as_str())));
    let kept: BTreeSet<&str> = after.activities.iter().map(|a| a.id.as_str()).collect();
    let gone = before.activities.iter().filter(|a| !kept.contains(a.id.as_str()));
    let gone = gone.map(|a| StepChange { id: a.id.clone(), kind: StepChangeKind::Gone, fields: vec![] });
    Difference { head: head(before, after), steps: now.chain(gone).collect() }
}

fn head(before: &PatternDraft, after: &PatternDraft) -> Vec<String> {
    let differs = [("key", before.key != after.key), ("words", before.words != after.words), ("applies", before.applies != after.applies)];
    differs.into_iter().filter(|(_, differs)| *differs).map(|(key, _)| key.to_owned()).collect()
}

fn change(before: Option<&ActivityDraft>, after: &ActivityDraft, moved: bool) -> Option<StepChange> {
    let Some(before) = before else {
        return Some(StepChange { id: after.id.clone(), kind: StepChangeKind::Added, fields: vec![] });
    };
    let mut fields: Vec<String> = fields(before, after);
    if moved {
        fields.push("place".to_owned());
    }
    (!fields.is_empty()).then(|| StepChange { id: after.id.clone(), kind: StepChangeKind::Changed, fields })
}

fn fields(before: &ActivityDraft, after: &ActivityDraft) -> Vec<String> {
    let differs = [
        ("phase", before.phase != after.phase),
        ("words", before.words != after.words),
        ("after", plain(&before.after) != plain(&after.after)),
        ("days", before.days != after.days),
        ("limit", before.limit != after.limit),
        ("department", before.department != after.department),
        ("party", before.party != after.party),
        ("clock", before.clock != after.clock),
        ("formality", before.formality != after.formality),
        ("milestone", before.milestone != after.milestone),
        ("when", before.when != after.when),
        ("unknown", before.leave_out != after.leave_out),
        ("range", before.range != after.range),
        ("note", before.note != after.note),
    ];
    differs.into_iter().filter(|(_, differs)| *differs).map(|(key, _)| key.to_owned()).collect()
}

/// Links without the spaces that people put between them.
fn plain(after: &str) -> String {
    after.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Those whose line changed among the ones that both have: all but a longest run that kept its order.
fn moved<'a>(before: &PatternDraft, after: &'a PatternDraft) -> BTreeSet<&'a str> {
    let places: BTreeMap<&str, usize> = before.activities.iter().enumerate().map(|(at, a)| (a.id.as_str(), at)).collect();
    let common: Vec<(&str, usize)> = after.activities.iter().filter_map(|a| Some((a.id.as_str(), *places.get(a.id.as_str())?))).collect();
    // The longest run with rising places that ends at each, and who comes before it there.
    let mut best: Vec<(usize, Option<usize>)> = vec![];
    for (at, (_, place)) in common.iter().enumerate() {
        let behind = best.iter().enumerate().filter(|(b, _)| common[*b].1 < *place).max_by_key(|(b, (n, _))| (*n, std::cmp::Reverse(*b)));
        let (length, from) = behind.map_or((1, None), |(b, (n, _))| (n + 1, Some(b)));
        debug_assert_eq!(best.len(), at);
        best.push((length, from));
    }
    let mut next = best.iter().enumerate().max_by_key(|(at, (n, _))| (*n, std::cmp::Reverse(*at))).map(|(at, _)| at);
    let mut stayed = BTreeSet::new();
    while let Some(at) = next {
        stayed.insert(at);
        next = best[at].1;
    }
    common.iter().enumerate().filter(|(at, _)| !stayed.contains(at)).map(|(_, (id, _))| *id).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(ids: &[&str]) -> PatternDraft {
        let step = |id: &&str| ActivityDraft { id: (*id).to_owned(), ..ActivityDraft::default() };
        PatternDraft { activities: ids.iter().map(step).collect(), ..PatternDraft::default() }
    }

    #[test]
    fn steps_added_changed_moved_gone() {
        let before = draft(&["A", "B", "C", "D"]);
        let mut after = draft(&["C", "A", "B", "E"]);
        after.activities[1].days = Some(3);
        let told = between(Some(&before), &after);
        let said: Vec<(&str, StepChangeKind, String)> = told.steps.iter().map(|s| (s.id.as_str(), s.kind, s.fields.join(","))).collect();
        assert_eq!(
            said,
            [
                ("C", StepChangeKind::Changed, "place".to_owned()),
                ("A", StepChangeKind::Changed, "days".to_owned()),
                ("E", StepChangeKind::Added, String::new()),
                ("D", StepChangeKind::Gone, String::new()),
            ]
        );
        assert_eq!(between(Some(&before), &before), Difference::default());
        after.activities[0].after = "A ; B".into();
        let mut spaced = after.clone();
        spaced.activities[0].after = "A;B".into();
        assert_eq!(between(Some(&after), &spaced), Difference::default());
    }
}
