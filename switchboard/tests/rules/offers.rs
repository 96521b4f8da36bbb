//! Offers: asked, accepted, declined, missed, withdrawn (`routing-and-inbox.md` E.5).

use crate::world::{OFFER_SECONDS, World, conduct, desk, reason};
use protocol::setup::OfferMode;
use protocol::{Act, AgentStatus, ConversationState, Happening, OfferEnd, RefusalCode};
use switchboard::EXCLUDED_SECONDS;

#[test]
fn automatic_teams_own_at_once_and_cannot_decline() {
    let world = World::with(|setup| conduct(setup).offer = OfferMode::AutoAccept);
    let [anna] = world.online(["Anna"]);
    let chat = world.visitor(1).asks_for_person();
    assert!(chat.is_of(&anna));
    let decline = Act::Decline { reason: None };
    assert_eq!(anna.tries(&chat, decline), Err(RefusalCode::NoLongerAvailable));
}

#[test]
fn an_offer_lasts_as_long_as_its_team_says_and_takes_room_meanwhile() {
    let world = World::with(|setup| conduct(setup).offer = OfferMode::Ask { seconds: 5 });
    let [anna] = world.online(["Anna"]);
    let chat = world.visitor(1).asks_for_person();
    assert_eq!(anna.load(), 1);
    world.wait(4);
    assert!(chat.is_offered_to(&anna));
    world.wait(1);
    assert_eq!((chat.state(), anna.load()), (ConversationState::Queued, 0));
}

#[test]
fn only_who_is_asked_accepts_and_only_in_time() {
    let world = World::new();
    let [anna, ben] = world.online(["Anna", "Ben"]);
    let chat = world.visitor(1).asks_for_person();
    assert_eq!(ben.tries(&chat, Act::Accept), Err(RefusalCode::NoLongerAvailable));
    ben.chooses(AgentStatus::Busy);
    world.wait(OFFER_SECONDS);
    for _ in 0..2 {
        assert_eq!(anna.tries(&chat, Act::Accept), Err(RefusalCode::NoLongerAvailable));
    }
    assert_eq!(anna.tries(&chat, Act::Decline { reason: None }), Err(RefusalCode::NoLongerAvailable));
}

#[test]
fn who_was_too_late_may_pick_it_once_they_are_back() {
    let world = World::new();
    let [anna] = world.online(["Anna"]);
    let chat = world.visitor(1).asks_for_person();
    world.wait(OFFER_SECONDS + 5);
    let refusal = world.refused(anna.id, &chat, Act::Accept);
    assert_eq!(refusal.code, RefusalCode::NotOnline);
    assert!(refusal.message.contains("not responding"), "{}", refusal.message);
    anna.chooses(AgentStatus::Online);
    anna.accepts(&chat);
}

#[test]
fn late_is_late_also_for_who_may_miss_more() {
    let world = World::with(|setup| conduct(setup).misses_max = 3);
    let [anna] = world.online(["Anna"]);
    let chat = world.visitor(1).asks_for_person();
    world.wait(OFFER_SECONDS);
    assert_eq!(
        (anna.status(), anna.tries(&chat, Act::Accept)),
        (AgentStatus::Online, Err(RefusalCode::NoLongerAvailable))
    );
}

#[test]
fn nobody_declines_where_their_team_does_not() {
    let world = World::with(|setup| conduct(setup).may_decline = false);
    let [anna] = world.online(["Anna"]);
    let chat = world.visitor(1).asks_for_person();
    let act = Act::Decline { reason: Some(reason("lunch")) };
    assert_eq!(anna.tries(&chat, act), Err(RefusalCode::NotAllowed));
    assert!(chat.is_offered_to(&anna));
}

#[test]
fn declining_needs_a_reason_where_their_team_says_so() {
    let world = World::with(|setup| conduct(setup).decline_needs_reason = true);
    let [anna, ben] = world.online(["Anna", "Ben"]);
    let chat = world.visitor(1).asks_for_person();
    assert_eq!(anna.tries(&chat, Act::Decline { reason: None }), Err(RefusalCode::ReasonRequired));
    anna.does(&chat, Act::Decline { reason: Some(reason("lunch")) });
    assert!(chat.is_offered_to(&ben));
}

