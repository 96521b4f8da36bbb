//! For every act: who may, and who is refused with which code.

use crate::world::{Agent, Chat, World, agent_id, line, queue, reason, to_team};
use protocol::RefusalCode::{self, NotAllowed, UnknownConversation, UnknownName};
use protocol::{Act, ConversationState, Target, WorkflowId};

/// What each of these is told: the owner, a colleague of the team, a stranger, a supervisor, a program.
type Row = (Act, [Option<RefusalCode>; 5]);

const STRANGER: Option<RefusalCode> = Some(UnknownConversation);

#[test]
fn of_what_belongs_to_somebody() {
    for (act, expected) in [ownership(), handling()].concat() {
        for (who, expected) in ["Anna", "Ben", "Carla", "Sam", "program"].into_iter().zip(expected) {
            let (world, _, chat) = annas();
            assert_refusal(&world, who, &chat, &act, expected);
        }
    }
    let no = Some(NotAllowed);
    let (world, anna, chat) = annas();
    let until = world.now().plus_seconds(60);
    for (who, expected) in
        [("Ben", no), ("Carla", STRANGER), ("Sam", None), ("program", None), ("Anna", None)]
    {
        assert_refusal(&world, who, &chat, &Act::Snooze { until }, expected);
    }
    assert!(chat.is_of(&anna));
}

/// Whose it is.
fn ownership() -> Vec<Row> {
    let note = Some("For staff".to_owned());
    let no = Some(NotAllowed);
    vec![
        (
            Act::Accept,
            [None, Some(RefusalCode::NoLongerAvailable), STRANGER, Some(RefusalCode::NoLongerAvailable), no],
        ),
        (
            Act::Decline { reason: None },
            [
                Some(RefusalCode::NoLongerAvailable),
                Some(RefusalCode::NoLongerAvailable),
                STRANGER,
                Some(RefusalCode::NoLongerAvailable),
                no,
            ],
        ),
        (Act::Say { text: line("Hi"), written_at: Default::default() }, [None, no, STRANGER, no, None]),
        (Act::Comment { text: line("Hm"), mentions: Vec::new() }, [None, None, STRANGER, None, None]),
        (
            Act::Assign { to: Target::Agent(agent_id("Ben")), even_if_unavailable: false },
            [no, no, STRANGER, None, None],
        ),
        (
            Act::Assign { to: Target::Agent(agent_id("Carla")), even_if_unavailable: true },
            [no, no, STRANGER, None, None],
        ),
        (Act::Unassign, [None, no, STRANGER, None, None]),
        (
            Act::Transfer { to: to_team("workshop"), reason: reason("language"), note: note.clone() },
            [None, no, STRANGER, None, None],
        ),
        (Act::TakeOver, [None, no, STRANGER, None, no]),
        (Act::ReturnToAssistant { note: note.clone() }, [None, no, STRANGER, None, None]),
    ]
}

/// What is known of it, and where it goes.
fn handling() -> Vec<Row> {
    let note = Some("For staff".to_owned());
    let no = Some(NotAllowed);
    let workflow = WorkflowId::new("no-such").expect("a slug");
    vec![
        (Act::Join, [None, None, STRANGER, None, no]),
        (Act::Part, [None, None, STRANGER, None, no]),
        (Act::Wake, [None, None, STRANGER, None, None]),
        (Act::Close { category: Some(reason("solved")), note }, [None, no, STRANGER, None, None]),
        (Act::MarkSpam, [None, None, STRANGER, None, None]),
        (Act::UnmarkSpam, [None, None, STRANGER, None, None]),
        (Act::Tag { tag: "vip".to_owned(), add: true }, [None, None, STRANGER, None, None]),
        (
            Act::SetField { field: "city".to_owned(), value: Some("Bergen".to_owned()) },
            [None, None, STRANGER, None, None],
        ),
        (Act::SetPriority { priority: 3 }, [None, no, STRANGER, None, None]),
        (Act::Move { queue: queue("workshop") }, [no, no, STRANGER, None, None]),
        (
            Act::StartWorkflow { workflow: workflow.clone(), form: Vec::new() },
            [Some(UnknownName), Some(UnknownName), STRANGER, Some(UnknownName), Some(UnknownName)],
        ),
        (
            Act::StopWorkflow { workflow },
            [Some(UnknownName), Some(UnknownName), STRANGER, Some(UnknownName), Some(UnknownName)],
        ),
        (Act::Dedicate { to: Some(agent_id("Anna")) }, [no, no, STRANGER, None, None]),
    ]
}

#[test]
fn of_what_waits_whoever_it_waits_for() {
    let waits = |act: &Act, who: &str, expected| {
        let world = World::new();
        let chat = world.visitor(1).asks_for_person();
        world.online(["Anna", "Carla", "Sam"]);
        world.agent("Anna").declines(&chat);
        assert_refusal(&world, who, &chat, act, expected);
    };
    let assign = Act::Assign { to: to_team("workshop"), even_if_unavailable: false };
    let close = Act::Close { category: None, note: None };
    let back = Act::ReturnToAssistant { note: None };
    for act in [Act::Accept, Act::TakeOver, assign, close, back, Act::MarkSpam] {
        waits(&act, "Anna", None);
        waits(&act, "Carla", STRANGER);
        let person = matches!(act, Act::Accept | Act::TakeOver);
        waits(&act, "program", person.then_some(NotAllowed));
    }
    waits(&Act::Move { queue: queue("workshop") }, "Anna", Some(NotAllowed));
    waits(&Act::SetPriority { priority: 1 }, "Anna", Some(NotAllowed));
    waits(&Act::SetPriority { priority: 1 }, "Sam", None);
    waits(&Act::Join, "Anna", Some(RefusalCode::WrongState));
}

