//! Messages between the frame and the page around it: the loader's, or the preview's. Both are checked for source,
//! origin and shape, and are sent to one named origin, never to `*`.

use super::json;
use super::listener::Listener;
use super::world::PageFacts;
use crate::chat::{Mode, Msg, ToHost};
use crate::look::Look;
use js_sys::{Object, Reflect};
use protocol::inspect::PreviewReport;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, Window};
use yew::Callback;

/// Names the kind of every message, so that others' messages on the same channel are told apart.
const KIND: &str = "passerelle";

/// The page around the frame.
pub struct HostPage {
    mode: Mode,
    around: Option<Around>,
    facts: Rc<RefCell<PageFacts>>,
    _listener: Option<Listener>,
}

#[derive(Clone)]
struct Around {
    window: Window,
    origin: String,
}

impl HostPage {
    /// Listens to the page around, if there is one, and tells it that the chat runs.
    pub fn around(mode: Mode, tell: Callback<Msg>) -> Self {
        let around = find_around(mode);
        let facts = Rc::<RefCell<PageFacts>>::default();
        let told = Rc::clone(&facts);
        let listener = around.clone().and_then(|around| {
            let heard =
                move |event: web_sys::Event| match event.dyn_ref().and_then(|e| read(e, &around, mode)) {
                    Some(News::ForChat(msg)) => tell.emit(msg),
                    Some(News::Facts(facts)) => *told.borrow_mut() = facts,
                    None => {}
                };
            let window = web_sys::window()?;
            Some(Listener::add(&window, "message", heard))
        });
        let page = Self { mode, around, facts, _listener: listener };
        if mode == Mode::Site {
            page.post("ready", &[]);
        }
        page
    }

    /// What the page around has told of itself.
    pub fn facts(&self) -> Rc<RefCell<PageFacts>> {
        Rc::clone(&self.facts)
    }

    /// Whether the page around shows and hides the chat. Otherwise it is always shown.
    pub fn decides_when_shown(&self) -> bool {
        self.mode == Mode::Site && self.around.is_some()
    }

    /// Tells the loader.
    pub fn tell(&self, news: &ToHost) {
        if self.mode != Mode::Site {
            return;
        }
        match news {
            ToHost::Close => self.post("close", &[]),
            ToHost::Unread(count) => self.post("unread", &[("count", JsValue::from(*count))]),
            ToHost::Message { by, text } => {
                self.post("message", &[("by", JsValue::from(*by)), ("text", JsValue::from(text))]);
            }
            ToHost::Event { event, data } => {
                self.post("event", &[("name", JsValue::from(event)), ("data", JsValue::from(data))]);
            }
            ToHost::UserDefined { json, text } => {
                self.post("userDefined", &[("data", JsValue::from(json)), ("text", JsValue::from(text))]);
            }
        }
    }

    /// Tells the loader how the launcher should look.
    pub fn tell_look(&self, look: Look) {
        if self.mode == Mode::Site {
            let colours = [("accent", look.accent.css()), ("onAccent", look.on_accent.css())];
            self.post("look", &colours.map(|(name, colour)| (name, JsValue::from(colour))));
        }
    }

    /// Tells the preview page.
    pub fn report(&self, report: &PreviewReport) {
        if self.mode == Mode::Preview {
            self.post("report", &[("body", JsValue::from(json::write(report)))]);
        }
    }

    fn post(&self, kind: &str, fields: &[(&str, JsValue)]) {
        let Some(around) = &self.around else { return };
        let message = Object::new();
        let _ = Reflect::set(&message, &KIND.into(), &kind.into());
        for (name, value) in fields {
            let _ = Reflect::set(&message, &(*name).into(), value);
        }
        let _ = around.window.post_message(&message, &around.origin);
    }
}

/// A preview talks to its own origin only. A site's frame is told its host's origin by the loader; lying about it gains
/// nothing, since browsers let only the site's own origins embed the frame.
fn find_around(mode: Mode) -> Option<Around> {
    let window = web_sys::window()?;
    let parent = window.parent().ok().flatten()?;
    let origin = match mode {
        Mode::Preview => window.location().origin().ok()?,
        Mode::Site => told_in_address("host")?,
    };
    let alone = mode == Mode::Site && parent == window;
    (!alone).then_some(Around { window: parent, origin })
}

/// The language that the page around wants spoken, before the visitor's own.
pub fn locale() -> Option<String> {
    told_in_address("locale")
}

/// What the loader writes behind the `#` of the frame's address, which no server sees.
fn told_in_address(name: &str) -> Option<String> {
    let hash = web_sys::window()?.location().hash().ok()?;
    let pairs = hash.strip_prefix('#')?.split('&').filter_map(|pair| pair.split_once('='));
    let (_, value) = pairs.into_iter().find(|(known, _)| *known == name)?;
    Some(js_sys::decode_uri_component(value).ok()?.into())
}

/// What the page around says.
enum News {
    ForChat(Msg),
    Facts(PageFacts),
}

fn read(event: &MessageEvent, around: &Around, mode: Mode) -> Option<News> {
    let source = JsValue::from(event.source()?);
    if source != JsValue::from(&around.window) || event.origin() != around.origin {
        return None;
    }
    let value = |name: &str| Reflect::get(&event.data(), &name.into()).ok();
    let field = |name: &str| value(name)?.as_string();
    let msg = match (mode, field(KIND)?.as_str()) {
        (Mode::Site, "opened") => Msg::Opened { focus: value("focus")?.is_truthy() },
        (Mode::Site, "closed") => Msg::Closed,
        (Mode::Site, "send") => Msg::Said(field("text")?),
        (Mode::Site, "page") => {
            let fact = |name: &str| field(name).unwrap_or_default();
            return Some(News::Facts(PageFacts::new(fact("url"), fact("title"), fact("referrer"))));
        }
        (Mode::Preview, "order") => Msg::Ordered(json::read(&field("body")?).ok()?),
        (Mode::Site | Mode::Preview, _) => return None,
    };
    Some(News::ForChat(msg))
}
