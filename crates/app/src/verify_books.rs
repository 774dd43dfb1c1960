//! 核验账簿: chains, checkpoints and state against the journal, and the files that they name.
use crate::{
    desk::{Ask, Desk},
    error::Result,
    permission::Right,
};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Bytes that nobody names yet may belong to a file that is being added.
const SETTLED: SignedDuration = SignedDuration::from_hours(24);

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
    pub files: FilesView,
}

/// The files that are kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct FilesView {
    /// Of this office, in any version of any project.
    pub named: u64,
    /// Named by a version and not there.
    pub missing: u64,
    /// There and named by nobody: what interrupted uploads left.
    pub orphans: u64,
    /// Bytes of these.
    pub orphan_bytes: u64,
}

pub async fn verify_books(desk: &Desk, ask: Ask<'_>) -> Result<VerifyView> {
    ask.require(Right::Audit)?;
    verify_office(desk, ask).await
}

/// For the command line, where whoever can read the file may check it.
pub async fn verify_office(desk: &Desk, ask: Ask<'_>) -> Result<VerifyView> {
    let found = desk.store.verify(ask.office()).await?;
    let mut findings: Vec<FindingView> = found
        .into_iter()
        .map(|f| FindingView { stream: f.stream.to_string(), seq: f.seq, code: f.code.to_string(), detail: f.detail })
        .collect();
    let (files, missing) = files(desk, ask).await?;
    let lost = |hash| FindingView { stream: "evidence".into(), seq: None, code: "evidence_missing".into(), detail: hash };
    findings.extend(missing.into_iter().map(lost));
    let checkpoint = if findings.is_empty() { Some(desk.store.checkpoint(ask.office(), ask.moment).await?) } else { None };
    Ok(VerifyView { findings, checkpoint, files })
}

async fn files(desk: &Desk, ask: Ask<'_>) -> Result<(FilesView, Vec<String>)> {
    let kept = desk.shelf.list().await?;
    let named = desk.store.evidence_named(ask.office()).await?;
    let missing: Vec<String> = named.iter().filter(|h| !kept.contains_key(*h)).cloned().collect();
    let orphans = orphans(desk, kept).await?;
    let orphan_bytes = orphans.values().map(|s| s.size).sum();
    let view = FilesView { named: named.len() as u64, missing: missing.len() as u64, orphans: orphans.len() as u64, orphan_bytes };
    Ok((view, missing))
}

/// Offices may share a shelf: a file is nobody's only when none of them names it.
async fn orphans(desk: &Desk, kept: BTreeMap<String, lantu_store::Shelved>) -> Result<BTreeMap<String, lantu_store::Shelved>> {
    let mut named = BTreeSet::new();
    for office in desk.offices().await? {
        named.extend(desk.store.evidence_named(office).await?);
    }
    Ok(kept.into_iter().filter(|(hash, _)| !named.contains(hash)).collect())
}

/// Deletes what nobody names and has lain for a day: how many.
pub async fn sweep_files(desk: &Desk, now: Timestamp) -> Result<u64> {
    let kept = desk.shelf.list().await?;
    let settled = |at: Timestamp| now.duration_since(at) > SETTLED;
    let mut swept = 0;
    for (hash, _) in orphans(desk, kept).await?.into_iter().filter(|(_, s)| settled(s.at)) {
        desk.shelf.delete(&hash).await?;
        swept += 1;
    }
    Ok(swept)
}
