//! 核验账簿: chains, checkpoints and state against the journal.
use crate::{
    desk::{Ask, Desk},
    error::Result,
    permission::Right,
};
use serde::Serialize;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct FindingView {
    pub stream: String,
    pub seq: Option<u64>,
    pub code: String,
    pub detail: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct VerifyView {
    pub findings: Vec<FindingView>,
    /// Root over all chains' heads, to be noted elsewhere; only when nothing was found.
    pub checkpoint: Option<String>,
}

pub async fn verify_books(desk: &Desk, ask: Ask<'_>) -> Result<VerifyView> {
    ask.require(Right::Audit)?;
    verify_office(desk, ask).await
}

/// For the command line, where whoever can read the file may check it.
pub async fn verify_office(desk: &Desk, ask: Ask<'_>) -> Result<VerifyView> {
    let found = desk.store.verify(ask.office()).await?;
    let findings: Vec<FindingView> = found
        .into_iter()
        .map(|f| FindingView { stream: f.stream.to_string(), seq: f.seq, code: f.code.to_string(), detail: f.detail })
        .collect();
    let checkpoint = if findings.is_empty() { Some(desk.store.checkpoint(ask.office(), ask.moment).await?) } else { None };
    Ok(VerifyView { findings, checkpoint })
}
