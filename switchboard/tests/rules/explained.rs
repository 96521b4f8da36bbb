//! Every decision of routing says why, and who was passed over for what reason.

use crate::world::{World, conduct, desk, fills_up, need, skill, workshop};
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

#[test]
fn everybody_of_a_team_is_counted_once_by_what_stands_in_their_way() {
    let world = World::with(|setup| {
        setup.teams.get_mut(&crate::world::team("desk")).unwrap().members =
            ["Anna", "Ben", "Carla", "Dora"].map(crate::world::agent_id).into();
        desk(setup).needs = vec![need("repairs", 1)];
        desk(setup).weight = 2;
        for name in ["Anna", "Ben", "Dora"] {
            skill(setup, name, "repairs", 1);
        }
        workshop(setup).team = Some(crate::world::team("workshop"));
    });
    let [anna, ben] = world.online(["Anna", "Ben"]);
    let sam = world.agent("Sam");
    sam.connects();
    let small = world.visitor(2).asks_in("workshop");
    sam.does(&small, protocol::Act::Assign { to: ben.target(), even_if_unavailable: true });
    let chat = world.visitor(1).asks_for_person();
    anna.declines(&chat);
    let waits = world.ask(|board| board.explanation(chat.id)).expect("it is looked for");
    let expected = [(PassedOver::LetGo, 1), (PassedOver::Full, 1), (PassedOver::Offline, 2)];
    assert_eq!(waits.unavailable, expected.into(), "Ben has room for one of two, and Carla is counted once");
}

#[test]
fn where_tiers_count_only_who_is_never_asked_is_told_as_that() {
    let world = World::with(|setup| {
        desk(setup).strategy = Strategy { tiered: true, ..Strategy::default() };
        desk(setup).plan = vec![crate::world::plan_step(&["Anna", "Ben"], None)];
        setup.agents.get_mut(&crate::world::agent_id("Ben")).unwrap().tier = Tier::Never;
    });
    world.online(["Ben"]);
    let chat = world.visitor(1).asks_for_person();
    let waits = world.ask(|board| board.explanation(chat.id)).expect("it is looked for");
    assert_eq!(waits.unavailable, [(PassedOver::Never, 1), (PassedOver::Offline, 1)].into());
}

#[test]
fn what_a_queue_gives_to_somebody_and_what_comes_back_is_explained_too() {
    let world = World::with(|setup| {
        setup.rules.reopen_seconds = 600;
        desk(setup).max_wait_seconds = Some(10);
        desk(setup).overflow = protocol::Outlet::Agent(crate::world::agent_id("Sam"));
    });
    let [sam] = world.online(["Sam"]);
    let chat = world.visitor(1).asks_for_person();
    world.wait(10);
    assert!(chat.is_of(&sam));
    assert_eq!((chat.explained().strategy.as_str(), chat.explained().ready), ("overflow", 1));
    sam.closes(&chat);
    world.visitor(1).says("One more thing");
    assert!(chat.is_of(&sam));
    assert_eq!(chat.explained().strategy, "returned");
}

#[test]
fn where_agents_pick_it_says_how_many_could() {
    let world = World::with(|setup| {
        setup.teams.get_mut(&crate::world::team("desk")).unwrap().members =
            ["Anna", "Ben", "Carla", "Dora"].map(crate::world::agent_id).into();
        desk(setup).strategy.by = What::Manual;
    });
    let [_anna, ben, carla] = world.online(["Anna", "Ben", "Carla"]);
    ben.chooses(AgentStatus::Busy);
    fills_up(&world, &carla);
    let chat = world.visitor(1).asks_for_person();
    let waits = world.ask(|board| board.explanation(chat.id)).expect("somebody can pick it");
    assert_eq!(
        (waits.strategy.as_str(), waits.ready, waits.next),
        ("manual", 2, None),
        "who is busy may pick"
    );
    assert_eq!(waits.unavailable, [(PassedOver::Full, 1), (PassedOver::Offline, 1)].into());
    assert_eq!(waits.passed[0], (carla.id, PassedOver::Full));
    ben.accepts(&chat);
    assert!(chat.is_of(&ben), "as it said");
}

