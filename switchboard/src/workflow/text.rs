//! Texts with variables: `$name`, `$contact.name`, and `$$` for the sign itself.
//!
//! A name is letters, digits and underscores, and begins with no digit; what follows it is text again, so a full stop
//! can end a sentence. `$` before anything else is just that. A name that stands for nothing leaves nothing behind, and
//! whoever fills the text is told.

use super::memory::Sight;
use super::value::{VALUE_BYTES_MAX, Value, cut};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A text with variables.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Template(Vec<Part>);

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// As it is.
    Text(String),
    /// Replaced by what the name stands for.
    Reference(Reference),
}

/// A name and where it is looked up.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Reference {
    /// Where.
    pub space: Space,
    /// What.
    pub name: String,
}

/// Where a name is looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Space {
    /// Among the run's variables: `$name`.
    Own,
    /// Among the contact's fields: `$contact.name`.
    Contact,
    /// `$conversation.status` and the like.
    Conversation,
    /// `$assignee.name`, `$assignee.status`, `$assignee.exists`.
    Assignee,
    /// What came with the trigger: `$trigger.name`.
    Trigger,
    /// What came of a step: `$step.name`.
    Step,
}

/// The spaces with a name of their own, as it is written.
const SPACES: &[(&str, Space)] = &[
    ("contact", Space::Contact),
    ("conversation", Space::Conversation),
    ("assignee", Space::Assignee),
    ("trigger", Space::Trigger),
    ("step", Space::Step),
];

/// How a value is put into a text, so that it cannot become more than a value there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Escape {
    /// As it is.
    None,
    /// Inside a string of JSON.
    Json,
    /// Inside a web address or a form.
    Url,
    /// Inside a header of HTTP.
    Header,
}

/// A text that was filled.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filled {
    /// The text.
    pub text: String,
    /// Names that stood for nothing.
    pub unknown: Vec<Reference>,
    /// Whether it was longer than [`VALUE_BYTES_MAX`] and lost its end.
    pub cut: bool,
}

impl Template {
    /// Reads a text. Every text is one.
    pub fn parse(text: &str) -> Self {
        let mut parts = Vec::new();
        let mut plain = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('$') {
            plain.push_str(before);
            rest = match read_reference(after) {
                Some((reference, after)) => {
                    push_text(&mut parts, &mut plain);
                    parts.push(Part::Reference(reference));
                    after
                }
                None => {
                    plain.push('$');
                    after.strip_prefix('$').unwrap_or(after)
                }
            };
        }
        plain.push_str(rest);
        push_text(&mut parts, &mut plain);
        Self(parts)
    }

    /// A text without variables, whatever it looks like.
    pub fn plain(text: impl Into<String>) -> Self {
        Self(vec![Part::Text(text.into())])
    }

    /// A text of these pieces.
    pub fn of_parts(parts: Vec<Part>) -> Self {
        Self(parts)
    }

    /// Its pieces.
    pub fn parts(&self) -> &[Part] {
        &self.0
    }

    /// The names it looks up.
    pub fn references(&self) -> impl Iterator<Item = &Reference> {
        self.0.iter().filter_map(|part| match part {
            Part::Reference(reference) => Some(reference),
            Part::Text(_) => None,
        })
    }

    /// The text, with what its names stand for.
    pub fn fill(&self, sight: &Sight<'_>, escape: Escape) -> Filled {
        let mut filled = Filled::default();
        for part in &self.0 {
            match part {
                Part::Text(text) => filled.push(text),
                Part::Reference(reference) => {
                    let value = sight.look_up(reference);
                    if value.is_missing() {
                        filled.unknown.push(reference.clone());
                    } else {
                        filled.push(&escaped(&value.written(), escape));
                    }
                }
            }
        }
        filled
    }

    /// The text as a value: a single name keeps its kind.
    pub fn value(&self, sight: &Sight<'_>) -> (Value, Filled) {
        match self.0.as_slice() {
            [Part::Reference(reference)] => {
                let value = sight.look_up(reference);
                let unknown = if value.is_missing() { vec![reference.clone()] } else { Vec::new() };
                (value, Filled { unknown, ..Filled::default() })
            }
            _ => {
                let filled = self.fill(sight, Escape::None);
                (Value::Text(filled.text.clone()), filled)
            }
        }
    }
}

impl Filled {
    fn push(&mut self, text: &str) {
        if self.cut {
            return;
        }
        self.text.push_str(text);
        if self.text.len() > VALUE_BYTES_MAX {
            self.text = cut(std::mem::take(&mut self.text), VALUE_BYTES_MAX);
            self.cut = true;
        }
    }
}

impl Reference {
    /// A name, as it is written after the `$`; `None` when it is none.
    pub fn parse(text: &str) -> Option<Self> {
        read_reference(text).filter(|(_, rest)| rest.is_empty()).map(|(reference, _)| reference)
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match SPACES.iter().find(|(_, space)| *space == self.space) {
            Some((written, _)) => write!(f, "${written}.{}", self.name),
            None => write!(f, "${}", self.name),
        }
    }
}

