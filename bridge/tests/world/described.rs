//! Whatever the bridge answers, to whichever test, is held against its own description.

use super::http::{Answer, exchanged};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use tokio::sync::OnceCell;

/// The description says nothing of a workspace: one will do for all.
static DOCUMENT: OnceCell<Value> = OnceCell::const_new();

/// Forms that were needed before.
static FORMS: Mutex<BTreeMap<String, Arc<jsonschema::Validator>>> = Mutex::new(BTreeMap::new());

/// Fails when an answer of the API is not as the description says.
pub async fn check(address: SocketAddr, method: &str, path: &str, answer: &Answer) {
    let is_json = answer.header("content-type").is_some_and(|kind| kind.starts_with("application/json"));
    let plain = path.split('?').next().unwrap_or_default();
    if !plain.starts_with("/api/v1/") || !is_json {
        return;
    }
    let document =
        DOCUMENT.get_or_init(async || exchanged(address, "GET", "/api/openapi.json", &[], "").await.json());
    let document = document.await;
    let Some((template, operation)) = operation(document, method, plain) else { return };
    let told = &operation["responses"][answer.status.to_string()];
    assert!(told.is_object(), "{method} {template} answers {}, which is not told: {answer:?}", answer.status);
    let schema = &told["content"]["application/json"]["schema"];
    if schema.is_null() {
        return;
    }
    let form = form(document, &format!("{method} {template} {}", answer.status), schema);
    let body = answer.json();
    let wrong: Vec<String> =
        form.iter_errors(&body).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(wrong.is_empty(), "{method} {path}: {wrong:#?}\n{body:#}");
    if let (Some(code), Some(known)) = (body["error"]["code"].as_str(), told["x-codes"].as_array()) {
        assert!(known.contains(&json!(code)), "{method} {template} does not say that it refuses with {code}");
    }
}

fn form(document: &Value, name: &str, schema: &Value) -> Arc<jsonschema::Validator> {
    let mut forms = FORMS.lock().expect("no test fails while it holds it");
    let made = || {
        let whole = json!({ "allOf": [schema], "components": document["components"] });
        Arc::new(jsonschema::draft202012::new(&whole).expect("a form"))
    };
    Arc::clone(forms.entry(name.to_owned()).or_insert_with(made))
}

fn operation<'d>(document: &'d Value, method: &str, path: &str) -> Option<(&'d str, &'d Value)> {
    let fits = |template: &str| {
        let (mine, its): (Vec<&str>, Vec<&str>) = (path.split('/').collect(), template.split('/').collect());
        let same = |(mine, its): (&&str, &&str)| its.starts_with('{') || mine == its;
        mine.len() == its.len() && mine.iter().zip(&its).all(same)
    };
    let mut found: Vec<(&String, &Value)> =
        document["paths"].as_object()?.iter().filter(|(template, _)| fits(template)).collect();
    // A word of its own comes before a parameter.
    found.sort_by_key(|(template, _)| template.matches('{').count());
    let (template, methods) = found.first()?;
    let operation = &methods[method.to_lowercase()];
    operation.is_object().then_some((template.as_str(), operation))
}
