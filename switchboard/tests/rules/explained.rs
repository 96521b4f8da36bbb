//! Every decision of routing says why, and who was passed over for what reason.

use crate::world::{World, conduct, desk, fills_up, need, skill};
use protocol::setup::{Fairness, OfferMode, Strategy, Tier, What};
use protocol::{AgentStatus, PassedOver, PlanPlace};

#[test]
fn an_explanation_says_the_rule_the_place_the_age_and_who_would_have_been_next() {
    let world = World::with(|setup| desk(setup).strategy.by = What::LeastOpen);
    let chat = world.visitor(1).asks_for_person();
    let asked_at = world.now();
    world.wait(60);
    world.agent("Ben").connects();
    world.online(["Anna"]);
    let explained = chat.explained();
    assert_eq!(explained.queue, Some(crate::world::queue("desk")));
    assert_eq!((explained.strategy.as_str(), explained.step), ("least_open", PlanPlace::Step(0)));
    assert_eq!((explained.waiting_since, explained.ready, explained.next), (asked_at, 1, None));
    let chat = world.visitor(2).asks_for_person();
    world.agent("Anna").declines(&chat);
    let [ben] = world.online(["Ben"]);
    let next = world.visitor(3).asks_for_person().explained();
    assert_eq!((next.ready, next.next), (2, Some(ben.id)));
    assert!(chat.is_offered_to(&ben));
}

/// How it is set up, what comes before, and for what reason Anna is passed over then.
type Case = (fn(&mut protocol::setup::Setup), fn(&World), PassedOver);

#[test]
fn each_reason_for_passing_somebody_over_is_named() {
    let cases: [Case; 9] = [
        (|_| {}, |_| {}, PassedOver::Offline),
        (|_| {}, |world| status(world, AgentStatus::Busy), PassedOver::Busy),
        (|_| {}, |world| status(world, AgentStatus::Away), PassedOver::Away),
        (
            |_| {},
            |world| {
                world.online(["Anna"]);
                world.visitor(50).asks_for_person();
                world.wait(30);
                world.visitor(50).stops_waiting().unwrap();
            },
            PassedOver::NotResponding,
        ),
        (
            |_| {},
            |world| {
                let [anna] = world.online(["Anna"]);
                fills_up(world, &anna);
            },
            PassedOver::Full,
        ),
        (
            |setup| {
                skill(setup, "Ben", "repairs", 1);
                desk(setup).needs = vec![need("repairs", 1)];
            },
            |world| drop(world.online(["Anna"])),
            PassedOver::Skill,
        ),
        (
            |setup| {
                setup.agents.get_mut(&crate::world::agent_id("Anna")).unwrap().tier = Tier::Never;
                desk(setup).strategy = Strategy { tiered: true, ..Strategy::default() };
            },
            |world| drop(world.online(["Anna"])),
            PassedOver::Never,
        ),
        (
            |setup| desk(setup).agent_limit = Some(1),
            |world| {
                world.online(["Anna"]);
                world.visitor(50).asks_for_person();
            },
            PassedOver::QueueLimit,
        ),
        (
            |setup| {
                conduct(setup).offer = OfferMode::AutoAccept;
                desk(setup).fairness = Some(Fairness { most: 1, within_seconds: 600 });
            },
            |world| {
                world.online(["Anna"]);
                world.visitor(50).asks_for_person();
            },
            PassedOver::Fairness,
        ),
    ];
    for (set_up, before, reason) in cases {
        let world = World::with(set_up);
        before(&world);
        let chat = world.visitor(1).asks_for_person();
        assert!(chat.offered_to().is_empty() && chat.owner().is_none(), "{reason:?}");
        world.online(["Ben"]);
        let explained = chat.explained();
        assert!(explained.passed.contains(&(world.agent("Anna").id, reason)), "{reason:?}: {explained:?}");
    }
}

#[test]
fn who_let_it_go_is_named_first() {
    let world = World::new();
    let [anna, _ben] = world.online(["Anna", "Ben"]);
    let chat = world.visitor(1).asks_for_person();
    anna.declines(&chat);
    assert_eq!(chat.explained().passed, [(anna.id, PassedOver::LetGo)]);
    assert_eq!(chat.explained().ready, 1, "who let it go could not take it");
}

#[test]
fn the_preferred_agent_is_named_when_another_gets_it() {
    let world = World::new();
    let [anna] = world.online(["Anna"]);
    let chat = world.visitor(1).asks_for_person();
    anna.accepts(&chat);
    anna.closes(&chat);
    anna.chooses(AgentStatus::Away);
    let [_ben] = world.online(["Ben"]);
    let chat = world.visitor(1).asks_for_person();
    assert_eq!(chat.explained().passed, [(anna.id, PassedOver::Away)]);
}

#[test]
fn of_a_large_team_some_are_named_and_all_are_counted() {
    let world = World::with(|setup| {
        let team = crate::world::team("desk");
        for number in 0..40_u128 {
            let id = protocol::AgentId(uuid::Uuid::from_u128(100 + number));
            setup.agents.insert(id, protocol::setup::AgentSetup::named(format!("Temp {number}")));
            setup.teams.get_mut(&team).unwrap().members.insert(id);
        }
    });
    let [_anna] = world.online(["Anna"]);
    let explained = world.visitor(1).asks_for_person().explained();
    assert_eq!(explained.passed.len(), 20);
    assert_eq!(explained.unavailable, [(PassedOver::Offline, 41)].into());
}

#[test]
fn what_is_given_at_once_is_explained_like_what_is_offered() {
    let world = World::with(|setup| conduct(setup).offer = OfferMode::AutoAccept);
    world.online(["Anna"]);
    let explained = world.visitor(1).asks_for_person().explained();
    assert_eq!((explained.strategy.as_str(), explained.ready), ("round_robin", 1));
}

fn status(world: &World, status: AgentStatus) {
    let [anna] = world.online(["Anna"]);
    anna.chooses(status);
}
