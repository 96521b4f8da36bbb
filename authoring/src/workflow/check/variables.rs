//! Names in texts and tests that stand for nothing.

use super::Subject;
use super::conditions::conditions;
use crate::compile::nearest::did_you_mean;
use crate::findings::segment;
use crate::workflow::document::{
    BodyDoc, CommentDoc, HeaderDoc, OperandDoc, OwnerDoc, SaveDoc, StepDoc, SubjectDoc, TriggerDoc, ValueDoc,
    WorkflowDoc,
};
use serde_json::Value as Json;
use std::collections::BTreeSet;
use switchboard::workflow::text::{Reference, Space, Template};

/// What is known of a conversation's owner.
const OF_ASSIGNEE: [&str; 4] = ["exists", "id", "name", "status"];

pub fn check(subject: &Subject<'_>) {
    let known = Known::of(subject.document);
    for (path, text) in texts(subject.document) {
        for reference in Template::parse(&text).references() {
            known.check(reference, &path, subject);
        }
    }
}

/// Every text with variables, with its JSON pointer.
pub fn texts(document: &WorkflowDoc) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for (path, condition) in conditions(document) {
        for (at, test) in condition.tests() {
            if let SubjectDoc::Name(name) = &test.subject {
                all.push((format!("{path}{at}/subject"), name.clone()));
            }
            let path = format!("{path}{at}/value");
            match &test.value {
                Some(OperandDoc::One(value)) => push(&mut all, path, value),
                Some(OperandDoc::Several(values)) => {
                    for (at, value) in values.iter().enumerate() {
                        push(&mut all, format!("{path}/{at}"), value);
                    }
                }
                None => {}
            }
        }
    }
    for (at, step) in document.steps.iter().enumerate() {
        of_step(step, &format!("/steps/{at}"), &mut all);
    }
    all
}

fn push(all: &mut Vec<(String, String)>, path: String, value: &ValueDoc) {
    if let ValueDoc::Text(text) = value {
        all.push((path, text.clone()));
    }
}

fn of_step(step: &StepDoc, path: &str, all: &mut Vec<(String, String)>) {
    let mut add = |key: &str, text: &str| all.push((format!("{path}/{key}"), text.to_owned()));
    match step {
        StepDoc::Say(step) => add("say", &step.say),
        StepDoc::Ask(step) => {
            add("ask/text", &step.ask.text);
            step.ask.retry_text.iter().for_each(|text| add("ask/retry_text", text));
        }
        StepDoc::Assign(step) => {
            if let OwnerDoc::Agent(to) = &step.assign.to {
                add("assign/to/agent", &to.agent);
            }
        }
        StepDoc::AddTags(step) => {
            step.add_tags.iter().enumerate().for_each(|(at, tag)| add(&format!("add_tags/{at}"), tag));
        }
        StepDoc::RemoveTags(step) => {
            step.remove_tags.iter().enumerate().for_each(|(at, tag)| add(&format!("remove_tags/{at}"), tag));
        }
        StepDoc::SetField(step) => push(all, format!("{path}/set_field/to"), &step.set_field.to),
        StepDoc::Set(step) => push(all, format!("{path}/set/to"), &step.set.to),
        StepDoc::Close(step) => add("close/summary", &step.close.summary),
        StepDoc::Comment(step) => match &step.comment {
            CommentDoc::Text(text) => add("comment", text),
            CommentDoc::Full(full) => add("comment/text", &full.text),
        },
        StepDoc::Request(step) => {
            add("request/url", &step.request.url);
            for (name, header) in &step.request.headers {
                if let HeaderDoc::Text(text) = header {
                    add(&format!("request/headers/{}", segment(name)), text);
                }
            }
            match &step.request.body {
                Some(BodyDoc::Text(body)) => add("request/body/text", &body.text),
                Some(BodyDoc::Form(body)) => {
                    let each = |(name, text): (&String, &String)| {
                        add(&format!("request/body/form/{}", segment(name)), text);
                    };
                    body.form.iter().for_each(each);
                }
                Some(BodyDoc::Json(body)) => of_json(&body.json, &format!("{path}/request/body/json"), all),
                None => {}
            }
        }
        StepDoc::Do(_)
        | StepDoc::Branch(_)
        | StepDoc::Jump(_)
        | StepDoc::Wait(_)
        | StepDoc::During(_)
        | StepDoc::Run(_) => {}
    }
}

