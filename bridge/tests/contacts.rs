//! Contacts, earlier setups, and who changed what.
#![expect(clippy::wildcard_enum_match_arm, reason = "a test waits for one thing among many")]

mod world;

use serde_json::{Value, json};
use world::{Agent, Answer, Author, MARA, PRIYA, TOMAS, Visitor, World, call};

#[tokio::test]
async fn what_is_known_of_a_visitor_is_read_and_changed_with_or_without_an_open_conversation() {
    let world = World::start().await;
    let mut agent = Agent::arrives_online(&world, TOMAS).await;
    let mut visitor = Visitor::arrives(&world, 1).await;
    let conversation = visitor.asks_for_a_person("workshop").await;
    agent.is_offered().await;
    agent.accepts(conversation).await;
    let tomas = Author::signs_in(&world, TOMAS).await;
    let shown = tomas.calls("GET", &format!("/api/v1/conversations/{conversation}"), "").await.json();
    let path = format!("/api/v1/contacts/{}", shown["conversation"]["visitor"].as_str().unwrap());
    let known = tomas.calls("GET", &path, "").await.json();
    assert_eq!((&known["conversation"], &known["tags"]), (&json!(conversation), &json!([])));

    let wanted = json!({ "fields": { "email": "zoe@example.com" }, "tags": { "regular": true } }).to_string();
    let changed = tomas.calls("PATCH", &path, &wanted).await;
    assert_eq!((changed.status, &changed.json()["fields"]["email"]), (200, &json!("zoe@example.com")));
    assert_eq!(tomas.calls("PATCH", &path, &wanted).await.body, changed.body, "again without harm");
    let half = json!({ "fields": { "phone": "1" }, "dedicated": { "to": null } }).to_string();
    let refused = tomas.calls("PATCH", &path, &half).await;
    assert_eq!((refused.status, &refused.json()["error"]["where"]), (403, &json!("body.dedicated")));
    assert_eq!(tomas.calls("GET", &path, "").await.json()["fields"], json!({ "email": "zoe@example.com" }));

    visitor.ends().await;
    let mara = Author::signs_in(&world, MARA).await;
    let cleared = mara.calls("PATCH", &path, r#"{"fields":{"email":null},"tags":{"vip":true}}"#).await;
    assert_eq!((cleared.status, &cleared.json()["conversation"]), (200, &Value::Null), "{cleared:?}");
    assert_eq!(
        (&cleared.json()["fields"], &cleared.json()["tags"]),
        (&json!({}), &json!(["regular", "vip"]))
    );

    let all = mara.calls("GET", &format!("{path}/conversations"), "").await.json();
    assert_eq!(all["items"][0]["id"], json!(conversation));
    let priya = Author::signs_in(&world, PRIYA).await;
    for (method, rest) in [("GET", ""), ("PATCH", ""), ("GET", "/conversations")] {
        assert_eq!(priya.calls(method, &format!("{path}{rest}"), "{}").await.status, 404, "{method} {rest}");
    }
}

#[tokio::test]
async fn a_key_needs_the_scopes_of_contacts() {
    let world = World::start().await;
    let mut visitor = Visitor::arrives(&world, 1).await;
    visitor.says("Hello").await;
    let mara = Author::signs_in(&world, MARA).await;
    let listed = mara.calls("GET", "/api/v1/conversations", "").await.json();
    let path = format!("/api/v1/contacts/{}", listed["items"][0]["visitor"].as_str().unwrap());
    let reads = key(&mara, &["contacts:read"]).await;
    let writes = key(&mara, &["contacts:write"]).await;
    let calls = async |key: &str, method: &str, body: &str| {
        call(world.address, method, &path, &[("Authorization", key)], body).await.status
    };
    assert_eq!((calls(&reads, "GET", "").await, calls(&reads, "PATCH", "{}").await), (200, 403));
    assert_eq!(
        (calls(&writes, "GET", "").await, calls(&writes, "PATCH", r#"{"tags":{"a":true}}"#).await),
        (403, 200)
    );
}

#[tokio::test]
async fn earlier_setups_are_read_and_a_removed_reason_keeps_its_words() {
    let world = World::start().await;
    let mara = Author::signs_in(&world, MARA).await;
    let before = mara.calls("GET", "/api/v1/setup", "").await.json();
    assert_eq!(mara.calls("DELETE", "/api/v1/setup/reasons/busy", "").await.status, 200);
    let now = mara.calls("GET", "/api/v1/setup", "").await.json();
    assert_eq!(now["setup"]["reasons"]["busy"]["retired"], true);
    assert_eq!(now["setup"]["reasons"]["busy"]["label"], before["setup"]["reasons"]["busy"]["label"]);
    let revisions = mara.calls("GET", "/api/v1/setup/revisions?limit=1", "").await.json();
    assert_eq!(
        (&revisions["items"][0]["revision"], &revisions["items"][0]["changed_by"]),
        (&now["revision"], &json!("Mara Lindqvist"))
    );
    let next = revisions["next"].as_str().expect("another page");
    let earlier =
        mara.calls("GET", &format!("/api/v1/setup/revisions?limit=1&after={next}"), "").await.json();
    assert_eq!(earlier["items"][0]["revision"], before["revision"]);
    let kept = mara.calls("GET", &format!("/api/v1/setup/revisions/{}", before["revision"]), "").await.json();
    assert_eq!(kept, before);
    assert_eq!(mara.calls("GET", "/api/v1/setup/revisions/999", "").await.status, 404);
}

#[tokio::test]
async fn who_changed_what_is_told_in_pages_the_newest_first() {
    let world = World::start().await;
    let mara = Author::signs_in(&world, MARA).await;
    key(&mara, &["audit:read"]).await;
    let rules = json!({ "closing_needs_category": true }).to_string();
    assert_eq!(mara.calls("PUT", "/api/v1/setup/rules", &rules).await.status, 200);
    let all = mara.calls("GET", "/api/v1/audit", "").await.json();
    let kinds: Vec<&str> =
        all["items"].as_array().unwrap().iter().map(|one| one["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds[..2], ["setup_changed", "key_made"], "{all:#}");
    assert!(kinds.contains(&"assistant_released"), "{kinds:?}");
    assert_eq!(all["items"][0]["by"], "Mara Lindqvist");
    let (mut paged, mut path) = (Vec::new(), "/api/v1/audit?limit=1".to_owned());
    loop {
        let page = mara.calls("GET", &path, "").await.json();
        paged.extend(page["items"].as_array().unwrap().iter().cloned());
        let Some(next) = page["next"].as_str() else { break };
        path = format!("/api/v1/audit?limit=1&after={next}");
    }
    assert_eq!(json!(paged), all["items"], "nothing twice, and nothing left out");
    let tomas = Author::signs_in(&world, TOMAS).await;
    assert_eq!(tomas.calls("GET", "/api/v1/audit", "").await.status, 403);
}

#[tokio::test]
async fn the_board_tells_own_foreign_and_free_room_and_what_waits_comes_in_pages() {
    let world = World::start().await;
    let mara = Author::signs_in(&world, MARA).await;
    let mut agent = Agent::arrives_online(&world, TOMAS).await;
    let mut first = Visitor::arrives(&world, 1).await;
    let conversation = first.asks_for_a_person("workshop").await;
    agent.is_offered().await;
    agent.accepts(conversation).await;
    let queue = async |id: &str| {
        let queues = mara.calls("GET", "/api/v1/queues", "").await.json();
        queues["items"].as_array().unwrap().iter().find(|queue| queue["id"] == id).unwrap().clone()
    };
    let workshop = queue("workshop").await;
    assert_eq!(
        (&workshop["own"], &workshop["foreign"], &workshop["in_service"]),
        (&json!(1), &json!(0), &json!(1))
    );
    assert_eq!(workshop["free"].as_u64().unwrap() + 1, workshop["slots"].as_u64().unwrap(), "{workshop}");
    let mut waiting = Vec::new();
    for name in 2..5 {
        let mut visitor = Visitor::arrives(&world, name).await;
        waiting.push(visitor.asks_for_a_person("front-desk").await);
    }
    let desk = queue("front-desk").await;
    assert_eq!((&desk["waiting"], &desk["free"]), (&json!(3), &json!(0)));
    assert!(desk["longest_since"].is_u64(), "{desk}");
    let (mut seen, mut path) = (Vec::new(), "/api/v1/queues/front-desk/waiting?limit=2".to_owned());
    loop {
        let page = mara.calls("GET", &path, "").await.json();
        seen.extend(page["items"].as_array().unwrap().iter().map(|one| one["conversation"].clone()));
        let Some(next) = page["next"].as_str() else { break };
        path = format!("/api/v1/queues/front-desk/waiting?limit=2&after={next}");
    }
    assert_eq!(json!(seen), json!(waiting));
}

async fn key(mara: &Author, scopes: &[&str]) -> String {
    let wanted = json!({ "name": "CRM", "scopes": scopes }).to_string();
    let made: Answer = mara.calls("POST", "/api/v1/keys", &wanted).await;
    format!("Bearer {}", made.json()["secret"].as_str().expect("a key"))
}
