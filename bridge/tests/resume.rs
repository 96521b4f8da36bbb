//! Nothing is lost and nothing doubled: not by repeats, not by reconnecting, not by restarting.
#![expect(clippy::wildcard_enum_match_arm, reason = "a test waits for one thing among many")]

mod world;

use protocol::limits::EVENTS_PER_PAGE_MAX;
use protocol::{
    AgentStatus, BridgeToAgent, BridgeToVisitor, BrowserAuthor, ConversationState, Event, Told, VisitorEvent,
    VisitorFrame,
};
use world::{Agent, MARA, TOMAS, Visitor, World, request, say};

#[tokio::test]
async fn a_repeated_message_is_answered_alike_and_stored_once() {
    let world = World::start().await;
    let mut visitor = Visitor::arrives(&world, 1).await;
    let id = request();
    let mut places = Vec::new();
    for _ in 0..5 {
        visitor.socket.tell(&say(id, BrowserAuthor::Visitor, "Is anybody there?")).await;
        places.push(visitor.accepted(id).await);
    }
    visitor.returns(None).await;
    visitor.socket.tell(&say(id, BrowserAuthor::Visitor, "Is anybody there?")).await;
    places.push(visitor.accepted(id).await);
    assert!(places.iter().all(|place| *place == places[0]), "{places:?}");
    let events = visitor.returns(None).await.events;
    assert_eq!(words(&events), ["Is anybody there?"]);
}

#[tokio::test]
async fn repeats_in_one_burst_are_stored_once_too() {
    let world = World::start().await;
    let mut visitor = Visitor::arrives(&world, 1).await;
    let id = request();
    for _ in 0..20 {
        visitor.socket.tell(&say(id, BrowserAuthor::Visitor, "Hello?")).await;
    }
    for _ in 0..20 {
        visitor.accepted(id).await;
    }
    assert_eq!(words(&visitor.returns(None).await.events), ["Hello?"]);
}

#[tokio::test]
async fn the_same_name_from_another_visitor_is_another_request() {
    let world = World::start().await;
    let mut first = Visitor::arrives(&world, 1).await;
    let mut second = Visitor::arrives(&world, 2).await;
    let id = request();
    first.socket.tell(&say(id, BrowserAuthor::Visitor, "One")).await;
    let one = first.accepted(id).await;
    second.socket.tell(&say(id, BrowserAuthor::Visitor, "Two")).await;
    let two = second.accepted(id).await;
    assert_ne!(one.0, two.0);
}

#[tokio::test]
async fn whoever_returns_is_told_what_came_after_the_last_number_they_saw() {
    let world = World::start().await;
    let mut visitor = Visitor::arrives(&world, 1).await;
    let (conversation, seen) = visitor.says("One").await;
    visitor.says("Two").await;
    visitor.says("Three").await;
    let welcome = visitor.returns(Some((conversation, seen))).await;
    assert_eq!(words(&welcome.events), ["Two", "Three"]);
    assert_eq!(
        welcome.state.map(|state| (state.conversation, state.state)),
        Some((conversation, ConversationState::Automated))
    );
    let nothing_new = visitor.returns(Some((conversation, 4))).await;
    assert_eq!(nothing_new.events, []);
}

#[tokio::test]
async fn the_rest_of_an_ended_conversation_comes_before_the_newer_one() {
    let world = World::start().await;
    let mut visitor = Visitor::arrives(&world, 1).await;
    let (old, seen) = visitor.says("Old").await;
    let mut other_tab = Visitor::arrives(&world, 1).await;
    other_tab.ends().await;
    let (new, _) = other_tab.says("New").await;

    let welcome = visitor.returns(Some((old, seen))).await;
    let told: Vec<_> = welcome.events.iter().map(|event| (event.conversation, event.number)).collect();
    assert_eq!(told, [(old, 3), (new, 1), (new, 2)]);
    assert_eq!(welcome.state.map(|state| state.conversation), Some(new));

    visitor.says("Newer").await;
    let told: Vec<_> =
        visitor.returns(Some((new, 2))).await.events.iter().map(|event| event.number).collect();
    assert_eq!(told, [3]);
}

#[tokio::test]
async fn an_ended_conversation_is_told_as_ended() {
    let world = World::start().await;
    let mut visitor = Visitor::arrives(&world, 1).await;
    let (conversation, _) = visitor.says("Hello").await;
    visitor.ends().await;
    let state = visitor.returns(None).await.state.expect("they wrote");
    assert_eq!((state.conversation, state.state, state.number), (conversation, ConversationState::Closed, 3));
    assert!(state.assistant_enabled);
}

