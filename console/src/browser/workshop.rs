//! Requests of the preview page: files, drafts, versions, links.

use super::fetch::{Envelope, Reply, request};
use super::listener::Listener;
use crate::preview::{
    Answer, AskedCall, Effect, Local, Published, Ready, Share, Shared, Task, Trouble, Versions,
};
use protocol::{SiteCard, SiteId};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsCast;
use web_sys::{Event, EventSource, MessageEvent};
use yew::Callback;

#[derive(Deserialize)]
struct Broken {
    mistakes: Vec<crate::preview::Mistake>,
}

#[derive(Deserialize)]
struct DraftFile {
    name: String,
    source: String,
}

/// Does what the preview wants of the bridge; gives what came of it. Orders to the widget are not for the bridge.
pub async fn perform(site: SiteId, effect: Effect) -> Option<Answer> {
    let at = |rest: &str| format!("/api/sites/{site}/assistant{rest}");
    Some(match effect {
        Effect::Order(_) => return None,
        Effect::Try(name, text) => {
            let path = format!("/api/preview?site={site}&name={}", encoded(&name));
            Answer::Tried(ask::<Ready>("POST", &path, Some(&text)).await)
        }
        Effect::FindPublished => Answer::PublishedAt(published_at(&site).await),
        Effect::ReadDraft => {
            let draft = ask::<DraftFile>("GET", &at("/draft"), None).await;
            Answer::Came(draft.map(|draft| (draft.name, draft.source)))
        }
        Effect::ReadVersion(number) => {
            let text = send("GET", &at(&format!("/versions/{number}")), None).await.map(|answer| answer.text);
            // The name only decides how the file is read, and what is not JSON is YAML.
            let name = |text: &str| if text.trim_start().starts_with('{') { "json" } else { "yaml" };
            Answer::Came(text.map(|text| (format!("version-{number}.{}", name(&text)), text)))
        }
        Effect::List => Answer::Listed(ask::<Versions>("GET", &at("/versions"), None).await),
        Effect::SaveDraft(name, text) => {
            let path = at(&format!("/draft?name={}", encoded(&name)));
            Answer::Done(Task::SaveDraft, send("PUT", &path, Some(&text)).await.map(drop))
        }
        Effect::PublishFile(name, text, note) => {
            let path = at(&format!("?name={}&note={}", encoded(&name), encoded(&note)));
            Answer::Published(ask::<Published>("PUT", &path, Some(&text)).await)
        }
        Effect::PublishDraft(note) => {
            let body = serde_json::json!({ "note": note }).to_string();
            Answer::Published(ask::<Published>("POST", &at("/publish"), Some(&body)).await)
        }
        Effect::RollBack(version) => {
            let body = serde_json::json!({ "version": version }).to_string();
            Answer::Done(Task::RollBack(version), send("POST", &at("/rollback"), Some(&body)).await.map(drop))
        }
        Effect::AnswerCall(status, json) => {
            let body = format!("{{\"status\":{status},\"body\":{json}}}");
            Answer::CallAnswered(send("POST", "/api/local/answer", Some(&body)).await.map(drop))
        }
        Effect::Share(shared, hours) => {
            let of = match shared {
                Shared::Draft => serde_json::json!("draft"),
                Shared::Published => serde_json::json!("published"),
                Shared::Version(number) => serde_json::json!(number),
            };
            let body = serde_json::json!({ "of": of, "hours": hours }).to_string();
            Answer::ShareMade(ask::<Share>("POST", &at("/share"), Some(&body)).await)
        }
    })
}

/// Whether this is a local preview: what it tells of its file.
pub async fn local() -> Option<Local> {
    ask::<Local>("GET", "/api/local", None).await.ok()
}

/// News of a local preview's file, as long as it is kept.
pub struct News {
    source: EventSource,
    _listeners: [Listener; 2],
}

impl News {
    /// Listens.
    pub fn of_local(told: Callback<Local>, asked: Callback<Option<AskedCall>>) -> Option<Self> {
        let source = EventSource::new("/api/local/events").ok()?;
        let files = Listener::new(&source, "message", emitted(told));
        let calls = Listener::new(&source, "call", emitted(asked));
        Some(Self { source, _listeners: [files, calls] })
    }
}

impl Drop for News {
    fn drop(&mut self) {
        self.source.close();
    }
}

/// Hands on what an event says.
fn emitted<T: DeserializeOwned + 'static>(told: Callback<T>) -> impl Fn(Event) + 'static {
    move |event| {
        let text = event.unchecked_ref::<MessageEvent>().data().as_string().unwrap_or_default();
        if let Ok(said) = serde_json::from_str::<T>(&text) {
            told.emit(said);
        }
    }
}

async fn published_at(site: &SiteId) -> Result<String, Trouble> {
    let card = ask::<SiteCard>("GET", &format!("/api/sites/{site}"), None).await?;
    let languages = card.assistant.map(|assistant| assistant.languages).unwrap_or_default();
    let first = languages.first().map(|spoken| format!("/api/sites/{site}/assistant/{}", spoken.hash));
    first.ok_or_else(|| Trouble::Other("This site has no published assistant yet.".to_owned()))
}

async fn ask<T: DeserializeOwned>(method: &str, path: &str, body: Option<&str>) -> Result<T, Trouble> {
    let answer = send(method, path, body).await?;
    answer.body().map_err(Trouble::Other)
}

async fn send(method: &str, path: &str, body: Option<&str>) -> Result<Reply, Trouble> {
    let answer = request(method, path, body).await.map_err(Trouble::Other)?;
    match answer.status {
        200..300 => Ok(answer),
        401 => Err(Trouble::NotAllowed("Sign in to go on.".to_owned())),
        403 => Err(Trouble::NotAllowed(told(&answer, "This account may not do that. Sign in as an admin."))),
        422 => match serde_json::from_str::<Broken>(&answer.text) {
            Ok(broken) => Err(Trouble::Mistakes(broken.mistakes)),
            Err(_) => Err(Trouble::Other(answer.trouble())),
        },
        _ => Err(Trouble::Other(answer.trouble())),
    }
}

fn told(answer: &Reply, otherwise: &str) -> String {
    let envelope = serde_json::from_str::<Envelope>(&answer.text);
    envelope.map_or_else(|_| otherwise.to_owned(), |envelope| envelope.error.message)
}

fn encoded(text: &str) -> String {
    js_sys::encode_uri_component(text).into()
}
