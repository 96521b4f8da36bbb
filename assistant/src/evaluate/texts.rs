//! Methods of texts. Places count letters, from 0.

use super::Failed;
use super::methods::{Called, yes};
use super::patterns::{check_length, compiled, weight};
use crate::limits::VALUE_BYTES_MAX;
use crate::surroundings::Case;
use crate::value::Value;
use regex_lite::{Captures, Regex};

type Done = Result<Value, Failed>;

/// What noting the groups of one match is worth in bytes of a text.
const MATCH_BYTES: usize = 512;

/// Whether it has another text in it.
pub fn contains(called: &mut Called<'_, '_>, on: String) -> Done {
    Ok(yes(on.contains(&called.text(0))))
}

/// The first place of another text in it; -1 when it is not there.
pub fn index_of(called: &mut Called<'_, '_>, on: String) -> Done {
    let place = on.find(&called.text(0)).map(|bytes| on[..bytes].chars().count());
    Ok(Value::Number(place.map_or(-1.0, |place| place as f64)))
}

/// How many letters.
pub fn length(_: &mut Called<'_, '_>, on: String) -> Done {
    Ok(Value::Number(on.chars().count() as f64))
}

/// Whether it has none.
pub fn is_empty(_: &mut Called<'_, '_>, on: String) -> Done {
    Ok(yes(on.is_empty()))
}

/// With another text behind it.
pub fn append(called: &mut Called<'_, '_>, on: String) -> Done {
    let text = on + &called.text(0);
    called.machine.text(text)
}

/// Whether it ends so.
pub fn ends_with(called: &mut Called<'_, '_>, on: String) -> Done {
    Ok(yes(on.ends_with(&called.text(0))))
}

/// Whether it begins so.
pub fn starts_with(called: &mut Called<'_, '_>, on: String) -> Done {
    Ok(yes(on.starts_with(&called.text(0))))
}

/// Whether it is the same but for case.
pub fn equals_ignore_case(called: &mut Called<'_, '_>, on: String) -> Done {
    let lower = |text: &str| called.in_case(text, Case::Lower);
    Ok(yes(lower(&on) == lower(&called.text(0))))
}

/// From a place, up to another one; both stop at the end.
pub fn substring(called: &mut Called<'_, '_>, on: String) -> Done {
    let start = called.place(0)?;
    let end = match called.args.len() {
        0 | 1 => usize::MAX,
        _ => called.place(1)?,
    };
    Ok(Value::Text(on.chars().skip(start).take(end.saturating_sub(start)).collect()))
}

/// The group of the first match of a pattern; nothing when it does not match.
pub fn extract(called: &mut Called<'_, '_>, on: String) -> Done {
    let group = called.place(1)?;
    let pattern = pattern(called, &on)?;
    let found = pattern.captures(&on).and_then(|captures| captures.get(group).map(|found| found.as_str()));
    Ok(found.map_or(Value::Nothing, Value::text))
}

/// Whether a pattern matches somewhere.
pub fn find(called: &mut Called<'_, '_>, on: String) -> Done {
    Ok(yes(pattern(called, &on)?.is_match(&on)))
}

/// Whether a pattern matches all of it.
pub fn matches(called: &mut Called<'_, '_>, on: String) -> Done {
    let whole = format!(r"\A(?:{})\z", called.text(0));
    called.args = vec![Value::Text(whole)];
    find(called, on)
}

/// A match of a pattern, the first is 0; nothing when there are fewer.
pub fn get_match(called: &mut Called<'_, '_>, on: String) -> Done {
    let which = called.place(1)?;
    let pattern = pattern(called, &on)?;
    let found = pattern.find_iter(&on).nth(which);
    Ok(found.map_or(Value::Nothing, |found| Value::text(found.as_str())))
}

/// With another text for each occurrence of a text.
pub fn replace(called: &mut Called<'_, '_>, on: String) -> Done {
    let (from, to) = (called.text(0), called.text(1));
    if from.is_empty() {
        return Ok(Value::Text(on));
    }
    let times = on.matches(&from).count();
    called.machine.fits(on.len() + times * to.len())?;
    Ok(Value::Text(on.replace(&from, &to)))
}

/// With another text for each match of a pattern. `$1` stands for its first group, `\$` for a dollar sign.
pub fn replace_all(called: &mut Called<'_, '_>, on: String) -> Done {
    let to = called.text(1);
    let pattern = pattern(called, &on)?;
    let mut out = String::new();
    let mut end = 0;
    for captures in pattern.captures_iter(&on) {
        called.machine.spend(MATCH_BYTES)?;
        let Some(whole) = captures.get(0) else { continue };
        out.push_str(&on[end..whole.start()]);
        insert(&to, &captures, &mut out)?;
        end = whole.end();
        if out.len() > VALUE_BYTES_MAX {
            break;
        }
    }
    out.push_str(&on[end..]);
    called.machine.text(out)
}

/// Parts between the matches of a pattern; empty parts at the end are left out.
pub fn split(called: &mut Called<'_, '_>, on: String) -> Done {
    let pattern = pattern(called, &on)?;
    let mut parts: Vec<Value> = pattern.split(&on).map(Value::text).collect();
    while parts.len() > 1 && parts.last() == Some(&Value::text("")) {
        parts.pop();
    }
    called.machine.made(Value::List(parts))
}

/// The first argument as pattern, paid for.
fn pattern(called: &mut Called<'_, '_>, on: &str) -> Result<Regex, Failed> {
    check_length(on)?;
    let pattern = called.text(0);
    called.machine.spend(2 * weight(&pattern).saturating_mul(64 + on.len()))?;
    compiled(&pattern)
}

fn insert(to: &str, captures: &Captures<'_>, out: &mut String) -> Result<(), Failed> {
    let group = |index: usize| captures.get(index).map_or("", |found| found.as_str());
    let mut chars = to.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => out.extend(chars.next()),
            '$' => {
                let digit = chars.next().and_then(|c| c.to_digit(10));
                let index = digit.filter(|digit| (*digit as usize) < captures.len());
                let Some(index) = index else {
                    let groups = captures.len() - 1;
                    return Err(Failed(format!(
                        "`$` must be followed by a group from 0 to {groups} here: write `\\$` for a dollar sign"
                    )));
                };
                out.push_str(group(index as usize));
            }
            other => out.push(other),
        }
    }
    Ok(())
}
