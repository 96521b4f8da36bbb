//! Every address, on one page. `docs/api.md` describes them to their callers.

pub mod assets;
pub mod backoff;
mod encoding;
pub mod guard;
mod health;
mod pages;
pub mod sessions;
mod sites;

use crate::app::App;
use crate::error::ApiError;
use crate::socket;
use axum::Router;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, put};
use std::sync::Arc;
use tower_http::compression::CompressionLayer;

/// The whole bridge, as a service.
pub fn routes(app: Arc<App>) -> Router {
    Router::new()
        .route("/", get(pages::front))
        .route("/demo/{*file}", get(pages::demo_file).layer(CompressionLayer::new()))
        .route("/console", get(pages::console))
        .route("/preview", get(pages::preview))
        .route("/frame/{site}", get(pages::frame))
        .route("/passerelle.js", get(assets::loader))
        .route("/assets/{name}", get(assets::asset))
        .route("/healthz", get(health::health))
        .route("/api/sites/{site}", get(sites::card))
        .route("/api/sites/{site}/assistant", put(sites::publish).layer(sites::body_limit()))
        .route("/api/sites/{site}/assistant/{hash}", get(sites::definition).layer(CompressionLayer::new()))
        .route(
            "/api/session",
            get(sessions::current)
                .post(sessions::sign_in)
                .delete(sessions::sign_out)
                .layer(sessions::body_limit()),
        )
        .route("/api/visitor/socket", any(socket::visitor))
        .route("/api/agent/socket", any(socket::agent))
        .fallback(async || ApiError::not_found("there is nothing at this address"))
        .method_not_allowed_fallback(async || ApiError::wrong_method())
        .layer(axum::middleware::map_response(in_one_envelope))
        .layer(axum::middleware::map_response(with_common_headers))
        .with_state(app)
}

/// The one envelope for what the framework refuses before a handler is asked: a body too large, an address that is not
/// text, a socket's address called without an upgrade.
async fn in_one_envelope(response: Response) -> Response {
    let status = response.status();
    let is_plain = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/plain"));
    if is_plain && status.is_client_error() { ApiError::unreadable(status).into_response() } else { response }
}

/// What holds for every answer: nothing is guessed from content, and no address leaks to other sites.
async fn with_common_headers(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}
