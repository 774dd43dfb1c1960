//! Deltas of documents: what each changed key held before and holds after, where `null` and absent are the same.
//!
//! A delta is an object over the changed keys. Under a key stands either a pair `[before, after]`, or, where both sides are
//! objects, again a delta of the two: one fact in a plan of 150 activities is a few words, not the plan twice. The form tells
//! which: a pair is always an array, a delta always an object, and a value that is itself an array or object stands only
//! inside a pair. Journals written before there were deltas of parts hold pairs only and read the same.
use crate::error::StoreError;
use serde_json::{Map, Value};

pub(crate) type Doc = Map<String, Value>;

/// Values from which on a part of a document is told by its changes; a smaller one is told whole, as people read it:
/// an owner, a stage.
const TOLD_WHOLE: usize = 32;

/// A document as it is kept: an object without top-level nulls.
pub(crate) fn normal(doc: &Value) -> Result<Doc, StoreError> {
    match doc {
        Value::Object(map) => Ok(map.iter().filter(|(_, v)| !v.is_null()).map(|(k, v)| (k.clone(), v.clone())).collect()),
        _ => Err(StoreError::Invalid("a document must be an object".into())),
    }
}

pub(crate) fn diff(old: &Doc, new: &Doc) -> Doc {
    parts(old, new, &|before, after| big(before) || big(after))
}

/// The changes between two objects without nulls; `recurse` tells which of their parts are told by their own changes.
fn parts(old: &Doc, new: &Doc, recurse: &dyn Fn(&Doc, &Doc) -> bool) -> Doc {
    let mut delta = Doc::new();
    for (key, before) in old {
        match (before, new.get(key)) {
            (before, Some(after)) if after == before => {}
            (Value::Object(b), Some(Value::Object(a))) if full(b) && full(a) && recurse(b, a) => {
                delta.insert(key.clone(), Value::Object(parts(b, a, &|_, _| true)));
            }
            (before, after) => {
                delta.insert(key.clone(), pair(before.clone(), after.cloned().unwrap_or_default()));
            }
        }
    }
    for (key, after) in new.iter().filter(|(key, _)| !old.contains_key(*key)) {
        delta.insert(key.clone(), pair(Value::Null, after.clone()));
    }
    delta
}

fn pair(before: Value, after: Value) -> Value {
    Value::Array(vec![before, after])
}

/// Without nulls, which a delta could not tell from what is absent.
fn full(map: &Doc) -> bool {
    !map.values().any(Value::is_null)
}

fn big(map: &Doc) -> bool {
    let mut left = TOLD_WHOLE;
    map.values().any(|v| spent(v, &mut left))
}

/// Whether counting this value uses up what is `left`.
fn spent(value: &Value, left: &mut usize) -> bool {
    match value {
        Value::Object(map) => map.values().any(|v| spent(v, left)),
        Value::Array(list) => list.iter().any(|v| spent(v, left)),
        _ => {
            *left = left.saturating_sub(1);
            *left == 0
        }
    }
}

/// Applies a delta forwards.
pub(crate) fn fold(doc: &mut Doc, delta: Doc) -> Result<(), StoreError> {
    for (key, change) in delta {
        match change {
            Value::Array(mut pair) if pair.len() == 2 => match pair.remove(1) {
                Value::Null => {
                    doc.remove(&key);
                }
                after => {
                    doc.insert(key, after);
                }
            },
            Value::Object(part) => match doc.get_mut(&key) {
                Some(Value::Object(whole)) => fold(whole, part)?,
                _ => return Err(StoreError::Damaged(format!("delta of parts of {key}, which is no object"))),
            },
            _ => return Err(StoreError::Damaged(format!("delta of {key} is neither a pair nor a delta"))),
        }
    }
    Ok(())
}

