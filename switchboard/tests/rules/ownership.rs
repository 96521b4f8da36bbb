//! Picking, giving, taking over, joining, giving back; owners who go or do not answer (`routing-and-inbox.md` E.6).

use crate::world::{Agent, Chat, World, conduct, desk, fills_up, plan_step, queue, to_queue, to_team};
use protocol::setup::{OfferMode, Orphans, Setup};
use protocol::{
    Act, AgentStatus, AssignedHow, ConversationState, Happening, RefusalCode, ReturnWhy, Target,
    UnassignedWhy,
};

#[test]
fn whoever_may_read_what_waits_picks_it_and_one_of_two_wins() {
    let world = World::new();
    let chat = world.visitor(1).asks_for_person();
    let [anna, ben] = world.online(["Sam", "Dora"]);
    assert_eq!(ben.tries(&chat, Act::Accept), Err(RefusalCode::UnknownConversation));
    anna.accepts(&chat);
    assert_eq!(how(&chat), AssignedHow::Picked);
    assert_eq!(world.agent("Ben").tries(&chat, Act::Accept), Err(RefusalCode::NoLongerAvailable));
}

#[test]
fn the_first_reply_to_who_waits_picks_them() {
    let world = World::new();
    let chat = world.visitor(1).asks_for_person();
    let [anna] = world.online(["Anna"]);
    anna.chooses(AgentStatus::Busy);
    let number = chat.number();
    anna.says(&chat, "Here I am.");
    assert_eq!(chat.since(number), ["assigned", "said"]);
    assert_eq!(how(&chat), AssignedHow::Picked);
}

#[test]
fn the_first_reply_to_what_is_offered_accepts_it() {
    let world = World::new();
    let [anna] = world.online(["Anna"]);
    let chat = world.visitor(1).asks_for_person();
    anna.says(&chat, "Here I am.");
    assert_eq!(how(&chat), AssignedHow::Accepted);
}

#[test]
fn picking_needs_room_unless_the_team_allows_more() {
    for may_exceed in [false, true] {
        let world = World::with(|setup| conduct(setup).may_exceed_capacity = may_exceed);
        let [anna] = world.online(["Anna"]);
        fills_up(&world, &anna);
        let chat = world.visitor(1).asks_for_person();
        assert!(chat.offered_to().is_empty(), "routing never gives more than there is room for");
        let expected = if may_exceed { Ok(()) } else { Err(RefusalCode::NoRoom) };
        assert_eq!(anna.tries(&chat, Act::Accept), expected);
    }
}

#[test]
fn a_supervisor_gives_it_to_somebody_and_to_somebody_unavailable_only_on_purpose() {
    let world = World::new();
    let [sam, anna] = world.online(["Sam", "Anna"]);
    fills_up(&world, &anna);
    let ben = world.agent("Ben");
    let chat = world.visitor(1).asks_for_person();
    let give = |to: &Agent, even_if_unavailable| Act::Assign { to: to.target(), even_if_unavailable };
    assert_eq!(sam.tries(&chat, give(&anna, false)), Err(RefusalCode::NoRoom));
    assert_eq!(sam.tries(&chat, give(&ben, false)), Err(RefusalCode::NotOnline));
    assert_eq!(anna.tries(&chat, give(&ben, true)), Err(RefusalCode::NotAllowed));
    sam.does(&chat, give(&ben, true));
    assert!(chat.is_of(&ben));
    assert_eq!(how(&chat), AssignedHow::Given);
}

#[test]
fn what_is_reserved_for_somebody_already_can_be_given_to_them() {
    let world =
        World::with(|setup| setup.agents.get_mut(&crate::world::agent_id("Anna")).unwrap().capacity = 1);
    let [sam, anna] = world.online(["Sam", "Anna"]);
    let chat = world.visitor(1).asks_for_person();
    assert!(chat.is_offered_to(&anna));
    sam.does(&chat, Act::Assign { to: anna.target(), even_if_unavailable: false });
    assert!(chat.is_of(&anna));
}

#[test]
fn given_back_it_waits_in_its_old_place_and_not_for_who_gave_it_back() {
    let (world, anna, chat) = annas(|_| {});
    let since = chat.now().wanted.map(|wanted| wanted.since);
    world.wait(100);
    anna.does(&chat, Act::Unassign);
    assert_eq!(chat.summary().waiting_since, since);
    assert!(chat.offered_to().is_empty());
    world.wait(60);
    assert!(chat.is_offered_to(&anna), "after a while they are as good as anybody");
}

