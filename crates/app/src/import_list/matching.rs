//! Which project of the register a row is: by code, by name, or, as a doubt, by owner and place.
use lantu_model::{DivisionCode, ProjectId, project::comparable_name};
use lantu_store::MatchKey;
use std::collections::{BTreeSet, HashMap};

/// The register, ready to be asked.
pub struct RegisterIndex<'a> {
    keys: &'a [MatchKey],
    /// Names in comparable form, made once.
    names: Vec<String>,
    by_code: HashMap<&'a str, Vec<usize>>,
    by_name: HashMap<String, Vec<usize>>,
    by_owner: HashMap<String, Vec<usize>>,
}

/// What a row says of itself.
#[derive(Clone, Debug, Default)]
pub struct Asked<'a> {
    pub codes: &'a [String],
    pub name: &'a str,
    pub owner: Option<&'a str>,
    pub division: Option<&'a DivisionCode>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Match {
    /// One of its codes is the project's.
    ByCode(ProjectId),
    /// The same name, and nothing that speaks against it.
    ByName(ProjectId),
    /// Several projects of that name.
    Ambiguous(usize),
    /// A new project, though this one is much like it.
    Like(ProjectId, Likeness),
    New,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Likeness {
    Owner,
    /// The same name under another code.
    Code,
}

impl<'a> RegisterIndex<'a> {
    pub fn new(keys: &'a [MatchKey]) -> Self {
        let names = keys.iter().map(|k| comparable_name(&k.name)).collect();
        let mut index = Self { keys, names, by_code: HashMap::new(), by_name: HashMap::new(), by_owner: HashMap::new() };
        for (n, key) in keys.iter().enumerate() {
            for code in &key.codes {
                index.by_code.entry(code).or_default().push(n);
            }
            index.by_name.entry(index.names[n].clone()).or_default().push(n);
            if let Some(owner) = &key.owner {
                index.by_owner.entry(comparable_name(owner)).or_default().push(n);
            }
        }
        index
    }

    pub fn find(&self, asked: &Asked<'_>) -> Match {
        if let Some(n) = asked.codes.iter().find_map(|c| self.by_code.get(c.as_str())?.first()) {
            return Match::ByCode(self.keys[*n].id);
        }
        let named: Vec<&MatchKey> = self.by_name.get(&comparable_name(asked.name)).into_iter().flatten().map(|n| &self.keys[*n]).collect();
        if named.is_empty() {
            return self.like(asked);
        }
        let fitting: Vec<&MatchKey> = named.iter().copied().filter(|k| agrees(k, asked)).collect();
        match fitting.as_slice() {
            [one] => Match::ByName(one.id),
            [] => Match::Like(named[0].id, Likeness::Code),
            several => Match::Ambiguous(several.len()),
        }
    }

    fn like(&self, asked: &Asked<'_>) -> Match {
        let Some(owner) = asked.owner else { return Match::New };
        let wanted = comparable_name(asked.name);
        let same_place = |k: &MatchKey| k.division.is_none() || asked.division.is_none() || k.division.as_ref() == asked.division;
        let near = self.by_owner.get(&comparable_name(owner)).into_iter().flatten().copied();
        near.filter(|n| same_place(&self.keys[*n]))
            .find(|n| alike(&self.names[*n], &wanted))
            .map_or(Match::New, |n| Match::Like(self.keys[n].id, Likeness::Owner))
    }
}

/// The same name is the same project unless owner, place or code say otherwise.
fn agrees(key: &MatchKey, asked: &Asked<'_>) -> bool {
    let owner = match (&key.owner, asked.owner) {
        (Some(a), Some(b)) => comparable_name(a) == comparable_name(b),
        _ => true,
    };
    let place = match (&key.division, asked.division) {
        (Some(a), Some(b)) => a == b,
        _ => true,
    };
    let codes = key.codes.is_empty() || asked.codes.is_empty() || key.codes.iter().any(|c| asked.codes.contains(c));
    owner && place && codes
}

/// Whether Dice's coefficient over pairs of neighbouring characters reaches 0.6; it is 1 for the same text.
fn alike(a: &str, b: &str) -> bool {
    let pairs = |t: &str| t.chars().zip(t.chars().skip(1)).collect::<BTreeSet<(char, char)>>();
    let (short, long) = (a.len().min(b.len()), a.len().max(b.len()));
    // Texts of too different lengths cannot be; an office may have hundreds of projects.
    if short * 10 < long * 3 {
        return false;
    }
    let (a, b) = (pairs(a), pairs(b));
    !a.is_empty() && !b.is_empty() && 20 * a.intersection(&b).count() >= 6 * (a.len() + b.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use lantu_model::Level;

    fn key(n: u8, name: &str, code: &str, owner: &str, division: &str) -> MatchKey {
        MatchKey {
            id: format!("00000000-0000-7000-8000-0000000000{n:02x}").parse().unwrap(),
            name: name.into(),
            codes: if code.is_empty() { vec![] } else { vec![code.into()] },
            owner: (!owner.is_empty()).then(|| owner.into()),
            division: division.parse().ok(),
            level: Level::Project,
        }
    }

    #[test]
    fn code_then_name_then_doubt() {
        let keys = [
            key(1, "示例光学膜生产线", "2601-339981-04-01-000001", "示例膜业", "339981001"),
            key(2, "示例小学（迁建）", "", "", "339981002"),
            key(3, "示例小学(迁建)", "", "示例教育", "339981003"),
        ];
        let index = RegisterIndex::new(&keys);
        let code = ["2601-339981-04-01-000001".to_owned()];
        let other = ["2602-339981-04-01-000009".to_owned()];
        assert_eq!(index.find(&Asked { codes: &code, name: "别的名称", ..Asked::default() }), Match::ByCode(keys[0].id));
        assert_eq!(index.find(&Asked { name: "示例 光学膜生产线", ..Asked::default() }), Match::ByName(keys[0].id));
        assert_eq!(
            index.find(&Asked { name: "示例光学膜生产线", codes: &other, ..Asked::default() }),
            Match::Like(keys[0].id, Likeness::Code)
        );
        assert_eq!(index.find(&Asked { name: "示例小学（迁建）", ..Asked::default() }), Match::Ambiguous(2));
        assert_eq!(
            index.find(&Asked { name: "示例小学（迁建）", division: "339981003".parse().ok().as_ref(), ..Asked::default() }),
            Match::ByName(keys[2].id)
        );
        let near = Asked { name: "示例光学膜二期生产线", owner: Some("示例膜业"), ..Asked::default() };
        assert_eq!(index.find(&near), Match::Like(keys[0].id, Likeness::Owner));
        assert_eq!(index.find(&Asked { name: "全新项目", ..Asked::default() }), Match::New);
    }
}
