//! What the assistant may know of the world: the visitor's clock, place and languages, and the page around the chat.

use assistant::civil::read_date_time;
use assistant::surroundings::Case;
use assistant::{Surroundings, Value, surroundings};
use js_sys::{Array, Date, Function, Intl, JsString, Object, Reflect};
use protocol::limits::{LANGUAGE_BYTES_MAX, TITLE_BYTES_MAX, URL_BYTES_MAX};
use protocol::{PageSeen, Timestamp};
use wasm_bindgen::{JsCast, JsValue};

/// The locale that writes dates and times almost as ISO 8601 does.
const ISO_LIKE_LOCALE: &str = "sv-SE";

/// What the page around the chat tells of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageFacts {
    /// Its address, without the fragment.
    pub url: String,
    /// Its title.
    pub title: String,
    /// The page before it.
    pub referrer: String,
}

impl PageFacts {
    /// Takes facts as far as they keep to their bounds.
    pub fn new(url: String, title: String, referrer: String) -> Self {
        let [url, title, referrer] = [url, title, referrer].map(|mut text| {
            text.truncate(text.floor_char_boundary(URL_BYTES_MAX));
            text
        });
        Self { url, title, referrer }
    }

    /// What the bridge is told of it, and of the visitor's language.
    pub fn seen(&self, language: Option<String>) -> PageSeen {
        let title = self.title[..self.title.floor_char_boundary(TITLE_BYTES_MAX)].to_owned();
        let page = PageSeen {
            address: Some(self.url.clone()),
            title: Some(title),
            referrer: Some(self.referrer.clone()),
            language: language.filter(|tag| tag.len() <= LANGUAGE_BYTES_MAX),
        };
        page.bare()
    }
}

/// The world at a time.
pub fn around(now: Timestamp, chance: u64, page: &PageFacts) -> Surroundings {
    // The browser counts the minutes behind Greenwich.
    let minutes_ahead = -date(now).get_timezone_offset() as i32;
    Surroundings {
        now,
        local: surroundings::local(now, minutes_ahead),
        time_zone: time_zone().unwrap_or_default(),
        locale: languages().into_iter().next().unwrap_or_default(),
        chance,
        visitor: visitor(page),
        clock_in: |zone, at| read_date_time(&text_in(zone, at)?),
        in_case,
    }
}

/// Languages the visitor reads, the best first, as tags.
pub fn languages() -> Vec<String> {
    let Some(window) = web_sys::window() else { return Vec::new() };
    window.navigator().languages().iter().filter_map(|tag| tag.as_string()).collect()
}

fn visitor(page: &PageFacts) -> Value {
    let agent = web_sys::window().and_then(|window| window.navigator().user_agent().ok());
    let facts = [
        ("page_url", page.url.clone()),
        ("page_title", page.title.clone()),
        ("referrer", page.referrer.clone()),
        ("language", languages().into_iter().next().unwrap_or_default()),
        ("user_agent", agent.unwrap_or_default()),
    ];
    let known = facts.into_iter().filter(|(_, fact)| !fact.is_empty());
    Value::Map(known.map(|(name, fact)| (name.to_owned(), Value::Text(fact))).collect())
}

fn time_zone() -> Option<String> {
    let options = Intl::DateTimeFormat::new(&Array::new(), &Object::new()).resolved_options();
    Reflect::get(&options, &"timeZone".into()).ok()?.as_string()
}

/// A text in capital or in small letters, whatever the visitor's language.
pub fn in_case(text: &str, case: Case) -> String {
    let text = JsString::from(text);
    String::from(match case {
        Case::Lower => text.to_lower_case(),
        Case::Upper => text.to_upper_case(),
    })
}

/// A moment on the clock of another time zone; nothing for a zone that the browser does not know.
fn text_in(zone: &str, at: Timestamp) -> Option<String> {
    let options = Object::new();
    Reflect::set(&options, &"timeZone".into(), &zone.into()).ok()?;
    let date = date(at);
    // Asked for by name: an unknown zone is an exception here, which the typed method does not expect.
    let write: Function = Reflect::get(&date, &"toLocaleString".into()).ok()?.dyn_into().ok()?;
    write.call2(&date, &ISO_LIKE_LOCALE.into(), &options).ok()?.as_string()
}

fn date(at: Timestamp) -> Date {
    Date::new(&JsValue::from_f64(at.millis() as f64))
}
