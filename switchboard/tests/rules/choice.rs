//! Who may be asked, and who of them is (`routing-and-inbox.md` E.3).

use crate::world::{CAPACITY, Chat, World, conduct, desk, need, skill, workshop};
use protocol::AgentStatus;
use protocol::setup::{Fairness, Need, Setup, Strategy, Subject, Tier, What};

#[test]
fn only_who_is_online_is_asked() {
    for status in [AgentStatus::Busy, AgentStatus::Away, AgentStatus::Offline] {
        let world = World::new();
        let [anna] = world.online(["Anna"]);
        anna.chooses(status);
        assert!(world.visitor(1).asks_for_person().offered_to().is_empty(), "{status:?}");
    }
    let world = World::new();
    let [anna] = world.online(["Anna"]);
    anna.idles(true);
    assert!(world.visitor(1).asks_for_person().offered_to().is_empty(), "whoever types nothing is away");
}

#[test]
fn only_who_serves_the_queue_is_asked() {
    let world = World::new();
    let [carla, _dora] = world.online(["Carla", "Dora"]);
    assert!(world.visitor(1).asks_in("desk").offered_to().is_empty());
    assert!(world.visitor(2).asks_in("workshop").is_offered_to(&carla));
}

#[test]
fn nobody_is_given_more_than_they_have_room_for() {
    let world = World::new();
    let [anna] = world.online(["Anna"]);
    let chats: Vec<Chat> = (1..=3).map(|number| world.visitor(number).asks_for_person()).collect();
    assert_eq!(anna.load(), CAPACITY, "offers take room from the start");
    assert!(chats[2].offered_to().is_empty());
    anna.accepts(&chats[0]);
    anna.closes(&chats[0]);
    assert!(chats[2].is_offered_to(&anna), "room that is free again is filled at once");
}

#[test]
fn what_is_put_aside_takes_no_room_and_finishing_notes_does_where_it_says_so() {
    for (takes_room, load) in [(true, 2), (false, 1)] {
        let world = World::with(|setup| {
            conduct(setup).wrap_up_seconds = 60;
            conduct(setup).wrap_up_takes_room = takes_room;
        });
        let [anna] = world.online(["Anna"]);
        let (put_aside, closed) = (world.visitor(1).asks_for_person(), world.visitor(2).asks_for_person());
        anna.accepts(&put_aside);
        anna.accepts(&closed);
        anna.snoozes(&put_aside, 600);
        assert_eq!(anna.load(), 1);
        anna.closes(&closed);
        let next = world.visitor(3).asks_for_person();
        assert!(next.is_offered_to(&anna));
        assert_eq!(anna.load(), load, "wrap_up_takes_room: {takes_room}");
    }
}

#[test]
fn what_weighs_more_needs_more_room() {
    let world = World::with(|setup| desk(setup).weight = 2);
    let [anna] = world.online(["Anna"]);
    let first = world.visitor(1).asks_for_person();
    let second = world.visitor(2).asks_for_person();
    assert!(first.is_offered_to(&anna) && second.offered_to().is_empty());
    assert_eq!(anna.load(), 2);
}

#[test]
fn who_lacks_a_skill_or_its_level_is_not_asked() {
    let world = World::with(|setup| {
        skill(setup, "Anna", "repairs", 1);
        skill(setup, "Ben", "repairs", 3);
        desk(setup).needs = vec![need("repairs", 2)];
    });
    let [_anna, ben] = world.online(["Anna", "Ben"]);
    let first = world.visitor(1).asks_for_person();
    let second = world.visitor(2).asks_for_person();
    assert!(first.is_offered_to(&ben) && second.is_offered_to(&ben));
}

#[test]
fn languages_are_needed_like_skills() {
    let world = World::with(|setup| {
        setup.agents.get_mut(&crate::world::agent_id("Ben")).unwrap().languages.insert("fr".to_owned(), 4);
        desk(setup).needs =
            vec![Need { subject: Subject::Language("fr".to_owned()), level: 4, mandatory: true }];
    });
    let [_anna, ben] = world.online(["Anna", "Ben"]);
    assert!(world.visitor(1).asks_for_person().is_offered_to(&ben));
}

#[test]
fn a_queue_bounds_what_one_agent_has_of_it_until_they_have_less() {
    let world = World::with(|setup| desk(setup).agent_limit = Some(1));
    let [anna] = world.online(["Anna"]);
    let (first, second) = (world.visitor(1).asks_for_person(), world.visitor(2).asks_for_person());
    assert!(first.is_offered_to(&anna) && second.offered_to().is_empty());
    anna.accepts(&first);
    assert!(second.offered_to().is_empty());
    anna.closes(&first);
    assert!(second.is_offered_to(&anna), "a bound ends with what it was reached by");
}

#[test]
fn fairness_bounds_what_one_agent_is_given_of_a_queue_in_a_while() {
    let world = World::with(|setup| {
        automatic(setup);
        desk(setup).fairness = Some(Fairness { most: 1, within_seconds: 60 });
        workshop(setup).team = Some(crate::world::team("desk"));
    });
    let [anna] = world.online(["Anna"]);
    let (first, second) = (world.visitor(1).asks_for_person(), world.visitor(2).asks_for_person());
    assert!(first.is_of(&anna) && second.owner().is_none());
    let other = world.visitor(3).asks_in("workshop");
    assert!(other.is_of(&anna), "another queue is not bounded by it");
    anna.closes(&other);
    world.wait(59);
    assert!(second.owner().is_none());
    world.restart();
    anna.connects();
    assert!(second.owner().is_none(), "a restart forgives nothing");
    world.wait(1);
    assert!(second.is_of(&anna));
}

