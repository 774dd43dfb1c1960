//! The contract of the store, held over SQLite always and over PostgreSQL where `LANTU_TEST_POSTGRES` names one.
mod agree;
mod as_of;
mod commit;
mod damage;
mod fixture;
mod forecast;
mod journal;
mod kill;
mod open;
mod plain;
mod traps;
mod work;