#[test]
fn who_speaks_another_language_is_passed_over_for_that_and_not_for_a_skill() {
    let world = World::with(|setup| {
        let speaks = |setup: &mut protocol::setup::Setup, name| {
            let agent = setup.agents.get_mut(&crate::world::agent_id(name)).unwrap();
            agent.languages.insert("fr".to_owned(), 3);
        };
        speaks(setup, "Ben");
        speaks(setup, "Carla");
        skill(setup, "Ben", "repairs", 1);
        skill(setup, "Anna", "repairs", 1);
        setup.teams.get_mut(&crate::world::team("desk")).unwrap().members =
            ["Anna", "Ben", "Carla"].map(crate::world::agent_id).into();
        desk(setup).needs = vec![need("repairs", 1)];
    });
    world.online(["Anna", "Carla"]);
    let asks = |hand_off: &mut protocol::HandOff| hand_off.language = Some("fr".to_owned());
    let chat = world.visitor(1).tries_to_ask(asks).unwrap();
    let waits = world.ask(|board| board.explanation(chat.id)).expect("it is looked for");
    let expected = [(PassedOver::Offline, 1), (PassedOver::Skill, 1), (PassedOver::Language, 1)];
    assert_eq!(waits.unavailable, expected.into());
    assert!(waits.passed.contains(&(world.agent("Anna").id, PassedOver::Language)), "{waits:?}");
}

#[test]
fn what_is_held_for_one_person_says_why_them() {
    let world = World::with(|setup| setup.rules.auto_close.after_seconds = None);
    let [anna, ben] = world.online(["Anna", "Ben"]);
    let asks_for = |name: &str| {
        let name = Some(name.to_owned());
        let chat = world.visitor(1).tries_to_ask(move |hand_off| hand_off.agent = name).unwrap();
        let rule = chat.explained().strategy;
        assert_eq!(chat.explained().step, PlanPlace::Preferred(0));
        (chat, rule)
    };
    let (chat, rule) = asks_for("Ben");
    assert_eq!(rule, "asked_for");
    ben.accepts(&chat);
    ben.closes(&chat);
    let chat = world.visitor(1).asks_for_person();
    assert_eq!((chat.explained().strategy.as_str(), chat.is_offered_to(&ben)), ("sticky", true));
    ben.accepts(&chat);
    let sam = world.agent("Sam");
    sam.connects();
    sam.does(&chat, protocol::Act::Dedicate { to: Some(anna.id) });
    ben.closes(&chat);
    let (chat, rule) = asks_for("Ben");
    assert_eq!((rule.as_str(), chat.is_offered_to(&anna)), ("dedicated", true));
}

#[test]
fn what_a_person_gives_to_another_says_that_they_were_named() {
    let world = World::new();
    let [anna, ben] = world.online(["Anna", "Ben"]);
    let sam = world.agent("Sam");
    sam.connects();
    let chat = world.visitor(1).asks_for_person();
    sam.does(&chat, protocol::Act::Assign { to: anna.target(), even_if_unavailable: true });
    assert_eq!((chat.explained().strategy.as_str(), chat.is_of(&anna)), ("named", true));
    anna.transfers(&chat, ben.target());
    ben.accepts(&chat);
    let protocol::Happening::Assigned { routed: Some(routed), .. } = chat.last("assigned").happening else {
        panic!("it does not say why it is Ben's");
    };
    assert_eq!((routed.strategy.as_str(), routed.step), ("named", PlanPlace::Step(0)));
}

fn status(world: &World, status: AgentStatus) {
    let [anna] = world.online(["Anna"]);
    anna.chooses(status);
}