fn push_text(parts: &mut Vec<Part>, plain: &mut String) {
    if !plain.is_empty() {
        parts.push(Part::Text(std::mem::take(plain)));
    }
}

fn read_reference(text: &str) -> Option<(Reference, &str)> {
    let (first, after) = read_name(text)?;
    let space = SPACES.iter().find(|(written, _)| *written == first).map(|(_, space)| *space);
    let inner = space.zip(after.strip_prefix('.').and_then(read_name));
    Some(match inner {
        Some((space, (name, after))) => (Reference { space, name: name.to_owned() }, after),
        None => (Reference { space: Space::Own, name: first.to_owned() }, after),
    })
}

fn read_name(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    name.starts_with(|c: char| !c.is_numeric()).then_some((name, rest))
}

fn escaped(text: &str, escape: Escape) -> String {
    match escape {
        Escape::None => text.to_owned(),
        Escape::Header => text.chars().filter(|c| !c.is_control()).collect(),
        Escape::Url => text.bytes().map(in_url).collect(),
        Escape::Json => text.chars().map(in_json).collect(),
    }
}

fn in_url(byte: u8) -> String {
    match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    }
}

fn in_json(c: char) -> String {
    match c {
        '"' | '\\' => format!("\\{c}"),
        c if c.is_control() => {
            c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect()
        }
        c => c.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workflow::memory::Memory;
    use crate::workflow::tests::world::World;
    use protocol::Timestamp;

    #[test]
    fn names_end_where_letters_do_and_signs_are_doubled() {
        for (text, filled) in [
            ("Hello $name.", "Hello Ada."),
            ("$contact.city, $name!", "Paris, Ada!"),
            ("$contact.city.name", "Paris.name"),
            ("$$name costs 5$ or $5", "$name costs 5$ or $5"),
            ("$$$name", "$Ada"),
            ("$nobody$contact.nothing$name", "Ada"),
            ("$contact", ""),
            ("$name.city", "Ada.city"),
            ("$trigger.order/$step.size$", "7/large$"),
            ("", ""),
        ] {
            assert_eq!(fill(text, Escape::None).text, filled, "{text}");
        }
    }

    #[test]
    fn a_name_that_stands_for_nothing_is_told() {
        let filled = fill("$nobody and $contact.nothing", Escape::None);
        let told: Vec<String> = filled.unknown.iter().map(Reference::to_string).collect();
        assert_eq!(
            (filled.text.as_str(), told),
            (" and ", vec!["$nobody".into(), "$contact.nothing".into()])
        );
    }

    #[test]
    fn a_value_stays_a_value_wherever_it_is_put() {
        assert_eq!(fill("https://x/?q=$wild", Escape::Url).text, "https://x/?q=a%26b%2F..%22%0D%0A%C3%A9");
        assert_eq!(fill(r#"{"q":"$wild"}"#, Escape::Json).text, r#"{"q":"a&b/..\"\u000d\u000aé"}"#);
        assert_eq!(fill("X: $wild", Escape::Header).text, "X: a&b/..\"é");
    }

    #[test]
    fn a_text_is_cut_where_it_would_outgrow_its_bound() {
        let filled = fill(&"$long".repeat(20), Escape::None);
        assert!(filled.cut && filled.text.len() == VALUE_BYTES_MAX, "{}", filled.text.len());
    }

    #[test]
    fn a_single_name_keeps_its_kind() {
        check(|sight| {
            assert_eq!(Template::parse("$trigger.order").value(sight).0, Value::Number(7.0));
            assert_eq!(Template::parse("$trigger.order ").value(sight).0, Value::text("7 "));
        });
    }

    #[test]
    fn names_are_written_as_they_are_read() {
        for text in ["$name", "$contact.city", "$assignee.exists", "$step.size"] {
            assert_eq!(Reference::parse(&text[1..]).unwrap().to_string(), text);
        }
        assert_eq!(Reference::parse("name here"), None);
        assert_eq!(Reference::parse("1st"), None);
    }

    fn fill(text: &str, escape: Escape) -> Filled {
        let mut filled = Filled::default();
        check(|sight| filled = Template::parse(text).fill(sight, escape));
        filled
    }

    fn check(test: impl FnOnce(&Sight<'_>)) {
        let mut memory = Memory::of_trigger([("order".to_owned(), Value::Number(7.0))].into());
        memory.set("name", Value::text("Ada"));
        memory.set("wild", Value::text("a&b/..\"\r\né"));
        memory.set("long", Value::text("x".repeat(1_000)));
        memory.keep("size", Value::text("large"));
        let mut world = World::default();
        world.contact.insert("city".to_owned(), Value::text("Paris"));
        test(&Sight { memory: &memory, facts: &world, now: Timestamp::from_millis(0) });
    }
}
