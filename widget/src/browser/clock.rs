//! The browser's clock, its chance, and its console.

use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use protocol::Timestamp;
use std::cell::OnceCell;
use wasm_bindgen::JsValue;

/// Now, by the browser's clock.
pub fn now() -> Timestamp {
    Timestamp::from_millis(Date::now() as u64)
}

/// Fills a buffer from the browser's generator for secrets.
pub fn draw(bytes: &mut [u8]) {
    let crypto = web_sys::window().and_then(|window| window.crypto().ok());
    let drawn = crypto.and_then(|crypto| crypto.get_random_values_with_u8_array(bytes).ok());
    if drawn.is_none() {
        warn("this browser has no generator for secrets");
    }
}

/// The time of day as the visitor's region writes it.
pub fn time_of_day(at: Timestamp) -> String {
    thread_local! {
        static FORMAT: OnceCell<Function> = const { OnceCell::new() };
    }
    let date = Date::new(&JsValue::from_f64(at.millis() as f64));
    FORMAT.with(|format| {
        let format = format.get_or_init(hours_and_minutes);
        format.call1(&JsValue::UNDEFINED, &date).ok().and_then(|text| text.as_string()).unwrap_or_default()
    })
}

/// Tells whoever has the developer's console open.
pub fn warn(what: &str) {
    web_sys::console::warn_2(&"Passerelle:".into(), &what.into());
}

fn hours_and_minutes() -> Function {
    let options = Object::new();
    for (part, digits) in [("hour", "numeric"), ("minute", "2-digit")] {
        let _ = Reflect::set(&options, &part.into(), &digits.into());
    }
    Intl::DateTimeFormat::new(&Array::new(), &options).format()
}
