//! Workflows and days as nobody would make them.

use crate::desk::{NAMES, agent, queue, workflow_id};
use crate::flow::{
    ask, assign, case, choice, close, comment, equals, field, on, person, say, tag, team, text, trigger,
    untag, value,
};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;
use protocol::{Act, AgentStatus, Line, Target};
use switchboard::matching::Strategy as Chosen;
use switchboard::workflow::definition::*;
use switchboard::workflow::{Workflow, WorkflowId};

const IDS: [&str; 4] = ["w0", "w1", "w2", "w3"];

/// Something that happens in a day.
#[derive(Clone, Debug)]
pub enum Deed {
    Says(u128, &'static str),
    Asks(u128),
    AssistantSays(u128),
    StopsWaiting(u128),
    Ends(u128),
    Comes(&'static str, AgentStatus),
    Goes(&'static str),
    Acts(&'static str, u128, Act),
    Program(u128, Act),
    Answers(usize, u16),
    Page(u128),
    Webhook(u128, &'static str),
    Passes(u64),
    Restarts,
    Down(u64),
    Stops(&'static str, bool),
    Publishes(Box<Workflow>),
    Empties(&'static str),
}

pub fn deed() -> impl Strategy<Value = Deed> {
    let number = || 1..4_u128;
    let name = || select(NAMES.to_vec());
    let words = || select(vec!["a", "1", "hello", "2026-12-24", "a@b.example"]);
    let status = select(vec![AgentStatus::Online, AgentStatus::Busy, AgentStatus::Away]);
    let passes = prop_oneof![4 => 0..100_u64, 2 => 100..10_000_u64, 1 => 10_000..1_000_000_u64];
    prop_oneof![
        8 => (number(), words()).prop_map(|(number, words)| Deed::Says(number, words)),
        2 => number().prop_map(Deed::Asks),
        1 => number().prop_map(Deed::AssistantSays),
        1 => number().prop_map(Deed::StopsWaiting),
        1 => number().prop_map(Deed::Ends),
        4 => (name(), status).prop_map(|(name, status)| Deed::Comes(name, status)),
        1 => name().prop_map(Deed::Goes),
        8 => (name(), number(), act()).prop_map(|(name, number, act)| Deed::Acts(name, number, act)),
        2 => (number(), act()).prop_map(|(number, act)| Deed::Program(number, act)),
        3 => (any::<usize>(), select(vec![200_u16, 500])).prop_map(|(which, status)| Deed::Answers(which, status)),
        1 => number().prop_map(Deed::Page),
        1 => (number(), select(IDS.to_vec())).prop_map(|(number, id)| Deed::Webhook(number, id)),
        6 => passes.prop_map(Deed::Passes),
        2 => Just(Deed::Restarts),
        1 => (0..100_000_u64).prop_map(Deed::Down),
        1 => (select(IDS.to_vec()), any::<bool>()).prop_map(|(id, cancel)| Deed::Stops(id, cancel)),
        1 => workflow().prop_map(|made| Deed::Publishes(Box::new(made))),
        1 => select(vec!["first", "second"]).prop_map(Deed::Empties),
    ]
}

fn act() -> impl Strategy<Value = Act> {
    let target = prop_oneof![
        select(NAMES.to_vec()).prop_map(|name| Target::Agent(agent(name))),
        select(vec!["first", "second", "empty"]).prop_map(|name| Target::Team(crate::desk::team_id(name))),
        select(vec!["first", "second"]).prop_map(|name| Target::Queue(queue(name))),
        Just(Target::Anybody),
    ];
    let simple = vec![
        Act::Accept,
        Act::Decline { reason: None },
        Act::Unassign,
        Act::TakeOver,
        Act::TakeOver,
        Act::Close { category: None, note: None },
        Act::Close { category: None, note: None },
        Act::ReturnToAssistant { note: None },
        Act::MarkSpam,
        Act::UnmarkSpam,
        Act::Wake,
        Act::FinishWrapUp,
    ];
    let words = Line::new("Hello").expect("a line");
    let says = Act::Say { text: words, written_at: protocol::Timestamp::from_millis(0) };
    let named = || select(vec!["a", "b"]);
    prop_oneof![
        6 => select(simple),
        3 => Just(says),
        3 => (target, any::<bool>()).prop_map(|(to, even)| Act::Assign { to, even_if_unavailable: even }),
        3 => (named(), any::<bool>()).prop_map(|(tag, add)| Act::Tag { tag: tag.to_owned(), add }),
        2 => (named(), of(named())).prop_map(|(field, value)| Act::SetField { field: field.to_owned(), value: value.map(str::to_owned) }),
        3 => select(IDS.to_vec()).prop_map(|id| Act::StartWorkflow { workflow: workflow_id(id), form: vec![] }),
        2 => select(IDS.to_vec()).prop_map(|id| Act::StopWorkflow { workflow: workflow_id(id) }),
        1 => select(vec!["first", "second"]).prop_map(|name| Act::Move { queue: queue(name) }),
    ]
}

pub fn workflow() -> impl Strategy<Value = Workflow> {
    let flags = (any::<bool>(), any::<bool>(), any::<bool>());
    let exits = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>());
    let step = (task(), next());
    (select(IDS.to_vec()), trigger_of(), vec(step, 0..7), flags, exits).prop_map(
        |(id, trigger, steps, flags, exits)| {
            let named =
                |(place, (task, next)): (usize, (Task, Next))| Step { name: format!("s{place}"), task, next };
            Workflow {
                once_per_contact: flags.0 && flags.1,
                restart_when_triggered_again: flags.1,
                survives_close: flags.2,
                exits: Exits {
                    agent_may_stop: exits.0,
                    on_visitor_message: exits.1,
                    on_human_message: exits.2,
                    on_manual_assignment: exits.3,
                },
                steps: steps.into_iter().enumerate().map(named).collect(),
                ..on(trigger, crate::flow::workflow(id, |_| Vec::new()))
            }
        },
    )
}

fn trigger_of() -> impl Strategy<Value = Trigger> {
    let contact = ContactAt { key: ContactKey::Id, path: Vec::new() };
    select(vec![
        Trigger::Opened { by: vec![] },
        Trigger::Opened { by: vec![OpenedBy::Visitor] },
        Trigger::Closed { by: vec![], categories: vec![] },
        Trigger::TagChanged { change: ChangeOfTag::Added, tags: vec![] },
        Trigger::TagChanged { change: ChangeOfTag::Removed, tags: vec!["a".to_owned()] },
        Trigger::FieldChanged { field: "a".to_owned() },
        Trigger::Shortcut { form: vec![] },
        Trigger::Webhook { values: vec![], contact },
        Trigger::Manual,
        Trigger::PageEvent { name: "cart".to_owned() },
    ])
}

fn task() -> impl Strategy<Value = Task> {
    let call = next().prop_map(|failed| {
        Task::Request(Box::new(Request {
            method: Method::Get,
            url: text("https://example.com/"),
            headers: Vec::new(),
            body: None,
            mappings: Vec::new(),
            status: None,
            failed,
        }))
    });
    let branch =
        (select(vec!["open", "closed", "queued", "automated"]), next()).prop_map(|(status, then)| {
            Task::Branch(vec![case("is", vec![value("conversation.status", equals(status))], then)])
        });
    let plain = vec![
        say("Hello $contact.a"),
        comment("$v"),
        tag("a"),
        tag("b"),
        untag("a"),
        field("a", "$conversation.status"),
        Task::Open,
        Task::Unassign,
        close(),
    ];
    prop_oneof![
        8 => select(plain),
        4 => wish(),
        4 => question(),
        2 => call,
        2 => branch,
        4 => seconds().prop_map(|seconds| Task::Wait { seconds }),
        3 => select(IDS.to_vec()).prop_map(trigger),
        1 => (select(IDS.to_vec()), select(vec!["s0", "s2", "x"])).prop_map(|(id, from)| Task::Trigger {
            workflow: WorkflowId(id.to_owned()),
            from: Some(from.to_owned()),
        }),
        2 => (0..8_u16, any::<u8>()).prop_map(|(to, times)| Task::Jump { to: StepAt(to), times }),
    ]
}

fn wish() -> impl Strategy<Value = Task> {
    let owner = prop_oneof![
        select(vec!["ada@example.com", "$contact.a", "$assignee.id"]).prop_map(person),
        select(vec!["first", "second", "empty"]).prop_map(team),
        select(vec!["first", "second"]).prop_map(|name| Owner::Queue(queue(name))),
        Just(Owner::Workspace),
    ];
    let by =
        select(vec![Choosing::AsConfigured, Choosing::By(Chosen::LeastOpen), Choosing::By(Chosen::Manual)]);
    (owner, by, any::<bool>(), of(0..3_u32), of(seconds()), next(), next()).prop_map(
        |(to, choosing, online_only, fewer_open_than, timeout_seconds, timed_out, nobody)| {
            Task::Assign(Box::new(Assign {
                choosing,
                online_only,
                fewer_open_than,
                timeout_seconds,
                timed_out,
                nobody,
                ..assign(to)
            }))
        },
    )
}

fn question() -> impl Strategy<Value = Task> {
    (any::<bool>(), of(seconds()), 0..2_u8, any::<bool>(), next(), next()).prop_map(
        |(free, timeout_seconds, retries, wait, invalid, timed_out)| {
            let kind = if free { Kind::Text } else { choice(&["a", "b"]) };
            let if_busy = if wait { IfBusy::Wait } else { IfBusy::Go(invalid) };
            let save = vec![Save::Tag, Save::Field("a".to_owned()), Save::Variable("v".to_owned())];
            Task::Ask(Box::new(Ask {
                timeout_seconds,
                retries,
                if_busy,
                invalid,
                timed_out,
                save,
                ..ask("Well?", kind)
            }))
        },
    )
}

fn seconds() -> impl Strategy<Value = u64> {
    prop_oneof![3 => 0..100_u64, 2 => 100..10_000_u64, 1 => 10_000..2_000_000_u64]
}

fn next() -> impl Strategy<Value = Next> {
    prop_oneof![1 => Just(None), 5 => (0..7_u16).prop_map(|at| Some(StepAt(at)))]
}
