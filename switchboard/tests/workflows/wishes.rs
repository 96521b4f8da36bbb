//! Giving conversations to people: every owner, every way out.

use crate::desk::{Desk, agent, both_ways, queue, team_id};
use crate::flow::*;
use protocol::{Act, AssignedHow, Choice, ConversationId, ConversationState, Happening, QueuedWhy, Target};
use switchboard::matching::Strategy;
use switchboard::workflow::Workflow;
use switchboard::workflow::definition::*;

#[test]
fn a_person_named_by_id_address_or_name_gets_it_whatever_they_have_and_wherever_they_are() {
    let id = agent("dan").to_string();
    for name in [id.as_str(), "DAN@example.com", " dan "] {
        let mut desk = Desk::with(|setup| setup.agents.get_mut(&agent("dan")).unwrap().capacity = 1);
        desk.publish(1, once(person(name)));
        let (one, two) = (desk.visitor_says(1, "Hello"), desk.visitor_says(2, "Hello"));
        assert_eq!((desk.owner(one), desk.owner(two)), ("dan", "dan"), "{name}");
        assert_eq!(how(&desk, one), AssignedHow::ByWorkflow);
        assert_eq!(desk.said(one), ["dan has it"]);
    }
}

#[test]
fn somebody_who_does_not_exist_or_work_here_is_nobody() {
    for name in ["eve@example.com", "", "$contact.agent", "dan"] {
        let mut desk = Desk::with(|setup| setup.agents.get_mut(&agent("dan")).unwrap().active = false);
        desk.publish(1, once(person(name)));
        let chat = desk.visitor_says(1, "Hello");
        assert_eq!(desk.said(chat), ["nobody"], "{name}");
        assert_eq!(desk.state(chat), ConversationState::Automated);
    }
}

#[test]
fn a_team_queue_or_workspace_without_anybody_is_nobody() {
    let unknown = |name: &str| Owner::Queue(queue(name));
    for owner in [team("empty"), team("No such team"), unknown("nowhere")] {
        let mut desk = Desk::new().publishes(once(owner));
        let chat = desk.visitor_says(1, "Hello");
        assert_eq!(desk.said(chat), ["nobody"]);
    }
    let mut desk = Desk::with(|setup| setup.agents.values_mut().for_each(|agent| agent.active = false));
    desk.publish(1, once(Owner::Workspace));
    let chat = desk.visitor_says(1, "Hello");
    assert_eq!(desk.said(chat), ["nobody"]);
}

#[test]
fn one_of_a_team_is_chosen_at_once_by_the_rule_and_in_turn() {
    both_ways(|with| {
        let mut desk = with(Desk::new().publishes(once(team("second"))));
        let mut comes = |n| {
            desk.seconds(1);
            desk.visitor_says(n, "Hello")
        };
        let chats = [1, 2, 3, 4].map(&mut comes);
        let owners = chats.map(|chat| desk.owner(chat));
        assert_eq!(owners, ["bob", "cyd", "bob", "cyd"]);
        assert_eq!(desk.conversation(chats[0]).team, Some(team_id("second")));
    });
}

#[test]
fn why_somebody_was_chosen_is_kept_like_what_routing_decides() {
    for (owner, rule, ready) in [(team("second"), "round_robin", 2), (person("dan"), "named", 1)] {
        let mut desk = Desk::new().publishes(once(owner));
        let chat = desk.visitor_says(1, "Hello");
        let explained = desk.of(chat).find_map(|event| match &event.happening {
            Happening::Assigned { routed, .. } => routed.clone(),
            _ => None,
        });
        let explained = explained.expect("it is explained");
        assert_eq!((explained.strategy.as_str(), explained.ready), (rule, ready));
        assert_eq!(explained.next, (ready == 2).then(|| agent("cyd")));
    }
}

#[test]
fn whoever_has_it_is_not_chosen_again_unless_there_is_nobody_else() {
    for (name, others) in [("second", "cyd"), ("first", "ada")] {
        let mut desk =
            Desk::new().publishes(on(tag_added("x"), once(team(name)))).online(&["sue", "bob", "ada"]);
        let chat = desk.visitor_says(1, "Hello");
        let owner = if name == "second" { "bob" } else { "ada" };
        let to = Target::Agent(agent(owner));
        desk.does("sue", chat, Act::TakeOver);
        desk.does("sue", chat, Act::Assign { to, even_if_unavailable: false });
        desk.does("sue", chat, Act::Tag { tag: "x".to_owned(), add: true });
        assert_eq!(desk.owner(chat), others);
    }
}

