//! The description of the API: OpenAPI 3.1, made of the table that the routes are made of.

use super::access::Access;
use super::endpoint::{Body, Endpoint, Form, Given, Once, Tag};
use super::{examples, page, repeat};
use crate::error::{Code, ErrorBody};
use protocol::AgentRole;
use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// What the API says of itself.
pub struct Description {
    /// `openapi.json`.
    pub json: String,
    /// The page for people.
    pub page: String,
}

impl Description {
    /// Describes these endpoints.
    pub fn of(endpoints: &[Endpoint]) -> Self {
        let document = document(endpoints);
        Self { page: page::render(endpoints, &document), json: document.to_string() }
    }
}

/// The forms of bodies. What is taken may lack what has a default; what is given lacks nothing.
struct Forms {
    taken: SchemaGenerator,
    given: SchemaGenerator,
}

impl Forms {
    fn new() -> Self {
        let settings = SchemaSettings::draft2020_12().with(|settings| {
            settings.definitions_path = "/components/schemas".into();
            settings.meta_schema = None;
        });
        let given = settings.clone().for_serialize().into_generator();
        Self { taken: settings.for_deserialize().into_generator(), given }
    }

    /// By name. What is both taken and given looks the same in both directions, but that what is taken may lack what has a
    /// default: it is told as it is taken.
    fn all(&mut self) -> Map<String, Value> {
        let mut all = self.given.take_definitions(true);
        all.extend(self.taken.take_definitions(true));
        all
    }
}

fn document(endpoints: &[Endpoint]) -> Value {
    let mut forms = Forms::new();
    let problem = forms.given.subschema_for::<ErrorBody>().to_value();
    let mut paths: Map<String, Value> = Map::new();
    for endpoint in endpoints {
        let mut operation = operation(endpoint, &mut forms, &problem);
        add(&mut paths, &endpoint.address(), endpoint, operation.clone());
        if let Some(earlier) = endpoint.earlier_address() {
            operation["deprecated"] = json!(true);
            operation["operationId"] = json!(format!("{}_without_version", endpoint.name));
            add(&mut paths, &earlier, endpoint, operation);
        }
    }
    let tags = Tag::ALL.map(|(_, name, about)| json!({ "name": name, "description": about }));
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Passerelle",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "Conversations between a site's visitors, its assistant and its people.",
            "license": { "name": "Apache 2.0", "identifier": "Apache-2.0" },
        },
        "servers": [{ "url": "/", "description": "This bridge." }],
        "tags": tags,
        "paths": paths,
        "components": {
            "schemas": forms.all(),
            "securitySchemes": {
                "key": { "type": "http", "scheme": "bearer", "description": "A program's key: `Authorization: Bearer pk_…`." },
                "session": {
                    "type": "apiKey", "in": "cookie", "name": "passerelle_session",
                    "description": "An agent's sign-in. Calls that change something must come from the bridge's own pages.",
                },
            },
        },
    })
}

fn add(paths: &mut Map<String, Value>, address: &str, endpoint: &Endpoint, operation: Value) {
    let path = paths.entry(address).or_insert_with(|| json!({}));
    path[endpoint.method.as_str().to_ascii_lowercase()] = operation;
}

fn operation(endpoint: &Endpoint, forms: &mut Forms, problem: &Value) -> Value {
    let mut told = json!({
        "operationId": endpoint.name,
        "tags": [endpoint.tag.name()],
        "summary": endpoint.summary,
        "description": described(endpoint),
        "parameters": parameters(endpoint, &mut forms.taken),
        "responses": responses(endpoint, &mut forms.given, problem),
        "security": security(endpoint.access),
        "x-callers": callers(endpoint.access),
        "x-example": examples::curl(endpoint),
    });
    match &endpoint.body {
        Some(Body::Json(form, example)) => {
            let content = json!({ "application/json": { "schema": form(&mut forms.taken).to_value(), "example": example } });
            told["requestBody"] = json!({ "required": true, "content": content });
        }
        Some(Body::File(file)) => {
            let content = json!({ "text/plain": { "schema": { "type": "string" } } });
            told["requestBody"] = json!({ "required": true, "description": file.0, "content": content });
        }
        None => {}
    }
    told
}

fn described(endpoint: &Endpoint) -> String {
    let who = format!("Who may call: {}.", endpoint.access.words());
    if endpoint.detail.is_empty() { who } else { format!("{}\n\n{who}", endpoint.detail) }
}

fn parameters(endpoint: &Endpoint, generator: &mut SchemaGenerator) -> Vec<Value> {
    let in_path = endpoint.path_parameters().into_iter().map(|name| {
        let (example, about) = examples::parameter(name).unwrap_or_default();
        json!({
            "name": name, "in": "path", "required": true, "description": about, "example": example,
            "schema": { "type": "string" },
        })
    });
    let mut all: Vec<Value> = in_path.collect();
    for form in &endpoint.query {
        all.extend(query_parameters(*form, generator));
    }
    if endpoint.once != Once::Harmless {
        all.push(json!({
            "name": "Idempotency-Key", "in": "header", "required": false,
            "description": format!(
                "Your own name for this request. A repeat under it does nothing and is answered the same, for {} hours.",
                repeat::KEPT_SECONDS / 3_600
            ),
            "schema": { "type": "string", "format": "uuid" },
        }));
    }
    if endpoint.is_revised && endpoint.changes() {
        all.push(json!({
            "name": "If-Match", "in": "header", "required": false,
            "description": "The revision the change was made from, as `ETag` gave it: `\"31\"`. When there is another by now, nothing is changed (`outdated`).",
            "schema": { "type": "string" },
        }));
    }
    all
}

