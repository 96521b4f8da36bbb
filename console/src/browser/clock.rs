//! Time and chance, from the browser.

use crate::browser::window;
use crate::inbox::Moment;
use js_sys::Date;
use protocol::Timestamp;
use wasm_bindgen::JsValue;

/// The time by the browser's clock.
pub fn now() -> Timestamp {
    Timestamp::from_millis(Date::now() as u64)
}

/// Now, and fresh random bytes.
pub fn moment() -> Moment {
    Moment { now: now(), chance: chance() }
}

/// A time of day as the reader's own locale and zone write it, with the date in front when it is not today's.
pub fn time_of_day(at: Timestamp) -> String {
    let date = Date::new(&JsValue::from_f64(at.millis() as f64));
    let today = Date::new_0();
    let options = js_sys::Object::new();
    let mut parts = vec![("hour", "2-digit"), ("minute", "2-digit")];
    if date.to_date_string() != today.to_date_string() {
        parts.extend([("day", "numeric"), ("month", "short")]);
    }
    for (key, value) in parts {
        // A plain object takes any property.
        let _ = js_sys::Reflect::set(&options, &key.into(), &value.into());
    }
    String::from(date.to_locale_string("default", &options))
}

/// When something that is put aside can return: what it is called, and the moment.
pub fn later() -> Vec<(&'static str, Timestamp)> {
    let now = now();
    let mut later = vec![
        ("In an hour", now.plus_seconds(3_600)),
        ("In three hours", now.plus_seconds(3 * 3_600)),
        ("Tomorrow morning", morning_in(1)),
    ];
    // Sunday is day 0, and its tomorrow is Monday.
    let sunday = Date::new_0().get_day() == 0;
    if !sunday {
        later.push(("On Monday morning", morning_in(8 - Date::new_0().get_day())));
    }
    later
}

/// A moment as a browser's field for dates and times writes it: by the reader's own clock, to the minute.
pub fn for_field(at: Timestamp) -> String {
    let date = Date::new(&JsValue::from_f64(at.millis() as f64));
    let day = format!("{:04}-{:02}-{:02}", date.get_full_year(), date.get_month() + 1, date.get_date());
    format!("{day}T{:02}:{:02}", date.get_hours(), date.get_minutes())
}

/// What such a field says; `None` while it is not filled in.
pub fn from_field(written: &str) -> Option<Timestamp> {
    let millis = Date::new(&JsValue::from_str(written)).get_time();
    (millis >= 0.0).then(|| Timestamp::from_millis(millis as u64))
}

/// The reader's nine o'clock so many days from now.
fn morning_in(days: u32) -> Timestamp {
    const MORNING_HOUR: u32 = 9;
    let date = Date::new_0();
    date.set_date(date.get_date() + days);
    date.set_hours(MORNING_HOUR);
    date.set_minutes(0);
    date.set_seconds(0);
    Timestamp::from_millis(date.get_time() as u64)
}

/// Without a random generator (no browser lacks one) ids still differ by their time.
fn chance() -> [u8; 10] {
    let mut bytes = [0; 10];
    if let Ok(crypto) = window().crypto() {
        let _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    bytes
}
