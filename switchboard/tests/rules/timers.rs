//! What starts a timer, what cancels it, what it does, once and in due order (`routing-and-inbox.md` E.7).

use crate::timer_table::{answered, offered, owned, table, waiting};
use crate::world::{Chat, World, conduct, desk, office_hours, queue};
use protocol::{Cause, ConversationState, Happening, Outlet, Promise, RefusalCode, TimerKind};
use switchboard::Command;

#[test]
fn each_timer_fires_in_time_once_and_not_after_what_cancels_it() {
    for row in table() {
        let run = |wait: &dyn Fn(&World, &Chat)| {
            let world = World::with(row.set_up);
            let chat = (row.start)(&world);
            wait(&world, &chat);
            (chat.number(), fired(&chat, row.kind), chat)
        };
        let (_, early, _) = run(&|world, _| world.wait(row.after - 1));
        assert_eq!(early, 0, "{:?} fires too early", row.kind);
        let (_, in_time, chat) = run(&|world, _| world.wait(row.after));
        assert_eq!(in_time, 1, "{:?} does not fire in time", row.kind);
        assert_eq!(chat.count(row.says), 1, "{:?}: {:?}", row.kind, chat.story());
        let (number, late, _) = run(&|world, _| world.jump(row.after));
        assert!(late == 1 && number == chat.number(), "{:?} fires after a jump as in time", row.kind);
        for (at, cancel) in row.cancels.iter().enumerate() {
            let (_, cancelled, _) = run(&|world, chat| {
                world.wait(row.after - 1);
                cancel(world, chat);
                world.wait(1);
            });
            assert_eq!(cancelled, 0, "{:?} fires although it was cancelled ({at})", row.kind);
        }
    }
}

#[test]
fn after_a_jump_what_was_due_earlier_is_done_earlier() {
    let world = World::with(|setup| {
        desk(setup).max_wait_seconds = Some(300);
        desk(setup).overflow = Outlet::Assistant;
        conduct(setup).wrap_up_seconds = 60;
    });
    let [anna] = world.online(["Anna"]);
    let closed = world.visitor(1).asks_for_person();
    anna.accepts(&closed);
    anna.chooses(protocol::AgentStatus::Busy);
    let first = world.visitor(2).asks_for_person();
    world.wait(30);
    let second = world.visitor(3).asks_for_person();
    world.wait(5);
    anna.closes(&closed);
    let number = world.events().len();
    world.jump(86_000);
    let order: Vec<_> = world.events()[number..]
        .iter()
        .filter(|event| matches!(event.cause, Cause::Timer(_)))
        .map(|event| event.conversation)
        .collect();
    assert_eq!(order, [closed.id, first.id, second.id]);
    let number = world.events().len();
    world.jump(0);
    assert_eq!(world.events().len(), number, "each fires once");
}

#[test]
fn what_became_due_while_the_process_was_away_is_done_when_it_starts() {
    let world = World::new();
    let chat = owned(&world);
    world.agent("Anna").snoozes(&chat, 300);
    world.restart();
    world.jump(3_000);
    assert_eq!((chat.count("woken"), chat.state()), (1, ConversationState::Open));
}

#[test]
fn promises_may_count_open_hours_alone() {
    let world = World::with(|setup| {
        let hours = office_hours(setup);
        desk(setup).hours = Some(hours);
        desk(setup).promises.first_reply_seconds = Some(4 * 3_600);
        desk(setup).promises.open_hours_only = true;
    });
    // Asked at 14:13 on a Monday: four hours are over at 10:13 on Tuesday.
    let chat = waiting(&world);
    world.wait(20 * 3_600 - 1);
    assert_eq!(chat.count("promise_missed"), 0);
    world.wait(1);
    let Happening::PromiseMissed { promise, .. } = chat.last("promise_missed").happening else { panic!() };
    assert_eq!(promise, Promise::FirstReply);
    world.wait(86_400);
    assert_eq!(chat.count("promise_missed"), 1, "it is told once");
}

#[test]
fn who_leaves_only_while_waiting_has_abandoned() {
    for abandon_seconds in [None, Some(120)] {
        let world = World::with(|setup| setup.rules.abandon_seconds = abandon_seconds);
        let chat = offered(&world);
        world.visitor(1).leaves();
        world.wait(119);
        assert!(chat.state().is_waiting());
        world.wait(31);
        assert_eq!(chat.state().is_over(), abandon_seconds.is_some());
    }
    let world = World::new();
    let chat = answered(&world);
    world.visitor(1).leaves();
    world.wait(3_600);
    assert_eq!(chat.state(), ConversationState::Open);
}

#[test]
fn after_a_restart_the_grace_of_those_who_waited_begins_anew() {
    let world = World::new();
    let chat = waiting(&world);
    world.restart();
    world.wait(119);
    assert_eq!(chat.state(), ConversationState::Queued);
    world.visitor(1).returns();
    world.wait(3_600);
    assert_eq!(chat.queue(), Some(queue("desk")));
}

#[test]
fn time_that_passes_without_anything_due_changes_nothing() {
    let world = World::new();
    waiting(&world);
    let decision = world.take(&Command::TimePasses).unwrap();
    assert_eq!(decision, switchboard::Decision::default());
    let refused: Result<(), RefusalCode> =
        world.agent("Anna").tries_status(protocol::AgentStatus::NotResponding);
    assert_eq!(refused, Err(RefusalCode::Malformed));
}

fn fired(chat: &Chat, kind: TimerKind) -> usize {
    chat.events().iter().filter(|event| event.cause == Cause::Timer(kind)).count()
}
