//! YAML: one document, read with the core schema of YAML 1.2. Anchors and aliases are allowed; what they multiply is
//! counted.

use super::{DEPTH_MAX, Entry, Is, Node, Place, Unreadable, resolve};
use saphyr_parser::{Event, Marker, Parser, ScalarStyle, ScanError, Span, StrInput, Tag};
use std::borrow::Cow;
use std::collections::HashMap;

/// Values that aliases may repeat. A few lines could otherwise stand for billions.
const REPEATED_MAX: usize = 100_000;

/// What is wrong where a tab is.
const TAB: &str = "a tab stands where only spaces can";

/// Reads a text.
pub fn read(text: &str) -> Result<Node, Unreadable> {
    let mut reader = Reader { parser: Parser::new_from_str(text), anchors: HashMap::new(), repeated: 0 };
    reader.document().map_err(|unreadable| at_the_tab(unreadable, text))
}

/// The parser notices a tab before it reads the line the tab is in.
fn at_the_tab(unreadable: Unreadable, text: &str) -> Unreadable {
    if unreadable.problem != TAB {
        return unreadable;
    }
    let lines = text.lines().enumerate().skip(unreadable.place.line - 1);
    let tab = |line: &str| line.chars().take_while(|c| c.is_whitespace()).position(|c| c == '\t');
    let found =
        lines.into_iter().find_map(|(index, line)| Some(Place { line: index + 1, column: tab(line)? + 1 }));
    Unreadable { place: found.unwrap_or(unreadable.place), ..unreadable }
}

struct Reader<'a> {
    parser: Parser<'a, StrInput<'a>>,
    anchors: HashMap<usize, (Node, usize)>,
    repeated: usize,
}

/// What begins here: its anchor, its tag.
type Marked<'a> = (usize, Option<Cow<'a, Tag>>);

impl<'a> Reader<'a> {
    fn document(&mut self) -> Result<Node, Unreadable> {
        let mut root = None;
        loop {
            let (event, span) = self.next()?;
            match event {
                Event::StreamEnd => break,
                Event::DocumentStart(_) if root.is_some() => {
                    let remedy = "keep one, and remove the `---` before the other";
                    return Err(refuse(span.start, "a second YAML document begins here", remedy));
                }
                Event::Scalar(..) | Event::SequenceStart(..) | Event::MappingStart(..) | Event::Alias(_) => {
                    root = Some(self.node(event, span, 0)?.0);
                }
                Event::Nothing
                | Event::StreamStart
                | Event::DocumentStart(_)
                | Event::DocumentEnd
                | Event::SequenceEnd
                | Event::MappingEnd => {}
            }
        }
        Ok(root.unwrap_or(Node { place: Place::START, is: Is::Null }))
    }

    /// A value and how many values it is, itself included.
    fn node(&mut self, event: Event<'a>, span: Span, depth: usize) -> Result<(Node, usize), Unreadable> {
        if depth > DEPTH_MAX {
            let problem = format!("this stands inside more than {DEPTH_MAX} others");
            return Err(refuse(span.start, problem, "nest less deeply"));
        }
        let place = place(span.start);
        let (is, size, anchor) = match event {
            Event::Scalar(text, style, anchor, tag) => {
                (scalar(text, style, tag.as_deref(), span.start)?, 1, anchor)
            }
            Event::SequenceStart(anchor, tag) => {
                collection_tag(&(anchor, tag), "seq", span.start)?;
                let (items, size) = self.items(depth)?;
                (Is::List(items), size, anchor)
            }
            Event::MappingStart(anchor, tag) => {
                collection_tag(&(anchor, tag), "map", span.start)?;
                let (entries, size) = self.entries(depth)?;
                (Is::Object(entries), size, anchor)
            }
            Event::Alias(anchor) => return self.alias(anchor, span.start),
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd
            | Event::SequenceEnd
            | Event::MappingEnd => (Is::Null, 1, 0),
        };
        let node = Node { place, is };
        if anchor != 0 {
            self.repeat(size, span.start)?;
            self.anchors.insert(anchor, (node.clone(), size));
        }
        Ok((node, size))
    }

    fn alias(&mut self, anchor: usize, at: Marker) -> Result<(Node, usize), Unreadable> {
        let Some(size) = self.anchors.get(&anchor).map(|(_, size)| *size) else {
            return Err(refuse(at, "this alias stands inside what it repeats", "write the value itself"));
        };
        self.repeat(size, at)?;
        Ok((self.anchors[&anchor].0.clone(), size))
    }

    fn repeat(&mut self, size: usize, at: Marker) -> Result<(), Unreadable> {
        self.repeated += size;
        if self.repeated <= REPEATED_MAX {
            return Ok(());
        }
        let problem = format!("anchors and aliases repeat more than {REPEATED_MAX} values here");
        Err(refuse(at, problem, "use fewer of them"))
    }

