//! All of it together: routes, doors, limits, the web, and serving until told to stop.
use crate::{Edge, Options, assets, door, live::Hub, openapi, refresh, routes::attachment::AsItIs, state::House};
use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::{Extensions, HeaderMap, StatusCode, Version, header},
    middleware,
    routing::get,
};
use lantu_app::Desk;
use std::{future::Future, io, sync::Arc, time::Duration};
use tokio::net::TcpListener;
use tower_http::{
    compression::{
        CompressionLayer,
        predicate::{DefaultPredicate, Predicate},
    },
    timeout::TimeoutLayer,
};

/// JSON bodies; uploads have a limit of their own.
const BODY_LIMIT: usize = 4 << 20;
/// How long requests in progress may take to end when the server stops.
const GRACE: Duration = Duration::from_secs(10);

/// The service and the switch that ends its live streams.
pub struct Server {
    house: House,
}

impl Server {
    pub fn new(desk: Desk, edge: Edge, options: Options) -> Self {
        Self { house: House { desk, edge, hub: Arc::new(Hub::default()), options } }
    }

    pub fn router(&self) -> Router {
        let house = &self.house;
        let api = openapi::described().split_for_parts().0;
        api.route("/api/v1/openapi.json", get(description))
            .route("/healthz", get(|| async { "ok\n" }))
            .fallback(assets::serve)
            .layer(DefaultBodyLimit::max(BODY_LIMIT))
            .layer(middleware::from_fn_with_state(house.clone(), door::feed::tell))
            .layer(middleware::from_fn(door::origin::check))
            .layer(TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, house.options.request_timeout))
            .layer(middleware::from_fn_with_state(house.clone(), door::frame::around))
            .layer(CompressionLayer::new().compress_when(worth_packing()))
            .with_state(house.clone())
    }

    /// Ends every live stream.
    pub fn close_streams(&self) {
        self.house.hub.close();
    }
}

/// What the library would pack, but for what must arrive as it is.
fn worth_packing() -> impl Predicate {
    let as_it_is = |_: StatusCode, _: Version, _: &HeaderMap, extensions: &Extensions| extensions.get::<AsItIs>().is_none();
    DefaultPredicate::new().and(as_it_is)
}

async fn description() -> ([(header::HeaderName, &'static str); 1], String) {
    ([(header::CONTENT_TYPE, "application/json")], openapi::openapi_text())
}

/// Serves until `stop` is ready, then lets requests in progress end.
pub async fn serve(server: Server, listener: TcpListener, stop: impl Future<Output = ()> + Send + 'static) -> io::Result<()> {
    let (told, mut stopping) = tokio::sync::watch::channel(false);
    let router = server.router();
    tokio::spawn(refresh::keep_forecasts(server.house.clone()));
    let shutdown = async move {
        stop.await;
        server.close_streams();
        told.send_replace(true);
    };
    let serving = axum::serve(listener, router).with_graceful_shutdown(shutdown);
    tokio::select! {
        done = serving => done,
        () = async { let _ = stopping.wait_for(|s| *s).await; tokio::time::sleep(GRACE).await } => Ok(()),
    }
}
