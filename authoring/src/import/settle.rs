//! What the checks find wrong with an imported assistant is set aside. The other system may have run what we refuse, such
//! as a number compared with a text; whoever imports an assistant is to see it run, and to be told what it misses.

use super::lenient::make_whole;
use super::report::{Note, Sort};
use crate::document::{Document, KeptDoc};
use crate::tree::Notation;
use crate::{Severity, World, check_text, write};
use serde_json::{Value as Json, json};
use std::cmp::Reverse;

/// Setting something aside may make something else wrong that refers to it, a few times over.
const ROUNDS_MAX: usize = 6;

/// Actions there is one of in every assistant.
const BUILT_IN: [&str; 4] = ["greeting", "no_matches", "fallback", "trigger_words"];

/// Where a step of the document stood in the source, by the ids of its action and of the step.
pub type Origins<'a> = &'a dyn Fn(&str, &str) -> Option<String>;

/// A document without what is wrong with it, and what was set aside. What even that does not mend stays as it is, for the
/// checks to report.
pub fn settle(mut document: Document, origins: Origins<'_>) -> (Document, Vec<Note>) {
    let mut notes = Vec::new();
    for _ in 0..ROUNDS_MAX {
        let wrong = wrong(&document);
        if wrong.is_empty() {
            break;
        }
        let Ok(mut tree) = serde_json::to_value(&document) else { break };
        make_whole(&mut tree);
        for (unit, why) in wrong {
            notes.extend(set_aside(&mut tree, &unit, &why, origins));
        }
        let Ok(settled) = serde_json::from_value(tree) else { break };
        document = settled;
    }
    (document, notes)
}

/// Questions after which nothing is said: the other system may have gone on by itself.
pub fn silent(document: &Document, origins: Origins<'_>) -> Vec<Note> {
    let checked = check_text(Notation::Json, &write::to_json(document), &World::default());
    let tree = serde_json::to_value(document).unwrap_or_default();
    let silent = checked.mistakes.into_iter().filter(|mistake| mistake.code == "nothing-said");
    let note = |mistake: crate::Mistake| Note {
        sort: Sort::Decision,
        pointer: origin(&tree, &segments(&mistake.path), origins),
        action: None,
        step: None,
        what: "a question that leads nowhere".to_owned(),
        why: format!("{}; {}", mistake.problem, mistake.remedy),
    };
    silent.map(note).collect()
}

/// What is wrong: each the path of what can be set aside, and why. The last elements of lists come first, so that taking
/// one leaves the others in their places.
fn wrong(document: &Document) -> Vec<(Vec<String>, String)> {
    let checked = check_text(Notation::Json, &write::to_json(document), &World::default());
    let errors = checked.mistakes.into_iter().filter(|mistake| mistake.severity == Severity::Error);
    let mut wrong: Vec<(Vec<String>, String)> = errors
        .map(|mistake| (unit(&segments(&mistake.path)), format!("{}; {}", mistake.problem, mistake.remedy)))
        .collect();
    wrong.retain(|(unit, _)| !unit.is_empty());
    wrong.sort_by_cached_key(|(unit, _)| {
        Reverse(
            unit.iter()
                .map(|part| (part.parse().unwrap_or(0), part.clone()))
                .collect::<Vec<(usize, String)>>(),
        )
    });
    wrong.dedup_by(|one, other| one.0 == other.0);
    wrong
}

/// The smallest part around a place that an assistant can do without.
fn unit(path: &[String]) -> Vec<String> {
    let parts: Vec<&str> = path.iter().map(String::as_str).collect();
    let length = match parts.as_slice() {
        ["actions", _, "steps", _, rest @ ..] => 4 + within_step(rest),
        [built_in, "steps", _, rest @ ..] if BUILT_IN.contains(built_in) => 3 + within_step(rest),
        ["actions", _, "id" | "title" | "steps", ..] => 2,
        ["actions", _, "phrases", _, ..] => 4,
        ["extensions", _, "operations", _, ..] => 4,
        ["actions", _, _, ..] | ["variables" | "clarify" | "topics" | "display" | "modes", _, _, ..] => 3,
        [_, _, ..] => 2,
        rest => rest.len(),
    };
    path.iter().take(length).cloned().collect()
}

fn within_step(rest: &[&str]) -> usize {
    match rest {
        ["set" | "evaluate" | "say", _, ..] => 2,
        ["ask", key, ..] if *key != "kind" => 2,
        ["id", ..] | [] => 0,
        _ => 1,
    }
}

