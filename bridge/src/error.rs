//! What an HTTP caller is told when something could not be done: one envelope,
//! `{"error":{"code":"snake_case","message":"…","where":"…"}}`. Codes are stable, and each has one status.

use crate::store::StoreError;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use schemars::JsonSchema;
use serde::Serialize;

/// An answer that is a refusal or a failure.
#[derive(Debug)]
pub struct ApiError {
    status: StatusCode,
    code: Code,
    message: String,
    place: Option<String>,
    retry_after_seconds: Option<u64>,
    faults: Vec<Flaw>,
}

/// What handlers return.
pub type ApiResult<T> = Result<T, ApiError>;

/// The envelope of every answer that is a refusal or a failure.
#[derive(Serialize, JsonSchema)]
pub struct ErrorBody {
    /// What is wrong.
    pub error: Problem,
}

/// Why something was not done.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Error")]
pub struct Problem {
    /// For programs.
    pub code: &'static str,
    /// For people: what is wrong, and what would be right.
    pub message: String,
    /// Where in the request, such as `body.scopes[1]` or `query.limit`.
    #[serde(rename = "where", skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// With the code `faults`: everything that is wrong in the setup.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub faults: Vec<Flaw>,
}

/// One thing that is wrong in a setup.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "Fault")]
pub struct Flaw {
    /// Where in the setup, as a path of keys such as `queues.front-desk.plan[1].pool`.
    pub place: String,
    /// Where in the request, such as `body.team`, when it stands there.
    #[serde(rename = "where", skip_serializing_if = "Option::is_none")]
    pub asked: Option<String>,
    /// What is wrong and what would be right.
    pub message: String,
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $status:literal $code:literal;)+) => {
        /// Why something was not done, for programs.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code {
            $($(#[doc = $doc])+ $name,)+
        }

        impl Code {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// As it is told.
            pub fn name(self) -> &'static str {
                match self { $(Self::$name => $code),+ }
            }

            /// The status it comes with.
            pub fn status(self) -> u16 {
                match self { $(Self::$name => $status),+ }
            }

            /// What it means.
            pub fn meaning(self) -> &'static str {
                match self { $(Self::$name => concat!($($doc),+)),+ }
            }
        }
    };
}

codes! {
    /// the request cannot be understood; nothing of it was done
    Malformed = 400 "malformed";
    /// nobody is signed in, and no key was sent
    NotSignedIn = 401 "not_signed_in";
    /// this email and this password do not belong together
    WrongSignIn = 401 "wrong_sign_in";
    /// the key was never made, was revoked, or has ended
    UnknownKey = 401 "unknown_key";
    /// whoever calls may not do this
    NotAllowed = 403 "not_allowed";
    /// the key does not have the scope this takes
    MissingScope = 403 "missing_scope";
    /// a browser calls for another site's page
    ForeignOrigin = 403 "foreign_origin";
    /// there is no such thing, or none that the caller may see
    NotFound = 404 "not_found";
    /// the address does not take this method
    WrongMethod = 405 "wrong_method";
    /// what is asked for does not fit the conversation's state
    WrongState = 409 "wrong_state";
    /// another was faster, or the offer is over
    NoLongerAvailable = 409 "no_longer_available";
    /// the conversation is closed
    Closed = 409 "closed";
    /// whoever it is for is not online
    NotOnline = 409 "not_online";
    /// it is there already
    AlreadyThere = 409 "already_there";
    /// whoever it is for has no room for it
    NoRoom = 409 "no_room";
    /// somebody else changed it meanwhile: read it again
    Outdated = 412 "outdated";
    /// it takes a reason of the configured list
    ReasonRequired = 422 "reason_required";
    /// it takes a note
    NoteRequired = 422 "note_required";
    /// it names somebody or something that nobody has configured
    UnknownName = 422 "unknown_name";
    /// the setup would not fit together; the answer says where and why
    Faults = 422 "faults";
    /// there are as many of these as there can be
    TooManyThings = 409 "limit_reached";
    /// the first request of this name is still being answered
    InProgress = 409 "in_progress";
    /// the first request of this name was broken off, and what became of it is not known
    OutcomeUnknown = 409 "outcome_unknown";
    /// the first request of this name was carried out, and its answer held a secret, which is not kept
    AnswerNotKept = 409 "answer_not_kept";
    /// the body is larger than it may be
    TooLarge = 413 "too_large";
    /// the file has mistakes, which the answer lists
    Mistakes = 422 "mistakes";
    /// another request had this name before
    NameReused = 422 "name_reused";
    /// the address speaks WebSocket
    UpgradeRequired = 426 "upgrade_required";
    /// asked too often: `Retry-After` says for how many seconds to wait
    TooManyAttempts = 429 "too_many_attempts";
    /// something went wrong in the bridge, which has logged it
    Internal = 500 "internal";
    /// it would work at another time: `Retry-After` says in how many seconds
    TryAgain = 503 "try_again";
}