#[test]
fn accepting_twice_is_accepting() {
    let world = World::new();
    let [anna] = world.online(["Anna"]);
    let chat = world.visitor(1).asks_for_person();
    anna.accepts(&chat);
    let number = chat.number();
    anna.accepts(&chat);
    assert_eq!(chat.number(), number);
}

#[test]
fn of_several_who_are_asked_the_first_to_accept_wins_and_the_others_are_told() {
    let world = World::with(|setup| desk(setup).strategy.ask_at_once = 2);
    let [anna, ben] = world.online(["Anna", "Ben"]);
    let chat = world.visitor(1).asks_for_person();
    assert_eq!(chat.offered_to(), [anna.id, ben.id]);
    assert_eq!((anna.load(), ben.load()), (1, 1));
    ben.accepts(&chat);
    assert!(chat.is_of(&ben));
    let Happening::OfferEnded { agent, why, .. } = chat.last("offer_ended").happening else { panic!() };
    assert_eq!((agent, why), (anna.id, OfferEnd::Taken));
    assert_eq!(anna.tries(&chat, Act::Accept), Err(RefusalCode::NoLongerAvailable));
    assert_eq!((anna.load(), anna.status()), (0, AgentStatus::Online), "who was slower missed nothing");
}

#[test]
fn of_several_who_are_asked_one_may_decline_and_the_others_are_asked_still() {
    let world = World::with(|setup| desk(setup).strategy.ask_at_once = 2);
    let [anna, ben] = world.online(["Anna", "Ben"]);
    let chat = world.visitor(1).asks_for_person();
    anna.declines(&chat);
    assert!(chat.is_offered_to(&ben));
    ben.declines(&chat);
    assert_eq!(chat.state(), ConversationState::Queued);
}

#[test]
fn who_declines_is_not_asked_again_for_a_while_and_keeps_their_status() {
    let world = World::new();
    let [anna] = world.online(["Anna"]);
    let chat = world.visitor(1).asks_for_person();
    anna.does(&chat, Act::Decline { reason: Some(reason("lunch")) });
    assert_eq!((anna.status(), anna.load(), chat.place()), (AgentStatus::Online, 0, Some(1)));
    let Happening::OfferEnded { reason: said, .. } = chat.last("offer_ended").happening else { panic!() };
    assert_eq!(said, Some(reason("lunch")));
    world.wait(EXCLUDED_SECONDS - 1);
    assert!(chat.offered_to().is_empty());
    world.wait(1);
    assert!(chat.is_offered_to(&anna));
}

#[test]
fn a_declined_offer_goes_to_the_next() {
    let world = World::new();
    let [anna, ben] = world.online(["Anna", "Ben"]);
    let chat = world.visitor(1).asks_for_person();
    anna.declines(&chat);
    assert!(chat.is_offered_to(&ben));
}

#[test]
fn declining_makes_busy_where_the_team_says_so() {
    let world = World::with(|setup| conduct(setup).busy_after_decline = true);
    let [anna] = world.online(["Anna"]);
    let chat = world.visitor(1).asks_for_person();
    anna.declines(&chat);
    assert_eq!(anna.status(), AgentStatus::Busy);
    world.wait(EXCLUDED_SECONDS);
    assert!(chat.offered_to().is_empty());
}

#[test]
fn reasons_for_declining_are_of_the_list() {
    let world = World::new();
    let [anna] = world.online(["Anna"]);
    let chat = world.visitor(1).asks_for_person();
    for wrong in ["language", "gone", "nonsense"] {
        let act = Act::Decline { reason: Some(reason(wrong)) };
        assert_eq!(anna.tries(&chat, act), Err(RefusalCode::ReasonRequired), "{wrong}");
    }
}

