//! JSON for the page around the chat, with values inserted in its texts. Whatever is inserted, what comes out is JSON.

use super::at::At;
use super::operand;
use super::scope::Scope;
use super::text::plain_text;
use assistant::Value;
use assistant::definition::{Expr, Function, Method, Part, Text};
use serde_json::Value as Json;

/// JSON as a text. `null` alone is no JSON at all.
pub(crate) fn json_text<'a>(scope: Scope<'a>, json: &'a Json, at: &At<'_>) -> Text {
    if json.is_null() {
        return Text::default();
    }
    let filled = filled(scope, json, at);
    if let Expr::Value(_) = filled {
        return Text::plain(&unescaped(scope, json, at).to_string());
    }
    if let Json::String(_) = json {
        let problem = "values can be inserted in the texts of an object or a list, not in a text alone";
        scope.error("bad-text", at, problem, "write an object: { \"text\": … }");
        return Text::default();
    }
    Text(vec![Part::Insert(Expr::Method(Box::new(filled), Method::ToJson, Vec::new()))])
}

/// The JSON as an expression; a value when nothing is inserted anywhere in it.
fn filled<'a>(scope: Scope<'a>, json: &'a Json, at: &At<'_>) -> Expr {
    match json {
        Json::Null | Json::Bool(_) | Json::Number(_) => operand::json(json).into(),
        Json::String(raw) => joined(plain_text(scope, raw, at)),
        Json::Array(items) => {
            let items = items.iter().enumerate();
            operand::list(items.map(|(index, item)| filled(scope, item, &at.index(index))).collect())
        }
        Json::Object(fields) => {
            let fields = fields.iter().map(|(key, value)| (key.clone(), filled(scope, value, &at.key(key))));
            operand::map(fields.collect())
        }
    }
}

/// The same JSON without inserts, in its own order, its doubled braces made single.
fn unescaped<'a>(scope: Scope<'a>, json: &'a Json, at: &At<'_>) -> Json {
    match json {
        Json::Null | Json::Bool(_) | Json::Number(_) => json.clone(),
        Json::String(raw) => match joined(plain_text(scope, raw, at)) {
            Expr::Value(Value::Text(words)) => Json::String(words),
            _ => json.clone(),
        },
        Json::Array(items) => {
            let items = items.iter().enumerate();
            items.map(|(index, item)| unescaped(scope, item, &at.index(index))).collect()
        }
        Json::Object(fields) => {
            let fields = fields.iter();
            fields.map(|(key, value)| (key.clone(), unescaped(scope, value, &at.key(key)))).collect()
        }
    }
}

/// A text as an expression.
fn joined(text: Text) -> Expr {
    let words: Option<Vec<&str>> = text.0.iter().map(words).collect();
    if let Some(words) = words {
        return Value::Text(words.concat()).into();
    }
    let pattern = Expr::Value(Value::Text("%s".repeat(text.0.len())));
    let pieces = text.0.into_iter().map(|part| match part {
        Part::Words(words) => Value::Text(words).into(),
        Part::Insert(expr) => expr,
    });
    Expr::Call(Function::Format, std::iter::once(pattern).chain(pieces).collect())
}

fn words(part: &Part) -> Option<&str> {
    match part {
        Part::Words(words) => Some(words),
        Part::Insert(_) => None,
    }
}
