//! Documents as programs could make them.

use crate::workflow::document::*;
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::json;

/// A conversation on which anything can be tried.
pub const CONVERSATION: &str = r#"
format: 1
title: Anything
start: 2026-11-21T09:00Z
contact: { email: ada@example.com }
agents: { ada@shop.example: { teams: [a], queues: [b] } }
calendars: { a: true }
answers: { a: [{ status: 200, body: { a: [1] }, after: 1s }, {}] }
timeline:
  - { opened: visitor }
  - { tag_added: a }
  - { field_changed: a, to: 1 }
  - { started: { a: 1 } }
  - { visitor: "1" }
  - { at: 1m, visitor: a }
  - { at: 1h, human: a }
  - { closed: agent }
"#;

pub fn workflow() -> impl Strategy<Value = WorkflowDoc> {
    let steps = vec(step(), 1..8);
    let flags = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>());
    (trigger(), of(condition()), flags, steps, of(text())).prop_map(
        |(trigger, when, flags, mut steps, description)| {
            number(&mut steps);
            WorkflowDoc {
                schema: None,
                format: FORMAT,
                id: "any".to_owned(),
                name: "Any".to_owned(),
                description,
                trigger,
                when,
                once_per_contact: flags.0,
                restart_when_triggered_again: flags.1,
                survives_close: flags.2,
                exits: ExitsDoc { agent_may_stop: flags.3, ..ExitsDoc::default() },
                steps,
            }
        },
    )
}

/// Names steps in the order they stand, so that ways out lead somewhere.
fn number(steps: &mut [StepDoc]) {
    for (step, name) in steps.iter_mut().zip(["a", "b", "c", "d", "e", "f", "g", "h"]) {
        let id = match step {
            StepDoc::Say(step) => &mut step.id,
            StepDoc::Ask(step) => &mut step.id,
            StepDoc::Assign(step) => &mut step.id,
            StepDoc::Do(step) => &mut step.id,
            StepDoc::Branch(step) => &mut step.id,
            StepDoc::AddTags(step) => &mut step.id,
            StepDoc::RemoveTags(step) => &mut step.id,
            StepDoc::SetField(step) => &mut step.id,
            StepDoc::Set(step) => &mut step.id,
            StepDoc::Close(step) => &mut step.id,
            StepDoc::Comment(step) => &mut step.id,
            StepDoc::Jump(step) => &mut step.id,
            StepDoc::Wait(step) => &mut step.id,
            StepDoc::During(step) => &mut step.id,
            StepDoc::Request(step) => &mut step.id,
            StepDoc::Run(step) => &mut step.id,
        };
        name.clone_into(id);
    }
}

fn step() -> impl Strategy<Value = StepDoc> {
    prop_oneof![waiting(), leading(), doing()]
}

/// Steps that wait for somebody or something.
fn waiting() -> impl Strategy<Value = StepDoc> {
    let id = String::new;
    let ways = || (of(way()), of(way()), of(way()), of(way()));
    prop_oneof![
        (text(), of(way())).prop_map(move |(say, next)| StepDoc::Say(SayStepDoc { id: id(), say, next })),
        (ask(), ways()).prop_map(move |(ask, (next, invalid, timed_out, busy))| {
            StepDoc::Ask(AskStepDoc { id: id(), ask, invalid, timed_out, busy, next })
        }),
        (assign(), ways()).prop_map(move |(assign, (next, timed_out, nobody, _))| {
            StepDoc::Assign(AssignStepDoc { id: id(), assign, timed_out, nobody, next })
        }),
        (duration(), of(way())).prop_map(move |(wait, next)| StepDoc::Wait(WaitStepDoc {
            id: id(),
            wait,
            next
        })),
        (request(), of(way())).prop_map(move |(request, failed)| StepDoc::Request(RequestStepDoc {
            id: id(),
            request,
            failed,
            next: None
        })),
        of(way()).prop_map(move |from| StepDoc::Run(RunStepDoc {
            id: id(),
            run: RunDoc { workflow: "other".to_owned(), from },
            next: None,
        })),
    ]
}

/// Steps that only lead elsewhere.
fn leading() -> impl Strategy<Value = StepDoc> {
    let id = String::new;
    let case = (condition(), way()).prop_map(|(when, next)| CaseDoc { name: "case".to_owned(), when, next });
    let during = prop_oneof![
        Just(DuringDoc::Calendar(CalendarDoc { calendar: "a".to_owned() })),
        Just(DuringDoc::Range(RangeDoc {
            from: "2026-11-21T09:00Z".to_owned(),
            to: "2026-11-22T09:00Z".to_owned()
        })),
    ];
    prop_oneof![
        (vec(case, 1..3), of(way())).prop_map(move |(branch, next)| StepDoc::Branch(BranchStepDoc {
            id: id(),
            branch,
            next
        })),
        (way(), 1..10_u8, of(way())).prop_map(move |(to, times, next)| StepDoc::Jump(JumpStepDoc {
            id: id(),
            jump: JumpDoc { to, times },
            next,
        })),
        (during, of(way())).prop_map(move |(during, outside)| StepDoc::During(DuringStepDoc {
            id: id(),
            during,
            outside,
            next: None
        })),
    ]
}

