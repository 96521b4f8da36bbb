//! What the assistant says of whom it wants: skills, a language, a person.

use crate::world::{Chat, World, desk, need, office_hours, plan_step, skill, to_team, transfer};
use protocol::setup::{Need, PlanStep, Setup, Sticky, Strategy, Tier, What};
use protocol::{AgentStatus, HandOff};

#[test]
fn what_the_assistant_says_is_needed_is_needed_besides_what_the_queue_needs() {
    let world = World::with(|setup| {
        desk(setup).needs = vec![need("billing", 1)];
        for (name, repairs) in [("Anna", 1), ("Ben", 3)] {
            skill(setup, name, "billing", 1);
            skill(setup, name, "repairs", repairs);
        }
    });
    let [_anna, ben] = world.online(["Anna", "Ben"]);
    let chat = asks(&world, |hand_off| hand_off.needs = vec![need("repairs", 2)]);
    assert!(chat.is_offered_to(&ben));
}

#[test]
fn what_nobody_of_the_queue_knows_is_only_wished() {
    let world = World::with(|setup| skill(setup, "Carla", "repairs", 5));
    let [anna] = world.online(["Anna"]);
    let chat = asks(&world, |hand_off| hand_off.needs = vec![need("repairs", 1), need("nonsense", 5)]);
    assert!(chat.is_offered_to(&anna), "Carla does not serve the queue");
}

#[test]
fn what_is_only_wished_decides_where_the_best_skilled_come_first() {
    for (by, expected) in [(What::RoundRobin, "Anna"), (What::BestSkill, "Ben")] {
        let world = World::with(|setup| {
            desk(setup).strategy.by = by;
            skill(setup, "Ben", "repairs", 3);
        });
        world.online(["Anna", "Ben"]);
        let wished = Need { mandatory: false, ..need("repairs", 5) };
        let chat = asks(&world, |hand_off| hand_off.needs = vec![wished.clone()]);
        assert!(chat.is_offered_to(&world.agent(expected)), "{by:?}");
    }
}

#[test]
fn what_a_step_drops_is_wished_still() {
    let world = World::with(|setup| {
        skill(setup, "Anna", "repairs", 1);
        skill(setup, "Ben", "repairs", 4);
        desk(setup).strategy.by = What::BestSkill;
        desk(setup).needs = vec![need("repairs", 5)];
        let drops = vec![need("repairs", 5).subject];
        desk(setup).plan = vec![
            plan_step(&["Anna", "Ben"], Some(10)),
            PlanStep { drop_needs: drops, ..plan_step(&["Anna", "Ben"], None) },
        ];
    });
    let [_anna, ben] = world.online(["Anna", "Ben"]);
    let chat = world.visitor(1).asks_for_person();
    assert!(chat.offered_to().is_empty());
    world.wait(10);
    assert!(chat.is_offered_to(&ben));
}

#[test]
fn who_speaks_the_visitors_language_is_asked_where_somebody_does() {
    for (tag, expected) in [("fr", "Ben"), ("fr-CA", "Ben"), ("fi", "Anna")] {
        let world = World::with(|setup| speaks(setup, "Ben", "fr"));
        world.online(["Anna", "Ben"]);
        let chat = asks(&world, |hand_off| hand_off.language = Some(tag.to_owned()));
        assert!(chat.is_offered_to(&world.agent(expected)), "{tag}");
    }
}

#[test]
fn what_is_needed_goes_along_when_it_is_passed_on() {
    let world = World::with(|setup| {
        speaks(setup, "Carla", "fr");
        let dora = crate::world::agent_id("Dora");
        setup.teams.get_mut(&crate::world::team("workshop")).unwrap().members.insert(dora);
    });
    let [sam, dora] = world.online(["Sam", "Dora"]);
    let chat = asks(&world, |hand_off| hand_off.language = Some("fr".to_owned()));
    sam.does(&chat, transfer(to_team("workshop")));
    assert!(chat.offered_to().is_empty(), "Dora speaks no French");
    let [carla] = world.online(["Carla"]);
    assert!(chat.is_offered_to(&carla) && dora.load() == 0);
}