#[test]
fn the_least_busy_is_chosen_where_the_step_says_so() {
    let least = Assign { choosing: Choosing::By(Strategy::LeastOpen), ..assign(team("second")) };
    let mut desk = Desk::new().publishes(once_as(least));
    let busy = desk.visitor_says(1, "Hello");
    assert_eq!(desk.owner(busy), "bob");
    for n in 2..4 {
        let chat = desk.visitor_says(n, "Hello");
        desk.comes_online("sue");
        desk.does("sue", chat, Act::Assign { to: Target::Agent(agent("bob")), even_if_unavailable: true });
    }
    let next = desk.visitor_says(9, "Hello");
    assert_eq!(desk.owner(next), "cyd");
}

#[test]
fn where_nobody_has_room_it_waits_until_somebody_who_is_there_has() {
    both_ways(|with| {
        let mut desk = with(Desk::with(|setup| setup.agents.get_mut(&agent("ada")).unwrap().capacity = 1));
        desk.publish(1, once(team("first")));
        let mut desk = desk.online(&["ada"]);
        let (one, two) = (desk.visitor_says(1, "Hello"), desk.visitor_says(2, "Hello"));
        assert_eq!((desk.owner(one), desk.state(two)), ("ada", ConversationState::Queued));
        assert_eq!(desk.said(two), [""; 0]);
        desk.closes("ada", one);
        assert_eq!((desk.owner(two), desk.said(two)), ("ada", vec!["ada has it".to_owned()]));
    });
}

#[test]
fn only_who_has_fewer_than_so_many_is_asked() {
    both_ways(|with| {
        for online_only in [false, true] {
            let few = Assign { fewer_open_than: Some(1), online_only, ..assign(team("first")) };
            let mut desk = with(Desk::new().publishes(once_as(few)).online(&["ada"]));
            let (one, two) = (desk.visitor_says(1, "Hello"), desk.visitor_says(2, "Hello"));
            assert_eq!((desk.owner(one), desk.owner(two)), ("ada", ""));
            desk.closes("ada", one);
            assert_eq!(desk.owner(two), "ada");
        }
    });
}

#[test]
fn a_queue_is_waited_in_by_its_own_plan() {
    both_ways(|with| {
        let mut desk = with(Desk::new().publishes(once(Owner::Queue(queue("second")))));
        let chat = desk.visitor_says(1, "Hello");
        assert_eq!(desk.conversation(chat).waits_in(), Some(&queue("second")));
        let visit = desk.conversation(chat).visit().cloned().unwrap();
        assert_eq!((visit.why, visit.choice), (QueuedWhy::Assigned, None));
        desk.comes_online("bob");
        assert_eq!((desk.owner(chat), how(&desk, chat)), ("bob", AssignedHow::Routed));
        assert_eq!(desk.said(chat), ["bob has it"]);
    });
}

#[test]
fn one_who_waits_in_that_queue_already_keeps_their_place() {
    let mut desk =
        Desk::new().publishes(on(tag_added("x"), once(Owner::Queue(queue("first"))))).online(&["sue"]);
    let chat = desk.asks_for_person(1);
    desk.minutes(1);
    let before = desk.conversation(chat).visit().cloned();
    desk.does("sue", chat, Act::Tag { tag: "x".to_owned(), add: true });
    assert_eq!(desk.conversation(chat).visit().cloned(), before);
    desk.does("sue", chat, Act::Accept);
    assert_eq!(desk.said(chat), ["sue has it"]);
}

#[test]
fn what_is_left_to_be_picked_is_offered_to_nobody() {
    both_ways(|with| {
        let manual = Assign { choosing: Choosing::By(Strategy::Manual), ..assign(team("second")) };
        let mut desk = with(Desk::new().publishes(once_as(manual)).online(&["bob"]));
        let chat = desk.visitor_says(1, "Hello");
        assert_eq!(desk.state(chat), ConversationState::Queued);
        let choice = Choice { by: Some(protocol::setup::What::Manual), fewer_than: None };
        assert_eq!(desk.conversation(chat).visit().unwrap().choice, Some(choice));
        desk.does("bob", chat, Act::Accept);
        assert_eq!(desk.said(chat), ["bob has it"]);
    });
}

#[test]
fn anybody_of_the_workspace_can_be_meant() {
    both_ways(|with| {
        let mut desk =
            with(Desk::new().publishes(once_as(Assign { online_only: true, ..assign(Owner::Workspace) })));
        let chat = desk.visitor_says(1, "Hello");
        desk.comes_online("dan");
        assert_eq!(desk.owner(chat), "dan");
    });
}

