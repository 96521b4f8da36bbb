//! A conversation crosses from the visitor's browser to a person and back.
#![expect(clippy::wildcard_enum_match_arm, reason = "a test waits for one thing among many")]

mod world;

use protocol::{
    Act, AgentFrame, AgentStatus, BridgeToAgent, BridgeToVisitor, BrowserAuthor, ConversationState,
    Happening, Speaker, Told, VisitorFrame,
};
use world::{Agent, MARA, PRIYA, TOMAS, Visitor, World, request};

#[tokio::test]
async fn a_visitor_is_handed_to_an_agent_who_is_online_and_back_to_the_assistant() {
    let world = World::start().await;
    let mut tomas = Agent::arrives_online(&world, TOMAS).await;
    let mut visitor = Visitor::arrives(&world, 1).await;
    visitor.says("My bike is broken").await;
    let conversation = visitor.asks_for_a_person("workshop").await;

    let offer = tomas.is_offered().await;
    assert_eq!(
        (offer.conversation, offer.offered_to.first().map(|a| a.name.clone())),
        (conversation, Some("Tomás Ferreira".to_owned()))
    );
    visitor
        .state("an offer", |state| state.state == ConversationState::Offered && !state.assistant_enabled)
        .await;

    let events = tomas.watches(conversation).await;
    let asked = events.iter().find_map(|event| match &event.happening {
        Happening::AgentRequested { online, hand_off, .. } => Some((*online, hand_off.collected.len())),
        _ => None,
    });
    assert_eq!(asked, Some((true, 1)), "the agent sees who was there and what was collected");

    tomas.accepts(conversation).await;
    let name = visitor.sees("an agent to join", |told| match told {
        Told::AgentJoined { agent } => Some(agent.name.clone()),
        _ => None,
    });
    assert_eq!(name.await, "Tomás Ferreira");
    visitor.state("the open conversation", |state| state.state == ConversationState::Open).await;

    tomas.socket.tell(&AgentFrame::Typing { conversation, typing: true }).await;
    let typing = BridgeToVisitor::Typing { name: "Tomás Ferreira".to_owned(), typing: true };
    visitor.until("the agent's typing", |frame| (frame == typing).then_some(())).await;
    tomas.says(conversation, "Bring it in").await;
    visitor.sees("the agent's words", |told| is_said(told, "Bring it in")).await;

    visitor.socket.tell(&VisitorFrame::Typing { typing: true }).await;
    let typing = BridgeToAgent::Typing { conversation, typing: true };
    tomas.until("the visitor's typing", |frame| (frame == typing).then_some(())).await;
    visitor.says("Thank you").await;
    tomas
        .until("the visitor's words", |frame| match frame {
            BridgeToAgent::Happened(event) => {
                event.for_visitor().and_then(|event| is_said(&event.told, "Thank you"))
            }
            _ => None,
        })
        .await;

    tomas.asks(conversation, Act::Close { category: None, note: None }).await;
    tomas
        .until("the end, while it is still watched", |frame| match frame {
            BridgeToAgent::Happened(event) => matches!(event.happening, Happening::Closed(_)).then_some(()),
            BridgeToAgent::Gone { .. } => panic!("gone before its end was told"),
            _ => None,
        })
        .await;
    tomas
        .until("the conversation to leave the lists", |frame| {
            (frame == BridgeToAgent::Gone { conversation }).then_some(())
        })
        .await;
    let closed = visitor.state("the end", |state| state.state == ConversationState::Closed).await;
    assert!(closed.assistant_enabled, "the assistant answers again");
    assert!(!tomas.watches(conversation).await.is_empty(), "what was theirs stays readable");
}

#[tokio::test]
async fn while_nobody_is_there_the_place_is_kept_until_somebody_comes() {
    let world = World::start().await;
    let mut visitor = Visitor::arrives(&world, 1).await;
    let conversation = visitor.asks_for_a_person("workshop").await;
    let mut second = Visitor::arrives(&world, 2).await;
    second.asks_for_a_person("workshop").await;
    second.state("the second place", |state| state.place == Some(2)).await;

    let mut priya = Agent::arrives_online(&world, PRIYA).await;
    let mut tomas = Agent::arrives_online(&world, TOMAS).await;
    let offer = tomas.is_offered().await;
    assert_eq!(offer.conversation, conversation, "who waited longest comes first");
    tomas.accepts(conversation).await;
    visitor.sees("an agent to join", |told| matches!(told, Told::AgentJoined { .. }).then_some(())).await;
    second.state("moving up", |state| state.place == Some(1)).await;

    priya.socket.tell(&AgentFrame::Ping).await;
    priya
        .until("a pong", |frame| match frame {
            BridgeToAgent::Changed(_) | BridgeToAgent::Gone { .. } | BridgeToAgent::Happened(_) => {
                panic!("who does not serve the queue hears nothing of it")
            }
            frame => (frame == BridgeToAgent::Pong).then_some(()),
        })
        .await;
}

