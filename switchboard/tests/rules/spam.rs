//! Spam: detected, marked, and taken back.

use crate::world::{Chat, World, conduct, desk};
use protocol::{Act, ConversationState, Happening, SpamSign, SpamWhy};

/// What is said, and the sign that is seen then.
type Case = (fn(&World) -> Chat, SpamSign);

#[test]
fn each_sign_marks_a_conversation_and_is_told() {
    let cases: [Case; 6] = [
        (
            |world| says(world, 0, (0..21).map(|number| format!("line {number}"))),
            SpamSign::TooMany { messages: 21, seconds: 30 },
        ),
        (
            |world| says(world, 60, (0..5).map(|_| "Buy now!".to_owned())),
            SpamSign::Repeated { times: 5, seconds: 600 },
        ),
        (|world| world.visitor(1).says(&"https://a.example ".repeat(6)), SpamSign::Links(6)),
        (|world| world.visitor(1).says("The CASINO is open"), SpamSign::Word("casino".to_owned())),
        (
            |world| world.visitor(1).says("see http://x.bad.example/"),
            SpamSign::Host("bad.example".to_owned()),
        ),
        (|world| world.visitor(66).says("Hello"), SpamSign::Blocked),
    ];
    for (speak, expected) in cases {
        let world = World::with(|setup| {
            setup.rules.spam.words = vec!["casino".to_owned()];
            setup.rules.spam.hosts = vec!["bad.example".to_owned()];
            setup.rules.spam.blocked = [protocol::VisitorId(uuid::Uuid::from_u128(66))].into();
        });
        let chat = speak(&world);
        assert_eq!(chat.state(), ConversationState::Spam, "{expected:?}");
        let Happening::MarkedSpam(SpamWhy::Detected(signs)) = chat.last("marked_spam").happening else {
            panic!()
        };
        assert_eq!(signs, [expected]);
    }
}

#[test]
fn who_is_not_listened_to_does_not_get_a_person_by_asking_for_one() {
    let world = World::with(|setup| {
        setup.rules.spam.blocked = [protocol::VisitorId(uuid::Uuid::from_u128(66))].into();
    });
    let [anna] = world.online(["Anna"]);
    let chat = world.visitor(66).asks_for_person();
    assert_eq!((chat.state(), anna.load()), (ConversationState::Spam, 0));
    assert_eq!(chat.count("offered"), 0);
    world.agent("Sam").does(&chat, Act::UnmarkSpam);
    assert!(chat.is_offered_to(&anna), "they asked for a person");
}

#[test]
fn asking_for_a_person_again_and_again_is_haste_too() {
    let world = World::new();
    for _ in 0..20 {
        assert_eq!(world.visitor(1).asks_for_person().state(), ConversationState::Queued);
        world.visitor(1).stops_waiting().unwrap();
    }
    let chat = world.visitor(1).asks_for_person();
    let Happening::MarkedSpam(SpamWhy::Detected(signs)) = chat.last("marked_spam").happening else {
        panic!()
    };
    assert_eq!(signs, [SpamSign::TooMany { messages: 21, seconds: 30 }]);
}

#[test]
fn nobody_who_takes_part_is_told_of_what_is_spam() {
    let world = World::new();
    let [anna, sam] = world.online(["Anna", "Sam"]);
    let chat = world.visitor(1).asks_for_person();
    anna.accepts(&chat);
    sam.does(&chat, Act::Join);
    anna.does(&chat, Act::MarkSpam);
    let told = world.ask(|board| board.audience(chat.id, &[sam.id].into())).expect("it is not over");
    assert_eq!((told.agents.into_iter().collect::<Vec<_>>(), sam.inbox()), (Vec::new(), Vec::new()));
}

#[test]
fn what_a_person_has_is_not_looked_at_for_spam_later() {
    let world = World::new();
    let [anna] = world.online(["Anna"]);
    let chat = world.visitor(1).asks_for_person();
    anna.accepts(&chat);
    (0..30).for_each(|number| drop(world.visitor(1).says(&format!("line {number}"))));
    anna.does(&chat, Act::ReturnToAssistant { note: None });
    assert_eq!(world.visitor(1).says("One more").state(), ConversationState::Automated);
}

#[test]
fn nothing_is_looked_for_where_that_is_off_or_where_a_person_has_the_conversation() {
    let casino = |setup: &mut protocol::setup::Setup| setup.rules.spam.words = vec!["casino".to_owned()];
    let world = World::with(|setup| {
        casino(setup);
        setup.rules.spam.detect = false;
    });
    assert_eq!(world.visitor(1).says("casino").state(), ConversationState::Automated);
    let world = World::with(casino);
    let [anna] = world.online(["Anna"]);
    let chat = world.visitor(1).asks_for_person();
    anna.accepts(&chat);
    world.visitor(1).says("casino");
    assert_eq!(chat.state(), ConversationState::Open);
}

