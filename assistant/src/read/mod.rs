//! From a file's text to a definition, or to a list of everything that is wrong with it.

mod ask;
pub mod json;
pub mod node;
mod step;
mod text;

use crate::definition::{Action, BUILT_IN_ACTIONS, Definition, FORMAT, Step, Then, Variable};
use crate::limits::{ACTIONS_MAX, MISTAKES_MAX, PHRASE_CHARS_MAX, STEPS_MAX, VARIABLES_MAX};
use crate::mistake::{Mistake, QueueNamed};
use crate::understand::THRESHOLD_DEFAULT;
use crate::{Assistant, check, fold};
use json::{Is, Json, NotJson};
use node::{Findings, Node, Object};
use protocol::limits::{ASSISTANT_BYTES_MAX, COLLECTED_BYTES_MAX, OPTION_LABEL_BYTES_MAX};

/// What authors need not write.
const DEFAULTS: &str = include_str!("../defaults.json");

/// Reads a definition. Every mistake in it is reported at once, in the order of the file; only what is not JSON at
/// all ends the reading early.
pub fn read(json: &str) -> Result<Assistant, Vec<Mistake>> {
    let json = json.strip_prefix('\u{feff}').unwrap_or(json);
    if json.len() > ASSISTANT_BYTES_MAX {
        let problem = format!("this file has {} bytes", json.len());
        return Err(vec![whole_file(problem, format!("an assistant can have {ASSISTANT_BYTES_MAX}"))]);
    }
    let json = json::parse(json).map_err(|error| vec![not_json(error)])?;
    let findings = Findings::default();
    let definition = definition(&Node::root(&json, &findings));
    check::check(&definition, &findings);
    let mistakes = placed(findings, &json);
    match mistakes.is_empty() {
        true => Ok(Assistant::new(queues(&definition, &json), definition)),
        false => Err(mistakes),
    }
}

fn definition(node: &Node<'_>) -> Definition {
    let keys = [
        "format",
        "name",
        "language",
        "threshold",
        "variables",
        "greeting",
        "no_matches",
        "fallback",
        "actions",
    ];
    let Some(object) = node.object(&keys) else { return Definition::default() };
    format(&object);
    let name =
        object.need("name", "`\"name\": \"Harbour Bikes\"`").and_then(|n| n.text(OPTION_LABEL_BYTES_MAX));
    Definition {
        name: name.unwrap_or_default().to_owned(),
        language: object.need("language", "`\"language\": \"en\"`").map(|n| language(&n)).unwrap_or_default(),
        threshold: object.get("threshold").and_then(|n| threshold(&n)).unwrap_or(THRESHOLD_DEFAULT),
        variables: object.get("variables").map(|n| variables(&n)).unwrap_or_default(),
        actions: built_in_actions(&object).into_iter().chain(actions(&object)).collect(),
    }
}

fn format(object: &Object<'_>) {
    let remedy = format!("write `\"format\": {FORMAT}`, the version this file is written for");
    if let Some(node) = object.need("format", &remedy)
        && !matches!(node.is(), Is::Number(number) if *number == FORMAT)
    {
        node.mistake("this version of the format is not known", remedy);
    }
}

fn language(node: &Node<'_>) -> String {
    let tag = node.text(OPTION_LABEL_BYTES_MAX).unwrap_or_default();
    let main = tag.split('-').next().unwrap_or_default();
    let spelled = tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let fits = spelled && (2..=3).contains(&main.len());
    if !tag.is_empty() && !fits {
        node.mistake("this is not a language tag", "write a tag such as `en` or `fr-CA`");
    }
    tag.to_owned()
}

#[expect(clippy::cast_possible_truncation, reason = "a confidence needs no more precision than an f32 has")]
fn threshold(node: &Node<'_>) -> Option<f32> {
    let number = node.number()?;
    if !(0.0..=1.0).contains(&number) {
        node.mistake(format!("{number} is not a confidence"), "write a number from 0 to 1, or leave it out");
    }
    Some(number as f32)
}

fn variables(node: &Node<'_>) -> Vec<Variable> {
    let object = node.any_object("an object of variables");
    let count = object.iter().flat_map(Object::entries).count();
    if count > VARIABLES_MAX {
        node.mistake(format!("there are {count} variables"), format!("{VARIABLES_MAX} are allowed"));
    }
    object.iter().flat_map(Object::entries).map(|(name, node)| variable(name, &node)).collect()
}

fn variable(name: &str, node: &Node<'_>) -> Variable {
    if !text::is_name(name) {
        node.mistake(
            "this variable's name cannot be inserted in texts",
            "use letters a–z, digits, `_` and `-`",
        );
    }
    let object = node.object(&["initial", "shown_as"]);
    let get = |key| object.as_ref().and_then(|o| o.get(key));
    Variable {
        name: name.to_owned(),
        initial: get("initial").map(|n| step::literal(&n)),
        shown_as: get("shown_as").and_then(|n| n.text(COLLECTED_BYTES_MAX)).map(str::to_owned),
    }
}

/// The built-in actions: what the author wrote of them, and the defaults for the rest.
fn built_in_actions(object: &Object<'_>) -> Vec<Action> {
    let mut defaults = default_actions();
    for default in &mut defaults {
        let Some(node) = object.get(&default.id) else { continue };
        let keys: &[&str] =
            if default.id == BUILT_IN_ACTIONS[0] { &["steps"] } else { &["phrases", "steps"] };
        let Some(object) = node.object(keys) else { continue };
        default.path = node.path().to_owned();
        if let Some(written) = object.get("phrases") {
            default.phrases = phrases(&written);
        }
        if let Some(written) = object.get("steps") {
            default.steps = steps(&written);
        }
    }
    defaults
}

