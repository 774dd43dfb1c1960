//! JSON bodies and path ids, with their refusals in the server's one form.
use crate::problem::Failure;
use axum::{
    Json,
    extract::{FromRequest, FromRequestParts, Path, Request, rejection::JsonRejection},
    http::{StatusCode, request::Parts},
};
use lantu_model::Problem;
use serde::de::DeserializeOwned;

/// A JSON body. What does not fit is told as it was found: where, and what was expected.
pub struct Body<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = Failure;
    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        match Json::<T>::from_request(request, state).await {
            Ok(Json(value)) => Ok(Self(value)),
            Err(JsonRejection::JsonDataError(e)) => Err(Failure::bad(Problem::block("bad_json").with("found", inner(&e)))),
            Err(JsonRejection::JsonSyntaxError(e)) => Err(Failure::bad(Problem::block("bad_json").with("found", inner(&e)))),
            Err(e) => Err(Failure::of_status(e.status())),
        }
    }
}

fn inner(error: &dyn std::error::Error) -> String {
    error.source().map_or_else(|| error.to_string(), ToString::to_string)
}

/// The one id in a path. One that does not parse names nothing that exists.
pub struct Key<T>(pub T);

/// Both ids in a path, likewise.
pub struct Keys<A, B>(pub A, pub B);

impl<A: std::str::FromStr + Send, B: std::str::FromStr + Send, S: Send + Sync> FromRequestParts<S> for Keys<A, B> {
    type Rejection = Failure;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let Path((a, b)) = Path::<(String, String)>::from_request_parts(parts, state).await.map_err(|_| Failure::not_found())?;
        let (Ok(a), Ok(b)) = (a.parse(), b.parse()) else { return Err(Failure::not_found()) };
        Ok(Self(a, b))
    }
}

impl<T: std::str::FromStr + Send, S: Send + Sync> FromRequestParts<S> for Key<T> {
    type Rejection = Failure;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let Path(text) = Path::<String>::from_request_parts(parts, state).await.map_err(|_| Failure::not_found())?;
        text.parse().map(Self).map_err(|_| Failure::new(StatusCode::NOT_FOUND, "not_found"))
    }
}
