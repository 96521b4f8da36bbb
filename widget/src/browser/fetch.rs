//! What is fetched from the bridge before the chat can begin.

use super::json;
use crate::chat::{FetchFailure, Msg};
use protocol::SiteId;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::Response;
use yew::Callback;

/// Status of an answer that says there is no such thing.
const NOT_FOUND: u16 = 404;

/// The site's card.
pub fn card(site: &SiteId, tell: Callback<Msg>) {
    let address = format!("/api/sites/{site}");
    spawn_local(async move {
        let card = text(&address).await;
        let card = card.and_then(|json| json::read(&json).map_err(|_| FetchFailure::Unreachable));
        tell.emit(Msg::CardCame(card));
    });
}

/// A published definition, as JSON text.
pub fn definition(site: &SiteId, hash: &str, tell: Callback<Msg>) {
    let address = format!("/api/sites/{site}/assistant/{hash}");
    spawn_local(async move { tell.emit(Msg::DefinitionCame(text(&address).await)) });
}

async fn text(address: &str) -> Result<String, FetchFailure> {
    let window = web_sys::window().ok_or(FetchFailure::Unreachable)?;
    let response = JsFuture::from(window.fetch_with_str(address)).await;
    let response = response.ok().and_then(|response| response.dyn_into::<Response>().ok());
    let response = response.ok_or(FetchFailure::Unreachable)?;
    if response.status() == NOT_FOUND {
        return Err(FetchFailure::NotThere);
    }
    if !response.ok() {
        return Err(FetchFailure::Unreachable);
    }
    let body = response.text().map_err(|_| FetchFailure::Unreachable)?;
    let body = JsFuture::from(body).await.map_err(|_| FetchFailure::Unreachable)?;
    body.as_string().ok_or(FetchFailure::Unreachable)
}
