//! Values and texts as people read them (`watsonx.md` 1.10).

mod dates;
mod locale;
mod numbers;
#[cfg(test)]
mod tests;

pub(crate) use dates::{Clock, in_pattern};
pub(crate) use locale::Locale;

use crate::definition::{Display, Part, Text, Texts, TimeStyle};
use crate::evaluate::{Failed, Scope, evaluate};
use crate::json::to_json;
use crate::limits::RENDERED_BYTES_MAX;
use crate::value::Value;
use jiff::civil::{DateTime, Time};

/// A value in words.
pub fn show(value: &Value, display: &Display, texts: &Texts) -> String {
    let locale = Locale::of(&display.locale);
    match value {
        Value::Nothing => String::new(),
        Value::Text(text) => text.clone(),
        Value::Number(number) => numbers::number(*number, display.decimals, display, locale),
        Value::Percent(number) => numbers::percent(*number, display, locale),
        Value::Money { amount, currency } => numbers::money(*amount, currency, display, locale),
        Value::YesNo(true) => texts.yes.clone(),
        Value::YesNo(false) => texts.no.clone(),
        Value::Date(date) => dates::in_style(date.at(0, 0, 0, 0), display.date, locale),
        Value::Time(time) => time_of_day(*time, display.time, locale),
        Value::DateTime(at) => {
            let date = dates::in_style(*at, display.date, locale);
            date + ", " + &time_of_day(at.time(), display.time, locale)
        }
        Value::List(items) => {
            let words = items.iter().map(|item| show(item, display, texts));
            locale.enumerate(&words.filter(|words| !words.is_empty()).collect::<Vec<String>>())
        }
        Value::Map(map) => match map.get("label") {
            Some(Value::Text(label)) => label.clone(),
            Some(_) | None => to_json(value),
        },
    }
}

/// A text with its values filled in. What has no value, or fails, inserts nothing. It ends at [`RENDERED_BYTES_MAX`].
pub fn render(text: &Text, scope: &mut dyn Scope, failures: &mut Vec<Failed>) -> String {
    let mut out = String::new();
    for part in &text.0 {
        match part {
            Part::Words(words) => out.push_str(words),
            Part::Insert(expr) => match evaluate(expr, scope) {
                Ok(value) => out.push_str(&show(&value, scope.display(), scope.texts())),
                Err(failed) => failures.push(failed),
            },
        }
        if out.len() > RENDERED_BYTES_MAX {
            out.truncate(out.floor_char_boundary(RENDERED_BYTES_MAX));
            break;
        }
    }
    out
}

fn time_of_day(time: Time, style: TimeStyle, locale: &Locale) -> String {
    let pattern = match style {
        TimeStyle::Short => locale.times[0],
        TimeStyle::Medium => locale.times[1],
    };
    dates::known(pattern, DateTime::from_parts(jiff::civil::date(2000, 1, 1), time), locale)
}
