//! Fields of an activity by name, as edits name them.
use super::{Name, PlanActivity, check::about};
use crate::problem::Problem;
use serde::de::DeserializeOwned;
use serde_json::Value;

impl Name {
    /// The same name when the text is how it reads in either language, else another one.
    fn said(&self, text: &str) -> Self {
        let text = text.trim();
        if text == self.zh || Some(text) == self.en.as_deref() { self.clone() } else { Self { zh: text.to_owned(), en: None } }
    }
}

impl PlanActivity {
    /// Sets a field from its journal value; `null` clears.
    pub(super) fn set_field(&mut self, id: &str, field: &str, value: &Value) -> Result<(), Problem> {
        let read = Reading { id, field, value };
        match field {
            "name" => self.name = self.name.said(&read.text()?.unwrap_or_default()),
            "days" => self.days = read.needed()?,
            "after" => self.after = read.optional()?.unwrap_or_default(),
            "phase" => self.phase = read.needed()?,
            "clock" => self.clock = read.needed()?,
            "department" => self.department = read.optional()?.unwrap_or_default(),
            "org" => self.org = read.optional()?,
            "party" => self.party = read.text()?.map(|text| self.party.clone().unwrap_or_default().said(&text)),
            "formality" => self.formality = read.optional()?.unwrap_or_default(),
            "milestone" => self.milestone = read.optional()?.unwrap_or_default(),
            "limit" => self.set_limit(read.optional()?),
            "range" => self.range = read.optional()?,
            "not_before" => self.not_before = read.optional()?,
            "due" => self.due = read.optional()?,
            "note" => self.note = read.text()?,
            _ => return Err(about("plan_unknown_field", id).with("found", field)),
        }
        Ok(())
    }

    /// Whether a field still has the value that somebody saw.
    pub fn still_has(&self, field: &str, seen: &Value) -> bool {
        let mut as_seen = self.clone();
        as_seen.set_field("", field, seen).is_ok() && as_seen == *self
    }

    /// How firmly a limit is known stays as long as it is the same limit.
    fn set_limit(&mut self, limit: Option<super::Limit>) {
        let same = |known: &super::Limit| limit.is_some_and(|l| (l.days, l.unit) == (known.days, known.unit) && l.mark.is_none());
        if !self.limit.as_ref().is_some_and(same) {
            self.limit = limit;
        }
    }
}

/// One value to be read.
#[derive(Clone, Copy)]
struct Reading<'a> {
    id: &'a str,
    field: &'a str,
    value: &'a Value,
}

impl Reading<'_> {
    fn bad(self) -> Problem {
        let found = self.value.as_str().map_or_else(|| self.value.to_string(), str::to_owned);
        about("plan_bad_value", self.id).with("field", format!("plan.{}", self.field)).with("found", found)
    }

    fn needed<T: DeserializeOwned>(self) -> Result<T, Problem> {
        T::deserialize(self.value).map_err(|_| self.bad())
    }

    fn optional<T: DeserializeOwned>(self) -> Result<Option<T>, Problem> {
        match self.value {
            Value::Null => Ok(None),
            Value::String(text) if text.trim().is_empty() => Ok(None),
            value => T::deserialize(value).map(Some).map_err(|_| self.bad()),
        }
    }

    fn text(self) -> Result<Option<String>, Problem> {
        Ok(self.optional::<String>()?.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()))
    }
}
