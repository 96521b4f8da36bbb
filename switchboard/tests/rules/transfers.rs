//! Passing on: with a reason from the list, to people, teams and queues (`routing-and-inbox.md` E.6).

use crate::world::{
    Agent, Chat, OFFER_SECONDS, World, conduct, fills_up, queue, reason, to_queue, to_team, transfer,
};
use protocol::setup::{OfferMode, Setup};
use protocol::{Act, Actor, AgentStatus, ConversationState, Happening, OfferEnd, RefusalCode, Target};

#[test]
fn a_transfer_needs_a_reason_that_is_offered_for_it() {
    let (_world, anna, ben, chat) = annas(|_| {});
    for wrong in ["lunch", "gone", "nonsense"] {
        let act = Act::Transfer { to: ben.target(), reason: reason(wrong), note: None };
        assert_eq!(anna.tries(&chat, act), Err(RefusalCode::ReasonRequired), "{wrong}");
    }
}

#[test]
fn a_note_is_needed_where_the_rules_say_so() {
    let (_world, anna, ben, chat) = annas(|setup| setup.rules.transfer_needs_note = true);
    let with = |note: Option<&str>| Act::Transfer {
        to: ben.target(),
        reason: reason("language"),
        note: note.map(str::to_owned),
    };
    assert_eq!(anna.tries(&chat, with(None)), Err(RefusalCode::NoteRequired));
    assert_eq!(anna.tries(&chat, with(Some("  "))), Err(RefusalCode::NoteRequired));
    assert_eq!(anna.tries(&chat, with(Some(&"x".repeat(8 * 1024 + 1)))), Err(RefusalCode::Malformed));
    anna.does(&chat, with(Some("He speaks Finnish.")));
}

#[test]
fn the_note_is_for_the_next_agent_and_never_for_the_visitor() {
    let (_world, anna, ben, chat) = annas(|_| {});
    anna.transfers(&chat, ben.target());
    ben.accepts(&chat);
    let Happening::Transferred { note, from, .. } = chat.last("transferred").happening else { panic!() };
    assert_eq!((note.as_deref(), from), (Some("Speaks only Finnish."), Some(anna.id)));
    let told: Vec<_> = chat.events().iter().filter_map(protocol::Event::for_visitor).collect();
    assert!(!format!("{told:?}").contains("Finnish"));
}

#[test]
fn that_it_was_passed_on_is_the_doing_of_who_passed_it_on_and_not_of_who_accepts() {
    let (world, anna, ben, chat) = annas(|_| {});
    let agent = |agent: &Agent| world.ask(|board| Actor::Agent(board.directory().badge(agent.id)));
    anna.transfers(&chat, ben.target());
    ben.accepts(&chat);
    assert_eq!(chat.last("transferred").by, agent(&anna));
    assert_eq!(chat.last("assigned").by, agent(&ben));
    let sam = world.agent("Sam");
    sam.connects();
    sam.transfers(&chat, anna.target());
    anna.accepts(&chat);
    let Happening::Transferred { from, .. } = chat.last("transferred").happening else { panic!() };
    assert_eq!((chat.last("transferred").by, from), (agent(&sam), Some(ben.id)), "a supervisor may too");
}

#[test]
fn automatic_teams_have_it_at_once() {
    let (_world, anna, ben, chat) = annas(|setup| conduct(setup).offer = OfferMode::AutoAccept);
    let number = chat.number();
    anna.transfers(&chat, ben.target());
    assert!(chat.is_of(&ben));
    assert_eq!(chat.since(number), ["transferred", "assigned"]);
    assert_eq!((anna.load(), ben.load()), (0, 1));
}

#[test]
fn who_passes_on_keeps_it_until_the_colleague_accepts() {
    let (_world, anna, ben, chat) = annas(|_| {});
    anna.transfers(&chat, ben.target());
    assert!(chat.is_of(&anna));
    assert_eq!((chat.state(), ben.load()), (ConversationState::Open, 1), "room is reserved");
    assert_eq!(ben.inbox(), [chat.id]);
    ben.accepts(&chat);
    assert!(chat.is_of(&ben));
    assert_eq!((anna.load(), ben.load()), (0, 1));
}

/// What becomes of it, how that is told, and what the colleague is then.
type Way = (fn(&World, &Agent, &Chat), OfferEnd, AgentStatus);

#[test]
fn it_stays_where_it_is_when_the_colleague_does_not_take_it() {
    let ends: [Way; 3] = [
        (|_, ben, chat| ben.declines(chat), OfferEnd::Declined, AgentStatus::Online),
        (|world, _, _| world.wait(OFFER_SECONDS), OfferEnd::TimedOut, AgentStatus::NotResponding),
        (|_, ben, _| ben.disconnects(), OfferEnd::AgentLeft, AgentStatus::Offline),
    ];
    for (end, expected, status) in ends {
        let (world, anna, ben, chat) = annas(|_| {});
        anna.transfers(&chat, ben.target());
        end(&world, &ben, &chat);
        let Happening::TransferEnded { agent, why } = chat.last("transfer_ended").happening else { panic!() };
        assert_eq!((agent, why), (ben.id, expected));
        assert!(chat.is_of(&anna));
        assert_eq!((ben.load(), ben.status()), (0, status));
    }
}