#[tokio::test]
async fn a_visitor_is_told_whether_somebody_is_there_for_that_queue() {
    let world = World::start().await;
    let _priya = Agent::arrives_online(&world, PRIYA).await;
    let mut visitor = Visitor::arrives(&world, 1).await;
    visitor
        .socket
        .tell(&VisitorFrame::RequestAgent { id: request(), hand_off: world::hand_off(Some("workshop")) })
        .await;
    let message = visitor
        .sees("the request", |told| match told {
            Told::AgentRequested { message, .. } => Some(message.clone()),
            _ => None,
        })
        .await;
    assert_eq!(message, world::hand_off(None).offline_message, "Priya serves another queue");
}

#[tokio::test]
async fn declining_leaves_the_conversation_in_its_place() {
    let world = World::start().await;
    let mut tomas = Agent::arrives_online(&world, TOMAS).await;
    let mut visitor = Visitor::arrives(&world, 1).await;
    let conversation = visitor.asks_for_a_person("workshop").await;
    tomas.is_offered().await;
    tomas.does(conversation, Act::Decline { reason: None }).await;
    let waits = visitor.state("waiting again", |state| state.state == ConversationState::Queued).await;
    assert_eq!(waits.place, Some(1));
}

#[tokio::test]
async fn an_agent_who_is_gone_loses_the_offer_and_another_gets_it() {
    let world = World::start().await;
    let tomas = Agent::arrives_online(&world, TOMAS).await;
    let mut visitor = Visitor::arrives(&world, 1).await;
    let conversation = visitor.asks_for_a_person("workshop").await;
    visitor.state("an offer", |state| state.state == ConversationState::Offered).await;
    let mut mara = Agent::arrives_online(&world, MARA).await;
    drop(tomas);
    let offer = mara.is_offered().await;
    assert_eq!(
        (offer.conversation, offer.offered_to.first().map(|a| a.name.clone())),
        (conversation, Some("Mara Lindqvist".to_owned()))
    );
}

#[tokio::test]
async fn both_windows_of_an_agent_and_both_tabs_of_a_visitor_are_told() {
    let world = World::start().await;
    let mut first = Agent::arrives(&world, TOMAS).await;
    let (mut second, _) = Agent::with_cookie(&world, first.cookie.clone()).await;
    first.goes(AgentStatus::Busy).await;
    let status = BridgeToAgent::Status { status: AgentStatus::Busy };
    second.until("the status in the other window", |frame| (frame == status).then_some(())).await;

    let mut tab = Visitor::arrives(&world, 1).await;
    let mut other_tab = Visitor::arrives(&world, 1).await;
    tab.says("Hello").await;
    other_tab.sees("the words of the other tab", |told| is_said(told, "Hello")).await;
}

#[tokio::test]
async fn what_the_assistant_says_while_a_person_is_responsible_is_dropped() {
    let world = World::start().await;
    let mut visitor = Visitor::arrives(&world, 1).await;
    visitor.asks_for_a_person("workshop").await;
    let id = request();
    visitor.socket.tell(&world::say(id, BrowserAuthor::Assistant, "Anything else?")).await;
    assert_eq!(visitor.refused().await, (Some(id), protocol::RefusalCode::AssistantSilent));
}

#[tokio::test]
async fn a_visitor_can_stop_waiting() {
    let world = World::start().await;
    let mut tomas = Agent::arrives(&world, TOMAS).await;
    let mut visitor = Visitor::arrives(&world, 1).await;
    let conversation = visitor.asks_for_a_person("workshop").await;
    tomas
        .until("the conversation in the list", |frame| match frame {
            BridgeToAgent::Changed(summary) => (summary.conversation == conversation).then_some(()),
            _ => None,
        })
        .await;
    visitor.ends().await;
    tomas
        .until("the conversation to leave it", |frame| {
            (frame == BridgeToAgent::Gone { conversation }).then_some(())
        })
        .await;
}

fn is_said(told: &Told, wanted: &str) -> Option<()> {
    match told {
        Told::Said { author: Speaker::Agent(_) | Speaker::Visitor, content, .. } => {
            (content.as_plain_text() == wanted).then_some(())
        }
        _ => None,
    }
}
