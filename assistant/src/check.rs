//! What fits the format and still cannot work: names that mean nothing or two things, and (in `check/flow.rs`) ways
//! through an action that lead nowhere.

mod flow;
mod value;

use crate::definition::{
    Action, BUILT_IN_ACTIONS, BUILT_IN_VARIABLES, Condition, Definition, NO_MATCHES, Operand, Source, Step,
    Text, Then,
};
use crate::fold::fold;
use crate::read::json::segment;
use crate::read::node::{Findings, brief, first_uses, names};

/// Notes everything that cannot work.
pub fn check(definition: &Definition, findings: &Findings) {
    unique_ids(definition, findings);
    unique_phrases(definition, findings);
    variables(definition, findings);
    for (index, action) in definition.actions.iter().enumerate() {
        unique_steps(action, definition, findings);
        let scope = Scope { definition, action, is_no_matches: index == NO_MATCHES, findings };
        for (index, step) in action.steps.iter().enumerate() {
            scope.step(step, &format!("{}/steps/{index}", action.path));
        }
        flow::check(action, findings);
    }
}

fn unique_ids(definition: &Definition, findings: &Findings) {
    let ids: Vec<&str> = definition.actions.iter().map(|action| action.id.as_str()).collect();
    for (index, _) in first_uses(&ids).into_iter().enumerate().filter(|(index, first)| index != first) {
        let action = &definition.actions[index];
        let problem = format!("`{}` is already the id of another action", action.id);
        findings.note(format!("{}/id", action.path), problem, "give each action an id of its own");
    }
}

/// A title counts as a phrase: visitors choose suggestions by it.
fn unique_phrases(definition: &Definition, findings: &Findings) {
    let mut phrases = Vec::new();
    for action in &definition.actions {
        for (index, phrase) in action.phrases.iter().enumerate() {
            phrases.push((fold(phrase), phrase, action, format!("/phrases/{index}")));
        }
        if !BUILT_IN_ACTIONS.contains(&action.id.as_str()) {
            phrases.push((fold(&action.title), &action.title, action, "/title".to_owned()));
        }
    }
    let folded: Vec<&str> = phrases.iter().map(|(folded, ..)| folded.as_str()).collect();
    for (first, (_, phrase, action, place)) in first_uses(&folded).into_iter().zip(&phrases) {
        let owner = phrases[first].2;
        if owner.path != action.path {
            let problem = format!("`{}` already belongs to the action `{}`", brief(phrase), owner.id);
            let remedy = "the same words cannot mean two things: keep them in one action";
            findings.note(format!("{}{place}", action.path), problem, remedy);
        }
    }
}

fn variables(definition: &Definition, findings: &Findings) {
    let steps = definition.actions.iter().flat_map(|action| &action.steps);
    let set: Vec<&str> = steps.flat_map(|step| step.set.iter().map(|(name, _)| name.as_str())).collect();
    let declared = definition.variables.iter().map(|variable| variable.name.as_str());
    let names: Vec<&str> = set.iter().copied().chain(declared).collect();
    for (first, variable) in first_uses(&names).into_iter().skip(set.len()).zip(&definition.variables) {
        let path = format!("/variables/{}", segment(&variable.name));
        if BUILT_IN_VARIABLES.contains(&variable.name.as_str()) {
            findings.note(path, "the assistant itself sets this variable", "choose another name");
        } else if variable.initial.is_none() && first >= set.len() {
            let remedy = "give it an `initial` value, `set` it in a step, or remove it";
            findings.note(path, format!("`{}` never gets a value", brief(&variable.name)), remedy);
        }
    }
}

fn unique_steps(action: &Action, definition: &Definition, findings: &Findings) {
    let ids: Vec<&str> = action.steps.iter().map(|step| step.id.as_str()).collect();
    for (index, first) in first_uses(&ids).into_iter().enumerate() {
        let path = format!("{}/steps/{index}/id", action.path);
        let id = ids[index];
        let is_variable = definition.variables.iter().any(|variable| variable.name == id);
        if index != first {
            let problem = format!("`{id}` is already the id of another step of this action");
            findings.note(path, problem, "give each step of an action an id of its own");
        } else if !id.is_empty() && (is_variable || BUILT_IN_VARIABLES.contains(&id)) {
            let problem = format!("`{id}` is also the name of a variable");
            findings.note(path, problem, "rename one, or texts could not tell them apart");
        }
    }
}

/// What names can mean inside one action.
struct Scope<'a> {
    definition: &'a Definition,
    action: &'a Action,
    is_no_matches: bool,
    findings: &'a Findings,
}

