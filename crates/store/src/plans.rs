//! Counts over the plans within projects' documents.
use crate::{error::StoreError, open::Store};
use lantu_model::OfficeId;
use std::collections::BTreeMap;

impl Store {
    /// How many projects under way have a plan made from each pattern, by the pattern's key. Those at capacity,
    /// terminated or closed are not counted: a changed pattern means nothing to them any more.
    pub async fn plans_by_pattern(&self, office: OfficeId) -> Result<BTreeMap<String, u64>, StoreError> {
        let mut sql = self.sql("SELECT k.pattern, COUNT(*) FROM (SELECT ");
        sql.push(self.dialect().text_within("s.doc", &["plan", "applied", "pattern"]).as_str());
        sql.push(" AS pattern FROM state s JOIN project p ON p.office = s.office AND p.id = s.id WHERE s.office = ");
        sql.bind(office.to_string()).push(" AND s.kind = 'project' AND p.stage <> 'ramped'");
        sql.push(" AND p.status NOT IN ('terminated', 'closed')) k WHERE k.pattern IS NOT NULL GROUP BY k.pattern");
        self.all(sql).await?.iter().map(|r| Ok((r.text(0)?, r.count(1)?))).collect()
    }
}
