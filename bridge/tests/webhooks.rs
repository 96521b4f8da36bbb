//! Webhooks, from what happens to what a receiver gets: a real bridge, and a real receiver on this machine.
#![expect(clippy::unwrap_used, reason = "every function of this crate is part of a test")]
#![expect(clippy::wildcard_enum_match_arm, reason = "a test waits for one thing among many")]

mod world;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bridge::webhooks::Patience;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use world::{Author, MARA, Visitor, World, shop, within};

#[tokio::test]
async fn what_happens_is_told_signed_and_in_order() {
    let (world, mut receiver) = Receiver::with_world(&[]).await;
    let (author, made) = receiver.is_subscribed(&world, json!({ "description": "CRM" })).await;
    let secret = made["secret"].as_str().unwrap();
    let mut visitor = Visitor::arrives(&world, 1).await;
    let (conversation, _) = visitor.says("One").await;
    visitor.says("Two").await;
    for (number, kind) in [(1, "opened"), (2, "said"), (3, "said")] {
        let got = receiver.gets().await;
        assert!(got.is_signed_with(secret), "{got:?}");
        let body = got.json();
        let id = format!("evt_{conversation}_{number}");
        assert_eq!((body["id"].as_str(), got.header("webhook-id")), (Some(id.as_str()), Some(id.as_str())));
        assert_eq!((body["kind"].as_str(), body["number"].as_u64()), (Some(kind), Some(number)));
        assert_eq!((&body["workspace"], &body["conversation"]), (&json!("shop"), &json!(conversation)));
        assert!(body["event"]["happening"][kind].is_object() && body["at"].is_u64(), "{body}");
    }
    let path = hook(&made);
    let shown = author.calls("GET", &path, "").await;
    assert_eq!((shown.status, shown.json()["description"].clone()), (200, json!("CRM")));
    assert!(!shown.body.contains(secret), "the secret is shown once");
}

#[tokio::test]
async fn what_fails_is_tried_again_and_nothing_of_its_conversation_overtakes_it() {
    let replies = [Reply::Status(500), Reply::Moved, Reply::HangUp];
    let (world, mut receiver) = Receiver::with_world(&replies).await;
    let (author, made) = receiver.is_subscribed(&world, json!({})).await;
    let mut visitor = Visitor::arrives(&world, 1).await;
    visitor.says("One").await;
    let mut numbers = Vec::new();
    for _ in 0..5 {
        numbers.push(receiver.gets().await.json()["number"].as_u64().unwrap());
    }
    assert_eq!(numbers, [1, 1, 1, 1, 2]);
    let path = format!("{}/deliveries", hook(&made));
    let first = settled(&author, &path, "delivered", 2).await.pop().unwrap();
    let told = author.calls("GET", &format!("{path}/{}", first["id"].as_str().unwrap()), "").await.json();
    let attempts = told["attempts"].as_array().unwrap();
    let why: Vec<&Value> = attempts.iter().map(|attempt| &attempt["why"]).collect();
    assert_eq!(why, [&json!("status"), &json!("redirect"), &json!("unreachable"), &Value::Null]);
    assert_eq!((&attempts[0]["status"], &attempts[0]["answer"]), (&json!(500), &json!("out of order")));
    assert_eq!(
        attempts[3]["answer"].as_str().map(str::len),
        Some(1_024),
        "a long answer's beginning is kept"
    );
    assert_eq!(told["body"]["number"], 1);
    assert_eq!(told["delivery"]["state"], "delivered");
}

#[tokio::test]
async fn conversations_do_not_wait_for_one_another() {
    let (world, mut receiver) = Receiver::with_world(&[]).await;
    receiver.is_subscribed(&world, json!({ "kinds": ["said"] })).await;
    let mut ada = Visitor::arrives(&world, 1).await;
    ada.says("stuck").await;
    assert_eq!(receiver.gets().await.text(), "stuck", "and it is not answered yet");
    let mut bob = Visitor::arrives(&world, 2).await;
    bob.says("quick").await;
    ada.says("behind").await;
    assert_eq!(receiver.gets().await.text(), "quick");
    receiver.lets_go();
    assert_eq!(receiver.gets().await.text(), "behind");
}

