//! What a program sent and cannot be read, in words: where, what is wrong, and what would be right. The libraries that read
//! tell it in the words of our own code, of which whoever sent it knows nothing.

use serde_json::Value;

/// Whether this is, or holds, a transfer without any reason: the rule that there has to be one has a code of its own, whether
/// or not the rest can be read.
pub fn lacks_reason(json: &[u8]) -> bool {
    let lacks = |act: &Value| {
        act["transfer"].is_object()
            && match &act["transfer"]["reason"] {
                Value::Null => true,
                Value::String(reason) => reason.trim().is_empty(),
                Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => false,
            }
    };
    serde_json::from_slice::<Value>(json).is_ok_and(|read| lacks(&read) || lacks(&read["act"]["act"]))
}

/// What is wrong, in words.
pub fn in_words(message: &str) -> String {
    let message = without_position(message);
    let known = of_fields(message).or_else(|| of_kinds(message)).or_else(|| of_texts(message));
    known.unwrap_or_else(|| message.to_owned())
}

/// `… at line 1 column 7` says nothing of a place in a request, which is told beside it.
fn without_position(message: &str) -> &str {
    match message.rfind(" at line ") {
        Some(end) if message[end..].contains(" column ") => &message[..end],
        Some(_) | None => message,
    }
}

fn of_fields(message: &str) -> Option<String> {
    if let Some(rest) = message.strip_prefix("unknown field ") {
        let (name, known) = rest.split_once(", ").unwrap_or((rest, ""));
        return Some(match choices(known) {
            Some(known) => format!("there is no field {name} here; there are: {known}"),
            None => format!("there is no field {name} here, nor any other"),
        });
    }
    if let Some(rest) = message.strip_prefix("unknown variant ") {
        let (name, known) = rest.split_once(", ").unwrap_or((rest, ""));
        let known = choices(known).unwrap_or_else(|| "nothing".to_owned());
        return Some(format!("there is no {name} here; there are: {known}"));
    }
    if let Some(name) = message.strip_prefix("missing field ") {
        return Some(format!("{name} is missing"));
    }
    let name = message.strip_prefix("duplicate field ")?;
    Some(format!("{name} is there twice"))
}

/// ``expected one of `a`, `b` `` and ``expected `a` or `b` ``.
fn choices(expected: &str) -> Option<String> {
    let list = expected.strip_prefix("expected ")?;
    Some(list.strip_prefix("one of ").unwrap_or(list).replace(" or ", ", "))
}

fn of_kinds(message: &str) -> Option<String> {
    let rest = ["invalid type: ", "invalid value: ", "invalid length "]
        .iter()
        .find_map(|start| message.strip_prefix(start))?;
    let (given, wanted) = rest.rsplit_once(", expected ")?;
    let wanted = wanted_kind(wanted);
    if message.starts_with("invalid length") {
        return Some(format!("this has {given} entries; right is {wanted}"));
    }
    Some(format!("this is {}; right is {wanted}", given_kind(given)))
}

fn given_kind(given: &str) -> String {
    match given {
        "map" => "an object".to_owned(),
        "sequence" => "a list".to_owned(),
        "unit value" => "`null`".to_owned(),
        "unit variant" => "a name alone".to_owned(),
        "newtype variant" | "tuple variant" | "struct variant" => "an object".to_owned(),
        other => {
            let kinds = [
                ("string ", "the text "),
                ("integer ", "the number "),
                ("floating point ", "the number "),
                ("boolean ", ""),
            ];
            let kind = kinds.iter().find_map(|(from, to)| Some(format!("{to}{}", other.strip_prefix(from)?)));
            kind.unwrap_or_else(|| other.to_owned())
        }
    }
}

