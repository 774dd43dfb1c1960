//! What holds a project up, and whose move it is, in the words that lists and boards show.
use crate::{desk::Books, view::overview::BlockedAt};
use lantu_model::{Blocking, MoverOf, OrgId, Role, words::Lang};
use std::collections::BTreeMap;

/// Names of departments, organisations and owners, for one answer.
pub(crate) struct Movers<'a> {
    pub books: &'a Books,
    pub orgs: &'a BTreeMap<OrgId, String>,
    pub lang: Lang,
}

impl Movers<'_> {
    /// `owner` is the project's own, where it is known.
    pub(crate) fn blocked(&self, blocking: &Blocking, owner: Option<&str>) -> BlockedAt {
        let name = blocking.name.in_lang(self.lang);
        BlockedAt {
            activity: blocking.activity.clone(),
            activity_name: if name.is_empty() { blocking.activity.clone() } else { name.to_owned() },
            mover: self.mover(&blocking.mover, owner),
            since: blocking.since,
            days_lost: blocking.days_lost,
        }
    }

    fn mover(&self, mover: &MoverOf, owner: Option<&str>) -> Option<String> {
        match mover {
            MoverOf::Departments(keys) => keys.first().map(|key| self.department(key, owner)),
            MoverOf::Org(org) => self.orgs.get(org).cloned(),
            MoverOf::Owner => Some(owner.map_or_else(|| self.books.word("owner", self.lang), str::to_owned)),
            MoverOf::Nobody => None,
        }
    }

    /// The owner's contact is known by the owner's name.
    fn department(&self, key: &str, owner: Option<&str>) -> String {
        if let (Some(Role::OwnerContact), Some(owner)) = (Role::parse(key), owner) {
            return owner.to_owned();
        }
        crate::desks::department(self.books, key, self.lang)
    }
}