#[test]
fn whom_the_assistant_names_is_asked_first_and_waited_for_a_while() {
    let world = World::with(|setup| desk(setup).sticky = Some(Sticky { days: 7, wait_seconds: 20 }));
    let [anna, ben] = world.online(["Anna", "Ben"]);
    ben.chooses(AgentStatus::Busy);
    let chat = asks(&world, |hand_off| hand_off.agent = Some("ben".to_owned()));
    assert!(chat.offered_to().is_empty());
    world.wait(20);
    assert!(chat.is_offered_to(&anna));
    ben.chooses(AgentStatus::Online);
    let chat = asks(&world, |hand_off| hand_off.agent = Some("Carla".to_owned()));
    assert!(!chat.offered_to().is_empty(), "she is not there");
    let [carla] = world.online(["Carla"]);
    world.visitor(9).ends().unwrap();
    let chat = asks(&world, |hand_off| hand_off.agent = Some("Carla".to_owned()));
    assert!(chat.is_offered_to(&carla), "whatever she serves");
    world.visitor(9).ends().unwrap();
    let chat = asks(&world, |hand_off| hand_off.agent = Some("Nobody".to_owned()));
    assert!(!chat.is_offered_to(&carla) && !chat.offered_to().is_empty());
}

#[test]
fn a_hand_off_has_bounds() {
    type Wrong = fn(&mut HandOff);
    let wrongs: [Wrong; 4] = [
        |hand_off| hand_off.needs = vec![need("repairs", 6)],
        |hand_off| hand_off.needs = vec![need("repairs", 1); 17],
        |hand_off| hand_off.language = Some(String::new()),
        |hand_off| hand_off.agent = Some("x".repeat(257)),
    ];
    let world = World::new();
    for wrong in wrongs {
        let refused = world.visitor(9).tries_to_ask(wrong);
        assert_eq!(refused.err(), Some(protocol::RefusalCode::Malformed));
    }
}

#[test]
fn where_agents_pick_nobody_is_asked_however_well_they_are_known() {
    let world = known_to_anna(|setup| desk(setup).strategy.by = What::Manual);
    let chat = world.visitor(1).asks_for_person();
    assert!(chat.offered_to().is_empty());
    world.agent("Ben").accepts(&chat);
}

#[test]
fn who_had_the_visitor_is_preferred_only_where_the_queue_would_ask_them() {
    type Change = fn(&mut Setup);
    let changes: [Change; 2] = [
        |setup| {
            skill(setup, "Ben", "repairs", 2);
            desk(setup).needs = vec![need("repairs", 2)];
        },
        |setup| {
            setup.agents.get_mut(&crate::world::agent_id("Anna")).unwrap().tier = Tier::Never;
            desk(setup).strategy = Strategy { tiered: true, ..Strategy::default() };
        },
    ];
    for (at, change) in changes.into_iter().enumerate() {
        let world = known_to_anna(|_| {});
        world.set_up(change);
        let chat = world.visitor(1).asks_for_person();
        assert!(chat.is_offered_to(&world.agent("Ben")), "change {at}");
    }
}

#[test]
fn a_widening_step_asks_those_of_all_steps_before() {
    let world = World::with(|setup| {
        desk(setup).plan = vec![
            plan_step(&["Anna"], Some(10)),
            plan_step(&["Ben"], Some(10)),
            PlanStep { widen: true, ..plan_step(&["Carla"], None) },
        ];
    });
    let chat = world.visitor(1).asks_for_person();
    world.wait(20);
    let [anna] = world.online(["Anna"]);
    assert!(chat.is_offered_to(&anna));
}

#[test]
fn what_was_wrongly_silenced_is_not_turned_away_when_it_is_back() {
    let world = World::with(|setup| {
        desk(setup).hours = Some(office_hours(setup));
        desk(setup).when_closed = protocol::Outlet::Close;
        desk(setup).max_length = Some(1);
        desk(setup).overflow = protocol::Outlet::Close;
    });
    let sam = world.agent("Sam");
    sam.connects();
    let chat = world.visitor(1).asks_for_person();
    sam.does(&chat, protocol::Act::MarkSpam);
    let other = world.visitor(2).asks_for_person();
    world.wait(8 * 3_600);
    sam.does(&chat, protocol::Act::UnmarkSpam);
    assert_eq!(chat.state(), protocol::ConversationState::Queued, "it came while it was open and not full");
    assert_eq!(other.state(), protocol::ConversationState::Queued);
}

fn asks(world: &World, change: impl FnOnce(&mut HandOff)) -> Chat {
    world.visitor(9).tries_to_ask(change).expect("a visitor may always ask for a person")
}

fn speaks(setup: &mut Setup, name: &str, tag: &str) {
    let agent = setup.agents.get_mut(&crate::world::agent_id(name)).expect("they are set up");
    agent.languages.insert(tag.to_owned(), 3);
}

/// Visitor 1 was Anna's last; Anna and Ben are online.
fn known_to_anna(change: impl FnOnce(&mut Setup)) -> World {
    let world = World::with(change);
    let [anna] = world.online(["Anna"]);
    let chat = world.visitor(1).asks_for_person();
    anna.accepts(&chat);
    anna.closes(&chat);
    world.online(["Ben"]);
    world
}