/// Steps that do something and go on.
fn doing() -> impl Strategy<Value = StepDoc> {
    let id = String::new;
    let comment = prop_oneof![
        text().prop_map(CommentDoc::Text),
        text().prop_map(|text| CommentDoc::Full(CommentTextDoc {
            text,
            mention: vec![MentionDoc::Team(ToTeamDoc { team: "a".to_owned() })],
        })),
    ];
    prop_oneof![
        select(vec![DoDoc::Open, DoDoc::Unassign]).prop_map(move |does| StepDoc::Do(DoStepDoc {
            id: id(),
            does,
            next: None
        })),
        vec(text(), 1..3).prop_map(move |add_tags| StepDoc::AddTags(AddTagsStepDoc {
            id: id(),
            add_tags,
            next: None
        })),
        vec(text(), 1..3).prop_map(move |remove_tags| StepDoc::RemoveTags(RemoveTagsStepDoc {
            id: id(),
            remove_tags,
            next: None
        })),
        (name(), value()).prop_map(move |(field, to)| StepDoc::SetField(SetFieldStepDoc {
            id: id(),
            set_field: SetFieldDoc { field, to },
            next: None,
        })),
        (name(), value()).prop_map(move |(variable, to)| StepDoc::Set(SetStepDoc {
            id: id(),
            set: SetDoc { variable, to },
            next: None,
        })),
        (of(select(vec!["done".to_owned()])), text()).prop_map(move |(category, summary)| StepDoc::Close(
            CloseStepDoc { id: id(), close: CloseDoc { category, summary }, next: None }
        )),
        comment.prop_map(move |comment| StepDoc::Comment(CommentStepDoc { id: id(), comment, next: None })),
    ]
}

fn ask() -> impl Strategy<Value = AskDoc> {
    let kind = select(vec![
        KindDoc::Text,
        KindDoc::Choice,
        KindDoc::Number,
        KindDoc::Date,
        KindDoc::Time,
        KindDoc::Checkbox,
        KindDoc::Phone,
        KindDoc::Email,
        KindDoc::Url,
        KindDoc::Rating,
    ]);
    let save = prop_oneof![
        Just(SaveDoc::Tag(TagWord::Tag)),
        name().prop_map(|variable| SaveDoc::Variable(SaveVariableDoc { variable })),
        name().prop_map(|field| SaveDoc::Field(SaveFieldDoc { field })),
    ];
    let order = of(select(vec![DateOrderDoc::MonthFirst, DateOrderDoc::DayFirst]));
    let rest = (of(number_of()), of(number_of()), order, of(0..10_u8), of(text()), of(duration()));
    (text(), kind, vec(text(), 0..3), rest, vec(save, 0..3)).prop_map(
        |(text, kind, options, (min, max, order, retries, retry_text, timeout), save)| AskDoc {
            text,
            kind,
            options: if kind == KindDoc::Choice { options } else { Vec::new() },
            min: min.filter(|_| kind == KindDoc::Number),
            max: max.filter(|_| kind == KindDoc::Number),
            order: order.filter(|_| kind == KindDoc::Date),
            retries,
            retry_text,
            timeout,
            save,
        },
    )
}

fn assign() -> impl Strategy<Value = AssignDoc> {
    let to = prop_oneof![
        Just(OwnerDoc::Anybody(AnybodyWord::Anybody)),
        text().prop_map(|agent| OwnerDoc::Agent(ToAgentDoc { agent })),
        Just(OwnerDoc::Team(ToTeamDoc { team: "a".to_owned() })),
        Just(OwnerDoc::Queue(ToQueueDoc { queue: "b".to_owned() })),
    ];
    let by = of(select(vec![ByDoc::RoundRobin, ByDoc::LeastOpen, ByDoc::MostAvailable, ByDoc::Manual]));
    (to, by, any::<bool>(), of(1..5_u32), of(duration())).prop_map(
        |(to, by, online_only, fewer_open_than, timeout)| AssignDoc {
            to,
            by,
            online_only,
            fewer_open_than,
            timeout,
        },
    )
}

