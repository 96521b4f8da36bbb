//! What programs and browsers get over HTTP.
#![expect(clippy::wildcard_enum_match_arm, reason = "a test waits for one thing among many")]

mod world;

use protocol::AgentFrame;
use serde_json::json;
use world::{Agent, MARA, TOMAS, Visitor, World, call};

#[tokio::test]
async fn a_broken_assistant_is_refused_with_its_mistakes_and_the_one_in_use_stays() {
    let world = World::start().await;
    let before = current(&world).await;
    let cookie = Agent::signs_in(&world, MARA).await;
    let broken = "{\n  \"name\": oops\n}";
    let answer = publish(&world, &cookie, broken).await;
    assert_eq!(answer.status, 422, "{answer:?}");
    let mistake = &answer.json()["mistakes"][0];
    assert_eq!(mistake["line"], 2, "{mistake}");
    for field in ["column", "path", "problem", "remedy"] {
        assert!(mistake.get(field).is_some(), "{mistake}");
    }
    assert_eq!(current(&world).await, before);
}

#[tokio::test]
async fn a_queue_that_does_not_exist_here_is_a_mistake_of_the_definition() {
    let world = World::start().await;
    let before = current(&world).await;
    let cookie = Agent::signs_in(&world, MARA).await;
    let unknown = definition(&world).await.replace("\"queue\": \"workshop\"", "\"queue\": \"kitchen\"");
    let answer = publish(&world, &cookie, &unknown).await;
    assert_eq!(answer.status, 422, "{answer:?}");
    assert!(answer.body.contains("kitchen") && answer.body.contains("front-desk"), "{answer:?}");
    assert_eq!(current(&world).await, before);
}

#[tokio::test]
async fn an_uploaded_assistant_is_in_use_at_once_and_after_a_restart() {
    let world = World::start().await;
    let old = current(&world).await;
    let cookie = Agent::signs_in(&world, MARA).await;
    let changed = definition(&world).await.replace("Lockgate Cycles", "Lockgate Bicycles");
    let answer = publish(&world, &cookie, &changed).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let new = current(&world).await;
    assert_eq!(answer.json()["assistant"], new.as_str());
    assert_ne!(new, old);
    let path = format!("/api/sites/demo/assistant/{old}");
    assert_eq!(
        call(world.address, "GET", &path, &[], "").await.status,
        200,
        "open pages still find the old one"
    );

    let world = world.restart().await;
    assert_eq!(current(&world).await, new, "the file does not undo an upload");
    assert!(definition(&world).await.contains("Lockgate Bicycles"));
}

#[tokio::test]
async fn only_an_admin_on_the_bridges_own_pages_publishes() {
    let world = World::start().await;
    let definition = definition(&world).await;
    assert_eq!(publish(&world, "", &definition).await.status, 401);
    let tomas = Agent::signs_in(&world, TOMAS).await;
    let answer = publish(&world, &tomas, &definition).await;
    assert_eq!((answer.status, &answer.json()["error"]["code"]), (403, &json!("not_allowed")));
    let mara = Agent::signs_in(&world, MARA).await;
    let headers = [("Cookie", mara.as_str()), ("Origin", "https://evil.example")];
    let answer = call(world.address, "PUT", "/api/sites/demo/assistant", &headers, &definition).await;
    assert_eq!((answer.status, &answer.json()["error"]["code"]), (403, &json!("foreign_origin")));
    let headers = [("Cookie", mara.as_str())];
    let answer = call(world.address, "PUT", "/api/sites/nowhere/assistant", &headers, &definition).await;
    assert_eq!(answer.status, 404);
}

#[tokio::test]
async fn a_definition_above_the_limit_is_refused_by_name() {
    let world = World::start().await;
    let mara = Agent::signs_in(&world, MARA).await;
    let answer = publish(&world, &mara, &" ".repeat(protocol::limits::ASSISTANT_BYTES_MAX + 1)).await;
    assert_eq!((answer.status, &answer.json()["error"]["code"]), (413, &json!("too_large")));
}

#[tokio::test]
async fn signing_out_ends_the_session_and_its_console() {
    let world = World::start().await;
    let mut mara = Agent::arrives(&world, MARA).await;
    let cookie = [("Cookie", mara.cookie.as_str())];
    let me = call(world.address, "GET", "/api/session", &cookie, "").await.json();
    assert_eq!((&me["agent"]["name"], &me["role"]), (&json!("Mara Lindqvist"), &json!("admin")));
    assert_eq!(call(world.address, "DELETE", "/api/session", &cookie, "").await.status, 204);
    assert_eq!(call(world.address, "GET", "/api/session", &cookie, "").await.status, 401);
    assert_eq!(mara.socket.closed().await, 1013);
}

