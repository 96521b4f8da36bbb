//! Putting aside, and every way of coming back.

use crate::world::{Agent, Chat, World, conduct};
use protocol::setup::{Orphans, Setup};
use protocol::{Act, ConversationState, Happening, RefusalCode, WakeWhy};

const DAY: u64 = 86_400;

#[test]
fn it_returns_at_its_time_and_not_before_also_after_a_restart() {
    let (world, anna, chat) = put_aside(|_| {});
    world.wait(DAY - 1);
    world.restart();
    assert_eq!(chat.state(), ConversationState::Pending);
    world.wait(1);
    assert_eq!((chat.state(), why(&chat)), (ConversationState::Open, WakeWhy::Time));
    assert!(chat.is_of(&anna));
}

/// What somebody does, and what is told then.
type Way = (fn(&World, &Chat), WakeWhy);

#[test]
fn whoever_needs_it_brings_it_back() {
    let ways: [Way; 5] = [
        (|world, _| drop(world.visitor(1).says("Are you there?")), WakeWhy::VisitorWrote),
        (|world, chat| world.agent("Anna").says(chat, "I am."), WakeWhy::AgentWrote),
        (|world, chat| world.agent("Anna").does(chat, Act::Wake), WakeWhy::AgentWrote),
        (|world, chat| world.agent("Sam").does(chat, Act::Wake), WakeWhy::StaffAsked),
        (
            |world, chat| {
                world.agent("Sam").does(chat, Act::Join);
                world.agent("Sam").says(chat, "Let me.");
            },
            WakeWhy::StaffAsked,
        ),
    ];
    for (way, expected) in ways {
        let (world, anna, chat) = put_aside(|_| {});
        world.online(["Sam"]);
        way(&world, &chat);
        assert_eq!((chat.state(), why(&chat)), (ConversationState::Open, expected));
        assert!(chat.is_of(&anna));
    }
}

#[test]
fn whose_owner_is_not_there_any_more_waits_for_somebody() {
    let (world, anna, chat) = put_aside(|_| {});
    world.set_up(|setup| setup.agents.get_mut(&anna.id).unwrap().active = false);
    assert_eq!(chat.state(), ConversationState::Pending, "its time has not come");
    let [ben] = world.online(["Ben"]);
    world.wait(DAY);
    assert!(chat.is_offered_to(&ben));
    for (orphans, stays) in [(Orphans::Keep, true), (Orphans::RequeueWhenVisitorWrites, false)] {
        let (world, anna, chat) = put_aside(|setup| conduct(setup).orphans = orphans);
        anna.disconnects();
        world.wait(DAY);
        assert_eq!(chat.is_of(&anna), stays, "{orphans:?}");
    }
}

#[test]
fn a_staff_members_waking_finds_a_new_owner_too() {
    let (world, anna, chat) = put_aside(|_| {});
    let [sam, ben] = world.online(["Sam", "Ben"]);
    world.set_up(|setup| setup.agents.get_mut(&anna.id).unwrap().active = false);
    sam.does(&chat, Act::Wake);
    assert!(chat.is_offered_to(&ben));
}

#[test]
fn nothing_that_was_running_is_overdue_when_it_is_back() {
    let (world, anna, chat) = put_aside(|_| {});
    world.wait(DAY + 899);
    assert!(chat.is_of(&anna), "an owner has the whole time to write their first word");
    world.wait(1);
    assert!(!chat.is_of(&anna));
    let (world, anna, chat) = put_aside(|_| {});
    anna.says(&chat, "I shall ask.");
    anna.snoozes(&chat, 2 * DAY);
    world.wait(2 * DAY + DAY - 1);
    assert_eq!(chat.state(), ConversationState::Open, "closing for silence is deferred");
    world.wait(1);
    assert_eq!(chat.state(), ConversationState::Closed);
}

#[test]
fn only_for_a_time_to_come_within_a_year() {
    let (world, anna, chat) = put_aside(|_| {});
    for until in [world.now(), world.now().plus_seconds(367 * DAY)] {
        assert_eq!(anna.tries(&chat, Act::Snooze { until }), Err(RefusalCode::Malformed));
    }
    anna.snoozes(&chat, 60);
    world.wait(60);
    assert_eq!(chat.state(), ConversationState::Open, "the time can be changed");
}

#[test]
fn while_it_is_put_aside_nothing_else_is_due() {
    let (world, anna, chat) = put_aside(|setup| {
        conduct(setup).orphans = Orphans::Requeue { after_seconds: 10 };
    });
    anna.disconnects();
    world.visitor(1).leaves();
    world.wait(DAY - 1);
    assert_eq!(chat.state(), ConversationState::Pending);
}

/// Anna has put a conversation aside for a day, without having written in it.
fn put_aside(change: impl FnOnce(&mut Setup)) -> (World, Agent, Chat) {
    let world = World::with(change);
    let [anna] = world.online(["Anna"]);
    let chat = world.visitor(1).asks_for_person();
    anna.accepts(&chat);
    anna.snoozes(&chat, DAY);
    (world, anna, chat)
}

fn why(chat: &Chat) -> WakeWhy {
    let Happening::Woken { why } = chat.last("woken").happening else { panic!() };
    why
}