fn query_parameters(form: Form, generator: &mut SchemaGenerator) -> Vec<Value> {
    let schema = form(generator).to_value();
    let required = |name: &str| {
        schema["required"].as_array().is_some_and(|names| names.iter().any(|required| required == name))
    };
    let properties = schema["properties"].as_object().cloned().unwrap_or_default();
    let parameter = |(name, mut schema): (String, Value)| {
        let about = schema.as_object_mut().and_then(|schema| schema.remove("description"));
        json!({
            "name": name, "in": "query", "required": required(&name), "description": about.unwrap_or_default(),
            "schema": schema,
        })
    };
    properties.into_iter().map(parameter).collect()
}

fn responses(endpoint: &Endpoint, generator: &mut SchemaGenerator, problem: &Value) -> Value {
    let mut told: BTreeMap<String, Value> = BTreeMap::new();
    for Given { status, what, form, media } in &endpoint.given {
        let mut response = json!({ "description": what });
        let schema = form.map(|form| form(generator).to_value());
        match (schema, media) {
            (Some(schema), _) => response["content"] = json!({ "application/json": { "schema": schema } }),
            (None, Some(media)) => response["content"] = json!({ *media: {} }),
            (None, None) => {}
        }
        if endpoint.once != Once::Harmless {
            response["headers"]["idempotency-replayed"] = json!({
                "description": "`true` when this is the answer to an earlier request of this name.",
                "schema": { "type": "string", "enum": ["true"] },
            });
        }
        if endpoint.is_revised {
            response["headers"]["ETag"] = json!({
                "description": "The revision, in quotes.", "schema": { "type": "string" },
            });
        }
        told.insert(status.to_string(), response);
    }
    let mut codes_by_status: BTreeMap<u16, Vec<Code>> = BTreeMap::new();
    for code in endpoint.all_refusals() {
        codes_by_status.entry(code.status()).or_default().push(code);
    }
    for (status, codes) in codes_by_status {
        let lines = codes.iter().map(|code| format!("`{}`: {}", code.name(), code.meaning().trim()));
        let names: Vec<&str> = codes.iter().map(|code| code.name()).collect();
        let description = lines.collect::<Vec<String>>().join("\n\n");
        // A refusal with a form of its own is among what is given.
        let refusal = told.entry(status.to_string()).or_insert_with(
            || json!({ "description": "", "content": { "application/json": { "schema": problem } } }),
        );
        refusal["description"] = json!(description);
        refusal["x-codes"] = json!(names);
        if matches!(status, 429 | 503) {
            refusal["headers"] = json!({
                "Retry-After": { "description": "Seconds to wait.", "schema": { "type": "integer" } },
            });
        }
    }
    json!(told)
}

fn security(access: Access) -> Value {
    match access {
        Access::Anyone | Access::OwnPages | Access::Visitor => json!([]),
        Access::AnyCaller => json!([{ "key": [] }, { "session": [] }]),
        Access::Programs(scope) => json!([{ "key": [scope] }]),
        Access::Callers(_, None) => json!([{ "session": [] }]),
        Access::Callers(_, Some(scope)) => json!([{ "key": [scope] }, { "session": [] }]),
    }
}

/// Who may call, for programs.
fn callers(access: Access) -> Value {
    match access {
        Access::Anyone => json!({ "anyone": true }),
        Access::OwnPages => json!({ "own_pages": true }),
        Access::Visitor => json!({ "visitor": true }),
        Access::AnyCaller => json!({ "session": "agent", "key": "any" }),
        Access::Programs(scope) => json!({ "key": scope }),
        Access::Callers(role, scope) => {
            let role = match role {
                AgentRole::Agent => "agent",
                AgentRole::Supervisor => "supervisor",
                AgentRole::Admin => "admin",
            };
            json!({ "session": role, "key": scope })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::table;

    #[test]
    fn what_is_both_taken_and_given_looks_the_same_in_both_directions() {
        let (mut forms, endpoints) = (Forms::new(), table::endpoints());
        let problem = json!({});
        for endpoint in &endpoints {
            operation(endpoint, &mut forms, &problem);
        }
        let given = forms.given.take_definitions(true);
        let taken = forms.taken.take_definitions(true);
        let both: Vec<&String> = taken.keys().filter(|name| given.contains_key(*name)).collect();
        assert!(both.contains(&&"Scope".to_owned()), "{both:?}");
        for name in both {
            assert_eq!(unbound(&taken[name]), unbound(&given[name]), "{name}");
        }
    }

    /// Without saying what cannot be left out.
    fn unbound(form: &Value) -> Value {
        let mut form = form.clone();
        form.as_object_mut().map(|form| form.remove("required"));
        form
    }

    #[test]
    fn every_parameter_of_an_address_has_an_example() {
        for endpoint in table::endpoints() {
            for name in endpoint.path_parameters() {
                assert!(examples::parameter(name).is_some(), "{name} in {}", endpoint.address());
            }
        }
    }
}
