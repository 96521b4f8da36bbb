//! YAML as people write it: blocks instead of brackets, quotes only where they are needed, texts of several lines as
//! such. Strange texts are written as JSON writes them, which is YAML too.

use serde_json::{Map, Value};

/// A whole line of an object or list in brackets has at most so many characters.
const LINE_CHARS_MAX: usize = 100;

/// A text that is longer than this is folded over several lines.
const FOLD_CHARS_MIN: usize = 120;

/// Writes a value as a YAML document.
pub fn yaml(value: &Value) -> String {
    let mut out = String::new();
    if let Value::Object(map) = value
        && !map.is_empty()
    {
        top(map, &mut out);
        return out;
    }
    block(value, 0, &mut out);
    out.trim_start_matches([' ', '\n']).to_owned()
}

/// The file itself: its parts, and the actions in it, stand apart.
fn top(map: &Map<String, Value>, out: &mut String) {
    let is_part = |value: &Value| flow(value).is_none() && !value.is_string();
    let mut after_part = false;
    for (index, (key, value)) in map.iter().enumerate() {
        if index > 0 && (after_part || is_part(value)) {
            out.push('\n');
        }
        after_part = is_part(value);
        match value.as_array().filter(|_| key == "actions" && after_part) {
            Some(actions) => apart(key, actions, out),
            None => entry(key, value, 0, out),
        }
    }
}

fn apart(key: &str, items: &[Value], out: &mut String) {
    out.push_str(&format!("{}:\n", self::key(key)));
    for (index, value) in items.iter().enumerate() {
        if index > 0 {
            out.push('\n');
        }
        item(value, 2, out);
    }
}

/// What stands after a key or a dash, from the space on.
fn block(value: &Value, indent: usize, out: &mut String) {
    if let Some(line) = flow(value).filter(|line| indent + line.chars().count() <= LINE_CHARS_MAX) {
        return out.push_str(&format!(" {line}\n"));
    }
    match value {
        Value::String(text) => self::text(text, indent, out),
        Value::Array(items) => {
            out.push('\n');
            items.iter().for_each(|value| item(value, indent, out));
        }
        Value::Object(map) => {
            out.push('\n');
            map.iter().for_each(|(key, value)| entry(key, value, indent, out));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => out.push_str(&format!(" {value}\n")),
    }
}

fn entry(key: &str, value: &Value, indent: usize, out: &mut String) {
    out.push_str(&format!("{:indent$}{}:", "", self::key(key)));
    block(value, indent + 2, out);
}

/// An item of a list; the first key of an object stands beside its dash.
fn item(value: &Value, indent: usize, out: &mut String) {
    out.push_str(&format!("{:indent$}-", ""));
    match value {
        Value::Object(map) if flow_item(value, indent).is_none() && !map.is_empty() => {
            for (index, (key, value)) in map.iter().enumerate() {
                let margin = if index == 0 { 1 } else { indent + 2 };
                out.push_str(&format!("{:margin$}{}:", "", self::key(key)));
                block(value, indent + 4, out);
            }
        }
        Value::Array(items) if flow_item(value, indent).is_none() && !items.is_empty() => {
            out.push('\n');
            items.iter().for_each(|value| item(value, indent + 2, out));
        }
        Value::Null
        | Value::Bool(_)
        | Value::Number(_)
        | Value::String(_)
        | Value::Array(_)
        | Value::Object(_) => block(value, indent + 2, out),
    }
}

fn flow_item(value: &Value, indent: usize) -> Option<String> {
    flow(value).filter(|line| indent + line.chars().count() <= LINE_CHARS_MAX)
}

/// A value on one line, if it is simple enough for that: a scalar, or one list or object of a few of them. What has an
/// id is important enough for lines of its own.
fn flow(value: &Value) -> Option<String> {
    const KEYS_MAX: usize = 4;
    match value {
        Value::Array(items) if items.is_empty() => Some("[]".to_owned()),
        Value::Object(map) if map.is_empty() => Some("{}".to_owned()),
        Value::Array(items) => {
            let all: Option<Vec<String>> = items.iter().map(|item| one_line(item, true)).collect();
            all.map(|all| format!("[{}]", all.join(", ")))
        }
        Value::Object(map) if map.len() <= KEYS_MAX && !map.contains_key("id") => {
            let pair =
                |(key, value): (&String, &Value)| Some(format!("{}: {}", self::key(key), shallow(value)?));
            let all: Option<Vec<String>> = map.iter().map(pair).collect();
            all.map(|all| format!("{{ {} }}", all.join(", ")))
        }
        Value::Object(_) => None,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => one_line(value, false),
    }
}

/// A value inside of an object on one line.
fn shallow(value: &Value) -> Option<String> {
    match value {
        Value::Object(map) if map.len() == 1 => flow(value),
        Value::Object(_) => None,
        Value::Array(_) => flow(value),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => one_line(value, true),
    }
}

fn one_line(value: &Value, in_brackets: bool) -> Option<String> {
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        Value::String(text) if text.contains('\n') || text.chars().count() >= FOLD_CHARS_MIN => None,
        Value::String(text) => Some(scalar(text, in_brackets)),
        Value::Array(_) | Value::Object(_) => None,
    }
}

