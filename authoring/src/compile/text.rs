//! Texts with values to insert: `Thank you, {name}.`, `{order.items[0]}`, `{= ${price} * 2}`. Two braces make one.

use super::at::At;
use super::expression::{Names, Problem, column, parse_reference, parse_until_brace};
use super::faces::shown;
use super::scope::{Scope, Spoken};
use assistant::definition::{Expr, Part, Text};
use protocol::limits::MESSAGE_BYTES_MAX;

/// A text for visitors. What it inserts by name looks as visitors know it; an expression inserts what there is.
pub(crate) fn text<'a>(scope: Scope<'a>, raw: &'a str, at: &At<'_>) -> Text {
    spoken(scope, scope.spoken(raw, at), at, &|expr| {
        scope.shows(&expr);
        shown(scope, expr, false)
    })
}

/// A text for agents.
pub(crate) fn agent_text<'a>(scope: Scope<'a>, raw: &'a str, at: &At<'_>) -> Text {
    spoken(scope, scope.spoken_if_translated(raw), at, &|expr| shown(scope, expr, true))
}

/// A text for machines: values are inserted as they are.
pub(crate) fn plain_text<'a>(scope: Scope<'a>, raw: &'a str, at: &At<'_>) -> Text {
    spoken(scope, scope.spoken_if_translated(raw), at, &|expr| expr)
}

/// The same text, written so that none of its braces inserts anything.
pub fn escape(text: &str) -> String {
    text.replace('{', "{{").replace('}', "}}")
}

/// What a name in a text inserts instead of the bare value.
type Face<'a> = dyn Fn(Expr) -> Expr + 'a;

fn spoken(scope: Scope<'_>, said: Spoken<'_>, at: &At<'_>, face: &Face<'_>) -> Text {
    let pointer = said.pointer(at);
    if said.text.len() > MESSAGE_BYTES_MAX {
        let problem =
            format!("a text can have {MESSAGE_BYTES_MAX} bytes and this one has {}", said.text.len());
        scope.c.findings.error("too-long", &*pointer, problem, "say it in several texts");
    }
    let names = |name: &str, byte: usize| {
        scope.named(name, &pointer).unwrap_or_else(|| {
            let problem = format!("`{name}` at column {} is no known name", column(said.text, byte));
            let remedy = format!("{}; a brace itself is written `{{{{`", scope.remedy_for_name(name));
            scope.c.findings.error("unknown-name", &*pointer, problem, remedy);
            Expr::default()
        })
    };
    parse_with(said.text, &names, face).unwrap_or_else(|problem| {
        scope.c.findings.error("bad-text", &*pointer, problem.located(said.text), problem.remedy);
        Text::plain("…")
    })
}

/// Reads a text whose names stand for what `names` says.
pub(crate) fn parse(source: &str, names: &Names<'_>) -> Result<Text, Problem> {
    parse_with(source, names, &|expr| expr)
}

fn parse_with(source: &str, names: &Names<'_>, face: &Face<'_>) -> Result<Text, Problem> {
    let mut parts = Vec::new();
    let mut words = String::new();
    let mut from = 0;
    while let Some(found) = source[from..].find(['{', '}']) {
        let at = from + found;
        words.push_str(&source[from..at]);
        let brace = &source[at..=at];
        if source[at + 1..].starts_with(brace) {
            words.push_str(brace);
            from = at + 2;
        } else if brace == "}" {
            return Err(stray(at));
        } else {
            let (insert, close) = insert(source, at, names, face)?;
            parts.extend((!words.is_empty()).then(|| Part::Words(std::mem::take(&mut words))));
            parts.push(Part::Insert(insert));
            from = close + 1;
        }
    }
    words.push_str(&source[from..]);
    parts.extend((!words.is_empty()).then_some(Part::Words(words)));
    Ok(Text(parts))
}

fn insert(source: &str, at: usize, names: &Names<'_>, face: &Face<'_>) -> Result<(Expr, usize), Problem> {
    let inside = source[at + 1..].trim_start();
    if let Some(expression) = inside.strip_prefix('=') {
        return parse_until_brace(source, source.len() - expression.len(), names);
    }
    if inside.starts_with('}') {
        return Err(Problem {
            at,
            problem: "`{}` inserts nothing".to_owned(),
            remedy: "name a value inside the braces; braces themselves are written `{{}}`".to_owned(),
        });
    }
    let read = parse_reference(source, at + 1, names);
    read.map(|(expr, close)| (face(expr), close)).map_err(|problem| Problem {
        remedy: "insert a value as `{name}`, an expression as `{= … }`; a brace itself is written `{{`"
            .to_owned(),
        ..problem
    })
}

fn stray(at: usize) -> Problem {
    Problem {
        at,
        problem: "a `}` closes nothing".to_owned(),
        remedy: "a brace itself is written `}}`".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use assistant::Value;

    fn named(name: &str, _: usize) -> Expr {
        Expr::Variable(name.to_owned())
    }

    #[test]
    fn names_paths_and_expressions_are_inserted_and_doubled_braces_are_braces() {
        let words = |text: &str| Part::Words(text.to_owned());
        let name = |name: &str| Expr::Variable(name.to_owned());
        let path = Expr::Field(Box::new(name("a")), "b".to_owned());
        let zero = Box::new(Expr::Value(Value::Number(0.0)));
        for (raw, parts) in [
            ("Plain.", vec![words("Plain.")]),
            ("{days} days", vec![Part::Insert(name("days")), words(" days")]),
            ("{a}{b}", vec![Part::Insert(name("a")), Part::Insert(name("b"))]),
            ("a {{b}} c", vec![words("a {b} c")]),
            ("{a.b}!", vec![Part::Insert(path), words("!")]),
            ("{a[0]}", vec![Part::Insert(Expr::Index(Box::new(name("a")), zero))]),
            ("{my-step} don't", vec![Part::Insert(name("my-step")), words(" don't")]),
            ("it's {= ${a}} o'clock", vec![words("it's "), Part::Insert(name("a")), words(" o'clock")]),
            (
                "{= {\"k\": '}'} }",
                vec![Part::Insert(Expr::Map(vec![("k".to_owned(), Expr::Value(Value::text("}")))]))],
            ),
        ] {
            assert_eq!(parse(raw, &named), Ok(Text(parts)), "{raw}");
        }
    }

    #[test]
    fn stray_braces_are_refused_where_they_stand() {
        for (raw, problem) in [
            ("a {b", "a `{` is not closed at column 5"),
            ("a } b", "a `}` closes nothing at column 3"),
            ("{a b}", "`b` cannot stand here at column 4"),
            ("é {}", "`{}` inserts nothing at column 3"),
            ("{= 1 + }", "`}` stands where a value should at column 8"),
            ("{\"a\": 1}", "a text stands where a name should at column 2"),
        ] {
            let found = parse(raw, &named).unwrap_err();
            assert_eq!(found.located(raw), problem, "{raw}");
        }
    }

    #[test]
    fn an_escaped_text_says_itself() {
        for raw in ["{a}", "}{", "{{", "a { b } c", "no braces"] {
            assert_eq!(parse(&escape(raw), &named), Ok(Text::plain(raw)));
        }
    }
}
