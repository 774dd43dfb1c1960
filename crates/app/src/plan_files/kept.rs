//! Schedules as they were read and dated, those used last: a page asks for the same one several times over.
use super::{reading, view::Reading};
use crate::error::Result;
use lantu_model::words::Lang;
use lantu_planfile::{Format, Plan, Version};
use lantu_schedule::{Network, Schedule};
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
};

/// Together they have no more rows than this, but for a single one that has.
const ROWS: usize = 60_000;
const READINGS: usize = 24;

/// One project of a file, with its dates.
#[derive(Debug)]
pub(super) struct Dated {
    pub format: Format,
    pub plan: Plan,
    pub network: Network,
    pub schedule: Schedule,
}

impl Dated {
    pub fn of(name: &str, format: Format, plan: Plan, lang: Lang) -> Result<Self> {
        let version = reading::dated(name, &plan, lang)?;
        let (network, schedule) = (version.network, version.schedule);
        Ok(Self { format, plan, network, schedule })
    }

    pub fn version(&self) -> Version<'_> {
        Version { plan: &self.plan, network: self.network.clone(), schedule: self.schedule.clone() }
    }
}

/// A project within bytes: by their hash and its id there. Neither ever stands for anything else.
pub(super) type Key = (String, String);
/// What is read of one, held against another, in a language.
pub(super) type ReadingKey = (Key, Option<Key>, Lang);

/// What was read, of whatever project: the bytes decide it alone.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    dated: Mutex<VecDeque<(Key, Arc<Dated>)>>,
    readings: Mutex<VecDeque<(ReadingKey, Arc<Reading>)>>,
}

impl Kept {
    pub(super) fn dated(&self, key: &Key) -> Option<Arc<Dated>> {
        used(&mut *self.dated.lock().ok()?, key)
    }

    pub(super) fn keep(&self, key: Key, dated: Dated) -> Arc<Dated> {
        let dated = Arc::new(dated);
        let Ok(mut all) = self.dated.lock() else { return dated };
        all.retain(|(k, _)| *k != key);
        all.push_front((key, dated.clone()));
        let mut rows = 0;
        let fits = |(_, d): &&(Key, Arc<Dated>)| {
            rows += d.plan.activities.len();
            rows <= ROWS
        };
        let fitting = all.iter().take_while(fits).count();
        all.truncate(fitting.max(1));
        dated
    }

    pub(super) fn reading(&self, key: &ReadingKey) -> Option<Arc<Reading>> {
        used(&mut *self.readings.lock().ok()?, key)
    }

    pub(super) fn keep_reading(&self, key: ReadingKey, reading: Reading) -> Arc<Reading> {
        let reading = Arc::new(reading);
        if let Ok(mut all) = self.readings.lock() {
            all.retain(|(k, _)| *k != key);
            all.push_front((key, reading.clone()));
            all.truncate(READINGS);
        }
        reading
    }
}

/// What is used goes to the front; what falls off the end has not been used for longest.
fn used<K: PartialEq, V>(all: &mut VecDeque<(K, Arc<V>)>, key: &K) -> Option<Arc<V>> {
    let at = all.iter().position(|(k, _)| k == key)?;
    let found = all.remove(at)?;
    let value = found.1.clone();
    all.push_front(found);
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dated(activities: usize) -> Dated {
        let rows: Vec<String> = (1..=activities).map(|uid| format!(r#"{{"uid":{uid},"duration":{{"min":480}}}}"#)).collect();
        let week = r#"{"mon":[[480,1020]],"tue":[[480,1020]],"wed":[[480,1020]],"thu":[[480,1020]],"fri":[[480,1020]]}"#;
        let whole = format!(
            r#"{{"project":{{"engine":"MSP","start":"2026-03-02T08:00","default_calendar":1}},"calendars":[{{"uid":1,"week":{week}}}],"activities":[{}],"links":[]}}"#,
            rows.join(",")
        );
        let plan = lantu_planfile::read(whole.as_bytes()).unwrap().plans.remove(0);
        Dated::of("示例.json", Format::Json, plan, Lang::Zh).unwrap()
    }

    #[test]
    fn what_was_used_last_stays_and_one_that_is_too_large_stays_alone() {
        let kept = Kept::default();
        let key = |name: &str| (name.to_owned(), String::new());
        for name in ["a", "b", "c"] {
            kept.keep(key(name), dated(20_000));
        }
        assert!(kept.dated(&key("a")).is_some());
        kept.keep(key("d"), dated(20_000));
        assert!(kept.dated(&key("b")).is_none(), "the one not used for longest goes");
        assert!(kept.dated(&key("a")).is_some() && kept.dated(&key("d")).is_some());
        kept.keep(key("e"), dated(60_001));
        assert!(kept.dated(&key("e")).is_some() && kept.dated(&key("a")).is_none());
    }
}
