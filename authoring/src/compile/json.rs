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
    match filled(scope, json, at) {
        Filled::Fixed(json) => Text::plain(&json.to_string()),
        Filled::Made(_) if json.is_string() => {
            let problem = "values can be inserted in the texts of an object or a list, not in a text alone";
            scope.error("bad-text", at, problem, "write an object: { \"text\": … }");
            Text::default()
        }
        Filled::Made(expr) => {
            Text(vec![Part::Insert(Expr::Method(Box::new(expr), Method::ToJson, Vec::new()))])
        }
    }
}

/// JSON whose texts have been read.
enum Filled {
    /// Nothing is inserted.
    Fixed(Json),
    /// It is made when it is said.
    Made(Expr),
}

impl Filled {
    fn into_expr(self) -> Expr {
        match self {
            Self::Fixed(json) => operand::json(&json).into(),
            Self::Made(expr) => expr,
        }
    }

    fn fixed(&self) -> Option<&Json> {
        match self {
            Self::Fixed(json) => Some(json),
            Self::Made(_) => None,
        }
    }
}

fn filled<'a>(scope: Scope<'a>, json: &'a Json, at: &At<'_>) -> Filled {
    match json {
        Json::Null | Json::Bool(_) | Json::Number(_) => Filled::Fixed(json.clone()),
        Json::String(raw) => joined(plain_text(scope, raw, at)),
        Json::Array(items) => {
            let items = items.iter().enumerate();
            let items: Vec<Filled> =
                items.map(|(index, item)| filled(scope, item, &at.index(index))).collect();
            let fixed: Option<Vec<Json>> = items.iter().map(|item| item.fixed().cloned()).collect();
            let made = || Expr::List(items.into_iter().map(Filled::into_expr).collect());
            fixed.map_or_else(|| Filled::Made(made()), |fixed| Filled::Fixed(Json::Array(fixed)))
        }
        Json::Object(fields) => {
            let fields = fields.iter();
            let fields: Vec<(&String, Filled)> =
                fields.map(|(key, value)| (key, filled(scope, value, &at.key(key)))).collect();
            let fixed = fields.iter().map(|(key, value)| Some(((*key).clone(), value.fixed()?.clone())));
            let fixed: Option<serde_json::Map<String, Json>> = fixed.collect();
            let made = || {
                let fields = fields.into_iter().map(|(key, value)| (key.clone(), value.into_expr()));
                Expr::Map(fields.collect())
            };
            fixed.map_or_else(|| Filled::Made(made()), |fixed| Filled::Fixed(Json::Object(fixed)))
        }
    }
}

/// A text as one.
fn joined(text: Text) -> Filled {
    let words: Option<Vec<&str>> = text.0.iter().map(words).collect();
    if let Some(words) = words {
        return Filled::Fixed(Json::String(words.concat()));
    }
    let pattern = Expr::Value(Value::Text("%s".repeat(text.0.len())));
    let pieces = text.0.into_iter().map(|part| match part {
        Part::Words(words) => Value::Text(words).into(),
        Part::Insert(expr) => expr,
    });
    Filled::Made(Expr::Call(Function::Format, std::iter::once(pattern).chain(pieces).collect()))
}

fn words(part: &Part) -> Option<&str> {
    match part {
        Part::Words(words) => Some(words),
        Part::Insert(_) => None,
    }
}
