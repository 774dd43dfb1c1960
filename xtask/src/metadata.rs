//! What cargo knows of our rooms: which uses which, and what each pulls in.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::shell;

/// A crate of the work space.
#[derive(Debug, Default, Clone)]
pub struct Room {
    /// Direct dependencies that ship (not those of tests and build scripts).
    pub uses: BTreeSet<String>,
    /// Everything reached from `uses`, however far.
    pub reaches: BTreeSet<String>,
}

pub type Rooms = BTreeMap<String, Room>;

/// Asks cargo.
pub fn rooms() -> Result<Rooms, String> {
    let text = shell::quiet(&mut shell::cargo(&["metadata", "--format-version", "1", "--locked"]))?;
    let data: Value = serde_json::from_str(&text).map_err(|why| format!("cargo metadata: {why}"))?;
    Ok(read(&data))
}

/// Reads the answer of `cargo metadata --format-version 1`.
pub fn read(data: &Value) -> Rooms {
    let names: BTreeMap<&str, &str> =
        list(&data["packages"]).filter_map(|package| Some((package["id"].as_str()?, package["name"].as_str()?))).collect();
    let nodes: BTreeMap<&str, &Value> = list(&data["resolve"]["nodes"]).filter_map(|node| Some((node["id"].as_str()?, node))).collect();
    let ours: BTreeSet<&str> = list(&data["workspace_members"]).filter_map(Value::as_str).collect();
    ours.iter().filter_map(|id| Some(((*names.get(id)?).to_string(), room(id, &names, &nodes)))).collect()
}

fn room(id: &str, names: &BTreeMap<&str, &str>, nodes: &BTreeMap<&str, &Value>) -> Room {
    let named = |ids: &BTreeSet<&str>| ids.iter().filter_map(|id| names.get(id)).map(ToString::to_string).collect();
    let uses = edges(id, nodes);
    let mut reached: BTreeSet<&str> = BTreeSet::new();
    let mut open: Vec<&str> = uses.iter().copied().collect();
    while let Some(at) = open.pop() {
        if reached.insert(at) {
            open.extend(edges(at, nodes));
        }
    }
    Room { uses: named(&uses), reaches: named(&reached) }
}

/// Dependencies that ship: neither those of tests nor those of build scripts.
fn edges<'a>(id: &str, nodes: &BTreeMap<&'a str, &'a Value>) -> BTreeSet<&'a str> {
    let Some(node) = nodes.get(id) else { return BTreeSet::new() };
    let ships = |dep: &&Value| list(&dep["dep_kinds"]).any(|dep| dep["kind"].is_null());
    list(&node["deps"]).filter(ships).filter_map(|dep| dep["pkg"].as_str()).collect()
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_do_not_count_and_far_ones_are_reached() {
        let data = serde_json::json!({
            "workspace_members": ["a#1"],
            "packages": [{"id": "a#1", "name": "a"}, {"id": "b#1", "name": "b"}, {"id": "c#1", "name": "c"}, {"id": "d#1", "name": "d"}],
            "resolve": {"nodes": [
                {"id": "a#1", "deps": [{"pkg": "b#1", "dep_kinds": [{"kind": null}]}, {"pkg": "d#1", "dep_kinds": [{"kind": "dev"}]}]},
                {"id": "b#1", "deps": [{"pkg": "c#1", "dep_kinds": [{"kind": null}]}]},
            ]},
        });
        let rooms = read(&data);
        let a = &rooms["a"];
        assert_eq!(a.uses, BTreeSet::from(["b".to_string()]));
        assert_eq!(a.reaches, BTreeSet::from(["b".to_string(), "c".to_string()]));
        assert_eq!(rooms.len(), 1);
    }
}
