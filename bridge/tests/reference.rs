//! The API's description: sound, complete, and true. What it says of who may call is tried on every endpoint.
#![expect(clippy::wildcard_enum_match_arm, reason = "a test waits for one thing among many")]

mod world;

use bridge::keys::Scope;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use world::{Agent, Answer, Author, MARA, TOMAS, World, call};

/// One operation of the description.
struct Operation {
    method: String,
    /// With examples in it.
    path: String,
    told: Value,
}

#[tokio::test]
async fn the_description_is_sound_openapi() {
    let world = World::start().await;
    let document = document(&world).await;
    assert_eq!(document["openapi"], "3.1.0");
    for part in ["title", "version"] {
        assert!(document["info"][part].is_string(), "info.{part}");
    }
    let schemes = document["components"]["securitySchemes"].as_object().expect("schemes");
    let tags: BTreeSet<&str> =
        document["tags"].as_array().unwrap().iter().filter_map(|tag| tag["name"].as_str()).collect();
    let mut names = BTreeSet::new();
    for operation in operations(&document) {
        let told = &operation.told;
        let name = told["operationId"].as_str().expect("an operation has a name");
        assert!(names.insert(name.to_owned()), "two operations are called {name}");
        assert!(
            told["tags"].as_array().unwrap().iter().all(|tag| tags.contains(tag.as_str().unwrap())),
            "{name}"
        );
        for scheme in
            told["security"].as_array().unwrap().iter().flat_map(|way| way.as_object().unwrap().keys())
        {
            assert!(schemes.contains_key(scheme), "{name}: {scheme}");
        }
        let parameters = told["parameters"].as_array().expect("parameters");
        let places: BTreeSet<_> =
            parameters.iter().map(|p| (p["in"].to_string(), p["name"].to_string())).collect();
        assert_eq!(places.len(), parameters.len(), "{name}: a parameter is told twice");
        for parameter in parameters {
            assert!(
                parameter["description"].as_str().is_some_and(|text| !text.is_empty()),
                "{name}: {parameter}"
            );
            assert!(parameter["schema"].is_object(), "{name}: {parameter}");
            assert!(parameter["in"] != "path" || parameter["required"] == true, "{name}: {parameter}");
        }
        assert!(!operation.path.contains('{'), "{name}: a parameter of {} is not told", operation.path);
    }
    for name in references(&document) {
        assert!(document["components"]["schemas"][&name].is_object(), "nothing is called {name}");
    }
    let forms = document["components"]["schemas"].as_object().expect("schemas");
    let unused: Vec<&String> = forms.keys().filter(|name| !references(&document).contains(*name)).collect();
    assert!(unused.is_empty(), "{unused:?}");
    for name in forms.keys() {
        let whole =
            json!({ "$ref": format!("#/components/schemas/{name}"), "components": document["components"] });
        jsonschema::draft202012::new(&whole).unwrap_or_else(|error| panic!("{name}: {error}"));
    }
}

#[tokio::test]
async fn every_operation_says_what_it_does_who_may_call_and_why_it_refuses() {
    let world = World::start().await;
    for Operation { told, .. } in operations(&document(&world).await) {
        let name = told["operationId"].as_str().unwrap();
        assert!(told["summary"].as_str().is_some_and(|text| text.ends_with('.') && text.len() > 8), "{name}");
        assert!(told["description"].as_str().is_some_and(|text| text.contains("Who may call: ")), "{name}");
        assert!(told["x-callers"].as_object().is_some_and(|callers| !callers.is_empty()), "{name}");
        assert!(told["x-example"].as_str().is_some_and(|text| text.starts_with("curl ")), "{name}");
        let responses = told["responses"].as_object().unwrap();
        assert!(responses.keys().any(|status| status.starts_with(['1', '2'])), "{name} never succeeds");
        for (status, response) in responses {
            assert!(response["description"].as_str().is_some_and(|text| !text.is_empty()), "{name} {status}");
            let good = status.starts_with(['1', '2']);
            assert_eq!(response["x-codes"].as_array().is_none_or(Vec::is_empty), good, "{name} {status}");
            assert!(good || response["content"]["application/json"]["schema"].is_object(), "{name} {status}");
        }
    }
}