#[test]
fn of_what_the_assistant_has_only_who_oversees() {
    let world = World::new();
    world.online(["Anna", "Sam"]);
    let chat = world.visitor(1).says("Hello");
    assert_refusal(&world, "Anna", &chat, &Act::TakeOver, STRANGER);
    assert_refusal(&world, "program", &chat, &Act::TakeOver, Some(NotAllowed));
    assert_refusal(&world, "Sam", &chat, &Act::TakeOver, None);
}

#[test]
fn of_what_was_given_back_to_the_assistant_its_team_with_room() {
    let (world, anna, chat) = annas();
    anna.does(&chat, Act::ReturnToAssistant { note: None });
    anna.chooses(protocol::AgentStatus::Busy);
    let ben = world.agent("Ben");
    crate::world::fills_up(&world, &ben);
    assert_refusal(&world, "Ben", &chat, &Act::TakeOver, Some(RefusalCode::NoRoom));
    assert_refusal(&world, "Anna", &chat, &Act::TakeOver, None);
    assert_eq!(chat.state(), ConversationState::Open);
}

#[test]
fn who_works_here_no_more_does_nothing() {
    let (world, anna, chat) = annas();
    world.set_up(|setup| setup.agents.get_mut(&anna.id).unwrap().active = false);
    assert_refusal(&world, "Anna", &chat, &Act::Accept, Some(NotAllowed));
    assert_eq!(anna.tries_status(protocol::AgentStatus::Online), Err(NotAllowed));
    assert_eq!(anna.opens(&world.visitor(5)).map(drop), Err(NotAllowed));
}

#[test]
fn who_is_not_here_neither_picks_nor_takes_over() {
    let world = World::new();
    let chat = world.visitor(1).asks_for_person();
    for act in [Act::Accept, Act::TakeOver] {
        assert_refusal(&world, "Anna", &chat, &act, Some(RefusalCode::NotOnline));
        assert_refusal(&world, "Sam", &chat, &act, Some(RefusalCode::NotOnline));
    }
}

#[test]
fn bounds_of_tags_and_fields_are_kept() {
    let (_world, anna, chat) = annas();
    let tag = |tag: &str| Act::Tag { tag: tag.to_owned(), add: true };
    for wrong in ["", " vip", "a\nb", &"x".repeat(65)] {
        assert_eq!(anna.tries(&chat, tag(wrong)), Err(RefusalCode::Malformed), "{wrong:?}");
    }
    (0..100).for_each(|number| anna.does(&chat, tag(&format!("t{number}"))));
    assert_eq!(anna.tries(&chat, tag("one-more")), Err(RefusalCode::Malformed));
    let field =
        |name: &str, bytes: usize| Act::SetField { field: name.to_owned(), value: Some("x".repeat(bytes)) };
    assert_eq!(anna.tries(&chat, field("city", 4 * 1024 + 1)), Err(RefusalCode::Malformed));
    anna.does(&chat, field("city", 4 * 1024));
    assert_eq!(anna.tries(&chat, Act::Dedicate { to: None }), Err(NotAllowed));
}

fn annas() -> (World, Agent, Chat) {
    let world = World::new();
    let [anna] = world.online(["Anna"]);
    let chat = world.visitor(1).asks_for_person();
    anna.accepts(&chat);
    world.online(["Ben", "Carla", "Sam"]);
    (world, anna, chat)
}

fn assert_refusal(world: &World, who: &str, chat: &Chat, act: &Act, expected: Option<RefusalCode>) {
    let number = chat.number();
    let done = match who {
        "program" => world.program().tries(chat, act.clone()),
        name => world.agent(name).tries(chat, act.clone()),
    };
    assert_eq!(done.err(), expected, "{who}: {}", act.code());
    if expected.is_some() {
        assert_eq!(chat.number(), number, "a refusal changes nothing");
    }
}

#[test]
fn in_an_agents_name_a_program_may_what_the_agent_may_and_both_are_named() {
    let world = World::new();
    let [anna] = world.online(["Anna"]);
    let program = world.program();
    let chat = world.visitor(1).asks_for_person();
    assert_eq!(program.tries(&chat, Act::Accept), Err(RefusalCode::NotAllowed), "a program owns nothing");
    program.tries_as(&anna, &chat, Act::Accept).expect("Anna may");
    assert!(chat.is_of(&anna));
    let by = chat.last("assigned").by;
    assert!(
        matches!(&by, protocol::Actor::ForAgent { agent, name, .. } if agent.id == anna.id && name == "crm")
    );
    let carla = world.agent("Carla");
    assert_eq!(program.tries_as(&carla, &chat, Act::Join), Err(RefusalCode::UnknownConversation));
}