fn wanted_kind(wanted: &str) -> String {
    let length = wanted.strip_prefix("an array of length ");
    match wanted {
        "a string" | "string" | "str" => "text".to_owned(),
        "a boolean" | "bool" => "`true` or `false`".to_owned(),
        "a sequence" => "a list".to_owned(),
        "unit" | "unit variant" => "the name alone, as text: it has no fields".to_owned(),
        "u8" | "u16" | "u32" | "u64" | "usize" => "a whole number from 0 that is not too large".to_owned(),
        "i8" | "i16" | "i32" | "i64" => "a whole number that is not too large".to_owned(),
        "a map" => "an object".to_owned(),
        "a formatted UUID string" => "a UUID, such as 01932f0c-7d00-7000-8000-000000000001".to_owned(),
        "string or map" | "enum" => "a name, or an object with one".to_owned(),
        other if other.starts_with("struct ") || other.starts_with("internally tagged") => {
            "an object with its fields".to_owned()
        }
        other => length.map_or_else(|| other.to_owned(), |length| format!("a list of {length}")),
    }
}

fn of_texts(message: &str) -> Option<String> {
    let told = match message {
        "invalid digit found in string" | "cannot parse integer from empty string" => {
            "this is no whole number"
        }
        "number too large to fit in target type" | "number too small to fit in target type" => {
            "this number is out of bounds"
        }
        "provided string was not `true` or `false`" => "this is neither `true` nor `false`",
        other if other.starts_with("UUID parsing failed") => {
            "this is no UUID, such as 01932f0c-7d00-7000-8000-000000000001"
        }
        _ => return None,
    };
    Some(told.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::setup::CalendarSetup;
    use protocol::{Act, AgentId};
    use serde::de::DeserializeOwned;
    use serde_json::json;

    #[test]
    fn nothing_of_our_own_code_is_told() {
        let act = |value: serde_json::Value| told::<Act>(value);
        let assign = json!({ "assign": { "to": "anybody", "even_if_unavailable": "yes" } });
        let transfer = act(json!("transfer"));
        assert_eq!(transfer, "this is a name alone; right is an object with its fields");
        assert_eq!(act(assign), "this is the text \"yes\"; right is `true` or `false`");
        assert_eq!(act(json!({ "snooze": {} })), "`until` is missing");
        assert!(act(json!("dance")).starts_with("there is no `dance` here; there are: `accept`, `decline`"));
        let calendar = json!({ "name": "A", "zone": "UTC", "week": [[], []], "day": {} });
        let calendar = told::<CalendarSetup>(calendar);
        assert_eq!(calendar, "this has 2 entries; right is a list of 7");
        assert_eq!(
            told::<AgentId>(json!("zz")),
            "this is no UUID, such as 01932f0c-7d00-7000-8000-000000000001"
        );
        assert_eq!(
            told::<u8>(json!(-1)),
            "this is the number `-1`; right is a whole number from 0 that is not too large"
        );
        let parsed = "zz".parse::<u64>().unwrap_err().to_string();
        assert_eq!(in_words(&parsed), "this is no whole number");
    }

    #[test]
    fn a_transfer_without_any_reason_is_known_wherever_it_stands() {
        for text in [
            r#"{"transfer":{"to":"anybody"}}"#,
            r#"{"transfer":{"to":"anybody","reason":null,"note":null}}"#,
            r#"{"transfer":{"to":"anybody","reason":" "}}"#,
            r#"{"act":{"id":"x","act":{"transfer":{}}}}"#,
        ] {
            assert!(lacks_reason(text.as_bytes()), "{text}");
        }
        for text in
            [r#"{"transfer":{"reason":"moved"}}"#, r#""accept""#, r#"{"close":{"reason":null}}"#, "[", "7"]
        {
            assert!(!lacks_reason(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn what_is_known_is_listed_and_a_position_in_one_line_is_not_told() {
        let words = in_words("unknown field `nam`, expected `name` or `team` at line 1 column 6");
        assert_eq!(words, "there is no field `nam` here; there are: `name`, `team`");
        assert_eq!(in_words("this is no line"), "this is no line");
    }

    fn told<T: DeserializeOwned>(value: serde_json::Value) -> String {
        let error = serde_json::from_value::<T>(value).err().expect("it cannot be read");
        in_words(&error.to_string())
    }
}
