//! Forms of bodies, drawn for people: the fields of an object, and of what can be one of several, each of them with what it
//! means.

use super::page::marked;
use crate::http::page::escaped;
use serde_json::Value;
use std::fmt::Write;

/// Forms inside forms are shown so deep.
const DEPTH_MAX: usize = 6;

/// What there is to know of a form beyond its kind: its fields, or what it can be.
pub fn drawn(document: &Value, schema: &Value) -> String {
    Forms { document }.drawn(schema, 0)
}

struct Forms<'a> {
    document: &'a Value,
}

impl<'a> Forms<'a> {
    fn drawn(&self, schema: &'a Value, depth: usize) -> String {
        if depth > DEPTH_MAX {
            return String::new();
        }
        let form = self.core(schema);
        if form["items"].is_object() {
            return self.drawn(&form["items"], depth);
        }
        if let Some(of_each) = each(form) {
            return self.drawn(of_each, depth);
        }
        if let Some(choices) = choices(form) {
            let rows: String = choices.iter().map(|choice| self.choice(choice, depth)).collect();
            return listed("choices", &rows);
        }
        if let Some(values) = form["enum"].as_array() {
            let rows: String = values.iter().map(|value| row(&value.to_string(), "", "", "")).collect();
            return listed("choices", &rows);
        }
        let properties = form["properties"].as_object().into_iter().flatten();
        let rows: String = properties.map(|(name, of)| self.field(form, name, of, depth)).collect();
        listed("", &rows)
    }

    fn field(&self, form: &Value, name: &str, of: &'a Value, depth: usize) -> String {
        let required = form["required"].as_array().is_some_and(|names| names.iter().any(|n| n == name));
        let kind = format!("{}{}", self.kind(of), if required { "" } else { ", optional" });
        row(name, &kind, self.about(of), &self.drawn(of, depth + 1))
    }

    /// One of several forms. What is written `{"name": {…}}` is told by its name.
    fn choice(&self, choice: &'a Value, depth: usize) -> String {
        let about = self.about(choice);
        let form = self.core(choice);
        if let Some(values) = form["enum"].as_array() {
            return values.iter().map(|value| row(&value.to_string(), "", about, "")).collect();
        }
        if !form["const"].is_null() {
            return row(&form["const"].to_string(), "", about, "");
        }
        let mut properties = form["properties"].as_object().into_iter().flatten();
        match (properties.next(), properties.next()) {
            (Some((name, of)), None) if form["additionalProperties"] == false => {
                row(&format!("{{\"{name}\": …}}"), &self.kind(of), about, &self.drawn(of, depth + 1))
            }
            _ => row("", &self.kind(choice), about, &self.drawn(choice, depth + 1)),
        }
    }

    fn about(&self, schema: &'a Value) -> &'a str {
        let own = schema["description"].as_str();
        own.or_else(|| self.core(schema)["description"].as_str()).unwrap_or_default()
    }

    /// A form without the name it goes by, and without the `null` it can be as well.
    fn core(&self, schema: &'a Value) -> &'a Value {
        let name = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next());
        let form = name.map_or(schema, |name| &self.document["components"]["schemas"][name]);
        let real = |forms: &'a Vec<Value>| {
            let mut real = forms.iter().filter(|form| form["type"] != "null");
            real.next().filter(|_| real.next().is_none())
        };
        form["anyOf"].as_array().and_then(real).map_or(form, |one| self.core(one))
    }

    /// A form's type in a few words.
    fn kind(&self, schema: &'a Value) -> String {
        let form = self.core(schema);
        let empty = self.may_be_null(schema).then(|| "null".to_owned());
        let kinds: Vec<String> = self.kinds(form).into_iter().chain(empty).collect();
        let mut told: Vec<&str> = Vec::new();
        for kind in &kinds {
            if !told.contains(&kind.as_str()) {
                told.push(kind);
            }
        }
        told.join(" or ")
    }