    fn items(&mut self, depth: usize) -> Result<(Vec<Node>, usize), Unreadable> {
        let (mut items, mut size) = (Vec::new(), 1);
        loop {
            let (event, span) = self.next()?;
            if matches!(event, Event::SequenceEnd | Event::StreamEnd) {
                return Ok((items, size));
            }
            let (item, more) = self.node(event, span, depth + 1)?;
            items.push(item);
            size += more;
        }
    }

    fn entries(&mut self, depth: usize) -> Result<(Vec<Entry>, usize), Unreadable> {
        let (mut entries, mut size) = (Vec::new(), 1);
        loop {
            let (event, span) = self.next()?;
            if matches!(event, Event::MappingEnd | Event::StreamEnd) {
                return Ok((entries, size));
            }
            let (key, place) = (self.key(event, span)?, place(span.start));
            let (event, span) = self.next()?;
            let nothing_written =
                span.is_empty() && matches!(&event, Event::Scalar(text, ..) if text.is_empty());
            let (mut value, more) = self.node(event, span, depth + 1)?;
            if nothing_written {
                value.place = place;
            }
            entries.push(Entry { key, place, value });
            size += more;
        }
    }

    fn key(&mut self, event: Event<'a>, span: Span) -> Result<String, Unreadable> {
        let key = match event {
            Event::Scalar(text, ScalarStyle::Plain, ..) if text.is_empty() || text == "~" => None,
            Event::Scalar(text, _, anchor, _) => {
                if anchor != 0 {
                    let node = Node { place: place(span.start), is: Is::Text(text.clone().into_owned()) };
                    self.anchors.insert(anchor, (node, 1));
                }
                Some(text.into_owned())
            }
            Event::Alias(anchor) => match self.anchors.get(&anchor) {
                Some((Node { is: Is::Text(text), .. }, _)) => Some(text.clone()),
                Some(_) | None => None,
            },
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd
            | Event::SequenceStart(..)
            | Event::SequenceEnd
            | Event::MappingStart(..)
            | Event::MappingEnd => None,
        };
        key.ok_or_else(|| {
            let remedy = "write a text before the `:`; a value with `{` or `[` at its beginning needs quotes";
            refuse(span.start, "this cannot be a key", remedy)
        })
    }

    fn next(&mut self) -> Result<(Event<'a>, Span), Unreadable> {
        match self.parser.next_event() {
            Some(Ok(next)) => Ok(next),
            Some(Err(error)) => Err(not_yaml(&error)),
            None => Ok((Event::StreamEnd, Span::default())),
        }
    }
}

fn scalar(text: Cow<'_, str>, style: ScalarStyle, tag: Option<&Tag>, at: Marker) -> Result<Is, Unreadable> {
    let plain = resolve::plain(&text);
    let Some(tag) = tag else {
        return Ok(if style == ScalarStyle::Plain { plain } else { Is::Text(text.into_owned()) });
    };
    let suffix = if tag.is_yaml_core_schema() { tag.suffix.as_str() } else { "" };
    let fits = match (suffix, &plain) {
        ("str", _) => return Ok(Is::Text(text.into_owned())),
        _ if tag.handle.is_empty() && tag.suffix == "!" => return Ok(Is::Text(text.into_owned())),
        ("null", Is::Null) | ("bool", Is::Flag(_)) | ("float", Is::Number(..)) => true,
        ("int", Is::Number(number, _)) => number.fract() == 0.0,
        _ => false,
    };
    match fits {
        true => Ok(plain),
        false => Err(unknown_tag(tag, at)),
    }
}

fn collection_tag((_, tag): &Marked<'_>, expected: &str, at: Marker) -> Result<(), Unreadable> {
    match tag {
        Some(tag) if !(tag.is_yaml_core_schema() && tag.suffix == expected) => Err(unknown_tag(tag, at)),
        Some(_) | None => Ok(()),
    }
}

fn unknown_tag(tag: &Tag, at: Marker) -> Unreadable {
    let problem = format!("the tag `{tag}` does not fit here");
    refuse(at, problem, "remove it; a text that begins with `!` needs quotes")
}

fn place(marker: Marker) -> Place {
    Place { line: marker.line().max(1), column: marker.col() + 1 }
}

fn refuse(at: Marker, problem: impl Into<String>, remedy: impl Into<String>) -> Unreadable {
    Unreadable::new(place(at), problem, remedy)
}

