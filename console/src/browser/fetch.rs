//! Requests to the bridge: the session, and publishing.

use crate::browser::window;
use crate::preview::{Mistake, Published};
use protocol::{AgentBadge, AgentRole, SiteId};
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{RequestInit, Response};

const SESSION: &str = "/api/session";
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
struct Envelope {
    error: Told,
}

#[derive(Deserialize)]
struct Told {
    message: String,
}

#[derive(Deserialize)]
struct Broken {
    mistakes: Vec<Mistake>,
}

/// Who is signed in; `Ok(None)` is nobody.
pub async fn session() -> Result<Option<Session>, String> {
    let answer = request("GET", SESSION, None).await?;
    match answer.status {
        401 => Ok(None),
        _ => answer.body().map(Some),
    }
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

/// Makes a definition the site's assistant.
pub async fn publish(site: &SiteId, definition: &str) -> Published {
    let answer = match request("PUT", &format!("/api/sites/{site}/assistant"), Some(definition)).await {
        Ok(answer) => answer,
        Err(why) => return Published::Failed(why),
    };
    match answer.status {
        200..300 => Published::Yes,
        401 => Published::NotAllowed("Sign in as an admin to publish.".to_owned()),
        403 => Published::NotAllowed("This account may not publish. Sign in as an admin.".to_owned()),
        422 => match serde_json::from_str::<Broken>(&answer.text) {
            Ok(broken) => Published::Broken(broken.mistakes),
            Err(_) => Published::Failed(answer.trouble()),
        },
        _ => Published::Failed(answer.trouble()),
    }
}

struct Answer {
    status: u16,
    text: String,
}

impl Answer {
    fn body<T: for<'a> Deserialize<'a>>(&self) -> Result<T, String> {
        if !(200..300).contains(&self.status) {
            return Err(self.trouble());
        }
        serde_json::from_str(&self.text)
            .map_err(|error| format!("The bridge's answer cannot be read: {error}."))
    }

    fn trouble(&self) -> String {
        match serde_json::from_str::<Envelope>(&self.text) {
            Ok(envelope) => envelope.error.message,
            Err(_) => format!("The bridge answered with status {}. Try again later.", self.status),
        }
    }
}

async fn request(method: &str, url: &str, body: Option<&str>) -> Result<Answer, String> {
    send(method, url, body).await.map_err(|_| UNREACHABLE.to_owned())
}

async fn send(method: &str, url: &str, body: Option<&str>) -> Result<Answer, JsValue> {
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
    Ok(Answer { status: response.status(), text })
}
