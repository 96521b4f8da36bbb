//! The agents' and authors' side, one WebAssembly module for two pages: the inbox at `/console` and the assistant's
//! preview at `/preview`.
//!
//! `inbox/` and `preview.rs` are pure and decide; `browser/` does; `pages/` hold the state and carry messages
//! between the two; `components/` draw.

pub mod browser;
mod components;
pub mod inbox;
pub mod pages;
mod preview;

use wasm_bindgen::prelude::wasm_bindgen;

/// Called once by the page when the module is loaded.
#[wasm_bindgen(start)]
pub fn start() {
    let document = browser::document();
    match document.get_element_by_id("app") {
        Some(root) => yew::Renderer::<pages::Page>::with_root(root).render(),
        None => yew::Renderer::<pages::Page>::new().render(),
    };
}
