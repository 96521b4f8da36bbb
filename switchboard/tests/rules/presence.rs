//! Agents who come, drop out, come back or stay away (`routing-and-inbox.md` E.1, E.5, E.7), and visitors who come again.

use crate::world::{World, conduct, desk, plan_step, queue, to_queue};
use protocol::setup::{Orphans, PlanStep, SkipIf};
use protocol::{Act, AgentStatus, ConversationState, Happening, OfferEnd, RefusalCode, WakeWhy};

#[test]
fn what_somebody_is_asked_ends_when_they_drop_out_and_is_no_miss() {
    let world = World::new();
    let [anna] = world.online(["Anna"]);
    let chat = world.visitor(1).asks_for_person();
    anna.drops();
    assert_eq!(chat.state(), ConversationState::Queued);
    let Happening::OfferEnded { why, .. } = chat.last("offer_ended").happening else { panic!() };
    assert_eq!((why, anna.status()), (OfferEnd::AgentLeft, AgentStatus::Online));
    anna.connects();
    assert!(chat.is_offered_to(&anna), "they are asked again as soon as they are back");
}

#[test]
fn who_has_just_dropped_out_is_asked_for_nothing() {
    let world = World::new();
    let [anna, ben] = world.online(["Anna", "Ben"]);
    anna.drops();
    let chat = world.visitor(1).asks_for_person();
    assert!(chat.is_offered_to(&ben));
    ben.declines(&chat);
    assert_eq!(chat.state(), ConversationState::Queued);
    let sam = world.agent("Sam");
    sam.comes_online();
    let gives = Act::Assign { to: anna.target(), even_if_unavailable: false };
    assert_eq!(sam.tries(&chat, gives), Err(RefusalCode::NotOnline));
}

#[test]
fn a_colleague_who_drops_out_is_passed_nothing_and_the_owner_keeps_it() {
    let world = World::new();
    let [anna, ben] = world.online(["Anna", "Ben"]);
    let chat = world.visitor(1).asks_for_person();
    anna.accepts(&chat);
    anna.transfers(&chat, ben.target());
    ben.drops();
    assert!(chat.is_of(&anna));
    assert_eq!(chat.summary().transfer_to, None);
}

#[test]
fn who_drops_out_keeps_what_is_theirs_until_they_stay_away() {
    let world = World::with(|setup| conduct(setup).orphans = Orphans::RequeueWhenVisitorWrites);
    let [anna] = world.online(["Anna"]);
    let visitor = world.visitor(1);
    let chat = visitor.asks_for_person();
    anna.accepts(&chat);
    anna.drops();
    visitor.says("Are you there?");
    assert!(chat.is_of(&anna));
    anna.disconnects();
    assert_eq!(anna.status(), AgentStatus::Offline);
    visitor.says("Hello?");
    assert_eq!(chat.state(), ConversationState::Queued);
}

#[test]
fn a_queue_is_served_by_those_who_have_just_dropped_out() {
    let world = World::with(|setup| desk(setup).drain_when_empty = true);
    let [anna] = world.online(["Anna"]);
    let chat = world.visitor(1).asks_for_person();
    anna.drops();
    assert!(world.ask(|board| board.is_served(&queue("desk"))));
    assert_eq!(chat.queue(), Some(queue("desk")));
    anna.disconnects();
    assert!(!world.ask(|board| board.is_served(&queue("desk"))));
}

#[test]
fn after_a_restart_those_who_were_there_have_the_time_to_come_back() {
    let world = World::with(|setup| conduct(setup).orphans = Orphans::RequeueWhenVisitorWrites);
    let [anna] = world.online(["Anna"]);
    let ben = world.agent("Ben");
    ben.chooses(AgentStatus::Online);
    let visitor = world.visitor(1);
    let chat = visitor.asks_for_person();
    anna.accepts(&chat);
    world.restart();
    assert_eq!((anna.status(), ben.status()), (AgentStatus::Online, AgentStatus::Offline));
    visitor.says("Are you there?");
    assert!(chat.is_of(&anna), "she had no chance yet");
    let other = world.visitor(2).asks_for_person();
    assert!(told_that_somebody_is_there(&other));
    assert_eq!(other.state(), ConversationState::Queued, "nobody can be asked yet");
    anna.connects();
    assert!(other.is_offered_to(&anna));
}

#[test]
fn who_stayed_away_before_a_restart_is_away_after_it() {
    let world = World::new();
    let [anna] = world.online(["Anna"]);
    anna.disconnects();
    world.restart();
    assert_eq!(anna.status(), AgentStatus::Offline);
    assert!(!told_that_somebody_is_there(&world.visitor(1).asks_for_person()));
}

