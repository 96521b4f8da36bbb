//! Drafts and versions of what a site runs.
#![expect(clippy::wildcard_enum_match_arm, reason = "a test waits for one thing among many")]

mod world;

use serde_json::json;
use world::{Author, DEMO, MARA, SHOP, TOMAS, World, call};

/// Runs, and its second step is never reached.
const DOUBTFUL: &str = "format: 1\nname: Doubtful\nlanguage: en\nactions:\n  - id: a\n    title: Opening hours\n    phrases: [when are you open]\n    steps:\n      - { id: one, say: From nine., then: end }\n      - { id: two, say: Till five. }\n";

#[tokio::test]
async fn a_broken_file_is_refused_with_all_its_mistakes_and_the_one_in_use_stays() {
    let world = World::start().await;
    let before = world.languages("").await;
    let mara = Author::signs_in(&world, MARA).await;
    let broken =
        DEMO.replace("\"queue\": \"workshop\"", "\"queue\": \"kitchen\"").replace("\"end\"", "\"stop\"");
    for (method, rest) in [("PUT", ""), ("PUT", "/draft")] {
        let answer = mara.asks(method, rest, &broken).await;
        assert_eq!(answer.status, 422, "{answer:?}");
        let mistakes = answer.json()["mistakes"].as_array().expect("mistakes").clone();
        assert!(mistakes.len() > 1, "{mistakes:?}");
        for field in ["severity", "line", "column", "path", "code", "problem", "remedy"] {
            assert!(mistakes.iter().all(|mistake| mistake.get(field).is_some()), "{mistakes:?}");
        }
    }
    assert_eq!(world.languages("").await, before);
    assert_eq!(mara.asks("GET", "/draft", "").await.status, 404);
}

#[tokio::test]
async fn a_queue_that_does_not_exist_here_is_a_mistake_of_the_file() {
    let world = World::start().await;
    let mara = Author::signs_in(&world, MARA).await;
    let answer =
        mara.asks("PUT", "", &DEMO.replace("\"queue\": \"workshop\"", "\"queue\": \"kitchen\"")).await;
    assert_eq!(answer.status, 422, "{answer:?}");
    assert!(answer.body.contains("kitchen") && answer.body.contains("front-desk"), "{answer:?}");
}

#[tokio::test]
async fn a_published_file_is_in_use_at_once_in_every_language_and_after_a_restart() {
    let world = World::start().await;
    let old = world.languages("").await;
    let mara = Author::signs_in(&world, MARA).await;
    let published = mara.publishes("shop.yaml", SHOP).await;
    assert_eq!(published["version"], 2);
    let new = world.languages("").await;
    assert_eq!(published["assistant"]["languages"][1], json!({ "tag": "fr", "hash": new[1].1 }));
    assert_eq!((new[0].0.as_str(), new[1].0.as_str()), ("en", "fr"));
    assert_eq!(world.runs("").await.name, "Corner Shop");
    let french = world.definition(&format!("/api/sites/demo/assistant/{}", new[1].1)).await;
    assert_eq!(french.language, "fr");
    let earlier = world.definition(&format!("/api/sites/demo/assistant/{}", old[0].1)).await;
    assert_eq!(earlier.name, "Lockgate Cycles", "open pages still find the old one");

    let world = world.restart().await;
    assert_eq!(world.languages("").await, new, "the workspace's file does not undo an upload");
    let mara = Author::signs_in(&world, MARA).await;
    let again = mara.publishes("shop.yaml", SHOP).await;
    assert_eq!(
        (&again["version"], &again["new"]),
        (&json!(2), &json!(false)),
        "the same text changes nothing"
    );
}

#[tokio::test]
async fn what_a_hash_names_is_kept_for_ever_and_travels_compressed() {
    let world = World::start().await;
    let path = format!("/api/sites/demo/assistant/{}", world.languages("").await[0].1);
    let answer = call(world.address, "GET", &path, &[("Accept-Encoding", "gzip")], "").await;
    assert_eq!((answer.status, answer.header("content-encoding")), (200, Some("gzip")));
    assert_eq!(answer.header("content-type"), Some("application/octet-stream"));
    assert!(answer.header("cache-control").is_some_and(|cache| cache.contains("immutable")), "{answer:?}");
    let unknown = call(world.address, "GET", "/api/sites/demo/assistant/abc", &[], "").await;
    assert_eq!((unknown.status, &unknown.json()["error"]["code"]), (404, &json!("not_found")));
}

