//! Closing: with a category and a note, finishing notes, for silence; and opening again.

use crate::world::{Agent, Chat, World, conduct, reason};
use protocol::setup::{Reminder, Setup};
use protocol::{
    Act, AgentStatus, AssignedHow, Author, ClosingSource, ConversationState, Happening, RefusalCode,
    WrapUpEnd,
};

const DAY: u64 = 86_400;

#[test]
fn a_category_and_a_note_are_needed_where_the_rules_say_so() {
    let (_world, anna, chat) = annas(|setup| {
        setup.rules.closing_needs_category = true;
        setup.rules.closing_needs_note = true;
    });
    let close = |category: Option<&str>, note: Option<&str>| Act::Close {
        category: category.map(reason),
        note: note.map(str::to_owned),
    };
    for (act, code) in [
        (close(None, Some("Done.")), RefusalCode::ReasonRequired),
        (close(Some("language"), Some("Done.")), RefusalCode::ReasonRequired),
        (close(Some("gone"), Some("Done.")), RefusalCode::ReasonRequired),
        (close(Some("solved"), None), RefusalCode::NoteRequired),
        (close(Some("solved"), Some(" ")), RefusalCode::NoteRequired),
    ] {
        assert_eq!(anna.tries(&chat, act), Err(code));
    }
    anna.does(&chat, close(Some("solved"), Some("Done.")));
    let closing = closing(&chat);
    assert_eq!((closing.category, closing.note.as_deref()), (Some(reason("solved")), Some("Done.")));
}

#[test]
fn what_nobody_closes_by_hand_needs_no_category() {
    let required = |setup: &mut Setup| {
        setup.rules.closing_needs_category = true;
        setup.rules.closing_needs_note = true;
    };
    let (world, anna, chat) = annas(required);
    anna.says(&chat, "Bye.");
    world.wait(DAY);
    assert_eq!((closing(&chat).source, closing(&chat).category), (ClosingSource::Inactive, None));
    let (world, _anna, chat) = annas(required);
    world.visitor(1).ends().unwrap();
    assert_eq!(closing(&chat).source, ClosingSource::Visitor);
    let (world, _anna, chat) = annas(required);
    world.program().tries(&chat, Act::Close { category: None, note: None }).unwrap();
    assert_eq!(closing(&chat).source, ClosingSource::Program);
}

#[test]
fn notes_are_finished_in_the_teams_time() {
    let (world, anna, chat) = annas(|setup| conduct(setup).wrap_up_seconds = 60);
    anna.closes(&chat);
    assert_eq!((chat.state(), anna.load(), anna.inbox()), (ConversationState::WrapUp, 1, vec![chat.id]));
    assert_eq!(chat.told().state, ConversationState::Closed, "for the visitor it is over");
    anna.does(&chat, Act::Comment { text: crate::world::line("Sent the form."), mentions: Vec::new() });
    world.restart();
    world.wait(59);
    assert_eq!(chat.state(), ConversationState::WrapUp);
    world.wait(1);
    assert_eq!((chat.state(), anna.load()), (ConversationState::Closed, 0));
    assert_eq!(notes_ended(&chat), WrapUpEnd::TimedOut);
}

#[test]
fn who_has_finished_their_notes_says_so() {
    let (world, anna, chat) = annas(|setup| conduct(setup).wrap_up_seconds = 60);
    anna.closes(&chat);
    assert_eq!(world.agent("Ben").tries(&chat, Act::FinishWrapUp), Err(RefusalCode::NotAllowed));
    anna.does(&chat, Act::FinishWrapUp);
    assert_eq!((chat.state(), anna.load()), (ConversationState::Closed, 0));
    assert_eq!(notes_ended(&chat), WrapUpEnd::Finished);
}

#[test]
fn the_owner_finishes_notes_whoever_closed_it_and_also_on_what_was_put_aside() {
    let closes: [fn(&World, &Agent, &Chat); 3] = [
        |world, _, _| world.visitor(1).ends().unwrap(),
        |world, _, chat| world.agent("Sam").closes(chat),
        |_, anna, chat| {
            anna.snoozes(chat, 600);
            anna.closes(chat);
        },
    ];
    for close in closes {
        let (world, anna, chat) = annas(|setup| conduct(setup).wrap_up_seconds = 60);
        close(&world, &anna, &chat);
        assert_eq!(closing(&chat).wrap_up.map(|(agent, _)| agent), Some(anna.id));
    }
    let (world, anna, chat) = annas(|setup| conduct(setup).wrap_up_seconds = 60);
    anna.says(&chat, "Bye.");
    world.wait(DAY);
    assert_eq!(chat.state(), ConversationState::Closed, "nobody writes notes on what fell asleep");
}

#[test]
fn a_visitor_in_notes_time_has_a_new_conversation() {
    let (world, anna, chat) = annas(|setup| conduct(setup).wrap_up_seconds = 60);
    anna.closes(&chat);
    let next = world.visitor(1).says("Wait!");
    assert_ne!(next.id, chat.id);
    assert_eq!(chat.state(), ConversationState::WrapUp);
}

#[test]
fn silence_after_a_persons_word_closes_and_the_visitors_word_cancels_it() {
    let (world, anna, chat) = annas(|_| {});
    world.wait(800);
    anna.says(&chat, "Which one?");
    world.wait(DAY - 1);
    world.visitor(1).says("The red one.");
    world.wait(2 * DAY);
    assert_eq!(chat.state(), ConversationState::Open, "it is our turn");
    anna.says(&chat, "Here it is.");
    world.wait(DAY);
    assert_eq!(closing(&chat).source, ClosingSource::Inactive);
}

