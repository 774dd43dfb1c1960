//! The server through its own door: every test knocks at the router as a browser would.
mod county;
mod door;
mod evidence;
mod imports;
mod live;
mod patterns;
mod plan_files;
mod plan_files_corpus;
mod plan_files_tied;
mod portfolio;
mod presence;
mod reach;
mod snapshot;
