//! Where in the file a value stands: JSON pointers to lines and columns. serde_json knows places only while it parses;
//! most mistakes are found later.

use std::collections::BTreeMap;
use std::iter::Peekable;
use std::str::Chars;

/// A place in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// From 1.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
}

/// The places of all values of a file.
#[derive(Debug)]
pub struct Places {
    by_path: BTreeMap<String, Place>,
    /// Pointers of keys written twice in one object, and where the second stands.
    pub repeated: Vec<(String, Place)>,
}

impl Places {
    /// Walks over a text that is known to be JSON.
    pub fn of(json: &str) -> Self {
        let places = Self { by_path: BTreeMap::new(), repeated: Vec::new() };
        let mut walk = Walk { chars: json.chars().peekable(), at: Place { line: 1, column: 1 }, places };
        walk.value(String::new());
        walk.places
    }

    /// The place of the value a pointer names, or of the nearest value around it when it is missing.
    pub fn find(&self, path: &str) -> Place {
        let mut path = path;
        loop {
            if let Some(place) = self.by_path.get(path) {
                return *place;
            }
            match path.rfind('/') {
                Some(cut) => path = &path[..cut],
                None => return Place { line: 1, column: 1 },
            }
        }
    }
}

/// A key as one segment of a pointer (RFC 6901).
pub fn segment(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

struct Walk<'a> {
    chars: Peekable<Chars<'a>>,
    at: Place,
    places: Places,
}

impl Walk<'_> {
    fn next(&mut self) -> Option<char> {
        let c = self.chars.next()?;
        match c {
            '\n' => self.at = Place { line: self.at.line + 1, column: 1 },
            _ => self.at.column += 1,
        }
        Some(c)
    }

    /// The next character that means something.
    fn peek(&mut self) -> Option<char> {
        while self.chars.peek().is_some_and(|c| c.is_ascii_whitespace()) {
            self.next();
        }
        self.chars.peek().copied()
    }

    fn value(&mut self, path: String) {
        let first = self.peek();
        self.places.by_path.insert(path.clone(), self.at);
        match first {
            Some('{') => self.object(&path),
            Some('[') => self.list(&path),
            Some('"') => drop(self.string()),
            Some(_) | None => {
                while self
                    .chars
                    .peek()
                    .is_some_and(|c| !matches!(c, ',' | '}' | ']') && !c.is_ascii_whitespace())
                {
                    self.next();
                }
            }
        }
    }

    fn object(&mut self, path: &str) {
        self.next();
        while self.peek() == Some('"') {
            let key_at = self.at;
            let path = format!("{path}/{}", segment(&self.string()));
            if self.places.by_path.contains_key(&path) {
                self.places.repeated.push((path.clone(), key_at));
            }
            self.peek();
            self.next();
            self.value(path);
            if self.peek() == Some(',') {
                self.next();
            }
            self.peek();
        }
        self.next();
    }

    fn list(&mut self, path: &str) {
        self.next();
        let mut index = 0;
        while self.peek().is_some_and(|c| c != ']') {
            self.value(format!("{path}/{index}"));
            index += 1;
            if self.peek() == Some(',') {
                self.next();
            }
        }
        self.next();
    }

    /// The string that begins here, its escapes resolved as serde_json does it.
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
        check(r#"{"a/b": 1, "~": 2, "\"q\\": {"\u0041": 3}}"#, "/a~1b", (1, 9));
        check(r#"{"a/b": 1, "~": 2, "\"q\\": {"\u0041": 3}}"#, "/~0", (1, 17));
        check(r#"{"a/b": 1, "~": 2, "\"q\\": {"\u0041": 3}}"#, "/\"q\\/A", (1, 40));
    }

    #[test]
    fn a_key_written_twice_is_noticed() {
        let places = Places::of("{\"id\": 1,\n \"id\": 2}");
        assert_eq!(places.repeated, [("/id".to_owned(), Place { line: 2, column: 2 })]);
    }

    fn check(json: &str, path: &str, (line, column): (usize, usize)) {
        assert_eq!(Places::of(json).find(path), Place { line, column }, "{path}");
    }
}
