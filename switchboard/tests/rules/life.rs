//! A conversation's life: opening, asking for a person, being answered, ending.

use crate::world::{World, desk, queue};
use protocol::{
    Actor, AgentStatus, ClosingSource, ConversationState, Happening, OpeningSource, RefusalCode, Told,
};

#[test]
fn the_first_message_opens_a_conversation_and_the_second_does_not() {
    let world = World::new();
    let chat = world.visitor(9).says("Hello");
    assert_eq!(world.visitor(9).says("Anybody?").id, chat.id);
    assert_eq!(chat.story(), ["opened", "said", "said"]);
    assert_eq!(chat.state(), ConversationState::Automated);
}

#[test]
fn an_automated_conversation_disturbs_nobody() {
    let world = World::new();
    let [anna, sam] = world.online(["Anna", "Sam"]);
    let chat = world.visitor(9).says("Hello");
    assert!(anna.inbox().is_empty());
    assert!(world.ask(|board| !board.may_read(anna.id, chat.id) && board.may_read(sam.id, chat.id)));
}

#[test]
fn the_assistant_is_silent_from_the_request_until_the_close() {
    let world = World::new();
    let [anna] = world.online(["Anna"]);
    let visitor = world.visitor(9);
    visitor.assistant_says("Hi!").unwrap();
    let chat = visitor.asks_for_person();
    let silent = Err(RefusalCode::AssistantSilent);
    assert_eq!(visitor.assistant_says("May I?").map(drop), silent);
    anna.accepts(&chat);
    assert_eq!(visitor.assistant_says("May I?").map(drop), silent);
    anna.snoozes(&chat, 600);
    assert_eq!(visitor.assistant_says("May I?").map(drop), silent);
    anna.closes(&chat);
    assert_ne!(visitor.assistant_says("Anything else?").unwrap().id, chat.id);
}

#[test]
fn the_visitor_is_told_online_only_when_somebody_of_that_queue_is_online() {
    for (who, status, named, told) in [
        ("Carla", AgentStatus::Online, "desk", false),
        ("Carla", AgentStatus::Online, "workshop", true),
        ("Anna", AgentStatus::Busy, "desk", false),
        ("Anna", AgentStatus::Away, "desk", false),
        ("Anna", AgentStatus::Online, "desk", true),
    ] {
        let world = World::new();
        let [agent] = world.online([who]);
        agent.chooses(status);
        let chat = world.visitor(1).asks_in(named);
        let Happening::AgentRequested { online, .. } = chat.last("agent_requested").happening else {
            panic!()
        };
        assert_eq!(online, told, "{who} {status:?} {named}");
    }
}

#[test]
fn who_chose_online_without_a_console_is_not_online() {
    let world = World::new();
    world.agent("Anna").chooses(AgentStatus::Online);
    assert!(world.ask(|board| !board.is_served(&queue("desk"))));
}

#[test]
fn a_queues_own_words_replace_those_of_the_step() {
    let world = World::with(|setup| {
        desk(setup).online_message = Some("One moment.".to_owned());
        desk(setup).offline_message = Some("We are asleep.".to_owned());
    });
    let told = |chat: &crate::world::Chat| chat.last("agent_requested").for_visitor().unwrap().told;
    let chat = world.visitor(1).asks_for_person();
    assert_eq!(told(&chat), Told::AgentRequested { message: "We are asleep.".to_owned(), online: false });
    world.online(["Anna"]);
    let chat = world.visitor(2).asks_for_person();
    assert_eq!(told(&chat), Told::AgentRequested { message: "One moment.".to_owned(), online: true });
}

#[test]
fn a_queue_nobody_configured_falls_back_to_the_sites_own() {
    let world = World::new();
    assert_eq!(world.visitor(9).asks_in("no-such-queue").queue(), Some(queue("desk")));
}

#[test]
fn asking_again_while_waiting_or_talking_changes_nothing() {
    let world = World::new();
    let [anna] = world.online(["Anna"]);
    let chat = world.visitor(9).asks_for_person();
    let number = chat.number();
    assert_eq!(world.visitor(9).asks_in("workshop").id, chat.id);
    anna.accepts(&chat);
    world.visitor(9).asks_for_person();
    assert_eq!(chat.since(number), ["assigned"]);
}

