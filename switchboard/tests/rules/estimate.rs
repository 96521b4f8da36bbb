//! Place in the queue, and how long it will probably take.

use crate::world::{World, desk, to_team};
use protocol::{Act, AgentStatus};

#[test]
fn places_count_who_comes_before_in_the_same_queue_and_fall() {
    let world = World::new();
    let chats: Vec<_> = (1..=3)
        .map(|number| {
            world.wait(1);
            world.visitor(number).asks_for_person()
        })
        .collect();
    let elsewhere = world.visitor(4).asks_in("workshop");
    let places = || chats[1..].iter().map(|chat| chat.place()).collect::<Vec<_>>();
    assert_eq!(places(), [Some(2), Some(3)]);
    assert_eq!(elsewhere.place(), Some(1));
    world.visitor(1).stops_waiting().unwrap();
    assert_eq!(places(), [Some(1), Some(2)]);
}

#[test]
fn places_move_with_priorities() {
    let world = World::new();
    let [sam] = world.online(["Sam"]);
    let first = world.visitor(1).asks_for_person();
    world.wait(1);
    let second = world.visitor(2).asks_for_person();
    sam.does(&second, Act::SetPriority { priority: 1 });
    assert_eq!((first.place(), second.place()), (Some(2), Some(1)));
}

#[test]
fn what_is_wanted_for_a_team_has_no_place() {
    let world = World::new();
    let chat = world.visitor(1).asks_for_person();
    world.agent("Sam").does(&chat, Act::Assign { to: to_team("workshop"), even_if_unavailable: false });
    assert_eq!((chat.place(), chat.told().wait_seconds), (None, None));
}

#[test]
fn the_wait_is_the_place_times_the_usual_time_by_the_room_of_who_is_online() {
    let world = World::with(|setup| desk(setup).sticky = None);
    let [anna] = world.online(["Anna"]);
    for (number, seconds) in [(1, 100), (2, 600), (3, 300)] {
        let chat = world.visitor(number).asks_for_person();
        anna.accepts(&chat);
        world.wait(seconds);
        anna.closes(&chat);
    }
    crate::world::fills_up(&world, &anna);
    let first = world.visitor(10).asks_for_person();
    world.wait(1);
    let second = world.visitor(11).asks_for_person();
    assert_eq!((first.told().wait_seconds, second.told().wait_seconds), (Some(150), Some(300)));
    let [ben] = world.online(["Ben"]);
    ben.declines(&first);
    ben.declines(&second);
    assert_eq!(second.told().wait_seconds, Some(150), "four can be answered at once");
    ben.chooses(AgentStatus::Away);
    anna.chooses(AgentStatus::Away);
    assert_eq!(first.told().wait_seconds, None, "nobody can say");
}

#[test]
fn nobody_knows_before_some_were_answered() {
    let world = World::new();
    world.online(["Anna"]);
    assert_eq!(world.visitor(1).asks_for_person().told().wait_seconds, None);
}

#[test]
fn time_that_was_put_aside_or_silenced_is_no_handling_time() {
    let world = World::with(|setup| {
        desk(setup).sticky = None;
        crate::world::conduct(setup).first_reply_seconds = 0;
    });
    let [anna] = world.online(["Anna"]);
    for number in 1..=4 {
        let chat = world.visitor(number).asks_for_person();
        anna.accepts(&chat);
        world.wait(100);
        if number == 4 {
            anna.does(&chat, protocol::Act::MarkSpam);
            continue;
        }
        anna.snoozes(&chat, 5_000);
        world.wait(5_000);
        world.wait(50);
        anna.closes(&chat);
    }
    crate::world::fills_up(&world, &anna);
    assert_eq!(
        world.visitor(10).asks_for_person().told().wait_seconds,
        Some(75),
        "150 seconds, shared by two"
    );
}
