//! `/api/frames.json`: the frames of the sockets, as a JSON Schema that is made of the types that are sent.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use protocol::{
    AgentFrame, BridgeToAgent, BridgeToProgram, BridgeToVisitor, ProgramFrame, VERSION, VisitorFrame,
};
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Value, json};
use std::sync::LazyLock;

/// Made once: it says nothing of a workspace.
static FRAMES: LazyLock<String> = LazyLock::new(|| frames().to_string());

/// `GET /api/frames.json`. Any page may read it.
pub async fn show() -> Response {
    let headers = [
        (header::CONTENT_TYPE, "application/schema+json"),
        (header::CACHE_CONTROL, "no-cache"),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    ];
    (headers, FRAMES.as_str()).into_response()
}

fn frames() -> Value {
    // No field is left out, whoever sends.
    let mut generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let sockets = json!({
        "/api/v1/visitor/socket": both::<VisitorFrame, BridgeToVisitor>(&mut generator),
        "/api/v1/agent/socket": both::<AgentFrame, BridgeToAgent>(&mut generator),
        "/api/v1/program/socket": both::<ProgramFrame, BridgeToProgram>(&mut generator),
    });
    let frames: Vec<Value> = sockets
        .as_object()
        .into_iter()
        .flat_map(|all| all.values())
        .flat_map(|both| [both["client"].clone(), both["bridge"].clone()])
        .collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Frames of Passerelle's sockets",
        "description": format!("Version {VERSION}. One frame is one text message; `x-sockets` says who sends which."),
        "anyOf": frames,
        "x-sockets": sockets,
        "$defs": generator.take_definitions(true),
    })
}

fn both<Client: JsonSchema, Bridge: JsonSchema>(generator: &mut SchemaGenerator) -> Value {
    json!({
        "client": generator.subschema_for::<Client>(),
        "bridge": generator.subschema_for::<Bridge>(),
    })
}
