//! JSON. serde_json says whether a text is JSON and resolves escapes; this finds the places.

use super::{DEPTH_MAX, Entry, Is, Node, Place, Unreadable};
use serde::de::IgnoredAny;
use std::iter::Peekable;
use std::str::Chars;

/// Reads a text.
pub fn read(text: &str) -> Result<Node, Unreadable> {
    if let Err(error) = serde_json::from_str::<IgnoredAny>(text) {
        return Err(not_json(text, &error));
    }
    let mut walk = Walk { chars: text.chars().peekable(), at: Place::START };
    walk.value(0)
}

fn not_json(text: &str, error: &serde_json::Error) -> Unreadable {
    let place = place(text, error);
    let problem = error.to_string();
    let words = problem.split(" at line ").next().unwrap_or(&problem);
    let (before, here) = around(text, place);
    let remedy = match here {
        Some('}' | ']') if before == Some(',') => "remove the comma before this bracket",
        Some('/' | '#') => "JSON has no comments: remove it, or write the assistant in YAML",
        Some('\'') => "put texts in double quotes",
        _ if words.starts_with("control character") => {
            "write a line break in a text as `\\n`, a tab as `\\t`"
        }
        _ if words.starts_with("EOF") => "the file ends too early: close what is still open",
        Some(_) | None => "look for a missing or extra comma, quote or bracket just before this place",
    };
    Unreadable::new(place, format!("this is not JSON: {words}"), remedy)
}

/// The character at a place, and the last one before it that means something.
fn around(text: &str, place: Place) -> (Option<char>, Option<char>) {
    let line_start: usize = text.split_inclusive('\n').take(place.line - 1).map(str::len).sum();
    let rest = text.get(line_start..).unwrap_or_default();
    let at = line_start + rest.char_indices().nth(place.column - 1).map_or(rest.len(), |(at, _)| at);
    let (before, after) = text.split_at(at);
    (before.trim_end().chars().next_back(), after.chars().next())
}

/// serde_json counts bytes; people count characters.
fn place(text: &str, error: &serde_json::Error) -> Place {
    let line = text.split('\n').nth(error.line().saturating_sub(1)).unwrap_or_default();
    let column = line.char_indices().take_while(|(at, _)| *at < error.column()).count();
    Place { line: error.line().max(1), column: column.max(1) }
}

/// Goes through a text that is known to be JSON.
struct Walk<'a> {
    chars: Peekable<Chars<'a>>,
    at: Place,
}

