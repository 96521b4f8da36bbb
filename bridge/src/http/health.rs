//! `GET /healthz`: for whoever watches over the process.

use crate::app::App;
use crate::error::{ApiError, ApiResult};
use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};
use std::sync::Arc;

/// 200 while messages can be saved.
pub async fn health(State(app): State<Arc<App>>) -> ApiResult<Json<Value>> {
    if *app.healthy.borrow() {
        Ok(Json(json!({ "status": "ok", "version": env!("CARGO_PKG_VERSION") })))
    } else {
        Err(ApiError::try_again("nothing can be saved at the moment; the log says why"))
    }
}
