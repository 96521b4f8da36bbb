//! The widget and its loader in a real browser, with the bridge and the page around played by `fake_page.js`.
//! Run with `cargo xtask test wasm`.
#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod chat;
mod contents;
mod json;
mod lamps;
mod loader;
mod page;
mod storage;
mod world;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