#[tokio::test]
async fn a_draft_is_kept_with_its_doubts_and_published_when_it_is_ready() {
    let world = World::start().await;
    let before = world.languages("").await;
    let mara = Author::signs_in(&world, MARA).await;
    assert_eq!(mara.asks("POST", "/publish", "{}").await.status, 404, "there is no draft");
    let saved = mara.does("PUT", "/draft?name=hours.yaml", DOUBTFUL).await;
    assert_eq!(saved["mistakes"][0]["severity"], "warning", "{saved}");
    assert_eq!(world.languages("").await, before, "visitors do not see it");
    let draft = mara.does("GET", "/draft", "").await;
    assert_eq!((&draft["name"], &draft["source"]), (&json!("hours.yaml"), &json!(DOUBTFUL)));
    assert_eq!(draft["saved_by"], "Mara Lindqvist");

    let world = world.restart().await;
    let mara = Author::signs_in(&world, MARA).await;
    let published = mara.does("POST", "/publish", &json!({ "note": "Winter hours" }).to_string()).await;
    assert_eq!((&published["version"], world.runs("").await.name.as_str()), (&json!(2), "Doubtful"));
    assert_eq!(mara.asks("GET", "/draft", "").await.status, 404);
    let told = mara.does("GET", "/versions", "").await;
    assert_eq!(told["versions"][0]["note"], "Winter hours");
    assert_eq!(told["versions"][0]["published_by"], "Mara Lindqvist");
    assert_eq!(told["versions"][1]["published_by"], json!(null), "the workspace's file");
    assert_eq!(told["draft"], json!(null));
}

#[tokio::test]
async fn a_draft_can_be_dropped() {
    let world = World::start().await;
    let mara = Author::signs_in(&world, MARA).await;
    mara.does("PUT", "/draft?name=shop.yaml", SHOP).await;
    mara.does("DELETE", "/draft", "").await;
    assert_eq!(mara.asks("GET", "/draft", "").await.status, 404);
    assert_eq!(mara.asks("DELETE", "/draft", "").await.status, 404);
}

#[tokio::test]
async fn an_earlier_version_comes_back_and_stays_after_a_restart() {
    let world = World::start().await;
    let first = world.languages("").await;
    let mara = Author::signs_in(&world, MARA).await;
    mara.publishes("shop.yaml", SHOP).await;
    let back = mara.does("POST", "/rollback", &json!({ "version": 1 }).to_string()).await;
    assert_eq!(back["version"], 1);
    assert_eq!(world.languages("").await, first);
    assert_eq!(mara.versions().await, (vec![2, 1], 1));
    let releases = mara.does("GET", "/versions", "").await["releases"].clone();
    assert_eq!((&releases[0]["version"], &releases[0]["released_by"]), (&json!(1), &json!("Mara Lindqvist")));
    let unknown = mara.asks("POST", "/rollback", &json!({ "version": 9 }).to_string()).await;
    assert_eq!(unknown.status, 404);

    let world = world.restart().await;
    assert_eq!(world.languages("").await, first);
}

#[tokio::test]
async fn a_version_gives_back_the_file_as_it_was_written() {
    let world = World::start().await;
    let mara = Author::signs_in(&world, MARA).await;
    let commented = format!("# Café opening hours\n{DOUBTFUL}");
    mara.publishes("caf%C3%A9.yaml", &commented).await;
    let answer = mara.asks("GET", "/versions/2", "").await;
    assert_eq!((answer.status, answer.body.as_str()), (200, commented.as_str()));
    let expected = "attachment; filename*=UTF-8''caf%C3%A9%2Eyaml";
    assert_eq!(answer.header("content-disposition"), Some(expected));
    assert_eq!(mara.asks("GET", "/versions/9", "").await.status, 404);
}

