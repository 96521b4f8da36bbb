//! Plans: steps that widen, ask for less, or are passed by (`routing-and-inbox.md` E.4).

use crate::world::{World, desk, office_hours, plan_step, skill};
use protocol::setup::{Need, PlanStep, Setup, SkipIf, Subject};
use protocol::{AgentStatus, Happening, PlanPlace, SkillId, SkipReason};

#[test]
fn deadlines_of_steps_add_up_from_entering() {
    let world = World::with(|setup| {
        desk(setup).plan =
            vec![plan_step(&["Anna"], Some(10)), plan_step(&["Ben"], Some(20)), plan_step(&["Carla"], None)];
    });
    let chat = world.visitor(1).asks_for_person();
    let place = || chat.now().visit().unwrap().place;
    assert_eq!(place(), PlanPlace::Step(0));
    world.wait(9);
    assert_eq!(place(), PlanPlace::Step(0));
    world.wait(1);
    assert_eq!(place(), PlanPlace::Step(1));
    world.wait(19);
    assert_eq!(place(), PlanPlace::Step(1));
    world.wait(1);
    assert_eq!(place(), PlanPlace::Step(2));
    assert!(world.next_deadline().is_none(), "the last step lasts for as long as it takes");
}

#[test]
fn missed_offers_do_not_restart_a_step_and_do_not_delay_the_next() {
    let world = World::with(|setup| {
        desk(setup).plan =
            vec![plan_step(&["Anna"], Some(20)), plan_step(&["Ben"], Some(30)), plan_step(&["Carla"], None)];
    });
    let [_anna] = world.online(["Anna"]);
    let chat = world.visitor(1).asks_for_person();
    world.wait(29);
    assert_eq!(chat.offered_to().len(), 1, "an offer stands although its step is over");
    world.wait(1);
    assert_eq!(chat.now().visit().unwrap().place, PlanPlace::Step(1));
    world.wait(20);
    assert_eq!(chat.now().visit().unwrap().place, PlanPlace::Step(2), "50 seconds after entering");
}

#[test]
fn a_late_clock_passes_through_all_steps_that_are_over() {
    let world = World::with(|setup| {
        desk(setup).plan =
            vec![plan_step(&["Anna"], Some(10)), plan_step(&["Ben"], Some(10)), plan_step(&["Carla"], None)];
    });
    let [carla] = world.online(["Carla"]);
    let chat = world.visitor(1).asks_for_person();
    world.jump(60);
    assert_eq!(chat.count("step_reached"), 2);
    assert!(chat.is_offered_to(&carla));
}

#[test]
fn a_step_asks_those_of_the_steps_before_only_where_it_widens() {
    for widen in [false, true] {
        let world = World::with(|setup| {
            desk(setup).plan =
                vec![plan_step(&["Anna"], Some(10)), PlanStep { widen, ..plan_step(&["Ben"], None) }];
        });
        let [anna] = world.online(["Anna"]);
        anna.chooses(AgentStatus::Busy);
        let chat = world.visitor(1).asks_for_person();
        world.wait(10);
        anna.chooses(AgentStatus::Online);
        assert_eq!(chat.is_offered_to(&anna), widen);
    }
}

#[test]
fn a_step_drops_what_need_not_be_known_any_more() {
    let world = World::with(|setup| {
        let repairs = Subject::Skill(SkillId::new("repairs").unwrap());
        skill(setup, "Ben", "repairs", 3);
        desk(setup).needs = vec![Need { subject: repairs.clone(), level: 2, mandatory: true }];
        let drops = PlanStep { drop_needs: vec![repairs], ..plan_step(&["Anna"], Some(10)) };
        desk(setup).plan = vec![plan_step(&["Anna"], Some(10)), drops, plan_step(&["Anna"], None)];
    });
    let chat = world.visitor(1).asks_for_person();
    let [anna] = world.online(["Anna"]);
    assert!(chat.offered_to().is_empty());
    world.wait(10);
    assert!(chat.is_offered_to(&anna));
    anna.declines(&chat);
    world.wait(10);
    assert!(chat.is_offered_to(&anna), "what was dropped stays dropped");
}

#[test]
fn steps_add_points_on_entering_the_first_one_too() {
    let world = World::with(|setup| {
        let step = |stay, priority_delta| PlanStep { priority_delta, ..plan_step(&["Anna"], stay) };
        desk(setup).plan = vec![step(Some(10), 2), step(Some(10), 3), step(None, -1)];
    });
    let chat = world.visitor(1).asks_for_person();
    let points = || chat.summary().priority;
    assert_eq!(points(), 2);
    world.wait(10);
    assert_eq!(points(), 5);
    world.wait(10);
    assert_eq!(points(), 4);
}

/// A condition, what comes before, and what is told then.
type Case = (SkipIf, fn(&World), SkipReason);