#[test]
fn a_further_step_does_not_return_it_to_who_gave_it_back() {
    let world = World::with(|setup| {
        let everybody = ["Anna", "Ben"];
        desk(setup).plan = vec![plan_step(&everybody, Some(10)), plan_step(&everybody, None)];
    });
    let [anna] = world.online(["Anna"]);
    let chat = world.visitor(1).asks_for_person();
    anna.accepts(&chat);
    anna.does(&chat, Act::Unassign);
    world.wait(59);
    assert!(chat.offered_to().is_empty());
    world.wait(1);
    assert!(chat.is_offered_to(&anna));
}

#[test]
fn who_is_the_only_one_is_asked_again_at_once() {
    let world = World::new();
    let [carla] = world.online(["Carla"]);
    let chat = world.visitor(1).asks_in("workshop");
    carla.accepts(&chat);
    carla.does(&chat, Act::Unassign);
    assert!(chat.is_offered_to(&carla));
}

#[test]
fn a_supervisor_takes_from_others_and_moves() {
    let (world, anna, chat) = annas(|_| {});
    let [sam] = world.online(["Sam"]);
    assert_eq!(anna.tries(&chat, Act::Move { queue: queue("workshop") }), Err(RefusalCode::NotAllowed));
    sam.does(&chat, Act::Move { queue: queue("workshop") });
    assert_eq!((chat.queue(), anna.load()), (Some(queue("workshop")), 0));
    let Happening::Unassigned { why, .. } = chat.last("unassigned").happening else { panic!() };
    assert_eq!(why, UnassignedWhy::Taken);
    sam.does(&chat, Act::TakeOver);
    assert!(chat.is_of(&sam));
    assert_eq!(how(&chat), AssignedHow::TookOver);
}

#[test]
fn what_a_supervisor_gives_back_to_the_queue_does_not_return_to_its_owner_at_once() {
    let (world, _anna, chat) = annas(|_| {});
    let [sam] = world.online(["Sam"]);
    sam.does(&chat, Act::Assign { to: to_queue("desk"), even_if_unavailable: false });
    assert!(chat.offered_to().is_empty());
}

#[test]
fn comments_are_for_the_staff_and_name_who_is_told() {
    let (world, anna, chat) = annas(|_| {});
    let comment = |mentions: Vec<Target>| Act::Comment { text: crate::world::line("He is upset."), mentions };
    anna.does(&chat, comment(vec![to_team("workshop"), world.agent("Sam").target()]));
    assert!(chat.last("commented").for_visitor().is_none());
    assert_eq!(anna.tries(&chat, comment(vec![to_team("nobody")])), Err(RefusalCode::UnknownName));
    assert_eq!(anna.tries(&chat, comment(vec![to_team("desk"); 21])), Err(RefusalCode::Malformed));
}

#[test]
fn who_joins_may_write_and_owns_nothing() {
    let (world, anna, chat) = annas(|_| {});
    let [ben] = world.online(["Ben"]);
    assert_eq!(ben.tries(&chat, ben.words("Me too")), Err(RefusalCode::NotAllowed));
    ben.does(&chat, Act::Join);
    ben.says(&chat, "Me too");
    assert!(chat.is_of(&anna));
    assert_eq!((ben.load(), ben.inbox()), (0, vec![chat.id]));
    ben.does(&chat, Act::Part);
    assert_eq!(ben.tries(&chat, ben.words("And")), Err(RefusalCode::NotAllowed));
    assert!(ben.inbox().is_empty());
    assert_eq!(world.agent("Carla").tries(&chat, Act::Join), Err(RefusalCode::UnknownConversation));
}

#[test]
fn anybody_of_the_team_writes_where_it_allows_that() {
    let (world, anna, chat) = annas(|setup| conduct(setup).anyone_may_reply = true);
    let [ben] = world.online(["Ben"]);
    ben.says(&chat, "I know that one.");
    assert!(chat.is_of(&anna));
}

#[test]
fn given_back_to_the_assistant_it_is_nobodys_and_says_why() {
    let (world, anna, chat) = annas(|_| {});
    let [ben] = world.online(["Ben"]);
    ben.does(&chat, Act::Join);
    anna.does(&chat, Act::ReturnToAssistant { note: Some("Only wants the hours.".to_owned()) });
    assert_eq!((chat.state(), anna.load()), (ConversationState::Automated, 0));
    let Happening::ReturnedToAssistant { why, note } = chat.last("returned_to_assistant").happening else {
        panic!()
    };
    assert_eq!((why, note.as_deref()), (ReturnWhy::Staff, Some("Only wants the hours.")));
    assert!(ben.inbox().is_empty());
    world.visitor(1).assistant_says("We are open till five.").unwrap();
}

