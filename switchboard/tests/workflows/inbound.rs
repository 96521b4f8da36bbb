//! Who is it, which team, which person (`routing-and-inbox.md` E.12, inbound flow).

use crate::desk::{Desk, agent, both_ways};
use crate::flow::*;
use protocol::{Act, BrowserAuthor, ConversationState, RefusalCode};
use switchboard::workflow::Workflow;
use switchboard::workflow::definition::*;

#[test]
fn answers_of_the_first_stage_decide_in_the_second() {
    both_ways(|with| {
        let mut desk = with(desk());
        let chat = desk.visitor_says(1, "Hello");
        assert_eq!(desk.said(chat), ["What is it about? [Buying | Repairs]"]);
        desk.visitor_says(1, " BUYING ");
        assert_eq!(desk.said(chat).last().unwrap(), "Your mail address?");
        desk.visitor_says(1, "ada@example.com");
        assert_eq!(desk.owner(chat), "ada");
        let contact = desk.conversation(chat).contact;
        assert!(contact.tags.contains("Buying"));
        assert_eq!(contact.fields["email"], "ada@example.com");
        assert_eq!(desk.comments(chat), ["Wants: Buying. Mail: ada@example.com."]);
    });
}

#[test]
fn the_opening_message_is_no_answer_to_what_is_asked_after_it() {
    let mut desk = desk();
    let chat = desk.visitor_says(1, "Buying");
    assert_eq!(desk.said(chat).len(), 1);
    assert!(desk.conversation(chat).contact.tags.is_empty());
}

#[test]
fn an_answer_nobody_understands_is_asked_for_again_and_then_goes_to_the_rest() {
    both_ways(|with| {
        let mut desk = with(desk());
        let chat = desk.visitor_says(1, "Hello");
        for words in ["hm", "what?", "dunno"] {
            desk.visitor_says(1, words);
        }
        let said = desk.said(chat);
        assert_eq!(said.len(), 3);
        assert!(said[1].starts_with("Please choose one."), "{said:?}");
        assert_eq!(desk.owner(chat), "bob", "the second line has it");
    });
}

#[test]
fn a_second_message_opens_nothing_and_the_first_after_closing_begins_anew() {
    both_ways(|with| {
        let mut desk = with(desk().online(&["ada"]));
        let first = desk.visitor_says(1, "Hello");
        assert_eq!(desk.visitor_says(1, "1"), first);
        assert_eq!((desk.count(first, "opened"), desk.count(first, "workflow_started")), (1, 1));
        desk.visitor_says(1, "a@b.example");
        desk.closes("ada", first);
        let second = desk.visitor_says(1, "Me again");
        assert_ne!(second, first);
        assert_eq!((desk.count(second, "opened"), desk.count(second, "workflow_started")), (1, 1));
        desk.visitor_says(1, "Repairs");
        assert_eq!(desk.owner(second), "bob", "the mail address is known and not asked for again");
    });
}

#[test]
fn a_contact_whose_own_agent_is_there_skips_the_team() {
    both_ways(|with| {
        let mut desk = with(desk().online(&["ada", "cyd", "sue"]));
        let first = desk.visitor_says(1, "Hello");
        desk.does("sue", first, Act::Dedicate { to: Some(agent("cyd")) });
        desk.closes("sue", first);
        let second = desk.visitor_says(1, "Me again");
        assert_eq!(desk.owner(second), "cyd");
        assert_eq!(desk.said(second), [""; 0]);
        desk.closes("cyd", second);
        desk.goes_offline("cyd");
        let third = desk.visitor_says(1, "And again");
        assert_eq!((desk.owner(third), desk.said(third).len()), ("", 1));
    });
}

#[test]
fn the_assistant_is_silent_while_a_question_is_open_and_speaks_again_afterwards() {
    both_ways(|with| {
        let mut desk = with(Desk::new().publishes(workflow("name", |_| {
            vec![step("name", asks(ask("Who are you?", Kind::Text))), step("thanks", say("Hello $step.name"))]
        })));
        let chat = desk.visitor_says(1, "Hello");
        assert_eq!(desk.state(chat), ConversationState::Automated);
        assert!(!desk.told(chat).assistant_enabled);
        let refused = desk.browser_says(1, BrowserAuthor::Assistant, "I am a machine");
        assert_eq!(refused, Err(RefusalCode::AssistantSilent));
        desk.visitor_says(1, "Grace");
        assert_eq!(desk.said(chat), ["Who are you?", "Hello Grace"]);
        assert!(desk.told(chat).assistant_enabled);
        desk.browser_says(1, BrowserAuthor::Assistant, "How can I help?").expect("it may speak");
    });
}

#[test]
fn a_question_that_is_not_answered_in_time_gives_the_assistant_its_voice_back() {
    both_ways(|with| {
        let mut desk = with(desk());
        let chat = desk.visitor_says(1, "Hello");
        desk.minutes(10);
        assert_eq!(desk.ended(chat), ["inbound: no_way_out"]);
        assert!(desk.told(chat).assistant_enabled);
        desk.visitor_says(1, "Buying");
        assert_eq!(desk.owner(chat), "", "a run that is over does not wake again");
    });
}

#[test]
fn a_question_goes_on_when_a_person_is_asked_for_meanwhile() {
    let mut desk = desk();
    let chat = desk.visitor_says(1, "Hello");
    desk.asks_for_person(1);
    assert_eq!(desk.state(chat), ConversationState::Queued);
    desk.visitor_says(1, "Repairs");
    assert!(desk.conversation(chat).contact.tags.contains("Repairs"));
}

fn desk() -> Desk {
    Desk::new().publishes(inbound())
}

fn inbound() -> Workflow {
    workflow("inbound", |to| {
        let topic = Ask {
            retry_text: Some(text("Please choose one.")),
            timeout_seconds: Some(600),
            save: vec![Save::Variable("topic".to_owned()), Save::Tag],
            invalid: to("rest"),
            ..ask("What is it about?", choice(&["Buying", "Repairs"]))
        };
        let email =
            Ask { save: vec![Save::Field("email".to_owned())], ..ask("Your mail address?", Kind::Email) };
        let theirs =
            vec![value("contact.agent", Operator::Exists), value("contact.agent_status", equals("online"))];
        let known = vec![value("contact.email", Operator::Exists)];
        let buys = vec![value("topic", equals("buying"))];
        vec![
            step("theirs?", Task::Branch(vec![case("theirs", theirs, to("own"))])),
            step("topic", asks(topic)),
            step("known?", Task::Branch(vec![case("known", known, to("route"))])),
            step("email", asks(email)),
            then("route", Task::Branch(vec![case("buys", buys, to("sales"))]), to("rest")),
            then("sales", gives(assign(team("first"))), to("note")),
            step("rest", gives(assign(team("second")))),
            then("note", comment("Wants: $topic. Mail: $contact.email."), None),
            step("own", gives(assign(person("$contact.agent")))),
        ]
    })
}