#[tokio::test]
async fn agents_look_and_admins_change_from_the_bridges_own_pages() {
    let world = World::start().await;
    let changes = [
        ("PUT", "", SHOP),
        ("PUT", "/draft", SHOP),
        ("DELETE", "/draft", ""),
        ("POST", "/publish", "{}"),
        ("POST", "/rollback", "{\"version\":1}"),
        ("POST", "/share", "{\"of\":1,\"hours\":1}"),
    ];
    let (stranger, tomas) = (Author::stranger(&world), Author::signs_in(&world, TOMAS).await);
    for (method, rest, body) in changes {
        assert_eq!(stranger.asks(method, rest, body).await.status, 401, "{method} {rest}");
        let answer = tomas.asks(method, rest, body).await;
        assert_eq!((answer.status, &answer.json()["error"]["code"]), (403, &json!("not_allowed")), "{rest}");
        let cookie = world::Agent::signs_in(&world, MARA).await;
        let headers = [("Cookie", cookie.as_str()), ("Origin", "https://evil.example")];
        let path = format!("/api/sites/demo/assistant{rest}");
        let answer = call(world.address, method, &path, &headers, body).await;
        assert_eq!(
            (answer.status, &answer.json()["error"]["code"]),
            (403, &json!("foreign_origin")),
            "{rest}"
        );
    }
    let sites = json!({ "sites": [{ "site": "demo", "name": "Lockgate Cycles", "version": 1 }] });
    assert_eq!(tomas.calls("GET", "/api/sites", "").await.json(), sites);
    assert_eq!(stranger.calls("GET", "/api/sites", "").await.status, 401);
    for rest in ["/versions", "/versions/1"] {
        assert_eq!(stranger.asks("GET", rest, "").await.status, 401, "{rest}");
        assert_eq!(tomas.asks("GET", rest, "").await.status, 200, "{rest}");
    }
    assert_eq!(tomas.calls("GET", "/api/sites/nowhere/assistant/versions", "").await.status, 404);
}

#[tokio::test]
async fn what_is_not_a_file_is_refused_by_name() {
    let world = World::start().await;
    let mara = Author::signs_in(&world, MARA).await;
    let large = " ".repeat(protocol::limits::ASSISTANT_BYTES_MAX + 1);
    let answer = mara.asks("PUT", "/draft", &large).await;
    assert_eq!((answer.status, &answer.json()["error"]["code"]), (413, &json!("too_large")));
    for name in ["a%2Fb.yaml", "", "a%0Ab.yaml"] {
        let answer = mara.asks("PUT", &format!("/draft?name={name}"), SHOP).await;
        assert_eq!((answer.status, &answer.json()["error"]["code"]), (400, &json!("malformed")), "{name}");
    }
    let note = "x".repeat(501);
    assert_eq!(mara.asks("POST", "/publish", &json!({ "note": note }).to_string()).await.status, 400);
}

#[tokio::test]
async fn an_author_checks_and_previews_without_keeping_anything() {
    let world = World::start().await;
    let tomas = Author::signs_in(&world, TOMAS).await;
    let told = tomas.calls("POST", "/api/check?name=hours.yaml", DOUBTFUL).await.json();
    assert_eq!((&told["name"], &told["language"]), (&json!("Doubtful"), &json!("en")));
    assert_eq!(told["actions"], json!([{ "id": "a", "title": "Opening hours" }]));
    assert_eq!(told["mistakes"][0]["severity"], "warning");
    let broken = tomas.calls("POST", "/api/check?name=hours.yaml", "format: 1\nnme: x\n").await;
    assert_eq!((broken.status, &broken.json()["name"]), (200, &json!(null)));
    assert_eq!(broken.json()["mistakes"][0]["severity"], "error");

    let told = tomas.calls("POST", "/api/preview?site=demo&name=shop.yaml", SHOP).await.json();
    let path = told["path"].as_str().expect("a path");
    assert_eq!(world.definition(path).await.name, "Corner Shop");
    let french = told["languages"][1]["path"].as_str().expect("a path");
    assert_eq!(world.definition(french).await.language, "fr");
    let broken = tomas.calls("POST", "/api/preview?site=demo&name=shop.yaml", "format: 1").await;
    assert_eq!(broken.status, 422);
    assert_eq!(call(world.address, "GET", "/api/preview/0123", &[], "").await.status, 404);
    assert_eq!(Author::stranger(&world).calls("POST", "/api/check", SHOP).await.status, 401);
    assert_eq!(Author::stranger(&world).calls("POST", "/api/preview", SHOP).await.status, 401);
}
