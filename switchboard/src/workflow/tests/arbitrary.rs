//! Definitions, inputs and worlds as nobody would write them: whatever the types can hold.

use super::world::{TODAY, World};
use crate::matching::Strategy as Chosen;
use crate::workflow::definition::*;
use crate::workflow::facts::{Scope, Sender, Which};
use crate::workflow::text::{Reference, Space, Template};
use crate::workflow::{HttpAnswer, Input, Stop, Ticket, Value};
use proptest::collection::{btree_map, vec};
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;
use protocol::{AgentId, QueueId, Timestamp};

/// A workflow of a few steps whose ways out lead anywhere, also to steps that do not exist.
pub fn workflow() -> impl Strategy<Value = Workflow> {
    let step = (name(), task(), next()).prop_map(|(name, task, next)| Step { name, task, next });
    let exits = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>());
    let exits =
        exits.prop_map(|(agent_may_stop, on_visitor_message, on_human_message, on_manual_assignment)| {
            Exits { agent_may_stop, on_visitor_message, on_human_message, on_manual_assignment }
        });
    let trigger = select(vec![Trigger::Manual, Trigger::Closed { by: vec![], categories: vec![] }]);
    (vec(step, 0..8), exits, trigger, any::<bool>()).prop_map(|(steps, exits, trigger, survives_close)| {
        Workflow {
            id: WorkflowId("any".to_owned()),
            name: "any".to_owned(),
            trigger,
            condition: Condition::default(),
            once_per_contact: false,
            restart_when_triggered_again: false,
            survives_close,
            exits,
            steps,
        }
    })
}

/// Something a run is told.
#[derive(Clone, Debug)]
pub struct Told {
    /// What.
    pub input: Input,
    /// Whether it answers what the run wished for last; else whatever ticket it names.
    pub fits: bool,
    /// Milliseconds after what was told before.
    pub later: u64,
}

/// Anything a run can be told; most of it fits, and what ends runs is rare.
pub fn told() -> impl Strategy<Value = Told> {
    let ticket = || prop_oneof![(0..6_u32).prop_map(Ticket), any::<u32>().prop_map(Ticket)];
    let stop = select(vec![Stop::ByAgent, Stop::WithWorkflow, Stop::Restarted]);
    let status = of(prop_oneof![Just(200_u16), any::<u16>()]);
    let answer = (status, vec(value(), 0..3)).prop_map(|(status, values)| HttpAnswer { status, values });
    let input = prop_oneof![
        1 => (btree_map(name(), value(), 0..3), of(name())).prop_map(|(told, from)| Input::Started { told, from }),
        8 => Just(Input::TimeReached),
        16 => said().prop_map(|text| Input::VisitorSaid { text }),
        2 => Just(Input::HumanSaid),
        16 => ticket().prop_map(|ticket| Input::TurnGranted { ticket }),
        2 => ticket().prop_map(|ticket| Input::TurnRefused { ticket }),
        8 => (ticket(), agent()).prop_map(|(ticket, agent)| Input::Assigned { ticket, agent }),
        4 => ticket().prop_map(|ticket| Input::NobodyToAssign { ticket }),
        2 => agent().prop_map(|agent| Input::AssignedByHand { agent }),
        8 => (ticket(), answer).prop_map(|(ticket, answer)| Input::HttpAnswered { ticket, answer }),
        1 => Just(Input::Closed),
        1 => stop.prop_map(Input::Stopped),
    ];
    let later = prop_oneof![12 => Just(0), 4 => 0..100_000_u64, 1 => any::<u64>()];
    (input, prop::bool::weighted(0.8), later).prop_map(|(input, fits, later)| Told { input, fits, later })
}

/// A world.
pub fn world() -> impl Strategy<Value = World> {
    let sender = of(select(vec![Sender::Human, Sender::Assistant, Sender::Workflow, Sender::Any]));
    let messages = vec((sender, said(), 0..1_000_u64, any::<bool>()), 0..4);
    let about = || btree_map(name(), value(), 0..3);
    (about(), about(), about(), vec(name(), 0..3), messages, any::<bool>()).prop_map(
        |(contact, conversation, assignee, tags, messages, open)| {
            let mut world = World { contact, conversation, assignee, tags, ..World::default() };
            world.calendars.insert("a".to_owned(), open);
            for (from, text, seconds, here) in messages {
                world.says(from, &text, TODAY.plus_seconds(seconds));
                if let Some(message) = world.messages.last_mut() {
                    message.here = here;
                }
            }
            world
        },
    )
}

