//! Matching happens when something changes: a conversation comes to wait, or somebody can take more than before.

use crate::world::{Chat, World, agent_id, conduct, desk, plan_step, queue, skill, team, workshop};
use protocol::setup::{Need, OfferMode, Setup, Subject};
use protocol::{AgentStatus, SkillId, Target};

#[test]
fn what_comes_to_wait_is_matched_at_once() {
    let world = World::new();
    let [anna] = world.online(["Anna"]);
    let before = world.now();
    let chat = world.visitor(1).asks_for_person();
    assert!(chat.is_offered_to(&anna));
    assert_eq!(chat.last("offered").at, before);
}

#[test]
fn whoever_comes_online_is_asked_for_what_waits_longest() {
    let world = World::new();
    let chats = waiting(&world, 3);
    let [anna] = world.online(["Anna"]);
    assert!(chats[0].is_offered_to(&anna) && chats[1].is_offered_to(&anna));
    assert!(chats[2].offered_to().is_empty());
}

#[test]
fn a_change_of_setup_that_makes_somebody_eligible_is_enough() {
    let changes: [fn(&mut Setup); 3] = [
        |setup| setup.teams.get_mut(&team("desk")).unwrap().members.extend([agent_id("Carla")]),
        |setup| desk(setup).needs.clear(),
        |setup| skill(setup, "Anna", "repairs", 2),
    ];
    for (at, change) in changes.into_iter().enumerate() {
        let world = World::with(|setup| {
            skill(setup, "Ben", "repairs", 2);
            skill(setup, "Carla", "repairs", 2);
            let skill = SkillId::new("repairs").unwrap();
            desk(setup).needs = vec![Need { subject: Subject::Skill(skill), level: 2, mandatory: true }];
        });
        world.online(["Anna", "Carla"]);
        let chat = world.visitor(1).asks_for_person();
        assert!(chat.offered_to().is_empty());
        world.set_up(change);
        assert!(!chat.offered_to().is_empty(), "change {at}");
    }
}

#[test]
fn more_room_is_filled_and_less_room_evicts_nobody() {
    let capacity = |setup: &mut Setup, capacity| {
        setup.agents.get_mut(&agent_id("Anna")).unwrap().capacity = capacity;
    };
    let world = World::new();
    let [anna] = world.online(["Anna"]);
    let chats = waiting(&world, 4);
    world.set_up(|setup| capacity(setup, 3));
    assert_eq!(anna.load(), 3);
    chats[..3].iter().for_each(|chat| anna.accepts(chat));
    world.set_up(|setup| capacity(setup, 1));
    assert_eq!(anna.load(), 3, "nothing is taken away");
    anna.closes(&chats[0]);
    anna.closes(&chats[1]);
    assert!(chats[3].offered_to().is_empty(), "nothing new while there is no room");
    anna.closes(&chats[2]);
    assert!(chats[3].is_offered_to(&anna));
}

#[test]
fn a_second_queue_comes_after_all_others_however_long_it_waits() {
    for (secondary, first) in [(false, "workshop"), (true, "desk")] {
        let world = World::with(|setup| {
            workshop(setup).team = Some(team("desk"));
            if secondary {
                workshop(setup).secondary_for = [agent_id("Anna")].into();
            }
            setup.agents.get_mut(&agent_id("Anna")).unwrap().capacity = 1;
        });
        let old = world.visitor(1).asks_in("workshop");
        world.wait(600);
        let new = world.visitor(2).asks_in("desk");
        let [anna] = world.online(["Anna"]);
        let taken = if old.is_offered_to(&anna) { "workshop" } else { "desk" };
        assert_eq!(taken, first);
        assert_ne!(old.is_offered_to(&anna), new.is_offered_to(&anna));
    }
}

#[test]
fn two_freed_slots_are_filled_in_the_order_of_all_three_queues() {
    let world = World::with(|setup| {
        conduct(setup).offer = OfferMode::AutoAccept;
        workshop(setup).team = Some(team("desk"));
        let third = protocol::setup::QueueSetup::of_team("Third", team("desk"));
        setup.queues.insert(queue("third"), third);
    });
    let [anna] = world.online(["Anna"]);
    let mine: Vec<Chat> = (1..=2).map(|number| world.visitor(number).asks_for_person()).collect();
    let names = ["third", "desk", "workshop"];
    let waiting: Vec<Chat> = (10..)
        .zip(names)
        .map(|(number, name)| {
            world.wait(1);
            world.visitor(number).asks_in(name)
        })
        .collect();
    mine.iter().for_each(|chat| anna.closes(chat));
    assert!(waiting[0].is_of(&anna) && waiting[1].is_of(&anna) && waiting[2].owner().is_none());
}