#[tokio::test]
async fn a_wrong_sign_in_says_the_same_whatever_is_wrong_with_it() {
    let world = World::start().await;
    let attempt = async |email: &str, password: &str| {
        let body = json!({ "email": email, "password": password }).to_string();
        call(world.address, "POST", "/api/session", &[], &body).await
    };
    let wrong_password = attempt(MARA, "not the password").await;
    let wrong_email = attempt("nobody@lockgate.example", "not the password").await;
    assert_eq!((wrong_password.status, wrong_email.status), (401, 401));
    assert_eq!(wrong_password.body, wrong_email.body);
    assert_eq!(
        attempt(&MARA.to_uppercase(), &world.password()).await.status,
        200,
        "case does not matter in emails"
    );
    let malformed = call(world.address, "POST", "/api/session", &[], "email=x").await;
    assert_eq!((malformed.status, &malformed.json()["error"]["code"]), (400, &json!("malformed")));
}

#[tokio::test]
async fn guessing_passwords_is_slowed_down() {
    let world = World::start().await;
    let body = json!({ "email": TOMAS, "password": "a wrong guess" }).to_string();
    for _ in 0..6 {
        assert_eq!(call(world.address, "POST", "/api/session", &[], &body).await.status, 401);
    }
    let slowed = call(world.address, "POST", "/api/session", &[], &body).await;
    assert_eq!(slowed.status, 429);
    assert!(slowed.header("retry-after").is_some(), "{slowed:?}");
    Agent::signs_in(&world, MARA).await;
}

#[tokio::test]
async fn a_new_password_replaces_the_old_one_while_the_bridge_runs() {
    let world = World::start().await;
    world.changes_password(TOMAS, "a new password").await;
    let attempt = async |password: &str| {
        let body = json!({ "email": TOMAS, "password": password }).to_string();
        call(world.address, "POST", "/api/session", &[], &body).await.status
    };
    assert_eq!(attempt(&world.password()).await, 401);
    assert_eq!(attempt("a new password").await, 200);
}

#[tokio::test]
async fn every_page_states_a_strict_policy() {
    let world = World::start().await;
    for (path, ancestors) in
        [("/", "'none'"), ("/console", "'none'"), ("/preview", "'none'"), ("/frame/nowhere", "'none'")]
    {
        let answer = call(world.address, "GET", path, &[], "").await;
        let policy = answer.header("content-security-policy").unwrap_or_default();
        assert!(policy.starts_with("default-src 'none';"), "{path}: {policy}");
        assert!(policy.ends_with(&format!("frame-ancestors {ancestors}")), "{path}: {policy}");
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{path}: {policy}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
    }
}

#[tokio::test]
async fn what_is_not_there_is_said_in_the_one_envelope() {
    let world = World::start().await;
    for path in [
        "/nothing",
        "/api/sites/nowhere",
        "/assets/manifest.json",
        "/assets/..%2fCargo.toml",
        "/demo/none.css",
    ] {
        let answer = call(world.address, "GET", path, &[], "").await;
        assert_eq!((answer.status, &answer.json()["error"]["code"]), (404, &json!("not_found")), "{path}");
    }
}

#[tokio::test]
async fn what_no_handler_is_asked_about_is_refused_in_the_same_envelope() {
    let world = World::start().await;
    let origin = format!("http://{}", world.address);
    let large = "x".repeat(3 * 1024 * 1024);
    let cases = [
        ("POST", "/api/session", large.as_str(), 413, "too_large"),
        ("GET", "/demo/%ff", "", 400, "malformed"),
        ("GET", "/api/visitor/socket", "", 400, "malformed"),
    ];
    for (method, path, body, status, code) in cases {
        let headers = [("Origin", origin.as_str()), ("Content-Type", "application/json")];
        let answer = call(world.address, method, path, &headers, body).await;
        assert_eq!((answer.status, &answer.json()["error"]["code"]), (status, &json!(code)), "{path}");
    }
}

#[tokio::test]
async fn a_socket_that_says_nothing_keeps_nobody_from_stopping() {
    let mut world = World::start().await;
    let mut silent = Visitor::dials(&world, 1).await;
    let mut mara = Agent::arrives(&world, MARA).await;
    mara.socket.tell(&AgentFrame::Ping).await;
    world.stop().await.expect("the bridge stops well");
    assert_eq!((silent.socket.closed().await, mara.socket.closed().await), (1013, 1013));
}

#[tokio::test]
async fn a_definition_travels_compressed_to_whoever_can_read_that() {
    let world = World::start().await;
    let path = format!("/api/sites/demo/assistant/{}", current(&world).await);
    let answer = call(world.address, "GET", &path, &[("Accept-Encoding", "gzip")], "").await;
    assert_eq!((answer.status, answer.header("content-encoding")), (200, Some("gzip")));
}

async fn current(world: &World) -> String {
    let card = call(world.address, "GET", "/api/sites/demo", &[], "").await.json();
    card["assistant"].as_str().expect("an assistant").to_owned()
}

async fn definition(world: &World) -> String {
    let path = format!("/api/sites/demo/assistant/{}", current(world).await);
    let answer = call(world.address, "GET", &path, &[], "").await;
    assert!(
        answer.header("cache-control").is_some_and(|cache| cache.contains("immutable")),
        "{}",
        answer.head
    );
    answer.body
}

async fn publish(world: &World, cookie: &str, definition: &str) -> world::Answer {
    let origin = format!("http://{}", world.address);
    let headers = [("Cookie", cookie), ("Origin", origin.as_str())];
    call(world.address, "PUT", "/api/sites/demo/assistant", &headers, definition).await
}
