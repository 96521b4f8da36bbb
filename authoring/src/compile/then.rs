//! What comes after a step (`watsonx.md` 1.9).

use super::again::ask_again;
use super::at::At;
use super::names::{AnswerKind, Used, result_name};
use super::nearest::did_you_mean;
use super::operand::{literal, operand};
use super::scope::Scope;
use super::shape::{fitted, shape_of_answer};
use super::text::{agent_text, text};
use crate::document::{CallDoc, ConnectDoc, ReasonDoc, RunDoc, StepDoc, ThenDoc, ThenWord};
use assistant::definition::{
    BUILT_IN_ACTIONS, Call, Connect, Expr, FALLBACK, NO_MATCHES, Run, TRIGGER_WORDS, Then,
};
use protocol::{HandOffReason, QueueId};

/// What comes after a step.
pub(crate) fn then<'a>(scope: Scope<'a>, step: &'a StepDoc, at: &At<'_>) -> Then {
    match &step.then {
        None | Some(ThenDoc::Word(ThenWord::Continue)) => Then::Continue,
        Some(ThenDoc::Word(ThenWord::End)) => Then::End,
        Some(ThenDoc::Word(ThenWord::ConnectToAgent)) => {
            Then::ConnectToAgent(Box::new(connect(scope, None, at)))
        }
        Some(ThenDoc::Word(ThenWord::Fallback)) => Then::Fallback(default_reason(scope)),
        Some(ThenDoc::GoTo(doc)) => go_to(scope, &doc.go_to, &at.key("go_to")),
        Some(ThenDoc::AskAgain(doc)) => {
            Then::AskAgain(ask_again(scope, &doc.ask_again, &at.key("ask_again")))
        }
        Some(ThenDoc::Run(doc)) => Then::Run(run(scope, step, &doc.run, &at.key("run"))),
        Some(ThenDoc::Call(doc)) => Then::Call(Box::new(call(scope, step, &doc.call, &at.key("call")))),
        Some(ThenDoc::ConnectToAgent(doc)) => {
            let at = at.key("connect_to_agent");
            Then::ConnectToAgent(Box::new(connect(scope, Some(&doc.connect_to_agent), &at)))
        }
        Some(ThenDoc::Fallback(doc)) => Then::Fallback(reason(doc.fallback)),
    }
}

/// Why the fallback runs when a step does not say.
pub(crate) fn default_reason(scope: Scope<'_>) -> HandOffReason {
    match scope.action {
        Some(NO_MATCHES) => HandOffReason::NoMatches,
        Some(_) | None => HandOffReason::AgentRequested,
    }
}

/// Why the fallback runs when a step was visited too often.
pub(crate) fn visits_reason(scope: Scope<'_>, doc: Option<ReasonDoc>) -> HandOffReason {
    match (doc, scope.action) {
        (Some(doc), _) => reason(doc),
        (None, Some(TRIGGER_WORDS)) => HandOffReason::Profanity,
        (None, _) => default_reason(scope),
    }
}

fn reason(doc: ReasonDoc) -> HandOffReason {
    match doc {
        ReasonDoc::AgentRequested => HandOffReason::AgentRequested,
        ReasonDoc::NoMatches => HandOffReason::NoMatches,
        ReasonDoc::ValidationFailed => HandOffReason::ValidationFailed,
        ReasonDoc::TopicReturnFailed => HandOffReason::TopicReturnFailed,
        ReasonDoc::DangerWord => HandOffReason::DangerWord,
        ReasonDoc::Profanity => HandOffReason::Profanity,
    }
}

fn go_to(scope: Scope<'_>, target: &str, at: &At<'_>) -> Then {
    if place_of(scope, target, at).is_some() { Then::GoTo(target.to_owned()) } else { Then::End }
}

/// The place of a step of this action; one that does not exist is noted.
pub(crate) fn place_of(scope: Scope<'_>, id: &str, at: &At<'_>) -> Option<usize> {
    let action = scope.answers()?;
    let place = action.step(id);
    if place.is_none() {
        let remedy = did_you_mean(id, action.steps.iter().map(|step| step.id.as_str()), "steps");
        scope.error("unknown-step", at, format!("`{}` has no step `{id}`", action.id), remedy);
    }
    place
}

fn run<'a>(scope: Scope<'a>, step: &StepDoc, doc: &'a RunDoc, at: &At<'_>) -> Run {
    let at_action = at.key("action");
    scope.uses(Used::Action, &doc.action, &at_action.pointer());
    let forbidden = [FALLBACK, TRIGGER_WORDS].map(|place| BUILT_IN_ACTIONS[place]);
    if scope.c.names.action(&doc.action).is_none() {
        let own = scope.c.document.actions.iter().map(|action| action.id.as_str());
        let remedy = did_you_mean(&doc.action, own, "actions");
        scope.error("unknown-action", &at_action, format!("there is no action `{}`", doc.action), remedy);
    } else if forbidden.contains(&doc.action.as_str()) {
        let problem = format!("`{}` is not run like other actions", doc.action);
        scope.error("unknown-action", &at_action, problem, "write \"then\": \"fallback\"");
    }
    let at_with = at.key("with");
    let with = doc.with.iter().map(|(name, value)| {
        let value = operand(scope, value, &at_with.key(name));
        (name.clone(), passed(scope, &doc.action, name, value, &at_with.key(name)))
    });
    Run { action: doc.action.clone(), with: with.collect(), result: result(scope, step, at), ends: doc.end }
}

