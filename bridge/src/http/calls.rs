//! `POST /api/v1/sites/{site}/call`: a visitor's widget has its assistant's extension called.

use super::assistants::{read_json, refused};
use super::sites::find;
use crate::app::App;
use crate::assistants::build::Operations;
use crate::error::{ApiError, ApiResult};
use crate::extensions::{Busy, Extensions, Outcome};
use authoring::document::OperationDoc;
use axum::Json;
use axum::body::Bytes;
use axum::extract::{ConnectInfo, Path, State};
use axum::http::HeaderMap;
use protocol::SiteId;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value};
use std::net::SocketAddr;
use std::sync::Arc;

/// An operation's parameters fit; collected answers are short.
pub const BODY_BYTES_MAX: usize = 32 * 1024;

/// What a widget asks for.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Call {
    /// The last part of the address the widget has its assistant from: a hash, or a preview's name.
    pub assistant: String,
    /// Which extension.
    pub extension: String,
    /// Which of its operations.
    pub operation: String,
    /// Its parameters.
    #[serde(default)]
    pub with: Map<String, Value>,
}

/// See the module. What goes wrong between here and the extension is an outcome, not an error of this call.
pub async fn call(
    State(app): State<Arc<App>>,
    Path(site): Path<String>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    body: Bytes,
) -> ApiResult<Json<Outcome>> {
    let (site, _) = find(&app, &site)?;
    let caller = app.guests.address(peer.ip(), &headers).unwrap_or(peer.ip());
    app.call_gate
        .pass(caller, app.clock.now())
        .map_err(|wait| ApiError::too_many("calls of extensions", wait))?;
    let call = read(&body)?;
    let operations = operations(&app, site, &call.assistant).await?;
    make(&app.extensions, &operations, &call).await
}

/// Reads what a widget asks for.
pub fn read(body: &[u8]) -> ApiResult<Call> {
    read_json(body, "{\"assistant\":…,\"extension\":…,\"operation\":…,\"with\":{…}}")
}

/// Has an extension called, if the assistant declares this operation.
pub async fn make(extensions: &Extensions, operations: &Operations, call: &Call) -> ApiResult<Json<Outcome>> {
    let operation = declared(operations, call)?;
    let outcome = extensions.call(&call.extension, operation, &call.with).await;
    match outcome.map_err(|unfit| ApiError::malformed(unfit.to_string()))? {
        Ok(outcome) => Ok(Json(outcome)),
        Err(Busy) => Err(ApiError::try_again("too many extensions are being called at the moment")),
    }
}

/// The operation that is asked for, as the assistant declares it.
pub fn declared<'a>(operations: &'a Operations, call: &Call) -> ApiResult<&'a OperationDoc> {
    let operation = operations.get(&call.extension).and_then(|known| known.operations.get(&call.operation));
    operation.ok_or_else(|| ApiError::not_found("this assistant has no such operation"))
}

async fn operations(app: &App, site: &SiteId, assistant: &str) -> ApiResult<Arc<Operations>> {
    let preview = app.previews.get(assistant, app.clock.now());
    if let Some(preview) = preview.filter(|preview| preview.site.as_ref() == Some(site)) {
        return Ok(preview.operations);
    }
    let known = app.assistants.operations(site, assistant).await.map_err(refused)?;
    known.ok_or_else(|| ApiError::not_found("this site has no such assistant"))
}
