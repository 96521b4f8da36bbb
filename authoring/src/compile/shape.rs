//! What kind of value something has, where that is known, and literals read as that kind.

use super::at::At;
use super::names::AnswerKind;
use super::nearest::did_you_mean;
use super::operand::moment;
use super::scope::Scope;
use crate::document::{AskDoc, Document, FullOptionDoc, KindDoc, OptionDoc, OptionsDoc, SavedDoc};
use assistant::definition::{Expr, built_in};
use assistant::{Value, fold};

/// A kind of value.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Shape<'a> {
    /// Not known before it is there.
    Unknown,
    /// The answer to this question, of options, yes or no, a pattern, or free text.
    Answer(&'a AskDoc),
    Number,
    Date,
    Time,
    DateTime,
}

/// The kind of an expression's value.
pub(crate) fn shape_of<'a>(scope: Scope<'a>, expr: &Expr) -> Shape<'a> {
    match expr {
        Expr::Step(name) => match scope.answer(name).map(|answer| answer.kind) {
            Some(AnswerKind::Asked(ask)) => shape_of_answer(ask),
            Some(AnswerKind::Result | AnswerKind::Silent) | None => Shape::Unknown,
        },
        Expr::Variable(name) => match name.as_str() {
            built_in::CURRENT_DATE => Shape::Date,
            built_in::CURRENT_TIME => Shape::Time,
            built_in::NOW => Shape::DateTime,
            built_in::NO_MATCHES_COUNT => Shape::Number,
            _ => Shape::Unknown,
        },
        Expr::Value(_)
        | Expr::Offered(_)
        | Expr::Local(_)
        | Expr::Input
        | Expr::List(_)
        | Expr::Map(_)
        | Expr::Unary(..)
        | Expr::Binary(..)
        | Expr::Choose(..)
        | Expr::Field(..)
        | Expr::Index(..)
        | Expr::Method(..)
        | Expr::Filter { .. }
        | Expr::Call(..) => Shape::Unknown,
    }
}

/// The kind of a question's answer.
pub(crate) fn shape_of_answer(ask: &AskDoc) -> Shape<'_> {
    match ask.kind {
        KindDoc::Options | KindDoc::YesNo | KindDoc::Pattern | KindDoc::Text => Shape::Answer(ask),
        KindDoc::Number | KindDoc::Currency | KindDoc::Percent => Shape::Number,
        KindDoc::Date => Shape::Date,
        KindDoc::Time => Shape::Time,
    }
}

/// A literal as a value of that kind: `2026-11-21` beside a date is a date, an option's label its value. What cannot be
/// one is noted.
pub(crate) fn fitted(scope: Scope<'_>, shape: Shape<'_>, value: Value, at: &At<'_>) -> Value {
    match (shape, value) {
        (shape, Value::List(items)) => {
            let items = items.into_iter().enumerate();
            Value::List(items.map(|(index, item)| fitted(scope, shape, item, &at.index(index))).collect())
        }
        (Shape::Date, Value::Text(text)) => date(scope, text, at),
        (Shape::Time, Value::Text(text)) => time(scope, text, at),
        (Shape::DateTime, Value::Text(text)) => moment(&text).unwrap_or(Value::Text(text)),
        (Shape::Number, Value::Text(text)) => number(scope, text, at),
        (Shape::Answer(ask), Value::Text(text)) => match ask.kind {
            KindDoc::Options => option(scope, ask, text, at),
            KindDoc::YesNo => yes_no(scope, ask, text, at),
            KindDoc::Pattern
            | KindDoc::Text
            | KindDoc::Number
            | KindDoc::Currency
            | KindDoc::Percent
            | KindDoc::Date
            | KindDoc::Time => Value::Text(text),
        },
        (_, value) => value,
    }
}

/// An option's label, value and synonyms.
pub(crate) fn full(option: &OptionDoc) -> FullOptionDoc {
    match option {
        OptionDoc::Label(label) => FullOptionDoc { label: label.clone(), ..FullOptionDoc::default() },
        OptionDoc::Full(full) => full.clone(),
    }
}

/// The options of a question that are known beforehand: its own, the saved ones it names, and the last one of a list
/// that is not known.
pub(crate) fn known_options<'a>(document: &'a Document, ask: &'a AskDoc) -> &'a [OptionDoc] {
    match &ask.options {
        Some(OptionsDoc::List(options)) => options,
        Some(OptionsDoc::Saved(name)) => match document.saved.get(name) {
            Some(SavedDoc::Options(saved)) => &saved.options,
            Some(SavedDoc::Patterns(_)) | None => &[],
        },
        None => ask.otherwise.as_slice(),
    }
}

fn option(scope: Scope<'_>, ask: &AskDoc, text: String, at: &At<'_>) -> Value {
    let options: Vec<FullOptionDoc> = known_options(scope.c.document, ask).iter().map(full).collect();
    let value = |option: &FullOptionDoc| option.value.clone().unwrap_or_else(|| option.label.clone());
    let wanted = fold(&text);
    let by_value = options.iter().find(|option| fold(&value(option)) == wanted);
    let found = by_value.or_else(|| options.iter().find(|option| fold(&option.label) == wanted));
    if let Some(found) = found {
        return Value::Text(value(found));
    }
    if ask.from.is_none() && !options.is_empty() {
        let remedy = did_you_mean(&text, options.iter().map(|option| option.label.as_str()), "options");
        scope.warning("unknown-option", at, format!("no option is called `{text}`"), remedy);
    }
    Value::Text(text)
}

fn yes_no(scope: Scope<'_>, ask: &AskDoc, text: String, at: &At<'_>) -> Value {
    let is = |own: &[String], default: &str| {
        let words = own.iter().map(String::as_str).chain([default]);
        words.map(fold).any(|word| word == fold(&text))
    };
    if is(&ask.yes, "yes") || fold(&text) == "true" {
        return Value::YesNo(true);
    }
    if is(&ask.no, "no") || fold(&text) == "false" {
        return Value::YesNo(false);
    }
    let problem = format!("`{text}` is compared with yes or no");
    scope.error("wrong-kind", at, problem, "write `true` for yes, `false` for no");
    Value::Text(text)
}

fn number(scope: Scope<'_>, text: String, at: &At<'_>) -> Value {
    match text.trim().parse::<f64>().ok().filter(|number| number.is_finite()) {
        Some(number) => Value::Number(number),
        None => {
            let problem = format!("`{text}` is compared with a number");
            scope.error("wrong-kind", at, problem, "write a number, without quotes");
            Value::Text(text)
        }
    }
}

fn date(scope: Scope<'_>, text: String, at: &At<'_>) -> Value {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let plain = text.trim().to_lowercase();
    if DAYS.contains(&plain.as_str()) {
        return Value::Text(plain);
    }
    assistant::civil::read_date(text.trim()).map(Value::Date).unwrap_or_else(|| {
        let problem = format!("`{text}` is no date");
        let remedy = "write a date as `2026-11-21`, a day of the week as `monday`, or {\"variable\": \"current_date\"}";
        scope.error("bad-date", at, problem, remedy);
        Value::Text(text)
    })
}

fn time(scope: Scope<'_>, text: String, at: &At<'_>) -> Value {
    assistant::civil::read_time(text.trim()).map(Value::Time).unwrap_or_else(|| {
        scope.error("bad-time", at, format!("`{text}` is no time"), "write a time as `17:30`");
        Value::Text(text)
    })
}
