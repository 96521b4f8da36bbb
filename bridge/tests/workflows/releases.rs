//! What is listed, published again, deleted, and what pages and other systems tell.

use super::world::{Author, MARA, TOMAS, Visitor, World};
use super::{CONSENT, PATIENT, code, gets, hears, lookup, publishes, workspace};
use protocol::{PageSeen, VisitorFrame};
use serde_json::{Value, json};
use std::collections::BTreeMap;

#[tokio::test]
async fn the_list_says_what_each_is_called_and_what_starts_it() {
    let world = World::start().await;
    let mara = Author::signs_in(&world, MARA).await;
    let refund = r#"
format: 1
id: refund
name: Refund
description: Asks for the order and tells sales.
trigger: { shortcut: { form: [{ name: order, kind: number, required: true }] } }
exits: { agent_may_stop: true }
steps: [{ id: tell, comment: "Refund of $trigger.order", next: end }]
"#;
    publishes(&mara, "refund", refund).await;
    let draft = mara.calls("PUT", "/api/v1/workflows/patient/draft?name=p.yaml", PATIENT).await;
    assert_eq!(draft.status, 200);
    let tomas = Author::signs_in(&world, TOMAS).await;
    let listed = gets(&tomas, "/workflows").await;
    let [patient, refund] = listed["items"].as_array().unwrap().as_slice() else { panic!("{listed}") };
    assert_eq!((&patient["name"], &patient["version"]), (&json!("Patient"), &Value::Null));
    assert_eq!(patient["trigger"], json!({ "opened": { "by": ["visitor"] } }));
    assert_eq!(
        (&refund["name"], &refund["description"], &refund["agent_may_stop"]),
        (&json!("Refund"), &json!("Asks for the order and tells sales."), &json!(true))
    );
    assert_eq!(
        refund["trigger"]["shortcut"]["form"],
        json!([{ "name": "order", "kind": "number", "required": true }])
    );
}

#[tokio::test]
async fn the_file_that_starts_already_is_the_same_version_again() {
    let world = World::start().await;
    let mara = Author::signs_in(&world, MARA).await;
    for _ in 0..2 {
        assert_eq!(publishes(&mara, "patient", PATIENT).await["version"], 1);
    }
    assert_eq!(publishes(&mara, "patient", &PATIENT.replace("2s", "3s")).await["version"], 2);
    let back =
        async || mara.calls("POST", "/api/v1/workflows/patient/rollback", r#"{"version":1}"#).await.json();
    assert_eq!(back().await["version"], 3);
    assert_eq!(back().await["version"], 3, "it is that one already");
    assert_eq!(mara.calls("POST", "/api/v1/workflows/patient/stop", "{}").await.status, 200);
    assert_eq!(publishes(&mara, "patient", PATIENT).await["version"], 4, "one that was stopped starts again");
}

#[tokio::test]
async fn one_that_was_stopped_is_deleted_with_all_that_is_kept_of_it() {
    let world = World::start().await;
    let mara = Author::signs_in(&world, MARA).await;
    let path = "/api/v1/workflows/consent";
    assert_eq!(mara.calls("DELETE", path, "").await.status, 404);
    publishes(&mara, "consent", CONSENT).await;
    let mut visitor = Visitor::arrives(&world, 1).await;
    visitor.sends("Hello?").await;
    visitor.state("silence", |state| !state.assistant_enabled).await;
    let refused = mara.calls("DELETE", path, "").await;
    assert_eq!((refused.status, code(&refused)), (409, json!("wrong_state")), "it starts");
    assert_eq!(mara.calls("POST", &format!("{path}/stop"), "{}").await.status, 200);
    assert_eq!(mara.calls("DELETE", path, "").await.status, 409, "a run of it goes on");
    assert_eq!(mara.calls("POST", &format!("{path}/stop"), r#"{"cancel_runs":true}"#).await.status, 200);
    visitor.state("the assistant's turn", |state| state.assistant_enabled).await;
    let tomas = Author::signs_in(&world, TOMAS).await;
    assert_eq!(tomas.calls("DELETE", path, "").await.status, 403);
    assert_eq!(mara.calls("DELETE", path, "").await.status, 204);
    assert_eq!(mara.calls("GET", path, "").await.status, 404);
    assert_eq!(gets(&mara, "/workflows").await["items"], json!([]));
    assert_eq!(publishes(&mara, "consent", CONSENT).await["version"], 1, "it begins anew");
}

#[tokio::test]
async fn a_secret_goes_to_its_own_origins_alone() {
    let address = "127.0.0.1:9".parse().expect("an address");
    let world = World::of(&workspace("https://crm.example", "")).await;
    let mara = Author::signs_in(&world, MARA).await;
    let refused = mara.calls("PUT", "/api/v1/workflows/lookup?name=l.yaml", &lookup(address)).await;
    assert_eq!((refused.status, code(&refused)), (422, json!("mistakes")), "{refused:?}");
    assert!(refused.body.contains("secret-elsewhere"), "{refused:?}");
}

#[tokio::test]
async fn what_the_visitors_page_tells_is_known_and_starts_workflows() {
    let world = World::start().await;
    let mara = Author::signs_in(&world, MARA).await;
    let greets = r#"
format: 1
id: greets
name: Greets
trigger: { opened: { by: [visitor] } }
steps: [{ id: say, say: "$conversation.page, $conversation.language", next: end }]
"#;
    let basket = r#"
format: 1
id: basket
name: Basket
trigger: { page_event: basket_left }
steps: [{ id: say, say: "You left $trigger.total behind.", next: end }]
"#;
    publishes(&mara, "greets", greets).await;
    publishes(&mara, "basket", basket).await;
    let mut visitor = Visitor::arrives(&world, 1).await;
    let page = PageSeen {
        address: Some("https://shop.example/bikes?mail=ada@example.com#top".to_owned()),
        language: Some("de-AT".to_owned()),
        ..PageSeen::default()
    };
    visitor.socket.tell(&VisitorFrame::Page { page }).await;
    visitor.sends("Hello?").await;
    hears(&mut visitor, "https://shop.example/bikes, de-AT").await;
    let told = BTreeMap::from([("total".to_owned(), "120".to_owned())]);
    visitor.socket.tell(&VisitorFrame::PageEvent { name: "basket_left".to_owned(), told }).await;
    hears(&mut visitor, "You left 120 behind.").await;
    let runs = gets(&mara, "/workflows/greets/runs").await;
    let conversation = runs["items"][0]["conversation"].as_str().expect("a conversation");
    let kept = gets(&mara, &format!("/conversations/{conversation}")).await;
    assert_eq!(
        kept["contact"]["fields"],
        json!({ "language": "de-AT", "page": "https://shop.example/bikes" }),
        "what stands behind `?` is left out"
    );
    let title = Some("x".repeat(10_000));
    visitor.socket.tell(&VisitorFrame::Page { page: PageSeen { title, ..PageSeen::default() } }).await;
    assert_eq!(visitor.refused().await, (None, protocol::RefusalCode::Malformed));
}
