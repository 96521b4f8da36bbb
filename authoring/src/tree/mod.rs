//! What a file holds, as a tree that knows where everything stands. Mistakes are worth little without their places, and
//! the usual parsers forget them.

mod json;
mod resolve;
mod yaml;

use protocol::limits::ASSISTANT_BYTES_MAX;
use serde_json::{Map, Number, Value};

/// More open brackets than this are an attack, not an assistant; conditions inside each other need a tenth of it.
const DEPTH_MAX: usize = 100;

/// A place in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// From 1.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
}

impl Place {
    /// Where a file begins.
    pub const START: Self = Self { line: 1, column: 1 };
}

/// How a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notation {
    /// For programs, and for people who like it.
    Json,
    /// For people.
    Yaml,
}

impl Notation {
    /// A name that ends in `.yaml` or `.yml` is YAML, any other JSON.
    pub fn of(name: &str) -> Self {
        let name = name.to_ascii_lowercase();
        match name.ends_with(".yaml") || name.ends_with(".yml") {
            true => Self::Yaml,
            false => Self::Json,
        }
    }
}

/// A value and its place.
#[derive(Clone, Debug)]
pub struct Node {
    /// Where it begins.
    pub place: Place,
    /// What it is.
    pub is: Is,
}

/// What a value is.
#[derive(Clone, Debug)]
pub enum Is {
    /// `null`
    Null,
    /// `true` or `false`
    Flag(bool),
    /// As it is written; infinite when it is too large.
    Number(f64, String),
    /// Its escapes resolved.
    Text(String),
    /// In order.
    List(Vec<Node>),
    /// In order; a key may stand here twice.
    Object(Vec<Entry>),
}

/// A key and its value.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Where the key begins.
    pub place: Place,
    /// The value.
    pub value: Node,
}

/// Why a text cannot be read at all, and where the reading ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// Where.
    pub place: Place,
    /// Why.
    pub problem: String,
    /// What would be right.
    pub remedy: String,
}

impl Unreadable {
    fn new(place: Place, problem: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { place, problem: problem.into(), remedy: remedy.into() }
    }
}

/// Reads a text.
pub fn read(notation: Notation, text: &str) -> Result<Node, Unreadable> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.len() > ASSISTANT_BYTES_MAX {
        let problem = format!("this file has {} bytes", text.len());
        return Err(Unreadable::new(
            Place::START,
            problem,
            format!("an assistant can have {ASSISTANT_BYTES_MAX}"),
        ));
    }
    match notation {
        Notation::Json => json::read(text),
        Notation::Yaml => yaml::read(text),
    }
}

impl Node {
    /// Every key and every text in it.
    pub fn texts(&self, into: &mut Vec<String>) {
        match &self.is {
            Is::Text(text) => into.push(text.clone()),
            Is::List(items) => items.iter().for_each(|item| item.texts(into)),
            Is::Object(entries) => {
                for entry in entries {
                    into.push(entry.key.clone());
                    entry.value.texts(into);
                }
            }
            Is::Null | Is::Flag(_) | Is::Number(..) => {}
        }
    }

    /// The value a pointer names.
    pub fn get(&self, path: &str) -> Option<&Self> {
        path.split('/').skip(1).try_fold(self, |node, part| node.child(part))
    }

    /// The place of the value a pointer names, or of the nearest value around it when it is missing.
    pub fn find(&self, path: &str) -> Place {
        let mut node = self;
        for part in path.split('/').skip(1) {
            match node.child(part) {
                Some(child) => node = child,
                None => break,
            }
        }
        node.place
    }

    /// The place of the key a pointer names, or of the value where that is no member of an object.
    pub fn find_key(&self, path: &str) -> Place {
        let key = path.rsplit_once('/').and_then(|(around, part)| self.get(around)?.entry(part));
        key.map_or_else(|| self.find(path), |entry| entry.place)
    }

    /// The value without its places. Of a key that stands there twice, the first counts.
    pub fn to_json(&self) -> Value {
        match &self.is {
            Is::Null => Value::Null,
            Is::Flag(flag) => Value::Bool(*flag),
            Is::Number(number, _) => number_to_json(*number),
            Is::Text(text) => Value::String(text.clone()),
            Is::List(items) => items.iter().map(Self::to_json).collect(),
            Is::Object(entries) => {
                let mut map = Map::new();
                for entry in entries {
                    map.entry(entry.key.as_str()).or_insert_with(|| entry.value.to_json());
                }
                Value::Object(map)
            }
        }
    }

    fn child(&self, part: &str) -> Option<&Self> {
        match &self.is {
            Is::List(items) => items.get(part.parse::<usize>().ok()?),
            Is::Object(_) => self.entry(part).map(|entry| &entry.value),
            Is::Null | Is::Flag(_) | Is::Number(..) | Is::Text(_) => None,
        }
    }

    fn entry(&self, part: &str) -> Option<&Entry> {
        let Is::Object(entries) = &self.is else { return None };
        let key = part.replace("~1", "/").replace("~0", "~");
        entries.iter().find(|entry| entry.key == key)
    }
}

/// A number as JSON has it: whole ones without a point, as far as they are exact.
pub fn number_to_json(number: f64) -> Value {
    const EXACT_MAX: f64 = 9_007_199_254_740_992.0;
    if number.fract() == 0.0 && number.abs() <= EXACT_MAX {
        #[expect(clippy::cast_possible_truncation, reason = "it is whole and small enough")]
        return Value::Number(Number::from(number as i64));
    }
    Number::from_f64(number).map_or(Value::Null, Value::Number)
}

/// What an unquoted word of YAML is.
pub fn plain_scalar(text: &str) -> Is {
    resolve::plain(text)
}
