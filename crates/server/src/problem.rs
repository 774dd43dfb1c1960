//! Refusals and failures as RFC 9457 problems, said in the reader's language.
//!
//! Handlers return a [`Failure`]: a status and codes, no prose. The frame around all routes knows the language and
//! the request's id and writes the body, so that every error of the server has one form. Nothing internal is told.
use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use lantu_app::{
    AppError, Books, StaleStream,
    view::{PlanView, ProblemView},
};
use lantu_model::{Problem, Severity, words::Lang};
use serde::Serialize;
use utoipa::ToSchema;

/// What went wrong, before it is put into words. `main` names the case; `problems` are its parts, each with a place.
#[derive(Clone, Debug)]
pub struct Failure {
    pub status: StatusCode,
    pub main: Box<Problem>,
    pub problems: Vec<Problem>,
    pub stale: Option<Box<Stale>>,
    /// The newest plan, where an edit of an older one met another's.
    pub plan: Option<Box<PlanView>>,
}

/// Who changed the same thing first, and what.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Stale {
    pub by: String,
    pub at: String,
    pub fields: Vec<String>,
}

/// The body of every error (`application/problem+json`).
#[derive(Debug, Serialize, ToSchema)]
pub struct Trouble {
    /// `urn:lantu:problem:<code>`
    pub r#type: String,
    pub title: String,
    pub status: u16,
    /// What to do about it.
    pub detail: String,
    pub code: String,
    pub problems: Vec<ProblemView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stale: Option<Box<Stale>>,
    /// The newest plan, where an edit of an older one met another's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan: Option<Box<PlanView>>,
    pub request_id: String,
}

impl Failure {
    pub fn new(status: StatusCode, code: &str) -> Self {
        Self { status, main: Box::new(Problem::new(Severity::Block, code)), problems: vec![], stale: None, plan: None }
    }
    pub fn bad(problem: Problem) -> Self {
        Self {
            status: StatusCode::BAD_REQUEST,
            main: Box::new(Problem::block("bad_request")),
            problems: vec![problem],
            stale: None,
            plan: None,
        }
    }
    /// With the plan as it is now.
    #[must_use]
    pub fn with_plan(self, plan: PlanView) -> Self {
        Self { plan: Some(Box::new(plan)), ..self }
    }
    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found")
    }
    pub fn not_signed_in() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "not_signed_in")
    }
    pub fn internal() -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal")
    }

    /// The latest of the changes that came first, with all fields that they touched.
    fn stale(streams: &[StaleStream]) -> Self {
        let Some(latest) = streams.iter().max_by_key(|s| s.at) else { return Self::new(StatusCode::CONFLICT, "stale") };
        let mut fields: Vec<String> = streams.iter().flat_map(|s| s.fields.iter().cloned()).collect();
        fields.sort();
        fields.dedup();
        let at = latest.at.map(|t| t.to_string()).unwrap_or_default();
        let main = Problem::block("stale").with("by", &latest.by).with("at", &at).with("fields", fields.join(", "));
        Self {
            status: StatusCode::CONFLICT,
            main: Box::new(main),
            problems: vec![],
            stale: Some(Box::new(Stale { by: latest.by.clone(), at, fields })),
            plan: None,
        }
    }

    /// For answers that the framework made itself (an unknown address, a body that is no JSON).
    pub fn of_status(status: StatusCode) -> Self {
        let code = match status {
            StatusCode::UNAUTHORIZED => "not_signed_in",
            StatusCode::FORBIDDEN => "no_permission",
            StatusCode::NOT_FOUND => "unknown_route",
            StatusCode::METHOD_NOT_ALLOWED => "method_not_allowed",
            StatusCode::REQUEST_TIMEOUT | StatusCode::GATEWAY_TIMEOUT => "timed_out",
            StatusCode::PAYLOAD_TOO_LARGE => "too_large",
            StatusCode::UNSUPPORTED_MEDIA_TYPE => "unsupported_media",
            s if s.is_client_error() => "bad_request",
            _ => "internal",
        };
        Self::new(status, code)
    }

    /// `books`, when the asker is known, gives the office's own words for stages, formalities and roles.
    pub fn said(&self, lang: Lang, request_id: &str, books: Option<&Books>) -> Response {
        let say = |p: &Problem| books.map_or_else(|| ProblemView::say_plainly(p, lang), |b| ProblemView::say(p, lang, b));
        let main = say(&self.main);
        let trouble = Trouble {
            r#type: format!("urn:lantu:problem:{}", self.main.code),
            title: main.title,
            status: self.status.as_u16(),
            detail: main.remedy,
            code: self.main.code.clone(),
            problems: self.problems.iter().map(say).collect(),
            stale: self.stale.clone(),
            plan: self.plan.clone(),
            request_id: request_id.to_owned(),
        };
        let body = serde_json::to_vec(&trouble).unwrap_or_default();
        let mut response = (self.status, Body::from(body)).into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        response
    }
}

impl From<AppError> for Failure {
    fn from(error: AppError) -> Self {
        match error {
            AppError::Refused(refusal) => Self { problems: refusal.unmet, ..Self::new(StatusCode::UNPROCESSABLE_ENTITY, "refused") },
            AppError::NotFound => Self::not_found(),
            AppError::Forbidden(_) => Self::new(StatusCode::FORBIDDEN, "no_permission"),
            AppError::Stale(streams) => Self::stale(&streams),
            AppError::Full => Self::new(StatusCode::INSUFFICIENT_STORAGE, "storage_full"),
            AppError::IdempotencyMismatch => Self::new(StatusCode::CONFLICT, "idempotency_mismatch"),
            AppError::Store(error) if error.code() == "bad_cursor" => Self::bad(Problem::block("bad_cursor").at("after")),
            AppError::Store(error) => {
                tracing::error!(%error, code = error.code(), "the store failed");
                Self::internal()
            }
            AppError::Unreadable { stream, reason } => {
                tracing::error!(stream, reason, "a stored record could not be read");
                Self::internal()
            }
        }
    }
}

impl IntoResponse for Failure {
    /// Carries itself to the frame, which alone can say it.
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}