fn of_json(json: &Json, path: &str, all: &mut Vec<(String, String)>) {
    match json {
        Json::String(text) => all.push((path.to_owned(), text.clone())),
        Json::Array(items) => {
            items.iter().enumerate().for_each(|(at, item)| of_json(item, &format!("{path}/{at}"), all));
        }
        Json::Object(map) => {
            map.iter().for_each(|(key, item)| of_json(item, &format!("{path}/{}", segment(key)), all));
        }
        Json::Null | Json::Bool(_) | Json::Number(_) => {}
    }
}

/// Names a workflow gives values to.
struct Known<'a> {
    variables: BTreeSet<&'a str>,
    steps: BTreeSet<&'a str>,
    /// What the trigger tells; `None` when nobody knows.
    told: Option<BTreeSet<&'a str>>,
}

impl<'a> Known<'a> {
    fn of(document: &'a WorkflowDoc) -> Self {
        let mut variables = BTreeSet::new();
        let mut steps = BTreeSet::new();
        for step in &document.steps {
            match step {
                StepDoc::Ask(step) => {
                    steps.insert(step.id.as_str());
                    variables.extend(step.ask.save.iter().filter_map(|save| match save {
                        SaveDoc::Variable(save) => Some(save.variable.as_str()),
                        SaveDoc::Tag(_) | SaveDoc::Field(_) => None,
                    }));
                }
                StepDoc::Request(step) => {
                    steps.insert(step.id.as_str());
                    variables.extend(step.request.take.keys().map(String::as_str));
                    variables.extend(step.request.status.as_deref());
                }
                StepDoc::Set(step) => {
                    variables.insert(step.set.variable.as_str());
                }
                StepDoc::Assign(step) => {
                    steps.insert(step.id.as_str());
                }
                StepDoc::Say(_)
                | StepDoc::Do(_)
                | StepDoc::Branch(_)
                | StepDoc::AddTags(_)
                | StepDoc::RemoveTags(_)
                | StepDoc::SetField(_)
                | StepDoc::Close(_)
                | StepDoc::Comment(_)
                | StepDoc::Jump(_)
                | StepDoc::Wait(_)
                | StepDoc::During(_)
                | StepDoc::Run(_) => {}
            }
        }
        let told = match &document.trigger {
            TriggerDoc::Shortcut(trigger) => {
                Some(trigger.shortcut.form.iter().map(|field| field.name.as_str()).collect())
            }
            TriggerDoc::Webhook(trigger) => Some(trigger.webhook.values.keys().map(String::as_str).collect()),
            TriggerDoc::Manual(_)
            | TriggerDoc::Opened(_)
            | TriggerDoc::Closed(_)
            | TriggerDoc::TagAdded(_)
            | TriggerDoc::TagRemoved(_)
            | TriggerDoc::FieldChanged(_)
            | TriggerDoc::PageEvent(_) => None,
        };
        Self { variables, steps, told }
    }

    fn check(&self, reference: &Reference, path: &str, subject: &Subject<'_>) {
        let name = reference.name.as_str();
        let unknown = |known: &BTreeSet<&str>, what: &str, whose: &str| {
            if !known.contains(name) {
                let problem = format!("`{reference}` stands for nothing: there is no {whose} `{name}`");
                let remedy = did_you_mean(name, known.iter().copied(), what);
                subject.findings.warning("unknown-variable", path, problem, remedy);
            }
        };
        match reference.space {
            Space::Own => unknown(&self.variables, "variables", "variable"),
            Space::Assignee => unknown(&OF_ASSIGNEE.into(), "properties of the owner", "property"),
            Space::Trigger => {
                if let Some(told) = &self.told {
                    unknown(told, "values the trigger tells", "value of the trigger");
                }
            }
            Space::Step => self.check_step(reference, path, subject),
            Space::Contact => {
                if let Some(fields) = &subject.workspace.fields {
                    unknown(&fields.iter().map(String::as_str).collect(), "fields", "field");
                }
            }
            Space::Conversation => {}
        }
    }

    fn check_step(&self, reference: &Reference, path: &str, subject: &Subject<'_>) {
        let name = reference.name.as_str();
        if self.steps.contains(name) {
            return;
        }
        let exists = subject.document.steps.iter().any(|step| step.id() == name);
        if exists {
            let problem = format!("`{reference}` stands for nothing: nothing comes of the step `{name}`");
            let remedy = "only `ask`, `assign` and `request` steps have an outcome to be inserted";
            subject.findings.warning("step-without-answer", path, problem, remedy);
        } else {
            let problem = format!("`{reference}` stands for nothing: there is no step `{name}`");
            let remedy = did_you_mean(name, self.steps.iter().copied(), "steps with an outcome");
            subject.findings.warning("unknown-variable", path, problem, remedy);
        }
    }
}
