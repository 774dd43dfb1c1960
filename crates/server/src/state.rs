//! What all handlers share.
use crate::{edge::Edge, live::Hub};
use lantu_app::{AppError, Desk, Moment, password::Cost};
use lantu_model::OfficeId;
use std::sync::Arc;

/// The desk with its edge and its listeners; cheap to clone.
#[derive(Clone)]
pub struct House {
    pub desk: Desk,
    pub edge: Edge,
    pub hub: Arc<Hub>,
    pub options: Options,
}

/// What an operator, or a test, may set.
#[derive(Clone, Debug)]
pub struct Options {
    pub request_timeout: std::time::Duration,
    pub upload_limit: u64,
    /// Largest file of evidence, in bytes.
    pub evidence_limit: u64,
    /// How costly a guess at a password is made; tests take the cheap one.
    pub cost: Cost,
    /// Accounts that the sign-in page of a demonstration offers; an office that is none never shows them.
    pub demo_accounts: Arc<[DemoAccount]>,
}

/// An account whose password everyone may know.
#[derive(Clone, Debug, serde::Serialize, utoipa::ToSchema)]
pub struct DemoAccount {
    pub role: lantu_app::UserRole,
    pub name: String,
    pub password: String,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            request_timeout: std::time::Duration::from_secs(60),
            upload_limit: 60 << 20,
            evidence_limit: 50 << 20,
            cost: Cost::Standard,
            demo_accounts: Arc::default(),
        }
    }
}

impl House {
    /// Now, with the office's civil day.
    pub async fn moment(&self, office: OfficeId) -> Result<Moment, AppError> {
        Ok((self.edge.now)(&self.desk.books(office).await?.pack.zone))
    }

    /// Before there is an office, its pack tells the zone.
    pub fn moment_of_pack(&self, name: &str) -> Moment {
        let pack = lantu_pack::embedded(name).and_then(|files| lantu_pack::Pack::load(&files).ok());
        (self.edge.now)(pack.as_ref().map_or("UTC", |p| p.zone.as_str()))
    }

    /// Sixteen bytes of chance for a password's hash.
    pub fn salt(&self) -> [u8; 16] {
        let bytes = (self.edge.token)();
        std::array::from_fn(|i| bytes[i])
    }
}
