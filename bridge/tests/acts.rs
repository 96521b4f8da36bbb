//! What the staff does, done with success by programs' way of calling.
#![expect(clippy::wildcard_enum_match_arm, reason = "a test waits for one thing among many")]

mod world;

use serde_json::{Value, json};
use world::{Agent, Author, MARA, TOMAS, Visitor, World};

#[tokio::test]
async fn every_act_is_done_by_an_http_call() {
    let world = World::start().await;
    let mut console = Agent::arrives(&world, TOMAS).await;
    let (mara, tomas) = (Author::signs_in(&world, MARA).await, Author::signs_in(&world, TOMAS).await);
    let id = tomas.calls("GET", "/api/v1/me", "").await.json()["id"].clone();
    let status = format!("/api/v1/agents/{}/status", id.as_str().expect("an id"));
    assert_eq!(mara.calls("PUT", &status, r#"{"status":"online"}"#).await.status, 204);
    let mut visitor = Visitor::arrives(&world, 1).await;
    let conversation = visitor.asks_for_a_person("workshop").await;
    console.is_offered().await;
    let soon = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("a clock");
    let until = u64::try_from(soon.as_millis()).expect("a time") + 3_600_000;
    let to_tomas = json!({ "assign": { "to": { "agent": id }, "even_if_unavailable": true } });
    let path = format!("/api/v1/conversations/{conversation}/acts");
    let mut last = 0;
    for (who, act) in [
        (&tomas, json!({ "decline": { "reason": "busy" } })),
        (&mara, json!({ "set_priority": { "priority": 5 } })),
        (&mara, to_tomas.clone()),
        (&tomas, json!({ "say": { "text": "Good morning", "written_at": 5 } })),
        (&mara, json!("join")),
        (&mara, json!({ "comment": { "text": "Be quick", "mentions": [{ "agent": id }] } })),
        (&mara, json!("part")),
        (&tomas, json!({ "snooze": { "until": until } })),
        (&tomas, json!("wake")),
        (&tomas, json!({ "tag": { "tag": "bike", "add": true } })),
        (&tomas, json!({ "set_field": { "field": "email", "value": "zoe@example.com" } })),
        (
            &tomas,
            json!({ "transfer": { "to": { "queue": "front-desk" }, "reason": "other-team", "note": null } }),
        ),
        (&mara, json!({ "move": { "queue": "workshop" } })),
        (&mara, to_tomas),
        (&tomas, json!("unassign")),
        (&mara, json!("mark_spam")),
        (&mara, json!("unmark_spam")),
        (&mara, json!({ "dedicate": { "to": id } })),
        (&mara, json!({ "close": { "category": "solved", "note": "All well" } })),
    ] {
        let done = who.calls("POST", &path, &act.to_string()).await;
        assert_eq!(done.status, 200, "{act}: {done:?}");
        let number = done.json()["number"].as_u64().expect("a number");
        assert!(number > last, "{act} is event {number}, and the one before was {last}");
        last = number;
    }
}

#[tokio::test]
async fn a_conversation_is_begun_with_a_visitor_who_has_none_open() {
    let world = World::start().await;
    let mut visitor = Visitor::arrives(&world, 1).await;
    visitor.says("Hello").await;
    let mara = Author::signs_in(&world, MARA).await;
    let card = mara.calls("GET", "/api/v1/conversations", "").await.json()["items"][0].clone();
    let wanted = json!({ "visitor": card["visitor"], "site": "demo" }).to_string();
    let refused = mara.calls("POST", "/api/v1/conversations", &wanted).await;
    assert_eq!((refused.status, &refused.json()["error"]["code"]), (409, &json!("already_there")));
    let nobody = json!({ "visitor": "01932f0c-7d00-8000-8000-0000000000ff", "site": "demo" }).to_string();
    let nobody = mara.calls("POST", "/api/v1/conversations", &nobody).await;
    assert_eq!((nobody.status, &nobody.json()["error"]["code"]), (422, &json!("unknown_name")));
    assert_eq!(nobody.json()["error"]["where"], "body.visitor");
    visitor.ends().await;
    let away = mara.calls("POST", "/api/v1/conversations", &wanted).await;
    assert_eq!(away.json()["error"]["code"], "not_online", "whoever begins one is there");
    let _console = Agent::arrives_online(&world, MARA).await;
    let named = [("Idempotency-Key", "01932f0c-7d00-7000-8000-000000000001")];
    let begun = mara.calls_with("POST", "/api/v1/conversations", &named, &wanted).await;
    assert_eq!(begun.status, 201, "{begun:?}");
    assert_eq!(mara.calls_with("POST", "/api/v1/conversations", &named, &wanted).await.body, begun.body);
    let all = mara.calls("GET", "/api/v1/conversations", "").await.json();
    assert_eq!(all["items"].as_array().map(Vec::len), Some(2), "begun once");
}

#[tokio::test]
async fn a_setup_without_faults_is_checked_and_none_is_found() {
    let world = World::start().await;
    let mara = Author::signs_in(&world, MARA).await;
    let now = mara.calls("GET", "/api/v1/setup", "").await.json();
    let whole = json!({ "revision": now["revision"], "setup": now["setup"] }).to_string();
    let checked = mara.calls("POST", "/api/v1/setup/check", &whole).await;
    assert_eq!((checked.status, checked.json()), (200, json!([])));
    let named = [("Idempotency-Key", "01932f0c-7d00-7000-8000-000000000001")];
    let first = mara.calls_with("PUT", "/api/v1/setup", &named, &whole).await;
    assert_eq!(first.status, 200, "{first:?}");
    let again = mara.calls_with("PUT", "/api/v1/setup", &named, &whole).await;
    assert_eq!(
        (again.status, &again.body),
        (200, &first.body),
        "a lost answer is given again, and not `outdated`"
    );
    let large =
        json!({ "revision": 0, "setup": { "reasons": {}, "queues": {}, "x".repeat(40_000): Value::Null } });
    assert_eq!(mara.calls("POST", "/api/v1/setup/check", &large.to_string()).await.status, 400, "it is read");
}
