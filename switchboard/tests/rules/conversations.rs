//! Rules of a conversation's life: opening, asking for a person, being answered, closing.

use crate::world::{ANNA, BEN, CARLA, World, agent, queue, visitor};
use protocol::{AgentStatus, BrowserAuthor, ConversationState, Happening, RefusalCode};
use switchboard::Decision;

#[test]
fn the_first_message_opens_a_conversation_and_the_second_does_not() {
    let mut world = World::new();
    let first = world.visitor_says(9, "Hello").unwrap();
    let second = world.visitor_says(9, "Anybody?").unwrap();
    assert_eq!(happenings(&first), ["opened", "said"]);
    assert_eq!(happenings(&second), ["said"]);
    assert_eq!(second.accepted.unwrap().2, 3, "numbers grow by one");
}

#[test]
fn an_automated_conversation_disturbs_nobody() {
    let mut world = World::new();
    world.comes_online(ANNA);
    world.visitor_says(9, "Hello").unwrap();
    let conversation = world.board.conversation_of(visitor(9)).unwrap();
    assert!(world.board.conversations_for(agent(ANNA)).is_empty());
    assert!(!world.board.may_read(agent(ANNA), conversation));
}

#[test]
fn the_assistant_is_silent_from_the_request_until_the_close() {
    let mut world = World::new();
    world.browser_says(9, BrowserAuthor::Assistant, "Hi!").unwrap();
    world.comes_online(ANNA);
    let conversation = world.asks_for_agent(9, None);
    assert_silent(&mut world);
    world.accepts(ANNA, conversation).unwrap();
    assert_silent(&mut world);
    world.closes(ANNA, conversation).unwrap();
    world.browser_says(9, BrowserAuthor::Assistant, "Anything else?").unwrap();
}

#[test]
fn the_visitor_is_told_online_only_when_an_agent_of_that_queue_is() {
    let mut world = World::new();
    world.comes_online(CARLA);
    world.asks_for_agent(8, None);
    assert!(!world.was_told_online(), "Carla serves another queue");
    world.asks_for_agent(9, Some("workshop"));
    assert!(world.was_told_online());
}

#[test]
fn busy_or_disconnected_agents_do_not_count_as_online() {
    let mut world = World::new();
    world.comes_online(ANNA);
    world.sets(ANNA, AgentStatus::Busy);
    world.sets(BEN, AgentStatus::Online);
    world.asks_for_agent(9, None);
    assert!(!world.was_told_online(), "Anna is busy, Ben has no console open");
}

#[test]
fn a_queue_nobody_configured_falls_back_to_the_sites_default() {
    let mut world = World::new();
    let conversation = world.asks_for_agent(9, Some("no-such-queue"));
    assert_eq!(world.state(conversation).queue, Some(queue("front-desk")));
}

#[test]
fn asking_again_while_waiting_changes_nothing() {
    let mut world = World::new();
    let first = world.asks_for_agent(9, None);
    let events = world.events.len();
    assert_eq!(world.asks_for_agent(9, Some("workshop")), first);
    assert_eq!(world.events.len(), events);
    assert_eq!(world.state(first).queue, Some(queue("front-desk")));
}

#[test]
fn two_agents_accept_and_one_wins() {
    let mut world = World::new();
    let conversation = world.asks_for_agent(9, None);
    for name in [ANNA, BEN] {
        world.comes_online(name);
        world.sets(name, AgentStatus::Busy);
    }
    world.accepts(ANNA, conversation).unwrap();
    let refusal = world.accepts(BEN, conversation).unwrap_err();
    assert_eq!(refusal.code, RefusalCode::NoLongerAvailable);
    assert_eq!(world.board.summary(conversation).unwrap().agent.unwrap().name, "Anna");
}

