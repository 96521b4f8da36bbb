//! What each kind of step makes of a conversation.

use crate::desk::{Desk, agent, both_ways, queue, team_id, workflow_id};
use crate::flow::*;
use protocol::{
    Act, Author, ClosingSource, Content, ConversationState, Happening, ReasonId, Target, UnassignedWhy,
    WakeWhy,
};
use switchboard::workflow::definition::*;

#[test]
fn what_is_said_is_the_workflows_word_and_a_choice_has_buttons() {
    let mut desk = Desk::new().publishes(workflow("hello", |_| {
        vec![step("hi", say("Hi $contact.name!")), step("size", asks(ask("Size?", choice(&["S", "L"]))))]
    }));
    let chat = desk.visitor_says(1, "Hello");
    let said: Vec<_> = desk.of(chat).filter(|event| event.happening.kind() == "said").skip(1).collect();
    let Happening::Said { author, content, .. } = &said[0].happening else { panic!() };
    assert_eq!(*author, Author::Workflow(workflow_id("hello")));
    assert_eq!(content.as_plain_text(), "Hi !", "what nobody knows is empty");
    let Happening::Said { content: Content::Options { text, options, .. }, .. } = &said[1].happening else {
        panic!("{:?}", said[1])
    };
    assert_eq!((text.as_str(), options.as_slice()), ("Size?", ["S".to_owned(), "L".to_owned()].as_slice()));
    assert!(said.iter().all(|event| event.for_visitor().is_some()));
}

#[test]
fn options_that_no_button_can_show_are_said() {
    let many: Vec<String> = (0..60).map(|n| format!("Option {n}")).collect();
    let labels: Vec<&str> = many.iter().map(String::as_str).collect();
    let mut desk = Desk::new()
        .publishes(workflow("many", |_| vec![step("which", asks(ask("Which?", choice(&labels))))]));
    let chat = desk.visitor_says(1, "Hello");
    assert!(desk.said(chat)[0].starts_with("Which?\nOption 0\nOption 1\n"), "{:?}", desk.said(chat));
}

#[test]
fn comments_name_those_who_are_there() {
    let mentions = vec![
        Mention::Agent(AgentName("BOB@example.com".to_owned())),
        Mention::Agent(AgentName("cyd".to_owned())),
        Mention::Agent(AgentName("nobody@example.com".to_owned())),
        Mention::Team(TeamId("second".to_owned())),
        Mention::Team(TeamId("No such team".to_owned())),
    ];
    let mut desk = Desk::new().publishes(workflow("note", |_| {
        vec![step(
            "note",
            Task::Comment { text: text("See $conversation.status"), mentions: mentions.clone() },
        )]
    }));
    let chat = desk.visitor_says(1, "Hello");
    let written = desk.of(chat).find(|event| event.happening.kind() == "commented").unwrap();
    let Happening::Commented { text, mentions, .. } = &written.happening else { panic!() };
    assert_eq!(text, "See automated");
    let named = [Target::Agent(agent("bob")), Target::Agent(agent("cyd")), Target::Team(team_id("second"))];
    assert_eq!(mentions, &named);
    assert_eq!(written.for_visitor(), None);
}

#[test]
fn tags_and_fields_are_the_contacts_and_outlive_the_conversation() {
    both_ways(|with| {
        let mut desk = with(Desk::new().online(&["sue"]).publishes(workflow("enrich", |_| {
            vec![
                step("vip", tag("vip")),
                step("again", tag("vip")),
                step("old", untag("new")),
                step("bad", tag(" ")),
                step("city", field("city", "Paris")),
                step("same", field("city", "Paris")),
                step("none", field("mood", "")),
            ]
        })));
        let chat = desk.visitor_says(1, "Hello");
        assert_eq!(
            (desk.count(chat, "tagged"), desk.count(chat, "field_set")),
            (1, 1),
            "what is so is not done"
        );
        desk.does("sue", chat, Act::TakeOver);
        desk.closes("sue", chat);
        let next = desk.visitor_says(1, "Me again");
        let contact = desk.conversation(next).contact;
        assert!(contact.tags.contains("vip"));
        assert_eq!(contact.fields["city"], "Paris");
        assert_eq!(desk.count(next, "tagged"), 0);
    });
}

#[test]
fn a_field_cannot_grow_beyond_its_bounds() {
    let long = "x".repeat(20_000);
    let mut desk = Desk::new().publishes(workflow("long", |_| vec![step("long", field("long", &long))]));
    let chat = desk.visitor_says(1, "Hello");
    assert_eq!(desk.conversation(chat).contact.fields["long"].len(), protocol::limits::FIELD_VALUE_BYTES_MAX);
}

#[test]
fn unassigning_lets_it_wait_where_it_belongs() {
    both_ways(|with| {
        let mut desk = with(Desk::new().publishes(workflow("take", |_| {
            vec![
                step("nobody", Task::Unassign),
                step("ada", gives(assign(person("ada@example.com")))),
                step("take", Task::Unassign),
                step("who", comment("<$assignee.name>")),
            ]
        })));
        let chat = desk.visitor_says(1, "Hello");
        assert_eq!((desk.state(chat), desk.owner(chat)), (ConversationState::Queued, ""));
        assert_eq!(desk.comments(chat), ["<>"]);
        let taken = desk.of(chat).find(|event| event.happening.kind() == "unassigned").unwrap();
        let why = UnassignedWhy::Taken;
        assert_eq!(taken.happening, Happening::Unassigned { from: agent("ada"), why });
        assert_eq!(desk.conversation(chat).waits_in(), Some(&queue("first")));
    });
}

