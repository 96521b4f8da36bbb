//! Who does not write takes no room for a while, where the team says so (`routing-and-inbox.md` E.3).

use crate::world::{Agent, Chat, World, conduct};
use protocol::setup::Setup;
use protocol::{Act, ConversationState, Happening};

#[test]
fn a_visitor_who_does_not_write_takes_no_room_until_they_do() {
    let (world, anna, chats) = full(|setup| {
        conduct(setup).quiet_after_seconds = Some(600);
        conduct(setup).first_reply_seconds = 0;
    });
    let waits = world.visitor(3).asks_for_person();
    world.wait(300);
    world.visitor(1).says("Still here");
    world.wait(299);
    assert_eq!((anna.load(), waits.state()), (2, ConversationState::Queued));
    world.wait(1);
    assert!(waits.is_offered_to(&anna), "the second visitor has been quiet for ten minutes");
    anna.accepts(&waits);
    world.visitor(2).says("Here I am again");
    assert_eq!(anna.load(), 3, "nobody is turned away for that");
    assert!(chats.iter().all(|chat| chat.is_of(&anna)));
    world.restart();
    assert_eq!(anna.load(), 3);
    world.wait(300);
    assert_eq!(anna.load(), 2, "the first one is quiet by now");
}

#[test]
fn it_is_told_once_and_takes_room_again_for_whoever_has_it_next() {
    let (world, anna, chats) = full(|setup| {
        conduct(setup).quiet_after_seconds = Some(600);
        conduct(setup).first_reply_seconds = 0;
    });
    world.wait(5_000);
    assert_eq!((anna.load(), chats[0].count("went_quiet")), (0, 1));
    let [ben] = world.online(["Ben"]);
    anna.transfers(&chats[0], ben.target());
    assert_eq!(ben.load(), 1, "it is reserved for who is asked");
    ben.accepts(&chats[0]);
    assert_eq!((anna.load(), ben.load()), (0, 1));
}

#[test]
fn it_takes_room_for_ever_where_nothing_is_said() {
    let (world, anna, _) = full(|setup| conduct(setup).first_reply_seconds = 0);
    world.wait(100_000);
    assert_eq!(anna.load(), 2);
}

#[test]
fn who_has_been_taken_from_often_enough_is_told_to_supervisors() {
    let world = World::with(|setup| conduct(setup).first_reply_tries = 2);
    let [sam] = world.online(["Sam"]);
    let chat = world.visitor(1).asks_for_person();
    for tries in 1..=2 {
        sam.accepts(&chat);
        world.wait(900);
        assert_eq!(chat.count("unanswered_too_often"), usize::from(tries == 2));
    }
    let Happening::UnansweredTooOften { times } = chat.last("unanswered_too_often").happening else {
        panic!()
    };
    assert_eq!(times, 2);
    sam.accepts(&chat);
    world.wait(9_000);
    assert!(chat.is_of(&sam), "nobody else is looked for");
}

#[test]
fn a_receivers_own_team_says_whether_they_may_have_more() {
    for (receivers, allowed) in [("desk", false), ("workshop", true)] {
        let world = World::with(|setup| {
            setup.teams.get_mut(&crate::world::team(receivers)).unwrap().conduct.may_exceed_capacity = true;
        });
        let [sam, carla] = world.online(["Sam", "Carla"]);
        for number in 1..=2 {
            let chat = world.visitor(number).asks_in("workshop");
            carla.accepts(&chat);
        }
        let chat = world.visitor(7).asks_for_person();
        let assigned = sam.tries(&chat, Act::Assign { to: carla.target(), even_if_unavailable: false });
        let expected = if allowed { Ok(()) } else { Err(protocol::RefusalCode::NoRoom) };
        assert_eq!(assigned, expected, "{receivers}");
    }
}

#[test]
fn who_is_away_or_full_writes_to_nobody_of_their_own_accord() {
    let world = World::new();
    let anna = world.agent("Anna");
    assert_eq!(anna.opens(&world.visitor(1)).err(), Some(protocol::RefusalCode::NotOnline));
    anna.comes_online();
    for number in 1..=2 {
        anna.opens(&world.visitor(number)).unwrap();
    }
    assert_eq!(anna.opens(&world.visitor(3)).err(), Some(protocol::RefusalCode::NoRoom));
    let [sam] = world.online(["Sam"]);
    for number in 3..=5 {
        sam.opens(&world.visitor(number)).unwrap();
    }
}

#[test]
fn notes_say_whose_they_are() {
    let world = World::with(|setup| conduct(setup).wrap_up_seconds = 60);
    let [anna] = world.online(["Anna"]);
    let chat = world.visitor(1).asks_for_person();
    anna.accepts(&chat);
    anna.closes(&chat);
    assert_eq!(chat.summary().agent.map(|agent| agent.id), Some(anna.id));
}

/// Anna has as many conversations as she has room for.
fn full(change: impl FnOnce(&mut Setup)) -> (World, Agent, [Chat; 2]) {
    let world = World::with(change);
    let [anna] = world.online(["Anna"]);
    let chats = [1, 2].map(|number| world.visitor(number).asks_for_person());
    chats.iter().for_each(|chat| anna.accepts(chat));
    (world, anna, chats)
}
