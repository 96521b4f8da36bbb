//! Links that show an assistant to people who cannot sign in.
#![expect(clippy::wildcard_enum_match_arm, reason = "a test waits for one thing among many")]

mod world;

use serde_json::json;
use world::{Author, DEMO, MARA, SHOP, World, call};

#[tokio::test]
async fn a_link_shows_the_draft_as_it_was_when_it_was_made() {
    let world = World::start().await;
    let published = world.languages("").await;
    let mara = Author::signs_in(&world, MARA).await;
    mara.does("PUT", "/draft?name=shop.yaml", SHOP).await;
    let address = mara.shares(&json!("draft")).await;
    let shared = format!("?shared={}", token(&address));
    assert_eq!(world.runs(&shared).await.name, "Corner Shop");
    assert_eq!(world.languages("").await, published, "everybody else sees what is published");

    mara.does("PUT", "/draft", &DEMO.replace("Lockgate Cycles", "Lockgate Bicycles")).await;
    mara.does("DELETE", "/draft", "").await;
    assert_eq!(
        world.runs(&shared).await.name,
        "Corner Shop",
        "the draft has gone and the link shows it still"
    );
    let world = world.restart().await;
    assert_eq!(world.runs(&shared).await.name, "Corner Shop", "links outlive a restart");
}

#[tokio::test]
async fn a_link_shows_a_version_whatever_becomes_current() {
    let world = World::start().await;
    let mara = Author::signs_in(&world, MARA).await;
    let links = [mara.shares(&json!("published")).await, mara.shares(&json!(1)).await];
    mara.publishes("shop.yaml", SHOP).await;
    for address in links {
        assert_eq!(world.runs(&format!("?shared={}", token(&address))).await.name, "Lockgate Cycles");
    }
}

#[tokio::test]
async fn the_page_of_a_link_says_what_it_shows_and_embeds_the_chat() {
    let world = World::start().await;
    let mara = Author::signs_in(&world, MARA).await;
    let address = mara.shares(&json!(1)).await;
    let page = call(world.address, "GET", &address, &[], "").await;
    assert_eq!(page.status, 200, "{page:?}");
    for part in [
        "<title>Assistant preview</title>",
        "data-part=\"banner\"",
        "Lockgate Cycles",
        ">1</dd>",
        " UTC</time>",
        "src=\"/passerelle.js\" data-site=\"demo\"",
        &format!("data-shared=\"{}\"", token(&address)),
    ] {
        assert!(page.body.contains(part), "`{part}` is missing in {}", page.body);
    }
    let policy = page.header("content-security-policy").unwrap_or_default();
    assert!(policy.starts_with("default-src 'none'; script-src 'self';"), "{policy}");
    assert_eq!(page.header("referrer-policy"), Some("no-referrer"), "the link is not told to other sites");
    let style = call(world.address, "GET", "/page.css", &[], "").await;
    assert_eq!(style.header("content-type"), Some("text/css; charset=utf-8"));
}

#[tokio::test]
async fn a_link_that_was_changed_shows_nothing() {
    let world = World::start().await;
    let mara = Author::signs_in(&world, MARA).await;
    mara.publishes("shop.yaml", SHOP).await;
    let token = token(&mara.shares(&json!(1)).await);
    let other_version = token.replacen("demo.1.", "demo.2.", 1);
    for forged in [other_version.as_str(), &token[..token.len() - 2], "x"] {
        let page = call(world.address, "GET", &format!("/shared/{forged}"), &[], "").await;
        assert_eq!(page.status, 404, "{forged}");
        assert!(page.body.contains("This link shows nothing"), "{page:?}");
        let card = call(world.address, "GET", &format!("/api/sites/demo?shared={forged}"), &[], "").await;
        assert_eq!((card.status, &card.json()["error"]["code"]), (404, &json!("not_found")), "{forged}");
        let frame = call(world.address, "GET", &format!("/frame/demo?shared={forged}"), &[], "").await;
        assert_eq!(frame.status, 404, "{forged}");
    }
}

#[tokio::test]
async fn a_link_is_for_a_while_and_for_what_there_is() {
    let world = World::start().await;
    let mara = Author::signs_in(&world, MARA).await;
    let share = async |body: serde_json::Value| mara.asks("POST", "/share", &body.to_string()).await.status;
    assert_eq!(share(json!({ "of": 1, "hours": 0 })).await, 400);
    assert_eq!(share(json!({ "of": 1, "hours": 31 * 24 + 1 })).await, 400);
    assert_eq!(share(json!({ "of": "yesterday", "hours": 1 })).await, 400);
    assert_eq!(share(json!({ "of": "draft", "hours": 1 })).await, 404);
    assert_eq!(share(json!({ "of": 7, "hours": 1 })).await, 404);
}

fn token(address: &str) -> String {
    address.strip_prefix("/shared/").expect("a link's address").to_owned()
}
