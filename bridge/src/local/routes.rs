//! The addresses of a local preview: those of the bridge that its page and its chat need, and `/api/local`.

use super::asked::ByHand;
use super::{Local, SITE, State as FileState};
use crate::assistants::build;
use crate::error::{ApiError, ApiResult};
use crate::extensions::Outcome;
use crate::http::assistants::{FileQuery, body_limit, broken, file, read_json};
use crate::http::calls;
use crate::http::guard::OwnPage;
use crate::http::page::{CHAT, CONSOLE, front_end, message, style};
use crate::http::sessions::cookie_named;
use crate::http::workbench::{Checked, checked, operations, previewed, sent};
use crate::http::{in_one_envelope, with_common_headers};
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{DefaultBodyLimit, Path, Query, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state, map_response};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use futures_util::stream::{Stream, select, unfold};
use protocol::limits::CALL_ANSWER_BYTES_MAX;
use protocol::{SiteCard, SiteId, SiteLook};
use serde_json::{Value, json};
use std::convert::Infallible;
use std::sync::Arc;
use tokio::sync::watch::Receiver;
use tower_http::compression::CompressionLayer;

/// Everything; all but the way in needs the cookie.
pub fn routes(local: Arc<Local>) -> Router {
    Router::new()
        .route("/", get(preview))
        .route("/preview", get(preview))
        .route("/frame/{site}", get(frame))
        .route("/assets/{name}", get(asset))
        .route("/api/local", get(now))
        .route("/api/sites/{site}", get(card))
        .route("/api/sites/{site}/assistant/{id}", get(bytes).layer(CompressionLayer::new()))
        .route("/api/sites/{site}/call", post(call).layer(DefaultBodyLimit::max(calls::BODY_BYTES_MAX)))
        .route("/api/check", post(check).layer(body_limit()))
        .route("/api/preview", post(keep).layer(body_limit()))
        .route("/api/preview/{id}", get(preview_bytes).layer(CompressionLayer::new()))
        .route("/api/local/answer", post(answer).layer(answer_limit()))
        .route("/api/local/events", get(events))
        .route_layer(from_fn_with_state(Arc::clone(&local), only_the_author))
        .route("/begin/{token}", get(begin))
        .route("/page.css", get(style))
        .fallback(async || ApiError::not_found("a local preview has nothing at this address"))
        .method_not_allowed_fallback(async || ApiError::wrong_method())
        .layer(from_fn_with_state(Arc::clone(&local), by_its_own_name))
        .layer(map_response(in_one_envelope))
        .layer(map_response(with_common_headers))
        .with_state(local)
}

/// `GET /begin/{token}`: the printed address. Gives the cookie, and leaves the token out of what the browser shows next.
async fn begin(State(local): State<Arc<Local>>, Path(token): Path<String>) -> Response {
    if crate::secret::sha256(token.as_bytes()) != local.token.digest() {
        return stranger();
    }
    let cookie = format!("{}={token}; HttpOnly; SameSite=Strict; Path=/", cookie_name(&local));
    (StatusCode::SEE_OTHER, [(header::SET_COOKIE, cookie), (header::LOCATION, "/preview".to_owned())])
        .into_response()
}

async fn preview(State(local): State<Arc<Local>>) -> Response {
    front_end(local.assets.console_page(SITE), CONSOLE)
}

async fn frame(State(local): State<Arc<Local>>) -> Response {
    front_end(local.assets.widget_page(SITE, true, ""), &format!("{CHAT}'self'"))
}

