//! What is done outside for workflows: calls of other systems. Each answer goes back to the loop as a command.

use crate::client::{self, Limits};
use crate::config::Workspace;
use crate::runtime::{Input, RuntimeLine};
use crate::webhooks;
use axum::body::Bytes;
use axum::http::{HeaderValue, Method as HttpMethod, Request, header};
use serde_json::Value as Json;
use std::sync::Arc;
use switchboard::workflow::definition::{Method, PathPart};
use switchboard::workflow::{BodyKind, HeaderWanted, HttpAnswer, HttpWanted, Value};
use switchboard::{Command, Effect};
use tokio::sync::mpsc;

/// A workflow's call that has not come back by then has failed (`routing-and-inbox.md` E.8).
const CALL_SECONDS_MAX: u64 = 10;

/// What a workflow's call may answer.
const ANSWER_BYTES_MAX: usize = 1024 * 1024;

/// Does what is wanted, one task each, until nothing is wanted any more. Secrets are those of the workspace.
pub async fn perform(
    mut wanted: mpsc::UnboundedReceiver<Effect>,
    line: RuntimeLine,
    workspace: Arc<Workspace>,
) {
    while let Some(effect) = wanted.recv().await {
        let (line, workspace) = (line.clone(), Arc::clone(&workspace));
        tokio::spawn(async move {
            match effect {
                Effect::Request { run, wanted } => {
                    let answer = call(&wanted, &workspace).await;
                    let command = Command::RunAnswered { run, ticket: wanted.ticket, answer };
                    // A loop that has stopped asks again after the next start, or lets the run fail.
                    let _ = line.put(Input::Orders { command, answer: None }).await;
                }
            }
        });
    }
}

async fn call(wanted: &HttpWanted, workspace: &Workspace) -> HttpAnswer {
    let Some(request) = request(wanted, workspace) else { return HttpAnswer::default() };
    let limits = Limits { seconds: CALL_SECONDS_MAX, answer_bytes: ANSWER_BYTES_MAX };
    let reach = webhooks::reach(&wanted.url, &workspace.private_workflows);
    match client::send(request, reach, limits).await {
        Ok(answer) => {
            let body: Option<Json> = serde_json::from_slice(&answer.body).ok();
            let values = wanted.wanted.iter().map(|path| value_at(body.as_ref(), path)).collect();
            HttpAnswer { status: Some(answer.status.as_u16()), values }
        }
        Err(failure) => {
            tracing::info!("a workflow's call failed: {failure}");
            HttpAnswer::default()
        }
    }
}

/// `None` when something of it cannot be sent, or names a secret the workspace does not have.
fn request(wanted: &HttpWanted, workspace: &Workspace) -> Option<Request<Bytes>> {
    let mut request = Request::builder().method(method(wanted.method)).uri(&wanted.url);
    for (name, value) in &wanted.headers {
        request = match value {
            HeaderWanted::Text(text) => request.header(name, text),
            HeaderWanted::Secret(secret) => request.header(name, kept(workspace, secret)?),
        };
    }
    let body = match &wanted.body {
        Some((kind, text)) => {
            request = request.header(header::CONTENT_TYPE, media_type(*kind));
            Bytes::from(text.clone())
        }
        None => Bytes::new(),
    };
    request.body(body).ok()
}

fn kept(workspace: &Workspace, name: &str) -> Option<HeaderValue> {
    let Some(source) = workspace.secrets.get(name) else {
        tracing::warn!("a workflow's call names the secret `{name}`, which the workspace file does not have");
        return None;
    };
    let secret =
        source.value().inspect_err(|missing| tracing::warn!("the secret `{name}`: {missing}")).ok()?;
    let mut value = HeaderValue::try_from(secret.expose()).ok()?;
    value.set_sensitive(true);
    Some(value)
}

fn method(method: Method) -> HttpMethod {
    match method {
        Method::Get => HttpMethod::GET,
        Method::Post => HttpMethod::POST,
        Method::Put => HttpMethod::PUT,
        Method::Patch => HttpMethod::PATCH,
        Method::Delete => HttpMethod::DELETE,
    }
}

fn media_type(kind: BodyKind) -> &'static str {
    match kind {
        BodyKind::Json => "application/json",
        BodyKind::Form => "application/x-www-form-urlencoded",
        BodyKind::Text => "text/plain; charset=utf-8",
    }
}

/// What stands at a path of another system's JSON.
pub fn value_at(body: Option<&Json>, path: &[PathPart]) -> Value {
    let found = body.and_then(|body| path.iter().try_fold(body, at));
    found.map(value_of).unwrap_or(Value::Missing).within_bounds()
}

fn at<'j>(value: &'j Json, part: &PathPart) -> Option<&'j Json> {
    match part {
        PathPart::Key(key) => value.get(key),
        PathPart::Index(index) => value.get(usize::try_from(*index).ok()?),
    }
}

fn value_of(json: &Json) -> Value {
    match json {
        Json::Null => Value::Missing,
        Json::Bool(value) => Value::Bool(*value),
        Json::Number(number) => number.as_f64().map_or(Value::Missing, Value::Number),
        Json::String(text) => Value::text(text),
        Json::Array(items) => {
            Value::List(items.iter().map(|item| value_of(item).written().into_owned()).collect())
        }
        Json::Object(_) => Value::text(json.to_string()),
    }
}
