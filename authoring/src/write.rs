//! Assistants as text: JSON for programs, YAML for people. What is written reads back as the same.

mod yaml;

use crate::document::Document;
use serde_json::Value;

pub use yaml::yaml;

/// A document as JSON.
pub fn to_json(document: &Document) -> String {
    json(&tree(document))
}

/// A document as YAML.
pub fn to_yaml(document: &Document) -> String {
    yaml(&tree(document))
}

/// JSON as people indent it.
pub fn json(value: &Value) -> String {
    format!("{value:#}\n")
}

fn tree(document: &Document) -> Value {
    serde_json::to_value(document).expect("every key of a document is a text, and every number is finite")
}
