//! Which room may use which (the table of `docs/ARCHITECTURE.md`, as data).

use super::Breach;
use crate::metadata::{Room, Rooms};

/// A room, the rooms it may use, and the outside crates it may not use itself.
struct Rule {
    room: &'static str,
    may_use: &'static [&'static str],
    never: &'static [&'static str],
}

/// Nothing that speaks to a network, a database or a thread pool.
const IO: &[&str] = &["tokio", "sqlx", "sqlx-core", "axum", "hyper", "reqwest", "tower-http", "rusqlite", "object_store"];
const SQL: &[&str] = &["sqlx", "sqlx-core", "rusqlite", "tokio-postgres"];
const HTTP: &[&str] = &["axum", "hyper", "tower-http", "utoipa-axum", "reqwest"];
const HTTP_AND_SQL: &[&str] = &["axum", "hyper", "tower-http", "utoipa-axum", "reqwest", "sqlx", "sqlx-core", "rusqlite", "tokio-postgres"];

const RULES: &[Rule] = &[
    Rule { room: "lantu-calendar", may_use: &[], never: IO },
    Rule { room: "lantu-schedule", may_use: &["lantu-calendar"], never: IO },
    Rule { room: "lantu-risk", may_use: &["lantu-calendar", "lantu-schedule"], never: IO },
    Rule { room: "lantu-planfile", may_use: &["lantu-calendar", "lantu-schedule", "lantu-risk"], never: IO },
    Rule { room: "lantu-model", may_use: &["lantu-calendar"], never: IO },
    Rule { room: "lantu-pack", may_use: &["lantu-model", "lantu-calendar"], never: IO },
    Rule { room: "lantu-rules", may_use: &["lantu-model", "lantu-schedule", "lantu-risk", "lantu-pack", "lantu-calendar"], never: IO },
    Rule { room: "lantu-exchange", may_use: &["lantu-model"], never: IO },
    Rule { room: "lantu-store", may_use: &["lantu-model"], never: HTTP },
    Rule {
        room: "lantu-app",
        may_use: &[
            "lantu-calendar",
            "lantu-schedule",
            "lantu-planfile",
            "lantu-model",
            "lantu-pack",
            "lantu-rules",
            "lantu-exchange",
            "lantu-store",
        ],
        never: HTTP_AND_SQL,
    },
    Rule { room: "lantu-sim", may_use: &["lantu-app", "lantu-model", "lantu-pack"], never: HTTP_AND_SQL },
    Rule { room: "lantu-web", may_use: &[], never: IO },
    Rule { room: "lantu-server", may_use: &["lantu-app", "lantu-model", "lantu-pack", "lantu-web"], never: SQL },
    Rule {
        room: "lantu",
        may_use: &[
            "lantu-calendar",
            "lantu-schedule",
            "lantu-risk",
            "lantu-planfile",
            "lantu-model",
            "lantu-pack",
            "lantu-rules",
            "lantu-exchange",
            "lantu-store",
            "lantu-app",
            "lantu-sim",
            "lantu-web",
            "lantu-server",
        ],
        never: SQL,
    },
    Rule { room: "xtask", may_use: &[], never: IO },
    Rule {
        room: "bench",
        may_use: &["lantu-calendar", "lantu-schedule", "lantu-risk", "lantu-planfile", "lantu-model", "lantu-pack", "lantu-rules"],
        never: SQL,
    },
];

/// Rooms whose whole family of dependencies stays without IO, not only the direct ones.
const INNER: &[&str] =
    &["lantu-calendar", "lantu-schedule", "lantu-risk", "lantu-planfile", "lantu-model", "lantu-pack", "lantu-rules", "lantu-exchange"];

/// Compares what cargo says with the rules.
pub fn check(rooms: &Rooms) -> Vec<Breach> {
    rooms.iter().flat_map(|(name, room)| check_room(name, room)).collect()
}

fn check_room(name: &str, room: &Room) -> Vec<Breach> {
    let Some(rule) = RULES.iter().find(|rule| rule.room == name) else {
        return vec![Breach::new(name, "a room without a rule: say in xtask/src/walls/arrows.rs and docs/ARCHITECTURE.md what it may use")];
    };
    let ours = |dep: &&String| dep.starts_with("lantu") || matches!(dep.as_str(), "xtask" | "bench");
    let sideways = room.uses.iter().filter(ours).filter(|dep| !rule.may_use.contains(&dep.as_str()));
    let mut breaches: Vec<Breach> =
        sideways.map(|dep| Breach::new(name, format!("may not use {dep}; it may use: {}", or_nothing(rule.may_use)))).collect();
    let pulled = if INNER.contains(&name) { &room.reaches } else { &room.uses };
    let forbidden = pulled.iter().filter(|dep| rule.never.contains(&dep.as_str()));
    breaches.extend(forbidden.map(|dep| Breach::new(name, format!("pulls in {dep}, which belongs to an outer room"))));
    breaches
}

fn or_nothing(names: &[&str]) -> String {
    if names.is_empty() { "no other room".to_string() } else { names.join(", ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn room(uses: &[&str], reaches: &[&str]) -> Room {
        let set = |names: &[&str]| names.iter().map(ToString::to_string).collect();
        Room { uses: set(uses), reaches: set(reaches) }
    }

    fn breaches(name: &str, room: Room) -> Vec<Breach> {
        check(&Rooms::from([(name.to_string(), room)]))
    }

    #[test]
    fn an_arrow_down_the_list_passes() {
        assert_eq!(breaches("lantu-model", room(&["lantu-calendar", "serde"], &["lantu-calendar", "serde", "jiff"])), []);
    }

    #[test]
    fn an_arrow_up_the_list_is_caught() {
        let found = breaches("lantu-model", room(&["lantu-store"], &["lantu-store"]));
        assert!(found[0].says.contains("may not use lantu-store"), "{found:?}");
    }

    #[test]
    fn a_far_dependency_on_io_is_caught_in_an_inner_room() {
        let found = breaches("lantu-exchange", room(&["reader"], &["reader", "tokio"]));
        assert!(found[0].says.contains("pulls in tokio"), "{found:?}");
    }

    #[test]
    fn sql_in_the_server_and_the_simulator_is_caught() {
        assert_eq!(breaches("lantu-server", room(&["sqlx"], &["sqlx"])).len(), 1);
        assert_eq!(breaches("lantu-sim", room(&["lantu-store"], &["lantu-store"])).len(), 1);
        assert_eq!(breaches("lantu-sim", room(&["lantu-app"], &["lantu-app", "lantu-store", "sqlx"])), []);
    }

    #[test]
    fn a_new_room_needs_a_rule() {
        assert_eq!(breaches("lantu-attic", room(&[], &[])).len(), 1);
    }
}
