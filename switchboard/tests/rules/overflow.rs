//! What a queue does not keep: because it is full, closed, empty, or has kept it for too long.

use crate::world::{Chat, World, agent_id, desk, office_hours, plan_step, queue, team, workshop};
use protocol::setup::Setup;
use protocol::{ClosingSource, ConversationState, Happening, Outlet, OverflowWhy, Told};

#[test]
fn each_outlet_leads_where_it_says() {
    let anna = agent_id("Anna");
    for (outlet, state, story) in [
        (Outlet::Wait, ConversationState::Queued, vec![]),
        (Outlet::Queue(queue("workshop")), ConversationState::Queued, vec!["overflowed", "queued"]),
        (Outlet::Agent(anna), ConversationState::Open, vec!["overflowed", "assigned"]),
        (Outlet::Assistant, ConversationState::Automated, vec!["overflowed", "returned_to_assistant"]),
        (Outlet::LeaveMessage, ConversationState::Queued, vec!["overflowed", "parked"]),
        (Outlet::Close, ConversationState::Closed, vec!["overflowed", "closed"]),
    ] {
        let world = World::with(|setup| {
            desk(setup).max_wait_seconds = Some(100);
            desk(setup).overflow = outlet.clone();
        });
        let chat = world.visitor(1).asks_for_person();
        let number = chat.number();
        world.wait(99);
        assert_eq!(chat.number(), number, "{outlet:?} too early");
        world.wait(1);
        assert_eq!((chat.state(), chat.since(number)), (state, story), "{outlet:?}");
    }
}

#[test]
fn a_person_named_as_outlet_gets_it_whatever_they_have() {
    let world = World::with(|setup| {
        desk(setup).max_wait_seconds = Some(1);
        desk(setup).overflow = Outlet::Agent(agent_id("Carla"));
        setup.agents.get_mut(&agent_id("Carla")).unwrap().capacity = 0;
    });
    let chat = world.visitor(1).asks_for_person();
    world.wait(1);
    assert!(chat.is_of(&world.agent("Carla")));
}

#[test]
fn the_plans_end_overflows_and_the_age_is_kept() {
    let world = World::with(|setup| {
        desk(setup).plan = vec![plan_step(&["Anna"], Some(60))];
        desk(setup).overflow = Outlet::Queue(queue("workshop"));
    });
    let chat = world.visitor(1).asks_for_person();
    let asked_at = world.now();
    world.wait(60);
    assert_eq!(chat.queue(), Some(queue("workshop")));
    assert_eq!(chat.summary().waiting_since, Some(asked_at));
    assert_eq!(why(&chat), OverflowWhy::PlanEnded);
}

#[test]
fn more_than_may_wait_overflow_at_once_unless_somebody_could_take_them() {
    let world = World::with(|setup| {
        desk(setup).max_length = Some(1);
        desk(setup).overflow = Outlet::Assistant;
    });
    let first = world.visitor(1).asks_for_person();
    let second = world.visitor(2).asks_for_person();
    assert_eq!((first.state(), second.state()), (ConversationState::Queued, ConversationState::Automated));
    assert_eq!(why(&second), OverflowWhy::Full);
    let [anna] = world.online(["Anna"]);
    assert!(first.is_offered_to(&anna));
    assert!(world.visitor(3).asks_for_person().is_offered_to(&anna), "nobody is sent away who is answered");
}

#[test]
fn what_is_left_as_a_message_fills_no_queue_and_stands_in_nobodys_way() {
    let world = World::with(|setup| {
        desk(setup).max_length = Some(1);
        desk(setup).overflow = Outlet::LeaveMessage;
        desk(setup).leaving_message = Some("Please leave a message.".to_owned());
    });
    let first = world.visitor(1).asks_for_person();
    let parked: Vec<Chat> = (2..=4).map(|number| world.visitor(number).asks_for_person()).collect();
    assert!(parked.iter().all(|chat| chat.summary().parked && chat.place().is_none()));
    assert_eq!(first.place(), Some(1));
    let [anna] = world.online(["Anna"]);
    assert!(first.is_offered_to(&anna) && parked[0].offered_to().is_empty(), "it is for somebody to pick");
    assert_eq!(anna.inbox().len(), 4);
    let told = parked[0].last("parked").for_visitor().unwrap().told;
    assert_eq!(told, Told::LeaveMessage { message: "Please leave a message.".to_owned() });
    assert_eq!(parked[0].count("said"), 0, "the visitor is told once");
    anna.accepts(&parked[0]);
    assert!(parked[0].is_of(&anna));
}

#[test]
fn a_parked_message_waits_whether_or_not_its_visitor_stays() {
    let world = World::with(|setup| {
        desk(setup).max_wait_seconds = Some(1);
        desk(setup).overflow = Outlet::LeaveMessage;
    });
    let chat = world.visitor(1).asks_for_person();
    world.wait(1);
    world.visitor(1).leaves();
    world.wait(86_400);
    world.restart();
    world.wait(86_400);
    assert!(chat.summary().parked);
}

