//! The frame's own page: what it says of itself, and the few things done to it outside of the components.

use crate::chat::Mode;
use crate::look::Look;
use protocol::SiteId;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, VisibilityState};

/// What the page says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Which site's chat this is.
    pub site: SiteId,
    /// Why it runs.
    pub mode: Mode,
    /// The token of the link it was shared by: the assistant is then the one the link shows, published or not.
    pub shared: Option<String>,
}

impl Page {
    /// Where the site's card lies.
    pub fn card_address(&self) -> String {
        let query = self.shared.as_ref().map(|token| format!("?shared={token}")).unwrap_or_default();
        format!("/api/sites/{}{query}", self.site)
    }
}

/// The element that is made for the chat, and what it says. A page without one is left alone.
pub fn place_for_chat() -> Option<(Element, Page)> {
    let place = document()?.get_element_by_id("chat")?;
    let site = SiteId::new(place.get_attribute("data-site")?).ok()?;
    let preview =
        place.get_attribute("data-preview").is_some_and(|value| matches!(value.as_str(), "true" | "1"));
    let mode = if preview { Mode::Preview } else { Mode::Site };
    let shared = place.get_attribute("data-shared").filter(|token| !token.is_empty());
    Some((place, Page { site, mode, shared }))
}

/// Hands the brand's colours to the style sheet, through the object model: policies against inline styles forbid
/// style attributes.
pub fn show_look(accent: &str) -> Option<Look> {
    let look = Look::of(accent)?;
    let root: HtmlElement = document()?.document_element()?.dyn_into().ok()?;
    let colours = [
        ("--brand", look.accent),
        ("--on-brand", look.on_accent),
        ("--brand-ink-light", look.light_ink),
        ("--brand-ink-dark", look.dark_ink),
    ];
    for (name, colour) in colours {
        let _ = root.style().set_property(name, &colour.css());
    }
    Some(look)
}

/// Lets the visitor write at once; not on touch screens, where a keyboard would cover what they came to read.
pub fn focus_composer() {
    let touch = web_sys::window().and_then(|window| window.match_media("(pointer: coarse)").ok().flatten());
    if touch.is_some_and(|query| query.matches()) {
        return;
    }
    let composer = document().and_then(|d| d.query_selector("[data-part=composer]").ok().flatten());
    if let Some(composer) = composer.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = composer.focus();
    }
}

/// Whether an address is of the origin the chat itself has.
pub fn is_own(address: &str) -> bool {
    let own = web_sys::window().and_then(|window| window.location().origin().ok());
    let origin = web_sys::Url::new(address).ok().map(|url| url.origin());
    // What cannot be read is trusted with nothing.
    origin.is_none() || origin == own
}

/// Whether the page is in front of somebody.
pub fn is_looked_at() -> bool {
    document().is_some_and(|document| document.visibility_state() == VisibilityState::Visible)
}

fn document() -> Option<web_sys::Document> {
    web_sys::window()?.document()
}