/// Takes a part out of a document and keeps it as it stood, beside where it was.
fn set_aside(tree: &mut Json, unit: &[String], why: &str, origins: Origins<'_>) -> Option<Note> {
    let owner = owner(unit);
    let origin = origin(tree, unit, origins);
    let (last, parent) = unit.split_last()?;
    let original = match tree.pointer_mut(&pointer(parent))? {
        Json::Object(members) if last == "when" => {
            members.insert(last.clone(), json!({ "expression": "false" }))?
        }
        Json::Object(members) if last == "ask" || last == "options" => {
            let original = members.shift_remove(last)?;
            if last == "ask" {
                members.insert(last.clone(), json!({ "kind": "text" }))
            } else {
                members.insert("kind".to_owned(), json!("text"))
            };
            original
        }
        Json::Object(members) => members.shift_remove(last)?,
        Json::Array(items) => {
            let index = last.parse().ok().filter(|index| *index < items.len())?;
            items.remove(index)
        }
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => return None,
    };
    let what = format!("`{}`, which cannot run here", readable(unit));
    let kept = KeptDoc { what: what.clone(), why: why.to_owned(), original };
    let place = tree.pointer_mut(&pointer(owner)).filter(|owner| owner.is_object())?;
    match place.get_mut("kept").and_then(Json::as_array_mut) {
        Some(list) => list.push(json!(kept)),
        None => place["kept"] = json!([kept]),
    }
    Some(Note { sort: Sort::Decision, pointer: origin, action: None, step: None, what, why: why.to_owned() })
}

/// What keeps a part that was set aside: its step, its action, or the document.
fn owner(unit: &[String]) -> &[String] {
    let steps = unit.iter().position(|part| part == "steps");
    let is_built_in = unit.first().is_some_and(|part| BUILT_IN.contains(&part.as_str()));
    match (steps, unit.first().map(String::as_str)) {
        (Some(steps), _) if unit.len() > steps + 2 => &unit[..steps + 2],
        (_, Some("actions")) if unit.len() > 2 => &unit[..2],
        _ if is_built_in && unit.len() > 1 => &unit[..1],
        _ => &[],
    }
}

/// Where the step stood in the source that a part is of.
fn origin(tree: &Json, unit: &[String], origins: Origins<'_>) -> String {
    let steps = unit.iter().position(|part| part == "steps");
    let found = steps.and_then(|steps| {
        let step = tree.pointer(&pointer(unit.get(..steps + 2)?))?.get("id")?.as_str()?;
        let action = match unit[0].as_str() {
            "actions" => tree.pointer(&pointer(&unit[..2]))?.get("id")?.as_str()?,
            built_in => built_in,
        };
        origins(action, step)
    });
    found.unwrap_or_default()
}

fn readable(unit: &[String]) -> String {
    unit.iter().rev().take(3).rev().cloned().collect::<Vec<_>>().join("/")
}

fn pointer(path: &[String]) -> String {
    path.iter().map(|part| format!("/{}", crate::findings::segment(part))).collect()
}

fn segments(pointer: &str) -> Vec<String> {
    pointer.split('/').skip(1).map(|part| part.replace("~1", "/").replace("~0", "~")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::FORMAT;

    #[test]
    fn what_cannot_run_is_set_aside_and_told() {
        let steps = json!([
            { "id": "a", "say": "How many?", "ask": { "kind": "number", "min": "many" } },
            { "id": "b", "when": { "step": "nobody", "operator": "is", "value": 1 }, "say": ["Hello {nobody}", "Bye"], "set": { "x": { "step": "a" } } },
            { "id": "c", "say": "Pick.", "ask": { "kind": "options", "options": [] }, "then": { "go_to": "nowhere" } }
        ]);
        let document = json!({
            "format": FORMAT, "name": "Shop", "language": "en", "variables": { "x": {} },
            "actions": [{ "id": "one", "title": "One", "phrases": ["one"], "steps": steps }]
        });
        let document: Document = serde_json::from_value(document).unwrap();
        let (settled, notes) = settle(document, &|action, step| Some(format!("/{action}/{step}")));
        assert_eq!(wrong(&settled), Vec::new());
        let steps = serde_json::to_value(&settled.actions[0].steps).unwrap();
        assert_eq!(steps[0]["ask"], json!({ "kind": "number" }));
        assert_eq!(steps[0]["kept"][0]["original"], json!("many"));
        assert_eq!(
            (&steps[1]["when"], &steps[1]["say"]),
            (&json!({ "expression": "false" }), &json!(["Bye"]))
        );
        assert_eq!(steps[1]["set"], json!({ "x": { "step": "a" } }));
        assert_eq!(steps[2]["ask"], json!({ "kind": "text" }));
        let places: Vec<&str> = notes.iter().map(|note| note.pointer.as_str()).collect();
        assert_eq!(places, ["/one/c", "/one/c", "/one/b", "/one/b", "/one/a"]);
    }
}