#[test]
fn outside_hours_a_queue_does_as_it_says_then() {
    for (hours_later, state) in [(0, ConversationState::Queued), (8, ConversationState::Automated)] {
        let world = World::with(closed_to(Outlet::Assistant));
        world.wait(hours_later * 3_600);
        let chat = world.visitor(1).asks_for_person();
        assert_eq!(chat.state(), state);
    }
    let world = World::with(closed_to(Outlet::Close));
    world.wait(8 * 3_600);
    let chat = world.visitor(1).asks_for_person();
    assert_eq!(why(&chat), OverflowWhy::ClosedHours);
    let Happening::Closed(closing) = chat.last("closed").happening else { panic!("it is closed") };
    assert_eq!(closing.source, ClosingSource::NoAgent);
    let said = chat.last("said").for_visitor().unwrap().told;
    assert!(format!("{said:?}").contains("We are closed."), "{said:?}");
}

#[test]
fn a_closed_queue_that_keeps_what_comes_is_full_all_the_same() {
    let world = World::with(|setup| {
        closed_to(Outlet::Wait)(setup);
        desk(setup).max_length = Some(1);
        desk(setup).overflow = Outlet::Assistant;
    });
    world.wait(8 * 3_600);
    let states = [1, 2].map(|number| world.visitor(number).asks_for_person().state());
    assert_eq!(states, [ConversationState::Queued, ConversationState::Automated]);
}

#[test]
fn what_waits_already_when_a_queue_closes_goes_on_waiting() {
    let world = World::with(closed_to(Outlet::Close));
    let chat = world.visitor(1).asks_for_person();
    world.wait(8 * 3_600);
    world.restart();
    world.visitor(1).says("Still here?");
    assert_eq!(chat.state(), ConversationState::Queued);
}

#[test]
fn overflow_in_a_circle_ends_with_somebody_to_pick_it() {
    let world = World::with(|setup| {
        desk(setup).max_wait_seconds = Some(10);
        workshop(setup).max_wait_seconds = Some(10);
        desk(setup).overflow = Outlet::Queue(queue("workshop"));
        workshop(setup).overflow = Outlet::Queue(queue("desk"));
    });
    let chat = world.visitor(1).asks_for_person();
    world.wait(3_600);
    assert!(chat.summary().parked);
    assert_eq!(chat.count("queued"), 1 + switchboard::HOPS_MAX as usize);
}

#[test]
fn the_last_one_leaving_moves_nothing_unless_the_queue_drains() {
    for (drain_when_empty, state) in [(false, ConversationState::Queued), (true, ConversationState::Closed)] {
        let world = World::with(|setup| {
            desk(setup).drain_when_empty = drain_when_empty;
            desk(setup).overflow = Outlet::Close;
            desk(setup).agent_limit = Some(1);
        });
        let [anna, ben] = world.online(["Anna", "Ben"]);
        (1..=2).for_each(|number| drop(world.visitor(number).asks_for_person()));
        let chat = world.visitor(3).asks_for_person();
        anna.disconnects();
        assert_eq!(chat.state(), ConversationState::Queued, "Ben is here still");
        ben.chooses(protocol::AgentStatus::Away);
        assert_eq!(chat.state(), state);
        let late = world.visitor(4).asks_for_person();
        assert_eq!(late.state(), ConversationState::Queued, "who comes later waits for somebody to come");
        world.restart();
        assert_eq!(late.state(), ConversationState::Queued, "nobody left: nobody was here");
    }
}

#[test]
fn a_queue_that_loses_its_members_or_itself_passes_on_at_once_what_waits() {
    let world = World::with(|setup| desk(setup).overflow = Outlet::Queue(queue("workshop")));
    let chat = world.visitor(1).asks_for_person();
    world.set_up(|setup| setup.teams.get_mut(&team("desk")).unwrap().members.clear());
    assert_eq!((chat.queue(), why(&chat)), (Some(queue("workshop")), OverflowWhy::NoMembers));
    world.set_up(|setup| {
        desk(setup).overflow = Outlet::Wait;
        drop(setup.queues.remove(&queue("workshop")));
    });
    assert_eq!(
        chat.queue(),
        Some(queue("desk")),
        "what waited in a queue that is gone waits where the site says"
    );
}

#[test]
fn a_team_that_is_emptied_gives_back_what_waited_for_it() {
    let world = World::new();
    let chat = world.visitor(1).asks_for_person();
    let [sam] = world.online(["Sam"]);
    let to = crate::world::to_team("workshop");
    sam.does(&chat, protocol::Act::Assign { to: to.clone(), even_if_unavailable: false });
    world.set_up(|setup| setup.teams.get_mut(&team("workshop")).unwrap().members.clear());
    assert_eq!(chat.queue(), Some(queue("desk")));
    let refused = sam.tries(&chat, protocol::Act::Assign { to, even_if_unavailable: false });
    assert_eq!(refused, Err(protocol::RefusalCode::UnknownName));
}

fn closed_to(outlet: Outlet) -> impl FnOnce(&mut Setup) {
    |setup| {
        let hours = office_hours(setup);
        desk(setup).hours = Some(hours);
        desk(setup).when_closed = outlet;
        desk(setup).closed_message = Some("We are closed.".to_owned());
        setup.rules.abandon_seconds = None;
    }
}

fn why(chat: &Chat) -> OverflowWhy {
    let Happening::Overflowed { why, .. } = chat.last("overflowed").happening else { panic!() };
    why
}
