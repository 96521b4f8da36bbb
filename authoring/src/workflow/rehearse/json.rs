//! Values out of other systems' JSON.

use serde_json::Value as Json;
use switchboard::workflow::Value;
use switchboard::workflow::definition::PathPart;

/// What stands at a path. Lists become lists of texts; objects are nothing a workflow can hold.
pub fn found(json: &Json, path: &[PathPart]) -> Value {
    let into = |json: &'_ Json, part: &PathPart| match part {
        PathPart::Key(key) => json.get(key).cloned(),
        PathPart::Index(index) => json.get(usize::try_from(*index).ok()?).cloned(),
    };
    let at = path.iter().try_fold(json.clone(), |json, part| into(&json, part));
    at.map(|json| value(&json)).unwrap_or_default().within_bounds()
}

fn value(json: &Json) -> Value {
    match json {
        Json::String(text) => Value::text(text.clone()),
        Json::Number(number) => number.as_f64().map_or(Value::Missing, Value::Number),
        Json::Bool(yes) => Value::Bool(*yes),
        Json::Array(items) => {
            let items = items.iter().map(|item| value(item).written().into_owned());
            Value::List(items.filter(|item| !item.is_empty()).collect())
        }
        Json::Null | Json::Object(_) => Value::Missing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workflow::compile::json_path;
    use serde_json::json;

    #[test]
    fn what_stands_at_a_path_keeps_its_kind() {
        let body = json!({ "a": [{ "b": "x" }, 2.5], "c": true, "d": null, "e": ["p", 1, {}] });
        for (path, expected) in [
            ("$.a[0].b", Value::text("x")),
            ("$.a[1]", Value::Number(2.5)),
            ("$.c", Value::Bool(true)),
            ("$.d", Value::Missing),
            ("$.a[0]", Value::Missing),
            ("$.a[7].b", Value::Missing),
            ("$.e", Value::List(vec!["p".to_owned(), "1".to_owned()])),
        ] {
            assert_eq!(found(&body, &json_path(path).unwrap()), expected, "{path}");
        }
    }
}
