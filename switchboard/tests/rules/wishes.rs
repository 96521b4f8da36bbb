//! One wish for a person after another: each has its own age, its own promise and its own silence.

use crate::world::{World, conduct, desk, queue, to_queue, workshop};
use protocol::setup::OfferMode;
use protocol::{Act, ConversationState, TimerKind};

const HOUR: u64 = 3_600;

#[test]
fn a_promise_counts_from_the_wish_that_is_open_and_not_from_an_earlier_one() {
    let world = World::with(|setup| desk(setup).promises.first_reply_seconds = Some(600));
    let chat = world.visitor(1).asks_for_person();
    world.visitor(1).stops_waiting().unwrap();
    world.wait(6 * HOUR);
    world.visitor(1).asks_for_person();
    world.wait(599);
    assert_eq!(chat.count("promise_missed"), 0);
    world.wait(1);
    assert_eq!(chat.count("promise_missed"), 1);
}

#[test]
fn a_second_wish_is_promised_a_first_answer_too() {
    let world = World::with(|setup| desk(setup).promises.first_reply_seconds = Some(600));
    let [anna] = world.online(["Anna"]);
    let chat = world.visitor(1).asks_for_person();
    anna.accepts(&chat);
    anna.says(&chat, "Hello");
    anna.does(&chat, Act::ReturnToAssistant { note: None });
    anna.disconnects();
    world.visitor(1).asks_for_person();
    world.wait(600);
    assert_eq!(chat.count("promise_missed"), 1);
}

#[test]
fn what_was_promised_long_ago_does_not_come_first_when_it_is_wished_anew() {
    let world = World::with(|setup| {
        setup.rules.rank = protocol::setup::Rank::PromisedFirst;
        desk(setup).promises.first_reply_seconds = Some(600);
    });
    let again = world.visitor(1).asks_for_person();
    world.visitor(1).stops_waiting().unwrap();
    world.wait(HOUR);
    let waits = world.visitor(2).asks_for_person();
    world.wait(10);
    world.visitor(1).asks_for_person();
    assert_eq!(world.waiting_in("desk"), [waits.id, again.id]);
}

#[test]
fn what_is_given_back_has_the_age_it_had_and_not_that_of_an_earlier_wish() {
    let world = World::new();
    let [sam] = world.online(["Sam"]);
    let again = world.visitor(1).asks_for_person();
    world.visitor(1).stops_waiting().unwrap();
    world.wait(HOUR);
    let older = world.visitor(2).asks_for_person();
    world.wait(60);
    world.visitor(1).asks_for_person();
    sam.accepts(&again);
    world.wait(60);
    let younger = world.visitor(3).asks_for_person();
    sam.does(&again, Act::Unassign);
    assert_eq!(world.waiting_in("desk"), [older.id, again.id, younger.id]);
}

#[test]
fn what_is_given_back_is_as_old_as_in_its_last_stay_where_a_queue_counts_from_coming_there() {
    let world = World::with(|setup| workshop(setup).keep_age = false);
    let [sam] = world.online(["Sam"]);
    let passed = world.visitor(1).asks_for_person();
    world.wait(60);
    let older = world.visitor(2).asks_in("workshop");
    world.wait(60);
    sam.transfers(&passed, to_queue("workshop"));
    assert_eq!(world.waiting_in("workshop"), [older.id, passed.id]);
    sam.accepts(&passed);
    sam.does(&passed, Act::Unassign);
    assert_eq!(world.waiting_in("workshop"), [older.id, passed.id]);
}

#[test]
fn what_is_woken_without_its_owner_keeps_its_age() {
    let world = World::with(|setup| {
        conduct(setup).orphans = protocol::setup::Orphans::RequeueWhenVisitorWrites;
    });
    let [anna] = world.online(["Anna"]);
    let woken = world.visitor(1).asks_for_person();
    anna.accepts(&woken);
    anna.snoozes(&woken, 600);
    anna.disconnects();
    let younger = world.visitor(2).asks_for_person();
    world.wait(600);
    assert_eq!(world.waiting_in("desk"), [woken.id, younger.id]);
}

#[test]
fn silence_counts_from_the_last_word_of_a_person_whoever_has_it_by_now() {
    let world = World::with(|setup| {
        conduct(setup).offer = OfferMode::AutoAccept;
        conduct(setup).first_reply_seconds = 0;
    });
    let [anna] = world.online(["Anna"]);
    let chat = world.visitor(1).asks_for_person();
    anna.says(&chat, "Anything else?");
    world.wait(23 * HOUR);
    let [ben] = world.online(["Ben"]);
    anna.transfers(&chat, ben.target());
    assert!(chat.is_of(&ben));
    world.wait(HOUR);
    assert_eq!(chat.state(), ConversationState::Closed);
}