#[test]
fn whatever_else_becomes_of_it_ends_the_asking() {
    let others: [fn(&World, &Agent, &Chat); 6] = [
        |_, anna, chat| anna.closes(chat),
        |_, anna, chat| anna.snoozes(chat, 60),
        |_, anna, chat| anna.does(chat, Act::Unassign),
        |_, anna, chat| anna.does(chat, Act::MarkSpam),
        |world, _, _| world.visitor(1).ends().unwrap(),
        |world, _, chat| world.agent("Sam").does(chat, Act::ReturnToAssistant { note: None }),
    ];
    for other in others {
        let (world, anna, ben, chat) = annas(|_| {});
        anna.transfers(&chat, ben.target());
        other(&world, &anna, &chat);
        let Happening::TransferEnded { why, .. } = chat.last("transfer_ended").happening else { panic!() };
        assert_eq!((why, ben.status()), (OfferEnd::Withdrawn, AgentStatus::Online));
        assert_eq!(ben.load(), u32::from(chat.is_offered_to(&ben)));
    }
}

#[test]
fn who_is_offline_is_not_passed_anything_unless_the_rules_allow_it() {
    let (_world, anna, ben, chat) = annas(|_| {});
    ben.disconnects();
    assert_eq!(anna.tries(&chat, transfer(ben.target())), Err(RefusalCode::NotOnline));
    let (_world, anna, ben, chat) = annas(|setup| setup.rules.transfer_to_offline = true);
    ben.disconnects();
    anna.transfers(&chat, ben.target());
    assert!(chat.is_of(&ben), "it lies in their inbox");
}

#[test]
fn who_has_no_room_is_passed_nothing_unless_their_team_allows_it() {
    for may_exceed in [false, true] {
        let (world, anna, ben, chat) = annas(|setup| conduct(setup).may_exceed_capacity = may_exceed);
        anna.chooses(AgentStatus::Busy);
        fills_up(&world, &ben);
        let done = anna.tries(&chat, transfer(ben.target()));
        assert_eq!(done, if may_exceed { Ok(()) } else { Err(RefusalCode::NoRoom) });
    }
}

#[test]
fn where_it_is_already_it_is_not_passed() {
    let (_world, anna, _ben, chat) = annas(|_| {});
    for to in [anna.target(), to_queue("desk")] {
        assert_eq!(anna.tries(&chat, transfer(to)), Err(RefusalCode::AlreadyThere));
    }
}

#[test]
fn to_nobody_nothing_is_passed() {
    let (world, anna, _ben, chat) = annas(|_| {});
    for to in [to_queue("nowhere"), to_team("nobody")] {
        assert_eq!(anna.tries(&chat, transfer(to)), Err(RefusalCode::UnknownName));
    }
    world.set_up(|setup| setup.teams.get_mut(&crate::world::team("workshop")).unwrap().members.clear());
    for to in [to_queue("workshop"), to_team("workshop")] {
        assert_eq!(anna.tries(&chat, transfer(to)), Err(RefusalCode::UnknownName), "nobody is in it");
    }
}

#[test]
fn queues_and_teams_find_somebody_by_their_own_ways() {
    for to in [to_queue("workshop"), to_team("workshop"), Target::Anybody] {
        let (world, anna, ben, chat) = annas(|_| {});
        ben.chooses(AgentStatus::Away);
        let [carla] = world.online(["Carla"]);
        let number = chat.number();
        anna.transfers(&chat, to.clone());
        assert!(chat.is_offered_to(&carla), "{to:?}");
        assert_eq!(chat.since(number), ["transferred", "unassigned", "queued", "offered"]);
        assert_eq!(anna.load(), 0);
    }
}

#[test]
fn who_is_passed_what_waits_is_asked_first_and_it_keeps_its_place() {
    let ends: [fn(&World, &Agent, &Chat); 3] = [
        |_, ben, chat| ben.declines(chat),
        |world, _, _| world.wait(OFFER_SECONDS),
        |_, ben, _| ben.disconnects(),
    ];
    for end in ends {
        let world = World::new();
        let [carla] = world.online(["Carla"]);
        let chat = world.visitor(1).asks_for_person();
        let younger = world.visitor(2).asks_for_person();
        world.agent("Anna").transfers(&chat, carla.target());
        assert!(chat.is_offered_to(&carla) && chat.place() == Some(1));
        assert_eq!(carla.inbox(), [chat.id]);
        end(&world, &carla, &chat);
        assert_eq!((chat.place(), younger.place()), (Some(1), Some(2)));
        assert_eq!(chat.state(), ConversationState::Queued);
    }
    let world = World::new();
    let [carla] = world.online(["Carla"]);
    let chat = world.visitor(1).asks_for_person();
    world.agent("Anna").transfers(&chat, carla.target());
    assert_eq!(chat.explained().strategy, "named");
    carla.accepts(&chat);
    assert!(chat.is_of(&carla));
    assert_eq!(chat.now().team, Some(crate::world::team("workshop")), "she works as she does");
}