#[test]
fn as_many_misses_in_a_row_as_the_team_says_mean_not_responding_until_they_choose() {
    let world = World::with(|setup| conduct(setup).misses_max = 2);
    let [anna] = world.online(["Anna"]);
    let chat = world.visitor(1).asks_for_person();
    world.wait(OFFER_SECONDS);
    assert_eq!(anna.status(), AgentStatus::Online);
    world.wait(EXCLUDED_SECONDS);
    assert!(chat.is_offered_to(&anna));
    world.wait(OFFER_SECONDS);
    assert_eq!(anna.status(), AgentStatus::NotResponding);
    anna.idles(true);
    anna.idles(false);
    anna.disconnects();
    anna.connects();
    world.restart();
    anna.connects();
    assert_eq!(anna.status(), AgentStatus::NotResponding, "it never ends by itself");
    anna.chooses(AgentStatus::Online);
    world.wait(EXCLUDED_SECONDS);
    assert!(chat.is_offered_to(&anna));
}

#[test]
fn an_answer_in_between_forgives_what_was_missed() {
    let world = World::with(|setup| conduct(setup).misses_max = 2);
    let [anna] = world.online(["Anna"]);
    let chat = world.visitor(1).asks_for_person();
    world.wait(OFFER_SECONDS + EXCLUDED_SECONDS);
    anna.declines(&chat);
    world.wait(EXCLUDED_SECONDS + OFFER_SECONDS);
    assert_eq!(anna.status(), AgentStatus::Online);
}

#[test]
fn nobody_chooses_not_responding() {
    let world = World::new();
    let [anna] = world.online(["Anna"]);
    assert_eq!(anna.tries_status(AgentStatus::NotResponding), Err(RefusalCode::Malformed));
}

#[test]
fn who_leaves_has_missed_nothing_and_is_asked_again_at_once_when_back() {
    for leave in [AgentStatus::Busy, AgentStatus::Away, AgentStatus::Offline] {
        let world = World::new();
        let [anna] = world.online(["Anna"]);
        let chat = world.visitor(1).asks_for_person();
        anna.chooses(leave);
        assert_eq!((chat.state(), anna.load()), (ConversationState::Queued, 0), "{leave:?}");
        anna.chooses(AgentStatus::Online);
        assert!(chat.is_offered_to(&anna), "{leave:?}");
        anna.disconnects();
        assert_eq!(chat.state(), ConversationState::Queued);
        anna.connects();
        assert!(chat.is_offered_to(&anna), "the chosen status is remembered");
    }
}

#[test]
fn who_is_asked_may_accept_though_they_typed_nothing_for_a_while() {
    let world = World::new();
    let [anna] = world.online(["Anna"]);
    let chat = world.visitor(1).asks_for_person();
    anna.idles(true);
    anna.accepts(&chat);
    assert!(chat.is_of(&anna));
}

#[test]
fn a_visitor_who_gives_up_is_no_miss() {
    let world = World::new();
    let [anna] = world.online(["Anna"]);
    let chat = world.visitor(1).asks_for_person();
    world.visitor(1).stops_waiting().unwrap();
    let Happening::OfferEnded { why, .. } = chat.last("offer_ended").happening else { panic!() };
    assert_eq!((why, anna.status(), anna.load()), (OfferEnd::Withdrawn, AgentStatus::Online, 0));
}

#[test]
fn an_offer_outlives_a_restart_and_a_lost_skill() {
    let world = World::with(|setup| {
        crate::world::skill(setup, "Anna", "repairs", 1);
        crate::world::skill(setup, "Ben", "repairs", 1);
        desk(setup).needs = vec![crate::world::need("repairs", 1)];
    });
    let [anna] = world.online(["Anna"]);
    let chat = world.visitor(1).asks_for_person();
    world.set_up(|setup| setup.agents.get_mut(&anna.id).unwrap().skills.clear());
    assert!(chat.is_offered_to(&anna), "what was offered is offered");
    world.restart();
    anna.connects();
    anna.accepts(&chat);
    assert!(chat.is_of(&anna));
}

#[test]
fn who_works_here_no_more_is_asked_no_more() {
    let world = World::new();
    let [anna, ben] = world.online(["Anna", "Ben"]);
    let chat = world.visitor(1).asks_for_person();
    assert!(chat.is_offered_to(&anna));
    world.set_up(|setup| setup.agents.get_mut(&anna.id).unwrap().active = false);
    assert!(chat.is_offered_to(&ben));
}