async fn asset(
    State(local): State<Arc<Local>>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> ApiResult<Response> {
    local.assets.file(&name, &headers)
}

/// `GET /api/local`: that this is a local preview, of which file, and where that stands.
async fn now(State(local): State<Arc<Local>>) -> Json<Value> {
    let mut told = told(&local.state.borrow());
    told["file"] = json!(local.file.display().to_string());
    told["name"] = json!(local.name);
    told["site"] = json!(SITE);
    told["calls"] = json!(local.extensions.is_some());
    Json(told)
}

/// `GET /api/local/events`: the same at once, and after each save; as events named `call`, the call that waits for the author.
async fn events(State(local): State<Arc<Local>>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let files = each(local.state.clone(), |state| Event::default().data(told(state).to_string()));
    let calls =
        each(local.asked.follow(), |call| Event::default().event("call").data(json!(call).to_string()));
    Sse::new(select(files, calls)).keep_alive(KeepAlive::default())
}

/// An event at once, and after each change.
fn each<T>(mut latest: Receiver<T>, event: fn(&T) -> Event) -> impl Stream<Item = Result<Event, Infallible>> {
    latest.mark_changed();
    unfold(latest, move |mut latest| async move {
        latest.changed().await.ok()?;
        let event = event(&latest.borrow_and_update());
        Some((Ok(event), latest))
    })
}

async fn card(State(local): State<Arc<Local>>, Path(site): Path<String>) -> ApiResult<Json<SiteCard>> {
    let site = SiteId::new(site).ok().filter(|site| site.as_str() == SITE);
    let site = site.ok_or_else(|| ApiError::not_found("a local preview is of the site `local`"))?;
    let look = SiteLook { accent: crate::config::ACCENT_DEFAULT.to_owned() };
    let state = local.state.borrow();
    let name = state.name.clone().unwrap_or_else(|| local.name.clone());
    Ok(Json(SiteCard { site, name, look, assistant: state.card() }))
}

/// `POST /api/sites/local/call`: as on a bridge. Without a workspace the author answers.
async fn call(State(local): State<Arc<Local>>, _: OwnPage, body: Bytes) -> ApiResult<Json<Outcome>> {
    let call = calls::read(&body)?;
    let preview = local.previews.get(&call.assistant, local.clock.now());
    let preview =
        preview.ok_or_else(|| ApiError::not_found("this preview has ended: save the file again"))?;
    match &local.extensions {
        Some(extensions) => calls::make(extensions, &preview.operations, &call).await,
        None => {
            calls::declared(&preview.operations, &call)?;
            Ok(Json(local.asked.ask(&call).await))
        }
    }
}

/// `POST /api/local/answer` `{status, body}`: what the author answers in the extension's place.
async fn answer(State(local): State<Arc<Local>>, _: OwnPage, body: Bytes) -> ApiResult<StatusCode> {
    let answer: ByHand = read_json(&body, "{\"status\":…,\"body\":…}")?;
    match local.asked.answer(answer) {
        true => Ok(StatusCode::NO_CONTENT),
        false => Err(ApiError::not_found("no call waits for an answer")),
    }
}

async fn bytes(
    State(local): State<Arc<Local>>,
    Path((_, id)): Path<(String, String)>,
) -> ApiResult<Response> {
    sent(local.previews.get(&id, local.clock.now()))
}

async fn preview_bytes(local: State<Arc<Local>>, Path(id): Path<String>) -> ApiResult<Response> {
    bytes(local, Path((String::new(), id))).await
}

async fn check(
    State(local): State<Arc<Local>>,
    Query(query): Query<FileQuery>,
    body: Result<Bytes, BytesRejection>,
) -> ApiResult<Json<Checked>> {
    let (name, source) = file(query, body)?;
    let reading = build::read(name, source, local.world.clone()).await.map_err(interrupted)?;
    Ok(Json(checked(&reading)))
}

async fn keep(
    State(local): State<Arc<Local>>,
    Query(query): Query<FileQuery>,
    body: Result<Bytes, BytesRejection>,
) -> ApiResult<Response> {
    let (name, source) = file(query, body)?;
    let reading = build::read(name, source, local.world.clone()).await.map_err(interrupted)?;
    let operations = operations(&reading);
    match reading.build() {
        Ok(built) => {
            let names = local.previews.add(built.builds, operations, None, local.clock.now());
            Ok(Json(previewed(&names, built.warnings)).into_response())
        }
        Err(mistakes) => Ok(broken(&mistakes)),
    }
}

/// Lets in whoever has the cookie.
async fn only_the_author(State(local): State<Arc<Local>>, request: Request, next: Next) -> Response {
    let shown = cookie_named(request.headers(), &cookie_name(&local));
    match shown {
        Some(shown) if shown.digest() == local.token.digest() => next.run(request).await,
        Some(_) | None if request.uri().path().starts_with("/api/") => {
            ApiError::not_signed_in().into_response()
        }
        Some(_) | None => stranger(),
    }
}

/// A page of another site that has its name lead to this machine would call by that name.
async fn by_its_own_name(State(local): State<Arc<Local>>, request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let own = [local.address.to_string(), format!("localhost:{}", local.address.port())];
    if own.iter().any(|own| own == host) {
        next.run(request).await
    } else {
        ApiError::not_allowed("a local preview is called by its own address").into_response()
    }
}

/// What an author writes can be as long as what an extension may answer.
fn answer_limit() -> DefaultBodyLimit {
    DefaultBodyLimit::max(CALL_ANSWER_BYTES_MAX)
}

fn stranger() -> Response {
    let remedy = "Open the address that passerelle printed when it started: it is another one at each start.";
    message(StatusCode::FORBIDDEN, "This preview is its author's", remedy)
}

/// Browsers share cookies between ports.
fn cookie_name(local: &Local) -> String {
    format!("passerelle_local_{}", local.address.port())
}

fn told(state: &FileState) -> Value {
    let mut told = json!(previewed(&state.languages, state.mistakes.clone()));
    told["sound"] = json!(state.sound);
    told["source"] = json!(state.source);
    told
}

fn interrupted(error: anyhow::Error) -> ApiError {
    ApiError::internal(format!("{error:#}"))
}
