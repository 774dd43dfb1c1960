//! Signing in and out, and who is signed in.
use crate::{
    door::{body::Body, cookie, frame::Asked, signed::Reader},
    problem::Failure,
    state::House,
};
use axum::{
    Extension, Json,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use jiff::civil::Date;
use lantu_app::{AppError, Right, UserRole, manage_users::User};
use lantu_model::{DivisionCode, OfficeId, OrgId, UserId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Who is signed in, and how far they reach.
#[derive(Serialize, ToSchema)]
pub struct Me {
    pub id: UserId,
    pub name: String,
    pub display: String,
    pub role: UserRole,
    pub office: MyOffice,
    pub scope: MyScope,
    pub can: Vec<Right>,
    pub last_visit_feed: u64,
    pub feed: u64,
    #[schema(value_type = String, format = Date)]
    pub today: Date,
}

#[derive(Serialize, ToSchema)]
pub struct MyOffice {
    pub id: OfficeId,
    pub name: String,
    pub demo: bool,
}

#[derive(Serialize, ToSchema)]
pub struct MyScope {
    /// Sees everything of the office.
    pub whole: bool,
    pub divisions: Vec<DivisionCode>,
    pub orgs: Vec<OrgId>,
}

#[derive(Deserialize, ToSchema)]
pub struct SignInBody {
    pub name: String,
    pub password: String,
    /// Only where one database serves several offices.
    pub office: Option<OfficeId>,
}

/// Signs in: the session's token comes as a cookie.
#[utoipa::path(post, path = "/session", tag = "session", request_body = SignInBody, responses((status = 200, body = Me)))]
pub async fn sign_in(
    State(house): State<House>,
    Extension(asked): Extension<Asked>,
    headers: HeaderMap,
    Body(body): Body<SignInBody>,
) -> Result<Response, Failure> {
    let offices = house.desk.offices().await?;
    let office = body.office.filter(|o| offices.contains(o)).or(offices.first().copied());
    let office = office.ok_or(Failure::new(StatusCode::CONFLICT, "setup_needed"))?;
    let moment = house.moment(office).await?;
    let nonce = asked.request_id.clone();
    let signed_in = lantu_app::sign_in::sign_in(&house.desk, office, &body.name, &body.password, moment, &nonce).await;
    let user = signed_in.map_err(as_sign_in)?;
    // A new session has a new token, whatever the browser brought along; the old one ends.
    if let Some(before) = cookie::token(&headers) {
        house.end_session(&before).await?;
    }
    open(&house, office, user.id, &headers, &asked).await
}

/// A wrong password is no refusal of an act: nobody is signed in yet, or too many guesses were made.
fn as_sign_in(error: AppError) -> Failure {
    match error {
        AppError::Refused(refusal) => {
            let main = refusal.unmet.into_iter().next();
            let locked = main.as_ref().is_some_and(|p| p.code == "locked_out");
            let status = if locked { StatusCode::TOO_MANY_REQUESTS } else { StatusCode::UNAUTHORIZED };
            let failure = Failure::new(status, "sign_in_failed");
            Failure { main: main.map_or(failure.main.clone(), Box::new), ..failure }
        }
        other => other.into(),
    }
}

/// Opens a session and answers with who it is.
pub async fn open(house: &House, office: OfficeId, user: UserId, headers: &HeaderMap, asked: &Asked) -> Result<Response, Failure> {
    let token = house.open_session(office, user).await?;
    let reader = house.read_session(&crate::door::signed::hash_of(&token), asked.lang).await?.ok_or(Failure::internal())?;
    let cookie = cookie::set(&token, crate::door::signed::LIFETIME.as_secs(), headers);
    Ok(([(header::SET_COOKIE, cookie)], Json(me(house, &reader).await?)).into_response())
}

/// Who is signed in.
#[utoipa::path(get, path = "/session", tag = "session", responses((status = 200, body = Me)))]
pub async fn show_session(State(house): State<House>, reader: Reader) -> Result<Json<Me>, Failure> {
    Ok(Json(me(&house, &reader).await?))
}

async fn me(house: &House, reader: &Reader) -> Result<Me, Failure> {
    let office = reader.signed.scope.office;
    let User { id, name, display, role, divisions, orgs, .. } = reader.user.clone();
    let last_visit_feed = house.desk.store.last_visit(office, id).await.map_err(AppError::from)?.unwrap_or(0);
    let feed = house.desk.store.feed(office).await.map_err(AppError::from)?;
    Ok(Me {
        id,
        name,
        display,
        role,
        office: MyOffice { id: office, name: reader.books.office.name.clone(), demo: reader.books.office.demo },
        scope: MyScope { whole: reader.signed.scope.is_whole(), divisions: divisions.unwrap_or_default(), orgs: orgs.unwrap_or_default() },
        can: role.rights().to_vec(),
        last_visit_feed,
        feed,
        today: reader.moment.day,
    })
}

/// Signs out: the session and its live streams end.
#[utoipa::path(delete, path = "/session", tag = "session", responses((status = 204)))]
pub async fn sign_out(State(house): State<House>, headers: HeaderMap) -> Result<Response, Failure> {
    if let Some(token) = cookie::token(&headers) {
        house.end_session(&token).await?;
    }
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie::clear(&headers))]).into_response())
}
