//! Values as JSON text and back. Small on purpose: this runs in the browser, and needs no more than values.

use crate::civil::{date_text, date_time_text, time_text};
use crate::limits::{JSON_BYTES_MAX, NUMBER_DIGITS_MAX, VALUE_DEPTH_MAX};
use crate::map::Map;
use crate::number::{number_text, read_float};
use crate::value::Value;

/// A value as JSON. Dates and times are texts of ISO 8601, money is `{"unit": "EUR", "value": 12.5}`, a percentage its
/// number, nothing is `null`. What is nested deeper than [`VALUE_DEPTH_MAX`] is `null` too.
pub fn to_json(value: &Value) -> String {
    let mut out = String::new();
    write(value, 1, &mut out);
    out
}

/// Reads JSON; nothing when it is none, longer than [`JSON_BYTES_MAX`] or nested deeper than [`VALUE_DEPTH_MAX`]. Of
/// two values with one name the last counts. A whole number with more digits than a number keeps becomes a text: it is
/// a name somewhere, and must come back as it went.
pub fn from_json(text: &str) -> Option<Value> {
    if text.len() > JSON_BYTES_MAX {
        return None;
    }
    let mut reader = Reader { text, at: 0 };
    let value = reader.value(1)?;
    reader.skip_blanks();
    (reader.at == text.len()).then_some(value)
}

fn write(value: &Value, depth: usize, out: &mut String) {
    match value {
        Value::Nothing => out.push_str("null"),
        Value::List(_) | Value::Map(_) if depth > VALUE_DEPTH_MAX => out.push_str("null"),
        Value::Text(text) => write_text(text, out),
        Value::Number(number) | Value::Percent(number) => out.push_str(&number_text(*number)),
        Value::YesNo(true) => out.push_str("true"),
        Value::YesNo(false) => out.push_str("false"),
        Value::Date(date) => write_text(&date_text(*date), out),
        Value::Time(time) => write_text(&time_text(*time), out),
        Value::DateTime(at) => write_text(&date_time_text(*at), out),
        Value::Money { amount, currency } => {
            out.push_str("{\"unit\":");
            write_text(currency, out);
            out.push_str(",\"value\":");
            out.push_str(&number_text(*amount));
            out.push('}');
        }
        Value::List(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                separate(index, out);
                write(item, depth + 1, out);
            }
            out.push(']');
        }
        Value::Map(map) => {
            out.push('{');
            for (index, (name, value)) in map.iter().enumerate() {
                separate(index, out);
                write_text(name, out);
                out.push(':');
                write(value, depth + 1, out);
            }
            out.push('}');
        }
    }
}

fn separate(index: usize, out: &mut String) {
    if index > 0 {
        out.push(',');
    }
}