#[test]
fn what_waits_or_is_offered_and_turns_out_to_be_spam_disturbs_nobody_any_more() {
    let world = World::with(|setup| setup.rules.spam.words = vec!["casino".to_owned()]);
    let [anna] = world.online(["Anna"]);
    let chat = world.visitor(1).asks_for_person();
    world.visitor(1).says("casino");
    assert_eq!((chat.state(), anna.load(), anna.inbox()), (ConversationState::Spam, 0, Vec::new()));
    assert_eq!(world.waiting_in("desk"), Vec::new());
    assert_eq!(chat.told().state, ConversationState::Queued, "nobody learns that they are taken for spam");
    assert!(chat.last("marked_spam").for_visitor().is_none());
}

#[test]
fn what_is_none_is_what_it_was_before() {
    for before in ["automated", "queued", "open", "pending"] {
        let world = World::new();
        let [sam] = world.online(["Sam"]);
        let chat = if before == "automated" {
            world.visitor(1).says("Hi")
        } else {
            world.visitor(1).asks_for_person()
        };
        if before == "open" || before == "pending" {
            sam.accepts(&chat);
        }
        if before == "pending" {
            sam.snoozes(&chat, 600);
        }
        sam.does(&chat, Act::MarkSpam);
        assert_eq!((chat.state(), sam.load()), (ConversationState::Spam, 0));
        sam.does(&chat, Act::UnmarkSpam);
        assert_eq!(chat.state().code(), before);
    }
}

#[test]
fn the_time_it_was_silenced_counts_for_nothing() {
    let world = World::with(|setup| {
        desk(setup).max_wait_seconds = Some(600);
        desk(setup).overflow = protocol::Outlet::Close;
        conduct(setup).first_reply_seconds = 600;
    });
    let [sam] = world.online(["Sam"]);
    let waits = world.visitor(1).asks_for_person();
    let owned = world.visitor(2).asks_for_person();
    sam.accepts(&owned);
    for chat in [&waits, &owned] {
        sam.does(chat, Act::MarkSpam);
    }
    world.wait(3_600);
    for chat in [&waits, &owned] {
        sam.does(chat, Act::UnmarkSpam);
    }
    world.wait(599);
    assert_eq!((waits.state(), owned.is_of(&sam)), (ConversationState::Queued, true));
    world.wait(1);
    assert_eq!((waits.state(), owned.is_of(&sam)), (ConversationState::Closed, false));
}

#[test]
fn what_somebody_called_no_spam_is_not_detected_again() {
    let world = World::with(|setup| setup.rules.spam.words = vec!["casino".to_owned()]);
    let [sam] = world.online(["Sam"]);
    let chat = world.visitor(1).says("I clean the casino");
    sam.does(&chat, Act::UnmarkSpam);
    world.visitor(1).says("The casino, I said");
    assert_eq!(chat.state(), ConversationState::Automated);
    world.restart();
    world.visitor(1).says("casino");
    assert_eq!(chat.state(), ConversationState::Automated);
}

#[test]
fn an_owner_who_works_here_no_more_is_not_its_owner_again() {
    let world = World::new();
    let [anna, sam] = world.online(["Anna", "Sam"]);
    let chat = world.visitor(1).asks_for_person();
    anna.accepts(&chat);
    anna.does(&chat, Act::MarkSpam);
    world.set_up(|setup| setup.agents.get_mut(&anna.id).unwrap().active = false);
    sam.does(&chat, Act::UnmarkSpam);
    assert_eq!(chat.state(), ConversationState::Queued);
}

#[test]
fn what_is_written_into_spam_is_kept_and_nobody_is_told() {
    let world = World::new();
    let [sam, anna] = world.online(["Sam", "Anna"]);
    let chat = world.visitor(1).asks_for_person();
    sam.does(&chat, Act::MarkSpam);
    assert_eq!(world.visitor(1).says("Hello?").id, chat.id);
    assert_eq!(world.visitor(1).asks_for_person().id, chat.id);
    assert!(anna.inbox().is_empty());
    let here = [anna.id, sam.id].into();
    assert!(world.ask(|board| board.audience(chat.id, &here)).unwrap().agents.is_empty());
}

/// Visitor 1 says all of this, with as many seconds before each line.
fn says(world: &World, seconds: u64, lines: impl Iterator<Item = String>) -> Chat {
    let mut chat = None;
    for line in lines {
        world.wait(seconds);
        chat = Some(world.visitor(1).says(&line));
    }
    chat.expect("something is said")
}