/// A text of several lines, or a long one.
fn text(text: &str, indent: usize, out: &mut String) {
    let lines: Vec<&str> = text.split('\n').collect();
    if text.contains('\n') && fits_literal(text) {
        out.push_str(if text.ends_with('\n') { " |\n" } else { " |-\n" });
        let shown = text.strip_suffix('\n').unwrap_or(text);
        for line in shown.split('\n') {
            match line.is_empty() {
                true => out.push('\n'),
                false => out.push_str(&format!("{:indent$}{line}\n", "")),
            }
        }
    } else if lines.len() == 1 && fits_folded(text) {
        out.push_str(" >-\n");
        folded(text, indent, out);
    } else {
        out.push_str(&format!(" {}\n", scalar(text, false)));
    }
}

/// Whether a literal block keeps the text: no trailing breaks to be clipped, no odd characters, a first line that shows
/// the indentation.
fn fits_literal(text: &str) -> bool {
    let body = text.strip_suffix('\n').unwrap_or(text);
    let first = body.split('\n').next().unwrap_or_default();
    !first.is_empty()
        && !first.starts_with([' ', '\t'])
        && !body.ends_with('\n')
        && body.split('\n').all(|line| !line.trim().is_empty() || line.is_empty())
        && text.chars().all(|c| c == '\n' || is_plain_char(c))
}

/// Whether a folded block keeps the text: lines are broken at single spaces only.
fn fits_folded(text: &str) -> bool {
    !text.starts_with([' ', '\t'])
        && !text.ends_with(' ')
        && text.chars().all(is_plain_char)
        && !text.contains("  ")
}

fn folded(text: &str, indent: usize, out: &mut String) {
    let mut line = String::new();
    for word in text.split(' ') {
        if !line.is_empty() && indent + line.chars().count() + word.chars().count() >= LINE_CHARS_MAX {
            out.push_str(&format!("{:indent$}{line}\n", ""));
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    out.push_str(&format!("{:indent$}{line}\n", ""));
}

fn key(key: &str) -> String {
    scalar(key, true)
}

/// A text on one line: as it stands, or in quotes.
fn scalar(text: &str, in_brackets: bool) -> String {
    match is_plain(text, in_brackets) {
        true => text.to_owned(),
        false => Value::from(text).to_string().chars().map(escaped).collect(),
    }
}

/// JSON leaves characters alone that YAML does not.
fn escaped(c: char) -> String {
    match c {
        ' '..='~' => c.to_string(),
        c if is_plain_char(c) => c.to_string(),
        c if u32::from(c) <= 0xff => format!("\\x{:02x}", u32::from(c)),
        c if u32::from(c) <= 0xffff => format!("\\u{:04x}", u32::from(c)),
        c => format!("\\U{:08x}", u32::from(c)),
    }
}

/// Whether a text means itself without quotes. When in doubt, quotes do no harm.
fn is_plain(text: &str, in_brackets: bool) -> bool {
    const INDICATORS: &str = "-?:,[]{}#&*!|>'\"%@`=<";
    let Some(first) = text.chars().next() else { return false };
    let text_after_all = matches!(crate::tree::plain_scalar(text), crate::tree::Is::Text(_));
    text_after_all
        && !is_old_word(text)
        && !INDICATORS.contains(first)
        && !text.starts_with(' ')
        && !text.ends_with([' ', ':'])
        && !text.starts_with("...")
        && !text.contains(": ")
        && !text.contains(" #")
        && !(in_brackets && text.contains([',', '[', ']', '{', '}', ':', '?']))
        && text.chars().all(|c| is_plain_char(c) && c != '\t')
}

/// Words and times that older YAML reads as something else than texts: other tools may still do so.
fn is_old_word(text: &str) -> bool {
    let word = matches!(text.to_ascii_lowercase().as_str(), "y" | "n" | "yes" | "no" | "on" | "off");
    let digits = text.starts_with(|c: char| c.is_ascii_digit());
    word || (digits
        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '.' | '-' | '_' | 'e' | 'E')))
}