#[tokio::test]
async fn during_a_change_of_secret_both_are_good() {
    let (world, mut receiver) = Receiver::with_world(&[]).await;
    let (author, made) = receiver.is_subscribed(&world, json!({ "kinds": ["said"] })).await;
    let path = format!("{}/secret", hook(&made));
    let rotated = author.calls("POST", &path, "{\"overlap_hours\":1}").await.json();
    let mut visitor = Visitor::arrives(&world, 1).await;
    visitor.says("One").await;
    let got = receiver.gets().await;
    for secret in [&made["secret"], &rotated["secret"]] {
        assert!(got.is_signed_with(secret.as_str().unwrap()), "{got:?}");
    }
    let last = author.calls("POST", &path, "{\"overlap_hours\":0}").await.json();
    visitor.says("Two").await;
    let got = receiver.gets().await;
    assert!(got.is_signed_with(last["secret"].as_str().unwrap()));
    for secret in [&made["secret"], &rotated["secret"]] {
        assert!(!got.is_signed_with(secret.as_str().unwrap()), "it has ended");
    }
    let refused = author.calls("POST", &path, "{\"overlap_hours\":169}").await;
    assert_eq!((refused.status, &refused.json()["error"]["where"]), (400, &json!("body.overlap_hours")));
}

#[tokio::test]
async fn a_receiver_that_fails_for_too_long_is_told_nothing_more_until_somebody_says_so() {
    let patience = Patience { delays_millis: vec![20; 100], failing_millis_max: 150 };
    let (world, mut receiver) = Receiver::with_patience(&[Reply::Status(500); 100], patience).await;
    let (author, made) = receiver.is_subscribed(&world, json!({})).await;
    let mut visitor = Visitor::arrives(&world, 1).await;
    visitor.says("One").await;
    let path = hook(&made);
    let stopped = until(&author, &path, |told| told["active"] == false).await;
    assert!(stopped["notice"]["why"].as_str().unwrap().contains("failed"), "{stopped}");
    settled(&author, &format!("{path}/deliveries"), "given_up", 2).await;
    receiver.works_again();
    let told = author.calls("PATCH", &path, "{\"active\":true}").await.json();
    assert_eq!(
        (&told["active"], &told["notice"], &told["failing_since"]),
        (&json!(true), &Value::Null, &Value::Null)
    );
    visitor.says("Two").await;
    let after = async {
        loop {
            let got = receiver.gets().await;
            if got.json()["number"] == 3 {
                return got;
            }
        }
    };
    assert_eq!(within("what happens from now on", after).await.text(), "Two");
}

#[tokio::test]
async fn a_receiver_that_is_gone_is_told_nothing_more_at_once() {
    let (world, mut receiver) = Receiver::with_world(&[Reply::Status(410)]).await;
    let (author, made) = receiver.is_subscribed(&world, json!({})).await;
    Visitor::arrives(&world, 1).await.says("One").await;
    receiver.gets().await;
    let stopped = until(&author, &hook(&made), |told| told["active"] == false).await;
    assert!(stopped["notice"]["why"].as_str().unwrap().contains("410"), "{stopped}");
}

#[tokio::test]
async fn a_delivery_and_everything_since_a_time_are_sent_again() {
    let (world, mut receiver) = Receiver::with_world(&[]).await;
    let (author, made) = receiver.is_subscribed(&world, json!({})).await;
    let mut visitor = Visitor::arrives(&world, 1).await;
    visitor.says("One").await;
    let first = receiver.gets().await;
    receiver.gets().await;
    let path = hook(&made);
    settled(&author, &format!("{path}/deliveries"), "delivered", 2).await;
    let one = format!("{path}/deliveries/{}/replay", first.header("webhook-id").unwrap());
    assert_eq!(author.calls("POST", &one, "").await.status, 202);
    let again = receiver.gets().await;
    assert_eq!(
        (again.header("webhook-id"), &again.body),
        (first.header("webhook-id"), &first.body),
        "the same bytes"
    );
    settled(&author, &format!("{path}/deliveries"), "delivered", 2).await;
    assert_eq!(author.calls("POST", &format!("{path}/replay"), "{\"since\":0}").await.status, 202);
    let numbers =
        [receiver.gets().await, receiver.gets().await].map(|got| got.json()["number"].as_u64().unwrap());
    assert_eq!(numbers, [1, 2], "in order");
    let missing = author.calls("POST", &format!("{path}/deliveries/evt_x/replay"), "").await;
    assert_eq!(missing.status, 404);
}