#[test]
fn each_condition_passes_a_step_by_only_while_nobody_could_take_it() {
    let cases: [Case; 4] = [
        (SkipIf::NobodyOnline, |_| {}, SkipReason::NobodyOnline),
        (SkipIf::NobodyEligible, |world| world.agent("Anna").connects(), SkipReason::NobodyEligible),
        (SkipIf::MoreWaitThan(0), |_| {}, SkipReason::TooMany),
        (SkipIf::ClosedHours, |world| world.wait(8 * 3_600), SkipReason::ClosedHours),
    ];
    for (skip, before, reason) in cases {
        let world = with_skip(skip);
        before(&world);
        let chat = world.visitor(1).asks_for_person();
        let Happening::StepReached { why, .. } = chat.last("step_reached").happening else { panic!() };
        assert_eq!(why, reason);
        let world = with_skip(skip);
        before(&world);
        let [anna] = world.online(["Anna"]);
        let chat = world.visitor(1).asks_for_person();
        assert!(chat.is_offered_to(&anna), "{skip:?}");
        assert_eq!(chat.count("step_reached"), 0);
    }
}

#[test]
fn conditions_that_are_not_met_do_not_pass_a_step_by() {
    for (skip, before) in [
        (SkipIf::NobodyOnline, busy_with_all as fn(&World)),
        (SkipIf::MoreWaitThan(1), |_: &World| {}),
        (SkipIf::ClosedHours, |_: &World| {}),
    ] {
        let world = with_skip(skip);
        before(&world);
        let chat = world.visitor(9).asks_for_person();
        assert_eq!((chat.count("step_reached"), chat.offered_to().len()), (0, 0), "{skip:?}");
    }
}

#[test]
fn conditions_are_looked_at_once_on_entering() {
    let world = with_skip(SkipIf::NobodyOnline);
    let [anna] = world.online(["Anna"]);
    busy_with_all(&world);
    let chat = world.visitor(9).asks_for_person();
    anna.disconnects();
    world.wait(3);
    assert_eq!(chat.count("step_reached"), 0, "who leaves later passes nothing by");
    world.restart();
    world.wait(1);
    assert_eq!(chat.count("step_reached"), 0, "nor does a restart");
}

#[test]
fn a_step_passed_by_takes_none_of_the_time_of_the_next() {
    let world = World::with(|setup| {
        let skipped = PlanStep { skip_if: vec![SkipIf::NobodyOnline], ..plan_step(&["Anna"], Some(100)) };
        desk(setup).plan = vec![skipped, plan_step(&["Ben"], Some(10)), plan_step(&["Carla"], None)];
    });
    let chat = world.visitor(1).asks_for_person();
    world.wait(9);
    assert_eq!(chat.count("step_reached"), 1);
    world.wait(1);
    assert_eq!(chat.count("step_reached"), 2);
}

#[test]
fn those_who_let_it_go_are_asked_again_at_the_next_step() {
    let world = World::with(|setup| {
        desk(setup).plan = vec![plan_step(&["Anna"], Some(10)), plan_step(&["Anna"], None)];
    });
    let [anna] = world.online(["Anna"]);
    let chat = world.visitor(1).asks_for_person();
    anna.declines(&chat);
    world.wait(9);
    assert!(chat.offered_to().is_empty());
    world.wait(1);
    assert!(chat.is_offered_to(&anna));
}

#[test]
fn a_step_may_ask_otherwise_than_its_team_does() {
    let world = World::with(|setup| {
        let offer = Some(protocol::setup::OfferMode::AutoAccept);
        desk(setup).plan = vec![PlanStep { offer, ..plan_step(&["Anna"], None) }];
    });
    let [anna] = world.online(["Anna"]);
    assert!(world.visitor(1).asks_for_person().is_of(&anna));
}

#[test]
fn a_shorter_plan_keeps_what_was_further_on_at_its_last_step() {
    let world = World::with(|setup| {
        desk(setup).plan = vec![plan_step(&["Anna"], Some(10)), plan_step(&["Ben"], None)];
    });
    let chat = world.visitor(1).asks_for_person();
    world.wait(10);
    world.set_up(|setup| desk(setup).plan = vec![plan_step(&["Anna"], None)]);
    let [anna] = world.online(["Anna"]);
    assert!(chat.is_offered_to(&anna));
}

fn with_skip(skip: SkipIf) -> World {
    World::with(|setup: &mut Setup| {
        let hours = office_hours(setup);
        desk(setup).hours = Some(hours);
        desk(setup).sticky = None;
        let skipped = PlanStep { skip_if: vec![skip], ..plan_step(&["Anna"], Some(100)) };
        desk(setup).plan = vec![skipped, plan_step(&["Carla"], None)];
    })
}

/// Anna is online and has no room.
fn busy_with_all(world: &World) {
    let [anna] = world.online(["Anna"]);
    for number in 1..=2 {
        anna.accepts(&world.visitor(number).asks_for_person());
    }
}
