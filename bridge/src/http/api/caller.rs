//! Who calls: an agent who is signed in, or a program with a key.

use crate::app::App;
use crate::error::{ApiError, ApiResult, Code};
use crate::http::guard::OwnPage;
use crate::http::sessions::SignedIn;
use crate::keys::{NotAdmitted, Program, Scope};
use crate::performer::is_own_call;
use crate::secret::Secret;
use crate::store::Mark;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use protocol::{AgentRole, Timestamp};
use std::sync::Arc;

/// Extracted by handlers that want to know. It says who it is, not what they may do: that is [`super::Access`].
#[derive(Clone, Debug)]
pub enum Caller {
    /// By a sign-in.
    Agent(SignedIn),
    /// By a key.
    Program(Program),
}

impl Caller {
    /// Finds out who calls. A key counts before a cookie. Who changes something by a cookie must come from the bridge's own
    /// page, because browsers send cookies along with what foreign pages ask for.
    pub async fn identify(parts: &mut Parts, app: &Arc<App>) -> ApiResult<Self> {
        if let Some(known) = parts.extensions.get::<Self>() {
            return Ok(known.clone());
        }
        if is_own_call(&parts.headers) {
            let what = "a workflow may not call the API of its own bridge: its steps do what there is to do";
            return Err(ApiError::not_allowed(what));
        }
        if let Some(key) = key_in(&parts.headers)? {
            let admitted = app.keys.admit(&key).await.map_err(not_admitted)?;
            return Ok(Self::Program(admitted));
        }
        if !parts.method.is_safe() {
            OwnPage::from_request_parts(parts, app).await?;
        }
        Ok(Self::Agent(SignedIn::from_request_parts(parts, app).await?))
    }

    /// Refuses agents below a role, and programs without a scope; without one, programs altogether.
    pub fn require(&self, role: AgentRole, scope: Option<Scope>) -> ApiResult<()> {
        match (self, scope) {
            (Self::Agent(signed_in), _) if signed_in.role < role => {
                let who = match role {
                    AgentRole::Agent | AgentRole::Supervisor => "a supervisor",
                    AgentRole::Admin => "an admin",
                };
                Err(ApiError::not_allowed(format!("only {who} can do this")))
            }
            (Self::Agent(_), _) => Ok(()),
            (Self::Program(_), None) => {
                Err(ApiError::not_allowed("a key cannot do this: it takes a person who is signed in"))
            }
            (Self::Program(program), Some(scope)) if !program.scopes.contains(&scope) => {
                Err(ApiError::of(Code::MissingScope, format!("this takes a key with the scope `{scope}`")))
            }
            (Self::Program(_), Some(_)) => Ok(()),
        }
    }

    /// Refuses agents, and programs without a scope.
    pub fn require_key(&self, scope: Scope) -> ApiResult<()> {
        match self {
            Self::Agent(_) => Err(ApiError::not_allowed("this takes a key: Authorization: Bearer pk_…")),
            Self::Program(_) => self.require(AgentRole::Agent, Some(scope)),
        }
    }

    /// As records name them.
    pub fn name(&self) -> String {
        match self {
            Self::Agent(signed_in) => signed_in.badge.name.clone(),
            Self::Program(program) => format!("{} (key)", program.name),
        }
    }

    /// Who changes something, and that it is now.
    pub fn mark(&self, now: Timestamp) -> Mark {
        Mark { at: now, by: Some(self.name()) }
    }

    /// Which of all callers, for what is remembered of them.
    pub fn id(&self) -> String {
        match self {
            Self::Agent(signed_in) => format!("agent {}", signed_in.badge.id),
            Self::Program(program) => format!("key {}", program.id),
        }
    }
}

impl FromRequestParts<Arc<App>> for Caller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, ApiError> {
        Self::identify(parts, app).await
    }
}

/// The key, if one was sent.
pub fn key_in(headers: &HeaderMap) -> ApiResult<Option<Secret>> {
    let Some(value) = headers.get(header::AUTHORIZATION) else { return Ok(None) };
    let text = value.to_str().unwrap_or_default();
    let key = text.split_once(' ').filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
    let key = key.ok_or_else(|| {
        ApiError::of(Code::UnknownKey, "a key is sent as `Authorization: Bearer pk_…`")
            .at("header.authorization")
    })?;
    Ok(Some(Secret::new(key.1.trim())))
}

fn not_admitted(not_admitted: NotAdmitted) -> ApiError {
    match not_admitted {
        NotAdmitted::Unknown => ApiError::of(Code::UnknownKey, not_admitted.to_string()),
        NotAdmitted::TooOften(wait) => ApiError::too_many("calls with this key", wait),
        NotAdmitted::Store(error) => error.into(),
    }
}