#[test]
fn silence_does_not_count_while_it_was_put_aside_or_waited_for_us() {
    for put_aside in [true, false] {
        let world = World::with(|setup| conduct(setup).first_reply_seconds = 0);
        let [anna] = world.online(["Anna"]);
        let chat = world.visitor(1).asks_for_person();
        anna.accepts(&chat);
        anna.says(&chat, "Anything else?");
        if put_aside {
            anna.snoozes(&chat, 30 * HOUR);
            world.wait(30 * HOUR);
        } else {
            anna.chooses(protocol::AgentStatus::Busy);
            anna.does(&chat, Act::Unassign);
            world.wait(30 * HOUR);
            anna.accepts(&chat);
        }
        world.wait(24 * HOUR - 1);
        assert_eq!(chat.state(), ConversationState::Open, "{put_aside}");
        world.wait(1);
        assert_eq!(chat.state(), ConversationState::Closed, "{put_aside}");
    }
}

#[test]
fn a_word_before_the_assistant_took_over_closes_nothing_later() {
    let world = World::with(|setup| conduct(setup).first_reply_seconds = 0);
    let [sam] = world.online(["Sam"]);
    let chat = world.visitor(1).asks_for_person();
    sam.accepts(&chat);
    sam.says(&chat, "The assistant knows.");
    sam.does(&chat, Act::ReturnToAssistant { note: None });
    world.wait(20 * HOUR);
    sam.does(&chat, Act::TakeOver);
    world.wait(100 * HOUR);
    assert!(chat.is_of(&sam));
}

#[test]
fn what_is_opened_again_waits_only_where_a_person_was_still_wanted() {
    for cancels in [true, false] {
        let world = World::with(|setup| setup.rules.reopen_seconds = 600);
        let chat = world.visitor(1).asks_for_person();
        if cancels {
            world.visitor(1).stops_waiting().unwrap();
        }
        world.visitor(1).ends().unwrap();
        world.visitor(1).says("One more thing");
        let expected = if cancels { ConversationState::Automated } else { ConversationState::Queued };
        assert_eq!(chat.state(), expected);
    }
}

#[test]
fn what_is_opened_again_is_taken_from_silent_owners_as_often_as_before() {
    let world = World::with(|setup| {
        setup.rules.reopen_seconds = 600;
        conduct(setup).first_reply_tries = 1;
    });
    let [sam] = world.online(["Sam"]);
    let chat = world.visitor(1).asks_for_person();
    for _ in 0..2 {
        sam.accepts(&chat);
        world.wait(900);
        assert_eq!(chat.state(), ConversationState::Queued);
        sam.accepts(&chat);
        sam.closes(&chat);
        sam.chooses(protocol::AgentStatus::Busy);
        world.visitor(1).says("One more thing");
    }
}

#[test]
fn it_goes_back_to_who_had_it_only_where_they_have_room_for_all_of_it() {
    let world = World::with(|setup| {
        setup.rules.reopen_seconds = 600;
        workshop(setup).weight = 2;
    });
    let [carla] = world.online(["Carla"]);
    let chat = world.visitor(1).asks_in("workshop");
    carla.accepts(&chat);
    carla.closes(&chat);
    let sam = world.agent("Sam");
    sam.connects();
    let other = world.visitor(2).asks_for_person();
    sam.does(&other, Act::Assign { to: carla.target(), even_if_unavailable: true });
    assert_eq!(carla.load(), 1);
    world.visitor(1).says("One more thing");
    assert_eq!((chat.state(), chat.queue()), (ConversationState::Queued, Some(queue("workshop"))));
}

#[test]
fn who_writes_first_is_not_hurried_before_the_visitor_answers() {
    let world = World::new();
    let [anna] = world.online(["Anna"]);
    let visitor = world.visitor(1);
    let chat = anna.opens(&visitor).unwrap();
    world.wait(5 * HOUR);
    assert!(chat.is_of(&anna));
    visitor.says("Who is there?");
    world.wait(899);
    assert!(chat.is_of(&anna));
    world.wait(1);
    assert_eq!((chat.owner(), chat.queue()), (None, Some(queue("desk"))));
}

#[test]
fn what_is_spam_stays_spam_for_a_month_whatever_is_silent() {
    let world = World::new();
    let [sam] = world.online(["Sam"]);
    let chat = world.visitor(1).asks_for_person();
    sam.does(&chat, Act::MarkSpam);
    world.wait(30 * 24 * HOUR - 1);
    assert_eq!(chat.state(), ConversationState::Spam);
    world.wait(1);
    assert_eq!(chat.state(), ConversationState::Closed);
    assert_eq!(chat.last("closed").cause, protocol::Cause::Timer(TimerKind::AutoClose));
    let world = World::with(|setup| setup.rules.spam.close_seconds = None);
    let [sam] = world.online(["Sam"]);
    let chat = world.visitor(1).asks_for_person();
    sam.does(&chat, Act::MarkSpam);
    world.wait(400 * 24 * HOUR);
    assert_eq!(chat.state(), ConversationState::Spam);
}
