//! Requests to the bridge, and those about the session.

use crate::browser::window;
use crate::inbox::Card;
use protocol::{AgentBadge, AgentRole};
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{RequestInit, Response};

const SESSION: &str = "/api/session";
const CONVERSATIONS: &str = "/api/v1/conversations";

/// States in which a conversation is somebody's.
const HELD: [&str; 2] = ["open", "pending"];

const UNREACHABLE: &str = "The bridge cannot be reached. Check the network and try again.";

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Session {
    /// The agent.
    pub agent: AgentBadge,
    /// What they may do.
    pub role: AgentRole,
}

/// Why nobody is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignInError {
    /// E-mail and password do not belong together.
    Wrong,
    /// Anything else, in words.
    Failed(String),
}

#[derive(Serialize)]
struct Credentials<'a> {
    email: &'a str,
    password: &'a str,
}

/// The bridge's envelope for errors.
#[derive(Deserialize)]
pub struct Envelope {
    /// What it says.
    pub error: Told,
}

/// What is wrong.
#[derive(Deserialize)]
pub struct Told {
    /// In words.
    pub message: String,
}

/// Who is signed in; `Ok(None)` is nobody.
pub async fn session() -> Result<Option<Session>, String> {
    let answer = request("GET", SESSION, None).await?;
    match answer.status {
        401 => Ok(None),
        _ => answer.body().map(Some),
    }
}

/// What people have, the latest of each kind. Supervisors see everybody's.
pub async fn held() -> Result<Vec<Card>, String> {
    #[derive(Deserialize)]
    struct Listed {
        items: Vec<Card>,
    }
    let mut cards = Vec::new();
    for state in HELD {
        let answer = request("GET", &format!("{CONVERSATIONS}?state={state}"), None).await?;
        cards.extend(answer.body::<Listed>()?.items);
    }
    Ok(cards)
}

/// Signs in.
pub async fn sign_in(email: &str, password: &str) -> Result<Session, SignInError> {
    let body = serde_json::to_string(&Credentials { email, password });
    let body = body.map_err(|error| SignInError::Failed(error.to_string()))?;
    let answer = request("POST", SESSION, Some(&body)).await.map_err(SignInError::Failed)?;
    match answer.status {
        401 => Err(SignInError::Wrong),
        _ => answer.body().map_err(SignInError::Failed),
    }
}

/// Signs out. Failing to tell the bridge is no reason to stay.
pub async fn sign_out() {
    let _ = request("DELETE", SESSION, None).await;
}

/// What the bridge answered.
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The body.
    pub text: String,
}

impl Reply {
    /// The body, read as JSON.
    pub fn body<T: for<'a> Deserialize<'a>>(&self) -> Result<T, String> {
        if !(200..300).contains(&self.status) {
            return Err(self.trouble());
        }
        serde_json::from_str(&self.text)
            .map_err(|error| format!("The bridge's answer cannot be read: {error}."))
    }

    /// What went wrong, in words.
    pub fn trouble(&self) -> String {
        match serde_json::from_str::<Envelope>(&self.text) {
            Ok(envelope) => envelope.error.message,
            Err(_) => format!("The bridge answered with status {}. Try again later.", self.status),
        }
    }
}

/// Asks the bridge. An error is words for somebody whose bridge cannot be reached.
pub async fn request(method: &str, url: &str, body: Option<&str>) -> Result<Reply, String> {
    send(method, url, body).await.map_err(|_| UNREACHABLE.to_owned())
}

async fn send(method: &str, url: &str, body: Option<&str>) -> Result<Reply, JsValue> {
    let init = RequestInit::new();
    init.set_method(method);
    if let Some(body) = body {
        init.set_body(&JsValue::from_str(body));
        let headers = js_sys::Object::new();
        js_sys::Reflect::set(&headers, &"content-type".into(), &"application/json".into())?;
        init.set_headers(&headers);
    }
    let response = JsFuture::from(window().fetch_with_str_and_init(url, &init)).await?;
    let response: Response = response.dyn_into()?;
    let text = JsFuture::from(response.text()?).await?.as_string().unwrap_or_default();
    Ok(Reply { status: response.status(), text })
}
