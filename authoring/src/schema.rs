//! The JSON Schemas of the authoring formats, generated from their types. `docs/*.schema.json` hold them for authors'
//! editors; `UPDATE=1 cargo test -p authoring schema` writes them anew.

use crate::document::Document;
use crate::workflow::{Recording, WorkflowDoc};
use serde_json::{Map, Value, json};
use std::sync::LazyLock;

/// The schema of assistants. Files are compared with it before anything else.
pub static SCHEMA: LazyLock<Value> = LazyLock::new(|| make(schemars::schema_for!(Document), "assistant"));

/// The schema of workflows.
pub static WORKFLOW_SCHEMA: LazyLock<Value> =
    LazyLock::new(|| make(schemars::schema_for!(WorkflowDoc), "workflow"));

/// The schema of recorded conversations.
pub static RECORDING_SCHEMA: LazyLock<Value> =
    LazyLock::new(|| make(schemars::schema_for!(Recording), "recording"));

/// A schema as a text, as it is published.
pub fn text(schema: &Value) -> String {
    format!("{schema:#}\n")
}

fn make(schema: schemars::Schema, what: &str) -> Value {
    let mut schema = schema.to_value();
    tidy(&mut schema);
    if let Some(root) = schema.as_object_mut() {
        root.insert("title".to_owned(), format!("Passerelle {what}").into());
        root.shift_insert(1, "$id".to_owned(), format!("urn:passerelle:{what}:1").into());
    }
    schema
}

/// Types of Rust become what an author has to know.
fn tidy(schema: &mut Value) {
    let Some(map) = schema.as_object_mut() else { return };
    bound_integers(map);
    refuse_needless_nulls(map);
    if let Some(Value::String(description)) = map.get_mut("description") {
        *description = description.replace('\n', " ");
    }
    if let Some(Value::String(target)) = map.get_mut("$ref") {
        *target = plain_name(target).to_owned();
    }
    if let Some(Value::Object(definitions)) = map.get_mut("$defs") {
        *definitions = std::mem::take(definitions)
            .into_iter()
            .map(|(name, definition)| (plain_name(&name).to_owned(), definition))
            .collect();
    }
    for (key, value) in map {
        match (key.as_str(), value) {
            ("properties" | "$defs", Value::Object(children)) => children.values_mut().for_each(tidy),
            ("anyOf" | "oneOf", Value::Array(children)) => children.iter_mut().for_each(tidy),
            ("items" | "additionalProperties", child) => tidy(child),
            _ => {}
        }
    }
}

fn plain_name(name: &str) -> &str {
    name.strip_suffix("Doc").unwrap_or(name)
}

/// Names of Rust's number types mean nothing elsewhere; their bounds do.
fn bound_integers(map: &mut Map<String, Value>) {
    let Some(Value::String(format)) = map.shift_remove("format") else { return };
    let (min, max): (i64, i64) = match format.as_str() {
        "uint8" => (0, u8::MAX.into()),
        "uint32" => (0, u32::MAX.into()),
        "int32" => (i32::MIN.into(), i32::MAX.into()),
        _ => return,
    };
    map.entry("minimum").or_insert(json!(min));
    map.entry("maximum").or_insert(json!(max));
}

/// What can be left out is left out, not written as `null`.
fn refuse_needless_nulls(map: &mut Map<String, Value>) {
    let Some(Value::Object(properties)) = map.get_mut("properties") else { return };
    for property in properties.values_mut().filter_map(Value::as_object_mut) {
        if let Some(Value::Array(types)) = property.get_mut("type")
            && let [only, Value::String(null)] = types.as_slice()
            && null == "null"
        {
            let only = only.clone();
            property.insert("type".to_owned(), only);
        }
        if let Some(Value::Array(branches)) = property.get("anyOf")
            && let [Value::Object(only), null] = branches.as_slice()
            && null.get("type") == Some(&json!("null"))
        {
            let only = only.clone();
            property.shift_remove("anyOf");
            property.extend(only);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn the_published_schema_is_current() {
        for (schema, what) in schemas() {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../docs/{what}.schema.json"));
            if std::env::var_os("UPDATE").is_some() {
                std::fs::write(&path, text(schema)).unwrap();
            }
            let published = std::fs::read_to_string(&path).unwrap_or_default();
            assert!(
                published == text(schema),
                "{what}: run `UPDATE=1 cargo test -p authoring schema` and look at what changed"
            );
        }
    }

    #[test]
    fn everything_in_it_is_described() {
        for (schema, what) in schemas() {
            let definitions = schema["$defs"].as_object().unwrap();
            for (name, definition) in definitions.iter().chain([(&what.to_owned(), schema)]) {
                assert!(definition["description"].is_string(), "{name}");
                let properties =
                    definition.get("properties").and_then(Value::as_object).into_iter().flatten();
                for (property, schema) in properties {
                    assert!(schema["description"].is_string(), "{property} of {name}");
                }
            }
        }
    }

    fn schemas() -> [(&'static Value, &'static str); 3] {
        [(&SCHEMA, "assistant"), (&WORKFLOW_SCHEMA, "workflow"), (&RECORDING_SCHEMA, "recording")]
    }
}
