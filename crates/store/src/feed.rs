//! The feed: one gap-free number per office, in commit order, and the days it passed.
use crate::{error::StoreError, open::Store};
use jiff::civil::Date;
use lantu_model::OfficeId;

impl Store {
    /// The office's latest feed number; 0 before the first transaction.
    pub async fn feed(&self, office: OfficeId) -> Result<u64, StoreError> {
        let sql = self.sql("SELECT feed FROM office_feed WHERE office = ").with("", office.to_string());
        self.first(sql).await?.map_or(Ok(0), |r| r.count(0))
    }

    /// The last feed number recorded up to and on a day; 0 when there was none.
    pub async fn feed_on_day(&self, office: OfficeId, day: Date) -> Result<u64, StoreError> {
        let sql = self.sql("SELECT COALESCE(MAX(feed), 0) FROM feed_day WHERE office = ").with("", office.to_string());
        let sql = sql.with(" AND day <= ", day.to_string());
        self.first(sql).await?.map_or(Ok(0), |r| r.count(0))
    }
}