#[test]
fn nobody_is_asked_where_agents_pick() {
    let world = World::with(|setup| desk(setup).strategy.by = protocol::setup::What::Manual);
    let [anna, ben] = world.online(["Anna", "Ben"]);
    let chat = world.visitor(1).asks_for_person();
    assert!(chat.offered_to().is_empty());
    assert_eq!((anna.inbox(), ben.inbox()), (vec![chat.id], vec![chat.id]));
    ben.accepts(&chat);
    assert!(chat.is_of(&ben) && anna.inbox().is_empty());
}

#[test]
fn what_is_wanted_for_a_team_or_a_person_stands_in_their_lists_and_is_offered_to_them() {
    let world = World::new();
    let [sam, carla] = world.online(["Sam", "Carla"]);
    carla.chooses(AgentStatus::Busy);
    let chat = world.visitor(1).says("Hello");
    let to = Target::Team(team("workshop"));
    sam.does(&chat, protocol::Act::Assign { to, even_if_unavailable: false });
    assert_eq!(carla.inbox(), [chat.id]);
    carla.chooses(AgentStatus::Online);
    assert!(chat.is_offered_to(&carla));
}

#[test]
fn a_new_step_asks_whom_it_names_at_once() {
    let world = World::with(|setup| {
        desk(setup).plan = vec![plan_step(&["Anna"], Some(10)), plan_step(&["Ben"], None)];
    });
    let [ben] = world.online(["Ben"]);
    let chat = world.visitor(1).asks_for_person();
    assert!(chat.offered_to().is_empty());
    world.wait(10);
    assert!(chat.is_offered_to(&ben));
}

#[test]
fn nothing_is_due_when_nothing_waits_for_time() {
    let world = World::with(|setup| {
        conduct(setup).first_reply_seconds = 0;
        setup.rules.auto_close.after_seconds = None;
    });
    let [anna] = world.online(["Anna"]);
    let chat = world.visitor(1).asks_for_person();
    anna.accepts(&chat);
    assert_eq!(world.next_deadline(), None);
}

fn waiting(world: &World, many: u128) -> Vec<Chat> {
    let asks = |number| {
        world.wait(1);
        world.visitor(number).asks_for_person()
    };
    (1..=many).map(asks).collect()
}

#[test]
fn what_waits_follows_the_needs_the_weight_and_the_steps_of_a_new_setup() {
    let changes: [fn(&mut Setup); 3] = [
        |setup| {
            skill(setup, "Carla", "repairs", 2);
            let subject = Subject::Skill(SkillId::new("repairs").unwrap());
            desk(setup).needs = vec![Need { subject, level: 2, mandatory: true }];
        },
        |setup| desk(setup).weight = 3,
        |setup| desk(setup).plan = vec![crate::world::plan_step(&["Ben"], None)],
    ];
    for (at, change) in changes.into_iter().enumerate() {
        let world = World::new();
        let chat = world.visitor(1).asks_for_person();
        world.set_up(change);
        world.online(["Anna"]);
        assert!(chat.offered_to().is_empty(), "change {at}");
        world.restart();
        world.agent("Anna").connects();
        assert!(chat.offered_to().is_empty(), "change {at} after a restart");
    }
}

#[test]
fn what_came_while_it_was_open_stays_under_other_hours() {
    let world = World::with(|setup| {
        desk(setup).hours = Some(crate::world::office_hours(setup));
        desk(setup).when_closed = protocol::Outlet::Close;
    });
    let chat = world.visitor(1).asks_for_person();
    world.set_up(|setup| {
        let calendar = setup.calendars.values_mut().next().unwrap();
        calendar.week = std::array::from_fn(|_| Vec::new());
    });
    assert_eq!(chat.state(), protocol::ConversationState::Queued);
}
