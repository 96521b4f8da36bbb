//! `/api/` and `/api/openapi.json`: the API, described to people and to programs.

use super::api::{Description, PAGE_POLICY};
use super::page::page;
use super::table;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use std::sync::LazyLock;

/// Made once: it says nothing of a workspace.
static DESCRIPTION: LazyLock<Description> = LazyLock::new(|| Description::of(&table::endpoints()));

/// `GET /api/openapi.json`. Any page may read it.
pub async fn document() -> Response {
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CACHE_CONTROL, "no-cache"),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    ];
    (headers, DESCRIPTION.json.as_str()).into_response()
}

/// `GET /api/`.
pub async fn show() -> Response {
    page(StatusCode::OK, DESCRIPTION.page.as_str(), PAGE_POLICY)
}

/// `GET /api`.
pub async fn lead_there() -> Redirect {
    Redirect::permanent("/api/")
}
