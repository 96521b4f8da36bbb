//! What a recording expects, compared with what is so.

use super::expectation::{EndedDoc, ExpectDoc};
use super::world::{World, value_of};
use crate::workflow::document::ValueDoc;
use indexmap::IndexMap;
use std::fmt::Debug;
use switchboard::workflow::facts::Facts;
use switchboard::workflow::value::fold;
use switchboard::workflow::{End, Run, Stop, Value, Workflow};

/// What the workflow did so far.
#[derive(Debug, Default)]
pub struct Done {
    pub said: Vec<String>,
    pub comments: Vec<String>,
    pub requests: Vec<String>,
    pub started: Vec<String>,
}

/// Everything that is otherwise, in words.
pub fn unmet(
    expect: &ExpectDoc,
    workflow: &Workflow,
    world: &World,
    runs: &[Run],
    done: &Done,
) -> Vec<String> {
    let mut unmet = Unmet(Vec::new());
    let starts = u32::try_from(runs.len()).unwrap_or(u32::MAX);
    unmet.compare("starts", expect.starts, starts);
    unmet.compare("owner", expect.owner.clone(), world.owner_email().to_owned());
    unmet.compare(
        "status",
        expect.status.as_deref().map(fold),
        fold(&world.conversation("status").written()),
    );
    unmet.compare("tags", expect.tags.clone(), world.tags.clone());
    unmet.values("contact", &expect.contact, |name| world.contact(name));
    let last = runs.last();
    unmet.values("variables", &expect.variables, |name| {
        last.and_then(|run| run.memory().variables().get(name)).cloned().unwrap_or_default()
    });
    unmet.compare("said", expect.said.clone(), done.said.clone());
    unmet.compare("comments", expect.comments.clone(), done.comments.clone());
    unmet.compare("requests", expect.requests.clone(), done.requests.clone());
    unmet.compare("started", expect.started.clone(), done.started.clone());
    let word =
        |ended: EndedDoc| serde_json::to_value(ended).ok().and_then(|word| word.as_str().map(str::to_owned));
    let ended = last.and_then(Run::ended).map(ended).and_then(word);
    unmet.compare("ended", expect.ended.and_then(word), ended.unwrap_or_default());
    let waits_at =
        last.and_then(Run::waits_at).and_then(|at| workflow.step(at)).map(|step| step.name.clone());
    unmet.compare("waits_at", expect.waits_at.clone(), waits_at.unwrap_or_default());
    unmet.0
}

struct Unmet(Vec<String>);

impl Unmet {
    fn compare<T: Debug + PartialEq>(&mut self, what: &str, expected: Option<T>, actual: T) {
        if let Some(expected) = expected.filter(|expected| *expected != actual) {
            self.0.push(format!("`{what}` is {actual:?} and was expected to be {expected:?}"));
        }
    }

    fn values(&mut self, what: &str, expected: &IndexMap<String, ValueDoc>, actual: impl Fn(&str) -> Value) {
        for (name, expected) in expected {
            let (actual, expected) = (actual(name), value_of(expected));
            if fold(&actual.written()) != fold(&expected.written()) {
                let (actual, expected) = (actual.written().into_owned(), expected.written().into_owned());
                self.0.push(format!("`{what}.{name}` is {actual:?} and was expected to be {expected:?}"));
            }
        }
    }
}

fn ended(end: End) -> EndedDoc {
    match end {
        End::Finished => EndedDoc::Finished,
        End::NoBranch(_) => EndedDoc::NoWayOut,
        End::Closed => EndedDoc::Closed,
        End::Spam => EndedDoc::Spam,
        End::VisitorWrote => EndedDoc::VisitorWrote,
        End::HumanWrote => EndedDoc::HumanWrote,
        End::AssignedByHand => EndedDoc::AssignedByHand,
        End::Stopped(Stop::ByAgent) => EndedDoc::StoppedByAgent,
        End::Stopped(Stop::BySupervisor) => EndedDoc::StoppedBySupervisor,
        End::Stopped(Stop::WithWorkflow) => EndedDoc::Stopped,
        End::Stopped(Stop::Restarted) => EndedDoc::Restarted,
        End::TooManySteps => EndedDoc::TooManySteps,
        End::NoSuchStep => EndedDoc::NoSuchStep,
    }
}
