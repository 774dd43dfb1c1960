//! Deltas of documents: `{key: [before, after]}` over top-level keys, where `null` and absent are the same.
use crate::error::StoreError;
use serde_json::{Map, Value};

pub(crate) type Doc = Map<String, Value>;

/// A document as it is kept: an object without top-level nulls.
pub(crate) fn normal(doc: &Value) -> Result<Doc, StoreError> {
    match doc {
        Value::Object(map) => Ok(map.iter().filter(|(_, v)| !v.is_null()).map(|(k, v)| (k.clone(), v.clone())).collect()),
        _ => Err(StoreError::Invalid("a document must be an object".into())),
    }
}

pub(crate) fn diff(old: &Doc, new: &Doc) -> Doc {
    let mut delta = Doc::new();
    let pair = |a: Option<&Value>, b: Option<&Value>| Value::Array(vec![a.cloned().unwrap_or_default(), b.cloned().unwrap_or_default()]);
    for (key, before) in old {
        let after = new.get(key);
        if after != Some(before) {
            delta.insert(key.clone(), pair(Some(before), after));
        }
    }
    for (key, after) in new {
        if !old.contains_key(key) {
            delta.insert(key.clone(), pair(None, Some(after)));
        }
    }
    delta
}

/// Applies a delta forwards.
pub(crate) fn fold(doc: &mut Doc, delta: Doc) -> Result<(), StoreError> {
    for (key, pair) in delta {
        match pair {
            Value::Array(mut pair) if pair.len() == 2 => match pair.remove(1) {
                Value::Null => {
                    doc.remove(&key);
                }
                after => {
                    doc.insert(key, after);
                }
            },
            _ => return Err(StoreError::Damaged(format!("delta of {key} is not a pair"))),
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
    use serde_json::json;

    #[test]
    fn a_delta_carries_old_to_new_and_says_both() {
        let old = normal(&json!({"a": 1, "b": [1], "c": null, "d": "x"})).unwrap();
        let new = normal(&json!({"a": 2, "b": [1], "c": {"z": 1}, "d": null})).unwrap();
        let delta = diff(&old, &new);
        assert_eq!(Value::Object(delta.clone()), json!({"a": [1, 2], "c": [null, {"z": 1}], "d": ["x", null]}));
        let mut doc = old;
        fold(&mut doc, delta).unwrap();
        assert_eq!(doc, new);
        assert!(diff(&new, &new).is_empty());
    }
}
