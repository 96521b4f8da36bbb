//! Workflows as tests write them: steps by name, each followed by the next unless it says otherwise.

use switchboard::workflow::definition::*;
use switchboard::workflow::text::{Reference, Template};
use switchboard::workflow::{Workflow, WorkflowId};

/// A step of a test's workflow.
pub struct Draft {
    name: &'static str,
    task: Task,
    next: After,
}

enum After {
    TheNext,
    Step(Next),
}

/// Finds steps by name.
pub type To<'a> = &'a dyn Fn(&str) -> Next;

/// A step followed by the next in the list; the last one ends the run.
pub fn step(name: &'static str, task: Task) -> Draft {
    Draft { name, task, next: After::TheNext }
}

/// A step followed by another.
pub fn then(name: &'static str, task: Task, next: Next) -> Draft {
    Draft { name, task, next: After::Step(next) }
}

/// A workflow that a visitor's opening starts. The steps are made twice: first to learn their names.
pub fn workflow(id: &str, steps: impl Fn(To<'_>) -> Vec<Draft>) -> Workflow {
    let names: Vec<&str> = steps(&|_| Some(StepAt(0))).iter().map(|draft| draft.name).collect();
    let to = |name: &str| -> Next {
        let place = names.iter().position(|known| *known == name).expect("a step of that name");
        Some(at(place))
    };
    let drafts = steps(&to);
    let count = drafts.len();
    let made = |(place, draft): (usize, Draft)| Step {
        name: draft.name.to_owned(),
        task: draft.task,
        next: match draft.next {
            After::Step(next) => next,
            After::TheNext => (place + 1 < count).then(|| at(place + 1)),
        },
    };
    Workflow {
        id: WorkflowId(id.to_owned()),
        name: id.to_owned(),
        trigger: Trigger::Opened { by: vec![OpenedBy::Visitor] },
        condition: Condition::default(),
        once_per_contact: false,
        restart_when_triggered_again: false,
        survives_close: false,
        exits: Exits::default(),
        steps: drafts.into_iter().enumerate().map(made).collect(),
    }
}

fn at(place: usize) -> StepAt {
    StepAt(u16::try_from(place).expect("few steps"))
}

/// The same, started by something else.
pub fn on(trigger: Trigger, workflow: Workflow) -> Workflow {
    Workflow { trigger, ..workflow }
}

pub fn tag_added(tag: &str) -> Trigger {
    Trigger::TagChanged { change: ChangeOfTag::Added, tags: vec![tag.to_owned()] }
}

pub fn closed() -> Trigger {
    Trigger::Closed { by: vec![], categories: vec![] }
}

pub fn text(text: &str) -> Template {
    Template::parse(text)
}

pub fn say(words: &str) -> Task {
    Task::Say(text(words))
}

pub fn comment(words: &str) -> Task {
    Task::Comment { text: text(words), mentions: Vec::new() }
}

pub fn seconds(seconds: u64) -> Task {
    Task::Wait { seconds }
}

pub fn minutes(minutes: u64) -> Task {
    seconds(minutes * 60)
}

pub fn set(variable: &str, to: &str) -> Task {
    Task::Set { variable: variable.to_owned(), to: Source::Text(text(to)) }
}

pub fn field(field: &str, to: &str) -> Task {
    Task::Field { field: field.to_owned(), to: Source::Text(text(to)) }
}

pub fn tag(tag: &str) -> Task {
    Task::Tag { change: ChangeOfTag::Added, tags: vec![text(tag)] }
}

pub fn untag(tag: &str) -> Task {
    Task::Tag { change: ChangeOfTag::Removed, tags: vec![text(tag)] }
}

pub fn close() -> Task {
    Task::Close { category: None, summary: text("") }
}

pub fn trigger(workflow: &str) -> Task {
    Task::Trigger { workflow: WorkflowId(workflow.to_owned()), from: None }
}

/// An assignment without bounds and without other ways out.
pub fn assign(to: Owner) -> Assign {
    Assign {
        to,
        choosing: Choosing::AsConfigured,
        online_only: false,
        fewer_open_than: None,
        timeout_seconds: None,
        timed_out: None,
        nobody: None,
    }
}

/// The step of it.
pub fn gives(assign: Assign) -> Task {
    Task::Assign(Box::new(assign))
}

pub fn team(name: &str) -> Owner {
    Owner::Team(TeamId(name.to_owned()))
}

pub fn person(name: &str) -> Owner {
    Owner::Agent(text(name))
}

/// A question that is asked twice more and waited for without end.
pub fn ask(words: &str, kind: Kind) -> Ask {
    Ask {
        text: text(words),
        kind,
        retries: 2,
        retry_text: None,
        timeout_seconds: None,
        save: Vec::new(),
        if_busy: IfBusy::Wait,
        invalid: None,
        timed_out: None,
    }
}

/// The step of it.
pub fn asks(ask: Ask) -> Task {
    Task::Ask(Box::new(ask))
}

pub fn choice(labels: &[&str]) -> Kind {
    Kind::Choice(labels.iter().map(|label| (*label).to_owned()).collect())
}

/// A case that holds when all of these do.
pub fn case(name: &str, tests: Vec<Test>, then: Next) -> Case {
    let condition = Condition { join: Join::All, clauses: tests.into_iter().map(Clause::Test).collect() };
    Case { name: name.to_owned(), condition, then }
}

/// A test of what a name stands for.
pub fn value(name: &str, operator: Operator) -> Test {
    Test { subject: Subject::Value(Reference::parse(name).expect("a name")), operator }
}

pub fn equals(words: &str) -> Operator {
    Operator::Equals(text(words))
}
