//! What workflows see of the world.

use crate::desk::{Desk, agent, both_ways, visitor};
use crate::flow::*;
use protocol::setup::{CalendarSetup, Hours};
use protocol::{Act, BrowserAuthor, CalendarId, PageSeen};
use switchboard::Command;
use switchboard::workflow::definition::*;
use switchboard::workflow::facts::{Scope, Sender, Which};

#[test]
fn texts_see_the_conversation_the_contact_and_the_owner() {
    let mut desk = Desk::new().online(&["sue", "ada"]).publishes(sees(
        &[
            "status",
            "priority",
            "queue",
            "team",
            "site",
            "reason",
            "opened_by",
            "closed_by",
            "transfers",
            "language",
        ]
        .map(|name| format!("$conversation.{name}"))
        .join("|"),
    ));
    let chat = desk.asks_for_person(1);
    let field =
        |field: &str, value: &str| Act::SetField { field: field.to_owned(), value: Some(value.to_owned()) };
    desk.does("sue", chat, field("language", "fr"));
    desk.does("sue", chat, Act::SetPriority { priority: 3 });
    assert_eq!(look(&mut desk, chat), "open|3|first|first|shop|agent_requested|visitor||0|fr");
}

#[test]
fn texts_see_whose_the_contact_is() {
    let contact =
        ["id", "agent", "agent_status", "last_agent", "city"].map(|name| format!("$contact.{name}"));
    let mut desk = Desk::new()
        .online(&["sue"])
        .publishes(sees(&(contact.join("|") + "|$assignee.name,$assignee.status")));
    let chat = desk.visitor_says(1, "Hello");
    let id = visitor(1);
    assert_eq!(look(&mut desk, chat), format!("{id}|||||,"));
    desk.does("sue", chat, Act::TakeOver);
    desk.does("sue", chat, Act::Dedicate { to: Some(agent("cyd")) });
    let (cyd, sue) = (agent("cyd"), agent("sue"));
    assert_eq!(look(&mut desk, chat), format!("{id}|{cyd}|offline|{sue}||sue,online"));
    let set = Act::SetField { field: "agent".to_owned(), value: Some("own".to_owned()) };
    desk.does("sue", chat, set);
    assert_eq!(look(&mut desk, chat), format!("{id}|own|offline|{sue}||sue,online"), "fields come first");
}

#[test]
fn the_last_message_is_looked_for_by_who_sent_it_and_how_far_back() {
    let last = |which, scope| Subject::LastText(which, scope);
    let human = Which::Outgoing(Sender::Human);
    let looks = [
        ("visitor", last(Which::Incoming, Scope::Conversation)),
        ("assistant", last(Which::Outgoing(Sender::Assistant), Scope::Conversation)),
        ("human", last(human, Scope::Conversation)),
        ("workflow", last(Which::Outgoing(Sender::Workflow), Scope::Conversation)),
        ("any", last(Which::Outgoing(Sender::Any), Scope::Conversation)),
        ("owner", last(human, Scope::SinceAssignment)),
        ("visitor since", last(Which::Incoming, Scope::SinceAssignment)),
    ];
    let mut desk = Desk::new().online(&["sue", "ada"]);
    for (name, subject) in looks {
        let test = Test { subject, operator: Operator::Exists };
        let finds = workflow(&name.replace(' ', "-"), |to| {
            vec![
                then("look", Task::Branch(vec![case("is", vec![test.clone()], to("say"))]), None),
                step("say", comment(name)),
            ]
        });
        desk.publish(1, on(Trigger::Shortcut { form: vec![] }, finds));
    }
    let all = ["visitor", "assistant", "human", "workflow", "any", "owner", "visitor-since"];
    let found = |desk: &mut Desk, chat| {
        let before = desk.comments(chat).len();
        all.iter().for_each(|id| desk.starts("sue", chat, id, &[]).unwrap());
        desk.comments(chat)[before..].join(" ")
    };
    let chat = desk.visitor_says(1, "Hello");
    assert_eq!(found(&mut desk, chat), "visitor");
    desk.browser_says(1, BrowserAuthor::Assistant, "Hi").unwrap();
    assert_eq!(found(&mut desk, chat), "visitor assistant any");
    desk.seconds(1);
    desk.does("sue", chat, Act::TakeOver);
    desk.seconds(1);
    desk.agent_says("sue", chat, "Hi");
    assert_eq!(found(&mut desk, chat), "visitor assistant human any owner");
    desk.seconds(1);
    desk.does(
        "sue",
        chat,
        Act::Assign { to: protocol::Target::Agent(agent("ada")), even_if_unavailable: false },
    );
    assert_eq!(found(&mut desk, chat), "visitor assistant human any");
    desk.seconds(1);
    desk.visitor_says(1, "Still there?");
    assert_eq!(found(&mut desk, chat), "visitor assistant human any visitor since");
}

