//! What is fetched from the bridge: the site's card, the assistant, and what extensions answer.

use super::json;
use super::page::Page;
use crate::chat::{FetchFailure, Msg};
use assistant::json::{from_json, to_json};
use assistant::{CallWanted, Outcome, Value};
use js_sys::{ArrayBuffer, Promise, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{RequestInit, Response};
use yew::Callback;

/// Status of an answer that says there is no such thing.
const NOT_FOUND: u16 = 404;

/// The site's card.
pub fn card(page: &Page, tell: Callback<Msg>) {
    let address = page.card_address();
    spawn_local(async move {
        let card = text(&address).await;
        let card = card.and_then(|json| json::read(&json).map_err(|_| FetchFailure::Unreachable));
        tell.emit(Msg::CardCame(card));
    });
}

/// A definition of the site, as the engine reads it.
pub fn definition(page: &Page, hash: String, tell: Callback<Msg>) {
    let address = format!("/api/sites/{}/assistant/{hash}", page.site);
    spawn_local(async move {
        let bytes = bytes(&address).await;
        tell.emit(Msg::DefinitionCame { hash, bytes });
    });
}

/// The definition at a path of the bridge.
pub fn draft(path: String, tell: Callback<Msg>) {
    spawn_local(async move {
        let bytes = bytes(&path).await;
        tell.emit(Msg::DraftCame { path, bytes });
    });
}

/// Has the bridge call an extension. Whatever keeps it from answering, the call has failed.
pub fn call(page: &Page, call: u32, assistant: String, wanted: CallWanted, tell: Callback<Msg>) {
    let address = format!("/api/sites/{}/call", page.site);
    spawn_local(async move {
        let outcome = post(&address, &request(assistant, wanted)).await.unwrap_or_default();
        tell.emit(Msg::Called { call, outcome });
    });
}

fn request(assistant: String, wanted: CallWanted) -> String {
    let CallWanted { extension, operation, with } = wanted;
    let fields = [
        ("assistant", Value::Text(assistant)),
        ("extension", Value::Text(extension)),
        ("operation", Value::Text(operation)),
        ("with", Value::Map(with.into_iter().collect())),
    ];
    to_json(&Value::Map(fields.map(|(name, value)| (name.to_owned(), value)).into()))
}

async fn post(address: &str, json: &str) -> Option<Outcome> {
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_body(&JsValue::from_str(json));
    let headers = js_sys::Object::new();
    js_sys::Reflect::set(&headers, &"content-type".into(), &"application/json".into()).ok()?;
    init.set_headers(&headers);
    let response = answer(web_sys::window()?.fetch_with_str_and_init(address, &init)).await.ok()?;
    let text = body(response.text()).await.ok()?.as_string()?;
    let Value::Map(mut fields) = from_json(&text)? else { return None };
    let mut field = |name: &str| fields.remove(name).unwrap_or_default();
    let Value::Number(status) = field("status") else { return None };
    Some(Outcome {
        success: field("success") == Value::YesNo(true),
        status: status as u16,
        body: field("body"),
    })
}

async fn text(address: &str) -> Result<String, FetchFailure> {
    let text = body(get(address).await?.text()).await?;
    text.as_string().ok_or(FetchFailure::Unreachable)
}

async fn bytes(address: &str) -> Result<Vec<u8>, FetchFailure> {
    let buffer = body(get(address).await?.array_buffer()).await?;
    let buffer: ArrayBuffer = buffer.dyn_into().map_err(|_| FetchFailure::Unreachable)?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

async fn get(address: &str) -> Result<Response, FetchFailure> {
    let window = web_sys::window().ok_or(FetchFailure::Unreachable)?;
    answer(window.fetch_with_str(address)).await
}

async fn answer(asked: Promise) -> Result<Response, FetchFailure> {
    let response = JsFuture::from(asked).await.ok().and_then(|response| response.dyn_into::<Response>().ok());
    let response = response.ok_or(FetchFailure::Unreachable)?;
    match response.ok() {
        true => Ok(response),
        false if response.status() == NOT_FOUND => Err(FetchFailure::NotThere),
        false => Err(FetchFailure::Unreachable),
    }
}

async fn body(reading: Result<Promise, JsValue>) -> Result<JsValue, FetchFailure> {
    let reading = reading.map_err(|_| FetchFailure::Unreachable)?;
    JsFuture::from(reading).await.map_err(|_| FetchFailure::Unreachable)
}