impl ApiError {
    /// A refusal by its code.
    pub fn of(code: Code, message: impl Into<String>) -> Self {
        let status = StatusCode::from_u16(code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Self {
            status,
            code,
            message: message.into(),
            place: None,
            retry_after_seconds: None,
            faults: Vec::new(),
        }
    }

    /// Its code.
    pub fn code(&self) -> Code {
        self.code
    }

    /// Says where in the request it is.
    pub fn at(self, place: impl Into<String>) -> Self {
        Self { place: Some(place.into()), ..self }
    }

    /// Lists everything that is wrong in a setup.
    pub fn with_faults(self, faults: Vec<Flaw>) -> Self {
        Self { faults, ..self }
    }

    /// 400: the request cannot be understood.
    pub fn malformed(message: impl Into<String>) -> Self {
        Self::of(Code::Malformed, message)
    }

    /// A request that no handler could be asked about.
    pub fn unreadable(status: StatusCode) -> Self {
        match status {
            StatusCode::PAYLOAD_TOO_LARGE => Self::too_large("the body is larger than this address takes"),
            StatusCode::UPGRADE_REQUIRED => Self::of(Code::UpgradeRequired, "this address speaks WebSocket"),
            _ => {
                let message = "the request cannot be read: see /api/ for what this address takes";
                Self { status, ..Self::malformed(message) }
            }
        }
    }

    /// 401: nobody is signed in.
    pub fn not_signed_in() -> Self {
        Self::of(
            Code::NotSignedIn,
            "sign in first: POST /api/v1/session, or send a key: Authorization: Bearer pk_…",
        )
    }

    /// 401: the sign-in is wrong. Says the same whichever half of it is.
    pub fn wrong_sign_in() -> Self {
        Self::of(Code::WrongSignIn, "this email and this password do not belong together")
    }

    /// 403: signed in, and still not allowed.
    pub fn not_allowed(message: impl Into<String>) -> Self {
        Self::of(Code::NotAllowed, message)
    }

    /// 403: the call comes from another site's page.
    pub fn foreign_origin() -> Self {
        Self::of(Code::ForeignOrigin, "this may only be called from the bridge's own pages")
    }

    /// 404: no such thing.
    pub fn not_found(message: impl Into<String>) -> Self {
        Self::of(Code::NotFound, message)
    }

    /// 405: the address is right and the method is not.
    pub fn wrong_method() -> Self {
        Self::of(Code::WrongMethod, "this address does not take that method")
    }

    /// 413: the body is larger than it may be.
    pub fn too_large(message: impl Into<String>) -> Self {
        Self::of(Code::TooLarge, message)
    }

    /// 429: asked too often. `what` says of what there was too much.
    pub fn too_many(what: &str, wait_seconds: u64) -> Self {
        let message = format!("too many {what}: try again in {wait_seconds} seconds");
        Self { retry_after_seconds: Some(wait_seconds), ..Self::of(Code::TooManyAttempts, message) }
    }

    /// 503: it would work at another time.
    pub fn try_again(message: impl Into<String>) -> Self {
        Self { retry_after_seconds: Some(1), ..Self::of(Code::TryAgain, message) }
    }

    /// 500: our fault. The cause is logged here and told to nobody.
    pub fn internal(cause: impl std::fmt::Display) -> Self {
        tracing::error!("a request failed: {cause}");
        Self::of(Code::Internal, "something went wrong here; it has been logged")
    }

    /// What is told.
    pub fn body(&self) -> ErrorBody {
        let (code, message) = (self.code.name(), self.message.clone());
        ErrorBody { error: Problem { code, message, place: self.place.clone(), faults: self.faults.clone() } }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let mut response = (self.status, axum::Json(self.body())).into_response();
        if let Some(seconds) = self.retry_after_seconds {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        if let StoreError::Database(_) | StoreError::File(_) = error {
            tracing::error!("a request failed: {error}");
            return Self::try_again("the database cannot be reached at the moment");
        }
        Self::internal(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_documentation_names_every_code_beside_its_status() {
        let text = include_str!("../../docs/api.md");
        for code in Code::ALL {
            let row = format!("| {} |", code.status());
            let line = text.lines().find(|line| line.starts_with(&row)).unwrap_or_default();
            assert!(line.contains(&format!("`{}`", code.name())), "{}: {line}", code.name());
        }
    }

    #[test]
    fn every_code_is_another_word_and_says_what_it_means() {
        let names: BTreeSet<&str> = Code::ALL.iter().map(|code| code.name()).collect();
        assert_eq!(names.len(), Code::ALL.len());
        for code in Code::ALL {
            assert!(code.meaning().trim().len() > 10 && (400..=599).contains(&code.status()), "{code:?}");
        }
    }
}