#[test]
fn closing_is_filed_under_a_category_that_there_is_and_takes_no_time_for_notes() {
    for (category, filed) in [("solved", Some("solved")), ("No such reason", None)] {
        let mut desk = Desk::with(|setup| {
            setup.rules.closing_needs_category = true;
            setup.teams.values_mut().for_each(|team| team.conduct.wrap_up_seconds = 60);
        });
        desk.publish(
            1,
            workflow("close", |_| {
                vec![
                    step("ada", gives(assign(team("first")))),
                    step(
                        "bye",
                        Task::Close {
                            category: Some(category.to_owned()),
                            summary: text("By $assignee.name"),
                        },
                    ),
                    step("never", say("never")),
                ]
            }),
        );
        let chat = desk.visitor_says(1, "Hello");
        let closed = desk.of(chat).find_map(|event| match &event.happening {
            Happening::Closed(closing) => Some(closing.clone()),
            _ => None,
        });
        let closed = closed.expect("it is closed");
        assert_eq!((closed.source, closed.wrap_up), (ClosingSource::Workflow, None));
        assert_eq!(closed.category, filed.map(|id| ReasonId::new(id).unwrap()));
        assert_eq!(closed.note.as_deref(), Some("By ada"));
        let told = desk.log("close").iter().any(|line| line.contains("no reason `No such reason`"));
        assert_eq!(told, filed.is_none(), "what is left out is told");
        assert_eq!((desk.said(chat).len(), desk.ended(chat)), (0, vec!["close: closed".to_owned()]));
        assert_eq!(desk.board.conversation(chat), None);
    }
}

#[test]
fn opening_wakes_what_is_put_aside() {
    both_ways(|with| {
        let mut desk = with(Desk::new().online(&["sue"]).publishes(on(
            tag_added("urgent"),
            workflow("wake", |_| vec![step("open", Task::Open), step("still", Task::Open)]),
        )));
        let chat = desk.visitor_says(1, "Hello");
        desk.does("sue", chat, Act::TakeOver);
        let until = desk.now.plus_seconds(3_600);
        desk.does("sue", chat, Act::Snooze { until });
        desk.does("sue", chat, Act::Tag { tag: "urgent".to_owned(), add: true });
        assert_eq!((desk.state(chat), desk.owner(chat)), (ConversationState::Open, "sue"));
        let woken: Vec<_> = desk.of(chat).filter(|event| event.happening.kind() == "woken").collect();
        assert_eq!(woken.len(), 1);
        assert_eq!(woken[0].happening, Happening::Woken { why: WakeWhy::StaffAsked });
    });
}

#[test]
fn waits_are_kept_and_those_that_are_overdue_are_done_in_the_order_in_which_they_were_due() {
    let waits = |id: &'static str, seconds_: u64| {
        workflow(id, move |_| vec![step("wait", seconds(seconds_)), step("say", comment(id))])
    };
    let mut desk = Desk::new().publishes(waits("late", 300)).publishes(waits("soon", 100));
    desk.publish(1, waits("later", 400));
    let chat = desk.visitor_says(1, "Hello");
    assert_eq!(desk.running(chat).len(), 3);
    desk.is_down(10_000);
    assert_eq!(desk.comments(chat), ["soon", "late", "later"]);
    assert_eq!(desk.running(chat), [""; 0]);
}

#[test]
fn a_workflow_hands_its_variables_to_another_and_goes_on() {
    both_ways(|with| {
        let mut desk = with(
            Desk::new()
                .publishes(workflow("first", |_| {
                    vec![
                        step("set", set("name", "Grace")),
                        step("go", trigger("second")),
                        step("say", say("one")),
                    ]
                }))
                .publishes(on(
                    Trigger::Manual,
                    workflow("second", |_| vec![step("say", say("two for $trigger.name"))]),
                )),
        );
        let chat = desk.visitor_says(1, "Hello");
        assert_eq!(desk.said(chat), ["one", "two for Grace"], "first the one, then what it noted");
        assert_eq!(desk.ended(chat), ["first: finished", "second: finished"]);
        let last = desk.of(chat).last().unwrap();
        let chain = vec![workflow_id("first"), workflow_id("second")];
        assert_eq!(last.cause, protocol::Cause::Workflows(chain));
    });
}

#[test]
fn another_workflow_can_begin_at_one_of_its_steps() {
    let second = || workflow("second", |_| vec![step("first", say("first")), step("middle", say("middle"))]);
    for (from, said, how) in [("middle", vec!["middle"], "finished"), ("gone", vec![], "no_such_step")] {
        let go = Task::Trigger { workflow: WorkflowId("second".to_owned()), from: Some(from.to_owned()) };
        let mut desk = Desk::new()
            .publishes(workflow("first", |_| vec![step("go", go.clone())]))
            .publishes(on(Trigger::Manual, second()));
        let chat = desk.visitor_says(1, "Hello");
        assert_eq!(desk.said(chat), said);
        assert_eq!(desk.ended(chat), ["first: finished".to_owned(), format!("second: {how}")]);
    }
}

#[test]
fn a_workflow_that_is_not_published_cannot_be_triggered_and_the_log_says_so() {
    let mut desk = Desk::new()
        .publishes(workflow("first", |_| vec![step("go", trigger("nobody")), step("say", say("one"))]));
    let chat = desk.visitor_says(1, "Hello");
    assert_eq!(desk.said(chat), ["one"]);
    let log = desk.log("first");
    assert!(log.iter().any(|line| line.contains("`nobody` was not started")), "{log:?}");
}