#[test]
fn other_conversations_are_seen_where_the_contact_is_meant() {
    let written = Subject::LastAt(Which::Outgoing(Sender::Human), Scope::Contact);
    let recent = Test { subject: written, operator: Operator::NewerThan(3_600) };
    let known = workflow("known", |to| {
        vec![
            then("look", Task::Branch(vec![case("is", vec![recent.clone()], to("say"))]), None),
            step("say", comment("known")),
        ]
    });
    let mut desk = Desk::new().publishes(known).online(&["sue"]);
    let first = desk.visitor_says(1, "Hello");
    desk.does("sue", first, Act::TakeOver);
    desk.agent_says("sue", first, "Hi");
    desk.closes("sue", first);
    let second = desk.visitor_says(1, "Me again");
    assert_eq!((desk.comments(first).len(), desk.comments(second).len()), (0, 1));
}

#[test]
fn calendars_are_open_or_not_and_those_that_do_not_exist_never_are() {
    let looks = workflow("hours", |to| {
        let when = |name: &str| WhenOpen::Calendar(name.to_owned());
        vec![
            then("office", Task::WhenOpen { when: when("office"), outside: to("closed") }, to("open")),
            then("open", comment("open"), to("other")),
            then("closed", comment("closed"), to("other")),
            then("other", Task::WhenOpen { when: when("No such"), outside: to("never") }, None),
            step("never", comment("never")),
        ]
    });
    let mut desk = Desk::with(|setup| {
        let hours = |text: &str| Hours::try_from(text.to_owned()).unwrap();
        let week = std::array::from_fn(|_| vec![hours("09:00-17:00")]);
        let calendar = CalendarSetup {
            name: "Office".to_owned(),
            zone: "Europe/Paris".to_owned(),
            week,
            days: Default::default(),
        };
        setup.calendars.insert(CalendarId::new("office").unwrap(), calendar);
    });
    desk.publish(1, looks);
    let night = desk.visitor_says(1, "Hello");
    desk.minutes(8 * 60);
    let morning = desk.visitor_says(2, "Hello");
    assert_eq!(
        (desk.comments(night), desk.comments(morning)),
        (vec!["closed".to_owned(), "never".to_owned()], vec!["open".to_owned(), "never".to_owned()])
    );
}

fn sees(words: &str) -> switchboard::workflow::Workflow {
    on(Trigger::Shortcut { form: vec![] }, workflow("sees", |_| vec![step("note", comment(words))]))
}

fn look(desk: &mut Desk, chat: protocol::ConversationId) -> String {
    desk.starts("sue", chat, "sees", &[]).expect("it can be started");
    desk.comments(chat).pop().expect("it was written")
}

#[test]
fn the_last_message_is_seen_as_far_as_anybody_writes() {
    let test = |text: &str| Test {
        subject: Subject::LastText(Which::Incoming, Scope::Conversation),
        operator: Operator::Contains(crate::flow::text(text)),
    };
    let reads = on(
        Trigger::Shortcut { form: vec![] },
        workflow("reads", |to| {
            vec![
                then("look", Task::Branch(vec![case("is", vec![test("refund")], to("say"))]), None),
                step("say", comment("wants money")),
            ]
        }),
    );
    let mut desk = Desk::new().online(&["sue"]).publishes(reads);
    let story = |length: usize| format!("{} refund", "word ".repeat(length));
    let chat = desk.visitor_says(1, &story(100));
    desk.starts("sue", chat, "reads", &[]).unwrap();
    assert_eq!(desk.comments(chat), ["wants money"], "beyond what lists show");
    assert!(desk.conversation(chat).words.preview.chars().count() <= protocol::limits::PREVIEW_CHARS_MAX);
    desk.visitor_says(1, &story(switchboard::SAID_CHARS_MAX / 5 + 1));
    desk.starts("sue", chat, "reads", &[]).unwrap();
    assert_eq!(desk.comments(chat).len(), 1, "there is a bound");
}

