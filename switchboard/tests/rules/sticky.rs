//! Who knows the visitor is asked first; whose visitor it is, is waited for (`routing-and-inbox.md` E.4).

use crate::world::{Agent, Chat, World, conduct, desk, fills_up, transfer};
use protocol::setup::{OfferMode, Sticky};
use protocol::{Act, AgentStatus, ConversationState, Happening, SkipReason};

const WAIT_SECONDS: u64 = 60;

#[test]
fn who_had_the_visitor_last_is_asked_first_when_online_with_room() {
    let (world, anna, ben) = known_to_anna(|_| {});
    world.wait(1);
    // Ben has gone longest without being asked.
    assert!(world.visitor(1).asks_for_person().is_offered_to(&anna));
    assert!(world.visitor(2).asks_for_person().is_offered_to(&ben));
}

#[test]
fn it_is_held_for_them_while_they_are_busy_or_full_and_then_goes_on() {
    let busy: [fn(&World, &Agent); 2] =
        [|_, anna| anna.chooses(AgentStatus::Busy), |world, anna| fills_up(world, anna)];
    for make_busy in busy {
        let (world, anna, ben) = known_to_anna(|_| {});
        ben.chooses(AgentStatus::Busy);
        make_busy(&world, &anna);
        ben.chooses(AgentStatus::Online);
        let chat = world.visitor(1).asks_for_person();
        world.wait(WAIT_SECONDS - 1);
        assert!(chat.offered_to().is_empty());
        world.wait(1);
        assert!(chat.is_offered_to(&ben));
        assert_eq!(passed_by(&chat), SkipReason::Time);
    }
}

#[test]
fn it_is_theirs_when_they_get_room_in_time() {
    let (world, anna, _ben) = known_to_anna(|_| {});
    anna.chooses(AgentStatus::Busy);
    let chat = world.visitor(1).asks_for_person();
    world.wait(WAIT_SECONDS - 1);
    anna.chooses(AgentStatus::Online);
    assert!(chat.is_offered_to(&anna));
}

#[test]
fn who_is_not_there_is_passed_by_at_once() {
    let gone: [fn(&World, &Agent); 4] = [
        |_, anna| anna.disconnects(),
        |_, anna| anna.chooses(AgentStatus::Away),
        |_, anna| anna.idles(true),
        |world, anna| {
            let missed = world.visitor(7).asks_for_person();
            assert!(missed.is_offered_to(anna));
            world.wait(30);
            assert_eq!(anna.status(), AgentStatus::NotResponding);
        },
    ];
    for leave in gone {
        let (world, anna, ben) = known_to_anna(|_| {});
        ben.chooses(AgentStatus::Busy);
        leave(&world, &anna);
        ben.chooses(AgentStatus::Online);
        let chat = world.visitor(1).asks_for_person();
        assert!(chat.is_offered_to(&ben));
        assert_eq!(passed_by(&chat), SkipReason::PreferredAway);
    }
}

#[test]
fn who_leaves_while_it_is_held_for_them_is_passed_by() {
    let (world, anna, ben) = known_to_anna(|_| {});
    anna.chooses(AgentStatus::Busy);
    let chat = world.visitor(1).asks_for_person();
    anna.disconnects();
    assert!(chat.is_offered_to(&ben));
}

#[test]
fn who_declined_is_passed_by_at_once() {
    let (world, anna, ben) = known_to_anna(|_| {});
    let chat = world.visitor(1).asks_for_person();
    anna.declines(&chat);
    assert!(chat.is_offered_to(&ben));
    assert_eq!(passed_by(&chat), SkipReason::PreferredLetGo);
}

#[test]
fn who_is_known_counts_for_some_days_only_and_only_where_they_serve() {
    let (world, _anna, ben) = known_to_anna(|_| {});
    world.wait(7 * 86_400 + 1);
    assert!(world.visitor(1).asks_for_person().is_offered_to(&ben));
    let (world, _anna, _ben) = known_to_anna(|_| {});
    let [carla] = world.online(["Carla"]);
    assert!(world.visitor(1).asks_in("workshop").is_offered_to(&carla));
    let (world, _anna, ben) = known_to_anna(|setup| desk(setup).sticky = None);
    world.wait(1);
    assert!(world.visitor(1).asks_for_person().is_offered_to(&ben));
}

