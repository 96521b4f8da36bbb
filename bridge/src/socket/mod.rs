//! Sockets: a greeting, then frames both ways until either side ends it.

mod agent;
mod frames;
pub mod hub;
pub mod program;
mod reading;
mod visitor;
mod wire;

use crate::app::App;
use crate::door::Stranger;
use crate::error::{ApiError, ApiResult};
use crate::http::api::{Caller, key_in};
use crate::http::guard;
use crate::http::sessions::SignedIn;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{ConnectInfo, Extension, State};
use axum::http::HeaderMap;
use axum::response::Response;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use wire::Wire;

/// Bytes of a connection's read buffer. Frames are small, connections are many.
const READ_BUFFER_BYTES: usize = 2 * 1024;

/// Bytes a connection gathers before it writes. It flushes as soon as nothing waits to be sent.
const WRITE_BUFFER_BYTES: usize = 4 * 1024;

/// A message above `limits::FRAME_BYTES_MAX` and below this is refused by name and the connection goes on; above this
/// it is not even read and the connection closes with 1009.
const READ_BYTES_MAX: usize = 2 * protocol::limits::FRAME_BYTES_MAX;

/// A connection that has not said a good hello by then is closed.
const HELLO_SECONDS_MAX: u64 = 10;

/// Frames sent with one write when several wait.
const FRAMES_AT_ONCE_MAX: usize = 32;

/// `GET /api/visitor/socket`. No cookie and no origin counts here: a visitor is who knows the secret in `hello`.
pub async fn visitor(
    State(app): State<Arc<App>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    stranger: Option<Extension<Arc<Stranger>>>,
    upgrade: WebSocketUpgrade,
) -> ApiResult<Response> {
    let address = app.guests.address(peer.ip(), &headers);
    let entered = app.guests.enter(address);
    let entered =
        entered.map_err(|wait| ApiError::too_many("open chats, here or from your address", wait))?;
    let alive = app.alive.clone();
    Ok(bounded(upgrade).on_upgrade(async move |socket| {
        let stranger = stranger.map(|Extension(stranger)| stranger);
        visitor::serve(&app, Wire::new(socket), &entered, stranger).await;
        drop(alive);
    }))
}

/// `GET /api/agent/socket`. The browser sends the cookie along whatever page asks, so the page must be the bridge's own.
pub async fn agent(
    State(app): State<Arc<App>>,
    signed_in: SignedIn,
    headers: HeaderMap,
    stranger: Option<Extension<Arc<Stranger>>>,
    upgrade: WebSocketUpgrade,
) -> ApiResult<Response> {
    if !guard::is_own_page(&headers) {
        return Err(ApiError::foreign_origin());
    }
    let alive = app.alive.clone();
    Ok(bounded(upgrade).on_upgrade(async move |socket| {
        agent::serve(&app, Wire::new(socket), signed_in, stranger.map(|Extension(stranger)| stranger)).await;
        drop(alive);
    }))
}

/// `GET /api/v1/program/socket`. Browsers cannot send the key along with a foreign page's wish: no page has it.
pub async fn program(
    State(app): State<Arc<App>>,
    caller: Caller,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> ApiResult<Response> {
    let (Caller::Program(program), Some(key)) = (caller, key_in(&headers)?) else {
        return Err(ApiError::not_allowed("this takes a key: Authorization: Bearer pk_…"));
    };
    let alive = app.alive.clone();
    Ok(bounded(upgrade).on_upgrade(async move |socket| {
        program::serve(&app, Wire::new(socket), key, program).await;
        drop(alive);
    }))
}

fn bounded(upgrade: WebSocketUpgrade) -> WebSocketUpgrade {
    upgrade
        .read_buffer_size(READ_BUFFER_BYTES)
        .write_buffer_size(WRITE_BUFFER_BYTES)
        .max_message_size(READ_BYTES_MAX)
        .max_frame_size(READ_BYTES_MAX)
}

fn hello_deadline() -> tokio::time::Instant {
    tokio::time::Instant::now() + Duration::from_secs(HELLO_SECONDS_MAX)
}

/// Resolves when a socket that has not been greeted has to make room; never for one whose connection was known before.
async fn has_to_go(stranger: Option<&Arc<Stranger>>) {
    match stranger {
        Some(stranger) => stranger.shown_out().notified().await,
        None => std::future::pending().await,
    }
}
