//! The edge cases of `routing-and-inbox.md` E.11 that stand nowhere else.
//!
//! 1 is in `offers`, 2 and 4 in `triggers`, 3 and 5 in `overflow` and `plans`, 6 in `timers`, 8 in `snooze`, 9 in
//! `transfers`, 10 in `sticky`, 11 in `choice`, 12 in `life`, 13 in `offers`, 14 in `closing`.

use crate::world::{World, desk, queue, to_team};
use protocol::{Act, ConversationState, Happening};
use switchboard::Command;

#[test]
fn a_message_at_the_very_moment_of_closing_wins_and_one_after_it_opens_another() {
    let closes_at = 86_400;
    for (late, same) in [(false, true), (true, false)] {
        let world = World::new();
        let chat = world.visitor(1).says("Hello");
        world.wait(closes_at - 1);
        world.set_clock(1);
        if late {
            world.take(&Command::TimePasses).unwrap();
        }
        let next = world.visitor(1).says("Just in time");
        assert_eq!(next.id == chat.id, same);
        world.jump(0);
        let state = if late { ConversationState::Closed } else { ConversationState::Automated };
        assert_eq!(chat.state(), state, "what was said defers the end");
    }
}

#[test]
fn the_last_of_two_who_assign_in_the_same_second_wins_and_both_are_recorded() {
    let world = World::new();
    let chat = world.visitor(1).asks_for_person();
    let [sam] = world.online(["Sam"]);
    sam.does(&chat, Act::Assign { to: to_team("workshop"), even_if_unavailable: false });
    world.program().tries(&chat, Act::Move { queue: queue("desk") }).unwrap();
    assert_eq!(chat.queue(), Some(queue("desk")));
    assert_eq!(chat.count("queued"), 3);
}

#[test]
fn every_deadline_of_one_moment_is_met_at_that_moment() {
    let world = World::with(|setup| {
        desk(setup).max_wait_seconds = Some(60);
        desk(setup).overflow = protocol::Outlet::Close;
    });
    let chats: Vec<_> = (1..=20).map(|number| world.visitor(number).asks_for_person()).collect();
    world.wait(60);
    let at = chats[0].last("closed").at;
    assert!(
        chats.iter().all(|chat| chat.state() == ConversationState::Closed && chat.last("closed").at == at)
    );
}

#[test]
fn the_last_message_before_a_person_is_asked_for_is_kept_with_the_conversation() {
    let world = World::new();
    world.visitor(1).says("My order is late");
    let chat = world.visitor(1).asks_for_person();
    assert_eq!(chat.summary().preview, "My order is late");
    let Happening::Queued { since, .. } = chat.last("queued").happening else { panic!() };
    assert_eq!(since, world.now());
}