#[test]
fn what_somebody_is_asked_counts_as_given_while_they_may_accept_it() {
    let world = World::with(|setup| desk(setup).fairness = Some(Fairness { most: 1, within_seconds: 60 }));
    let [anna] = world.online(["Anna"]);
    let (first, second) = (world.visitor(1).asks_for_person(), world.visitor(2).asks_for_person());
    assert!(first.is_offered_to(&anna) && second.offered_to().is_empty());
    anna.declines(&first);
    assert!(second.is_offered_to(&anna));
}

#[test]
fn who_is_preferred_is_given_no_more_than_is_fair_either() {
    let world = World::with(|setup| desk(setup).agent_limit = Some(1));
    let [anna] = world.online(["Anna"]);
    let known = world.visitor(1).asks_for_person();
    anna.accepts(&known);
    anna.closes(&known);
    let other = world.visitor(2).asks_for_person();
    anna.accepts(&other);
    let again = world.visitor(1).asks_for_person();
    assert!(again.offered_to().is_empty(), "they are held for her as if she had no room");
    anna.closes(&other);
    assert!(again.is_offered_to(&anna));
}

#[test]
fn each_strategy_chooses_whom_it_says() {
    for (by, chosen) in [
        (What::RoundRobin, Some("Anna")),
        (What::LeastOpen, Some("Ben")),
        (What::MostAvailable, Some("Ben")),
        (What::LongestIdle, Some("Ben")),
        (What::BestSkill, Some("Ben")),
        (What::Manual, None),
    ] {
        let world = World::with(|setup| {
            desk(setup).strategy.by = by;
            desk(setup).needs = vec![need("repairs", 1)];
            workshop(setup).team = Some(crate::world::team("desk"));
            setup.agents.get_mut(&crate::world::agent_id("Ben")).unwrap().capacity = 9;
            skill(setup, "Anna", "repairs", 3);
            skill(setup, "Ben", "repairs", 5);
        });
        // Anna was asked before Ben, ended a conversation after him and has one still; he has more room and knows more.
        let [anna] = world.online(["Anna"]);
        let annas: Vec<Chat> = (1..=2).map(|number| world.visitor(number).asks_in("workshop")).collect();
        annas.iter().for_each(|chat| anna.accepts(chat));
        let [ben] = world.online(["Ben"]);
        world.wait(1);
        let bens = world.visitor(3).asks_in("workshop");
        ben.accepts(&bens);
        ben.closes(&bens);
        world.wait(1);
        anna.closes(&annas[0]);
        let offered = world.visitor(7).asks_in("desk").offered_to();
        assert_eq!(offered, chosen.map(crate::world::agent_id).into_iter().collect::<Vec<_>>(), "{by:?}");
    }
}

#[test]
fn ties_go_to_who_has_gone_longest_without_being_asked_then_to_the_smaller_id() {
    for by in [What::RoundRobin, What::LeastOpen, What::MostAvailable, What::LongestIdle, What::BestSkill] {
        let world = World::with(|setup| desk(setup).strategy.by = by);
        let [anna, ben] = world.online(["Anna", "Ben"]);
        let first = world.visitor(1).asks_for_person();
        assert!(first.is_offered_to(&anna), "{by:?}");
        world.visitor(1).stops_waiting().unwrap();
        world.wait(1);
        assert!(world.visitor(2).asks_for_person().is_offered_to(&ben), "{by:?}");
    }
}

#[test]
fn who_cannot_take_one_keeps_their_turn() {
    let world = World::new();
    let [anna, ben] = world.online(["Anna", "Ben"]);
    anna.chooses(AgentStatus::Busy);
    assert!(world.visitor(1).asks_for_person().is_offered_to(&ben));
    world.wait(1);
    anna.chooses(AgentStatus::Online);
    assert!(world.visitor(2).asks_for_person().is_offered_to(&anna));
}

#[test]
fn higher_tiers_come_first_and_never_is_never() {
    let tier = |setup: &mut Setup, name: &str, tier| {
        setup.agents.get_mut(&crate::world::agent_id(name)).unwrap().tier = tier;
    };
    let world = World::with(|setup| {
        desk(setup).strategy = Strategy { tiered: true, ..Strategy::default() };
        tier(setup, "Anna", Tier::Low);
        tier(setup, "Ben", Tier::High);
    });
    let [anna, ben] = world.online(["Anna", "Ben"]);
    let offered: Vec<_> =
        (1..=3).map(|number| world.visitor(number).asks_for_person().offered_to()).collect();
    assert_eq!(offered, [[ben.id], [ben.id], [anna.id]]);
    let world = World::with(|setup| {
        desk(setup).strategy = Strategy { tiered: true, ..Strategy::default() };
        tier(setup, "Anna", Tier::Never);
    });
    let [anna] = world.online(["Anna"]);
    let chat = world.visitor(1).asks_for_person();
    assert!(chat.offered_to().is_empty());
    anna.accepts(&chat);
}

#[test]
fn a_returning_agent_is_first_in_turn_and_fairness_caps_what_they_get() {
    let world = World::with(|setup| {
        automatic(setup);
        desk(setup).fairness = Some(Fairness { most: 1, within_seconds: 600 });
        setup.agents.values_mut().for_each(|agent| agent.capacity = 9);
    });
    let [ben] = world.online(["Ben"]);
    assert!(world.visitor(1).asks_for_person().is_of(&ben));
    world.wait(700);
    let [anna] = world.online(["Anna"]);
    assert!(world.visitor(2).asks_for_person().is_of(&anna));
    assert!(world.visitor(3).asks_for_person().is_of(&ben));
}

fn automatic(setup: &mut Setup) {
    conduct(setup).offer = protocol::setup::OfferMode::AutoAccept;
}