fn request() -> impl Strategy<Value = RequestDoc> {
    let method = select(vec![MethodDoc::Get, MethodDoc::Post, MethodDoc::Delete]);
    let header = prop_oneof![
        text().prop_map(HeaderDoc::Text),
        Just(HeaderDoc::Secret(SecretDoc { secret: "crm".to_owned() })),
    ];
    let body = prop_oneof![
        text().prop_map(|text| BodyDoc::Text(TextBodyDoc { text })),
        text().prop_map(|text| BodyDoc::Form(FormBodyDoc { form: [("a".to_owned(), text)].into() })),
        text().prop_map(|text| BodyDoc::Json(JsonBodyDoc { json: json!({ "a": [text, 1, null] }) })),
    ];
    (method, of(header), of(body), of(name())).prop_map(|(method, header, body, status)| RequestDoc {
        method,
        url: "https://crm.example/$a".to_owned(),
        headers: header.map(|header| ("X-A".to_owned(), header)).into_iter().collect(),
        body,
        take: [("b".to_owned(), "$.a[0]".to_owned())].into(),
        status,
    })
}

fn trigger() -> impl Strategy<Value = TriggerDoc> {
    prop_oneof![
        Just(TriggerDoc::Manual(ManualWord::Manual)),
        Just(TriggerDoc::Opened(OpenedTriggerDoc { opened: OpenedDoc { by: vec![OpenedByDoc::Visitor] } })),
        Just(TriggerDoc::Closed(ClosedTriggerDoc { closed: ClosedDoc::default() })),
        vec(text(), 0..2).prop_map(|tag_added| TriggerDoc::TagAdded(TagAddedDoc { tag_added })),
        name().prop_map(|field_changed| TriggerDoc::FieldChanged(FieldChangedDoc { field_changed })),
    ]
}

fn condition() -> impl Strategy<Value = ConditionDoc> {
    let group = || {
        prop_oneof![
            3 => test().prop_map(ClauseDoc::Test),
            1 => vec(test(), 0..3).prop_map(|all| ClauseDoc::All(TestsAllDoc { all })),
            1 => vec(test(), 0..3).prop_map(|any| ClauseDoc::Any(TestsAnyDoc { any })),
        ]
    };
    prop_oneof![
        test().prop_map(ConditionDoc::Test),
        vec(group(), 0..3).prop_map(|all| ConditionDoc::All(AllDoc { all })),
        vec(group(), 0..3).prop_map(|any| ConditionDoc::Any(AnyDoc { any })),
    ]
}

/// A test whose value fits its operator.
fn test() -> impl Strategy<Value = TestDoc> {
    let from = select(vec![FromDoc::Visitor, FromDoc::Human, FromDoc::Any]);
    let scope = select(vec![ScopeDoc::Conversation, ScopeDoc::SinceAssignment, ScopeDoc::Contact]);
    let about = (from, scope).prop_map(|(from, scope)| AboutDoc { from, scope });
    let named = select(vec!["$a", "$contact.email", "tags", "$step.a"]);
    let of_values = (
        named,
        select(vec![
            (OperatorDoc::Exists, None),
            (OperatorDoc::Equals, Some(OperandDoc::One(ValueDoc::Text("$a 1".to_owned())))),
            (OperatorDoc::Contains, Some(OperandDoc::One(ValueDoc::Number(1.5)))),
            (OperatorDoc::AnyOf, Some(OperandDoc::Several(vec![ValueDoc::YesNo(true)]))),
        ]),
    );
    let of_ages = (
        about,
        select(vec![
            (OperatorDoc::NotExists, None),
            (OperatorDoc::OlderThan, Some(OperandDoc::One(ValueDoc::Text("15m".to_owned())))),
        ]),
    );
    prop_oneof![
        of_values.prop_map(|(name, (operator, value))| TestDoc {
            subject: SubjectDoc::Name(name.to_owned()),
            operator,
            value
        }),
        of_ages.prop_map(|(last_message_at, (operator, value))| TestDoc {
            subject: SubjectDoc::LastMessageAt(LastMessageAtDoc { last_message_at }),
            operator,
            value
        }),
    ]
}

fn value() -> impl Strategy<Value = ValueDoc> {
    prop_oneof![
        any::<bool>().prop_map(ValueDoc::YesNo),
        number_of().prop_map(ValueDoc::Number),
        text().prop_map(ValueDoc::Text),
    ]
}

fn number_of() -> impl Strategy<Value = f64> {
    select(vec![0.0, -1.0, 2.5, 1e21, 7.0])
}

/// Texts that are easily taken for something else.
fn text() -> impl Strategy<Value = String> {
    let known = [
        "a",
        "$a",
        "yes",
        "12",
        "null",
        "- x",
        "a: b",
        "# c",
        " x ",
        "1e3",
        "true",
        "\"q\"",
        "é\n\tb",
        "$contact.email $$",
    ];
    prop_oneof![3 => select(known.map(str::to_owned).to_vec()), 1 => "\\PC{1,20}"]
}

fn name() -> impl Strategy<Value = String> {
    select(["a", "b", "c"].map(str::to_owned).to_vec())
}

fn way() -> impl Strategy<Value = String> {
    select(["a", "end", "end"].map(str::to_owned).to_vec())
}

fn duration() -> impl Strategy<Value = String> {
    select(["0s", "15m", "1h30m", "7d"].map(str::to_owned).to_vec())
}