#[test]
fn the_assistant_taking_over_cancels_it() {
    let (world, anna, chat) = annas(|setup| setup.rules.assistant_close_seconds = 10 * 86_400);
    anna.says(&chat, "The assistant knows.");
    anna.does(&chat, Act::ReturnToAssistant { note: None });
    world.wait(2 * DAY);
    assert_eq!(chat.state(), ConversationState::Automated);
}

#[test]
fn an_assistants_conversation_is_over_some_time_after_the_last_word() {
    let world = World::new();
    let chat = world.visitor(1).says("Hello");
    world.wait(DAY - 1);
    world.visitor(1).assistant_says("Are you there?").unwrap();
    world.wait(DAY - 1);
    assert_eq!(chat.state(), ConversationState::Automated);
    world.wait(1);
    assert_eq!(closing(&chat).source, ClosingSource::Inactive);
}

#[test]
fn reminders_come_in_order_once_and_anew_after_every_word_of_ours() {
    let (world, anna, chat) = annas(|setup| {
        let reminder = |after_seconds, text: &str| Reminder { after_seconds, text: text.to_owned() };
        setup.rules.auto_close.reminders =
            vec![reminder(600, "Still there?"), reminder(1_200, "Shall I close?")];
        setup.rules.auto_close.after_seconds = Some(1_800);
    });
    anna.says(&chat, "Which one?");
    world.wait(599);
    assert_eq!(chat.count("reminded"), 0);
    world.wait(1);
    let Happening::Said { author, .. } = chat.last("said").happening else { panic!() };
    assert_eq!((author, chat.count("reminded")), (Author::Bridge, 1));
    world.wait(599);
    world.visitor(1).says("Yes.");
    world.wait(3_600);
    assert_eq!((chat.count("reminded"), chat.state()), (1, ConversationState::Open));
    anna.says(&chat, "And?");
    world.wait(1_799);
    assert_eq!(chat.count("reminded"), 3);
    world.wait(1);
    assert_eq!(chat.state(), ConversationState::Closed);
}

#[test]
fn soon_after_closing_the_visitor_is_back_with_who_answered() {
    let (world, anna, chat) = annas(|setup| setup.rules.reopen_seconds = 600);
    anna.closes(&chat);
    world.wait(600);
    assert_eq!(world.visitor(1).says("One more thing").id, chat.id);
    assert!(chat.is_of(&anna));
    let Happening::Assigned { how, .. } = chat.last("assigned").happening else { panic!() };
    assert_eq!((how, anna.load()), (AssignedHow::Returned, 1));
}

#[test]
fn when_who_answered_is_not_available_it_waits() {
    let away: [fn(&World, &Agent); 2] =
        [|_, anna| anna.chooses(AgentStatus::Away), |world, anna| crate::world::fills_up(world, anna)];
    for leave in away {
        let (world, anna, chat) = annas(|setup| setup.rules.reopen_seconds = 600);
        anna.closes(&chat);
        leave(&world, &anna);
        world.visitor(1).says("One more thing");
        assert_eq!(chat.state(), ConversationState::Queued);
    }
}

#[test]
fn later_or_where_that_is_off_a_new_one_begins() {
    for (reopen_seconds, waited) in [(0, 0), (600, 601)] {
        let (world, anna, chat) = annas(|setup| setup.rules.reopen_seconds = reopen_seconds);
        anna.closes(&chat);
        world.wait(waited);
        let next = world.visitor(1).says("One more thing");
        assert_ne!(next.id, chat.id);
        assert_eq!(next.state(), ConversationState::Automated);
    }
}

#[test]
fn opening_again_ends_the_notes() {
    let (world, anna, chat) = annas(|setup| {
        setup.rules.reopen_seconds = 600;
        conduct(setup).wrap_up_seconds = 60;
    });
    anna.closes(&chat);
    world.visitor(1).says("One more thing");
    assert_eq!(notes_ended(&chat), WrapUpEnd::Reopened);
    assert!(chat.is_of(&anna));
    assert_eq!(anna.load(), 1);
    world.wait(120);
    assert!(chat.is_of(&anna));
}

#[test]
fn the_assistant_opens_nothing_again_and_no_person_gets_what_none_was_asked_for() {
    let (world, anna, chat) = annas(|setup| setup.rules.reopen_seconds = 600);
    anna.closes(&chat);
    assert_ne!(world.visitor(1).assistant_says("Did that help?").unwrap().id, chat.id);
    let world = World::with(|setup| setup.rules.reopen_seconds = 600);
    let chat = world.visitor(1).says("Hello");
    world.visitor(1).ends().unwrap();
    assert_eq!(world.visitor(1).says("Still me").id, chat.id);
    assert_eq!(chat.state(), ConversationState::Automated);
}

#[test]
fn asking_for_a_person_opens_again_too() {
    let (world, anna, chat) = annas(|setup| setup.rules.reopen_seconds = 600);
    anna.closes(&chat);
    assert_eq!(world.visitor(1).asks_for_person().id, chat.id);
    assert!(chat.is_offered_to(&anna));
}

/// Anna, alone, has a conversation.
fn annas(change: impl FnOnce(&mut Setup)) -> (World, Agent, Chat) {
    let world = World::with(change);
    let [anna] = world.online(["Anna"]);
    let chat = world.visitor(1).asks_for_person();
    anna.accepts(&chat);
    (world, anna, chat)
}

fn closing(chat: &Chat) -> protocol::Closing {
    let Happening::Closed(closing) = chat.last("closed").happening else { panic!() };
    closing
}

fn notes_ended(chat: &Chat) -> WrapUpEnd {
    let Happening::WrappedUp { end, .. } = chat.last("wrapped_up").happening else { panic!() };
    end
}
