//! Whose desk a user sits at: the departments that it acts for, by the keys under which plans and permits name them.
use crate::{
    Books,
    desk::{Desk, Org},
    error::Result,
    manage_users::User,
    permission::UserRole,
    unit::Register,
};
use lantu_model::{OfficeId, OrgId, project::comparable_name, words::Lang};
use lantu_store::{StreamId, StreamKind};

/// Ids of the organisations that a department's or a town's user acts for, and the pack's keys of them; nobody else decides.
pub(crate) async fn of_user(desk: &Desk, office: OfficeId, user: &User) -> Result<Vec<String>> {
    let orgs: &[OrgId] = user.orgs.as_deref().unwrap_or_default();
    if orgs.is_empty() || !matches!(user.role, UserRole::Department | UserRole::Town) {
        return Ok(vec![]);
    }
    let books = desk.books(office).await?;
    let mut desks = vec![];
    for id in orgs {
        let stream = StreamId { kind: StreamKind::Org, id: id.to_string() };
        if let Some(org) = desk.store.doc::<Org>(office, &stream, None).await?.filter(|found| found.doc.active) {
            desks.push(id.to_string());
            desks.extend(key_of(&books, &org.doc).map(str::to_owned));
        }
    }
    Ok(desks)
}

/// The pack's key of an organisation: kept with it, or found by its name where the register is older.
pub(crate) fn key_of<'a>(books: &'a Books, org: &Org) -> Option<&'a str> {
    let known = |key: &str| books.place.orgs.iter().find(|o| o.key == key);
    let named = || {
        let names: Vec<String> = org.aliases.iter().chain([&org.name]).map(|name| comparable_name(name)).collect();
        books.place.orgs.iter().find(|o| names.contains(&comparable_name(&o.words.zh)))
    };
    org.key.as_deref().and_then(known).or_else(named).map(|o| o.key.as_str())
}

/// What a desk is called: a department or role of the pack, an organisation of the register.
pub(crate) fn name_of(books: &Books, register: &Register, key: &str, lang: Lang) -> String {
    let org = key.parse::<OrgId>().ok().and_then(|id| register.orgs.get(&id)).map(|org| org.name.clone());
    org.unwrap_or_else(|| department(books, key, lang))
}

/// A department's name in the office's place, else what the pack calls it.
pub(crate) fn department(books: &Books, key: &str, lang: Lang) -> String {
    let place = books.place.orgs.iter().find(|o| o.key == key).map(|o| &o.words);
    let known = place.or_else(|| books.pack.department_words(key)).map(|words| words.in_lang(lang).to_owned());
    known.unwrap_or_else(|| books.word(key, lang))
}
