//! The columns that a project's row is promoted to, in the order of [`COLUMNS`]; verified against the row's JSON.
use crate::{error::StoreError, sql::Val};
use jiff::civil::Date;
use lantu_model::{Level, ProjectRow};

/// Promoted columns of `project` and `project_history`, after `office, id, seq, feed`.
pub(crate) const COLUMNS: &[&str] = &[
    "name",
    "name_key",
    "code",
    "codes",
    "level",
    "parent",
    "counts",
    "stage",
    "stage_no",
    "status",
    "suggested",
    "division",
    "platform",
    "industry",
    "section",
    "nature",
    "procedure_kind",
    "holding",
    "owner",
    "owner_key",
    "lead_org",
    "investment",
    "land",
    "annual_plan",
    "ytd",
    "start_due",
    "finish_due",
    "operate_due",
    "ramp_due",
    "ceremony_on",
    "permit_on",
    "started_on",
    "completed_on",
    "operating_on",
    "ramped_on",
    "stat_entry_on",
    "search",
];

pub(crate) fn is_number(column: &str) -> bool {
    matches!(column, "counts" | "stage_no" | "investment" | "land" | "annual_plan" | "ytd")
}

/// `office, id, seq, feed, …` for statements that move whole records.
pub(crate) fn all_columns() -> String {
    format!("office, id, seq, feed, {}", COLUMNS.join(", "))
}

/// The values of [`COLUMNS`] for a row.
pub(crate) fn values(row: &ProjectRow) -> Result<Vec<Val>, StoreError> {
    let text = |v: &Option<String>| Val::Text(v.clone());
    let day = |v: Option<Date>| Val::Text(v.map(|d| d.to_string()));
    let codes = crate::canonical::text(&serde_json::Value::from(row.codes.clone()))?;
    Ok(vec![
        row.name.as_str().into(),
        row.name_key.as_str().into(),
        Some(row.code.clone()).filter(|c| !c.is_empty()).into(),
        codes.into(),
        row.level.key().into(),
        row.parent.map(|p| p.to_string()).into(),
        i64::from(row.counts).into(),
        row.stage.key().into(),
        (row.stage as i64).into(),
        row.status.key().into(),
        row.suggested.map(|s| s.key().to_owned()).into(),
        row.division.as_ref().map(|d| d.as_str().to_owned()).into(),
        text(&row.platform),
        text(&row.industry),
        section(row).into(),
        row.nature.map(|n| n.key().to_owned()).into(),
        row.procedure.map(|p| p.key().to_owned()).into(),
        row.holding.map(|h| h.key().to_owned()).into(),
        text(&row.owner),
        row.owner.as_deref().map(folded).into(),
        row.lead_org.map(|o| o.to_string()).into(),
        row.investment.map(|m| m.fen()).into(),
        row.land.map(|a| a.m2()).into(),
        row.annual_plan.map(|m| m.fen()).into(),
        row.ytd_done.map(|m| m.fen()).into(),
        day(row.start_due),
        day(row.finish_due),
        day(row.operate_due),
        day(row.ramp_due),
        day(row.ceremony_on),
        day(row.permit_on),
        day(row.started_on),
        day(row.completed_on),
        day(row.operating_on),
        day(row.ramped_on),
        day(row.stat_entry_on),
        search(row).into(),
    ])
}

/// The first letter of an industry class that starts with one.
fn section(row: &ProjectRow) -> Option<String> {
    row.industry.as_deref().and_then(|i| i.chars().next()).filter(char::is_ascii_uppercase).map(String::from)
}

/// Text as search compares it: lower case, full-width letters and signs narrowed. Done here on both sides, because
/// `LIKE` minds case on PostgreSQL and only ASCII's on SQLite.
pub fn folded(text: &str) -> String {
    let narrow = |c| match c {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c => c,
    };
    text.chars().map(narrow).flat_map(char::to_lowercase).collect()
}

/// What the search box looks through: name, codes, owner; on separate lines, so that no word spans two.
fn search(row: &ProjectRow) -> String {
    let mut all = vec![folded(&row.name)];
    all.extend(row.codes.iter().map(|c| folded(c)));
    if !row.codes.contains(&row.code) {
        all.push(folded(&row.code));
    }
    all.extend(row.owner.as_deref().map(folded));
    all.join("\n")
}

/// The key of the level that lists show unless asked otherwise.
pub(crate) fn default_level() -> &'static str {
    Level::Project.key()
}
