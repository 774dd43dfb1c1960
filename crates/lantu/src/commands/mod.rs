//! One file a command.
pub mod demo;
pub mod import;
pub mod openapi;
pub mod pack;
pub mod serve;
pub mod simulate;
pub mod verify;
