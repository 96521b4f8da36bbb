//! Every address that is a page or a file; those of the API are in `table`.

mod acts;
pub mod api;
pub mod assets;
pub mod assistants;
mod audit;
pub mod backoff;
pub mod calls;
mod contacts;
mod conversations;
mod desk;
mod encoding;
mod frames;
pub mod gate;
pub mod guard;
mod health;
mod keys;
mod live;
pub mod page;
mod pages;
mod reference;
mod runs;
pub mod sessions;
mod setup;
mod share;
mod sites;
mod staff;
pub mod table;
mod webhooks;
pub mod workbench;
mod workflows;

use crate::app::App;
use crate::error::ApiError;
use axum::Router;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
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
        .route("/shared/{token}", get(share::show))
        .route("/page.css", get(page::style))
        .route("/passerelle.js", get(assets::loader))
        .route("/assets/{name}", get(assets::asset))
        .route("/healthz", get(health::health))
        .route("/api", get(reference::lead_there))
        .route("/page/api.css", get(api::style))
        .route("/page/api.js", get(api::script))
        .merge(api::routes(table::endpoints(), &app))
        .fallback(async || ApiError::not_found("there is nothing at this address"))
        .method_not_allowed_fallback(async || ApiError::wrong_method())
        .layer(axum::middleware::map_response(in_one_envelope))
        .layer(axum::middleware::map_response(with_common_headers))
        .with_state(app)
}

/// The one envelope for what the framework refuses before a handler is asked: a body too large, an address that is not
/// text, a socket's address called without an upgrade.
pub async fn in_one_envelope(response: Response) -> Response {
    let status = response.status();
    let is_plain = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/plain"));
    if is_plain && status.is_client_error() { ApiError::unreadable(status).into_response() } else { response }
}

/// What holds for every answer: nothing is guessed from content, and no address leaks to other sites.
pub async fn with_common_headers(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}