fn write_text(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\0'..='\u{1f}' | '\u{7f}' => {
                let hex = |digit: u32| char::from_digit(digit, 16).unwrap_or('0');
                out.push_str("\\u00");
                out.push(hex(u32::from(c) >> 4));
                out.push(hex(u32::from(c) & 15));
            }
            other => out.push(other),
        }
    }
    out.push('"');
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    /// Goes past this, if it stands here.
    fn takes(&mut self, expected: &str) -> bool {
        let found = self.text[self.at..].starts_with(expected);
        if found {
            self.at += expected.len();
        }
        found
    }

    fn word(&mut self, word: &str, value: Value) -> Option<Value> {
        self.takes(word).then_some(value)
    }

    fn value(&mut self, depth: usize) -> Option<Value> {
        self.skip_blanks();
        match self.peek()? {
            b'[' | b'{' if depth > VALUE_DEPTH_MAX => None,
            b'[' => self.list(depth),
            b'{' => self.map(depth),
            b'"' => self.string().map(Value::Text),
            b't' => self.word("true", Value::YesNo(true)),
            b'f' => self.word("false", Value::YesNo(false)),
            b'n' => self.word("null", Value::Nothing),
            _ => self.number(),
        }
    }

    fn list(&mut self, depth: usize) -> Option<Value> {
        let mut items = Vec::new();
        self.at += 1;
        self.skip_blanks();
        if self.takes("]") {
            return Some(Value::List(items));
        }
        loop {
            items.push(self.value(depth + 1)?);
            self.skip_blanks();
            if self.takes("]") {
                return Some(Value::List(items));
            }
            self.takes(",").then_some(())?;
        }
    }

    fn map(&mut self, depth: usize) -> Option<Value> {
        let mut entries = Vec::new();
        self.at += 1;
        self.skip_blanks();
        if self.takes("}") {
            return Some(Value::Map(Map::new()));
        }
        loop {
            self.skip_blanks();
            let name = self.string()?;
            self.skip_blanks();
            self.takes(":").then_some(())?;
            entries.push((name, self.value(depth + 1)?));
            self.skip_blanks();
            if self.takes("}") {
                return Some(Value::Map(entries.into_iter().collect()));
            }
            self.takes(",").then_some(())?;
        }
    }

    fn string(&mut self) -> Option<String> {
        self.takes("\"").then_some(())?;
        let mut out = String::new();
        loop {
            let rest = &self.text[self.at..];
            let end = rest.find(|c: char| c == '"' || c == '\\' || c < ' ')?;
            out.push_str(&rest[..end]);
            self.at += end + 1;
            match rest.as_bytes()[end] {
                b'"' => return Some(out),
                b'\\' => out.push(self.escaped()?),
                _ => return None,
            }
        }
    }

    fn escaped(&mut self) -> Option<char> {
        let escape = self.peek()?;
        self.at += 1;
        Some(match escape {
            b'"' => '"',
            b'\\' => '\\',
            b'/' => '/',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => self.unicode()?,
            _ => return None,
        })
    }

    /// Four hexadecimal digits, or eight in two halves. A half without its other half becomes U+FFFD.
    fn unicode(&mut self) -> Option<char> {
        let first = self.hex()?;
        if !(0xd800..0xdc00).contains(&first) {
            return Some(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER));
        }
        let before = self.at;
        if self.takes("\\u") {
            let second = self.hex()?;
            if (0xdc00..0xe000).contains(&second) {
                return char::from_u32(0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00));
            }
            self.at = before;
        }
        Some(char::REPLACEMENT_CHARACTER)
    }

    fn hex(&mut self) -> Option<u32> {
        let digits = self.text.get(self.at..self.at + 4)?;
        self.at += 4;
        digits.chars().try_fold(0, |sum, digit| Some(sum * 16 + digit.to_digit(16)?))
    }

    fn number(&mut self) -> Option<Value> {
        let start = self.at;
        self.takes("-");
        let whole = self.digits()?;
        let leading_zero = whole > 1 && self.text.as_bytes()[self.at - whole] == b'0';
        let point = self.takes(".");
        if point {
            self.digits()?;
        }
        let exponent = self.takes("e") || self.takes("E");
        if exponent {
            let _sign = self.takes("+") || self.takes("-");
            self.digits()?;
        }
        let text = &self.text[start..self.at];
        let number = (!leading_zero).then(|| read_float(text))??;
        let long = !point && !exponent && whole > NUMBER_DIGITS_MAX;
        Some(match long && number_text(number) != text {
            true => Value::text(text),
            false => Value::Number(number),
        })
    }

    /// Goes past digits and tells how many; at least one.
    fn digits(&mut self) -> Option<usize> {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        (self.at > start).then(|| self.at - start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn values_are_written_as_json() {
        let mut map = Map::new();
        map.insert("a\"b".to_owned(), Value::text("x\n\u{1}ü\\"));
        map.insert(
            "c".to_owned(),
            Value::List(vec![Value::Number(1.5), Value::YesNo(false), Value::Nothing]),
        );
        assert_eq!(to_json(&Value::Map(map)), r#"{"a\"b":"x\n\u0001ü\\","c":[1.5,false,null]}"#);
        let money = Value::Money { amount: 12.5, currency: "EUR".to_owned() };
        assert_eq!(to_json(&money), r#"{"unit":"EUR","value":12.5}"#);
        assert_eq!(to_json(&Value::Date(jiff::civil::date(2026, 1, 2))), r#""2026-01-02""#);
    }

    #[test]
    fn json_is_read() {
        for (text, plain) in [
            (" [ 1 , -2.5e2,\t\"a\\u00e9\\/\" ] ", "[1,-250,\"aé/\"]"),
            (r#""\ud83d\ude00""#, "😀"),
            (r#""\ud83d!\ude00""#, "\u{fffd}!\u{fffd}"),
            (r#""\ud83d\u0041""#, "\u{fffd}A"),
            (r#"{"a":1,"a":{"b":[]}}"#, r#"{"a":{"b":[]}}"#),
            ("{ }", "{}"),
            ("-0", "0"),
            ("12345678901234567890", "12345678901234567890"),
            ("1e3", "1000"),
        ] {
            assert_eq!(from_json(text).map(|value| value.plain()).as_deref(), Some(plain), "{text}");
        }
        assert_eq!(from_json("12345678901234567891"), Some(Value::text("12345678901234567891")));
    }

    #[test]
    fn what_is_no_json_is_refused() {
        for text in [
            "",
            " ",
            "[",
            "[1,]",
            "[1 2]",
            "{\"a\"}",
            "{a:1}",
            "{\"a\":1,}",
            "01",
            "1.",
            ".5",
            "+1",
            "-",
            "1e",
            "1e999",
            "tru",
            "nul",
            "\"a",
            "\"\\x\"",
            "\"\n\"",
            "\"\\u12\"",
            "\"\\u12é\"",
            "1 2",
            "NaN",
            "]",
        ] {
            assert_eq!(from_json(text), None, "{text}");
        }
        let deep = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
        assert!(from_json(&deep(VALUE_DEPTH_MAX)).is_some());
        assert!(from_json(&deep(VALUE_DEPTH_MAX + 1)).is_none());
        assert!(from_json(&format!("\"{}\"", "a".repeat(JSON_BYTES_MAX))).is_none());
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(value in any_json()) {
            prop_assert_eq!(from_json(&to_json(&value)), Some(value));
        }

        #[test]
        fn others_read_what_is_written_and_the_other_way_round(value in any_json()) {
            let theirs: serde_json::Value = serde_json::from_str(&to_json(&value)).unwrap();
            prop_assert_eq!(from_json(&theirs.to_string()), Some(value));
        }

        #[test]
        fn no_number_changes(number in prop::num::f64::NORMAL) {
            match from_json(&to_json(&Value::Number(number))) {
                Some(Value::Text(text)) => prop_assert_eq!(text, number_text(number)),
                other => prop_assert_eq!(other, Some(Value::Number(number))),
            }
        }

        #[test]
        fn no_text_makes_the_reader_panic(text in "[\\[\\]{}\",:\\\\u0-9a-fé.eE+ -]{0,40}") {
            let ours = from_json(&text).is_some();
            let theirs = serde_json::from_str::<serde_json::Value>(&text).is_ok();
            // Half a surrogate pair is refused there, replaced here.
            prop_assert!(ours == theirs || text.contains("\\ud"), "{}", text);
        }
    }

    fn any_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Nothing),
            any::<bool>().prop_map(Value::YesNo),
            any::<i32>().prop_map(|n| Value::Number(f64::from(n) / 8.0)),
            any::<String>().prop_map(Value::Text),
        ];
        leaf.prop_recursive(4, 32, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::List),
                prop::collection::vec((any::<String>(), inner), 0..6)
                    .prop_map(|entries| Value::Map(entries.into_iter().collect())),
            ]
        })
    }
}