#[test]
fn it_waits_for_others_when_the_colleague_does_not_take_it_where_the_team_says_so() {
    let ends: [fn(&World, &Agent, &Chat); 3] = [
        |_, ben, chat| ben.declines(chat),
        |world, _, _| world.wait(OFFER_SECONDS),
        |_, ben, _| ben.disconnects(),
    ];
    for end in ends {
        let (world, anna, ben, chat) =
            annas(|setup| conduct(setup).untaken_transfers = protocol::setup::UntakenTransfers::Requeue);
        anna.transfers(&chat, ben.target());
        let number = chat.number();
        end(&world, &ben, &chat);
        assert_eq!(chat.since(number), ["transfer_ended", "unassigned", "queued"]);
        assert_eq!((chat.queue(), chat.offered_to()), (Some(queue("desk")), Vec::new()), "neither is asked");
        world.wait(60);
        assert!(!chat.offered_to().is_empty(), "after a while they are as good as anybody");
    }
}

#[test]
fn what_was_left_for_somebody_lies_there_until_they_are_back() {
    for orphans in [
        protocol::setup::Orphans::Keep,
        protocol::setup::Orphans::Requeue { after_seconds: 10 },
        protocol::setup::Orphans::RequeueWhenVisitorWrites,
    ] {
        let (world, anna, ben, chat) = annas(|setup| {
            setup.rules.transfer_to_offline = true;
            conduct(setup).orphans = orphans;
        });
        ben.disconnects();
        anna.transfers(&chat, ben.target());
        world.wait(4 * 3_600);
        world.visitor(1).says("Still there?");
        world.restart();
        world.wait(3_600);
        assert!(chat.is_of(&ben), "{orphans:?}");
        anna.connects();
        anna.chooses(AgentStatus::Busy);
        ben.connects();
        world.wait(899);
        assert!(chat.is_of(&ben), "{orphans:?}");
        world.wait(1);
        assert!(chat.owner().is_none(), "he is back and does not write: {orphans:?}");
    }
}

#[test]
fn what_waits_can_be_passed_on_too() {
    let world = World::new();
    let chat = world.visitor(1).asks_for_person();
    world.agent("Anna").does(&chat, transfer(to_queue("workshop")));
    assert_eq!(chat.queue(), Some(queue("workshop")));
}

#[test]
fn what_is_put_aside_is_woken_for_the_colleague() {
    let (_world, anna, ben, chat) = annas(|_| {});
    anna.snoozes(&chat, 86_400);
    anna.transfers(&chat, ben.target());
    assert_eq!((chat.state(), ben.load()), (ConversationState::Open, 1));
    ben.accepts(&chat);
    assert!(chat.is_of(&ben));
}

#[test]
fn a_supervisor_is_told_once_it_is_passed_on_too_often() {
    let (_world, anna, ben, chat) = annas(|setup| {
        conduct(setup).offer = OfferMode::AutoAccept;
        setup.rules.transfers_max = 2;
    });
    for (from, to) in [(&anna, &ben), (&ben, &anna), (&anna, &ben), (&ben, &anna)] {
        from.transfers(&chat, to.target());
    }
    assert_eq!(chat.count("passed_on_too_often"), 1);
    assert_eq!(chat.now().transfers, 4);
    let Happening::PassedOnTooOften { transfers } = chat.last("passed_on_too_often").happening else {
        panic!()
    };
    assert_eq!(transfers, 2, "at the number that is set");
}

#[test]
fn the_team_goes_with_who_has_it() {
    let (world, anna, _ben, chat) = annas(|setup| conduct(setup).offer = OfferMode::AutoAccept);
    let [carla] = world.online(["Carla"]);
    anna.transfers(&chat, carla.target());
    carla.accepts(&chat);
    assert_eq!(chat.now().team, Some(crate::world::team("workshop")));
}

#[test]
fn a_transfer_outlives_a_restart() {
    let (world, anna, ben, chat) = annas(|_| {});
    anna.transfers(&chat, ben.target());
    world.restart();
    world.wait(OFFER_SECONDS);
    assert_eq!(chat.count("transfer_ended"), 1);
    assert!(chat.is_of(&anna));
}

/// Anna has a conversation; Ben is online.
fn annas(change: impl FnOnce(&mut Setup)) -> (World, Agent, Agent, Chat) {
    let world = World::with(change);
    let [anna] = world.online(["Anna"]);
    let chat = world.visitor(1).asks_for_person();
    anna.accepts(&chat);
    let [ben] = world.online(["Ben"]);
    (world, anna, ben, chat)
}