#[tokio::test]
async fn a_long_conversation_is_told_in_pages_and_what_happens_meanwhile_is_not_lost() {
    let world = World::start().await;
    let mut visitor = Visitor::arrives(&world, 1).await;
    let total = EVENTS_PER_PAGE_MAX + 20;
    for n in 0..total {
        let id = visitor.sends(&n.to_string()).await;
        if n % 100 == 99 || n + 1 == total {
            visitor.accepted(id).await;
        }
    }
    let mut other_tab = Visitor::dials(&world, 1).await;
    let first = other_tab.hello(None).await;
    assert!(first.more);
    visitor.says("meanwhile").await;
    let after = first.events.last().expect("a page").number;
    other_tab.socket.tell(&VisitorFrame::After { after }).await;
    let rest = other_tab
        .until("the next page", |frame| match frame {
            BridgeToVisitor::Welcome { events, more, .. } => Some((events, more)),
            BridgeToVisitor::Happened(event) => panic!("{} was told before the page", event.number),
            _ => None,
        })
        .await;
    assert!(!rest.1);
    let read = [first.events, rest.0].concat();
    let expected: Vec<String> = (0..total).map(|n| n.to_string()).chain(["meanwhile".to_owned()]).collect();
    assert_eq!(words(&read), expected);
    assert!(read.is_sorted_by_key(|event| event.number));
    visitor.says("live again").await;
    other_tab.sees("what happens next", |told| told_word(told).filter(|word| word == "live again")).await;
}

#[tokio::test]
async fn restarting_loses_nothing_and_doubles_nothing() {
    let world = World::start().await;
    let mut tomas = Agent::arrives_online(&world, TOMAS).await;
    let mut visitor = Visitor::arrives(&world, 1).await;
    visitor.says("My bike is broken").await;
    let conversation = visitor.asks_for_a_person("workshop").await;
    tomas.is_offered().await;
    tomas.accepts(conversation).await;
    tomas.says(conversation, "Bring it in").await;
    let id = request();
    visitor.socket.tell(&say(id, BrowserAuthor::Visitor, "Now?")).await;
    let before = visitor.accepted(id).await;
    let cookie = tomas.cookie.clone();

    let world = world.restart().await;
    assert_eq!(tomas.socket.closed().await, 1013, "dial again");
    assert_eq!(visitor.socket.closed().await, 1013, "dial again");
    let welcome = visitor.returns(Some((conversation, 0))).await;
    assert_eq!(words(&welcome.events), ["My bike is broken", "Bring it in", "Now?"]);
    let numbers: Vec<u64> = welcome.events.iter().map(|event| event.number).collect();
    assert!(numbers.is_sorted() && numbers.last() == Some(&before.1), "{numbers:?}");
    assert_eq!(welcome.state.map(|state| state.state), Some(ConversationState::Open));
    visitor.socket.tell(&say(id, BrowserAuthor::Visitor, "Now?")).await;
    assert_eq!(visitor.accepted(id).await, before, "its name is still known");

    let (mut tomas, lists) = Agent::with_cookie(&world, cookie).await;
    assert_eq!(lists.iter().map(|summary| summary.conversation).collect::<Vec<_>>(), [conversation]);
    let number = tomas.says(conversation, "Yes").await;
    assert_eq!(number, before.1 + 1);
    visitor.sees("the answer", |told| told_word(told).filter(|word| word == "Yes")).await;
}

#[tokio::test]
async fn the_status_an_agent_chose_is_still_theirs_after_a_restart() {
    let world = World::start().await;
    let tomas = Agent::arrives_online(&world, TOMAS).await;
    let cookie = tomas.cookie.clone();
    let world = world.restart().await;
    let (mut tomas, _) = Agent::with_cookie(&world, cookie).await;
    let mut visitor = Visitor::arrives(&world, 1).await;
    let conversation = visitor.asks_for_a_person("workshop").await;
    assert_eq!(tomas.is_offered().await.conversation, conversation);
}

#[tokio::test]
async fn watching_again_after_a_number_tells_the_rest_once() {
    let world = World::start().await;
    let mut mara = Agent::arrives(&world, MARA).await;
    mara.goes(AgentStatus::Busy).await;
    let mut visitor = Visitor::arrives(&world, 1).await;
    visitor.says("One").await;
    let conversation = visitor.asks_for_a_person("workshop").await;
    let events = mara.watches(conversation).await;
    let events: Vec<VisitorEvent> = events.iter().filter_map(Event::for_visitor).collect();
    assert_eq!(words(&events), ["One"]);
    let (_, number) = visitor.says("Two").await;
    let told = mara
        .until("the words", |frame| match frame {
            BridgeToAgent::Happened(event) => Some(event.number),
            _ => None,
        })
        .await;
    assert_eq!(told, number);
}

#[tokio::test]
async fn a_bridge_whose_workspace_was_taken_over_stops_and_says_why() {
    let mut world = World::start().await;
    let mut visitor = Visitor::arrives(&world, 1).await;
    let rival = world.rival().await;
    visitor.sends("Hello").await;
    let error = format!("{:#}", world.ended().await.expect_err("it must stop"));
    assert!(error.contains("another process has taken over workspace `demo`"), "{error}");
    assert_eq!(visitor.socket.closed().await, 1013, "the visitor was told nothing and dials again");
    rival.abort();
}

fn words(events: &[VisitorEvent]) -> Vec<String> {
    events.iter().filter_map(|event| told_word(&event.told)).collect()
}

fn told_word(told: &Told) -> Option<String> {
    match told {
        Told::Said { content, .. } => Some(content.as_plain_text()),
        _ => None,
    }
}