#[test]
fn a_message_after_the_close_opens_another_conversation() {
    let world = World::new();
    let [anna] = world.online(["Anna"]);
    let chat = world.visitor(9).asks_for_person();
    anna.accepts(&chat);
    anna.closes(&chat);
    let next = world.visitor(9).says("One more thing");
    assert_ne!(next.id, chat.id);
    assert_eq!(next.state(), ConversationState::Automated);
}

#[test]
fn who_stops_waiting_is_back_with_the_assistant() {
    let world = World::new();
    let [anna] = world.online(["Anna"]);
    let chat = world.visitor(9).asks_for_person();
    world.visitor(9).stops_waiting().unwrap();
    assert_eq!(chat.state(), ConversationState::Automated);
    assert_eq!(chat.since(4), ["offer_ended", "returned_to_assistant"]);
    assert_eq!((anna.load(), anna.status()), (0, AgentStatus::Online));
    world.visitor(9).assistant_says("I am back.").unwrap();
}

#[test]
fn who_stops_waiting_a_moment_too_late_keeps_the_person_who_has_come() {
    let world = World::new();
    let [anna] = world.online(["Anna"]);
    let chat = world.visitor(9).asks_for_person();
    anna.accepts(&chat);
    assert_eq!(world.visitor(9).stops_waiting(), Err(RefusalCode::WrongState));
    assert!(chat.is_of(&anna));
}

#[test]
fn who_ends_it_while_waiting_is_nobodys_to_call_back() {
    let world = World::new();
    let [anna] = world.online(["Anna"]);
    let chat = world.visitor(9).asks_for_person();
    world.visitor(9).ends().unwrap();
    assert_eq!((chat.state(), anna.load()), (ConversationState::Closed, 0));
    assert_eq!(chat.since(4), ["offer_ended", "closed"]);
}

#[test]
fn who_ends_a_talk_closes_it_and_there_is_nothing_to_end_twice() {
    let world = World::new();
    let [anna] = world.online(["Anna"]);
    let chat = world.visitor(9).asks_for_person();
    anna.accepts(&chat);
    world.visitor(9).ends().unwrap();
    let Happening::Closed(closing) = chat.last("closed").happening else { panic!("it is closed") };
    assert_eq!(closing.source, ClosingSource::Visitor);
    assert_eq!(world.visitor(9).ends(), Err(RefusalCode::Closed));
}

#[test]
fn every_event_says_who_did_it() {
    let world = World::new();
    let [anna] = world.online(["Anna"]);
    let chat = world.visitor(9).asks_for_person();
    anna.accepts(&chat);
    let by = |kind: &str| chat.last(kind).by;
    assert_eq!((by("opened"), by("queued"), by("offered")), (Actor::Visitor, Actor::Visitor, Actor::Router));
    assert!(matches!(by("assigned"), Actor::Agent(badge) if badge.name == "Anna"));
}

#[test]
fn who_works_here_can_write_first() {
    let world = World::new();
    let [anna] = world.online(["Anna"]);
    let chat = anna.opens(&world.visitor(9)).unwrap();
    assert!(chat.is_of(&anna));
    let Happening::Opened { source, .. } = chat.last("opened").happening else { panic!() };
    assert_eq!(source, OpeningSource::Agent);
    assert_eq!(anna.opens(&world.visitor(9)).map(drop), Err(RefusalCode::AlreadyThere));
    let chat = world.program().opens(&world.visitor(8)).unwrap();
    assert!(chat.last("opened").request.is_some(), "a repeat of the request has to be recognised");
    assert_eq!(chat.state(), ConversationState::Automated);
}

#[test]
fn the_visitor_is_told_nothing_that_is_meant_for_the_staff() {
    let world = World::new();
    world.online(["Anna"]);
    let chat = world.visitor(9).asks_for_person();
    let told: Vec<_> = chat.events().iter().filter_map(protocol::Event::for_visitor).collect();
    assert!(!told.is_empty() && !format!("{told:?}").contains("For staff."));
}
