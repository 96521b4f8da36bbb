//! Every conversation passes three stages: who is it, which team, which person.

use crate::workflow::definition::*;
use crate::workflow::tests::desk::Desk;
use crate::workflow::tests::flow::*;
use crate::workflow::{End, Outcome, Value, Workflow};

#[test]
fn answers_of_the_first_stage_decide_in_the_second() {
    let mut desk = opened();
    assert_eq!(desk.said(), ["Hello! What is it about?"]);
    desk.visitor_says(" BUYING ");
    desk.visitor_says("ada@example.com");
    assert_eq!(desk.owner(), "sam");
    assert_eq!(desk.world.tags, ["Buying"]);
    assert_eq!(desk.world.contact["email"], Value::text("ada@example.com"));
    assert_eq!(desk.comments(), ["Wants: Buying. Mail: ada@example.com."]);
    assert_eq!(desk.run.ended(), Some(End::Finished), "it ends when somebody has the conversation");
}

#[test]
fn an_answer_nobody_understands_is_asked_for_again_and_then_goes_to_the_rest() {
    let mut desk = opened();
    for words in ["hm", "what?", "dunno"] {
        desk.visitor_says(words);
    }
    assert_eq!(desk.said(), ["Hello! What is it about?", "Please choose one.", "Please choose one."]);
    assert_eq!(desk.owner(), "gus");
}

#[test]
fn a_contact_that_is_known_is_not_asked_again() {
    let mut desk = Desk::of(inbound()).team("sales", &["sam"]).team("general", &["gus"]);
    desk.world.contact.insert("email".to_owned(), Value::text("known@example.com"));
    let mut desk = desk.open(OpenedBy::Visitor);
    desk.visitor_says("1");
    assert_eq!(desk.said().len(), 1);
    assert_eq!(desk.owner(), "sam");
}

#[test]
fn who_says_nothing_for_long_is_left_to_the_assistant() {
    let mut desk = opened();
    desk.minutes(10);
    assert_eq!((desk.owner().as_str(), desk.run.ended()), ("", Some(End::NoBranch(Outcome::TimedOut))));
    desk.visitor_says("Buying");
    assert_eq!(desk.owner(), "", "a run that is over does not wake again");
}

fn opened() -> Desk {
    let desk = Desk::of(inbound()).team("sales", &["sam"]).team("general", &["gus"]);
    desk.open(OpenedBy::Visitor)
}

fn inbound() -> Workflow {
    workflow("inbound", |to| {
        let topic = Ask {
            retry_text: Some(text("Please choose one.")),
            timeout_seconds: Some(600),
            save: vec![Save::Variable("topic".to_owned()), Save::Tag],
            invalid: to("general"),
            ..ask("Hello! What is it about?", choice(&["Buying", "Repairs"]))
        };
        let email =
            Ask { save: vec![Save::Field("email".to_owned())], ..ask("Your mail address?", Kind::Email) };
        let known = vec![value("contact.email", Operator::Exists)];
        let buys = vec![value("topic", equals("buying"))];
        vec![
            step("topic", Task::Ask(Box::new(topic))),
            step("known?", Task::Branch(vec![case("known", known, to("route"))])),
            step("email", Task::Ask(Box::new(email))),
            then("route", Task::Branch(vec![case("buys", buys, to("sales"))]), to("general")),
            then("sales", Task::Assign(Box::new(assign(team("sales")))), to("note")),
            step("general", Task::Assign(Box::new(assign(team("general"))))),
            step("note", comment("Wants: $topic. Mail: $contact.email.")),
        ]
    })
}
