//! Canonical bytes: the one way a document is written, so that its hash means something.
//!
//! JSON without white space; object keys sorted by their UTF-8 bytes; integers only, in decimal without leading
//! zeros or exponent; strings escape `"`, `\` and control characters below U+0020 (`\b \t \n \f \r`, else `\u00xx`
//! in lower case) and nothing else. No float has a canonical form: quantities are integers with a fixed unit.
use crate::error::StoreError;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

/// Writes a value canonically.
///
/// ```
/// let v = serde_json::json!({"b": [1, null], "a": "甲\n"});
/// assert_eq!(lantu_store::canonical::text(&v).unwrap(), r#"{"a":"甲\n","b":[1,null]}"#);
/// assert!(lantu_store::canonical::text(&serde_json::json!({"a": 0.5})).is_err());
/// ```
pub fn text(value: &Value) -> Result<String, StoreError> {
    let mut out = String::with_capacity(256);
    write(value, &mut out)?;
    Ok(out)
}

pub(crate) fn map_text(map: &Map<String, Value>) -> Result<String, StoreError> {
    let mut out = String::with_capacity(1024);
    write_map(map, &mut out)?;
    Ok(out)
}

/// SHA-256 in lower-case hex.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut out = String::with_capacity(bytes.len() * 2);
    for b in bytes {
        out.push(char::from(DIGITS[usize::from(b >> 4)]));
        out.push(char::from(DIGITS[usize::from(b & 15)]));
    }
    out
}

fn write(value: &Value, out: &mut String) -> Result<(), StoreError> {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Number(n) => match (n.as_i64(), n.as_u64()) {
            (Some(i), _) => out.push_str(&i.to_string()),
            (None, Some(u)) => out.push_str(&u.to_string()),
            (None, None) => return Err(StoreError::Invalid(format!("{n} is not an integer"))),
        },
        Value::String(s) => write_string(s, out),
        Value::Array(list) => {
            out.push('[');
            for (i, v) in list.iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                write(v, out)?;
            }
            out.push(']');
        }
        Value::Object(map) => write_map(map, out)?,
    }
    Ok(())
}

fn write_map(map: &Map<String, Value>, out: &mut String) -> Result<(), StoreError> {
    // The map keeps its own order when some crate of the build asks serde_json to.
    let mut keys: Vec<&String> = map.keys().collect();
    keys.sort_unstable();
    out.push('{');
    for (i, key) in keys.into_iter().enumerate() {
        if i > 0 {
            out.push(',');
        }
        write_string(key, out);
        out.push(':');
        write(&map[key], out)?;
    }
    out.push('}');
    Ok(())
}

pub(crate) fn write_string(s: &str, out: &mut String) {
    out.push('"');
    let mut plain = 0;
    for (i, b) in s.bytes().enumerate() {
        if b >= 0x20 && b != b'"' && b != b'\\' {
            continue;
        }
        // Escaped bytes are ASCII, so every cut lies on a character's edge.
        out.push_str(&s[plain..i]);
        plain = i + 1;
        match b {
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\\\"),
            8 => out.push_str("\\b"),
            9 => out.push_str("\\t"),
            10 => out.push_str("\\n"),
            12 => out.push_str("\\f"),
            13 => out.push_str("\\r"),
            _ => out.push_str(&format!("\\u{b:04x}")),
        }
    }
    out.push_str(&s[plain..]);
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn keys_sort_by_bytes_at_every_depth() {
        let v = json!({"é": 1, "z": {"b": 1, "B": 2, "a10": 3, "a9": 4}, "A": []});
        assert_eq!(text(&v).unwrap(), r#"{"A":[],"z":{"B":2,"a10":3,"a9":4,"b":1},"é":1}"#);
    }

    #[test]
    fn strings_escape_only_what_they_must() {
        let v = json!("\u{0}\u{1f}\u{7f}\"\\/\u{8}\t\n\u{c}\r\u{2028}中😀");
        assert_eq!(text(&v).unwrap(), "\"\\u0000\\u001f\u{7f}\\\"\\\\/\\b\\t\\n\\f\\r\u{2028}中😀\"");
        assert_eq!(serde_json::from_str::<Value>(&text(&v).unwrap()).unwrap(), v);
    }

    #[test]
    fn integers_keep_every_digit_and_floats_are_refused() {
        assert_eq!(text(&json!([i64::MIN, u64::MAX, 0, -1])).unwrap(), "[-9223372036854775808,18446744073709551615,0,-1]");
        for float in [json!(0.1), json!({"a": [1.0]}), json!(1e300)] {
            assert!(matches!(text(&float), Err(StoreError::Invalid(_))), "{float}");
        }
    }

    #[test]
    fn the_hash_is_named_and_known() {
        assert_eq!(sha256_hex(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
