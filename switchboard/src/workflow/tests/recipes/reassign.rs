//! Somebody else answers when the first is silent for a quarter of an hour.

use crate::workflow::definition::*;
use crate::workflow::facts::{Scope, Sender, Which};
use crate::workflow::tests::desk::{Desk, agent};
use crate::workflow::tests::flow::*;
use crate::workflow::{Effect, End, Outcome, Workflow};

#[test]
fn a_silent_agents_conversation_goes_to_the_team_after_a_quarter_of_an_hour() {
    let mut desk = opened();
    desk.minutes(14);
    assert_eq!((desk.owner().as_str(), desk.comments().len()), ("ada", 0));
    desk.minutes(1);
    assert_eq!(desk.owner(), "bob");
    assert_eq!(desk.comments(), ["ada was silent for 15 minutes; over to bob"]);
    assert_eq!(desk.said(), [""; 0], "the visitor is told nothing of it");
    assert_eq!(desk.run.ended(), Some(End::Finished));
}

#[test]
fn an_answer_at_the_last_minute_changes_nothing() {
    let mut desk = opened();
    desk.minutes(14);
    desk.agent_says("Sorry for the wait!");
    desk.minutes(60);
    assert_eq!((desk.owner().as_str(), desk.comments().len()), ("ada", 0));
}

#[test]
fn an_answer_given_before_the_owner_came_does_not_count_for_the_owner() {
    let mut desk = Desk::of(reassign()).team("first", &["ada"]).team("second", &["bob"]).online(&["bob"]);
    desk.agent_says("Somebody will be with you");
    desk.now = desk.now.plus_seconds(60);
    let mut desk = desk.open(OpenedBy::Visitor);
    desk.minutes(15);
    assert_eq!(desk.owner(), "bob");
}

#[test]
fn a_conversation_closed_before_changes_nothing() {
    let mut desk = opened();
    desk.minutes(5);
    desk.close();
    desk.minutes(60);
    assert_eq!((desk.owner().as_str(), desk.comments().len()), ("ada", 0));
    assert_eq!(desk.run.ended(), Some(End::Closed));
}

#[test]
fn with_nobody_of_the_team_online_it_waits_until_somebody_is() {
    let mut desk = opened();
    desk.online.clear();
    desk.minutes(50);
    assert_eq!(desk.owner(), "ada");
    desk.comes_online("cyd");
    assert_eq!((desk.owner().as_str(), desk.comments().len()), ("cyd", 1));
}

#[test]
fn with_nobody_of_the_team_online_for_an_hour_the_visitor_is_told() {
    let mut desk = opened();
    desk.online.clear();
    desk.minutes(15 + 60);
    assert_eq!(desk.said(), ["Everybody is busy. We will write to you."]);
    assert!(desk.done.iter().any(|effect| matches!(effect, Effect::WithdrawAssign { .. })));
    desk.comes_online("bob");
    assert_eq!(desk.owner(), "ada", "nobody is looked for any longer");
}

#[test]
fn a_team_without_members_ends_it_at_once() {
    let mut desk = opened();
    desk.teams.remove("second");
    desk.minutes(15);
    assert_eq!(desk.run.ended(), Some(End::NoBranch(Outcome::Nobody)));
}

#[test]
fn a_conversation_that_an_agent_opened_does_not_start_it() {
    let mut desk = Desk::of(reassign()).team("first", &["ada"]).open(OpenedBy::Agent);
    desk.minutes(60);
    assert_eq!(desk.done, []);
}

#[test]
fn people_can_read_what_it_did() {
    let mut desk = opened();
    desk.minutes(20);
    assert_eq!(
        desk.log(),
        [
            "first: waits".to_owned(),
            format!("first: assigned to {}", agent("ada")),
            "remember: done".to_owned(),
            "quarter: waits until 2026-11-21T00:15:00Z".to_owned(),
            "quarter: done".to_owned(),
            "silent?: case `silent` holds".to_owned(),
            "second: waits until 2026-11-21T01:15:00Z".to_owned(),
            format!("second: assigned to {}", agent("bob")),
            "tell: done".to_owned(),
            "over: nothing follows".to_owned(),
        ]
    );
}

fn opened() -> Desk {
    let desk = Desk::of(reassign()).team("first", &["ada"]).team("second", &["bob", "cyd"]);
    desk.online(&["bob"]).open(OpenedBy::Visitor)
}

fn reassign() -> Workflow {
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
            step("first", Task::Assign(Box::new(assign(team("first"))))),
            step("remember", set("first", "$assignee.name")),
            step("quarter", minutes(15)),
            then("silent?", Task::Branch(vec![case("silent", silent(), to("second"))]), None),
            step("second", Task::Assign(Box::new(second))),
            then("tell", comment("$first was silent for 15 minutes; over to $assignee.name"), None),
            step("sorry", say("Everybody is busy. We will write to you.")),
        ]
    })
}
