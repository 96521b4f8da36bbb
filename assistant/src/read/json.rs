//! JSON as a tree that knows where everything stands. serde_json says whether a text is JSON; its own tree forgets the
//! places, and mistakes are worth little without them.

use serde::de::IgnoredAny;
use std::iter::Peekable;
use std::str::Chars;

/// A place in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// From 1.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
}

/// A value and its place.
#[derive(Debug)]
pub struct Json {
    /// Where it begins.
    pub place: Place,
    /// What it is.
    pub is: Is,
}

/// What a value is.
#[derive(Debug)]
pub enum Is {
    /// `null`
    Null,
    /// `true` or `false`
    Flag(bool),
    /// May be infinite when it is written with too large an exponent.
    Number(f64),
    /// Its escapes resolved.
    Text(String),
    /// In order.
    List(Vec<Json>),
    /// In order; a key may stand here twice.
    Object(Vec<(String, Json)>),
}

/// Why a text is not JSON, and where it stops being JSON.
#[derive(Debug)]
pub struct NotJson {
    /// Where.
    pub place: Place,
    /// Why.
    pub problem: String,
}

/// Reads a text.
pub fn parse(text: &str) -> Result<Json, NotJson> {
    if let Err(error) = serde_json::from_str::<IgnoredAny>(text) {
        let place = place(text, &error);
        let problem = error.to_string();
        let words = problem.split(" at line ").next().unwrap_or(&problem);
        return Err(NotJson { place, problem: format!("this is not JSON: {words}") });
    }
    let mut walk = Walk { chars: text.chars().peekable(), at: Place { line: 1, column: 1 } };
    walk.value(0)
}

impl Json {
    /// The place of the value a pointer names, or of the nearest value around it when it is missing.
    pub fn find(&self, path: &str) -> Place {
        let mut value = self;
        for part in path.split('/').skip(1) {
            let child = match &value.is {
                Is::List(items) => part.parse().ok().and_then(|index: usize| items.get(index)),
                Is::Object(entries) => {
                    entries.iter().find(|(key, _)| segment(key) == part).map(|(_, value)| value)
                }
                Is::Null | Is::Flag(_) | Is::Number(_) | Is::Text(_) => None,
            };
            match child {
                Some(child) => value = child,
                None => break,
            }
        }
        value.place
    }
}

/// A key as one segment of a pointer (RFC 6901).
pub fn segment(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
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
    fn value(&mut self, depth: usize) -> Result<Json, NotJson> {
        const DEPTH_MAX: usize = 100;
        let first = self.peek();
        let place = self.at;
        if depth > DEPTH_MAX {
            return Err(NotJson { place, problem: format!("more than {DEPTH_MAX} brackets are open here") });
        }
        let is = match first {
            Some('{') => Is::Object(self.object(depth)?),
            Some('[') => Is::List(self.list(depth)?),
            Some('"') => Is::Text(self.string()),
            Some(_) | None => match self.word().as_str() {
                "true" => Is::Flag(true),
                "false" => Is::Flag(false),
                word => word.parse().map_or(Is::Null, Is::Number),
            },
        };
        Ok(Json { place, is })
    }

    fn object(&mut self, depth: usize) -> Result<Vec<(String, Json)>, NotJson> {
        let mut entries = Vec::new();
        self.next();
        while self.peek() == Some('"') {
            let key = self.string();
            self.skip(':');
            entries.push((key, self.value(depth + 1)?));
            self.skip(',');
        }
        self.skip('}');
        Ok(entries)
    }

    fn list(&mut self, depth: usize) -> Result<Vec<Json>, NotJson> {
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
                plain(&parse(json).unwrap()),
                serde_json::from_str::<serde_json::Value>(json).unwrap(),
                "{json}"
            );
        }
    }

    #[test]
    fn brackets_without_end_are_refused() {
        let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        let refused = parse(&deep).unwrap_err();
        assert_eq!(refused.place, Place { line: 1, column: 102 });
    }

    fn plain(json: &Json) -> serde_json::Value {
        match &json.is {
            Is::Null => serde_json::Value::Null,
            Is::Flag(flag) => (*flag).into(),
            Is::Number(number) if number.fract() == 0.0 => (*number as i64).into(),
            Is::Number(number) => (*number).into(),
            Is::Text(text) => text.as_str().into(),
            Is::List(items) => items.iter().map(plain).collect(),
            Is::Object(entries) => entries.iter().map(|(key, value)| (key.clone(), plain(value))).collect(),
        }
    }

    fn check(json: &str, path: &str, (line, column): (usize, usize)) {
        assert_eq!(parse(json).unwrap().find(path), Place { line, column }, "{path}");
    }
}
