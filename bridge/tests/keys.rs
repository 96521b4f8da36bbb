//! Keys of programs: made, used, limited, revoked; and requests that are sent again under their name.
#![expect(clippy::wildcard_enum_match_arm, reason = "a test waits for one thing among many")]

mod world;

use bridge::keys::{NewKey, Scope};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use world::{Answer, Author, MARA, SHOP, World, call, within};

const NAME: &str = "01932f0c-7d00-7000-8000-000000000001";

#[tokio::test]
async fn a_key_is_shown_once_and_does_what_its_scopes_say() {
    let world = World::start().await;
    let mara = Author::signs_in(&world, MARA).await;
    let made =
        make(&mara, json!({ "name": " CI ", "scopes": ["assistants:read", "assistants:write"] })).await;
    let secret = made["secret"].as_str().unwrap();
    assert!(
        secret.starts_with(made["key"]["prefix"].as_str().unwrap()) && secret.starts_with("pk_"),
        "{made}"
    );
    let me = with_key(&world, secret, "GET", "/api/v1/me", "").await;
    assert_eq!(me.json()["scopes"], json!(["assistants:read", "assistants:write"]));
    assert_eq!(me.json()["name"], "CI");

    let path = "/api/v1/sites/demo/assistant?name=shop.yaml";
    assert_eq!(with_key(&world, secret, "PUT", path, SHOP).await.json()["version"], 2);
    let versions = with_key(&world, secret, "GET", "/api/v1/sites/demo/assistant/versions", "").await.json();
    assert_eq!(versions["versions"][0]["published_by"], "CI (key)", "the record says that it was a key");
    for (method, path) in [("GET", "/api/v1/webhooks"), ("GET", "/api/v1/keys"), ("POST", "/api/v1/keys")] {
        let answer = with_key(&world, secret, method, path, "{}").await;
        assert_eq!(answer.status, 403, "{path}: {answer:?}");
    }
    let listed = mara.calls("GET", "/api/v1/keys", "").await;
    assert!(!listed.body.contains(secret.split('_').next_back().unwrap()), "the secret is not kept");
}

#[tokio::test]
async fn a_key_that_was_revoked_lets_nobody_in() {
    let world = World::start().await;
    let mara = Author::signs_in(&world, MARA).await;
    let made = make(&mara, json!({ "name": "CRM", "scopes": ["assistants:read"] })).await;
    let (secret, id) = (made["secret"].as_str().unwrap(), made["key"]["id"].as_str().unwrap());
    assert_eq!(with_key(&world, secret, "GET", "/api/v1/sites", "").await.status, 200);
    let path = format!("/api/v1/keys/{id}");
    assert_eq!(mara.calls("DELETE", &path, "").await.status, 204);
    let refused = with_key(&world, secret, "GET", "/api/v1/sites", "").await;
    assert_eq!((refused.status, code(&refused)), (401, json!("unknown_key")));
    assert_eq!(mara.calls("DELETE", &path, "").await.status, 404, "it was revoked already");
    let listed = mara.calls("GET", "/api/v1/keys", "").await.json();
    assert_eq!(listed["items"][0]["revoked_by"], "Mara Lindqvist");
    for bad in ["", "pk_", "Bearer", &secret[..secret.len() - 1], &"x".repeat(5_000)] {
        let answer = with_key(&world, bad, "GET", "/api/v1/sites", "").await;
        assert_eq!(answer.status, 401, "{bad}");
    }
    let basic = [("Authorization", "Basic YTpi")];
    assert_eq!(call(world.address, "GET", "/api/v1/sites", &basic, "").await.status, 401);
}

#[tokio::test]
async fn a_key_of_the_command_line_works_and_ends_while_the_bridge_runs() {
    let world = World::start().await;
    let desk = world.desk().await;
    let wanted =
        NewKey { name: "Night job".to_owned(), scopes: [Scope::AssistantsRead].into(), days: Some(1) };
    let (row, secret) = desk.keys.make(wanted, None).await.expect("a key");
    assert_eq!(with_key(&world, secret.expose(), "GET", "/api/v1/sites", "").await.status, 200);
    assert!(desk.keys.revoke(row.id, None).await.expect("the store answers"));
    assert_eq!(with_key(&world, secret.expose(), "GET", "/api/v1/sites", "").await.status, 401);
}

#[tokio::test]
async fn that_a_key_was_used_is_noted_beside_the_call() {
    let world = World::start().await;
    let mara = Author::signs_in(&world, MARA).await;
    let made = make(&mara, json!({ "name": "CRM", "scopes": ["assistants:read"] })).await;
    assert_eq!(made["key"]["used_at"], Value::Null);
    with_key(&world, made["secret"].as_str().unwrap(), "GET", "/api/v1/me", "").await;
    let noted = async {
        while mara.calls("GET", "/api/v1/keys", "").await.json()["items"][0]["used_at"].is_null() {
            tokio::task::yield_now().await;
        }
    };
    within("the use to be noted", noted).await;
}

#[tokio::test]
async fn a_key_that_calls_too_often_has_to_wait_and_others_do_not() {
    let world = World::start().await;
    let mara = Author::signs_in(&world, MARA).await;
    let keys = [make(&mara, wish("a")).await, make(&mara, wish("b")).await];
    let secrets = keys.each_ref().map(|made| made["secret"].as_str().unwrap());
    let calls = (0..600).map(|_| with_key(&world, secrets[0], "GET", "/api/v1/me", ""));
    let answers = futures_util::future::join_all(calls).await;
    let refused = answers.iter().find(|answer| answer.status != 200).expect("600 calls at once are too many");
    assert_eq!((refused.status, code(refused)), (429, json!("too_many_attempts")));
    assert!(
        refused.header("retry-after").and_then(|wait| wait.parse::<u64>().ok()).is_some_and(|wait| wait > 0)
    );
    assert_eq!(with_key(&world, secrets[1], "GET", "/api/v1/me", "").await.status, 200);
}