impl Walk<'_> {
    fn value(&mut self, depth: usize) -> Result<Node, Unreadable> {
        let first = self.peek();
        let place = self.at;
        if depth > DEPTH_MAX {
            let problem = format!("more than {DEPTH_MAX} brackets are open here");
            return Err(Unreadable::new(place, problem, "nest less deeply"));
        }
        let is = match first {
            Some('{') => Is::Object(self.object(depth)?),
            Some('[') => Is::List(self.list(depth)?),
            Some('"') => Is::Text(self.string()),
            Some(_) | None => match self.word() {
                word if word == "true" => Is::Flag(true),
                word if word == "false" => Is::Flag(false),
                word => word.parse().map_or(Is::Null, |number| Is::Number(number, word)),
            },
        };
        Ok(Node { place, is })
    }

    fn object(&mut self, depth: usize) -> Result<Vec<Entry>, Unreadable> {
        let mut entries = Vec::new();
        self.next();
        while self.peek() == Some('"') {
            let place = self.at;
            let key = self.string();
            self.skip(':');
            entries.push(Entry { key, place, value: self.value(depth + 1)? });
            self.skip(',');
        }
        self.skip('}');
        Ok(entries)
    }

    fn list(&mut self, depth: usize) -> Result<Vec<Node>, Unreadable> {
        let mut items = Vec::new();
        self.next();
        while self.peek().is_some_and(|c| c != ']') {
            items.push(self.value(depth + 1)?);
            self.skip(',');
        }
        self.skip(']');
        Ok(items)
    }

    /// The string that begins here; serde_json resolves its escapes.
    fn string(&mut self) -> String {
        let mut raw = String::from('"');
        self.next();
        while let Some(c) = self.next() {
            raw.push(c);
            match c {
                '"' => break,
                '\\' => raw.extend(self.next()),
                _ => {}
            }
        }
        serde_json::from_str(&raw).unwrap_or(raw)
    }

    fn word(&mut self) -> String {
        let mut word = String::new();
        while let Some(c) =
            self.chars.peek().filter(|c| !matches!(c, ',' | '}' | ']') && !c.is_ascii_whitespace())
        {
            word.push(*c);
            self.next();
        }
        word
    }

    /// The next character that means something.
    fn peek(&mut self) -> Option<char> {
        while self.chars.peek().is_some_and(char::is_ascii_whitespace) {
            self.next();
        }
        self.chars.peek().copied()
    }

    fn skip(&mut self, expected: char) {
        if self.peek() == Some(expected) {
            self.next();
        }
    }

    fn next(&mut self) -> Option<char> {
        let c = self.chars.next()?;
        match c {
            '\n' => self.at = Place { line: self.at.line + 1, column: 1 },
            _ => self.at.column += 1,
        }
        Some(c)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found_by_line_and_character() {
        let json = "{\n  \"name\": \"é\", \"steps\": [ {\"id\": 1},\n\t{\"id\": [true, null]} ]\n}";
        check(json, "", (1, 1));
        check(json, "/name", (2, 11));
        check(json, "/steps/0/id", (2, 34));
        check(json, "/steps/1", (3, 2));
        check(json, "/steps/1/id/1", (3, 16));
    }

    #[test]
    fn what_is_missing_is_placed_at_what_is_around_it() {
        check("{\"a\":\n[]}", "/a/0/id", (2, 1));
    }

    #[test]
    fn odd_keys_are_pointers_too() {
        let json = r#"{"a/b": 1, "~": 2, "\"q\\": {"\u0041": 3}}"#;
        check(json, "/a~1b", (1, 9));
        check(json, "/~0", (1, 17));
        check(json, "/\"q\\/A", (1, 40));
    }

    #[test]
    fn values_are_what_serde_json_says_they_are() {
        for json in [
            "null",
            "true",
            " false ",
            "-12.25",
            "0",
            "\"\"",
            r#""a\n\u00e9\ud83d\ude00\"""#,
            "[]",
            "{}",
            "[[1 ,2],{}]",
            r#"{"a":[{"b":null}],"c":"}","d":"\\"}"#,
        ] {
            assert_eq!(
                read(json).unwrap().to_json(),
                serde_json::from_str::<serde_json::Value>(json).unwrap(),
                "{json}"
            );
        }
    }

    #[test]
    fn brackets_without_end_are_refused() {
        let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        let refused = read(&deep).unwrap_err();
        assert_eq!(refused.place, Place { line: 1, column: 102 });
    }

    #[test]
    fn the_usual_slips_are_called_by_name() {
        for (json, place, remedy) in [
            ("{\"a\": 1,\n}", (2, 1), "remove the comma"),
            ("{\n  // hello\n}", (2, 3), "JSON has no comments"),
            ("{\"a\": \"b\nc\"}", (1, 8), "as `\\n`"),
            ("{'a': 1}", (1, 2), "double quotes"),
            ("{\"a\": [1", (1, 8), "close what is still open"),
            ("{\"é\": 1 \"b\": 2}", (1, 9), "a missing or extra comma"),
        ] {
            let refused = read(json).unwrap_err();
            assert_eq!(refused.place, Place { line: place.0, column: place.1 }, "{json}");
            assert!(refused.remedy.contains(remedy), "{json}: {}", refused.remedy);
        }
    }

    fn check(json: &str, path: &str, (line, column): (usize, usize)) {
        assert_eq!(read(json).unwrap().find(path), Place { line, column }, "{path}");
    }
}
