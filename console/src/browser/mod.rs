//! Everything that touches the browser: it does what the pure side decided and reports what happened.

pub mod clock;
pub mod fetch;
pub mod listener;
pub mod page;
pub mod socket;
pub mod storage;
pub mod timer;
pub mod workshop;

/// The page's window. This code runs in pages only, so there is one.
pub fn window() -> web_sys::Window {
    web_sys::window().expect("a page has a window")
}

/// The page's document.
pub fn document() -> web_sys::Document {
    window().document().expect("a page has a document")
}
