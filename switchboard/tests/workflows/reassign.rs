//! Somebody else answers when the first is silent for a quarter of an hour (`routing-and-inbox.md` E.12, first part).

use crate::desk::{Desk, both_ways};
use crate::flow::*;
use protocol::{Actor, Cause, ConversationState, Happening};
use switchboard::workflow::Workflow;
use switchboard::workflow::definition::*;
use switchboard::workflow::facts::{Scope, Sender, Which};

#[test]
fn after_a_quarter_of_an_hour_of_silence_an_online_member_of_the_team_has_it_and_a_comment_says_why() {
    both_ways(|with| {
        let mut desk = with(desk().online(&["bob"]));
        let chat = desk.visitor_says(1, "Hello");
        assert_eq!(desk.owner(chat), "ada", "given at once, online or not");
        desk.minutes(14);
        assert_eq!((desk.owner(chat), desk.comments(chat).len()), ("ada", 0));
        desk.minutes(1);
        assert_eq!(desk.owner(chat), "bob");
        assert_eq!(desk.comments(chat), ["ada was silent for 15 minutes; over to bob"]);
        let told = desk.of(chat).filter_map(protocol::Event::for_visitor);
        assert!(told.map(|told| format!("{told:?}")).all(|told| !told.contains("silent")));
        assert_eq!(desk.ended(chat), ["reassign: finished"]);
        assert_eq!(desk.running(chat), [""; 0]);
    });
}

#[test]
fn an_answer_after_fourteen_minutes_changes_that() {
    both_ways(|with| {
        let mut desk = with(desk().online(&["ada", "bob"]));
        let chat = desk.visitor_says(1, "Hello");
        desk.minutes(14);
        desk.agent_says("ada", chat, "Sorry for the wait!");
        desk.minutes(60);
        assert_eq!((desk.owner(chat), desk.comments(chat).len()), ("ada", 0));
        assert_eq!(desk.ended(chat), ["reassign: finished"]);
    });
}

#[test]
fn closed_after_five_minutes_nothing_more_happens() {
    both_ways(|with| {
        let mut desk = with(desk().online(&["ada", "bob"]));
        let chat = desk.visitor_says(1, "Hello");
        desk.minutes(5);
        desk.closes("ada", chat);
        let events = desk.events.len();
        desk.minutes(60);
        assert_eq!(desk.events.len(), events, "{:?}", desk.story(chat));
        assert_eq!(desk.ended(chat), ["reassign: closed"]);
        assert_eq!(desk.board.conversation(chat), None, "it is let go of");
    });
}

#[test]
fn with_nobody_of_the_team_online_it_waits_until_somebody_is() {
    both_ways(|with| {
        let mut desk = with(desk());
        let chat = desk.visitor_says(1, "Hello");
        desk.minutes(50);
        assert_eq!((desk.owner(chat), desk.state(chat)), ("", ConversationState::Queued));
        desk.comes_online("dan");
        desk.comes_online("ada");
        assert_eq!(desk.owner(chat), "", "they are of another team");
        desk.comes_online("cyd");
        assert_eq!((desk.owner(chat), desk.comments(chat).len()), ("cyd", 1));
    });
}

#[test]
fn with_nobody_of_the_team_online_for_an_hour_it_takes_the_other_branch_and_goes_back() {
    both_ways(|with| {
        let mut desk = with(desk());
        let chat = desk.visitor_says(1, "Hello");
        desk.minutes(15 + 59);
        assert_eq!(desk.said(chat), [""; 0]);
        desk.minutes(1);
        assert_eq!(desk.said(chat), ["Everybody is busy. We will write to you."]);
        assert_eq!(desk.owner(chat), "ada", "nobody is looked for any longer: it is whose it was");
        desk.comes_online("bob");
        assert_eq!(desk.owner(chat), "ada");
    });
}

