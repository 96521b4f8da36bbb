//! The two pages of this module, chosen by the address.

pub mod console;
pub mod inbox;
pub mod preview;
pub mod sign_in;

use crate::browser::window;
use yew::prelude::*;

/// `/preview` is the authors' page; every other address is the agents'.
#[component]
pub fn Page() -> Html {
    let path = window().location().pathname().unwrap_or_default();
    if path.trim_end_matches('/').ends_with("/preview") {
        html! { <preview::PreviewPage /> }
    } else {
        html! { <console::Console /> }
    }
}