#[tokio::test]
async fn nobody_calls_what_is_not_for_them() {
    let world = World::start().await;
    let operations = operations(&document(&world).await);
    let key = format!("Bearer {}", key_with(&world, Scope::AuditRead).await);
    let tomas = Agent::signs_in(&world, TOMAS).await;
    let mara = Agent::signs_in(&world, MARA).await;
    for operation in &operations {
        let callers = &operation.told["x-callers"];
        let for_all = !callers["session"].is_string() && !callers["key"].is_string();
        let stranger = operation.is_called(&world, &[]).await;
        assert_eq!(code(&stranger) == "not_signed_in", !for_all, "{}: {stranger:?}", operation.path);

        let admitted = for_all || callers["key"] == "any" || callers["key"] == "audit:read";
        let expected = if callers["key"].is_null() { "not_allowed" } else { "missing_scope" };
        let answer = operation.is_called(&world, &[("Authorization", &key)]).await;
        assert_eq!(code(&answer) == expected, !admitted, "{}: {answer:?}", operation.path);

        if callers["session"] == "admin" {
            let answer = operation.is_called(&world, &[("Cookie", &tomas)]).await;
            assert_eq!(code(&answer), "not_allowed", "{}", operation.path);
        }
        let changes = operation.method != "GET";
        if changes && (!for_all || callers["own_pages"] == true) {
            let headers = [("Cookie", mara.as_str()), ("Origin", "https://evil.example")];
            let answer = operation.is_called(&world, &headers).await;
            assert_eq!(code(&answer), "foreign_origin", "{}", operation.path);
        }
    }
    let scopes = operations.iter().filter_map(|operation| operation.told["x-callers"]["key"].as_str());
    assert!(scopes.collect::<BTreeSet<&str>>().len() >= 4, "the description hides what keys can do");
}

#[tokio::test]
async fn every_refusal_is_told() {
    let world = World::start().await;
    let mara = Author::signs_in(&world, MARA).await;
    for operation in operations(&document(&world).await) {
        // An admin's call with examples, most of which name nothing that is there.
        if operation.told["operationId"].as_str().unwrap().starts_with("sign_out") {
            continue;
        }
        let answer = mara.calls(&operation.method, &operation.path, "{\"odd\":").await;
        let response = &operation.told["responses"][answer.status.to_string()];
        assert!(response.is_object(), "{} {} is not told: {answer:?}", operation.path, answer.status);
        if answer.status >= 400 {
            assert!(
                response["x-codes"].as_array().unwrap().contains(&json!(code(&answer))),
                "{}: {answer:?}",
                operation.path
            );
        }
    }
}

#[tokio::test]
async fn every_address_of_the_api_is_in_the_description() {
    let world = World::start().await;
    let document = document(&world).await;
    let source = include_str!("../src/http/mod.rs");
    let elsewhere: Vec<&str> = source.lines().filter(|line| line.contains(".route(\"/api/")).collect();
    assert!(elsewhere.is_empty(), "these belong into the table: {elsewhere:?}");
    for path in document["paths"].as_object().unwrap().keys() {
        assert!(path.starts_with("/api/"), "{path}");
    }
    for operation in operations(&document) {
        let answer = operation.is_called(&world, &[]).await;
        let message =
            answer.body.contains("there is nothing at this address") || code(&answer) == "wrong_method";
        assert!(!message, "{} {} leads nowhere", operation.method, operation.path);
    }
}

#[tokio::test]
async fn every_sample_of_a_frame_fits_the_published_schema_and_what_is_none_does_not() {
    let world = World::start().await;
    let answer = call(world.address, "GET", "/api/frames.json", &[], "").await;
    assert_eq!(answer.header("content-type"), Some("application/schema+json"));
    let schema = answer.json();
    let families = [
        ("visitor", "visitor", "client"),
        ("bridge-to-visitor", "visitor", "bridge"),
        ("agent", "agent", "client"),
        ("bridge-to-agent", "agent", "bridge"),
        ("program", "program", "client"),
        ("bridge-to-program", "program", "bridge"),
    ];
    let samples = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/samples");
    let files: Vec<_> = std::fs::read_dir(samples).unwrap().map(|file| file.unwrap().path()).collect();
    for (family, socket, side) in families {
        let frame = &schema["x-sockets"][format!("/api/v1/{socket}/socket")][side];
        let whole = json!({ "allOf": [frame], "$defs": schema["$defs"] });
        let form = jsonschema::draft202012::new(&whole).expect("a sound schema");
        let own = files
            .iter()
            .filter(|file| file.file_name().unwrap().to_string_lossy().starts_with(&format!("{family}.")));
        let mut count = 0;
        for file in own {
            let sample: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
            let wrong: Vec<String> = form.iter_errors(&sample).map(|error| error.to_string()).collect();
            assert!(wrong.is_empty(), "{}: {wrong:?}", file.display());
            count += 1;
        }
        assert!(count > 6, "{family} has {count} samples");
        for other in [json!("dance"), json!({ "hello": {} }), json!(7)] {
            assert!(!form.is_valid(&other), "{family}: {other}");
        }
    }
}

