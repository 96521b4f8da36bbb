//! The page itself: its title, its icon, its address, and where the keyboard's focus is.

use crate::browser::{document, window};
use crate::inbox::keys::Place;
use protocol::ConversationId;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Below this width one pane is shown at a time.
const NARROW: &str = "(max-width: 719px)";

/// Shows what waits in the window's title and icon.
pub fn set_title(title: &str, waiting: bool) {
    let document = document();
    if document.title() != title {
        document.set_title(title);
    }
    if let Some(icon) = document.get_element_by_id("icon") {
        let name = if waiting { "data-waiting" } else { "data-calm" };
        if let Some(address) = icon.get_attribute(name)
            && icon.get_attribute("href").as_ref() != Some(&address)
        {
            let _ = icon.set_attribute("href", &address);
        }
    }
}

/// The conversation the address names, after the `#`.
pub fn conversation_in_address() -> Option<ConversationId> {
    window().location().hash().ok()?.trim_start_matches('#').parse().ok()
}

/// Makes the address name it, so that a reload and the back button return to it.
pub fn show_in_address(conversation: Option<ConversationId>) {
    if conversation_in_address() != conversation {
        let hash = conversation.map(|id| id.to_string()).unwrap_or_default();
        let _ = window().location().set_hash(&hash);
    }
}

/// Whether only one pane fits.
pub fn is_narrow() -> bool {
    window().match_media(NARROW).ok().flatten().is_some_and(|query| query.matches())
}

/// Whether somebody could see the page.
pub fn is_visible() -> bool {
    document().visibility_state() == web_sys::VisibilityState::Visible
}

/// Where an event happened, as the keyboard sees it.
pub fn place_of(target: Option<web_sys::EventTarget>) -> Place {
    let Some(element) = target.and_then(|t| t.dyn_into::<Element>().ok()) else { return Place::Page };
    let within = |selector| element.closest(selector).ok().flatten().is_some();
    if within("[data-part=form]") {
        Place::Form
    } else if within("input, textarea, select, [contenteditable]") {
        Place::Field
    } else if within("[data-part=conversation]") {
        Place::Row
    } else {
        Place::Page
    }
}

/// Puts the focus on a conversation's row; whether it is there.
pub fn focus_row(conversation: ConversationId) -> bool {
    focus(&format!("[data-part=conversation][data-id='{conversation}']"))
}

/// Puts the focus into the reply; whether it can be written in.
pub fn focus_reply() -> bool {
    focus("[data-part=reply]:enabled")
}

/// Takes the focus out of whatever has it.
pub fn blur() {
    if let Some(element) = document().active_element().and_then(|e| e.dyn_into::<HtmlElement>().ok()) {
        let _ = element.blur();
    }
}

fn focus(selector: &str) -> bool {
    let element = document().query_selector(selector).ok().flatten();
    let element = element.and_then(|e| e.dyn_into::<HtmlElement>().ok());
    element.is_some_and(|element| element.focus().is_ok())
}
