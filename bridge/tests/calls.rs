//! Assistants' calls of other systems, against a real server.
#![expect(clippy::wildcard_enum_match_arm, reason = "a test waits for one thing among many")]

mod world;

use axum::extract::{Path, Query};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use tokio::net::TcpListener;
use world::{Answer, Author, MARA, SHOP, TOMAS, World, call};

#[tokio::test]
async fn an_operation_is_called_with_its_parameters_and_the_bridges_secrets() {
    let (world, assistant) = shop("allow_private = true").await;
    let outcome = calls(&world, &assistant, "find", json!({ "id": "A 7", "verbose": true })).await.json();
    assert_eq!((&outcome["success"], &outcome["status"]), (&json!(true), &json!(200)));
    assert_eq!(outcome["body"]["order"], "A 7");
    assert_eq!(outcome["body"]["query"], json!({ "verbose": "true" }));
    assert_eq!(outcome["body"]["authorization"], "bridge", "the value of the variable the file names");

    let with = json!({ "id": "9", "reason.code": 3, "reason.text": "late" });
    let outcome = calls(&world, &assistant, "cancel", with).await.json();
    assert_eq!(
        outcome["body"],
        json!({ "cancelled": "9", "body": { "reason": { "code": 3, "text": "late" } } })
    );
}

#[tokio::test]
async fn whatever_goes_wrong_there_is_an_outcome() {
    let (world, assistant) = shop("allow_private = true").await;
    let outcome = async |id: &str| calls(&world, &assistant, "find", json!({ "id": id })).await.json();
    assert_eq!(outcome("gone").await, json!({ "success": false, "status": 410, "body": "Gone for good" }));
    let moved = outcome("moved").await;
    assert_eq!(
        (&moved["success"], &moved["status"]),
        (&json!(false), &json!(302)),
        "redirects are not followed"
    );
    assert_eq!(
        outcome("large").await,
        json!({ "success": false, "status": 0, "body": null, "why": "too_large" })
    );
    let missing = calls(&world, &assistant, "find", json!({})).await.json();
    assert_eq!(missing["why"], "missing_parameter");
}

#[tokio::test]
async fn nothing_in_the_bridges_own_network_is_reached_unless_the_file_says_so() {
    let address = orders().await;
    for host in ["localhost", "127.0.0.1"] {
        let world = World::of(&workspace(&format!("https://{host}:{}", address.port()), "")).await;
        let assistant = published(&world).await;
        let outcome = calls(&world, &assistant, "find", json!({ "id": "7" })).await.json();
        assert_eq!((&outcome["success"], &outcome["why"]), (&json!(false), &json!("not_public")), "{host}");
    }
}

#[tokio::test]
async fn an_extension_that_is_not_there_has_failed() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let world = World::of(&workspace(&format!("http://{address}"), "allow_private = true")).await;
    let assistant = published(&world).await;
    let outcome = calls(&world, &assistant, "find", json!({ "id": "7" })).await.json();
    assert_eq!((&outcome["success"], &outcome["why"]), (&json!(false), &json!("unreachable")));
}

#[tokio::test]
async fn only_what_the_assistant_declares_can_be_called() {
    let (world, assistant) = shop("allow_private = true").await;
    let status = async |assistant: &str, operation: &str, with: Value| {
        calls(&world, assistant, operation, with).await.status
    };
    assert_eq!(status(&assistant, "delete_everything", json!({})).await, 404);
    assert_eq!(status("abc", "find", json!({ "id": "7" })).await, 404);
    assert_eq!(status(&assistant, "find", json!({ "id": "7", "admin": true })).await, 400);
    assert_eq!(status(&assistant, "find", json!({ "id": ".." })).await, 400);
    let body = json!({ "assistant": assistant, "extension": "billing", "operation": "find" }).to_string();
    assert_eq!(call(world.address, "POST", "/api/sites/demo/call", &[], &body).await.status, 404);
}

