//! Administration: users, organisations, packs, the check of the books.
use crate::{
    door::{
        body::{Body, Key},
        signed::Reader,
    },
    problem::Failure,
    state::House,
};
use axum::{Json, extract::State, http::StatusCode};
use lantu_app::{
    manage_orgs::{OrgDraft, OrgView},
    manage_packs::PackLine,
    manage_users::{UserDraft, UserView},
    verify_books::VerifyView,
};
use lantu_model::{OrgId, UserId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The id of what was added.
#[derive(Serialize, ToSchema)]
pub struct Added {
    pub id: String,
}

/// All accounts.
#[utoipa::path(get, path = "/users", tag = "admin", responses((status = 200, body = Vec<UserView>)))]
pub async fn list_users(State(house): State<House>, reader: Reader) -> Result<Json<Vec<UserView>>, Failure> {
    Ok(Json(lantu_app::manage_users::list_users(&house.desk, reader.ask()).await?))
}

/// Opens an account.
#[utoipa::path(post, path = "/users", tag = "admin", request_body = UserDraft, responses((status = 201, body = Added)))]
pub async fn add_user(
    State(house): State<House>,
    reader: Reader,
    Body(draft): Body<UserDraft>,
) -> Result<(StatusCode, Json<Added>), Failure> {
    let id = lantu_app::manage_users::add_user(&house.desk, reader.ask(), draft, house.salt(), house.options.cost).await?;
    Ok((StatusCode::CREATED, Json(Added { id: id.to_string() })))
}

#[derive(Deserialize, ToSchema)]
pub struct UserBody {
    /// The version that the editor saw.
    pub seq: u64,
    #[serde(flatten)]
    pub draft: UserDraft,
}

/// Changes role, scope, name shown, or closes the account.
#[utoipa::path(patch, path = "/users/{id}", tag = "admin", params(("id" = String, Path)), request_body = UserBody, responses((status = 204)))]
pub async fn change_user(
    State(house): State<House>,
    reader: Reader,
    Key(id): Key<UserId>,
    Body(body): Body<UserBody>,
) -> Result<StatusCode, Failure> {
    lantu_app::manage_users::change_user(&house.desk, reader.ask(), id, body.seq, body.draft).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize, ToSchema)]
pub struct PasswordBody {
    pub password: String,
}

/// Sets a password, one's own or, for the security administrator, anyone's; ends that account's sessions.
#[utoipa::path(post, path = "/users/{id}/password", tag = "admin", params(("id" = String, Path)), request_body = PasswordBody, responses((status = 204)))]
pub async fn reset_password(
    State(house): State<House>,
    reader: Reader,
    Key(id): Key<UserId>,
    Body(body): Body<PasswordBody>,
) -> Result<StatusCode, Failure> {
    lantu_app::manage_users::reset_password(&house.desk, reader.ask(), id, &body.password, house.salt(), house.options.cost).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The register of organisations.
#[utoipa::path(get, path = "/orgs", tag = "admin", responses((status = 200, body = Vec<OrgView>)))]
pub async fn list_orgs(State(house): State<House>, reader: Reader) -> Result<Json<Vec<OrgView>>, Failure> {
    Ok(Json(lantu_app::manage_orgs::list_orgs(&house.desk, reader.ask()).await?))
}

/// Enters an organisation.
#[utoipa::path(post, path = "/orgs", tag = "admin", request_body = OrgDraft, responses((status = 201, body = Added)))]
pub async fn add_org(
    State(house): State<House>,
    reader: Reader,
    Body(draft): Body<OrgDraft>,
) -> Result<(StatusCode, Json<Added>), Failure> {
    let id = lantu_app::manage_orgs::add_org(&house.desk, reader.ask(), draft).await?;
    Ok((StatusCode::CREATED, Json(Added { id: id.to_string() })))
}

#[derive(Deserialize, ToSchema)]
pub struct OrgBody {
    /// The version that the editor saw.
    pub seq: u64,
    #[serde(flatten)]
    pub draft: OrgDraft,
}

/// Changes an organisation's entry.
#[utoipa::path(patch, path = "/orgs/{id}", tag = "admin", params(("id" = String, Path)), request_body = OrgBody, responses((status = 204)))]
pub async fn change_org(
    State(house): State<House>,
    reader: Reader,
    Key(id): Key<OrgId>,
    Body(body): Body<OrgBody>,
) -> Result<StatusCode, Failure> {
    lantu_app::manage_orgs::change_org(&house.desk, reader.ask(), id, body.seq, body.draft).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The pack in force and those that the program brings.
#[utoipa::path(get, path = "/packs", tag = "admin", responses((status = 200, body = Vec<PackLine>)))]
pub async fn list_packs(State(house): State<House>, reader: Reader) -> Result<Json<Vec<PackLine>>, Failure> {
    Ok(Json(lantu_app::manage_packs::list_packs(&house.desk, reader.ask()).await?))
}

/// The feed number of what was recorded.
#[derive(Serialize, ToSchema)]
pub struct Recorded {
    pub feed: u64,
}

/// Puts the program's version of a pack in force.
#[utoipa::path(post, path = "/packs/{name}/in-force", tag = "admin", params(("name" = String, Path)), responses((status = 200, body = Recorded)))]
pub async fn put_pack_in_force(State(house): State<House>, reader: Reader, Key(name): Key<String>) -> Result<Json<Recorded>, Failure> {
    Ok(Json(Recorded { feed: lantu_app::manage_packs::put_in_force(&house.desk, reader.ask(), &name).await? }))
}

/// Checks the journal's chains and the state against the journal.
#[utoipa::path(get, path = "/verify", tag = "admin", responses((status = 200, body = VerifyView)))]
pub async fn verify_books(State(house): State<House>, reader: Reader) -> Result<Json<VerifyView>, Failure> {
    Ok(Json(lantu_app::verify_books::verify_books(&house.desk, reader.ask()).await?))
}
