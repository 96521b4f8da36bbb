//! Texts with values to insert: `Thank you, {name}.`

use super::node::Node;
use crate::definition::{Part, Text};
use protocol::limits::MESSAGE_BYTES_MAX;

/// Reads a text. Two braces make one: `{{` is `{`.
pub fn text(node: &Node<'_>) -> Text {
    let Some(raw) = node.text(MESSAGE_BYTES_MAX) else { return Text::plain("…") };
    match parse(raw) {
        Ok(text) => text,
        Err(problem) => {
            node.mistake(problem, "insert a value as `{name}`; write `{{` for a brace itself");
            Text::plain("…")
        }
    }
}

/// A name of a variable, a step or an action.
pub fn is_name(text: &str) -> bool {
    const BYTES_MAX: usize = 64;
    let spelled = text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
    spelled && (1..=BYTES_MAX).contains(&text.len())
}

/// Reads such a name; an empty one stands in for a wrong one.
pub fn name(node: &Node<'_>) -> String {
    let text = node.text(usize::MAX).unwrap_or_default();
    if !text.is_empty() && !is_name(text) {
        node.mistake(
            format!("`{}` cannot be a name", super::node::brief(text)),
            "use 1 to 64 letters a–z, digits, `_` and `-`",
        );
        return String::new();
    }
    text.to_owned()
}

fn parse(raw: &str) -> Result<Text, String> {
    let mut parts = Vec::new();
    let mut words = String::new();
    let mut rest = raw;
    while let Some(at) = rest.find(['{', '}']) {
        words.push_str(&rest[..at]);
        let brace = &rest[at..=at];
        let after = &rest[at + 1..];
        if let Some(after) = after.strip_prefix(brace) {
            words.push_str(brace);
            rest = after;
        } else if brace == "}" {
            return Err("a `}` closes nothing".to_owned());
        } else {
            let (name, after) = after.split_once('}').ok_or("a `{` is not closed")?;
            if !is_name(name) {
                return Err(format!("`{{{}}}` is not the name of a value", super::node::brief(name)));
            }
            parts.extend((!words.is_empty()).then(|| Part::Words(std::mem::take(&mut words))));
            parts.push(Part::Insert(name.to_owned()));
            rest = after;
        }
    }
    words.push_str(rest);
    parts.extend((!words.is_empty()).then_some(Part::Words(words)));
    Ok(Text(parts))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_braces_are_inserted_and_doubled_braces_are_braces() {
        let words = |text: &str| Part::Words(text.to_owned());
        let insert = |name: &str| Part::Insert(name.to_owned());
        for (raw, parts) in [
            ("Plain.", vec![words("Plain.")]),
            ("{days} days", vec![insert("days"), words(" days")]),
            ("{a}{b}", vec![insert("a"), insert("b")]),
            ("a {{b}} c", vec![words("a {b} c")]),
        ] {
            assert_eq!(parse(raw), Ok(Text(parts)), "{raw}");
        }
    }

    #[test]
    fn stray_braces_are_refused() {
        for (raw, problem) in [("a {b", "not closed"), ("a } b", "closes nothing"), ("{a b}", "not the name")]
        {
            assert!(parse(raw).unwrap_err().contains(problem), "{raw}");
        }
    }
}
