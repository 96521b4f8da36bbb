//! What an HTTP caller is told when something could not be done: one envelope,
//! `{"error":{"code":"snake_case","message":"…"}}`.

use crate::store::StoreError;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// An answer that is a refusal or a failure.
#[derive(Debug)]
pub struct ApiError {
    status: StatusCode,
    code: &'static str,
    message: String,
    retry_after_seconds: Option<u64>,
}

/// What handlers return.
pub type ApiResult<T> = Result<T, ApiError>;

impl ApiError {
    /// 400: the request cannot be understood.
    pub fn malformed(message: impl Into<String>) -> Self {
        Self::of(StatusCode::BAD_REQUEST, "malformed", message)
    }

    /// A request that no handler could be asked about.
    pub fn unreadable(status: StatusCode) -> Self {
        match status {
            StatusCode::PAYLOAD_TOO_LARGE => Self::too_large("the body is larger than this address takes"),
            StatusCode::UPGRADE_REQUIRED => {
                Self::of(status, "upgrade_required", "this address speaks WebSocket")
            }
            _ => Self::of(
                status,
                "malformed",
                "the request cannot be read: see docs/api.md for what this address takes",
            ),
        }
    }

    /// 401: nobody is signed in.
    pub fn not_signed_in() -> Self {
        Self::of(StatusCode::UNAUTHORIZED, "not_signed_in", "sign in first: POST /api/session")
    }

    /// 401: the sign-in is wrong. Says the same whichever half of it is.
    pub fn wrong_sign_in() -> Self {
        Self::of(
            StatusCode::UNAUTHORIZED,
            "wrong_sign_in",
            "this email and this password do not belong together",
        )
    }

    /// 403: signed in, and still not allowed.
    pub fn not_allowed(message: impl Into<String>) -> Self {
        Self::of(StatusCode::FORBIDDEN, "not_allowed", message)
    }

    /// 403: the call comes from another site's page.
    pub fn foreign_origin() -> Self {
        Self::of(
            StatusCode::FORBIDDEN,
            "foreign_origin",
            "this may only be called from the bridge's own pages",
        )
    }

    /// 404: no such thing.
    pub fn not_found(message: impl Into<String>) -> Self {
        Self::of(StatusCode::NOT_FOUND, "not_found", message)
    }

    /// 405: the address is right and the method is not.
    pub fn wrong_method() -> Self {
        Self::of(StatusCode::METHOD_NOT_ALLOWED, "wrong_method", "this address does not take that method")
    }

    /// 413: the body is larger than it may be.
    pub fn too_large(message: impl Into<String>) -> Self {
        Self::of(StatusCode::PAYLOAD_TOO_LARGE, "too_large", message)
    }

    /// 429: asked too often. `what` says of what there was too much.
    pub fn too_many(what: &str, wait_seconds: u64) -> Self {
        let message = format!("too many {what}: try again in {wait_seconds} seconds");
        Self {
            retry_after_seconds: Some(wait_seconds),
            ..Self::of(StatusCode::TOO_MANY_REQUESTS, "too_many_attempts", message)
        }
    }

    /// 503: it would work at another time.
    pub fn try_again(message: impl Into<String>) -> Self {
        Self {
            retry_after_seconds: Some(1),
            ..Self::of(StatusCode::SERVICE_UNAVAILABLE, "try_again", message)
        }
    }

    /// 500: our fault. The cause is logged here and told to nobody.
    pub fn internal(cause: impl std::fmt::Display) -> Self {
        tracing::error!("a request failed: {cause}");
        Self::of(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal",
            "something went wrong here; it has been logged",
        )
    }

    fn of(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into(), retry_after_seconds: None }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let body = json!({ "error": { "code": self.code, "message": self.message } });
        let mut response = (self.status, axum::Json(body)).into_response();
        if let Some(seconds) = self.retry_after_seconds {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        if let StoreError::Database(_) = error {
            tracing::error!("a request failed: {error}");
            return Self::try_again("the database cannot be reached at the moment");
        }
        Self::internal(error)
    }
}