/// Characters that stand for themselves everywhere.
fn is_plain_char(c: char) -> bool {
    !c.is_control()
        && !matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' | '\u{85}' | '\u{a0}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::{Notation, read};
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn it_reads_as_people_would_write_it() {
        let value = json!({
            "format": 1,
            "name": "Harbour: Bikes",
            "variables": { "price": {}, "group": { "initial": false, "shown_as": "Group" } },
            "actions": [
                { "id": "hire", "phrases": ["hire a bike", "no", "a, b"], "steps": [
                    { "id": "a", "say": "One.\n\nTwo.\n", "when": { "all": [{ "step": "b", "operator": ">", "value": 4 }] } },
                    { "id": "b", "say": "word ".repeat(30).trim_end() }
                ] },
                { "id": "end", "title": "12", "steps": [] }
            ]
        });
        let expected = "\
format: 1
name: \"Harbour: Bikes\"

variables:
  price: {}
  group: { initial: false, shown_as: Group }

actions:
  - id: hire
    phrases: [hire a bike, \"no\", \"a, b\"]
    steps:
      - id: a
        say: |
          One.

          Two.
        when:
          all:
            - { step: b, operator: \">\", value: 4 }
      - id: b
        say: >-
          word word word word word word word word word word word word word word word word word word
          word word word word word word word word word word word word

  - id: end
    title: \"12\"
    steps: []
";
        assert_eq!(yaml(&value), expected);
    }

    proptest! {
        #[test]
        fn any_text_reads_back_as_the_same(text in any::<String>(), other in "[ \\-:#{}\\[\\],&*!|>'\"%@`=<?a1.\n\t~]{0,12}") {
            for text in [text, other] {
                for value in [json!(text), json!({ (text.clone()): text }), json!([text, [text]]), json!({ "a": [{ (text.clone()): [text, 1] }] })] {
                    check(&value)?;
                }
            }
        }

        #[test]
        fn any_value_reads_back_as_the_same(value in value()) {
            check(&value)?;
        }
    }

    fn check(value: &Value) -> Result<(), TestCaseError> {
        let written = yaml(value);
        match read(Notation::Yaml, &written) {
            Ok(node) => prop_assert_eq!(&node.to_json(), value, "{}", written),
            Err(unreadable) => prop_assert!(false, "{unreadable:?}\n{written}"),
        }
        Ok(())
    }

    fn value() -> impl Strategy<Value = Value> {
        let text = prop_oneof!["[a-z ,:\n]{0,30}", "(word ){20,60}end", "(line\n){1,4}", "\\PC{0,10}"];
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i32>().prop_map(Value::from),
            (-1e9..1e9).prop_map(Value::from),
            text.clone().prop_map(Value::from),
        ];
        leaf.prop_recursive(5, 40, 6, move |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                proptest::collection::vec((text.clone(), inner), 0..6)
                    .prop_map(|all| Value::Object(all.into_iter().collect())),
            ]
        })
    }
}
