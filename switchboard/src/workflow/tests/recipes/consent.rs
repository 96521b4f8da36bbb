//! Nobody's words are kept who does not agree to that.

use crate::workflow::definition::*;
use crate::workflow::tests::desk::Desk;
use crate::workflow::tests::flow::*;
use crate::workflow::{Effect, End, Value, Workflow};

#[test]
fn who_accepts_goes_on_and_is_remembered() {
    let mut desk = opened();
    desk.visitor_says("2");
    desk.visitor_says("back");
    desk.visitor_says("accept");
    assert_eq!(desk.world.contact["consent"], Value::text("Accept"));
    assert_eq!(desk.owner(), "ada");
}

#[test]
fn who_declines_is_told_and_the_conversation_is_closed() {
    let mut desk = opened();
    desk.visitor_says("Decline");
    desk.visitor_says("Sure");
    assert_eq!(desk.said().last(), Some(&"Then we cannot help you here. Call us: 555 0100."));
    let closed =
        Effect::Close { category: Some("No consent".to_owned()), summary: "Declined: Decline".to_owned() };
    assert!(desk.done.contains(&closed), "{:?}", desk.done);
    assert_eq!(desk.run.ended(), Some(End::Closed));
}

#[test]
fn a_change_of_mind_is_taken_so_often_and_no_more() {
    let mut desk = opened();
    for _ in 0..3 {
        desk.visitor_says("Decline");
        desk.visitor_says("Back");
    }
    assert_eq!(desk.run.ended(), Some(End::Closed), "{:#?}", desk.log());
}

fn opened() -> Desk {
    Desk::of(consent()).team("shop", &["ada"]).open(OpenedBy::Visitor)
}

fn consent() -> Workflow {
    workflow("consent", |to| {
        let save = vec![Save::Field("consent".to_owned())];
        let agree = Ask { save, ..ask("Do you agree?", choice(&["Accept", "Decline"])) };
        let sure = ask("Are you sure?", choice(&["Sure", "Back"]));
        let declined = vec![value("contact.consent", equals("decline"))];
        let back = vec![value("step.sure", equals("back"))];
        vec![
            step("link", say("How we treat what you write: https://shop.example/privacy")),
            step("agree", Task::Ask(Box::new(agree))),
            then("declined?", Task::Branch(vec![case("declined", declined, to("sure"))]), to("shop")),
            step("sure", Task::Ask(Box::new(sure))),
            then("back?", Task::Branch(vec![case("back", back, to("again"))]), to("bye")),
            step("again", Task::Jump { to: to("agree").unwrap(), times: 2 }),
            step("bye", say("Then we cannot help you here. Call us: 555 0100.")),
            then(
                "close",
                Task::Close {
                    category: Some("No consent".to_owned()),
                    summary: text("Declined: $contact.consent"),
                },
                None,
            ),
            step("shop", Task::Assign(Box::new(assign(team("shop"))))),
        ]
    })
}
