//! One file a command.
pub mod compare;
pub mod convert;
pub mod demo;
pub mod import;
pub mod network;
pub mod openapi;
pub mod pack;
pub mod quality;
pub mod risk;
pub mod schedule;
pub mod serve;
pub mod simulate;
pub mod verify;
pub mod why;