#[test]
fn the_documentation_names_every_scope() {
    let text = include_str!("../../docs/api.md");
    for (_, code, may) in Scope::ALL {
        assert!(text.contains(&format!("| `{code}` | {may} |")), "{code}");
    }
}

#[tokio::test]
async fn the_page_shows_every_endpoint_and_runs_only_its_own_script() {
    let world = World::start().await;
    let page = call(world.address, "GET", "/api/", &[], "").await;
    assert_eq!(page.status, 200);
    let policy = page.header("content-security-policy").expect("a policy");
    assert!(policy.contains("script-src 'self';") && !policy.contains("unsafe"), "{policy}");
    for operation in operations(&document(&world).await) {
        let name = operation.told["operationId"].as_str().unwrap();
        let shown = page.body.contains(&format!("<div class=\"told\" id=\"{name}\""));
        assert_eq!(shown, operation.told["deprecated"] != true, "{name}");
    }
    assert!(!page.body.contains("{{"), "a place was not filled");
    for (path, kind) in [("/page/api.css", "text/css"), ("/page/api.js", "text/javascript")] {
        assert!(page.body.contains(path), "{path}");
        let file = call(world.address, "GET", path, &[], "").await;
        assert!(file.header("content-type").is_some_and(|told| told.starts_with(kind)), "{path}");
    }
    assert_eq!(call(world.address, "GET", "/api", &[], "").await.header("location"), Some("/api/"));
}

impl Operation {
    async fn is_called(&self, world: &World, headers: &[(&str, &str)]) -> Answer {
        let example = &self.told["requestBody"]["content"]["application/json"]["example"];
        let body = if example.is_null() { String::new() } else { example.to_string() };
        call(world.address, &self.method, &self.path, headers, &body).await
    }
}

async fn document(world: &World) -> Value {
    let answer = call(world.address, "GET", "/api/openapi.json", &[], "").await;
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("application/json")));
    answer.json()
}

fn operations(document: &Value) -> Vec<Operation> {
    let paths = document["paths"].as_object().expect("paths");
    let of_path = |(path, methods): (&String, &Value)| {
        let methods: Map<String, Value> = methods.as_object().expect("operations").clone();
        let path = path.clone();
        methods.into_iter().map(move |(method, told)| {
            let parameters = told["parameters"].as_array().expect("parameters");
            let in_path = parameters.iter().filter(|parameter| parameter["in"] == "path");
            let path = in_path.fold(path.clone(), |path, parameter| {
                let name = parameter["name"].as_str().expect("a name");
                path.replace(&format!("{{{name}}}"), parameter["example"].as_str().expect("an example"))
            });
            Operation { method: method.to_uppercase(), path, told }
        })
    };
    let all: Vec<Operation> = paths.iter().flat_map(of_path).collect();
    assert!(all.len() > 40, "only {} operations were found", all.len());
    all
}

/// The names of all forms that are referred to.
fn references(value: &Value) -> BTreeSet<String> {
    match value {
        Value::Object(fields) => fields
            .iter()
            .flat_map(|(name, value)| match (name.as_str(), value) {
                ("$ref", Value::String(path)) => {
                    BTreeSet::from([path.strip_prefix("#/components/schemas/").expect("a form").to_owned()])
                }
                _ => references(value),
            })
            .collect(),
        Value::Array(items) => items.iter().flat_map(references).collect(),
        _ => BTreeSet::new(),
    }
}

fn code(answer: &Answer) -> String {
    let body: Value = serde_json::from_str(&answer.body).unwrap_or_default();
    body["error"]["code"].as_str().unwrap_or_default().to_owned()
}

async fn key_with(world: &World, scope: Scope) -> String {
    let mara = Author::signs_in(world, MARA).await;
    let body = json!({ "name": "Test", "scopes": [scope] }).to_string();
    let answer = mara.calls("POST", "/api/v1/keys", &body).await;
    assert_eq!(answer.status, 201, "{answer:?}");
    answer.json()["secret"].as_str().expect("a key").to_owned()
}