#[test]
fn orphans_are_kept_requeued_after_a_grace_or_when_the_visitor_writes() {
    let after = |seconds| Orphans::Requeue { after_seconds: seconds };
    for (orphans, left, waited, written) in [
        (Orphans::Keep, true, true, true),
        (after(120), true, false, false),
        (Orphans::RequeueWhenVisitorWrites, true, true, false),
    ] {
        let go: [fn(&Agent); 2] = [Agent::disconnects, |anna| anna.chooses(AgentStatus::Offline)];
        for leave in go {
            let (world, anna, chat) = annas(|setup| conduct(setup).orphans = orphans);
            leave(&anna);
            world.wait(119);
            assert_eq!(chat.is_of(&anna), left, "{orphans:?}");
            world.wait(1);
            assert_eq!(chat.is_of(&anna), waited, "{orphans:?}");
            world.visitor(1).says("Hello?");
            assert_eq!(chat.is_of(&anna), written, "{orphans:?}");
        }
    }
}

#[test]
fn who_comes_back_in_time_keeps_theirs() {
    let (world, anna, chat) = annas(|setup| conduct(setup).orphans = Orphans::Requeue { after_seconds: 120 });
    anna.disconnects();
    world.wait(119);
    anna.disconnects();
    anna.connects();
    world.wait(300);
    assert!(chat.is_of(&anna));
    world.restart();
    world.wait(300);
    assert!(chat.is_of(&anna), "she has only just dropped out");
    anna.disconnects();
    world.restart();
    world.wait(119);
    assert!(chat.is_of(&anna), "a restart begins the time anew");
    world.wait(1);
    assert!(!chat.is_of(&anna));
}

#[test]
fn an_owner_who_works_here_no_more_owns_nothing() {
    let (world, anna, chat) = annas(|_| {});
    world.set_up(|setup| setup.agents.get_mut(&anna.id).unwrap().active = false);
    assert_eq!(chat.state(), ConversationState::Queued);
    let Happening::Unassigned { why, .. } = chat.last("unassigned").happening else { panic!() };
    assert_eq!(why, UnassignedWhy::OwnerRemoved);
    assert_eq!(anna.tries(&chat, Act::Accept), Err(RefusalCode::NotAllowed));
}

#[test]
fn who_does_not_write_in_time_loses_it_to_another_and_the_next_is_told() {
    let (world, anna, chat) = annas(|_| {});
    let [ben] = world.online(["Ben"]);
    world.wait(899);
    assert!(chat.is_of(&anna));
    let number = chat.number();
    world.wait(1);
    assert!(chat.is_offered_to(&ben));
    assert_eq!(chat.since(number), ["unassigned", "queued", "commented", "offered"]);
    assert_eq!(chat.now().no_replies, 1);
}

#[test]
fn it_goes_on_for_that_only_so_often() {
    let (world, anna, chat) = annas(|setup| {
        conduct(setup).first_reply_seconds = 60;
        conduct(setup).first_reply_tries = 2;
        conduct(setup).offer = OfferMode::AutoAccept;
        setup.teams.get_mut(&crate::world::team("desk")).unwrap().members =
            [crate::world::agent_id("Anna")].into();
        desk(setup).sticky = None;
    });
    world.wait(3_600);
    assert_eq!((chat.now().no_replies, chat.is_of(&anna)), (2, true));
}

#[test]
fn who_has_written_keeps_it() {
    let (world, anna, chat) = annas(|_| {});
    anna.says(&chat, "One moment.");
    world.wait(3_600);
    assert!(chat.is_of(&anna));
}

#[test]
fn what_was_never_set_up_any_more_waits_for_anybody() {
    let (world, anna, chat) = annas(|_| {});
    world.set_up(|setup| {
        setup.sites.clear();
        setup.queues.clear();
    });
    let [dora] = world.online(["Dora"]);
    anna.does(&chat, Act::Unassign);
    assert!(chat.is_offered_to(&dora), "nobody is left waiting for a queue that there is not");
}

/// Anna, alone, has a conversation.
fn annas(change: impl FnOnce(&mut Setup)) -> (World, Agent, Chat) {
    let world = World::with(change);
    let [anna] = world.online(["Anna"]);
    let chat = world.visitor(1).asks_for_person();
    if chat.owner().is_none() {
        anna.accepts(&chat);
    }
    (world, anna, chat)
}

fn how(chat: &Chat) -> AssignedHow {
    let Happening::Assigned { how, .. } = chat.last("assigned").happening else { panic!() };
    how
}