#[test]
fn only_the_owner_writes_and_closes() {
    let mut world = World::new();
    world.comes_online(ANNA);
    let conversation = world.asks_for_agent(9, None);
    assert_eq!(world.replies(ANNA, conversation, "Hi").unwrap_err().code, RefusalCode::NotAllowed);
    world.accepts(ANNA, conversation).unwrap();
    world.replies(ANNA, conversation, "Hi").unwrap();
    assert_eq!(world.replies(BEN, conversation, "Me too").unwrap_err().code, RefusalCode::NotAllowed);
    assert_eq!(world.closes(BEN, conversation).unwrap_err().code, RefusalCode::NotAllowed);
    world.closes(ANNA, conversation).unwrap();
    assert_eq!(world.replies(ANNA, conversation, "Bye").unwrap_err().code, RefusalCode::UnknownConversation);
}

#[test]
fn a_conversation_of_another_queue_looks_like_none_at_all() {
    let mut world = World::new();
    world.comes_online(CARLA);
    let conversation = world.asks_for_agent(9, None);
    assert_eq!(world.accepts(CARLA, conversation).unwrap_err().code, RefusalCode::UnknownConversation);
}

#[test]
fn an_offline_agent_cannot_pick() {
    let mut world = World::new();
    let conversation = world.asks_for_agent(9, None);
    assert_eq!(world.accepts(ANNA, conversation).unwrap_err().code, RefusalCode::NotOnline);
}

#[test]
fn a_message_after_the_close_opens_another_conversation() {
    let mut world = World::new();
    world.comes_online(ANNA);
    let first = world.asks_for_agent(9, None);
    world.accepts(ANNA, first).unwrap();
    world.closes(ANNA, first).unwrap();
    let next = world.visitor_says(9, "One more thing").unwrap();
    assert_ne!(next.accepted.unwrap().1, first);
    assert_eq!(world.state(next.accepted.unwrap().1).state, ConversationState::Automated);
}

#[test]
fn the_visitor_can_stop_waiting() {
    let mut world = World::new();
    let conversation = world.asks_for_agent(9, None);
    world.ends(9).unwrap();
    assert_eq!(world.board.state_now(conversation), None);
    assert_eq!(world.ends(9).unwrap_err().code, RefusalCode::Closed);
}

#[test]
fn the_visitor_is_told_nothing_that_is_meant_for_staff() {
    let mut world = World::new();
    world.comes_online(ANNA);
    world.asks_for_agent(9, None);
    let shown: Vec<_> = world.events.iter().filter_map(protocol::Event::for_visitor).collect();
    assert!(shown.iter().all(|event| !format!("{event:?}").contains("For staff.")));
    assert!(!shown.iter().any(|event| matches!(event.happening, Happening::Offered { .. })));
}

#[test]
fn places_are_told_in_order_and_only_fall() {
    let mut world = World::new();
    let ids: Vec<_> = (1..=3).map(|n| world.asks_for_agent(n, None)).collect();
    let places = |world: &World| ids[1..].iter().map(|id| world.state(*id).place).collect::<Vec<_>>();
    assert_eq!(places(&world), [Some(2), Some(3)]);
    world.ends(1).unwrap();
    assert_eq!(places(&world), [Some(1), Some(2)]);
}

fn assert_silent(world: &mut World) {
    let refusal =
        world.browser_says(9, BrowserAuthor::Assistant, "May I?").expect_err("the assistant is silent");
    assert_eq!(refusal.code, RefusalCode::AssistantSilent);
}

fn happenings(decision: &Decision) -> Vec<&'static str> {
    let name = |change: &switchboard::Change| match change {
        switchboard::Change::Happened { event, .. } => match &event.happening {
            Happening::Opened { .. } => "opened",
            Happening::Said { .. } => "said",
            Happening::AgentRequested { .. } => "agent_requested",
            Happening::Offered { .. } => "offered",
            Happening::OfferEnded { .. } => "offer_ended",
            Happening::AgentJoined { .. } => "agent_joined",
            Happening::Closed { .. } => "closed",
        },
        switchboard::Change::StatusChosen { .. } | switchboard::Change::Connection { .. } => "presence",
    };
    decision.changes.iter().map(name).collect()
}
