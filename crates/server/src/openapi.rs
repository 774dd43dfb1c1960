//! The API's description, generated from the handlers and locked by a snapshot that the web's types are made from.
use crate::routes;
use utoipa::{
    OpenApi,
    openapi::{OpenApi as Description, RefOr, Response, content::ContentBuilder, response::ResponseBuilder},
};
use utoipa_axum::router::OpenApiRouter;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Lantu",
        description = "The portfolio of major projects. Money is in hundredths of the currency unit, land in square metres.",
        license(name = "Apache-2.0 OR MIT")
    ),
    components(schemas(crate::problem::Trouble, crate::live::FeedEvent))
)]
struct Base;

/// The routes with their description.
pub fn described() -> OpenApiRouter<crate::state::House> {
    OpenApiRouter::with_openapi(Base::openapi()).nest("/api/v1", routes::all())
}

/// What the API is: every operation, every shape, and the one form of its errors.
pub fn openapi() -> Description {
    let mut api = described().into_openapi();
    for item in api.paths.paths.values_mut() {
        let operations = [&mut item.get, &mut item.post, &mut item.put, &mut item.patch, &mut item.delete];
        for operation in operations.into_iter().flatten() {
            operation.responses.responses.entry("default".into()).or_insert_with(problem);
        }
    }
    api
}

fn problem() -> RefOr<Response> {
    let content = ContentBuilder::new().schema(Some(utoipa::openapi::Ref::from_schema_name("Trouble"))).build();
    ResponseBuilder::new().description("A problem (RFC 9457)").content("application/problem+json", content).build().into()
}

/// The same as text, one stable form.
pub fn openapi_text() -> String {
    // A description made of strings and maps always serializes.
    openapi().to_pretty_json().unwrap_or_default()
}
