//! Who may call an endpoint. The table of endpoints says it, this enforces it before a handler is asked, and the description
//! tells it: there is no other place where the three could differ.

use super::caller::Caller;
use crate::app::App;
use crate::error::{ApiError, Code};
use crate::http::guard::OwnPage;
use crate::keys::Scope;
use axum::extract::{FromRequestParts, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use protocol::AgentRole;
use std::sync::Arc;

/// See the module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Whoever knows the address.
    Anyone,
    /// The bridge's own pages, and programs.
    OwnPages,
    /// The visitor who knows the secret that the first frame holds.
    Visitor,
    /// Agents who are signed in, and programs with a key of whatever scope.
    AnyCaller,
    /// Programs with a key of this scope, and no agents.
    Programs(Scope),
    /// Agents who are signed in, of this role or above; programs with a key of this scope.
    Callers(AgentRole, Option<Scope>),
}

impl Access {
    /// Every agent, and keys of a scope.
    pub const fn agents(scope: Scope) -> Self {
        Self::Callers(AgentRole::Agent, Some(scope))
    }

    /// Supervisors and admins, and keys of a scope.
    pub const fn supervisors(scope: Scope) -> Self {
        Self::Callers(AgentRole::Supervisor, Some(scope))
    }

    /// Admins, and keys of a scope.
    pub const fn admins(scope: Scope) -> Self {
        Self::Callers(AgentRole::Admin, Some(scope))
    }

    /// Every agent, and no key.
    pub const SIGNED_IN: Self = Self::Callers(AgentRole::Agent, None);

    /// Admins, and no key.
    pub const ADMINS_ONLY: Self = Self::Callers(AgentRole::Admin, None);

    /// In words.
    pub fn words(self) -> String {
        match self {
            Self::Anyone => "anyone".to_owned(),
            Self::OwnPages => "the bridge's own pages, and programs".to_owned(),
            Self::Visitor => "the visitor whose secret the first frame holds".to_owned(),
            Self::AnyCaller => "agents who are signed in; any key".to_owned(),
            Self::Programs(scope) => format!("keys with `{scope}`; nobody by a sign-in"),
            Self::Callers(role, scope) => {
                let agents = match role {
                    AgentRole::Agent => "agents who are signed in",
                    AgentRole::Supervisor => "supervisors and admins who are signed in",
                    AgentRole::Admin => "admins who are signed in",
                };
                match scope {
                    None => format!("{agents}; no key"),
                    Some(scope) => format!("{agents}; keys with `{scope}`"),
                }
            }
        }
    }

    /// Refusals that follow from it. `changes` is whether the endpoint changes something.
    pub fn refusals(self, changes: bool) -> Vec<Code> {
        let mut codes = match self {
            Self::Anyone | Self::Visitor => Vec::new(),
            Self::OwnPages => vec![Code::ForeignOrigin],
            Self::AnyCaller => vec![Code::NotSignedIn, Code::UnknownKey, Code::TooManyAttempts],
            Self::Programs(_) => vec![
                Code::NotSignedIn,
                Code::UnknownKey,
                Code::MissingScope,
                Code::NotAllowed,
                Code::TooManyAttempts,
            ],
            Self::Callers(_, None) => vec![Code::NotSignedIn, Code::UnknownKey, Code::NotAllowed],
            Self::Callers(_, Some(_)) => vec![Code::NotSignedIn, Code::UnknownKey, Code::MissingScope],
        };
        if let Self::Callers(role, _) = self {
            codes.push(Code::TooManyAttempts);
            codes.extend((role > AgentRole::Agent).then_some(Code::NotAllowed));
            codes.extend(changes.then_some(Code::ForeignOrigin));
        }
        codes
    }
}

/// Lets through whom the endpoint is for, and remembers who it is for the handler.
pub async fn enforce(
    State((app, access)): State<(Arc<App>, Access)>,
    request: Request,
    next: Next,
) -> Response {
    let (mut parts, body) = request.into_parts();
    let admitted: Result<(), ApiError> = match access {
        Access::AnyCaller => Caller::identify(&mut parts, &app).await.map(|caller| {
            parts.extensions.insert(caller);
        }),
        Access::Anyone | Access::Visitor => Ok(()),
        Access::OwnPages => OwnPage::from_request_parts(&mut parts, &app).await.map(|OwnPage| ()),
        Access::Programs(scope) => match Caller::identify(&mut parts, &app).await {
            Ok(caller) => caller.require_key(scope).map(|()| {
                parts.extensions.insert(caller);
            }),
            Err(error) => Err(error),
        },
        Access::Callers(role, scope) => match Caller::identify(&mut parts, &app).await {
            Ok(caller) => caller.require(role, scope).map(|()| {
                parts.extensions.insert(caller);
            }),
            Err(error) => Err(error),
        },
    };
    match admitted {
        Ok(()) => next.run(Request::from_parts(parts, body)).await,
        Err(error) => error.into_response(),
    }
}
