//! Names in cases that mean nothing to the assistant. Compared with nothing they would agree, and the case would prove
//! nothing.

use super::file::{Case, Input, ItemKind, Look};
use super::parse::NotATalk;
use crate::compile::nearest::did_you_mean;
use assistant::Assistant;
use assistant::definition::{Step, built_in};

/// What a case names and the assistant does not have.
pub fn unknown_names(assistant: &Assistant, case: &Case) -> Vec<NotATalk> {
    let definition = assistant.definition();
    let actions: Vec<&str> = definition.actions.iter().map(|action| action.id.as_str()).collect();
    let variables: Vec<&str> = definition.variables.iter().map(|variable| variable.name.as_str()).collect();
    let answers: Vec<&str> =
        definition.actions.iter().flat_map(|action| &action.steps).flat_map(Step::learns).collect();
    let settable = [variables, answers].concat();
    let readable = [settable.as_slice(), &built_in::ALL].concat();
    let unknown = |kind: &ItemKind| match kind {
        ItemKind::Look(Look::Expect(name, _)) if !readable.contains(&name.as_str()) => Some((
            format!("there is no variable and no answer `{name}`"),
            did_you_mean(name, readable.iter().copied(), "names"),
        )),
        ItemKind::Input(Input::Set(name, _)) if built_in::ALL.contains(&name.as_str()) => Some((
            format!("`{name}` is set by the engine"),
            "set the clock or the page, or say something".to_owned(),
        )),
        ItemKind::Input(Input::Set(name, _)) if !settable.contains(&name.as_str()) => Some((
            format!("there is no variable and no answer `{name}`"),
            did_you_mean(name, settable.iter().copied(), "names"),
        )),
        ItemKind::Input(Input::Starts(action)) if !actions.contains(&action.as_str()) => Some((
            format!("there is no action `{action}`"),
            did_you_mean(action, actions.iter().copied(), "actions"),
        )),
        ItemKind::Input(_) | ItemKind::Output(_) | ItemKind::Look(_) | ItemKind::Comment(_) => None,
    };
    let wrong = case.items.iter().filter_map(|item| {
        unknown(&item.kind).map(|(problem, remedy)| NotATalk { line: item.line, problem, remedy })
    });
    wrong.collect()
}