#[test]
fn whose_visitor_it_is_is_waited_for_however_long_they_are_away() {
    for away in [AgentStatus::Busy, AgentStatus::Away, AgentStatus::Offline] {
        let (world, _anna, ben) = known_to_anna(|_| {});
        let [dora] = world.online(["Dora"]);
        dedicate(&world, &dora);
        dora.chooses(away);
        let chat = world.visitor(1).asks_for_person();
        world.wait(3_600);
        assert!(chat.offered_to().is_empty(), "{away:?}");
        dora.chooses(AgentStatus::Online);
        assert!(chat.is_offered_to(&dora), "{away:?}");
        dora.declines(&chat);
        assert!(!chat.is_offered_to(&dora));
        assert_eq!(ben.status(), AgentStatus::Online);
    }
}

#[test]
fn whose_visitor_it_was_is_not_waited_for_once_they_work_here_no_more() {
    let (world, _anna, _ben) = known_to_anna(|_| {});
    let [dora] = world.online(["Dora"]);
    dedicate(&world, &dora);
    dora.chooses(AgentStatus::Away);
    let chat = world.visitor(1).asks_for_person();
    assert!(chat.offered_to().is_empty());
    world.set_up(|setup| setup.agents.get_mut(&dora.id).unwrap().active = false);
    assert_eq!(chat.offered_to().len(), 1);
}

#[test]
fn what_is_passed_on_or_given_back_means_somebody_else() {
    let (world, anna, ben) = known_to_anna(|_| {});
    let chat = world.visitor(1).asks_for_person();
    anna.accepts(&chat);
    anna.does(&chat, transfer(crate::world::to_team("desk")));
    assert!(chat.is_offered_to(&ben));
}

#[test]
fn the_longest_wait_ends_even_what_is_held_for_somebody() {
    let (world, _anna, _ben) = known_to_anna(|setup| {
        desk(setup).max_wait_seconds = Some(100);
        desk(setup).overflow = protocol::Outlet::Assistant;
    });
    let [dora] = world.online(["Dora"]);
    dedicate(&world, &dora);
    dora.disconnects();
    let chat = world.visitor(1).asks_for_person();
    world.wait(100);
    assert_eq!(chat.state(), ConversationState::Automated);
}

#[test]
fn a_restart_gives_who_is_preferred_the_time_to_come_back() {
    let (world, anna, ben) = known_to_anna(|_| {});
    anna.chooses(AgentStatus::Busy);
    let chat = world.visitor(1).asks_for_person();
    world.restart();
    ben.connects();
    assert!(chat.offered_to().is_empty());
    anna.comes_online();
    assert!(chat.is_offered_to(&anna));
}

/// Visitor 1 was Anna's last; Anna and Ben are online.
fn known_to_anna(change: impl FnOnce(&mut protocol::setup::Setup)) -> (World, Agent, Agent) {
    let world = World::with(|setup| {
        conduct(setup).offer = OfferMode::Ask { seconds: 30 };
        let wait_seconds = u32::try_from(WAIT_SECONDS).expect("it is small");
        desk(setup).sticky = Some(Sticky { days: 7, wait_seconds });
        change(setup);
    });
    let [anna] = world.online(["Anna"]);
    let chat = world.visitor(1).asks_for_person();
    anna.accepts(&chat);
    anna.closes(&chat);
    let [ben] = world.online(["Ben"]);
    (world, anna, ben)
}

fn dedicate(world: &World, to: &Agent) {
    let [sam] = world.online(["Sam"]);
    let chat = world.visitor(1).says("Hello");
    sam.does(&chat, Act::Dedicate { to: Some(to.id) });
    sam.chooses(AgentStatus::Offline);
}

fn passed_by(chat: &Chat) -> SkipReason {
    let Happening::StepReached { why, .. } = chat.last("step_reached").happening else { panic!() };
    why
}