#[test]
fn a_conversation_that_an_agent_opened_does_not_start_it() {
    let mut desk = desk().online(&["ada"]);
    let chat = desk.agent_opens("ada", 1);
    desk.minutes(60);
    assert_eq!(desk.count(chat, "workflow_started"), 0);
}

#[test]
fn a_process_that_was_down_when_it_was_time_does_it_when_it_is_back() {
    let mut desk = desk().online(&["bob"]);
    let chat = desk.visitor_says(1, "Hello");
    desk.minutes(10);
    desk.is_down(40 * 60);
    assert_eq!(desk.owner(chat), "bob");
    assert_eq!(desk.count(chat, "commented"), 1);
}

#[test]
fn an_offer_does_not_end_the_step_but_whoever_accepts_it() {
    both_ways(|with| {
        let mut desk = with(Desk::with(|setup| {
            setup
                .teams
                .values_mut()
                .for_each(|team| team.conduct.offer = protocol::setup::OfferMode::Ask { seconds: 30 });
        }));
        desk.publish(1, reassign());
        let mut desk = desk.online(&["bob", "cyd"]);
        let chat = desk.visitor_says(1, "Hello");
        desk.minutes(15);
        assert_eq!(desk.state(chat), ConversationState::Offered);
        assert_eq!(desk.comments(chat), [""; 0]);
        let asked =
            if desk.conversation(chat).offered_to()[0] == crate::desk::agent("bob") { "bob" } else { "cyd" };
        desk.does(asked, chat, protocol::Act::Decline { reason: None });
        assert_eq!((desk.state(chat), desk.comments(chat).len()), (ConversationState::Offered, 0));
        let other = if asked == "bob" { "cyd" } else { "bob" };
        desk.does(other, chat, protocol::Act::Accept);
        assert_eq!((desk.owner(chat), desk.comments(chat).len()), (other, 1));
    });
}

#[test]
fn everything_it_did_says_which_workflow_led_to_it() {
    let mut desk = desk().online(&["bob"]);
    let chat = desk.visitor_says(1, "Hello");
    desk.minutes(15);
    let chain = vec![crate::desk::workflow_id("reassign")];
    for event in desk.of(chat) {
        let own = matches!(event.by, Actor::Workflow { .. });
        assert_eq!(own, event.cause == Cause::Workflows(chain.clone()), "{event:?}");
    }
    let story = [
        "opened",
        "said",
        "workflow_started",
        "assigned",
        "unassigned",
        "queued",
        "assigned",
        "commented",
        "workflow_ended",
    ];
    assert_eq!(desk.story(chat), story);
    let by_router = desk.of(chat).filter(|event| event.by == Actor::Router);
    let kinds: Vec<_> = by_router.map(|event| event.happening.kind()).collect();
    assert_eq!(kinds, ["assigned"]);
    assert!(matches!(
        &desk.of(chat).nth(2).unwrap().happening,
        Happening::WorkflowStarted { version: 1, .. }
    ));
}

fn desk() -> Desk {
    Desk::new().publishes(reassign())
}

pub fn reassign() -> Workflow {
    let silent = || {
        let answer = Subject::LastAt(Which::Outgoing(Sender::Human), Scope::SinceAssignment);
        vec![
            value("conversation.status", equals("Open")),
            Test { subject: answer, operator: Operator::NotExists },
        ]
    };
    workflow("reassign", |to| {
        let second = Assign {
            online_only: true,
            timeout_seconds: Some(3_600),
            timed_out: to("sorry"),
            ..assign(team("second"))
        };
        vec![
            step("first", gives(assign(team("first")))),
            step("remember", set("first", "$assignee.name")),
            step("quarter", minutes(15)),
            then("silent?", Task::Branch(vec![case("silent", silent(), to("second"))]), None),
            step("second", gives(second)),
            then("tell", comment("$first was silent for 15 minutes; over to $assignee.name"), None),
            step("sorry", say("Everybody is busy. We will write to you.")),
        ]
    })
}
