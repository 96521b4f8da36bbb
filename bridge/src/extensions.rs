//! Calls of other systems for assistants. The visitor's browser asks for an operation by name; the bridge alone knows where
//! that goes and with which secrets. Redirects are not followed, and what may be reached is checked on each call.

mod request;

pub use request::Unfit;

use crate::client::{self, Failure, Limits, Reach};
use crate::config::{Extension, Workspace};
use anyhow::Context;
use authoring::document::OperationDoc;
use axum::http::{HeaderName, HeaderValue};
use protocol::limits::{CALL_ANSWER_BYTES_MAX, CALL_SECONDS_MAX};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;
use tokio::sync::Semaphore;

/// Calls under way at once; more are told to try again.
const CALLS_AT_ONCE_MAX: usize = 64;

/// Every extension that has an address.
pub struct Extensions {
    known_by_name: BTreeMap<String, Known>,
    turns: Semaphore,
}

/// What became of a call, as the widget is told.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Outcome {
    /// Whether it was answered with a status from 200 to 299.
    pub success: bool,
    /// The status; 0 when there was no answer.
    pub status: u16,
    /// The answer, read as JSON; text when it is none, null when it is empty.
    pub body: Json,
    /// Why there was no answer, as a code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<&'static str>,
}

/// Too many calls are under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Busy;

struct Known {
    address: String,
    headers: Vec<(HeaderName, HeaderValue)>,
    reach: Reach,
}

impl Extensions {
    /// Takes addresses from the workspace file and secrets from the environment.
    pub fn open(workspace: &Workspace) -> anyhow::Result<Self> {
        let known = workspace.extensions.iter().map(|(name, extension)| {
            let known = Known::of(extension);
            Ok((name.clone(), known.with_context(|| format!("extension `{name}` cannot be used"))?))
        });
        Ok(Self {
            known_by_name: known.collect::<anyhow::Result<_>>()?,
            turns: Semaphore::new(CALLS_AT_ONCE_MAX),
        })
    }

    /// Calls an operation with these parameters. What does not fit the operation is the caller's mistake; everything that
    /// goes wrong later is an outcome.
    pub async fn call(
        &self,
        name: &str,
        operation: &OperationDoc,
        with: &Map<String, Json>,
    ) -> Result<Result<Outcome, Busy>, Unfit> {
        let Some(known) = self.known_by_name.get(name) else {
            tracing::warn!(
                "an assistant calls the extension `{name}`, which has no address in the workspace file"
            );
            return Ok(Ok(Outcome::none("no_address")));
        };
        let request = match request::fill(operation, with, &known.address, &known.headers)? {
            request::Filled::Request(request) => *request,
            request::Filled::Missing(parameter) => {
                tracing::info!("`{name}` was not called: its parameter `{parameter}` has no value");
                return Ok(Ok(Outcome::none("missing_parameter")));
            }
        };
        let Ok(_turn) = self.turns.try_acquire() else { return Ok(Err(Busy)) };
        let limits = Limits { seconds: CALL_SECONDS_MAX, answer_bytes: CALL_ANSWER_BYTES_MAX };
        Ok(Ok(match client::send(request, known.reach, limits).await {
            Ok(answer) => Outcome {
                success: answer.status.is_success(),
                status: answer.status.as_u16(),
                body: readable(&answer.body),
                why: None,
            },
            Err(failure) => {
                tracing::warn!("the extension `{name}` was called in vain: {failure}");
                Outcome::failed(failure)
            }
        }))
    }
}

impl Known {
    fn of(extension: &Extension) -> anyhow::Result<Self> {
        let headers = extension.header_values().map_err(anyhow::Error::msg)?;
        let reach = if extension.allow_private { Reach::Anywhere } else { Reach::Public };
        Ok(Self { address: extension.address.trim_end_matches('/').to_owned(), headers, reach })
    }
}

impl Outcome {
    fn failed(failure: Failure) -> Self {
        Self::none(failure.code())
    }

    /// There was no answer, for this reason.
    pub fn none(why: &'static str) -> Self {
        Self { success: false, status: 0, body: Json::Null, why: Some(why) }
    }
}

fn readable(body: &[u8]) -> Json {
    if body.is_empty() {
        return Json::Null;
    }
    serde_json::from_slice(body).unwrap_or_else(|_| Json::String(String::from_utf8_lossy(body).into_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read_as_json_where_it_is_json() {
        assert_eq!(readable(b"{\"a\":[1]}"), serde_json::json!({ "a": [1] }));
        assert_eq!(readable(b"Not found"), serde_json::json!("Not found"));
        assert_eq!(readable(b""), Json::Null);
    }
}