fn task() -> impl Strategy<Value = Task> {
    let case =
        (condition(), next()).prop_map(|(condition, then)| Case { name: String::new(), condition, then });
    let change = || select(vec![ChangeOfTag::Added, ChangeOfTag::Removed]);
    let when = prop_oneof![
        name().prop_map(WhenOpen::Calendar),
        (moment(), moment()).prop_map(|(from, to)| WhenOpen::Range { from, to }),
    ];
    prop_oneof![
        2 => template().prop_map(Task::Say),
        4 => ask().prop_map(|ask| Task::Ask(Box::new(ask))),
        3 => assign().prop_map(|assign| Task::Assign(Box::new(assign))),
        1 => select(vec![Task::Unassign, Task::Open]),
        3 => vec(case, 0..3).prop_map(Task::Branch),
        1 => (change(), vec(template(), 0..3)).prop_map(|(change, tags)| Task::Tag { change, tags }),
        1 => (name(), source()).prop_map(|(field, to)| Task::Field { field, to }),
        1 => (of(name()), template()).prop_map(|(category, summary)| Task::Close { category, summary }),
        1 => template().prop_map(|text| Task::Comment { text, mentions: Vec::new() }),
        3 => (place(), any::<u8>()).prop_map(|(to, times)| Task::Jump { to, times }),
        3 => seconds().prop_map(|seconds| Task::Wait { seconds }),
        1 => (when, next()).prop_map(|(when, outside)| Task::WhenOpen { when, outside }),
        3 => request().prop_map(|request| Task::Request(Box::new(request))),
        1 => (name(), of(name())).prop_map(|(id, from)| Task::Trigger { workflow: WorkflowId(id), from }),
        3 => (name(), source()).prop_map(|(variable, to)| Task::Set { variable, to }),
    ]
}

fn ask() -> impl Strategy<Value = Ask> {
    let kind = prop_oneof![
        Just(Kind::Text),
        vec(said(), 0..3).prop_map(Kind::Choice),
        (of(number()), of(number())).prop_map(|(min, max)| Kind::Number { min, max }),
        select(vec![DateOrder::MonthFirst, DateOrder::DayFirst]).prop_map(Kind::Date),
        select(vec![Kind::Time, Kind::Checkbox, Kind::Phone, Kind::Email, Kind::Url, Kind::Rating]),
    ];
    let save = prop_oneof![name().prop_map(Save::Variable), name().prop_map(Save::Field), Just(Save::Tag)];
    let if_busy = prop_oneof![Just(IfBusy::Wait), next().prop_map(IfBusy::Go)];
    let words = (template(), of(template()));
    let retries = prop_oneof![0..2_u8, any::<u8>()];
    (words, kind, retries, of(seconds()), vec(save, 0..3), if_busy, next(), next()).prop_map(
        |((text, retry_text), kind, retries, timeout_seconds, save, if_busy, invalid, timed_out)| Ask {
            text,
            kind,
            retries,
            retry_text,
            timeout_seconds,
            save,
            if_busy,
            invalid,
            timed_out,
        },
    )
}

fn assign() -> impl Strategy<Value = Assign> {
    let to = prop_oneof![
        template().prop_map(Owner::Agent),
        name().prop_map(|name| Owner::Team(TeamId(name))),
        Just(Owner::Queue(QueueId::new("front-desk").unwrap())),
        Just(Owner::Workspace),
    ];
    let choosing =
        select(vec![Choosing::AsConfigured, Choosing::By(Chosen::LeastOpen), Choosing::By(Chosen::Manual)]);
    let bounds = (any::<bool>(), of(any::<u32>()), of(seconds()));
    (to, choosing, bounds, next(), next()).prop_map(
        |(to, choosing, (online_only, fewer_open_than, timeout_seconds), timed_out, nobody)| Assign {
            to,
            choosing,
            online_only,
            fewer_open_than,
            timeout_seconds,
            timed_out,
            nobody,
        },
    )
}

fn request() -> impl Strategy<Value = Request> {
    let method = select(vec![Method::Get, Method::Post, Method::Put, Method::Patch, Method::Delete]);
    let value = prop_oneof![
        4 => template().prop_map(HeaderValue::Text),
        1 => name().prop_map(HeaderValue::Secret),
    ];
    let header = (said(), value).prop_map(|(name, value)| Header { name, value });
    let body = prop_oneof![
        template().prop_map(Body::Json),
        template().prop_map(Body::Form),
        template().prop_map(Body::Text)
    ];
    let part = prop_oneof![said().prop_map(PathPart::Key), any::<u32>().prop_map(PathPart::Index)];
    let mapping = (vec(part, 0..3), name()).prop_map(|(path, variable)| Mapping { path, variable });
    (method, template(), vec(header, 0..2), of(body), vec(mapping, 0..3), of(name()), next()).prop_map(
        |(method, url, headers, body, mappings, status, failed)| Request {
            method,
            url,
            headers,
            body,
            mappings,
            status,
            failed,
        },
    )
}

fn condition() -> impl Strategy<Value = Condition> {
    let join = || select(vec![Join::All, Join::Any]);
    let test = || (subject(), operator()).prop_map(|(subject, operator)| Test { subject, operator });
    let clause = prop_oneof![
        test().prop_map(Clause::Test),
        (join(), vec(test(), 0..3)).prop_map(|(join, tests)| Clause::Group { join, tests }),
    ];
    (join(), vec(clause, 0..3)).prop_map(|(join, clauses)| Condition { join, clauses })
}