/// A value given beforehand, as an answer of the step it is for.
fn passed(scope: Scope<'_>, action: &str, name: &str, value: Expr, at: &At<'_>) -> Expr {
    let Some(target) = scope.c.names.action(action) else { return value };
    let Some(AnswerKind::Asked(ask)) = target.answers.get(name).map(|answer| answer.kind) else {
        let remedy = did_you_mean(name, target.readable(), "questions");
        scope.error("unknown-step", at, format!("`{action}` asks nothing called `{name}`"), remedy);
        return value;
    };
    let fit = literal(&value).cloned().map(|value| fitted(scope, shape_of_answer(ask), value, at).into());
    fit.unwrap_or(value)
}

fn call(scope: Scope<'_>, step: &StepDoc, doc: &CallDoc, at: &At<'_>) -> Call {
    let at_with = at.key("with");
    check_call(scope, doc, at);
    let with = doc.with.iter();
    let with = with.map(|(name, value)| (name.clone(), operand(scope, value, &at_with.key(name))));
    Call {
        extension: doc.extension.clone(),
        operation: doc.operation.clone(),
        with: with.collect(),
        result: result(scope, step, at),
    }
}

fn check_call(scope: Scope<'_>, doc: &CallDoc, at: &At<'_>) {
    let extensions = &scope.c.document.extensions;
    let at_extension = at.key("extension");
    scope.uses(Used::Extension, &doc.extension, &at_extension.pointer());
    let Some(extension) = extensions.get(&doc.extension) else {
        let remedy = did_you_mean(&doc.extension, extensions.keys().map(String::as_str), "extensions");
        let problem = format!("there is no extension `{}`", doc.extension);
        return scope.error("unknown-extension", &at_extension, problem, remedy);
    };
    let Some(operation) = extension.operations.get(&doc.operation) else {
        let known = extension.operations.keys().map(String::as_str);
        let problem = format!("`{}` has no operation `{}`", doc.extension, doc.operation);
        let remedy = did_you_mean(&doc.operation, known, "operations");
        return scope.error("unknown-operation", &at.key("operation"), problem, remedy);
    };
    let at_with = at.key("with");
    for name in doc.with.keys().filter(|name| !operation.parameters.contains_key(*name)) {
        let known = operation.parameters.keys().map(String::as_str);
        let remedy = did_you_mean(name, known, "parameters");
        let problem = format!("`{}` has no parameter `{name}`", doc.operation);
        scope.error("unknown-parameter", &at_with.key(name), problem, remedy);
    }
    let missing = operation.parameters.iter().filter(|(name, p)| p.required && !doc.with.contains_key(*name));
    for (name, _) in missing {
        let problem = format!("`{}` needs `{name}`", doc.operation);
        scope.error("missing-parameter", at, problem, format!("give `{name}` a value under `with`"));
    }
}

/// The name of what a step runs or calls, which nothing else of the action may have.
fn result(scope: Scope<'_>, step: &StepDoc, at: &At<'_>) -> String {
    let name = result_name(step).unwrap_or_default();
    let taken = scope
        .answer(&name)
        .is_some_and(|answer| Some(answer.step) != scope.step || !matches!(answer.kind, AnswerKind::Result));
    if taken {
        let problem = format!("something else in this action is already called `{name}`");
        scope.error("name-taken", &at.key("result"), problem, "choose another name as `result`");
    }
    name
}

fn connect<'a>(scope: Scope<'a>, doc: Option<&'a ConnectDoc>, at: &At<'_>) -> Connect {
    let message = |own: Option<&'a String>, default: &'static str, key: &str| match own {
        Some(own) => text(scope, own, &at.key(key)),
        None => text(scope, default, &At::DEFAULTS),
    };
    let defaults = &scope.c.defaults.texts.connect;
    let online = doc.and_then(|doc| doc.online_message.as_ref());
    let offline = doc.and_then(|doc| doc.offline_message.as_ref());
    let to_agent = doc.and_then(|doc| doc.message_to_agent.as_ref());
    Connect {
        queue: doc.and_then(|doc| doc.queue.as_ref()).and_then(|name| queue(scope, name, &at.key("queue"))),
        online_message: message(online, &defaults.online, "online_message"),
        offline_message: message(offline, &defaults.offline, "offline_message"),
        message_to_agent: to_agent.map(|raw| agent_text(scope, raw, &at.key("message_to_agent"))),
    }
}

fn queue(scope: Scope<'_>, name: &str, at: &At<'_>) -> Option<QueueId> {
    let queue = QueueId::new(name);
    if queue.is_err() {
        let remedy = "write small letters, digits and single hyphens, such as `front-desk`";
        scope.error("bad-queue", at, format!("`{name}` cannot be the name of a queue"), remedy);
    }
    queue.ok()
}