fn default_actions() -> Vec<Action> {
    let findings = Findings::default();
    let json = json::parse(DEFAULTS).ok();
    let root = json.as_ref().and_then(|json| Node::root(json, &findings).any_object("the defaults"));
    let built_in = |(id, title): (&str, &str)| {
        let action = root.as_ref().and_then(|root| root.get(id)?.any_object("an action"));
        let get = |key| action.as_ref().and_then(|action| action.get(key));
        Action {
            id: id.to_owned(),
            title: title.to_owned(),
            phrases: get("phrases").map(|n| phrases(&n)).unwrap_or_default(),
            steps: get("steps").map(|n| steps(&n)).unwrap_or_default(),
            path: format!("/{id}"),
        }
    };
    BUILT_IN_ACTIONS.into_iter().zip(["Greeting", "No matches", "Fallback"]).map(built_in).collect()
}

fn actions(object: &Object<'_>) -> Vec<Action> {
    let Some(list) = object.need("actions", "a list of what the assistant can do") else { return Vec::new() };
    let nodes = list.list("a list of actions");
    if list.is_empty_list() || nodes.len() > ACTIONS_MAX {
        list.mistake(format!("there are {} actions", nodes.len()), format!("write 1 to {ACTIONS_MAX}"));
    }
    nodes.iter().map(action).collect()
}

fn action(node: &Node<'_>) -> Action {
    let path = node.path().to_owned();
    let Some(object) = node.object(&["id", "title", "phrases", "steps"]) else {
        return Action { path, ..Action::default() };
    };
    let title =
        object.need("title", "`\"title\": \"Opening hours\"`").and_then(|n| n.text(OPTION_LABEL_BYTES_MAX));
    let action = Action {
        id: object.need("id", "`\"id\": \"opening_hours\"`").map(|n| text::name(&n)).unwrap_or_default(),
        title: title.unwrap_or_default().to_owned(),
        phrases: object.need("phrases", "what visitors say").map(|n| phrases(&n)).unwrap_or_default(),
        steps: object.need("steps", "what is done").map(|n| steps(&n)).unwrap_or_default(),
        path,
    };
    for key in ["phrases", "steps"] {
        if let Some(list) = object.get(key)
            && list.is_empty_list()
        {
            list.mistake(format!("there are no {key} here"), "add at least one");
        }
    }
    action
}

fn phrases(node: &Node<'_>) -> Vec<String> {
    node.list("a list of phrases").iter().map(phrase).collect()
}

fn phrase(node: &Node<'_>) -> String {
    let Some(phrase) = node.text(usize::MAX) else { return String::new() };
    let chars = phrase.chars().count();
    if chars > PHRASE_CHARS_MAX {
        node.mistake(
            format!("this phrase has {chars} characters"),
            format!("{PHRASE_CHARS_MAX} are allowed"),
        );
    }
    if fold::fold(phrase).is_empty() {
        node.mistake("this phrase has no letters or digits", "write something a visitor would type");
    }
    phrase.to_owned()
}

fn steps(node: &Node<'_>) -> Vec<Step> {
    let nodes = node.list("a list of steps");
    if nodes.len() > STEPS_MAX {
        node.mistake(format!("there are {} steps", nodes.len()), format!("an action can have {STEPS_MAX}"));
    }
    nodes.iter().map(step::step).collect()
}

fn queues(definition: &Definition, json: &Json) -> Vec<QueueNamed> {
    let mut queues = Vec::new();
    for action in &definition.actions {
        for (index, step) in action.steps.iter().enumerate() {
            let Then::ConnectToAgent(connect) = &step.then else { continue };
            let Some(queue) = connect.queue.clone() else { continue };
            let path = format!("{}/steps/{index}/then/connect_to_agent/queue", action.path);
            let place = json.find(&path);
            queues.push(QueueNamed { queue, line: place.line, column: place.column, path });
        }
    }
    queues
}

fn placed(findings: Findings, json: &Json) -> Vec<Mistake> {
    let found = findings.into_vec().into_iter().map(|finding| {
        let place = finding.place.unwrap_or_else(|| json.find(&finding.path));
        Mistake {
            line: place.line,
            column: place.column,
            path: finding.path,
            problem: finding.problem,
            remedy: finding.remedy,
        }
    });
    let mut mistakes: Vec<Mistake> = found.collect();
    mistakes.sort_unstable();
    mistakes.dedup();
    let more = mistakes.len().saturating_sub(MISTAKES_MAX);
    mistakes.truncate(MISTAKES_MAX);
    if more > 0 {
        mistakes.push(whole_file(format!("there are {more} more mistakes"), "mend these first".to_owned()));
    }
    mistakes
}

fn not_json(error: NotJson) -> Mistake {
    Mistake {
        line: error.place.line,
        column: error.place.column,
        path: String::new(),
        problem: error.problem,
        remedy: "look for a missing or extra comma, quote or bracket just before this place".to_owned(),
    }
}

fn whole_file(problem: String, remedy: String) -> Mistake {
    Mistake { line: 1, column: 1, path: String::new(), problem, remedy }
}
