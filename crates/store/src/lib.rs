//! Keeping it: state, journal, feed and as-of over SQLite and PostgreSQL.