#[test]
fn in_other_conversations_too_it_is_known_who_wrote_what() {
    let said = |which| Subject::LastText(which, Scope::Contact);
    let has = |which, words: &str| Test {
        subject: said(which),
        operator: Operator::Contains(crate::flow::text(words)),
    };
    let looks = [
        ("visitor", has(Which::Incoming, "first words")),
        ("human", has(Which::Outgoing(Sender::Human), "a person's")),
        ("assistant", has(Which::Outgoing(Sender::Assistant), "a machine's")),
        ("workflow", has(Which::Outgoing(Sender::Workflow), "a workflow's")),
        ("any", has(Which::Outgoing(Sender::Any), "a person's")),
    ];
    both_ways(|with| {
        let mut desk = with(Desk::new().online(&["sue"]));
        for (name, test) in looks.clone() {
            let finds = workflow(name, |to| {
                vec![
                    then("look", Task::Branch(vec![case("is", vec![test.clone()], to("say"))]), None),
                    step("say", comment(name)),
                ]
            });
            desk.publish(1, on(Trigger::Shortcut { form: vec![] }, finds));
        }
        desk.publish(1, on(tag_added("x"), workflow("speaks", |_| vec![step("say", say("a workflow's"))])));
        let first = desk.visitor_says(1, "The first words");
        desk.browser_says(1, BrowserAuthor::Assistant, "a machine's").unwrap();
        desk.does("sue", first, Act::Tag { tag: "x".to_owned(), add: true });
        desk.does("sue", first, Act::TakeOver);
        desk.seconds(1);
        desk.agent_says("sue", first, "a person's");
        desk.closes("sue", first);
        desk.seconds(1);
        let second = desk.asks_for_person(1);
        for (name, _) in &looks {
            desk.starts("sue", second, name, &[]).unwrap();
        }
        assert_eq!(desk.comments(second), ["visitor", "human", "assistant", "workflow", "any"]);
    });
}

#[test]
fn how_whose_the_contact_is_and_who_had_them_last_are_is_known() {
    let mut desk = Desk::new()
        .online(&["sue", "cyd"])
        .publishes(sees("$contact.agent_status|$contact.last_agent_status"));
    let chat = desk.visitor_says(1, "Hello");
    assert_eq!(look(&mut desk, chat), "|");
    let set = Act::SetField { field: "agent".to_owned(), value: Some("CYD@example.com".to_owned()) };
    desk.does("sue", chat, set);
    desk.does("sue", chat, Act::TakeOver);
    desk.closes("sue", chat);
    let chat = desk.visitor_says(1, "Me again");
    assert_eq!(look(&mut desk, chat), "online|online");
    desk.goes_offline("cyd");
    assert_eq!(look(&mut desk, chat), "offline|online");
}

#[test]
fn the_page_that_the_visitor_looks_at_is_known_from_the_first_message_on() {
    let words = "$conversation.page|$conversation.language|$contact.page_title";
    let opens = workflow("opens", |_| vec![step("note", comment(words))]);
    let moved = on(
        Trigger::FieldChanged { field: "page".to_owned() },
        workflow("moved", |_| vec![step("note", comment("now $trigger.value"))]),
    );
    let mut desk = Desk::new().publishes(opens).publishes(moved);
    let sees = |address: &str| Command::VisitorSees {
        visitor: visitor(1),
        page: PageSeen {
            address: Some(address.to_owned()),
            title: Some("Shoes".to_owned()),
            language: Some("de-AT".to_owned()),
            ..PageSeen::default()
        },
    };
    desk.done(Command::VisitorConnection { visitor: visitor(1), here: true });
    desk.done(sees("https://shop.example/shoes"));
    let chat = desk.visitor_says(1, "Hello");
    assert_eq!(
        desk.comments(chat),
        ["https://shop.example/shoes|de-AT|Shoes", "now https://shop.example/shoes"]
    );
    desk.done(sees("https://shop.example/shoes"));
    assert_eq!(desk.count(chat, "field_set"), 3, "what is known is not told again");
    desk.done(sees("https://shop.example/cart"));
    assert_eq!(desk.conversation(chat).contact.fields["page"], "https://shop.example/cart");
    assert_eq!(desk.comments(chat).last().unwrap(), "now https://shop.example/cart");
}
