//! What a file needs from the bridge: queues and extensions.

use super::subject::Subject;
use crate::compile::names::Used;
use crate::compile::nearest::did_you_mean;
use crate::document::{ExtensionDoc, MethodDoc, PlaceDoc, ThenDoc};
use crate::findings::{Findings, segment};
use std::collections::HashSet;

pub fn check(subject: &Subject<'_>) {
    queues(subject);
    configured(subject);
    for (name, extension) in &subject.document.extensions {
        declared(extension, &format!("/extensions/{}", segment(name)), subject.findings);
    }
}

fn queues(subject: &Subject<'_>) {
    let Some(known) = &subject.world.queues else { return };
    for (path, step) in subject.steps() {
        let Some(ThenDoc::ConnectToAgent(connect)) = &step.then else { continue };
        let Some(queue) = &connect.connect_to_agent.queue else { continue };
        if !known.iter().any(|known| known.as_str() == queue) {
            let remedy = did_you_mean(queue, known.iter().map(|known| known.as_str()), "queues");
            let path = format!("{path}/then/connect_to_agent/queue");
            let problem = format!("there is no queue `{queue}` in this workspace");
            let remedy = format!("{remedy}; leave `queue` out to use the site's default");
            subject.findings.error("unknown-queue", path, problem, remedy);
        }
    }
}

fn configured(subject: &Subject<'_>) {
    let Some(known) = &subject.world.extensions else { return };
    let uses = subject.survey.uses.iter().filter(|found| found.what == Used::Extension);
    let used: HashSet<&str> = uses.map(|found| found.name.as_str()).collect();
    for name in subject.document.extensions.keys().filter(|name| used.contains(name.as_str())) {
        if !known.contains(name) {
            let problem = format!("the bridge has no address for `{name}`: every call of it will fail");
            let remedy = "add it to the bridge's configuration";
            subject.findings.warning(
                "extension-not-configured",
                format!("/extensions/{}", segment(name)),
                problem,
                remedy,
            );
        }
    }
}

/// Parameters and paths must agree.
fn declared(extension: &ExtensionDoc, path: &str, findings: &Findings) {
    for (name, operation) in &extension.operations {
        let path = format!("{path}/operations/{}", segment(name));
        let inserted = inserted(&operation.path);
        for (name, parameter) in &operation.parameters {
            let path = format!("{path}/parameters/{}", segment(name));
            if parameter.place == PlaceDoc::Path && !inserted.contains(&name.as_str()) {
                let problem = format!("the path has no `{{{name}}}`");
                findings.error(
                    "path-parameter",
                    path.as_str(),
                    problem,
                    "insert it in the path, or put it elsewhere",
                );
            }
            if parameter.place == PlaceDoc::Body
                && matches!(operation.method, MethodDoc::GET | MethodDoc::DELETE)
            {
                let problem = "most servers ignore the body of such a request";
                findings.warning("needless-body", path, problem, "use `query`, or another method");
            }
        }
        for name in inserted {
            let is_path = |parameter: &crate::document::ParameterDoc| parameter.place == PlaceDoc::Path;
            if !operation.parameters.get(name).is_some_and(is_path) {
                let problem = format!("`{{{name}}}` is no parameter");
                let remedy = format!("declare it: `{name}`, `in` the `path`, `required`");
                findings.error("path-parameter", format!("{path}/path"), problem, remedy);
            }
        }
    }
}

fn inserted(path: &str) -> Vec<&str> {
    path.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}
