//! What counts as an answer to a question, and what value it has.

mod address;
mod date;

use super::definition::{FormField, Kind};
use super::value::{Value, fold, read_number, read_time};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// What a text answers; `None` when it is no answer to such a question. `today` is for days without a year.
pub fn read(kind: &Kind, text: &str, today: Date) -> Option<Value> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    match kind {
        Kind::Text => Some(Value::text(text)),
        Kind::Choice(options) => choice(options, text).map(Value::text),
        Kind::Number { min, max } => number(text, *min, *max).map(Value::Number),
        Kind::Date(order) => date::read(text, *order, today).map(Value::Date),
        Kind::Time => read_time(text).map(Value::Time),
        Kind::Checkbox => checkbox(text).map(Value::Bool),
        Kind::Phone => address::phone(text).map(Value::Text),
        Kind::Email => address::email(text).map(Value::Text),
        Kind::Url => address::url(text).map(Value::Text),
        Kind::Rating => rating(text).map(Value::Number),
    }
}

/// Reads what was filled into a form. Fields nobody asked for are left out.
pub fn read_form(
    form: &[FormField],
    filled: &BTreeMap<String, String>,
    today: Date,
) -> Result<BTreeMap<String, Value>, BadForm> {
    let mut values = BTreeMap::new();
    let mut bad = BadForm::default();
    for field in form {
        let text = filled.get(&field.name).map_or("", |text| text.trim());
        match read(&field.kind, text, today) {
            Some(value) => {
                values.insert(field.name.clone(), value);
            }
            None if !text.is_empty() => bad.invalid.push(field.name.clone()),
            None if field.required => bad.empty.push(field.name.clone()),
            None => {}
        }
    }
    if bad == BadForm::default() { Ok(values) } else { Err(bad) }
}

/// Why a form was not taken.
#[derive(Clone, Debug, Default, PartialEq, Eq, thiserror::Error)]
#[error("fields that must be filled in and are not: {empty:?}; fields that hold no valid value: {invalid:?}")]
pub struct BadForm {
    /// Fields that must be filled in.
    pub empty: Vec<String>,
    /// Fields that hold something else than they should.
    pub invalid: Vec<String>,
}

/// The label that was meant. A label wins over a number: `2` may be one.
fn choice<'a>(options: &'a [String], text: &str) -> Option<&'a str> {
    let said = fold(text);
    let by_label = options.iter().find(|label| fold(label) == said);
    let by_number = || options.get(text.parse::<usize>().ok()?.checked_sub(1)?);
    by_label.or_else(by_number).map(String::as_str)
}

fn number(text: &str, min: Option<f64>, max: Option<f64>) -> Option<f64> {
    let fits = |number: &f64| min.is_none_or(|min| *number >= min) && max.is_none_or(|max| *number <= max);
    read_number(text).filter(fits)
}

fn rating(text: &str) -> Option<f64> {
    let stars = || {
        let stars = text.chars().filter(|c| *c != '\u{fe0f}');
        stars.clone().all(|c| matches!(c, '★' | '⭐')).then(|| stars.count())
    };
    let rating = text.parse::<usize>().ok().or_else(stars)?;
    (1..=5).find(|rate| usize::from(*rate) == rating).map(|rate: u8| f64::from(rate))
}

fn checkbox(text: &str) -> Option<bool> {
    match fold(text).as_str() {
        "true" | "yes" | "on" | "1" => Some(true),
        "false" | "no" | "off" | "0" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workflow::definition::DateOrder;
    use jiff::civil::date;

    #[test]
    fn a_choice_is_its_label_or_its_number() {
        let sizes = Kind::Choice(["Small", "LARGE", "1"].map(str::to_owned).into());
        for (text, label) in [
            (" small ", Some("Small")),
            ("Large", Some("LARGE")),
            ("2", Some("LARGE")),
            // The third label looks like the first one's number, and a label wins.
            ("1", Some("1")),
            ("3", Some("1")),
            ("0", None),
            ("4", None),
            ("larg", None),
            ("", None),
        ] {
            assert_eq!(said(&sizes, text), label.map(Value::text), "{text}");
        }
    }

    #[test]
    fn a_number_lies_within_its_bounds_and_they_count_in() {
        let kind = Kind::Number { min: Some(1.0), max: Some(10.0) };
        for (text, number) in [
            ("1", Some(1.0)),
            ("10", Some(10.0)),
            ("2,5", Some(2.5)),
            ("0.9", None),
            ("11", None),
            ("ten", None),
        ] {
            assert_eq!(said(&kind, text), number.map(Value::Number), "{text}");
        }
        assert_eq!(said(&Kind::Number { min: None, max: None }, "-5"), Some(Value::Number(-5.0)));
    }

    #[test]
    fn a_rating_is_one_to_five_in_figures_or_stars() {
        for (text, rating) in [
            ("1", Some(1.0)),
            ("5", Some(5.0)),
            ("★★★", Some(3.0)),
            ("⭐️⭐️", Some(2.0)),
            ("0", None),
            ("6", None),
            ("4.5", None),
            ("good", None),
        ] {
            assert_eq!(said(&Kind::Rating, text), rating.map(Value::Number), "{text}");
        }
    }

    #[test]
    fn other_kinds_take_what_they_are() {
        for (kind, text, value) in [
            (Kind::Text, "  hello ", Some(Value::text("hello"))),
            (Kind::Text, " \n ", None),
            (Kind::Checkbox, "Yes", Some(Value::Bool(true))),
            (Kind::Checkbox, "perhaps", None),
            (Kind::Date(DateOrder::DayFirst), "24/12/2026", Some(Value::Date(date(2026, 12, 24)))),
            (Kind::Email, "Ada <ada@example.com>", None),
            (Kind::Phone, "+44 20 7946 0000", Some(Value::text("+442079460000"))),
        ] {
            assert_eq!(said(&kind, text), value, "{kind:?} {text}");
        }
        assert!(matches!(said(&Kind::Time, "18:30"), Some(Value::Time(_))));
    }

    #[test]
    fn a_form_tells_everything_that_is_wrong_with_it() {
        let field = |name: &str, kind, required| FormField { name: name.to_owned(), kind, required };
        let form = [
            field("reason", Kind::Text, true),
            field("severity", Kind::Rating, true),
            field("until", Kind::Time, false),
        ];
        let fill = |filled: &[(&str, &str)]| {
            let filled = filled.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
            read_form(&form, &filled, date(2026, 11, 21))
        };
        let good = fill(&[("reason", "fire"), ("severity", "5"), ("until", " "), ("other", "x")]).unwrap();
        assert_eq!(good.keys().collect::<Vec<_>>(), ["reason", "severity"]);
        let bad = fill(&[("severity", "9"), ("until", "late")]).unwrap_err();
        assert_eq!(
            bad,
            BadForm { empty: vec!["reason".into()], invalid: vec!["severity".into(), "until".into()] }
        );
    }

    fn said(kind: &Kind, text: &str) -> Option<Value> {
        read(kind, text, date(2026, 11, 21))
    }
}
