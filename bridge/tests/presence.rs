//! An agent's connection breaks: for a moment, and for good.
#![expect(clippy::wildcard_enum_match_arm, reason = "a test waits for one thing among many")]

mod world;

use protocol::{AgentStatus, BridgeToAgent, ConversationId, ConversationState, Told};
use serde_json::json;
use world::{Agent, Author, MARA, PRIYA, TOMAS, Visitor, World};

const GRACE_SECONDS: u64 = 2;

#[tokio::test]
async fn whoever_returns_within_the_grace_keeps_their_conversation_and_the_visitor_hears_nothing_of_it() {
    let (world, mut visitor, tomas, conversation) = talking().await;
    let cookie = tomas.cookie.clone();
    drop(tomas);
    let (mut tomas, lists) = Agent::with_cookie(&world, cookie).await;
    assert_eq!(lists.iter().map(|summary| summary.conversation).collect::<Vec<_>>(), [conversation]);
    // Who left later than he did has been gone for longer than the grace: nothing of his break may be due any more.
    drop(Agent::arrives_online(&world, PRIYA).await);
    tomas
        .until("a colleague to be taken for gone", |frame| match frame {
            BridgeToAgent::Colleague(one) if one.badge.name.starts_with("Priya") => {
                (one.status == AgentStatus::Offline).then_some(())
            }
            _ => None,
        })
        .await;
    tomas.says(conversation, "Still here").await;
    let told = visitor
        .until("the agent's words, before any other frame of the conversation", |frame| match frame {
            protocol::BridgeToVisitor::Happened(event) => Some(event.told),
            protocol::BridgeToVisitor::State(state) => panic!("the visitor was told {state:?}"),
            _ => None,
        })
        .await;
    assert!(matches!(told, Told::Said { .. }), "{told:?}");
}

#[tokio::test]
async fn whoever_stays_away_loses_the_conversation_once_and_the_visitor_is_told_once() {
    let (world, mut visitor, tomas, conversation) = talking().await;
    let mut mara = Agent::arrives_online(&world, MARA).await;
    let cookie = tomas.cookie.clone();
    drop(tomas);
    assert_eq!(mara.is_offered().await.conversation, conversation);
    let (_tomas, _) = Agent::with_cookie(&world, cookie).await;
    mara.accepts(conversation).await;
    mara.says(conversation, "I go on").await;
    let mut joined = Vec::new();
    loop {
        let told = visitor.sees("what happens", |told| Some(told.clone())).await;
        match told {
            Told::AgentJoined { agent } => joined.push(agent.name),
            Told::Said { .. } => break,
            _ => {}
        }
    }
    assert_eq!(joined, ["Mara Lindqvist"], "once, and nobody else");
    let taken = mara
        .watches(conversation)
        .await
        .into_iter()
        .filter(|event| matches!(event.happening, protocol::Happening::Unassigned { .. }));
    assert_eq!(taken.count(), 1);
}

/// A visitor who talks with Tomás, whose team loses what it has when it goes.
async fn talking() -> (World, Visitor, Agent, ConversationId) {
    let world = World::with_grace(GRACE_SECONDS).await;
    let author = Author::signs_in(&world, MARA).await;
    let mut team =
        author.calls("GET", "/api/v1/setup", "").await.json()["setup"]["teams"]["workshop"].clone();
    team["conduct"]["orphans"] = json!({ "requeue": { "after_seconds": 0 } });
    let answer = author.calls("PUT", "/api/v1/setup/teams/workshop", &team.to_string()).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let mut tomas = Agent::arrives_online(&world, TOMAS).await;
    let mut visitor = Visitor::arrives(&world, 1).await;
    let conversation = visitor.asks_for_a_person("workshop").await;
    tomas.is_offered().await;
    tomas.accepts(conversation).await;
    tomas.says(conversation, "Bring it in").await;
    visitor.state("the open conversation", |state| state.state == ConversationState::Open).await;
    visitor.sees("his words", |told| matches!(told, Told::Said { .. }).then_some(())).await;
    (world, visitor, tomas, conversation)
}
