//! Whoever is not who they say is told so in one way, whatever is wrong with what they show: no answer tells a guesser
//! that they are warm.

use acceptance::raw::{Raw, call, fresh_secret};
use acceptance::test_bridge::{MARA, TestBridge};
use serde_json::{Value, json};

const DAY_SECONDS: i64 = 24 * 60 * 60;

#[test]
fn a_key_that_is_none_is_revoked_or_has_ended_is_refused_in_the_same_words() {
    let mut bridge = TestBridge::start_on_faulty().unwrap();
    let mara = sign_in(&bridge);
    let (works, _) = key(&bridge, &mara, Value::Null);
    let (ends, _) = key(&bridge, &mara, json!(1));
    let (revoked, id) = key(&bridge, &mara, Value::Null);
    for good in [&works, &ends, &revoked] {
        assert_eq!(by_key(&bridge, good).0, 200);
    }
    assert_eq!(as_mara(&bridge, &mara, "DELETE", &format!("/api/v1/keys/{id}"), "").0, 204);
    bridge.machine().unwrap().calendar_is_ahead(2 * DAY_SECONDS).unwrap();
    bridge.kill_9().unwrap();
    bridge.start_again().unwrap();
    assert_eq!(by_key(&bridge, &works).0, 200);
    let other_letter =
        |key: &str| key[..key.len() - 1].to_owned() + if key.ends_with('a') { "b" } else { "a" };
    let no_prefix = works.replacen("pk_", "pq_", 1);
    let cut = works[..works.len() - 1].to_owned();
    let forged = [revoked, ends, other_letter(&works), no_prefix, cut, "pk_".to_owned(), "none".to_owned()];
    let answers: Vec<_> = forged.iter().map(|key| by_key(&bridge, key)).collect();
    assert_eq!(answers[0].0, 401);
    assert_eq!(code(&answers[0]), "unknown_key");
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:#?}");
}

#[test]
fn a_sign_in_that_is_over_or_never_was_is_refused_in_the_same_words() {
    let mut bridge = TestBridge::start_on_faulty().unwrap();
    let (out, ends) = (sign_in(&bridge), sign_in(&bridge));
    assert_eq!(as_mara(&bridge, &out, "DELETE", "/api/v1/session", "").0, 204);
    bridge.machine().unwrap().calendar_is_ahead(8 * DAY_SECONDS).unwrap();
    bridge.kill_9().unwrap();
    bridge.start_again().unwrap();
    let guessed = format!("passerelle_session={}", "ab".repeat(32));
    let forged = [out, ends, guessed, "passerelle_session=".to_owned(), "other=1".to_owned()];
    let answers: Vec<_> =
        forged.iter().map(|cookie| as_mara(&bridge, cookie, "GET", "/api/v1/session", "")).collect();
    assert_eq!((answers[0].0, code(&answers[0])), (401, json!("not_signed_in")));
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:#?}");
}

#[test]
fn the_conversation_of_another_visitor_is_refused_as_one_there_is_not() {
    let bridge = TestBridge::start().unwrap();
    let mut ada = Raw::greeted(bridge.address()).unwrap();
    let id = "01932f0c-7d00-7000-8000-000000000001";
    let say = json!({ "say": {
        "id": id, "author": "visitor", "content": { "text": { "text": "My secret" } }, "written_at": 1,
    }});
    ada.text(&say.to_string()).unwrap();
    let theirs = ada.until("accepted").unwrap()["conversation"].as_str().unwrap().to_owned();
    let refusals = [theirs.as_str(), id].map(|conversation| {
        let mut eve = Raw::dial(bridge.address()).unwrap();
        eve.hello(&fresh_secret(), Some(conversation)).unwrap();
        eve.until("refused").unwrap()
    });
    assert_eq!(refusals[0]["refusal"]["code"], "unknown_conversation");
    assert_eq!(refusals[0], refusals[1]);
}

#[test]
fn wrong_passwords_of_one_address_are_stopped_before_they_cost_anything_whatever_the_email() {
    let bridge = TestBridge::start().unwrap();
    let attempt = |from: &str, email: &str, password: &str| {
        let body = json!({ "email": email, "password": password }).to_string();
        let origin = format!("http://{}", bridge.address());
        let headers = [("Origin", origin.as_str()), ("X-Forwarded-For", from)];
        call(bridge.address(), "POST", "/api/v1/session", &headers, &body).unwrap().0
    };
    for _ in 0..40 {
        assert_eq!(attempt("192.0.2.1", MARA.email, bridge.password()), 200, "the right one costs nothing");
    }
    let statuses: Vec<u16> =
        (0..60).map(|n| attempt("192.0.2.2", &format!("nobody-{n}@example.com"), "a wrong guess")).collect();
    assert_eq!(statuses[..30], [401; 30]);
    assert_eq!(statuses[59], 429);
    assert_eq!(attempt("192.0.2.3", MARA.email, bridge.password()), 200, "others are not kept out");
}

type Answer = (u16, String);

fn sign_in(bridge: &TestBridge) -> String {
    let body = json!({ "email": MARA.email, "password": bridge.password() }).to_string();
    let origin = format!("http://{}", bridge.address());
    let (status, head, body) =
        call(bridge.address(), "POST", "/api/v1/session", &[("Origin", &origin)], &body).unwrap();
    assert_eq!(status, 200, "{body}");
    let cookie = head.lines().find_map(|line| line.strip_prefix("set-cookie: ")).unwrap();
    cookie.split(';').next().unwrap().to_owned()
}

/// Makes a key; gives its secret and its id.
fn key(bridge: &TestBridge, cookie: &str, days: Value) -> (String, String) {
    let wish = json!({ "name": "CRM", "scopes": ["assistants:read"], "days": days }).to_string();
    let (status, body) = as_mara(bridge, cookie, "POST", "/api/v1/keys", &wish);
    assert_eq!(status, 201, "{body}");
    let made: Value = serde_json::from_str(&body).unwrap();
    (made["secret"].as_str().unwrap().to_owned(), made["key"]["id"].as_str().unwrap().to_owned())
}

fn as_mara(bridge: &TestBridge, cookie: &str, method: &str, path: &str, body: &str) -> Answer {
    let origin = format!("http://{}", bridge.address());
    let headers = [("Cookie", cookie), ("Origin", origin.as_str())];
    let (status, _, body) = call(bridge.address(), method, path, &headers, body).unwrap();
    (status, body)
}

fn by_key(bridge: &TestBridge, key: &str) -> Answer {
    let bearer = format!("Bearer {key}");
    let headers = [("Authorization", bearer.as_str())];
    let (status, _, body) = call(bridge.address(), "GET", "/api/v1/sites", &headers, "").unwrap();
    (status, body)
}

fn code(answer: &Answer) -> Value {
    serde_json::from_str::<Value>(&answer.1).unwrap()["error"]["code"].clone()
}