#[tokio::test]
async fn only_kinds_that_are_wanted_are_told_and_only_while_it_is_active() {
    let (world, mut receiver) = Receiver::with_world(&[]).await;
    let (author, made) = receiver.is_subscribed(&world, json!({ "kinds": ["closed"] })).await;
    let mut visitor = Visitor::arrives(&world, 1).await;
    visitor.says("One").await;
    visitor.ends().await;
    assert_eq!(receiver.gets().await.json()["kind"], "closed");
    let told = author.calls("PATCH", &hook(&made), "{\"kinds\":[],\"active\":false}").await.json();
    assert_eq!((&told["kinds"], &told["active"]), (&json!([]), &json!(false)));
    visitor.says("Two").await;
    author.calls("PATCH", &hook(&made), "{\"active\":true}").await;
    visitor.says("Three").await;
    assert_eq!(receiver.gets().await.text(), "Three");
    assert_eq!(author.calls("DELETE", &hook(&made), "").await.status, 204);
    assert_eq!(author.calls("GET", &hook(&made), "").await.status, 404);
}

#[tokio::test]
async fn what_cannot_be_a_webhook_is_refused_with_its_place() {
    let (world, receiver) = Receiver::with_world(&[]).await;
    let author = Author::signs_in(&world, MARA).await;
    for (body, place) in [
        (json!({}), "body.url"),
        (json!({ "url": "http://127.0.0.1:1/x" }), "body.url"),
        (json!({ "url": "https://ada:pw@example.com" }), "body.url"),
        (json!({ "url": receiver.url, "kinds": ["shouted"] }), "body.kinds"),
        (json!({ "url": receiver.url, "description": "x".repeat(201) }), "body.description"),
        (json!({ "url": receiver.url, "secret": "mine" }), "body.secret"),
    ] {
        let answer = author.calls("POST", "/api/v1/webhooks", &body.to_string()).await;
        assert_eq!((answer.status, &answer.json()["error"]["where"]), (400, &json!(place)), "{answer:?}");
    }
    assert_eq!(
        author.calls("GET", "/api/v1/webhooks", "").await.json()["items"],
        json!([]),
        "nothing was made"
    );
}

#[tokio::test]
async fn nothing_in_the_bridges_own_network_is_told_unless_the_file_says_so() {
    let (world, _receiver) = Receiver::with_world(&[]).await;
    let author = Author::signs_in(&world, MARA).await;
    let body = json!({ "url": "https://127.0.0.1:1/x" }).to_string();
    let made = author.calls("POST", "/api/v1/webhooks", &body).await.json();
    Visitor::arrives(&world, 1).await.says("One").await;
    let path = format!("{}/deliveries", hook(&made));
    let tried = until(&author, &path, |told| told["items"][1]["attempts"].as_u64().unwrap_or(0) > 0).await;
    let id = tried["items"][1]["id"].as_str().unwrap();
    let told = author.calls("GET", &format!("{path}/{id}"), "").await.json();
    assert_eq!(told["attempts"][0]["why"], "not_public");
}

/// How a receiver answers.
#[derive(Clone, Copy)]
enum Reply {
    Status(u16),
    Moved,
    HangUp,
}

/// Another system on this machine.
struct Receiver {
    url: String,
    heard: mpsc::UnboundedReceiver<Got>,
    desk: Arc<Desk>,
}

struct Desk {
    replies: Mutex<VecDeque<Reply>>,
    heard: mpsc::UnboundedSender<Got>,
    gate: tokio::sync::Semaphore,
}

/// What it got.
#[derive(Debug)]
struct Got {
    headers: HeaderMap,
    body: Bytes,
}

impl Receiver {
    /// A receiver that answers so first, and well afterwards; a workspace that may tell it.
    async fn with_world(replies: &[Reply]) -> (World, Self) {
        Self::with_patience(replies, Patience { delays_millis: vec![20; 9], ..Patience::default() }).await
    }