#[test]
fn somebody_assigned_by_hand_is_somebody() {
    both_ways(|with| {
        let mut desk = with(Desk::new().publishes(once_as(waits())).online(&["sue"]));
        let chat = desk.visitor_says(1, "Hello");
        desk.does("sue", chat, Act::Assign { to: Target::Agent(agent("dan")), even_if_unavailable: true });
        assert_eq!((desk.owner(chat), desk.said(chat)), ("dan", vec!["dan has it".to_owned()]));
    });
}

#[test]
fn a_hand_on_it_ends_the_run_where_that_is_chosen() {
    both_ways(|with| {
        let exits = Exits { on_manual_assignment: true, ..Exits::default() };
        let mut desk = with(Desk::new().publishes(Workflow { exits, ..once_as(waits()) }).online(&["sue"]));
        let chat = desk.visitor_says(1, "Hello");
        desk.does("sue", chat, Act::TakeOver);
        assert_eq!((desk.owner(chat), desk.said(chat).len()), ("sue", 0));
        assert_eq!(desk.ended(chat), ["it: assigned_by_hand"]);
    });
}

#[test]
fn the_wish_outlives_the_run() {
    both_ways(|with| {
        let exits = Exits { on_visitor_message: true, ..Exits::default() };
        let mut desk = with(Desk::new().publishes(Workflow { exits, ..once_as(waits()) }));
        let chat = desk.visitor_says(1, "Hello");
        desk.visitor_says(1, "Anybody?");
        assert_eq!(desk.ended(chat), ["it: visitor_wrote"]);
        assert_eq!(desk.state(chat), ConversationState::Queued);
        desk.comes_online("bob");
        assert_eq!((desk.owner(chat), desk.said(chat).len()), ("bob", 0));
    });
}

#[test]
fn in_vain_it_goes_back_to_what_it_was_the_assistants() {
    both_ways(|with| {
        let mut desk = with(Desk::new().publishes(once_as(waits())));
        let chat = desk.visitor_says(1, "Hello");
        assert!(!desk.told(chat).assistant_enabled);
        desk.minutes(5);
        assert_eq!(desk.state(chat), ConversationState::Automated);
        assert_eq!(desk.said(chat), ["in vain"]);
        assert!(desk.told(chat).assistant_enabled);
    });
}

#[test]
fn in_vain_it_goes_back_to_who_had_it_only_where_they_have_room() {
    for room in [true, false] {
        let mut desk = Desk::new().publishes(on(tag_added("x"), once_as(waits()))).online(&["sue"]);
        let chat = desk.visitor_says(1, "Hello");
        desk.does("sue", chat, Act::TakeOver);
        desk.does("sue", chat, Act::Tag { tag: "x".to_owned(), add: true });
        desk.set_up(|setup| setup.agents.get_mut(&agent("sue")).unwrap().capacity = u32::from(room));
        desk.minutes(5);
        let expected = if room { ConversationState::Open } else { ConversationState::Queued };
        assert_eq!(desk.state(chat), expected);
    }
}

#[test]
fn in_vain_it_goes_back_to_what_it_was_waiting_elsewhere() {
    both_ways(|with| {
        let mut desk = with(Desk::new().publishes(on(tag_added("x"), once_as(waits()))).online(&["sue"]));
        let chat = desk.asks_for_person(1);
        desk.does("sue", chat, Act::Tag { tag: "x".to_owned(), add: true });
        assert_eq!(desk.conversation(chat).visit().unwrap().target, Target::Team(team_id("second")));
        desk.minutes(5);
        assert_eq!(
            desk.conversation(chat).waits_in(),
            Some(&queue("first")),
            "who asked for a person waits on"
        );
    });
}

#[test]
fn what_has_changed_since_is_none_of_its_business() {
    both_ways(|with| {
        let mut desk = with(Desk::new().publishes(once_as(waits())).online(&["sue"]));
        let chat = desk.visitor_says(1, "Hello");
        desk.does("sue", chat, Act::Move { queue: queue("first") });
        desk.minutes(5);
        assert_eq!(desk.said(chat), ["in vain"]);
        assert_eq!(desk.conversation(chat).waits_in(), Some(&queue("first")));
    });
}

#[test]
fn a_visitor_who_does_not_want_to_wait_any_more_is_nobodys() {
    both_ways(|with| {
        let mut desk = with(Desk::new().publishes(once_as(waits())));
        let chat = desk.visitor_says(1, "Hello");
        let request = protocol::RequestId(uuid::Uuid::from_u128(77));
        desk.done(switchboard::Command::VisitorStopsWaiting { visitor: crate::desk::visitor(1), request });
        assert_eq!(
            (desk.state(chat), desk.said(chat)),
            (ConversationState::Automated, vec!["nobody".to_owned()])
        );
    });
}

