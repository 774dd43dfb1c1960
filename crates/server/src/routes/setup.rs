//! The first run: an office, its clerk and its security administrator. There is no default password.
use crate::{
    door::{body::Body, frame::Asked},
    problem::Failure,
    state::{DemoAccount, House},
};
use axum::{Extension, Json, extract::State, http::HeaderMap, response::Response};
use lantu_app::{
    UserRole,
    set_up::{FirstUser, OfficeDraft},
};
use lantu_model::Problem;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Whether this database still waits for its office, and what it may be set up with.
#[derive(Serialize, ToSchema)]
pub struct SetupView {
    pub needed: bool,
    pub packs: Vec<PackChoice>,
    /// The office whose door this is; absent where there is none or more than one.
    pub office: Option<String>,
    /// Only in a demonstration.
    pub demo_accounts: Vec<DemoAccount>,
}

#[derive(Serialize, ToSchema)]
pub struct PackChoice {
    pub name: String,
    pub zh: String,
    pub en: String,
    pub places: Vec<PlaceChoice>,
}

#[derive(Serialize, ToSchema)]
pub struct PlaceChoice {
    pub key: String,
    pub zh: String,
    pub en: String,
}

/// What a first run needs to know.
#[utoipa::path(get, path = "/setup", tag = "session", responses((status = 200, body = SetupView)))]
pub async fn show_setup(State(house): State<House>) -> Result<Json<SetupView>, Failure> {
    let offices = house.desk.offices().await?;
    let needed = offices.is_empty();
    let packs = if needed { choices() } else { vec![] };
    let only = match offices.as_slice() {
        [one] => Some(house.desk.books(*one).await?),
        _ => None,
    };
    let demo = only.as_ref().is_some_and(|books| books.office.demo);
    let demo_accounts = if demo { house.options.demo_accounts.to_vec() } else { vec![] };
    Ok(Json(SetupView { needed, packs, office: only.map(|books| books.office.name.clone()), demo_accounts }))
}

fn choices() -> Vec<PackChoice> {
    let packs = lantu_pack::embedded_names().into_iter().filter_map(|name| lantu_pack::Pack::load(&lantu_pack::embedded(name)?).ok());
    let choice = |p: lantu_pack::Pack| {
        let place = |l: &lantu_pack::Place| PlaceChoice { key: l.key.clone(), zh: l.words.zh.clone(), en: l.words.en.clone() };
        PackChoice { places: p.places.iter().map(place).collect(), name: p.name, zh: p.title.zh, en: p.title.en }
    };
    packs.map(choice).collect()
}

#[derive(Deserialize, ToSchema)]
pub struct SetupBody {
    /// The office's name; the place's own when empty.
    #[serde(default)]
    pub office: String,
    pub pack: String,
    pub place: String,
    pub name: String,
    pub display: String,
    pub password: String,
    /// Lets the other users in; never the same account as the clerk's.
    pub security: FirstUser,
}

/// Sets the office up and signs its clerk in. Refused once there is an office.
#[utoipa::path(post, path = "/setup", tag = "session", request_body = SetupBody, responses((status = 200, body = super::session::Me)))]
pub async fn set_up(
    State(house): State<House>,
    Extension(asked): Extension<Asked>,
    headers: HeaderMap,
    Body(body): Body<SetupBody>,
) -> Result<Response, Failure> {
    let clerk = FirstUser { name: body.name, display: body.display, password: body.password };
    if clerk.name.trim().to_lowercase() == body.security.name.trim().to_lowercase() {
        return Err(lantu_app::AppError::refuse(Problem::block("same_person_admins").at("security")).into());
    }
    let users = vec![(clerk, UserRole::Clerk, house.salt()), (body.security, UserRole::SecurityAdmin, house.salt())];
    let draft = OfficeDraft { name: body.office, pack: body.pack, place: body.place, demo: false };
    let moment = house.moment_of_pack(&draft.pack);
    let (office, users) = lantu_app::set_up::set_up(&house.desk, draft, users, moment, &*house.edge.ids, house.options.cost).await?;
    let clerk = users.first().copied().ok_or(Failure::internal())?;
    super::session::open(&house, office, clerk, &headers, &asked).await
}
