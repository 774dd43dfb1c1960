//! All kernels give the same answer to the bit, and that answer is the scheduler's: on random networks with everything
//! that the scheduler knows.
//!
//! `LANTU_RISK_NETWORKS=20000` runs so many networks of each test instead of the usual some hundreds.
mod chances;
mod features;
#[allow(dead_code)]
#[path = "../../../schedule/tests/rules/networks.rs"]
mod networks;
mod outcomes;
mod same;
mod shrink;