fn subject() -> impl Strategy<Value = Subject> {
    let senders = || select(vec![Sender::Human, Sender::Assistant, Sender::Workflow, Sender::Any]);
    let which = || prop_oneof![Just(Which::Incoming), senders().prop_map(Which::Outgoing)];
    let scope = || select(vec![Scope::Conversation, Scope::SinceAssignment, Scope::Contact]);
    prop_oneof![
        4 => reference().prop_map(Subject::Value),
        1 => Just(Subject::Tags),
        1 => (which(), scope()).prop_map(|(which, scope)| Subject::LastText(which, scope)),
        1 => (which(), scope()).prop_map(|(which, scope)| Subject::LastAt(which, scope)),
        1 => (senders(), scope()).prop_map(|(sender, scope)| Subject::LastSource(sender, scope)),
        1 => name().prop_map(Subject::Calendar),
    ]
}

fn operator() -> impl Strategy<Value = Operator> {
    let two = || (template(), template());
    let some = || vec(template(), 0..3);
    prop_oneof![
        select(vec![Operator::Exists, Operator::NotExists]),
        template().prop_map(Operator::Equals),
        template().prop_map(Operator::NotEquals),
        template().prop_map(Operator::Greater),
        template().prop_map(Operator::Less),
        two().prop_map(|(low, high)| Operator::Between(low, high)),
        template().prop_map(Operator::Contains),
        template().prop_map(Operator::NotContains),
        some().prop_map(Operator::AnyOf),
        some().prop_map(Operator::AllOf),
        some().prop_map(Operator::NoneOf),
        template().prop_map(Operator::After),
        template().prop_map(Operator::Before),
        two().prop_map(|(low, high)| Operator::Within(low, high)),
        seconds().prop_map(Operator::OlderThan),
        seconds().prop_map(Operator::NewerThan),
        (seconds(), seconds()).prop_map(|(low, high)| Operator::AgeBetween(low, high)),
    ]
}

fn source() -> impl Strategy<Value = Source> {
    prop_oneof![value().prop_map(Source::Constant), template().prop_map(Source::Text)]
}

fn template() -> impl Strategy<Value = Template> {
    prop_oneof![
        said().prop_map(|text| Template::parse(&text)),
        reference().prop_map(|reference| Template::parse(&reference.to_string())),
        // What doubles itself, so that a circle would grow without end.
        Just(Template::parse("$a$a$b")),
    ]
}

fn reference() -> impl Strategy<Value = Reference> {
    let spaces =
        vec![Space::Own, Space::Contact, Space::Conversation, Space::Assignee, Space::Trigger, Space::Step];
    (select(spaces), name()).prop_map(|(space, name)| Reference { space, name })
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Missing),
        said().prop_map(Value::Text),
        number().prop_map(Value::Number),
        any::<bool>().prop_map(Value::Bool),
        Just(Value::Date("2026-12-24".parse().unwrap())),
        Just(Value::Time("18:00".parse().unwrap())),
        moment().prop_map(Value::Moment),
        vec(said(), 0..3).prop_map(Value::List),
    ]
}

/// Things that are said, most of which answer some question.
fn said() -> impl Strategy<Value = String> {
    let known = [
        "a",
        "1",
        "5",
        "12/24/2026",
        "18:00",
        "+49301234567",
        "a@b.example",
        "example.com",
        "$a $step.b",
        "",
    ];
    prop_oneof![3 => select(known.map(str::to_owned).to_vec()), 1 => any::<String>(), 1 => Just("é".repeat(9_000))]
}

fn name() -> impl Strategy<Value = String> {
    select(["a", "b", "c", "status", "name", "exists"].map(str::to_owned).to_vec())
}

fn number() -> impl Strategy<Value = f64> {
    select(vec![0.0, -1.5, 1.0, 5.0, 1e300, f64::MAX, f64::INFINITY])
}

fn seconds() -> impl Strategy<Value = u64> {
    prop_oneof![0..100_u64, any::<u64>()]
}

fn moment() -> impl Strategy<Value = Timestamp> {
    prop_oneof![Just(TODAY), any::<u64>().prop_map(Timestamp::from_millis)]
}

fn agent() -> impl Strategy<Value = AgentId> {
    any::<u128>().prop_map(|id| AgentId(uuid::Uuid::from_u128(id)))
}

fn next() -> impl Strategy<Value = Next> {
    prop_oneof![1 => Just(None), 5 => place().prop_map(Some)]
}

fn place() -> impl Strategy<Value = StepAt> {
    prop_oneof![12 => (0..8_u16).prop_map(StepAt), 1 => any::<u16>().prop_map(StepAt)]
}
