//! What the server is given from the one real edge: the clock, fresh ids, chance.
use lantu_app::Moment;
use std::sync::Arc;
use uuid::Uuid;

/// Built for real only in the binary; tests give fixed ones.
#[derive(Clone)]
pub struct Edge {
    /// Now, with the civil day in a zone (`Asia/Shanghai`): each office has its own.
    pub now: Arc<dyn Fn(&str) -> Moment + Send + Sync>,
    pub ids: Arc<dyn Fn() -> Uuid + Send + Sync>,
    pub token: Arc<dyn Fn() -> [u8; 32] + Send + Sync>,
}