    fn kinds(&self, form: &'a Value) -> Vec<String> {
        if choices(form).is_some() || form["enum"].is_array() {
            return vec!["one of those below".to_owned()];
        }
        match &form["type"] {
            Value::String(name) if name == "array" => vec![format!("list of {}", self.kind(&form["items"]))],
            Value::String(name) if name == "object" && each(form).is_some() => {
                vec!["object by name".to_owned()]
            }
            Value::String(name) => {
                let id = form["format"].as_str().filter(|format| *format == "uuid");
                vec![id.unwrap_or(name).to_owned()]
            }
            Value::Array(names) => names.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => {
                let word = &form["const"];
                vec![if word.is_null() { "any".to_owned() } else { word.to_string() }]
            }
        }
    }

    fn may_be_null(&self, schema: &Value) -> bool {
        schema["anyOf"].as_array().is_some_and(|forms| forms.iter().any(|form| form["type"] == "null"))
    }
}

/// What each entry of an object has that goes by names of its own.
fn each(form: &Value) -> Option<&Value> {
    let by_pattern = form["patternProperties"].as_object().and_then(|patterns| patterns.values().next());
    by_pattern.or_else(|| Some(&form["additionalProperties"])).filter(|of_each| of_each.is_object())
}

fn choices(form: &Value) -> Option<&Vec<Value>> {
    form["oneOf"].as_array().or_else(|| form["anyOf"].as_array())
}

fn listed(kind: &str, rows: &str) -> String {
    if rows.is_empty() { String::new() } else { format!("<dl class=\"fields {kind}\">{rows}</dl>") }
}

fn row(name: &str, kind: &str, about: &str, inner: &str) -> String {
    let mut html = "<div><dt>".to_owned();
    if !name.is_empty() {
        let _ = write!(html, "<code>{}</code> ", escaped(name));
    }
    let _ = write!(html, "<small>{}</small></dt><dd>{}{inner}</dd></div>", escaped(kind), marked(about));
    html
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_value_of_an_enumeration_is_shown_with_what_it_means() {
        let order = json!({ "oneOf": [
            { "const": "by_age", "type": "string", "description": "The oldest first." },
            { "enum": ["by_name", "by_size"], "type": "string" },
        ] });
        let document = json!({ "components": { "schemas": { "Order": order } } });
        let schema = json!({ "properties": { "order": {
            "anyOf": [{ "$ref": "#/components/schemas/Order" }, { "type": "null" }], "description": "In which order."
        } } });
        let html = drawn(&document, &schema);
        assert!(html.contains("one of those below or null, optional"), "{html}");
        for part in ["In which order.", "&quot;by_age&quot;", "The oldest first.", "by_name", "by_size"] {
            assert!(html.contains(part), "{part}: {html}");
        }
    }

    #[test]
    fn a_form_that_is_one_of_several_shows_the_fields_of_each() {
        let act = json!({ "oneOf": [
            { "const": "accept", "type": "string", "description": "I take it." },
            {
                "type": "object", "description": "Somebody else is to go on.", "required": ["transfer"],
                "properties": { "transfer": {
                    "type": "object", "required": ["reason"],
                    "properties": { "reason": { "type": "string", "description": "Why." } },
                } },
                "additionalProperties": false,
            },
        ] });
        let html = drawn(&json!({}), &act);
        for part in ["accept", "I take it.", "transfer", "Somebody else is to go on.", "reason", "Why."] {
            assert!(html.contains(part), "{part}: {html}");
        }
    }

    #[test]
    fn what_goes_by_names_of_its_own_shows_what_each_has() {
        let team = json!({ "type": "object", "properties": { "name": { "type": "string" } } });
        for schema in [
            json!({ "type": "object", "additionalProperties": team }),
            json!({ "type": "object", "patternProperties": { "^a$": team }, "additionalProperties": false }),
        ] {
            assert!(drawn(&json!({}), &schema).contains("<code>name</code>"), "{schema}");
        }
    }
}