pub(crate) fn parse(text: &str) -> Result<Doc, StoreError> {
    serde_json::from_str(text).map_err(|e| StoreError::Damaged(format!("document: {e}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn doc(value: Value) -> Doc {
        normal(&value).unwrap()
    }

    /// 40 activities, one of them with progress.
    fn plan(started: Option<&str>) -> Value {
        let mut activities: Doc = (0..40).map(|i| (format!("A{i:02}"), json!({"days": i, "after": ["A00", "A01"]}))).collect();
        if let Some(day) = started {
            activities["A07"]["progress"] = json!({"started": day});
        }
        json!({"start": "2026-03-01", "activities": activities})
    }

    #[test]
    fn a_delta_carries_old_to_new_and_says_both() {
        let old = doc(json!({"a": 1, "b": [1], "c": null, "d": "x", "e": {"y": 1}}));
        let new = doc(json!({"a": 2, "b": [1], "c": {"z": 1}, "d": null, "e": {"y": 2}}));
        let delta = diff(&old, &new);
        let told = json!({"a": [1, 2], "c": [null, {"z": 1}], "d": ["x", null], "e": [{"y": 1}, {"y": 2}]});
        assert_eq!(Value::Object(delta.clone()), told);
        let mut doc = old;
        fold(&mut doc, delta).unwrap();
        assert_eq!(doc, new);
        assert!(diff(&new, &new).is_empty());
    }

    #[test]
    fn a_fact_in_a_large_plan_is_told_alone() {
        let (old, new) = (doc(json!({"plan": plan(None)})), doc(json!({"plan": plan(Some("2026-03-02"))})));
        let delta = Value::Object(diff(&old, &new));
        assert_eq!(delta, json!({"plan": {"activities": {"A07": {"progress": [null, {"started": "2026-03-02"}]}}}}));
        let later = doc(json!({"plan": plan(Some("2026-03-03"))}));
        let delta = Value::Object(diff(&new, &later));
        assert_eq!(delta, json!({"plan": {"activities": {"A07": {"progress": {"started": ["2026-03-02", "2026-03-03"]}}}}}));
    }

    #[test]
    fn an_array_of_two_is_no_pair() {
        let (mut old, mut new) = (plan(None), plan(None));
        old["activities"]["A03"]["after"] = json!(["A01", "A02"]);
        new["activities"]["A03"]["after"] = json!(["A01", null]);
        let (old, new) = (doc(json!({"plan": old})), doc(json!({"plan": new})));
        let delta = diff(&old, &new);
        assert_eq!(delta["plan"], json!({"activities": {"A03": {"after": [["A01", "A02"], ["A01", null]]}}}));
        let mut folded = old;
        fold(&mut folded, delta).unwrap();
        assert_eq!(folded, new);
    }

    #[test]
    fn a_journal_of_pairs_alone_reads_as_before() {
        let (old, new) = (doc(json!({"plan": plan(None)})), doc(json!({"plan": plan(Some("2026-03-02"))})));
        let whole = doc(json!({"plan": [plan(None), plan(Some("2026-03-02"))]}));
        let mut folded = old;
        fold(&mut folded, whole).unwrap();
        assert_eq!(folded, new);
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        for (old, delta) in [(json!({"a": 1}), json!({"a": {"b": [1, 2]}})), (json!({}), json!({"a": [1]})), (json!({}), json!({"a": 1}))] {
            assert!(fold(&mut doc(old), doc(delta)).is_err());
        }
    }

    fn value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            (0..4i64).prop_map(Value::from),
            "[ab]{0,2}".prop_map(Value::from)
        ];
        leaf.prop_recursive(4, 64, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::Array),
                prop::collection::btree_map("[a-d]", inner, 0..4).prop_map(|m| Value::Object(m.into_iter().collect())),
            ]
        })
    }

    /// Two documents with much in common: one part of one is swapped for something else.
    fn pairs() -> impl Strategy<Value = (Doc, Doc)> {
        let map = || prop::collection::btree_map("[a-d]", value(), 0..5);
        let near = (map(), "[a-d]", "[a-d]", value()).prop_map(|(old, first, second, v)| {
            let mut new = old.clone();
            match new.get_mut(&first) {
                Some(Value::Object(part)) => drop(part.insert(second, v)),
                _ => drop(new.insert(first, v)),
            }
            (old, new)
        });
        prop_oneof![(map(), map()), near].prop_map(|(old, new)| {
            let of = |m: std::collections::BTreeMap<String, Value>| normal(&Value::Object(m.into_iter().collect())).unwrap();
            (of(old), of(new))
        })
    }

    proptest! {
        #[test]
        fn folding_the_difference_gives_the_new((old, new) in pairs()) {
            for delta in [diff(&old, &new), parts(&old, &new, &|_, _| true)] {
                let written = parse(&crate::canonical::map_text(&delta).unwrap()).unwrap();
                let mut folded = old.clone();
                fold(&mut folded, written).unwrap();
                prop_assert_eq!(&folded, &new);
                prop_assert_eq!(delta.is_empty(), old == new);
            }
        }
    }
}
