//! Whoever had an agent before gets the same one, if that one is there.

use crate::workflow::definition::*;
use crate::workflow::tests::desk::{Desk, agent};
use crate::workflow::tests::flow::*;
use crate::workflow::{End, Value, Workflow};

#[test]
fn an_available_agent_of_old_is_kept_and_no_team_is_looked_for() {
    let desk = opened(Some("online"));
    assert_eq!((desk.owner().as_str(), desk.run.ended()), ("ada", Some(End::Finished)));
    assert_eq!(desk.said(), ["ada will be with you in a moment."]);
}

#[test]
fn an_agent_of_old_who_is_away_gives_way_to_the_team() {
    assert_eq!(opened(Some("offline")).owner(), "gus");
}

#[test]
fn a_new_contact_goes_to_the_team() {
    assert_eq!(opened(None).owner(), "gus");
}

#[test]
fn whom_a_field_names_is_asked_for_and_nobody_when_it_names_none() {
    let dedicated = || {
        workflow("dedicated", |to| {
            let to_field = Owner::Agent(text("$contact.agent"));
            let own = Assign { to: to_field, nobody: to("team"), ..assign(team("general")) };
            vec![
                then("own", Task::Assign(Box::new(own)), None),
                step("team", Task::Assign(Box::new(assign(team("general"))))),
            ]
        })
    };
    for (name, owner) in [(Some("ada"), "ada"), (Some("nobody known"), "gus"), (None, "gus")] {
        let mut desk = Desk::of(dedicated()).team("general", &["gus"]).team("other", &["ada"]);
        desk.world.contact.extend(name.map(|name| ("agent".to_owned(), Value::text(name))));
        assert_eq!(desk.open(OpenedBy::Visitor).owner(), owner, "{name:?}");
    }
}

fn opened(status_of_old: Option<&str>) -> Desk {
    let mut desk = Desk::of(returning()).team("general", &["gus"]);
    if let Some(status) = status_of_old {
        let of_old = [("name", "ada"), ("status", status), ("id", &agent("ada").to_string())];
        desk.world.assignee.extend(of_old.map(|(name, value)| (name.to_owned(), Value::text(value))));
    }
    desk.open(OpenedBy::Visitor)
}

fn returning() -> Workflow {
    workflow("returning", |to| {
        let there =
            vec![value("assignee.exists", equals("true")), value("assignee.status", equals("Online"))];
        vec![
            then("there?", Task::Branch(vec![case("there", there, to("keep"))]), to("team")),
            then("keep", say("$assignee.name will be with you in a moment."), None),
            step("team", Task::Assign(Box::new(assign(team("general"))))),
        ]
    })
}