/// The parser's words are for those who write parsers.
fn not_yaml(error: &ScanError) -> Unreadable {
    const WORDS: [(&str, &str, &str); 11] = [
        ("recursion limit", "too many brackets are open here", "nest less deeply"),
        ("tab", TAB, "indent with spaces"),
        (
            "mapping values are not allowed",
            "a `:` stands here where no key can be",
            "put a text that contains `: ` in quotes, or mend the indentation",
        ),
        (
            "simple key",
            "this line is neither a key nor a value",
            "write `key: value`, or put the text in quotes",
        ),
        (
            "did not find expected key",
            "this line does not fit the lines above",
            "give keys of one object the same indentation",
        ),
        (
            "expected '-' indicator",
            "this line does not fit the list above",
            "begin it with `- `, or mend the indentation",
        ),
        (
            "indentation",
            "this is indented differently from what it belongs to",
            "give lines that belong together the same indentation",
        ),
        (
            "unknown anchor",
            "nothing is anchored under this name",
            "write `&name` before the value first; a text that begins with `*` needs quotes",
        ),
        (
            "parsing a flow mapping",
            "a `,` or a `}` is missing here",
            "close the `{`, or put a text with braces, brackets or commas in it in quotes",
        ),
        (
            "parsing a flow sequence",
            "a `,` or a `]` is missing here",
            "close the `[`, or put a text with braces, brackets or commas in it in quotes",
        ),
        ("end of stream", "a quote is opened and not closed", "close it"),
    ];
    let info = error.info();
    match WORDS.iter().find(|(part, ..)| info.contains(part)) {
        Some((_, problem, remedy)) => refuse(*error.marker(), *problem, *remedy),
        None => {
            let remedy = "look for an unclosed quote or bracket, or odd indentation, just before this place";
            refuse(*error.marker(), format!("this is not YAML: {info}"), remedy)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "\
# An assistant
name: Harbour
greeting:
steps:
  - id: a
    say: |
      One.
      Two.
  - {id: b, say: 'it''s'}
yes: no
";

    #[test]
    fn values_are_found_by_line_and_character() {
        for (path, place) in [
            ("/name", (2, 7)),
            ("/greeting", (3, 1)),
            ("/steps", (5, 3)),
            ("/steps/0", (5, 5)),
            ("/steps/0/say", (7, 7)),
            ("/steps/1/say", (9, 18)),
        ] {
            let found = read(FILE).unwrap().find(path);
            assert_eq!((found.line, found.column), place, "{path}");
        }
    }

    #[test]
    fn values_are_those_of_yaml_1_2() {
        let json = r#"{"name":"Harbour","greeting":null,"steps":[{"id":"a","say":"One.\nTwo.\n"},{"id":"b","say":"it's"}],"yes":"no"}"#;
        assert_eq!(read(FILE).unwrap().to_json().to_string(), json);
    }

    #[test]
    fn anchors_repeat_values_and_tags_name_types() {
        let yaml = "a: &x [1, !!str 2]\nb: *x\nc: !!int 3\n&k d: *k\n";
        assert_eq!(read(yaml).unwrap().to_json().to_string(), r#"{"a":[1,"2"],"b":[1,"2"],"c":3,"d":"d"}"#);
    }

    #[test]
    fn json_is_yaml_too() {
        let json = r#"{"a":[1,{"b":null}],"c":"}"}"#;
        assert_eq!(read(json).unwrap().to_json().to_string(), json);
    }

    #[test]
    fn the_usual_slips_are_called_by_name() {
        for (yaml, line, words) in [
            ("a:\n\tb: 1\n", 2, "indent with spaces"),
            ("a:\n  b: 1\n\tc: 2\n", 3, "indent with spaces"),
            ("a:\n  - b: 1\n  \tc: 2\n", 3, "indent with spaces"),
            ("a:\n\n# one\n\t- b\n", 4, "indent with spaces"),
            ("a: [\n\tb]\n", 2, "indent with spaces"),
            ("a:\n  b: |\n    x\n\ty\n", 4, "indent with spaces"),
            ("a: b: c\n", 1, "in quotes"),
            ("a:\n  b: 1\n c: 2\n", 3, "indentation"),
            ("a: 'b\n", 1, "close it"),
            ("a: *b\n", 1, "`&name`"),
            ("a: { b: x/{id}, c: 1 }\n", 1, "a text with braces"),
            ("a: [b/[id], c]\n", 1, "a text with braces"),
            ("a: 1\n---\nb: 2\n", 2, "keep one"),
            ("a: !odd 1\n", 1, "remove it"),
            ("{a}: 1\n", 1, "cannot be a key"),
            ("a: &x [*x]\n", 1, "write the value itself"),
        ] {
            let refused = read(yaml).map(|node| node.to_json()).expect_err(yaml);
            let said = format!("{}; {}", refused.problem, refused.remedy);
            assert!(refused.place.line == line && said.contains(words), "{yaml}\n{:?} {said}", refused.place);
        }
    }

    #[test]
    fn a_few_lines_cannot_stand_for_billions() {
        let mut yaml = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
        for level in 1..12 {
            let alias = format!("*a{}", level - 1);
            yaml += &format!("a{level}: &a{level} [{}]\n", vec![alias; 9].join(", "));
        }
        assert!(read(&yaml).unwrap_err().problem.contains("repeat more than"));
    }

    #[test]
    fn brackets_and_dashes_without_end_are_refused() {
        for yaml in ["[".repeat(200_000), "- ".repeat(200_000), "{a: ".repeat(100_000), "? ".repeat(100_000)]
        {
            assert!(read(&yaml).is_err());
        }
    }
}
