//! In which order conversations are taken (`routing-and-inbox.md` E.2).

use crate::world::{Chat, World, desk, transfer, workshop};
use protocol::setup::{Rank, Setup};
use protocol::{Act, RefusalCode};

#[test]
fn the_older_is_taken_first() {
    let (world, chats) = three(|_| {});
    assert_order(&world, &chats, [0, 1, 2]);
}

#[test]
fn a_point_of_priority_is_a_head_start_of_a_minute_so_that_nothing_starves() {
    let (world, chats) = three(|_| {});
    prioritise(&world, &chats[2], 2);
    assert_order(&world, &chats, [2, 0, 1]);
    prioritise(&world, &chats[1], -1);
    world.wait(90);
    let late = world.visitor(4).asks_for_person();
    assert_eq!(late.place(), Some(4), "what has waited for longer than its points are worth is first");
    assert_eq!(chats[1].place(), Some(3));
}

#[test]
fn strict_priority_comes_before_age() {
    let (world, chats) = three(|setup| setup.rules.rank = Rank::StrictPriority);
    prioritise(&world, &chats[2], 1);
    world.wait(86_000);
    let late = world.visitor(4).asks_for_person();
    prioritise(&world, &late, 2);
    assert_eq!((late.place(), chats[2].place(), chats[0].place()), (Some(1), Some(2), Some(3)));
}

#[test]
fn what_is_promised_earlier_comes_first() {
    let world = World::with(|setup| {
        setup.rules.rank = Rank::PromisedFirst;
        desk(setup).promises.first_reply_seconds = Some(600);
        workshop(setup).promises.first_reply_seconds = Some(60);
        workshop(setup).team = Some(crate::world::team("desk"));
    });
    let slow = world.visitor(1).asks_in("desk");
    world.wait(30);
    let quick = world.visitor(2).asks_in("workshop");
    let [anna] = world.online(["Anna"]);
    assert!(quick.is_offered_to(&anna) && slow.is_offered_to(&anna));
    let order: Vec<_> = world.events().into_iter().filter(|one| one.happening.kind() == "offered").collect();
    assert_eq!(order[0].conversation, quick.id);
}

#[test]
fn points_of_the_queue_count_for_all_that_wait_in_it() {
    let world = World::with(|setup| {
        workshop(setup).team = Some(crate::world::team("desk"));
        workshop(setup).priority = 5;
    });
    let older = world.visitor(1).asks_in("desk");
    world.wait(240);
    let urgent = world.visitor(2).asks_in("workshop");
    world.online(["Anna"]);
    let first = world.events().into_iter().find(|one| one.happening.kind() == "offered").unwrap();
    assert_eq!(first.conversation, urgent.id);
    assert_eq!((older.summary().priority, urgent.summary().priority), (0, 5));
}

#[test]
fn what_is_passed_on_keeps_its_age_where_the_queue_keeps_it() {
    for (keep_age, place) in [(true, 1), (false, 2)] {
        let world = World::with(|setup| workshop(setup).keep_age = keep_age);
        let [anna] = world.online(["Anna"]);
        let passed = world.visitor(1).asks_for_person();
        world.wait(5);
        world.visitor(2).asks_in("workshop");
        anna.accepts(&passed);
        world.wait(5);
        anna.transfers(&passed, crate::world::to_queue("workshop"));
        assert_eq!(passed.place(), Some(place), "keep_age: {keep_age}");
    }
}

#[test]
fn a_declined_offer_keeps_the_place() {
    let (world, chats) = three(|_| {});
    let [anna] = world.online(["Anna"]);
    assert!(chats[0].is_offered_to(&anna));
    assert_eq!(chats[0].place(), Some(1));
    anna.declines(&chats[0]);
    assert_order(&world, &chats, [0, 1, 2]);
}

#[test]
fn ties_go_to_the_smaller_id() {
    let world = World::new();
    let chats: Vec<Chat> = (1..=3).map(|number| world.visitor(number).asks_for_person()).collect();
    let mut ids: Vec<_> = chats.iter().map(|chat| chat.id).collect();
    ids.sort_unstable();
    assert_eq!(world.waiting_in("desk"), ids);
}

#[test]
fn priority_has_bounds() {
    let (world, chats) = three(|_| {});
    let sam = world.agent("Sam");
    let act = Act::SetPriority { priority: 10_001 };
    assert_eq!(sam.tries(&chats[0], act), Err(RefusalCode::Malformed));
    assert_eq!(
        world.agent("Anna").tries(&chats[0], Act::SetPriority { priority: 1 }),
        Err(RefusalCode::NotAllowed)
    );
}

#[test]
fn a_transfer_counts_the_age_from_the_first_time_it_waited() {
    let world = World::new();
    let [anna, carla] = world.online(["Anna", "Carla"]);
    let chat = world.visitor(1).asks_for_person();
    let asked_at = world.now();
    anna.accepts(&chat);
    world.wait(100);
    anna.does(&chat, transfer(crate::world::to_team("workshop")));
    assert!(chat.is_offered_to(&carla));
    assert_eq!(chat.summary().waiting_since, Some(asked_at));
}

/// Three who asked half a minute apart.
fn three(change: impl FnOnce(&mut Setup)) -> (World, Vec<Chat>) {
    let world = World::with(change);
    let asks = |number| {
        world.wait(30);
        world.visitor(number).asks_for_person()
    };
    let chats = (1..=3).map(asks).collect();
    (world, chats)
}

fn prioritise(world: &World, chat: &Chat, priority: i32) {
    world.agent("Sam").does(chat, Act::SetPriority { priority });
}

fn assert_order(world: &World, chats: &[Chat], order: [usize; 3]) {
    assert_eq!(world.waiting_in("desk"), order.map(|at| chats[at].id));
    for (place, at) in (1..).zip(order) {
        assert_eq!(chats[at].place(), Some(place));
    }
}
