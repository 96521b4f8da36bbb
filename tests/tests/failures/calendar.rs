//! The machine's calendar jumps by an hour, there and back, while the bridge runs and between two of its lives: messages keep
//! their order, nobody is signed out, nothing becomes due early.

use acceptance::raw::{Raw, call, fresh_secret};
use acceptance::test_bridge::{MARA, TestBridge};
use protocol::VisitorSecret;
use serde_json::{Value, json};

const HOUR_SECONDS: i64 = 60 * 60;

#[test]
fn a_jump_of_an_hour_changes_no_order_ends_no_sign_in_and_makes_nothing_due() {
    let mut bridge = TestBridge::start_on_faulty().unwrap();
    let cookie = sign_in(&bridge);
    let secret = fresh_secret();
    let mut visitor = Raw::dial(bridge.address()).unwrap();
    visitor.hello(&secret, None).unwrap();
    visitor.until("welcome").unwrap();
    let mut numbers = vec![asks_for_a_person(&mut visitor)];
    for (step, ahead) in [HOUR_SECONDS, 0, -HOUR_SECONDS].into_iter().enumerate() {
        bridge.machine().unwrap().calendar_is_ahead(ahead).unwrap();
        numbers.push(says(&mut visitor, 10 + step));
        assert!(is_signed_in(&bridge, &cookie));
    }
    for (step, ahead) in [-HOUR_SECONDS, HOUR_SECONDS, 0].into_iter().enumerate() {
        bridge.machine().unwrap().calendar_is_ahead(ahead).unwrap();
        bridge.kill_9().unwrap();
        bridge.start_again().unwrap();
        assert!(is_signed_in(&bridge, &cookie));
        let (mut visitor, state) = returns(&bridge, &secret);
        assert_eq!(state, "queued", "whoever waits for hours waits on");
        numbers.push(says(&mut visitor, 20 + step));
    }
    assert!(numbers.is_sorted() && numbers.windows(2).all(|pair| pair[0] < pair[1]), "{numbers:?}");
    assert_eq!(
        told(&bridge, &secret),
        (0..3).map(|n| 10 + n).chain((0..3).map(|n| 20 + n)).collect::<Vec<_>>()
    );
}

fn says(visitor: &mut Raw, word: usize) -> u64 {
    let say = json!({ "say": {
        "id": name(word), "author": "visitor", "content": { "text": { "text": format!("word {word}") } }, "written_at": 1,
    }});
    visitor.text(&say.to_string()).unwrap();
    visitor.until("accepted").unwrap()["number"].as_u64().unwrap()
}

fn asks_for_a_person(visitor: &mut Raw) -> u64 {
    let hand_off = json!({
        "queue": "workshop", "reason": "planned", "online_message": "", "offline_message": "",
        "message_to_agent": null, "action": null, "collected": [],
    });
    visitor.text(&json!({ "request_agent": { "id": name(0), "hand_off": hand_off } }).to_string()).unwrap();
    visitor.until("accepted").unwrap()["number"].as_u64().unwrap()
}

/// Dials again as a widget that has forgotten everything but who it is.
fn returns(bridge: &TestBridge, secret: &VisitorSecret) -> (Raw, String) {
    let mut visitor = Raw::dial(bridge.address()).unwrap();
    visitor.hello(secret, None).unwrap();
    let state = visitor.until("welcome").unwrap()["state"]["state"].as_str().unwrap().to_owned();
    (visitor, state)
}

/// The words of the conversation, in the order they are told.
fn told(bridge: &TestBridge, secret: &VisitorSecret) -> Vec<usize> {
    let mut visitor = Raw::dial(bridge.address()).unwrap();
    visitor.hello(secret, None).unwrap();
    let welcome = visitor.until("welcome").unwrap();
    let texts = welcome["events"].as_array().unwrap().iter().filter_map(|event| {
        let text = &event["told"]["said"]["content"]["text"]["text"];
        text.as_str()?.strip_prefix("word ")?.parse().ok()
    });
    texts.collect()
}

fn sign_in(bridge: &TestBridge) -> String {
    let body = json!({ "email": MARA.email, "password": bridge.password() }).to_string();
    let origin = format!("http://{}", bridge.address());
    let answer = call(bridge.address(), "POST", "/api/v1/session", &[("Origin", &origin)], &body).unwrap();
    let cookie = answer.1.lines().find_map(|line| line.strip_prefix("set-cookie: ")).unwrap();
    cookie.split(';').next().unwrap().to_owned()
}

fn is_signed_in(bridge: &TestBridge, cookie: &str) -> bool {
    let answer = call(bridge.address(), "GET", "/api/v1/session", &[("Cookie", cookie)], "").unwrap();
    let _: Value = serde_json::from_str(&answer.2).unwrap();
    answer.0 == 200
}

fn name(number: usize) -> String {
    format!("01932f0c-7d00-7000-8000-{number:012}")
}