#[test]
fn steps_without_anybody_to_ask_are_not_passed_over_while_somebody_may_be_back() {
    for skip in [SkipIf::NobodyOnline, SkipIf::NobodyEligible] {
        let world = World::with(|setup| {
            let first = PlanStep { skip_if: vec![skip], ..plan_step(&["Anna"], Some(60)) };
            desk(setup).plan = vec![first, plan_step(&["Ben"], None)];
        });
        let [anna, ben] = world.online(["Anna", "Ben"]);
        anna.drops();
        let chat = world.visitor(1).asks_for_person();
        assert!(chat.offered_to().is_empty(), "{skip:?}");
        anna.disconnects();
        let other = world.visitor(2).asks_for_person();
        assert!(other.is_offered_to(&ben), "{skip:?}");
    }
}

#[test]
fn beginning_an_answer_takes_up_what_was_put_aside() {
    let world = World::new();
    let [anna, ben] = world.online(["Anna", "Ben"]);
    let chat = world.visitor(1).asks_for_person();
    anna.accepts(&chat);
    anna.snoozes(&chat, 600);
    ben.begins(&chat);
    assert_eq!(chat.state(), ConversationState::Pending, "it is not his");
    anna.begins(&chat);
    assert!(chat.is_of(&anna) && chat.state() == ConversationState::Open);
    let Happening::Woken { why } = chat.last("woken").happening else { panic!() };
    assert_eq!(why, WakeWhy::AgentWrote);
    let number = chat.number();
    anna.begins(&chat);
    assert_eq!(chat.number(), number, "once");
}

#[test]
fn supervisors_see_all_that_waits_or_is_offered_and_others_what_they_can_take() {
    let world = World::new();
    let [anna, ben, sam] = world.online(["Anna", "Ben", "Sam"]);
    ben.chooses(AgentStatus::Busy);
    let chat = world.visitor(1).asks_for_person();
    assert!(chat.is_offered_to(&anna));
    let listed = |who: &crate::world::Agent| who.inbox().contains(&chat.id);
    assert_eq!((listed(&anna), listed(&ben), listed(&sam)), (true, false, true));
    anna.declines(&chat);
    assert_eq!((listed(&anna), listed(&ben), listed(&sam)), (true, true, true));
    let elsewhere = world.visitor(2).asks_in("workshop");
    assert!(sam.inbox().contains(&elsewhere.id) && !ben.inbox().contains(&elsewhere.id));
    ben.accepts(&chat);
    assert_eq!((listed(&anna), listed(&ben), listed(&sam)), (false, true, false));
}

#[test]
fn what_is_known_of_a_visitor_outlives_a_conversation_that_closes_in_the_same_batch() {
    let world = World::new();
    let [anna] = world.online(["Anna"]);
    let visitor = world.visitor(1);
    let chat = visitor.asks_for_person();
    anna.accepts(&chat);
    anna.does(&chat, tag("vip"));
    let next = world.at_once(|| {
        anna.closes(&chat);
        visitor.says("One more thing")
    });
    assert_ne!(next.id, chat.id);
    assert!(next.now().contact.tags.contains("vip"));
}

#[test]
fn what_is_learned_while_notes_are_finished_is_known_of_who_comes_again_in_the_same_batch() {
    let world = World::with(|setup| conduct(setup).wrap_up_seconds = 60);
    let [anna] = world.online(["Anna"]);
    let visitor = world.visitor(1);
    let chat = visitor.asks_for_person();
    anna.accepts(&chat);
    anna.closes(&chat);
    let next = world.at_once(|| {
        anna.does(&chat, tag("angry"));
        visitor.says("One more thing")
    });
    assert!(next.now().contact.tags.contains("angry"));
    anna.does(&chat, tag("late"));
    assert!(next.now().contact.tags.contains("late"));
    world.wait(60);
    visitor.ends().unwrap();
    assert_eq!(visitor.says("Again").now().contact.tags.len(), 2);
}

#[test]
fn what_closed_in_the_same_batch_opens_again() {
    let world = World::with(|setup| setup.rules.reopen_seconds = 60);
    let [anna] = world.online(["Anna"]);
    let visitor = world.visitor(1);
    let chat = visitor.asks_for_person();
    anna.accepts(&chat);
    let next = world.at_once(|| {
        anna.closes(&chat);
        visitor.says("One more thing")
    });
    assert_eq!(next.id, chat.id);
    assert!(chat.is_of(&anna));
    anna.transfers(&chat, to_queue("workshop"));
    assert_eq!(chat.queue(), Some(queue("workshop")));
}

fn tag(tag: &str) -> Act {
    Act::Tag { tag: tag.to_owned(), add: true }
}

fn told_that_somebody_is_there(chat: &crate::world::Chat) -> bool {
    let Happening::AgentRequested { online, .. } = chat.last("agent_requested").happening else { panic!() };
    online
}
