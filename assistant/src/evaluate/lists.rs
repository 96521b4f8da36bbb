//! Methods of lists and maps.

use super::methods::{Called, yes};
use super::{Failed, equal, fields};
use crate::map::Map;
use crate::surroundings::Case;
use crate::value::Value;
use std::cmp::Ordering;

type Done = Result<Value, Failed>;

/// Whether an element is the same.
pub fn contains(called: &mut Called<'_, '_>, items: Vec<Value>) -> Done {
    Ok(yes(items.iter().any(|item| equal(item, called.arg(0)))))
}

/// The same regardless of case.
pub fn contains_ignore_case(called: &mut Called<'_, '_>, items: Vec<Value>) -> Done {
    let wanted = called.in_case(&called.text(0), Case::Lower);
    Ok(yes(items.iter().any(|item| called.in_case(&item.plain(), Case::Lower) == wanted)))
}

/// The first place of an element; -1 when it is not there.
pub fn index_of(called: &mut Called<'_, '_>, items: Vec<Value>) -> Done {
    let place = items.iter().position(|item| equal(item, called.arg(0)));
    Ok(Value::Number(place.map_or(-1.0, |place| place as f64)))
}

/// How many.
pub fn size(_: &mut Called<'_, '_>, items: Vec<Value>) -> Done {
    Ok(Value::Number(items.len() as f64))
}

/// Whether there are none.
pub fn is_empty(_: &mut Called<'_, '_>, items: Vec<Value>) -> Done {
    Ok(yes(items.is_empty()))
}

/// With the elements of another list, or one element, at the end.
pub fn append(called: &mut Called<'_, '_>, mut items: Vec<Value>) -> Done {
    if let Value::List(more) = called.arg(0) {
        items.extend_from_slice(more);
    } else {
        items.push(called.arg(0).clone());
    }
    called.machine.made(Value::List(items))
}

/// With one element at the end, be it a list itself.
pub fn add(called: &mut Called<'_, '_>, mut items: Vec<Value>) -> Done {
    items.push(called.arg(0).clone());
    called.machine.made(Value::List(items))
}

/// Without any.
pub fn clear(_: &mut Called<'_, '_>, _: Vec<Value>) -> Done {
    Ok(Value::List(Vec::new()))
}

/// An element by its place or its name; nothing when it is not there.
pub fn get(called: &mut Called<'_, '_>, of: Value) -> Done {
    fields::indexed(of, called.arg(0))
}

/// One by chance; nothing when there is none.
pub fn random_item(called: &mut Called<'_, '_>, mut items: Vec<Value>) -> Done {
    if items.is_empty() {
        return Ok(Value::Nothing);
    }
    let place = called.machine.scope.chance() % items.len() as u64;
    Ok(items.swap_remove(place as usize))
}

/// As one text, with `, ` or another text between.
pub fn join(called: &mut Called<'_, '_>, items: Vec<Value>) -> Done {
    let between = called.args.first().map_or_else(|| ", ".to_owned(), Value::plain);
    let texts: Vec<String> = items.iter().map(Value::plain).collect();
    let bytes = texts.iter().map(String::len).sum::<usize>() + between.len() * texts.len().saturating_sub(1);
    called.machine.fits(bytes)?;
    Ok(Value::Text(texts.join(&between)))
}

/// Each element put into a template: a text with `%e%` or `%e.name%` in it, or a list or map of such texts. With a
/// second argument of yes, a text that is nothing but one of those yields the value as it is instead of as text.
pub fn join_to_array(called: &mut Called<'_, '_>, items: Vec<Value>) -> Done {
    let template = called.arg(0).clone();
    let keep_types = matches!(called.arg(1), Value::YesNo(true));
    let mut made = Vec::new();
    for item in &items {
        let value = filled(&template, item, keep_types);
        called.machine.spend(template.measure().0)?;
        made.push(called.machine.made(value)?);
    }
    called.machine.made(Value::List(made))
}

fn filled(template: &Value, item: &Value, keep_types: bool) -> Value {
    match template {
        Value::Text(text) => match whole_slot(text).filter(|_| keep_types) {
            Some(path) => at_path(item, path),
            None => Value::Text(filled_text(text, item)),
        },
        Value::List(parts) => Value::List(parts.iter().map(|part| filled(part, item, keep_types)).collect()),
        Value::Map(map) => {
            let mut map = map.clone();
            map.values_mut().for_each(|part| *part = filled(part, item, keep_types));
            Value::Map(map)
        }
        Value::Nothing
        | Value::Number(_)
        | Value::YesNo(_)
        | Value::Date(_)
        | Value::Time(_)
        | Value::DateTime(_)
        | Value::Money { .. }
        | Value::Percent(_) => template.clone(),
    }
}

/// The path of a text that is one slot and nothing else.
fn whole_slot(text: &str) -> Option<&str> {
    slot(text.strip_prefix('%')?.strip_suffix('%')?)
}

/// The path in `e` (empty) or `e.a.b`.
fn slot(inside: &str) -> Option<&str> {
    let path = inside.strip_prefix('e')?;
    let plain = path.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-'));
    (plain && (path.is_empty() || path.starts_with('.'))).then(|| path.trim_start_matches('.'))
}