#[test]
fn of_two_that_want_it_in_the_same_second_the_last_has_it_and_both_are_told() {
    both_ways(|with| {
        let wants = |id: &'static str, owner: &'static str| {
            workflow(id, move |_| {
                let wish = Assign { online_only: true, ..assign(team(owner)) };
                vec![step("who", gives(wish)), step("say", comment(&format!("{id}: $assignee.name")))]
            })
        };
        let mut desk = with(Desk::new().publishes(wants("one", "first")).publishes(wants("two", "second")));
        let chat = desk.visitor_says(1, "Hello");
        assert_eq!(desk.count(chat, "queued"), 2, "both are recorded");
        assert_eq!(desk.conversation(chat).visit().unwrap().target, Target::Team(team_id("second")));
        desk.comes_online("ada");
        assert_eq!(desk.owner(chat), "");
        desk.comes_online("cyd");
        assert_eq!(desk.comments(chat), ["one: cyd", "two: cyd"]);
    });
}

#[test]
fn of_two_that_give_it_at_once_the_last_has_it() {
    let gives_to = |id: &'static str, name: &'static str| {
        workflow(id, move |_| vec![step("who", gives(assign(person(name)))), step("wait", minutes(1))])
    };
    let mut desk = Desk::new().publishes(gives_to("one", "ada")).publishes(gives_to("two", "bob"));
    let chat = desk.visitor_says(1, "Hello");
    assert_eq!((desk.owner(chat), desk.count(chat, "assigned")), ("bob", 2));
    assert_eq!(desk.running(chat).len(), 2);
}

#[test]
fn a_team_that_is_emptied_while_somebody_waits_for_it_sends_them_on() {
    both_ways(|with| {
        let mut desk = with(Desk::new().publishes(once_as(waits())).online(&["ada"]));
        let chat = desk.visitor_says(1, "Hello");
        desk.set_up(|setup| {
            setup.teams.get_mut(&team_id("second")).expect("it is set up").members.clear();
        });
        let before = desk.owner(chat);
        desk.minutes(5);
        assert!(before == "ada" || desk.said(chat) == ["in vain"], "{:?}", desk.story(chat));
    });
}

fn how(desk: &Desk, chat: ConversationId) -> AssignedHow {
    let how = desk.of(chat).filter_map(|event| match &event.happening {
        Happening::Assigned { how, .. } => Some(*how),
        _ => None,
    });
    how.last().expect("somebody has it")
}

/// Waits for somebody of the second line who is online, for five minutes.
fn waits() -> Assign {
    Assign { online_only: true, timeout_seconds: Some(300), ..assign(team("second")) }
}

fn once(owner: Owner) -> Workflow {
    once_as(assign(owner))
}

fn once_as(wish: Assign) -> Workflow {
    workflow("it", |to| {
        let wish = Assign { timed_out: to("in vain"), nobody: to("nobody"), ..wish.clone() };
        vec![
            step("who", gives(wish)),
            then("say", say("$assignee.name has it"), None),
            then("in vain", say("in vain"), None),
            then("nobody", say("nobody"), None),
        ]
    })
}

#[test]
fn a_person_who_has_to_be_there_is_waited_for_and_in_vain_if_they_do_not_come() {
    both_ways(|with| {
        let there =
            Assign { online_only: true, timeout_seconds: Some(300), ..assign(person("dan@example.com")) };
        let mut desk = with(Desk::new().publishes(once_as(there)).online(&["sue"]));
        let (one, two) = (desk.visitor_says(1, "Hello"), desk.visitor_says(2, "Hello"));
        assert_eq!((desk.owner(one), desk.state(one)), ("", ConversationState::Queued));
        desk.does("sue", two, Act::Accept);
        assert_eq!(desk.said(two), ["sue has it"], "somebody else may take it");
        desk.minutes(4);
        desk.comes_online("dan");
        assert_eq!((desk.owner(one), desk.said(one)), ("dan", vec!["dan has it".to_owned()]));
        desk.goes_offline("dan");
        let three = desk.visitor_says(3, "Hello");
        desk.minutes(5);
        assert_eq!((desk.owner(three), desk.said(three)), ("", vec!["in vain".to_owned()]));
    });
}

#[test]
fn a_person_who_has_to_have_room_is_waited_for() {
    both_ways(|with| {
        let few = Assign { fewer_open_than: Some(1), ..assign(person("dan")) };
        let mut desk = with(Desk::new().publishes(once_as(few)).online(&["dan"]));
        let (one, two) = (desk.visitor_says(1, "Hello"), desk.visitor_says(2, "Hello"));
        assert_eq!((desk.owner(one), desk.owner(two)), ("dan", ""));
        desk.closes("dan", one);
        assert_eq!(desk.owner(two), "dan");
    });
}
