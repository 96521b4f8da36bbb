//! What is done outside for workflows: calls of other systems. Each answer goes back to the loop as a command.

use crate::client::{self, Limits};
use crate::clock::random;
use crate::config::Workspace;
use crate::runtime::{Answer, Input, NoAnswer, RuntimeLine};
use crate::webhooks;
use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method as HttpMethod, Request, header};
use protocol::RefusalCode;
use serde_json::Value as Json;
use std::sync::{Arc, LazyLock};
use std::time::Duration;
use switchboard::workflow::definition::{Method, PathPart};
use switchboard::workflow::{BodyKind, HeaderWanted, HttpAnswer, HttpWanted, REQUEST_SECONDS_MAX, Value};
use switchboard::{Command, Effect};
use tokio::sync::{Semaphore, mpsc};
use tokio::time::{sleep, timeout};
use uuid::Uuid;

/// A workflow's call that has not come back by then has failed (`routing-and-inbox.md` E.8).
const CALL_SECONDS_MAX: u64 = 10;

/// What a workflow's call may answer.
const ANSWER_BYTES_MAX: usize = 1024 * 1024;

/// Calls that are made at once: each holds a connection and an answer.
const CALLS_AT_ONCE_MAX: usize = 64;

/// Calls that wait to be made. More fail, which their runs notice a minute after they wanted them.
const CALLS_WAITING_MAX: usize = 1_000;

/// A call that has not begun by then is not made: its run would not hear the answer any more.
const CALL_WAIT_SECONDS_MAX: u64 = REQUEST_SECONDS_MAX - CALL_SECONDS_MAX;

/// How long it takes until an answer that could not be saved is told again.
const AGAIN_AFTER: Duration = Duration::from_secs(1);

/// Says of a call that a workflow makes it, and of which process.
const MADE_BY: HeaderName = HeaderName::from_static("passerelle-workflow");

/// This process.
static OWN: LazyLock<String> = LazyLock::new(|| Uuid::from_bytes(random()).to_string());

/// Whether a request is a call that a workflow of this very process makes. Its API refuses those: what workflows do to
/// conversations they do by steps, which are counted, and by calls of their own bridge they could go round for ever.
pub fn is_own_call(headers: &HeaderMap) -> bool {
    headers.get_all(MADE_BY).iter().any(|value| value == OWN.as_str())
}

/// The way to whoever does what is wanted.
pub fn line() -> (mpsc::Sender<Effect>, mpsc::Receiver<Effect>) {
    mpsc::channel(CALLS_WAITING_MAX)
}

/// Does what is wanted, so much at once, until nothing is wanted any more. Secrets are those of the workspace.
pub async fn perform(mut wanted: mpsc::Receiver<Effect>, line: RuntimeLine, workspace: Arc<Workspace>) {
    let places = Arc::new(Semaphore::new(CALLS_AT_ONCE_MAX));
    let waiting = Arc::new(Semaphore::new(CALLS_WAITING_MAX));
    while let Some(Effect::Request { run, wanted }) = wanted.recv().await {
        let Ok(waits) = Arc::clone(&waiting).acquire_owned().await else { return };
        let (line, workspace, places) = (line.clone(), Arc::clone(&workspace), Arc::clone(&places));
        tokio::spawn(async move {
            let answer = match timeout(Duration::from_secs(CALL_WAIT_SECONDS_MAX), places.acquire()).await {
                Ok(_place) => call(&wanted, &workspace).await,
                Err(_) => {
                    tracing::warn!("a workflow's call is not made: too many others are");
                    HttpAnswer::default()
                }
            };
            drop(waits);
            tell(&line, Command::RunAnswered { run, ticket: wanted.ticket, answer }).await;
        });
    }
}

/// Tells the loop, again and again while that cannot be saved, as long as the run waits for it. A loop that has stopped lets
/// the run fail after the next start.
async fn tell(line: &RuntimeLine, command: Command) {
    let told = async {
        loop {
            let asks = |answer| Input::Orders { command: command.clone(), answer: Some(answer) };
            match line.ask(asks).await {
                Ok(Answer::Refused(_, refusal)) if refusal.code == RefusalCode::TryAgain => {
                    sleep(AGAIN_AFTER).await;
                }
                Ok(Answer::Accepted(..) | Answer::Done | Answer::Refused(..)) | Err(NoAnswer) => return,
            }
        }
    };
    let _ = timeout(Duration::from_secs(REQUEST_SECONDS_MAX), told).await;
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
    request = request.header(MADE_BY, OWN.as_str());
    for (name, value) in &wanted.headers {
        request = match value {
            HeaderWanted::Text(text) => request.header(name, text),
            HeaderWanted::Secret(secret) => request.header(name, kept(workspace, secret, &wanted.url)?),
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

fn kept(workspace: &Workspace, name: &str, url: &str) -> Option<HeaderValue> {
    let Some(source) = workspace.secrets.get(name) else {
        tracing::warn!("a workflow's call names the secret `{name}`, which the workspace file does not have");
        return None;
    };
    let secret = source.for_call(url).inspect_err(|why| tracing::warn!("the secret `{name}`: {why}")).ok()?;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::WorkspaceSource;
    use switchboard::workflow::Ticket;

    #[test]
    fn a_call_of_the_bridge_itself_is_known_for_what_it_is() {
        let workspace = Workspace::load(&WorkspaceSource::Nothing).expect("it is right");
        let wanted = HttpWanted {
            ticket: Ticket(1),
            method: Method::Get,
            url: "https://chat.example/api/v1/me".to_owned(),
            headers: Vec::new(),
            body: None,
            wanted: Vec::new(),
        };
        let request = request(&wanted, &workspace).expect("it can be sent");
        assert!(is_own_call(request.headers()));
        let mut others = HeaderMap::new();
        assert!(!is_own_call(&others));
        others.insert(MADE_BY, HeaderValue::from_static("another bridge"));
        assert!(!is_own_call(&others), "bridges may call each other");
    }
}
