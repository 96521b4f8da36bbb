//! Rules of offering: who is asked, when, and what happens when they do not answer.

use crate::world::{ANNA, BEN, CAPACITY, CARLA, World, agent};
use protocol::{AgentStatus, ConversationState};
use switchboard::{Command, EXCLUDED_SECONDS, OFFER_SECONDS};

#[test]
fn the_agent_who_has_gone_longest_without_being_asked_is_asked_next() {
    let mut world = World::new();
    world.comes_online(ANNA);
    world.comes_online(BEN);
    let first = world.asks_for_agent(1, None);
    world.wait_seconds(1);
    let second = world.asks_for_agent(2, None);
    assert_eq!(world.offered_to(first), Some(agent(ANNA)));
    assert_eq!(world.offered_to(second), Some(agent(BEN)));
}

#[test]
fn whoever_comes_online_is_offered_what_waits_longest_first() {
    let mut world = World::new();
    let ids: Vec<_> = (1..=3)
        .map(|n| {
            world.wait_seconds(1);
            world.asks_for_agent(n, None)
        })
        .collect();
    world.comes_online(ANNA);
    let offered: Vec<_> = ids.iter().map(|id| world.offered_to(*id)).collect();
    assert_eq!(offered, [Some(agent(ANNA)), Some(agent(ANNA)), None], "capacity is {CAPACITY}");
}

#[test]
fn an_offer_keeps_the_place_in_the_queue() {
    let mut world = World::new();
    let first = world.asks_for_agent(1, None);
    world.comes_online(ANNA);
    assert_eq!(world.state(first).state, ConversationState::Offered);
    assert_eq!(world.state(first).place, Some(1));
    world.wait_seconds(1);
    let second = world.asks_for_agent(2, None);
    world.declines(ANNA, first).unwrap();
    assert_eq!((world.state(first).place, world.state(second).place), (Some(1), Some(2)));
}

#[test]
fn a_declined_offer_goes_to_the_next_agent() {
    let mut world = World::new();
    world.comes_online(ANNA);
    world.comes_online(BEN);
    let conversation = world.asks_for_agent(1, None);
    world.declines(ANNA, conversation).unwrap();
    assert_eq!(world.offered_to(conversation), Some(agent(BEN)));
}

#[test]
fn an_agent_who_declined_is_asked_again_only_after_the_pause() {
    let mut world = World::new();
    world.comes_online(ANNA);
    let conversation = world.asks_for_agent(1, None);
    world.declines(ANNA, conversation).unwrap();
    assert_eq!(world.offered_to(conversation), None);
    assert_eq!(world.board.next_deadline(), Some(world.now.plus_seconds(EXCLUDED_SECONDS)));
    world.wait_seconds(EXCLUDED_SECONDS - 1);
    assert_eq!(world.offered_to(conversation), None);
    world.wait_seconds(1);
    assert_eq!(world.offered_to(conversation), Some(agent(ANNA)));
}

#[test]
fn an_unanswered_offer_ends_on_time_and_not_before() {
    let mut world = World::new();
    world.comes_online(ANNA);
    let conversation = world.asks_for_agent(1, None);
    assert_eq!(world.board.next_deadline(), Some(world.now.plus_seconds(OFFER_SECONDS)));
    world.wait_seconds(OFFER_SECONDS - 1);
    assert_eq!(world.offered_to(conversation), Some(agent(ANNA)));
    world.wait_seconds(1);
    assert_eq!(world.state(conversation).state, ConversationState::Queued);
}

#[test]
fn nothing_is_due_when_nothing_waits() {
    let mut world = World::new();
    world.comes_online(ANNA);
    let conversation = world.asks_for_agent(1, None);
    world.accepts(ANNA, conversation).unwrap();
    assert_eq!(world.board.next_deadline(), None);
}

#[test]
fn an_agent_who_leaves_gives_the_offer_back_and_may_be_asked_again_at_once() {
    let mut world = World::new();
    world.comes_online(ANNA);
    let conversation = world.asks_for_agent(1, None);
    world.take(Command::AgentDisconnects { agent: agent(ANNA) }).unwrap();
    assert_eq!(world.state(conversation).state, ConversationState::Queued);
    world.take(Command::AgentConnects { agent: agent(ANNA) }).unwrap();
    assert_eq!(world.offered_to(conversation), Some(agent(ANNA)), "the chosen status is remembered");
}

#[test]
fn turning_busy_gives_pending_offers_back_and_keeps_open_conversations() {
    let mut world = World::new();
    world.comes_online(ANNA);
    let open = world.asks_for_agent(1, None);
    world.accepts(ANNA, open).unwrap();
    let offered = world.asks_for_agent(2, None);
    world.sets(ANNA, AgentStatus::Busy);
    assert_eq!(world.state(open).state, ConversationState::Open);
    assert_eq!(world.state(offered).state, ConversationState::Queued);
}

#[test]
fn an_agent_at_capacity_is_neither_offered_nor_allowed_to_pick_more() {
    let mut world = World::new();
    world.comes_online(CARLA);
    let ids: Vec<_> = (1..=3).map(|n| world.asks_for_agent(n, Some("workshop"))).collect();
    for id in &ids[..2] {
        world.accepts(CARLA, *id).unwrap();
    }
    assert_eq!(world.state(ids[2]).state, ConversationState::Queued);
    let refusal = world.accepts(CARLA, ids[2]).unwrap_err();
    assert!(refusal.message.contains("limit"), "{refusal}");
    world.closes(CARLA, ids[0]).unwrap();
    assert_eq!(world.offered_to(ids[2]), Some(agent(CARLA)), "a freed slot is filled at once");
}

#[test]
fn a_world_rebuilt_from_its_events_is_the_same() {
    let mut world = World::new();
    world.comes_online(ANNA);
    world.visitor_says(1, "Hello").unwrap();
    let accepted = world.asks_for_agent(2, None);
    world.accepts(ANNA, accepted).unwrap();
    world.visitor_says(2, "There you are").unwrap();
    world.asks_for_agent(3, Some("workshop"));
    world.asks_for_agent(4, None);
    world.ends(4).unwrap();

    let mut rebuilt = World::new();
    rebuilt.comes_online(ANNA);
    for event in &world.events {
        rebuilt.board.apply(&switchboard::Change::Happened { event: event.clone(), asker: None });
    }
    assert_eq!(rebuilt.board, world.board);
}
