//! Authors' files as text: JSON for programs, YAML for people. What is written reads back as the same.

mod yaml;

use crate::tree::number_to_json;
use serde::Serialize;
use serde_json::Value;

pub use yaml::yaml;

/// A document as JSON.
pub fn to_json<T: Serialize>(document: &T) -> String {
    json(&tree(document))
}

/// A document as YAML.
pub fn to_yaml<T: Serialize>(document: &T) -> String {
    yaml(&tree(document))
}

/// JSON as people indent it.
pub fn json(value: &Value) -> String {
    format!("{value:#}\n")
}

fn tree<T: Serialize>(document: &T) -> Value {
    let mut tree = serde_json::to_value(document)
        .expect("every key of a document is a text, and every number is finite");
    shorten_numbers(&mut tree);
    tree
}

/// Numbers of a document have a point in memory; whole ones are written without.
fn shorten_numbers(value: &mut Value) {
    match value {
        Value::Number(number) => {
            if let Some(float) = number.as_f64().filter(|_| number.is_f64()) {
                *value = number_to_json(float);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(shorten_numbers),
        Value::Object(map) => map.values_mut().for_each(shorten_numbers),
        Value::Null | Value::Bool(_) | Value::String(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::tree::{Notation, read};

    #[test]
    fn a_document_reads_back_as_the_same() {
        let everything = read(Notation::Yaml, include_str!("../tests/everything.yaml")).unwrap().to_json();
        let document: Document = serde_json::from_value(everything).unwrap();
        for (notation, text) in [(Notation::Json, to_json(&document)), (Notation::Yaml, to_yaml(&document))] {
            let again = read(notation, &text).unwrap().to_json();
            assert_eq!(serde_json::from_value::<Document>(again).unwrap(), document, "{text}");
        }
    }

    #[test]
    fn whole_numbers_are_written_without_a_point() {
        let document: Document =
            serde_json::from_str(r#"{ "format": 1, "name": "A", "language": "en", "actions": [], "variables": { "x": { "initial": 3 } } }"#)
                .unwrap();
        assert!(to_yaml(&document).contains("x: { initial: 3 }"), "{}", to_yaml(&document));
    }
}
