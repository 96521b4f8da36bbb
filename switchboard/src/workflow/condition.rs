//! Whether conditions hold.
//!
//! Of what is missing every test is false, but for the four that ask for an absence: they are true. What a comparison
//! cannot read as what it compares is missing. Both sides are read alike, as the more particular of the two: a number
//! and a text are compared as numbers, two texts as texts.

use super::definition::{Clause, Condition, Join, Operand, Operator, Subject, Test};
use super::facts::Which;
use super::memory::Sight;
use super::value::{Value, fold};
use std::cmp::Ordering;
use std::collections::BTreeSet;

/// Whether a condition holds.
pub fn holds(condition: &Condition, sight: &Sight<'_>) -> bool {
    joined(condition.join, condition.clauses.iter().map(|clause| clause_holds(clause, sight)))
}

fn clause_holds(clause: &Clause, sight: &Sight<'_>) -> bool {
    match clause {
        Clause::Test(test) => test_holds(test, sight),
        Clause::Group { join, tests } => joined(*join, tests.iter().map(|test| test_holds(test, sight))),
    }
}

/// No condition at all asks for nothing, however it is joined.
fn joined(join: Join, mut each: impl ExactSizeIterator<Item = bool>) -> bool {
    match join {
        _ if each.len() == 0 => true,
        Join::All => each.all(|holds| holds),
        Join::Any => each.any(|holds| holds),
    }
}

/// Whether one test holds.
pub fn test_holds(test: &Test, sight: &Sight<'_>) -> bool {
    asked_of(&look_at(&test.subject, sight), &test.operator, sight)
}

fn look_at(subject: &Subject, sight: &Sight<'_>) -> Value {
    let last = |which, scope| sight.facts.last_message(which, scope);
    match subject {
        Subject::Value(reference) => sight.look_up(reference),
        Subject::Tags => Value::List(sight.facts.tags()),
        Subject::LastText(which, scope) => {
            last(*which, *scope).map_or(Value::Missing, |last| Value::Text(last.text))
        }
        Subject::LastAt(which, scope) => {
            last(*which, *scope).map_or(Value::Missing, |last| Value::Moment(last.at))
        }
        Subject::LastSource(sender, scope) => {
            last(Which::Outgoing(*sender), *scope).map_or(Value::Missing, |last| Value::Text(last.source))
        }
        Subject::Calendar(name) => sight.facts.is_open(name, sight.now).map_or(Value::Missing, Value::Bool),
    }
}

fn asked_of(value: &Value, operator: &Operator, sight: &Sight<'_>) -> bool {
    let side = |operand: &Operand| operand.value(sight).0;
    let items = |operands: &[Operand]| -> BTreeSet<String> {
        operands.iter().flat_map(|operand| side(operand).items()).collect()
    };
    let compared = |operand: &Operand| compare(value, &side(operand), sight);
    let timed = |operand: &Operand| compare_times(value, &side(operand), sight);
    let age = value.as_moment().map(|at| sight.now.millis_since(at));
    let millis = |seconds: u64| seconds.saturating_mul(1_000);
    match operator {
        Operator::Exists => !value.is_missing(),
        Operator::NotExists => value.is_missing(),
        Operator::Equals(operand) => equal(value, &side(operand), sight) == Some(true),
        Operator::NotEquals(operand) => equal(value, &side(operand), sight) != Some(true),
        Operator::Contains(operand) => contains(value, &side(operand)) == Some(true),
        Operator::NotContains(operand) => contains(value, &side(operand)) != Some(true),
        Operator::Greater(operand) => compared(operand) == Some(Ordering::Greater),
        Operator::Less(operand) => compared(operand) == Some(Ordering::Less),
        Operator::Between(low, high) => lies_between(compared(low), compared(high)),
        Operator::After(operand) => timed(operand) == Some(Ordering::Greater),
        Operator::Before(operand) => timed(operand) == Some(Ordering::Less),
        Operator::Within(low, high) => lies_between(timed(low), timed(high)),
        Operator::AnyOf(wanted) => !items(wanted).is_disjoint(&set(value)),
        Operator::AllOf(wanted) => {
            let wanted = items(wanted);
            !wanted.is_empty() && wanted.is_subset(&set(value))
        }
        Operator::NoneOf(wanted) => items(wanted).is_disjoint(&set(value)),
        Operator::OlderThan(seconds) => age.is_some_and(|age| age > millis(*seconds)),
        Operator::NewerThan(seconds) => age.is_some_and(|age| age < millis(*seconds)),
        Operator::AgeBetween(low, high) => {
            age.is_some_and(|age| (millis(*low)..=millis(*high)).contains(&age))
        }
    }
}

fn lies_between(to_low: Option<Ordering>, to_high: Option<Ordering>) -> bool {
    to_low.is_some_and(Ordering::is_ge) && to_high.is_some_and(Ordering::is_le)
}

/// Whether two are the same; `None` when either is missing or cannot be read as what the other is.
fn equal(a: &Value, b: &Value, sight: &Sight<'_>) -> Option<bool> {
    if a.is_missing() || b.is_missing() {
        return None;
    }
    match (a, b) {
        (Value::List(_), _) | (_, Value::List(_)) => Some(set(a) == set(b)),
        (Value::Text(a), Value::Text(b)) => Some(fold(a) == fold(b)),
        (Value::Bool(_), _) | (_, Value::Bool(_)) => Some(a.as_bool()? == b.as_bool()?),
        (Value::Number(_), _) | (_, Value::Number(_)) => Some(a.as_number()? == b.as_number()?),
        (Value::Missing | Value::Text(_) | Value::Date(_) | Value::Time(_) | Value::Moment(_), _) => {
            compare_times(a, b, sight).map(Ordering::is_eq)
        }
    }
}

fn set(value: &Value) -> BTreeSet<String> {
    value.items().into_iter().collect()
}

/// Whether one holds the other: lists an item, everything else a part of how it is written.
fn contains(a: &Value, b: &Value) -> Option<bool> {
    if a.is_missing() || b.is_missing() {
        return None;
    }
    let part = fold(&b.written());
    Some(match a {
        Value::List(_) => a.items().contains(&part),
        Value::Missing
        | Value::Text(_)
        | Value::Number(_)
        | Value::Bool(_)
        | Value::Date(_)
        | Value::Time(_)
        | Value::Moment(_) => fold(&a.written()).contains(&part),
    })
}

/// How two stand to each other: as numbers where both are, else as times.
fn compare(a: &Value, b: &Value, sight: &Sight<'_>) -> Option<Ordering> {
    match (a.as_number(), b.as_number()) {
        (Some(a), Some(b)) => a.partial_cmp(&b),
        (Some(_), None) | (None, Some(_)) => None,
        (None, None) => compare_times(a, b, sight),
    }
}

/// How two times stand to each other. A moment and a day are compared as days, by the workspace's clock.
fn compare_times(a: &Value, b: &Value, sight: &Sight<'_>) -> Option<Ordering> {
    if let (Some(a), Some(b)) = (a.as_moment(), b.as_moment()) {
        return Some(a.cmp(&b));
    }
    let day = |value: &Value| value.as_date().or_else(|| value.as_moment().map(|at| sight.facts.day(at)));
    if let (Some(a), Some(b)) = (day(a), day(b)) {
        return Some(a.cmp(&b));
    }
    Some(a.as_time()?.cmp(&b.as_time()?))
}
