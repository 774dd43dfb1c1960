//! The condition under which a step is needed.
use super::{FactKind, FactValue, Facts};
use serde::{Deserialize, Serialize};

/// A condition on facts. Written as `{ fact = "…", at_least = 1000 }`, `{ any = [ … ] }` or `{ all = [ … ] }`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub enum When {
    Fact {
        key: String,
        test: FactTest,
    },
    /// At least one of them.
    Any(Vec<When>),
    All(Vec<When>),
}

/// What is asked of one fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactTest {
    Is(bool),
    AtLeast(i64),
    Below(i64),
}

impl FactTest {
    /// What the fact has to be for the test to make sense.
    pub fn kind(self) -> FactKind {
        match self {
            Self::Is(_) => FactKind::YesNo,
            Self::AtLeast(_) | Self::Below(_) => FactKind::Number,
        }
    }

    fn passes(self, value: FactValue) -> Option<bool> {
        match (self, value) {
            (Self::Is(asked), FactValue::YesNo(said)) => Some(asked == said),
            (Self::AtLeast(least), FactValue::Number(n)) => Some(n >= least),
            (Self::Below(bound), FactValue::Number(n)) => Some(n < bound),
            _ => None,
        }
    }
}

impl When {
    /// Whether it holds; `None` while what is known does not decide it.
    ///
    /// ```
    /// use lantu_pack::{FactValue, Facts, FactTest, When};
    /// let above = |key: &str, least| When::Fact { key: key.to_owned(), test: FactTest::AtLeast(least) };
    /// let review = When::Any(vec![above("energy_tce", 1_000), above("electricity_kwh", 5_000_000)]);
    /// let mut facts = Facts::default();
    /// facts.0.insert("energy_tce".to_owned(), FactValue::Number(999));
    /// assert_eq!(review.holds(&facts), None);
    /// facts.0.insert("electricity_kwh".to_owned(), FactValue::Number(5_000_000));
    /// assert_eq!(review.holds(&facts), Some(true));
    /// ```
    pub fn holds(&self, facts: &Facts) -> Option<bool> {
        let (parts, decided_by) = match self {
            Self::Fact { key, test } => return facts.get(key).and_then(|value| test.passes(value)),
            Self::Any(parts) => (parts, true),
            Self::All(parts) => (parts, false),
        };
        let held: Vec<Option<bool>> = parts.iter().map(|part| part.holds(facts)).collect();
        if held.contains(&Some(decided_by)) {
            Some(decided_by)
        } else if held.contains(&None) {
            None
        } else {
            Some(!decided_by)
        }
    }

    /// Every fact that it asks for, with what it asks.
    pub fn tests(&self) -> Vec<(&str, FactTest)> {
        match self {
            Self::Fact { key, test } => vec![(key.as_str(), *test)],
            Self::Any(parts) | Self::All(parts) => parts.iter().flat_map(Self::tests).collect(),
        }
    }
}

/// As it stands in a file.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    fact: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    is: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    at_least: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    below: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    any: Option<Vec<When>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    all: Option<Vec<When>>,
}

impl TryFrom<Written> for When {
    type Error = &'static str;

    fn try_from(written: Written) -> Result<Self, Self::Error> {
        let Written { fact, is, at_least, below, any, all } = written;
        let tests: Vec<FactTest> =
            [is.map(FactTest::Is), at_least.map(FactTest::AtLeast), below.map(FactTest::Below)].into_iter().flatten().collect();
        match (fact, tests.as_slice(), any, all) {
            (Some(key), [test], None, None) => Ok(Self::Fact { key, test: *test }),
            (None, [], Some(parts), None) if !parts.is_empty() => Ok(Self::Any(parts)),
            (None, [], None, Some(parts)) if !parts.is_empty() => Ok(Self::All(parts)),
            _ => Err("{ fact = KEY, and one of is, at_least, below }, { any = [ … ] } or { all = [ … ] }"),
        }
    }
}

impl From<When> for Written {
    fn from(when: When) -> Self {
        match when {
            When::Any(parts) => Self { any: Some(parts), ..Self::default() },
            When::All(parts) => Self { all: Some(parts), ..Self::default() },
            When::Fact { key, test } => {
                let fact = Some(key);
                match test {
                    FactTest::Is(asked) => Self { fact, is: Some(asked), ..Self::default() },
                    FactTest::AtLeast(least) => Self { fact, at_least: Some(least), ..Self::default() },
                    FactTest::Below(bound) => Self { fact, below: Some(bound), ..Self::default() },
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is(key: &str) -> When {
        When::Fact { key: key.to_owned(), test: FactTest::Is(true) }
    }

    fn known(said: &[(&str, bool)]) -> Facts {
        Facts(said.iter().map(|(key, yes)| ((*key).to_owned(), FactValue::YesNo(*yes))).collect())
    }

    #[test]
    fn what_is_not_known_decides_nothing() {
        let (any, all) = (When::Any(vec![is("a"), is("b")]), When::All(vec![is("a"), is("b")]));
        for (said, of_any, of_all) in [
            (vec![], None, None),
            (vec![("a", true)], Some(true), None),
            (vec![("a", false)], None, Some(false)),
            (vec![("a", false), ("b", false)], Some(false), Some(false)),
            (vec![("a", true), ("b", true)], Some(true), Some(true)),
        ] {
            assert_eq!((any.holds(&known(&said)), all.holds(&known(&said))), (of_any, of_all), "{said:?}");
        }
        assert_eq!(FactTest::Below(5).passes(FactValue::YesNo(true)), None);
    }

    #[test]
    fn a_condition_asks_one_thing() {
        for text in
            ["{}", "{ fact = \"a\" }", "{ fact = \"a\", is = true, below = 3 }", "{ any = [] }", "{ any = [], all = [] }", "{ is = true }"]
        {
            assert!(
                toml::from_str::<toml::Table>(&format!("when = {text}")).unwrap()["when"].clone().try_into::<When>().is_err(),
                "{text}"
            );
        }
    }
}
