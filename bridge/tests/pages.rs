//! What programs and browsers get over HTTP.
#![expect(clippy::wildcard_enum_match_arm, reason = "a test waits for one thing among many")]

mod world;

use protocol::AgentFrame;
use serde_json::json;
use world::{Agent, MARA, TOMAS, Visitor, World, call};

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
    for (path, ancestors) in [
        ("/", "'none'"),
        ("/console", "'none'"),
        ("/preview", "'none'"),
        ("/frame/nowhere", "'none'"),
        ("/frame/demo?shared=forged", "'none'"),
        ("/shared/forged", "'none'"),
    ] {
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