    async fn with_patience(replies: &[Reply], patience: Patience) -> (World, Self) {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let origin = format!("http://{}", listener.local_addr().expect("an address"));
        let (sender, heard) = mpsc::unbounded_channel();
        let replies = Mutex::new(replies.iter().copied().collect());
        let desk = Arc::new(Desk { replies, heard: sender, gate: tokio::sync::Semaphore::new(0) });
        let routes = Router::new().fallback(answer).with_state(Arc::clone(&desk));
        tokio::spawn(axum::serve(listener, routes).into_future());
        let world = World::patient(&workspace(&origin), patience).await;
        (world, Self { url: format!("{origin}/hook"), heard, desk })
    }

    /// Has it told; gives what the API said.
    async fn is_subscribed(&self, world: &World, mut wanted: Value) -> (Author, Value) {
        let author = Author::signs_in(world, MARA).await;
        wanted["url"] = json!(self.url);
        let answer = author.calls("POST", "/api/v1/webhooks", &wanted.to_string()).await;
        assert_eq!(answer.status, 201, "{answer:?}");
        (author, answer.json())
    }

    async fn gets(&mut self) -> Got {
        within("a delivery", self.heard.recv()).await.expect("the receiver is there")
    }

    fn lets_go(&self) {
        self.desk.gate.add_permits(1);
    }

    fn works_again(&self) {
        self.desk.replies.lock().unwrap().clear();
    }
}

impl Got {
    fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("JSON")
    }

    /// What was said.
    fn text(&self) -> String {
        self.json()["event"]["happening"]["said"]["content"]["text"]["text"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    /// As a receiver would check it.
    fn is_signed_with(&self, secret: &str) -> bool {
        let key = STANDARD.decode(secret.strip_prefix("whsec_").expect("a secret")).expect("base64");
        let (id, at) = (self.header("webhook-id").unwrap(), self.header("webhook-timestamp").unwrap());
        let mac = Hmac::<Sha256>::new_from_slice(&key).unwrap().chain_update(format!("{id}.{at}."));
        let expected =
            format!("v1,{}", STANDARD.encode(mac.chain_update(&self.body).finalize().into_bytes()));
        self.header("webhook-signature").unwrap().split(' ').any(|signature| signature == expected)
    }
}

async fn answer(State(desk): State<Arc<Desk>>, headers: HeaderMap, body: Bytes) -> Response {
    let is_stuck = String::from_utf8_lossy(&body).contains("stuck");
    desk.heard.send(Got { headers, body }).expect("the test listens");
    if is_stuck {
        desk.gate.acquire().await.expect("the gate stays").forget();
    }
    let reply = desk.replies.lock().unwrap().pop_front();
    match reply {
        None => "x".repeat(100_000).into_response(),
        Some(Reply::Status(status)) => {
            (StatusCode::from_u16(status).unwrap(), "out of order").into_response()
        }
        Some(Reply::Moved) => (StatusCode::FOUND, [(header::LOCATION, "/elsewhere")]).into_response(),
        Some(Reply::HangUp) => panic!("a receiver that breaks down in the middle"),
    }
}

/// The address of a webhook.
fn hook(made: &Value) -> String {
    format!("/api/v1/webhooks/{}", made["webhook"]["id"].as_str().expect("an id"))
}

/// Waits until so many deliveries are in a state.
async fn settled(author: &Author, path: &str, state: &str, count: usize) -> Vec<Value> {
    let path = format!("{path}?state={state}");
    let told =
        until(author, &path, |told| told["items"].as_array().is_some_and(|items| items.len() == count)).await;
    told["items"].as_array().expect("items").clone()
}

async fn until(author: &Author, path: &str, is: impl Fn(&Value) -> bool) -> Value {
    let told = async {
        loop {
            let told = author.calls("GET", path, "").await.json();
            if is(&told) {
                return told;
            }
            tokio::task::yield_now().await;
        }
    };
    within(path, told).await
}

fn workspace(private: &str) -> String {
    shop(&format!("[webhooks]\nallow_private = [\"{private}\"]"))
}