#[tokio::test]
async fn other_sites_pages_cannot_have_extensions_called() {
    let (world, assistant) = shop("allow_private = true").await;
    let body = body(&assistant, "find", json!({ "id": "7" }));
    let headers = [("Origin", "https://evil.example")];
    let answer = call(world.address, "POST", "/api/sites/demo/call", &headers, &body).await;
    assert_eq!((answer.status, &answer.json()["error"]["code"]), (403, &json!("foreign_origin")));
    let large = json!({ "assistant": "x".repeat(40_000) }).to_string();
    let answer = call(world.address, "POST", "/api/sites/demo/call", &[], &large).await;
    assert_eq!((answer.status, &answer.json()["error"]["code"]), (413, &json!("too_large")));
}

#[tokio::test]
async fn an_address_that_calls_too_often_has_to_wait_and_others_do_not() {
    let (world, assistant) = shop("allow_private = true").await;
    let body = body(&assistant, "find", json!({}));
    let from = async |address: &str| {
        let headers = [("X-Forwarded-For", address)];
        call(world.address, "POST", "/api/sites/demo/call", &headers, &body).await
    };
    let mut answers = Vec::new();
    for _ in 0..40 {
        answers.push(from("203.0.113.7").await);
    }
    assert_eq!(answers[0].status, 200);
    let refused = answers.last().expect("an answer");
    assert_eq!((refused.status, &refused.json()["error"]["code"]), (429, &json!("too_many_attempts")));
    assert!(refused.header("retry-after").is_some(), "{refused:?}");
    assert_eq!(from("203.0.113.8").await.status, 200);
}

#[tokio::test]
async fn an_admins_preview_calls_and_an_agents_does_not() {
    let (world, _) = shop("allow_private = true").await;
    for (email, status) in [(MARA, 200), (TOMAS, 404)] {
        let author = Author::signs_in(&world, email).await;
        let told = author.calls("POST", "/api/preview?site=demo&name=shop.yaml", SHOP).await.json();
        let name = told["path"].as_str().and_then(|path| path.strip_prefix("/api/preview/")).expect("a path");
        assert_eq!(calls(&world, name, "find", json!({ "id": "7" })).await.status, status, "{email}");
    }
}

/// A shop whose orders are kept by a server on this machine; gives the hash of its assistant too.
async fn shop(more: &str) -> (World, String) {
    let world = World::of(&workspace(&format!("http://{}/v1", orders().await), more)).await;
    let assistant = published(&world).await;
    (world, assistant)
}

async fn published(world: &World) -> String {
    Author::signs_in(world, MARA).await.publishes("shop.yaml", SHOP).await;
    world.languages("").await.remove(0).1
}

async fn calls(world: &World, assistant: &str, operation: &str, with: Value) -> Answer {
    call(world.address, "POST", "/api/sites/demo/call", &[], &body(assistant, operation, with)).await
}

fn body(assistant: &str, operation: &str, with: Value) -> String {
    json!({ "assistant": assistant, "extension": "orders", "operation": operation, "with": with }).to_string()
}

fn workspace(address: &str, more: &str) -> String {
    let headers = "headers = { Authorization = { env = \"CARGO_PKG_NAME\" } }";
    world::shop(&format!("[extensions.orders]\naddress = \"{address}\"\n{headers}\n{more}"))
}

/// The other system.
async fn orders() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let routes =
        Router::new().route("/v1/orders/{id}", get(find)).route("/v1/orders/{id}/cancel", post(cancel));
    tokio::spawn(axum::serve(listener, routes).into_future());
    address
}

async fn find(
    Path(order): Path<String>,
    Query(query): Query<BTreeMap<String, String>>,
    headers: HeaderMap,
) -> axum::response::Response {
    match order.as_str() {
        "gone" => (StatusCode::GONE, "Gone for good").into_response(),
        "moved" => (StatusCode::FOUND, [(header::LOCATION, "/v1/orders/7")]).into_response(),
        "large" => "x".repeat(protocol::limits::CALL_ANSWER_BYTES_MAX + 1).into_response(),
        _ => {
            let authorization = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
            Json(json!({ "order": order, "query": query, "authorization": authorization })).into_response()
        }
    }
}

async fn cancel(Path(order): Path<String>, Json(body): Json<Value>) -> Json<Value> {
    Json(json!({ "cancelled": order, "body": body }))
}