#[tokio::test]
async fn what_cannot_be_a_key_is_refused_with_its_place() {
    let world = World::start().await;
    let mara = Author::signs_in(&world, MARA).await;
    for (body, place) in [
        (json!({ "name": "", "scopes": ["audit:read"] }), "body.name"),
        (json!({ "name": "x".repeat(81), "scopes": ["audit:read"] }), "body.name"),
        (json!({ "name": "x", "scopes": [] }), "body.scopes"),
        (json!({ "name": "x", "scopes": ["audit:read", "everything"] }), "body.scopes[1]"),
        (json!({ "name": "x", "scopes": ["audit:read"], "days": 0 }), "body.days"),
        (json!({ "name": "x", "scopes": ["audit:read"], "admin": true }), "body.admin"),
    ] {
        let answer = mara.calls("POST", "/api/v1/keys", &body.to_string()).await;
        assert_eq!(
            (answer.status, answer.json()["error"]["where"].clone()),
            (400, json!(place)),
            "{answer:?}"
        );
    }
    assert_eq!(mara.calls("GET", "/api/v1/keys", "").await.json()["items"], json!([]), "nothing was made");
}

#[tokio::test]
async fn a_request_of_the_same_name_is_carried_out_once() {
    let world = World::start().await;
    let mara = Author::signs_in(&world, MARA).await;
    let calls = (0..8).map(|_| named(&mara, wish("once")));
    let answers = futures_util::future::join_all(calls).await;
    let done: BTreeSet<&str> = answers.iter().filter(|a| a.status == 201).map(|a| a.body.as_str()).collect();
    assert_eq!(done.len(), 1, "whoever is told that it was done is told the same");
    assert!(answers.iter().all(|a| a.status == 201 || code(a) == "in_progress"), "{answers:?}");
    let again = named(&mara, wish("once")).await;
    assert_eq!((again.status, again.body.as_str()), (201, *done.first().unwrap()), "the secret too");
    assert_eq!(again.header("idempotency-replayed"), Some("true"));
    let other = named(&mara, wish("another")).await;
    assert_eq!((other.status, code(&other)), (422, json!("name_reused")));
    assert_eq!(mara.calls("GET", "/api/v1/keys", "").await.json()["items"].as_array().unwrap().len(), 1);

    let world = world.restart().await;
    let mara = Author::signs_in(&world, MARA).await;
    let later = named(&mara, wish("once")).await;
    assert_eq!((later.status, code(&later)), (409, json!("answer_not_kept")), "and still not done twice");
    assert_eq!(mara.calls("GET", "/api/v1/keys", "").await.json()["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_name_is_free_again_after_a_refusal_and_remembered_after_a_restart() {
    let world = World::start().await;
    let mara = Author::signs_in(&world, MARA).await;
    assert_eq!(named(&mara, json!({ "name": "", "scopes": [] })).await.status, 400);
    let links = async |mara: &Author| {
        let body = json!({ "of": "published", "hours": 1 });
        under(mara, "/api/v1/sites/demo/assistant/share", body).await
    };
    let first = links(&mara).await;
    assert_eq!(first.status, 200, "{first:?}");
    let world = world.restart().await;
    let mara = Author::signs_in(&world, MARA).await;
    let again = links(&mara).await;
    assert_eq!((again.status, again.body), (200, first.body), "also by another process");
    let bad = mara.calls_with("POST", "/api/v1/keys", &[("Idempotency-Key", "7")], "{}").await;
    assert_eq!(bad.json()["error"]["where"], "header.idempotency-key");
}

#[tokio::test]
async fn keys_come_in_pages_the_newest_first() {
    let world = World::start().await;
    let mara = Author::signs_in(&world, MARA).await;
    for name in ["a", "b", "c"] {
        make(&mara, wish(name)).await;
    }
    let (mut names, mut path) = (Vec::new(), "/api/v1/keys?limit=2".to_owned());
    loop {
        let page = mara.calls("GET", &path, "").await.json();
        let items = page["items"].as_array().unwrap();
        names.extend(items.iter().map(|key| key["name"].as_str().unwrap().to_owned()));
        let Some(next) = page["next"].as_str() else { break };
        path = format!("/api/v1/keys?limit=2&after={next}");
    }
    assert_eq!(names.len(), 3);
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), 3, "{names:?}");
    let bad = mara.calls("GET", "/api/v1/keys?after=yesterday", "").await;
    assert_eq!((bad.status, &bad.json()["error"]["where"]), (400, &json!("query.after")));
}

fn wish(name: &str) -> Value {
    json!({ "name": name, "scopes": ["audit:read"] })
}

async fn make(author: &Author, body: Value) -> Value {
    let answer = author.calls("POST", "/api/v1/keys", &body.to_string()).await;
    assert_eq!(answer.status, 201, "{answer:?}");
    answer.json()
}

async fn named(author: &Author, body: Value) -> Answer {
    under(author, "/api/v1/keys", body).await
}

async fn under(author: &Author, path: &str, body: Value) -> Answer {
    author.calls_with("POST", path, &[("Idempotency-Key", NAME)], &body.to_string()).await
}

async fn with_key(world: &World, key: &str, method: &str, path: &str, body: &str) -> Answer {
    call(world.address, method, path, &[("Authorization", &format!("Bearer {key}"))], body).await
}

fn code(answer: &Answer) -> Value {
    answer.json()["error"]["code"].clone()
}
