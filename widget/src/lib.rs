//! The visitor's chat.
//!
//! `chat` decides and is pure; `browser` does what it says and brings it news; `components` draw it; `locale` has the
//! words and `look` the colours. The page it lives in is `page.html`; the script that sites embed is `loader/`.

pub mod chat;
pub mod locale;
pub mod look;

pub mod browser;
pub mod components;

use wasm_bindgen::prelude::wasm_bindgen;

/// Begins the chat in the page that loads this module, if the page has a place for it.
#[wasm_bindgen(start)]
pub fn start() {
    if let Some((place, page)) = browser::page::place_for_chat() {
        let props = components::app::AppProps { page };
        yew::Renderer::<components::app::App>::with_root_and_props(place, props).render();
    }
}
