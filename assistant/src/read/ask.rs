//! Questions: what counts as an answer, and what is said when none came.

use super::json::Is;
use super::node::{Node, Object, names};
use super::text::text;
use crate::definition::{Ask, Choice, Kind, Range, Text};
use crate::limits::{ATTEMPTS_DEFAULT, ATTEMPTS_MAX};
use protocol::limits::{COLLECTED_BYTES_MAX, OPTION_LABEL_BYTES_MAX, OPTIONS_MAX};

/// Reads a question.
pub fn ask(node: &Node<'_>) -> Ask {
    let stand_in = Ask { kind: Kind::Text, invalid: Vec::new(), attempts: ATTEMPTS_DEFAULT, label: None };
    let Some(reader) = kind_reader(node) else { return stand_in };
    // A text is always valid: there is nothing to say about invalid ones.
    let shared: &[&str] =
        if reader.keys.is_empty() { &["kind", "label"] } else { &["kind", "label", "invalid", "attempts"] };
    let Some(object) = node.object(&[shared, reader.keys].concat()) else { return stand_in };
    Ask {
        kind: (reader.read)(node, &object),
        invalid: object.get("invalid").map(|n| invalid(&n)).unwrap_or_default(),
        attempts: attempts(&object),
        label: object.get("label").and_then(|n| n.text(COLLECTED_BYTES_MAX)).map(str::to_owned),
    }
}

/// How one kind of question is read.
struct KindReader {
    name: &'static str,
    keys: &'static [&'static str],
    read: fn(&Node<'_>, &Object<'_>) -> Kind,
}

const KINDS: [KindReader; 4] = [
    KindReader { name: "options", keys: &["options"], read: options },
    KindReader { name: "number", keys: &["min", "max", "whole"], read: number },
    KindReader { name: "yes_no", keys: &["yes", "no"], read: yes_no },
    KindReader { name: "text", keys: &[], read: |_, _| Kind::Text },
];

fn kind_reader(node: &Node<'_>) -> Option<&'static KindReader> {
    let all = names(&KINDS.map(|kind| kind.name));
    let object = node.any_object("an object with a `kind`")?;
    let named = object.need("kind", &format!("one of {all}"))?;
    let name = named.text(usize::MAX)?;
    let found = KINDS.iter().find(|kind| kind.name == name);
    if found.is_none() {
        named.mistake("there is no such kind of question", format!("write one of {all}"));
    }
    found
}

fn attempts(object: &Object<'_>) -> u32 {
    object.get("attempts").and_then(|n| n.count(0, ATTEMPTS_MAX)).unwrap_or(ATTEMPTS_DEFAULT)
}

fn invalid(node: &Node<'_>) -> Vec<Text> {
    if let Is::Text(_) = node.is() {
        return vec![text(node)];
    }
    node.list("a text, or a list of texts").iter().map(text).collect()
}

fn options(node: &Node<'_>, object: &Object<'_>) -> Kind {
    let Some(list) = object.need("options", "`\"options\": [\"City bike\", \"Road bike\"]`") else {
        return Kind::Text;
    };
    let nodes = list.list("a list of options");
    let choices: Vec<Choice> = nodes.iter().map(choice).collect();
    if list.is_empty_list() {
        list.mistake("there are no options to choose from", "add at least one");
    }
    if choices.len() > OPTIONS_MAX {
        node.mistake(format!("there are {} options", choices.len()), format!("at most {OPTIONS_MAX} fit"));
    }
    Kind::Options(choices)
}

fn choice(node: &Node<'_>) -> Choice {
    if let Is::Text(_) = node.is() {
        return Choice { label: label(node), synonyms: Vec::new() };
    }
    let object = node.object(&["label", "synonyms"]);
    let named = object.as_ref().and_then(|o| o.need("label", "`\"label\": \"City bike\"`"));
    let synonyms = object.as_ref().and_then(|o| o.get("synonyms"));
    Choice {
        label: named.map(|n| label(&n)).unwrap_or_default(),
        synonyms: synonyms.map(|n| labels(&n)).unwrap_or_default(),
    }
}

fn label(node: &Node<'_>) -> String {
    node.text(OPTION_LABEL_BYTES_MAX).unwrap_or_default().to_owned()
}

fn labels(node: &Node<'_>) -> Vec<String> {
    node.list("a list of texts").iter().map(label).collect()
}

fn number(node: &Node<'_>, object: &Object<'_>) -> Kind {
    let range = Range {
        min: object.get("min").and_then(|n| n.number()),
        max: object.get("max").and_then(|n| n.number()),
        whole: object.get("whole").and_then(|n| n.flag()).unwrap_or(false),
    };
    if let (Some(min), Some(max)) = (range.min, range.max)
        && min > max
    {
        node.mistake(format!("no number lies between {min} and {max}"), "make `min` the smaller one");
    }
    Kind::Number(range)
}

fn yes_no(_: &Node<'_>, object: &Object<'_>) -> Kind {
    let words = |key, label: &str| {
        let written = object.get(key).map(|n| labels(&n)).filter(|labels| !labels.is_empty());
        written.unwrap_or_else(|| vec![label.to_owned()])
    };
    Kind::YesNo { yes: words("yes", "Yes"), no: words("no", "No") }
}