impl Scope<'_> {
    fn step(&self, step: &Step, path: &str) {
        if let Some(condition) = &step.when {
            self.condition(condition, &format!("{path}/when"));
        }
        for (variable, value) in &step.set {
            let path = format!("{path}/set/{}", segment(variable));
            self.target(variable, &path);
            self.operand(value, &path);
        }
        self.texts(step, path);
        match &step.then {
            Then::Continue | Then::End => {}
            Then::Fallback if self.is_no_matches => {}
            Then::Fallback => self.findings.note(
                format!("{path}/then"),
                "only `no_matches` can go on to the fallback",
                "write `connect_to_agent`",
            ),
            Then::GoTo(target) => self.jump(target, &format!("{path}/then/go_to")),
            Then::ConnectToAgent(connect) => {
                let path = format!("{path}/then/connect_to_agent");
                self.text(&connect.online_message, &format!("{path}/online_message"));
                self.text(&connect.offline_message, &format!("{path}/offline_message"));
                connect
                    .message_to_agent
                    .iter()
                    .for_each(|t| self.text(t, &format!("{path}/message_to_agent")));
            }
        }
    }

    fn texts(&self, step: &Step, path: &str) {
        for text in step.say.iter().flat_map(|say| &say.texts) {
            self.text(text, &format!("{path}/say"));
        }
        for text in step.ask.iter().flat_map(|ask| &ask.invalid) {
            self.text(text, &format!("{path}/ask/invalid"));
        }
        if let Some(ask) = &step.ask {
            value::choices(ask, &format!("{path}/ask"), self.findings);
        }
    }

    fn text(&self, text: &Text, path: &str) {
        for name in text.inserts().filter(|name| !self.is_variable(name) && self.asking(name).is_none()) {
            self.unknown(name, path);
        }
    }

    fn condition(&self, condition: &Condition, path: &str) {
        match condition {
            Condition::All(group) => self.group(group, &format!("{path}/all")),
            Condition::Any(group) => self.group(group, &format!("{path}/any")),
            Condition::Test(test) => {
                self.source(&test.left, path);
                if let Some(right) = &test.right {
                    self.operand(right, &format!("{path}/value"));
                }
                let asked = match &test.left {
                    Source::Variable(_) => None,
                    Source::Step(id) => self.asking(id).and_then(|step| step.ask.as_ref()),
                };
                value::test(test, asked, path, self.findings);
            }
        }
    }

    fn group(&self, group: &[Condition], path: &str) {
        for (index, condition) in group.iter().enumerate() {
            self.condition(condition, &format!("{path}/{index}"));
        }
    }

    fn operand(&self, operand: &Operand, path: &str) {
        match operand {
            Operand::Literal(_) => {}
            Operand::From(source) => self.source(source, path),
        }
    }

    fn source(&self, source: &Source, path: &str) {
        match source {
            Source::Variable(name) if name.is_empty() || self.is_variable(name) => {}
            Source::Variable(name) => {
                let known: Vec<&str> = self.definition.variables.iter().map(|v| v.name.as_str()).collect();
                let remedy = format!(
                    "declare it in `variables`; known: {}",
                    names(&[&known, &BUILT_IN_VARIABLES[..]].concat())
                );
                self.findings.note(
                    format!("{path}/variable"),
                    format!("there is no variable `{name}`"),
                    remedy,
                );
            }
            Source::Step(id) if id.is_empty() || self.asking(id).is_some() => {}
            Source::Step(id) => {
                let problem = format!("no step `{id}` of this action asks anything");
                self.findings.note(format!("{path}/step"), problem, self.steps_that_ask());
            }
        }
    }

    fn target(&self, variable: &str, path: &str) {
        if BUILT_IN_VARIABLES.contains(&variable) {
            self.findings.note(path, "the assistant itself sets this variable", "set another one");
        } else if !self.is_variable(variable) {
            let problem = format!("there is no variable `{}`", brief(variable));
            self.findings.note(path, problem, "declare it in `variables`");
        }
    }

    fn jump(&self, target: &str, path: &str) {
        if !target.is_empty() && !self.action.steps.iter().any(|step| step.id == target) {
            let ids: Vec<&str> = self.action.steps.iter().map(|step| step.id.as_str()).collect();
            let remedy = format!("go to one of {}", names(&ids));
            self.findings.note(path, format!("there is no step `{target}` in this action"), remedy);
        }
    }

    fn unknown(&self, name: &str, path: &str) {
        let remedy = format!("declare the variable `{name}`, or insert an answer; {}", self.steps_that_ask());
        self.findings.note(path, format!("`{{{name}}}` inserts a value that does not exist"), remedy);
    }

    fn steps_that_ask(&self) -> String {
        let asking = self.action.steps.iter().filter(|step| step.ask.is_some());
        let ids: Vec<&str> = asking.map(|step| step.id.as_str()).collect();
        match ids.is_empty() {
            true => "no step of this action asks anything".to_owned(),
            false => format!("steps that ask here: {}", names(&ids)),
        }
    }

    fn is_variable(&self, name: &str) -> bool {
        BUILT_IN_VARIABLES.contains(&name) || self.definition.variables.iter().any(|v| v.name == name)
    }

    fn asking(&self, id: &str) -> Option<&Step> {
        self.action.steps.iter().find(|step| step.id == id && step.ask.is_some())
    }
}