fn filled_text(text: &str, item: &Value) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(start) = rest.find('%') {
        out.push_str(&rest[..start]);
        let after = &rest[start + 1..];
        let found = after.find('%').and_then(|end| Some((slot(&after[..end])?, end)));
        match found {
            Some((path, end)) => {
                out.push_str(&at_path(item, path).plain());
                rest = &after[end + 1..];
            }
            None => {
                out.push('%');
                rest = after;
            }
        }
    }
    out + rest
}

fn at_path(item: &Value, path: &str) -> Value {
    let names = path.split('.').filter(|name| !name.is_empty());
    names.fold(item.clone(), |value, name| fields::field(value, name, false))
}

/// Without the element at a place, or of a name; changes what it is called on.
pub fn remove(called: &mut Called<'_, '_>, mut of: Value) -> Done {
    if let Value::List(items) = &mut of {
        let place = inside(called, items.len())?;
        items.remove(place);
    } else if let Value::Map(map) = &mut of {
        map.remove(&called.text(0));
    }
    Ok(of)
}

/// Without the elements that are the same; changes what it is called on.
pub fn remove_value(called: &mut Called<'_, '_>, mut items: Vec<Value>) -> Done {
    items.retain(|item| !equal(item, called.arg(0)));
    Ok(Value::List(items))
}

/// With another element at a place, or of a name; changes what it is called on.
pub fn set(called: &mut Called<'_, '_>, mut of: Value) -> Done {
    let value = called.arg(1).clone();
    if let Value::List(items) = &mut of {
        let place = inside(called, items.len())?;
        items[place] = value;
    } else if let Value::Map(map) = &mut of {
        map.insert(called.text(0), value);
    }
    called.machine.made(of)
}

/// A place at which there is an element.
fn inside(called: &Called<'_, '_>, size: usize) -> Result<usize, Failed> {
    let place = called.place(0)?;
    match place < size {
        true => Ok(place),
        false => Err(Failed(format!(
            "`{}`: the list has {size} elements, none at {place}",
            called.method.spelling()
        ))),
    }
}

/// Numbers before texts, numbers by size, texts by letter, all else after them as it stood; `descending` turns that
/// around.
pub fn sort(called: &mut Called<'_, '_>, mut items: Vec<Value>) -> Done {
    called.machine.spend(items.len() * 16)?;
    let descending = called.text(0).get(..4).is_some_and(|start| start.eq_ignore_ascii_case("desc"));
    items.sort_by(|a, b| match descending {
        true => in_order(b, a),
        false => in_order(a, b),
    });
    Ok(Value::List(items))
}

fn in_order(a: &Value, b: &Value) -> Ordering {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a.total_cmp(b),
        (Value::Text(a), Value::Text(b)) => a.cmp(b),
        (a, b) => match rank(a).cmp(&rank(b)) {
            Ordering::Equal => super::order(a, b).unwrap_or(Ordering::Equal),
            unequal @ (Ordering::Less | Ordering::Greater) => unequal,
        },
    }
}

/// Kinds that cannot be compared stand after each other.
fn rank(value: &Value) -> u8 {
    match value {
        Value::Number(_) | Value::Percent(_) => 0,
        Value::Money { .. } => 1,
        Value::Text(_) => 2,
        Value::Date(_) => 3,
        Value::DateTime(_) => 4,
        Value::Time(_) => 5,
        Value::YesNo(_) | Value::List(_) | Value::Map(_) | Value::Nothing => 6,
    }
}

/// The session's history in the form others want. Without arguments: a list of maps of `role` (`user`, `assistant`) and
/// `content`. With two texts: one text, each message on a line of its own behind the visitor's or the assistant's
/// prefix; a third text stands between messages instead of the line's end. A last argument of yes keeps to what
/// was said since the present action began.
pub fn transform(called: &mut Called<'_, '_>, items: Vec<Value>) -> Done {
    let current = matches!(called.args.last(), Some(Value::YesNo(true)));
    let begins = |item: &Value| matches!(item, Value::Map(map) if map.get("n") == Some(&Value::YesNo(true)));
    let from = items.iter().rposition(begins).filter(|_| current).unwrap_or(0);
    let said: Vec<(bool, Value)> = items.into_iter().skip(from).filter_map(message).collect();
    let is_text = |arg: &&Value| matches!(arg, Value::Text(_));
    let texts: Vec<String> = called.args.iter().filter(is_text).map(Value::plain).collect();
    let [user, assistant, between @ ..] = texts.as_slice() else {
        let list = said.into_iter().map(|(visitor, text)| role(visitor, text)).collect();
        return called.machine.made(Value::List(list));
    };
    let line = |(visitor, text): &(bool, Value)| {
        let prefix = if *visitor { user } else { assistant };
        prefix.to_owned() + &text.plain()
    };
    let lines: Vec<String> = said.iter().map(line).collect();
    called.machine.text(lines.join(between.first().map_or("\n", String::as_str)))
}

/// Whether the visitor said it, and what; of one element of the history.
fn message(item: Value) -> Option<(bool, Value)> {
    let Value::Map(mut map) = item else { return None };
    let by_visitor = map.remove("u").map(|text| (true, text));
    by_visitor.or_else(|| map.remove("a").map(|text| (false, text)))
}

fn role(visitor: bool, text: Value) -> Value {
    let mut map = Map::new();
    map.insert("role".to_owned(), Value::text(if visitor { "user" } else { "assistant" }));
    map.insert("content".to_owned(), text);
    Value::Map(map)
}
